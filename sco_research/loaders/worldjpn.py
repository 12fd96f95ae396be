"""The text form of the "World and Japan" database: a bracketed header, then the document."""

import re
from collections.abc import Iterator

from sco_research.errors import SourceError
from sco_research.loaders.reading import Reading, parse_date

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
    "full text": "body",
    "全文": "body",
}
_KEY = re.compile(
    rf"^[ \t]*[\[［【][ \t]*({'|'.join(_FIELDS)})[ \t]*[\]］】][ \t]*", re.IGNORECASE | re.MULTILINE
)
_DATABASE = re.compile(r"the world and japan|世界と日本", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|[\r\n]")
_HEADER = 20_000


def recognises(text: str) -> bool:
    """Tell the form by the database's name in the first line, or by a first key that opens one."""
    begin = text[:_HEADER].lstrip("\ufeff \t\r\n")
    first_line = _LINE_END.split(begin, maxsplit=1)[0]
    return bool(_DATABASE.search(first_line) or _KEY.match(begin))


def read(text: str, where: str) -> Reading:
    """Read the header and find the body.

    Raises
    ------
    SourceError
        Where the body cannot be told from the header.
    """
    values: dict[str, str] = {}
    body_start: int | None = None
    title = (0, 0)
    for field, start, end in _header(text):
        if field == "body":
            body_start = start
            break
        values[field] = " ".join(text[start:end].split())
        if field == "title":
            title = (start, _end_of_line(text, start))
    if body_start is None:
        if set(values) != {"title"}:
            raise SourceError(
                f"{where}: the header has no [Full text]; write that on a line of its own above "
                "the document's first paragraph"
            )
        # The database has pages that lost their whole header but the title.
        values["title"] = " ".join(text[slice(*title)].split())
        body_start = title[1]
    if not text[body_start:].strip():
        raise SourceError(
            f"{where}: nothing follows the header; save the page again with its full text"
        )
    source = values.get("source", "").removesuffix(".").strip()
    return Reading(
        body=(body_start, len(text)),
        title=values.get("title", ""),
        place=values.get("place", ""),
        date=parse_date(values.get("date", "")),
        source=source,
        notes=values.get("notes", ""),
        publisher=_publisher(text),
        url=source if re.match(r"https?://", source) else "",
        notices=tuple(_notices(values)),
    )


def _header(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each field with the span of its value."""
    keys = list(_KEY.finditer(text, 0, _HEADER))
    for number, key in enumerate(keys):
        end = keys[number + 1].start() if number + 1 < len(keys) else len(text)
        field = _FIELDS[key[1].lower()]
        yield field, key.end(), end
        if field == "body":
            return


def _publisher(text: str) -> str:
    """Return the lines above the header, which name the database and its project leader."""
    first_key = _KEY.search(text, 0, _HEADER)
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
