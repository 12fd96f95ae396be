"""The text form of the "World and Japan" database: a bracketed header, then the document."""

import re
from collections.abc import Iterator

from sco_research.errors import SourceError
from sco_research.loaders.dates import parse_date
from sco_research.loaders.source import ParsedSource, Source

_FIELDS = {
    "title": "title",
    "文書名": "title",
    "place": "place",
    "場所": "place",
    "date": "date",
    "年月日": "date",
    "source": "source",
    "出典": "source",
    "notes": "notes",
    "note": "notes",
    "備考": "notes",
    "注": "notes",
    "日付": "date",
    "題名": "title",
    "本文": "body",
    "full text": "body",
    "fulltext": "body",
    "full-text": "body",
    "text": "body",
    "全文": "body",
}
_KEY = re.compile(
    rf"(?:\A|(?<=[\r\n \t\u3000]))[ \t\u3000]*"
    rf"[\[［【][ \t]*({'|'.join(_FIELDS)})[ \t]*[\]］】][ \t]*",
    re.IGNORECASE,
)
_KEY_ANYWHERE = re.compile(r"[\[［【]\s*(?:full text|全文|文書名|title)\s*[\]］】]", re.IGNORECASE)
_DATABASE = re.compile(r"the world and japan|世界と日本", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|[\r\n]")
_BLANK_LINE = re.compile(r"(?:\r\n|[\r\n])[ \t\u3000]*(?:\r\n|[\r\n])")
_ADDRESS = re.compile(r"https?://\S+")
_HEADER = 20_000
_MAX_WORDS_IN_TITLE = 40


def recognises(source: Source) -> bool:
    """Return whether the first line names the database, or the first key opens a header."""
    return is_page(source.text)


def is_page(text: str) -> bool:
    """Return whether a text has the form, whatever it was extracted from."""
    begin = text[:_HEADER].lstrip("\ufeff \t\r\n")
    first_line = _LINE_END.split(begin, maxsplit=1)[0]
    return bool(_DATABASE.search(first_line) or _KEY.match(begin))


def names_itself(text: str) -> bool:
    """Return whether a text names the database or its keys anywhere."""
    return bool(_DATABASE.search(text) or _KEY_ANYWHERE.search(text))


def read(source: Source) -> ParsedSource:
    """Read the header and find the body."""
    return read_text(source.text, source.where)


def read_text(text: str, where: str) -> ParsedSource:
    """Read the header of a page's text and find the body.

    Raises
    ------
    SourceError
        Where the body cannot be told from the header.
    """
    values: dict[str, str] = {}
    body_start: int | None = None
    for field, start, end in _header(text):
        if field == "body":
            body_start = start
            break
        values[field] = " ".join(text[start:end].split())
    lost: tuple[str, ...] = ()
    if body_start is None:
        values, body_start = _without_full_text(text, values)
        if set(values) != {"title"}:
            lost = (
                "the header has no [Full text]; what follows its last line is read as the text",
            )
    if not text[body_start:].strip():
        raise SourceError(
            f"{where}: nothing follows the header; save the page again with its full text"
        )
    source = values.get("source", "").removesuffix(".").strip()
    return ParsedSource(
        text=text,
        body=(body_start, len(text)),
        title=values.get("title", ""),
        place=values.get("place", ""),
        date=parse_date(values.get("date", "")),
        source=source,
        notes=values.get("notes", ""),
        publisher=_publisher(text),
        url=address[0].rstrip(".,;)") if (address := _ADDRESS.search(source)) else "",
        notices=(*lost, *_notices(values)),
    )


def _header(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each field with the span of its value."""
    keys = list(_keys(text))
    for number, key in enumerate(keys):
        end = keys[number + 1].start() if number + 1 < len(keys) else len(text)
        field = _FIELDS[key[1].lower()]
        yield field, key.end(), end
        if field == "body":
            return


def _keys(text: str) -> Iterator[re.Match[str]]:
    """Yield the keys that begin a line, and those that a page saved as text has run on behind."""
    end = 0
    for key in _KEY.finditer(text, 0, _HEADER):
        begins = not text[: key.start()].strip("\ufeff \t\u3000") or text[key.start() - 1] in "\r\n"
        line = text[end : key.start()]
        runs_on = not _LINE_END.search(line) and (end > 0 or _DATABASE.search(line))
        if begins or runs_on:
            end = key.end()
            yield key


def _without_full_text(text: str, values: dict[str, str]) -> tuple[dict[str, str], int]:
    """Find the body below a header that lost its last key, or every key but the title's.

    The last value ends at the first blank line; a title that runs into the text, at its own line.
    """
    keys = list(_header(text))
    if keys:
        field, start, _ = keys[-1]
    else:
        # What stands first below the database's name is the title, if anything is.
        field = "title"
        start = _paragraph_end(text, len(text) - len(text.lstrip("\ufeff \t\r\n")))
        start += len(text[start:]) - len(text[start:].lstrip())
    line, paragraph = _end_of_line(text, start), _paragraph_end(text, start)
    value = " ".join(text[start:paragraph].split())
    is_title = len(value.split()) <= _MAX_WORDS_IN_TITLE and not value.endswith((".", ":", "。"))
    if field != "title" or is_title:
        return values | {field: value}, paragraph
    return (values | {field: text[start:line].strip()}, line) if keys else (values, start)


def _paragraph_end(text: str, start: int) -> int:
    blank = _BLANK_LINE.search(text, start)
    return blank.start() if blank else len(text)


def _publisher(text: str) -> str:
    """Return the lines above the header, which name the database and its project leader."""
    first_key = next(_keys(text), None)
    above = text[: first_key.start() if first_key else 0].strip("\ufeff \t\r\n")
    return ", ".join(line.strip() for line in _LINE_END.split(above) if line.strip())


def _end_of_line(text: str, start: int) -> int:
    match = _LINE_END.search(text, start)
    return match.start() if match else len(text)


def _notices(values: dict[str, str]) -> Iterator[str]:
    for field in ("title", "place", "date"):
        if not values.get(field):
            yield f"the source names no {field}"
    if values.get("date") and parse_date(values["date"]) is None:
        yield f"the date {values['date']!r} is in no known form"
