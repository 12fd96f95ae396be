"""Documents that are known and not bundled, fetched to the user's own machine and kept there."""

import codecs
import datetime
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from sco_research.errors import ParameterError, ScoResearchError, SourceError
from sco_research.loaders.catalogue import Entry, catalogue
from sco_research.loaders.formats.html.reader import declares_encoding
from sco_research.loaders.registry import id_of, open_source, suffixes
from sco_research.loaders.source import Source
from sco_research.loaders.web.client import PoliteClient, Response, shown_address
from sco_research.loaders.web.ledger import Ledger

Status = Literal["fetched", "kept", "unchanged", "changed", "missing"]

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_MIN_WORDS = 40


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched, and what is to be said of that."""

    data: bytes
    where: str
    suffix: str
    stem: str
    charset: str | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one document.

    Attributes
    ----------
    id : str
        Its id, or its address.
    status : str
        ``fetched`` now; ``kept`` from before, without asking; asked again and ``unchanged``, or
        ``changed`` since first sight, which keeps the first; ``missing`` with the reason.
    detail : str
        The hash, the change, or the reason in one line.
    """

    id: str
    status: Status
    detail: str


def fetch(
    names: str | Iterable[str],
    *,
    refresh: bool = False,
    accept: bool = False,
    client: PoliteClient | None = None,
    ledger: Ledger | None = None,
    on_each: Callable[[str], None] | None = None,
) -> Iterator[Fetched]:
    """Fetch documents that are known and not bundled, one after the other.

    What was fetched before is kept and not asked for again, so a run that was stopped goes on where
    it ended. The hash of a page is recorded at first sight.

    Parameters
    ----------
    names : str or iterable of str
        Ids of the catalogue, names of its collections such as ``"sco"``, or addresses.
    refresh : bool
        Ask for every page again, and say which changed.
    accept : bool
        Take the changed page in the place of the first.
    client, ledger : optional
        Who asks, and where pages are kept.
    on_each : callable, optional
        Told each document's id before it is asked for.

    Yields
    ------
    Fetched
        For every document, missing ones included.

    Raises
    ------
    ParameterError
        Where a name is no document, no collection and no address.
    """
    visitor, kept = client or PoliteClient(), ledger or Ledger()
    for name, url, entry in _wanted([names] if isinstance(names, str) else list(names)):
        if on_each is not None:
            on_each(name)
        try:
            yield _fetch_one(name, url, entry, visitor, kept, refresh=refresh, accept=accept)
        except ScoResearchError as error:
            yield Fetched(shown_address(name), "missing", str(error))


def _wanted(names: list[str]) -> list[tuple[str, str, Entry | None]]:
    known = catalogue()
    collections = {entry.collection for entry in known.values() if entry.collection}
    found: dict[str, tuple[str, str, Entry | None]] = {}
    for name in names:
        if name.startswith(("https://", "http://")):
            found[name] = (name, name, None)
        elif name in known and not known[name].is_bundled:
            found[name] = (name, known[name].url, known[name])
        elif name in known:
            raise ParameterError(f"fetch {name!r}: the document is bundled; load it")
        elif name in collections:
            members = [entry for entry in known.values() if entry.collection == name]
            found |= {entry.id: (entry.id, entry.url, entry) for entry in members}
        else:
            listed = ", ".join(
                [*sorted(collections), *(e.id for e in known.values() if not e.file)]
            )
            raise ParameterError(f"fetch {name!r}: unknown; name an address or one of {listed}")
    return list(found.values())


def _fetch_one(
    id: str,
    url: str,
    entry: Entry | None,
    client: PoliteClient,
    ledger: Ledger,
    *,
    refresh: bool,
    accept: bool,
) -> Fetched:
    record = ledger.get(id)
    data = ledger.page(id) if record else None
    if record and data is not None and not refresh:
        return Fetched(
            id, "kept", f"sha256 {record['sha256'][:12]}…, first seen {record['first_seen']}"
        )
    today = datetime.date.today().isoformat()
    have = record if record and data is not None else {}
    answer = client.get(url, etag=have.get("etag", ""), last_modified=have.get("last_modified", ""))
    digest = hashlib.sha256(answer.data).hexdigest()
    if record and data is not None and (answer.status == 304 or digest == record["sha256"]):
        ledger.note(id, checked=today)
        return Fetched(id, "unchanged", f"sha256 {record['sha256'][:12]}…, checked {today}")
    _check(answer, id, entry)
    suffix = _suffix(answer)
    if record and digest != record["sha256"] and not accept:
        what = f"was {record['sha256'][:12]}… on {record['first_seen']}, is {digest[:12]}…"
        ledger.note(id, checked=today, changed={"sha256": digest, "seen": today})
        if data is not None:
            return Fetched(id, "changed", f"{what}; the first is kept, --accept takes the new one")
        raise SourceError(
            f"{url}: the page changed ({what}) and the first is lost; --accept takes it"
        )
    ledger.keep(
        id,
        f"{_name_of(id)}{suffix}",
        answer.data,
        url=url,
        charset=_encoding(answer) or "",
        etag=answer.etag,
        last_modified=answer.last_modified,
        first_seen=today,
        checked=today,
        changed=None,
    )
    return Fetched(id, "changed" if record and data else "fetched", f"sha256 {digest[:12]}…")


