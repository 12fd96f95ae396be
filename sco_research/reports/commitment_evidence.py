"""The sentences behind the numbers of the commitments notebook's tables, for `Report.table`."""

from collections.abc import Iterable

import pandas as pd

from sco_research.reports import commitments as views
from sco_research.reports.commitment_checks import settled_answers
from sco_research.reports.evidence import segments_by
from sco_research.text.document import Document

Sentences = dict[str, list[list[str]]]
_READINGS = ("strict", "broad")
_SCORES = ("Precision", "Recall", "F1", "Broad F1", "Speech acts", "Binding")


def behind_summary(commitments: pd.DataFrame) -> Sentences:
    """Return the sentences of each reading, the strict one first, and by level."""
    firm = commitments["binding"].isin(["high", "mid"])
    chosen = {
        "Sentences": commitments,
        "Commitments": commitments,
        "High": commitments[firm],
        "Low": commitments[~firm],
    }
    return {
        column: [_ids(rows[rows[reading]]) for reading in _READINGS]
        for column, rows in chosen.items()
    }


def behind_acts(acts: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of each speech act, and those of them that hold a commitment."""
    columns = {"Sentences": acts, "Strict": acts[acts["strict"]], "Broad": acts[acts["broad"]]}
    return {
        name: segments_by(rows, rows["speech_act"], table["Speech act"])
        for name, rows in columns.items()
    }


def behind_sections(
    document: Document, commitments: pd.DataFrame, table: pd.DataFrame
) -> Sentences:
    """Return each section, and its sentences with a commitment by kind and all."""
    rows = views.with_kind(commitments)
    number = rows["segment_id"].map(views.section_of(document))
    section = number.map(lambda place: "Opening" if place == 0 else str(place))
    numbers = table["Section"].replace("Opening", "0")
    whole = [[f"{document.id}:sec{place}"] for place in numbers]
    return {"Sentences": whole} | _by_kind(rows, section, table["Section"])


def behind_actors(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences in which each actor undertakes something."""
    return _by_reading(commitments, views.actor_names(commitments), table["Who"])


def behind_verbs(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of each word that undertakes, by kind."""
    rows = views.with_kind(commitments)
    key = rows["kind"] + "\n" + views.verb_labels(rows).str.lower()
    return {"Commitments": segments_by(rows, key, table["Kind"] + "\n" + table["Words"])}


def behind_themes(commitments: pd.DataFrame) -> Sentences:
    """Return the sentences with a commitment of each theme, by kind and all."""
    rows = views.by_theme(commitments)
    return _by_kind(rows, rows["theme"], views.theme_counts(commitments).index)


def behind_legal(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of each combination of obligation, precision and delegation."""
    columns = ["obligation", "precision", "delegation"]
    keys = zip(*(commitments[name] for name in columns), strict=True)
    wanted = zip(*(table.iloc[:, place] for place in range(len(columns))), strict=True)
    return _by_reading(commitments, pd.Series([*keys], index=commitments.index), [*wanted])


def behind_published(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of this document's own counts; the others' are not in it."""
    own = [_ids(commitments[commitments[reading]]) for reading in _READINGS]
    return {"Commitments": own + [[]] * (len(table) - len(own))}


def behind_validation(document: Document, table: pd.DataFrame, *, folder: str = "") -> Sentences:
    """Return what the scores in sample are of; sentences out of sample are not in the document."""
    settled = settled_answers(document, folder)
    strict = [] if settled is None else list(settled.index[settled["strict"] == "yes"])
    inside = table["Set"].str.startswith("in sample")
    behind = {"Sentences": [document.id], "With strict": strict}
    behind |= {score: ["tbl-disagreements"] for score in _SCORES}
    return {
        column: [[*map(str, ids)] if here else [] for here in inside]
        for column, ids in behind.items()
    }


def _by_kind(rows: pd.DataFrame, keys: pd.Series, wanted: Iterable[object]) -> Sentences:
    names = list(wanted)
    found = {"All": segments_by(rows, keys, names)}
    for kind in views.KINDS:
        here = rows["kind"] == kind
        found[kind.capitalize()] = segments_by(rows[here], keys[here], names)
    return found


def _by_reading(commitments: pd.DataFrame, keys: pd.Series, wanted: Iterable[object]) -> Sentences:
    names = list(wanted)
    return {
        reading.capitalize(): segments_by(
            commitments[commitments[reading]], keys[commitments[reading]], names
        )
        for reading in _READINGS
    }


def _ids(rows: pd.DataFrame) -> list[str]:
    return [str(name) for name in dict.fromkeys(rows["segment_id"])]
