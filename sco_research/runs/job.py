"""One report to be made: the job, what must be done for it, its limits, and its outcome."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sco_research.reports.report_style import ReportStyle

FAILED_FOLDER = "_failed"
"""The folder of partial notebooks: a name that no document can have."""


RUN, RENDER, KEEP = "run", "render", "keep"
"""What can be done for a report."""
MADE, RENDERED, UNCHANGED, FAILED, SKIPPED = "made", "rendered", "unchanged", "failed", "skipped"
STATUSES = (MADE, RENDERED, UNCHANGED, FAILED, SKIPPED)
COLUMNS = (
    "document_id",
    "report",
    "notebook",
    "status",
    "why",
    "seconds",
    "attempts",
    "memory_mb",
    "folder",
)
"""The columns of a batch's summary."""
FATAL_OS_ERRORS = tuple(
    os.strerror(number)
    for number in (errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EDQUOT)
)
"""Messages of the operating system's errors that would fail every further report."""
# A process that exceeds its report's limit ends it itself; after so much longer it is killed.
_GRACE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made.

    Attributes
    ----------
    document : str
        A catalogue id or a path.
    document_id : str
        The document's id.
    notebook : Path
        The notebook.
    parameters : mapping of str to object
        The parameters given, in their types; the others have the notebook's defaults.
    output : Path
        The folder of all reports.
    folder : str
        The report's name in the document's folder.
    formats : tuple of str
        The formats of the report's pages.
    style : ReportStyle or None
        The user's own style.
    where : str
        The job list and the row that ask for it; empty where no list does.
    """

    document: str
    document_id: str
    notebook: Path
    parameters: Mapping[str, object]
    output: Path
    folder: str
    formats: tuple[str, ...] = ("html",)
    style: ReportStyle | None = None
    where: str = ""

    @property
    def name(self) -> str:
        """Document and report, as messages name them."""
        return f"{self.document_id}, {self.folder}"

    @property
    def target(self) -> Path:
        """The report's folder."""
        return self.output / self.document_id / self.folder

    @property
    def partial(self) -> Path:
        """The file of the partial notebook where the report fails."""
        return self.output / FAILED_FOLDER / self.document_id / f"{self.folder}.ipynb"


@dataclass(frozen=True, slots=True)
class Decision:
    """What must be done for a report (`RUN`, `RENDER` or `KEEP`), and why."""

    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of time and memory for one report.

    Attributes
    ----------
    report_seconds, cell_seconds : float
        How long the notebook and any one cell of it may take; 0 for no limit.
    memory : int
        Bytes that the kernel may take; 0 leaves it to the batch.
    cold : bool
        Start each kernel as a new process instead of forking it from a warmed one.
    retries : int
        How often a notebook is run again after its kernel has died.
    """

    report_seconds: float = 0.0
    cell_seconds: float = 0.0
    memory: int = 0
    cold: bool = False
    retries: int = 1

    @property
    def hard_seconds(self) -> float:
        """After how long a worker is killed that does not end its report itself; 0 for never."""
        if not self.report_seconds:
            return 0.0
        return self.report_seconds * (self.retries + 1) + _GRACE_SECONDS


@dataclass(frozen=True, slots=True)
class Task:
    """A job with the hashes of its inputs, the decision on it, and its limits."""

    job: Job
    key: Mapping[str, str]
    decision: Decision
    limits: Limits = Limits()

    def limited_to(self, memory: int, *, cold: bool) -> "Task":
        """Return the task with a limit of memory, where it has none of its own."""
        limits = replace(self.limits, memory=self.limits.memory or memory, cold=cold)
        return replace(self, limits=limits)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one job.

    Attributes
    ----------
    job : Job
        The job.
    status : str
        One of `STATUSES`; ``skipped`` was not started, because an error would fail every report.
    why : str
        Why it was made, or why it failed.
    seconds : float
        How long it took.
    attempts : int
        How often its notebook was run.
    memory : int
        Peak memory of its kernel in bytes; 0 where none ran.
    """

    job: Job
    status: str
    why: str
    seconds: float = 0.0
    attempts: int = 0
    memory: int = 0

    @property
    def is_fatal(self) -> bool:
        """Whether the report failed by an error that would fail every further report."""
        return self.status == FAILED and any(text in self.why for text in FATAL_OS_ERRORS)

    def row(self) -> dict[str, object]:
        """Return the outcome as a row of the summary, with `COLUMNS`."""
        return {
            "document_id": self.job.document_id,
            "report": self.job.folder,
            "notebook": self.job.notebook.stem,
            "status": self.status,
            "why": self.why,
            "seconds": round(self.seconds, 2),
            "attempts": self.attempts,
            "memory_mb": round(self.memory / 2**20),
            "folder": str(self.job.target),
        }
