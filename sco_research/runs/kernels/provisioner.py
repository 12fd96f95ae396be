"""Kernels forked from a warmed process: a provisioner for ``jupyter_client``.

A kernel of its own accord imports for seconds before its first cell. A fork of a process that has
imported already does not. papermill takes the provisioner as it is, by the entry point
``sco-research-warm``; where no kernel can be forked, one is started as ever.
"""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Int, Unicode

from sco_research.runs.kernels.forking import (
    ForkedKernel,
    ForkServerError,
    can_fork,
    kernel_environment,
    kill_group,
    warm_server,
)

_LAST_SECONDS = 10.0


class WarmProvisioner(LocalProvisioner):
    """Fork a Python kernel of this environment from a warmed process; start any other as ever."""

    warm = Bool(True, help="Fork kernels from a warmed process.").tag(config=True)
    memory = Int(0, help="Bytes that a kernel may take; 0 for no bound.").tag(config=True)
    scratch = Unicode("", help="Folder for its temporary files; its own where empty.").tag(
        config=True
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401
        """Launch a kernel, warm where that can be."""
        kwargs["env"] = kernel_environment(kwargs.get("env") or os.environ)
        if self.scratch:
            # Killed at its end, it would leave them.
            kwargs["env"]["TMPDIR"] = self.scratch
        forked = self._fork(cmd, kwargs) if self.warm and can_fork() and _ours(cmd) else None
        if forked is None:
            await super().launch_kernel(cmd, **kwargs)
            self._bound_memory()
        else:
            process: Any = forked
            self.process, self.pid, self.pgid = process, forked.pid, forked.pid
            self.cwd = kwargs.get("cwd") or Path.cwd()
        _LIVE[self._folder()] = self
        return self.connection_info

    def _fork(self, cmd: list[str], kwargs: Mapping[str, Any]) -> ForkedKernel | None:
        cwd = str(kwargs.get("cwd") or Path.cwd())
        # A warmed process that was killed is replaced; one that cannot live is done without.
        for _ in range(2):
            try:
                server = warm_server(kwargs["env"])
                pid = server.launch(cmd[3:], env=kwargs["env"], cwd=cwd, memory=self.memory)
                return ForkedKernel(server, pid)
            except (ForkServerError, OSError) as error:
                self.log.debug("no kernel could be forked: %s", error)
        return None

    def _bound_memory(self) -> None:
        if self.memory and sys.platform == "linux" and self.pid:
            import resource

            bound = (self.memory, self.memory)
            resource.prlimit(self.pid, resource.RLIMIT_DATA, bound)

    def _folder(self) -> str:
        return str(Path(getattr(self.parent, "connection_file", "")).parent)

    async def wait(self) -> int | None:
        """Wait for the kernel's end, looking oftener than the inherited provisioner does."""
        process: Any = self.process
        while process is not None and await self.poll() is None:
            await asyncio.sleep(0.005)
        if process is not None:
            _PEAKS[self._folder()] = _peak(process)
        return await super().wait()

    async def cleanup(self, restart: bool = False) -> None:
        """Forget the kernel, once it has ended."""
        process: Any = self.process
        if process is not None and not restart:
            end = time.monotonic() + _LAST_SECONDS
            # A machine under load may take longer than the manager waits.
            while process.poll() is None and time.monotonic() < end:
                await asyncio.sleep(0.02)
            _PEAKS[self._folder()] = _peak(process)
        if not restart:
            _LIVE.pop(self._folder(), None)
        await super().cleanup(restart)

    def end_now(self) -> None:
        """Kill the kernel and all that it started, from any thread."""
        process: Any = self.process
        if process is not None and process.poll() is None:
            kill_group(self.pgid or process.pid)


_LIVE: dict[str, WarmProvisioner] = {}


_PEAKS: dict[str, int] = {}


def _peak(process: Any) -> int:  # noqa: ANN401
    if isinstance(process, ForkedKernel):
        return int((process.server.end_of(process.pid) or {}).get("memory", 0))
    if sys.platform == "win32":
        return 0
    import resource

    # Of all children of this process the largest: the nearest that the system tells.
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def peak_memory(folder: str) -> int:
    """Return the bytes that the kernel took at most whose sockets lay in a folder; 0 if unknown."""
    return _PEAKS.pop(folder, 0)


def end_kernel(folder: str) -> None:
    """Kill the kernel whose sockets lie in a folder."""
    if (live := _LIVE.get(folder)) is not None:
        live.end_now()


def _ours(cmd: list[str]) -> bool:
    """Return whether a command starts a kernel of this very interpreter."""
    return cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"]
