"""An executor that does what it is given at once: for tests of what is sent, and when."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sco_research.runs.job import Task


class InThisThread(Executor):
    """An executor that does each call in the thread that asks, and counts what it was given.

    Parameters
    ----------
    work : callable, optional
        Called in the place of what is submitted.

    Attributes
    ----------
    calls : int
        How many calls it was given.
    seen : list of str
        The documents of the tasks among them.
    """

    number = 1

    def __init__(self, work: Callable[..., Any] | None = None) -> None:
        self.calls = 0
        self.seen: list[str] = []
        self._work = work

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as an executor
        """Do the call; what it raises is in the future."""
        self.calls += 1
        self.seen += [one.job.document_id for one in args if isinstance(one, Task)]
        future: Future[Any] = Future()
        try:
            future.set_result((self._work or fn)(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
