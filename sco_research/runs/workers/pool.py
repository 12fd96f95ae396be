"""Worker processes behind the interface of `concurrent.futures.Executor`.

Unlike the standard library's pool it survives the loss of a worker: only the running call fails,
and a new worker takes its place. It does not import the caller's main module again, so that it
works in a notebook and in a script without a guard.
"""

import os
import pickle
import queue
import select
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from sco_research import process_lock

T = TypeVar("T")

_END_SECONDS = 8.0


class WorkerLost(Exception):  # noqa: N818 - it names what happened
    """A worker ended during a call; another worker may do it."""


class Workers(Executor):
    """A pool of long-lived, warmed worker processes.

    Parameters
    ----------
    number : int
        How many.
    warm : bool
        Each keeps a warmed process to fork kernels from.
    call_seconds : float
        How long any one call may take before its worker is killed; 0 for no limit.

    Examples
    --------
    >>> with Workers(1, warm=False) as workers:
    ...     workers.submit(len, "four").result()
    4
    """

    def __init__(self, number: int, *, warm: bool = True, call_seconds: float = 0.0) -> None:
        self.number = number
        self._warm = warm
        self._call_seconds = call_seconds
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._stopping = self._closed = False
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        process_lock.clear_scratch(Path(tempfile.gettempdir()))
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Have a worker call a function."""
        call = pickle.dumps((fn, args, kwargs))
        future: Future[T] = Future()
        # After the end nobody would serve it.
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers have been stopped")
            self._calls.put((future, call))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; with ``cancel_futures`` at once, giving up the running calls."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._stopping = True
                for process in self._running:
                    _close(process)
            for _ in self._threads:
                self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
            self._stopping = True
            process_lock.clear_scratch(Path(tempfile.gettempdir()))

    @property
    def processes(self) -> list[int]:
        """The ids of the running workers."""
        with self._lock:
            return sorted(process.pid for process in self._running)

    def _serve(self) -> None:
        """Pass calls to one worker, and to a new one where it is lost."""
        process = None
        while (item := self._calls.get()) is not None:
            future, call = item
            if self._stopping:
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if process is None:
                    process = self._start()
                done, value = _exchange(process, call, self._call_seconds)
            except (WorkerLost, OSError, pickle.PickleError, EOFError) as error:
                if process is not None:
                    self._end(process)
                    process = None
                    error = WorkerLost(str(error) or "its worker was lost")
                future.set_exception(error)
                continue
            if done:
                future.set_result(value)
            else:
                future.set_exception(value)
        if process is not None:
            self._end(process)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "sco_research.runs.workers.worker"]
        process = subprocess.Popen(
            [*command, *(["--warm"] if self._warm else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C reaches only the owner, which ends the workers in order.
            start_new_session=True,
        )
        with self._lock:
            self._running.add(process)
            if self._stopping:
                _close(process)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End a worker, and remove what it has left if it was killed."""
        _close(process)
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
        with self._lock:
            self._running.discard(process)
        process_lock.clear_scratch(Path(tempfile.gettempdir()))


def _close(process: subprocess.Popen[bytes]) -> None:
    try:
        if process.stdin:
            process.stdin.close()
    except OSError:
        pass


def _exchange(process: subprocess.Popen[bytes], call: bytes, seconds: float) -> tuple[bool, Any]:
    """Send a call to a worker; return whether it succeeded, and its result or error."""
    if process.stdin is None or process.stdout is None:
        raise WorkerLost("the worker has no channel")
    try:
        pickle.dump(call, process.stdin)
        process.stdin.flush()
    except (OSError, ValueError):
        raise WorkerLost("its worker was lost") from None
    if seconds and os.name == "posix":
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        if not ready:
            process.kill()
            raise WorkerLost(f"it took longer than {seconds:g} seconds and was killed")
    try:
        done, value = pickle.loads(pickle.load(process.stdout))
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        raise WorkerLost("its worker was lost") from None
    return bool(done), value
