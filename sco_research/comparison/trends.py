"""Any measure over the dates of a corpus, with intervals of its level and of its change.

A measure is arithmetic on sums over sentences: the share of sentences with a theme, commitments to
a thousand words, a readability formula. Sentences are drawn again with replacement, so that every
level and every change from one document to the next has its interval.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from sco_research.comparison import by_date
from sco_research.frames import Column, Schema
from sco_research.statistics import Bootstrap, Numbers, bootstrap_intervals, divide
from sco_research.text.document import Documents
from sco_research.text.segments import segment

Sums: TypeAlias = Mapping[str, Numbers]
Measure: TypeAlias = Callable[[Sums], Numbers]

TREND = Schema(
    Column("document_id", "str", "the document"),
    Column("date", "str", "its date, empty where unknown"),
    Column("measure", "str", "name of the measure"),
    Column("value", "float", "the measure of this document"),
    Column("value_low", "float", "lower end of its interval"),
    Column("value_high", "float", "upper end of its interval"),
    Column("previous_document_id", "str", "the document before; empty for the first"),
    Column("change", "float", "value less that of the document before"),
    Column("change_low", "float", "lower end of the interval of the change"),
    Column("change_high", "float", "upper end of the interval of the change"),
    Column("sentences", "int", "sentences of the document"),
    Column("flag", "str", "why an interval is missing"),
)
_PLACES = ("document_id", "segment_id", "section")


def share_of(name: str, *, of: str = "sentences") -> Measure:
    """Return the measure that is one sum over another, such as sentences with a theme.

    >>> share_of("economy")({"economy": np.array([1.0]), "sentences": np.array([4.0])}).tolist()
    [0.25]
    """
    return lambda sums: divide(sums[name], sums[of])


def trend(
    documents: Documents,
    sentences: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return measures of each document in the order of dates, with their changes.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents; as given where one has no date.
    sentences : pandas.DataFrame
        One row per sentence with ``document_id``, ``segment_id`` and whatever numbers are summed,
        as from `sco_research.metrics.count`.
    measures : mapping of str to callable
        By name, what is computed of the sums: a function of a mapping from column to sums, such as
        `share_of` or a metric's formula.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row per document and measure, with the columns of `TREND`. Intervals are bootstrap
        intervals over sentences within sections; one of a change without 0 in it says that the
        change does not hang on single sentences.

    Raises
    ------
    ParameterError
        Where two documents have one id.

    Examples
    --------
    >>> import datetime
    >>> from sco_research.metrics import count
    >>> from sco_research.text.document import Document
    >>> old = Document.from_text("Trade grows. They met.", id="old",
    ...     date=datetime.date(2007, 8, 16))
    >>> new = Document.from_text("Trade grows fast. Trade pays well.", id="new",
    ...     date=datetime.date(2013, 9, 13))
    >>> length = {"words_per_sentence": share_of("words", of="sentences")}
    >>> found = trend([old, new], count([old, new]), length)
    >>> found[["document_id", "value", "change"]].values.tolist()
    [['old', 2.0, nan], ['new', 3.0, 1.0]]
    """
    order = by_date(documents)
    if not order or not measures:
        return TREND.empty()
    parts = dict(iter(_placed(order, sentences).groupby("document_id")))
    rows: list[pd.DataFrame] = []
    before: pd.DataFrame | None = None
    for document in order:
        here = parts.get(document.id, sentences.iloc[:0].assign(section=0))
        level = _level(here, measures, bootstrap)
        change = _change(before, here, measures, bootstrap)
        rows.append(
            pd.DataFrame(
                {
                    "document_id": document.id,
                    "date": str(document.metadata.date or ""),
                    "measure": list(measures),
                    **level,
                    "previous_document_id": "" if before is None else before.attrs["id"],
                    **change,
                    "sentences": len(here),
                }
            )
        )
        before = here
        before.attrs["id"] = document.id
    return TREND.typed(pd.concat(rows, ignore_index=True))


def _placed(documents: Documents, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of these documents with their sections."""
    if "section" in sentences.columns:
        return sentences
    places = segment(documents, level="sentence")[["segment_id", "section"]]
    return sentences.merge(places, on="segment_id", how="inner")


def _numbers(frame: pd.DataFrame) -> dict[str, Numbers]:
    return {
        str(name): frame[name].to_numpy(dtype=float, na_value=np.nan)
        for name in frame.columns
        if name not in _PLACES and pd.api.types.is_numeric_dtype(frame[name])
    }


def _values(
    columns: Mapping[str, Numbers], measures: Iterable[Measure], weights: Numbers
) -> Numbers:
    """Return the measures of resamples, ``(rows, k)``."""
    sums = {name: weights @ column for name, column in columns.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.stack([np.asarray(measure(sums), float) for measure in measures], axis=1)
    return np.where(np.isfinite(found), found, np.nan)


def _level(
    here: pd.DataFrame, measures: Mapping[str, Measure], bootstrap: Bootstrap
) -> dict[str, object]:
    if not len(here):
        return {"value": np.nan, "value_low": np.nan, "value_high": np.nan, "flag": "no sentences"}
    columns = _numbers(here)
    found = bootstrap_intervals(
        lambda weights: _values(columns, measures.values(), weights),
        len(here),
        strata=here["section"].to_numpy(dtype=float),
        bootstrap=bootstrap,
    )
    return {
        "value": found.estimate,
        "value_low": found.low,
        "value_high": found.high,
        "flag": list(found.reason),
    }


def _change(
    before: pd.DataFrame | None,
    here: pd.DataFrame,
    measures: Mapping[str, Measure],
    bootstrap: Bootstrap,
) -> dict[str, object]:
    """Return the differences from the document before, both drawn again at once."""
    if before is None or not len(before) or not len(here):
        return {"change": np.nan, "change_low": np.nan, "change_high": np.nan}
    first = len(before)
    old, new = _numbers(before), _numbers(here)
    strata = [*before["section"].astype(float), *(-1 - here["section"].astype(float))]

    def difference(weights: Numbers) -> Numbers:
        return np.asarray(
            _values(new, measures.values(), weights[:, first:])
            - _values(old, measures.values(), weights[:, :first])
        )

    found = bootstrap_intervals(difference, first + len(here), strata=strata, bootstrap=bootstrap)
    return {"change": found.estimate, "change_low": found.low, "change_high": found.high}
