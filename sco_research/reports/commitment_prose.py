"""What the commitments report says in sentences; every number comes from the frames."""

import pandas as pd

from sco_research.coding.commitments.binding import SCHEMES
from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.reports.commitments import (
    KINDS,
    section_counts,
    with_kind,
)
from sco_research.reports.markdown import escape
from sco_research.text.document import Document


def title(document: Document) -> str:
    """Return the report's title."""
    return f"Commitments: {escape(document.metadata.title or document.id)}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def abstract(acts: pd.DataFrame, commitments: pd.DataFrame, checks: pd.DataFrame) -> str:
    """Return the findings in a few sentences; ``checks`` is the validation of this coding."""
    strict, broad = int(commitments["strict"].sum()), len(commitments)
    if not broad:
        return (
            f"None of the {_counted(len(acts), 'sentence')} holds a commitment of the members, in "
            "the strict or the broad reading."
        )
    in_strict, in_broad = int(acts["strict"].sum()), int(acts["broad"].sum())
    high = int((with_kind(commitments)["kind"] == "strict, high").sum())
    text = (
        f"In the strict reading the document holds {_counted(strict, 'commitment')} in {in_strict} "
        f"of its {_counted(len(acts), 'sentence')}; support, need and openness add "
        f"{broad - strict} for {broad} in {in_broad} sentences in the broad reading. "
        f"{high} of the strict ones bind highly; the others continue, seek or reaffirm."
    )
    inside = checks[checks["Set"].str.startswith("in sample")]
    if len(inside):
        text += (
            f" Against the reference coding, in sample, strict F1 is {inside['F1'].iloc[0]:.2f}."
        )
    return text


def acts_text(acts: pd.DataFrame) -> str:
    """Return which speech acts prevail."""
    counts = acts["speech_act"].value_counts()
    if not len(counts):
        return "The document has no sentences."
    shares = ", ".join(f"{name!s} {number}" for name, number in counts.items())
    return (
        f"Of {_counted(len(acts), 'sentence')}: {shares} (@tbl-acts). The act is that of the main "
        "clause's verb [@searle1976]; a sentence with several takes the first of commissive, "
        "directive, expressive, assertive."
    )


def section_text(document: Document, commitments: pd.DataFrame) -> str:
    """Return where commitments are dense, and where there are none."""
    counts = section_counts(document, commitments)
    strict = counts[["strict, high", "strict, low"]].sum(axis=1)
    if not strict.sum():
        return "No section holds a strict commitment; see @fig-sections and @fig-place."
    most = strict[strict == strict.max()].index
    none = [str(number) for number in strict[strict == 0].index if number]
    names = " and ".join(f"{number}" for number in most)
    text = (
        f"Strict commitments are most frequent in section{'s' if len(most) > 1 else ''} {names} "
        f"({_counted(int(strict.max()), 'commitment')}{' each' if len(most) > 1 else ''})"
    )
    if none:
        text += f"; none stands in section{'s' if len(none) > 1 else ''} {', '.join(none)}"
    return f"{text} (@fig-sections, @tbl-sections). @fig-place shows each at its place."


def legal_text(commitments: pd.DataFrame) -> str:
    """Return how far the strict commitments are legalized."""
    strict = commitments[commitments["strict"]]
    if not len(strict):
        return "There is no strict commitment to describe."
    high = int(strict["obligation"].isin(["high", "mid"]).sum())
    precise = int((strict["precision"] == "yes").sum())
    delegated = int((strict["delegation"] == "yes").sum())
    return (
        f"Of {_counted(len(strict), 'strict commitment')}, {high} oblige highly, {precise} name an "
        f"instrument, a date or a sum, and {delegated} entrust an organ: the three dimensions of "
        "legalization [@abbott2000], kept apart in @tbl-legal and never added up. @tbl-named lists "
        "what is named."
    )


