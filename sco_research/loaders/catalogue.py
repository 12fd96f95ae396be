"""The catalogue of documents that the package knows by id."""

import datetime
import hashlib
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.errors import CatalogueError
from sco_research.resources import data_path


class Entry(BaseModel):
    """One document of the catalogue.

    ``file`` is relative to ``data/declarations`` and ``sha256`` is the hash of its bytes, checked
    at every load.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    title: str
    type: str
    place: str
    date: datetime.date
    organization: str
    language: str
    source: str
    url: str
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class _Catalogue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: list[Entry]


@cache
def catalogue() -> dict[str, Entry]:
    """Return the entries of ``data/catalogue.toml`` by id, in its order.

    Raises
    ------
    CatalogueError
        Where the file is malformed.

    Examples
    --------
    >>> catalogue()["sco-2013-bishkek"].place
    'Bishkek'
    """
    return read_catalogue(data_path("catalogue.toml"))


def read_catalogue(path: Path) -> dict[str, Entry]:
    """Read a catalogue file."""
    try:
        found = _Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: {error}; mend the file") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"{path}, {place}: {first['msg']}; mend the entry") from None
    entries: dict[str, Entry] = {}
    for entry in found.document:
        if entry.id in entries:
            raise CatalogueError(f"{path}: id {entry.id!r} stands twice; rename one")
        entries[entry.id] = entry
    return entries


def bundled_source(entry: Entry) -> tuple[Path, bytes]:
    """Return path and bytes of a bundled text, checked against its hash."""
    path = data_path("declarations", entry.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogueError(
            f"{entry.id}: {path}: {error.strerror}; install sco-research again"
        ) from None
    found = hashlib.sha256(data).hexdigest()
    if found != entry.sha256:
        raise CatalogueError(
            f"{entry.id}: {path} has sha256 {found[:12]}…, the catalogue says "
            f"{entry.sha256[:12]}…; restore the file, it is never edited"
        )
    return path, data
