"""A tally as the frame that `measure` returns: every formula's column, segment by segment."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from sco_research.metrics.applicability import Flags, judged
from sco_research.metrics.diversity import MEASURES
from sco_research.metrics.forms import Integers
from sco_research.metrics.metric import Floats, Metric
from sco_research.metrics.stretches import Stretches
from sco_research.metrics.tally import Tally

_STRING = pd.StringDtype(na_value=np.nan)


def metrics_frame(found: Tally, wanted: Sequence[Metric], *, diverse: bool) -> pd.DataFrame:
    """Lay the values of all metrics out, segment by segment."""
    rows, number = len(found.segment_ids), len(wanted)
    values, codes, flags = np.empty((rows, number)), np.zeros((rows, number), np.int64), Flags()
    columns = {name: column.astype(float) for name, column in found.counts().items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        if diverse:
            stretches = _stretches(found)
            columns |= {
                metric.id: MEASURES[metric.id](stretches)
                for metric in wanted
                if metric.id in MEASURES
            }
        for language, here in _rows_by_language(found.languages):
            ours = {name: column[here] for name, column in columns.items()}
            raw = _raw_values(wanted, language, ours)
            values[here], codes[here] = judged(raw, wanted, language, ours, flags)
    segments = np.repeat(np.arange(rows), number)
    metrics = np.tile(np.arange(number), rows)
    return pd.DataFrame(
        {
            "document_id": strings(found.document_ids, segments),
            "segment_id": strings(found.segment_ids, segments),
            "level": strings(found.levels, segments),
            "metric": strings([metric.id for metric in wanted], metrics),
            "value": values.ravel(),
            "unit": strings([metric.unit for metric in wanted], metrics),
            "flag": strings(flags.texts, codes.ravel()),
        }
    )


def _rows_by_language(languages: Sequence[str]) -> Iterator[tuple[str, slice | Integers]]:
    """Yield each language with the rows that are in it: nearly always all."""
    found = list(dict.fromkeys(languages))
    names = np.array(languages, dtype=object)
    for language in found:
        yield language, slice(None) if len(found) == 1 else np.flatnonzero(names == language)


def _raw_values(wanted: Sequence[Metric], language: str, columns: Mapping[str, Floats]) -> Floats:
    """Return what the formulas give for rows of one language, wherever it may be undefined."""
    raw = np.full((len(columns["words"]), len(wanted)), np.nan)
    for place, metric in enumerate(wanted):
        formula = metric.formula_for(language)
        if metric.id in MEASURES:
            raw[:, place] = columns[metric.id]
        elif formula is not None:
            raw[:, place] = formula(columns)
    return raw


def strings(
    values: Sequence[str], places: Integers | None = None
) -> pd.api.extensions.ExtensionArray:
    """Return a column of strings: of the values at those places, which costs less than its length.

    It is of that type also where it is empty.
    """
    column = pd.array(np.asarray(values, dtype=object), dtype=_STRING)
    return column if places is None else column.take(places)


def _stretches(found: Tally) -> Stretches:
    levels = np.array(found.levels, dtype=object)
    return Stretches.of(
        found.types,
        found.word_starts[found.first],
        found.word_starts[found.last],
        layers=[np.flatnonzero(levels == level) for level in dict.fromkeys(found.levels)],
    )
