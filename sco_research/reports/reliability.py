"""What the reliability notebook shows: agreement of coders and scores as tables and sentences."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from sco_research.coding.adjudication import disagreements
from sco_research.coding.codebooks import Codebook
from sco_research.coding.reference import Reference
from sco_research.coding.reliability import POOLED
from sco_research.coding.schemes import YES
from sco_research.coding.scoring import MEASURES
from sco_research.reports.markdown import escape
from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.text.document import Document
from sco_research.text.segments import segment

_ALPHA = "krippendorff_alpha"
_QUESTIONS = {
    "speech_act": "Speech act",
    "strict": "Strict commitment",
    "broad": "Broad commitment",
    "strict_count": "Strict targets",
    "broad_count": "Broad targets",
    "binding": "Binding level",
    "themes": "Themes",
}
_HEIGHT_OF_A_ROW = 0.19


def question(variable: str, category: str, codebook: Codebook) -> str:
    """Return what was asked, as a person reads it.

    >>> from sco_research.coding.codebooks import load_codebook
    >>> question("binding", "high", load_codebook("themes"))
    'Binding level: high'
    """
    if category == POOLED:
        return "All themes together"
    label = next((item.label for item in codebook if item.id == category), "")
    name = _QUESTIONS.get(variable, variable)
    return label or (f"{name}: {category}" if category else name)


def coders_table(references: Iterable[Reference]) -> pd.DataFrame:
    """Return who coded what, and how much of it."""
    rows = []
    for reference in references:
        name = _QUESTIONS.get(reference.scheme.name, reference.scheme.name.capitalize())
        for coder, ratings in reference.coders.dropna(subset="value").groupby("coder"):
            sentences, answers = ratings["segment_id"].nunique(), len(ratings)
            rows.append((name, str(coder), sentences, answers))
        settled = reference.settled
        rows.append((name, "settled", settled["segment_id"].nunique(), len(settled)))
    return pd.DataFrame(rows, columns=["Coding", "Coder", "Sentences", "Answers"])


def agreement_table(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the agreement of all coders, a question a row.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `agreement`; where there are more than two coders, the pairs are left out.
    codebook : Codebook
        Whose labels are shown.
    """
    columns = ["Question", "Level", "Alpha", "Interval", "Kappa", "AC1", "Agreement, %", "Why none"]
    of_all = table[table["coders"] == table["coders"].iloc[0]] if len(table) else table
    rows = []
    for (variable, category), here in of_all.groupby(["variable", "category"], sort=False):
        by_name = {row["coefficient"]: row for row in here.to_dict("records")}
        alpha = by_name[_ALPHA]
        kappa = by_name.get("cohen_kappa", by_name["fleiss_kappa"])
        rows.append(
            (
                question(str(variable), str(category), codebook),
                alpha["level"],
                alpha["value"],
                interval(alpha["low"], alpha["high"]),
                kappa["value"],
                by_name["gwet_ac1"]["value"],
                100 * by_name["percent_agreement"]["value"],
                _short(alpha["reason"]),
            )
        )
    return pd.DataFrame(rows, columns=columns)


def _short(reason: str) -> str:
    """Return a reason in the few words that a table has room for."""
    if "same value" in reason:
        return "full agreement"
    if "every answer is" in reason:
        return "no variation"
    if "of the resamples" in reason:
        return "too rare"
    return reason


def interval(low: float, high: float) -> str:
    """Return an interval as a table shows it.

    >>> interval(0.5, 0.91), interval(float("nan"), 1.0)
    ('0.50 to 0.91', '–')
    """
    return "–" if pd.isna(low) or pd.isna(high) else f"{low:.2f} to {high:.2f}"


def confusion_table(table: pd.DataFrame, *, variable: str, values: Sequence[str]) -> pd.DataFrame:
    """Return how often one coder's answer met the other's: rows the first's, columns the second's.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `confusion`.
    variable : str
        Which question.
    values : sequence of str
        The answers in their order.
    """
    here = table[table["variable"] == variable]
    counts = here.groupby(["first_value", "second_value"])["segments"].sum()
    rows = [
        {"First \\ second": first}
        | {second: int(counts.get((first, second), 0)) for second in values}
        for first in values
    ]
    return pd.DataFrame(rows, columns=["First \\ second", *values])


def decision_table(reference: Reference, document: Document, codebook: Codebook) -> pd.DataFrame:
    """Return every disagreement with its text, how it was settled, and by which rule.

    Parameters
    ----------
    reference : Reference
        The coders' ratings and the decisions.
    document : Document
        Whose sentences were coded.
    codebook : Codebook
        Whose labels are shown.
    """
    differ = disagreements(reference.coders, segment(document, level="sentence"))
    key = ["segment_id", "variable", "category"]
    merged = differ.drop(columns=["value", "reason"]).merge(
        reference.decisions, on=key, how="left", validate="one_to_one"
    )
    return pd.DataFrame(
        {
            "Sentence": merged["segment_id"],
            "Question": _names(merged, codebook),
            "Answers": merged["answers"],
            "Settled as": merged["value"].fillna("open"),
            "Reason": merged["reason"].fillna(""),
            "Text": merged["text"],
        }
    )


