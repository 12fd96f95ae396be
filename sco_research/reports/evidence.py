"""What is behind the numbers of a table: the sentences that they count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.errors import ParameterError
from sco_research.reports.markdown import NOTHING, format_cell, plain

Behind: TypeAlias = Sequence[str] | Sequence[tuple[str, Sequence[str]]]
"""The ids behind a cell: of the segments that its number counts, or of the document, or of the
table that it is computed from. For a cell of words, such as "Drugs (4); Trade (2)", each counted
piece as it stands there with its ids."""
Sentences: TypeAlias = Mapping[str, Sequence[Behind]]
"""By column, for each row of a table, what is behind its number."""


def segments_by(
    rows: pd.DataFrame, keys: Iterable[object], wanted: Iterable[object]
) -> list[list[str]]:
    """Return the sentences of the rows that have each key, once each: what `Report.table` takes.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column ``segment_id``: codings, commitments, hits of a word, ratings.
    keys : iterable
        A key for each row.
    wanted : iterable
        The keys, in the order of the table.

    Examples
    --------
    >>> rows = pd.DataFrame({"segment_id": ["n:p1.s1", "n:p1.s2", "n:p1.s1"]})
    >>> segments_by(rows, ["drugs", "drugs", "trade"], ["trade", "drugs", "health"])
    [['n:p1.s1'], ['n:p1.s1', 'n:p1.s2'], []]
    """
    found: dict[object, dict[str, None]] = {}
    for key, segment_id in zip(keys, rows["segment_id"], strict=True):
        found.setdefault(key, {})[str(segment_id)] = None
    return [list(found.get(key, ())) for key in wanted]


def by_label(
    table: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, columns: Sequence[str]
) -> dict[str, list[list[str]]]:
    """Return the sentences behind a table's counts of categories, for `Report.table`.

    Parameters
    ----------
    table : pandas.DataFrame
        Its first column holds the labels of categories.
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels they are.
    columns : sequence of str
        The columns that count those sentences.
    """
    labels = {category.id: category.label for category in codebook}
    lists = segments_by(codings, codings["category"].map(labels), table.iloc[:, 0])
    return dict.fromkeys(columns, lists)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a table and what is behind it.

    Attributes
    ----------
    table, label : str
        The table's id and its number, such as ``"3"``.
    row : int
        Its row, from 0.
    column : str
        Its column.
    name : str
        What its row is called.
    piece : str
        The counted piece of a cell of words; empty where the whole cell is the number.
    shown : str
        The number as the reader sees it.
    behind : tuple of str
        The ids.
    """

    table: str
    label: str
    row: int
    column: str
    name: str
    piece: str
    shown: str
    behind: tuple[str, ...]

    @property
    def place(self) -> str:
        """Return the number's table and row, as a reader finds them."""
        return f"{self.label}.{self.row + 1}"


def numbers_of(frame: pd.DataFrame, given: Sentences, *, table: str, label: str) -> list[Number]:
    """Return the numbers of a table that have something behind them.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    given : mapping
        As `Sentences`.
    table, label : str
        The table's id and its label, such as ``"Table 3"``.

    Raises
    ------
    ParameterError
        Where a column is not the table's, or has not one entry a row.
    """
    for column, cells in given.items():
        if column not in frame.columns or len(cells) != len(frame):
            raise ParameterError(
                f"{label} ({table}), evidence of {column!r}: give a column of the table and one "
                f"list of sentences for each of its {len(frame)} rows"
            )
    found = []
    for row in range(len(frame)):
        name = plain(format_cell(frame.iloc[row, 0]))
        for column, cells in given.items():
            shown = frame.iloc[row, list(frame.columns).index(column)]
            if format_cell(shown) == NOTHING:
                continue
            for piece, ids in _pieces(cells[row]):
                text = piece or plain(format_cell(shown))
                distinct = tuple(dict.fromkeys(ids))
                if distinct:
                    number = label.rpartition(" ")[2]
                    found.append(Number(table, number, row, column, name, piece, text, distinct))
    return found


def _pieces(cell: Behind) -> list[tuple[str, list[str]]]:
    whole = [item for item in cell if isinstance(item, str)]
    pieces = [(item[0], list(item[1])) for item in cell if not isinstance(item, str)]
    return [("", whole), *pieces] if whole else pieces


def as_frame(numbers: Iterable[Number]) -> pd.DataFrame:
    """Return evidence as data: one row a number and segment."""
    rows = [
        (number.row + 1, number.name, number.column, number.shown, segment_id)
        for number in numbers
        for segment_id in number.behind
    ]
    return pd.DataFrame(rows, columns=["row", "name", "column", "number", "segment_id"])
