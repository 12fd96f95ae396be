"""One name → one document: a catalogue id, a path, or an address."""

import errno
import re
import stat
from dataclasses import replace
from pathlib import Path

from sco_research.errors import ParameterError, SourceError, closest_path, did_you_mean
from sco_research.loaders.catalogue import Entry, bundled_source, catalogue, is_packaged
from sco_research.loaders.formats import json_records
from sco_research.loaders.registry import LANGUAGE_UNKNOWN, id_of, open_source
from sco_research.loaders.source import Source
from sco_research.loaders.tables import table_loader
from sco_research.organizations.issuer import issued_by, profiles_named, recognised
from sco_research.text.document import Document, Metadata

MAX_BYTES = 1_000_000_000
NO_NAME = "the name of a document is empty; name an id of the catalogue, a path or an address"
_LANGUAGE = re.compile("[a-z]{2}")
_HOLDING_MANY = {".toml": "a manifest", ".zip": "an archive"}


def is_known(name: str) -> bool:
    """Return whether a name is a catalogue id or an address, and no path."""
    return name in catalogue() or is_address(name)


def is_address(name: str) -> bool:
    """Return whether a name is an address on the web."""
    return name.startswith(("https://", "http://"))


def is_at_hand(name: str) -> bool:
    """Return whether a catalogue id or an address has its text on this machine."""
    entry = catalogue().get(name)
    if entry and entry.file:
        return True
    from sco_research.loaders.web.ledger import Ledger

    return is_known(name) and Ledger().get(name) is not None


def load_document(
    source: str | Path,
    *,
    id: str | None = None,
    encoding: str | None = None,
    organization: str | Path = "",
    language: str = "",
) -> Document:
    """Load a document by its id in the catalogue, by the path of a file, or by its address.

    Parameters
    ----------
    source : str or Path
        A catalogue id such as ``"sco-2013-bishkek"``; a file: plain text, the form of the "World
        and Japan" database (bracketed header, ``[Full text]``, body), HTML, PDF, DOCX, Markdown or
        JSON with one record;
        or the ``https://`` address of one page, which is fetched politely and kept.
    id : str, optional
        The document's id; where it is not given, a JSON record's own, or the file's name.
    encoding : str, optional
        The file's encoding, where it is known and is not UTF-8; else it is recognised where that
        is certain, and named in the document's notices.
    organization : str or Path, optional
        Who issues it: a profile's id such as ``"sco"``, several with spaces between them, or the
        path of a profile of your own. Without it, what the catalogue says, or the document's own
        header, title or opening formula; ``metadata.organization_from`` says which.
    language : str
        ISO 639-1 code of its language, where it is known. Without it, what the text itself shows,
        or its header says; where neither tells, ``"und"``, and a notice says so.

    Returns
    -------
    Document
        Title, place and date are those of its header; where it has none, what its own headings and
        datelines say, and a notice says so. For HTML, PDF, DOCX and Markdown ``text`` is what was
        extracted, ``origin`` holds the source and the way back to it, `Document.locate` names the
        place of a character, and ``removed`` is what was left out.

    Raises
    ------
    SourceError
        Where the source is missing, a folder, empty, undecodable, damaged, or lacks its body; where
        it is a table, a manifest or an archive, which `load_corpus` reads; where a document of the
        catalogue is not fetched yet.
    OrganizationError
        Where the organization is unknown; the message names those known.
    ParameterError
        Where the language is no code of two letters.
    CatalogueError
        Where a bundled text is not the one that the catalogue describes.

    Examples
    --------
    >>> document = load_document("sco-2013-bishkek")
    >>> document.metadata.place, str(document.metadata.date)
    ('Bishkek', '2013-09-13')
    >>> document.metadata.organization, document.metadata.organization_from
    ('sco', 'catalogue')
    """
    if organization:
        profiles_named(str(organization))  # its fault before the document's
    if language and not _LANGUAGE.fullmatch(language):
        raise ParameterError(
            f"language {language!r}: is no ISO 639-1 code; give two small letters, such as 'en'"
        )
    document = _loaded(source, id=id, encoding=encoding)
    if language:
        document = replace(
            document,
            metadata=replace(document.metadata, language=language),
            notices=tuple(notice for notice in document.notices if notice != LANGUAGE_UNKNOWN),
        )
    return issued_by(document, organization) if organization else document


