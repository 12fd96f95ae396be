"""Waiting that no load on the machine breaks, and child processes that no test leaves behind.

What a test waits for comes in moments on an idle machine. The limit is for what never comes: a busy
machine may take a hundred times as long and stay below it.
"""

import os
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

PATIENCE = 1200.0
"""Seconds after which something that is awaited will never come."""
_MARK = "SCO_TEST_STARTED"


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds; fail where it never does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"after {PATIENCE:.0f} seconds still not: {what}"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """Return whether a process has ended, whoever is to take note of it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@contextmanager
def started(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    **options: Any,  # noqa: ANN401 - those of subprocess.Popen
) -> Iterator["subprocess.Popen[str]"]:
    """Start a process; when the block ends, however it does, nothing that it started runs on.

    Its descendants are known by a variable of their environment: one that has left its group, or
    whose parent has died, is found all the same.
    """
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        command, env={**(os.environ if env is None else env), _MARK: mark}, text=True, **options
    )
    try:
        yield process
    finally:
        process.kill()
        wait_until(lambda: not _killed(mark), f"the end of {command[0]} and all that it started")
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                with suppress(OSError):
                    stream.close()


@contextmanager
def mark_and_kill() -> Iterator[dict[str, str]]:
    """Give an environment's mark; when the block ends, nothing that bears it runs on."""
    mark = uuid.uuid4().hex
    try:
        yield {_MARK: mark}
    finally:
        wait_until(lambda: not _killed(mark), "the end of all that was started")


def _killed(mark: str) -> list[psutil.Process]:
    """Kill the processes with a mark; return those that were there."""
    found = []
    for process in psutil.process_iter():
        # Another user's, or one that ends meanwhile.
        with suppress(psutil.Error, OSError):
            if process.environ().get(_MARK) == mark and not is_gone(process.pid):
                process.kill()
                found.append(process)
    return found


def run_to_its_end(
    command: Sequence[str | Path],
    **options: Any,  # noqa: ANN401 - those of subprocess.Popen
) -> "subprocess.CompletedProcess[str]":
    """Run a process to its end and return its status and what it wrote."""
    with started(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options) as process:
        output, complaint = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, output, complaint)


def first_line(process: "subprocess.Popen[str]") -> str:
    """Return the first line that a process writes; of one that writes none, an empty one."""
    assert process.stdout is not None
    watch = threading.Timer(PATIENCE, process.kill)
    watch.start()
    try:
        return process.stdout.readline()
    finally:
        watch.cancel()
