"""Read what jobs name, so that a missing or broken input is said before a kernel starts."""

import glob
from collections.abc import Iterable
from pathlib import Path

from sco_research.errors import JobError, ScoResearchError, SourceError
from sco_research.loaders import document_id_of, files_in
from sco_research.runs.jobs import Job
from sco_research.runs.parameters import check_inputs as check_values_read
from sco_research.runs.parameters import parameters_of

# Other forms take their time to read: the run itself says what is wrong with one.
_READ_AT_ONCE = {"", ".txt", ".text", ".md"}


def check_inputs(jobs: Iterable[Job]) -> None:
    """Read the documents and the codebooks of jobs, each once, and look for those compared.

    Raises
    ------
    ScoResearchError
        Where one input alone is at fault.
    JobError
        With every fault, where there are several.
    """
    read: set[str] = set()
    found: dict[str, ScoResearchError] = {}
    for job in jobs:
        defaults = {name: item.default for name, item in parameters_of(job.notebook).items()}
        values = {name: value for name, value in (defaults | dict(job.parameters)).items()
                  if name in ("codebook", "others")}  # fmt: skip
        if Path(job.document).suffix.lower() in _READ_AT_ONCE or not Path(job.document).is_file():
            values["document_id"] = job.document
        for name, value in values.items():
            if f"{name}={value}" in read:
                continue
            read.add(f"{name}={value}")
            try:
                if name == "others":
                    _find(value, f"notebook {job.notebook.stem!r}, parameter 'others'")
                else:
                    check_values_read({name: value}, where=f"notebook {job.notebook.stem!r}")
            except ScoResearchError as error:
                found[str(error)] = error
    if len(found) == 1:
        raise next(iter(found.values()))
    if found:
        raise JobError(found)


def _find(names: object, where: str) -> None:
    """Look for the documents that a report is compared with; the run itself reads them."""
    for name in names if isinstance(names, list) else []:
        try:
            if Path(name).is_dir():
                files_in(Path(name))
            elif not glob.glob(name, recursive=True):  # noqa: PTH207 - absolute ones too
                document_id_of(name)
        except ScoResearchError as error:
            raise SourceError(f"{where}: {error}") from None