def _loaded(source: str | Path, *, id: str | None, encoding: str | None) -> Document:
    name = str(source)
    if not name.strip():
        raise SourceError(NO_NAME)
    # No id holds a slash: for each file of a large folder the catalogue need not be asked.
    entry = catalogue().get(name) if "/" not in name else None
    if entry is not None:
        return _of_catalogue(entry, id)
    if is_address(name):
        from sco_research.loaders.web.fetching import fetched_page

        page = fetched_page(name)
        found = Source(page.data, name, suffix=page.suffix, encoding=encoding or page.charset)
        document = open_source(found, id=id or id_of(page.stem))
        url = document.metadata.url or name
        return replace(
            document,
            metadata=replace(document.metadata, url=url),
            notices=(*document.notices, *page.notices),
        )
    path = Path(source)
    data = _read(path, name)
    if what := _holding_many(path):
        raise SourceError(
            f"{name}: this is named as {what}, which holds many documents; load it with "
            "load_corpus, or rename it where it is one text"
        )
    found = Source(data, name, suffix=path.suffix.lower(), encoding=encoding)
    if is_lock_file(path.name):
        raise SourceError(
            f"{name}: this is a lock file that a word processor keeps while a document is open; "
            "name the document"
        )
    return open_source(found, id=id or id_of(json_records.id_in(found) or path.stem))


def is_lock_file(name: str) -> bool:
    """Return whether a file is one that a word processor keeps while a document is open."""
    return name.startswith(("~$", ".~lock."))


def _holding_many(path: Path) -> str:
    """Return what a file is that only a corpus is made of; empty for a document's."""
    suffix = path.suffix.lower()
    return "a table" if table_loader(path) else _HOLDING_MANY.get(suffix, "")


def document_id_of(source: str | Path) -> str:
    """Return the id that a document will have, loading it only where its name does not say.

    Raises
    ------
    SourceError
        Where there is no such file and no such id, nothing is in it, or it is not fetched yet.

    Examples
    --------
    >>> document_id_of("sco-2013-bishkek")
    'sco-2013-bishkek'
    """
    name, path = str(source), Path(source)
    if (entry := catalogue().get(name)) is not None:
        if not entry.file:
            from sco_research.loaders.web.fetching import kept_page

            kept_page(entry)
        return name
    try:
        is_there = path.is_file() and path.stat().st_size > 0
    except (OSError, ValueError):
        is_there = False
    # The reader's own complaint else: missing, a folder, empty, a link without an end.
    names_itself = path.suffix.lower() in json_records.SUFFIXES
    return id_of(path.stem) if is_there and not names_itself else load_document(source).id


def _of_catalogue(entry: Entry, id: str | None) -> Document:
    if entry.file:
        path, data = bundled_source(entry)
        ours = is_packaged(entry)
        encoding = "utf-8" if ours else None
        found = Source(data, str(path), suffix=path.suffix.lower(), encoding=encoding)
        notices: tuple[str, ...] | None = () if ours else None
    else:
        from sco_research.loaders.web.fetching import kept_page

        page = kept_page(entry)
        found = Source(page.data, page.where, suffix=page.suffix, encoding=page.charset)
        notices = None
    loaded = open_source(found, id=id or entry.id)
    said = loaded.metadata
    metadata = Metadata(
        title=entry.title or said.title,
        place=entry.place or said.place,
        date=entry.date or said.date,
        source=entry.source or said.source,
        notes=said.notes,
        publisher=said.publisher,
        language=entry.language or said.language,
        url=entry.url,
        organization=entry.organization,
    )
    if entry.organization:
        metadata = recognised(metadata, where="catalogue")
    else:
        metadata = replace(
            metadata,
            organization=said.organization,
            issuer=said.issuer,
            organization_from=said.organization_from,
        )
    return replace(
        loaded, metadata=metadata, notices=loaded.notices if notices is None else notices
    )


def _read(path: Path, name: str) -> bytes:
    """Return the bytes of a file, or say why there are none."""
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise SourceError(f"{name}: this is no file but a device or a pipe; name a file")
        if (size := status.st_size) > MAX_BYTES:
            raise SourceError(
                f"{name}: this file has {size / 1e9:.1f} GB, and {MAX_BYTES / 1e9:.0f} GB are "
                "read at most; split it, or put its texts into the rows of a table"
            )
        return path.read_bytes()
    except FileNotFoundError:
        if "://" in name:
            raise SourceError(
                f"{name}: only http:// and https:// addresses are fetched; save the page and give "
                "its path"
            ) from None
        if path.is_symlink():
            raise SourceError(f"{name}: a link that leads nowhere; mend or delete it") from None
        close = closest_path(path, catalogue())
        bundled = [entry.id for entry in catalogue().values() if entry.file]
        hint = did_you_mean(close, f"ids: {', '.join(bundled)}")
        raise SourceError(f"{name}: no such file, and no id of the catalogue; {hint}") from None
    except IsADirectoryError:
        raise SourceError(f"{name}: this is a folder; name one file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        number = getattr(error, "errno", None)
        if number == errno.ENAMETOOLONG:
            raise SourceError(
                f"{path.name[:40]}…: cannot be read ({reason}); mend the name"
            ) from None
        if number == errno.ELOOP:
            raise SourceError(f"{name}: a link that leads to itself; mend or delete it") from None
        raise SourceError(f"{name}: cannot be read ({reason}); check its permissions") from None
