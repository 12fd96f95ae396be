"""A report's folder appears whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sco_research.errors import OutputError

# Two runs on one folder take turns: each finds the other's folder there and replaces it.
_TURNS = 20


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write to; it takes the target's place when the block ends well.

    What stood in the target and is not of an earlier report stays there; when the block fails,
    nothing there has changed and nothing is left behind. A link stays a link: the folder it leads
    to is replaced.

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
        work = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=target.parent))
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
    for turn in range(_TURNS):
        old = work / f"old-{turn}"
        with suppress(FileNotFoundError):
            _keep_strangers(target, new)
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
        return {*map(str, outputs), "provenance.json", "ro-crate-metadata.json"}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
