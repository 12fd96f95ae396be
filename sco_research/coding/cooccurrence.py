"""Which categories meet: pairs within sentences, paragraphs or sections."""

from itertools import combinations
from typing import Literal

import pandas as pd
from scipy.stats import hypergeom

from sco_research.errors import ParameterError
from sco_research.statistics import adjust_p_values
from sco_research.text.document import Documents
from sco_research.text.segments import segment

COOCCURRENCE = {
    "document_id": "str",
    "level": "str",
    "category": "str",
    "other": "str",
    "together": "int64",
    "with_category": "int64",
    "with_other": "int64",
    "of": "int64",
    "jaccard": "float64",
    "lift": "float64",
    "p_value": "float64",
    "p_adjusted": "float64",
}


def cooccurrence(
    documents: Documents,
    codings: pd.DataFrame,
    *,
    level: Literal["sentence", "paragraph", "section"] = "sentence",
) -> pd.DataFrame:
    """Return how often each pair of categories stands in one sentence, paragraph or section.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents coded.
    codings : pandas.DataFrame
        As from `code_themes`.
    level : str
        ``"sentence"``, ``"paragraph"`` or ``"section"``: within what they meet.

    Returns
    -------
    pandas.DataFrame
        One row per document and pair that meets at least once, the most frequent first:
        ``document_id``, ``level``, ``category``, ``other``; ``together``, ``with_category``,
        ``with_other``, ``of`` (numbers of units); ``jaccard`` (together over either, 0 to 1);
        ``lift`` (together over what independence expects; above 1 = more often than that);
        ``p_value`` of meeting so often or more by chance (hypergeometric, one-sided);
        ``p_adjusted`` for the pairs of the document that could meet (Benjamini & Hochberg 1995).

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
    placed = codings[["segment_id", "category"]].drop_duplicates()
    placed = placed.merge(sentences[["segment_id", *places]], on="segment_id")
    rows = []
    for document_id, here in placed.groupby("document_id", sort=False):
        unit_of = here.groupby(unit[1:], sort=False).ngroup()
        members = {
            str(category): set(numbers) for category, numbers in unit_of.groupby(here["category"])
        }
        of = int(units[document_id])
        rows.append(_pairs(members, of).assign(document_id=document_id, level=level))
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COOCCURRENCE.items()})
    found = pd.concat(rows, ignore_index=True)[list(COOCCURRENCE)].astype(COOCCURRENCE)
    return found[found["together"] > 0].reset_index(drop=True)


def _pairs(members: dict[str, set[int]], of: int) -> pd.DataFrame:
    """Return every pair of one document, those that never meet included: they too are tests."""
    rows = []
    for category, other in combinations(sorted(members), 2):
        one, two = members[category], members[other]
        together = len(one & two)
        rows.append(
            {
                "category": category,
                "other": other,
                "together": together,
                "with_category": len(one),
                "with_other": len(two),
                "of": of,
                "jaccard": together / len(one | two),
                "lift": together * of / (len(one) * len(two)),
                "p_value": float(hypergeom.sf(together - 1, of, len(one), len(two))),
            }
        )
    frame = pd.DataFrame(rows, columns=[name for name in COOCCURRENCE if name not in _ADDED])
    frame = frame.assign(p_adjusted=adjust_p_values(frame["p_value"].astype(float)))
    return frame.sort_values(["together", "lift"], ascending=False, kind="stable")


_ADDED = ("document_id", "level", "p_adjusted")
