"""The files below a folder, in order, whatever links lead where; and what a pattern matches."""

import glob
import os
from collections.abc import Callable, Iterator
from pathlib import Path


def matches(pattern: str) -> list[str]:
    """Return the paths that a pattern matches, in order; pathlib's own takes no absolute one."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207


def files_below(folder: Path, complain: Callable[[str], None]) -> Iterator[Path]:
    """Yield the files of a folder and of those below it, in order of name; hidden ones are not.

    Links are followed, but never back to a folder they lie in.

    Parameters
    ----------
    folder : Path
        Where to look.
    complain : callable
        Told every folder and link that cannot be followed.
    """
    try:
        above = frozenset({_identity(folder.stat())})
    except OSError as error:
        complain(f"{folder}: cannot be read ({error.strerror}); check its permissions")
        return
    yield from _below(folder, above, complain)


def _below(
    folder: Path, above: frozenset[tuple[int, int]], complain: Callable[[str], None]
) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        complain(f"{folder}: cannot be read ({error.strerror}); check its permissions")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        try:
            is_folder = entry.is_dir()
            status = entry.stat() if is_folder or entry.is_symlink() else None
        except OSError as error:
            complain(f"{path}: a link that leads nowhere ({error.strerror}); delete it")
            continue
        if not is_folder:
            yield path
        elif status is not None and (own := _identity(path.stat())) in above:
            complain(f"{path}: a link back to a folder that it lies in; delete it")
        elif status is not None:
            yield from _below(path, above | {own}, complain)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
