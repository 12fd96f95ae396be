"""Text as pandoc Markdown: what comes from a document stays the characters it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from sco_research.errors import ParameterError
from sco_research.text.segments import anchor_label

if TYPE_CHECKING:
    import pandas as pd

Links: TypeAlias = Mapping[tuple[int, str], Sequence[tuple[str, str]]]
"""By row and column: the pieces of a cell that lead somewhere, in their order, with their anchors;
an empty piece is the whole cell."""

NOTHING = "–"
"""How a missing number is shown."""
MINUS: Final = "\N{MINUS SIGN}"
"""The sign of a negative number, in prose and tables alike."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$@&])")
# What would open a list, a heading, a quotation or a definition at the start of a line.
_AT_START = re.compile(r"^(\(?[^\W_]{1,9}(?=[.)])|)([-+=:%#(.)!])")
_WHITE_SPACE = re.compile(r"[\s\x1c-\x1f]+")
# No XML, no PDF and no terminal holds these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DELETE = 0x7F
_ANCHOR = re.compile(r"[^\s:]+:(p\d+(?:\.s\d+)?)")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(#[^)]*\)")
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
_MANY = 100
_ESTIMATE = re.compile(r"^([\d.,\\]+) \((?=[\d.,]+–[\d.,]+\)$)")
# A year takes no comma.
_YEARS = frozenset({"year", "years"})
_WIDEST_COLUMN = 60
_NARROWEST_COLUMN = 10


def visible(text: str) -> str:
    r"""Return text with a picture in the place of each character that no page can hold.

    >>> print(visible("a\x00b\x7f\ud800 as it is"))
    a␀b␡\ufffd as it is
    """
    return _CONTROL.sub(lambda match: _picture(ord(match[0])), text)


def _picture(code: int) -> str:
    if code < ord(" "):
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == _DELETE else "\N{REPLACEMENT CHARACTER}"


def escape(text: str) -> str:
    r"""Return text so that pandoc prints it as it is, in every format.

    White space is folded, as in any paragraph; a control character becomes its visible picture.

    >>> print(escape("<script> [x](y) $1 | @key\x00"))
    \<script\> \[x\](y) \$1 \| \@key␀
    >>> print(escape("1. We"), escape("- we"), escape("we, the Parties (six)."))
    1\. We \- we we, the Parties (six).
    """
    folded = _WHITE_SPACE.sub(" ", text).strip(" ")
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", visible(folded)))


def quoted_attribute(text: str) -> str:
    r"""Return text as the quoted value of a Markdown attribute, such as an alt text.

    >>> print(quoted_attribute('A "rise" & fall'))
    "A \"rise\" \& fall"
    """
    escaped = re.sub(r'(["\\&])', r"\\\1", _WHITE_SPACE.sub(" ", text).strip(" "))
    return f'"{escaped}"'


def format_cell(
    value: object, *, decimals: int = 2, segments: Mapping[str, str] | None = None
) -> str:
    """Return a table's cell as Markdown.

    A missing number is a dash, and the sign of a negative one a minus; the id of a sentence links
    to it in the report's last section, if it is one of ``segments``, where those are given, each
    with its label: another document's is text like any other.

    >>> format_cell(6.2537), format_cell(float("nan")), format_cell("sco:p13.s2")
    ('6.25', '–', '[¶ 13, sentence 2](#p13.s2)')
    >>> format_cell(-31.84, decimals=1) == f"{MINUS}31.8"
    True
    >>> format_cell("other:p13.s2", segments={"sco:p13.s2": "¶ 7, sentence 2"})
    'other:p13.s2'
    """
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace("-", MINUS)
    if isinstance(value, float):
        # No measure here is known to so many digits: 593.0, never 593.000.
        shown = f"{value:,.{min(decimals, 1) if abs(value) >= _MANY else decimals}f}"
        return shown.replace("-", MINUS)
    text = str(value)
    anchor = _ANCHOR.fullmatch(text)
    if anchor and (segments is None or text in segments):
        label = anchor_label(text) if segments is None else segments[text]
        return f"[{escape(label)}](#{anchor[1]})"
    # An estimate stays on one line with its interval.
    return _ESTIMATE.sub("\\1\xa0(", escape(text))


def keep_percents_whole(markdown: str) -> str:
    r"""Return prose in which no line ends between a number and its per cent sign.

    >>> keep_percents_whole("a 95 % interval").replace("\xa0", "_")
    'a 95_% interval'
    """
    return _BEFORE_PERCENT.sub("\xa0", markdown)


def plain(markdown: str) -> str:
    """Return a cell without its Markdown.

    >>> plain(format_cell("sco:p13.s2")), plain(escape("a|b"))
    ('¶ 13, sentence 2', 'a|b')
    """
    return re.sub(r"\\(.)", r"\1", _LINK.sub(r"\1", markdown))


def pipe_table(
    frame: pd.DataFrame,
    *,
    decimals: Mapping[str, int],
    links: Links | None = None,
    segments: Mapping[str, str] | None = None,
) -> str:
    """Return a frame as a pandoc pipe table: numbers to the right, columns as wide as they need.

    Cells are linked as ``links`` says, by row and column; an id of ``segments`` links to it.
    """
    rows = cells(frame, decimals=decimals, segments=segments)
    for (row, column), pieces in (links or {}).items():
        place = list(frame.columns).index(column)
        rows[row][place] = _linked(rows[row][place], pieces)
    header = [escape(str(name)) for name in frame.columns]
    rules = [
        _rule([header[place], *(row[place] for row in rows)], numeric=is_numeric(frame, place))
        for place in range(len(header))
    ]
    lines = [header, rules, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _linked(cell: str, pieces: Sequence[tuple[str, str]]) -> str:
    """Return a cell whose pieces are links.

    >>> _linked("Drugs (4); Trade (2)", [("Drugs (4)", "a"), ("Trade (2)", "b")])
    '[Drugs (4)](#a); [Trade (2)](#b)'
    """
    done = ""
    for piece, target in pieces:
        # What would open a list at the start of a cell is escaped there alone.
        text = escape(f";{piece}")[1:] if done else escape(piece)
        text = text if piece else cell
        before, found, cell = cell.partition(text)
        if not found:
            raise ParameterError(f"evidence of {piece!r}: it is not in its cell")
        done += f"{before}[{text}](#{target})"
    return done + cell


def cells(
    frame: pd.DataFrame,
    *,
    decimals: Mapping[str, int],
    segments: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Return a frame's rows as Markdown cells; whole numbers in a column of floats stay whole.

    >>> import pandas as pd
    >>> cells(pd.DataFrame({"Year": [2013], "Words": [1829]}), decimals={})
    [['2013', '1,829']]
    """
    digits = [
        decimals.get(str(name), 0 if _is_whole(frame, place) else 2)
        for place, name in enumerate(frame.columns)
    ]
    return [
        [
            format_cell(value, decimals=digit, segments=segments)
            for value, digit in zip(row, digits, strict=True)
        ]
        for row in _years_as_text(frame).astype(object).itertuples(index=False, name=None)
    ]


def _years_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    named = [name for name in frame.columns if str(name).casefold() in _YEARS]
    whole = [name for name in named if pd.api.types.is_integer_dtype(frame[name])]
    return frame.astype(dict.fromkeys(whole, "string"))


def _is_whole(frame: pd.DataFrame, place: int) -> bool:
    values = frame.iloc[:, place].dropna()
    return is_numeric(frame, place) and bool((values == values.round()).all())


def is_numeric(frame: pd.DataFrame, place: int) -> bool:
    """Return whether a column holds numbers, which are aligned to the right."""
    import pandas as pd

    kind = frame.dtypes.iloc[place]
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def _rule(cells: Sequence[str], *, numeric: bool) -> str:
    """Return the dashes under a header; their number is the column's share of a wide table."""
    widest = max(len(plain(cell)) for cell in cells)
    width = min(max(widest, _NARROWEST_COLUMN), _WIDEST_COLUMN)
    return "-" * width + (":" if numeric else "")
