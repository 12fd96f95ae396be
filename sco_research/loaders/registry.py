"""One source → one Document: the registry of loaders, and what every form has in common."""

import datetime
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import entry_points
from pathlib import PurePath

from sco_research.errors import ScoResearchError, SourceError
from sco_research.loaders.dates import parse_date
from sco_research.loaders.formats import json_records, markdown, plain, worldjpn
from sco_research.loaders.formats.docx import reader as docx
from sco_research.loaders.formats.html import reader as html
from sco_research.loaders.formats.pdf import reader as pdf
from sco_research.loaders.header_lines import with_header_lines
from sco_research.loaders.left_over import left_over_in
from sco_research.loaders.source import ParsedSource, Source
from sco_research.loaders.towns import town_beside_day, town_of_state
from sco_research.organizations.issuer import recognised
from sco_research.text.document import Document, Metadata
from sco_research.text.language import UNKNOWN, language_of
from sco_research.text.layout.datelines import (
    adoption_in,
    goes_on_with_day,
    is_dateline,
    is_formula,
    is_publication,
    meeting_in,
    place_in_dateline,
    stands_alone,
)
from sco_research.text.layout.dates import FoundDate
from sco_research.text.layout.lines import is_symbol
from sco_research.text.layout.titles import opening_of, title_of
from sco_research.text.origin import Origin

ENTRY_POINTS = "sco_research.loaders"
# Neither space, nor a control, nor a sign of no width or of direction.
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Loader:
    """One form of source: how to recognise it and how to read it.

    Attributes
    ----------
    name : str
        The form's name.
    recognises : callable
        Says whether a `Source` has the form; it looks at bytes, name or text and raises nothing.
    read : callable
        Returns the `ParsedSource` of a `Source`; raises `SourceError` in one line that says where,
        what and the mend.
    suffixes : tuple of str
        The endings of the form's files, for folders and archives.
    """

    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], ParsedSource]
    suffixes: tuple[str, ...] = ()


# The first that recognises a source reads it; what needs no decoding is asked first.
LOADERS = (
    Loader("pdf", pdf.recognises, pdf.read, (".pdf",)),
    Loader("docx", docx.recognises, docx.read, (".docx",)),
    Loader("json", json_records.recognises, json_records.read, json_records.SUFFIXES),
    Loader("html", html.recognises, html.read, (".html", ".htm", ".xhtml", ".shtml")),
    Loader("markdown", markdown.recognises, markdown.read, (".md", ".markdown", ".mdown", ".mkd")),
    Loader("worldjpn", worldjpn.recognises, worldjpn.read),
    Loader("plain", plain.recognises, plain.read, (".txt", ".text")),
)
# What is printed on a page, or in a word, and is nothing of what the text says.
_OF_THE_PAGE = frozenset(
    (
        "page number",
        "running head",
        "running foot",
        "line number",
        "footnote mark",
        "rule",
        "ruby reading",
        "image",
        "markup",
    )
)
_OF_BYTES = ("pdf", "docx")
_LONGEST_ID = 100
_EDGE_LINES = 4
_HEADER_LINES = 15
_OPENING = 1_500
# Those of a dozen heads of state, each on two lines.
_SIGNATURES = 2_000
_NO_DATE = "the source names no date"
_NO_PLACE = "the source names no place"
_NO_TITLE = "the source names no title"
# The day that a United Nations document went out, which its record gives for its date.
_DISTRIBUTED = re.compile(r"\bDistr\b.{0,60}", re.S)
# "European Council meeting (22 June 2017) – Conclusions".
_DATE_IN_TITLE = re.compile(
    r"[(\uff08]([^()\uff08\uff09]*\d{4}[^()\uff08\uff09]*)[)\uff09]"
    r"|(?:,|[-–—|]|\bof|\bon)\s*([^,|–—]{6,20}(?:,\s)?\d{4})$"
)
_SOURCE_LINE = re.compile(
    r"(?<=\n)[ \t]*\[?(?:Source|Источник):[ \t]+(?P<source>[^\n\]]{3,200})\]?\s*\Z"
)
_LONGEST_SOURCE_LINE = 400
# "Milan 2018", in a masthead that bears a symbol.
_VENUE = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?),? (\d{4})")
_NO_VENUE = re.compile(
    r"\b(?:summit|agenda|vision|report|decision|declaration|statement|plan)\b|\d", re.I
)
LANGUAGE_UNKNOWN = (
    "its language cannot be told from the text, so that nothing is coded; where it is in English, "
    "load it with language='en'"
)
# The last line of prose that lost its end, and no row of names or of a table.
_OPEN_END = re.compile(r"(?:[a-zа-яё,]|[a-zа-яё]-)$")
_STOP_INSIDE = re.compile(r"[a-zа-яё]{3}[.!?] +[A-ZА-ЯЁ]")
_IN_COLUMNS = re.compile(r" {3,}|\t|_{3,}")
_MIN_PROSE = 60
_CUT_OFF = "the text ends without a stop; it may be cut off"
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


