"""What this process may use: the cores and the memory of the machine and of its control group."""

import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# A kernel with the bundled notebooks takes some 400 MB, its worker and warmed process 300.
MIN_MEMORY = 1 << 30
_GROUPS = Path("/sys/fs/cgroup")


def usable_cores() -> int:
    """Return how many cores this process may use by its affinity and its groups; at least 1."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    shares = [share for folder in _folders() if (share := _share(folder))]
    return max(1, math.ceil(min([float(cores), *shares])))


def usable_memory() -> int:
    """Return how many bytes of memory are free for this process, by the machine and its groups."""
    import psutil

    free = [int(psutil.virtual_memory().available)]
    for folder in _folders():
        limit = _number(folder / "memory.max") or _number(folder / "memory.limit_in_bytes")
        used = _number(folder / "memory.current") or _number(folder / "memory.usage_in_bytes")
        if limit:
            free.append(max(0, limit - (used or 0)))
    return min(free)


def workers_and_memory(asked: int | None) -> tuple[int, int]:
    """Return how many workers run side by side, and the bytes that the kernel of each may take."""
    free = usable_memory()
    workers = asked or max(1, min(usable_cores(), free // MIN_MEMORY))
    return workers, max(MIN_MEMORY, free * 9 // 10 // workers)


def _folders() -> Iterator[Path]:
    """Yield the folders of this process's control groups and of the groups above them."""
    if sys.platform != "linux":
        return
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, place = rest.partition(":")
        if controllers not in ("", "cpu", "cpu,cpuacct", "memory"):
            continue
        root = _GROUPS / controllers if controllers else _GROUPS
        folder = root / place.lstrip("/")
        while True:
            yield folder
            if folder == root or root not in folder.parents:
                break
            folder = folder.parent


def _share(folder: Path) -> float:
    """Return the cores that a group may use; 0 where it has no limit."""
    try:
        quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        quota = str(_number(folder / "cpu.cfs_quota_us") or "max")
        period = str(_number(folder / "cpu.cfs_period_us") or 0)
    return int(quota) / int(period) if quota.isdigit() and int(period or 0) else 0.0


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def skip_slow_imports() -> None:
    """Spare a process of our own an import of two seconds that no report needs.

    papermill imports jsonschema, which reads a whole grammar of web addresses where the package for
    it happens to be installed; without it, it knows one format less that no notebook uses. A
    process that only calls this library is left as it is.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # no import finds it


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let what the block imports do without modules that it would take where they are installed.

    Afterwards they can be imported as before; those that were imported before stay.

    >>> with without("wave"):
    ...     import wave
    Traceback (most recent call last):
    ModuleNotFoundError: import of wave halted; None in sys.modules
    >>> import wave
    """
    absent: dict[str, Any] = dict.fromkeys(name for name in modules if name not in sys.modules)
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
