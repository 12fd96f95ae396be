"""Many reports: what must be done is decided, done side by side, and told as it comes."""

import concurrent.futures as futures
import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sco_research.errors import OutputError, RunError, ScoResearchError
from sco_research.reports import owner
from sco_research.reports.folder import remove_empty, sweep
from sco_research.reports.look import Look
from sco_research.runs.job import (
    COLUMNS,
    FAILED,
    KEEP,
    LEFT,
    OF_ALL,
    UNCHANGED,
    Bounds,
    Job,
    Outcome,
    Task,
)
from sco_research.runs.machine import workers_and_memory
from sco_research.runs.plan import DEFAULT_NOTEBOOKS, plan_jobs
from sco_research.runs.staleness import Keys
from sco_research.runs.workers.couriers import ByHand, Courier
from sco_research.runs.workers.pool import WorkerLost, Workers

if TYPE_CHECKING:
    import pandas as pd


def run_batch(
    documents: str | Path | Iterable[str | Path],
    notebooks: str | Path | Iterable[str | Path] = DEFAULT_NOTEBOOKS,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    look: Look | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    force: bool = False,
    bounds: Bounds | None = None,
    told: Callable[[Outcome], None] | None = None,
) -> "pd.DataFrame":
    """Make the reports of every document by every notebook, side by side.

    A report that was made from the same inputs, by the same code, is left as it is; one failed
    report stops no other.

    Parameters
    ----------
    documents : str, Path or iterable of them
        Catalogue ids, paths, patterns, folders, and job lists in CSV or TOML.
    notebooks : str, Path or iterable of them
        Names of bundled notebooks and paths of one's own.
    parameters : mapping of str to object, optional
        Values for the notebooks' parameters; each goes to those that declare it.
    output_folder : str or Path, optional
        Reports go to ``<output_folder>/<document id>/<notebook>``; the default is ``reports``.
    formats : iterable of str
        Of ``html``, ``pdf``, ``docx`` and ``latex``.
    look : Look, optional
        Citation style and files of one's own in the place of the house's look.
    executor : concurrent.futures.Executor, optional
        Who does the work; a pool of warmed processes on this machine where none is given. Its
        workers must see the same files; `sco_research.runs.cluster` is for those that do not.
    jobs : int, optional
        How many work side by side where no executor is given; as many as there are cores to use.
    force : bool
        Make every report anew.
    bounds : Bounds, optional
        Limits of time and memory, retries, and whether kernels start cold.
    told : callable, optional
        Called with each `Outcome` as it comes.

    Returns
    -------
    pandas.DataFrame
        A row a job, in the order of the call: ``document_id``, ``report``, ``notebook``, ``status``
        (``made``, ``rendered``, ``unchanged``, ``failed`` or ``left``), ``why``, ``seconds``,
        ``attempts``, ``memory_mb`` (the kernel's peak) and ``folder``.

    Raises
    ------
    JobError, SourceError, ParameterError
        With every fault of the call; nothing has run then.
    OutputError
        Where the output folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from sco_research import run_batch
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = run_batch("sco-2013-bishkek", "themes", output_folder=folder)  # doctest: +SKIP
    ...     table["status"].tolist()  # doctest: +SKIP
    ['made']
    """
    import pandas as pd

    planned = plan_jobs(
        documents,
        notebooks,
        parameters=parameters,
        output_folder=output_folder,
        formats=formats,
        look=look,
    )
    tasks = decide(planned, force=force, bounds=bounds)
    places = {job.target: place for place, job in enumerate(planned)}
    rows: list[tuple[int, dict[str, object]]] = []
    for outcome in run_tasks(tasks, executor=executor, workers=jobs):
        if told:
            told(outcome)
        rows.append((places[outcome.job.target], outcome.row()))
    rows.sort(key=lambda pair: pair[0])
    return pd.DataFrame([row for _, row in rows], columns=list(COLUMNS))


def decide(
    jobs: Sequence[Job],
    *,
    force: bool = False,
    bounds: Bounds | None = None,
    told: Callable[[str], None] | None = None,
) -> list[Task]:
    """Return the tasks of jobs: what must be done for each, and why; ``told`` of what takes long.

    Raises
    ------
    JobError, SourceError, ParameterError
        Where what is to be run names an input that is missing or broken.
    """
    keys = Keys()
    tasks = []
    for job in jobs:
        key = keys.of(job)
        decision = keys.decide(job, key, force=force)
        tasks.append(Task(job, key, decision, bounds or Bounds()))
    todo = [task.job for task in tasks if task.decision.action != KEEP]
    if todo:
        from sco_research.runs.checks import check_inputs

        check_inputs(todo, told=told)
    return tasks


