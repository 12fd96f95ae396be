"""The catalogue of documents that the package knows by id."""

import datetime
import hashlib
import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sco_research.errors import CatalogueError
from sco_research.resources import data_path, home_folder

FILE = "catalogue.toml"
"""A catalogue's name, the package's and the user's."""
TEXTS = "declarations"
"""The folder beside a catalogue in which its texts lie."""
_ID = r"^[a-z0-9][a-z0-9.-]*$"


class _Facts(BaseModel):
    """What is known of a document; what its page does not say is empty, never guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    type: str = ""
    place: str = ""
    date: datetime.date | None = None
    url: str = ""


class Entry(_Facts):
    """One document of the catalogue.

    ``file`` is relative to the folder ``declarations`` beside the catalogue and ``sha256`` is the
    hash of its bytes, checked at every load; both are empty for a document that is known and not
    bundled, which is fetched from its ``url``. ``collection`` is the name by which a whole group is
    fetched.
    """

    id: str = Field(pattern=_ID)
    organization: str = ""
    language: str = ""
    source: str = ""
    file: str = ""
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    collection: str = ""

    @field_validator("file")
    @classmethod
    def _stays_beside(cls, file: str) -> str:
        path = PurePosixPath(file)
        if path.is_absolute() or ".." in path.parts or "\\" in file:
            raise ValueError("put the file into the folder declarations beside the catalogue")
        return file

    @model_validator(mode="after")
    def _is_to_be_had(self) -> Self:
        if bool(self.file) != bool(self.sha256):
            raise ValueError("a file needs its sha256, and a sha256 its file")
        if not (self.file or self.url):
            raise ValueError("name a file or a url")
        return self

    @property
    def is_bundled(self) -> bool:
        """Whether the text lies beside its catalogue."""
        return bool(self.file)


class _Collection(BaseModel):
    """Documents of one publisher, each in one line."""

    model_config = ConfigDict(extra="forbid")

    base: str = ""
    organization: str = ""
    language: str = ""
    source: str = ""
    documents: dict[str, "_Facts | str"]


class _Catalogue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: list[Entry] = []
    collection: dict[str, _Collection] = {}


def catalogue() -> dict[str, Entry]:
    """Return the entries by id: those of ``data/catalogue.toml`` in its order, then the user's own.

    The user's are in ``catalogue.toml`` in the folder that `sco_research.resources.home_folder`
    names; an entry is one line there, and a text of one's own lies in ``declarations`` beside it.

    Raises
    ------
    CatalogueError
        Where a file is malformed, or an id appears twice.

    Examples
    --------
    >>> catalogue()["sco-2013-bishkek"].place
    'Bishkek'
    >>> catalogue()["sco-2019-bishkek"].is_bundled
    False
    """
    own = home_folder() / FILE
    try:
        stamp = own.stat().st_mtime_ns
    except OSError:
        return _packaged()
    return _together(own, stamp)


def _packaged() -> dict[str, Entry]:
    return _read_once(data_path(FILE), 0)


@cache
def _read_once(path: Path, stamp: int) -> dict[str, Entry]:
    return read_catalogue(path)


@cache
def _together(own: Path, stamp: int) -> dict[str, Entry]:
    entries = dict(_packaged())
    for name, entry in _read_once(own, stamp).items():
        if name in entries:
            raise CatalogueError(f"{own}: id {name!r} is the package's own; rename yours")
        entries[name] = entry
    return entries


def read_catalogue(path: Path) -> dict[str, Entry]:
    """Read a catalogue file."""
    try:
        found = _Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        entries = [*found.document, *_known(found.collection)]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: {error}; mend the file") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or str(first["input"])[:80]
        raise CatalogueError(f"{path}, {place}: {first['msg']}; mend the entry") from None
    by_id: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in by_id:
            raise CatalogueError(f"{path}: id {entry.id!r} appears twice; rename one")
        by_id[entry.id] = entry
    return by_id


def _known(collections: dict[str, _Collection]) -> list[Entry]:
    entries: list[Entry] = []
    for name, collection in collections.items():
        for key, said in collection.documents.items():
            facts = _Facts(url=said) if isinstance(said, str) else said
            entries.append(
                Entry(
                    id=key,
                    collection=name,
                    organization=collection.organization,
                    language=collection.language,
                    source=collection.source,
                    **(facts.model_dump() | {"url": collection.base + facts.url}),
                )
            )
    return entries


def is_packaged(entry: Entry) -> bool:
    """Return whether an entry is the package's, and not the user's own."""
    return entry.id in _packaged()


def bundled_source(entry: Entry) -> tuple[Path, bytes]:
    """Return path and bytes of a text beside its catalogue, checked against its hash."""
    ours = is_packaged(entry)
    path = data_path(TEXTS, entry.file) if ours else home_folder() / TEXTS / entry.file
    try:
        data = path.read_bytes()
    except OSError as error:
        mend = "install sco-research again" if ours else "put the text there, or mend the entry"
        raise CatalogueError(f"{entry.id}: {path}: {error.strerror}; {mend}") from None
    found = hashlib.sha256(data).hexdigest()
    if found != entry.sha256:
        raise CatalogueError(
            f"{entry.id}: {path} has sha256 {found[:12]}…, the catalogue says "
            f"{entry.sha256[:12]}…; restore the file, it is never edited"
        )
    return path, data