@cache
def loaders() -> tuple[Loader, ...]:
    """Return every loader: those of installed packages before the package's own.

    A package brings one by an entry point of the group ``sco_research.loaders`` that names a
    `Loader`.
    """
    found = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            loader = point.load()
        except Exception as error:
            raise SourceError(
                f"loader {point.name!r} ({point.value}): cannot be imported ({error}); mend or "
                "uninstall the package that brings it"
            ) from None
        if not isinstance(loader, Loader):
            raise SourceError(
                f"loader {point.name!r} ({point.value}): is no Loader; mend or uninstall the "
                "package that brings it"
            )
        found.append(loader)
    return (*found, *LOADERS)


def suffixes() -> frozenset[str]:
    """Return the endings of the files that a folder or an archive is searched for."""
    return frozenset(suffix for loader in loaders() for suffix in loader.suffixes)


def open_source(source: Source, *, id: str) -> Document:
    """Read a source with the first loader that recognises it.

    Parameters
    ----------
    source : Source
        Bytes and name.
    id : str
        The document's id.

    Raises
    ------
    SourceError
        Where it is empty, or its loader cannot read it.
    """
    if not source.data.strip():
        raise SourceError(f"{source.where}: the file is empty; save the document again")
    loader = _loader_of(source)
    reading = _read(loader, source)
    body = reading.text[slice(*reading.body)]
    if not _VISIBLE.search(body):
        raise SourceError(f"{source.where}: the text is empty; save the document again")
    reading = filled_in(reading, PurePath(source.where).name)
    body = reading.text[slice(*reading.body)]
    notices = (*_misnamed(source, loader), *_left_out(reading), *reading.notices)
    notices = (*notices, *left_over_in(body))
    if _is_cut_off(body):
        notices = (*notices, _CUT_OFF)
    if not reading.starts and source.is_decoded and source.text_encoding != "utf-8":
        notices = (f"decoded as {source.text_encoding}", *notices)
    metadata = _metadata(reading, body)
    if metadata.language == UNKNOWN:
        notices = (*notices, LANGUAGE_UNKNOWN)
    origin = Origin(loader.name, source.data, reading.starts, reading.locations, reading.headings)
    head, opening = head_of(reading)
    return Document(
        id=id,
        text=reading.text,
        metadata=recognised(metadata, header=head, opening=opening),
        sha256=hashlib.sha256(source.data).hexdigest(),
        body=reading.body,
        notices=notices,
        removed=reading.removed,
        origin=origin if reading.starts else None,
    )


def _left_out(reading: ParsedSource) -> Iterator[str]:
    """Yield what a source holds beside its text, with its share of the letters."""
    if any(notice.startswith("left out") for notice in reading.notices):
        return
    told = [one for one in reading.removed if one.kind not in _OF_THE_PAGE]
    if told:
        letters = sum(len("".join(one.text.split())) for one in told)
        whole = letters + len("".join(reading.text[slice(*reading.body)].split()))
        kinds = ", ".join(f"{kind} ({n})" for kind, n in Counter(one.kind for one in told).items())
        yield f"left out: {kinds}, {letters / whole:.1%} of the source"


def _is_cut_off(body: str) -> bool:
    """Return whether a text ends amid its prose, as a file does that was not copied whole."""
    line = body.rstrip().rpartition("\n")[2].strip()
    # Of a line as long as a paragraph, the pattern would try every letter.
    if not _OPEN_END.search(line[-2:]) or _IN_COLUMNS.search(line):
        return False
    is_prose = len(line) >= _MIN_PROSE or _STOP_INSIDE.search(line) is not None
    return is_prose and not is_dateline(line)


def filled_in(reading: ParsedSource, name: str = "") -> ParsedSource:
    """Take from the text what its source does not say of it: title, day and place.

    Parameters
    ----------
    reading : ParsedSource
        A text with what a header, a record or a table's row says of it.
    name : str
        The name of its file, which may hold a day; empty where it has none of its own.
    """
    reading = _with_source_line(with_header_lines(reading))
    body = reading.text[slice(*reading.body)]
    return _with_what_the_text_says(_with_date(reading, body, name))


