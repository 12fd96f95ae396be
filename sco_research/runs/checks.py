"""Read what jobs name, so that a missing or broken input is said before a kernel starts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sco_research import resampling
from sco_research.errors import JobError, ScoResearchError
from sco_research.loaders import document_id_of, files_in, load_document, pdf
from sco_research.loaders.single import is_known
from sco_research.loaders.walking import matches
from sco_research.resources import notebooks_folder
from sco_research.runs.jobs import Job
from sco_research.runs.limits import usable_cores
from sco_research.runs.parameters import parameters_of
from sco_research.runs.reuse import documents_behind

# So many PDF files are looked into by one process.
_AT_ONCE = 50


def check_inputs(jobs: Iterable[Job]) -> None:
    """Read the documents and the codebooks of jobs, each once, and look for those compared.

    Raises
    ------
    ScoResearchError
        Where one input alone is at fault.
    JobError
        With every fault, where there are several.
    """
    found = {str(error): error for error in faults_of(jobs)}
    if len(found) == 1:
        raise next(iter(found.values()))
    if found:
        raise JobError(found)


def faults_of(jobs: Iterable[Job]) -> Iterator[ScoResearchError]:
    """Return what is wrong with the inputs of jobs, each fault once."""
    read: set[str] = set()
    documents: dict[str, str] = {}
    for job in jobs:
        documents.setdefault(job.document, job.where)
        where = job.where or f"notebook {job.notebook.stem!r}"
        bundled = job.notebook.parent == notebooks_folder()
        defaults = {name: item.default for name, item in parameters_of(job.notebook).items()}
        for name, value in (defaults | dict(job.parameters)).items():
            reader = _READERS.get(name) or (_RANGES.get(name) if bundled else None)
            for item in value if isinstance(value, list) else [value]:
                is_other = name in _READERS and not isinstance(item, str)
                if reader is None or is_other or f"{name}={item}" in read:
                    continue
                read.add(f"{name}={item}")
                try:
                    reader(item)
                except ScoResearchError as error:
                    yield type(error)(f"{where}, parameter {name!r}: {error}")
    yield from _of_documents(documents)


def _of_documents(rows: Mapping[str, str]) -> Iterator[ScoResearchError]:
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


def _load_codebook(name: str) -> None:
    from sco_research.coding.codebooks.loading import load_codebook

    load_codebook(name)


def _find(name: str) -> None:
    """Look for a document that a report is compared with; of one's own files the run reads it."""
    if is_known(name):
        load_document(name)
    elif Path(name).is_dir():
        files_in(Path(name))
    elif not matches(name):
        document_id_of(name)
    for item in documents_behind(name):
        if isinstance(item, str) and item != name:
            load_document(item)


_READERS: Mapping[str, Callable[[Any], None]] = {"codebook": _load_codebook, "others": _find}
# Of the bundled notebooks it is known what their numbers are for.
_RANGES: Mapping[str, Callable[[Any], None]] = {
    "resamples": lambda value: resampling.check("percentile", 0, 0, value, resampling.CONFIDENCE),
    "confidence": lambda value: resampling.check("percentile", 0, 0, resampling.RESAMPLES, value),
}
