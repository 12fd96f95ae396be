"""How surprising a word's frequency in one text is beside another, and by how much.

Every function takes counts and sizes, on plain arrays: ``counts`` of words in a text of ``size``
words, ``reference_counts`` in a reference of ``reference_size`` words.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


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
    observed, expected = _cells(counts, reference_counts, size, reference_size)
    return _defined(observed, 2 * _times_log(observed[:2], expected[:2]))


def log_likelihood_four_cell(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
) -> Numbers:
    """Return Dunning's log-likelihood of words in a text and in a reference.

    All four cells of the table are summed: the word and all other words, in either text. It is
    the G of a test of independence, and differs from the two-cell form for frequent words.

    Parameters
    ----------
    counts, reference_counts, size, reference_size
        As for `log_likelihood_two_cell`.

    Returns
    -------
    numpy.ndarray
        One value a word, from 0; higher = more surprising, in either direction.

    Raises
    ------
    ValueError
        Where a size is not above 0.

    Notes
    -----
    ``2 sum of O ln(O / E)`` over the four cells [dunning1993]_.

    .. [dunning1993] T. Dunning, 1993, Accurate methods for the statistics of surprise and
       coincidence.

    Examples
    --------
    >>> log_likelihood_four_cell([7], [2], size=10, reference_size=9).round(4).tolist()
    [4.5349]
    """
    observed, expected = _cells(counts, reference_counts, size, reference_size)
    return _defined(observed, 2 * _times_log(observed, expected))


def chi_square(
    counts: npt.ArrayLike,
    reference_counts: npt.ArrayLike,
    *,
    size: float,
    reference_size: float,
    yates: bool = False,
) -> Numbers:
    """Return Pearson's chi-square of words in a text and in a reference, over all four cells.

    Parameters
    ----------
    counts, reference_counts, size, reference_size
        As for `log_likelihood_two_cell`.
    yates : bool
        Correct for continuity: half a word is taken off every difference.

    Returns
    -------
    numpy.ndarray
        One value a word, from 0; higher = more surprising, in either direction.

    Raises
    ------
    ValueError
        Where a size is not above 0.

    Examples
    --------
    >>> chi_square([7], [2], size=10, reference_size=9).round(3).tolist()
    [4.337]
    """
    observed, expected = _cells(counts, reference_counts, size, reference_size)
    difference = np.abs(observed - expected) - (0.5 if yates else 0.0)
    terms = np.divide(difference**2, expected, out=np.zeros_like(expected), where=expected > 0)
    return _defined(observed, terms.sum(axis=0))


def weighted_log_odds(
    counts: npt.ArrayLike, reference_counts: npt.ArrayLike, prior: npt.ArrayLike
) -> tuple[Numbers, Numbers]:
    """Return the difference of log-odds under an informative Dirichlet prior, and its z-score.

    Parameters
    ----------
    counts, reference_counts : array_like
        Of every word of the vocabulary: their sums are the sizes.
    prior : array_like
        Pseudo-counts, above 0: how often each word would stand in a text about nothing special.
        The more of them, the nearer to 0 every difference is drawn, of rare words the most.

    Returns
    -------
    tuple of numpy.ndarray
        ``delta``, above 0 for words of the text, below for words of the reference; and ``z``,
        delta over its standard deviation: beyond 1.96 in either direction it is unlikely to be
        chance, words one by one.

    Notes
    -----
    With prior counts ``a`` that sum to ``a0``, ``delta`` is [monroe2008]_
    ``ln((y1 + a) / (n1 + a0 - y1 - a)) - ln((y2 + a) / (n2 + a0 - y2 - a))``, its variance
    ``1 / (y1 + a) + 1 / (y2 + a)``.

    .. [monroe2008] B. L. Monroe, M. P. Colaresi and K. M. Quinn, 2008, Fightin' words.

    Examples
    --------
    >>> delta, z = weighted_log_odds([3, 1], [1, 3], [1, 1])
    >>> delta.round(4).tolist(), z.round(4).tolist()
    ([1.3863, -1.3863], [1.6008, -1.6008])
    """
    alpha = np.asarray(prior, float)
    log_odds, variance = np.zeros_like(alpha), np.zeros_like(alpha)
    with np.errstate(divide="ignore", invalid="ignore"):
        for sign, values in ((1, counts), (-1, reference_counts)):
            here = np.asarray(values, float) + alpha
            log_odds = log_odds + sign * np.log(here / (here.sum() - here))
            variance = variance + 1 / here
        delta = np.where(np.isfinite(log_odds), log_odds, np.nan)
        return delta, delta / np.sqrt(variance)


def _cells(
    counts: npt.ArrayLike, reference_counts: npt.ArrayLike, size: float, reference_size: float
) -> tuple[Numbers, Numbers]:
    """Return observed and expected: the word here and there, all other words here and there."""
    if size <= 0 or reference_size <= 0:
        raise ValueError("keyness: a text without words has no frequencies; give sizes above 0")
    word = np.stack([np.asarray(counts, float), np.asarray(reference_counts, float)])
    sizes = np.array([[float(size)], [float(reference_size)]])
    expected = sizes * word.sum(axis=0) / sizes.sum()
    return np.concatenate([word, sizes - word]), np.concatenate([expected, sizes - expected])


def _times_log(observed: Numbers, expected: Numbers) -> Numbers:
    """Return the sum of O ln(O / E); a count of 0 adds nothing, for x ln x goes to 0 with x."""
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    total: Numbers = (observed * np.log(ratio)).sum(axis=0)
    return total


def _defined(observed: Numbers, values: Numbers) -> Numbers:
    """Return the values where the word stands in one of the two, else NaN."""
    return np.where(observed[0] + observed[1] > 0, values, np.nan)
