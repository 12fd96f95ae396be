"""What a Dask worker does: it passes each task to a process of its own, which makes the report.

That process keeps its temporary files in a folder of its own. It ends when the Dask worker ends,
and removes what it has left; a notebook that kills it does not kill the Dask worker.
"""

import os
import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path

from sco_research.loaders.catalogue import FILE
from sco_research.reports.fingerprints import file_hash, package_hash
from sco_research.resources import HOME, data_path
from sco_research.runs.job import FAILED, Outcome, Task
from sco_research.runs.machine import usable_cores, workers_and_memory
from sco_research.runs.runner import attempt
from sco_research.runs.staleness import installation
from sco_research.runs.workers.pool import WorkerLost, Workers

_PARTS = {
    "package": "sco_research itself",
    "data": "its data",
    "texts": "its catalogue",
    "versions": "Python or a library",
}


@dataclass(frozen=True, slots=True)
class BatchOrigin:
    """Where a batch was started, and what its workers must share with it.

    Attributes
    ----------
    batch : str
        The batch's own name.
    folder : str
        The working folder: relative paths are meant from there.
    home : str
        The user's own folder, with the catalogue and the fetched documents.
    installed : mapping of str to str
        The hash of each part of the installation, as `installed_here` returns it.
    marks : mapping of str to str
        Files in the output folders, and what is written in each: who reads it there sees the same
        file system.
    """

    batch: str
    folder: str
    home: str
    installed: Mapping[str, str]
    marks: Mapping[str, str]


def installed_here() -> dict[str, str]:
    """Return the hash of each part of this installation that reports depend on."""
    return {**installation(), "texts": file_hash(data_path(FILE))}


_turn = threading.Lock()
_state = threading.Lock()
_pools: dict[tuple[str, bool, float], Workers] = {}
_at_work: set[str] = set()
_given_up: set[str] = set()


def attempt_on_worker(task: Task, origin: BatchOrigin) -> Outcome:
    """Attempt a task in the worker's own process, one task at a time.

    Raises
    ------
    WorkerLost
        Where the process ended before the report was made; another worker may make it.
    """
    with _turn:
        with _state:
            if origin.batch in _given_up:
                raise WorkerLost("its batch was given up")
            future = _pool_for(task).submit(attempt_from, origin, task)
            _at_work.add(origin.batch)
        try:
            return future.result()
        except CancelledError:
            raise WorkerLost("its work was given up") from None
        finally:
            with _state:
                _at_work.discard(origin.batch)


def attempt_from(origin: BatchOrigin, task: Task) -> Outcome:
    """Attempt a task as it would be where the batch was started, in a process used for that only.

    The working folder and the user's own folder of the process become those of the origin.
    """
    if complaint := _complaint(origin):
        return Outcome(task.job, FAILED, f"{task.job.name}: {complaint}")
    os.chdir(origin.folder)
    os.environ[HOME] = origin.home
    memory = workers_and_memory(usable_cores())[1]
    return attempt(task.limited_to(memory, cold=task.limits.cold))


def _complaint(origin: BatchOrigin) -> str:
    """Return why this worker can make no report of a batch; empty where it can."""
    here = installed_here()
    if other := [words for name, words in _PARTS.items() if here[name] != origin.installed[name]]:
        return f"on the worker {' and '.join(other)} differ; install the same there"
    for file, text in origin.marks.items():
        if not _holds(Path(file), text):
            return (
                f"the worker does not see the output folder {Path(file).parents[1]}; choose one on "
                "a file system that all workers share"
            )
    if not Path(origin.folder).is_dir():
        return (
            f"the worker does not see the working folder {origin.folder}; call from one on a file "
            "system that all workers share"
        )
    return ""


def _holds(file: Path, text: str) -> bool:
    try:
        return file.read_text(encoding="ascii") == text
    except (OSError, ValueError):
        return False


def give_up(batch: str) -> None:
    """End at once what this worker does for a batch that has been stopped."""
    with _state:
        _given_up.add(batch)
        if batch in _at_work:
            _end_all()


def _pool_for(task: Task) -> Workers:
    """Return a pool of one process, a new one where the last was started with other settings."""
    limits = task.limits
    key = (package_hash(), not limits.cold, limits.hard_seconds)
    if key not in _pools:
        _end_all()
        _pools[key] = Workers(1, warm=not limits.cold, call_seconds=limits.hard_seconds)
    return _pools[key]


def _end_all() -> None:
    while _pools:
        _pools.popitem()[1].shutdown(cancel_futures=True)
