"""Bootstrap intervals, on plain arrays.

A resample is told by how often each unit was drawn: a statistic is a function of a matrix of such
weights, one row a resample and one column a unit, and one product computes all resamples.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from sco_research.errors import ParameterError

Numbers: TypeAlias = NDArray[np.float64]
Statistic: TypeAlias = Callable[[Numbers], NDArray[np.float64]]
IntervalMethod = Literal["percentile", "bca"]

RESAMPLES = 2000
CONFIDENCE = 0.95
SEED = 2013

# Weights held at once: 16 MB, whatever the number of units.
_CELLS = 2_000_000
# The jackknife of BCa costs the square of the units; beyond this both methods agree anyway.
_BCA_UNITS = 5_000
# Where more of the resamples than this have no value, the rest no longer stand for the sample.
_UNDEFINED_LIMIT = 0.2


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


def bootstrap(
    statistic: Statistic,
    units: int,
    *,
    strata: ArrayLike | None = None,
    kinds: ArrayLike | None = None,
    method: IntervalMethod = "percentile",
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    seed: int = SEED,
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
        then have a column a kind, its units' weights together. Many like units cost little so.
    method : str
        ``"percentile"``, or ``"bca"``, bias-corrected and accelerated.
    resamples : int
        Number of resamples, 100 or more.
    confidence : float
        Coverage aimed at, between 0.5 and 1.
    seed : int
        The same seed gives the same interval to the last bit.

    Returns
    -------
    Intervals
        One item for each value of the statistic. There is no interval, and a reason why, with fewer
        than two units, a value undefined in over a fifth of the resamples, or no variation in them.

    Raises
    ------
    ParameterError
        Where an option is out of its range.

    Notes
    -----
    Percentile: the ``(1 ∓ confidence) / 2`` quantiles of the resampled values. BCa (Efron 1987)
    shifts these by the bias and the skewness of the jackknife values, centred on their stratum.

    Examples
    --------
    >>> heights = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    >>> mean = bootstrap(lambda weights: weights @ heights / weights.sum(axis=1), 8)
    >>> mean.estimate.tolist(), bool(mean.low[0] < 4.5 < mean.high[0])
    ([4.5], True)
    """
    labels = np.arange(units) if kinds is None else np.asarray(kinds)
    check(method, len(labels), units, resamples, confidence)
    sample = np.bincount(labels).astype(float)
    estimate = _columns(statistic(sample[None, :]))[0]
    none = np.full(estimate.shape, np.nan)
    if units < 2:
        reason = "fewer than two units: nothing to resample"
        return Intervals(estimate, none, none.copy(), (reason,) * len(estimate))
    groups = _groups(strata, units)
    blocks = _resampled_weights(groups, labels, resamples, np.random.default_rng(seed))
    values = np.concatenate([_columns(statistic(weights)) for weights in blocks])
    reasons = tuple(
        _reason(point, column) for point, column in zip(estimate, values.T, strict=True)
    )
    usable = np.array([not reason for reason in reasons])
    low, high = none, none.copy()
    if usable.any():
        tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
        levels = np.repeat(tails[:, None], usable.sum(), axis=1)
        if method == "bca":
            accelerations = _acceleration(statistic, groups, labels)[usable]
            levels = _bca_levels(estimate[usable], values[:, usable], tails, accelerations)
        for position, column in enumerate(np.flatnonzero(usable)):
            low[column], high[column] = np.nanquantile(values[:, column], levels[:, position])
    return Intervals(estimate, low, high, reasons)


