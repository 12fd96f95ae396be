"""The columns of a frame, their types and their meanings, said once.

A function that returns a frame names its `Schema`; its docstring refers to it, and the
documentation prints the table of columns from it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sco_research.errors import ParameterError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

Kind: TypeAlias = Literal["str", "int", "count", "float", "bool", "list", "date", "any"]
"""What a column holds: a ``count`` is a whole number that can be missing, a ``list`` holds real
lists of text, ``date`` an ISO date or nothing, ``any`` values of several kinds."""

_DTYPES: Mapping[Kind, str] = {
    "str": "str",
    "int": "int64",
    "count": "Int64",
    "float": "float64",
    "bool": "bool",
    "list": "object",
    "date": "object",
    "any": "object",
}
# What a spreadsheet takes for the start of a formula, and a cell that is a number or an interval.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = r"-?\d[\d.,]*(?: ?%)?"
_NUMBERS = re.compile(rf"{_NUMBER}(?: to {_NUMBER})?")
Row: TypeAlias = Sequence[object] | Mapping[Any, object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame.

    Attributes
    ----------
    name : str
        Its name.
    kind : str
        What it holds, see `Kind`.
    meaning : str
        What a value says, in a few words, with its unit.
    """

    name: str
    kind: Kind
    meaning: str

    @property
    def dtype(self) -> str:
        """The pandas type of the column."""
        return _DTYPES[self.kind]


class Schema:
    """The columns of a frame in their order.

    Parameters
    ----------
    *columns : Column or Schema
        The columns; a schema stands for its columns.

    Examples
    --------
    >>> words = Schema(
    ...     Column("document_id", "str", "the document"),
    ...     Column("count", "int", "how often the word occurs"),
    ... )
    >>> words.frame([("n", 2)]).dtypes.astype(str).to_dict()
    {'document_id': 'str', 'count': 'int64'}
    >>> words.empty().columns.tolist()
    ['document_id', 'count']
    >>> words.check(words.empty().drop(columns="count"))
    Traceback (most recent call last):
      ...
    sco_research.errors.ParameterError: the frame has no column 'count' (...); add it
    """

    __slots__ = ("columns",)

    def __init__(self, *columns: "Column | Schema") -> None:
        parts = (part.columns if isinstance(part, Schema) else (part,) for part in columns)
        self.columns: tuple[Column, ...] = tuple(column for part in parts for column in part)
        names = self.names
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ParameterError(f"a schema has the column {twice!r} twice; name each once")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)

    @property
    def dtypes(self) -> dict[str, str]:
        """The columns' pandas types by name."""
        return {column.name: column.dtype for column in self.columns}

    def frame(self, rows: Iterable[Row]) -> "pd.DataFrame":
        """Return rows as a frame with every column in its type, also where there is no row.

        Parameters
        ----------
        rows : iterable
            Sequences in the order of the columns, or mappings by their names.
        """
        import pandas as pd

        names = self.names
        listed = [
            [row[name] for name in names] if isinstance(row, Mapping) else row for row in rows
        ]
        # Column by column, each with its type at once: pandas would look at every cell of a frame
        # of rows to guess its type, and convert it after.
        columns = zip(*listed, strict=True) if listed else ((),) * len(names)
        arrays = {
            column.name: _array(column, values)
            for column, values in zip(self.columns, columns, strict=True)
        }
        return pd.DataFrame(arrays, copy=False)

    def typed(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Return a frame's columns of this schema, in their order and types."""
        return frame[list(self.names)].astype(self.dtypes)

    def empty(self) -> "pd.DataFrame":
        """Return a frame without a row."""
        return self.frame([])

    def check(self, frame: "pd.DataFrame") -> None:
        """Check that a frame has the columns in their types; it may have more.

        A frame without a row has no types to check: one that was read from a file has lost them.

        Raises
        ------
        ParameterError
            With the first column that is missing or of another type.
        """
        for column in self.columns:
            if column.name not in frame.columns:
                raise ParameterError(
                    f"the frame has no column {column.name!r} ({column.meaning}); add it"
                )
            kind = str(frame[column.name].dtype)
            if kind != column.dtype and len(frame):
                raise ParameterError(
                    f"column {column.name!r} holds {kind}; {column.dtype} is expected "
                    f"({column.meaning})"
                )
            if column.kind == "list":
                other = next((v for v in frame[column.name] if not isinstance(v, list)), None)
                if other is not None:
                    raise ParameterError(
                        f"column {column.name!r} holds {other!r}; a list is expected "
                        f"({column.meaning})"
                    )

    def described(self) -> "pd.DataFrame":
        """Return the columns as a table: name, type, meaning."""
        import pandas as pd

        rows = [(column.name, column.dtype, column.meaning) for column in self.columns]
        return pd.DataFrame(rows, columns=["column", "type", "meaning"])


# The Python types of a column's values that need no conversion.
_PLAIN: Mapping[Kind, frozenset[type]] = {
    "str": frozenset({str}),
    "int": frozenset({int}),
    "count": frozenset({int, type(None)}),
    "float": frozenset({float, int}),
    "bool": frozenset({bool}),
    "list": frozenset({list}),
}


def _array(column: Column, values: Sequence[Any]) -> "np.ndarray | ExtensionArray | pd.Series":
    """Return a column's values in its type; what needs a conversion is left to pandas."""
    import numpy as np
    import pandas as pd

    kind = column.kind
    if not _PLAIN.get(kind, frozenset()).issuperset(map(type, values)):
        frame = pd.DataFrame([(value,) for value in values], columns=[column.name])
        return frame.astype({column.name: column.dtype})[column.name]
    if kind == "count":
        return pd.array(values, dtype="Int64")
    if kind not in ("str", "list"):
        return np.array(values, dtype=column.dtype)
    held = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        held[place] = value
    return pd.array(held, dtype=pd.StringDtype(na_value=np.nan)) if kind == "str" else held


def escape_formula(cell: str) -> str:
    """Return a cell for a spreadsheet, with an apostrophe before what could be a formula.

    A negative number, or an interval of numbers, is no formula. `unescape_formula` gives the cell
    back.

    >>> escape_formula("=1+1"), escape_formula("-0.5 to 1.00"), escape_formula("-2+3")
    ("'=1+1", '-0.5 to 1.00', "'-2+3")
    """
    # The apostrophe is set before an apostrophe too, so that taking it off gives the cell back.
    is_formula = cell.lstrip(" '").startswith(_FORMULA_START) and not _NUMBERS.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def unescape_formula(cell: str) -> str:
    """Return a cell without the apostrophe that `escape_formula` set.

    >>> unescape_formula("'=1+1"), unescape_formula("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and escape_formula(cell[1:]) == cell else cell
