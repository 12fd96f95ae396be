"""Whatever lies about for a while bears its process, and is removed when that was killed."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sco_research import process_lock
from sco_research.process_lock import scratch_folder, write_whole
from tests.patience import started, wait_until

KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
from sco_research import process_lock
folder = Path(sys.argv[1])
tempfile.tempdir = str(folder)
os.replace = Path.replace = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
with process_lock.scratch_folder() as scratch:
    (scratch / "half").write_text("x")
    process_lock.write_whole(folder / "table.csv", b"new")
"""


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process_lock._clear_once.cache_clear()
    process_lock._clear_hidden_once.cache_clear()


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -9
    left = sorted(path.name for path in tmp_path.iterdir())
    assert [name.partition("-")[0] for name in left] == [".table.csv", "sco"]
    assert all(map(process_lock.is_dead, left))
    with scratch_folder() as folder:
        assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [folder.name]
        write_whole(tmp_path / "table.csv", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    assert (tmp_path / "table.csv").read_bytes() == b"whole"


def test_what_a_living_process_uses_stays(tmp_path: Path) -> None:
    with scratch_folder() as folder:
        process_lock._clear_once.cache_clear()
        with scratch_folder():
            assert folder.is_dir()
    stranger = tmp_path / "sco-notes"
    stranger.mkdir()
    process_lock.clear_scratch(tmp_path)
    assert stranger.is_dir()


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    write_whole(target, b"old")

    def refuse(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


WRITER = """
import sys
from pathlib import Path
from sco_research.process_lock import write_whole
path, letter = Path(sys.argv[1]), sys.argv[2].encode()
for _ in range(200):
    write_whole(path, letter * 100_000)
"""


def test_two_processes_that_fill_one_file_leave_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "kept.csv"
    command = [sys.executable, "-c", WRITER, str(target)]
    with started([*command, "a"]) as one, started([*command, "b"]) as other:
        wait_until(target.exists, "the file")
        while one.poll() is None or other.poll() is None:
            # Whoever reads meanwhile finds the whole of either.
            assert target.read_bytes() in (b"a" * 100_000, b"b" * 100_000)
        assert one.returncode == other.returncode == 0
    assert list(tmp_path.iterdir()) == [target]
