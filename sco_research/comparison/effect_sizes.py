"""How large the difference between two relative frequencies is, on plain arrays.

``counts`` of words in a text of ``size`` words, ``reference_counts`` in a reference of
``reference_size`` words, as in `keyness_statistics`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogRatio:
    """Log ratios and the ends of their intervals, one item a word."""

    value: Numbers
    low: Numbers
    high: Numbers


def log_ratio(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
    zero: float = 0.5,
    confidence: float = 0.95,
) -> LogRatio:
    """Return Hardie's log ratio: the binary logarithm of the ratio of two relative frequencies.

    Parameters
    ----------
    counts, reference_counts, size, reference_size
        As for `log_likelihood_two_cell`.
    zero : float
        What a count of 0 is taken for, above 0; no ratio could be had of it otherwise.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    LogRatio
        From minus to plus infinity: 1 = twice, 2 = four times as frequent as in the reference,
        -1 = half as frequent. NaN where the word stands in neither.

    Notes
    -----
    ``log2((a / c) / (b / d))`` [hardie2014]_. The interval is that of a ratio of two binomial
    shares on its logarithm, with the variance ``1/a - 1/c + 1/b - 1/d`` [katz1978]_. It takes words
    for drawn one by one: they come in topics, so it is rather too narrow.

    .. [hardie2014] A. Hardie, 2014, Log ratio: An informal introduction.
    .. [katz1978] D. Katz, J. Baptista, S. P. Azen and M. C. Pike, 1978, Obtaining confidence
       intervals for the risk ratio in cohort studies.

    Examples
    --------
    >>> found = log_ratio([40], [10], size=1000, reference_size=1000)
    >>> found.value.tolist(), found.low.round(2).tolist(), found.high.round(2).tolist()
    ([2.0], [1.01], [2.99])
    """
    ours, theirs = np.asarray(counts, float), np.asarray(reference_counts, float)
    here, there = np.where(ours > 0, ours, zero), np.where(theirs > 0, theirs, zero)
    ratio = np.log((here / size) / (there / reference_size))
    variance = 1 / here - 1 / size + 1 / there - 1 / reference_size
    reach = ndtri((1 + confidence) / 2) * np.sqrt(np.maximum(variance, 0))
    defined = ours + theirs > 0
    ends = (ratio, ratio - reach, ratio + reach)
    return LogRatio(*(np.where(defined, values / np.log(2), np.nan) for values in ends))


def percent_difference(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
) -> Numbers:
    """Return %DIFF: by how many percent a relative frequency is above that of the reference.

    Parameters
    ----------
    counts, reference_counts, size, reference_size
        As for `log_likelihood_two_cell`.

    Returns
    -------
    numpy.ndarray
        From -100 (only in the reference) up; 0 = as frequent, 100 = twice as frequent. NaN where
        the reference lacks the word: no percentage can be had of nothing.

    Notes
    -----
    ``100 (a / c - b / d) / (b / d)`` [gabrielatos2012]_.

    .. [gabrielatos2012] C. Gabrielatos and A. Marchi, 2012, Keyness: Appropriate metrics and
       practical issues.

    Examples
    --------
    >>> percent_difference([40, 1], [10, 0], size=1000, reference_size=1000).tolist()
    [300.0, nan]
    """
    rate = np.asarray(counts, float) / size
    reference = np.asarray(reference_counts, float) / reference_size
    share = np.divide(rate, reference, out=np.full_like(rate, np.nan), where=reference > 0)
    return np.asarray(100 * (share - 1))
