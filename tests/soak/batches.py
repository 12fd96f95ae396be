"""Batches as a user runs them, disturbed or not, and what they leave; for the soak and its test."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

NOTEBOOK = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks" / "whole.ipynb"
MARK = "SCO_SOAK"
# Seconds after which a batch hangs, however busy the machine is.
PATIENCE = 3600.0
# Seconds after which what is left of a batch that has ended will not end any more.
PARTING = 180.0
_APART = {"batch.csv", "run-log.jsonl", "index.html"}


@dataclass
class Scene:
    """A folder with documents, an output folder and a folder for temporary files."""

    root: Path
    documents: Path = field(init=False)
    output: Path = field(init=False)
    scratch: Path = field(init=False)

    def __post_init__(self) -> None:
        """Make the folders."""
        self.documents, self.output = self.root / "texts", self.root / "out"
        self.scratch = self.root / "t"
        for folder in (self.documents, self.output, self.scratch):
            folder.mkdir(parents=True, exist_ok=True)

    def write(self, number: int) -> None:
        """Write so many documents, each another's."""
        for place in range(number):
            text = f"1. We will meet in {2000 + place}.\n\n2. We shall consider {place} options."
            (self.documents / f"d{place:04}.txt").write_text(text, encoding="utf-8")

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a batch on all documents."""
        command = [sys.executable, "-m", "sco_research", "report", str(self.documents)]
        command += ["-n", str(NOTEBOOK), "-o", str(self.output), "--retries", "3", *words]
        return subprocess.Popen(
            command,
            env={**os.environ, MARK: str(self.root), "TMPDIR": str(self.scratch)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str) -> int:
        """Run a batch to its end and return its exit status."""
        try:
            with self.start(*words) as batch:
                batch.communicate(timeout=PATIENCE)
                return batch.returncode
        finally:
            self.kill()

    def kill(self) -> None:
        """Kill what is left of this scene's batches."""
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()

    def processes(self) -> list[psutil.Process]:
        """Return all processes of this scene's batches: owner, workers, warmed ones, kernels."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == str(self.root):
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return found

    def await_end(self, seconds: float = PARTING) -> list[str]:
        """Wait until no process is left, and return those that are left all the same."""
        end = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return [" ".join(process.cmdline()) for process in left if process.is_running()]

    def reports(self) -> dict[str, bytes]:
        """Return every file of every report, hidden ones too."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name not in _APART and "_failed" not in path.parts
        }

    def leftovers(self) -> list[str]:
        """Return what lies in the folder for temporary files, and hidden beside reports."""
        beside = [path for path in self.output.glob("*/.*") if path.is_dir()]
        return [str(path) for path in (*self.scratch.iterdir(), *self.output.glob(".*"), *beside)]


def role(process: psutil.Process, owner: int) -> str:
    """Return what a process is in a batch."""
    if process.pid == owner:
        return "owner"
    words = " ".join(process.cmdline())
    if "sco_research.runs.workers.worker" in words:
        return "worker"
    if "sco_research.runs.kernels.forkserver" in words:
        parent = process.parent()
        forked = parent and "sco_research.runs.kernels.forkserver" in " ".join(parent.cmdline())
        return "kernel" if forked else "server"
    return "other"


def kill_one(scene: Scene, owner: int, wanted: str) -> str:
    """Kill a process of the wanted role, if there is one; return the role, or nothing.

    The role "all" is every process at once, as where a machine stops.
    """
    if wanted == "all":
        scene.kill()
        return wanted
    for process in random.sample(found := scene.processes(), len(found)):
        try:
            if role(process, owner) == wanted:
                process.send_signal(signal.SIGKILL)
                return wanted
        except psutil.Error:
            continue
    return ""


def disturb(
    scene: Scene,
    roles: Iterable[str],
    draw: random.Random,
    *words: str,
    workers: int = 2,
    longest: float = 1.2,
) -> dict[str, int]:
    """Run a batch to its end, killing processes of these roles on the way; return the kills.

    Parameters
    ----------
    scene : Scene
        Where.
    roles : iterable of str
        What is killed, one after the other.
    draw : random.Random
        What the moments are drawn from.
    *words : str
        Options of the batch.
    workers : int
        How many it has.
    longest : float
        The longest time, in seconds, from one kill to the next.

    Raises
    ------
    AssertionError
        Where a batch hangs, or leaves a process behind.
    """
    waiting, kills = list(roles), dict.fromkeys(("owner", "worker", "server", "kernel", "all"), 0)
    try:
        return _disturbed(scene, waiting, kills, draw, ["--workers", str(workers), *words], longest)
    finally:
        scene.kill()


def _disturbed(
    scene: Scene,
    waiting: list[str],
    kills: dict[str, int],
    draw: random.Random,
    words: list[str],
    longest: float,
) -> dict[str, int]:
    while True:
        batch = scene.start(*words)
        end = time.monotonic() + PATIENCE
        while batch.poll() is None:
            assert time.monotonic() < end, "the batch hangs"
            time.sleep(draw.uniform(0.05, longest))
            if waiting and batch.poll() is None and (hit := kill_one(scene, batch.pid, waiting[0])):
                kills[hit] += 1
                waiting.pop(0)
        assert batch.stderr is not None
        batch.stderr.close()
        left = scene.await_end()
        assert not left, f"left running: {left}"
        # One that was killed is called again, as a user would; and so is one whose report was
        # killed more often than it is retried.
        if batch.returncode == 0:
            return kills
