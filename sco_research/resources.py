"""Where the data and the notebooks lie, which only this module knows, and how TOML is read.

In a checkout they are the folders ``data/`` and ``notebooks/`` beside the package; in an installed
wheel they are inside it. What a user fetches or adds lies in a folder of the user's own.
"""

import errno
import io
import os
import stat
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sco_research.errors import ScoResearchError

HOME = "SCO_RESEARCH_HOME"
"""The variable of the environment that names the user's own folder."""

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    """Return the folder that holds ``data/`` and ``notebooks/``."""
    for root in (_PACKAGE, _PACKAGE.parent):
        if (root / "data" / "catalogue.toml").is_file():
            return root
    raise ScoResearchError(
        f"{_PACKAGE}: the package's data folder is missing; install sco-research again"
    )


def data_path(*parts: str) -> Path:
    """Return the path of a file of the package's ``data`` folder.

    >>> data_path("catalogue.toml").name
    'catalogue.toml'
    """
    return _root().joinpath("data", *parts)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that a user names.

    Raises
    ------
    OSError
        Where there are none, also of a device or a pipe: its end may never come.

    Examples
    --------
    >>> read_file(data_path("catalogue.toml"))[:1]
    b'#'
    """
    check_file(path)
    return path.read_bytes()


def check_file(path: Path) -> None:
    """Refuse a device and a pipe: the end of what they give may never come.

    Raises
    ------
    OSError
        Where it is one, or nothing at all.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, no file", str(path))


def file_text(path: Path, encoding: str = "utf-8") -> str:
    r"""Return the text of a file that a user names, each of its lines ended by ``\n``.

    Raises
    ------
    OSError, UnicodeDecodeError
        Where it cannot be read, or is in another encoding.

    Examples
    --------
    >>> file_text(data_path("catalogue.toml"))[:1]
    '#'
    """
    return io.StringIO(read_file(path).decode(encoding), newline=None).read()


def utf8_text(content: bytes, file: str, error: type[ScoResearchError]) -> str:
    """Return the text of a file of data, or raise the error with the first byte that is wrong.

    >>> utf8_text("Zenda – 2013".encode(), "notes.toml", ScoResearchError)
    'Zenda – 2013'
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error(f"{file}: byte {fault.start} is no UTF-8; save the file as UTF-8") from fault


def toml_table(content: bytes, file: str, error: type[ScoResearchError]) -> dict[str, Any]:
    """Return the content of a TOML file, or raise the error with its first fault.

    >>> toml_table(b"members = 6", "profile.toml", ScoResearchError)
    {'members': 6}
    """
    try:
        return tomllib.loads(utf8_text(content, file, error))
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{file}: no valid TOML ({fault}); mend that place") from fault


def home_folder() -> Path:
    """Return the folder of the user's own catalogue and of the documents fetched.

    It is ``$SCO_RESEARCH_HOME`` where that is set, else the system's place for a user's data.
    Nothing is made by asking.
    """
    if named := os.environ.get(HOME):
        return Path(named).expanduser()
    return _place_of_data(os.environ.get("XDG_DATA_HOME"), os.environ.get("HOME"))


@lru_cache(maxsize=4)
def _place_of_data(*variables: str | None) -> Path:
    """Return the system's folder for a user's data, which some systems name in these variables."""
    from platformdirs import user_data_path

    return user_data_path("sco-research", appauthor=False)


def citation_file() -> Path:
    """Return the path of ``CITATION.cff``, the one source of how the software is cited."""
    return _root() / "CITATION.cff"


def lock_file() -> Path | None:
    """Return the path of the lock of every dependency, which a wheel does not carry."""
    path = _root() / "requirements.txt"
    return path if path.is_file() else None


def notebooks_folder() -> Path:
    """Return the folder of the bundled notebooks."""
    return _root() / "notebooks"


def reports_folder() -> Path:
    """Return the default folder of reports: ``reports`` in the current folder.

    A notebook's kernel runs in the notebook's folder, so its report goes beside it. Only at the top
    of the package's own checkout, or among its notebooks, are the bundled reports written.
    """
    current = Path.cwd()
    if (_PACKAGE.parent / "pyproject.toml").is_file() and current == notebooks_folder():
        return _PACKAGE.parent / "reports"
    return current / "reports"
