"""The words of a page as lines in reading order: columns one after the other."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from sco_research.loaders.formats.pdf.direction import (
    in_reading_order,
    is_right_to_left,
    runs_from_the_right,
)

# Shares of a page's width between which the gutter of two columns lies.
_GUTTER = (0.25, 0.75)
_NARROWEST_GUTTER = 8.0
_FEWEST_LINES_A_COLUMN = 4
_SHARE_OF_CROSSING_LINES = 0.5
_SAME_EDGE = 2.5
# Prose fills its column, and its lines begin amid sentences.
_SHARE_OF_FULL_LINES = 0.5
_FULL_LINE = 0.8
_SHARE_OF_LINES_AMID_SENTENCES = 0.3
_FEWEST_WORDS_A_LINE = 2.5
_SMALL = 0.85
_LARGE = 1.6
# In units of the type's size.
_SAME_LINE = 0.25
_DESCENT = 0.22
_SPACE = 0.15
_REACH_OF_A_SIGN = 0.5
_CAPITAL = 0.72
# Between two cells of a table.
_CELL_GAP = 1.0
# Those of English, Russian and the Romance languages.
_WORDS_OF_ONE_LETTER = frozenset("aioyàé\u0430\u0432\u0438\u043a\u043e\u0441\u0443\u044f")
_SPACED_OUT = 0.8
_FEWEST_SPACED_OUT = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box, in points from the page's upper left corner.

    ``spaced`` says that a space is drawn before it, however narrow.

    On a page that is read from right to left, ``left`` and ``right`` are measured from its upper
    right corner, so that what comes first has the smaller ones.
    """

    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    text: str
    spaced: bool = False

    @property
    def base(self) -> float:
        """The height of the line that the word stands on."""
        return self.bottom - _DESCENT * self.size

    def in_size(self, size: float) -> "Word":
        """Return the word on the same line in type of another size."""
        base = self.base
        top, bottom = base - (1 - _DESCENT) * size, base + _DESCENT * size
        return replace(self, top=top, bottom=bottom, size=size)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line with wide white space around it."""

    left: float
    right: float
    text: str


@dataclass(slots=True)
class PageLine:
    """A printed line.

    ``number`` counts the lines of the page from the top, ``gap`` is the white space above the
    line in the same column, ``marks`` are the signs of footnotes that were raised in it,
    ``margin_number`` is what numbers the line in the margin, and ``apart`` says that no line
    before or after it belongs to its paragraph: the rows of a table.
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
    margin_number: str = ""
    cells: tuple[Cell, ...] = ()
    apart: bool = False


@dataclass(slots=True)
class _Row:
    """The words of one height on a page, whatever their column."""

    words: list[Word]
    base: float
    size: float
    margin_number: str = ""

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right


