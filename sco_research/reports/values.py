r"""The numbers of a report under ids that a manuscript can cite: ``values.json``, ``values.tex``.

An id is ``<document>:<report>:<name>``. The name is a field of the report's facts, such as
``strict.sentences``, or a cell of one of its tables: ``tbl-acts.commissive.sentences``. In LaTeX
``\scovalue{id}`` prints a number, and ``\sconumber{id}{twelve}`` prints the words given;
``sco-research check`` compares what a manuscript says with the report.
"""

import dataclasses
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import pandas as pd

from sco_research.reports.counts import CountTable
from sco_research.reports.evidence import numbers_of
from sco_research.reports.markdown import NOTHING, format_cell, is_numeric, plain
from sco_research.reports.tables import portable_number

Unit: TypeAlias = Literal["count", "percent", "share", "number"]
"""What a value counts in: things, hundredths, a share from 0 to 1, or its own unit."""

JSON_FILE, TEX_FILE = "values.json", "values.tex"
# Deeper than any facts: what goes in a circle ends.
_DEPTH = 6
# What names an item of a tuple of facts, if it has such a field.
_NAMES = ("id", "name", "label", "category", "metric")
_PERCENT = re.compile(r"%|per cent|percent")


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """A number of a report.

    Attributes
    ----------
    id : str
        ``<document>:<report>:<name>``.
    value : float
        The number, to ten significant digits.
    unit : str
        ``count``, ``percent``, ``share`` or ``number``.
    low, high : float or None
        Ends of its interval, where it has one.
    segments : tuple of str
        Anchors of what is behind it.
    """

    id: str
    value: float
    unit: Unit
    low: float | None = None
    high: float | None = None
    segments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its id without document and report."""
        return self.id.rpartition(":")[2]

    @property
    def shown(self) -> str:
        """The number as text."""
        return shown(self.value, self.unit)


def shown(number: float, unit: Unit) -> str:
    """Return a number as text.

    >>> shown(1829, "count"), shown(0.2353, "share"), shown(23.53, "percent"), shown(12.5, "number")
    ('1,829', '0.24', '23.5', '12.5')
    """
    if unit == "count" or float(number).is_integer():
        return f"{number:,.0f}"
    if unit == "percent":
        return f"{number:,.1f}"
    return f"{number:,.2f}".rstrip("0").rstrip(".") if unit == "number" else f"{number:.2f}"


def slug(text: object) -> str:
    """Return words as a part of an id.

    >>> slug("Terrorism, separatism (3)"), slug("% of sentences"), slug("–")
    ('terrorism-separatism-3', 'percent-of-sentences', 'x')
    """
    plainer = unicodedata.normalize("NFKD", str(text).replace("%", " percent "))
    words = re.findall(r"[^\W_]+", plainer.casefold())
    return "-".join(words) or "x"


def values_of_facts(facts: object, prefix: str) -> list[Value]:
    """Return the numbers of a topic's facts.

    Parameters
    ----------
    facts : object
        A dataclass of numbers, mappings, tuples and other such dataclasses.
    prefix : str
        Document and report: what ids begin with.

    Examples
    --------
    >>> @dataclasses.dataclass
    ... class Facts:
    ...     sentences: int
    ...     by_level: dict
    >>> [(one.id, one.value) for one in values_of_facts(Facts(51, {"high": 5}), "n:commitments")]
    [('n:commitments:sentences', 51.0), ('n:commitments:by-level.high', 5.0)]
    """
    return [
        Value(f"{prefix}:{name}", _rounded(value), unit, _or_none(low), _or_none(high))
        for name, value, unit, (low, high) in _leaves(facts, (), 0)
    ]


def _rounded(number: float) -> float:
    return portable_number(float(number))


def _or_none(number: float | None) -> float | None:
    return None if number is None else _rounded(number)


_Leaf: TypeAlias = tuple[str, float, Unit, tuple[float | None, float | None]]


def _leaves(item: object, path: tuple[str, ...], depth: int) -> Iterator[_Leaf]:
    if depth > _DEPTH:
        return
    if _is_number(item):
        number = float(str(item))
        whole = isinstance(item, int)
        yield ".".join(path), number, "count" if whole else _unit(path[-1], number), (None, None)
    elif dataclasses.is_dataclass(item) and not isinstance(item, type):
        yield from _fields(item, path, depth)
    elif isinstance(item, Mapping):
        for key, value in item.items():
            yield from _leaves(value, (*path, slug(key)), depth + 1)
    elif isinstance(item, tuple | list):
        taken: dict[str, int] = {}
        for place, value in enumerate(item, start=1):
            if not _is_number(value) and not dataclasses.is_dataclass(value):
                continue
            name = slug(next((getattr(value, key) for key in _NAMES if hasattr(value, key)), place))
            taken[name] = taken.get(name, 0) + 1
            unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
            yield from _leaves(value, (*path, unique), depth + 1)


def _fields(item: object, path: tuple[str, ...], depth: int) -> Iterator[_Leaf]:
    """Return the numbers of a dataclass: its fields, and the properties that it computes."""
    fields = {one.name: getattr(item, one.name) for one in dataclasses.fields(item)}  # type: ignore[arg-type] # who calls has asked
    value, low, high = (fields.get(name) for name in ("value", "low", "high"))
    ends: tuple[float | None, float | None] = (None, None)
    if _is_number(low) and _is_number(high):
        ends = float(str(low)), float(str(high))
    if _is_number(fields.get("share")) and ends[0] is not None:
        yield ".".join((*path, "share")), float(str(fields["share"])), "share", ends
        fields = {k: v for k, v in fields.items() if k not in ("share", "low", "high")}
    elif _is_number(value) and path:
        number = float(str(value))
        # A rate knows its numerator; an estimate is in the unit of what it estimates.
        unit: Unit = "share" if "hits" in fields else _unit(path[-1], number)
        yield ".".join(path), number, unit, ends
        fields = {k: v for k, v in fields.items() if k not in ("value", "low", "high")}
    made = {
        name: getattr(item, name)
        for kind in type(item).__mro__
        for name, kept in vars(kind).items()
        if isinstance(kept, property) and not name.startswith("_")
    }
    # A property that is no number shows anew what a field holds.
    made = {name: found for name, found in made.items() if _is_number(found)}
    for name, found in {**fields, **made}.items():
        yield from _leaves(found, (*path, slug(name)), depth + 1)


def _is_number(item: object) -> bool:
    if isinstance(item, bool) or not isinstance(item, int | float):
        return False
    return not isinstance(item, float) or math.isfinite(item)


def _unit(name: str, number: float) -> Unit:
    shares = ("share", "precision", "recall", "f1", "confidence")
    is_share = name in shares or name.endswith("-share")
    return "share" if is_share and 0 <= number <= 1 else "number"


def values_of_table(table: CountTable, prefix: str, id: str) -> list[Value]:
    """Return the numbers of a table, each with what is behind it.

    Parameters
    ----------
    table : CountTable
        The table as the reader sees it.
    prefix : str
        Document and report: what ids begin with.
    id : str
        The table's own id.

    Examples
    --------
    >>> frame = pd.DataFrame({"Theme": ["Drugs"]})
    >>> table = CountTable(frame).with_counts("Sentences", [["n:p1.s1"]])
    >>> values_of_table(table, "n:themes", "tbl-themes")[0].id
    'n:themes:tbl-themes.drugs.sentences'
    """
    rows = _row_names(table.frame)
    behind = {
        (number.row, number.column, number.piece): number.behind
        for number in numbers_of(table, id=id, label="")
    }
    found = []
    for place, column in enumerate(table.frame.columns):
        if not place or not is_numeric(table.frame, place):
            continue
        counts = pd.api.types.is_integer_dtype(table.frame.dtypes.iloc[place])
        unit: Unit = "percent" if _PERCENT.search(str(column)) else "count" if counts else "number"
        for row, number in enumerate(table.frame.iloc[:, place]):
            if not pd.isna(number) and math.isfinite(number):
                name = f"{prefix}:{id}.{rows[row]}.{slug(column)}"
                segments = behind.get((row, str(column), ""), ())
                found.append(Value(name, _rounded(number), unit, segments=segments))
    for (row, column, piece), segments in behind.items():
        if piece:
            name = f"{prefix}:{id}.{rows[row]}.{slug(column)}.{slug(piece.rpartition(' (')[0])}"
            found.append(Value(name, float(len(segments)), "count", segments=segments))
    return found


def _row_names(frame: pd.DataFrame) -> list[str]:
    """Return a name for each row: its first cell, and a number where several are alike."""
    names: list[str] = []
    taken: dict[str, int] = {}
    for cell in frame.iloc[:, 0] if len(frame.columns) else ():
        shown = plain(format_cell(cell))
        name = slug("" if shown == NOTHING else shown)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return names


def value_files(values: Iterable[Value]) -> dict[str, bytes]:
    """Return the files that hold a report's numbers; of two with one id the first is kept."""
    kept: dict[str, Value] = {}
    for value in values:
        kept.setdefault(value.id, value)
    return {JSON_FILE: _json(kept.values()), TEX_FILE: _tex(kept.values())}


