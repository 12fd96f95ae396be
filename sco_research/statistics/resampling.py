"""Bootstrap intervals on plain arrays.

A resample is a row of weights: how often each unit was drawn. A statistic is a function of a matrix
of such weights, a row a resample and a column a unit, so one product computes all resamples.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.errors import ParameterError
from sco_research.statistics.arrays import Numbers, divide

Statistic: TypeAlias = Callable[[Numbers], NDArray[np.float64]]

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
