"""Shares with exact intervals, and counts corrected for coding errors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.errors import ParameterError
from sco_research.statistics.arrays import Numbers, divide
from sco_research.statistics.resampling import Bootstrap

MIN_UNITS = 5
"""A share of fewer units has no interval: it would span nearly everything."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of units with its exact binomial interval (Clopper & Pearson 1934).

    Attributes
    ----------
    hits, of : int
        Its numerator and its denominator.
    value : float or None
        The share, from 0 to 1; None of no unit.
    low, high : float or None
        Ends of the interval; None for fewer than `MIN_UNITS` units.
    """

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None


def exact_rate(hits: int, of: int, confidence: float = 0.95) -> Rate:
    """Return a share with its exact binomial interval.

    Parameters
    ----------
    hits, of : int
        How many of how many units.
    confidence : float
        Coverage of the interval.

    Examples
    --------
    >>> found = exact_rate(12, 12)
    >>> round(found.low, 2), found.high
    (0.74, 1.0)
    >>> exact_rate(2, 3).low is None
    True
    """
    from scipy.special import betaincinv

    if of < MIN_UNITS:
        return Rate(hits, of, hits / of if of else None, None, None)
    # The quantiles of beta distributions: scipy.stats.binomtest searches for the same ends by
    # steps, a hundred times as long.
    tail = (1 - confidence) / 2
    low = float(betaincinv(hits, of - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, of - hits, 1 - tail)) if hits < of else 1.0
    return Rate(hits, of, hits / of, low, high)


@dataclass(frozen=True, slots=True)
class Confusion:
    """What a program said of sentences that others have coded, as numbers of sentences.

    Attributes
    ----------
    true_positives, false_positives : int
        Sentences that the program found, and that the coding has or has not.
    false_negatives, true_negatives : int
        Sentences that the program did not find, and that the coding has or has not.
    """

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    def __add__(self, other: "Confusion") -> "Confusion":
        """Return the counts of both."""
        return Confusion(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.false_negatives + other.false_negatives,
            self.true_negatives + other.true_negatives,
        )

    @property
    def sentences(self) -> int:
        """All of them."""
        return (
            self.true_positives + self.false_positives + self.false_negatives + self.true_negatives
        )

    @property
    def sensitivity(self) -> float:
        """Share of the coding's sentences that were found (recall); NaN where it has none."""
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def specificity(self) -> float:
        """Share of all other sentences that were not found; NaN where there is none."""
        return _ratio(self.true_negatives, self.true_negatives + self.false_positives)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval.

    Attributes
    ----------
    value : float
        The number.
    low, high : float
        Ends of the interval.
    """

    value: float
    low: float
    high: float


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float:
    """Return a share corrected for the errors of what found it (Rogan & Gladen 1978).

    Parameters
    ----------
    share : float
        The share found, 0 to 1.
    sensitivity, specificity : float
        Of what found it, 0 to 1.

    Returns
    -------
    float
        The share that is expected to be true, kept within 0 and 1; NaN where sensitivity and
        specificity sum to 1 or less, so that what is found tells nothing.

    Examples
    --------
    20 of 120 found, at a sensitivity of 0.90 and a specificity of 0.99:

    >>> round(rogan_gladen(20 / 120, 0.9, 0.99), 4)
    0.176
    """
    informedness = sensitivity + specificity - 1
    if not informedness > 0:
        return float("nan")
    return min(max((share + specificity - 1) / informedness, 0.0), 1.0)


def corrected_share(
    found: int, of: int, errors: Confusion, *, confidence: float = 0.95
) -> Estimate | None:
    """Return a share corrected for coding errors, with an interval (Lang & Reiczigel 2014).

    Parameters
    ----------
    found, of : int
        How many of how many units were found.
    errors : Confusion
        What validation showed of the errors; its units are taken as independent.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    Estimate or None
        The Rogan–Gladen estimate, from 0 to 1, with an interval that carries the uncertainty of
        the share, of the sensitivity and of the specificity. None where validation has no positive
        or no negative case, or is no better than chance.

    Notes
    -----
    The interval is of a prevalence in a population from which the units were drawn [langr]_; the
    number of true units among these very units is what `predicted_count` gives.

    .. [langr] Zs. Lang and J. Reiczigel, 2014, Confidence limits for prevalence of disease adjusted
       for estimated sensitivity and specificity.

    Examples
    --------
    >>> share = corrected_share(12, 51, Confusion(94, 1, 5, 377))
    >>> round(share.value, 3), round(share.low, 2), round(share.high, 2)
    (0.246, 0.14, 0.39)
    """
    from scipy.special import ndtri

    estimate = rogan_gladen(_ratio(found, of), errors.sensitivity, errors.specificity)
    if np.isnan(estimate):
        return None
    z = float(ndtri((1 + confidence) / 2))
    positives = errors.true_positives + errors.false_negatives + 2
    negatives = errors.true_negatives + errors.false_positives + 2
    units = of + z**2
    se, sp = (errors.true_positives + 1) / positives, (errors.true_negatives + 1) / negatives
    share = (found + z**2 / 2) / units
    informedness = se + sp - 1
    if informedness <= 0:
        return None
    middle = (share + sp - 1) / informedness
    of_se, of_sp = se * (1 - se) / positives, sp * (1 - sp) / negatives
    shift = 2 * z**2 * (middle * of_se - (1 - middle) * of_sp)
    variance = share * (1 - share) / units + middle**2 * of_se + (1 - middle) ** 2 * of_sp
    reach = z * variance**0.5 / informedness
    low, high = (min(max(middle + shift + end, 0.0), 1.0) for end in (-reach, reach))
    return Estimate(estimate, low, high)


def chances(
    share: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> tuple[Numbers, Numbers]:
    """Return the chances that a unit found is true, and that one not found is.

    Parameters
    ----------
    share : array_like
        Of the units that are found, 0 to 1.
    sensitivity, specificity : array_like
        Of what finds them, 0 to 1. Where they sum to 1 or less, anything may be true.

    Returns
    -------
    tuple of numpy.ndarray
        The positive predictive value, and one minus the negative one; 0 where no unit is such.

    Examples
    --------
    >>> found, others = chances(0.25, 0.9, 0.99)
    >>> round(float(found), 3), round(float(others), 3)
    (0.971, 0.036)
    """
    se, sp = np.asarray(sensitivity, dtype=float), np.asarray(specificity, dtype=float)
    true = np.clip((np.asarray(share) + sp - 1) / np.maximum(se + sp - 1, 1e-9), 0, 1)
    of_found = divide(true * se, true * se + (1 - true) * (1 - sp))
    of_others = divide(true * (1 - se), true * (1 - se) + (1 - true) * sp)
    return np.nan_to_num(of_found), np.nan_to_num(of_others)


def predicted_count(
    found: int, of: int, documents: Sequence[Confusion], *, bootstrap: Bootstrap = Bootstrap()
) -> Estimate | None:
    """Return how many of a document's sentences are true, given what a program said of each.

    Parameters
    ----------
    found, of : int
        How many of the document's sentences the program found, and how many it has.
    documents : sequence of Confusion
        The program's errors in validation, one item a document: a set of which only the sum is
        known is one item.
    bootstrap : Bootstrap
        Draws, coverage and seed.

    Returns
    -------
    Estimate or None
        Mean of the predictive distribution, and its interval. None where validation has no positive
        or no negative case, or is no better than chance.

    Notes
    -----
    Each draw resamples the validation documents, not their sentences, which hang together; draws
    sensitivity and specificity from the resampled counts and the share found from its own, with
    Jeffreys' prior; corrects the share (`rogan_gladen`); and takes from it the chances that a
    sentence found is true and that one not found is. The true sentences are then two binomial
    draws.

    Examples
    --------
    >>> made = predicted_count(12, 51, [Confusion(45, 1, 1, 163), Confusion(49, 0, 4, 214)])
    >>> round(made.value, 1), made.low, made.high
    (12.5, 11.0, 15.0)
    """
    total = sum(documents, Confusion(0, 0, 0, 0))
    if not total.sensitivity + total.specificity > 1:
        return None
    random = np.random.default_rng(bootstrap.seed)
    cells = ("true_positives", "false_positives", "false_negatives", "true_negatives")
    counts = np.array([[getattr(one, cell) for cell in cells] for one in documents], dtype=float)
    places = random.integers(len(counts), size=(bootstrap.resamples, len(counts)))
    drawn = counts[places].sum(axis=1)
    of_found, of_others = chances(
        random.beta(found + 0.5, of - found + 0.5, size=bootstrap.resamples),
        random.beta(drawn[:, 0] + 0.5, drawn[:, 2] + 0.5),
        random.beta(drawn[:, 3] + 0.5, drawn[:, 1] + 0.5),
    )
    sums = random.binomial(found, of_found) + random.binomial(of - found, of_others)
    return _estimate(sums, bootstrap.confidence)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Sentences of which some were coded by hand.

    Attributes
    ----------
    sentences : int
        How many there are.
    coded : int
        How many of them were drawn at random and coded.
    hits : int
        How many of the coded have what is counted.
    """

    sentences: int
    coded: int
    hits: int


