"""What a loader finds in a source."""

import datetime
import re
from dataclasses import dataclass

_MONTH_NAMES = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split("|"), start=1)}
_MONTH = f"({_MONTH_NAMES})"
_ORDINAL = r"(?:st|nd|rd|th)?"
# Of a meeting of several days the last is the day of adoption.
_DATE_FORMS = (
    (re.compile(rf"{_MONTH}\s+(?:\d+\s*[-–]\s*)?(\d+){_ORDINAL},?\s+(\d{{4}})", re.I), "mdy"),
    (re.compile(rf"(\d+){_ORDINAL}\s+(?:of\s+)?{_MONTH},?\s+(\d{{4}})", re.I), "dmy"),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), "ymd"),
    (re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"), "ymd"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The body of a source and what its header says.

    ``body`` is the span of the document proper in the decoded text; ``notices`` is what a reader
    should know of the source.
    """

    body: tuple[int, int]
    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    source: str = ""
    notes: str = ""
    publisher: str = ""
    url: str = ""
    notices: tuple[str, ...] = ()


def parse_date(text: str) -> datetime.date | None:
    """Return the day that a text names, or None.

    >>> parse_date("September 13, 2013")
    datetime.date(2013, 9, 13)
    >>> parse_date("平成25年"), parse_date("2013年9月13日")
    (None, datetime.date(2013, 9, 13))
    """
    for pattern, order in _DATE_FORMS:
        match = pattern.search(text)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            month = _MONTHS.get(parts["m"].lower()) or int(parts["m"])
            try:
                return datetime.date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None
