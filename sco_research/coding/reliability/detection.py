"""How well the program found what coders found: counts of first runs as rates with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sco_research.coding.reliability.first_runs import Definition, FirstRuns, errors_by_document
from sco_research.statistics import (
    MIN_UNITS,
    Bootstrap,
    Confusion,
    Numbers,
    Rate,
    bootstrap_intervals,
    divide,
    exact_rate,
)


@dataclass(frozen=True, slots=True)
class Score:
    """A value with its bootstrap interval; the ends are missing where it cannot be given."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Detection:
    """How well the program found what coders found.

    The precision is missing where only positive cases were given to it. The intervals are exact,
    or resample documents where the counts of five or more are known.
    """

    true_positives: int
    false_positives: int | None
    false_negatives: int
    precision: Rate | None
    recall: Rate
    f1: float | None


def detection(
    true_positives: int, false_positives: int | None, false_negatives: int, confidence: float
) -> Detection:
    """Return precision, recall and F1 of counts; without precision where nothing could be false.

    >>> found = detection(8, 2, 0, 0.95)
    >>> found.precision.value, found.recall.value, round(found.f1, 2)
    (0.8, 1.0, 0.89)
    >>> detection(8, None, 2, 0.95).precision is None
    True
    """
    known = false_positives is not None
    found = true_positives + (false_positives or 0)
    wanted = true_positives + false_negatives
    return Detection(
        true_positives,
        false_positives,
        false_negatives,
        exact_rate(true_positives, found, confidence) if known else None,
        exact_rate(true_positives, wanted, confidence),
        2 * true_positives / (found + wanted) if known and found + wanted else None,
    )


def detection_of(
    runs: FirstRuns, rows: pd.DataFrame, reading: Definition, bootstrap: Bootstrap
) -> Detection:
    """Return the detection of a reading over rows of first runs on real texts.

    Sentences of one document resemble each other: where the counts of five documents or more are
    known, the intervals resample documents. Every report that gives a rate of these runs takes it
    from here, so that it has one interval.

    Parameters
    ----------
    runs : FirstRuns
        As from `load_first_runs`.
    rows : pandas.DataFrame
        Rows of ``runs.real``; those without false positives are lists that show recall alone.
    reading : str
        ``strict`` or ``broad``.
    bootstrap : Bootstrap
        Of the intervals.

    Examples
    --------
    >>> from sco_research.coding.reliability.first_runs import load_first_runs
    >>> runs = load_first_runs()
    >>> whole = runs.real[runs.real["strict_fp"].notna()]
    >>> recall = detection_of(runs, whole, "strict", Bootstrap()).recall
    >>> recall.hits, recall.of, round(recall.low, 2), round(recall.high, 2)
    (225, 250, 0.8, 0.97)
    """
    errors = () if rows[f"{reading}_fp"].isna().any() else errors_by_document(runs, rows, reading)
    if errors:
        # The counts are of the same documents as the intervals, labels that came later with them.
        total = sum(errors, Confusion(0, 0, 0, 0))
        counts = (total.true_positives, total.false_positives, total.false_negatives)
        found = detection(*counts, bootstrap.confidence)
    else:
        listed, missed = (int(rows[f"{reading}_{name}"].sum()) for name in ("tp", "fn"))
        found = detection(listed, None, missed, bootstrap.confidence)
    if found.precision is None or len(errors) < MIN_UNITS:
        return found
    precision, recall, _ = _resampled(errors, bootstrap)
    return replace(
        found,
        precision=_with_ends(found.precision, precision),
        recall=_with_ends(found.recall, recall),
    )


def _with_ends(rate: Rate, estimate: Score) -> Rate:
    """Return a rate with the ends of a resampled interval, where resamples vary."""
    if estimate.low is None:
        return rate
    return replace(rate, low=estimate.low, high=estimate.high)


def answered(answers: pd.DataFrame, reading: str, confidence: float) -> Detection:
    """Return the detection of a reading over answers of first runs."""
    said, right = answers[f"first_{reading}"], answers[reading]
    return detection(
        int((said & right).sum()),
        int((said & ~right).sum()),
        int((~said & right).sum()),
        confidence,
    )


def by_document(answers: pd.DataFrame, bootstrap: Bootstrap) -> list[Score]:
    """Return precision, recall and F1 on strict, with intervals that resample documents."""
    said, right = answers["first_strict"], answers["strict"]
    sums = (
        pd.DataFrame({"true": said & right, "false": said & ~right, "missed": ~said & right})
        .groupby(answers["document_id"], sort=False)
        .sum()
    )
    return _resampled(
        [
            Confusion(int(true), int(false), int(missed), 0)
            for true, false, missed in sums.itertuples(index=False, name=None)
        ],
        bootstrap,
    )


def _resampled(errors: Sequence[Confusion], bootstrap: Bootstrap) -> list[Score]:
    """Return precision, recall and F1 over documents, with intervals that resample them."""
    counts = np.array(
        [
            (
                one.true_positives,
                one.true_positives + one.false_positives,
                one.true_positives + one.false_negatives,
            )
            for one in errors
        ],
        dtype=float,
    )

    def rates(weights: Numbers) -> Numbers:
        true, said, right = (weights @ counts).T
        return np.column_stack(
            [divide(true, said), divide(true, right), divide(2 * true, said + right)]
        )

    found = bootstrap_intervals(rates, len(counts), bootstrap=bootstrap)
    enough = len(counts) >= MIN_UNITS
    return [
        Score(
            known_number(found.estimate[place]),
            known_number(found.low[place]) if enough else None,
            known_number(found.high[place]) if enough else None,
        )
        for place in range(3)
    ]


def known_number(value: object) -> float | None:
    """Return a number of a frame; None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload] # a number of a frame
