"""Keyness: how surprising a word's frequency in one text is beside another.

Only the statistic stands here yet; the comparison of documents builds on it.
"""

import numpy as np
import numpy.typing as npt


def log_likelihood_two_cell(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
) -> npt.NDArray[np.float64]:
    """Return Rayson and Garside's log-likelihood of words in a text and in a reference.

    Only the two cells of the word itself are summed; the four-cell form also counts all other
    words. Each expected count is the share of all words that the text has, times the word's total.

    Parameters
    ----------
    counts, reference_counts : array_like
        How often each word stands in the text and in the reference.
    size, reference_size : float
        Words in each, above 0.

    Returns
    -------
    numpy.ndarray
        One value a word, from 0; higher = more surprising, in either direction. NaN where the word
        stands in neither.

    Raises
    ------
    ValueError
        Where a size is not above 0.

    Notes
    -----
    ``2 (a ln(a / E1) + b ln(b / E2))`` with ``E1 = c (a + b) / (c + d)`` and
    ``E2 = d (a + b) / (c + d)`` [rayson2000]_.

    .. [rayson2000] P. Rayson and R. Garside, 2000, Comparing corpora using frequency profiling.

    Examples
    --------
    >>> values = log_likelihood_two_cell([392, 15], [170, 14], size=1e6, reference_size=1e6)
    >>> values.round(2).tolist()
    [90.13, 0.03]
    """
    if size <= 0 or reference_size <= 0:
        raise ValueError("keyness: a text without words has no frequencies; give sizes above 0")
    observed = np.stack([np.asarray(counts, float), np.asarray(reference_counts, float)])
    sizes = np.array([[size], [reference_size]])
    total = observed.sum(axis=0)
    expected = sizes * total / sizes.sum()
    # A count of 0 adds nothing: x ln x goes to 0 with x.
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return np.where(total > 0, 2 * (observed * np.log(ratio)).sum(axis=0), np.nan)
