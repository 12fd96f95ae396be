"""The same jobs on a Dask scheduler: on this machine, on another, on a university's cluster.

Each worker keeps one warmed process and makes one report at a time. Where it sees the output folder
it writes there itself; where there is no shared disk, what the report is made of goes with the job,
and the report comes back. A worker that is lost loses nothing: the scheduler gives its job to
another.
"""

import io
import os
import re
import secrets
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sco_research.errors import ParameterError, RunError
from sco_research.loaders.walking import files_below
from sco_research.reports import owner
from sco_research.reports.folder import staging
from sco_research.reports.keys import package_hash, parted
from sco_research.runs.batch import run_tasks
from sco_research.runs.jobs import Job
from sco_research.runs.limits import usable_cores, workers_and_memory
from sco_research.runs.reuse import KEEP, RUN, Decision, names_of_files
from sco_research.runs.tasks import FAILED, MADE, Outcome, Task, attempt

ANSWER_SECONDS = 30
"""How long a scheduler may take to answer."""
_ADDRESS = re.compile(r"[a-z]+://\S+:\d+")
_AT_LEAST = 64
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task with the files it needs, and a sign to tell a shared disk by.

    The files are there by their whole paths here; ``places`` has such a path, or pattern, for each
    parameter and value that names some of them.
    """

    task: Task
    files: Mapping[str, bytes]
    places: Mapping[tuple[str, str], str]
    package: str
    sign: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a task, and the report's files where the worker could not put them in place."""

    outcome: Outcome
    report: bytes = b""
    partial: bytes = b""


def run_on_cluster(
    tasks: Sequence[Task], address: str, *, workers: int | None = None, shared: bool | None = None
) -> Iterator[Outcome]:
    """Do tasks on a Dask scheduler and return each outcome as it comes.

    Parameters
    ----------
    tasks : sequence of Task
        What is to be done.
    address : str
        The scheduler's, ``tcp://HOST:PORT``, or ``local`` for workers on this machine.
    workers : int, optional
        How many local ones; as many as there are cores to use.
    shared : bool, optional
        Whether the workers see the same files; each finds out for itself where it is not given.

    Raises
    ------
    ParameterError
        Where Dask is not installed, or the address is none.
    RunError
        Where no scheduler answers.
    """
    check_address(address)
    if all(task.decision.action == KEEP for task in tasks):
        yield from run_tasks(tasks)
        return
    import distributed as dask

    # It has hints in some places and none in others.
    distributed: Any = dask
    with ExitStack() as stack:
        if address == "local":
            number, memory = workers_and_memory(workers)
            cluster = distributed.LocalCluster(
                n_workers=min(number, max(1, len(tasks))),
                threads_per_worker=1,
                dashboard_address=None,
                memory_limit=2 * memory,
            )
            stack.enter_context(cluster)
            address = cluster.scheduler_address
        try:
            client = distributed.Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise RunError(f"--cluster {address}: no scheduler answers there ({reason})") from None
        stack.enter_context(client)
        executor = client.get_executor(pure=False)
        # Of workers that come later, too, each finds something to do.
        executor.number = max(_AT_LEAST, len(client.scheduler_info(n_workers=-1)["workers"]))
        courier = _Courier(shared, stack)
        yield from run_tasks(tasks, executor=executor, courier=courier)


def check_address(address: str) -> None:
    """Refuse at once what is no scheduler's address, and any where Dask is not installed.

    Raises
    ------
    ParameterError
        In both cases.
    """
    if address != "local" and not _ADDRESS.fullmatch(address):
        raise ParameterError(
            f"--cluster {address!r}: write local, or the scheduler's address, tcp://HOST:PORT"
        )
    if find_spec("distributed") is None:
        raise ParameterError("--cluster needs Dask; pip install sco-research[cluster]")


class _Courier:
    """How a task goes to a worker, and how what came of it comes back."""

    def __init__(self, shared: bool | None, stack: ExitStack) -> None:
        self.shared = shared
        self.package = package_hash()
        self.stack = stack
        self.signs: dict[Path, tuple[str, str]] = {}

    def call(self, task: Task) -> tuple[Callable[[Parcel], Delivery], Parcel]:
        sign = ("", "") if self.shared is False else self._sign(task.job.output)
        return deliver, Parcel(task, *_luggage(task.job), self.package, sign)

    def outcome(self, delivery: Delivery) -> Outcome:
        """Put in place what a worker could not."""
        found = delivery.outcome
        if delivery.partial:
            found.job.partial.parent.mkdir(parents=True, exist_ok=True)
            found.job.partial.write_bytes(delivery.partial)
        if delivery.report:
            with staging(found.job.target) as folder:
                zipfile.ZipFile(io.BytesIO(delivery.report)).extractall(folder)
        return found

    def _sign(self, output: Path) -> tuple[str, str]:
        """Leave a sign in the output folder, that only who shares the disk can read."""
        if output not in self.signs:
            output.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f".sign-{owner.tag()}-", dir=output))
            self.stack.callback(shutil.rmtree, folder, ignore_errors=True)
            word = secrets.token_hex(16)
            (folder / "sign").write_text(word, encoding="ascii")
            self.signs[output] = (str(folder / "sign"), word)
        return self.signs[output]


