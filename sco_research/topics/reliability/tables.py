"""What the reliability notebook shows: agreement of coders, and scores, as a reader's tables."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.adjudication import disagreements
from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import YES
from sco_research.coding.reliability.scoring import MEASURES
from sco_research.text.document import Document
from sco_research.text.segments import segment

ALPHA = "krippendorff_alpha"
_CELLS = ["true_positives", "false_positives", "false_negatives"]
QUESTIONS = {
    "speech_act": "Speech act",
    "strict": "Strict commitment",
    "broad": "Broad commitment",
    "strict_count": "Strict targets",
    "broad_count": "Broad targets",
    "binding": "Binding level",
    "themes": "Themes",
}


def question(variable: str, category: str, codebook: Codebook) -> str:
    """Return what was asked, as a person reads it.

    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> question("binding", "high", load_codebook("themes"))
    'Binding level: high'
    """
    if category == POOLED:
        return "All themes together"
    label = next((item.label for item in codebook if item.id == category), "")
    name = QUESTIONS.get(variable, variable)
    return label or (f"{name}: {category}" if category else name)


def coders_table(references: Iterable[Reference]) -> pd.DataFrame:
    """Return who coded what, and how much of it."""
    rows = []
    for reference in references:
        name = QUESTIONS.get(reference.scheme.name, reference.scheme.name.capitalize())
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
    columns = [
        "Question", "Level", "Alpha", "Interval", "Kappa", "AC1", "Agreement, %", "Interval, %",
    ]  # fmt: skip
    rows = []
    for variable, category, here in of_all_coders(table):
        by_name = {row["coefficient"]: row for row in here.to_dict("records")}
        alpha = by_name[ALPHA]
        kappa = by_name.get("cohen_kappa", by_name["fleiss_kappa"])
        share = by_name["percent_agreement"]
        rows.append(
            (
                question(variable, category, codebook),
                alpha["level"],
                alpha["value"],
                _short(alpha["reason"]) or interval(alpha["low"], alpha["high"]),
                kappa["value"],
                by_name["gwet_ac1"]["value"],
                100 * share["value"],
                interval(100 * share["low"], 100 * share["high"], decimals=0),
            )
        )
    return pd.DataFrame(rows, columns=columns)


def with_differing(shown: pd.DataFrame, table: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """Return `agreement_table` with the number of sentences on which the coders differ."""
    differ = [len(differing(ratings, *key)) for *key, _ in of_all_coders(table)]
    return shown.assign(Differ=pd.Series(differ, dtype="int64"))


def of_all_coders(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield variable, category and coefficients of each question of `agreement`, of all coders."""
    of_all = table[table["coders"] == table["coders"].iloc[0]] if len(table) else table
    for (variable, category), here in of_all.groupby(["variable", "category"], sort=False):
        yield str(variable), str(category), here


def differing(ratings: pd.DataFrame, variable: str, category: str) -> list[str]:
    """Return the sentences on which coders answer a question of `agreement` differently."""
    rows = ratings[(ratings["variable"] == variable) & ratings["value"].notna()]
    if category in set(rows["category"]):
        rows = rows[rows["category"] == category]
    elif category != POOLED:
        # A question of its own: is it this answer or another?
        rows = rows.assign(value=rows["value"] == category)
    values = rows.groupby(["segment_id", "category"], sort=False)["value"].nunique()
    return list(dict.fromkeys(map(str, values[values > 1].index.get_level_values("segment_id"))))


def _short(reason: str) -> str:
    """Return a reason in the few words that a table has room for."""
    if "same value" in reason:
        return "full agreement"
    if "every answer is" in reason:
        return "no variation"
    if "of the resamples" in reason:
        return "too rare"
    return reason


def interval(low: float, high: float, *, decimals: int = 2) -> str:
    """Return an interval as a table shows it.

    >>> interval(0.5, 0.91), interval(float("nan"), 1.0)
    ('0.50 to 0.91', '–')
    """
    if pd.isna(low) or pd.isna(high):
        return "–"
    return f"{low:.{decimals}f} to {high:.{decimals}f}"


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
            "Question": questions(merged, codebook),
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
    for variable, category, average, here in scored(table):
        by_name = {row["measure"]: row for row in here.to_dict("records")}
        counts = here[_CELLS].iloc[0]
        name = f"{QUESTIONS.get(variable, variable)}: {average} average"
        shown = "" if category == YES else category
        rows.append(
            (
                name if average else question(variable, shown, codebook),
                *(by_name[measure]["value"] for measure in MEASURES),
                interval(by_name["f1"]["low"], by_name["f1"]["high"]),
                *([None] * 3 if average == "macro" else counts.tolist()),
            )
        )
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[5:], "Int64"))


def scored(table: pd.DataFrame) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Yield variable, category, average and measures of what `score_table` shows."""
    for key, here in table.groupby(["variable", "category", "average"], sort=False):
        variable, category, average = map(str, key)
        if average or here[_CELLS].iloc[0].sum():
            yield variable, category, average, here


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
            "Question": questions(differ, codebook),
            "Answers": differ["answers"],
            "Text": differ["text"],
        }
    )


def questions(table: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Return what was asked in each row of a table."""
    return [
        question(variable, "" if category == YES else category, codebook)
        for variable, category in zip(table["variable"], table["category"], strict=True)
    ]


def without_counts(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return ratings without the counts: a number is near or far, not right or wrong."""
    return ratings[~ratings["variable"].str.endswith("_count")]
