"""How much of a document each theme takes, with intervals of its share and its rank."""

import numpy as np
import pandas as pd

from sco_research.statistics import (
    MIN_UNITS,
    Bootstrap,
    Numbers,
    bootstrap_intervals,
    divide,
)
from sco_research.text.document import Document
from sco_research.text.segments import segment


def theme_weights(
    document: Document,
    codings: pd.DataFrame,
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return the themes that occur by their sentences, with intervals of share and rank.

    Parameters
    ----------
    document : Document
        The document.
    codings : pandas.DataFrame
        As from `code_themes`.
    bootstrap : Bootstrap
        How intervals are made.

    Returns
    -------
    pandas.DataFrame
        One row a category that occurs, most sentences first, ties in the order of their first
        match: ``category``, ``sentences``, ``hits``; ``share`` of the document's sentences (0 to
        1) with ``share_low`` and ``share_high``; ``rank`` by sentences (1 = most; ties share the
        first of their ranks) with ``rank_low`` and ``rank_high``.

    Notes
    -----
    Paragraphs are drawn with replacement, because the sentences of a paragraph hang together. A
    document of fewer than five paragraphs has no intervals, and a theme in fewer than five
    sentences no interval of its share. In each resample a theme that is tied takes the first of
    the tied ranks for ``rank_low`` and the last for ``rank_high``.

    Examples
    --------
    >>> from sco_research.coding.themes import code_themes
    >>> document = Document.from_text("Drugs kill. Drugs and banks. They met.", id="note")
    >>> found = theme_weights(document, code_themes(document))
    >>> found[["category", "sentences", "rank"]].values.tolist()
    [['security.drugs', 2, 1], ['economy', 1, 2]]
    """
    sentences = segment(document, level="sentence")
    paragraph, _ = pd.factorize(sentences["paragraph"])
    place = pd.Series(paragraph, index=sentences["segment_id"].to_numpy())
    here = codings[codings["document_id"] == document.id]
    hits = here.groupby("category", sort=False).size()
    coded = here[["category", "segment_id"]].drop_duplicates()
    counts = np.zeros((len(set(paragraph)), len(hits)))
    columns = coded["category"].map({name: column for column, name in enumerate(hits.index)})
    np.add.at(counts, (coded["segment_id"].map(place).to_numpy(int), columns.to_numpy(int)), 1)
    lengths = np.bincount(paragraph).astype(float)
    totals = counts.sum(axis=0)

    def shares_and_ranks(weights: Numbers) -> Numbers:
        drawn = weights @ counts
        return np.hstack([divide(drawn, (weights @ lengths)[:, None]), *_ranks(drawn)])

    low = high = np.full(3 * len(hits), np.nan)
    if len(hits) and len(lengths) >= MIN_UNITS:
        found = bootstrap_intervals(shares_and_ranks, len(lengths), bootstrap=bootstrap)
        # A rank that is the same in every resample has that rank for both ends.
        low, high = (
            np.where(np.isnan(end), found.estimate, end) for end in (found.low, found.high)
        )
    share, first, last = (slice(part * len(hits), (part + 1) * len(hits)) for part in range(3))
    few = totals < MIN_UNITS
    frame = pd.DataFrame(
        {
            "category": hits.index.astype("str"),
            "sentences": totals.astype(int),
            "hits": hits.to_numpy(dtype=int),
            "share": totals / len(sentences),
            "share_low": np.where(few, np.nan, low[share]),
            "share_high": np.where(few, np.nan, high[share]),
            "rank": _ranks(totals[None, :])[0][0].astype(int),
            "rank_low": pd.array(np.floor(low[first]), dtype="Int64"),
            "rank_high": pd.array(np.ceil(high[last]), dtype="Int64"),
        }
    )
    return frame.sort_values("sentences", ascending=False, kind="stable", ignore_index=True)


def _ranks(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the first and the last rank of each value in its row, 1 = largest, ties sharing.

    >>> [ranks.tolist() for ranks in _ranks(np.array([[3.0, 5.0, 3.0]]))]
    [[[2.0, 1.0, 2.0]], [[3.0, 1.0, 3.0]]]
    """
    first, last = np.ones_like(values), np.zeros_like(values)
    for other in values.T:
        first += other[:, None] > values
        last += other[:, None] >= values
    return first, last
