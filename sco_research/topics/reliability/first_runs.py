"""What is said of first runs: how the program did on texts that its makers had not seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.detection import (
    Detection,
    answered,
    detection,
    detection_of,
    known_number,
)
from sco_research.coding.reliability.first_runs import FirstRuns, errors_by_document
from sco_research.statistics import MIN_UNITS, Bootstrap, Rate, exact_rate
from sco_research.topics.reliability.questions import question

MIN_RATE = 0.8
"""A theme whose precision or recall is lower is named as one to be read with care."""
MIN_CASES = 10
"""Strict sentences from which the recall in a single document is told."""


@dataclass(frozen=True, slots=True)
class Note:
    """Who coded a set of texts, and what else is to be known of it."""

    set: str
    coders: str
    note: str


@dataclass(frozen=True, slots=True)
class ListedFacts:
    """How many commitments of a list that people made the program found, at its first run.

    Such a list follows a definition of its own, which is wider than the program's strict one: how
    many the program calls strict is told, but it is no recall.
    """

    strict_found: int
    broad: Rate


@dataclass(frozen=True, slots=True)
class DocumentRecall:
    """How many strict sentences of one document the program found."""

    name: str
    recall: Rate


@dataclass(frozen=True, slots=True)
class RealFacts:
    """First runs of the commitment coder on real texts with all sentences coded.

    Attributes
    ----------
    units : int
        What the intervals resample: documents, and sets of which only the sum is known.
    added_broad : int
        Broad commitments that coders added after the run: the counts by document have them, and
        so have the intervals.
    lowest_document : DocumentRecall or None
        Where the smallest share of strict sentences was found, of the documents with `MIN_CASES`.
    binding_sets, undertaking_sets : tuple of str
        Of which sets levels were compared, and undertakings counted.
    """

    sets: int
    units: int
    documents: int
    sentences: int
    programs: tuple[str, ...]
    kappas: tuple[float, ...]
    strict: Detection
    broad: Detection
    added_broad: int
    lowest_strict_recall: float | None
    lowest_document: DocumentRecall | None
    speech_acts: Rate
    binding: Rate
    binding_sets: tuple[str, ...]
    undertakings_program: int
    undertakings_coders: int
    undertakings_equal: Rate
    undertaking_sets: tuple[str, ...]
    listed: ListedFacts | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value and what it belongs to."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class InventedFacts:
    """First runs of the commitment coder on invented documents, each set by another writer.

    The rules were revised between the runs, so that scores of all sets together would be those of
    no program: there are none.

    Attributes
    ----------
    names : tuple of str
        The letters of the sets.
    single_sentences : int
        Held-out sentences outside documents, of which only F1 is known.
    single_f1 : float or None
        Their F1, where one set holds them all.
    """

    sets: int
    names: tuple[str, ...]
    documents: int
    sentences: int
    lowest: NamedValue
    highest: NamedValue
    single_sentences: int
    single_f1: float | None
    development_sentences: int
    development_lowest: float | None
    development_highest: float | None


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """The first run of the theme coder on real texts, and the codebook used now.

    Attributes
    ----------
    imprecise, incomplete : tuple of str
        Themes whose precision, or recall, is below `MIN_RATE` with its whole interval.
    maybe_imprecise, maybe_incomplete : tuple of str
        Themes of which it is lower too, while the interval reaches higher.
    """

    texts: str
    sentences: int
    equal_sentences: int
    f1_between_coders: float
    codebook: str
    program: str
    present: str
    themes: int
    all: Detection
    imprecise: tuple[str, ...]
    maybe_imprecise: tuple[str, ...]
    incomplete: tuple[str, ...]
    maybe_incomplete: tuple[str, ...]


def real_facts(runs: FirstRuns, bootstrap: Bootstrap) -> RealFacts | None:
    """Return the first runs of the commitment coder on real texts; None where none is known."""
    confidence = bootstrap.confidence
    whole = runs.real[runs.real["strict_fp"].notna()]
    if not len(whole):
        return None
    listed = runs.real[runs.real["strict_fp"].isna()]
    recalls = [
        row["strict_tp"] / (row["strict_tp"] + row["strict_fn"])
        for row in whole.to_dict("records")
        if row["strict_tp"] + row["strict_fn"]
    ]
    broad = detection_of(runs, whole, "broad", bootstrap)
    return RealFacts(
        sets=len(whole),
        units=len(errors_by_document(runs, whole, "strict")),
        documents=int(whole["documents"].sum()),
        sentences=int(whole["sentences"].sum()),
        programs=tuple(dict.fromkeys(whole["program"])),
        kappas=tuple(sorted(whole["agreement_strict_kappa"].dropna())),
        strict=detection_of(runs, whole, "strict", bootstrap),
        broad=broad,
        added_broad=broad.recall.of - int(whole["broad_tp"].sum() + whole["broad_fn"].sum()),
        lowest_strict_recall=min(recalls, default=None),
        lowest_document=_lowest_document(runs, whole, confidence),
        speech_acts=_of(whole["acts_equal"], confidence),
        binding=_of(whole["binding_equal"], confidence),
        binding_sets=tuple(whole.loc[whole["binding_equal"] != "", "label"]),
        undertakings_program=int(whole["undertakings_program"].sum()),
        undertakings_coders=int(whole["undertakings_coders"].sum()),
        undertakings_equal=_of(whole["undertakings_equal_of_sentences"], confidence),
        undertaking_sets=tuple(whole.loc[whole["undertakings_equal_of_sentences"] != "", "label"]),
        listed=ListedFacts(
            int(listed["strict_tp"].sum()),
            detection_of(runs, listed, "broad", bootstrap).recall,
        )
        if len(listed)
        else None,
        notes=tuple(
            Note(str(row["set"]), str(row["coders"]), str(row["note"]))
            for row in runs.real.to_dict("records")
            if row["note"]
        ),
    )


def _lowest_document(
    runs: FirstRuns, whole: pd.DataFrame, confidence: float
) -> DocumentRecall | None:
    rows = runs.documents[runs.documents["set"].isin(whole["set"])]
    recalls = [
        DocumentRecall(
            str(row["document"]),
            exact_rate(row["strict_tp"], row["strict_tp"] + row["strict_fn"], confidence),
        )
        for row in rows.to_dict("records")
        if row["strict_tp"] + row["strict_fn"] >= MIN_CASES
    ]
    return min(recalls, key=lambda one: one.recall.value or 0.0, default=None)


def _of(cells: Iterable[str], confidence: float) -> Rate:
    """Return cells such as ``201/210`` as one share."""
    pairs = [cell.split("/") for cell in cells if cell]
    return exact_rate(
        sum(int(hits) for hits, _ in pairs), sum(int(of) for _, of in pairs), confidence
    )


def invented_facts(runs: FirstRuns, confidence: float) -> InventedFacts | None:
    """Return its first runs on invented documents; None where none is known."""
    answers = runs.answers
    if not len(answers):
        return None
    scores = [
        NamedValue(str(name), found)
        for name, rows in answers.groupby("set")
        if (found := answered(rows, "strict", confidence).f1) is not None
    ]
    development = runs.invented[runs.invented["use"] == "development"]
    single = runs.invented[runs.invented["use"] == "held out"]
    kept = development["strict_f1"].dropna()
    return InventedFacts(
        sets=answers["set"].nunique(),
        names=tuple(sorted(map(str, answers["set"].unique()))),
        documents=answers["document_id"].nunique(),
        sentences=len(answers),
        lowest=min(scores, key=lambda score: score.value),
        highest=max(scores, key=lambda score: score.value),
        single_sentences=int(single["sentences"].sum()),
        single_f1=known_number(single["strict_f1"].iloc[0]) if len(single) == 1 else None,
        development_sentences=int(development["sentences"].sum()),
        development_lowest=known_number(kept.min()),
        development_highest=known_number(kept.max()),
    )


def theme_facts(runs: FirstRuns, codebook: Codebook, confidence: float) -> ThemeFacts | None:
    """Return the first run of the theme coder on real texts; None where none is known."""
    if not len(runs.themes) or not len(runs.theme_sets):
        return None
    of_set = runs.theme_sets.iloc[0]
    true, false, missed = (int(runs.themes[name].sum()) for name in ("right", "false", "missed"))
    each = {
        question("themes", str(row["theme"]), codebook): detection(
            int(row["right"]), int(row["false"]), int(row["missed"]), confidence
        )
        for row in runs.themes.to_dict("records")
    }
    return ThemeFacts(
        texts=str(of_set["set"]),
        sentences=int(of_set["sentences"]),
        equal_sentences=int(of_set["equal_sentences"]),
        f1_between_coders=float(of_set["f1_between_coders"]),
        codebook=str(of_set["codebook"]),
        program=str(of_set["program"]),
        present=codebook.edition,
        themes=len(each),
        all=detection(true, false, missed, confidence),
        imprecise=_low({name: one.precision for name, one in each.items()}, surely=True),
        maybe_imprecise=_low({name: one.precision for name, one in each.items()}, surely=False),
        incomplete=_low({name: one.recall for name, one in each.items()}, surely=True),
        maybe_incomplete=_low({name: one.recall for name, one in each.items()}, surely=False),
    )


def _low(rates: Mapping[str, Rate | None], *, surely: bool) -> tuple[str, ...]:
    """Return what has a rate under `MIN_RATE`: with its whole interval, or in part of it alone."""
    return tuple(
        name
        for name, found in rates.items()
        if found is not None
        and found.of >= MIN_UNITS
        and (found.value or 0.0) < MIN_RATE
        and (found.high is not None and found.high < MIN_RATE) is surely
    )
