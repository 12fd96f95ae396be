"""The same jobs on a Dask scheduler: on this machine, on another, on a university's cluster.

Each worker keeps one warmed process and makes one report at a time. What the report is made of goes
with the job (`sco_research.runs.cluster.parcels`). A worker that is lost loses nothing: the
scheduler gives its job to another.
"""

import logging
import re
import secrets
import shutil
import signal
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from sco_research.errors import ParameterError, RunError
from sco_research.reports import owner
from sco_research.reports.folder import remove_empty, staging
from sco_research.runs import log
from sco_research.runs.batch import run_tasks, tidy
from sco_research.runs.cluster.parcels import Delivery, Parcel, here_installed, packed, unzip
from sco_research.runs.cluster.worker import deliver, give_up
from sco_research.runs.job import KEEP, MADE, Outcome, Task
from sco_research.runs.machine import workers_and_memory

ANSWER_SECONDS = 30
"""How long a scheduler may take to answer."""
_ADDRESS = re.compile(r"[a-z]+://\S+:\d+")
_AT_LEAST = 64
_END_SECONDS = 20


def run_on_cluster(
    tasks: Sequence[Task], address: str, *, workers: int | None = None, shared: bool = True
) -> Iterator[Outcome]:
    """Do tasks on a Dask scheduler and return each outcome as it comes.

    Parameters
    ----------
    tasks : sequence of Task
        What is to be done.
    address : str
        The scheduler's, ``tcp://HOST:PORT``, or ``local`` for workers on this machine.
    workers : int, optional
        How many local ones; as many as there are cores to use.
    shared : bool
        Let a worker that sees the output folder and all inputs write there, as each finds out;
        ``False`` sends every report back.

    Raises
    ------
    ParameterError
        Where Dask is not installed, or the address is none.
    RunError
        Where no scheduler answers.
    """
    check_address(address)
    if all(task.decision.action == KEEP for task in tasks):
        yield from run_tasks(tasks)
        return
    import distributed as untyped

    # It has hints in some places and none in others.
    distributed: Any = untyped
    with ExitStack() as stack:
        # After all else: what the workers gave up has left its traces beside the reports.
        outputs = {task.job.output for task in tasks}
        stack.callback(remove_empty, *(folder for folder in outputs if not folder.exists()))
        stack.callback(tidy, tasks)
        # Our own words say that a scheduler is lost; and that what is sent is large, we know.
        stack.enter_context(_quiet())
        if address == "local":
            memory = workers_and_memory(workers)[1]
            tasks = [task.within(memory, cold=task.bounds.cold) for task in tasks]
            cluster = stack.enter_context(_local_cluster(distributed, workers, len(tasks)))
            address = cluster.scheduler_address
        try:
            client = distributed.Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise RunError(f"--cluster {address}: no scheduler answers there ({reason})") from None
        stack.enter_context(client)
        executor = client.get_executor(pure=False)
        # Of workers that come later, too, each finds something to do.
        executor.number = max(_AT_LEAST, len(client.scheduler_info(n_workers=-1)["workers"]))
        courier = _Courier(shared, stack)
        stack.callback(_call_off, client, courier.batch)
        yield from run_tasks(tasks, executor=executor, courier=courier)


@contextmanager
def _local_cluster(distributed: Any, workers: int | None, most: int) -> Iterator[Any]:  # noqa: ANN401
    """Give a scheduler and workers on this machine."""
    import dask

    number, memory = workers_and_memory(workers)
    folder = tempfile.mkdtemp(prefix=f"sco-{owner.tag()}-")
    try:
        # Not only of the workers: the scheduler has a folder for temporary files, too.
        with dask.config.set({"temporary-directory": folder}):
            with _stops_held():
                cluster = distributed.LocalCluster(
                    n_workers=min(number, max(1, most)),
                    threads_per_worker=1,
                    # What it serves without a dashboard has any free port, of this machine alone.
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    memory_limit=2 * memory,
                    # What fails is told by us, in one line.
                    silence_logs=logging.CRITICAL,
                )
            with cluster:
                yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask says of itself off the terminal."""
    # Dask gives the second a level of its own.
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _stops_held() -> Iterator[None]:
    """Let a stop at the terminal wait, and whatever process begins in the block never hear of it.

    It reaches them all at once; we alone end the others, in order.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Begun with the first process of multiprocessing, it would let the signals through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _call_off(client: Any, batch: str) -> None:  # noqa: ANN401
    """Have the workers give up what they still do for a batch; wait for it, but not for ever."""
    if client.status != "running":
        return

    def call() -> None:
        # A scheduler that is gone takes its workers' work with it.
        with suppress(Exception):
            client.run(give_up, batch, on_error="ignore")

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(_END_SECONDS)


def check_address(address: str) -> None:
    """Refuse at once what is no scheduler's address, and any where Dask is not installed.

    Raises
    ------
    ParameterError
        In both cases.
    """
    if address != "local" and not _ADDRESS.fullmatch(address):
        raise ParameterError(
            f"--cluster {address!r}: write local, or the scheduler's address, tcp://HOST:PORT"
        )
    if find_spec("distributed") is None:
        raise ParameterError("--cluster needs Dask; pip install sco-research[cluster]")


class _Courier:
    """How a task goes to a worker, and how what came of it comes back."""

    def __init__(self, shared: bool, stack: ExitStack) -> None:
        self.shared = shared
        self.installed = here_installed()
        self.batch = secrets.token_hex(16)
        self.stack = stack
        self.signs: dict[Path, tuple[str, str]] = {}

    def call(self, task: Task) -> tuple[Callable[[Parcel], Delivery], Parcel]:
        sign = self._sign(task.job.output) if self.shared else ("", "")
        return deliver, packed(task, installed=self.installed, sign=sign, batch=self.batch)

    def outcome(self, delivery: Delivery) -> Outcome:
        """Put in place what a worker could not."""
        found = delivery.outcome
        if delivery.partial:
            found.job.partial.parent.mkdir(parents=True, exist_ok=True)
            found.job.partial.write_bytes(delivery.partial)
        elif found.status == MADE and found.job.partial.is_file():
            found.job.partial.unlink()
            remove_empty(found.job.partial.parent, found.job.partial.parent.parent)
        if delivery.report:
            with staging(found.job.target) as folder:
                unzip(delivery.report, folder)
        if delivery.log:
            log.add(found.job.output, delivery.log)
        return found

    def _sign(self, output: Path) -> tuple[str, str]:
        """Leave a sign in the output folder, that only who shares the disk can read."""
        if output not in self.signs:
            output.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f".sign-{owner.tag()}-", dir=output))
            self.stack.callback(shutil.rmtree, folder, ignore_errors=True)
            word = secrets.token_hex(16)
            (folder / "sign").write_text(word, encoding="ascii")
            self.signs[output] = (str(folder / "sign"), word)
        return self.signs[output]
