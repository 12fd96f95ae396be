"""Many reports: one that fails stops no other, and what is killed is made all the same."""

import errno
import os
import random
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sco_research
from sco_research import process_lock
from sco_research.errors import OutputError, RunError
from sco_research.reports.folder import staging, sweep
from sco_research.runs import batch, machine
from sco_research.runs.batch import run_batch, run_tasks
from sco_research.runs.job import (
    COLUMNS,
    FAILED,
    MADE,
    RUN,
    SKIPPED,
    Decision,
    Limits,
    Outcome,
    Task,
)
from sco_research.runs.plan import plan_jobs
from sco_research.runs.record import write_summary
from sco_research.runs.workers.pool import WorkerLost, Workers
from tests.executors import InThisThread
from tests.patience import PATIENCE, run_to_its_end
from tests.privileges import without_privileges
from tests.soak import batches

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"


def tasks_for(folder: Path, number: int, **limits: object) -> list[Task]:
    (folder / "texts").mkdir(parents=True)
    for place in range(number):
        (folder / "texts" / f"d{place}.txt").write_text(f"We will meet {place}.")
    jobs = plan_jobs(folder / "texts", FIXTURES / "whole.ipynb", output_folder=folder / "out")
    return [Task(job, {}, Decision(RUN, "new"), Limits(**limits)) for job in jobs]  # type: ignore[arg-type]


def test_one_failure_stops_no_other_and_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("We will meet.")
    notebooks = [FIXTURES / f"{name}.ipynb" for name in ("cell-fails", "whole", "kernel-dies")]
    told: list[Outcome] = []
    table = run_batch(
        tmp_path / "d.txt",
        notebooks,
        output_folder=tmp_path / "out",
        executor=InThisThread(),
        on_outcome=told.append,
    )
    assert list(table.columns) == list(COLUMNS)
    assert table["document_id"].tolist() == ["d"] * 3
    assert table["status"].tolist() == [FAILED, MADE, FAILED]
    assert len(told) == 3
    why = table["why"].tolist()
    assert why[0].startswith("d, cell-fails: cell 4 stopped: ZeroDivisionError: division by zero; ")
    assert "d, kernel-dies: cell 3 stopped: the kernel died" in why[2]
    # The kernel's death alone is tried again.
    assert table["memory_mb"][1] > 50
    partial = tmp_path / "out" / "_failed" / "d" / "cell-fails.ipynb"
    assert "ZeroDivisionError" in partial.read_text(encoding="utf-8")
    assert str(partial) in why[0]
    assert not (tmp_path / "out" / "d" / "cell-fails").exists()
    assert not any(path.name.startswith(".") for path in (tmp_path / "out").iterdir())


def test_what_stops_one_and_would_stop_all_is_said_once(tmp_path: Path) -> None:
    reason = "cannot be written (No space left on device); make room"

    def full(task: Task) -> Outcome:
        return Outcome(task.job, FAILED, f"{task.job.name}: {reason}")

    executor = InThisThread(full)
    outcomes = list(run_tasks(tasks_for(tmp_path, 20), executor=executor))
    assert len(outcomes) == 20
    assert len(executor.seen) <= 2
    assert {outcome.status for outcome in outcomes[len(executor.seen) :]} == {SKIPPED}


def test_out_of_file_handles_is_said_once_with_its_mend(tmp_path: Path) -> None:
    class TooMany(Exception):  # noqa: N818 - a library's own name for it
        errno = errno.EMFILE

    def none_left(_: Task) -> Outcome:
        raise TooMany

    class Slow(InThisThread):
        def submit(self, fn: Callable[..., Any], /, *args: object, **_: object) -> Future[Any]:
            # The second call is taken, and not begun.
            return Future() if self.seen else super().submit(fn, *args)

    first, *others = run_tasks(tasks_for(tmp_path, 5), executor=Slow(none_left))
    assert first.status == FAILED
    assert "Too many open files; allow more (ulimit -n" in first.why
    assert {outcome.status for outcome in others} == {SKIPPED}
    assert len(others) == 4


