"""A report's folder appears whole or not at all."""

import ctypes
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sco_research.errors import OutputError
from sco_research.reports import owner

LATER = ".render-later"
"""A file that says: whoever runs this notebook renders its report."""
DOCUMENT = ".document.html"
"""Where the annotated document lies that the HTML page ends with."""

# Two runs on one folder take turns: each finds the other's folder there and replaces it.
_TURNS = 20
# Where the name of the folder to be replaced waits for whoever sweeps.
_NAME = "name"
# renameat2(2): from the working folder, change places.
_HERE, _EXCHANGE = -100, 2


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write to; it takes the target's place when the block ends well.

    What stood in the target and is not of an earlier report stays there; when the block fails,
    nothing there has changed and nothing is left behind. What a killed run left is removed first. A
    link stays a link: the folder it leads to is replaced.

    Raises
    ------
    OutputError
        Where the target is a file, cannot be written, or holds somebody else's file by a name that
        the report needs.
    """
    try:
        target = target.resolve()
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target}: this is a file; name a folder for the report")
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        prefix = f".{target.name[:40]}-{owner.tag()}-"
        work = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
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


def sweep(parent: Path) -> None:
    """Remove the working folders that killed runs left beside reports.

    Only a dead process's: other runs may be at work. A report that was just being moved aside for
    the new one goes back to its place.
    """
    for work in owner.abandoned(parent, "."):
        with suppress(OSError):
            name = (work / _NAME).read_text(encoding="utf-8")
            for old in sorted(work.glob("old-*"), reverse=True):
                if not (parent / name).exists():
                    old.rename(parent / name)
        shutil.rmtree(work, ignore_errors=True)


def _cannot_write(target: Path, error: Exception) -> OutputError:
    reason = getattr(error, "strerror", "") or error
    return OutputError(
        f"{target}: cannot be written ({reason}); choose another output folder or make room; what "
        "was there before is unchanged"
    )


def _replace(new: Path, target: Path, work: Path) -> None:
    """Put the new folder in the target's place, with the strangers' files of the old one."""
    # Readable like any other folder; mkdtemp's are private.
    new.chmod(0o755)
    (work / _NAME).write_text(target.name, encoding="utf-8")
    for turn in range(_TURNS):
        old = work / f"old-{turn}"
        with suppress(FileNotFoundError):
            _keep_strangers(target, new)
            if _exchange(new, target):
                return
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists() and not target.exists():
                old.rename(target)
            if not target.is_dir() or turn == _TURNS - 1:
                raise
        else:
            return


def _exchange(new: Path, target: Path) -> bool:
    """Let two folders change places in one step, where the system can; say whether it could.

    There is then no moment, however short, at which a kill leaves no report.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    paths = (os.fsencode(new), os.fsencode(target))
    if rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() == errno.ENOENT:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target))
    return False


def _keep_strangers(target: Path, new: Path) -> None:
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
        return {*map(str, outputs), "provenance.json", "ro-crate-metadata.json", DOCUMENT}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
