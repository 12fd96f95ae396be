"""The sentences behind the numbers of the reliability notebook's tables, for `Report.table`."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import pandas as pd

from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import YES
from sco_research.reports.evidence import segments_by
from sco_research.topics.reliability import tables as views

Sentences = dict[str, list[list[str]]]


def behind_coders(references: Iterable[Reference]) -> Sentences:
    """Return the sentences that each coder answered, and those that are settled."""
    lists = []
    for reference in references:
        answered = reference.coders.dropna(subset="value")
        coders = sorted(answered["coder"].unique())
        lists += segments_by(answered, answered["coder"], coders)
        lists.append([str(name) for name in dict.fromkeys(reference.settled["segment_id"])])
    return {"Sentences": lists, "Answers": lists}


def behind_agreement(table: pd.DataFrame, ratings: pd.DataFrame) -> Sentences:
    """Return the sentences on which the coders differ, a question of `agreement` a row."""
    return {
        "Differ": [
            views.differing(ratings, variable, category)
            for variable, category, _ in views.of_all_coders(table)
        ]
    }


def behind_confusion(ratings: pd.DataFrame, *, variable: str, values: Sequence[str]) -> Sentences:
    """Return the sentences of each cell of `confusion_table`."""
    answers = ratings[(ratings["variable"] == variable) & ratings["value"].notna()]
    by_coder = [here for _, here in answers.groupby("coder", sort=False)]
    pairs = [
        one.merge(other, on=["segment_id", "category"]) for one, other in combinations(by_coder, 2)
    ]
    empty = pd.DataFrame(columns=["segment_id", "value_x", "value_y"])
    met = pd.concat(pairs) if pairs else empty
    return {
        second: segments_by(here, here["value_x"], values)
        for second in values
        for here in [met[met["value_y"] == second]]
    }


def behind_scores(table: pd.DataFrame, found: pd.DataFrame, reference: pd.DataFrame) -> Sentences:
    """Return the sentences that are right, too many and missed, a row of `score_table` a row.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `score` of the two ratings that follow.
    found, reference : pandas.DataFrame
        Ratings of the program and of the reference coding.
    """
    key = ["segment_id", "variable", "category"]
    pairs = reference.dropna(subset="value").merge(found, on=key, suffixes=("", "_found"))
    columns: Sentences = {"Right": [], "Too many": [], "Missed": []}
    for variable, category, average, _ in views.scored(table):
        here = pairs[pairs["variable"] == variable]
        # A mean over categories counts no sentences of its own.
        kinds = _cells(here.iloc[:0] if average == "macro" else here, category)
        for name, rows in zip(columns, kinds, strict=True):
            columns[name].append([str(anchor) for anchor in dict.fromkeys(rows["segment_id"])])
    return columns


def _cells(pairs: pd.DataFrame, category: str) -> list[pd.DataFrame]:
    """Return true positives, false positives and false negatives, of all where there is no one."""
    many = bool((pairs["category"] != "").any())
    if many:
        pairs = pairs[pairs["category"] == category] if category else pairs
        found, true = pairs["value_found"] == YES, pairs["value"] == YES
    elif category:
        found, true = pairs["value_found"] == category, pairs["value"] == category
    else:
        # A wrong answer is one too many of its own kind, and one missed of the right kind.
        same = pairs["value_found"] == pairs["value"]
        return [pairs[same], pairs[~same], pairs[~same]]
    return [pairs[found & true], pairs[found & ~true], pairs[~found & true]]
