"""Test statistics, and p-values of many tests."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.errors import ParameterError
from sco_research.statistics.arrays import Numbers

Correction = Literal["benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni"]


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
