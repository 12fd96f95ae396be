"""Printed lines joined to paragraphs."""

import re
from collections import Counter
from itertools import pairwise

from sco_research.loaders.extraction import Extraction
from sco_research.loaders.formats.pdf.joints import Compounds, joint_of_lines
from sco_research.loaders.formats.pdf.lines import PageLine
from sco_research.loaders.formats.pdf.tables import set_apart
from sco_research.text.layout.lines import is_ended
from sco_research.text.layout.paragraphs import begins_a_clause
from sco_research.text.origin import SourceLocation

_MARK = re.compile(r"(?:[-–—•*·▪‣◦●○■]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+\S")
# A paragraph's number may stand without a stop.
_NUMBERED = re.compile(rf"{_MARK.pattern}|\d{{1,3}}\s+\S")
# The keys of the "World and Japan" database's header, each on a line of its own.
_KEY = re.compile(r"[\[［【]\s*[^\W\d][\w -]{1,12}\s*[\]］】]")
_BROKEN = re.compile(r"[^\W_][-\u00ad\u2010]$")
# In units of the type's size.
_WIDE_GAP = 0.45
_INDENT = 0.8
_OVERHANG = 0.5
_SPACE = 0.25
_SHARE_OF_JUSTIFIED = 0.5
_LARGER = 1.08
_LONGEST_HEADING = 200
_MIN_SURE = 2
_SHORTEST_CAPITALS = 12


def write_paragraphs(lines: list[PageLine], size: float, extraction: Extraction) -> None:
    """Write lines as paragraphs, each piece with its page and line.

    Parameters
    ----------
    lines : list of PageLine
        The running text in reading order.
    size : float
        The size of its type.
    extraction : Extraction
        Where to write it.
    """
    leading = _leading(lines)
    compounds = Compounds.of([line.text for line in lines])
    lines = set_apart(lines, size, leading, compounds)
    prose = [line for line in lines if not line.apart] or lines
    margins = _margins(prose)
    justified = _is_justified(prose, size, margins)
    # Bold type marks a heading only where the text is not bold.
    bold = 2 * sum(line.bold for line in prose) > len(prose)
    before: PageLine | None = None
    for line in lines:
        if before is not None and _continues(
            before, line, size, margins, leading, justified=justified
        ):
            _join(extraction, before, line, compounds)
        else:
            if before is not None:
                _part(extraction, before, line, size, leading)
            extraction.write(line.text, _place(line), heading=_is_heading(line, size, bold))
        before = line


def _place(line: PageLine) -> SourceLocation:
    return SourceLocation(page=line.page, line=line.number)


def _margins(lines: list[PageLine]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the left and right margin of each column of each page."""
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        left, right = found.get((line.page, line.column), (line.left, line.right))
        found[line.page, line.column] = (min(left, line.left), max(right, line.right))
    return found


def _leading(lines: list[PageLine]) -> float:
    """Return the white space above a line that continues a paragraph.

    It is that of the lines which surely do; where there are few of them, of most lines.
    """
    sure = [
        line
        for before, line in pairwise(lines)
        if line.text[0].islower() and before.text[-1].isalnum() and not line.apart
    ]
    for among in (sure, lines):
        gaps = Counter(round(line.gap * 2) / 2 for line in among if line.gap > 0)
        if gaps.total() >= _MIN_SURE or among is lines:
            return gaps.most_common(1)[0][0] if gaps else 0.0
    return 0.0


def _continues(
    before: PageLine,
    line: PageLine,
    size: float,
    margins: dict[tuple[int, int], tuple[float, float]],
    leading: float,
    *,
    justified: bool,
) -> bool:
    """Return whether a line continues the paragraph of the line before."""
    if line.apart or before.apart or _KEY.match(line.text):
        return False
    if abs(before.size - line.size) > (_LARGER - 1) * size or before.bold != line.bold:
        return bool(_BROKEN.search(before.text)) and line.text[0].islower()
    # A title in capitals, in one line or several.
    is_title = before.text.isupper() and len(before.text) > _SHORTEST_CAPITALS
    if is_title and line.text[0].isupper() and not line.text.isupper():
        return False
    moved = (before.page, before.column) != (line.page, line.column)
    # "Secretary-" and "General", "2018-" and "2019": a hyphen ends no paragraph.
    if _BROKEN.search(before.text) and line.text[0].isalnum() and not _MARK.match(line.text):
        return moved or line.text[0].islower() or line.gap - leading <= _WIDE_GAP * size
    full = _is_full(before, line, size, margins[before.page, before.column][1], justified)
    ended = is_ended(before.text)
    if _MARK.match(line.text) and (ended or before.text[-1] == "," or not full):
        return False
    if moved:
        if begins_a_clause(before.text, line.text) and line.text[0].isupper():
            return False
        if ended:
            return full and line.text[0].islower()
        return line.text[0].islower() or full
    if line.gap - leading > _WIDE_GAP * size:
        return False
    if ended:
        left = margins[line.page, line.column][0]
        indented = line.left - before.left > _INDENT * size and before.left - left < _INDENT * size
        return full and not (indented and not _NUMBERED.match(before.text))
    return full or line.text[0].islower()


def _is_full(before: PageLine, line: PageLine, size: float, right: float, justified: bool) -> bool:
    """Return whether a line reaches the margin, or had no room for the next word."""
    if justified:
        return right - before.right <= _OVERHANG * size
    return right - before.right <= line.first_word + (_OVERHANG + _SPACE) * size


def _is_justified(
    lines: list[PageLine], size: float, margins: dict[tuple[int, int], tuple[float, float]]
) -> bool:
    """Return whether most lines end at the margin."""
    full = sum(
        margins[line.page, line.column][1] - line.right <= _OVERHANG * size for line in lines
    )
    return full > _SHARE_OF_JUSTIFIED * len(lines)


def _part(
    extraction: Extraction, before: PageLine, line: PageLine, size: float, leading: float
) -> None:
    """Set two paragraphs apart, wider where the page does."""
    extraction.end_paragraph()
    moved = (before.page, before.column) != (line.page, line.column)
    if not moved and line.gap - leading > 3 * (size + leading):
        extraction.add_break()


def _join(extraction: Extraction, before: PageLine, line: PageLine, compounds: Compounds) -> None:
    """Set one line after another, and mend a word that was broken between them."""
    joint = joint_of_lines(before.text, line.text, compounds)
    if joint == "":
        extraction.drop_hyphen()
    extraction.write(f"{' ' if joint == ' ' else ''}{line.text}", _place(line))


def _is_heading(line: PageLine, size: float, bold: bool) -> bool:
    """Return whether a line is set as a heading: larger, or bold where the text is not."""
    if line.apart or len(line.text) > _LONGEST_HEADING or is_ended(line.text):
        return False
    return line.size > _LARGER * size or (line.bold and not bold)
