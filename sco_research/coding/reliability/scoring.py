"""Precision, recall and F1 of a coding against a reference coding, with intervals."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sco_research.coding.reliability.agreement import scope_of
from sco_research.coding.reliability.ratings import check_ratings
from sco_research.coding.reliability.schemes import NO, YES
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import (
    Bootstrap,
    Intervals,
    Numbers,
    bootstrap_intervals,
    divide,
)
from sco_research.text.segments import paragraph_id

MEASURES = ("precision", "recall", "f1")
SCORES = Schema(
    Column("document_id", "str", "the document, or how many"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, or the answer that is looked for, such as yes"),
    Column(
        "average",
        "str",
        "empty; micro: all decisions pooled; macro: mean over the categories of either coding",
    ),
    Column("measure", "str", "precision, recall or f1"),
    Column("value", "float", "0 to 1, higher = nearer to the reference"),
    Column("low", "float", "lower end of the bootstrap interval"),
    Column("high", "float", "upper end"),
    Column("confidence", "float", "coverage of the interval"),
    Column("segments", "int", "segments compared"),
    Column("true_positives", "int", "answers of the reference that were found"),
    Column("false_positives", "int", "answers found that the reference does not have"),
    Column("false_negatives", "int", "answers of the reference that were not found"),
    Column("reason", "str", "why a value or an interval is missing"),
)
"""Scores of a coding against a reference, one row a variable, category and measure."""

OUTCOMES = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the segment"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, or the answer that is looked for, such as yes"),
    Column("outcome", "str", "true positive, false positive or false negative"),
)
"""Decisions of one coding against a reference, as `outcomes` returns them."""


def score(
    found: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return precision, recall and F1 of a coding against a reference, with bootstrap intervals.

    Parameters
    ----------
    found : pandas.DataFrame
        Ratings of one coder, as a rule the program (`ratings_of`, `ratings_of_hits`).
    reference : pandas.DataFrame
        Ratings of one coder, as a rule the adjudicated coding. Questions that only one of the two
        asks are left out; every segment of the reference must be answered in ``found``.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals; whole paragraphs are resampled.

    Returns
    -------
    pandas.DataFrame
        See `SCORES`.

    Raises
    ------
    ParameterError
        Where a coding has more than one coder, there is no question in common, or a segment of the
        reference is not answered in ``found``.

    Examples
    --------
    >>> from sco_research.coding.reliability.ratings import ratings_of_hits
    >>> segments = ["a:p1.s1", "a:p1.s2", "a:p1.s3"]
    >>> hits = [pd.DataFrame({"segment_id": ids, "category": "health"}) for ids in
    ...         (["a:p1.s1", "a:p1.s2"], ["a:p1.s1"])]
    >>> found, reference = (ratings_of_hits(hit, segments, categories=["health"]) for hit in hits)
    >>> score(found, reference).set_index(["average", "measure"])["value"][""].round(2).to_dict()
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.67}
    """
    pairs = _paired(found, reference)
    rows = [
        row
        for name, of_variable in pairs.groupby("variable", sort=False)
        for row in _rows(str(name), of_variable, bootstrap)
    ]
    scope = scope_of(pairs)
    return SCORES.frame({"document_id": scope, **row} for row in rows)


