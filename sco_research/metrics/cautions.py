"""When a metric says something of a text, when nothing, and what a reader must know."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from sco_research.metrics.languages import rules_of
from sco_research.metrics.metric import Floats, Metric
from sco_research.metrics.tally import SEVERAL_LANGUAGES

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


class Flags:
    """What is to be said of each value: a few texts, and a matrix of which one stands where.

    Attributes
    ----------
    texts : list of str
        The texts; the first is empty.
    codes : array
        One row per segment, one column per metric: the place of the text.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self._places = {"": 0}
        self.codes = np.zeros((rows, columns), dtype=np.int64)

    @property
    def texts(self) -> list[str]:
        """Return the texts that the codes stand for."""
        return list(self._places)

    def _code(self, text: str) -> int:
        return self._places.setdefault(text, len(self._places))

    def set(
        self,
        metric: Metric,
        language: str,
        column: Floats,
        counts: Mapping[str, Floats],
        *,
        mask: npt.NDArray[np.bool_],
        place: int,
    ) -> None:
        """Say of every row why its value is missing or with what caution it is to be read."""
        words, missing = counts["words"], np.isnan(column)
        reason = not_applicable(metric, language)
        adapted = metric.adaptations.get(language)
        note = adapted.note if adapted else ""
        self.codes[mask, place] = self._code(reason or note)
        if reason:
            return
        outside = f"{note + '; ' if note else ''}outside its published range: fewer than"
        few = missing & (words < metric.needs_words)
        letterless = missing & (counts["letters"] == 0)
        # The later and graver reason takes the place of the earlier.
        for text, rows in (
            (f"{outside} {metric.words} words", words < metric.words),
            (f"{outside} {metric.sentences} sentences", counts["sentences"] < metric.sentences),
            ("undefined: no word returns", missing),
            (f"undefined: fewer than {metric.needs_words} words", few),
            ("undefined: no letters", letterless),
            ("no words", words == 0),
        ):
            found = rows & mask
            if found.any():
                self.codes[found, place] = self._code(text)


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
