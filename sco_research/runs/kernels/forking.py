"""The owner's end of a warmed process that forks kernels: start it, ask it, end it."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sco_research.reports.fingerprints import data_hash, package_hash
from sco_research.resources import HOME

ENVIRONMENT = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One thread for each numerical library: reports run side by side, and the last digit of a sum must
not depend on the number of threads."""
_WARM_UP_SECONDS = 120.0
_ANSWER_SECONDS = 30.0
# Variables of one kernel, which do not change how modules are imported.
_A_KERNELS_OWN = {
    HOME,
    "JPY_SESSION_NAME",
    "JPY_PARENT_PID",
    "MPLBACKEND",
    "OLDPWD",
    "PWD",
    "PYTEST_CURRENT_TEST",
    "SHLVL",
    "TMPDIR",
    "_",
}
# Agg draws without a screen; the inline backend is set after the fork. Without the other two
# variables pyarrow starts a thread, and the debugger warns of frozen modules.
_WARMED = {
    "MPLBACKEND": "agg",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class ForkServerError(Exception):
    """The warmed process is gone or does not answer; a kernel can still be started cold."""


class ForkServer:
    """The owner's end of a warmed process.

    Attributes
    ----------
    key : tuple
        What its imports depend on: the package's source, the environment, the interpreter.
    pid : int
        Its process.
    ends : dict of int to dict
        How its kernels ended, by process.
    notes : list of dict
        What went wrong while it warmed up.
    """

    def __init__(self, key: tuple[object, ...], env: Mapping[str, str]) -> None:
        self.key = key
        self._lock = threading.RLock()
        self._rest = b""
        self.ends: dict[int, dict[str, Any]] = {}
        self.notes: list[dict[str, Any]] = []
        self.lost = False
        self._link, theirs = socket.socketpair()
        with theirs:
            module = "sco_research.runs.kernels.forkserver"
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**env, **_WARMED},
                start_new_session=True,
            )
        self.pid = self._process.pid
        _close_in_forks(self)
        self._ready: dict[str, Any] = {}
        self._answers: list[dict[str, Any]] = []

    def ready(self) -> dict[str, Any]:
        """Wait until it has warmed up, and return its message."""
        with self._lock:
            if not self._ready:
                self._ready = self._answer("ready", _WARM_UP_SECONDS)
            return self._ready

    def launch(self, argv: list[str], *, env: Mapping[str, str], cwd: str, memory: int) -> int:
        """Fork a kernel and return its process.

        Raises
        ------
        ForkServerError
            Where the warmed process is gone or does not answer.
        """
        request = {"argv": argv, "env": dict(env), "cwd": cwd, "memory": memory}
        with self._lock:
            self._receive(0)
            if self.ready()["threads"] != 1 or any("threads" in note for note in self.notes):
                raise ForkServerError("the warmed process has several threads: no fork is safe")
            try:
                self._link.sendall(json.dumps(request).encode() + b"\n")
            except OSError as error:
                self.lost = True
                raise ForkServerError(str(error)) from None
            return int(self._answer("pid", _ANSWER_SECONDS)["pid"])

    def end_of(self, pid: int) -> dict[str, Any] | None:
        """Return how a kernel ended; none while it runs."""
        with self._lock:
            self._receive(0)
            if pid not in self.ends and self.lost:
                # It died with its parent; we end what it had started.
                kill_group(pid)
                self.ends[pid] = {"status": -signal.SIGKILL, "memory": 0, "seconds": 0.0}
            return self.ends.get(pid)

    def close(self) -> None:
        """End it; its kernels end with it."""
        self._link.close()
        self.lost = True
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def let_go(self) -> None:
        """Close a copy of the link: only the owner decides when the warmed process ends."""
        self._link.close()
        self.lost = True

    def _answer(self, name: str, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while not self.lost:
            for place, message in enumerate(self._answers):
                if name in message:
                    return self._answers.pop(place)
            left = end - time.monotonic()
            if left <= 0:
                self.lost = True
                self._process.kill()
                raise ForkServerError(f"the warmed process did not answer in {seconds:.0f} seconds")
            self._receive(left)
        raise ForkServerError("the warmed process is gone")

    def _receive(self, seconds: float) -> None:
        """Take the messages that have arrived; wait so many seconds for the first."""
        while not self.lost:
            ready, _, _ = select.select([self._link], [], [], seconds)
            if not ready:
                return
            try:
                data = self._link.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                self.lost = True
                self._process.wait()
                return
            *lines, self._rest = (self._rest + data).split(b"\n")
            for message in map(json.loads, lines):
                if "exited" in message:
                    self.ends[message["exited"]] = message
                elif "ready" not in message and "pid" not in message:
                    self.notes.append(message)
                else:
                    self._answers.append(message)
            seconds = 0


class WarmKernels:
    """Kernels forked from one warmed process, which is started when the first is asked for.

    It belongs to its maker, who ends it by `close`.
    """

    def __init__(self) -> None:
        self._server: ForkServer | None = None
        self._lock = threading.Lock()

    def server(self, env: Mapping[str, str]) -> ForkServer:
        """Return the warmed process, a new one where the last is gone or has other imports."""
        shared = {name: value for name, value in env.items() if name not in _A_KERNELS_OWN}
        key = (package_hash(), data_hash(), sys.executable, tuple(sorted(shared.items())))
        with self._lock:
            if self._server is not None and (self._server.lost or self._server.key != key):
                self._server.close()
                self._server = None
            if self._server is None:
                # Its temporary files are in its owner's folder for them.
                self._server = ForkServer(key, {**shared, "TMPDIR": tempfile.gettempdir()})
            return self._server

    def warm_up(self) -> None:
        """Start the warmed process without waiting for it."""
        if can_fork():
            # As jupyter_client sets it for a Python kernel.
            env = kernel_environment(os.environ)
            env.pop("PYTHONEXECUTABLE", None)
            self.server(env)

    def close(self) -> None:
        """End the warmed process and every kernel forked from it."""
        with self._lock:
            if self._server is not None:
                self._server.close()
                self._server = None


_in_use: ContextVar[WarmKernels | None] = ContextVar("warm_kernels", default=None)


@contextmanager
def warm_kernels() -> Iterator[WarmKernels]:
    """Fork the kernels of the block from a warmed process, which ends with the block.

    Only the thread that runs the block uses it.

    Examples
    --------
    >>> with warm_kernels():
    ...     for name in ("themes", "language"):
    ...         run_report("sco-2013-bishkek", name)  # doctest: +SKIP
    """
    kernels = WarmKernels()
    token = _in_use.set(kernels)
    try:
        yield kernels
    finally:
        _in_use.reset(token)
        kernels.close()


def kernels_in_use() -> WarmKernels | None:
    """Return the kernels of the innermost `warm_kernels` block; none outside of one."""
    return _in_use.get()


def kernel_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a kernel, warm or cold; what the caller has set stays."""
    return {**ENVIRONMENT, **env}


def _close_in_forks(server: ForkServer) -> None:
    """Close the copy of a link that a fork of this process would hold open."""
    reference = weakref.ref(server)

    def close() -> None:
        if (copy := reference()) is not None:
            copy.let_go()

    os.register_at_fork(after_in_child=close)


def can_fork() -> bool:
    """Return whether kernels can be forked here: only Linux ends a child with its parent."""
    return sys.platform == "linux" and Path("/proc/self/task").is_dir()


def kill_group(pid: int) -> None:
    """Kill a process and all that it started, if it still runs."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


class ForkedKernel:
    """A forked kernel's process, with the part of `subprocess.Popen` that a provisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, server: ForkServer, pid: int) -> None:
        self.server = server
        self.pid = pid

    def poll(self) -> int | None:
        """Return its exit status; none while it runs."""
        end = self.server.end_of(self.pid)
        return None if end is None else int(end["status"])

    def wait(self) -> int:
        """Wait for its end and return its exit status."""
        while (status := self.poll()) is None:
            time.sleep(0.005)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended: its id may be reused by then."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
