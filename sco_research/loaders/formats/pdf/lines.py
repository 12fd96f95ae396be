"""The words of a page as lines in reading order: columns one after the other."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

# Shares of a page's width; the gutter between two columns lies near the middle.
_GUTTER = (0.3, 0.7)
_NARROWEST_GUTTER = 8.0
_FEWEST_LINES_A_COLUMN = 4
_SHARE_OF_CROSSING_LINES = 0.5
_SMALL = 0.85


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    text: str


@dataclass(slots=True)
class PageLine:
    """A printed line.

    ``number`` counts the lines of the page from the top, ``gap`` is the white space above the
    line in the same column, and ``marks`` are the signs of footnotes that were raised in it.
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
    gap: float = 0.0
    column: int = 0
    marks: list[str] = field(default_factory=list)


def body_size(pages: Iterable[list[Word]]) -> float:
    """Return the size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for words in pages:
        for word in words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def lines_of_page(words: list[Word], page: int, size: float) -> list[PageLine]:
    """Return the lines of a page in the order in which they are read."""
    rows = _rows(words)
    gutter = _gutter(rows)
    parts = list(_parts(rows, gutter)) if gutter else [(0, row) for row in rows]
    lines: list[PageLine] = []
    for column, row in parts:
        line = _line(row, page, size)
        line.column = column
        if lines and lines[-1].column == column and line.top > lines[-1].top:
            line.gap = line.top - lines[-1].bottom
        lines.append(line)
    for number, line in enumerate(sorted(lines, key=lambda item: (item.top, item.left)), start=1):
        line.number = number
    return lines


def _rows(words: list[Word]) -> list[list[Word]]:
    """Group words that stand on one line, whatever their column."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda item: ((item.top + item.bottom) / 2, item.left)):
        middle = (word.top + word.bottom) / 2
        if rows:
            last = max(rows[-1][-6:], key=lambda item: item.bottom - item.top)
            if (
                last.top <= middle <= last.bottom
                or word.top <= (last.top + last.bottom) / 2 <= word.bottom
            ):
                rows[-1].append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda item: item.left) for row in rows]


def _gutter(rows: list[list[Word]]) -> float | None:
    """Return the middle of the white band between two columns, or None for one column."""
    if not rows:
        return None
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    width = right - left
    breaks: Counter[int] = Counter()
    for row in rows:
        for before, after in pairwise(row):
            if after.left - before.right >= _NARROWEST_GUTTER:
                first = max(before.right, left + _GUTTER[0] * width)
                last = min(after.left, left + _GUTTER[1] * width)
                breaks.update(range(int(first) + 1, int(last)))
    if not breaks:
        return None
    most = max(breaks.values())
    if most < _FEWEST_LINES_A_COLUMN:
        return None
    points = sorted(point for point, count in breaks.items() if count == most)
    middle = float(points[len(points) // 2])
    crossing = sum(any(word.left < middle < word.right for word in row) for row in rows)
    return middle if crossing <= _SHARE_OF_CROSSING_LINES * len(rows) else None


def _parts(rows: list[list[Word]], gutter: float) -> Iterable[tuple[int, list[Word]]]:
    """Yield column and words of each line: a band of columns between lines that cross them."""
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for row in rows:
        first = [word for word in row if word.right <= gutter]
        second = [word for word in row if word.left >= gutter]
        whole = len(first) + len(second) < len(row) or (
            first and second and second[0].left - first[-1].right < _NARROWEST_GUTTER
        )
        if whole:
            yield from ((1, line) for line in left)
            yield from ((2, line) for line in right)
            left, right = [], []
            yield 0, row
        else:
            left += [first] if first else []
            right += [second] if second else []
    yield from ((1, line) for line in left)
    yield from ((2, line) for line in right)


def _line(row: list[Word], page: int, size: float) -> PageLine:
    """Join the words of a line; a raised small figure is a footnote's sign and no word."""
    tallest = max(row, key=lambda word: word.size)
    kept: list[Word] = []
    marks: list[str] = []
    for word in row:
        raised = (
            word.size < _SMALL * tallest.size and word.bottom < tallest.bottom - 0.1 * tallest.size
        )
        if raised and kept and word.text.strip("()[],").isdigit() and len(word.text) <= 4:
            marks.append(word.text)
        else:
            kept.append(word)
    pieces: list[str] = []
    for number, word in enumerate(kept):
        # A word of several fonts comes in pieces.
        if number and word.left - kept[number - 1].right > 0.15 * min(
            word.size, kept[number - 1].size
        ):
            pieces.append(" ")
        pieces.append(word.text)
    letters: Counter[float] = Counter()
    for word in kept:
        letters[word.size] += len(word.text)
    return PageLine(
        page=page,
        number=0,
        left=kept[0].left,
        top=min(word.top for word in kept),
        right=kept[-1].right,
        bottom=max(word.bottom for word in kept),
        size=letters.most_common(1)[0][0],
        bold=all(word.bold for word in kept),
        text="".join(pieces),
        marks=marks,
    )
