"""The few numbers that stand for a report where all reports are listed, for `Report.key_figures`.

A number that is not known is left out.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.schemes import YES
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.topics.commitments.tables import with_kind
from sco_research.topics.commitments.validation import validation_table
from sco_research.topics.language.prose import value_of
from sco_research.topics.reliability.tables import ALPHA, QUESTIONS

_LANGUAGE = {
    "Words": ("words", 0),
    "Sentences": ("sentences", 0),
    "Words per sentence": ("words_per_sentence", 1),
    "Flesch reading ease": ("flesch_reading_ease", 1),
    "MTLD": ("mtld", 1),
}
_LEADING = ("themes", "speech_act", "strict")


def of_themes(document: Document, shares: pd.DataFrame, codings: pd.DataFrame) -> dict[str, str]:
    """Return how many themes, coded sentences and hits there are.

    Parameters
    ----------
    document : Document
        The document.
    shares, codings : pandas.DataFrame
        As from `prevalence` of the document and `code_themes`.
    """
    return {
        "Themes found": f"{int((shares['hits'] > 0).sum())} of {len(shares)}",
        "Sentences with a theme": _of_all(codings["segment_id"].nunique(), document),
        "Hits": f"{len(codings):,}",
    }


def of_commitments(document: Document, commitments: pd.DataFrame) -> dict[str, str]:
    """Return how many commitments there are by either reading, and how the program scores.

    Parameters
    ----------
    document : Document
        The document.
    commitments : pandas.DataFrame
        As from `find_commitments`.
    """
    strict = commitments[commitments["strict"]]
    checks = validation_table(document)
    inside = checks[checks["Set"].str.startswith("in sample")]["F1"]
    high = int((with_kind(commitments)["kind"] == "strict, high").sum())
    return {
        "Strict commitments": f"{len(strict):,}",
        "Broad commitments": f"{int(commitments['broad'].sum()):,}",
        "Sentences with a strict one": _of_all(strict["segment_id"].nunique(), document),
        "Bind highly": f"{high:,}",
    } | _known({"Strict F1, in sample": (inside.iloc[0] if len(inside) else float("nan"), 2)})


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


def of_reliability(
    agreed: Iterable[pd.DataFrame], scores: Iterable[pd.DataFrame]
) -> dict[str, str]:
    """Return alpha and F1 of the leading questions.

    Parameters
    ----------
    agreed : iterable of pandas.DataFrame
        As from `agreement`, of the coders.
    scores : iterable of pandas.DataFrame
        As from `score`, of the program against the reference.
    """
    found: dict[str, tuple[float, int]] = {}
    for name, table, wanted in [
        *(("Alpha", table, table["coefficient"] == ALPHA) for table in agreed),
        *(("F1", table, table["measure"] == "f1") for table in scores),
    ]:
        # The average of all categories, or the one answer that there is.
        whole = table["category"].isin(["", POOLED, YES]) & wanted
        if "average" in table:
            whole &= table["average"] != "macro"
        for row in table[whole].to_dict("records"):
            if row["variable"] in _LEADING:
                asked = QUESTIONS[str(row["variable"])].lower()
                note = ", in sample" if name == "F1" else ""
                found.setdefault(f"{name}, {asked}{note}", (float(row["value"]), 2))
    return _known(found)


def _of_all(number: int, document: Document) -> str:
    return f"{number:,} of {len(sentences_of(document)):,}"


def _known(values: Mapping[str, tuple[float, int]]) -> dict[str, str]:
    return {
        label: f"{value:,.{decimals}f}"
        for label, (value, decimals) in values.items()
        if not pd.isna(value)
    }
