"""Answers as one tidy frame, whoever gave them: a coder's sheet, a gold file or the program."""

from collections.abc import Iterable
from typing import TypeAlias

import pandas as pd

from sco_research.coding.reliability.schemes import NO, NONE, SEPARATOR, YES, CodingScheme
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema

RATINGS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the segment"),
    Column("coder", "str", "who answered"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, of a variable with many answers; else empty"),
    Column("value", "str", "the answer, a word; NaN where there is none"),
)
"""Answers, one row a coder, segment and question."""


def ratings_of(sheet: pd.DataFrame, *, scheme: CodingScheme, coder: str = "") -> pd.DataFrame:
    """Return the answers of a wide sheet, one row a segment, as ratings.

    Parameters
    ----------
    sheet : pandas.DataFrame
        ``segment_id`` and the scheme's variables as columns, such as a coder's sheet or the
        program's own frame of sentences; truth values are taken for ``yes`` and ``no``, an empty
        cell for no answer.
    scheme : CodingScheme
        What is read; a variable that the sheet lacks is left out.
    coder : str
        Who answered; where not given, the sheet's column ``coder`` says so.

    Returns
    -------
    pandas.DataFrame
        See `RATINGS`. A variable with many answers gives a row of ``yes`` or ``no`` for each of
        its categories.

    Raises
    ------
    ParameterError
        Where the sheet has no ``segment_id``, no coder, a segment twice, or none of the variables.

    Examples
    --------
    >>> from sco_research.coding.reliability.schemes import theme_scheme
    >>> sheet = pd.DataFrame({"segment_id": ["a:p1.s1"], "themes": ["health"]})
    >>> ratings = ratings_of(sheet, scheme=theme_scheme(["energy", "health"]), coder="anna")
    >>> ratings[["category", "value"]].values.tolist()
    [['energy', 'no'], ['health', 'yes']]
    """
    if not coder and "coder" in sheet:
        if sheet["coder"].isna().any():
            row = sheet.index[sheet["coder"].isna()][0]
            raise ParameterError(f"sheet: row {row} has no coder; write who answered")
        parts = [
            ratings_of(rows, scheme=scheme, coder=str(name))
            for name, rows in sheet.groupby("coder", sort=False)
        ]
        return pd.concat([RATINGS.empty(), *parts], ignore_index=True)
    if not coder:
        raise ParameterError("sheet: no column 'coder'; say who answered with coder=…")
    if "segment_id" not in sheet:
        raise ParameterError(f"sheet of {coder!r}: no column 'segment_id'; add it")
    repeated = sheet.loc[sheet["segment_id"].duplicated(), "segment_id"]
    if len(repeated):
        raise ParameterError(
            f"sheet of {coder!r}: segment {repeated.iloc[0]!r} appears twice; delete a row"
        )
    variables = [variable for variable in scheme.variables if variable.name in sheet]
    if not variables:
        raise ParameterError(
            f"sheet of {coder!r}: none of the columns "
            + ", ".join(variable.name for variable in scheme.variables)
        )
    answers: _Answers = {}
    for variable in variables:
        cells = [_word(cell) for cell in sheet[variable.name]]
        if not variable.many:
            answers[variable.name, ""] = cells
            continue
        chosen = [None if cell is None else _chosen(cell) for cell in cells]
        for category in variable.values:
            answers[variable.name, category] = [_yes(category, found) for found in chosen]
    return _frame(sheet["segment_id"].tolist(), coder, answers)


def ratings_of_hits(
    codings: pd.DataFrame,
    segment_ids: Iterable[str],
    *,
    categories: Iterable[str],
    coder: str = "program",
    variable: str = "themes",
) -> pd.DataFrame:
    """Return hits as the answers ``yes`` and ``no`` for each segment and category.

    Parameters
    ----------
    codings : pandas.DataFrame
        One row a hit, with ``segment_id`` and ``category``.
    segment_ids : iterable of str
        The segments that were looked at: one without a hit is a ``no``, not a gap.
    categories : iterable of str
        The categories that were looked for.
    coder, variable : str
        Who answered, and which question.

    Returns
    -------
    pandas.DataFrame
        As `ratings_of`.

    Examples
    --------
    >>> hits = pd.DataFrame({"segment_id": ["a:p1.s1"], "category": ["health"]})
    >>> ratings_of_hits(hits, ["a:p1.s1", "a:p1.s2"], categories=["health"])["value"].tolist()
    ['yes', 'no']
    """
    found = set(zip(codings["segment_id"], codings["category"], strict=True))
    segments = list(segment_ids)
    answers: _Answers = {
        (variable, category): [YES if (name, category) in found else NO for name in segments]
        for category in categories
    }
    return _frame(segments, coder, answers)