def _luggage(job: Job) -> tuple[dict[str, bytes], dict[tuple[str, str], str]]:
    """Return all that a job reads from the user's own files, and where its values name it."""
    named = [*names_of_files(job.parameters), ("notebook", str(job.notebook), [job.notebook])]
    if Path(job.document).is_file():
        named.append(("document_id", job.document, [Path(job.document)]))
    named += [("look", str(path), [path]) for path in (job.look.files() if job.look else [])]
    files = {
        os.path.abspath(path): path.read_bytes()  # noqa: PTH100 - with no dots on the way
        for *_, paths in named
        for path in {item for start in paths for item in _files_of(start)}
    }
    return files, {(name, text): _whole(text) for name, text, _ in named}


def _files_of(path: Path) -> Iterator[Path]:
    """Return a file, or the files of a folder and of those below it, behind links too."""
    if path.is_dir():
        yield from (item for item in path.rglob("*") if item.is_file())
        yield from files_below(path, lambda _: None)
    elif path.is_file():
        yield path


def _whole(text: str) -> str:
    """Return a path or a pattern from the root on; the working folder keeps its name, a dot."""
    head, pattern = parted(text)
    folder = os.path.abspath(head)  # noqa: PTH100
    if os.path.normpath(head) == ".":
        folder += "/."
    return f"{folder}/{pattern}" if pattern else folder


def deliver(parcel: Parcel) -> Delivery:
    """Do a task on a worker, here where this is called."""
    job = parcel.task.job
    if package_hash() != parcel.package:
        why = f"{job.name}: the worker's sco_research is another; install the same on it"
        return Delivery(Outcome(job, FAILED, why))
    with _one_at_a_time:
        task = _bounded(parcel.task)
        if _shares_disk(parcel.sign):
            return Delivery(attempt(task))
        with tempfile.TemporaryDirectory(prefix=f"sco-{owner.tag()}-") as name:
            return _elsewhere(replace(parcel, task=task), Path(name))


def _bounded(task: Task) -> Task:
    if task.bounds.memory:
        return task
    memory = workers_and_memory(usable_cores())[1]
    return replace(task, bounds=replace(task.bounds, memory=memory))


def _shares_disk(sign: tuple[str, str]) -> bool:
    try:
        return bool(sign[0]) and Path(sign[0]).read_text(encoding="ascii") == sign[1]
    except OSError:
        return False


def _elsewhere(parcel: Parcel, folder: Path) -> Delivery:
    """Do a task in a folder of its own, with the files that came along."""
    job = parcel.task.job
    root = folder / "in"
    # All the way from the root: the report tells the names of its inputs and of their folders.
    for name, data in parcel.files.items():
        path = root / _inner(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def moved(name: str, value: object) -> Any:  # noqa: ANN401
        if isinstance(value, list):
            return [moved(name, item) for item in value]
        place = parcel.places.get((name, value)) if isinstance(value, str) else None
        # No Path: it would drop the dot.
        return f"{root}/{_inner(place)}" if place else value

    looks = [text for name, text in parcel.places if name == "look"]
    mine = replace(
        job,
        document=moved("document_id", job.document),
        notebook=Path(moved("notebook", str(job.notebook))),
        parameters={name: moved(name, value) for name, value in job.parameters.items()},
        output=folder / "out",
        look=job.look.moved({text: moved("look", text) for text in looks}) if job.look else None,
    )
    # The pages of an earlier report are not here: to render them is to make it.
    decision = Decision(RUN, parcel.task.decision.why)
    outcome = attempt(replace(parcel.task, job=mine, decision=decision))
    why = outcome.why.replace(str(mine.output), str(job.output)).replace(f"{root}/", "/")
    partial = mine.partial.read_bytes() if mine.partial.is_file() else b""
    report = _packed(mine.target) if outcome.status == MADE or mine.target.is_dir() else b""
    return Delivery(replace(outcome, job=job, why=why), report, partial)


def _inner(path: str) -> str:
    """Return a whole path without its drive and its root."""
    return os.path.splitdrive(path)[1].lstrip("/\\")


def _packed(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, os.path.relpath(path, folder))
    return buffer.getvalue()
