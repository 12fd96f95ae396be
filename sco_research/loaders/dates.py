"""The day that a field of a header names."""

import datetime
import unicodedata

from sco_research.text.layout.dates import find_date


def parse_date(text: str) -> datetime.date | None:
    """Return the day that a text names, or None; a year to come is none.

    >>> parse_date("September 13, 2013"), parse_date("13-14 June 2019")
    (datetime.date(2013, 9, 13), datetime.date(2019, 6, 14))
    >>> parse_date("平成25年9月13日"), parse_date("二〇一三年九月十三日"), parse_date("spring 2013")
    (datetime.date(2013, 9, 13), datetime.date(2013, 9, 13), None)
    """
    found = find_date(unicodedata.normalize("NFKC", text))
    return found.day if found else None
