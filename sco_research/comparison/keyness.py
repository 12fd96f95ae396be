"""Keyness: the words that set a text apart from another, by several statistics at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc, ndtri

from sco_research.comparison.conservative import conservative_log_ratio
from sco_research.comparison.term_counts import Reference, TermCounts, Unit, count_terms
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import Correction, Numbers, adjust_p_values, log_likelihood
from sco_research.text.document import Documents
from sco_research.text.words import function_words

Test = Literal["log_likelihood_four_cell", "log_likelihood_two_cell", "chi_square"]

KEYNESS = Schema(
    Column("document_id", "str", "the text; ``corpus`` for several documents"),
    Column("reference_id", "str", "the reference; ``frequency list`` for a frame"),
    Column("term", "str", "the word, lemma or row of words"),
    Column("count", "int", "how often the text has it"),
    Column("reference_count", "int", "how often the reference has it"),
    Column("size", "int", "of the text, in words or rows of words"),
    Column("reference_size", "int", "of the reference"),
    Column("per_thousand", "float", "frequency in the text"),
    Column("reference_per_thousand", "float", "frequency in the reference"),
    Column("direction", "str", "where it is more frequent: ``target``, ``reference`` or ``equal``"),
    Column("log_likelihood_two_cell", "float", "Rayson & Garside 2000; higher = more surprising"),
    Column("log_likelihood_four_cell", "float", "Dunning 1993; higher = more surprising"),
    Column("chi_square", "float", "Pearson; higher = more surprising"),
    Column("test", "str", "the statistic of the p-value"),
    Column("p_value", "float", "of the test, with one degree of freedom"),
    Column("p_adjusted", "float", "corrected for the number of words tested"),
    Column("log_ratio", "float", "Hardie 2014; 1 = twice as frequent in the text"),
    Column("log_ratio_low", "float", "lower end of its interval"),
    Column("log_ratio_high", "float", "upper end of its interval"),
    Column("log_ratio_conservative", "float", "the end nearer to 0, or 0; Evert 2022"),
    Column("percent_difference", "float", "%DIFF, Gabrielatos & Marchi 2012"),
    Column("log_odds", "float", "weighted, Monroe et al. 2008; above 0 = of the text"),
    Column("log_odds_z", "float", "the same over its standard deviation"),
    Column("documents", "count", "documents of the text that have it"),
    Column("reference_documents", "count", "of the reference; missing for a frequency list"),
    Column("document_keyness", "float", "log-likelihood of the documents; Egbert & Biber 2019"),
    Column("prior", "str", "prior of the log-odds, with its size"),
    Column("flags", "list", "what of the row rests on few or no words"),
)
_MIN_EXPECTED = 5


def keyness(
    target: Documents | TermCounts,
    reference: Reference,
    *,
    unit: Unit = "word",
    size: int = 1,
    min_count: int = 2,
    skip_function_words: bool = False,
    test: Test = "log_likelihood_four_cell",
    correction: Correction = "benjamini-hochberg",
    zero: float = 0.5,
    prior: Reference | Literal["pooled"] = "pooled",
    prior_size: float | None = None,
    confidence: float = 0.95,
    reference_size: int | None = None,
) -> pd.DataFrame:
    """Return how much more, or less, often each word stands in a text than in a reference.

    Parameters
    ----------
    target : Document, Corpus or iterable of Document
        The text in question; several documents are counted as one.
    reference : Document, Corpus, iterable of Document or pandas.DataFrame
        What it is held against; a frame is a frequency list with a column ``term``, ``word`` or
        ``ngram``, and a column ``count``, as from `frequencies`.
    unit : str
        ``"word"``, in small letters, or ``"lemma"``, its dictionary form.
    size : int
        Number of words in a row: 1 for words, 2 for pairs. No row runs over a sentence's end.
    min_count : int
        The smallest count, in both together, that is listed and tested.
    skip_function_words : bool
        Leave out the words of `function_words`, and rows made of them alone. They count in the
        sizes all the same.
    test : str
        Whose p-value is given: ``"log_likelihood_four_cell"``, ``"log_likelihood_two_cell"`` or
        ``"chi_square"``. All three statistics are listed.
    correction : str
        For the number of words tested: one of `sco_research.statistics.adjust_p_values`.
    zero : float
        What a count of 0 is taken for in the log ratio, and a word that a prior lacks.
    prior : str, Document, Corpus, iterable of Document or pandas.DataFrame
        Of the weighted log-odds: ``"pooled"``, target and reference together, or a background
        corpus or frequency list.
    prior_size : float, optional
        Words that the prior is worth: its counts are scaled to this sum. Larger = differences
        drawn nearer to 0. Where not given, the prior's own size.
    confidence : float
        Coverage of the intervals of the log ratio, one by one.
    reference_size : int, optional
        Words of the reference, where its frequency list is cut short; else the sum of its counts.

    Returns
    -------
    pandas.DataFrame
        One row per word, the highest of the chosen statistic first, with the columns of `KEYNESS`.

    Raises
    ------
    ParameterError
        Where an option has no such value, a text has no words, the reference holds the target, or
        a frame is no frequency list.

    Notes
    -----
    Every test takes words for drawn one by one. They come in topics, so p-values are too small:
    read the order and the effect sizes, and how many sentences hold the word.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> one = Document.from_text("Trade and peace. Trade with all. Trade grows.", id="one")
    >>> two = Document.from_text("Peace first. We want peace and trust.", id="two")
    >>> found = keyness(one, two)
    >>> found[["term", "count", "reference_count", "direction", "log_ratio"]].values.tolist()[0]
    ['trade', 3, 0, 'target', 2.392...]
    """
    _check(unit=unit, test=test, size=size, zero=zero, confidence=confidence)
    text = count_terms(target, unit=unit, size=size, what="target")
    other = count_terms(reference, unit=unit, size=size, what="reference")
    shared = set(text.documents) & set(other.documents)
    if shared:
        raise ParameterError(
            f"keyness: the reference holds the target's document {min(shared)!r} too; leave it out"
        )
    total = other.total if reference_size is None else float(reference_size)
    if not text.total or total < max(other.total, 1):
        what = f"{total:g} words of {other.total:g} counted" if text.total else "no words"
        where = "reference" if text.total else "target"
        raise ParameterError(f"keyness, {where}: {what}; give a text or a size with words in it")
    vocabulary = sorted(text.counts.keys() | other.counts.keys())
    counts, reference_counts = text.of(vocabulary), other.of(vocabulary)
    if isinstance(prior, str):
        if prior != "pooled":
            raise ParameterError(f"keyness, prior {prior!r}: give 'pooled', a corpus or a list")
        prior_name, prior_counts = str(prior), counts + reference_counts
    else:
        background = count_terms(prior, unit=unit, size=size, what="prior")
        prior_name, prior_counts = background.id, background.of(vocabulary)
    prior_counts = _scaled(prior_counts, prior_size, zero)
    delta, z = weighted_log_odds(counts, reference_counts, prior_counts)
    frame = _statistics(
        counts,
        reference_counts,
        size=text.total,
        reference_size=total,
        zero=zero,
        confidence=confidence,
    ).assign(
        document_id=text.id,
        reference_id=other.id,
        term=vocabulary,
        log_odds=delta,
        log_odds_z=z,
        prior=f"{prior_name}, {prior_counts.sum():g} words",
        test=test,
    )
    kept = frame[frame["count"] + frame["reference_count"] >= min_count]
    if skip_function_words:
        tied = kept["term"].map(lambda term: function_words().issuperset(str(term).split()))
        kept = kept[~tied.astype(bool)]
    p_values = np.clip(chdtrc(1, kept[test].to_numpy(dtype=float).clip(min=0)), 0, 1)
    adjusted = adjust_p_values(p_values, method=correction)
    cautious = conservative_log_ratio(
        kept["count"],
        kept["reference_count"],
        size=text.total,
        reference_size=total,
        confidence=confidence,
        tests=len(kept),
    )
    kept = kept.assign(
        p_value=p_values,
        p_adjusted=adjusted,
        log_ratio_conservative=cautious,
    )
    documents = _by_documents(list(kept["term"]), text, other).set_index(kept.index)
    kept = pd.concat([kept, documents], axis=1)
    ordered = kept.sort_values([test, "term"], ascending=[False, True], ignore_index=True)
    return KEYNESS.typed(ordered)


def _by_documents(terms: list[str], text: TermCounts, other: TermCounts) -> pd.DataFrame:
    """Return in how many documents each term stands, and the log-likelihood of these numbers.

    A word that one document repeats is none of the corpus: between two corpora documents are the
    better unit than words. Of a frequency list the documents are not known.
    """
    sides = [[one.in_documents[term] for term in terms] for one in (text, other)]
    sizes = [len(one.documents) for one in (text, other)]
    known = [
        pd.array(side if size else [None] * len(terms), dtype="Int64")
        for side, size in zip(sides, sizes, strict=True)
    ]
    values = np.full(len(terms), np.nan)
    # Of one document against one, the number says no more than that a word is absent.
    if min(sizes) > 0 and max(sizes) > 1:
        values = log_likelihood_four_cell(*sides, size=sizes[0], reference_size=sizes[1])
    return pd.DataFrame(
        {
            "documents": known[0],
            "reference_documents": known[1],
            "document_keyness": values,
        }
    )


def _check(*, unit: str, test: str, size: int, zero: float, confidence: float) -> None:
    """Refuse options that have no such value."""
    for name, value, choices in (("unit", unit, Unit), ("test", test, Test)):
        if value not in get_args(choices):
            raise ParameterError(
                f"keyness, {name} {value!r}: choose one of {', '.join(get_args(choices))}"
            )
    if size < 1:
        raise ParameterError(f"keyness, size {size}: give 1 or more words in a row")
    if not zero > 0:
        raise ParameterError(f"keyness, zero {zero}: a ratio needs more than 0; give 0.5 or so")
    if not 0 < confidence < 1:
        raise ParameterError(f"keyness, confidence {confidence}: give one between 0 and 1")


def _scaled(prior_counts: Numbers, prior_size: float | None, zero: float) -> Numbers:
    """Return pseudo-counts above 0 that sum to the size asked for."""
    positive = np.where(prior_counts > 0, prior_counts, zero)
    if prior_size is None:
        return positive
    if not prior_size > 0:
        raise ParameterError(f"keyness, prior_size {prior_size}: give more than 0 words")
    scaled: Numbers = positive * prior_size / positive.sum()
    return scaled


def _statistics(
    counts: Numbers,
    reference_counts: Numbers,
    *,
    size: float,
    reference_size: float,
    zero: float,
    confidence: float,
) -> pd.DataFrame:
    """Return a row a word with everything that needs no prior."""
    sizes = {"size": size, "reference_size": reference_size}
    ratio = log_ratio(counts, reference_counts, **sizes, zero=zero, confidence=confidence)
    rate, reference_rate = 1000 * counts / size, 1000 * reference_counts / reference_size
    sign = np.sign(rate - reference_rate).astype(int)
    statistics: dict[str, Numbers] = {
        name: formula(counts, reference_counts, **sizes) for name, formula in _TESTS.items()
    }
    return pd.DataFrame(
        {
            "count": counts,
            "reference_count": reference_counts,
            **sizes,
            "per_thousand": rate,
            "reference_per_thousand": reference_rate,
            "direction": np.array(["equal", "target", "reference"])[sign],
            **statistics,
            "log_ratio": ratio.value,
            "log_ratio_low": ratio.low,
            "log_ratio_high": ratio.high,
            "percent_difference": percent_difference(counts, reference_counts, **sizes),
            "flags": _flags(counts, reference_counts, size, reference_size, zero),
        }
    )


def _flags(
    counts: Numbers, reference_counts: Numbers, size: float, reference_size: float, zero: float
) -> list[list[str]]:
    """Return what of each row rests on few or no words."""
    expected = (counts + reference_counts) * min(size, reference_size) / (size + reference_size)
    notes = (
        (counts == 0, f"absent from the target: log ratio with {zero:g} for 0"),
        (
            reference_counts == 0,
            f"absent from the reference: log ratio with {zero:g} for 0, no %DIFF",
        ),
        (
            expected < _MIN_EXPECTED,
            f"an expected count is below {_MIN_EXPECTED}: p-values are approximate",
        ),
    )
    return [[text for holds, text in notes if holds[row]] for row in range(len(counts))]


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
    return _defined(observed, log_likelihood(observed[:2], expected[:2]))


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
    return _defined(observed, log_likelihood(observed, expected))


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


_TESTS: dict[Test, Callable[..., Numbers]] = {
    "log_likelihood_four_cell": log_likelihood_four_cell,
    "log_likelihood_two_cell": log_likelihood_two_cell,
    "chi_square": chi_square,
}


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
            smoothed = np.asarray(values, float) + alpha
            log_odds = log_odds + sign * np.log(smoothed / (smoothed.sum() - smoothed))
            variance = variance + 1 / smoothed
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


def _defined(observed: Numbers, values: Numbers) -> Numbers:
    """Return the values where the word stands in one of the two, else NaN."""
    return np.where(observed[0] + observed[1] > 0, values, np.nan)


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
    observed = np.stack([np.asarray(counts, float), np.asarray(reference_counts, float)])
    a, b = np.where(observed > 0, observed, zero)
    ratio = np.log((a / size) / (b / reference_size))
    variance = 1 / a - 1 / size + 1 / b - 1 / reference_size
    reach = ndtri((1 + confidence) / 2) * np.sqrt(np.maximum(variance, 0))
    defined = observed.sum(axis=0) > 0
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
