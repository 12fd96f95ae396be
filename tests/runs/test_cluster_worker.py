"""On a Dask worker: what its process loses, gives up and starts anew; and Ctrl-C on a cluster."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from sco_research.runs.cluster import worker as cluster_worker
from sco_research.runs.cluster.worker import (
    BatchOrigin,
    attempt_from,
    attempt_on_worker,
    give_up,
    installed_here,
)
from sco_research.runs.job import FAILED, MADE, RUN, Decision, Limits, Outcome, Task
from sco_research.runs.plan import plan_jobs
from sco_research.runs.workers.pool import WorkerLost
from tests.patience import PATIENCE, first_line, is_gone, started, wait_until

pytestmark = pytest.mark.slow

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"


@pytest.fixture(autouse=True)
def _ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cluster_worker, "_given_up", set())
    yield
    cluster_worker._end_all()


def task_of(folder: Path, notebook: str, *, seconds: float = 0) -> Task:
    (job,) = plan_jobs(
        "sco-2013-bishkek", NOTEBOOKS / f"{notebook}.ipynb", output_folder=folder / "out"
    )
    return Task(job, {}, Decision(RUN, "new"), Limits(report_seconds=seconds, cold=True))


def origin_of(folder: Path, batch: str = "ours") -> BatchOrigin:
    return BatchOrigin(
        batch=batch,
        folder=str(folder),
        home=str(folder / "home"),
        installed=installed_here(),
        marks={},
    )


def deliver(folder: Path, notebook: str, *, batch: str = "ours", seconds: float = 0) -> Outcome:
    return attempt_on_worker(task_of(folder, notebook, seconds=seconds), origin_of(folder, batch))


def kernels_below(process: int) -> list[psutil.Process]:
    found = psutil.Process(process).children(recursive=True)
    return [child for child in found if "ipykernel_launcher" in " ".join(child.cmdline())]


def processes() -> list[int]:
    return [process for pool in cluster_worker._pools.values() for process in pool.processes]


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[tuple["Future[Outcome]", int]]:
    """A report that sleeps in its kernel, and the process that makes it."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(deliver, tmp_path, "sleeps")
        try:
            wait_until(processes, "a process for the report")
            (process,) = processes()
            wait_until(lambda: kernels_below(process), "a kernel for the report")
            yield future, process
        finally:
            # Else the pool waits for a report that sleeps.
            cluster_worker._end_all()


def test_a_lost_process_is_said_and_another_takes_its_place(
    at_work: tuple["Future[Outcome]", int], tmp_path: Path
) -> None:
    future, process = at_work
    psutil.Process(process).kill()
    with pytest.raises(WorkerLost):
        future.result(PATIENCE)
    assert deliver(tmp_path, "whole").status == MADE


def test_what_is_given_up_ends_at_once_and_is_not_begun_again(
    at_work: tuple["Future[Outcome]", int], tmp_path: Path
) -> None:
    future, process = at_work
    (kernel, *_) = kernels_below(process)
    give_up("another's")
    assert psutil.pid_exists(process)
    give_up("ours")
    with pytest.raises(WorkerLost, match=r"given up|was lost"):
        future.result(PATIENCE)
    assert not psutil.pid_exists(process)
    wait_until(lambda: is_gone(kernel.pid), "the end of the kernel")
    with pytest.raises(WorkerLost, match="its batch was given up"):
        deliver(tmp_path, "whole")
    assert deliver(tmp_path, "whole", batch="theirs").status == MADE


def test_who_waits_and_is_given_up_leaves_who_works_alone(
    at_work: tuple["Future[Outcome]", int], tmp_path: Path
) -> None:
    future, process = at_work
    with ThreadPoolExecutor(1) as pool:
        # Of other limits, so that another process would be its own.
        waits = pool.submit(deliver, tmp_path, "whole", batch="theirs", seconds=90)
        time.sleep(0.5)
        give_up("theirs")
        assert psutil.pid_exists(process)
        assert not future.done()
        give_up("ours")
        with pytest.raises(WorkerLost):
            future.result(PATIENCE)
        with pytest.raises(WorkerLost, match="its batch was given up"):
            waits.result(PATIENCE)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("package", "sco_research itself"),
        ("data", "its data"),
        ("texts", "its catalogue"),
        ("versions", "Python or a library"),
    ],
)
def test_another_installation_makes_no_report(tmp_path: Path, part: str, words: str) -> None:
    origin = origin_of(tmp_path)
    other = replace(origin, installed={**origin.installed, part: "0"})
    found = attempt_from(other, task_of(tmp_path, "whole"))
    assert found.status == FAILED
    assert found.why == (
        f"sco-2013-bishkek, whole: on the worker {words} differ; install the same there"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("there", [None, "another", "this"])
def test_a_worker_without_the_shared_folders_makes_no_report(
    tmp_path: Path, there: str | None
) -> None:
    mark = tmp_path / "out" / ".mark" / "mark"
    mark.parent.mkdir(parents=True)
    if there:
        mark.write_text(there)
    # Where the output folder is seen, the working folder is not.
    origin = replace(origin_of(tmp_path / "gone"), marks={str(mark): "this"})
    found = attempt_from(origin, task_of(tmp_path, "whole"))
    assert found.status == FAILED
    place = "working folder" if there == "this" else f"output folder {tmp_path / 'out'};"
    assert f"the worker does not see the {place}" in found.why
    assert not (tmp_path / "out" / "sco-2013-bishkek").exists()


def test_another_bound_is_for_another_process(tmp_path: Path) -> None:
    assert deliver(tmp_path, "whole").status == MADE
    (first,) = processes()
    found = deliver(tmp_path, "sleeps", seconds=1)
    assert found.status == FAILED
    assert "longer than 1 seconds" in found.why
    (second,) = processes()
    assert first != second


@pytest.mark.skipif(os.name != "posix", reason="a stop at the terminal is a signal to a group")
def test_a_stop_on_a_local_cluster_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for place in range(9):
        (tmp_path / "texts" / f"d{place}.txt").write_text(f"We will meet {place}.")
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    command = [sys.executable, "-m", "sco_research", "report", "texts", "--cluster", "local"]
    command += ["-n", str(NOTEBOOKS / "whole.ipynb"), "-n", str(NOTEBOOKS / "sleeps.ipynb")]
    # As at a terminal: all of them are in one group, and none is told to ignore it.
    with started(
        [*command, "-o", "out"],
        cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as batch:
        first = first_line(batch)
        os.killpg(batch.pid, signal.SIGINT)
        _, complaint = batch.communicate(timeout=PATIENCE)
        wait_until(lambda: not list(scratch.iterdir()), "an empty folder for temporary files")
    assert first.startswith("d0, whole: ")
    assert batch.returncode == 130
    # Into a pipe a batch says its step and the time left, one line a report.
    *steps, last = complaint.splitlines()[1:]
    assert last == "sco-research: stopped; finished reports are whole, call again for the rest"
    assert all(" of 18: d" in step for step in steps)
    left = {path.name for path in (tmp_path / "out").rglob("*") if path.name.startswith(".")}
    assert left <= {".annotated-document.html"}
    assert all(list(path.iterdir()) for path in (tmp_path / "out").iterdir() if path.is_dir())
