"""Every word form looked up once: its column in a table of what there is to count of it."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sco_research.metrics.languages import rules_of
from sco_research.text.tokens import words

Integers: TypeAlias = npt.NDArray[np.int64]

LONG_WORD = 7
POLYSYLLABLE = 3
_FIRST_SIZE = 4096
_MOST_FORMS = 200_000
_MOST_CHARACTERS = 8_000_000
# Stands before a piece that begins a sentence; no piece holds a space of its own.
_BEGINS = " "

# What is counted of each word, in the order of a table's rows; the last one is no count.
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


def begins(piece: str) -> str:
    """Mark a piece as the one with the sentence's first word.

    >>> begins("The")
    ' The'
    """
    return _BEGINS + piece


class Forms(dict[str, int]):
    """From a piece of text between two spaces to its column in a table of counts.

    Cutting at spaces is quick, and pieces ("Counter-Terrorism,") return, so the tokenizer reads
    each distinct piece once. A piece that begins a sentence is marked by `begins`.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._rules = rules_of(language)
        self._words: dict[str, tuple[int, ...]] = {}
        self._types: dict[str, int] = {}
        self._several: dict[int, Integers] = {}  # the types of a piece of several words
        self._characters = 0
        self._features = np.zeros((TYPE + 1, _FIRST_SIZE), dtype=np.int64)

    def __missing__(self, piece: str) -> int:
        """Take a piece apart for the first time."""
        found = words(piece)
        if found and piece[0] == _BEGINS:
            # The capital that begins a sentence does not make a name.
            found[0] = found[0].lower()
        rows = [self._words.get(word) or self._looked_up(word) for word in found]
        column = self[piece] = len(self)
        if column >= self._features.shape[1]:
            self._features = np.hstack([self._features, np.zeros_like(self._features)])
        if len(rows) == 1:
            self._features[:, column] = rows[0]
        elif rows:
            self._features[:, column] = table = np.array(rows).sum(axis=0)
            self._several[column] = np.array([row[TYPE] for row in rows])
            table[TYPE] = 0
        self._characters += len(piece)
        return column

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

    def make_room(self) -> None:
        """Forget all pieces where they have become many; for between two batches."""
        if len(self) > _MOST_FORMS or self._characters > _MOST_CHARACTERS:
            self.clear()
            self._words.clear()
            self._types.clear()
            self._several.clear()
            self._characters = 0
            self._features = np.zeros((TYPE + 1, _FIRST_SIZE), dtype=np.int64)

    def _looked_up(self, word: str) -> tuple[int, ...]:
        """Count a word for the first time, and give its type a number: a capital makes none."""
        number = self._types.setdefault(word.lower(), len(self._types))
        row = self._words[word] = (*self._counted(word), number)
        return row

    def _counted(self, form: str) -> tuple[int, ...]:
        letters = sum(map(str.isalpha, form))
        syllables = self._rules.syllables(form) if self._rules.syllables else 0
        familiar = self._rules.familiar is None or self._rules.familiar(form)
        return (
            1,
            letters,
            sum(map(str.isalnum, form)),
            syllables,
            int(syllables == 1),
            int(syllables >= POLYSYLLABLE),
            int(syllables >= POLYSYLLABLE and self._is_complex(form)),
            int(letters >= LONG_WORD),
            int(not familiar),
        )

    def _is_complex(self, form: str) -> bool:
        """Apply Gunning's exceptions: names, compounds of short words, "-es" and "-ed" endings."""
        count = self._rules.syllables
        if count is None or form[0].isupper() or not form[0].isalpha():
            return False
        parts = form.split("-")
        if len(parts) > 1:
            return any(part and count(part) >= POLYSYLLABLE for part in parts)
        inflected = form.endswith(("es", "ed")) and count(form) == POLYSYLLABLE
        return not (inflected and count(form[:-2]) < POLYSYLLABLE)
