"""One pass over the text: the counts of each sentence, and what every level is a sum of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from sco_research.metrics.forms import TYPE, WORD_COUNTS, Forms, Integers
from sco_research.text.document import Document
from sco_research.text.segments import Segment, Sentence, segments_of
from sco_research.text.tokens import words

COUNTS = ("sentences", *WORD_COUNTS)
LEVELS = ("corpus", "document", "section", "paragraph", "sentence")
CORPUS = "corpus"
SEVERAL_LANGUAGES = "mul"

# One table a language, kept from call to call: a word costs its look-up only once.
_FORMS: dict[str, Forms] = {}


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some documents, sentence by sentence, and the rows of every level.

    Attributes
    ----------
    totals : array
        A row per count; its k-th place is the sum over the sentences before the k-th, so the
        counts of any run of sentences are one subtraction.
    types : array
        The type of each word in reading order.
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


def tally(documents: Iterable[Document], *, levels: Sequence[str]) -> Tally:
    """Count documents sentence by sentence and lay out the rows of the levels wanted."""
    builder = _Builder(levels)
    for document in documents:
        builder.add(document)
    return builder.build()


class _Builder:
    """Gathers the pieces of a tally, document after document."""

    def __init__(self, levels: Sequence[str]) -> None:
        self._levels = levels
        self._rows: list[tuple[str, str, str, str]] = []
        self._first: list[int] = []
        self._last: list[int] = []
        self._counts: list[Integers] = []
        self._types: list[Integers] = []
        self._lengths: list[int] = []
        self._languages: dict[str, None] = {}
        for forms in _FORMS.values():
            forms.make_room()

    def add(self, document: Document) -> None:
        """Count the words of each sentence of a document."""
        language = document.metadata.language
        self._languages[language] = None
        segments = segments_of(document)
        self._lay_out(document.id, language, segments)
        rows_of_words = [words(item.text) for item in segments if isinstance(item, Sentence)]
        for found in rows_of_words:
            # The capital that begins a sentence does not make a name.
            if found:
                found[0] = found[0].lower()
        if language not in _FORMS:
            _FORMS[language] = Forms(language)
        features = _FORMS[language].of(chain.from_iterable(rows_of_words))
        lengths = list(map(len, rows_of_words))
        self._counts.append(_by_sentence(features[:TYPE], lengths))
        self._types.append(features[TYPE])
        self._lengths += lengths

    def _lay_out(self, document_id: str, language: str, segments: Sequence[Segment]) -> None:
        """Note from which sentence to which each segment reaches."""
        position = len(self._lengths)
        rows: list[tuple[str, str, int]] = []
        for item in segments:
            if item.level in self._levels:
                rows.append((item.id, item.level, position))
            position += item.level == "sentence"
        # A segment ends where the next one of its level begins.
        ends = dict.fromkeys(LEVELS, position)
        last: list[int] = []
        for _, level, first in reversed(rows):
            last.append(ends[level])
            ends[level] = first
        self._rows += [(document_id, name, level, language) for name, level, _ in rows]
        self._first += [first for _, _, first in rows]
        self._last += reversed(last)

    def build(self) -> Tally:
        """Put the pieces together."""
        if CORPUS in self._levels and self._languages:
            language = next(iter(self._languages))
            several = len(self._languages) > 1
            row = (CORPUS, CORPUS, CORPUS, SEVERAL_LANGUAGES if several else language)
            self._rows.insert(0, row)
            self._first.insert(0, 0)
            self._last.insert(0, len(self._lengths))
        nothing = np.zeros((TYPE, 0), dtype=np.int64)
        counts = np.hstack([nothing, *self._counts])
        lengths = np.array(self._lengths, dtype=np.int64)
        # What holds no word is no sentence.
        sentences = (lengths > 0).astype(np.int64)
        document_ids, segment_ids, levels, languages = (
            [row[place] for row in self._rows] for place in range(4)
        )
        return Tally(
            totals=_running_sum(np.vstack([sentences, counts])),
            types=np.concatenate([nothing[0], *self._types]),
            word_starts=_running_sum(lengths),
            document_ids=document_ids,
            segment_ids=segment_ids,
            levels=levels,
            languages=languages,
            first=np.array(self._first, dtype=np.int64),
            last=np.array(self._last, dtype=np.int64),
        )


def _by_sentence(features: Integers, lengths: Sequence[int]) -> Integers:
    """Return the sums over each sentence's words: a row per count, a column per sentence."""
    ends = np.cumsum(lengths, dtype=np.int64)
    return np.diff(_running_sum(features)[:, ends], prepend=0, axis=1)


def _running_sum(values: Integers) -> Integers:
    """Return the sums of all that stands before each place, from 0 to the whole."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    return sums
