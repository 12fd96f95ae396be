"""One report to be made: the job, what is to be done for it, its limits, and what came of it."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sco_research.reports.look import Look

FAILED_FOLDER = "_failed"
"""The folder of partial notebooks: a name that no document can have."""


RUN, RENDER, KEEP = "run", "render", "keep"
"""What can be done for a report."""
MADE, RENDERED, UNCHANGED, FAILED, LEFT = "made", "rendered", "unchanged", "failed", "left"
STATUSES = (MADE, RENDERED, UNCHANGED, FAILED, LEFT)
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
OF_ALL = tuple(
    os.strerror(number)
    for number in (errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EDQUOT)
)
"""What the system says where whatever comes next would meet the same."""
# A report that takes too long is ended by itself; its worker is not trusted for ever.
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
        The pages to be made.
    look : Look or None
        The user's own look.
    where : str
        The list and the row that ask for it; empty where no list does.
    """

    document: str
    document_id: str
    notebook: Path
    parameters: Mapping[str, object]
    output: Path
    folder: str
    formats: tuple[str, ...] = ("html",)
    look: Look | None = None
    where: str = ""

    @property
    def name(self) -> str:
        """Document and report, as messages name them."""
        return f"{self.document_id}, {self.folder}"

    @property
    def target(self) -> Path:
        """Where the report goes."""
        return self.output / self.document_id / self.folder

    @property
    def partial(self) -> Path:
        """Where the notebook goes, as far as it came, when the report fails."""
        return self.output / FAILED_FOLDER / self.document_id / f"{self.folder}.ipynb"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done for a report, and why."""

    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds the making of one report.

    Attributes
    ----------
    report_seconds, cell_seconds : float
        How long the notebook and any one cell of it may take; 0 for no bound.
    memory : int
        Bytes that the kernel may take; 0 leaves it to the batch.
    cold : bool
        Start each kernel as a new process instead of forking it from a warmed one.
    retries : int
        How often a notebook is run again whose kernel died of itself.
    """

    report_seconds: float = 0.0
    cell_seconds: float = 0.0
    memory: int = 0
    cold: bool = False
    retries: int = 1

    @property
    def hard_seconds(self) -> float:
        """When a worker is given up that does not end its report by itself; 0 for never."""
        if not self.report_seconds:
            return 0.0
        return self.report_seconds * (self.retries + 1) + _GRACE_SECONDS


@dataclass(frozen=True, slots=True)
class Task:
    """A job with what has been found out about it."""

    job: Job
    key: Mapping[str, str]
    decision: Decision
    bounds: Bounds = Bounds()

    def within(self, memory: int, *, cold: bool) -> "Task":
        """Return the task for a place with so much memory, where it has no bound of its own."""
        bounds = replace(self.bounds, memory=self.bounds.memory or memory, cold=cold)
        return replace(self, bounds=bounds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one job.

    Attributes
    ----------
    job : Job
        The job.
    status : str
        One of `STATUSES`; ``left`` was not begun, because what stopped one would stop all.
    why : str
        Why it was made, or why it failed.
    seconds : float
        How long it took.
    attempts : int
        How often its notebook was run.
    memory : int
        Bytes that its kernel took at most; 0 where none ran.
    """

    job: Job
    status: str
    why: str
    seconds: float = 0.0
    attempts: int = 0
    memory: int = 0

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