def test_a_lost_worker_is_tried_again_and_not_for_ever(tmp_path: Path) -> None:
    def lose(task: Task) -> Outcome:
        if task.job.document_id == "d1" or executor.seen.count(task.job.document_id) == 1:
            raise WorkerLost("its worker was lost")
        return Outcome(task.job, MADE, "new")

    executor = InThisThread(lose)
    found = list(run_tasks(tasks_for(tmp_path, 3, retries=2), executor=executor))
    outcomes = {outcome.job.document_id: outcome for outcome in found}
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "d0": MADE, "d1": FAILED, "d2": MADE,
    }  # fmt: skip
    assert executor.seen.count("d1") == 3
    assert "d1, whole: its worker was lost" in outcomes["d1"].why


def test_a_broken_executor_is_said_once(tmp_path: Path) -> None:
    class Broken(InThisThread):
        def submit(self, fn: Callable[..., Any], /, *args: object, **_: object) -> Future[Any]:
            raise BrokenProcessPool("all its processes are gone")

    with pytest.raises(RunError, match=r"takes no more work \(all its processes are gone\)"):
        list(run_tasks(tasks_for(tmp_path, 3), executor=Broken()))


def test_an_output_folder_that_cannot_be_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match=r"cannot be written \(it is a file\)") as error:
        list(run_tasks(tasks_for(tmp_path, 3), executor=InThisThread()))
    assert str(error.value).count("cannot be written") == 1


def test_a_target_that_is_read_only_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    tasks = tasks_for(tmp_path / "in", 3)
    tasks = [replace(task, job=replace(task.job, output=tmp_path / "out")) for task in tasks]
    (tmp_path / "out").chmod(0o555)
    executor = InThisThread()
    refused = pytest.raises(OutputError, match="out: cannot be written")
    with without_privileges(tmp_path), refused as error:
        list(run_tasks(tasks, executor=executor))
    assert "(Permission denied); choose another output folder" in str(error.value)
    assert executor.seen == []


def test_a_read_only_disk_half_way_is_said_once(tmp_path: Path) -> None:
    def read_only(task: Task) -> Outcome:
        with staging(task.job.target):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        raise AssertionError

    first, *others = run_tasks(tasks_for(tmp_path, 5), executor=InThisThread(read_only))
    assert first.status == FAILED
    assert "cannot be written (Read-only file system)" in first.why
    assert {outcome.status for outcome in others[1:]} == {SKIPPED}
    assert not (tmp_path / "out").exists()


def test_a_handful_of_kills_leaves_every_report_whole(tmp_path: Path) -> None:
    undisturbed, disturbed = batches.Scene(tmp_path / "u"), batches.Scene(tmp_path / "d")
    for scene in (undisturbed, disturbed):
        scene.write(2)
    table = run_batch(
        undisturbed.documents,
        batches.NOTEBOOK,
        output_folder=undisturbed.output,
        executor=InThisThread(),
    )
    assert table["status"].tolist() == [MADE, MADE]
    kills = batches.disturb(disturbed, ["worker", "owner"], random.Random(1), workers=1)
    assert sum(kills.values()) >= 2
    assert disturbed.reports() == undisturbed.reports()
    assert disturbed.leftovers() == []


def test_what_a_dead_run_left_is_swept_and_its_report_put_back(tmp_path: Path) -> None:
    machine, boot = process_lock._machine()
    dead = tmp_path / f".whole-{machine}.{boot}.{os.getpid()}.1-x"
    (dead / "replaced-report").mkdir(parents=True)
    (dead / "replaced-report" / "report.md").write_text("the earlier one")
    (dead / "name-of-target").write_text("whole")
    alive = tmp_path / f".whole-{process_lock.owner_tag()}-y"
    elsewhere = tmp_path / f".whole-000000.{boot}.1.1-z"
    rebooted = tmp_path / f".whole-{machine}.000000.1.1-z"
    for path in (alive, elsewhere, rebooted):
        path.mkdir()
    sweep(tmp_path)
    assert (tmp_path / "whole" / "report.md").read_text() == "the earlier one"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [alive.name, elsewhere.name, "whole"]
    )


def test_a_report_is_there_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "kept.txt").write_text("mine")
    # The step by step way is for systems without the other: it may not be taken here.
    monkeypatch.setattr(Path, "rename", None)
    with staging(tmp_path / "report") as folder:
        (folder / "report.md").write_text("new")
    assert {path.name for path in (tmp_path / "report").iterdir()} == {"report.md", "kept.txt"}


