"""Agreement and scores in sentences, with the numbers of the frames."""

from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import YES
from sco_research.reports.markdown import escape
from sco_research.text.document import Document
from sco_research.topics.reliability.tables import (
    ALPHA,
    QUESTIONS,
    agreement_table,
    interval,
    questions,
)

LIMITS = (
    "The intervals resample whole sentences and say how much a figure hangs on single sentences of "
    "this text; they do not reach to other texts. Where coders never differ, or a category stands "
    "in one or two sentences, a bootstrap has nothing to vary and no interval is given. The "
    "program's codebooks and rules were written with this very text at hand: the scores are "
    "*in-sample*, and on other texts the program will do no better. An alpha of 0.80 is the "
    "customary mark for firm conclusions, 0.67 for tentative ones [@krippendorff2018]; kappa and "
    "alpha fall where one answer is rare, AC1 does not [@gwet2008]."
)

_LEADING = ("themes", "speech_act", "strict", "broad")

ALPHA_CAPTION = (
    "Krippendorff's alpha with its bootstrap interval; a hollow point has none; the line is 0.80."
)
SCORE_CAPTION = (
    "F1 of the program against the reference coding, in-sample, with its bootstrap interval; a "
    "hollow point has none."
)
CONFUSION_CAPTION = "Speech acts: rows the first coder's answers, columns the second's; sentences."


def title(document: Document) -> str:
    """Return the report's title, as Markdown."""
    return f"Reliability of the coding: {escape(document.metadata.title or document.id)}"


def abstract(
    reference: Reference, agreed: Iterable[pd.DataFrame], scores: Iterable[pd.DataFrame]
) -> str:
    """Return the findings: agreement on the leading questions, and the program's scores.

    Parameters
    ----------
    reference : Reference
        Whose note says who coded; its first sentence opens the abstract.
    agreed : iterable of pandas.DataFrame
        As from `agreement`, of the coders.
    scores : iterable of pandas.DataFrame
        As from `score`, of the program against the reference.
    """
    tables = list(scores)
    sentences = max((int(table["segments"].max()) for table in tables if len(table)), default=0)
    who = made_by(reference).partition(". ")[0].rstrip(".")
    return (
        f"{who}. Over {_number(sentences, 'sentence')} the coders agree, by Krippendorff's alpha, "
        f"on {'; '.join(_alphas(agreed)) or 'nothing that could be measured'}. Against this "
        "reference coding the program reaches, by F1 and in-sample, on "
        f"{'; '.join(_marks(tables))}."
    )


def _alphas(agreed: Iterable[pd.DataFrame]) -> list[str]:
    """Return the leading questions with their alpha."""
    return [
        f"{_name(row['variable'])} {row['value']:.2f}{_span(row)}"
        for table in agreed
        for row in table.to_dict("records")
        if row["coefficient"] == ALPHA and row["category"] in ("", POOLED)
        if row["variable"] in _LEADING and not pd.isna(row["value"])
    ]


def _marks(scores: Iterable[pd.DataFrame]) -> list[str]:
    """Return the leading questions with their F1."""
    return [
        " ".join(
            f"{_name(row['variable'])} {row['average']} {row['value']:.2f}{_span(row)}".split()
        )
        for table in scores
        for row in table.to_dict("records")
        if row["measure"] == "f1" and row["category"] in ("", YES) and row["average"] != "macro"
        if row["variable"] in _LEADING
    ]


def made_by(reference: Reference) -> str:
    """Return who made the reference coding, as its own note says it."""
    return escape(reference.made_by)


def agreement_text(table: pd.DataFrame, codebook: Codebook) -> str:
    """Return how far coders agree, and on what least.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `agreement`.
    codebook : Codebook
        Whose labels are used.
    """
    if not len(table):
        return "There are no coders' sheets beside the settled coding: agreement is unknown."
    shown = agreement_table(table, codebook)
    least = shown.dropna(subset="Alpha").sort_values("Alpha", kind="stable").head(1)
    full = int((shown["Alpha"] == 1).sum())
    text = (
        f"Agreement is Krippendorff's alpha [@krippendorff2011] at the level of each question; "
        f"Cohen's kappa [@cohen1960] stands beside it. On {full} of {len(shown)} questions the "
        "coders never differ. "
    )
    for row in least.to_dict("records"):
        text += f"They agree least on “{escape(row['Question'])}” (alpha {row['Alpha']:.2f})."
    return text


def agreement_caption(reference: Reference, confidence: float) -> str:
    """Return what a table of agreement shows."""
    coders = " and ".join(reference.coders["coder"].unique()) or "nobody"
    return (
        f"Agreement of {escape(coders)}: Krippendorff's alpha with its {100 * confidence:g} % "
        "bootstrap interval over sentences, or why there is none; Cohen's kappa (Fleiss' for more "
        "than two coders), Gwet's AC1, the share of equal answers (exact binomial interval "
        "where all are equal), and the sentences on which they differ."
    )


