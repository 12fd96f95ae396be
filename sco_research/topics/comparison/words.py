"""The words and phrases of the comparison, as a reader's tables."""

from collections.abc import Iterable

import pandas as pd

from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words
from sco_research.topics.comparison.tables import interval


def keyword_table(found: pd.DataFrame, *, direction: str, most: int) -> pd.DataFrame:
    """Return the leading keywords of one direction: ``target`` or ``reference``.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `keyness`.
    direction : str
        ``"target"`` for the words that the document has more often, ``"reference"`` for the others.
    most : int
        How many.
    """
    kept = found[found["direction"] == direction].head(most)
    return pd.DataFrame(
        {
            "Word": kept["term"],
            "Here": kept["count"],
            "Others": kept["reference_count"],
            "Per 1,000 here": kept["per_thousand"],
            "Per 1,000 others": kept["reference_per_thousand"],
            "Log ratio": kept["log_ratio"],
            "Interval": list(map(interval, kept["log_ratio_low"], kept["log_ratio_high"])),
            "LL": kept["log_likelihood_four_cell"],
            "p, corrected": kept["p_adjusted"],
            "z": kept["log_odds_z"],
        }
    ).reset_index(drop=True)


def sentences_with(document: Document, terms: Iterable[str]) -> list[list[str]]:
    """Return for each word the document's sentences that hold it."""
    held = {item.id: set(words(item.text.lower())) for item in sentences_of(document)}
    return [[anchor for anchor, here in held.items() if term in here] for term in terms]


def formula_table(document: Document, phrases: pd.DataFrame, *, most: int = 40) -> pd.DataFrame:
    """Return the phrases that this document shares with others, the widest spread first."""
    holders = phrases["document_ids"].map(lambda ids: document.id in ids)
    kept = phrases[holders.astype(bool)].head(most)
    return pd.DataFrame(
        {
            "Phrase": kept["phrase"],
            "Words": kept["words"],
            "Documents": kept["documents"],
            "Times": kept["count"],
        }
    ).reset_index(drop=True)


def new_table(document: Document, novelty: pd.DataFrame, reuse: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences that no earlier document has, word for word or reworded."""
    paired = set(reuse.loc[reuse["document_id"] == document.id, "segment_id"])
    here = novelty[novelty["document_id"] == document.id]
    kept = here[~here["segment_id"].isin(paired) & (here["words"] > 0)]
    return pd.DataFrame(
        {
            "Sentence": kept["segment_id"],
            "Formula (%)": 100 * kept["formulaic_share"],
            "What is new": kept["text"],
        }
    ).reset_index(drop=True)
