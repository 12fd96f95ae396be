"""Read what jobs name, so that a missing or broken input is said before a kernel starts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sco_research.errors import JobError, ParameterError, ScoResearchError
from sco_research.loaders import load_document
from sco_research.loaders.formats.pdf import reader as pdf
from sco_research.runs.job import Job
from sco_research.runs.machine import usable_cores
from sco_research.runs.parameters import is_bundled, parameters_of
from sco_research.runs.values import OF_ANY, READERS, Reader

# So many PDF files are looked into by one process.
_AT_ONCE = 50
_SHOWN = 40


def check_inputs(jobs: Iterable[Job], *, on_progress: Callable[[str], None] | None = None) -> None:
    """Read the documents and the codebooks of jobs, each once, and look for those compared.

    Parameters
    ----------
    jobs : iterable of Job
        What is to be run.
    on_progress : callable, optional
        Told in a line what takes long.

    Raises
    ------
    ScoResearchError
        Where one input alone is at fault.
    JobError
        With every fault, where there are several.
    """
    found = {str(error): error for error in faults_of(jobs, on_progress=on_progress)}
    if len(found) == 1:
        raise next(iter(found.values()))
    if found:
        raise JobError(found)


def faults_of(
    jobs: Iterable[Job], *, on_progress: Callable[[str], None] | None = None
) -> Iterator[ScoResearchError]:
    """Return what is wrong with the inputs of jobs, for each row that has the fault."""
    read: dict[str, ScoResearchError | None] = {}
    documents: dict[str, str] = {}
    for job in jobs:
        documents.setdefault(job.document, job.where)
        values = _values_of(job)
        for name, item in _items(values):
            if (reader := _reader(job, name)) is None:
                continue
            # A binding scheme is judged with its file, and so for whatever else it may be.
            call = f"{name}={item} {values.get('scheme_file')}"
            if call not in read:
                read[call] = _fault(reader, item, values)
            if (error := read[call]) is not None:
                where = job.where or f"notebook {job.notebook.stem!r}"
                yield type(error)(f"{where}, parameter {name!r}: {error}")
    yield from _of_documents(documents, on_progress)


def _fault(reader: Reader, item: object, values: Mapping[str, object]) -> ScoResearchError | None:
    try:
        reader(item, values)
    except ScoResearchError as error:
        return error
    except (OSError, ValueError) as error:
        # A name that can be no path: of 300 letters, or with a null in it.
        short = str(item) if len(str(item)) <= _SHOWN else f"{str(item)[:_SHOWN]}…"
        return ParameterError(f"{short}: {getattr(error, 'strerror', '') or error}; mend the name")
    return None


def _values_of(job: Job) -> Mapping[str, object]:
    """Return the values to look into: a notebook of one's own may have a default that is wrong."""
    if is_bundled(job.notebook):
        return job.parameters
    defaults = {name: item.default for name, item in parameters_of(job.notebook).items()}
    return defaults | dict(job.parameters)


def _items(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        yield from ((name, item) for item in (value if isinstance(value, list) else [value]))


def _reader(job: Job, name: str) -> Reader | None:
    return READERS.get(name) if name in OF_ANY or is_bundled(job.notebook) else None


def _of_documents(
    rows: Mapping[str, str], on_progress: Callable[[str], None] | None
) -> Iterator[ScoResearchError]:
    """Load each document, but of a PDF no more than tells whether it can be read."""
    slow: dict[Path, str] = {}
    for name, row in rows.items():
        if _is_pdf(Path(name)):
            slow[Path(name)] = row
            continue
        try:
            load_document(name)
        except ScoResearchError as error:
            yield _in_row(row, error)
    paths = list(slow)
    if on_progress and len(paths) > _AT_ONCE:
        on_progress(f"looking into {len(paths)} PDF files, which takes a while")
    parts = [paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE)]
    with ThreadPoolExecutor(min(usable_cores(), len(parts) or 1)) as pool:
        for found in pool.map(lambda part: list(pdf.faults_of(part)), parts):
            yield from (_in_row(slow[path], fault) for path, fault in found)


def _in_row(row: str, error: ScoResearchError) -> ScoResearchError:
    return type(error)(f"{row}: {error}") if row else error


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return pdf.is_pdf(file.read(pdf.HEAD))
    except (OSError, ValueError):
        return False
