"""Where a kernel listens: sockets in a folder of its own, so that no two runs can collide."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from traitlets.config import Config

# A socket's whole path must fit in the 108 bytes that the operating system has for it.
_LONGEST_FOLDER = 80


@contextmanager
def kernel_settings() -> Iterator[Config]:
    """Give the settings of one kernel; its folder goes when the block ends.

    Over TCP two kernels that start at once can be given one port, and one of them then hangs for a
    minute. Where the operating system has no such sockets, TCP it is.
    """
    if os.name != "posix":
        yield Config()
        return
    base = tempfile.gettempdir()
    folder = tempfile.mkdtemp(prefix="sco-", dir=base if len(base) < _LONGEST_FOLDER else "/tmp")
    try:
        yield Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
