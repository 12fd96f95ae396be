"""A table as files: CSV for a spreadsheet, LaTeX for a paper, Parquet for a program."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sco_research.frames import escape_formula
from sco_research.reports.markdown import cells, is_numeric, plain

if TYPE_CHECKING:
    import pandas as pd

_ROWS_OF_A_PAGE = 40
# Processors differ in a logarithm's last digits; no measure here is known to so many. Few enough
# that a rounding seldom separates two such numbers.
_SIGNIFICANT_DIGITS = 10
# Also what some programs read as the end of a line; the spaces around go with them.
_CONTROLS = re.compile(r" ?[\x00-\x1f\x7f-\x9f\u2028\u2029][\x00-\x20\x7f-\x9f\u2028\u2029]*")
_TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "–": "--",
        "\N{MINUS SIGN}": "$-$",
        # Where a row begins with one, LaTeX would read an option of the row before it.
        "[": "{[}",
        "]": "{]}",
    }
)


def tex(text: str) -> str:
    r"""Return text so that TeX prints the characters it is.

    >>> print(tex("5 % of A_b"))
    5 \% of A\_b
    """
    return _CONTROLS.sub(" ", text).translate(_TEX)


def table_files(
    frame: pd.DataFrame,
    *,
    id: str,
    caption: str,
    decimals: Mapping[str, int],
    segments: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return a table's files by their path in the report's folder.

    Parameters
    ----------
    frame : pandas.DataFrame
        The whole table, as the reader sees it.
    id : str
        Its stable name; the files and the LaTeX label are called so.
    caption : str
        As Markdown.
    decimals : mapping of str to int
        Decimals by column, for LaTeX; the others keep every digit.
    segments : mapping of str to str, optional
        Labels of the report's sentences, by which LaTeX names them; any id where not given.
    """
    latex = latex_table(frame, id=id, caption=caption, decimals=decimals, segments=segments)
    files = {
        f"tables/{id}.csv": csv_bytes(frame),
        f"tables/{id}.tex": latex.encode(),
    }
    if find_spec("pyarrow"):
        files[f"tables/{id}.parquet"] = parquet_bytes(frame)
    return files


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8."""
    return as_data(portable_numbers(frame)).to_csv(index=False, lineterminator="\n").encode()


def as_data(frame: pd.DataFrame) -> pd.DataFrame:
    r"""Return a table whose words a spreadsheet shows as they are, each in one line of a file.

    No cell is run as a formula; lists of words are joined; control characters, tabs and line breaks
    become a space.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"dates": [("2030", "2040"), ()], "text": ["=1", "a\r\nb\0c"]})
    >>> as_data(frame).values.tolist()
    [['2030; 2040', "'=1"], ['', 'a b c']]
    """
    words = frame.map(lambda value: "; ".join(value) if isinstance(value, tuple | list) else value)
    safe = words.map(lambda value: _as_cell(value) if isinstance(value, str) else value)
    return safe.rename(columns=lambda name: _as_cell(str(name)))


def without_controls(text: str) -> str:
    r"""Return text in one line: control characters become a space.

    >>> without_controls("Bishkek\t\x00\x1b[31m\nDeclaration")
    'Bishkek [31m Declaration'
    """
    return _CONTROLS.sub(" ", text)


def _as_cell(text: str) -> str:
    return escape_formula(without_controls(text))


def portable_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Round numbers to the digits that every processor computes alike.

    >>> import pandas as pd
    >>> portable_numbers(pd.DataFrame({"x": [23.387715960451203, 2.0]}))["x"].tolist()
    [23.38771596, 2.0]
    """
    return frame.map(lambda value: portable_number(value) if isinstance(value, float) else value)


def portable_number(number: float) -> float:
    """Return a number with the digits that every processor computes alike.

    >>> portable_number(23.387715960451203)
    23.38771596
    """
    return float(f"{number:.{_SIGNIFICANT_DIGITS}g}")


def latex_table(
    frame: pd.DataFrame,
    *,
    id: str,
    caption: str,
    decimals: Mapping[str, int],
    segments: Mapping[str, str] | None = None,
) -> str:
    r"""Return a table with booktabs' rules, to be read in by ``\input``.

    A table longer than a page is a ``longtable``.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Share": [0.5]})
    >>> print(latex_table(frame, id="tbl-a", caption="A share", decimals={}).splitlines()[4])
    \begin{tabular}{@{}r@{}}
    """
    columns = "".join("r" if is_numeric(frame, place) else "l" for place in range(frame.shape[1]))
    head = " & ".join(rf"\textbf{{{tex(str(name))}}}" for name in frame.columns) + r" \\"
    rows = [
        " & ".join(tex(plain(cell)) for cell in row) + r" \\"
        for row in cells(frame, decimals=decimals, segments=segments)
    ]
    title = rf"\caption{{{tex(plain(caption))}}}\label{{{id}}}"
    note = "% Needs \\usepackage{booktabs}"
    if len(rows) > _ROWS_OF_A_PAGE:
        return "\n".join(
            [
                f"{note} and \\usepackage{{longtable}}",
                rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}",
                title + r"\\",
                *(r"\toprule", head, r"\midrule", r"\endhead", r"\bottomrule", r"\endlastfoot"),
                *rows,
                "\\end{longtable}\n",
            ]
        )
    return "\n".join(
        [
            note,
            *(r"\begin{table}", r"\centering", title, rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}"),
            *(r"\toprule", head, r"\midrule", *rows, r"\bottomrule", r"\end{tabular}"),
            "\\end{table}\n",
        ]
    )


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, every column in its type; columns of several types are text."""
    import pandas as pd

    plain_frame = portable_numbers(frame)
    plain_frame.columns = pd.Index([str(name) for name in frame.columns])
    for place, kind in enumerate(frame.dtypes):
        if pd.api.types.is_object_dtype(kind):
            values = frame.iloc[:, place].map(str, na_action="ignore")
            plain_frame.isetitem(place, values.astype("string").array)
    buffer = io.BytesIO()
    plain_frame.to_parquet(buffer, index=False)
    return buffer.getvalue()
