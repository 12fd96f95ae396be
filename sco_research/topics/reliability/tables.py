"""The tables of the reliability report."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.adjudication import disagreement_sheet, disagreements
from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.detection import (
    Detection,
    Score,
    by_document,
    detection,
    detection_of,
)
from sco_research.coding.reliability.first_runs import Definition, FirstRuns
from sco_research.coding.reliability.reference import Reference
from sco_research.reports.counts import CountTable, Ids, counts_by
from sco_research.reports.markdown import MINUS, NOTHING
from sco_research.reports.prose import counted_noun
from sco_research.statistics import Bootstrap, Rate
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.reliability.document import (
    compared,
    with_levels_of_strict,
    without_counts,
)
from sco_research.topics.reliability.facts import ReliabilityFacts
from sco_research.topics.reliability.questions import (
    ALPHA,
    by_question,
    differing,
    of_all_coders,
    question,
)

_READINGS: Final[dict[Definition, str]] = {"strict": "Strict", "broad": "Broad"}


def real_table(runs: FirstRuns, *, bootstrap: Bootstrap = Bootstrap()) -> pd.DataFrame:
    """Return the first runs of the commitment coder on real texts, a set and definition a row.

    The last rows are of the sets of which every sentence was coded, together. A list made by people
    follows a definition of its own, by which statements of support count: it is compared with the
    broad one alone, for what the program calls strict is no recall of it.
    """
    whole = runs.real[runs.real["strict_fp"].notna()]
    sets = [
        (str(row["label"]), runs.real.iloc[[at]])
        for at, row in enumerate(runs.real.to_dict("records"))
    ]
    if len(whole) > 1:
        sets.append(("All with every sentence coded", whole))
    rows = []
    for name, of_set in sets:
        size = int(of_set["sentences"].sum())
        listed = of_set["strict_fp"].isna().all()
        for reading, label in _READINGS.items():
            if listed and reading == "strict":
                continue
            found = detection_of(runs, of_set, reading, bootstrap)
            rates = map(_with_interval, (found.precision, found.recall))
            rows.append((name, size, label, *_counts(found), *rates))
    columns = ["Texts", "Units", "Definition", *_COUNTS, "Precision", "Recall"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(_COUNTS, "Int64"))


def invented_table(runs: FirstRuns, *, bootstrap: Bootstrap = Bootstrap()) -> pd.DataFrame:
    """Return the first runs on invented sentences: strict F1, a set a row.

    Intervals resample the documents of a set. There is no row of all sets together: between their
    runs the program was changed.
    """
    columns = ["Texts", "Use", "Documents", "Sentences", "F1", "Interval"]
    rows: list[tuple[object, ...]] = []
    groups = [(f"documents of set {name}", of_set) for name, of_set in runs.answers.groupby("set")]
    for name, answers in groups:
        f1 = by_document(answers, bootstrap)[2]
        documents = answers["document_id"].nunique()
        rows.append((name, "held out", documents, len(answers), f1.value, interval_cell(f1)))
    for row in runs.invented.to_dict("records"):
        score = None if pd.isna(row["strict_f1"]) else row["strict_f1"]
        rows.append((row["set"], row["use"], row["documents"], row["sentences"], score, NOTHING))
    return _typed(pd.DataFrame(rows, columns=columns), ["Documents", "Sentences"])


def theme_table(runs: FirstRuns, codebook: Codebook, *, confidence: float) -> pd.DataFrame:
    """Return the first run of the theme coder on real texts, a theme a row, all of them last."""
    rows = []
    for row in runs.themes.to_dict("records"):
        name = question("themes", str(row["theme"]), codebook)
        found = detection(int(row["right"]), int(row["false"]), int(row["missed"]), confidence)
        rows.append((name, *_counts(found), *_rates(found)))
    if rows:
        true, false, missed = (
            int(runs.themes[name].sum()) for name in ("right", "false", "missed")
        )
        everything = detection(true, false, missed, confidence)
        rows.append(("All themes", *_counts(everything), *_rates(everything)))
    return _typed(pd.DataFrame(rows, columns=["Theme", *_COUNTS, *_RATES]), _COUNTS)


def agreement_table(
    agreed: pd.DataFrame, references: Iterable[Reference], codebook: Codebook
) -> CountTable:
    """Return the agreement of coders: the whole questions, and each category on which they differ.

    Parameters
    ----------
    agreed : pandas.DataFrame
        As from `agreement`.
    references : iterable of Reference
        Whose coders they are.
    codebook : Codebook
        Whose labels are shown.
    """
    ratings = pd.concat([one.coders for one in references]).dropna(subset="value")
    asked_of, apart_of = by_question(ratings), by_question(differing(ratings))
    rows, answers, different = [], [], []
    table = of_all_coders(agreed)
    shares = {
        (row["variable"], row["category"]): Score(row["value"], row["low"], row["high"])
        for row in table[table["coefficient"] == "percent_agreement"].to_dict("records")
    }
    for row in table[table["coefficient"] == ALPHA].to_dict("records"):
        variable, category = str(row["variable"]), str(row["category"])
        is_whole = category in ("", POOLED)
        key = (variable, "" if is_whole else category)
        if not is_whole and key not in apart_of:
            continue
        asked, apart = (of.get(key, ratings.head(0)) for of in (asked_of, apart_of))
        estimate = Score(row["value"], row["low"], row["high"])
        rows.append(
            (
                question(variable, category, codebook),
                _with_interval(shares[variable, category], digits=3),
                row["value"],
                interval_cell(estimate),
            )
        )
        answers.append(_ids(asked.drop_duplicates(["segment_id", "category"])))
        different.append(_ids(apart))
    columns = ["Question", "Share of equal answers", "Alpha", "Interval of alpha"]
    counted = CountTable(pd.DataFrame(rows, columns=columns))
    counted = counted.with_counts("Answers", answers, at=1)
    return counted.with_counts("Different", different, at=2)


def outcome_table(
    references: Iterable[Reference], program: pd.DataFrame, codebook: Codebook
) -> CountTable:
    """Return where the program meets the reference: whole questions, and each theme with an error.

    Parameters
    ----------
    references : iterable of Reference
        The settled codings.
    program : pandas.DataFrame
        The program's ratings.
    codebook : Codebook
        Whose labels are shown.
    """
    made = compared(program, pd.concat([one.settled for one in references]))
    wrong = set(made[made["outcome"] != "true positive"]["category"])
    of_themes = made[(made["variable"] == "themes") & made["category"].isin(wrong)]
    rows = pd.concat([made.assign(category=""), of_themes], ignore_index=True)
    keys = [
        question(str(row["variable"]), str(row["category"]), codebook)
        for row in rows.to_dict("records")
    ]
    kinds = {
        "Correct": rows["outcome"] == "true positive",
        "False positives": rows["outcome"] == "false positive",
        "Missed": rows["outcome"] == "false negative",
    }
    return counts_by(rows, keys, kinds, header="Question", order=dict.fromkeys(keys))


def coder_differences(
    references: Iterable[Reference], document: Document, codebook: Codebook
) -> pd.DataFrame:
    """Return every answer on which the coders differ, with its text and how it was settled."""
    key = ["segment_id", "variable", "category"]
    references = list(references)
    coders = pd.concat([one.coders for one in references])
    decided = pd.concat([one.decisions for one in references])
    differ = disagreement_sheet(disagreements(coders, _sentences(document)))
    merged = differ.drop(columns=["value", "reason"]).merge(
        decided, on=key, how="left", validate="one_to_one"
    )
    return pd.DataFrame(
        {
            "Sentence": merged["segment_id"],
            "Question": _questions(merged, codebook),
            "Answers": merged["answers"],
            "Settled as": merged["value"].fillna("open"),
            "Reason": merged["reason"].fillna(""),
            "Text": merged["text"],
        }
    )


def program_differences(
    references: Iterable[Reference], program: pd.DataFrame, document: Document, codebook: Codebook
) -> pd.DataFrame:
    """Return every sentence on which the program and the reference differ, with its text."""
    settled = without_counts(pd.concat([one.settled for one in references]))
    said = without_counts(program)
    both = pd.concat([settled, said[said["variable"].isin(set(settled["variable"]))]])
    apart = disagreements(both, _sentences(document))
    compared_rows = with_levels_of_strict(apart, said, settled)
    differ = disagreement_sheet(compared_rows.reset_index(drop=True))
    asked = [
        f"{name} ({answers})"
        for name, answers in zip(_questions(differ, codebook), differ["answers"], strict=True)
    ]
    rows = differ.assign(asked=asked).groupby("segment_id", sort=False)
    order = {name: at for at, name in enumerate(segment(document, level="sentence")["segment_id"])}
    table = pd.DataFrame(
        [
            (name, "; ".join(of_sentence["asked"]), of_sentence["text"].iloc[0])
            for name, of_sentence in rows
        ],
        columns=["Sentence", "Differences", "Text"],
    )
    return table.sort_values("Sentence", key=lambda names: names.map(order), ignore_index=True)


def key_figures(facts: ReliabilityFacts) -> dict[str, str]:
    """Return the few numbers that stand for the report: of first runs on held-out real texts."""
    found: dict[str, str] = {}
    if facts.real:
        strict, texts = (
            facts.real.strict,
            f"held out, {counted_noun(facts.real.sentences, 'sentence')}",
        )
        found |= _figure(f"Strict precision ({texts})", strict.precision)
        found |= _figure(f"Strict recall ({texts})", strict.recall)
        if facts.real.listed:
            listed = facts.real.listed
            found |= _figure("Broad recall (held out, list made by people)", listed.broad)
    if facts.themes:
        edition = f"held out, codebook {facts.themes.codebook}"
        found |= _figure(f"Themes, precision ({edition})", facts.themes.all.precision)
        found |= _figure(f"Themes, recall ({edition})", facts.themes.all.recall)
    return found


def interval_cell(value: Score | Rate | None, *, digits: int = 2) -> str:
    """Return an interval as a table shows it.

    >>> interval_cell(Score(0.7, 0.5, 0.913)), interval_cell(Score(0.7, None, None))
    ('0.50 to 0.91', '–')
    """
    if value is None or pd.isna(value.low) or pd.isna(value.high):
        return NOTHING
    return f"{value.low:.{digits}f} to {value.high:.{digits}f}".replace("-", MINUS)


def _with_interval(found: Score | Rate | None, *, digits: int = 2) -> str:
    if found is None or found.value is None:
        return NOTHING
    ends = interval_cell(found, digits=digits)
    return f"{found.value:.{digits}f}" + (f" ({ends})" if ends != NOTHING else "")


_COUNTS = ["Correct", "False positives", "Missed"]
_RATES = ["Precision", "Interval of precision", "Recall", "Interval of recall"]


def _counts(found: Detection) -> tuple[object, ...]:
    false = pd.NA if found.false_positives is None else found.false_positives
    return found.true_positives, false, found.false_negatives


def _rates(found: Detection) -> tuple[object, ...]:
    precision = found.precision.value if found.precision else None
    return (
        precision,
        interval_cell(found.precision),
        found.recall.value,
        interval_cell(found.recall),
    )


def _typed(frame: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    floats = [name for name in ("Precision", "Recall", "F1") if name in frame]
    return frame.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(floats, "float64"))


def _figure(name: str, found: Rate | None) -> dict[str, str]:
    if found is None or found.value is None:
        return {}
    return {name: f"{found.value:.2f} ({interval_cell(found)})"}


def _questions(rows: pd.DataFrame, codebook: Codebook) -> list[str]:
    return [
        question(str(variable), str(category), codebook)
        for variable, category in zip(rows["variable"], rows["category"], strict=True)
    ]


def _sentences(document: Document) -> pd.DataFrame:
    """Return the sentences, each with its text as it is read: no page ends within a quotation."""
    found = segment(document, level="sentence")
    return found.assign(text=found["clean"])


def _ids(rows: pd.DataFrame) -> Ids:
    return tuple(map(str, rows["segment_id"]))
