"""Words of a sentence with their letters, and where each stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from sco_research.text.tokens import ASCII_WORD, WORD

_TOKEN = re.compile(WORD.pattern + r"|[,;:()…]|(?<=s)['’](?=[\s,])|(?<!\S)[-–—](?!\S)|—")
# The same rule for ASCII alone, as in `sco_research.text.tokens`: most sentences, in half the time.
_ASCII_TOKEN = re.compile(ASCII_WORD.pattern + r"|[,;:()]|(?<=s)'(?=[\s,])|(?<!\S)-(?!\S)")
REMEMBERED = 200_000  # words of a corpus that are looked at once


@dataclass(slots=True)
class Tagged:
    """A sentence as words, each with its letter and its place.

    Attributes
    ----------
    words : tuple of str
        In small letters; a unit of the codebook ("member states") is one word.
    raw : tuple of str
        As written.
    tags : str
        One letter a word.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    tags: str
    _sources: tuple["Source", ...] = field(repr=False)
    # Looked up only where something is to be shown.
    _starts: list[int] | None = field(default=None, repr=False)
    _ends: dict[int, int] | None = field(default=None, repr=False)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Offsets of each word in its sentence."""
        return tuple(self.span(place, place + 1) for place in range(len(self.words)))

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the offsets, in their sentence, of the words from the first up to the end."""
        if self._starts is None or self._ends is None:
            self._starts, self._ends = [], {}
            for source in self._sources:
                source.add_places(self._starts, self._ends)
        last = end - 1
        # Only a unit of several words may hold other blanks in the text than in `raw`.
        ends = self._ends.get(last) or self._starts[last] + len(self.raw[last])
        return self._starts[first], ends

    def __add__(self, other: "Tagged") -> "Tagged":
        """Return one sentence after the other; the spans stay each one's own."""
        return Tagged(
            self.words + other.words,
            self.raw + other.raw,
            self.tags + other.tags,
            self._sources + other._sources,
        )


class Source(NamedTuple):
    """Where the words of a sentence stand: the text, and the units of several words in it."""

    text: str
    units: tuple[tuple[int, int], ...]

    def add_places(self, starts: list[int], ends: dict[int, int]) -> None:
        """Add the start of each word, and the end of each unit by its number."""
        between = self.text.split()
        sizes = list(map(len, between))
        if len(self.text) == sum(sizes) + len(sizes) - 1:  # one blank between every two
            begins = [0, *map(add, accumulate(sizes[:-1]), count(1))]
        else:
            begins = list(_looked_up(between, self.text))
        before = len(starts)
        starts += [
            begin + start
            for begin, places in zip(begins, map(_starts_in, between), strict=True)
            for start in places
        ]
        removed = 0
        tokens = tokens_of(self.text)
        for place, size in self.units:
            number = before + place - removed
            word = tokens.match(self.text, starts[number + size - 1])
            ends[number] = word.end() if word else starts[number + size - 1]
            del starts[number + 1 : number + size]
            removed += size - 1


def _looked_up(between: list[str], text: str) -> Iterator[int]:
    after = 0
    for piece in between:
        # Only blanks lie between, so the first place where it stands is its own.
        begin = text.index(piece, after)
        after = begin + len(piece)
        yield begin


def tokens_of(text: str) -> re.Pattern[str]:
    """Return the rule that finds the words and signs of a text."""
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def found_in(piece: str) -> list[re.Match[str]]:
    """Return the words and signs of what stands between two blanks."""
    # A blank after it, since an apostrophe is a word only before a blank or a comma.
    return list(tokens_of(piece).finditer(f"{piece} "))


@lru_cache(maxsize=REMEMBERED)
def _starts_in(piece: str) -> tuple[int, ...]:
    return tuple(match.start() for match in found_in(piece))