def body_size(pages: Iterable[list[Word]]) -> float:
    """Return the size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for words in pages:
        for word in words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def lines_of_page(
    words: list[Word], page: int, size: float, *, from_the_right: bool = False
) -> list[PageLine]:
    """Return the lines of a page in the order in which they are read.

    Parameters
    ----------
    words : list of Word
        The words of the page.
    page : int
        Its number.
    size : float
        The size of the text's type.
    from_the_right : bool
        Whether the page is read from right to left.
    """
    initials, words = _initials(words, size)
    rows = _rows(words)
    for initial in initials:
        _set_initial(rows, initial, size)
    _take_margin_numbers(rows)
    lines: list[PageLine] = []
    for column, row in _in_columns(rows, 0):
        line = _line(row, page, from_the_right=from_the_right)
        line.column = column
        if lines and lines[-1].column == column and line.top > lines[-1].top:
            line.gap = line.top - lines[-1].bottom
        lines.append(line)
    for number, line in enumerate(sorted(lines, key=lambda item: (item.top, item.left)), start=1):
        line.number = number
    return lines


def without_watermarks(words: list[Word], size: float) -> tuple[list[Word], list[Word]]:
    """Return the words of a page without those that are printed large across others, and those.

    Parameters
    ----------
    words : list of Word
        The words of the page.
    size : float
        The size of the text's type.
    """
    large = [word for word in words if word.size >= _LARGE * size]
    if not large:
        return words, []
    text = [word for word in words if word.size < _LARGE * size]
    heights = {word.base for word in large if sum(_crosses(word, other) for other in text) > 1}
    across = [word for word in large if word.base in heights]
    return [word for word in words if word not in across], across


def _crosses(large: Word, word: Word) -> bool:
    """Return whether a word lies under the letters of a large one."""
    over = min(large.right, word.right) - max(large.left, word.left)
    middle = word.base - 0.5 * _CAPITAL * word.size
    return over > 0.1 * word.size and large.base - 0.9 * _CAPITAL * large.size < middle < large.base


def _initials(words: list[Word], size: float) -> tuple[list[Word], list[Word]]:
    """Part the large initials that stand beside several lines from the other words."""
    found = [
        word
        for word in words
        if word.size >= _LARGE * size
        and word.text[-1:].isalpha()
        and sum(map(str.isalpha, word.text)) == 1
    ]
    initials = [word for word in found if len(_heights_beside(word, words)) > 1]
    return initials, [word for word in words if word not in initials]


def _heights_beside(initial: Word, words: list[Word]) -> set[int]:
    """Return the heights of the lines that begin at the right of a large initial."""
    top = initial.base - _CAPITAL * initial.size
    return {
        round(word.base)
        for word in words
        if word.size < _SMALL * initial.size
        and top - 0.2 * word.size < word.base - _CAPITAL * word.size
        and word.base < initial.base + 0.5 * word.size
        and initial.right - 0.1 * initial.size <= word.left < initial.right + 0.5 * initial.size
    }


def _set_initial(rows: list[_Row], initial: Word, size: float) -> None:
    """Set a large initial before the first of the lines beside it, and take their indent off."""
    heights = _heights_beside(initial, [row.words[0] for row in rows])
    beside = [row for row in rows if round(row.words[0].base) in heights]
    if not beside:
        rows.append(_Row([initial], initial.base, initial.size))
        rows.sort(key=lambda row: row.base)
        return
    first, *others = sorted(beside, key=lambda row: row.base)
    word = first.words[0]
    edge = min([row.left for row in others], default=word.left)
    # A word of its own is followed by a space, which the lines below it have not.
    apart = word.left - edge > _SPACE * size or _is_word_alone(initial.text, word.text)
    for row in others:
        row.words[0] = replace(row.words[0], left=initial.left)
    joined = f"{initial.text}{' ' if apart else ''}{word.text}"
    first.words[0] = replace(word, left=initial.left, text=joined)


def _is_word_alone(initial: str, rest: str) -> bool:
    """Return whether an initial is a word, told from whether the two are one together."""
    # Whoever loads no page with an initial does not wait for it.
    import simplemma

    letter = initial.strip("\"'“”«»„‘’").lower()
    if letter not in _WORDS_OF_ONE_LETTER:
        return False
    language = "ru" if "\u0400" <= letter <= "\u04ff" else "en"
    following = rest.strip(".,;:!?\"'“”«»‘’").lower()
    known = simplemma.is_known(letter + following, language)
    return not known and simplemma.is_known(following, language)


def _rows(words: list[Word]) -> list[_Row]:
    """Group words that stand on one line, whatever their column.

    A word belongs to the row whose last word stands as high: a scanned page may lie askew.
    """
    rows: list[_Row] = []
    by_height: dict[int, list[_Row]] = defaultdict(list)
    step = max(_SAME_LINE * max([word.size for word in words], default=1.0), 1.0)
    for word in sorted(words, key=lambda item: (item.left, item.top)):
        base = word.base
        place = int(base / step)
        best: _Row | None = None
        distance = float("inf")
        for near in (place - 1, place, place + 1):
            for row in by_height[near]:
                apart = abs(row.base - base)
                if apart < distance and apart <= _SAME_LINE * max(word.size, row.size):
                    best, distance = row, apart
        if best is None:
            best = _Row([], base, word.size)
            rows.append(best)
            by_height[place].append(best)
        elif word.size >= _SMALL * best.size:
            old = int(best.base / step)
            best.base, best.size = base, max(word.size, best.size)
            if old != place:
                by_height[old].remove(best)
                by_height[place].append(best)
        if not _is_drawn_again(best.words, word):
            best.words.append(word)
    rows.sort(key=lambda row: row.base)
    return _with_raised_signs(rows)


def _is_drawn_again(words: list[Word], word: Word) -> bool:
    """Return whether a word stands there already; the longer of two that cover each other stays."""
    for place in range(len(words) - 1, max(len(words) - 4, -1), -1):
        other = words[place]
        over = min(other.right, word.right) - max(other.left, word.left)
        if over > 0.5 * min(other.right - other.left, word.right - word.left):
            if word.text in other.text:
                return True
            if other.text in word.text:
                words[place] = word
                return True
    return False


def _with_raised_signs(rows: list[_Row]) -> list[_Row]:
    """Set small words that stand a little higher or lower on the line that they touch."""
    for place, row in enumerate(rows):
        if row.size == 0:
            continue
        near = [
            other
            for other in rows[max(place - 2, 0) : place + 3]
            if other.words and row.size < _SMALL * other.size
        ]
        for other in near:
            for word in list(row.words):
                tall = max(other.words, key=lambda item: item.size)
                over = min(word.bottom, tall.bottom) - max(word.top, tall.top)
                if over < 0.4 * (word.bottom - word.top):
                    continue
                if any(
                    -0.1 * other.size
                    <= max(word.left - item.right, item.left - word.right)
                    <= _REACH_OF_A_SIGN * other.size
                    for item in other.words
                ):
                    row.words.remove(word)
                    other.words.append(word)
                    other.words.sort(key=lambda item: item.left)
    return [row for row in rows if row.words]


# ------------------------------------------------------------------------------- margin numbers

_FEWEST_NUMBERED_LINES = 4
_SHARE_OF_COUNTED_LINES = 0.7
_STEPS = (1, 2, 3, 4, 5, 10)


def _take_margin_numbers(rows: list[_Row]) -> None:
    """Take the numbers that count the lines of a page in its margin off the lines.

    A number in the margin is an item's where it numbers what it stands before, and a line's where
    it says how many lines there are above it.
    """
    for side in (0, -1):
        numbered = [
            (place, row.words[side])
            for place, row in enumerate(rows)
            if row.words[side].text.isdecimal() and len(row.words[side].text) <= 4
        ]
        found = _counting_lines(rows, numbered, side)
        for place, word in found:
            row = rows[place]
            row.margin_number = word.text
            if len(row.words) > 1:
                del row.words[side]
    rows[:] = [row for row in rows if not (row.margin_number and row.words[0].text.isdecimal())]


def _counting_lines(
    rows: list[_Row], numbered: list[tuple[int, Word]], side: int
) -> list[tuple[int, Word]]:
    """Return those of the numbers at one side of the lines that count them, or none."""
    text = [row for row in rows if len(row.words) > 1]
    if len(numbered) < _FEWEST_NUMBERED_LINES or not text:
        return []
    if side == 0:
        edge = Counter(round(word.right) for _, word in numbered).most_common(1)[0][0]
        inner = min((row.words[1].left for row in text if _is_near(row.left, edge)), default=0.0)
        margin = [item for item in numbered if item[1].right < inner and item[1].left < edge + 1]
    else:
        inner = max((row.words[-2].right for row in text), default=0.0)
        margin = [item for item in numbered if item[1].left > inner]
    if len(margin) < _FEWEST_NUMBERED_LINES:
        return []
    steps = [
        (int(second.text) - int(first.text), after - before)
        for (before, first), (after, second) in pairwise(margin)
    ]
    step, _ = Counter(numbers for numbers, _ in steps).most_common(1)[0]
    counted = sum(numbers == step and lines == numbers for numbers, lines in steps)
    if step not in _STEPS or counted < _SHARE_OF_COUNTED_LINES * len(steps):
        return []
    # Items are numbered one by one too, where each is a line; but an item does not begin within a
    # sentence.
    words = [rows[place].words[1 if side == 0 else 0].text for place, _ in margin]
    if (
        step == 1
        and not any(word[0].islower() for word in words[1:])
        and any(word[0].isupper() for word in words)
    ):
        return []
    return margin


def _is_near(place: float, other: float) -> bool:
    return abs(place - other) < 40.0


# ------------------------------------------------------------------------------------- columns


def _in_columns(rows: list[_Row], column: int) -> Iterator[tuple[int, _Row]]:
    """Yield column and words of each line: a band of columns between lines that cross them."""
    gutter = _gutter(rows)
    if gutter is None:
        yield from ((column, row) for row in rows)
        return
    left: list[_Row] = []
    right: list[_Row] = []
    for row in rows:
        parts = _parted(row, gutter)
        if parts is None:
            yield from _in_columns(left, 3 * column + 1)
            yield from _in_columns(right, 3 * column + 2)
            left, right = [], []
            yield column, row
        else:
            left += [parts[0]] if parts[0].words else []
            right += [parts[1]] if parts[1].words else []
    yield from _in_columns(left, 3 * column + 1)
    yield from _in_columns(right, 3 * column + 2)


def _parted(row: _Row, gutter: float) -> tuple[_Row, _Row] | None:
    """Part a row at the gutter; None where it crosses it."""
    first = [word for word in row.words if word.right <= gutter]
    second = [word for word in row.words if word.left >= gutter]
    crosses = len(first) + len(second) < len(row.words)
    if crosses or (first and second and second[0].left - first[-1].right < _NARROWEST_GUTTER):
        return None
    return (
        _Row(first, row.base, row.size, row.margin_number if first else ""),
        _Row(second, row.base, row.size, "" if first else row.margin_number),
    )


def _gutter(rows: list[_Row]) -> float | None:
    """Return the place between two columns of prose, or None where there is one.

    White space alone makes no column: a table has it too, and a signature. What stands on both
    sides must be prose.
    """
    if len(rows) < _FEWEST_LINES_A_COLUMN:
        return None
    left = min(row.left for row in rows)
    width = max(row.right for row in rows) - left
    edges: list[float] = []
    for row in rows:
        edges.append(row.left)
        edges += [
            after.left
            for before, after in pairwise(row.words)
            if after.left - before.right >= _NARROWEST_GUTTER
        ]
    inner = sorted(
        edge for edge in edges if _GUTTER[0] * width <= edge - left <= _GUTTER[1] * width
    )
    counts: dict[float, int] = {}
    for place, edge in enumerate(inner):
        counts.setdefault(edge, bisect_right(inner, edge + _SAME_EDGE) - place)
    tried = sorted(counts, key=lambda edge: -counts[edge])[:3]
    for edge in tried:
        if counts[edge] >= _FEWEST_LINES_A_COLUMN and _are_columns(rows, edge - 0.5):
            return edge - 0.5
    return None


def _are_columns(rows: list[_Row], gutter: float) -> bool:
    """Return whether the lines on both sides of a place are prose."""
    parts = [parts for row in rows if (parts := _parted(row, gutter))]
    if len(rows) - len(parts) > _SHARE_OF_CROSSING_LINES * len(rows):
        return False
    return all(_is_prose([row for row in side if row.words]) for side in zip(*parts, strict=True))


def _is_prose(rows: list[_Row]) -> bool:
    if len(rows) < _FEWEST_LINES_A_COLUMN:
        return False
    left = min(row.left for row in rows)
    rights = sorted(row.right for row in rows)
    width = rights[int(0.95 * (len(rights) - 1))] - left
    full = sum(row.right - left >= _FULL_LINE * width for row in rows)
    if full < _SHARE_OF_FULL_LINES * len(rows):
        return False
    text = " ".join(word.text for row in rows for word in row.words)
    if not any(letter.islower() for letter in text):
        # A script without capitals, or without spaces, has nothing more to tell.
        return not any(letter.isupper() for letter in text)
    words = sum(len(row.words) for row in rows)
    amid = sum(row.words[0].text[0].islower() for row in rows)
    return words >= _FEWEST_WORDS_A_LINE * len(
        rows
    ) and amid >= _SHARE_OF_LINES_AMID_SENTENCES * len(rows)


# --------------------------------------------------------------------------------------- lines


def _line(row: _Row, page: int, *, from_the_right: bool) -> PageLine:
    """Join the words of a line; a raised small figure is a footnote's sign and no word."""
    words = row.words
    tallest = max(words, key=lambda word: word.size)
    kept: list[Word] = []
    marks: list[str] = []
    for word in words:
        raised = (
            word.size < _SMALL * tallest.size and word.bottom < tallest.bottom - 0.1 * tallest.size
        )
        if raised and kept and word.text.strip("()[],").isdigit() and len(word.text) <= 4:
            marks.append(word.text)
        else:
            kept.append(word)
    letters: Counter[float] = Counter()
    for word in kept:
        letters[word.size] += len(word.text)
    cells = tuple(_cells(kept, from_the_right=from_the_right))
    return PageLine(
        page=page,
        number=0,
        left=kept[0].left,
        top=min([word.top for word in kept]),
        right=max([word.right for word in kept]),
        bottom=max([word.bottom for word in kept]),
        size=letters.most_common(1)[0][0],
        bold=all(word.bold for word in kept),
        text=_text_of(kept, from_the_right=from_the_right),
        marks=marks,
        margin_number=row.margin_number,
        cells=cells,
    )


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
    if len(words) >= _FEWEST_SPACED_OUT and single >= _SPACED_OUT * len(words):
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
    return in_reading_order(drawn, from_the_right=runs_from_the_right(drawn))
