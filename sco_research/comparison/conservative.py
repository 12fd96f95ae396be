"""The conservative log ratio of two frequencies: what of a ratio is left when it is least sure."""

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from sco_research.statistics import Numbers


def conservative_log_ratio(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
    confidence: float = 0.95,
    tests: int = 1,
) -> Numbers:
    """Return Evert's conservative log ratio.

    Parameters
    ----------
    counts, reference_counts : array_like
        How often each word stands in the text and in the reference.
    size, reference_size : float
        Words of both.
    confidence : float
        Coverage of the intervals, of all together.
    tests : int
        How many words are looked at: the intervals are widened for their number (Bonferroni).

    Returns
    -------
    numpy.ndarray
        The end of the log ratio's interval that is nearer to 0; 0 where the interval holds 0, so
        that rare words do not lead a list.

    Notes
    -----
    The interval is Clopper and Pearson's of the share of the word's occurrences that are in the
    text [evert2022]_. It needs nothing in place of a count of 0.

    .. [evert2022] S. Evert, 2022, Measuring keyness.

    Examples
    --------
    Three of three against none is no evidence; forty against ten is, of a ratio above 1.

    >>> conservative_log_ratio([3, 40], [0, 10], size=1000, reference_size=1000).round(2).tolist()
    [0.0, 0.98]
    """
    here, there = np.asarray(counts, dtype=float), np.asarray(reference_counts, dtype=float)
    tail = (1 - confidence) / 2 / max(tests, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(here > 0, beta.ppf(tail, here, there + 1), 0.0)
        high = np.where(there > 0, beta.ppf(1 - tail, here + 1, there), 1.0)
        to_ratio = np.log2(reference_size / size)
        low, high = (np.log2(end / (1 - end)) + to_ratio for end in (low, high))
    nearest = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return np.where(here + there > 0, nearest, np.nan)
