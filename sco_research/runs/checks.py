"""Read what jobs name, so that a missing or broken input is said before a kernel starts."""

from collections.abc import Iterable
from pathlib import Path

from sco_research.errors import JobError, ScoResearchError
from sco_research.runs.jobs import Job
from sco_research.runs.parameters import check_inputs as check_values_read
from sco_research.runs.parameters import parameters_of

# Other forms take their time to read: the run itself says what is wrong with one.
_READ_AT_ONCE = {"", ".txt", ".text", ".md"}


def check_inputs(jobs: Iterable[Job]) -> None:
    """Read the documents and the codebooks of jobs, each once.

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
                  if name == "codebook"}  # fmt: skip
        if Path(job.document).suffix.lower() in _READ_AT_ONCE or not Path(job.document).is_file():
            values["document_id"] = job.document
        for name, value in values.items():
            if f"{name}={value}" in read:
                continue
            read.add(f"{name}={value}")
            try:
                check_values_read({name: value}, where=f"notebook {job.notebook.stem!r}")
            except ScoResearchError as error:
                found[str(error)] = error
    if len(found) == 1:
        raise next(iter(found.values()))
    if found:
        raise JobError(found)
