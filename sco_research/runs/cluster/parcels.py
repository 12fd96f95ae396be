"""A job that goes to another machine with all that its report is made of, and what comes back.

A worker that sees the output folder and the inputs writes the report there itself. Where there is
no shared disk, the files that came along are laid out in a folder of the worker's, and the report
goes back as an archive. What the user has fetched, and the user's own catalogue, come along always:
what a worker knows of its own is another's.
"""

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sco_research.errors import ScoResearchError
from sco_research.loaders.catalogue import FILE
from sco_research.loaders.document import is_known
from sco_research.loaders.sources import listed_documents
from sco_research.loaders.user_data import files_of_home
from sco_research.reports import owner
from sco_research.reports.fingerprints import file_hash, parted
from sco_research.resources import data_path, home_in
from sco_research.runs.job import FAILED, MADE, OF_ALL, RUN, Decision, Job, Outcome, Task
from sco_research.runs.log import FILE_NAME
from sco_research.runs.machine import usable_cores, workers_and_memory
from sco_research.runs.runner import attempt
from sco_research.runs.staleness import files_of, installation, known_documents, names_of_files
from sco_research.runs.workers.pool import WorkerLost

_PARTS = {
    "package": "sco_research itself",
    "data": "its data",
    "texts": "its catalogue",
    "versions": "Python or a library",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task with the files it needs, and a sign to tell a shared disk by.

    Attributes
    ----------
    task : Task
        What is to be done.
    files : mapping of str to bytes
        The user's files, by their whole paths here.
    places : mapping of (str, str) to str
        Such a path, or pattern, for each parameter and value that names some of them.
    home : mapping of str to bytes
        What comes from the user's own folder, by the names in it.
    installed : mapping of str to str
        The hash of what every report made here hangs on, the document apart.
    sign : tuple of str and str
        A file in the output folder and the word in it; empty where no disk is shared.
    batch : str
        The batch that it is of.
    """

    task: Task
    files: Mapping[str, bytes]
    places: Mapping[tuple[str, str], str]
    home: Mapping[str, bytes]
    installed: Mapping[str, str]
    sign: tuple[str, str]
    batch: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a task, and what the worker could not put in place where it was.

    Attributes
    ----------
    outcome : Outcome
        What came of it.
    report : bytes
        The report's files, as an archive.
    partial : bytes
        The notebook as far as it came, where it failed.
    log : str
        What the run's log says of it.
    """

    outcome: Outcome
    report: bytes = b""
    partial: bytes = b""
    log: str = ""


def packed(
    task: Task, *, installed: Mapping[str, str], sign: tuple[str, str], batch: str
) -> Parcel:
    """Return a task with all that its job reads from the user's own files."""
    job = task.job
    named = [*names_of_files(job.parameters), ("notebook", str(job.notebook), [job.notebook])]
    if Path(job.document).is_file() and not is_known(job.document):
        named.append(("document_id", job.document, [Path(job.document)]))
    named += [("look", str(path), [path]) for path in (job.look.files() if job.look else [])]
    starts = {path for *_, paths in named for path in paths}
    # With no dots on the way.
    files = {os.path.abspath(path): data for path, data in _contents(starts)}  # noqa: PTH100
    places = {(name, text): _whole(text) for name, text, _ in named}
    return Parcel(task, files, places, _home_of(job), installed, sign, batch)


def _home_of(job: Job) -> dict[str, bytes]:
    return files_of_home([job.document, *known_documents(job.parameters)])


def _contents(starts: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Return files, and those of folders, with what is in them."""
    for start in starts:
        for path in files_of(start):
            try:
                data = path.read_bytes()
            except OSError:
                if path == start:
                    raise
                continue  # as whoever reads the folder passes it over
            for item in listed_documents(path):
                if isinstance(item, Path) and item.is_absolute():
                    # A manifest's whole paths lead elsewhere on another machine.
                    data = data.replace(bytes(item), os.path.relpath(item, path.parent).encode())
            yield path, data


def _whole(text: str) -> str:
    """Return a path or a pattern from the root on; the working folder keeps its name, a dot."""
    head, pattern = parted(text)
    folder = os.path.abspath(head)  # noqa: PTH100 - as it was named, not where a link leads
    if os.path.normpath(head) == ".":
        folder += "/."
    return f"{folder}/{pattern}" if pattern else folder


def open_parcel(parcel: Parcel) -> Delivery:
    """Do a task here where this is called."""
    job = parcel.task.job
    here = here_installed()
    if other := [_PARTS[name] for name in _PARTS if here[name] != parcel.installed[name]]:
        why = f"{job.name}: on the worker {' and '.join(other)} differ; install the same there"
        return Delivery(Outcome(job, FAILED, why))
    with tempfile.TemporaryDirectory(prefix=f"sco-{owner.tag()}-") as name, ExitStack() as stack:
        folder = Path(name)
        if not _has_home(parcel):
            _lay_out(folder / "home", parcel.home)
            stack.enter_context(home_in(folder / "home"))
        return _here(parcel) if _shares_disk(parcel) else _elsewhere(parcel, folder)


def _has_home(parcel: Parcel) -> bool:
    """Tell whether the user's own folder here holds the same, for all that the job names."""
    try:
        return _home_of(parcel.task.job) == parcel.home
    except ScoResearchError:
        return False


def here_installed() -> dict[str, str]:
    """Return the hash of what every report made here hangs on, the texts of the package with it."""
    return {**installation(), "texts": file_hash(data_path(FILE))}


def _shares_disk(parcel: Parcel) -> bool:
    """Tell whether the output folder is here, and every file of the task with it."""
    sign, word = parcel.sign
    try:
        return bool(sign) and all(
            Path(name).read_bytes() == data
            for name, data in [(sign, word.encode()), *parcel.files.items()]
        )
    except OSError:
        return False


def _here(parcel: Parcel) -> Delivery:
    """Do a task where its files are; its working folder need not be the worker's."""
    task = replace(_bounded(parcel.task), job=_moved(parcel, ""))
    return Delivery(replace(attempt(task), job=parcel.task.job))


def _elsewhere(parcel: Parcel, folder: Path) -> Delivery:
    """Do a task in a folder of its own, with the files that came along."""
    job, root = parcel.task.job, folder / "in"
    # All the way from the root: the report tells the names of its inputs and of their folders.
    _lay_out(root, {_inner(name): data for name, data in parcel.files.items()})
    mine = replace(_moved(parcel, f"{root}/"), output=folder / "out")
    # The pages of an earlier report are not here: to render them is to make it.
    decision = Decision(RUN, parcel.task.decision.why)
    outcome = attempt(replace(_bounded(parcel.task), job=mine, decision=decision))
    if outcome.status == FAILED and any(text in outcome.why for text in OF_ALL):
        # Here it is this machine's want alone.
        raise WorkerLost("the worker's machine has no room, or no file handles, left")
    why = outcome.why.replace(str(mine.output), str(job.output)).replace(f"{root}/", "/")
    partial = mine.partial.read_bytes() if mine.partial.is_file() else b""
    report = _zipped(mine.target) if outcome.status == MADE or mine.target.is_dir() else b""
    log = mine.output / FILE_NAME
    told = log.read_text(encoding="utf-8") if log.is_file() else ""
    return Delivery(replace(outcome, job=job, why=why), report, partial, told)


def _bounded(task: Task) -> Task:
    memory = workers_and_memory(usable_cores())[1]
    return task.within(memory, cold=task.bounds.cold)


def _moved(parcel: Parcel, root: str) -> Job:
    """Return a parcel's job with the names of its files below another root, or whole for none."""
    job = parcel.task.job

    def moved(name: str, value: object) -> Any:  # noqa: ANN401 - of whatever type it was
        if isinstance(value, list):
            return [moved(name, item) for item in value]
        place = parcel.places.get((name, value)) if isinstance(value, str) else None
        if not place:
            return value
        # No Path: it would drop the dot.
        return root + _inner(place) if root else place

    looks = [text for name, text in parcel.places if name == "look"]
    return replace(
        job,
        document=moved("document_id", job.document),
        notebook=Path(moved("notebook", str(job.notebook))),
        parameters={name: moved(name, value) for name, value in job.parameters.items()},
        look=job.look.moved({text: moved("look", text) for text in looks}) if job.look else None,
    )


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _inner(path: str) -> str:
    """Return a whole path without its drive and its root."""
    return os.path.splitdrive(path)[1].lstrip("/\\")


def _zipped(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, os.path.relpath(path, folder))
    return buffer.getvalue()


def unzip(report: bytes, folder: Path) -> None:
    """Write the files of a report that came back."""
    zipfile.ZipFile(io.BytesIO(report)).extractall(folder)