def _json(values: Iterable[Value]) -> bytes:
    rows = [
        {
            "id": one.id,
            "value": one.value,
            "unit": one.unit,
            "low": one.low,
            "high": one.high,
            "segments": list(one.segments),
        }
        for one in values
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    return ("[\n" + ",\n".join(lines) + ("\n" if lines else "") + "]\n").encode()


_HEAD = r"""% The numbers of a report, for \input. \scovalue{id} prints a number, \scolow{id} and
% \scohigh{id} the ends of its interval, and \sconumber{id}{twelve} the words given.
\providecommand{\scodefine}[2]{\expandafter\gdef\csname sco@#1\endcsname{#2}}
\providecommand{\scovalue}[1]{\expandafter\ifx\csname sco@#1\endcsname\relax
  \textbf{??}\else\csname sco@#1\endcsname\fi}
\providecommand{\scolow}[1]{\scovalue{#1.low}}
\providecommand{\scohigh}[1]{\scovalue{#1.high}}
\providecommand{\sconumber}[2]{#2}
"""


def _tex(values: Iterable[Value]) -> bytes:
    lines = []
    for one in values:
        lines.append(rf"\scodefine{{{one.id}}}{{{_in_tex(one.value, one.unit)}}}")
        for end, number in (("low", one.low), ("high", one.high)):
            if number is not None:
                lines.append(rf"\scodefine{{{one.id}.{end}}}{{{_in_tex(number, one.unit)}}}")
    return (_HEAD + "\n".join(lines) + "\n").encode()


def _in_tex(number: float, unit: Unit) -> str:
    text = shown(number, unit)
    return f"$-${text[1:]}" if text.startswith("-") else text


def parse_values(text: str) -> list[Value]:
    """Return the values of a ``values.json``.

    Raises
    ------
    ValueError
        Where it is no such file.

    Examples
    --------
    >>> parse_values('[{"id": "n:c:a", "value": 2.0, "unit": "count"}]')[0].value
    2.0
    """
    rows = json.loads(text)
    if not isinstance(rows, list):
        raise ValueError("it is no list of values")
    try:
        return [
            Value(
                str(row["id"]),
                float(row["value"]),
                row["unit"],
                _or_none(row.get("low")),
                _or_none(row.get("high")),
                segments=tuple(map(str, row.get("segments", ()))),
            )
            for row in rows
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"a value is not whole ({error})") from None
