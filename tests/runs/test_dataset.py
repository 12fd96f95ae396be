"""A corpus becomes a dataset: streamed, resumed, the same by any executor, faults told."""

import hashlib
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

from sco_research.coding.themes import code_themes
from sco_research.comparison.text_reuse import find_reuse
from sco_research.errors import OutputError, ParameterError, RunError
from sco_research.metrics import measure
from sco_research.runs.corpus.dataset import Dataset, analyse_corpus
from sco_research.text.document import Document
from tests.benchmarks import synthetic
from tests.executors import InThisThread
from tests.patience import first_line, is_gone, started, wait_until


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    made = synthetic.Synthesis()
    return [made.document(number, length=300) for number in range(10)]


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made(documents: list[Document], folder: Path, **options: Any) -> Dataset:  # noqa: ANN401 - passed on
    given = {"chunk": 4, "executor": InThisThread(), **options}
    return analyse_corpus(iter(documents), folder, **given)


def test_the_tables_are_what_the_functions_return(
    documents: list[Document], declaration: Document, tmp_path: Path
) -> None:
    found = made(documents, tmp_path, reference=declaration)
    assert (found.documents, found.computed, len(found.faults)) == (10, 10, 0)
    tables = {name: pd.read_parquet(tmp_path / name) for name in found.rows if found.rows[name]}
    assert {name: len(table) for name, table in tables.items()} == {
        name: rows for name, rows in found.rows.items() if rows
    }
    pd.testing.assert_frame_equal(tables["themes"], code_themes(documents))
    # To twelve digits, as every table of the package's files.
    pd.testing.assert_frame_equal(tables["measures"], measure(documents), rtol=1e-11)
    reuse = find_reuse(documents, reference=declaration)
    pd.testing.assert_frame_equal(tables["reuse"], reuse, rtol=1e-11)
    assert len(reuse), "the synthetic documents repeat the declaration"
    assert set(tables["keyness"]["reference_id"]) == {declaration.id}
    assert tables["keyness"].groupby("document_id").size().max() == 20
    record = json.loads((tmp_path / "dataset.json").read_text(encoding="utf-8"))
    assert record["complete"]
    assert record["documents"] == 10


def test_a_run_that_was_stopped_goes_on_and_gives_the_same_bytes(
    documents: list[Document], tmp_path: Path
) -> None:
    class Stopped(InThisThread):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as an executor
            if self.calls == 2:
                raise KeyboardInterrupt
            return super().submit(fn, *args, **kwargs)

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    made(documents, whole, analyses=["themes"])
    with pytest.raises(KeyboardInterrupt):
        made(documents, parts, analyses=["themes"], executor=Stopped(), workers=1)
    assert not json.loads((parts / "dataset.json").read_text(encoding="utf-8"))["complete"]
    rest = InThisThread()
    resumed = made(documents, parts, analyses=["themes"], executor=rest)
    assert rest.calls < 3
    assert resumed.documents == 10
    assert hashes(parts) == hashes(whole)
    again = InThisThread()
    assert made(documents, parts, analyses=["themes"], executor=again).computed == 0
    assert again.calls == 0


def test_only_what_changed_is_computed_again(documents: list[Document], tmp_path: Path) -> None:
    made(documents, tmp_path, analyses=["themes"])
    changed = [*documents[:9], Document.from_text("Opium kills.", id=documents[9].id)]
    assert made(changed, tmp_path, analyses=["themes"]).computed == 2, "the last chunk of ten"
    part = tmp_path / "themes" / "part-000000.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    assert made(changed, tmp_path, analyses=["themes"]).computed == 4, "a damaged part"
    shorter = made(documents[:4], tmp_path, analyses=["themes"])
    assert shorter.documents == 4
    assert pd.read_parquet(tmp_path / "documents")["document_id"].nunique() == 4


def test_processes_threads_and_this_process_make_the_same(
    documents: list[Document], tmp_path: Path
) -> None:
    made(documents, tmp_path / "inline")
    made(documents, tmp_path / "processes", executor=None, workers=1)
    with ThreadPoolExecutor(2) as pool:
        made(documents, tmp_path / "threads", executor=pool, workers=2)
    assert hashes(tmp_path / "inline") == hashes(tmp_path / "processes")
    assert hashes(tmp_path / "inline") == hashes(tmp_path / "threads")


