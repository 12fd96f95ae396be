"""A report's folder appears whole or not at all."""

import errno
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

import sco_research.reports.folder as folder_module
from sco_research.errors import OutputError
from sco_research.reports.folder import staging
from tests.patience import PATIENCE, first_line, started


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_folder_appears_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "report"
    with staging(target) as folder:
        (folder / "report.md").write_text("new")
        assert not target.exists()
    assert contents(tmp_path) == {"deep/report/report.md": "new"}


def test_an_old_folder_gives_way_but_for_a_strangers_files(tmp_path: Path) -> None:
    target = tmp_path / "report"
    (target / "tables").mkdir(parents=True)
    for name in ("report.md", "tables/tbl-old.csv", "tables/mine.csv", "notes.txt"):
        (target / name).write_text("old")
    account = {"outputs": {"report.md": "", "tables/tbl-old.csv": ""}}
    (target / "provenance.json").write_text(json.dumps(account))
    with staging(target) as folder:
        (folder / "report.md").write_text("new")
    assert contents(tmp_path) == {
        "report/report.md": "new",
        "report/notes.txt": "old",
        "report/tables/mine.csv": "old",
    }


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    target = tmp_path / "report"
    target.mkdir()
    (target / "report.md").write_text("old")

    def fail_half_way() -> None:
        with staging(target) as folder:
            (folder / "report.md").write_text("half")
            raise failure

    with pytest.raises(failure):
        fail_half_way()
    assert contents(tmp_path) == {"report/report.md": "old"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text("mine")
    with pytest.raises(OutputError, match="this is a file"), staging(target):
        pass
    assert target.read_text() == "mine"


def test_a_full_disk_is_said_once(tmp_path: Path) -> None:
    target = tmp_path / "report"
    with pytest.raises(OutputError, match="No space left") as error, staging(target):
        raise OSError(28, "No space left on device")
    assert "unchanged" in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_strangers_file_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.mkdir()
    (target / "report.md").write_text("mine")

    def write() -> None:
        with staging(target) as folder:
            (folder / "report.md").write_text("new")

    with pytest.raises(OutputError, match=r"report\.md: no report wrote this file.*move it away"):
        write()
    assert contents(tmp_path) == {"report/report.md": "mine"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with staging(tmp_path / "link") as folder:
        (folder / "report.md").write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "real") == {"report.md": "new"}


def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OutputError, match="cannot be written"), staging(tmp_path / "loop"):
        pass


@pytest.mark.parametrize("exchange", [True, False])
def test_runs_at_once_leave_one_whole_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(folder_module, "_exchange", lambda one, other: False)
    target = tmp_path / "report"
    # With a limit: a run that fails must not hold the others for ever.
    together = threading.Barrier(4, timeout=PATIENCE)

    def write(name: str) -> None:
        account = {"outputs": {"report.md": "", "table.csv": ""}}
        for _ in range(50):
            with staging(target) as folder:
                for file in ("report.md", "table.csv"):
                    (folder / file).write_text(name)
                (folder / "provenance.json").write_text(json.dumps(account))
                together.wait()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write, name) for name in "abcd"]:
            done.result(timeout=PATIENCE)
    found = contents(target)
    assert found["report.md"] == found["table.csv"]
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps two folders in one step")
def test_a_reader_always_finds_a_whole_folder(tmp_path: Path) -> None:
    target = tmp_path / "report"
    ended = threading.Event()

    def write() -> None:
        for number in range(100):
            with staging(target) as folder:
                (folder / "report.md").write_text(str(number))
                (folder / "provenance.json").write_text('{"outputs": {"report.md": ""}}')
        ended.set()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        seen: set[str] = set()
        while not ended.is_set() and not done.done():
            if target.exists() or seen:
                seen.add((target / "report.md").read_text())
        done.result(timeout=PATIENCE)
    assert seen


HOLDER = """
import sys, time
from pathlib import Path
from sco_research.reports.folder import _turn
with _turn(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(3600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders are locked by POSIX systems")
def test_a_killed_run_lets_the_next_have_its_turn(tmp_path: Path) -> None:
    target = tmp_path / "report"
    written = threading.Event()

    def write() -> None:
        with staging(target) as folder:
            (folder / "report.md").write_text("whole")
        written.set()

    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with started(command, stdout=subprocess.PIPE) as holder, ThreadPoolExecutor(1) as pool:
        assert first_line(holder) == "held\n"
        done = pool.submit(write)
        assert not written.wait(0.5)
        assert not target.exists()
        holder.kill()
        done.result(timeout=PATIENCE)
    assert contents(target) == {"report.md": "whole"}


def test_where_a_disk_locks_nothing_a_report_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(folder_module, "fcntl", SimpleNamespace(flock=refuse, LOCK_EX=2))
    with staging(tmp_path / "report") as folder:
        (folder / "report.md").write_text("whole")
    assert contents(tmp_path / "report") == {"report.md": "whole"}
