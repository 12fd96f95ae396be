"""Keyness: the words that set a text apart from another, by several statistics at once."""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.stats import chi2

from sco_research.comparison.effect_sizes import Numbers, log_ratio, percent_difference
from sco_research.comparison.keyness_statistics import (
    chi_square,
    log_likelihood_four_cell,
    log_likelihood_two_cell,
    weighted_log_odds,
)
from sco_research.comparison.term_counts import Counted, Reference, Unit, counted
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import Correction, adjust_p_values
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
    Column("percent_difference", "float", "%DIFF, Gabrielatos & Marchi 2012"),
    Column("log_odds", "float", "weighted, Monroe et al. 2008; above 0 = of the text"),
    Column("log_odds_z", "float", "the same over its standard deviation"),
    Column("prior", "str", "prior of the log-odds, with its size"),
    Column("flag", "str", "what of the row rests on few or no words"),
)
_TESTS: dict[Test, Callable[..., Numbers]] = {
    "log_likelihood_four_cell": log_likelihood_four_cell,
    "log_likelihood_two_cell": log_likelihood_two_cell,
    "chi_square": chi_square,
}
_LEAST_EXPECTED = 5


def keyness(
    target: Documents,
    reference: Reference,
    *,
    unit: Unit = "word",
    size: int = 1,
    minimum: int = 2,
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
    minimum : int
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
    here = counted(target, unit=unit, size=size, what="target")
    there = counted(reference, unit=unit, size=size, what="reference")
    shared = set(here.documents) & set(there.documents)
    if shared:
        raise ParameterError(
            f"keyness: the reference holds the target's document {min(shared)!r} too; leave it out"
        )
    total = there.total if reference_size is None else float(reference_size)
    if not here.total or total < max(there.total, 1):
        what = f"{total:g} words of {there.total:g} counted" if here.total else "no words"
        where = "reference" if here.total else "target"
        raise ParameterError(f"keyness, {where}: {what}; give a text or a size with words in it")
    vocabulary = sorted(here.counts.keys() | there.counts.keys())
    frame = _statistics(here, there, vocabulary, total, zero=zero, confidence=confidence)
    background, name = _prior(prior, prior_size, here, there, vocabulary, unit, size, zero)
    delta, z = weighted_log_odds(frame["count"], frame["reference_count"], background)
    frame = frame.assign(log_odds=delta, log_odds_z=z, prior=name, test=test)
    kept = frame[frame["count"] + frame["reference_count"] >= minimum]
    if skip_function_words:
        tied = kept["term"].map(lambda term: function_words().issuperset(str(term).split()))
        kept = kept[~tied.astype(bool)]
    p_values = np.clip(chi2.sf(kept[test].to_numpy(dtype=float), df=1), 0, 1)
    adjusted = adjust_p_values(p_values, method=correction)
    kept = kept.assign(p_value=p_values, p_adjusted=adjusted)
    ordered = kept.sort_values([test, "term"], ascending=[False, True], ignore_index=True)
    return KEYNESS.typed(ordered)


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


def _statistics(
    here: Counted,
    there: Counted,
    vocabulary: list[str],
    total: float,
    *,
    zero: float,
    confidence: float,
) -> pd.DataFrame:
    """Return a row a word with everything that needs no prior."""
    ours, theirs = here.of(vocabulary), there.of(vocabulary)
    sizes: dict[str, float] = {"size": here.total, "reference_size": total}
    ratio = log_ratio(
        ours, theirs, size=here.total, reference_size=total, zero=zero, confidence=confidence
    )
    rate, reference_rate = 1000 * ours / here.total, 1000 * theirs / total
    sign = np.sign(rate - reference_rate).astype(int)
    statistics: dict[str, Numbers] = {
        name: formula(ours, theirs, **sizes) for name, formula in _TESTS.items()
    }
    return pd.DataFrame(
        {
            "document_id": here.id,
            "reference_id": there.id,
            "term": vocabulary,
            "count": ours,
            "reference_count": theirs,
            **sizes,
            "per_thousand": rate,
            "reference_per_thousand": reference_rate,
            "direction": np.array(["equal", "target", "reference"])[sign],
            **statistics,
            "log_ratio": ratio.value,
            "log_ratio_low": ratio.low,
            "log_ratio_high": ratio.high,
            "percent_difference": percent_difference(ours, theirs, **sizes),
            "flag": _flags(ours, theirs, here.total, total, zero),
        }
    )


def _flags(ours: Numbers, theirs: Numbers, size: float, total: float, zero: float) -> list[str]:
    """Return what of each row rests on few or no words."""
    least = (ours + theirs) * min(size, total) / (size + total)
    notes = (
        (ours == 0, f"absent from the target: log ratio with {zero:g} for 0"),
        (theirs == 0, f"absent from the reference: log ratio with {zero:g} for 0, no %DIFF"),
        (
            least < _LEAST_EXPECTED,
            f"an expected count is below {_LEAST_EXPECTED}: p-values are approximate",
        ),
    )
    return ["; ".join(text for holds, text in notes if holds[row]) for row in range(len(ours))]


def _prior(
    prior: Reference | str,
    prior_size: float | None,
    here: Counted,
    there: Counted,
    vocabulary: list[str],
    unit: Unit,
    size: int,
    zero: float,
) -> tuple[Numbers, str]:
    """Return the pseudo-counts of the vocabulary, and what they are called."""
    if isinstance(prior, str):
        if prior != "pooled":
            raise ParameterError(f"keyness, prior {prior!r}: give 'pooled', a corpus or a list")
        name, counts = prior, here.of(vocabulary) + there.of(vocabulary)
    else:
        background = counted(prior, unit=unit, size=size, what="prior")
        name, counts = background.id, background.of(vocabulary)
    counts = np.where(counts > 0, counts, zero)
    if prior_size is not None:
        if not prior_size > 0:
            raise ParameterError(f"keyness, prior_size {prior_size}: give more than 0 words")
        counts = counts * prior_size / counts.sum()
    return counts, f"{name}, {counts.sum():g} words"
