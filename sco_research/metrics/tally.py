"""One pass over the text: the counts of each sentence, and what every level is a sum of."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sco_research.metrics.languages import rules_of
from sco_research.text.document import Document
from sco_research.text.segments import SentenceSegment, segments_of
from sco_research.text.tokens import words
from sco_research.text.words import CORPUS

Integers: TypeAlias = npt.NDArray[np.int64]

LONG_WORD = 7
POLYSYLLABLE = 3
_MAX_CACHED = 60
# Pieces of a table that is used again; a declaration has some hundreds.
_MAX_PIECES = 50_000
# Prefix of a piece that begins a sentence; pieces themselves hold no space.
_SENTENCE_START = " "

# What is counted of each word, in the order of a table's rows; the row after them is the type.
WORD_COUNTS = (
    "words",
    "letters",
    "characters",
    "syllables",
    "monosyllables",
    "polysyllables",
    "complex_words",
    "long_words",
    "difficult_words",
)
TYPE = len(WORD_COUNTS)


def mark_sentence_start(piece: str) -> str:
    """Mark a piece as the one with the sentence's first word.

    >>> mark_sentence_start("The")
    ' The'
    """
    return _SENTENCE_START + piece


class WordTable(dict[str, int]):
    """From a piece of text between two spaces to its column in a table of counts.

    Cutting at spaces is quick, and pieces ("Counter-Terrorism,") return, so the tokenizer reads
    each distinct piece once. A piece that begins a sentence is marked by `mark_sentence_start`.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._types: dict[str, int] = {}
        self._several: dict[int, Integers] = {}  # the types of a piece of several words
        self._rows: list[tuple[int, ...]] = []  # of pieces not yet in the table
        self._table = np.zeros((TYPE + 1, 0), dtype=np.int64)

    def __missing__(self, piece: str) -> int:
        """Take a piece apart for the first time."""
        types = self._types
        # Long pieces, as of a text without spaces, rarely return and would fill the cache.
        read = _words_of if len(piece) <= _MAX_CACHED else _words_of.__wrapped__
        found, counts = read(piece, self._language)
        ids = [types.setdefault(word, len(types)) for word in found]
        column = self[piece] = len(self)
        self._rows.append((*counts, ids[0] if len(ids) == 1 else 0))
        if len(ids) > 1:
            self._several[column] = np.array(ids)
        return column

    @property
    def _features(self) -> Integers:
        """The counts of every piece, a column each, and its type in the last row."""
        if self._rows:
            new = np.array(self._rows, dtype=np.int64).T
            self._table = np.hstack([self._table, new]) if self._table.size else new
            self._rows = []
        return self._table

    def columns(self, pieces: Sequence[str]) -> Integers:
        """Return the column of each piece."""
        return np.fromiter(map(self.__getitem__, pieces), dtype=np.int64, count=len(pieces))

    def counts(self, columns: Integers) -> Integers:
        """Return what is counted of each piece: a row per count, a column per piece."""
        return np.take(self._features[:TYPE], columns, axis=1)

    def types(self, columns: Integers) -> Integers:
        """Return the type of each word of the pieces, in order."""
        numbers = self._features[0][columns]
        types = np.repeat(self._features[TYPE][columns], numbers)
        several = np.flatnonzero(numbers > 1)
        ends = np.cumsum(numbers)[several]
        for place, end in zip(several.tolist(), ends.tolist(), strict=True):
            found = self._several[int(columns[place])]
            types[end - len(found) : end] = found
        return types


class _Tables(threading.local):
    """The word tables of a thread by language: no two threads write into one."""

    def __init__(self) -> None:
        self._by_language: dict[str, WordTable] = {}

    def table(self, language: str) -> WordTable:
        """Return a language's table, a new one where the old has grown too large."""
        table = self._by_language.get(language)
        if table is None or len(table) > _MAX_PIECES:
            table = self._by_language[language] = WordTable(language)
        return table


# Without them a second measurement of a declaration takes half as long again.
_tables = _Tables()