def validation_text(
    checks: pd.DataFrame, disagreements: pd.DataFrame, *, options: CommitmentOptions = DEFAULT
) -> str:
    """Return how far the coding can be trusted, in sample and out of sample apart.

    Parameters
    ----------
    checks, disagreements : pandas.DataFrame
        As from `validation_table` and `disagreement_table`.
    options : CommitmentOptions
        Those of the coding.
    """
    if options.departures:
        names = ", ".join(f"`{name}`" for name in options.departures)
        return (
            f"This coding departs from the protocol ({names}), and all reference codings were made "
            "by the protocol: how well the program reads by these options was not measured."
        )
    inside = checks[checks["Set"].str.startswith("in sample")]
    outside = checks[checks["Set"].str.startswith("out of sample")]
    parts = []
    if len(inside):
        row = inside.iloc[0]
        wrong = len(disagreements)
        parts.append(
            f"In sample, on the {row['Sentences']} sentences of this document, strict F1 is "
            f"{row['F1']:.2f} and speech acts agree in {row['Speech acts']:.0%}; "
            f"{_counted(wrong, 'answer')} {'differs' if wrong == 1 else 'differ'} "
            "(@tbl-disagreements). The rules' author could read the document: this figure flatters."
        )
    else:
        parts.append(
            "There is no reference coding of this document, so nothing can be said of how well the "
            "program reads it; code a sample by hand before the figures are published."
        )
    columns = outside[["Set", "Sentences", "F1", "First run"]]
    for name, number, rate, first in columns.itertuples(index=False, name=None):
        before = f"; at the first run it was {first:.3f}" if first == first else ""
        parts.append(
            f"On {number} sentences in other styles ({escape(str(name))}) strict F1 is "
            f"{rate:.3f}{before}."
        )
    if len(outside):
        parts.append(
            "Sets by different hands stay apart. Only a first run on what somebody wrote who had "
            "not seen the rules says how the program fares on what it was not written for; after "
            "it the rules were mended by what it had missed. @tbl-ablation shows what each class "
            "of rules is worth."
        )
    else:
        parts.append("No sentences out of sample are there to test it on.")
    parts.append(
        "The reference coding was made by language models working apart from a written protocol; "
        "no human coder has checked it yet, and a human coding is still wanted. How to put one in "
        "its place stands in `data/reference/README.md`."
    )
    return " ".join(parts)


def published_text() -> str:
    """Return what the published counts are worth beside this one."""
    return (
        "No published count for the Shanghai Cooperation Organization could be found. "
        "@tbl-published sets counts of other organizations beside this one: they were made by "
        "hand, on longer and on several documents, with other rules of counting, and the same "
        "team's counts of one summit differ by up to 12 %. They show an order of size, not a "
        "ranking."
    )


def method(scheme: str) -> str:
    """Return how commitments were found."""
    other = next(name for name in SCHEMES if name != scheme)
    return (
        "A commitment is a publicly stated, collectively agreed, discrete and specific intention "
        "of the members to take future action towards an identified target "
        "[@kirton2016; @globalgovernance2020]. Rules find the finite verbs of each sentence, their "
        "subjects and what hangs on them; a codebook of words by class says what each does. The "
        "strict reading asks for an undertaking (will, shall, intend, pledge; a noun of will with "
        "what is to be done) or an instruction to an organ of the organization's own; the broad "
        "reading adds support, need, priority and openness where the object is a future action of "
        "the members. Statements in the past tense, with another subject, or by a part of the "
        "members do not count. Items that are counted are targets, not verbs. Binding levels "
        f"follow the scheme `{scheme}`; the field has another, `{other}`, that contradicts it "
        "[@kirton2021; @rapson2023]. Rules read words, not intentions."
    )


def figure_alt(document: Document, commitments: pd.DataFrame) -> str:
    """Return what the bars say, for those who cannot see them."""
    counts = section_counts(document, commitments)
    rows = [
        f"section {number}: " + ", ".join(f"{int(counts[kind][number])} {kind}" for kind in KINDS)
        for number in counts.index
        if number
    ]
    return "Stacked bars of commitments by section. " + "; ".join(rows) + "."


def place_alt(commitments: pd.DataFrame) -> str:
    """Return what the strip says, for those who cannot see it."""
    counts = with_kind(commitments)["kind"].value_counts()
    rows = ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in KINDS)
    return f"A line for every commitment at its place in the text, in three rows: {rows}."