def decision_text(differ: pd.DataFrame) -> str:
    """Return how many answers differ, and how many of them are settled."""
    if not len(differ):
        return "The coders do not differ on a single answer."
    open_ = int((differ["Settled as"] == "open").sum())
    rest = f"{open_} of them are still open" if open_ else "each is settled, with its reason"
    sentences = _number(differ["Sentence"].nunique(), "sentence")
    return f"{_number(len(differ), 'answer')} differ, in {sentences}; {rest}: @tbl-decisions."


def count_text(reference: pd.DataFrame, found: pd.DataFrame, counted: pd.DataFrame) -> str:
    """Return how many commitments the reference and the program count, and how near they come.

    Parameters
    ----------
    reference, found : pandas.DataFrame
        Ratings with the counts of targets.
    counted : pandas.DataFrame
        As from `agreement` of both.
    """
    parts = []
    for name, reading in (("strict_count", "strict"), ("broad_count", "broad")):
        of_reference, of_program = (
            int(ratings.loc[ratings["variable"] == name, "value"].astype(float).sum())
            for ratings in (reference, found)
        )
        rows = counted[(counted["variable"] == name) & (counted["coefficient"] == ALPHA)]
        near = "".join(
            f"; alpha between the two, sentence by sentence, {row['value']:.2f}{_span(row)}"
            for row in rows.to_dict("records")
        )
        parts.append(
            f"On the {reading} reading the reference counts {of_reference} commitments and the "
            f"program {of_program}{near}."
        )
    return " ".join(parts)


def error_text(errors: pd.DataFrame) -> str:
    """Return how many answers of the program the reference does not share."""
    if not len(errors):
        return "The program gives the reference's answer to every question."
    answers = _number(len(errors), "answer")
    sentences = _number(errors["Sentence"].nunique(), "sentence")
    return f"{answers} of the program differ, in {sentences}: @tbl-errors."


def score_caption(table: pd.DataFrame, confidence: float) -> str:
    """Return what a table of scores shows."""
    sentences = int(table["segments"].max()) if len(table) else 0
    return (
        "The program against the reference coding, in-sample, over "
        f"{_number(sentences, 'sentence')}: precision, recall, F1 with its {100 * confidence:g} % "
        "bootstrap interval, and the answers that are right, too many, and missed. The macro "
        "average is over the categories that occur."
    )


def agreement_sentence(table: pd.DataFrame, *, variable: str) -> str:
    """Return a question's alpha with its interval and its number of sentences, as a sentence."""
    here = table[(table["variable"] == variable) & table["category"].isin(["", POOLED])]
    name = _name(variable)
    if not len(here):
        return f"No agreement can be given for {name}: there are no coders' sheets."
    alpha = here[here["coefficient"] == ALPHA].to_dict("records")[0]
    if pd.isna(alpha["value"]):
        return f"The agreement on {name} is undefined: {escape(alpha['reason'])}."
    return (
        f"On {name} the coders agree at alpha {alpha['value']:.2f}{_span(alpha)} over "
        f"{alpha['segments']} sentences."
    )


def score_sentence(table: pd.DataFrame, *, variable: str) -> str:
    """Return the program's F1 for a question, with its interval, as a sentence."""
    here = table[(table["variable"] == variable) & (table["measure"] == "f1")]
    name = _name(variable)
    parts = [
        f"{row['average']} F1 {row['value']:.2f}{_span(row)}".strip()
        for row in here.to_dict("records")
        if row["average"] or len(here) == 1
    ]
    sentences = int(here["segments"].iloc[0]) if len(here) else 0
    return f"On {name} the program reaches {' and '.join(parts)} over {sentences} sentences."


def score_text(table: pd.DataFrame) -> str:
    """Return the program's scores on every question of a table."""
    return " ".join(score_sentence(table, variable=name) for name in table["variable"].unique())


def interval_alt(table: pd.DataFrame, codebook: Codebook, *, what: str) -> str:
    """Return what a figure of intervals says to those who cannot see it."""
    names = questions(table, codebook)
    rows = [f"{name} {value:.2f}" for name, value in zip(names, table["value"], strict=True)]
    return f"{what} by question, with intervals: {'; '.join(rows)}." if rows else f"{what}: none."


def _name(variable: str) -> str:
    return escape(QUESTIONS.get(variable, variable).lower())


def _number(count: int, noun: str) -> str:
    return f"one {noun}" if count == 1 else f"{count} {noun}s"


def _span(row: Mapping[Hashable, float]) -> str:
    if pd.isna(row["low"]):
        return ""
    return f" ({100 * row['confidence']:g} % interval {interval(row['low'], row['high'])})"
