"""Kernels forked from a warmed process: a provisioner for ``jupyter_client``.

A new kernel imports for seconds before its first cell; a fork of a process that has imported does
not. ``jupyter_client`` finds the provisioner by the entry point ``sco-research-warm``. Where no
kernel can be forked, one is started as a new process.
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
from traitlets import Int, Unicode

from sco_research.runs.kernels.forking import (
    ForkedKernel,
    ForkServerError,
    WarmKernels,
    can_fork,
    kernel_environment,
    kill_group,
)

_LAST_SECONDS = 10.0


class WarmProvisioner(LocalProvisioner):
    """Fork a Python kernel of this environment where its manager has warm kernels; else start one.

    Attributes
    ----------
    peak_memory : int
        Bytes that the kernel took at most; 0 until it has ended.
    """

    peak_memory: int = 0

    memory = Int(0, help="Bytes that a kernel may take; 0 for no limit.").tag(config=True)
    scratch = Unicode("", help="Folder for its temporary files; its own where empty.").tag(
        config=True
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401 - jupyter_client's own signature
        """Launch a kernel, warm where that can be."""
        kwargs["env"] = kernel_environment(kwargs.get("env") or os.environ)
        if self.scratch:
            # A killed kernel would leave its temporary files elsewhere.
            kwargs["env"]["TMPDIR"] = self.scratch
        kernels = getattr(self.parent, "kernels", None)
        forked = self._fork(kernels, cmd, kwargs) if kernels and can_fork() and _ours(cmd) else None
        if forked is None:
            await super().launch_kernel(cmd, **kwargs)
            self._limit_memory()
        else:
            process: Any = forked
            self.process, self.pid, self.pgid = process, forked.pid, forked.pid
            self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    def _fork(
        self, kernels: WarmKernels, cmd: list[str], kwargs: Mapping[str, Any]
    ) -> ForkedKernel | None:
        cwd = str(kwargs.get("cwd") or Path.cwd())
        # A warmed process that was killed is replaced once.
        for _ in range(2):
            try:
                server = kernels.server(kwargs["env"])
                pid = server.launch(cmd[3:], env=kwargs["env"], cwd=cwd, memory=self.memory)
                return ForkedKernel(server, pid)
            except (ForkServerError, OSError) as error:
                self.log.debug("no kernel could be forked: %s", error)
        return None

    def _limit_memory(self) -> None:
        if self.memory and sys.platform == "linux" and self.pid:
            import resource

            limit = (self.memory, self.memory)
            resource.prlimit(self.pid, resource.RLIMIT_DATA, limit)

    async def wait(self) -> int | None:
        """Wait for the kernel's end, polling more often than the inherited provisioner."""
        process: Any = self.process
        while process is not None and await self.poll() is None:
            await asyncio.sleep(0.005)
        if process is not None:
            self.peak_memory = _peak(process)
        return await super().wait()

    async def cleanup(self, restart: bool = False) -> None:
        """Forget the kernel once it has ended."""
        process: Any = self.process
        if process is not None and not restart:
            end = time.monotonic() + _LAST_SECONDS
            # On a busy machine this may take longer than the manager waits.
            while process.poll() is None and time.monotonic() < end:
                await asyncio.sleep(0.02)
            self.peak_memory = _peak(process)
        await super().cleanup(restart)

    def end_now(self) -> None:
        """Kill the kernel and all that it started, from any thread."""
        process: Any = self.process
        if process is not None and process.poll() is None:
            kill_group(self.pgid or process.pid)


def _peak(process: Any) -> int:  # noqa: ANN401 - jupyter_client gives Any
    if isinstance(process, ForkedKernel):
        return int((process.server.end_of(process.pid) or {}).get("memory", 0))
    if sys.platform == "win32":
        return 0
    import resource

    # The peak of the largest child of this process: the system tells nothing closer.
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _ours(cmd: list[str]) -> bool:
    """Return whether a command starts a kernel of this very interpreter."""
    return cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"]
