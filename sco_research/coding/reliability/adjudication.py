"""Disagreements of coders, and the settled coding that an adjudicator makes of them."""

from collections import Counter
from collections.abc import Hashable

import pandas as pd

from sco_research.coding.reliability.agreement import scope_of
from sco_research.coding.reliability.ratings import RATINGS, check_ratings, ratings_of, sheet_of
from sco_research.coding.reliability.schemes import CodingScheme
from sco_research.errors import CodingError
from sco_research.frames import Column, Schema
from sco_research.text.segments import anchor_label

DISAGREEMENTS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the segment"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, of a variable with many answers; else empty"),
    Column("coders", "list", "who answered"),
    Column("answers", "list", "what they answered, in the order of the coders"),
    Column("text", "str", "the segment's text"),
    Column("value", "str", "the decision; empty, for the adjudicator to fill"),
    Column("reason", "str", "its reason; empty, for the adjudicator to fill"),
)
"""Questions that coders answer differently, one row a question."""
CONFUSION = Schema(
    Column("document_id", "str", "the document, or how many"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, of a variable with many answers; else empty"),
    Column("first_coder", "str", "one coder of the pair"),
    Column("second_coder", "str", "the other"),
    Column("first_value", "str", "answer of the one"),
    Column("second_value", "str", "answer of the other"),
    Column("segments", "int", "segments with both answers"),
)
"""How often two answers meet, one row a question, pair of coders and pair of answers."""
SETTLED = Schema(
    RATINGS,
    Column("basis", "str", "agreed, one coder, adjudicated or overruled"),
    Column("reason", "str", "the adjudicator's reason; empty where coders agree"),
)
"""A settled coding, one row a segment and question."""
_KEY = ["document_id", "segment_id", "variable", "category"]


def disagreements(ratings: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Return every question on which coders differ, ready to be decided.

    Parameters
    ----------
    ratings : pandas.DataFrame
        The answers of all coders.
    segments : pandas.DataFrame
        ``segment_id`` and ``text``, as `segment` returns them.

    Returns
    -------
    pandas.DataFrame
        See `DISAGREEMENTS`.

    Examples
    --------
    >>> text = pd.DataFrame({"segment_id": ["a:p1.s1"], "text": ["One."]})
    >>> len(disagreements(RATINGS.empty(), text))
    0
    """
    check_ratings(ratings)
    answered = ratings.dropna(subset="value")
    differ = answered.groupby(_KEY, sort=False)["value"].transform("nunique") > 1
    rows = answered[differ]
    texts = dict(zip(segments["segment_id"], segments["text"], strict=True))
    questions = [
        (*key, of_question["coder"].tolist(), of_question["value"].tolist())
        for key, of_question in rows.groupby(_KEY, sort=False)
    ]
    table = pd.DataFrame(questions, columns=[*_KEY, "coders", "answers"])
    table = table.assign(
        text=table["segment_id"].map(lambda name: texts.get(name, "")),
        value="",
        reason="",
    )
    return DISAGREEMENTS.typed(table)


def disagreement_sheet(differ: pd.DataFrame) -> pd.DataFrame:
    """Return disagreements as a sheet for the adjudicator, whose cells are text.

    Parameters
    ----------
    differ : pandas.DataFrame
        As from `disagreements`.

    Returns
    -------
    pandas.DataFrame
        The same rows, with ``place``, as a person reads it, and with ``answers`` such as
        ``anna: yes; ben: no`` in the place of the two lists.

    Examples
    --------
    >>> row = ("a", "a:p1.s1", "strict", "", ["anna", "ben"], ["yes", "no"], "One.", "", "")
    >>> disagreement_sheet(DISAGREEMENTS.frame([row]))[["place", "answers"]].values.tolist()
    [['¶ 1, sentence 1', 'anna: yes; ben: no']]
    """
    answers = [
        "; ".join(map(": ".join, zip(coders, given, strict=True)))
        for coders, given in zip(differ["coders"], differ["answers"], strict=True)
    ]
    sheet = differ.drop(columns="coders").assign(answers=pd.Series(answers, dtype="str"))
    sheet.insert(2, "place", sheet["segment_id"].map(anchor_label).astype("str"))
    return sheet


def confusion(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return how often one coder's answer meets another's.

    Parameters
    ----------
    ratings : pandas.DataFrame
        The answers of all coders.

    Returns
    -------
    pandas.DataFrame
        See `CONFUSION`; pairs of answers that occur.

    Examples
    --------
    >>> list(confusion(RATINGS.empty()).columns)[-2:]
    ['second_value', 'segments']
    """
    check_ratings(ratings)
    answered = ratings.dropna(subset="value")
    coders = list(answered["coder"].unique())
    key = ["document_id", "segment_id", "variable", "category"]
    pairs = answered.merge(answered, on=key, suffixes=("_first", "_second"))
    place = {coder: number for number, coder in enumerate(coders)}
    pairs = pairs[pairs["coder_first"].map(place) < pairs["coder_second"].map(place)]
    columns = ["variable", "category", "coder_first", "coder_second", "value_first", "value_second"]
    counts = pairs.groupby(columns, sort=False).size().reset_index(name="segments")
    named = counts.rename(columns={name: "_".join(name.split("_")[::-1]) for name in columns[2:]})
    table = CONFUSION.typed(named.assign(document_id=scope_of(answered)))
    return table.sort_values(list(CONFUSION)[:-1], ignore_index=True)


def adjudicate(
    ratings: pd.DataFrame, decisions: pd.DataFrame, *, coder: str = "adjudicated"
) -> pd.DataFrame:
    """Return the settled coding: what coders agree on, and the adjudicator's decisions.

    Parameters
    ----------
    ratings : pandas.DataFrame
        The answers of all coders.
    decisions : pandas.DataFrame
        ``segment_id``, ``variable``, ``category``, ``value``, ``reason``: one row for each question
        on which coders differ. A row on which they agree overrules them, and is marked so.
    coder : str
        Who answers in the settled coding.

    Returns
    -------
    pandas.DataFrame
        See `SETTLED`.

    Raises
    ------
    CodingError
        Naming every disagreement without a decision, every decision without a value or a reason,
        and every decision on a question that nobody answered.

    Examples
    --------
    >>> none = pd.DataFrame(columns=["segment_id", "variable", "category", "value", "reason"])
    >>> list(adjudicate(RATINGS.empty(), none).columns)[-2:]
    ['basis', 'reason']
    """
    check_ratings(ratings)
    answered = ratings.dropna(subset="value")
    questions = answered.groupby(_KEY, sort=False)["value"].agg(["first", "nunique", "size"])
    settled = questions.reset_index()
    key = ["segment_id", "variable", "category"]
    given = decisions.fillna("").astype(dict.fromkeys((*key, "value", "reason"), str))
    _check_decisions(settled, given)
    table = settled.merge(given[[*key, "value", "reason"]], on=key, how="left")
    decided = table["value"].notna()
    table["basis"] = "agreed"
    table.loc[table["size"] == 1, "basis"] = "one coder"
    table.loc[decided & (table["nunique"] > 1), "basis"] = "adjudicated"
    table.loc[decided & (table["nunique"] == 1), "basis"] = "overruled"
    table["value"] = table["value"].fillna(table["first"])
    table["reason"] = table["reason"].fillna("")
    table["coder"] = coder
    return SETTLED.typed(table)


def gold_sheet(
    settled: pd.DataFrame, *, scheme: CodingScheme, sheets: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a settled coding as a sheet, one row a segment.

    Parameters
    ----------
    settled : pandas.DataFrame
        As `adjudicate` returns it.
    scheme : CodingScheme
        What was asked.
    sheets : pandas.DataFrame, optional
        The coders' sheets one below the other, as `read_sheet` returns them: each row's free text
        is taken from the coder whose answers come nearest to the settled ones, the first of equals.

    Returns
    -------
    pandas.DataFrame
        ``segment_id``, the scheme's variables and free columns, ``basis`` (``agreed``, or how the
        row's differences were settled) and ``reason`` (per question, joined by ``|``).

    Examples
    --------
    >>> from sco_research.coding.reliability.schemes import COMMITMENTS
    >>> nothing = pd.DataFrame(columns=["segment_id", "variable", "category", "value", "reason"])
    >>> settled = adjudicate(RATINGS.empty(), nothing)
    >>> list(gold_sheet(settled, scheme=COMMITMENTS).columns)[-2:]
    ['basis', 'reason']
    """
    changed = settled[settled["basis"] != "agreed"]
    questions = (changed["variable"] + " " + changed["category"]).str.strip()
    said = questions + ": " + changed["reason"]
    by_segment = changed["segment_id"]
    basis = changed["basis"].groupby(by_segment).agg(lambda kinds: ", ".join(sorted(set(kinds))))
    reason = said.groupby(by_segment).agg(" | ".join)
    sheet = sheet_of(settled, scheme=scheme)
    words = {} if sheets is None else _nearest_words(settled, scheme, sheets)
    for column in scheme.free:
        sheet[column] = [words.get(name, {}).get(column, "") for name in sheet["segment_id"]]
    return sheet.assign(
        basis=sheet["segment_id"].map(lambda name: basis.get(name, "agreed")),
        reason=sheet["segment_id"].map(lambda name: reason.get(name, "")),
    ).astype(str)


def _nearest_words(
    settled: pd.DataFrame, scheme: CodingScheme, sheets: pd.DataFrame
) -> dict[str, dict[Hashable, str]]:
    """Return for each segment the free text of the coder nearest to the settled answers."""
    key = ["segment_id", "variable", "category"]
    answers = ratings_of(sheets, scheme=scheme).merge(settled[[*key, "value"]], on=key)
    same = (answers["value_x"] == answers["value_y"]).groupby(
        [answers["segment_id"], answers["coder"]], sort=False
    )
    order = same.sum().sort_values(ascending=False, kind="stable").reset_index()
    nearest = order.drop_duplicates("segment_id")[["segment_id", "coder"]]
    chosen = nearest.merge(sheets.fillna(""), on=["segment_id", "coder"])
    return dict(zip(chosen["segment_id"], chosen.to_dict("records"), strict=True))


def _check_decisions(settled: pd.DataFrame, given: pd.DataFrame) -> None:
    """Name every question left open and every decision that decides nothing."""
    asked = [_name(row) for row in settled.to_dict("records")]
    differ = [_name(row) for row in settled[settled["nunique"] > 1].to_dict("records")]
    decided = [_name(row) for row in given.to_dict("records")]
    times = Counter(decided)
    faults = [f"{name}: coders differ; add a decision" for name in differ if not times[name]]
    faults += [
        f"{name}: nobody answered it; delete the decision" for name in times if name not in asked
    ]
    faults += [
        f"{name}: decided {times[name]} times; keep one" for name in times if times[name] > 1
    ]
    for name, row in zip(decided, given.to_dict("records"), strict=True):
        faults += [
            f"{name}: the decision has no {column}; write it"
            for column in ("value", "reason")
            if not row[column].strip()
        ]
    if faults:
        raise CodingError("decisions", faults)


def _name(row: dict[Hashable, object]) -> str:
    """Return a question as an error names it."""
    return " ".join(str(row[name]) for name in ("segment_id", "variable", "category")).strip()
