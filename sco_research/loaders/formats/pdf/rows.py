"""The words of a page as rows: what stands on one height, whatever its column."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_SMALL = 0.85
_LARGE = 1.6
# In units of the type's size.
_SAME_LINE = 0.25
_DESCENT = 0.22
_SPACE = 0.15
_REACH_OF_A_SIGN = 0.5
_CAPITAL = 0.72
# How far the first line beside a large initial may reach above it.
_ABOVE_AN_INITIAL = 0.75
# Those of English, Russian and the Romance languages.
_WORDS_OF_ONE_LETTER = frozenset("aioyàé\u0430\u0432\u0438\u043a\u043e\u0441\u0443\u044f")
_MIN_NUMBERED_LINES = 4
_SHARE_OF_COUNTED_LINES = 0.7
_STEPS = (1, 2, 3, 4, 5, 10)
_LONGEST_NUMBER = 4
_MIN_MARGIN = 0.3
# The places of the first and the last word of a row.
_FIRST, _LAST = 0, -1


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


@dataclass(slots=True)
class Row:
    """The words of one height on a page, whatever their column."""

    words: list[Word]
    base: float
    size: float
    margin_number: str = ""

    @property
    def left(self) -> float:
        """Where the row begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return self.words[-1].right


def body_size(pages: Iterable[list[Word]]) -> float:
    """Return the size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for words in pages:
        for word in words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def rows_of_pages(pages: Sequence[list[Word]], size: float) -> list[list[Row]]:
    """Return the rows of each page from its top, the numbers of lines taken off them.

    Parameters
    ----------
    pages : sequence of list of Word
        The words of each page.
    size : float
        The size of the text's type.
    """
    found: list[list[Row]] = []
    for words in pages:
        initials, others = _initials(words, size)
        rows = _rows(others)
        for initial in initials:
            _set_initial(rows, initial, size)
        found.append(rows)
    for side in (_FIRST, _LAST):
        _take_margin_numbers(found, side)
    return found


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
        and top - _ABOVE_AN_INITIAL * word.size < word.base - _CAPITAL * word.size
        and word.base < initial.base + 0.5 * word.size
        and initial.right - 0.1 * initial.size <= word.left < initial.right + 0.5 * initial.size
    }


def _set_initial(rows: list[Row], initial: Word, size: float) -> None:
    """Set a large initial before the first of the lines beside it, and take their indent off."""
    heights = _heights_beside(initial, [row.words[0] for row in rows])
    beside = [row for row in rows if round(row.words[0].base) in heights]
    if not beside:
        rows.append(Row([initial], initial.base, initial.size))
        rows.sort(key=lambda row: row.base)
        return
    first, *others = sorted(beside, key=lambda row: row.base)
    word = first.words[0]
    edge = min([row.left for row in others], default=word.left)
    # A word of its own is followed by a space, which the lines below it have not.
    apart = (
        word.spaced or word.left - edge > _SPACE * size or _is_word_alone(initial.text, word.text)
    )
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


def _rows(words: list[Word]) -> list[Row]:
    """Group words that stand on one line, whatever their column.

    A word belongs to the row whose last word stands as high: a scanned page may lie askew.
    """
    rows: list[Row] = []
    by_height: dict[int, list[Row]] = defaultdict(list)
    step = max(_SAME_LINE * max([word.size for word in words], default=1.0), 1.0)
    for word in sorted(words, key=lambda item: (item.left, item.top)):
        base = word.base
        place = int(base / step)
        best: Row | None = None
        distance = float("inf")
        for near in (place - 1, place, place + 1):
            for row in by_height[near]:
                apart = abs(row.base - base)
                if apart < distance and apart <= _SAME_LINE * max(word.size, row.size):
                    best, distance = row, apart
        if best is None:
            best = Row([], base, word.size)
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


def _with_raised_signs(rows: list[Row]) -> list[Row]:
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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the margin of a page, and which of the page's rows it stands in."""

    place: int
    word: Word


def _take_margin_numbers(pages: Sequence[list[Row]], side: int) -> None:
    """Take the numbers that count the lines of a page in its margin off the lines.

    A number in the margin is an item's where it numbers what it stands before, and a line's where
    it says how many lines there are above it.
    """
    numbers = [_margin_numbers(rows, side) for rows in pages]
    if not _count_lines(pages, numbers, side):
        return
    for rows, found in zip(pages, numbers, strict=True):
        for number in found:
            row = rows[number.place]
            row.margin_number = number.word.text
            row.words.remove(number.word)
        rows[:] = [row for row in rows if row.words]


def _margin_numbers(rows: list[Row], side: int) -> list[_Number]:
    """Return the numbers that stand outside the text at one side of a page."""
    inner = [row.words[1:] if side == _FIRST else row.words[:-1] for row in rows]
    numbered = [
        row.words[side].text.isdecimal() and len(row.words[side].text) <= _LONGEST_NUMBER
        for row in rows
    ]
    text = [
        words if number else row.words
        for row, words, number in zip(rows, inner, numbered, strict=True)
        if words or not number
    ]
    if not text:
        return []
    # Most lines begin at one place; the longest end at the other.
    left = Counter(round(words[0].left) for words in text).most_common(1)[0][0] - 0.5
    right = max(words[-1].right for words in text)
    found = []
    for place, row in enumerate(rows):
        word = row.words[side]
        space = left - word.right if side == _FIRST else word.left - right
        if numbered[place] and space > _MIN_MARGIN * word.size:
            found.append(_Number(place, word))
    return found


def _count_lines(pages: Sequence[list[Row]], numbers: list[list[_Number]], side: int) -> bool:
    """Return whether the numbers of the pages' margins count lines."""
    steps: list[tuple[int, int]] = []
    above = 0
    last: tuple[int, int] | None = None
    for rows, found in zip(pages, numbers, strict=True):
        counts = [(int(number.word.text), above + number.place) for number in found]
        pairs = list(pairwise(counts))
        # The count may begin anew on each page.
        if last and counts and counts[0][0] - last[0] == counts[0][1] - last[1]:
            pairs.insert(0, (last, counts[0]))
        steps += [(after[0] - before[0], after[1] - before[1]) for before, after in pairs]
        last = counts[-1] if counts else last
        above += len(rows)
    if not steps:
        return False
    step = Counter(difference for difference, _ in steps).most_common(1)[0][0]
    counted = sum(difference == step == lines for difference, lines in steps)
    if step not in _STEPS or counted < _SHARE_OF_COUNTED_LINES * len(steps):
        return False
    if step > 1:
        return counted > 1
    if counted < _MIN_NUMBERED_LINES - 1:
        return False
    # Items are numbered one by one too, where each is a line; but no item begins within a sentence.
    beside = [
        row.words[1 if side == _FIRST else 0].text
        for rows, found in zip(pages, numbers, strict=True)
        for row in (rows[number.place] for number in found)
        if len(row.words) > 1
    ]
    lower = any(text[0].islower() for text in beside)
    return lower or not any(text[0].isupper() for text in beside)
