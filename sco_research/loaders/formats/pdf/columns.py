"""The columns of a page: white space between prose and prose."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sco_research.loaders.formats.pdf.rows import Row

# Shares of a page's width between which the gutter of two columns lies.
_GUTTER = (0.25, 0.75)
# In units of the type's size; a line crosses the gutter where its gap is much narrower than most.
_NARROWEST_GUTTER = 0.5
_SHARE_OF_THE_GUTTER = 0.6
_MIN_LINES_A_COLUMN = 4
_SHARE_OF_CROSSING_LINES = 0.5
_SAME_EDGE = 2.5
_MAX_TRIED = 4
# A table may have many more, and each would be tried.
_MAX_COLUMNS = 4
_LARGEST_INDENT = 3.0
# Prose fills its column, and its lines begin amid sentences.
_SHARE_OF_FULL_LINES = 0.5
_FULL_LINE = 0.8
_SHARE_OF_LINES_AMID_SENTENCES = 0.3
_MIN_WORDS_A_LINE = 2.5
# The columns of a table have wide white space within them where they are several.
_WIDE_SPACE = 1.2
_SHARE_OF_PARTED_LINES = 0.4
_SHARE_OF_CASED_LETTERS = 0.3


@dataclass(frozen=True, slots=True)
class Gutter:
    """The place between two columns, and the least white space that a line has there."""

    place: float
    width: float


def gutters_of(rows: list[Row]) -> list[Gutter]:
    """Return the gutters between the columns of a page."""
    gutter = _gutter(rows)
    if gutter is None:
        return []
    parts = [parts for row in rows if (parts := _parted(row, gutter))]
    sides = ([row for row in side if row.words] for side in zip(*parts, strict=True))
    return [gutter, *(inner for side in sides for inner in gutters_of(side))]


def in_columns(
    rows: list[Row], gutters: Sequence[Gutter] = (), column: int = 0
) -> Iterator[tuple[int, Row]]:
    """Yield column and words of each line: a band of columns between lines that cross them.

    Parameters
    ----------
    rows : list of Row
        The rows of a page, or of a column of it.
    gutters : sequence of Gutter
        Those of the document's other pages: a page that ends early may have few lines in a column.
    column : int
        The number of the column.
    """
    gutter = _gutter(rows) or next((known for known in gutters if _fits(rows, known)), None)
    if gutter is None:
        yield from ((column, row) for row in rows)
        return
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        parts = _parted(row, gutter)
        if parts is None:
            yield from in_columns(left, gutters, 3 * column + 1)
            yield from in_columns(right, gutters, 3 * column + 2)
            left, right = [], []
            yield column, row
        else:
            left += [parts[0]] if parts[0].words else []
            right += [parts[1]] if parts[1].words else []
    yield from in_columns(left, gutters, 3 * column + 1)
    yield from in_columns(right, gutters, 3 * column + 2)


def _fits(rows: list[Row], gutter: Gutter) -> bool:
    """Return whether the lines of a page leave white space where other pages have a gutter."""
    parts = [parts for row in rows if (parts := _parted(row, gutter))]
    if len(rows) - len(parts) > _SHARE_OF_CROSSING_LINES * len(rows):
        return False
    right = [second for _, second in parts if second.words]
    begin = sum(row.left - gutter.place <= _LARGEST_INDENT * row.size for row in right)
    return any(first.words for first, _ in parts) and 2 * begin > len(right)


def _parted(row: Row, gutter: Gutter) -> tuple[Row, Row] | None:
    """Part a row at the gutter; None where it crosses it."""
    first = [word for word in row.words if word.right <= gutter.place]
    second = [word for word in row.words if word.left >= gutter.place]
    crosses = len(first) + len(second) < len(row.words)
    if crosses or (first and second and second[0].left - first[-1].right < gutter.width):
        return None
    return (
        Row(first, row.base, row.size, row.margin_number if first else ""),
        Row(second, row.base, row.size, "" if first else row.margin_number),
    )


def _gutter(rows: list[Row], most: int = _MAX_COLUMNS) -> Gutter | None:
    """Return a gutter between columns of prose, of so many at most; None where there is one column.

    White space alone makes no column: a table has it too, and a signature. What stands on both
    sides must be prose.
    """
    if len(rows) < _MIN_LINES_A_COLUMN:
        return None
    left = min(row.left for row in rows)
    width = max(row.right for row in rows) - left
    first, last = left + _GUTTER[0] * width, left + _GUTTER[1] * width
    gaps = [(0.0, row.left) for row in rows if first <= row.left <= last]
    gaps += [
        (before.right, after.left)
        for row in rows
        for before, after in pairwise(row.words)
        if first <= after.left <= last and after.left - before.right >= _NARROWEST_GUTTER * row.size
    ]
    gaps.sort(key=lambda gap: gap[1])
    edges = [edge for _, edge in gaps]
    counts: dict[float, int] = {}
    for place, edge in enumerate(edges):
        counts.setdefault(edge, bisect_right(edges, edge + _SAME_EDGE) - place)
    tried: list[float] = []
    for edge in sorted(counts, key=lambda edge: -counts[edge]):
        if counts[edge] < _MIN_LINES_A_COLUMN or len(tried) == _MAX_TRIED:
            break
        if any(abs(edge - other) <= _SAME_EDGE for other in tried):
            continue
        tried.append(edge)
        widths = sorted(
            edge - end for end, begin in gaps if end and abs(begin - edge) <= _SAME_EDGE
        )
        usual = widths[len(widths) // 10] if widths else 0.0
        gutter = Gutter(edge - 0.5, _SHARE_OF_THE_GUTTER * usual)
        if _are_columns(rows, gutter, most):
            return gutter
    return None


def _are_columns(rows: list[Row], gutter: Gutter, most: int) -> bool:
    """Return whether the lines on both sides of a place are prose, in one column or in more."""
    parts = [parts for row in rows if (parts := _parted(row, gutter))]
    if len(rows) - len(parts) > _SHARE_OF_CROSSING_LINES * len(rows):
        return False
    sides = [[row for row in side if row.words] for side in zip(*parts, strict=True)]
    return all(_is_prose(side) or (most > 2 and _gutter(side, most - 1)) for side in sides)


def _is_prose(rows: list[Row]) -> bool:
    if len(rows) < _MIN_LINES_A_COLUMN:
        return False
    left = min(row.left for row in rows)
    rights = sorted(row.right for row in rows)
    width = rights[int(0.95 * (len(rights) - 1))] - left
    full = sum(row.right - left >= _FULL_LINE * width for row in rows)
    if full < _SHARE_OF_FULL_LINES * len(rows):
        return False
    parted = sum(
        any(
            after.left - before.right > _WIDE_SPACE * row.size
            for before, after in pairwise(row.words)
        )
        for row in rows
    )
    if parted > _SHARE_OF_PARTED_LINES * len(rows):
        return False
    text = " ".join(word.text for row in rows for word in row.words)
    cased = sum(letter.islower() or letter.isupper() for letter in text)
    if cased < _SHARE_OF_CASED_LETTERS * sum(map(str.isalpha, text)):
        # A script without capitals, or without spaces, has nothing more to tell.
        return True
    words = sum(len(row.words) for row in rows)
    amid = sum(row.words[0].text[0].islower() for row in rows)
    return words >= _MIN_WORDS_A_LINE * len(rows) and amid >= _SHARE_OF_LINES_AMID_SENTENCES * len(
        rows
    )