def sampled_count(strata: Sequence[Stratum], *, bootstrap: Bootstrap = Bootstrap()) -> Estimate:
    """Return how many of all sentences have what is counted, from a stratified sample of them.

    Parameters
    ----------
    strata : sequence of Stratum
        Such as the sentences that a program found, and all others.
    bootstrap : Bootstrap
        Draws, coverage and seed.

    Returns
    -------
    Estimate
        Sum over the strata of the share in the sample times the stratum's sentences, with the
        interval of the predictive distribution: what was coded is known, the rest of a stratum is
        beta-binomial (Jeffreys' prior).

    Raises
    ------
    ParameterError
        Where a stratum has sentences of which none was coded, or more coded than it has.

    Examples
    --------
    >>> sampled_count([Stratum(40, 40, 39), Stratum(100, 100, 3)])
    Estimate(value=42.0, low=42.0, high=42.0)
    """
    random = np.random.default_rng(bootstrap.seed)
    value, sums = 0.0, np.zeros(bootstrap.resamples)
    for one in strata:
        if not 0 <= one.hits <= one.coded <= one.sentences or (one.sentences and not one.coded):
            raise ParameterError(
                f"sampled_count: {one.coded} coded of a stratum of {one.sentences} sentences, "
                f"{one.hits} hits; code at least one of each stratum, none twice"
            )
        if one.sentences:
            value += one.sentences * one.hits / one.coded
            share = random.beta(one.hits + 0.5, one.coded - one.hits + 0.5, bootstrap.resamples)
            sums += one.hits + random.binomial(one.sentences - one.coded, share)
    return replace(_estimate(sums, bootstrap.confidence), value=value)


def _estimate(draws: Numbers | NDArray[np.int64], confidence: float) -> Estimate:
    low, high = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2], method="nearest")
    return Estimate(float(draws.mean()), float(low), float(high))


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else float("nan")
