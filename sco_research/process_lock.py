"""Which process a working folder belongs to, and whether that process still runs.

Whatever lies in a folder for a while, a folder or a file, is named after its process; what a killed
one left is removed by the next that works there.
"""

import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

_TAG = re.compile(r"-([0-9a-f]{6})\.([0-9a-f]{6})\.(\d+)\.(\d+)-")
_SCRATCH = "sco-"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def owner_tag() -> str:
    """Return a tag unique to this process: machine, its boot, process id, start of the process.

    The system reuses process ids; with the clock tick of its start a process is unique, and setting
    the clock forwards or back does not change it.
    """
    machine, boot = _machine()
    return f"{machine}.{boot}.{os.getpid()}.{_started(os.getpid())}"


def is_dead(name: str) -> bool:
    """Return whether a folder's name carries the tag of a process that no longer runs.

    Nothing is known of a process on another machine: it counts as running.

    >>> is_dead(f".themes-{owner_tag()}-x1"), is_dead("themes")
    (False, False)
    """
    found = _TAG.search(name)
    if not found:
        return False
    machine, boot = _machine()
    if found[1] != machine:
        return False
    return found[2] != boot or _started(int(found[3])) != int(found[4])


def abandoned(parent: Path, prefix: str) -> Iterator[Path]:
    """Return the working folders of dead processes in a folder."""
    try:
        names = sorted(path.name for path in parent.iterdir())
    except OSError:
        return
    for name in names:
        if name.startswith(prefix) and is_dead(name):
            yield parent / name


def clear_scratch(parent: Path) -> None:
    """Remove what killed runs left in a folder for temporary files."""
    _remove(abandoned(parent, _SCRATCH))


def _remove(paths: Iterator[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder for temporary files, which is gone when the block ends.

    >>> with scratch_folder() as folder:
    ...     folder.is_dir()
    True
    >>> folder.exists()
    False
    """
    base = tempfile.gettempdir()
    _clear_once(base, os.getpid())
    with tempfile.TemporaryDirectory(prefix=f"{_SCRATCH}{owner_tag()}-", dir=base) as name:
        yield Path(name)


@cache
def _clear_once(base: str, process: int) -> None:
    """Remove what killed runs left, once in a process: a folder may hold many names."""
    clear_scratch(Path(base))


@cache
def _clear_hidden_once(folder: Path, process: int) -> None:
    _remove(path for path in abandoned(folder, ".") if path.is_file())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    It is written beside its place and moved there. What killed processes left half-written beside
    it is removed.

    Raises
    ------
    OSError
        Where it cannot be written; what was there before is unchanged.
    """
    _clear_hidden_once(path.parent.absolute(), os.getpid())
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-{owner_tag()}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


@cache
def _machine() -> tuple[str, str]:
    """Return short hashes of this machine's name and of its latest boot."""
    try:
        boot = _BOOT.read_text(encoding="ascii")
    except OSError:
        boot = ""
    return _short(platform.node()), _short(boot)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _started(process: int) -> int:
    """Return when a process started, by a clock that nobody sets; 0 where it is not running."""
    try:
        status = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return _started_elsewhere(process)
    # The name before it, in parentheses, may hold anything.
    fields = status.rpartition(b")")[2].split()
    return 0 if fields[0] in (b"Z", b"X") else int(fields[19])


def _started_elsewhere(process: int) -> int:
    """Return the same where there is no ``/proc``."""
    if _BOOT.exists():
        return 0
    import psutil

    try:
        return int(psutil.Process(process).create_time())
    except psutil.Error:
        return 0