def bootstrap_shares(
    numerators: ArrayLike,
    denominators: ArrayLike | None = None,
    *,
    strata: ArrayLike | None = None,
    method: IntervalMethod = "percentile",
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    seed: int = SEED,
) -> Intervals:
    """Return sums of one thing over sums of another, with bootstrap intervals.

    Parameters
    ----------
    numerators : array, ``(units,)`` or ``(units, k)``
        Per unit, such as 1 where a sentence has the theme, or the words that matched.
    denominators : array of length ``units``, optional
        Per unit, such as its words; 1 each where not given, which makes the share a mean.
    strata, method, resamples, confidence, seed
        As in `bootstrap`.

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
    top = top.reshape(len(top), -1)
    bottom = np.ones(len(top)) if denominators is None else np.asarray(denominators, dtype=float)
    if bottom.shape != (len(top),):
        raise ParameterError(f"bootstrap_shares: {len(top)} units; give one denominator a unit")

    def shares(weights: Numbers) -> Numbers:
        return divide(weights @ top, (weights @ bottom)[:, None])

    return bootstrap(
        shares,
        len(top),
        strata=strata,
        method=method,
        resamples=resamples,
        confidence=confidence,
        seed=seed,
    )


def divide(top: ArrayLike, bottom: ArrayLike) -> Numbers:
    """Divide, with NaN where the divisor is 0.

    >>> divide([1.0, 0.0], [2.0, 0.0]).tolist()
    [0.5, nan]
    """
    numerator, denominator = np.broadcast_arrays(np.array(top, float), np.array(bottom, float))
    result = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def check(method: str, labels: int, units: int, resamples: int, confidence: float) -> None:
    """Refuse options out of range."""
    if method not in get_args(IntervalMethod):
        raise ParameterError(
            f"bootstrap, method {method!r}: choose one of {', '.join(get_args(IntervalMethod))}"
        )
    if method == "bca" and units > _BCA_UNITS:
        raise ParameterError(f"bootstrap: for {units} units use method 'percentile', not 'bca'")
    if labels != units:
        raise ParameterError(f"bootstrap: {labels} kinds for {units} units; give one kind a unit")
    if resamples < 100:
        raise ParameterError(f"bootstrap, resamples {resamples}: take 100 or more")
    if not 0.5 <= confidence < 1:
        raise ParameterError(f"bootstrap, confidence {confidence}: give one from 0.5 to below 1")


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
    groups: list[NDArray[np.int64]],
    labels: NDArray[np.int64],
    resamples: int,
    random: np.random.Generator,
) -> Iterator[Numbers]:
    """Draw resamples in blocks of rows that fit into the memory set aside."""
    kinds = int(labels.max()) + 1
    rows = max(1, min(resamples, _CELLS // len(labels)))
    for begin in range(0, resamples, rows):
        count = min(rows, resamples - begin)
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
    # Rounding in the last place is no variation.
    if np.nanmax(values) - np.nanmin(values) <= 1e-12 * max(1.0, abs(estimate)):
        return "every resample gives the same value: the sample shows no variation"
    return ""


def _acceleration(
    statistic: Statistic, groups: list[NDArray[np.int64]], labels: NDArray[np.int64]
) -> Numbers:
    """Return the skewness of the jackknife values, centred within strata, over six."""
    sample = np.bincount(labels).astype(float)
    rows = max(1, _CELLS // len(sample))
    parts = []
    for begin in range(0, len(sample), rows):
        left_out = np.arange(begin, min(len(sample), begin + rows))
        weights = np.repeat(sample[None, :], len(left_out), axis=0)
        weights[np.arange(len(left_out)), left_out] -= 1
        parts.append(_columns(statistic(weights)))
    values = np.concatenate(parts)[labels]
    change = np.zeros_like(values)
    for members in groups:
        kept = values[members]
        defined = ~np.isnan(kept)
        mean = divide(np.where(defined, kept, 0).sum(axis=0), defined.sum(axis=0))
        # A unit without which the value is undefined says nothing about the skewness.
        change[members] = np.where(defined, mean - kept, 0)
    skewness: Numbers = divide((change**3).sum(axis=0), 6 * (change**2).sum(axis=0) ** 1.5)
    return np.nan_to_num(skewness)


def _bca_levels(
    estimate: Numbers, values: Numbers, tails: Numbers, accelerations: Numbers
) -> Numbers:
    """Return the quantile levels ``(2, k)`` after bias and acceleration."""
    defined = (~np.isnan(values)).sum(axis=0)
    # Values come in steps (shares, kappas): a tie counts half.
    below = ((values < estimate).sum(axis=0) + 0.5 * (values == estimate).sum(axis=0)) / defined
    bias = ndtri(np.clip(below, 0.5 / defined, 1 - 0.5 / defined))
    shifted = bias + ndtri(tails)[:, None]
    levels: Numbers = ndtr(bias + shifted / (1 - accelerations * shifted))
    return levels
