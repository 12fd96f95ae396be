"""The same tasks on a Dask scheduler: on this machine, on another, on a university's cluster.

The workers share a file system with the calling process: they read the inputs and write the reports
where it would. Each makes one report at a time, in a process of its own. The scheduler gives the
tasks of a lost worker to another.
"""

import logging
import os
import re
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from sco_research import process_lock
from sco_research.errors import ParameterError, RunError
from sco_research.reports.folder import remove_empty
from sco_research.resources import home_folder
from sco_research.runs.batch import probe, run_tasks, tidy
from sco_research.runs.cluster.worker import BatchOrigin, attempt_on_worker, give_up, installed_here
from sco_research.runs.job import KEEP, Outcome, Task
from sco_research.runs.machine import workers_and_memory

ANSWER_SECONDS = 30
"""How long a scheduler may take to answer."""
_ADDRESS = re.compile(r"[a-z]+://\S+:\d+")
_MIN_PARALLEL = 64
_END_SECONDS = 20


def run_on_cluster(
    tasks: Sequence[Task], address: str, *, workers: int | None = None
) -> Iterator[Outcome]:
    """Do tasks on a Dask scheduler and yield each outcome as it comes.

    Parameters
    ----------
    tasks : sequence of Task
        What is to be done.
    address : str
        The scheduler's, ``tcp://HOST:PORT``, or ``local`` for workers on this machine. The workers
        must share a file system with this process.
    workers : int, optional
        The number of local workers; by default as many as there are usable cores.

    Raises
    ------
    ParameterError
        Where Dask is not installed, or the address is not valid.
    RunError
        Where no scheduler answers.
    OutputError
        Where the output folder cannot be written.
    """
    check_address(address)
    todo = [task for task in tasks if task.decision.action != KEEP]
    if not todo:
        yield from run_tasks(tasks)
        return
    import distributed as untyped

    # It has hints in some places and none in others.
    distributed: Any = untyped
    with ExitStack() as stack:
        # The last to run: workers that were stopped leave traces beside the reports.
        outputs = {task.job.output for task in tasks}
        stack.callback(remove_empty, *(folder for folder in outputs if not folder.exists()))
        stack.callback(tidy, tasks)
        # We report a lost scheduler ourselves.
        stack.enter_context(_quiet())
        if address == "local":
            memory = workers_and_memory(workers)[1]
            tasks = [task.limited_to(memory, cold=task.limits.cold) for task in tasks]
            cluster = stack.enter_context(_local_cluster(distributed, workers, len(tasks)))
            address = cluster.scheduler_address
        try:
            client = distributed.Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise RunError(
                f"--cluster {address}: no scheduler answers there ({reason}); start one, or check "
                "the address"
            ) from None
        stack.enter_context(client)
        executor = client.get_executor(pure=False)
        # Workers that join later should find something to do.
        executor.number = max(_MIN_PARALLEL, len(client.scheduler_info(n_workers=-1)["workers"]))
        marks = stack.enter_context(_marks(task.job.output for task in todo))
        origin = BatchOrigin(
            batch=secrets.token_hex(16),
            folder=os.getcwd(),  # noqa: PTH109 - as it was entered, not where a link leads
            home=str(home_folder().absolute()),
            installed=installed_here(),
            marks=marks,
        )
        stack.callback(_call_off, client, origin.batch)
        work = partial(attempt_on_worker, origin=origin)
        yield from run_tasks(tasks, executor=executor, work=work)


@contextmanager
def _marks(outputs: Iterable[Path]) -> Iterator[dict[str, str]]:
    """Leave a file in each output folder that only who sees the folder can read."""
    with ExitStack() as stack:
        marks = {}
        for output in sorted(set(outputs)):
            probe(output)
            folder = Path(tempfile.mkdtemp(prefix=f".mark-{process_lock.owner_tag()}-", dir=output))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            text = secrets.token_hex(16)
            # A worker may run under another account of the same group.
            folder.chmod(0o755)
            (folder / "mark").write_text(text, encoding="ascii")
            marks[str(folder / "mark")] = text
        yield marks


@contextmanager
def _local_cluster(distributed: Any, workers: int | None, most: int) -> Iterator[Any]:  # noqa: ANN401 - distributed has no types
    """Start a scheduler and workers on this machine, and end them with the block."""
    import dask

    number, memory = workers_and_memory(workers)
    folder = tempfile.mkdtemp(prefix=f"sco-{process_lock.owner_tag()}-")
    try:
        # The scheduler has a folder for temporary files, too.
        with dask.config.set({"temporary-directory": folder}):
            with _stops_held():
                cluster = distributed.LocalCluster(
                    n_workers=min(number, max(1, most)),
                    threads_per_worker=1,
                    # It serves pages without a dashboard too: to this machine only.
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    memory_limit=2 * memory,
                    # We report what fails ourselves, in one line.
                    silence_logs=logging.CRITICAL,
                )
            with cluster:
                yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's log messages off the terminal."""
    # Dask sets the level of the second separately.
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _stops_held() -> Iterator[None]:
    """Defer Ctrl-C to the end of the block, and let processes started in the block ignore it.

    The terminal sends it to all processes at once; we end the others ourselves, in order.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Started later, by the first process of multiprocessing, it would unblock the signals.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _call_off(client: Any, batch: str) -> None:  # noqa: ANN401 - distributed has no types
    """Make the workers give up a batch; wait for their answer, but not forever."""
    if client.status != "running":
        return

    def call() -> None:
        # Without a scheduler the workers end by themselves.
        with suppress(Exception):
            client.run(give_up, batch, on_error="ignore")

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(_END_SECONDS)


def check_address(address: str) -> None:
    """Raise an error for what is not a scheduler's address, or where Dask is not installed.

    Raises
    ------
    ParameterError
        In either case.
    """
    if address != "local" and not _ADDRESS.fullmatch(address):
        raise ParameterError(
            f"--cluster {address!r}: write local, or the scheduler's address, tcp://HOST:PORT"
        )
    if find_spec("distributed") is None:
        raise ParameterError("--cluster needs Dask; pip install sco-research[cluster]")