def _check(answer: Response, id: str, entry: Entry | None) -> None:
    """Refuse a page that is cut off, or that is not the document asked for."""
    begin, end = answer.data[:1_000].lower(), answer.data[-1_000:].lower()
    if b"<html" in begin and b"</html" not in end and b"</body" not in end:
        raise SourceError(f"{answer.url}: the page has no end, it came truncated; try again later")
    source = Source(answer.data, answer.url, suffix=_suffix(answer), encoding=_encoding(answer))
    document = open_source(source, id=id_of(id))
    if entry is None:
        return
    words = len(document.text[slice(*document.body)].split())
    if words < _MIN_WORDS:
        raise SourceError(
            f"{answer.url}: the page holds only {words} words, it is no document; look at it in a "
            "browser"
        )
    found, expected = document.metadata.date, entry.date
    told = not any("date is taken from" in notice for notice in document.notices)
    if found and expected and told and found != expected:
        raise SourceError(
            f"{answer.url}: the page is dated {found}, the catalogue says {expected}; look which "
            "is right and mend the entry"
        )


def _encoding(answer: Response) -> str | None:
    """Return the encoding to read a page in, where the server can be believed.

    What a page says of itself goes before; servers say Latin-1 of everything.
    """
    try:
        name = codecs.lookup(answer.charset).name if answer.charset else ""
        # Of no bytes at all Python does not ask whether the encoding is one of texts.
        b"text".decode(name or "utf-8", "replace")
    except (LookupError, ValueError):
        # No encoding that Python knows, or one that is no text's.
        return None
    if name in ("", "iso8859-1", "ascii") or declares_encoding(answer.data):
        return None
    return name


def _suffix(answer: Response) -> str:
    known = _SUFFIXES.get(answer.content_type)
    named = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    return known or (named if named in suffixes() else ".html")


def _name_of(id: str) -> str:
    """Return a file's name for an id or an address, the same at every time."""
    if "://" not in id:
        return id
    digest = hashlib.sha256(id.encode()).hexdigest()[:12]
    return f"{id_of(re.sub('^https?://', '', id))[:60]}-{digest}"


def kept_page(entry: Entry, ledger: Ledger | None = None) -> Page:
    """Return the page of a document that is known and was fetched.

    Raises
    ------
    SourceError
        Where it was not; the message says how.
    """
    found = ledger or Ledger()
    data = found.page(entry.id)
    if data is None:
        raise SourceError(
            f"{entry.id}: known ({entry.url}) and not fetched yet; run "
            f"'sco-research fetch {entry.id}', which needs the network once"
        )
    return _page(entry.id, data, found)


def fetched_page(
    url: str, client: PoliteClient | None = None, ledger: Ledger | None = None
) -> Page:
    """Return the page at an address: the one kept from before, or fetched now and kept.

    Raises
    ------
    SourceError
        Where it cannot be fetched.
    """
    found = ledger or Ledger()
    data = found.page(url)
    if data is None:
        (outcome,) = fetch(url, client=client, ledger=found)
        data = found.page(url)
        if outcome.status == "missing" or data is None:
            raise SourceError(outcome.detail)
    return _page(url, data, found)


def _page(id: str, data: bytes, ledger: Ledger) -> Page:
    record = ledger.get(id) or {}
    notices = [
        f"fetched on {record.get('first_seen', 'an unknown day')} from {record.get('url', id)}"
    ]
    if changed := record.get("changed"):
        notices.append(
            f"the page has changed since: sha256 {changed['sha256'][:12]}… on {changed['seen']}"
        )
    path = PurePosixPath(urlsplit(record.get("url", id)).path)
    return Page(
        data=data,
        where=record.get("url", id),
        suffix=PurePosixPath(record.get("file", "")).suffix,
        stem=path.stem or urlsplit(id).netloc or "page",
        charset=record.get("charset") or None,
        notices=tuple(notices),
    )
