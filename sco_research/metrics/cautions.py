"""When a metric says something of a text, when nothing, and what a reader must know."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sco_research.metrics.languages import rules_of
from sco_research.metrics.metric import Floats, Metric
from sco_research.metrics.tally import SEVERAL_LANGUAGES

Flags: TypeAlias = npt.NDArray[np.object_]

# What can be said of a text whose words nobody has told apart.
_WORDLESS = frozenset({"sentences", "letters", "characters"})


def values_of(
    metric: Metric, language: str, counts: Mapping[str, Floats], measured: Floats | None
) -> Floats:
    """Return the metric of every row as if it were in this language; NaN where undefined."""
    nothing = np.full(len(counts["words"]), np.nan)
    if not_applicable(metric, language):
        return nothing
    formula = metric.formula_for(language)
    column = measured if measured is not None else formula(counts) if formula else nothing
    defined = (counts["words"] >= metric.needs_words) & np.isfinite(column)
    if metric.group == "readability":
        defined &= counts["letters"] > 0
    return np.where(defined, column, np.nan)


def flags_of(metric: Metric, language: str, column: Floats, counts: Mapping[str, Floats]) -> Flags:
    """Say of every row why its value is missing or with what caution it is to be read."""
    reason = not_applicable(metric, language)
    adapted = metric.adaptations.get(language)
    flags = np.full(len(column), reason or (adapted.note if adapted else ""), dtype=object)
    if reason:
        return flags
    words, missing = counts["words"], np.isnan(column)
    # The later and graver reason takes the place of the earlier.
    flags[words < metric.words] = f"outside its published range: fewer than {metric.words} words"
    few = counts["sentences"] < metric.sentences
    flags[few] = f"outside its published range: fewer than {metric.sentences} sentences"
    flags[missing] = "undefined: no word returns"
    flags[missing & (words < metric.needs_words)] = (
        f"undefined: fewer than {metric.needs_words} words"
    )
    if metric.group == "readability":
        flags[missing & (counts["letters"] == 0)] = "undefined: no letters"
    flags[words == 0] = "no words"
    return flags


def not_applicable(metric: Metric, language: str) -> str:
    """Say why a metric means nothing in a language; empty where it does.

    >>> from sco_research.metrics.registry import METRICS
    >>> not_applicable(METRICS["smog"], "zh")
    'not applicable: Chinese does not part its words by spaces'
    """
    rules = rules_of(language)
    if not rules.spaced and metric.id not in _WORDLESS:
        return f"not applicable: {rules.name} does not part its words by spaces"
    if metric.speaks_of(language):
        return ""
    if language == SEVERAL_LANGUAGES:
        return "not applicable: documents in several languages"
    if metric.group == "count":
        return f"not counted: no rule for {rules.name}"
    return f"not applicable: no validated form for {rules.name}"