def sheet_of(ratings: pd.DataFrame, *, scheme: CodingScheme) -> pd.DataFrame:
    """Return the ratings of one coder as a sheet, one row a segment.

    Returns
    -------
    pandas.DataFrame
        ``segment_id`` and the variables; several answers joined by ``;``, ``none`` where there
        are none.

    Examples
    --------
    >>> from sco_research.coding.reliability.schemes import theme_scheme
    >>> hits = pd.DataFrame({"segment_id": ["a:p1.s1"], "category": ["health"]})
    >>> ratings = ratings_of_hits(hits, ["a:p1.s1", "a:p1.s2"], categories=["health"])
    >>> sheet_of(ratings, scheme=theme_scheme(["health"])).values.tolist()
    [['a:p1.s1', 'health'], ['a:p1.s2', 'none']]
    """
    segments = ratings["segment_id"].drop_duplicates().tolist()
    sheet = pd.DataFrame({"segment_id": pd.Series(segments, dtype=str)})
    for variable in scheme.variables:
        answers = ratings[ratings["variable"] == variable.name]
        if variable.many:
            chosen = answers[answers["value"] == YES]
            order = {category: place for place, category in enumerate(variable.values)}
            ordered = chosen.sort_values("category", key=lambda column: column.map(order))
            joined = ordered.groupby("segment_id")["category"].agg(SEPARATOR.join)
            answered = set(answers.dropna(subset="value")["segment_id"])
            cells = {name: joined.get(name, NONE) for name in answered}
        else:
            cells = dict(zip(answers["segment_id"], answers["value"], strict=True))
        sheet[variable.name] = sheet["segment_id"].map(cells)
    return sheet


def check_ratings(ratings: pd.DataFrame) -> None:
    """Refuse a frame that holds no ratings, or an answer twice.

    >>> check_ratings(RATINGS.empty())
    """
    missing = [name for name in RATINGS if name not in ratings]
    if missing:
        raise ParameterError(
            f"ratings: no column {missing[0]!r}; make them with ratings_of or read_sheet"
        )
    key = ["segment_id", "coder", "variable", "category"]
    twice = ratings.loc[ratings.duplicated(key), key]
    if len(twice):
        segment, coder, variable, category = twice.iloc[0]
        raise ParameterError(
            f"ratings: coder {coder!r} answers {' '.join(filter(None, (variable, category)))!r} of "
            f"segment {segment!r} twice; delete one"
        )


def _word(cell: object) -> str | None:
    """Return a cell's answer as a word; a missing one stays missing."""
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None or cell is pd.NA or cell != cell:
        return None
    if str(cell) in ("True", "False"):
        return YES if cell else NO
    try:
        number = float(str(cell))
    except ValueError:
        return str(cell)
    return str(int(number)) if number.is_integer() else str(number)


def documents_in(segment_ids: pd.Series) -> pd.Series:
    """Return the document of each segment.

    >>> documents_in(pd.Series(["a:p1.s1"])).tolist()
    ['a']
    """
    return segment_ids.map(lambda name: str(name).partition(":")[0]).astype("str")


def _chosen(cell: str) -> frozenset[str]:
    """Return the answers in a cell of many."""
    return frozenset(map(str.strip, cell.split(SEPARATOR)))


def _yes(category: str, chosen: frozenset[str] | None) -> str | None:
    """Return whether a category is among the answers; nothing where there is no answer."""
    if chosen is None:
        return None
    return YES if category in chosen else NO


_Answers: TypeAlias = dict[tuple[str, str], list[str | None]]
"""By variable and category the answer of each segment."""


def _frame(segments: list[str], coder: str, answers: _Answers) -> pd.DataFrame:
    """Return ratings by one coder."""
    names = [str(name) for name in segments]
    documents = [name.partition(":")[0] for name in names]
    questions = len(answers)
    columns = {
        "document_id": documents * questions,
        "segment_id": names * questions,
        "coder": coder,
        "variable": [variable for variable, _ in answers for _ in names],
        "category": [category for _, category in answers for _ in names],
        "value": [value for values in answers.values() for value in values],
    }
    return RATINGS.typed(pd.DataFrame(columns))
