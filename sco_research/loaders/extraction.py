"""An extraction as it grows: text, the way back to its source, and what is left out of it.

Also what several forms need to write it: the numerals of their lists.
"""

import re

from sco_research.text.layout.datelines import is_dateline
from sco_research.text.layout.headings import LONGEST_HEADING, ends_or_says
from sco_research.text.origin import Removed, SourceLocation

_MAX_BREAKS = 6
_LONGEST_REMOVED = 2_000
_MINUS = "-\u2212\u2013"
_AS_RAISED = str.maketrans(f"0123456789{_MINUS}+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
# What a raised number is a power of: ten, a factor, a unit, a letter of a formula.
_POWER = re.compile(
    r"(?:(?<![\d.,])10|[\u00d7·]\s*\d+|(?<!\w)(?:[A-Za-zµμ]|[kcdmnµμ]m|ft|mi|yd))\s?$"
)
_STOP_OF_PROSE = re.compile(r"[.,;!?。\uff0c；][\"'”’»)\]]*$")
# What a program calls a file that its writer gave no title.
NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|office)\b|word document$|document\s?\d*$|untitled|без имени"
    r"|doc\d*$|презентация powerpoint|powerpoint presentation)"
    r"|.*\.(?:docx?|rtf|odt|pdf|indd|qxd|pages)$"
    r"|[\W\d_]*$",
    re.I,
)
# A rule or the sign that a press release ends with: no words.
NO_WORDS = re.compile(r"[#*_=~\\\s\-–—]+$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
_COUNTED_TEN = re.compile(
    r"\b(?:articles?|paragraphs?|paras?\.?|rules?|resolutions?|nos?\.?)\s+10$", re.I
)


class Extraction:
    """Text written piece by piece, each piece with its location in the source."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.locations: list[SourceLocation] = []
        self.headings: list[int] = []
        self.removed: list[Removed] = []
        self._breaks = 0

    @property
    def text(self) -> str:
        """What has been written so far."""
        return "".join(self._pieces)

    def write(self, piece: str, location: SourceLocation, *, heading: bool = False) -> None:
        """Write a piece of a line, after the line breaks that are due."""
        if self._breaks and self.length:
            self._append("\n" * min(self._breaks, _MAX_BREAKS))
        self._breaks = 0
        if not self.locations or self.locations[-1] != location:
            self.starts.append(self.length)
            self.locations.append(location)
        if heading:
            self.headings.append(self.length)
        self._append(piece)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)

    def drop_hyphen(self) -> None:
        """Take the hyphen of a broken word back."""
        last = self._pieces[-1]
        if last[-1:] in "-\u00ad\u2010":
            self._pieces[-1] = last[:-1]
            self.length -= 1

    def end_paragraph(self) -> None:
        """Put at least one blank line before the next piece."""
        self._breaks = max(self._breaks, 2)

    def end_line(self) -> None:
        """Begin a line with the next piece."""
        self._breaks = max(self._breaks, 1)

    def go_on(self) -> None:
        """Write the next piece on the line of the last one."""
        self._breaks = 0

    def add_break(self) -> None:
        """Put one more line break before the next piece."""
        self._breaks += 1

    @property
    def at_line_start(self) -> bool:
        """Whether the next piece begins a line."""
        return self._breaks > 0 or not self.length

    @property
    def ends_with_space(self) -> bool:
        """Whether another space would be one too many."""
        return self.at_line_start or self._pieces[-1][-1].isspace()

    def remove(self, kind: str, text: str, location: SourceLocation) -> None:
        """Keep what does not go into the text."""
        words = " ".join(text.split())
        if words:
            self.removed.append(Removed(kind, words[:_LONGEST_REMOVED], location))


def heads_in_bold(words: str) -> bool:
    """Return whether a line that is bold as a whole is a heading: it ends as none of prose does.

    >>> heads_in_bold("What was agreed"), heads_in_bold("They agreed."), heads_in_bold("They will:")
    (True, False, False)
    """
    if len(words) > LONGEST_HEADING or _STOP_OF_PROSE.search(words) or is_dateline(words):
        return False
    return not (words.endswith(":") and ends_or_says(words))


def is_power(raised: str, before: str, after: str) -> bool:
    """Return whether a raised number belongs to what it stands at, as in 10⁶, km² and ¹³⁷Cs.

    >>> is_power("6", "a mere 10", " people"), is_power("1", "the Treaty", " of 2013")
    (True, False)
    """
    before = before.replace("\xa0", " ")
    number = raised.strip()
    if number[:1] in f"{_MINUS}+" or (len(number) > 1 and _ELEMENT.match(after)):
        return True
    return _POWER.search(before) is not None and not _COUNTED_TEN.search(before)


def raise_number(number: str) -> str:
    """Return a number in the raised figures of Unicode.

    >>> raise_number("-12")
    '⁻¹²'
    """
    return number.strip().translate(_AS_RAISED)


def roman(number: int) -> str:
    """Return a number as a Roman numeral.

    >>> roman(14), roman(1990)
    ('XIV', 'MCMXC')
    """
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    result = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        result += sign * count
    return result