@lru_cache(maxsize=50_000)
def _words_of(piece: str, language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of a piece, in small letters, and the sums of what is counted of them."""
    found = words(piece)
    if found and piece[0] == _SENTENCE_START:
        # A capital at the beginning of a sentence does not make a name.
        found[0] = found[0].lower()
    counts = [_counts_of(word, language) for word in found]
    sums = tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * TYPE
    return tuple(map(str.lower, found)), sums


def _counts_of(word: str, language: str) -> tuple[int, ...]:
    """Return what is counted of a word, in the order of `WORD_COUNTS`."""
    rules = rules_of(language)
    letters = sum(map(str.isalpha, word))
    syllables = rules.syllables(word) if rules.syllables else 0
    familiar = rules.familiar is None or rules.familiar(word)
    return (
        1,
        letters,
        sum(map(str.isalnum, word)),
        syllables,
        int(syllables == 1),
        int(syllables >= POLYSYLLABLE),
        int(syllables >= POLYSYLLABLE and _is_complex(word, rules.syllables)),
        int(letters >= LONG_WORD),
        int(not familiar),
    )


def _is_complex(word: str, count: Callable[[str], int] | None) -> bool:
    """Apply Gunning's exceptions: names, compounds of short words, "-es" and "-ed" endings."""
    if count is None or word[0].isupper() or not word[0].isalpha():
        return False
    parts = word.split("-")
    if len(parts) > 1:
        return any(part and count(part) >= POLYSYLLABLE for part in parts)
    inflected = word.endswith(("es", "ed")) and count(word) == POLYSYLLABLE
    return not (inflected and count(word[:-2]) < POLYSYLLABLE)


COUNTS = ("sentences", *WORD_COUNTS)
LEVELS = ("corpus", "document", "section", "paragraph", "sentence")
SEVERAL_LANGUAGES = "mul"
# Few enough that the pieces are still in the processor's cache when they are counted.
_PIECES_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some documents, sentence by sentence, and the rows of every level.

    Attributes
    ----------
    totals : array
        A row per count; its k-th place is the sum over the sentences before the k-th, so the
        counts of any run of sentences are one subtraction.
    types : array
        The type of each word in reading order; empty where it was not asked for.
    word_starts : array
        ``word_starts[k]`` is the place in ``types`` of the first word of sentence k.
    document_ids, segment_ids, levels, languages : list of str
        One entry per row.
    first, last : array
        The sentences of each row: from ``first`` to before ``last``.
    """

    totals: Integers
    types: Integers
    word_starts: Integers
    document_ids: list[str]
    segment_ids: list[str]
    levels: list[str]
    languages: list[str]
    first: Integers
    last: Integers

    def counts(self) -> dict[str, Integers]:
        """Return each count for all rows."""
        table = self.totals[:, self.last] - self.totals[:, self.first]
        return dict(zip(COUNTS, table, strict=True))


def tally(documents: Iterable[Document], *, levels: Sequence[str], types: bool = False) -> Tally:
    """Count documents sentence by sentence and lay out the rows of the levels wanted.

    ``types`` asks for the row of words too, which only diversity needs.
    """
    builder = _Builder(levels, types=types)
    for document in documents:
        builder.add(document)
    return builder.build()


class _Builder:
    """Builder of a tally, document after document."""

    def __init__(self, levels: Sequence[str], *, types: bool) -> None:
        self._levels = frozenset(levels)
        self._with_types = types
        self._rows: list[tuple[str, str, str, str]] = []
        self._first: list[int] = []
        self._last: list[int] = []
        self._sentences = 0
        self._pieces: list[str] = []  # of the sentences not yet counted
        self._starts: list[int] = []  # of each of these sentences, in the pieces
        self._counts: list[Integers] = []
        self._types: list[Integers] = []
        self._tables: dict[str, WordTable] = {}
        self._numbers: dict[str, Integers] = {}  # of each type of a table, -1 where not met yet
        self._language = ""

    def add(self, document: Document) -> None:
        """Cut the sentences of a document into pieces and lay its rows out."""
        language = document.metadata.language
        if language != self._language or len(self._pieces) > _PIECES_AT_ONCE:
            self._count()
            self._language = language
            if language not in self._tables:
                self._tables[language] = _tables.table(language)
                self._numbers[language] = np.zeros(0, dtype=np.int64)
        levels, pieces, starts = self._levels, self._pieces, self._starts
        position = self._sentences
        rows: list[tuple[str, str, int]] = []
        for item in segments_of(document):
            if item.level in levels:
                rows.append((item.id, item.level, position))
            if isinstance(item, SentenceSegment):
                starts.append(len(pieces))
                found = item.text.split()
                _mark_first_word(found)
                pieces += found
                position += 1
        self._sentences = position
        # A segment ends where the next one of its level begins.
        ends = dict.fromkeys(LEVELS, position)
        last: list[int] = []
        for _, level, first in reversed(rows):
            last.append(ends[level])
            ends[level] = first
        self._rows += [(document.id, name, level, language) for name, level, _ in rows]
        self._first += [first for _, _, first in rows]
        self._last += reversed(last)

    def _count(self) -> None:
        """Count what has been gathered, sentence by sentence."""
        if not self._pieces:
            return
        table = self._tables[self._language]
        columns = table.columns(self._pieces)
        # No sentence is empty here.
        self._counts.append(np.add.reduceat(table.counts(columns), self._starts, axis=1))
        if self._with_types:
            self._types.append(self._renumbered(table.types(columns)))
        self._pieces.clear()
        self._starts.clear()

    def _renumbered(self, types: Integers) -> Integers:
        """Return types numbered as they are met here, whatever their table has met before.

        Sums over types depend on their order in the last digits.
        """
        numbers = self._numbers[self._language]
        size = max(len(numbers), int(types.max(initial=-1)) + 1)
        numbers = np.append(numbers, np.full(size - len(numbers), -1))
        new, first = np.unique(types[numbers[types] < 0], return_index=True)
        numbers[new[np.argsort(first)]] = numbers.max(initial=-1) + 1 + np.arange(len(new))
        self._numbers[self._language] = numbers
        return numbers[types]

    def build(self) -> Tally:
        """Put the pieces together."""
        self._count()
        if CORPUS in self._levels and self._tables:
            language = next(iter(self._tables))
            several = len(self._tables) > 1
            row = (CORPUS, CORPUS, CORPUS, SEVERAL_LANGUAGES if several else language)
            self._rows.insert(0, row)
            self._first.insert(0, 0)
            self._last.insert(0, self._sentences)
        counts = np.hstack([np.zeros((TYPE, 0), dtype=np.int64), *self._counts])
        # A sentence without a word is not counted.
        sentences = (counts[WORD_COUNTS.index("words")] > 0).astype(np.int64)
        totals = _running_sum(np.vstack([sentences, counts]))
        document_ids, segment_ids, levels, languages = (
            [row[place] for row in self._rows] for place in range(4)
        )
        return Tally(
            totals=totals,
            types=np.concatenate([np.zeros(0, dtype=np.int64), *self._types]),
            word_starts=totals[COUNTS.index("words")],
            document_ids=document_ids,
            segment_ids=segment_ids,
            levels=levels,
            languages=languages,
            first=np.array(self._first, dtype=np.int64),
            last=np.array(self._last, dtype=np.int64),
        )


def _mark_first_word(pieces: list[str]) -> None:
    """Mark the piece that holds a sentence's first word, mostly the first piece."""
    if pieces[0][0].isalnum():
        pieces[0] = mark_sentence_start(pieces[0])
        return
    for place, piece in enumerate(pieces):
        if any(map(str.isalnum, piece)):
            pieces[place] = mark_sentence_start(piece)
            return


def _running_sum(values: Integers) -> Integers:
    """Return the sums of all that stands before each place, from 0 to the whole."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    return sums
