"""A real scheduler with two workers, one of them killed half-way: the same bytes all the same."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import dask
import distributed
import psutil
import pytest

from sco_research.cli import report
from sco_research.errors import ParameterError, RunError
from sco_research.loaders.web.ledger import Ledger
from sco_research.runs.batch import decide, run_batch, run_tasks
from sco_research.runs.cluster import scheduler as cluster_scheduler
from sco_research.runs.cluster.scheduler import check_address, run_on_cluster
from sco_research.runs.job import FAILED, KEEP, MADE, RUN, UNCHANGED, Decision, Limits, Task
from sco_research.runs.plan import plan_jobs
from sco_research.runs.staleness import InputHashes
from tests.patience import PATIENCE, run_to_its_end, started, wait_until

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"
pytestmark = [
    pytest.mark.slow,
    # Dask leaves sockets to the garbage collector where a worker is killed.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    """Two workers and their scheduler, each a process of its own, and nothing listens but here."""
    folder = tmp_path_factory.mktemp("dask")
    address_file = folder / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    command += ["--port", "0", "--no-dashboard", "--scheduler-file", str(address_file)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    worker += ["--scheduler-file", str(address_file), "--nthreads", "1", "--no-dashboard"]
    worker += ["--host", "127.0.0.1", "--no-nanny", "--local-directory", str(folder)]
    with ExitStack() as stack:
        # A busy machine takes its time over a connection.
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(cluster_scheduler, "ANSWER_SECONDS", PATIENCE)
        for name in ("connect", "tcp"):
            here = f"distributed.comm.timeouts.{name}"
            stack.enter_context(dask.config.set({here: f"{PATIENCE}s"}))
            patch.setenv(f"DASK_{here.replace('.', '__').upper()}", f"{PATIENCE}s")
        processes = [
            stack.enter_context(started(words, stderr=subprocess.DEVNULL))
            for words in (command, worker, worker)
        ]

        def is_up() -> bool:
            assert [process.poll() for process in processes] == [None] * 3
            return address_file.is_file() and address_file.read_text().rstrip().endswith("}")

        wait_until(is_up, "the scheduler tells its address")
        address = json.loads(address_file.read_text())["address"]
        yield address, [process.pid for process in processes[1:]]


def tasks_for(folder: Path, output: Path, names: list[str]) -> list[Task]:
    (folder / "texts").mkdir(exist_ok=True)
    for place in range(4):
        (folder / "texts" / f"d{place}.txt").write_text(f"We will meet {place}.")
    notebooks = [NOTEBOOKS / f"{name}.ipynb" for name in names]
    jobs = plan_jobs([folder / "texts", "sco-2013-bishkek"], notebooks, output_folder=output)
    keys = InputHashes()
    return [Task(job, keys.of(job), Decision(RUN, "new"), Limits(retries=2)) for job in jobs]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run-log.jsonl"
    }


def test_a_lost_worker_loses_nothing(scheduler: tuple[str, list[int]], tmp_path: Path) -> None:
    address, workers = scheduler
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    local = list(run_tasks(tasks_for(tmp_path, mine, ["whole"]), workers=1))
    course = run_on_cluster(tasks_for(tmp_path, theirs, ["whole"]), address)
    outcomes = [next(course)]
    psutil.Process(workers[0]).kill()
    outcomes += course
    assert {outcome.status for outcome in (*local, *outcomes)} == {MADE}
    assert len(outcomes) == 5
    assert everything_in(theirs) == everything_in(mine)
    assert not any(path.name.startswith(".") for path in theirs.iterdir())
    log = [json.loads(line) for line in (theirs / "run-log.jsonl").read_text().splitlines()]
    assert {entry["report"] for entry in log} == {
        f"{outcome.job.document_id}/whole" for outcome in outcomes
    }

    # The worker that is left reports a failure like one at home.
    failing = tmp_path / "failing"
    tasks = tasks_for(tmp_path, failing, ["cell-fails"])[-1:]
    (found,) = run_on_cluster(tasks, address)
    assert found.status == FAILED
    assert "cell 4 stopped: ZeroDivisionError" in found.why
    assert (failing / "_failed" / "sco-2013-bishkek" / "cell-fails.ipynb").is_file()


def test_dasks_own_executor_does_as_well(scheduler: tuple[str, list[int]], tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("We will meet.")
    with distributed.Client(scheduler[0], timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        table = run_batch(
            tmp_path / "d.txt",
            NOTEBOOKS / "whole.ipynb",
            output_folder=tmp_path / "out",
            executor=client.get_executor(pure=False),
        )
    assert table["status"].tolist() == [MADE], table["why"].tolist()
    assert (tmp_path / "out" / "d" / "whole" / "report.html").is_file()


def test_relative_paths_and_the_users_own_folder_are_those_of_the_caller(
    scheduler: tuple[str, list[int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    # The workers were started with another folder of the user's, and work in another folder.
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(home))
    (home / "declarations").mkdir(parents=True)
    text = b"We will meet at the lake with all member states."
    (home / "declarations" / "lake.txt").write_bytes(text)
    (home / "catalogue.toml").write_text(
        '[[document]]\nid = "lake-2010"\ntitle = "Lake Declaration"\ndate = 2010-06-01\n'
        f'file = "lake.txt"\nsha256 = "{hashlib.sha256(text).hexdigest()}"\n'
    )
    page = b"<h1>Bishkek</h1><p>We will meet all member states again.</p>"
    Ledger().keep("sco-2019-bishkek", "16.html", page, url="https://example.invalid/a.html")
    for name in ("one.txt", "pool/2012.txt", "pool/2013 [a].txt", "rows/2014.txt", "d.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"We will meet in {name} with all member states.")
    (tmp_path / "in" / "list.csv").write_text("file,date\nrows/2014.txt,2014-09-12\n")
    monkeypatch.chdir(tmp_path / "in")
    others = ["o*.txt", "pool/201[23]*.txt", "list.csv", "lake-2010", "sco-2019-bishkek"]
    made = {}
    for place in ("mine", "theirs"):
        jobs = plan_jobs(
            ["d.txt", "lake-2010"], "comparison",
            parameters={"others": others, "resamples": 100}, output_folder=tmp_path / place,
        )  # fmt: skip
        tasks = decide(jobs)
        outcomes = list(
            run_tasks(tasks, workers=1) if place == "mine" else run_on_cluster(tasks, scheduler[0])
        )
        assert [outcome.why for outcome in outcomes if outcome.status != MADE] == []
        assert {outcome.job.target for outcome in outcomes} == {job.target for job in jobs}
        made[place] = everything_in(tmp_path / place)
    record = json.loads(made["mine"]["d/comparison/provenance.json"])
    assert record["run"]["parameters"]["others"] == others
    assert made["mine"] == made["theirs"]


def test_no_scheduler_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sco_research.runs.cluster.scheduler.ANSWER_SECONDS", 1)
    tasks = tasks_for(tmp_path, tmp_path / "out", ["whole"])
    with pytest.raises(RunError, match="no scheduler answers there"):
        report._run(tasks, workers=None, cluster="tcp://127.0.0.1:9", summary=None)
    # Before the waiting, not after it.
    plan, asking = capsys.readouterr().err.splitlines()
    assert plan == "5 reports: 5 to run; on tcp://127.0.0.1:9"
    assert asking == "asking the scheduler at tcp://127.0.0.1:9, for 1 seconds at most"
    assert not (tmp_path / "out").exists()
    # Where nothing is to be done, nobody is asked.
    kept = [replace(task, decision=Decision(KEEP, "unchanged")) for task in tasks]
    outcomes = list(run_on_cluster(kept, "tcp://127.0.0.1:9"))
    assert {outcome.status for outcome in outcomes} == {UNCHANGED}


def test_what_is_no_address_is_said_at_once() -> None:
    with pytest.raises(ParameterError, match="'foo': write local, or the scheduler's address"):
        check_address("foo")


def has_slurm() -> bool:
    """Whether a Slurm answers here that takes jobs."""
    if shutil.which("sinfo") is None:
        return False
    asked = subprocess.run(["sinfo", "-h", "-t", "idle,mixed"], capture_output=True, check=False)
    return bool(asked.stdout.strip())


# Other schedulers than the documented one: what stands in the script in its place.
QUEUES = {
    "slurm": {},
    # The same machinery, whose jobs are processes of this machine.
    "local": {"import SLURMCluster": "import local", "SLURMCluster(": "local.LocalCluster("},
    "pbs": {
        "import SLURMCluster": "import PBSCluster",
        "SLURMCluster(": 'PBSCluster(queue="workq", ',
    },
}
# It takes a job script as PBS's own does, tells the job's name, and runs it at once.
# The file is gone once this has answered.
QSUB = """#!/bin/sh
cp "$1" "$0.$$"
nohup sh "$0.$$" >/dev/null 2>&1 &
echo $$.here
"""


@pytest.mark.parametrize("queue", QUEUES)
def test_the_documented_script_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, queue: str
) -> None:
    if queue == "slurm" and not has_slurm():
        pytest.skip("there is no Slurm on this machine")
    page = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    script = page.split("## A batch on a cluster")[1].split("```python\n")[1].split("```")[0]
    for old, new in {"jobs=40": "jobs=2", **QUEUES[queue]}.items():
        assert old in script
        script = script.replace(old, new, 1)
    if queue == "pbs":
        for name, text in {"qsub": QSUB, "qdel": "#!/bin/sh\n"}.items():
            (tmp_path / "bin").mkdir(exist_ok=True)
            (tmp_path / "bin" / name).write_text(text)
            (tmp_path / "bin" / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    tasks_for(tmp_path, tmp_path / "out", ["whole"])
    rows = [f"texts/d{place}.txt,{NOTEBOOKS / 'whole.ipynb'}\n" for place in range(4)]
    (tmp_path / "jobs.csv").write_text("document,notebook\n" + "".join(rows))
    (tmp_path / "script.py").write_text(script)
    done = run_to_its_end([sys.executable, "script.py"], cwd=tmp_path)
    assert sorted(done.stdout.splitlines()) == [f"d{n}, whole made new" for n in range(4)]
    assert all((tmp_path / "out" / f"d{n}" / "whole" / "report.html").is_file() for n in range(4))
