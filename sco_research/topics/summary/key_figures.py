"""The few numbers that stand for a report where all reports are listed, for `Report.key_figures`.

A number that is not known is left out.
"""

from collections.abc import Mapping

import pandas as pd

from sco_research.text.document import Corpus, Document
from sco_research.text.segments import sentences_of
from sco_research.topics.language.prose import value_of

_LANGUAGE = {
    "Words": ("words", 0),
    "Sentences": ("sentences", 0),
    "Words per sentence": ("words_per_sentence", 1),
    "Flesch reading ease": ("flesch_reading_ease", 1),
    "MTLD": ("mtld", 1),
}


def of_language(metrics: pd.DataFrame) -> dict[str, str]:
    """Return length, readability and diversity.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`, with level ``document``.
    """
    return _known(
        {
            label: (value_of(metrics, name), decimals)
            for label, (name, decimals) in _LANGUAGE.items()
        }
    )


def of_comparison(document: Document, corpus: Corpus, reuse: pd.DataFrame) -> dict[str, str]:
    """Return how many documents are compared, and what of this one stands in others.

    Parameters
    ----------
    document : Document
        The document.
    corpus : Corpus
        It and those it is compared with.
    reuse : pandas.DataFrame
        As from `find_reuse`.
    """
    found = {"Documents": f"{len(corpus):,}"}
    ways = {"From an earlier one": "segment_id", "In a later one": "earlier_segment_id"}
    for label, column in ways.items() if len(corpus) > 1 else ():
        mine = reuse[column.replace("segment", "document")] == document.id
        found[label] = _of_all(reuse.loc[mine, column].nunique(), document)
    return found


def _of_all(number: int, document: Document) -> str:
    return f"{number:,} of {len(sentences_of(document)):,}"


def _known(values: Mapping[str, tuple[float, int]]) -> dict[str, str]:
    return {
        label: f"{value:,.{decimals}f}"
        for label, (value, decimals) in values.items()
        if not pd.isna(value)
    }
