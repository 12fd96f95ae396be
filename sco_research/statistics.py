"""Intervals, counts corrected for coding errors, p-values of many tests, on plain arrays.

A resample is a row of weights: how often each unit was drawn. A statistic is a function of a matrix
of such weights, a row a resample and a column a unit, so one product computes all resamples.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.errors import ParameterError

Numbers: TypeAlias = NDArray[np.float64]
Statistic: TypeAlias = Callable[[Numbers], NDArray[np.float64]]
Correction = Literal["benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni"]

# Weights held at once: 16 MB, whatever the number of units.
_CELLS = 2_000_000
# With more undefined resamples than this, the others no longer represent the sample.
_UNDEFINED_LIMIT = 0.2


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Options of a bootstrap, given whole to every function that has intervals.

    Attributes
    ----------
    resamples : int
        Number of resamples, 100 or more.
    confidence : float
        Coverage aimed at, from 0.5 to below 1.
    seed : int
        The same seed gives the same intervals to the last bit.

    Raises
    ------
    ParameterError
        Where an option is out of its range.

    Examples
    --------
    >>> Bootstrap(confidence=0.9)
    Bootstrap(resamples=2000, confidence=0.9, seed=2013)
    """

    resamples: int = 2000
    confidence: float = 0.95
    seed: int = 2013

    def __post_init__(self) -> None:
        """Refuse options out of their range."""
        if self.resamples < 100:
            raise ParameterError(f"bootstrap, resamples {self.resamples}: take 100 or more")
        if not 0.5 <= self.confidence < 1:
            raise ParameterError(
                f"bootstrap, confidence {self.confidence}: give one from 0.5 to below 1"
            )


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates with their bootstrap intervals, one item a statistic.

    Attributes
    ----------
    estimate : numpy.ndarray
        The statistic of the sample itself; NaN where it is undefined.
    low, high : numpy.ndarray
        Ends of the interval, in the estimate's unit; NaN where there is none.
    reason : tuple of str
        Why an interval is missing; empty where there is one.
    """

    estimate: Numbers
    low: Numbers
    high: Numbers
    reason: tuple[str, ...]


def bootstrap_intervals(
    statistic: Statistic,
    units: int,
    *,
    strata: ArrayLike | None = None,
    kinds: ArrayLike | None = None,
    bootstrap: Bootstrap = Bootstrap(),
) -> Intervals:
    """Return statistics of a sample with their bootstrap intervals.

    Parameters
    ----------
    statistic : callable
        Takes weights, ``(rows, units)``, how often each unit was drawn, and returns ``(rows,)`` or
        ``(rows, k)`` values; NaN where a value is undefined.
    units : int
        Number of units in the sample: sentences, paragraphs or documents.
    strata : array of length ``units``, optional
        Labels, such as section numbers: units are drawn within their stratum, which keeps its size.
        A stratum of one unit never varies, so with many of them intervals are too narrow.
    kinds : array of length ``units``, optional
        Units that are alike for the statistic have one number, from 0 on without a gap; weights
        then have a column a kind, the sum of its units' weights. Many like units cost little so.
    bootstrap : Bootstrap
        Resamples, confidence and seed.

    Returns
    -------
    Intervals
        One item for each value of the statistic. There is no interval, and a reason why, with fewer
        than two units, a value undefined in over a fifth of the resamples, or no variation in them.

    Raises
    ------
    ParameterError
        Where strata or kinds are not one a unit.

    Notes
    -----
    Percentile intervals: the ``(1 ∓ confidence) / 2`` quantiles of the resampled values.

    Examples
    --------
    >>> heights = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    >>> mean = bootstrap_intervals(lambda weights: weights @ heights / weights.sum(axis=1), 8)
    >>> mean.estimate.tolist(), bool(mean.low[0] < 4.5 < mean.high[0])
    ([4.5], True)
    """
    labels = np.arange(units) if kinds is None else np.asarray(kinds)
    if len(labels) != units:
        raise ParameterError(
            f"bootstrap: {len(labels)} kinds for {units} units; give one kind a unit"
        )
    sample = np.bincount(labels).astype(float)
    estimate = _columns(statistic(sample[None, :]))[0]
    none = np.full(estimate.shape, np.nan)
    if units < 2:
        reason = "fewer than two units: nothing to resample"
        return Intervals(estimate, none, none.copy(), (reason,) * len(estimate))
    groups = _groups(strata, units)
    blocks = _resampled_weights(groups, labels, bootstrap)
    values = np.concatenate([_columns(statistic(weights)) for weights in blocks])
    reasons = tuple(
        _reason(point, column) for point, column in zip(estimate, values.T, strict=True)
    )
    tails = [(1 - bootstrap.confidence) / 2, (1 + bootstrap.confidence) / 2]
    low, high = none, none.copy()
    for column, reason in enumerate(reasons):
        if not reason:
            low[column], high[column] = np.nanquantile(values[:, column], tails)
    return Intervals(estimate, low, high, reasons)


def bootstrap_shares(
    numerators: ArrayLike,
    denominators: ArrayLike | None = None,
    *,
    strata: ArrayLike | None = None,
    bootstrap: Bootstrap = Bootstrap(),
) -> Intervals:
    """Return sums of one thing over sums of another, with bootstrap intervals.

    Parameters
    ----------
    numerators : array, ``(units,)`` or ``(units, k)``
        Per unit, such as 1 where a sentence has the theme, or the words that matched.
    denominators : array of length ``units``, optional
        Per unit, such as its words; 1 each where not given, which makes the share a mean.
    strata, bootstrap
        As in `bootstrap_intervals`.

    Returns
    -------
    Intervals
        One item per column of ``numerators``; NaN where the denominators sum to 0.

    Examples
    --------
    >>> share = bootstrap_shares([1, 0, 1, 1], [2, 2, 3, 3])
    >>> share.estimate.tolist()
    [0.3]
    """
    top = np.asarray(numerators, dtype=float)
    top = top[:, None] if top.ndim == 1 else top
    bottom = np.ones(len(top)) if denominators is None else np.asarray(denominators, dtype=float)
    if bottom.shape != (len(top),):
        raise ParameterError(f"bootstrap_shares: {len(top)} units; give one denominator a unit")

    def shares(weights: Numbers) -> Numbers:
        return divide(weights @ top, (weights @ bottom)[:, None])

    return bootstrap_intervals(shares, len(top), strata=strata, bootstrap=bootstrap)


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


def divide(top: ArrayLike, bottom: ArrayLike) -> Numbers:
    """Divide, with NaN where the divisor is 0.

    >>> divide([1.0, 0.0], [2.0, 0.0]).tolist()
    [0.5, nan]
    """
    numerator, denominator = np.broadcast_arrays(np.array(top, float), np.array(bottom, float))
    result = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def log_likelihood(observed: ArrayLike, expected: ArrayLike) -> Numbers:
    """Return the log-likelihood ratio G² of observed counts, ``2 Σ O ln(O / E)``.

    Parameters
    ----------
    observed, expected : array_like, ``(cells, tables)``
        Counts of the cells of each table; a count of 0 adds nothing, for x ln x goes to 0 with x.

    Returns
    -------
    numpy.ndarray
        One value a table, higher = further from what is expected.

    Examples
    --------
    >>> log_likelihood([10, 30], [20, 20]).round(2).tolist()
    10.46
    """
    counts, means = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    ratio = np.divide(counts, means, out=np.ones_like(counts), where=counts > 0)
    return 2 * np.asarray((counts * np.log(ratio)).sum(axis=0))


def adjust_p_values(
    p_values: ArrayLike, *, method: Correction = "benjamini-hochberg"
) -> NDArray[np.float64]:
    """Correct p-values for the number of tests.

    Parameters
    ----------
    p_values : array
        Between 0 and 1; a NaN is a test that was not made, is not counted, and stays NaN.
    method : str
        ``"benjamini-hochberg"`` (false discovery rate, Benjamini & Hochberg 1995),
        ``"benjamini-yekutieli"`` (the same under any dependence, 2001), ``"holm"`` (family-wise,
        Holm 1979) or ``"bonferroni"``.

    Returns
    -------
    numpy.ndarray
        Corrected p-values in the given order, at most 1: reject where they are at or below the
        level.

    Raises
    ------
    ParameterError
        Where the method is none of these or a p-value is outside 0 to 1.

    Examples
    --------
    >>> adjust_p_values([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    >>> adjust_p_values([0.01, 0.04, 0.03], method="holm").round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, dtype=float)
    if method not in get_args(Correction):
        raise ParameterError(
            f"adjust_p_values, method {method!r}: choose one of {', '.join(get_args(Correction))}"
        )
    if ((given < 0) | (given > 1)).any():
        raise ParameterError("adjust_p_values: a p-value is outside 0 to 1; give probabilities")
    result = given.copy()
    made = given[~np.isnan(given)]
    order = np.argsort(made, kind="stable")
    ranks = np.arange(1, len(made) + 1)
    if method == "bonferroni":
        corrected = made[order] * len(made)
    elif method == "holm":
        corrected = np.maximum.accumulate(made[order] * (len(made) - ranks + 1))
    else:
        # By the ranks alone, not by scipy.stats: its import takes as long as all else in a report.
        corrected = made[order] * (len(made) / ranks)
        if method == "benjamini-yekutieli":
            corrected *= (1 / ranks).sum()
        corrected = np.minimum.accumulate(corrected[::-1])[::-1]
    result[~np.isnan(given)] = np.minimum(corrected, 1)[np.argsort(order)]
    return result


def hypergeometric_tail(
    together: ArrayLike, one: ArrayLike, other: ArrayLike, of: int
) -> NDArray[np.float64]:
    """Return the chance that two sets of units share so many or more, if they were drawn at random.

    Parameters
    ----------
    together : array of int
        How many units both have.
    one, other : array of int
        How many each has.
    of : int
        How many units there are.

    Returns
    -------
    numpy.ndarray
        The upper tail of the hypergeometric distribution, 0 to 1, one a pair.

    Examples
    --------
    Two categories in two of 51 units each are in the same two by chance once in 1,275 times.

    >>> hypergeometric_tail([2, 0], [2, 2], [2, 2], 51).round(6).tolist()
    [0.000784, 1.0]
    """
    from scipy.special import gammaln

    shared, first, second = (np.asarray(item, dtype=float) for item in (together, one, other))
    # How many they may share, from none to all of the smaller: a column each.
    most = int(min(first.max(initial=0), second.max(initial=0)))
    number = np.arange(most + 1, dtype=float)[None, :]
    rows = [item[:, None] for item in (shared, first, second)]

    def log_choices(total: Numbers, part: Numbers) -> Numbers:
        possible = (part >= 0) & (part <= total)
        inside = np.where(possible, part, 0)
        found = gammaln(total + 1) - gammaln(inside + 1) - gammaln(total - inside + 1)
        return np.where(possible, found, -np.inf)

    total = np.full_like(rows[1], of)
    logs = log_choices(rows[1], number) + log_choices(total - rows[1], rows[2] - number)
    chances = np.exp(logs - log_choices(total, rows[2]))
    return np.asarray(np.where(number >= rows[0], chances, 0).sum(axis=1).clip(0, 1))


def _columns(values: NDArray[np.float64]) -> Numbers:
    """Return values as ``(rows, k)``."""
    return np.asarray(values, dtype=float).reshape(len(values), -1)


def _groups(strata: ArrayLike | None, units: int) -> list[NDArray[np.int64]]:
    """Return the positions of each stratum's units."""
    if strata is None:
        return [np.arange(units)]
    labels = np.asarray(strata)
    if labels.shape != (units,):
        raise ParameterError(f"bootstrap, strata: {units} units; give one label a unit")
    _, codes = np.unique(labels, return_inverse=True)
    return [np.flatnonzero(codes == code) for code in range(codes.max() + 1)]


def _resampled_weights(
    groups: list[NDArray[np.int64]], labels: NDArray[np.int64], bootstrap: Bootstrap
) -> Iterator[Numbers]:
    """Draw resamples in blocks of rows that fit into the memory set aside."""
    random = np.random.default_rng(bootstrap.seed)
    kinds = int(labels.max()) + 1
    rows = max(1, min(bootstrap.resamples, _CELLS // len(labels)))
    for begin in range(0, bootstrap.resamples, rows):
        count = min(rows, bootstrap.resamples - begin)
        weights = np.zeros(count * kinds)
        for members in groups:
            drawn = random.integers(len(members), size=(count, len(members)))
            cells = labels[members][drawn] + kinds * np.arange(count)[:, None]
            weights += np.bincount(cells.ravel(), minlength=count * kinds)
        yield weights.reshape(count, kinds)


def _reason(estimate: float, values: Numbers) -> str:
    """Return why there is no interval, or nothing."""
    if np.isnan(estimate):
        return "undefined in the sample itself"
    undefined = float(np.isnan(values).mean())
    if undefined > _UNDEFINED_LIMIT:
        return f"undefined in {undefined:.0%} of the resamples"
    # A difference in the last digit is rounding, not variation.
    if np.nanmax(values) - np.nanmin(values) <= 1e-12 * max(1.0, abs(estimate)):
        return "every resample gives the same value: the sample shows no variation"
    return ""
