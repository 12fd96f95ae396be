"""A report's folder appears whole or not at all."""

import ctypes
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sco_research import process_lock
from sco_research.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment] # asked for where it is used

RENDERED_BY_RUNNER = ".rendered-by-runner"
"""A file in the output folder: the process that runs the notebook renders the report."""
ANNOTATED_DOCUMENT = ".annotated-document.html"
"""The annotated document that the HTML page ends with, kept to render the page again."""

# In a working folder: the name of the folder to be replaced, for `sweep`, and the replaced one.
_NAME = "name-of-target"
_OLD = "replaced-report"
_TRIES = 20
# Linux's renameat2: AT_FDCWD and RENAME_EXCHANGE of <fcntl.h> and <linux/fs.h>.
_AT_WORKING_FOLDER = -100
_EXCHANGE = 2


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write to; it takes the target's place when the block ends well.

    Files in the target that no earlier report wrote are kept; when the block fails, the target is
    unchanged and nothing is left behind. What a killed run left is removed first. A symbolic link
    stays one: the folder it points to is replaced.

    Raises
    ------
    OutputError
        Where the target is a file, cannot be written, or holds a foreign file under a name that the
        report needs.
    """
    try:
        target = target.resolve()
        if target.is_file():
            raise OutputError(f"{target}: this is a file; name a folder for the report")
        sweep(target.parent)
        work = _working_folder(target)
    except (OSError, RuntimeError) as error:
        raise _cannot_write(target, error) from None
    try:
        new = work / "new"
        new.mkdir()
        yield new
        _replace(new, target, work)
    except OSError as error:
        raise _cannot_write(target, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _working_folder(target: Path) -> Path:
    prefix = f".{target.name[:40]}-{process_lock.owner_tag()}-"
    for turn in range(_TRIES):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        except FileNotFoundError:
            # Another report of the document has failed and just removed the empty folder.
            if turn == _TRIES - 1:
                raise
    raise AssertionError


def remove_empty(*folders: Path) -> None:
    """Remove folders in which there is nothing, the inner before the outer."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def sweep(parent: Path) -> None:
    """Remove the working folders that killed runs left beside reports.

    Only a dead process's: other runs may be at work. A report that was just being moved aside for
    the new one goes back to its place.
    """
    for work in process_lock.abandoned(parent, "."):
        with suppress(OSError):
            name = (work / _NAME).read_text(encoding="utf-8")
            with _turn(parent):
                if not (parent / name).exists():
                    (work / _OLD).rename(parent / name)
        shutil.rmtree(work, ignore_errors=True)
        with suppress(OSError):
            # A file that was being written.
            work.unlink(missing_ok=True)


def _cannot_write(target: Path, error: Exception) -> OutputError:
    reason = getattr(error, "strerror", "") or error
    return OutputError(
        f"{target}: cannot be written ({reason}); choose another output folder or make room; what "
        "was there before is unchanged"
    )


def _replace(new: Path, target: Path, work: Path) -> None:
    """Put the new folder in the target's place, with the foreign files of the old one."""
    # Readable like any other folder; mkdtemp's are private.
    new.chmod(0o755)
    (work / _NAME).write_text(target.name, encoding="utf-8")
    old = work / _OLD
    with _turn(target.parent):
        if not target.exists():
            new.rename(target)
            return
        _preserve_foreign_files(target, new)
        if not _exchange(new, target):
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, so that one run at a time replaces a report in it."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Let go when the process ends, however it ends. Some network disks lock nothing.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, so that one is always whole; return whether it worked."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return not renameat2(
        _AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE
    )


def _preserve_foreign_files(target: Path, new: Path) -> None:
    if not target.is_dir():
        return
    ours = _ours(target)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        if not (path.is_file() or path.is_symlink()) or name.as_posix() in ours:
            continue
        kept = new / name
        if kept.exists():
            raise OutputError(
                f"{path}: no report wrote this file, and the new one needs its name; move it away"
            )
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, kept, follow_symlinks=False)


def _ours(target: Path) -> set[str]:
    """Return what an earlier run wrote, by its own account."""
    try:
        outputs = json.loads((target / "provenance.json").read_text(encoding="utf-8"))["outputs"]
        return {*map(str, outputs), "provenance.json", "ro-crate-metadata.json", ANNOTATED_DOCUMENT}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
