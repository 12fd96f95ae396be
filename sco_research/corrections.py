"""Corrections for many tests, on plain arrays."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.errors import ParameterError

Correction = Literal["benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni"]


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
    made = ~np.isnan(given)
    tests = int(made.sum())
    order = np.argsort(given[made], kind="stable")
    ordered = given[made][order]
    rank = np.arange(1, tests + 1)
    if method == "bonferroni":
        corrected = ordered * tests
    elif method == "holm":
        corrected = np.maximum.accumulate(ordered * (tests - rank + 1))
    else:
        dependence = (1 / rank).sum() if method == "benjamini-yekutieli" else 1.0
        steps = ordered * tests * dependence / rank
        corrected = np.minimum.accumulate(steps[::-1])[::-1]
    back = np.empty(tests)
    back[order] = np.minimum(corrected, 1)
    result[made] = back
    return result
