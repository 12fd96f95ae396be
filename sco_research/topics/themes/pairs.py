"""Which pairs of themes meet, and which could meet often enough for it to be told."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from sco_research.statistics import hypergeometric_tail
from sco_research.text.document import Document
from sco_research.topics.themes.tables import units_of

Unit: TypeAlias = Literal["sentence", "paragraph", "section"]
"""Within what two themes meet."""

SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Pairs:
    """Themes that meet.

    Attributes
    ----------
    unit : str
        Within what they meet: ``sentence``, ``paragraph`` or ``section``.
    tested : int
        Pairs of themes that occur.
    attainable : int
        Those that could be significant by themselves, at complete overlap: whose p-value could
        reach 5 % divided by the number of pairs.
    significant : int
        Those that meet more often than expected at a false-discovery rate of 5 %.
    """

    unit: str
    tested: int
    attainable: int
    significant: int

    @property
    def few_attainable(self) -> bool:
        """Whether fewer than half of the pairs could reach significance."""
        return 2 * self.attainable < self.tested


def attainable_pairs(sizes: Sequence[int], of: int, *, level: float = SIGNIFICANCE) -> int:
    """Return how many pairs could be significant by themselves, if each overlapped completely.

    Parameters
    ----------
    sizes : sequence of int
        In how many units each category occurs.
    of : int
        How many units there are.
    level : float
        The significance level, which the smallest of all p-values has to reach after correction
        for the number of pairs.

    Examples
    --------
    Two categories in two units each of 51 could (p = 0.0008). Of three pairs with one unit each
    none could: the smallest possible p-value is 0.02, corrected 0.06.

    >>> attainable_pairs([2, 2], 51), attainable_pairs([1, 1, 1], 51)
    (1, 0)
    """
    if len(sizes) < 2:
        return 0
    one, other = np.array(list(combinations(sizes, 2))).T
    smallest = hypergeometric_tail(np.minimum(one, other), one, other, of)
    return int((smallest <= level / len(one)).sum())


def pair_facts(document: Document, codings: pd.DataFrame, pairs: pd.DataFrame, unit: Unit) -> Pairs:
    """Return how many pairs of themes there are, and how many are significant or could be.

    Parameters
    ----------
    document : Document
        The text.
    codings : pandas.DataFrame
        As from `code_themes`.
    pairs : pandas.DataFrame
        As from `cooccurrence`, by this unit.
    unit : str
        Within what they meet.
    """
    unit_of = units_of(document, unit)
    places = codings["segment_id"].map(unit_of)
    sizes = places.groupby(codings["category"]).nunique()
    return Pairs(
        unit=unit,
        tested=math.comb(len(sizes), 2),
        attainable=attainable_pairs(sizes.tolist(), len(set(unit_of.values()))),
        significant=int((pairs["p_adjusted"] <= SIGNIFICANCE).sum()),
    )
