"""A disk that fills up: each reason is told, nothing half-written stays, the rest is not tried."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_research.cli import report as cli
from sco_research.errors import OutputError, RunError
from sco_research.runs import batch
from sco_research.runs.job import FAILED, MADE, SKIPPED, Decision, Job, Limits, Outcome, Task
from tests.executors import InThisThread

NOTEBOOK = Path(__file__).parents[1] / "fixtures" / "notebooks" / "whole.ipynb"
FULL = "cannot be written (No space left on device); make room"
MOUNT = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def task(folder: Path, name: str) -> Task:
    job = Job(
        document=name, document_id=name, notebook=NOTEBOOK, parameters={}, output=folder,
        folder="whole", formats=("html",), style=None,
    )  # fmt: skip
    return Task(job, {}, Decision("run", "new"), Limits())


@pytest.mark.parametrize(
    "reason", ["No space left on device", "Read-only file system", "Disk quota exceeded"]
)
def test_after_no_space_the_rest_is_left(tmp_path: Path, reason: str) -> None:
    def work(task: Task) -> Outcome:
        is_full = task.job.document_id == "b"
        return Outcome(task.job, FAILED if is_full else MADE, f"b: it failed ({reason})")

    executor = InThisThread()
    tasks = [task(tmp_path, name) for name in "abcd"]
    found = list(batch.run_tasks(tasks, executor=executor, work=work))
    assert [outcome.status for outcome in found] == [MADE, FAILED, SKIPPED, SKIPPED]
    assert executor.seen == ["a", "b"]
    assert all(reason in outcome.why for outcome in found[2:])


def test_reasons_come_before_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*given: object) -> None:
        raise OutputError(f"{given[-1]}: {FULL}")

    monkeypatch.setattr("sco_research.runs.record.write_summary", refuse)
    monkeypatch.setattr("sco_research.topics.summary.landing.write_landing", refuse)
    tasks = [task(tmp_path, name) for name in "abc"]
    statuses = (MADE, FAILED, FAILED)
    done = [
        Outcome(task.job, status, f"{task.job.name}: cell {number} stopped")
        for number, (task, status) in enumerate(zip(tasks, statuses, strict=True))
    ]
    with pytest.raises(RunError, match="2 of 3 reports failed"):
        cli._finish(tasks, done, tmp_path, None)
    said = capsys.readouterr().err
    places = [
        said.index(words) for words in ("cell 1 stopped", "cell 2 stopped", "batch.csv", FULL)
    ]
    assert places == sorted(places)
    with pytest.raises(OutputError, match="No space left"):
        cli._finish(tasks, done[:1], tmp_path, None)


def _can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = [*MOUNT, "mount -t tmpfs tmpfs /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not _can_mount(), reason="no file system may be mounted here")
def test_a_disk_that_fills_up_loses_no_reason_and_no_report(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for number in range(8):
        path = tmp_path / "texts" / f"d{number}.txt"
        path.write_text(f"We will meet in {2000 + number}.", encoding="utf-8")
    disk = tmp_path / "disk"
    disk.mkdir()
    kept = tmp_path / "kept"
    command = (
        f"mount -t tmpfs -o size=160k tmpfs {disk}; {sys.executable} -m sco_research report "
        f"{tmp_path / 'texts'} -n {NOTEBOOK} -o {disk / 'out'} --workers 1; status=$?; "
        f"cp -r {disk}/out {kept}; exit $status"
    )
    done = subprocess.run([*MOUNT, command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    *_, last = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    assert "of 8 reports failed" in last
    assert "not started; call again for them" in last
    reports = list(_reports(kept))
    for folder in reports:
        assert {"provenance.json", "report.html", "report.md"} <= {p.name for p in folder.iterdir()}
    assert done.stdout.count(": failed") + done.stdout.count(": skipped") == 8 - len(reports)
    assert not [path for path in kept.rglob(".*") if path.is_dir()]


def _reports(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("d*/whole") if path.is_dir())