def score_table(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return precision, recall and F1, a category a row, averages last.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `score`; a category that neither coding uses is left out.
    codebook : Codebook
        Whose labels are shown.
    """
    columns = [
        "Category", "Precision", "Recall", "F1", "Interval of F1", "Right", "Too many", "Missed",
    ]  # fmt: skip
    rows = []
    for (variable, category, average), here in table.groupby(
        ["variable", "category", "average"], sort=False
    ):
        by_name = {row["measure"]: row for row in here.to_dict("records")}
        counts = here[["true_positives", "false_positives", "false_negatives"]].iloc[0]
        if not average and not counts.sum():
            continue
        name = f"{_QUESTIONS.get(str(variable), variable)}: {average} average"
        shown = "" if category == YES else str(category)
        rows.append(
            (
                name if average else question(str(variable), shown, codebook),
                *(by_name[measure]["value"] for measure in MEASURES),
                interval(by_name["f1"]["low"], by_name["f1"]["high"]),
                *([None] * 3 if average == "macro" else counts.tolist()),
            )
        )
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[5:], "Int64"))


def error_table(
    found: pd.DataFrame, reference: Reference, document: Document, codebook: Codebook
) -> pd.DataFrame:
    """Return every question on which the program differs from the reference, with the text.

    Parameters
    ----------
    found : pandas.DataFrame
        The program's ratings.
    reference : Reference
        The settled coding.
    document : Document
        Whose sentences were coded.
    codebook : Codebook
        Whose labels are shown.
    """
    asked = set(reference.settled["variable"])
    both = pd.concat([reference.settled, found[found["variable"].isin(asked)]])
    differ = disagreements(both, segment(document, level="sentence"))
    return pd.DataFrame(
        {
            "Sentence": differ["segment_id"],
            "Question": _names(differ, codebook),
            "Answers": differ["answers"],
            "Text": differ["text"],
        }
    )


@house_style()
def interval_figure(names: Sequence[str], table: pd.DataFrame, *, label: str) -> Figure:
    """Draw values with their intervals, the first on top.

    Parameters
    ----------
    names : sequence of str
        What each row is called.
    table : pandas.DataFrame
        ``value``, ``low``, ``high``; NaN where there is none.
    label : str
        What is measured.
    """
    figure = new_figure(PAGE_WIDTH, 0.7 + _HEIGHT_OF_A_ROW * max(len(table), 3))
    axes = figure.add_subplot()
    places = range(len(table))
    axes.hlines(places, table["low"], table["high"], color=COLOURS[0], linewidth=2)
    # A point without a line is a value without an interval.
    hollow = table["low"].isna()
    for kind, fill in ((~hollow, COLOURS[0]), (hollow, "white")):
        rows = [place for place in places if kind.iloc[place]]
        axes.scatter(
            table["value"].iloc[rows], rows, s=22, color=fill, edgecolor=COLOURS[0], zorder=3
        )
    axes.set_yticks(list(places), labels=list(names))
    axes.set_ylim(len(table) - 0.5, -0.5)
    least = min([0.0, *table["low"].dropna(), *table["value"].dropna()])
    axes.set_xlim(least - 0.03, 1.03)
    axes.axvline(0.8, color=GREY, linewidth=0.8, linestyle="dashed")
    axes.set_xlabel(label)
    axes.grid(axis="x")
    return figure


def agreement_figure(table: pd.DataFrame, codebook: Codebook) -> Figure:
    """Draw alpha for every question that has a value, with its interval."""
    alphas = table[(table["coefficient"] == _ALPHA) & table["value"].notna()]
    alphas = alphas[alphas["coders"] == table["coders"].iloc[0]] if len(table) else alphas
    return interval_figure(_names(alphas, codebook), alphas, label="Krippendorff's alpha")


def score_figure(table: pd.DataFrame, codebook: Codebook) -> Figure:
    """Draw F1 for every category that has a value, with its interval."""
    scores = table[(table["measure"] == "f1") & table["value"].notna() & (table["average"] == "")]
    return interval_figure(_names(scores, codebook), scores, label="F1")


def _names(table: pd.DataFrame, codebook: Codebook) -> list[str]:
    return [
        question(variable, "" if category == YES else category, codebook)
        for variable, category in zip(table["variable"], table["category"], strict=True)
    ]


def agreement_sentence(table: pd.DataFrame, *, variable: str) -> str:
    """Return a question's alpha with its interval and its number of sentences, as a sentence."""
    here = table[(table["variable"] == variable) & table["category"].isin(["", POOLED])]
    name = escape(_QUESTIONS.get(variable, variable).lower())
    if not len(here):
        return f"No agreement can be given for {name}: there are no coders' sheets."
    alpha = here[here["coefficient"] == _ALPHA].to_dict("records")[0]
    if pd.isna(alpha["value"]):
        return f"The agreement on {name} is undefined: {escape(alpha['reason'])}."
    return (
        f"On {name} the coders agree at alpha {alpha['value']:.2f}{_span(alpha)} over "
        f"{alpha['segments']} sentences."
    )


def score_sentence(table: pd.DataFrame, *, variable: str) -> str:
    """Return the program's F1 for a question, with its interval, as a sentence."""
    here = table[(table["variable"] == variable) & (table["measure"] == "f1")]
    name = escape(_QUESTIONS.get(variable, variable).lower())
    parts = [
        f"{row['average'] or ''} F1 {row['value']:.2f}{_span(row)}".strip()
        for row in here.to_dict("records")
        if row["average"] or len(here) == 1
    ]
    sentences = int(here["segments"].iloc[0]) if len(here) else 0
    return f"On {name} the program reaches {' and '.join(parts)} over {sentences} sentences."


def _span(row: Mapping[Hashable, float]) -> str:
    if pd.isna(row["low"]):
        return ""
    return f" ({100 * row['confidence']:g} % interval {interval(row['low'], row['high'])})"
