"""The manager of one kernel, with a folder of its own for the kernel's sockets."""

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Dict, default
from traitlets.config import Config

from sco_research import process_lock
from sco_research.runs.kernels.forking import WarmKernels, kernels_in_use

PROVISIONER = "sco-research-warm"
"""The provisioner's name among the entry points of ``jupyter_client``."""

# A socket's path must fit in the 108 bytes that the operating system allows.
_LONGEST_FOLDER = 60
_POLL_SECONDS = 0.005


class Client(AsyncKernelClient):
    """A client that is ready as soon as the kernel answers on both channels.

    The inherited one listens for another 0.2 s for outputs that belong to no cell.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers.

        Raises
        ------
        RuntimeError
            Where it has died, or does not answer in time.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            self.kernel_info()
            try:
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    # After the first message on the channel of outputs, all others arrive.
                    await self.iopub_channel.get_msg(timeout=0.2)
                    self._handle_kernel_info_reply(reply)
                    return
            except Empty:
                pass
            if not await self.is_alive():
                raise RuntimeError("kernel died before it answered")
            if time.monotonic() > end:
                raise RuntimeError(f"kernel did not answer in {timeout:.0f} seconds")
            await asyncio.sleep(0)


class Manager(AsyncKernelManager):
    """A kernel manager whose kernels come from our provisioner, whatever the kernel's own is.

    Attributes
    ----------
    kernels : WarmKernels or None
        Where the kernel is forked; with none it is started as a new process.
    """

    provisioning = Dict(help="Settings of the provisioner.").tag(config=True)
    kernels: WarmKernels | None = None

    @default("client_factory")
    def _our_client(self) -> type:
        return Client

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, with our provisioner in it."""
        inherited: Any = super().kernel_spec
        if inherited and "kernel_provisioner" not in inherited.metadata:
            stanza = {"provisioner_name": PROVISIONER, "config": dict(self.provisioning)}
            inherited.metadata = {**inherited.metadata, "kernel_provisioner": stanza}
        specification: KernelSpec | None = inherited
        return specification

    @property
    def peak_memory(self) -> int:
        """Peak memory of the kernel that has ended, in bytes; 0 if unknown."""
        return int(getattr(self.provisioner, "peak_memory", 0))

    def end_kernel(self) -> None:
        """Kill the kernel and all that it started, from any thread; do nothing if there is none."""
        if end := getattr(self.provisioner, "end_now", None):
            end()

    async def _async_wait(self, pollinterval: float = _POLL_SECONDS) -> None:
        """Wait for the end of a kernel that was killed: a matter of moments."""
        await super()._async_wait(min(pollinterval, _POLL_SECONDS))


@contextmanager
def kernel_manager(*, warm: bool, memory: int = 0) -> Iterator[Manager]:
    """Give the manager of one Python kernel; its folder is removed when the block ends.

    The sockets are files in that folder. Over TCP two kernels that start at once can be given the
    same port, and one of them then hangs for a minute; TCP is used only where the operating system
    has no such sockets. The connection file is there too, so that a killed run leaves nothing in
    the user's folders.

    Parameters
    ----------
    warm : bool
        Fork the kernel, where this is inside a `warm_kernels` block.
    memory : int
        Bytes that it may take; 0 for no limit.
    """
    folder = kernel_folder()
    settings: dict[str, object] = {
        "connection_file": str(folder / "kernel.json"),
        "provisioning": {"memory": memory, "scratch": str(folder)},
    }
    if os.name == "posix":
        settings |= {"transport": "ipc", "ip": str(folder / "kernel")}
    manager = Manager(kernel_name="python3", config=Config({"Manager": settings}))
    manager.kernels = kernels_in_use() if warm else None
    try:
        yield manager
    finally:
        # Where a signal stopped the run half-way, nobody else would end the kernel.
        manager.end_kernel()
        shutil.rmtree(folder, ignore_errors=True)


def kernel_folder() -> Path:
    """Make a folder for a kernel's sockets, named after this process."""
    base = tempfile.gettempdir()
    if len(base) > _LONGEST_FOLDER and os.name == "posix":
        base = "/tmp"
    own = f"sco-{process_lock.owner_tag()}-"
    # A worker's folder for temporary files has that name already.
    prefix = "k-" if Path(base).name.startswith(own) else own
    return Path(tempfile.mkdtemp(prefix=prefix, dir=base))
