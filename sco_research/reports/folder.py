"""A report's folder appears whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sco_research.errors import OutputError


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write to; it takes the target's place when the block ends well.

    What stood in the target and is not written anew stays there; when the block fails, nothing
    there has changed and nothing is left behind.

    Raises
    ------
    OutputError
        Where the target is a file, or cannot be written.
    """
    try:
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target}: this is a file; name a folder for the report")
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=target.parent))
    except OSError as error:
        raise _cannot_write(target, error) from None
    try:
        new = work / "new"
        new.mkdir()
        yield new
        _replace(new, target, work / "old")
    except OSError as error:
        raise _cannot_write(target, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _cannot_write(target: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{target}: cannot be written ({error.strerror or error}); choose another output folder or "
        "make room; what was there before is unchanged"
    )


def _replace(new: Path, target: Path, old: Path) -> None:
    """Put the new folder in the target's place, with the strangers' files of the old one."""
    # Readable like any other folder; mkdtemp's are private.
    new.chmod(0o755)
    if not target.exists():
        new.rename(target)
        return
    for path in sorted(target.rglob("*")):
        kept = new / path.relative_to(target)
        if path.is_file() and not kept.exists() and not _is_ours(path.relative_to(target)):
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, kept)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise


def _is_ours(path: Path) -> bool:
    """Tell a file of an earlier run of the same report, such as a table that is no more."""
    return any(path.match(pattern) for pattern in ("tables/tbl-*.csv", "figures/fig-*.???"))