def head_of(reading: ParsedSource) -> tuple[list[str], str]:
    """Return the lines above the first paragraph, and that paragraph with what follows it."""
    start, end = reading.body
    opening = opening_of(reading.text, start, end, reading.headings)
    at = max(start, reading.text.find(opening, start, end)) if opening else start
    head = reading.text[start:at].splitlines()[:_HEADER_LINES]
    whole = reading.text[at : min(end, at + _OPENING)]
    return head, re.split(r"\n[^\S\n]*\n", whole.replace("\r", ""), maxsplit=1)[0]


def _read(loader: Loader, source: Source) -> ParsedSource:
    """Read a source; what its loader did not foresee is one clear error all the same."""
    try:
        return loader.read(source)
    except ScoResearchError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {str(error).splitlines()[0][:100] if str(error) else ''}"
        raise SourceError(
            f"{source.where}: this {loader.name} source cannot be read ({reason.strip(': ')}); it "
            "may be damaged: save it again, or convert it to another form"
        ) from error


def _loader_of(source: Source) -> Loader:
    """Return the first loader that recognises a source."""
    try:
        return next(loader for loader in loaders() if loader.recognises(source))
    except SourceError as error:
        # What only a loader of bytes could have read is asked for its text in vain.
        form = _form_named(source)
        if form not in _OF_BYTES:
            raise
        reason = str(error).removeprefix(f"{source.where}: ").rpartition(";")[0]
        raise SourceError(
            f"{source.where}: this is no {form.upper()}, though it is named so, and no text "
            f"({reason}); get the file again"
        ) from None


def _form_named(source: Source) -> str:
    return next((form.name for form in LOADERS if source.suffix in form.suffixes), "")


def _misnamed(source: Source, loader: Loader) -> Iterator[str]:
    """Yield a notice where a file's name promises another form than its bytes have."""
    form = _form_named(source)
    if form in (*_OF_BYTES, "html") and form != loader.name and loader in LOADERS:
        yield f"the file is named {source.suffix}, but is no {form.upper()}; read as {loader.name}"


def _metadata(reading: ParsedSource, body: str) -> Metadata:
    # What a page declares is often its template's language: the text is asked first.
    told = language_of(body)
    return Metadata(
        title=reading.title,
        place=reading.place,
        date=reading.date,
        source=reading.source,
        notes=reading.notes,
        publisher=reading.publisher,
        language=reading.language or told if told == UNKNOWN else told,
        url=reading.url,
        organization=reading.organization,
    )


def _with_date(reading: ParsedSource, body: str, name: str) -> ParsedSource:
    """Take the date that no header gives from a dateline, or from the file's name, and say so."""
    adopted = adoption_in(body[:1_000])
    if reading.date is not None:
        return _with_adoption(reading, body, adopted)
    if adopted:
        return _dated(reading, day_of="the line of its adoption", day=adopted.day)
    firsts = _lines_in(body[:1_000])[:_EDGE_LINES]
    lasts = _lines_in(body[-1_000:])[-_EDGE_LINES:]
    for line in (*firsts, *reversed(lasts), *_above_signatures(body)):
        if is_dateline(line) and (day := parse_date(line)):
            if not is_publication(line):
                return _dated(reading, day_of=f"the line {line!r}", day=day)
            reading = replace(reading, published=reading.published or day)
    opening = opening_of(reading.text, *reading.body, reading.headings)
    if date := meeting_in(opening).date:
        return _dated(reading, day_of="the opening paragraph", day=date.day)
    if (named := _DATE_IN_TITLE.search(reading.title)) and (
        day := parse_date(named[1] or named[2])
    ):
        return _dated(reading, day_of="the title", day=day)
    if match := _DATE_IN_NAME.search(name):
        day = parse_date("-".join(match.groups()))
        if day is not None:
            return _dated(reading, day_of="the file's name", day=day)
    if reading.published is not None:
        return _dated(reading, day_of="the day the source was published", day=reading.published)
    if _NO_DATE in reading.notices:
        return reading
    return replace(reading, notices=(*reading.notices, _NO_DATE))


def _with_adoption(reading: ParsedSource, body: str, adopted: FoundDate | None) -> ParsedSource:
    """Take the day of adoption where a record gives that of distribution; else tell the two."""
    if adopted is None or adopted.day == reading.date:
        return reading
    sent = _DISTRIBUTED.search(body[:1_000])
    if sent and (day := parse_date(sent[0])) == reading.date:
        reading = replace(reading, published=day)
        return _dated(reading, day_of="the line of its adoption, not distribution", day=adopted.day)
    notice = f"the text says it was adopted on {adopted.day}; the date given stands"
    return replace(reading, notices=(*reading.notices, notice))


