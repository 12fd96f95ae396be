"""A process that has imported what notebooks import, and forks a kernel when it is asked to.

Run as ``python -m sco_research.runs.kernels.forkserver FD`` by `sco_research.runs.kernels.forking`,
which holds the other end of the socket ``FD``: when that closes, however its process ended, all
kernels are killed and this process ends. It has a single thread, because a fork keeps only one.

A request is a line of JSON: ``argv``, ``env``, ``cwd``, ``memory``. The answers are lines too:
``{"ready": …}`` once, ``{"pid": …}`` to a request, ``{"exited": pid, "status": …}`` for a kernel
that ended.
"""

import gc
import json
import os
import random
import resource
import select
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from sco_research.children import end_with
from sco_research.runs.kernels import warmup

# What the bundled notebooks import, and what a kernel needs before its first cell. Not the inline
# backend: imported before there is a kernel, it silently drops every figure.
MODULES = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "psutil",
    "pandas",
    "pyarrow.parquet",
    "scipy.special",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "sco_research.loaders",
    "sco_research.coding.themes",
    "sco_research.coding.cooccurrence",
    "sco_research.coding.prevalence",
    "sco_research.coding.stance",
    "sco_research.coding.tone",
    "sco_research.coding.commitments.coder",
    "sco_research.coding.commitments.validation",
    "sco_research.coding.reliability.agreement",
    "sco_research.coding.reliability.scoring",
    "sco_research.metrics",
    "sco_research.metrics.textstat_check",
    "sco_research.metrics.curves",
    "sco_research.text.collocations",
    "sco_research.text.concordance",
    "sco_research.text.words",
    "sco_research.reports.annotation",
    "sco_research.topics.commitments.tables",
    "sco_research.topics.language.tables",
    "sco_research.topics.reliability.tables",
    "sco_research.reports.report",
    "sco_research.topics.themes.tables",
    "sco_research.topics.themes.figures",
    "sco_research.topics.language.figures",
    "sco_research.topics.commitments.figures",
)
# Short of memory, the system should kill the kernel, not the process that can run it again.
_DIES_FIRST = "500"


def main() -> None:
    """Warm up, then serve until the other end of the socket closes."""
    link = socket.socket(fileno=int(sys.argv[1]))
    # By -m the working folder is first in the module path; in a kernel it is not.
    if sys.path and Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    # Ctrl-C is for the process that runs the reports; it ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    missing = _warm_up(link)
    if missing is None:
        return
    wake, waker = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(waker, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    try:
        _send(link, {"ready": os.getpid(), "missing": missing, "threads": _threads()})
    except OSError:
        # The owner has ended meanwhile.
        return
    _Server(link, wake).serve()


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _warm_up(link: socket.socket) -> list[str] | None:
    """Import the modules, keep the garbage collector off them, return what failed.

    None where the owner ends meanwhile: before all is ready, the other end says nothing else.
    """
    missing = []
    for name in MODULES:
        if select.select([link], [], [], 0)[0]:
            return None
        try:
            import_module(name)
        except ImportError as error:
            missing.append(f"{name}: {error}")
    if "pandas" in sys.modules:
        # Imported outside a kernel it assumes a terminal, and leaves columns out of wide tables.
        sys.modules["pandas"].set_option("display.max_columns", 20)
    # Otherwise a collection in a kernel would touch, and so copy, every shared page.
    gc.collect()
    gc.freeze()
    return missing


def _send(link: socket.socket, message: dict[str, object]) -> None:
    link.sendall(json.dumps(message).encode() + b"\n")


class _Server:
    """The loop of one fork server."""

    def __init__(self, link: socket.socket, wake: int) -> None:
        self.link = link
        self.wake = wake
        self.kernels: set[int] = set()
        self.rest = b""
        self.steps: Iterator[Callable[[], object]] | None = warmup.steps()

    def serve(self) -> None:
        """Answer requests and report ended kernels, until the owner's end closes."""
        try:
            while True:
                # While no request comes, there may still be steps of the warm-up to take.
                wait = None if self.steps is None else 0
                waited: list[Any] = [self.link, self.wake]
                ready, _, _ = select.select(waited, [], [], wait)
                if not ready:
                    self._take_step()
                if self.wake in ready:
                    self._drain()
                self._reap()
                if self.link in ready and not self._read():
                    return
        except OSError:
            return
        finally:
            for pid in self.kernels:
                _kill(pid)

    def _take_step(self) -> None:
        """Take the next step of the warm-up, and keep the garbage collector off its objects."""
        step = next(self.steps, None) if self.steps else None
        if step is None:
            self.steps = None
            return
        try:
            step()
        except Exception as error:
            # A report that meets the same error will say so.
            _send(self.link, {"warmup": repr(error)})
        gc.collect()
        gc.freeze()
        if _threads() != 1:
            _send(self.link, {"threads": _threads()})

    def _drain(self) -> None:
        try:
            while os.read(self.wake, 4096):
                pass
        except BlockingIOError:
            pass

    def _reap(self) -> None:
        while self.kernels:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            # End what a kernel has started and left running.
            _kill(pid)
            self.kernels.discard(pid)
            message: dict[str, object] = {
                "exited": pid,
                "status": os.waitstatus_to_exitcode(status),
                "memory": usage.ru_maxrss * 1024,
                "seconds": usage.ru_utime + usage.ru_stime,
            }
            _send(self.link, message)

    def _read(self) -> bool:
        """Take what has come; return whether the other end is still there."""
        data = self.link.recv(1 << 16)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self._launch(json.loads(line))
        return bool(data)

    def _launch(self, request: dict[str, Any]) -> None:
        # Answer only when the child leads its own process group: before that, killing the group
        # would not kill it.
        ready, signalled = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            self._become_kernel(request, parent, signalled)
        os.close(signalled)
        os.read(ready, 1)
        os.close(ready)
        self.kernels.add(pid)
        _send(self.link, {"pid": pid})

    def _become_kernel(self, request: dict[str, Any], parent: int, signalled: int) -> NoReturn:
        """Turn this child into the requested kernel; never return."""
        status = 1
        try:
            os.setsid()
            end_with(parent)
            os.close(signalled)
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self.link.close()
            os.close(self.wake)
            _take_over(request)
            from ipykernel import kernelapp

            kernelapp.launch_new_instance()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else bool(end.code)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)


def _take_over(request: dict[str, Any]) -> None:
    """Set the environment, the folder, the limits and the arguments as in a new process."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123 - a file of the system, at once
        file.write(_DIES_FIRST)
    if request["memory"]:
        limit = request["memory"]
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    sys.argv = [str(Path(sys.modules["ipykernel"].__path__[0]).parent / "ipykernel_launcher.py")]
    # It was read from the environment at import, before the fork.
    sys.argv += [*request["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    _fresh_randomness()
    # Both have read their variable before the fork.
    tempfile.tempdir = None
    backend = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
    sys.modules["matplotlib"].rcParams["backend"] = backend
    # A ZeroMQ context does not survive a fork.
    sys.modules["zmq"].Context._instance = None


def _fresh_randomness() -> None:
    """Reseed, so that no two kernels draw the same numbers."""
    random.seed()
    sys.modules["numpy"].random.seed()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
