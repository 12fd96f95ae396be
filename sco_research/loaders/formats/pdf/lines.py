"""The words of pages as lines in reading order: columns one after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from sco_research.loaders.extraction import is_power, raise_number
from sco_research.loaders.formats.pdf.columns import Gutter, gutters_of, in_columns
from sco_research.loaders.formats.pdf.direction import (
    in_reading_order,
    is_right_to_left,
    runs_from_the_right,
)
from sco_research.loaders.formats.pdf.rows import Row, Word, rows_of_pages

_SMALL = 0.85
# In units of the type's size.
_SPACE = 0.15
# Between two cells of a table.
_CELL_GAP = 0.8
_OTHERWISE = 0.8
_SPACED_OUT = 0.8
_MIN_SPACED_OUT = 5


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page, its number, and whether it is read from right to left."""

    number: int
    words: list[Word]
    from_the_right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line with wide white space around it."""

    left: float
    right: float
    text: str


@dataclass(slots=True)
class PageLine:
    """A printed line.

    ``number`` counts the lines of the page from the top, ``first_word`` is the width of the first
    word, ``gap`` the white space above the line in the same column, ``marks`` are the signs of
    footnotes that were raised in it, ``margin_number`` is what numbers the line in the margin, and
    ``apart`` says that no line before or after it belongs to its paragraph: the rows of a table.
    """

    page: int
    number: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    text: str
    first_word: float
    gap: float = 0.0
    column: int = 0
    marks: list[str] = field(default_factory=list)
    margin_number: str = ""
    cells: tuple[Cell, ...] = ()
    apart: bool = False


def lines_of_pages(pages: Sequence[PageWords], size: float) -> list[list[PageLine]]:
    """Return the lines of each page in the order in which they are read.

    Parameters
    ----------
    pages : sequence of PageWords
        The pages.
    size : float
        The size of the text's type.
    """
    rows = rows_of_pages([page.words for page in pages], size)
    gutters = [gutter for found in rows for gutter in gutters_of(found)]
    # Pages of one layout have their gutters at one place.
    gutters = list({round(gutter.place, -1): gutter for gutter in gutters}.values())
    return [_lines_of_page(page, found, gutters) for page, found in zip(pages, rows, strict=True)]


def _lines_of_page(page: PageWords, rows: list[Row], gutters: list[Gutter]) -> list[PageLine]:
    lines: list[PageLine] = []
    for column, row in in_columns(rows, gutters):
        line = _line(row, page)
        line.column = column
        if lines and lines[-1].column == column and line.top > lines[-1].top:
            line.gap = line.top - lines[-1].bottom
        lines.append(line)
    for number, line in enumerate(sorted(lines, key=lambda item: (item.top, item.left)), start=1):
        line.number = number
    return lines


def _line(row: Row, page: PageWords) -> PageLine:
    """Join the words of a line; a raised small figure is a footnote's sign and no word."""
    words = row.words
    tallest = max(words, key=lambda word: word.size)
    kept: list[Word] = []
    marks: list[str] = []
    for place, word in enumerate(words):
        raised = (
            word.size < _SMALL * tallest.size and word.bottom < tallest.bottom - 0.1 * tallest.size
        )
        if raised and kept and word.text.strip("()[],").isdigit() and len(word.text) <= 4:
            before = " ".join(one.text for one in kept[-2:])
            after = words[place + 1].text if place + 1 < len(words) else ""
            if word.text.isdigit() and is_power(word.text, before, f" {after}"):
                # 10⁶ and km².
                power = kept[-1].text + raise_number(word.text)
                kept[-1] = replace(kept[-1], text=power, right=word.right)
            else:
                marks.append(word.text)
        else:
            kept.append(word)
    letters: Counter[float] = Counter()
    for word in kept:
        letters[word.size] += len(word.text)
    cells = tuple(_cells(kept, from_the_right=page.from_the_right))
    text = cells[0].text
    if len(cells) > 1:
        text = _text_of(kept, from_the_right=page.from_the_right)
    return PageLine(
        page=page.number,
        number=0,
        left=kept[0].left,
        top=min([word.top for word in kept]),
        right=max([word.right for word in kept]),
        bottom=max([word.bottom for word in kept]),
        size=letters.most_common(1)[0][0],
        bold=all(word.bold for word in kept),
        text=text,
        first_word=_first_word(kept),
        marks=marks,
        margin_number=row.margin_number,
        cells=cells,
    )


def _first_word(words: list[Word]) -> float:
    """Return the width of a line's first word, of whatever pieces."""
    end = words[0].right
    for word in words[1:]:
        if word.spaced or word.left - end > _SPACE * word.size:
            break
        end = word.right
    return end - words[0].left


def _cells(words: list[Word], *, from_the_right: bool) -> Iterator[Cell]:
    """Yield the pieces of a line that wide white space parts."""
    begin = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or words[place].left - words[place - 1].right > _CELL_GAP * min(
            words[place].size, words[place - 1].size
        ):
            piece = words[begin:place]
            text = _text_of(piece, from_the_right=from_the_right)
            yield Cell(piece[0].left, piece[-1].right, text)
            begin = place


def _text_of(words: list[Word], *, from_the_right: bool) -> str:
    """Return words with the spaces between them, in the order of reading."""
    gaps = [
        (after.left - before.right) / min(before.size, after.size)
        for before, after in pairwise(words)
    ]
    spaces = [word.spaced or gap > _SPACE for word, gap in zip(words[1:], gaps, strict=True)]
    single = sum(len(word.text) == 1 for word in words)
    if len(words) >= _MIN_SPACED_OUT and single >= _SPACED_OUT * len(words):
        # Spaced-out letters: a word ends where the space is wider than between most of them.
        least = max(1.5 * median(gaps), _SPACE)
        spaces = [gap > least for gap in gaps]
    # A word of several fonts comes in pieces.
    pieces = [words[0].text]
    for word, space in zip(words[1:], spaces, strict=True):
        if space:
            pieces.append(" ")
        pieces.append(word.text)
    if from_the_right:
        pieces.reverse()
    drawn = "".join(pieces)
    if not is_right_to_left(drawn):
        return drawn
    # A line runs as its page does, or else is nearly all in the other direction.
    share = 1 - _OTHERWISE if from_the_right else _OTHERWISE
    return in_reading_order(drawn, from_the_right=runs_from_the_right(drawn, share))