# The edges of a text are asked for its day and then for its place.
@lru_cache(maxsize=8)
def _lines_in(text: str) -> tuple[str, ...]:
    """Return the lines that hold something; a dateline that is set in two is one."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        # Nearly every line has no wide gap: to ask that first is quick.
        if "  " in line or not line.isprintable():
            line = " ".join(line.split())
        if lines and goes_on_with_day(lines[-1], line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return tuple(lines)


def _above_signatures(body: str) -> tuple[str, ...]:
    """Return the lines near the end that can be nothing but a dateline, the last one first."""
    return _datelines_in(_lines_in(body[-_SIGNATURES:])[1:])


# These too are asked for the day and then for the place.
@lru_cache(maxsize=8)
def _datelines_in(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        line
        for line in reversed(lines)
        if line and (stands_alone(line) or (is_formula(line) and place_in_dateline(line)))
    )


def _with_source_line(reading: ParsedSource) -> ParsedSource:
    """Take "Source: Official website of …" at the very end for what it is, and not for prose."""
    start, end = reading.body
    match = _SOURCE_LINE.search(reading.text, max(start + 1, end - _LONGEST_SOURCE_LINE), end)
    if match is None or not reading.text[start : match.start()].strip():
        return reading
    source = " ".join(match["source"].split())
    notice = "the last line names the source, and is no part of the text"
    return replace(
        reading,
        body=(start, match.start()),
        source=reading.source or source,
        notices=(*reading.notices, notice),
    )


def _with_what_the_text_says(reading: ParsedSource) -> ParsedSource:
    """Take title and place from the text's own head and datelines, where no header gives them."""
    start, end = reading.body
    text = reading.text
    place = reading.place or ("" if _NO_PLACE in reading.notices else _place_in(reading))
    title = reading.title
    # Set on a line of its own, the place is none of the title's.
    alone = _line_in(text[start : min(end, start + 1_000)], place) if place else ""
    asked = not title and _NO_TITLE not in reading.notices
    if asked or (alone and title and title == title_of(text, start, end, reading.headings)):
        title = title_of(text, start, end, reading.headings, without=alone)
    told = [
        field
        for field, is_new in (("title", title != reading.title), ("place", place != reading.place))
        if is_new
    ]
    notices = list(reading.notices)
    if told:
        verb = "is" if len(told) == 1 else "are"
        notices.append(f"the {' and the '.join(told)} {verb} taken from the text")
    for found, notice in ((title, _NO_TITLE), (place, _NO_PLACE)):
        if not found and notice not in notices:
            notices.append(notice)
    return replace(reading, title=title, place=place, notices=tuple(notices))


def _line_in(head: str, words: str) -> str:
    """Return the line that says these words and nothing else, as it is printed; empty for none."""
    found = re.search(rf"^[ \t]*({re.escape(words)})\s*?$", head, re.I | re.M)
    return found[1] if found else ""


def _place_in(reading: ParsedSource) -> str:
    start, end = reading.body
    text = reading.text[start:end]
    head = _lines_in(text[:1_000])[: 2 * _EDGE_LINES]
    for line in (*head, *_above_signatures(text)):
        if is_dateline(line) and not is_publication(line) and (place := place_in_dateline(line)):
            return place
    if place := town_of_state(head) or town_beside_day(reading):
        return place
    if place := meeting_in(opening_of(reading.text, start, end, reading.headings)).place:
        return place
    return _venue_in(head, reading.date)


def _venue_in(head: Sequence[str], day: datetime.date | None) -> str:
    """Return the place that a masthead with a symbol names beside the year of its day."""
    if day is None or not any(map(is_symbol, head)):
        return ""
    found = (match for line in head if (match := _VENUE.fullmatch(line)))
    named = (match[1] for match in found if match[2] == str(day.year))
    return next((place for place in named if not _NO_VENUE.search(place)), "")


def _dated(reading: ParsedSource, *, day_of: str, day: datetime.date) -> ParsedSource:
    notices = tuple(notice for notice in reading.notices if notice != _NO_DATE)
    return replace(reading, date=day, notices=(*notices, f"the date is taken from {day_of}"))


def id_of(name: str) -> str:
    """Make an id of a file's name: what cannot stand in one becomes a hyphen.

    >>> id_of("Astana 2011")
    'Astana-2011'
    """
    # One system writes an accent as a sign of its own, another as part of the letter.
    composed = unicodedata.normalize("NFC", name)
    clean = re.sub(r"[^\w.-]+", "-", composed)[:_LONGEST_ID].strip("._-")
    return clean or "document"
