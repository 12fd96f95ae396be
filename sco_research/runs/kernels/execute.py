"""One notebook run by papermill, in a kernel that is bounded in time and memory."""

import logging
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from sco_research.errors import ScoResearchError
from sco_research.runs.job import Limits
from sco_research.runs.kernels import provisioner
from sco_research.runs.kernels.manager import Manager, kernel_settings

_ENGINE = "sco_research"
# A kernel that dies is noticed at once. One that lives has time to import on a busy machine.
_START_SECONDS = 600
# The parameters have been checked; papermill's own reading of them warns of every Literal.
logging.getLogger("papermill").setLevel(logging.CRITICAL)
logging.getLogger("traitlets").setLevel(logging.CRITICAL)


class Stopped(Exception):  # noqa: N818 - it names what came of the notebook
    """A notebook stopped before its end.

    Attributes
    ----------
    reason : str
        The cause, in one line.
    cell : int
        The number of the cell, from 1, in the notebook as it was; 0 where none had begun.
    died : bool
        The kernel died of itself: another run may end well.
    notebook : NotebookNode or None
        The notebook as far as it came.
    """

    def __init__(self, reason: str, *, cell: int, died: bool, notebook: Any) -> None:  # noqa: ANN401
        super().__init__(reason)
        self.reason, self.cell, self.died, self.notebook = reason, cell, died, notebook


@dataclass(slots=True)
class _Course:
    """How far a run has come."""

    notebook: Any = None
    cell: int = 0
    overdue: bool = False


class _Engine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """papermill's own engine, with our kernels, and an eye on how far it comes."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,  # noqa: ANN401
        kernel_name: str,
        *,
        course: _Course,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        course.notebook = nb_man.nb

        # The cell that papermill puts in stands before any that can fail: an index, from 0, is the
        # cell's number, from 1, in the notebook as it was.
        def begin(cell: Any, cell_index: int) -> None:  # noqa: ANN401
            course.cell = cell_index

        settings |= {"kernel_manager_class": Manager, "on_cell_start": begin}
        super().execute_managed_notebook(nb_man, kernel_name, **settings)


papermill_engines.register(_ENGINE, _Engine)


def execute(notebook: Path, parameters: Mapping[str, object], *, limits: Limits) -> tuple[Any, int]:
    """Run a notebook; return it with its outputs, and the bytes that its kernel took at most.

    Raises
    ------
    Stopped
        Where a cell fails, the kernel dies, or a limit is passed.
    """
    course = _Course()
    with kernel_settings(warm=not limits.cold, memory=limits.memory) as settings:
        folder = str(Path(settings["Manager"]["connection_file"]).parent)

        done = threading.Event()

        def watch() -> None:
            if done.wait(limits.report_seconds):
                return
            course.overdue = True
            provisioner.end_kernel(folder)
            # Once more, until the run has ended: the kernel may not have been started yet.
            while not done.wait(0.1):
                provisioner.end_kernel(folder)

        if limits.report_seconds:
            threading.Thread(target=watch, daemon=True).start()
        try:
            return _run(notebook, parameters, settings, course, limits), provisioner.peak_memory(
                folder
            )
        finally:
            done.set()
            # Stopped by a signal in the middle, nobody else would end it before its folder goes.
            provisioner.end_kernel(folder)


def _run(
    notebook: Path,
    parameters: Mapping[str, object],
    settings: Any,  # noqa: ANN401
    course: _Course,
    limits: Limits,
) -> Any:  # noqa: ANN401
    try:
        with warnings.catch_warnings():
            # Of a kernel that was killed some sockets are found open.
            warnings.simplefilter("ignore", ResourceWarning)
            return papermill.execute_notebook(
                str(notebook),
                None,
                parameters=dict(parameters),
                engine_name=_ENGINE,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                shutdown_kernel="immediate",
                start_timeout=_START_SECONDS,
                execution_timeout=limits.cell_seconds or None,
                config=settings,
                course=course,
            )
    except PapermillExecutionError as error:
        ours = {item.__name__ for item in _all_errors(ScoResearchError)}
        name = "" if error.ename in ours else f"{error.ename}: "
        raise _stopped(f"{name}{error.evalue}", course, cell=error.cell_index) from None
    except CellTimeoutError:
        raise _stopped(
            f"it took longer than {limits.cell_seconds:g} seconds; allow a cell more time", course
        ) from None
    except (DeadKernelError, RuntimeError) as error:
        if course.overdue:
            raise _stopped(
                f"the report took longer than {limits.report_seconds:g} seconds; give it more time",
                course,
            ) from None
        if isinstance(error, RuntimeError) and "kernel" not in str(error).lower():
            raise
        raise _stopped(
            "the kernel died, perhaps for want of memory; run it again", course, died=True
        ) from None


def _stopped(reason: str, course: _Course, *, cell: int = -1, died: bool = False) -> Stopped:
    place = course.cell if cell < 0 else cell
    return Stopped(" ".join(reason.split()), cell=place, died=died, notebook=course.notebook)


def _all_errors(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(item for child in base.__subclasses__() for item in _all_errors(child))]


def with_outputs_of(executed: Path, notebook: Path, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401 - nbformat has no types
    """Return a notebook with the outputs of an earlier run of its code.

    Its code must be the same; its prose may be another.
    """
    old = nbformat.read(executed, as_version=4)
    new = papermill.execute_notebook(
        str(notebook),
        None,
        parameters=dict(parameters),
        kernel_name="python3",
        prepare_only=True,
        progress_bar=False,
    )
    was = [cell for cell in old.cells if cell.cell_type == "code"]
    now = [cell for cell in new.cells if cell.cell_type == "code"]
    for before, after in zip(was, now, strict=True):
        after["outputs"], after["execution_count"] = before["outputs"], before["execution_count"]
    new.metadata["language_info"] = old.metadata["language_info"]
    return new
