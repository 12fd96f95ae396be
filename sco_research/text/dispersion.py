"""How evenly something is spread over the parts of a text: Gries's deviation of proportions."""

from collections.abc import Iterable
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import MIN_UNITS
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words

Part = Literal["section", "paragraph", "sentence"]

DISPERSION = Schema(
    Column("document_id", "str", "the document"),
    Column("item", "str", "what was looked for: a word, a phrase, a category"),
    Column("count", "int", "hits"),
    Column("parts", "int", "parts of the document that have words"),
    Column("parts_with_hits", "int", "those of them with a hit"),
    Column("dp", "float", "deviation of proportions: 0 = as even as can be, 1 = in one part"),
    Column("dp_norm", "float", "the same over its largest possible value, 0 to 1"),
    Column("dp_floor", "float", "the lowest value that so many hits can reach in these parts"),
    Column("dp_ceiling", "float", "the highest: all hits in the smallest part"),
    Column("dp_adjusted", "float", "dp between floor and ceiling: 0 = the floor, 1 = the ceiling"),
    Column("flag", "str", "why values are missing"),
)


def deviation_of_proportions(
    hits: ArrayLike, sizes: ArrayLike, *, normalised: bool = False
) -> float:
    """Return Gries's deviation of proportions (DP) of hits over the parts of a text.

    Parameters
    ----------
    hits : array_like
        Hits in each part.
    sizes : array_like
        Words of each part, above 0.
    normalised : bool
        Divide by the largest value that parts of these sizes allow (Lijffijt & Gries 2012).

    Returns
    -------
    float
        0 = as even as the sizes allow, towards 1 = all in one small part; normalised, 1 = all in
        the smallest part. NaN without a hit; normalised, also with one part only.

    Notes
    -----
    Half the sum over the parts of ``|share of the hits - share of the words|`` [gries2008]_.

    .. [gries2008] S. Th. Gries, 2008, Dispersions and adjusted frequencies in corpora.

    Examples
    --------
    >>> round(deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 2)
    0.18
    """
    counts, words_of_parts = np.asarray(hits, dtype=float), np.asarray(sizes, dtype=float)
    if not counts.sum() or (normalised and len(counts) < 2):
        return float("nan")
    shares = words_of_parts / words_of_parts.sum()
    value = float(np.abs(counts / counts.sum() - shares).sum() / 2)
    return value / (1 - float(shares.min())) if normalised else value


def attainable_deviation(hits: int, sizes: ArrayLike) -> tuple[float, float]:
    """Return the lowest and the highest DP that a number of hits can reach in parts of these sizes.

    Few hits cannot be spread evenly over many parts, so DP depends on frequency (Gries 2024).

    Parameters
    ----------
    hits : int
        How many hits are spread.
    sizes : array_like
        Words of each part, above 0.

    Returns
    -------
    tuple of float
        Floor and ceiling; both NaN without a hit.

    Notes
    -----
    A hit is added at a time to the part where it lowers DP most. Since DP is a sum of convex
    functions of the parts' hits, this finds its minimum.

    Examples
    --------
    Five hits in four parts of one size: one part has to have two.

    >>> attainable_deviation(5, [10, 10, 10, 10])
    (0.15, 0.75)
    """
    shares = np.asarray(sizes, dtype=float)
    shares = shares / shares.sum()
    if not hits:
        return float("nan"), float("nan")
    # Whole hits that a part's share holds lower DP by 1 / hits each; what is left is added singly.
    counts = np.floor(shares * hits + 1e-9)
    for _ in range(int(hits - counts.sum())):
        gain = np.abs(counts / hits - shares) - np.abs((counts + 1) / hits - shares)
        counts[int(np.argmax(gain.round(12)))] += 1
    floor = float(np.abs(counts / hits - shares).sum() / 2)
    return round(floor, 12), round(1 - float(shares.min()), 12)


