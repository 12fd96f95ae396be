"""Hashes of what a report is made from, read quickly: nothing heavy is imported here."""

import glob
import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sco_research.errors import check_letters
from sco_research.resources import check_file, data_path

_PACKAGE = Path(__file__).resolve().parent.parent
# The packages whose version can change a report's bytes.
_PACKAGES = (
    "beautifulsoup4",
    "lxml",
    "markdown-it-py",
    "matplotlib",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "pypandoc_binary",
    "pypdfium2",
    "pyphen",
    "python-docx",
    "rapidfuzz",
    "scipy",
    "sentencex",
    "simplemma",
    "textstat",
    "typst",
)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    check_file(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_record(path: Path) -> dict[str, str] | None:
    """Return name and hash of an input; its folder is the machine's and says nothing."""
    if not path.is_file():
        return None
    return {"name": path.name, "sha256": file_hash(path)}


def hash_of(files: Iterable[Path], *, root: Path) -> str:
    """Return one hash of the names and the contents of files below a folder."""
    total = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(root).as_posix().encode()
        total.update(b"%d:%s:%s\n" % (len(name), name, file_hash(path).encode()))
    return total.hexdigest()


def hashed_files(folder: Path) -> list[Path]:
    """Return the files in a folder and below it, except those that Python caches."""
    return [
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]


def package_hash() -> str:
    """Return a hash of the package's source: its modules and the templates of its reports."""
    wheel_parts = {"data", "notebooks", "CITATION.cff"}
    ours = [
        path
        for path in hashed_files(_PACKAGE)
        if path.relative_to(_PACKAGE).parts[0] not in wheel_parts
    ]
    return hash_of(ours, root=_PACKAGE)


def data_hash() -> str:
    """Return a hash of what every report reads from ``data/``: all but the documents themselves."""
    root = data_path()
    apart = {"declarations", "catalogue.toml", "README.md"}
    found = [path for path in hashed_files(root) if path.relative_to(root).parts[0] not in apart]
    return hash_of(found, root=root)


@cache
def versions() -> Mapping[str, Any]:
    """Return the versions of Python and of every package that can change a report's bytes."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return {"python": platform.python_version(), "packages": found}


def portable(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return parameters with a file's name for its path: its folder is the machine's.

    Of a pattern the folder that it begins with keeps its name.

    Raises
    ------
    ParameterError
        Where one holds what no record can: part of a file's name that is no UTF-8.

    Examples
    --------
    >>> portable({"codebook": "themes", "level": 3})
    {'codebook': 'themes', 'level': 3}
    """
    for name, value in parameters.items():
        check_letters(value, f"parameter {name!r}")
    return {name: _portable(value) for name, value in parameters.items()}


def split_glob(text: str) -> tuple[str, str]:
    """Split a glob into the folder that it begins with and the pattern; without one, all is folder.

    >>> split_glob("texts/2013/*.txt"), split_glob("*.txt"), split_glob("texts")
    (('texts/2013/', '*.txt'), ('', '*.txt'), ('texts', ''))
    """
    if not glob.has_magic(text):
        return text, ""
    end = text.rfind("/", 0, min(text.find(sign) for sign in "*?[" if sign in text)) + 1
    return text[:end], text[end:]


def _portable(value: object) -> object:
    if isinstance(value, list):
        return [_portable(item) for item in value]
    if not isinstance(value, str):
        return value
    if _is_path(value):
        return _name(value)
    head, pattern = split_glob(value)
    if head and pattern and _is_folder(head):
        return f"{_name(head)}/{pattern}".removeprefix("./")
    return value


def _name(path: str) -> str:
    """Return the last part of a path: of one that ends with a dot, that dot."""
    name = os.path.basename(path.rstrip("/"))  # noqa: PTH119 - Path drops the dot
    return Path(path).resolve().name if name == ".." else name


def _is_path(value: str) -> bool:
    try:
        path = Path(value)
        is_named = len(path.parts) > 1 or "/" in value
        return (bool(path.suffix) and path.is_file()) or (is_named and path.is_dir())
    except (OSError, ValueError):
        return False


def _is_folder(value: str) -> bool:
    try:
        return Path(value).is_dir()
    except (OSError, ValueError):
        return False
