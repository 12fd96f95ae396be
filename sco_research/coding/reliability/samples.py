"""A random sample of sentences to code by hand, and what it says of the program's counts.

The sentences are drawn in two strata, those that the program found and all others, so that few
codings tell most of its errors. The design, with the program's answers, is kept in a file of its
own that the coders do not open.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.coder import code_speech_acts
from sco_research.coding.reliability.cells import read_table
from sco_research.coding.reliability.first_runs import Definition, coding_errors, load_first_runs
from sco_research.coding.reliability.schemes import NO, YES
from sco_research.coding.reliability.sheets import text_hash
from sco_research.coding.themes import code_themes
from sco_research.errors import CodingError, ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import (
    MIN_UNITS,
    Bootstrap,
    Confusion,
    Estimate,
    Rate,
    Stratum,
    chances,
    exact_rate,
    sampled_count,
)
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import segment

_DEFINITIONS: dict[str, Definition] = {"strict": "strict", "broad": "broad"}
DEFINITIONS = tuple(_DEFINITIONS)
"""What a sample of the commitments protocol can be of; of the themes protocol, any theme."""

# Codings simulated for what a sample is expected to say.
_CODINGS = 40

SAMPLE = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("text_hash", "str", "hash of its words, as in the coding sheet"),
    Column("question", "str", "what is counted: strict, broad, or a theme"),
    Column("found", "bool", "whether the program found it in the sentence"),
    Column("drawn", "bool", "whether the sentence is in the sample"),
)
"""The design of a sample, one row a sentence of the documents."""


@dataclass(frozen=True, slots=True)
class SampledCount:
    """What a sample coded by hand says of the program's count.

    Attributes
    ----------
    found, of : int
        Sentences that the program found, and all sentences.
    precision : Rate
        How many of the coded sentences that it found are right.
    omission : Rate
        How many of the coded sentences that it did not find it missed.
    estimate : Estimate
        How many of all sentences there are, with its interval.
    """

    found: int
    of: int
    precision: Rate
    omission: Rate
    estimate: Estimate


def program_finds(
    documents: Documents, question: str, *, codebook: str | Path = "themes"
) -> pd.DataFrame:
    """Return every sentence with the program's answer to one question.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What is coded.
    question : str
        ``strict``, ``broad``, or a category of the codebook.
    codebook : str or pathlib.Path
        Whose category the question is.

    Returns
    -------
    pandas.DataFrame
        The columns of `SAMPLE`, with nothing drawn yet.

    Raises
    ------
    ParameterError
        Where there is no such question.

    Examples
    --------
    >>> note = Document.from_text("We will meet. The lake is deep.", id="note")
    >>> program_finds(note, "strict")["found"].tolist()
    [True, False]
    """
    parts = []
    for document in documents_of(documents):
        sentences = segment(document, level="sentence")
        found = _found(document, question, codebook)
        parts.append(
            pd.DataFrame(
                {
                    "document_id": document.id,
                    "segment_id": sentences["segment_id"],
                    "text_hash": sentences["text"].map(text_hash),
                    "question": question,
                    "found": sentences["segment_id"].isin(found),
                    "drawn": False,
                }
            )
        )
    return SAMPLE.typed(pd.concat(parts, ignore_index=True)) if parts else SAMPLE.empty()


def _found(document: Document, question: str, codebook: str | Path) -> set[str]:
    if question in DEFINITIONS:
        acts = code_speech_acts(document)
        return set(acts.loc[acts[question], "segment_id"])
    book = load_codebook(codebook)
    names = [category.id for category in book]
    if question not in names:
        raise ParameterError(
            f"question {question!r}: choose {', '.join(DEFINITIONS)}, or a theme of "
            f"{book.name}: {', '.join(names)}"
        )
    codings = code_themes(document, codebook=book)
    return set(codings.loc[codings["category"] == question, "segment_id"])


def expected_rates(answers: pd.DataFrame, organization: str = "") -> tuple[float, float]:
    """Return how often a sentence found, and one not found, will be right by the first runs.

    Parameters
    ----------
    answers : pandas.DataFrame
        As from `program_finds`.
    organization : str
        Whose documents they are, for the choice of first runs; see `coding_errors`.

    Returns
    -------
    tuple of float
        The chances that a sentence found is a true one, and that one not found is.

    Examples
    --------
    >>> note = Document.from_text("We will meet. The lake is deep.", id="note")
    >>> found, others = expected_rates(program_finds(note, "strict"), "sco")
    >>> found > 0.98, others < 0.1
    (True, True)
    """
    question = str(answers["question"].iloc[0]) if len(answers) else DEFINITIONS[0]
    runs = load_first_runs()
    definition = _DEFINITIONS.get(question)
    if definition:
        errors = sum(
            coding_errors(runs, definition, organization=organization), Confusion(0, 0, 0, 0)
        )
    else:
        of_theme = runs.themes[runs.themes["theme"] == question]
        enough = int(of_theme["coders"].sum()) >= MIN_UNITS
        chosen = of_theme if enough else runs.themes
        right, false, missed = (int(chosen[name].sum()) for name in ("right", "false", "missed"))
        decisions = int(runs.theme_sets["sentences"].sum()) * (1 if enough else len(runs.themes))
        errors = Confusion(right, false, missed, decisions - right - false - missed)
    share = float(answers["found"].mean()) if len(answers) else 0.0
    of_found, of_others = chances(share, errors.sensitivity, errors.specificity)
    return float(of_found), float(of_others)


def draw_sample(
    answers: pd.DataFrame, size: int, *, rates: tuple[float, float], seed: int = 2013
) -> pd.DataFrame:
    """Return the answers with the sentences drawn that are to be coded by hand.

    Parameters
    ----------
    answers : pandas.DataFrame
        As from `program_finds`.
    size : int
        How many sentences are drawn, two or more.
    rates : tuple of float
        As from `expected_rates`.
    seed : int
        The same seed draws the same sentences.

    Returns
    -------
    pandas.DataFrame
        The columns of `SAMPLE`. Within each stratum every sentence is as likely; the strata's
        shares of the sample make the estimate as sure as the rates allow (Neyman 1934), with at
        least five sentences of each.

    Raises
    ------
    ParameterError
        Where the size is less than two, or less than one a stratum.

    Examples
    --------
    >>> note = Document.from_text("We will meet. " * 9 + "The lake is deep. " * 9, id="note")
    >>> drawn = draw_sample(program_finds(note, "strict"), 12, rates=(0.95, 0.05))
    >>> drawn[drawn["drawn"]]["found"].value_counts().to_dict()
    {True: 6, False: 6}
    """
    if size < 2:
        raise ParameterError(f"sample of {size}: draw two sentences or more")
    random = np.random.default_rng(seed)
    drawn = answers["drawn"].to_numpy(copy=True)
    sizes = _allocation(strata_of(answers), size, rates)
    for found, count in zip((True, False), sizes, strict=True):
        places = np.flatnonzero(answers["found"] == found)
        chosen = random.choice(places, size=count, replace=False)
        drawn[chosen] = True
    return answers.assign(drawn=drawn)


def strata_of(answers: pd.DataFrame) -> tuple[int, int]:
    """Return how many sentences the program found, and how many not."""
    found = int(answers["found"].sum())
    return found, len(answers) - found


def _allocation(strata: tuple[int, int], size: int, rates: tuple[float, float]) -> list[int]:
    """Return how many sentences are drawn from each stratum."""
    wanted = min(size, sum(strata))
    # Neither rate is ever taken to be sure: it is what the sample is to find out.
    weights = [
        count * math.sqrt(kept * (1 - kept))
        for count, kept in zip(strata, (min(max(rate, 0.02), 0.98) for rate in rates), strict=True)
    ]
    least = [min(MIN_UNITS, count, max(1, wanted // 2)) if count else 0 for count in strata]
    first = round(wanted * weights[0] / sum(weights)) if sum(weights) else 0
    first = max(first, least[0], wanted - strata[1])
    first = min(first, strata[0], wanted - least[1])
    return [first, wanted - first]


def expected_estimate(
    strata: tuple[int, int],
    size: int,
    *,
    rates: tuple[float, float],
    bootstrap: Bootstrap = Bootstrap(),
) -> Estimate:
    """Return what a sample of a size would say, were the program's errors those expected.

    It is the mean over simulated codings of the estimate and of the ends of its interval.

    Parameters
    ----------
    strata : tuple of int
        How many sentences the program found, and how many not.
    size : int
        How many are coded by hand.
    rates : tuple of float
        As from `expected_rates`.
    bootstrap : Bootstrap
        Draws, coverage and seed.

    Examples
    --------
    A larger sample gives a narrower interval.

    >>> few, many = (expected_estimate((90, 310), n, rates=(0.95, 0.05)) for n in (60, 240))
    >>> many.high - many.low < few.high - few.low
    True
    """
    sizes = _allocation(strata, size, rates)
    random = np.random.default_rng(bootstrap.seed)
    true = [
        random.binomial(count, rate, _CODINGS) for count, rate in zip(strata, rates, strict=True)
    ]
    hits = [
        random.hypergeometric(those, count - those, coded)
        for those, count, coded in zip(true, strata, sizes, strict=True)
    ]
    few = replace(bootstrap, resamples=max(100, bootstrap.resamples // _CODINGS))
    made = [
        sampled_count(
            [Stratum(*part) for part in zip(strata, sizes, row, strict=True)], bootstrap=few
        )
        for row in np.column_stack(hits).tolist()
    ]
    means = np.mean([(one.value, one.low, one.high) for one in made], axis=0)
    return Estimate(*map(float, means))


def sampled_errors(
    sample: pd.DataFrame, coded: Mapping[str, bool], *, bootstrap: Bootstrap = Bootstrap()
) -> SampledCount:
    """Return what the sentences coded by hand say of the program's count.

    Parameters
    ----------
    sample : pandas.DataFrame
        As from `draw_sample`.
    coded : mapping of str to bool
        By sentence, whether the coder sees it. Sentences that were not drawn are passed over; of
        those drawn but not coded nothing is assumed.
    bootstrap : Bootstrap
        Draws, coverage and seed.

    Raises
    ------
    ParameterError
        Where no sentence of a stratum was coded.
    """
    found, others = (_stratum(sample[sample["found"] == answer], coded) for answer in (True, False))
    return SampledCount(
        found=found.sentences,
        of=len(sample),
        precision=exact_rate(found.hits, found.coded, bootstrap.confidence),
        omission=exact_rate(others.hits, others.coded, bootstrap.confidence),
        estimate=sampled_count([found, others], bootstrap=bootstrap),
    )


def _stratum(rows: pd.DataFrame, coded: Mapping[str, bool]) -> Stratum:
    answers = [coded[name] for name in rows.loc[rows["drawn"], "segment_id"] if name in coded]
    return Stratum(len(rows), len(answers), sum(answers))


def read_sample(path: Path, documents: Documents) -> pd.DataFrame:
    """Read the design of a sample, and check that it is of these documents as they are.

    Raises
    ------
    CodingError
        Where it is no such file, or a sentence is missing or has changed.
    """
    frame = read_table(path, known=tuple(SAMPLE))
    missing = [name for name in SAMPLE if name not in frame.columns]
    if missing:
        raise CodingError(str(path), [f"there is no column {missing[0]!r}; name a sample.csv"])
    wrong = [name for name in ("found", "drawn") if not frame[name].isin([YES, NO]).all()]
    if wrong:
        raise CodingError(str(path), [f"column {wrong[0]!r}: write {YES} or {NO} in each row"])
    now = {
        str(row["segment_id"]): text_hash(str(row["text"]))
        for document in documents_of(documents)
        for row in segment(document, level="sentence").to_dict("records")
    }
    faults = _changed(now, dict(zip(frame["segment_id"], frame["text_hash"], strict=True)))
    if faults:
        raise CodingError(str(path), faults)
    answers = {name: frame[name] == YES for name in ("found", "drawn")}
    return SAMPLE.typed(frame.assign(**answers))


def _changed(now: Mapping[str, str], then: Mapping[str, str]) -> Sequence[str]:
    mend = "name the documents that the sample was drawn from, or draw a new one"
    faults = [f"{name} is no sentence of the documents; {mend}" for name in then if name not in now]
    faults += [f"{name} is not in the sample's design; {mend}" for name in now if name not in then]
    return faults + [
        f"{name} has other words than when the sample was drawn; {mend}"
        for name in then
        if name in now and now[name] != then[name]
    ]
