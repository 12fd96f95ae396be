"""A header of keys and values above a text: "Title: …", "Date: …", in lines or in a table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise
from typing import NamedTuple

from sco_research.loaders.dates import parse_date
from sco_research.loaders.source import ParsedSource
from sco_research.loaders.tables import LANGUAGES
from sco_research.text.layout.datelines import place_in_dateline

_NAMES = {
    "title": "title|document|document title|(?:name|title) of (?:the )?document|название"
    "|наименование|titre|título|titel|标题|题目",
    "date": "date|dated|date of (?:adoption|signature|issue)|adoption date|date adopted"
    "|adopted(?: on)?|signed(?: on)?|дата|дата (?:принятия|подписания)|fecha|datum|日期|年月日",
    "place": "place|venue|location|city|place of (?:adoption|signature|meeting)|место"
    "|место (?:принятия|подписания|проведения)|lieu|lugar|ort|地点",
    "organization": "organisation|organization|issuer|issued by|issuing (?:body|organi[sz]ation)"
    "|организация|机构",
    "language": "language|язык|langue|idioma|sprache|语言",
    "source": "source|источник|quelle|fuente|来源",
    "url": "url|link|permalink|ссылка",
    "published": "published(?: on)?|posted(?: on)?|publication date|опубликовано|дата публикации"
    "|date (?:published|of publication)",
    "notes": "note|notes|remark|remarks|примечание|примечания",
}
_KNOWN = "|".join(f"(?P<{field}>{names})" for field, names in _NAMES.items())
# Nearly every text has none of these at the head of its first lines: that is quick to ask.
_FIRST_WORDS = frozenset(
    word for names in _NAMES.values() for word in re.findall(r"(?<![^|(:])[^\W\d_]+", names)
) - {"of", "the"}
_FIRST_WORD = re.compile(r"[\s|*_•-]*([^\W\d_]+)")
_BETWEEN = r"[ \t]*(?:[:\uff1a][ \t]*\t?|\t|\|)[ \t|]*"
_EDGE = r"[ \t|*_]*"
_BULLET = r"(?:[-•*][ \t]+)?"
_KEY = re.compile(
    rf"^{_EDGE}{_BULLET}{_EDGE}(?:{_KNOWN}){_EDGE}"
    rf"(?:{_BETWEEN}(?P<value>[^\s|:][^\n]*)|[ \t]*[:\uff1a]?[ \t*]*)$",
    re.I | re.M,
)
# In a row of a page's table nothing but a space parts the two.
_IN_ROW = re.compile(
    rf"^(?-i:(?=[A-ZА-ЯЁ]))(?:{_KNOWN}) (?P<value>(?-i:[A-ZА-ЯЁ\d])[^\n]*)$", re.I | re.M
)
_MIN_IN_ROWS = 3
# A line of a key that no field is called: "Type: Declaration".
_OTHER_KEY = re.compile(
    rf"{_EDGE}{_BULLET}{_EDGE}(?P<key>[^\W\d_a-zа-яё][\w’'/-]*(?: [\w’'/-]+){{0,3}}){_EDGE}"
    rf"{_BETWEEN}"
    r"(?P<value>[^\s|][^\n]{0,119}(?<![.;:,]))$"
)
# What a table of two columns says of them.
_HEADS = re.compile(
    rf"{_EDGE}(?:field|key|item|attribute|property)[\W_]+(?:value|details?|description|content)s?{_EDGE}",
    re.I,
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_STOP = re.compile(r"[.;:,!?]$")
# Above the first key there is nothing but a title.
_FARTHEST_KEY = 600
_MAX_TITLE_LINES = 3
_LONGEST_HEADER = 4_000
_MAX_ROWS = 30


class _Row(NamedTuple):
    """One key with its value: where its line ends, and the field that the key stands for."""

    field: str
    key: str
    value: str
    end: int


def with_header_lines(reading: ParsedSource) -> ParsedSource:
    r"""Take a header of keys and values for what is known of a text, and not for its prose.

    There are two known keys at least, one of them the title's or the date's, with nothing above
    them but a title.

    >>> text = "Title: Lake Pact\nDate: 4 May 2013\nPlace: Zenda\n\nThe states agree.\n"
    >>> reading = with_header_lines(ParsedSource(text, (0, len(text))))
    >>> reading.title, str(reading.date), reading.place, text[slice(*reading.body)].strip()
    ('Lake Pact', '2013-05-04', 'Zenda', 'The states agree.')
    """
    start, end = reading.body
    if not _known_first_words(reading.text[start : min(end, start + _FARTHEST_KEY)]):
        return reading
    known = _known_first_words(reading.text[start : min(end, start + _LONGEST_HEADER)])
    for form, fewest in ((_KEY, 2), (_IN_ROW, _MIN_IN_ROWS)):
        if known < fewest:
            # Each row begins with one.
            continue
        first = form.search(reading.text, start, min(end, start + _FARTHEST_KEY))
        if first is None:
            continue
        lines = _LINE.findall(reading.text, start, first.start())
        above = [line.rstrip() for line in lines if not _HEADS.fullmatch(line.rstrip())]
        if len(above) > _MAX_TITLE_LINES or any(map(_STOP.search, above)):
            continue
        rows = list(_rows(reading.text, first.start(), min(end, start + _LONGEST_HEADER), form))
        fields = {row.field for row in rows if row.field}
        whole = len(fields) >= fewest and fields & {"title", "date"}
        if not whole or (above and "title" in fields):
            continue
        if reading.text[rows[-1].end : end].strip():
            return _filled(replace(reading, body=(rows[-1].end, end)), rows, " ".join(above))
    return reading


def _known_first_words(head: str) -> int:
    """Return how many lines begin with a word that a known key may begin with."""
    begin = (match[1].lower() for line in head.split("\n") if (match := _FIRST_WORD.match(line)))
    return sum(word in _FIRST_WORDS for word in begin)


def is_key_line(line: str) -> bool:
    """Return whether a line is a known key with its value.

    >>> is_key_line("**Date:** 4 May 2013"), is_key_line("Dates differ: see below")
    (True, False)
    """
    match = _KEY.match(line)
    return match is not None and match["value"] is not None


def _rows(text: str, start: int, end: int, form: re.Pattern[str]) -> Iterator[_Row]:
    """Yield the rows of a header; a value may go on in the next line, or stand there."""
    last: _Row | None = None
    lines = islice(_LINE.finditer(text, start, end), _MAX_ROWS)
    # A key alone in its line takes the next line for its value.
    taken = False
    for line, below in pairwise(chain(lines, [None])):
        assert line is not None
        if taken:
            taken = False
            continue
        is_next = last is not None and text.count("\n", last.end, line.start()) <= 1
        before_known = below is not None and form.match(text, below.start(), end) is not None
        known = form.match(text, line.start(), end)
        other = _OTHER_KEY.fullmatch(line[0].rstrip()) if is_next or before_known else None
        if match := known or other:
            value, stop = match["value"] or "", line.end()
            if not value:
                if below is None or before_known:
                    break
                value, stop, taken = below[0], below.end(), True
            if last:
                yield last
            field = next((name for name in _NAMES if known and known[name]), "")
            key = " ".join(match[field or "key"].split())
            last = _Row(field, key, _plain(value), stop)
        elif last and is_next and before_known:
            last = last._replace(value=f"{last.value} {_plain(line[0])}", end=line.end())
        else:
            break
    if last:
        yield last


def _plain(value: str) -> str:
    return " ".join(value.split()).strip("*_| \t")


def _filled(reading: ParsedSource, rows: list[_Row], above: str) -> ParsedSource:
    """Fill in what the header says and the source's own metadata do not."""
    said: dict[str, str] = {}
    notes: list[str] = [reading.notes] if reading.notes else []
    for row in rows:
        if row.field and row.field != "notes":
            said.setdefault(row.field, row.value)
        else:
            notes.append(row.value if row.field else f"{row.key}: {row.value}")
    notices = ["the lines of its header say what is known of the text, and are no part of it"]
    dates = {name: parse_date(said.get(name, "")) for name in ("date", "published")}
    notices += [
        f"the date {said[name]!r} is in no known form"
        for name, day in dates.items()
        if name in said and day is None
    ]
    language = said.get("language", "").lower()
    return replace(
        reading,
        title=_title(reading.title, said.get("title", ""), " ".join(above.split())),
        place=reading.place or said.get("place", "") or place_in_dateline(said.get("date", "")),
        date=reading.date or dates["date"],
        published=reading.published or dates["published"],
        organization=reading.organization or said.get("organization", ""),
        language=reading.language
        or LANGUAGES.get(language, language if len(language) == 2 else ""),
        source=reading.source or said.get("source", ""),
        url=reading.url or said.get("url", ""),
        notes="; ".join(notes),
        notices=(*reading.notices, *notices),
    )


def _title(known: str, said: str, above: str) -> str:
    """Return the title: what a page's first heading is, it may say with its key before it."""
    return said if said and known.endswith(said) else known or said or above
