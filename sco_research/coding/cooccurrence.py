"""Co-occurrence of categories within sentences, paragraphs or sections."""

import math
from itertools import combinations
from typing import Literal, TypeAlias

import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import adjust_p_values, hypergeometric_tail
from sco_research.text.document import Documents
from sco_research.text.segments import segment

_PAIR = (
    Column("category", "str", "one category of the pair"),
    Column("other", "str", "the other"),
    Column("together", "int", "units with both, by different words"),
    Column("with_category", "int", "units with the one"),
    Column("with_other", "int", "units with the other"),
    Column("of", "int", "units of the document"),
    Column("jaccard", "float", "units with both over units with either, 0 to 1"),
    Column("lift", "float", "units with both over what independence expects; above 1 = more often"),
    Column("p_value", "float", "chance of so many or more together (hypergeometric, one-sided)"),
)
COOCCURRENCE = Schema(
    Column("document_id", "str", "the document"),
    Column("level", "str", "the unit: sentence, paragraph or section"),
    *_PAIR,
    Column("p_adjusted", "float", "the same, adjusted for all pairs (Benjamini & Hochberg 1995)"),
)
"""Pairs of categories that occur together, one row a document and pair."""


def cooccurrence(
    documents: Documents,
    codings: pd.DataFrame,
    *,
    level: Literal["sentence", "paragraph", "section"] = "sentence",
) -> pd.DataFrame:
    """Return how often each pair of categories occurs in one sentence, paragraph or section.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents coded.
    codings : pandas.DataFrame
        As from `code_themes`.
    level : str
        The unit: ``"sentence"``, ``"paragraph"`` or ``"section"``.

    Returns
    -------
    pandas.DataFrame
        See `COOCCURRENCE`; pairs that occur together at least once, the most frequent first. Where
        the same words were matched for both, the pair does not occur together: that two patterns
        overlap says nothing about the text.
        The adjustment is for all pairs of the categories that the document has.

    Raises
    ------
    ParameterError
        Where the level is another.

    Examples
    --------
    >>> from sco_research.coding.themes import code_themes
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("Drugs feed terrorism. They met.", id="note")
    >>> found = cooccurrence(document, code_themes(document))
    >>> found[["category", "other", "together", "of", "lift"]].values.tolist()
    [['security.drugs', 'security.terrorism', 1, 2, 2.0]]
    """
    if level not in ("sentence", "paragraph", "section"):
        raise ParameterError(
            f"cooccurrence, level {level!r}: choose sentence, paragraph or section"
        )
    sentences = segment(documents, level="sentence")
    places = ["document_id", "section", "paragraph", "sentence"]
    unit = places[: places.index(level) + 1]
    units = sentences[unit].drop_duplicates().groupby("document_id").size()
    placed = codings[["segment_id", "category", "start", "end"]]
    placed = placed.merge(sentences[["segment_id", *places]], on="segment_id")
    rows = []
    for document_id, of_document in placed.groupby("document_id", sort=False):
        unit_of = of_document.groupby(unit[1:], sort=False).ngroup()
        members: _Places = {}
        columns = (unit_of, of_document["category"], of_document["start"], of_document["end"])
        for number, category, start, end in zip(*columns, strict=True):
            of_unit = members.setdefault(str(category), {}).setdefault(int(number), [])
            of_unit.append((int(start), int(end)))
        of = int(units[document_id])
        rows.append(_pairs(members, of).assign(document_id=document_id, level=level))
    if not rows:
        return COOCCURRENCE.empty()
    found = COOCCURRENCE.typed(pd.concat(rows, ignore_index=True))
    return found[found["together"] > 0].reset_index(drop=True)


_Places: TypeAlias = dict[str, dict[int, list[tuple[int, int]]]]
"""By category and unit, from where to where its matches reach."""


def _by_different_words(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    """Return whether a match of the one shares no word with a match of the other.

    >>> _by_different_words([(0, 5)], [(0, 9)]), _by_different_words([(0, 5)], [(0, 9), (10, 12)])
    (False, True)
    """
    return any(left[1] <= right[0] or right[1] <= left[0] for left in one for right in other)


def _pairs(members: _Places, of: int) -> pd.DataFrame:
    """Return every pair of one document, also those that never occur together: they are tests."""
    rows = []
    for category, other in combinations(sorted(members), 2):
        one, two = members[category], members[other]
        both = one.keys() & two.keys()
        together = sum(_by_different_words(one[unit], two[unit]) for unit in both)
        rows.append(
            {
                "category": category,
                "other": other,
                "together": together,
                "with_category": len(one),
                "with_other": len(two),
                "of": of,
                "jaccard": together / len(one.keys() | two.keys()),
                "lift": together * of / (len(one) * len(two)),
                "p_value": math.nan,
            }
        )
    frame = Schema(*_PAIR).frame(rows)
    shared, first, second = (
        frame[name].to_numpy(dtype=int) for name in ("together", "with_category", "with_other")
    )
    p_values = hypergeometric_tail(shared, first, second, of)
    frame = frame.assign(p_value=p_values, p_adjusted=adjust_p_values(p_values))
    return frame.sort_values(["together", "lift"], ascending=False, kind="stable")