def run_tasks(
    tasks: Sequence[Task],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    courier: Courier | None = None,
) -> Iterator[Outcome]:
    """Do tasks side by side and return each outcome as it comes.

    Parameters
    ----------
    tasks : sequence of Task
        What is to be done, as `decide` returns it.
    executor : concurrent.futures.Executor, optional
        Who does it; a pool of warmed processes where none is given.
    workers : int, optional
        How many processes the pool has.
    courier : Courier, optional
        How tasks travel, for workers who do not see the same files.

    Raises
    ------
    OutputError
        Where the output folder cannot be written.
    """
    for folder in {task.job.target.parent for task in tasks}:
        sweep(folder)
    todo = []
    for task in tasks:
        if task.decision.action == KEEP:
            yield Outcome(task.job, UNCHANGED, task.decision.why)
        else:
            todo.append(task)
    if not todo:
        return
    with ExitStack() as stack:
        for folder in {task.job.output for task in todo}:
            if not folder.exists():
                stack.callback(remove_empty, folder)
            _probe(folder)
            sweep(folder)
        stack.callback(tidy, todo)
        if executor is None:
            number, memory = workers_and_memory(workers)
            number = min(number, len(todo))
            # For one report each there is nothing to gain from warming up first.
            cold = todo[0].bounds.cold or len(todo) <= number
            todo = [task.within(memory, cold=cold) for task in todo]
            executor = Workers(number, warm=not cold, call_seconds=todo[0].bounds.hard_seconds)
            # Whatever ends this block, an error, a stop, a reader who has enough: so do they.
            stack.callback(executor.shutdown, wait=True, cancel_futures=True)
        yield from _stream(todo, executor, courier or ByHand())


def tidy(tasks: Iterable[Task]) -> None:
    """Remove what killed workers left, and the folders of documents that have no report."""
    for folder in {task.job.target.parent for task in tasks}:
        sweep(folder)
        remove_empty(folder)


def _probe(folder: Path) -> None:
    """Refuse at once a folder that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=f".probe-{owner.tag()}-", dir=folder)).rmdir()
    except OSError as error:
        reason = "it is a file" if folder.is_file() else error.strerror
        raise OutputError(
            f"{folder}: cannot be written ({reason}); choose another output folder or make room"
        ) from None


def _stream(tasks: Sequence[Task], executor: Executor, courier: Courier) -> Iterator[Outcome]:
    """Keep the executor busy, not more: what is not begun can be left."""
    ahead = 2 * (getattr(executor, "number", 0) or getattr(executor, "_max_workers", 0) or 16)
    waiting = list(reversed(tasks))
    lost: dict[Path, int] = {}
    flying: dict[Future[Any], tuple[Task, float]] = {}
    stopped = ""
    while flying or (waiting and not stopped):
        while waiting and len(flying) < ahead and not stopped:
            task = waiting.pop()
            flying[_submit(executor, courier, task)] = (task, time.monotonic())
        done, _ = futures.wait(flying, return_when=futures.FIRST_COMPLETED)
        for future in done:
            task, begun = flying.pop(future)
            outcome = _result(future, courier, task, begun)
            if outcome is None:
                lost[task.job.target] = lost.get(task.job.target, 0) + 1
                if lost[task.job.target] <= task.bounds.retries:
                    waiting.append(task)
                    continue
                outcome = _lost(task, begun, future)
            yield outcome
            if outcome.status == FAILED and any(text in outcome.why for text in OF_ALL):
                stopped = stopped or outcome.why
                taken = [future for future in flying if future.cancel()]
                waiting += [flying.pop(future)[0] for future in taken]
    for task in reversed(waiting):
        yield Outcome(task.job, LEFT, f"not begun: {stopped}")


def _submit(executor: Executor, courier: Courier, task: Task) -> "Future[Any]":
    try:
        function, given = courier.call(task)
        return executor.submit(function, given)
    except (ScoResearchError, OSError) as error:
        # What it needs has gone since it was planned: the others are still to be made.
        failed: Future[Any] = Future()
        failed.set_exception(error)
        return failed
    except RuntimeError as error:
        raise RunError(
            f"the executor takes no more work ({error}); finished reports are whole, call again"
        ) from None


def _result(future: "Future[Any]", courier: Courier, task: Task, begun: float) -> Outcome | None:
    """Return what came of a task; none where its worker was lost."""
    try:
        return courier.outcome(future.result())
    except (WorkerLost, futures.BrokenExecutor):
        return None
    except futures.CancelledError:
        raise RunError(
            "the executor has given up its work; finished reports are whole, call again"
        ) from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            # Dask's own, which is not imported for its name.
            return None
        reason = str(error) if isinstance(error, (ScoResearchError, OSError)) else repr(error)
        if getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE):
            # A library's own class of error has no name for the user.
            reason = f"{os.strerror(errno.EMFILE)}; allow more (ulimit -n 4096) or fewer --jobs"
        why = " ".join(f"{task.job.name}: {reason}".split())
        return Outcome(task.job, FAILED, why, time.monotonic() - begun, 1)


def _lost(task: Task, begun: float, future: "Future[Any]") -> Outcome:
    why = f"{task.job.name}: {future.exception() or 'its worker was lost'}; run it again"
    return Outcome(task.job, FAILED, why, time.monotonic() - begun, task.bounds.retries + 1)
