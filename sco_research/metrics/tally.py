"""One pass over the text: the counts of each sentence, and what every level is a sum of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sco_research.metrics.forms import TYPE, WORD_COUNTS, Forms, Integers, begins
from sco_research.text.document import Document
from sco_research.text.segments import Sentence, segments_of

COUNTS = ("sentences", *WORD_COUNTS)
LEVELS = ("corpus", "document", "section", "paragraph", "sentence")
CORPUS = "corpus"
SEVERAL_LANGUAGES = "mul"
# What has just been read is still in the processor's cache when so few pieces are counted at once.
_PIECES_AT_ONCE = 4_000

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
    """Gathers the pieces of a tally, document after document."""

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
        self._languages: dict[str, None] = {}
        self._language = ""
        for forms in _FORMS.values():
            forms.make_room()

    def add(self, document: Document) -> None:
        """Cut the sentences of a document into pieces and lay its rows out."""
        language = document.metadata.language
        if language != self._language or len(self._pieces) > _PIECES_AT_ONCE:
            self._count()
            self._language = language
            self._languages[language] = None
        levels, pieces, starts = self._levels, self._pieces, self._starts
        position = self._sentences
        rows: list[tuple[str, str, int]] = []
        for item in segments_of(document):
            if item.level in levels:
                rows.append((item.id, item.level, position))
            if isinstance(item, Sentence):
                starts.append(len(pieces))
                found = item.text.split()
                _mark_the_first(found)
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
        if self._language not in _FORMS:
            _FORMS[self._language] = Forms(self._language)
        forms = _FORMS[self._language]
        columns = forms.columns(self._pieces)
        # Every sentence has a piece, or it were no sentence.
        self._counts.append(np.add.reduceat(forms.counts(columns), self._starts, axis=1))
        if self._with_types:
            self._types.append(forms.types(columns))
        self._pieces.clear()
        self._starts.clear()

    def build(self) -> Tally:
        """Put the pieces together."""
        self._count()
        if CORPUS in self._levels and self._languages:
            language = next(iter(self._languages))
            several = len(self._languages) > 1
            row = (CORPUS, CORPUS, CORPUS, SEVERAL_LANGUAGES if several else language)
            self._rows.insert(0, row)
            self._first.insert(0, 0)
            self._last.insert(0, self._sentences)
        counts = np.hstack([np.zeros((TYPE, 0), dtype=np.int64), *self._counts])
        # What holds no word is no sentence.
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


def _mark_the_first(pieces: list[str]) -> None:
    """Mark the piece that holds a sentence's first word, mostly the first piece."""
    if pieces[0][0].isalnum():
        pieces[0] = begins(pieces[0])
        return
    for place, piece in enumerate(pieces):
        if any(map(str.isalnum, piece)):
            pieces[place] = begins(piece)
            return


def _running_sum(values: Integers) -> Integers:
    """Return the sums of all that stands before each place, from 0 to the whole."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    return sums
