"""The sentences behind the numbers of the commitments notebook's tables, for `Report.table`."""

from collections.abc import Iterable

import pandas as pd

from sco_research.reports.commitments import section_of, with_kind
from sco_research.text.document import Document

Sentences = dict[str, list[list[str]]]


def behind_summary(commitments: pd.DataFrame) -> Sentences:
    """Return the sentences of each reading, the strict one first."""
    readings = [_ids(commitments[commitments[name]]) for name in ("strict", "broad")]
    return dict.fromkeys(("Sentences", "Commitments"), readings)


def behind_acts(acts: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of each speech act, and those of them that hold a commitment."""
    columns = {"Sentences": acts, "Strict": acts[acts["strict"]], "Broad": acts[acts["broad"]]}
    return {
        name: _by(rows["speech_act"], rows, table["Speech act"]) for name, rows in columns.items()
    }


def behind_sections(
    document: Document, commitments: pd.DataFrame, table: pd.DataFrame
) -> Sentences:
    """Return the sentences with a commitment of each section, by kind and all."""
    rows = with_kind(commitments)
    number = rows["segment_id"].map(section_of(document))
    section = number.map(lambda place: "Opening" if place == 0 else str(place))
    return _by_kind(section, rows, table, key="Section")


def behind_actors(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences in which each actor undertakes something."""
    who = commitments["actor"].str.replace(r"^(?:the|all)\s+", "", case=False, regex=True)
    columns = {"Strict": "strict", "Broad": "broad"}
    return {
        name: _by(who.str.lower()[chosen], commitments[chosen], table["Who"])
        for name, column in columns.items()
        for chosen in [commitments[column]]
    }


def behind_verbs(commitments: pd.DataFrame, table: pd.DataFrame) -> Sentences:
    """Return the sentences of each word that undertakes, by kind."""
    rows = with_kind(commitments)
    key = rows["kind"] + "\n" + rows["verb"].str.lower()
    return {"Commitments": _by(key, rows, table["Kind"] + "\n" + table["Words"])}


def _by_kind(keys: pd.Series, rows: pd.DataFrame, table: pd.DataFrame, *, key: str) -> Sentences:
    found = {"All": _by(keys, rows, table[key])}
    for kind in rows["kind"].unique():
        column = str(kind).capitalize()
        if column in table.columns:
            here = rows["kind"] == kind
            found[column] = _by(keys[here], rows[here], table[key])
    return found


def _by(keys: pd.Series, rows: pd.DataFrame, wanted: Iterable[object]) -> list[list[str]]:
    return [_ids(rows[keys == name]) for name in wanted]


def _ids(rows: pd.DataFrame) -> list[str]:
    return [str(name) for name in dict.fromkeys(rows["segment_id"])]
