"""Every word form looked up once: its column in a table of what there is to count of it."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sco_research.metrics.languages import rules_of

Integers: TypeAlias = npt.NDArray[np.int64]

LONG_WORD = 7
POLYSYLLABLE = 3
_FIRST_SIZE = 4096
_MOST_FORMS = 200_000

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


class Forms(dict[str, int]):
    """From a word form to its column in ``features``; a new one is looked up as it comes.

    Parameters
    ----------
    language : str
        ISO 639-1 code.

    Attributes
    ----------
    features : array
        A row per count, and one for the type; a column per form.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._rules = rules_of(language)
        self._types: dict[str, int] = {}
        self.features = np.zeros((TYPE + 1, _FIRST_SIZE), dtype=np.int64)

    def __missing__(self, form: str) -> int:
        """Look a form up for the first time."""
        column = self[form] = len(self)
        if column >= self.features.shape[1]:
            self.features = np.hstack([self.features, np.zeros_like(self.features)])
        self.features[:, column] = (*self._counted(form), self._type(form))
        return column

    def of(self, words: Iterable[str]) -> Integers:
        """Return what is to be counted of each word: a column per word."""
        columns = np.fromiter(map(self.__getitem__, words), dtype=np.int64)
        # The look-up may have made the table anew, so it is read afterwards.
        return self.features[:, columns]

    def make_room(self) -> None:
        """Forget all forms where they have become many; for between two batches."""
        if len(self) > _MOST_FORMS:
            self.clear()
            self._types.clear()
            self.features = np.zeros((TYPE + 1, _FIRST_SIZE), dtype=np.int64)

    def _type(self, form: str) -> int:
        """Return the number of the type: a capital makes no other word."""
        return self._types.setdefault(form.lower(), len(self._types))

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
