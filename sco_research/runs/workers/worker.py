"""A worker: a process that is imported and warmed once, and then makes report after report.

Run as ``python -m sco_research.runs.workers.worker`` by `sco_research.runs.workers.pool`. Calls
come pickled on the standard input and their results go back on the standard output. When the input
ends, because the owner has closed it or has been killed, the report in work is given up, its traces
are removed, and the worker ends.
"""

import os
import pickle
import queue
import shutil
import signal
import sys
import tempfile
import threading
from importlib import import_module
from typing import BinaryIO, NoReturn

from sco_research.reports import owner

_CLEANING_SECONDS = 5.0
_GIVE_UP = getattr(signal, "SIGUSR1", signal.SIGINT)


class _OwnerGone(BaseException):
    """Nobody waits for the result any more."""


def main() -> None:
    """Serve calls until the input ends."""
    calls, results = _channels()
    # Of all that ends the owner, the end of the input is the sign; a stop at the terminal is its.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(_GIVE_UP, _give_up)
    scratch = tempfile.mkdtemp(prefix=f"sco-{owner.tag()}-")
    # Whatever is written on the way, by pandoc too, goes with this folder.
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    if "--warm" in sys.argv:
        from sco_research.runs.kernels.forking import warm_up

        warm_up()
    import_module("sco_research.runs.runner")
    waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    try:
        # From here on the owner may be gone, even before the thread is known to have started.
        threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
        while (call := waiting.get()) is not None:
            _answer(call, results)
    except (_OwnerGone, BrokenPipeError):
        pass
    finally:
        _end(scratch)


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Take the standard streams for ourselves: whatever else prints goes to the errors."""
    calls, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return calls, results


def _listen(calls: BinaryIO, waiting: "queue.SimpleQueue[bytes | None]") -> None:
    """Pass calls on; when no more can come, see to it that the process ends."""
    try:
        while True:
            waiting.put(pickle.load(calls))
    except (EOFError, OSError, pickle.UnpicklingError):
        waiting.put(None)
        signal.pthread_kill(threading.main_thread().ident or 0, _GIVE_UP)
        threading.main_thread().join(_CLEANING_SECONDS)
        os._exit(1)


def _give_up(*_: object) -> None:
    # Once: what is being cleaned up must not be interrupted again.
    signal.signal(_GIVE_UP, signal.SIG_IGN)
    raise _OwnerGone


def _answer(call: bytes, results: BinaryIO) -> None:
    """Do what is asked and send what comes of it."""
    try:
        function, args, options = pickle.loads(call)
        answer = pickle.dumps((True, function(*args, **options)))
    except Exception as error:
        try:
            answer = pickle.dumps((False, error))
        except Exception:
            answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    pickle.dump(answer, results)
    results.flush()


def _end(scratch: str) -> NoReturn:
    signal.signal(_GIVE_UP, signal.SIG_IGN)
    forking = sys.modules.get("sco_research.runs.kernels.forking")
    if forking is not None:
        forking.close_server()
    shutil.rmtree(scratch, ignore_errors=True)
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
