"""Collocations: which words stand together more often than chance would have it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import log_likelihood
from sco_research.text.document import Documents
from sco_research.text.words import word_lists

ASSOCIATION = Schema(
    Column("log_likelihood", "float", "Dunning 1993, all four cells; higher = more strongly"),
    Column("t_score", "float", "Church et al. 1991; higher = more strongly"),
    Column("pmi", "float", "mutual information to the base 2, Church & Hanks 1990; higher = more"),
)
COLLOCATIONS = Schema(
    Column("document_id", "str", "the document, or ``corpus``"),
    Column("first", "str", "the word that comes first in the text"),
    Column("second", "str", "the word that follows it"),
    Column("count", "int", "how often the pair occurs"),
    Column("first_count", "int", "pairs that the first word begins"),
    Column("second_count", "int", "pairs that the second word ends"),
    Column("pairs", "int", "pairs of the document"),
    ASSOCIATION,
)


def association(
    joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, size: npt.ArrayLike
) -> pd.DataFrame:
    """Return the measures of association of word pairs, from their counts.

    Parameters
    ----------
    joint : array-like
        How often the pair occurs.
    first, second : array-like
        How often its words occur.
    size : array-like
        Size of the corpus, in words or pairs.

    Returns
    -------
    pandas.DataFrame
        One row per pair, with the columns of `ASSOCIATION`; the t-score and the mutual information
        of a pair that never occurs are missing. The log-likelihood has no sign: it is high for a
        pair that avoids itself too.

    Examples
    --------
    >>> round(float(association(110, 2552, 221, 31777)["log_likelihood"].iloc[0]), 2)
    270.72
    """
    a, row, column, total = (
        np.atleast_1d(np.asarray(values, dtype=float)) for values in (joint, first, second, size)
    )
    expected = row * column / total
    cells = (a, row - a, column - a, total - row - column + a)
    means = (
        expected,
        row * (total - column) / total,
        (total - row) * column / total,
        (total - row) * (total - column) / total,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "log_likelihood": log_likelihood(np.stack(cells), np.stack(means)),
                "t_score": np.where(a > 0, (a - expected) / np.sqrt(a), np.nan),
                "pmi": np.where(a > 0, np.log2(a / expected), np.nan),
            }
        )


def collocations(
    documents: Documents,
    *,
    window: int = 1,
    min_count: int = 3,
    skip: Iterable[str] = (),
    together: bool = False,
) -> pd.DataFrame:
    """Return which words stand together more often than chance would have it.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where to look.
    window : int
        How far after the first word the second may stand; 1 is the next word.
    min_count : int
        The smallest number of times a pair occurs.
    skip : iterable of str
        Words of which no listed pair holds one, such as those of `function_words`; they count
        among the pairs all the same.
    together : bool
        Count all documents as one; its id is ``corpus``.

    Returns
    -------
    pandas.DataFrame
        One row per document and pair, the highest log-likelihood first, with the columns of
        `COLLOCATIONS`, among them the measures of `association`.

    Raises
    ------
    ParameterError
        Where the window is less than 1.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("The member states met. Our member states agreed.", id="note")
    >>> collocations(note, min_count=2)[["first", "second", "count", "pairs"]].values.tolist()
    [['member', 'states', 2, 6]]
    """
    if window < 1:
        raise ParameterError(f"collocations, window {window}: it must be 1 or more; enlarge it")
    skipped = frozenset(skip)
    parts = [COLLOCATIONS.empty()]
    for name, sentences in word_lists(documents, together):
        pairs = Counter(pair for sentence in sentences for pair in _pairs(sentence, window))
        first, second = Counter[str](), Counter[str]()
        for (left, right), count in pairs.items():
            first[left] += count
            second[right] += count
        total = pairs.total()
        rows = [
            (name, left, right, count, first[left], second[right], total, 0.0, 0.0, 0.0)
            for (left, right), count in pairs.items()
            if count >= min_count and left not in skipped and right not in skipped
        ]
        frame = COLLOCATIONS.frame(rows)
        measures = association(
            frame["count"], frame["first_count"], frame["second_count"], frame["pairs"]
        )
        ordered = frame.assign(**{column: measures[column] for column in measures.columns})
        # Rounded, so that ties are ties on every processor: the last digits differ.
        even = ordered.assign(rank=ordered["log_likelihood"].round(6))
        even = even.sort_values(["rank", "first", "second"], ascending=[False, True, True])
        parts.append(even.drop(columns="rank"))
    return pd.concat(parts, ignore_index=True)


def _pairs(sentence: Sequence[str], window: int) -> Iterator[tuple[str, str]]:
    for distance in range(1, window + 1):
        yield from zip(sentence, sentence[distance:], strict=False)