def outcomes(found: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return every decision that `score` counts, so that each count leads to its segments.

    Parameters
    ----------
    found, reference : pandas.DataFrame
        As in `score`.

    Returns
    -------
    pandas.DataFrame
        See `OUTCOMES`. A wrong answer of several, such as a speech act, is a false positive of
        the answer given and a false negative of the right one.

    Raises
    ------
    ParameterError
        As in `score`.

    Examples
    --------
    >>> from sco_research.coding.reliability.ratings import ratings_of_hits
    >>> segments = ["a:p1.s1", "a:p1.s2"]
    >>> hits = [pd.DataFrame({"segment_id": [name], "category": "health"}) for name in segments]
    >>> found, reference = (ratings_of_hits(hit, segments, categories=["health"]) for hit in hits)
    >>> outcomes(found, reference)[["segment_id", "outcome"]].values.tolist()
    [['a:p1.s1', 'false positive'], ['a:p1.s2', 'false negative']]
    """
    pairs = _paired(found, reference)
    rows = []
    for variable, of_variable in pairs.groupby("variable", sort=False):
        answers = set(of_variable["value"]) | set(of_variable["value_found"])
        # A yes-or-no question looks for the answer yes alone.
        ignored = {NO} if answers <= {YES, NO} else set()
        for pair in of_variable.to_dict("records"):
            said, right = {pair["value_found"]} - ignored, {pair["value"]} - ignored
            for outcome, named in (
                ("true positive", said & right),
                ("false positive", said - right),
                ("false negative", right - said),
            ):
                rows += [
                    (
                        pair["document_id"],
                        pair["segment_id"],
                        variable,
                        pair["category"] or answer,
                        outcome,
                    )
                    for answer in named
                ]
    return OUTCOMES.frame(rows)


def _paired(found: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return both answers to every question that both codings ask."""
    for name, ratings in (("found", found), ("reference", reference)):
        check_ratings(ratings)
        if ratings["coder"].nunique() > 1:
            coders = ", ".join(ratings["coder"].unique())
            raise ParameterError(f"score, {name}: coders {coders}; give the ratings of one")
    question = ["variable", "category"]
    shared = reference.merge(found[question].drop_duplicates(), on=question)
    shared = shared.dropna(subset="value")
    if not len(shared):
        raise ParameterError("score: the codings have no question in common; compare their columns")
    pairs = shared.merge(found, on=["segment_id", *question], how="left", suffixes=("", "_found"))
    missing = pairs.loc[pairs["value_found"].isna(), "segment_id"].unique()
    if len(missing):
        raise ParameterError(
            f"score: {len(missing)} segments of the reference have no answer in found, such as "
            f"{missing[0]!r}; a segment without a hit needs the answer 'no' (ratings_of_hits)"
        )
    return pairs


def _rows(variable: str, pairs: pd.DataFrame, bootstrap: Bootstrap) -> Iterator[dict[str, object]]:
    """Return the rows of one variable, all from the same resamples."""
    categories, cells = _cells(pairs)
    width = len(categories)

    def statistics(weights: Numbers) -> Numbers:
        sums = np.stack([weights @ kind for kind in cells])
        # A category that neither coding uses has no score and no part in the macro average.
        each = _measures(sums)
        with_any = ~np.isnan(each[2])
        macro = divide(np.nan_to_num(each).sum(axis=2), with_any.sum(axis=1))
        micro = _measures(sums.sum(axis=2))
        return np.concatenate([*each, micro.T, macro.T], axis=1)

    found = bootstrap_intervals(statistics, cells.shape[1], bootstrap=bootstrap)
    totals = cells.sum(axis=1).astype(int)
    names = [(category, "", totals[:, place]) for place, category in enumerate(categories)]
    places = [[place, place + width, place + 2 * width] for place in range(width)]
    if width > 1:
        names += [("", average, totals.sum(axis=1)) for average in ("micro", "macro")]
        places += [[3 * width + offset + step for step in range(3)] for offset in (0, 3)]
    for (category, average, counts), columns in zip(names, places, strict=True):
        for measure, column in zip(MEASURES, columns, strict=True):
            yield {
                "variable": variable,
                "category": category,
                "average": average,
                "measure": measure,
                "value": found.estimate[column],
                "low": found.low[column],
                "high": found.high[column],
                "confidence": bootstrap.confidence,
                "segments": pairs["segment_id"].nunique(),
                "true_positives": counts[0],
                "false_positives": counts[1],
                "false_negatives": counts[2],
                "reason": _reason(found, column, measure, counts),
            }


def _cells(pairs: pd.DataFrame) -> tuple[list[str], Numbers]:
    """Return the categories, and true and false positives and false negatives by paragraph."""
    paragraphs, _ = pd.factorize(pairs["segment_id"].map(paragraph_id))
    if (pairs["category"] != "").any():
        categories = list(pairs["category"].unique())
        hits = [(pairs["category"] == name) & (pairs["value_found"] == YES) for name in categories]
        gold = [(pairs["category"] == name) & (pairs["value"] == YES) for name in categories]
    else:
        values = sorted(set(pairs["value"]) | set(pairs["value_found"]))
        categories = [YES] if set(values) <= {YES, NO} else values
        hits = [pairs["value_found"] == name for name in categories]
        gold = [pairs["value"] == name for name in categories]
    cells = np.zeros((3, paragraphs.max() + 1, len(categories)))
    for place, (hit, true) in enumerate(zip(hits, gold, strict=True)):
        for kind, rows in enumerate((hit & true, hit & ~true, ~hit & true)):
            np.add.at(cells[kind, :, place], paragraphs[rows.to_numpy()], 1)
    return categories, cells


def _measures(sums: Numbers) -> Numbers:
    """Return precision, recall and F1 of true positives, false positives and false negatives."""
    true, false, missed = sums
    return np.stack(
        [
            divide(true, true + false),
            divide(true, true + missed),
            divide(2 * true, 2 * true + false + missed),
        ]
    )


def _reason(found: Intervals, column: int, measure: str, counts: Numbers) -> str:
    if not np.isnan(found.estimate[column]):
        return found.reason[column]
    true, false, missed = counts
    if not true + false + missed:
        return "neither coding uses it"
    return (
        "never found: no precision" if measure == "precision" else "not in the reference: no recall"
    )
