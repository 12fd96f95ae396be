"""The same jobs on a Dask scheduler: on this machine, on another, on a university's cluster.

Each worker keeps one warmed process and makes one report at a time. What the report is made of goes
with the job (`sco_research.runs.parcels`). A worker that is lost loses nothing: the scheduler gives
its job to another.
"""

import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sco_research.errors import ParameterError, RunError
from sco_research.reports import owner
from sco_research.reports.folder import staging
from sco_research.reports.keys import package_hash
from sco_research.runs import log
from sco_research.runs.batch import run_tasks
from sco_research.runs.limits import workers_and_memory
from sco_research.runs.parcels import Delivery, Parcel, deliver, packed, unzip
from sco_research.runs.reuse import KEEP
from sco_research.runs.tasks import Outcome, Task

ANSWER_SECONDS = 30
"""How long a scheduler may take to answer."""
_ADDRESS = re.compile(r"[a-z]+://\S+:\d+")
_AT_LEAST = 64


def run_on_cluster(
    tasks: Sequence[Task], address: str, *, workers: int | None = None, shared: bool | None = None
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
    shared : bool, optional
        Whether the workers see the same files; each finds out for itself where it is not given.

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
    import distributed as dask

    # It has hints in some places and none in others.
    distributed: Any = dask
    with ExitStack() as stack:
        if address == "local":
            number, memory = workers_and_memory(workers)
            cluster = distributed.LocalCluster(
                n_workers=min(number, max(1, len(tasks))),
                threads_per_worker=1,
                dashboard_address=None,
                memory_limit=2 * memory,
            )
            stack.enter_context(cluster)
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
        yield from run_tasks(tasks, executor=executor, courier=courier)


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

    def __init__(self, shared: bool | None, stack: ExitStack) -> None:
        self.shared = shared
        self.package = package_hash()
        self.stack = stack
        self.signs: dict[Path, tuple[str, str]] = {}

    def call(self, task: Task) -> tuple[Callable[[Parcel], Delivery], Parcel]:
        sign = ("", "") if self.shared is False else self._sign(task.job.output)
        return deliver, packed(task, self.package, sign)

    def outcome(self, delivery: Delivery) -> Outcome:
        """Put in place what a worker could not."""
        found = delivery.outcome
        if delivery.partial:
            found.job.partial.parent.mkdir(parents=True, exist_ok=True)
            found.job.partial.write_bytes(delivery.partial)
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
