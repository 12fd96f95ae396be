"""A metric: its formula, unit, direction, source and published range."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = Mapping[str, Floats]
Formula: TypeAlias = Callable[[Counts], Floats]
# Stands for every language.
ANY = "any"

Group = Literal["count", "readability", "diversity"]
Direction = Literal["higher = harder", "higher = easier", "higher = more diverse",
                    "lower = more diverse", ""]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A formula for one language.

    Attributes
    ----------
    formula : callable
        Takes the columns of counts.
    source : str
        Its key in the bibliography.
    note : str
        What the reader must know; empty where it is the formula that the metric is named after.
    """

    formula: Formula
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric.

    Attributes
    ----------
    id, label : str
        Its name in code and in a table.
    group : str
        ``count``, ``readability`` or ``diversity``.
    unit, direction : str
        What a value means.
    formula : str
        For people.
    source : str
        Key in the bibliography; empty for a plain count.
    note : str
        The variant, or what is particular.
    calibrated : str
        Texts on which its constants for English were fitted, where they were.
    adaptations : mapping of str to Adaptation
        By language; a metric that has none is the same in every language with words.
    needs_words : int
        Words below which the metric is undefined.
    words, sentences : int
        Words and sentences below which a text is outside the published range, and flagged.
    """

    id: str
    label: str
    group: Group
    unit: str = ""
    direction: Direction = ""
    formula: str = ""
    source: str = ""
    note: str = ""
    calibrated: str = ""
    adaptations: Mapping[str, Adaptation] = field(default_factory=dict)
    needs_words: int = 1
    words: int = 0
    sentences: int = 0

    def formula_for(self, language: str) -> Formula | None:
        """Return the metric as a function of counts; None where a language has none."""
        adapted = self.adaptations.get(language, self.adaptations.get(ANY))
        return adapted.formula if adapted else None

    def is_defined_for(self, language: str) -> bool:
        """Return whether the metric is defined for a language."""
        return not self.adaptations or ANY in self.adaptations or language in self.adaptations
