"""How alike documents are in their words, and a map of it."""

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from sco_research.comparison import by_date
from sco_research.comparison.term_counts import Unit, terms_of
from sco_research.frames import Column, Schema
from sco_research.statistics import Numbers
from sco_research.text.document import Documents
from sco_research.text.words import function_words

SIMILARITY = Schema(
    Column("document_id", "str", "the later document"),
    Column("other_document_id", "str", "the earlier one"),
    Column("similarity", "float", "cosine: 0 nothing in common, 1 the same words alike often"),
    Column("shared_terms", "int", "words that both have"),
    Column("flag", "str", "why the similarity is missing"),
)
SIMILARITY_MAP = Schema(
    Column("document_id", "str", "the document"),
    Column("date", "str", "its date, empty where unknown"),
    Column("x", "float", "place in the plane, without unit"),
    Column("y", "float", "place in the plane, without unit"),
    Column("x_share", "float", "of the variation, what this direction shows, 0 to 1"),
    Column("y_share", "float", "of the variation, what this direction shows, 0 to 1"),
)


def similarity(documents: Documents, *, unit: Unit = "lemma") -> pd.DataFrame:
    """Return how alike each pair of documents is in its vocabulary.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents; taken in the order of their dates, or as given where one has none.
    unit : str
        ``"lemma"`` or ``"word"``; the function words of English are left out.

    Returns
    -------
    pandas.DataFrame
        One row per pair, with the columns of `SIMILARITY`.

    Notes
    -----
    The vectors hold ``(1 + ln n) ln(1 + N / d)`` for a word that stands n times in the document and
    in d of the N documents [salton1988]_.

    .. [salton1988] G. Salton and C. Buckley, 1988, Term-weighting approaches in automatic text
       retrieval.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> texts = ["Trade grows.", "Trade grows fast.", "Opium kills."]
    >>> corpus = [Document.from_text(text, id=f"d{place}") for place, text in enumerate(texts)]
    >>> similarity(corpus)[["document_id", "other_document_id", "similarity"]].round(2).values[0]
    array(['d1', 'd0', 0.68], dtype=object)
    """
    order = by_date(documents)
    counts = [
        Counter(
            {
                term: count
                for term, count in terms_of(document, unit=unit).items()
                if term not in function_words()
            }
        )
        for document in order
    ]
    holders = Counter(term for found in counts for term in found)
    idf = {term: np.log(1 + len(order) / number) for term, number in holders.items()}
    vectors = [
        {term: (1 + np.log(count)) * idf[term] for term, count in found.items()} for found in counts
    ]
    lengths = [np.sqrt(sum(value**2 for value in vector.values())) for vector in vectors]
    rows = []
    for other, here in combinations(range(len(order)), 2):
        shared = sorted(vectors[here].keys() & vectors[other].keys())
        empty = not lengths[here] or not lengths[other]
        product = sum(vectors[here][term] * vectors[other][term] for term in shared)
        rows.append(
            (
                order[here].id,
                order[other].id,
                np.nan if empty else product / (lengths[here] * lengths[other]),
                len(shared),
                "a document has no words but function words" if empty else "",
            )
        )
    return SIMILARITY.frame(rows)


def similarity_map(documents: Documents, similarities: pd.DataFrame) -> pd.DataFrame:
    """Return places of documents in a plane, the nearer the more alike.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents.
    similarities : pandas.DataFrame
        As from `similarity` of them.

    Returns
    -------
    pandas.DataFrame
        One row per document, in the order of dates, with the columns of `SIMILARITY_MAP`. The
        first document lies to the left and the second below or level; the places of fewer than
        three documents lie on a line.

    Notes
    -----
    Classical multidimensional scaling [torgerson1952]_ of the distances ``sqrt(2 - 2 s)``, those
    between unit vectors of similarity s. A missing similarity counts as 0.

    .. [torgerson1952] W. S. Torgerson, 1952, Multidimensional scaling: I. Theory and method.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> pair = [Document.from_text("Trade.", id="a"), Document.from_text("Opium.", id="b")]
    >>> similarity_map(pair, similarity(pair))[["document_id", "x", "y"]].round(2).values.tolist()
    [['a', -0.71, 0.0], ['b', 0.71, 0.0]]
    """
    order = by_date(documents)
    place = {document.id: number for number, document in enumerate(order)}
    alike = np.eye(len(order))
    for row in similarities.to_dict("records"):
        one, two = place[str(row["document_id"])], place[str(row["other_document_id"])]
        alike[one, two] = alike[two, one] = np.nan_to_num(float(row["similarity"]))
    points, shares = _scaled(np.maximum(2 - 2 * alike, 0))
    rows = [
        (document.id, str(document.metadata.date or ""), *points[number], *shares)
        for number, document in enumerate(order)
    ]
    return SIMILARITY_MAP.frame(rows)


def _scaled(squared: Numbers) -> tuple[Numbers, tuple[float, float]]:
    """Return two coordinates from squared distances, and the share of each."""
    number = len(squared)
    points = np.zeros((number, 2))
    if number < 2:
        return points, (0.0, 0.0)
    centring = np.eye(number) - 1 / number
    values, vectors = np.linalg.eigh(-centring @ squared @ centring / 2)
    order = np.argsort(-values, kind="stable")
    values, vectors = np.maximum(values[order], 0), vectors[:, order]
    total = float(values.sum())
    shares = [0.0, 0.0]
    for axis in range(min(2, number)):
        if total and values[axis] > 1e-9 * total:
            points[:, axis] = vectors[:, axis] * np.sqrt(values[axis])
            shares[axis] = float(values[axis]) / total
    # The sign of an eigenvector is arbitrary: it is set by the first document off the axis.
    for axis in range(2):
        off = np.flatnonzero(np.abs(points[:, axis]) > 1e-9)
        if len(off) and points[off[0], axis] > 0:
            points[:, axis] *= -1
    return points, (shares[0], shares[1])
