"""Source → Document: the registry of loaders, and the two functions that use it."""

import difflib
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sco_research.errors import SourceError
from sco_research.loaders import plain, worldjpn
from sco_research.loaders.catalogue import Entry, bundled_source, catalogue
from sco_research.loaders.encoding import decode
from sco_research.loaders.reading import Reading
from sco_research.text.document import Corpus, Document, Metadata
from sco_research.text.scripts import language_of

_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Loader:
    """One source form: how to tell it, and how to read it."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str, str], Reading]


# The first that recognises a text reads it.
LOADERS = (
    Loader("worldjpn", worldjpn.recognises, worldjpn.read),
    Loader("plain", plain.recognises, plain.read),
)


def load_document(
    source: str | Path, *, id: str | None = None, encoding: str | None = None
) -> Document:
    """Load a document by its id in the catalogue or by the path of a file.

    Parameters
    ----------
    source : str or Path
        A catalogue id such as ``"sco-2013-bishkek"``, or a text file: plain, or in the form of the
        "World and Japan" database (bracketed header, ``[Full text]``, body).
    id : str, optional
        The document's id; made from the file's name where it is not given.
    encoding : str, optional
        The file's encoding, where it is known and is not UTF-8; else it is recognised where that
        is certain, and named in the document's notices.

    Returns
    -------
    Document

    Raises
    ------
    SourceError
        Where the source is missing, a folder, empty, undecodable, or lacks its body.
    CatalogueError
        Where a bundled text is not the one that the catalogue describes.

    Examples
    --------
    >>> document = load_document("sco-2013-bishkek")
    >>> document.metadata.place, str(document.metadata.date)
    ('Bishkek', '2013-09-13')
    """
    entry = catalogue().get(str(source))
    if entry is not None:
        return _bundled(entry, id)
    path = Path(source)
    data = _read(path, str(source))
    return _document(data, where=str(path), id=id or _id_of(path), encoding=encoding)


def load_corpus(sources: str | Path | Iterable[str | Path]) -> Corpus:
    """Load several documents.

    Parameters
    ----------
    sources : str, Path or iterable of them
        Catalogue ids and paths; a folder stands for its ``.txt`` files in order of name.

    Returns
    -------
    Corpus

    Examples
    --------
    >>> len(load_corpus(["sco-2013-bishkek"]))
    1
    """
    listed = [sources] if isinstance(sources, str | Path) else list(sources)
    found: list[Document] = []
    for source in listed:
        path = Path(source)
        if str(source) not in catalogue() and path.is_dir():
            found += [load_document(text) for text in sources_in(path)]
        else:
            found.append(load_document(source))
    return Corpus(tuple(found))


def sources_in(folder: Path) -> list[Path]:
    """Return the files of a folder that can be loaded, in order of name.

    Raises
    ------
    SourceError
        Where there is none.
    """
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        raise SourceError(f"{folder}: the folder holds no .txt file; name another folder")
    return texts


def id_of(source: str | Path) -> str:
    """Return the id that a document will have, without loading it.

    Raises
    ------
    SourceError
        Where there is no such file and no such id, or nothing is in it.

    Examples
    --------
    >>> id_of("sco-2013-bishkek")
    'sco-2013-bishkek'
    """
    if str(source) in catalogue():
        return str(source)
    path = Path(source)
    try:
        is_there = path.is_file() and path.stat().st_size > 0
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        # The reader's own complaint: missing, a folder, empty, a link without an end.
        _read(path, str(source))
    return _id_of(path)


def _bundled(entry: Entry, id: str | None) -> Document:
    path, data = bundled_source(entry)
    loaded = _document(data, where=str(path), id=id or entry.id, encoding="utf-8")
    metadata = Metadata(
        title=entry.title,
        place=entry.place,
        date=entry.date,
        source=entry.source,
        notes=loaded.metadata.notes,
        publisher=loaded.metadata.publisher,
        language=entry.language,
        url=entry.url,
        organization=entry.organization,
    )
    return Document(loaded.id, loaded.text, metadata, loaded.sha256, loaded.body)


def _read(path: Path, name: str) -> bytes:
    """Return the bytes of a file, or say why there are none."""
    if "://" in name:
        raise SourceError(f"{name}: save the page as a text file and give its path")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        close = difflib.get_close_matches(name, catalogue(), n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"ids: {', '.join(catalogue())}"
        raise SourceError(f"{name}: no such file, and no id of the catalogue; {hint}") from None
    except IsADirectoryError:
        raise SourceError(f"{name}: this is a folder; name one file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{name}: cannot be read ({reason}); check its permissions") from None
    if not data.strip():
        raise SourceError(f"{name}: the file is empty; save the document again")
    return data


def _document(data: bytes, *, where: str, id: str, encoding: str | None) -> Document:
    text, found_encoding = decode(data, where=where, encoding=encoding)
    if _HTML.match(text):
        raise SourceError(f"{where}: this is an HTML page; save it as plain text first")
    loader = next(loader for loader in LOADERS if loader.recognises(text))
    reading = loader.read(text, where)
    body = text[slice(*reading.body)]
    if not body.strip():
        raise SourceError(f"{where}: the text is empty; save the document again")
    notices = reading.notices
    if found_encoding != "utf-8":
        notices = (f"decoded as {found_encoding}", *notices)
    metadata = Metadata(
        title=reading.title,
        place=reading.place,
        date=reading.date,
        source=reading.source,
        notes=reading.notes,
        publisher=reading.publisher,
        language=language_of(body),
        url=reading.url,
    )
    digest = hashlib.sha256(data).hexdigest()
    return Document(id, text, metadata, digest, reading.body, notices)


def _id_of(path: Path) -> str:
    """Make an id of a file's name: what cannot stand in one becomes a hyphen."""
    name = re.sub(r"[^\w.-]+", "-", path.stem)[:_LONGEST_ID].strip("._-")
    return name or "document"
