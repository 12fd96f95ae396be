"""A worker: a process that imports and warms up once, and then makes report after report.

Run as ``python -m sco_research.runs.workers.worker`` by `sco_research.runs.workers.pool`. Calls
come pickled on the standard input and their results go back on the standard output. When the input
ends, because the owner has closed it or was killed, the worker gives up its report, removes what it
has left, and ends.
"""

import os
import pickle
import queue
import shutil
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NoReturn

from sco_research import process_lock
from sco_research.runs.machine import skip_slow_imports, without

_CLEANING_SECONDS = 5.0
_GIVE_UP = getattr(signal, "SIGUSR1", signal.SIGINT)


class _OwnerGone(BaseException):
    """The owner no longer waits for the result."""


def main() -> None:
    """Serve calls until the input ends."""
    calls, results = _channels()
    skip_slow_imports()
    # However the owner ends, the input ends with it; Ctrl-C is for the owner.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(_GIVE_UP, _give_up)
    scratch = tempfile.mkdtemp(prefix=f"sco-{process_lock.owner_tag()}-")
    # All temporary files, those of pandoc too, are removed with this folder.
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    _keep_settings_in(scratch)
    stack = ExitStack()
    if "--warm" in sys.argv:
        from sco_research.runs.kernels.forking import warm_kernels

        stack.enter_context(warm_kernels()).warm_up()
    import_module("sco_research.runs.runner")
    # With it papermill reads from Hadoop too, which takes as long to import as papermill itself.
    with without("pyarrow.fs"):
        import_module("sco_research.runs.kernels.execute")
    waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    try:
        # From here on the owner may be gone at any moment.
        threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
        while (call := waiting.get()) is not None:
            _answer(call, results)
    except (_OwnerGone, BrokenPipeError):
        pass
    finally:
        _end(scratch, stack)


def _keep_settings_in(scratch: str) -> None:
    """Give IPython and matplotlib a folder where the user's own cannot be written."""
    if not os.access(Path("~").expanduser(), os.W_OK):
        for name in ("IPYTHONDIR", "MPLCONFIGDIR"):
            os.environ.setdefault(name, tempfile.mkdtemp(prefix=f"{name.lower()}-", dir=scratch))


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Take the standard streams for the calls; send what else is printed to standard error."""
    calls, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return calls, results


def _listen(calls: BinaryIO, waiting: "queue.SimpleQueue[bytes | None]") -> None:
    """Pass calls on; when the input ends, make sure that the process ends."""
    try:
        while True:
            waiting.put(pickle.load(calls))
    except (EOFError, OSError, pickle.UnpicklingError):
        waiting.put(None)
        signal.pthread_kill(threading.main_thread().ident or 0, _GIVE_UP)
        threading.main_thread().join(_CLEANING_SECONDS)
        os._exit(1)


def _give_up(*_: object) -> None:
    # Only once: the clean-up must not be interrupted.
    signal.signal(_GIVE_UP, signal.SIG_IGN)
    raise _OwnerGone


def _answer(call: bytes, results: BinaryIO) -> None:
    """Make a call and send its result or its error."""
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


def _end(scratch: str, stack: ExitStack) -> NoReturn:
    signal.signal(_GIVE_UP, signal.SIG_IGN)
    stack.close()
    shutil.rmtree(scratch, ignore_errors=True)
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
