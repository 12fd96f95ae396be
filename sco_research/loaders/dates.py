"""The day that a line of a header names."""

import datetime
import re
import unicodedata

_MONTH_NAMES = {
    1: "january jan января",
    2: "february feb февраля",
    3: "march mar марта",
    4: "april apr апреля",
    5: "may мая",
    6: "june jun июня",
    7: "july jul июля",
    8: "august aug августа",
    9: "september sept sep сентября",
    10: "october oct октября",
    11: "november nov ноября",
    12: "december dec декабря",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})\b\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和)"
_FIRST_YEARS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
# Of a meeting of several days the last is the day of adoption.
_DATE_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s*(?:\d+\w*\s*(?:[-–—]|and)\s*)?{_DAY}\s*,?\s*{_YEAR}",
        rf"(?<!\d){_DAY}\s+(?:day\s+of\s+|of\s+)?{_MONTH}\s*,?\s*{_YEAR}",
        rf"(?<!\d){_YEAR}\s*([-/.])\s*(?P<m>\d{{1,2}})\s*\2\s*(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_YEAR}",
        rf"{_YEAR}\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?:\d{{1,2}}\s*日?\s*[-~〜、-]\s*)?(?P<d>\d{{1,2}})\s*日",
        rf"{_ERA}\s*(?P<y>元|\d{{1,2}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日",
    )
)


def parse_date(text: str) -> datetime.date | None:
    """Return the day that a text names, or None.

    >>> parse_date("September 13, 2013"), parse_date("13-14 June 2019")
    (datetime.date(2013, 9, 13), datetime.date(2019, 6, 14))
    >>> parse_date("平成25年9月13日"), parse_date("2013年9月13日"), parse_date("spring 2013")
    (datetime.date(2013, 9, 13), datetime.date(2013, 9, 13), None)
    """
    plain = unicodedata.normalize("NFKC", text)
    for pattern in _DATE_FORMS:
        match = pattern.search(plain)
        if match:
            found = match.groupdict()
            year = 1 if found["y"] == "元" else int(found["y"])
            year += _FIRST_YEARS[found["era"]] - 1 if found.get("era") else 0
            month = _MONTHS.get(found["m"].lower()) or int(found["m"])
            try:
                return datetime.date(year, month, int(found["d"]))
            except ValueError:
                return None
    return None
