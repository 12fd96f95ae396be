"""Where a printer broke the lines of a text, and where its author did."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from sco_research.text.layout.lines import Line, is_ended, is_wrapped

# A printer breaks at a hyphen too.
_BREAKABLE = re.compile(r"[^\s-]*(?:-|(?=\s)|$)")
# Widths of letters in units of the usual one, as serif types have them, within a tenth.
_NARROW = "iljtfrI.,;:'!|()[]/ ’‘“”\"-"
_WIDE = "mwMWABCDGHKNOQRUVXY—%@&ЖМШЩЮФжмшщюф"
_WIDTHS = dict.fromkeys(_NARROW, 0.62) | dict.fromkeys(_WIDE, 1.45)
# The share of a full line that a line must fall short, its next word counted, before its end is
# taken for the author's; it is measured on the lines that the printer surely broke.
_MAX_SLACK = 0.12
_MIN_SLACK = 0.01
_SHARE_OF_SURE_BREAKS = 0.97
_MIN_SURE_BREAKS = 8
# A line without a stop must fall short by more: a name may begin the next.
_MORE_FOR_A_HEADING = 0.08
_MONOSPACED = -1e-9


def _printed(text: str) -> float:
    widths = _WIDTHS
    return sum([widths.get(character, 1.0) for character in text])


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a text were broken.

    Attributes
    ----------
    measure : callable
        The width of a piece of text.
    width : float
        That of a full line.
    slack, heading : float
        The shares of it that a line must fall short before its end is the author's: after a stop,
        and after none.
    """

    measure: Callable[[str], float]
    width: float
    slack: float
    heading: float

    @property
    def is_exact(self) -> bool:
        """Whether every letter has one width, so that a line is either full or it is not."""
        return self.slack < 0

    def shortfall(self, before: Line, line: Line) -> float:
        """Return the share of a full line that was left, though the next word had its place."""
        word = _BREAKABLE.match(line.text)
        next_word = word[0] if word else line.text
        used = before.indent + self.measure(f"{before.text} {next_word}")
        return (self.width - used) / self.width


def wrapping_of(lines: list[Line]) -> Wrapping | None:
    """Return whether a text is hard-wrapped, and how; None where each paragraph is one line."""
    if not is_wrapped(lines):
        return None
    sure = [
        (before, line)
        for before, line in pairwise(lines)
        if not (line.gap or line.after_page or is_ended(before.text)) and line.text[0].islower()
    ]
    widest = max(line.indent + len(line.text) for line in lines)
    exact = Wrapping(len, widest, _MONOSPACED, 2 * _MIN_SLACK)
    filled = sum(exact.shortfall(before, line) < 0 for before, line in sure)
    if len(sure) >= _MIN_SURE_BREAKS and filled >= _SHARE_OF_SURE_BREAKS * len(sure):
        return exact
    widths = sorted(line.indent + _printed(line.text) for line in lines)
    # One odd line among many does not count.
    width = widths[-1] if len(widths) < 20 else widths[int(0.97 * len(widths))]
    loose = Wrapping(_printed, width, 0.0, 0.0)
    slack = _MAX_SLACK
    if len(sure) >= _MIN_SURE_BREAKS:
        short = sorted(loose.shortfall(before, line) for before, line in sure)
        slack = min(max(short[int(_SHARE_OF_SURE_BREAKS * len(short))], _MIN_SLACK), _MAX_SLACK)
    return Wrapping(_printed, width, slack, slack + _MORE_FOR_A_HEADING)
