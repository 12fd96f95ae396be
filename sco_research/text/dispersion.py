"""How evenly something is spread over the parts of a text: Gries's deviation of proportions."""

from collections.abc import Iterable
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
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
    Column("flag", "str", "why the two values are missing"),
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
        `deviation_of_proportions`. The values are missing where the item does not occur, or the
        document has one part only. Parts are as long as their sentences have words, read as `kwic`
        reads them: with their hyphens at line ends repaired.

    Raises
    ------
    ParameterError
        Where the parts are of another level, or a hit's sentence is not in the documents.

    Examples
    --------
    >>> from sco_research.text.concordance import kwic
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("Peace and trust.\n\nTrust and trade.", id="note")
    >>> found = dispersion(note, kwic(note, ["peace", "trust"]), by="pattern")
    >>> found[["item", "count", "dp"]].values.tolist()
    [['peace', 1, 0.5], ['trust', 2, 0.0]]
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


def _values(counts: list[int], sizes: list[int]) -> tuple[int, int, int, float, float, str]:
    """Return what a row says of one item's hits in each part."""
    flag = "undefined: one part only" if len(sizes) < 2 else ""
    flag = flag if sum(counts) else "undefined: it does not occur"
    nan = float("nan")
    dp = nan if flag else deviation_of_proportions(counts, sizes)
    dp_norm = nan if flag else deviation_of_proportions(counts, sizes, normalised=True)
    return sum(counts), len(sizes), sum(map(bool, counts)), dp, dp_norm, flag
