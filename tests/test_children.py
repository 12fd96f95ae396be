"""No process outlives the one that started it, however that ended."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from sco_research.children import tied
from sco_research.errors import RunError
from sco_research.reports import render
from sco_research.reports.render import run_pandoc
from tests.patience import PATIENCE

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child so")
posix = pytest.mark.skipif(os.name != "posix", reason="no limit of processor time")
# A program that never ends by itself, and says who it is.
SPINNING = "#!/bin/sh\necho $$ > {pids}/$$\nwhile :; do :; done\n"


def spinning(folder: Path) -> Path:
    """Write a program that spins, whatever it is asked for."""
    (folder / "pids").mkdir()
    program = folder / "pandoc"
    program.write_text(SPINNING.format(pids=folder / "pids"))
    program.chmod(0o755)
    return program


def running(folder: Path) -> list[psutil.Process]:
    """Return the spinning programs that still run."""
    found = []
    for path in (folder / "pids").iterdir():
        try:
            process = psutil.Process(int(path.name))
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def awaited(folder: Path, *, some: bool) -> bool:
    """Return whether there come to be some spinning programs, or none."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if bool(running(folder)) is some:
            return True
        time.sleep(0.02)
    return False


def start(folder: Path, code: str) -> "subprocess.Popen[bytes]":
    """Start Python code in a session of its own, with the spinning program as its pandoc."""
    program = spinning(folder)
    # The look for pandoc's version would spin, too.
    begin = (
        f"program = {str(program)!r}\nimport pypandoc\npypandoc.get_pandoc_path = lambda: program"
    )
    return subprocess.Popen(
        [sys.executable, "-c", f"{begin}\n{textwrap.dedent(code)}"], start_new_session=True
    )


@linux
@pytest.mark.parametrize("group", [False, True], ids=["the process", "its group"])
@pytest.mark.parametrize(
    "code",
    [
        # As a report is rendered, in a thread of a pool.
        """
        from concurrent.futures import ThreadPoolExecutor
        from sco_research.reports.render import run_pandoc
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run_pandoc, [["--version"], ["--version"]]))
        """,
        # As a notebook cites.
        """
        import sco_research as sco
        sco.cite(sco.load_document("sco-2013-bishkek"), style="apa")
        """,
    ],
    ids=["rendering", "citing"],
)
def test_a_killed_process_leaves_no_pandoc(tmp_path: Path, code: str, *, group: bool) -> None:
    with start(tmp_path, code) as parent:
        try:
            assert awaited(tmp_path, some=True)
            os.killpg(parent.pid, signal.SIGKILL) if group else parent.kill()
            parent.wait()
            assert awaited(tmp_path, some=False)
        finally:
            parent.kill()
            for process in running(tmp_path):
                process.kill()


@linux
def test_a_killed_kernel_leaves_no_grandchild(tmp_path: Path) -> None:
    # The middle one is tied as a kernel is; the inner as a kernel's pandoc.
    code = """
        import subprocess, sys
        from sco_research.children import tied
        inner = tied([program], seconds=600)
        middle = f"import subprocess; from sco_research.children import tied;" \\
                 f"subprocess.run(tied([{inner[-1]!r}], seconds=600))"
        subprocess.run(tied([sys.executable, "-c", middle], seconds=600))
    """
    with start(tmp_path, code) as parent:
        try:
            assert awaited(tmp_path, some=True)
            parent.kill()
            parent.wait()
            assert awaited(tmp_path, some=False)
        finally:
            for process in running(tmp_path):
                process.kill()


@linux
def test_a_child_whose_parent_is_gone_does_not_begin() -> None:
    command = tied([sys.executable, "-c", "print('begun')"], seconds=60)
    of_another = [str(os.getppid()) if word == str(os.getpid()) else word for word in command]
    done = subprocess.run(of_another, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


@posix
def test_a_child_that_spins_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = str(spinning(tmp_path))
    monkeypatch.setattr("pypandoc.get_pandoc_path", lambda: program)
    monkeypatch.setattr(render, "_PANDOC_SECONDS", 1)
    with pytest.raises(RunError, match="pandoc has not rendered it in 1 seconds of processor time"):
        run_pandoc(["--version"])
    assert running(tmp_path) == []


@posix
def test_a_child_keeps_its_words_its_streams_and_its_status() -> None:
    code = "import sys; sys.stdout.write(sys.stdin.read() + sys.argv[1]); sys.exit(7)"
    command = tied([sys.executable, "-c", code, "a b  'c' $HOME\n"], seconds=60)
    done = subprocess.run(command, input="in:", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "in:a b  'c' $HOME\n")
