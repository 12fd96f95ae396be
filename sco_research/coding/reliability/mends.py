"""What a faulty cell of a coding sheet was meant to be."""

import difflib
import re
from functools import lru_cache

_DATE = re.compile(
    r"\d{1,4}[-./]\d{1,2}([-./]\d{2,4})?( \d\d:\d\d(:\d\d)?)?"
    r"|\d{1,2}[-. ]+[^\W\d]{3,}([-. ]+\d{2,4})?|[^\W\d]{3}-\d\d"
)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.I)
_FEW = 8


@lru_cache(maxsize=1024)
def near_answer(cell: str, known: tuple[str, ...]) -> str:
    """Return the mend for an answer that is not known.

    >>> near_answer("helth", ("energy", "health"))
    "; 'health' is near"
    """
    if spoilt := spoilt_by_spreadsheet(cell):
        return spoilt
    near = difflib.get_close_matches(cell.lower(), [item.lower() for item in known], n=1)
    if near:
        meant = next(item for item in known if item.lower() == near[0])
        return f"; {meant!r} is near"
    return _some(known)


def near_id(segment: str, known: tuple[str, ...]) -> str:
    """Return the mend for an id that is not known, such as one that a program has prettified.

    >>> near_id("Note: P1 – S1", ("note:p1.s1",))
    "; 'note:p1.s1' is meant"
    """
    meant = _by_letters(known).get(_letters(segment))
    return f"; {meant!r} is meant" if meant else spoilt_by_spreadsheet(segment) or _some(known)


@lru_cache(maxsize=4)
def _by_letters(known: tuple[str, ...]) -> dict[str, str]:
    return {_letters(item): item for item in known}


def _letters(segment: str) -> str:
    return re.sub(r"[\W_]", "", segment).lower()


def _some(known: tuple[str, ...]) -> str:
    return "; known are " + ", ".join(known[:_FEW]) + (", …" if len(known) > _FEW else "")


def spoilt_by_spreadsheet(cell: str) -> str:
    """Return what a spreadsheet seems to have made of a cell, with the mend; else nothing.

    >>> spoilt_by_spreadsheet("1.5E+11")
    '; it looks like a number that the spreadsheet shortened: format as text'
    """
    if _DATE.fullmatch(cell):
        return "; it looks like a date that the spreadsheet made: format as text, and type again"
    if _SCIENTIFIC.fullmatch(cell):
        return "; it looks like a number that the spreadsheet shortened: format as text"
    return ""
