"""One notebook run by papermill, in a kernel that is limited in time and memory."""

import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from sco_research.errors import ScoResearchError
from sco_research.runs.job import Limits
from sco_research.runs.kernels.manager import Manager, kernel_manager

# A kernel that dies is noticed at once; one that lives may take long to import on a busy machine.
_START_SECONDS = 600
# The parameters have been checked; papermill's own check warns of every Literal.
_LOGGERS = ("papermill", "papermill.translators", "papermill.utils", "traitlets")


class Stopped(Exception):  # noqa: N818 - it names what happened to the notebook
    """A notebook stopped before its end.

    Attributes
    ----------
    reason : str
        The cause, in one line.
    cell : int
        The number of the cell, from 1, in the notebook as it was; 0 where none had started.
    died : bool
        The kernel died of itself: another run may succeed.
    notebook : NotebookNode or None
        The notebook up to there.
    """

    def __init__(self, reason: str, *, cell: int, died: bool, notebook: Any) -> None:  # noqa: ANN401 - nbformat has no types
        super().__init__(reason)
        self.reason, self.cell, self.died, self.notebook = reason, cell, died, notebook


@dataclass(slots=True)
class _Progress:
    """How far a run has come."""

    notebook: Any = None
    cell: int = 0
    overdue: bool = False


class _Engine(Engine):  # type: ignore[misc]  # papermill has no types
    """papermill's engine with a kernel manager of ours, recording how far the run has come."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,  # noqa: ANN401 - nbformat has no types
        kernel_name: str,
        *,
        log_output: bool,
        manager: Manager,
        progress: _Progress,
        cell_seconds: float,
    ) -> None:
        progress.notebook = nb_man.nb

        # papermill inserts its cell before any that can fail: so an index, from 0, is the cell's
        # number, from 1, in the notebook as it was.
        def begin(cell: Any, cell_index: int) -> None:  # noqa: ANN401 - nbformat has no types
            progress.cell = cell_index

        client = PapermillNotebookClient(
            nb_man,
            km=manager,
            kernel_name=kernel_name,
            log=logging.getLogger("papermill"),
            log_output=log_output,
            timeout=cell_seconds or None,
            startup_timeout=_START_SECONDS,
            shutdown_kernel="immediate",
            on_cell_start=begin,
        )
        client.execute(cleanup_kc=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Drop log messages of papermill and traitlets while the block runs."""

    def drop(record: logging.LogRecord) -> bool:
        return record.levelno >= logging.CRITICAL

    loggers = [logging.getLogger(name) for name in _LOGGERS]
    with ExitStack() as stack:
        for logger in loggers:
            # A filter of its own for each run: runs side by side end in any order.
            logger.addFilter(drop)
            stack.callback(logger.removeFilter, drop)
        yield


def execute(notebook: Path, parameters: Mapping[str, object], *, limits: Limits) -> tuple[Any, int]:
    """Run a notebook; return it with its outputs, and its kernel's peak memory in bytes.

    Raises
    ------
    Stopped
        Where a cell fails, the kernel dies, or a limit is exceeded.
    """
    progress = _Progress()
    with kernel_manager(warm=not limits.cold, memory=limits.memory) as manager:
        done = threading.Event()

        def watch() -> None:
            if done.wait(limits.report_seconds):
                return
            progress.overdue = True
            manager.end_kernel()
            # Again until the run has ended: the kernel may not have started yet.
            while not done.wait(0.1):
                manager.end_kernel()

        if limits.report_seconds:
            threading.Thread(target=watch, daemon=True).start()
        try:
            return _run(notebook, parameters, manager, progress, limits), manager.peak_memory
        finally:
            done.set()


def _run(
    notebook: Path,
    parameters: Mapping[str, object],
    manager: Manager,
    progress: _Progress,
    limits: Limits,
) -> Any:  # noqa: ANN401 - nbformat has no types
    try:
        with _quiet(), warnings.catch_warnings():
            # A killed kernel leaves some sockets open.
            warnings.simplefilter("ignore", ResourceWarning)
            executed = _Engine.execute_notebook(
                _prepared(notebook, parameters),
                kernel_name=manager.kernel_name,
                progress_bar=False,
                manager=manager,
                progress=progress,
                cell_seconds=limits.cell_seconds,
            )
            raise_for_execution_errors(executed, None)
            return executed
    except PapermillExecutionError as error:
        ours = {item.__name__ for item in _all_errors(ScoResearchError)}
        name = "" if error.ename in ours else f"{error.ename}: "
        raise _stopped(f"{name}{error.evalue}", progress, cell=error.cell_index) from None
    except CellTimeoutError:
        raise _stopped(
            f"it took longer than {limits.cell_seconds:g} seconds; allow a cell more time", progress
        ) from None
    except (DeadKernelError, RuntimeError) as error:
        if progress.overdue:
            raise _stopped(
                f"the report took longer than {limits.report_seconds:g} seconds; give it more time",
                progress,
            ) from None
        if isinstance(error, RuntimeError) and "kernel" not in str(error).lower():
            raise
        raise _stopped(
            "the kernel died, perhaps for want of memory; run it again", progress, died=True
        ) from None


def _stopped(reason: str, progress: _Progress, *, cell: int = -1, died: bool = False) -> Stopped:
    place = progress.cell if cell < 0 else cell
    return Stopped(" ".join(reason.split()), cell=place, died=died, notebook=progress.notebook)


def _all_errors(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(item for child in base.__subclasses__() for item in _all_errors(child))]


def _prepared(notebook: Path, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401 - nbformat has no types
    """Return a notebook with the values of its parameters in a cell of their own."""
    return papermill.execute_notebook(
        str(notebook),
        None,
        parameters=dict(parameters),
        kernel_name="python3",
        prepare_only=True,
        progress_bar=False,
    )


def with_outputs_of(executed: Path, notebook: Path, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401 - nbformat has no types
    """Return a notebook with the outputs of an earlier run of the same code.

    Its prose may differ.
    """
    old = nbformat.read(executed, as_version=4)
    with _quiet():
        new = _prepared(notebook, parameters)
    was = [cell for cell in old.cells if cell.cell_type == "code"]
    now = [cell for cell in new.cells if cell.cell_type == "code"]
    for before, after in zip(was, now, strict=True):
        after["outputs"], after["execution_count"] = before["outputs"], before["execution_count"]
    new.metadata["language_info"] = old.metadata["language_info"]
    return new
