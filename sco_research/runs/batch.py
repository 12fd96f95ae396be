"""Many reports: decide what must be done for each, do it side by side, yield each outcome."""

import concurrent.futures as futures
import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sco_research import process_lock
from sco_research.errors import OutputError, RunError, ScoResearchError
from sco_research.reports.folder import remove_empty, sweep
from sco_research.reports.report_style import ReportStyle
from sco_research.runs.job import (
    COLUMNS,
    FAILED,
    KEEP,
    SKIPPED,
    UNCHANGED,
    Job,
    Limits,
    Outcome,
    Task,
)
from sco_research.runs.machine import workers_and_memory
from sco_research.runs.plan import DEFAULT_NOTEBOOKS, plan_jobs
from sco_research.runs.runner import attempt
from sco_research.runs.staleness import InputHashes, decide_on
from sco_research.runs.workers.pool import WorkerLost, Workers

if TYPE_CHECKING:
    import pandas as pd

Work = Callable[[Task], Outcome]


def run_batch(
    documents: str | Path | Iterable[str | Path],
    notebooks: str | Path | Iterable[str | Path] = DEFAULT_NOTEBOOKS,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    style: ReportStyle | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    force: bool = False,
    limits: Limits | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> "pd.DataFrame":
    """Make the reports of every document by every notebook, side by side.

    A report that was made from the same inputs, by the same code, is kept as it is; one failed
    report stops no other.

    Parameters
    ----------
    documents : str, Path or iterable of them
        Catalogue ids, paths, patterns, folders, and job lists in CSV or TOML.
    notebooks : str, Path or iterable of them
        Names of bundled notebooks and paths of others.
    parameters : mapping of str to object, optional
        Values for the notebooks' parameters; each goes to those that declare it.
    output_folder : str or Path, optional
        Reports go to ``<output_folder>/<document id>/<notebook>``; the default is ``reports``.
    formats : iterable of str
        Of ``html``, ``pdf``, ``docx``, ``latex``, and ``figures``: every figure as PDF and PNG.
    style : ReportStyle, optional
        Citation style and the user's own files in place of the package's.
    workers : int, optional
        How many processes work side by side where no executor is given; by default as many as
        there are usable cores.
    executor : concurrent.futures.Executor, optional
        Who does the work, such as Dask's ``client.get_executor()``; by default a pool of warmed
        processes on this machine. Its workers must see the same files under the same absolute
        paths; `sco_research.runs.cluster` also takes relative paths and checks what they see.
    force : bool
        Make every report again.
    limits : Limits, optional
        Limits of time and memory, retries, and whether kernels start cold.
    on_outcome : callable, optional
        Called with each `Outcome` as it comes.
    on_progress : callable, optional
        Called with a line of text where reading the inputs takes long.

    Returns
    -------
    pandas.DataFrame
        A row a job, in the order of the call: ``document_id``, ``report``, ``notebook``, ``status``
        (``made``, ``rendered``, ``unchanged``, ``failed`` or ``skipped``), ``why``, ``seconds``,
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

    What is asked for is checked before anything runs, and all faults are named:

    >>> from sco_research.errors import JobError
    >>> try:
    ...     run_batch(["sco-2013-bishkek", "nowhere.txt"], ["themes", "languages"])
    ... except JobError as error:
    ...     print(len(error.faults), "did you mean 'language'" in str(error))
    2 True
    """
    import pandas as pd

    planned = plan_jobs(
        documents,
        notebooks,
        parameters=parameters,
        output_folder=output_folder,
        formats=formats,
        style=style,
    )
    tasks = decide(planned, force=force, limits=limits, on_progress=on_progress)
    rows: dict[Path, dict[str, object]] = {}
    for outcome in run_tasks(tasks, workers=workers, executor=executor):
        if on_outcome:
            on_outcome(outcome)
        rows[outcome.job.target] = outcome.row()
    return pd.DataFrame([rows[job.target] for job in planned], columns=list(COLUMNS))


def decide(
    jobs: Sequence[Job],
    *,
    force: bool = False,
    limits: Limits | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> list[Task]:
    """Return the tasks of jobs: what must be done for each, and why.

    Parameters
    ----------
    jobs : sequence of Job
        The reports to be made.
    force : bool
        Make every report again.
    limits : Limits, optional
        Limits of time and memory, retries, and whether kernels start cold.
    on_progress : callable, optional
        Called with a line of text where reading the inputs takes long.

    Raises
    ------
    JobError, SourceError, ParameterError
        Where an input of a report to be made is missing or broken.
    """
    hashes = InputHashes()
    tasks = []
    for job in jobs:
        key = hashes.of(job)
        decision = decide_on(job, key, force=force)
        tasks.append(Task(job, key, decision, limits or Limits()))
    todo = [task.job for task in tasks if task.decision.action != KEEP]
    if todo:
        from sco_research.runs.checks import check_inputs

        check_inputs(todo, on_progress=on_progress)
    return tasks


def run_tasks(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    work: Work = attempt,
) -> Iterator[Outcome]:
    """Do tasks side by side and yield each outcome as it comes.

    Parameters
    ----------
    tasks : sequence of Task
        What is to be done, as `decide` returns it.
    workers : int, optional
        The number of processes where no executor is given.
    executor : concurrent.futures.Executor, optional
        Who does the work; by default a pool of warmed processes.
    work : callable
        What the executor calls with each task.

    Raises
    ------
    OutputError
        Where the output folder cannot be written.
    RunError
        Where the executor takes no more work.
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
            probe(folder)
            sweep(folder)
        stack.callback(tidy, todo)
        if executor is None:
            number, memory = workers_and_memory(workers)
            number = min(number, len(todo))
            # With one report for each worker, warming up gains nothing.
            cold = todo[0].limits.cold or len(todo) <= number
            todo = [task.limited_to(memory, cold=cold) for task in todo]
            executor = Workers(number, warm=not cold, call_seconds=todo[0].limits.hard_seconds)
            # However this block ends, the workers end with it.
            stack.callback(executor.shutdown, wait=True, cancel_futures=True)
        yield from _stream(todo, executor, work)


def tidy(tasks: Iterable[Task]) -> None:
    """Remove what killed workers have left, and folders of documents that have no report."""
    for folder in {task.job.target.parent for task in tasks}:
        sweep(folder)
        remove_empty(folder)


def probe(folder: Path) -> None:
    """Make an output folder.

    Raises
    ------
    OutputError
        Where nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=f".probe-{process_lock.owner_tag()}-", dir=folder)).rmdir()
    except OSError as error:
        reason = "it is a file" if folder.is_file() else error.strerror
        raise OutputError(
            f"{folder}: cannot be written ({reason}); choose another output folder or make room"
        ) from None


