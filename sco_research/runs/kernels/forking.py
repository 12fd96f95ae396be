"""The owner's end of a warmed process that forks kernels: how it is started, asked and ended."""

import atexit
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
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sco_research.reports.fingerprints import data_hash, package_hash
from sco_research.resources import HOME
from sco_research.runs.kernels.manager import ENVIRONMENT

_WARM_UP_SECONDS = 120.0
_ANSWER_SECONDS = 30.0
# Of a kernel alone: they say nothing of how modules are imported.
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
# Agg draws without a screen; the inline backend comes after the fork. pyarrow would start a thread,
# and the debugger warns of modules that Python keeps frozen.
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
        What its imports hang on: the package's source, the environment, the interpreter.
    pid : int
        Its process.
    ends : dict of int to dict
        How its kernels ended, by process.
    notes : list of dict
        What went wrong with what it reads in advance.
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
        self._ready: dict[str, Any] = {}
        self._answers: list[dict[str, Any]] = []

    def ready(self) -> dict[str, Any]:
        """Wait until it has warmed up, and return what it said of itself."""
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
                # It died with its parent; what it had started is left to us.
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
        """Close a fork's copy of the link: the owner's alone decides when it ends."""
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
        """Take the messages that have come, waiting so long for the first."""
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


_server: ForkServer | None = None
_lock = threading.Lock()


def warm_server(env: Mapping[str, str]) -> ForkServer:
    """Return this process's warmed process, a new one where the last is another's or gone."""
    global _server
    its_own = {name: value for name, value in env.items() if name not in _A_KERNELS_OWN}
    key = (package_hash(), data_hash(), sys.executable, tuple(sorted(its_own.items())))
    with _lock:
        if _server is not None and (_server.lost or _server.key != key):
            _server.close()
            _server = None
        if _server is None:
            # Its temporary files go with those of its owner.
            _server = ForkServer(key, {**its_own, "TMPDIR": tempfile.gettempdir()})
        return _server


def kernel_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a kernel, warm or cold.

    What the caller has set stays.
    """
    return {**ENVIRONMENT, **env}


def warm_up() -> None:
    """Start the warmed process without waiting for it."""
    if can_fork():
        # As jupyter_client gives it to a Python kernel.
        env = kernel_environment(os.environ)
        env.pop("PYTHONEXECUTABLE", None)
        warm_server(env)


def close_server() -> None:
    """End this process's warmed process and every kernel forked from it."""
    global _server
    with _lock:
        if _server is not None:
            _server.close()
            _server = None


def _after_fork() -> None:
    global _server
    if _server is not None:
        _server.let_go()
        _server = None


atexit.register(close_server)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def can_fork() -> bool:
    """Return whether kernels can be forked here: only Linux ties a child's life to its parent's."""
    return sys.platform == "linux" and Path("/proc/self/task").is_dir()


def kill_group(pid: int) -> None:
    """Kill a process and all that it started, if it still runs."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


class ForkedKernel:
    """A forked kernel's process, with as much of `subprocess.Popen` as a provisioner needs."""

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
        """Send it a signal, unless it has ended: its number may be another's by then."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
