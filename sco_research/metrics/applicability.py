"""For which texts a metric is defined, and what a reader must know of a value."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sco_research.metrics.languages import rules_of
from sco_research.metrics.metric import Floats, Metric
from sco_research.metrics.tally import SEVERAL_LANGUAGES, Integers

# Counts that need no division into words.
_WORDLESS = frozenset({"sentences", "letters", "characters"})


class FlagCodes:
    """The flags of a frame, each with a number; the first is empty."""

    def __init__(self) -> None:
        self._places = {"": 0}

    @property
    def texts(self) -> list[str]:
        """The flags, in the order of their numbers."""
        return list(self._places)

    def numbers(self, texts: Iterable[str]) -> Integers:
        """Return the number of each flag."""
        places = self._places
        return np.array([places.setdefault(text, len(places)) for text in texts], dtype=np.int64)


def flag_values(
    raw: Floats,
    wanted: Sequence[Metric],
    language: str,
    counts: Mapping[str, Floats],
    flags: FlagCodes,
) -> tuple[Floats, Integers]:
    """Return the values, missing where undefined, and the number of each one's flag.

    Parameters
    ----------
    raw : array
        What the formulas gave: a row per segment of this language, a column per metric.
    wanted : sequence of Metric
        The metrics of the columns.
    language : str
        ISO 639-1 code.
    counts : mapping
        The counts of the rows.
    flags : FlagCodes
        The flags known so far; new ones are added.
    """
    words, letters, sentences = (
        counts[name][:, None] for name in ("words", "letters", "sentences")
    )
    reasons = [not_applicable(metric, language) for metric in wanted]
    silent = np.array([bool(reason) for reason in reasons])
    few = words < np.array([metric.needs_words for metric in wanted])
    letterless = letters == 0
    readability = np.array([metric.group == "readability" for metric in wanted])
    missing = ~np.isfinite(raw) | few | (letterless & readability) | silent
    notes = [_note(metric, language) for metric in wanted]
    codes = np.tile(flags.numbers(notes), (len(raw), 1))
    # In order of weight: a later reason replaces an earlier one.
    for rows, texts in (
        (words < np.array([metric.words for metric in wanted]),
         [_outside(metric, language, f"{metric.words} words") for metric in wanted]),
        (sentences < np.array([metric.sentences for metric in wanted]),
         [_outside(metric, language, f"{metric.sentences} sentences") for metric in wanted]),
        (missing, ["undefined: no word returns"]),
        (missing & few, [f"undefined: fewer than {metric.needs_words} words" for metric in wanted]),
        (missing & letterless, ["undefined: no letters"]),
        (words == 0, ["no words"]),
        (silent, reasons),
    ):  # fmt: skip
        if rows.any():
            np.copyto(codes, flags.numbers(texts), where=rows)
    return np.where(missing, np.nan, raw), codes


def _note(metric: Metric, language: str) -> str:
    adapted = metric.adaptations.get(language)
    return adapted.note if adapted else ""


def _outside(metric: Metric, language: str, least: str) -> str:
    note = _note(metric, language)
    return f"{note + '; ' if note else ''}outside its published range: fewer than {least}"


def not_applicable(metric: Metric, language: str) -> str:
    """Return why a metric is not defined for a language; empty where it is.

    >>> from sco_research.metrics.registry import METRICS
    >>> not_applicable(METRICS["smog"], "zh")
    'not applicable: Chinese does not part its words by spaces'
    """
    rules = rules_of(language)
    if not rules.spaced and metric.id not in _WORDLESS:
        return f"not applicable: {rules.name} does not part its words by spaces"
    if metric.is_defined_for(language):
        return ""
    if language == SEVERAL_LANGUAGES:
        return "not applicable: documents in several languages"
    if metric.group == "count":
        return f"not counted: no rule for {rules.name}"
    return f"not applicable: no validated form for {rules.name}"