def _stream(tasks: Sequence[Task], executor: Executor, work: Work) -> Iterator[Outcome]:
    """Submit only what keeps the executor busy, so that the rest can still be skipped."""
    # Our own workers get one task each: on a full disk what is queued would be tried too.
    ahead = getattr(executor, "number", 0) or 2 * (getattr(executor, "_max_workers", 0) or 16)
    waiting = list(reversed(tasks))
    lost: dict[Path, int] = {}
    running: dict[Future[Outcome], tuple[Task, float]] = {}
    stopped = ""
    while running or (waiting and not stopped):
        while waiting and len(running) < ahead and not stopped:
            task = waiting.pop()
            running[_submit(executor, work, task)] = (task, time.monotonic())
        done, _ = futures.wait(running, return_when=futures.FIRST_COMPLETED)
        for future in done:
            task, started = running.pop(future)
            outcome = _result(future, task, started)
            if outcome is None:
                lost[task.job.target] = lost.get(task.job.target, 0) + 1
                if lost[task.job.target] <= task.limits.retries:
                    waiting.append(task)
                    continue
                outcome = _lost(task, started, future)
            yield outcome
            if outcome.is_fatal:
                stopped = stopped or outcome.why
                cancelled = [future for future in running if future.cancel()]
                waiting += [running.pop(future)[0] for future in cancelled]
    for task in reversed(waiting):
        yield Outcome(task.job, SKIPPED, f"not started: {stopped}")


def _submit(executor: Executor, work: Work, task: Task) -> "Future[Outcome]":
    try:
        return executor.submit(work, task)
    except RuntimeError as error:
        raise RunError(
            f"the executor takes no more work ({error}); finished reports are whole, call again"
        ) from None


def _result(future: "Future[Outcome]", task: Task, started: float) -> Outcome | None:
    """Return the outcome of a task; none where its worker was lost."""
    try:
        return future.result()
    except (WorkerLost, futures.BrokenExecutor):
        return None
    except futures.CancelledError:
        raise RunError(
            "the executor has cancelled its work; finished reports are whole, call again"
        ) from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            # Dask's class, known by its name, so that Dask is not imported.
            return None
        reason = str(error) if isinstance(error, (ScoResearchError, OSError)) else repr(error)
        if getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE):
            # The name of a library's error class would say nothing to the user.
            reason = f"{os.strerror(errno.EMFILE)}; allow more (ulimit -n 4096) or fewer --workers"
        why = " ".join(f"{task.job.name}: {reason}".split())
        return Outcome(task.job, FAILED, why, time.monotonic() - started, 1)


def _lost(task: Task, started: float, future: "Future[Outcome]") -> Outcome:
    why = f"{task.job.name}: {future.exception() or 'its worker was lost'}; run it again"
    return Outcome(task.job, FAILED, why, time.monotonic() - started, task.limits.retries + 1)
