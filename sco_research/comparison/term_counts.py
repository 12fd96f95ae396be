"""How often each word, lemma or row of words stands in a text, or in a frequency list."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from sco_research.errors import ParameterError
from sco_research.statistics import Numbers
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.lemmas import lemma
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words as words_of
from sco_research.text.words import CORPUS, grams

Unit = Literal["word", "lemma"]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term stands in a text or a frequency list.

    Attributes
    ----------
    id : str
        The document, ``corpus`` or ``frequency list``.
    counts : collections.Counter
        By term.
    documents : tuple of str
        Ids of the documents counted.
    in_documents : collections.Counter
        By term, in how many of them it stands; empty for a frequency list.
    """

    id: str
    counts: Counter[str]
    documents: tuple[str, ...] = ()
    in_documents: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> float:
        """The sum of all counts."""
        return float(self.counts.total())

    def of(self, vocabulary: list[str]) -> Numbers:
        """Return the counts of these terms."""
        return np.array([self.counts.get(term, 0) for term in vocabulary], dtype=float)


Reference: TypeAlias = Documents | pd.DataFrame | TermCounts
"""What a text is held against; words that are counted already are not counted again."""

# What a frequency list calls its words, here and elsewhere in the package.
_TERM_COLUMNS = ("term", "word", "ngram")


def count_terms(source: Reference, *, unit: Unit, size: int, what: str) -> TermCounts:
    """Count the terms of documents, or read a frequency list; ``what`` names it in an error."""
    if isinstance(source, TermCounts):
        return source
    if isinstance(source, pd.DataFrame):
        return _listed(source, what)
    counts, in_documents = Counter[str](), Counter[str]()
    ids: list[str] = []
    for document in documents_of(source):
        here = terms_of(document, unit=unit, size=size)
        counts.update(here)
        in_documents.update(here.keys())
        ids.append(document.id)
    return TermCounts(ids[0] if len(ids) == 1 else CORPUS, counts, tuple(ids), in_documents)


def terms_of(document: Document, *, unit: Unit = "word", size: int = 1) -> Counter[str]:
    """Return how often each word, lemma or row of them stands in a document.

    >>> terms_of(Document.from_text("We met. We met them.", id="note"), size=2).most_common(1)
    [('we met', 2)]
    """
    counts = Counter[str]()
    for sentence in sentences_of(document):
        words = words_of(sentence.text.lower())
        if unit == "lemma":
            words = [lemma(word, document.metadata.language) for word in words]
        counts.update(words if size == 1 else map(" ".join, grams(words, size)))
    return counts


def _listed(frame: pd.DataFrame, what: str) -> TermCounts:
    """Read a frequency list."""
    column = next((name for name in _TERM_COLUMNS if name in frame.columns), None)
    if column is None or "count" not in frame.columns:
        raise ParameterError(
            f"keyness, {what}: a frequency list has the columns term (or word, or ngram) and "
            f"count; this frame has {', '.join(map(str, frame.columns)) or 'none'}"
        )
    counts = pd.to_numeric(frame["count"], errors="coerce")
    if counts.isna().any() or (counts < 0).any() or (counts % 1 != 0).any():
        raise ParameterError(f"keyness, {what}: a count is no whole number from 0 up; mend it")
    found = Counter[str]()
    for term, count in zip(frame[column].astype(str).str.lower(), counts, strict=True):
        found[term] += int(count)
    return TermCounts("frequency list", found)