def test_a_worker_that_ends_fails_its_call_alone() -> None:
    with Workers(1, warm=False) as workers:
        assert workers.submit(len, "four").result(PATIENCE) == 4
        with pytest.raises(WorkerLost):
            workers.submit(os._exit, 3).result(PATIENCE)
        with pytest.raises(ZeroDivisionError):
            workers.submit(divmod, 1, 0).result(PATIENCE)
        assert workers.submit(len, "four").result(PATIENCE) == 4
    with pytest.raises(RuntimeError, match="stopped"):
        workers.submit(len, "four")


def test_a_call_that_comes_with_the_end_is_refused_and_never_forgotten() -> None:
    class Slow:
        def __reduce__(self) -> tuple[type, tuple[()]]:
            workers.shutdown(wait=False)
            return (str, ())

    workers = Workers(1, warm=False)
    with pytest.raises(RuntimeError, match="have been stopped"):
        workers.submit(bool, Slow())


def test_a_call_that_takes_too_long_is_given_up() -> None:
    import time

    with Workers(1, warm=False, call_seconds=PATIENCE) as workers:
        workers.submit(len, "warm").result(PATIENCE)
        workers._call_seconds = 0.5
        with pytest.raises(WorkerLost, match=r"longer than 0\.5 seconds"):
            workers.submit(time.sleep, 2 * PATIENCE).result(PATIENCE)


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "50000 100000"}, 1),
        ({"cpu.max": "max 100000"}, 64),
        ({"cpu.cfs_quota_us": "300000", "cpu.cfs_period_us": "100000"}, 3),
        ({"cpu.cfs_quota_us": "-1", "cpu.cfs_period_us": "100000"}, 64),
    ],
)
def test_cores_are_those_that_the_group_may_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], cores: int
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text + "\n")
    monkeypatch.setattr(machine, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert machine.usable_cores() == cores


def test_memory_is_shared_out_and_bounded_by_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory.max").write_text(str(5 << 30))
    (tmp_path / "memory.current").write_text(str(1 << 30))
    monkeypatch.setattr(machine, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(machine, "usable_cores", lambda: 64)
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("M", (), {"available": 64 << 30}))
    assert machine.usable_memory() == 4 << 30
    assert machine.workers_and_memory(None) == (4, machine.MIN_MEMORY)
    assert machine.workers_and_memory(2) == (2, (4 << 30) * 9 // 20)


def test_the_summary_is_a_table_for_a_spreadsheet(tmp_path: Path) -> None:
    (task,) = tasks_for(tmp_path, 1)
    outcome = Outcome(task.job, FAILED, 'd0, whole: "a, b"', 1.234, 2, 3 << 20)
    write_summary([outcome], tmp_path / "deep" / "batch.csv")
    (row,) = pd.read_csv(tmp_path / "deep" / "batch.csv").to_dict("records")
    assert (row["why"], row["seconds"], row["memory_mb"]) == ('d0, whole: "a, b"', 1.23, 3)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["batch.csv"]
    with pytest.raises(OutputError, match="--summary"):
        write_summary([outcome], tmp_path / "texts" / "d0.txt" / "x.csv")


def test_the_public_name_is_this_function() -> None:
    assert sco_research.run_batch is batch.run_batch


SCRIPT = """
import sys
with open("marks", "a") as marks:
    marks.write("run\\n")
from sco_research import run_batch
table = run_batch(["d0.txt", "d1.txt"], sys.argv[1], output_folder="out", workers=1)
print(*table["status"])
"""


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    for place in range(2):
        (tmp_path / f"d{place}.txt").write_text(f"We will meet {place}.")
    (tmp_path / "script.py").write_text(SCRIPT)
    # One worker for two reports: it is warmed, and its kernels are forks.
    done = run_to_its_end(
        [sys.executable, "script.py", str(FIXTURES / "whole.ipynb")], cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{MADE} {MADE}\n"
    assert (tmp_path / "marks").read_text() == "run\n"
    assert all((tmp_path / "out" / f"d{place}/whole/report.html").is_file() for place in range(2))
