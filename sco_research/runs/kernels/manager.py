"""One kernel's surroundings: a folder of its own for its sockets, and how it is started."""

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

from sco_research.reports import owner

PROVISIONER = "sco-research-warm"
"""The provisioner's name among the entry points of ``jupyter_client``."""

# A socket's whole path must fit in the 108 bytes that the operating system has for it.
_LONGEST_FOLDER = 60
_LOOK_AGAIN = 0.005
# One thread each: reports are run side by side, and a sum's last digit never hangs on how many
# threads added it up.
ENVIRONMENT = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Client(AsyncKernelClient):
    """A client that begins as soon as the kernel answers on both channels.

    The inherited one then listens another 0.2 s for what may be left on the channel of outputs;
    whatever that is belongs to no cell, and nobody asks for it.
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
                    # Its outputs come through once anything has come through.
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
    """A kernel manager whose kernels come from our provisioner, whatever the kernel's own is."""

    provisioning = Dict(help="Settings of the provisioner.").tag(config=True)

    @default("client_factory")
    def _our_client(self) -> type:
        return Client

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, with our provisioner in it."""
        found: Any = super().kernel_spec
        if found and "kernel_provisioner" not in found.metadata:
            stanza = {"provisioner_name": PROVISIONER, "config": dict(self.provisioning)}
            found.metadata = {**found.metadata, "kernel_provisioner": stanza}
        specification: KernelSpec | None = found
        return specification

    async def _async_wait(self, pollinterval: float = _LOOK_AGAIN) -> None:
        """Wait for the end of a kernel that was killed: a matter of moments."""
        await super()._async_wait(min(pollinterval, _LOOK_AGAIN))


@contextmanager
def kernel_settings(*, warm: bool, memory: int = 0) -> Iterator[Config]:
    """Give the settings of one kernel; its folder goes when the block ends.

    Over TCP two kernels that start at once can be given one port, and one of them then hangs for a
    minute. Where the operating system has no such sockets, TCP it is. The connection file lies in
    the same folder: a run that is killed leaves nothing in the user's own.

    Parameters
    ----------
    warm : bool
        Fork the kernel from a warmed process.
    memory : int
        Bytes that it may take; 0 for no bound.
    """
    folder = kernel_folder()
    manager: dict[str, object] = {
        "connection_file": str(folder / "kernel.json"),
        "provisioning": {"warm": warm, "memory": memory, "scratch": str(folder)},
    }
    if os.name == "posix":
        manager |= {"transport": "ipc", "ip": str(folder / "kernel")}
    try:
        yield Config({"Manager": manager})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kernel_folder() -> Path:
    """Make a folder for a kernel's sockets, whose name says whose it is."""
    base = tempfile.gettempdir()
    if len(base) > _LONGEST_FOLDER and os.name == "posix":
        base = "/tmp"
    mine = f"sco-{owner.tag()}-"
    # A worker's folder for temporary files carries its name already.
    prefix = "k-" if Path(base).name.startswith(mine) else mine
    return Path(tempfile.mkdtemp(prefix=prefix, dir=base))
