"""Read the inputs that jobs name, so that missing or broken ones are reported before a run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sco_research.errors import JobError, ParameterError, ScoResearchError, check_letters
from sco_research.loaders import load_document
from sco_research.loaders.formats.pdf import reader as pdf
from sco_research.runs.job import Job
from sco_research.runs.machine import usable_cores
from sco_research.runs.names import DOCUMENTS
from sco_research.runs.parameters import (
    IN_ANY_NOTEBOOK,
    VALUE_CHECKS,
    ValueCheck,
    is_bundled,
    parameters_of,
)

# One process checks so many PDF files.
_PDF_BATCH = 50
_MAX_SHOWN = 40


def check_inputs(jobs: Iterable[Job], *, on_progress: Callable[[str], None] | None = None) -> None:
    """Read the documents and the codebooks of jobs, each once, and look for those compared.

    Parameters
    ----------
    jobs : iterable of Job
        The reports to be made.
    on_progress : callable, optional
        Called with a line of text where it takes long.

    Raises
    ------
    ScoResearchError
        Where one input is at fault.
    JobError
        With every fault, where there are several.
    """
    faults = {str(error): error for error in input_faults(jobs, on_progress=on_progress)}
    if len(faults) == 1:
        raise next(iter(faults.values()))
    if faults:
        raise JobError(faults)


def input_faults(
    jobs: Iterable[Job], *, on_progress: Callable[[str], None] | None = None
) -> Iterator[ScoResearchError]:
    """Yield what is wrong with the inputs of jobs, once for each row that has the fault."""
    checked: dict[str, ScoResearchError | None] = {}
    rows: dict[str, str] = {}
    for job in jobs:
        rows.setdefault(job.document, job.where)
        values = _values_of(job)
        if is_bundled(job.notebook) and _lacks_others(job):
            where = job.where or f"notebook {job.notebook.stem!r}"
            yield ParameterError(
                f"{where}: it compares documents, and {job.document_id} is alone; name others with "
                f'--parameter {DOCUMENTS}="sco-2013-bishkek, texts"'
            )
        for name, item in _items(values):
            if (check := _check_for(job, name)) is None:
                continue
            # The check of a binding scheme depends on its file too.
            call = f"{name}={item} {values.get('scheme_file')}"
            if call not in checked:
                checked[call] = _fault(check, item, values)
            if (error := checked[call]) is not None:
                where = job.where or f"notebook {job.notebook.stem!r}"
                yield type(error)(f"{where}, parameter {name!r}: {error}")
    yield from _faults_of_documents(rows, on_progress)


def _lacks_others(job: Job) -> bool:
    """Return whether a report compares documents and none is named beside its own."""
    others = job.parameters.get(DOCUMENTS)
    return DOCUMENTS in parameters_of(job.notebook) and not others


def _fault(
    check: ValueCheck, item: object, values: Mapping[str, object]
) -> ScoResearchError | None:
    try:
        check(item, values)
    except ScoResearchError as error:
        return error
    except (OSError, ValueError) as error:
        # A name that no path can have: of 300 letters, or with a null character.
        short = str(item) if len(str(item)) <= _MAX_SHOWN else f"{str(item)[:_MAX_SHOWN]}…"
        reason = getattr(error, "strerror", "") or error
        return ParameterError(f"{short}: {reason}; correct the name")
    return None


def _values_of(job: Job) -> Mapping[str, object]:
    """Return the values to check: with the defaults of a user's notebook, which may be wrong."""
    if is_bundled(job.notebook):
        return job.parameters
    defaults = {name: item.default for name, item in parameters_of(job.notebook).items()}
    return defaults | dict(job.parameters)


def _items(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        yield from ((name, item) for item in (value if isinstance(value, list) else [value]))


def _check_for(job: Job, name: str) -> ValueCheck | None:
    applies = name in IN_ANY_NOTEBOOK or is_bundled(job.notebook)
    return VALUE_CHECKS.get(name) if applies else None


def _faults_of_documents(
    rows: Mapping[str, str], on_progress: Callable[[str], None] | None
) -> Iterator[ScoResearchError]:
    """Load each document; of a PDF read only enough to see whether it can be read."""
    slow: dict[Path, str] = {}
    for name, row in rows.items():
        try:
            check_letters(name, "document")
            if _is_pdf(Path(name)):
                slow[Path(name)] = row
            else:
                load_document(name)
        except ScoResearchError as error:
            yield _in_row(row, error)
    paths = list(slow)
    if on_progress and len(paths) > _PDF_BATCH:
        on_progress(f"reading {len(paths)} PDF files, which takes a while")
    parts = [paths[start : start + _PDF_BATCH] for start in range(0, len(paths), _PDF_BATCH)]
    with ThreadPoolExecutor(min(usable_cores(), len(parts) or 1)) as pool:
        for faults in pool.map(lambda part: list(pdf.faults_of(part)), parts):
            yield from (_in_row(slow[path], fault) for path, fault in faults)


def _in_row(row: str, error: ScoResearchError) -> ScoResearchError:
    return type(error)(f"{row}: {error}") if row else error


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return pdf.is_pdf(file.read(pdf.HEAD))
    except (OSError, ValueError):
        return False