def test_a_cluster_runs_it_by_the_same_call(documents: list[Document], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        made(documents, tmp_path / "cluster", analyses=["themes"], executor=client.get_executor())
    made(documents, tmp_path / "inline", analyses=["themes"])
    assert hashes(tmp_path / "cluster") == hashes(tmp_path / "inline")


def test_what_cannot_be_done_is_told_and_the_rest_is_done(
    documents: list[Document], tmp_path: Path
) -> None:
    russian = Document.from_text("Главы государств заявляют следующее.", id="russian")
    found = made([documents[0], russian, documents[0], documents[1]], tmp_path)
    assert found.documents == 3
    told = {(row[0], row[1]) for row in found.faults.itertuples(index=False)}
    assert told == {("russian", "commitments"), (documents[0].id, "documents")}
    commitments = pd.read_parquet(tmp_path / "commitments")
    assert set(commitments["document_id"]) == {documents[0].id, documents[1].id}
    assert "russian" in set(pd.read_parquet(tmp_path / "measures")["document_id"])


def test_the_stream_is_not_held(tmp_path: Path) -> None:
    """Taken in at any time: the chunks at work, and no more."""
    source = synthetic.Synthesis()
    ahead: list[int] = []
    done = 0

    def stream() -> Iterator[Document]:
        for number in range(60):
            ahead.append(number - done)
            yield source.document(number, length=100)

    def progress(documents: int, computed: int) -> None:
        nonlocal done
        done = documents

    analyse_corpus(
        stream(),
        tmp_path,
        analyses=["themes"],
        chunk=5,
        workers=1,
        executor=InThisThread(),
        on_progress=progress,
    )
    assert max(ahead) <= 3 * 5
    assert done == 60


def test_memory_is_flat(tmp_path: Path) -> None:
    source = synthetic.Synthesis()
    held: list[int] = []

    def progress(documents: int, computed: int) -> None:
        held.append(tracemalloc.get_traced_memory()[0])

    stream = (source.document(number, length=200) for number in range(300))
    tracemalloc.start()
    try:
        analyse_corpus(
            stream,
            tmp_path,
            analyses=["documents"],
            chunk=20,
            executor=InThisThread(),
            on_progress=progress,
        )
    finally:
        tracemalloc.stop()
    # After the first chunks every cache is as large as it gets for such documents.
    assert held[-1] - held[3] < 1_000_000


def test_an_empty_corpus_is_an_empty_dataset(tmp_path: Path) -> None:
    found = made([], tmp_path, analyses=["themes"])
    assert found.documents == 0
    assert found.faults.empty


def test_somebody_elses_folder_and_other_settings_are_refused(
    documents: list[Document], declaration: Document, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="there are other files here"):
        made(documents, tmp_path)
    made(documents[:2], tmp_path / "new", analyses=["themes"])
    with pytest.raises(OutputError, match="chunk was 4, is 5"):
        made(documents[:2], tmp_path / "new", analyses=["themes"], chunk=5)
    assert len(pd.read_parquet(tmp_path / "new" / "documents")) == 2, "nothing is lost"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"analyses": ["topics"]}, "choose from documents, measures, themes"),
        ({"analyses": ["reuse"]}, "name a reference"),
        ({"chunk": 0}, "give 1 or more"),
        ({"workers": 0}, "give 1 or more"),
    ],
)
def test_a_wrong_option_is_one_clear_line(
    options: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match=complaint):
        made([], tmp_path, **options)


def test_a_dead_worker_is_one_clear_line(documents: list[Document], tmp_path: Path) -> None:
    class Dying(InThisThread):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as an executor
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("killed"))
            return future

    with pytest.raises(RunError, match="call again for the rest"):
        made(documents, tmp_path, executor=Dying())


def test_no_worker_outlives_a_killed_run(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import itertools, sys\n"
        "from sco_research.runs.corpus.dataset import analyse_corpus\n"
        "from sco_research.text.document import Document\n"
        "if __name__ == '__main__':\n"
        "    stream = (Document.from_text('We met.', id=f'd{n}') for n in itertools.count())\n"
        "    analyse_corpus(stream, sys.argv[1], analyses=['documents'], chunk=5, workers=1,\n"
        "                   on_progress=lambda *_: print('going', flush=True))\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), str(tmp_path / "out")]
    with started(command, stdout=subprocess.PIPE) as process:
        assert first_line(process) == "going\n"
        workers = psutil.Process(process.pid).children(recursive=True)
        assert workers
        process.kill()
        wait_until(lambda: all(is_gone(worker.pid) for worker in workers), "the workers' end")
