"""Tables whose numbers know what they count.

A table is made once, of rows and a key. Each of its counts is the length of a list of segment ids,
and the list stays beside it, so that no second function has to find the sentences again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pandas as pd

from sco_research.errors import ParameterError
from sco_research.reports.markdown import NOTHING

Ids: TypeAlias = tuple[str, ...]
"""The ids behind a number: of segments, of the document, or of the table a formula counts from."""
Pieces: TypeAlias = tuple[tuple[str, Ids], ...]
"""The counted pieces of a cell of words, such as ``Drugs (4)``, each with its ids."""
Cell: TypeAlias = Ids | Pieces
Chosen: TypeAlias = "pd.Series[bool] | bool"
"""Which rows a column counts: a mask, or ``True`` for all."""

SEPARATOR = "; "
"""The separator of the pieces in a cell of words."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table as the reader sees it, with what is behind its numbers.

    Attributes
    ----------
    frame : pandas.DataFrame
        The table; its column names are the header.
    evidence : mapping of str to sequence of tuple
        By column, for each row, the ids behind the number.
    """

    frame: pd.DataFrame
    evidence: Mapping[str, Sequence[Cell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, cells in self.evidence.items():
            if column not in self.frame.columns or len(cells) != len(self.frame):
                raise ParameterError(
                    f"evidence of {column!r}: give a column of the table and one list of ids for "
                    f"each of its {len(self.frame)} rows"
                )

    def with_values(
        self,
        name: str,
        values: Iterable[object],
        *,
        evidence: Iterable[Sequence[str]] | None = None,
        at: int | None = None,
    ) -> "CountTable":
        """Return the table with one more column of values.

        Parameters
        ----------
        name : str
            The column's header.
        values : iterable
            One value a row.
        evidence : iterable of sequence of str, optional
            One list of ids a row: what a value that is no count is computed from.
        at : int, optional
            Position of the column; last where not given.
        """
        frame = self.frame.copy()
        frame.insert(len(frame.columns) if at is None else at, name, list(values))
        more = {} if evidence is None else {name: [tuple(map(str, ids)) for ids in evidence]}
        return CountTable(frame, {**self.evidence, **more})

    def with_counts(
        self, name: str, ids: Iterable[Sequence[str]], *, at: int | None = None
    ) -> "CountTable":
        """Return the table with one more column of counts: the lengths of lists of ids."""
        lists = [tuple(map(str, one)) for one in ids]
        return self.with_values(name, map(len, lists), evidence=lists, at=at)

    def with_shares(
        self, name: str, of: str, total: float, *, at: int | None = None
    ) -> "CountTable":
        """Return the table with a column of counts as a percentage of a total.

        The percentage has the evidence of its count; it is NaN where the total is 0.
        """
        counts = self.frame[of].astype(float)
        shares = 100 * counts / total if total else counts * float("nan")
        return self.with_values(name, shares, evidence=self._ids(of), at=at)

    def with_words(
        self, name: str, cells: Iterable[Pieces], *, at: int | None = None
    ) -> "CountTable":
        """Return the table with a column of counted words, such as ``Drugs (4); Trade (2)``."""
        pieces = [tuple(cell) for cell in cells]
        text = [SEPARATOR.join(piece for piece, _ in cell) for cell in pieces]
        made = self.with_values(name, text, at=at)
        return CountTable(made.frame, {**made.evidence, name: pieces})

    def select(self, columns: Sequence[str]) -> "CountTable":
        """Return the table with these columns, in this order."""
        kept = {name: self.evidence[name] for name in columns if name in self.evidence}
        return CountTable(self.frame[list(columns)], kept)

    def without_empty_columns(self) -> tuple["CountTable", tuple[str, ...]]:
        """Return the table without the columns that have no value in any row, and their names.

        The first column, which names the rows, stays; so do all where there is no row.

        >>> frame = pd.DataFrame({"Theme": ["Trade"], "F1": [float("nan")], "Interval": ["–"]})
        >>> CountTable(frame).without_empty_columns()[1]
        ('F1', 'Interval')
        """
        if self.frame.empty:
            return self, ()
        missing = self.frame.isna() | self.frame.isin([NOTHING, ""])
        empty = [name for name in self.frame.columns[1:] if missing[name].all()]
        kept = [name for name in self.frame.columns if name not in empty]
        return (self.select(kept) if empty else self), tuple(map(str, empty))

    def head(self, count: int) -> "CountTable":
        """Return the first rows."""
        kept = {name: cells[:count] for name, cells in self.evidence.items()}
        return CountTable(self.frame.head(count), kept)

    def _ids(self, column: str) -> list[Sequence[str]]:
        return [[str(item) for item in cell] for cell in self.evidence[column]]


def ids_by(
    rows: pd.DataFrame, keys: Iterable[Hashable], *, distinct: bool = True
) -> dict[Hashable, Ids]:
    """Return the segment ids of the rows that have each key, in the order keys come first.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column ``segment_id``: codings, undertakings, hits of a word, ratings.
    keys : iterable
        One key a row.
    distinct : bool
        Whether a segment is listed once however many of its rows have the key.

    Examples
    --------
    >>> rows = pd.DataFrame({"segment_id": ["n:p1.s1", "n:p1.s2", "n:p1.s1"]})
    >>> ids_by(rows, ["drugs", "drugs", "drugs"])
    {'drugs': ('n:p1.s1', 'n:p1.s2')}
    >>> ids_by(rows, ["drugs", "trade", "drugs"], distinct=False)
    {'drugs': ('n:p1.s1', 'n:p1.s1'), 'trade': ('n:p1.s2',)}
    """
    found: dict[Hashable, list[str]] = {}
    for key, segment_id in zip(keys, rows["segment_id"], strict=True):
        found.setdefault(key, []).append(str(segment_id))
    return {key: tuple(dict.fromkeys(ids) if distinct else ids) for key, ids in found.items()}


def counts_by(
    rows: pd.DataFrame,
    key: str | Iterable[Hashable],
    columns: Mapping[str, Chosen],
    *,
    header: str,
    order: Iterable[Hashable] | None = None,
    label: Mapping[Hashable, str] | Callable[[Hashable], str] = str,
    distinct: bool = False,
) -> CountTable:
    """Count rows by a key, in one column of numbers for each choice of rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column ``segment_id``.
    key : str or iterable
        A column of the rows, or one key a row. A row whose key is missing is not counted.
    columns : mapping of str to mask
        By header, the rows that the column counts: a mask over the rows, or ``True``.
    header : str
        Header of the first column, which names the keys.
    order : iterable, optional
        The keys to be shown, in their order, also those without a row. Where not given, the keys
        that occur, the most frequent first, by the columns from left to right; ties keep the order
        of the text.
    label : mapping or callable, optional
        What a reader sees for a key.
    distinct : bool
        Whether sentences are counted instead of rows.

    Returns
    -------
    CountTable
        Every number is the length of the list of ids behind it.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "segment_id": ["n:p1.s1", "n:p1.s2", "n:p2.s1"],
    ...     "actor_role": ["members", "organ", "members"],
    ...     "strict": [True, False, False],
    ... })
    >>> table = counts_by(rows, "actor_role", {"Strict": rows["strict"], "All": True}, header="Who")
    >>> table.frame
           Who  Strict  All
    0  members       1    2
    1    organ       0    1
    >>> table.evidence["All"]
    [('n:p1.s1', 'n:p2.s1'), ('n:p1.s2',)]
    """
    keys = pd.Series(list(rows[key] if isinstance(key, str) else key), index=rows.index, dtype="O")
    known = keys.notna()
    lists = {}
    for name, chosen in columns.items():
        mask = known if isinstance(chosen, bool) and chosen else known & chosen
        lists[name] = ids_by(rows[mask], keys[mask], distinct=distinct)
    if order is None:
        occurring = dict.fromkeys(keys[known])
        shown = sorted(
            occurring, key=lambda one: [-len(found.get(one, ())) for found in lists.values()]
        )
    else:
        shown = list(order)
    name_of = label if callable(label) else label.__getitem__
    table = CountTable(pd.DataFrame({header: pd.Series(map(name_of, shown), dtype="str")}))
    for name, found in lists.items():
        table = table.with_counts(name, [found.get(one, ()) for one in shown])
    return table


def counted_words(
    rows: pd.DataFrame,
    words: Iterable[Hashable],
    *,
    label: Callable[[Hashable], str] = str,
    max_words: int | None = None,
    distinct: bool = False,
) -> Pieces:
    """Return words with their counts, the most frequent first: ``Drugs (4)`` and its ids.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column ``segment_id``.
    words : iterable
        One word a row; a row without one is passed over.
    label : callable, optional
        What a reader sees for a word.
    max_words : int, optional
        How many are kept, with those as frequent as the last; where these are more than as many
        again, those more frequent than the last. All where not given.
    distinct : bool
        Whether sentences are counted instead of rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"segment_id": ["n:p1.s1", "n:p1.s2", "n:p2.s1"]})
    >>> counted_words(rows, ["trade", "drugs", "drugs"])
    (('drugs (2)', ('n:p1.s2', 'n:p2.s1')), ('trade (1)', ('n:p1.s1',)))
    """
    found = ids_by(rows, words, distinct=distinct)
    ranked = sorted(
        ((word, ids) for word, ids in found.items() if word is not None and word == word),
        key=lambda item: -len(item[1]),
    )
    kept = ranked if max_words is None else _with_ties(ranked, max_words)
    return tuple((f"{label(word)} ({len(ids)})", ids) for word, ids in kept)


def _with_ties(ranked: list[tuple[Hashable, Ids]], count: int) -> list[tuple[Hashable, Ids]]:
    """Return the first items, and none of those as frequent as the last alone.

    >>> ranked = [("a", ("1", "2")), ("b", ("1",)), ("c", ("2",))]
    >>> [word for word, _ in _with_ties(ranked, 2)], [word for word, _ in _with_ties(ranked, 1)]
    (['a', 'b', 'c'], ['a'])
    """
    if len(ranked) <= count:
        return ranked
    last = len(ranked[count - 1][1])
    tied = [item for item in ranked if len(item[1]) >= last]
    return tied if len(tied) <= 2 * count else [item for item in tied if len(item[1]) > last]