def dispersion(
    documents: Documents,
    hits: pd.DataFrame,
    *,
    by: str,
    items: Iterable[str] = (),
    parts: Part = "paragraph",
) -> pd.DataFrame:
    r"""Return how evenly hits are spread over the parts of each document.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents that were searched.
    hits : pandas.DataFrame
        A row per hit with ``document_id`` and ``segment_id`` of its sentence, as from `kwic` or
        `code_themes`.
    by : str
        The column of ``hits`` that says what was found, such as ``pattern`` or ``category``.
    items : iterable of str
        What has rows, in this order, also without a hit; empty: what was found, by alphabet.
    parts : str
        ``section``, ``paragraph`` or ``sentence``.

    Returns
    -------
    pandas.DataFrame
        One row per document and item, with the columns of `DISPERSION`; see
        `deviation_of_proportions` and `attainable_deviation`. DP is missing where the item has
        fewer than five hits, or the document one part only. Parts are as long as their sentences
        have words, read as `kwic` reads them: with their hyphens at line ends repaired.

    Raises
    ------
    ParameterError
        Where the parts are of another level, or a hit's sentence is not in the documents.

    Examples
    --------
    >>> from sco_research.text.concordance import kwic
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("Peace, peace, peace.\n\nPeace, peace and trust.", id="note")
    >>> found = dispersion(note, kwic(note, ["peace", "trust"]), by="pattern")
    >>> found[["item", "count", "dp_floor", "flag"]].round(4).values.tolist()
    [['peace', 5, 0.0286, ''], ['trust', 1, 0.4286, 'undefined: fewer than 5 hits']]
    """
    if parts not in get_args(Part):
        raise ParameterError(f"dispersion, parts {parts!r}: choose section, paragraph or sentence")
    wanted = list(dict.fromkeys(items)) or sorted(hits[by].unique())
    rows: list[tuple[object, ...]] = []
    for document in documents_of(documents):
        part_of, sizes = _parts(document, parts)
        here = hits[hits["document_id"] == document.id]
        foreign = here.loc[~here["segment_id"].isin(part_of), "segment_id"]
        if len(foreign):
            raise ParameterError(
                f"dispersion, hits: {foreign.iloc[0]!r} is no sentence of the document; search "
                "this document anew"
            )
        places = here["segment_id"].map(part_of)
        for item in wanted:
            found = places[here[by] == item].value_counts()
            counts = [int(found.get(part, 0)) for part in sizes]
            rows.append((document.id, item, *_values(counts, list(sizes.values()))))
    return DISPERSION.frame(rows)


def _parts(document: Document, level: Part) -> tuple[dict[str, object], dict[object, int]]:
    """Return the part of each sentence, and the words of each part that has any."""
    part_of: dict[str, object] = {}
    sizes: dict[object, int] = {}
    for sentence in sentences_of(document):
        part = sentence.id if level == "sentence" else getattr(sentence, level)
        part_of[sentence.id] = part
        number = len(words(sentence.text))
        if number:
            sizes[part] = sizes.get(part, 0) + number
    return part_of, sizes


def _values(counts: list[int], sizes: list[int]) -> tuple[object, ...]:
    """Return what a row says of one item's hits in each part."""
    hits = sum(counts)
    if not hits:
        flag = "undefined: it does not occur"
    elif len(sizes) < 2:
        flag = "undefined: one part only"
    else:
        flag = f"undefined: fewer than {MIN_UNITS} hits" if hits < MIN_UNITS else ""
    nan = float("nan")
    floor, ceiling = attainable_deviation(hits, sizes) if len(sizes) > 1 else (nan, nan)
    dp = nan if flag else deviation_of_proportions(counts, sizes)
    norm = nan if flag else deviation_of_proportions(counts, sizes, normalised=True)
    adjusted = (dp - floor) / (ceiling - floor) if ceiling > floor else nan
    return hits, len(sizes), sum(map(bool, counts)), dp, norm, floor, ceiling, adjusted, flag
