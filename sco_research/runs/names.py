"""What a name in a call or a parameter stands for: one table of kinds, which all others ask.

A name of documents is an id of the catalogue, an address on the web, a folder, a file, or a pattern
of files; a file may be a manifest or a table, which names others in turn.
"""

import glob
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from pathlib import Path

from sco_research.loaders.catalogue import catalogue
from sco_research.loaders.document import is_address, is_at_hand
from sco_research.loaders.sources import listed_documents, matches

DOCUMENTS = "others"
"""The parameter of documents that a report is compared with."""
SET_BY_THE_RUN = ("document_id", "output_folder")
"""The parameters that every notebook has and no call gives."""
_MAX_PATH = 4096


class NameKind(Enum):
    """What a name can stand for, in the order in which it is asked."""

    CATALOGUE = auto()
    ADDRESS = auto()
    FOLDER = auto()
    FILE = auto()
    PATTERN = auto()
    NOTHING = auto()

    @property
    def is_known(self) -> bool:
        """Whether the name is one of a document by itself, and no path."""
        return self in (NameKind.CATALOGUE, NameKind.ADDRESS)

    @property
    def is_path(self) -> bool:
        """Whether the name is the path of something that exists."""
        return self in (NameKind.FOLDER, NameKind.FILE)


def kind_of(name: str) -> NameKind:
    """Return what a name stands for.

    A name with the signs of a pattern is a path where there is such a file. An empty name stands
    for nothing, not for the working folder.

    Examples
    --------
    >>> kind_of("sco-2013-bishkek").name, kind_of("https://example.org/a?b").name
    ('CATALOGUE', 'ADDRESS')
    >>> kind_of("texts-of-2013/*.txt").name, kind_of("no-such-file.txt").name, kind_of("").name
    ('PATTERN', 'NOTHING', 'NOTHING')
    """
    if name in catalogue():
        return NameKind.CATALOGUE
    if is_address(name):
        return NameKind.ADDRESS
    if not name or len(name) > _MAX_PATH or "\0" in name:
        return NameKind.NOTHING
    path = Path(name)
    try:
        if path.is_dir():
            return NameKind.FOLDER
        if path.exists():
            return NameKind.FILE
    except OSError:
        # A name that no path can have, such as one of 300 letters.
        return NameKind.NOTHING
    return NameKind.PATTERN if glob.has_magic(name) else NameKind.NOTHING


def documents_behind(name: str) -> list[str | Path]:
    """Expand an id, an address, a path or a pattern to files, folders and ids.

    What a manifest lists follows the manifest itself.
    """
    kind = kind_of(name)
    if kind.is_known:
        return [name]
    if kind is NameKind.NOTHING:
        return []
    # A path may also be read as a pattern, as documents are gathered.
    paths = [Path(path) for path in sorted({*([name] if kind.is_path else []), *matches(name)})]
    listed = [item for path in paths if path.is_file() for item in listed_documents(path)]
    return [*paths, *listed]


def files_named(parameters: Mapping[str, object]) -> Iterator[Path]:
    """Yield the user's files and folders that parameters name.

    Any parameter may name a file with a suffix, or a folder where it is called so; the documents of
    a comparison may be anything.
    """
    for name, text in _texts_in(parameters):
        kind, path = kind_of(text), Path(text)
        counts = {NameKind.FILE: bool(path.suffix), NameKind.FOLDER: name.endswith("_folder")}
        if counts.get(kind):
            yield path
    for text in _compared(parameters):
        yield from (item for item in documents_behind(text) if isinstance(item, Path))


def documents_named(parameters: Mapping[str, object]) -> Iterator[str]:
    """Yield the ids and addresses of documents that parameters name, or a manifest lists.

    A parameter that need not name documents counts only where its text is on this machine.
    """
    for text in _compared(parameters):
        yield from (item for item in documents_behind(text) if isinstance(item, str))
    for name, text in _texts_in(parameters):
        if name != DOCUMENTS and is_at_hand(text):
            yield text


def _compared(parameters: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of documents that are compared."""
    return (text for name, text in _texts_in(parameters) if name == DOCUMENTS)


def _texts_in(parameters: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the name of each parameter with its text, or with each text of its list."""
    for name, value in sorted(parameters.items()):
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield name, text
