"""A job made ready for a worker, and what the worker answers: light to send and to import."""

import errno
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sco_research.errors import ScoResearchError
from sco_research.runs.planning.job import Job
from sco_research.runs.planning.reuse import RENDER, Decision

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


def attempt(task: Task) -> Outcome:
    """Do a task, in whatever process this is, and tell what came of it."""
    from sco_research.runs.runner import make_report

    begun = time.monotonic()
    try:
        attempts, memory = make_report(task)
    except (ScoResearchError, OSError) as error:
        reason = str(error)
        if not reason.startswith(task.job.name):
            reason = f"{task.job.name}: {reason}"
        seconds = time.monotonic() - begun
        return Outcome(task.job, FAILED, " ".join(reason.split()), seconds, 1)
    status = RENDERED if task.decision.action == RENDER else MADE
    seconds = time.monotonic() - begun
    return Outcome(task.job, status, task.decision.why, seconds, attempts, memory)
