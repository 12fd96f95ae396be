"""Coding sheets for people: segments with a column for each question, as CSV or XLSX.

Reading them back is `sheet_reading`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sco_research.coding.reliability.schemes import NONE, SEPARATOR, CodingScheme, Variable
from sco_research.errors import OutputError, ParameterError
from sco_research.frames import escape_formula
from sco_research.text.document import Documents
from sco_research.text.segments import Level, anchor_label, segment

# openpyxl is imported where a workbook is written or read: few readers of codings do.
if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

GIVEN = ("segment_id", "place", "text", "text_hash", "coder")
CODING_SHEET = "coding"
CHOICES_SHEET = "choices"
ANSWERS_A_CELL = 8
"""Columns that a workbook offers for the answers of a variable with many: a drop-down takes one."""

_CELL_LIMIT = 32_767  # Excel's own
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WIDTHS = {"segment_id": 26, "place": 18, "text": 80, "text_hash": 16, "coder": 14, "note": 40}


def text_hash(text: str) -> str:
    r"""Return a short hash of a segment's words.

    White space and control characters do not count, because spreadsheets change them; the letter in
    front keeps a spreadsheet from taking the hash for a number.

    >>> text_hash("They will meet.") == text_hash("They  will\nmeet.")
    True
    """
    plain = " ".join(_CONTROL.sub("", text).split())
    return "h" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def coding_sheet(
    documents: Documents, *, scheme: CodingScheme, coder: str = "", level: Level = "sentence"
) -> pd.DataFrame:
    """Return an empty sheet to be coded.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What is to be coded.
    scheme : CodingScheme
        What is asked.
    coder : str
        Who will code; empty for the coder to fill in.
    level : str
        ``sentence``, ``paragraph`` or another level of `segment`.

    Returns
    -------
    pandas.DataFrame
        One row per segment: ``document_id``, ``segment_id``, ``place`` (as a person reads it),
        ``text``, ``text_hash``, ``coder``, and the scheme's columns, empty.

    Examples
    --------
    >>> from sco_research.coding.reliability.schemes import COMMITMENTS
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("They will meet.", id="note")
    >>> coding_sheet(document, scheme=COMMITMENTS, coder="anna")["place"].tolist()
    ['¶ 1, sentence 1']
    """
    found = segment(documents, level=level)[["document_id", "segment_id", "text"]]
    sheet = found.assign(
        place=found["segment_id"].map(anchor_label),
        text_hash=found["text"].map(text_hash),
        coder=coder,
        **dict.fromkeys(scheme.columns, ""),
    )
    return sheet[["document_id", *GIVEN, *scheme.columns]].astype(str)


def write_sheet(sheet: pd.DataFrame, path: str | Path, *, scheme: CodingScheme) -> None:
    """Write a coding sheet as CSV or, with drop-down choices and instructions, as XLSX.

    Parameters
    ----------
    sheet : pandas.DataFrame
        As `coding_sheet` returns it, empty or filled.
    path : str or pathlib.Path
        ``.csv`` (UTF-8 with the mark that spreadsheets look for) or ``.xlsx``.
    scheme : CodingScheme
        What is asked.

    Raises
    ------
    ParameterError
        Where the file's ending is neither, or a segment is longer than a cell of a workbook.
    OutputError
        Where the file cannot be written.
    """
    file = Path(path)
    writers = {".csv": _csv_bytes, ".xlsx": _xlsx_bytes}
    if file.suffix.lower() not in writers:
        raise ParameterError(f"{file}: a coding sheet ends in .csv or .xlsx; rename it")
    content = writers[file.suffix.lower()](sheet, scheme)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"{file}: cannot be written ({error.strerror}); choose another place"
        ) from None


def _csv_bytes(sheet: pd.DataFrame, scheme: CodingScheme) -> bytes:
    columns = [*GIVEN, *scheme.columns]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in sheet[columns].itertuples(index=False):
        writer.writerow([escape_formula(_plain(cell)) for cell in row])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: object) -> str:
    """Return a cell as text that a file can hold; a missing one is empty."""
    return "" if cell is None or cell != cell else _CONTROL.sub("", str(cell))


def _xlsx_bytes(sheet: pd.DataFrame, scheme: CodingScheme) -> bytes:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    long = sheet.loc[sheet["text"].str.len() > _CELL_LIMIT, "segment_id"]
    if len(long):
        raise ParameterError(
            f"segment {long.iloc[0]!r} is longer than a cell of a workbook ({_CELL_LIMIT} "
            "characters); choose a lower level, or CSV"
        )
    book = Workbook()
    coding = book.active
    assert isinstance(coding, Worksheet)
    coding.title = CODING_SHEET
    columns = _workbook_columns(scheme)
    _fill(coding, columns, sheet)
    _choices(book.create_sheet(CHOICES_SHEET), coding, scheme, columns, len(sheet) + 1)
    _instructions(book.create_sheet("instructions", 0), sheet, scheme)
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _workbook_columns(scheme: CodingScheme) -> list[str]:
    """Return the columns, those of a variable with many answers numbered."""
    of_variables = [
        column
        for variable in scheme.variables
        for column in (numbered(variable.name) if variable.many else [variable.name])
    ]
    return [*GIVEN, *of_variables, *scheme.free]


def numbered(name: str) -> list[str]:
    """Return the workbook's columns of a variable with many answers.

    >>> numbered("themes")[:2]
    ['themes_1', 'themes_2']
    """
    return [f"{name}_{number}" for number in range(1, ANSWERS_A_CELL + 1)]


def _fill(coding: Worksheet, columns: list[str], sheet: pd.DataFrame) -> None:
    """Write the rows; what the coder must not change is shaded."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    shade = PatternFill("solid", fgColor="F3F4F6")
    coding.append(columns)
    for row, record in enumerate(sheet.to_dict("records"), start=2):
        for column, name in enumerate(columns, start=1):
            _write(coding.cell(row, column), _answer(record, name))
            if name in GIVEN[:4]:
                coding.cell(row, column).fill = shade
    for letter, name in enumerate(columns, start=1):
        coding.cell(1, letter).font = Font(bold=True)
        coding.column_dimensions[get_column_letter(letter)].width = _WIDTHS.get(name, 20)
    coding.freeze_panes = f"{get_column_letter(GIVEN.index('text_hash') + 1)}2"


def _write(cell: Cell | MergedCell, content: str) -> None:
    """Write a cell as text, whatever it looks like: no formula, no date, no number."""
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment

    assert isinstance(cell, Cell)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if content:
        cell.value = content
        cell.data_type = "s"
        # Without it a spreadsheet makes a formula of the text once a person edits the cell.
        if escape_formula(content) != content:
            cell.quotePrefix = True


def _answer(record: dict[Hashable, object], name: str) -> str:
    """Return what a cell holds; a numbered column holds its share of many answers."""
    if name in record:
        return _plain(record[name])
    stem, _, number = name.rpartition("_")
    given = [part for part in _plain(record.get(stem, "")).split(SEPARATOR) if part]
    return given[int(number) - 1] if int(number) <= len(given) else ""


def _choices(
    choices: Worksheet, coding: Worksheet, scheme: CodingScheme, columns: list[str], rows: int
) -> None:
    """Write the lists of answers and hang them on the cells as drop-downs."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, variable in enumerate(scheme.variables, start=1):
        allowed = [*variable.values, *([NONE] if variable.many else [])]
        letter = get_column_letter(place)
        for row, value in enumerate([variable.name, *allowed], start=1):
            _write(choices.cell(row, place), value)
        if variable.numeric:
            rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
            rule.error = f"{variable.name}: a number, 0 or more"
            if variable.level == "interval":
                continue
        elif allowed:
            area = f"{CHOICES_SHEET}!${letter}$2:${letter}${len(allowed) + 1}"
            rule = DataValidation("list", formula1=area, allow_blank=True)
            rule.error = f"{variable.name}: choose from the list"
        else:
            continue
        rule.showErrorMessage = True
        coding.add_data_validation(rule)
        for name in numbered(variable.name) if variable.many else [variable.name]:
            column = get_column_letter(columns.index(name) + 1)
            rule.add(f"{column}2:{column}{max(rows, 2)}")


def _instructions(page: Worksheet, sheet: pd.DataFrame, scheme: CodingScheme) -> None:
    """Write what a coder needs to know beside the protocol."""
    from openpyxl.styles import Font

    for row, line in enumerate(_instruction_lines(sheet, scheme), start=1):
        for column, content in enumerate(line, start=1):
            _write(page.cell(row, column), content)
    page["A1"].font = Font(bold=True, size=14)
    for letter, width in (("A", 24), ("B", 50), ("C", 60)):
        page.column_dimensions[letter].width = width


def _instruction_lines(sheet: pd.DataFrame, scheme: CodingScheme) -> Iterable[list[str]]:
    documents = ", ".join(sheet["document_id"].unique())
    yield [f"Coding sheet: {scheme.name}"]
    yield ["Documents", documents]
    yield ["Segments", str(len(sheet))]
    yield []
    yield ["1", "Code from the written protocol alone, apart from the other coders."]
    yield ["2", f"Answer in the sheet '{CODING_SHEET}', one row a segment, from the lists."]
    yield ["3", "Do not change the shaded columns; rows may be sorted."]
    yield ["4", "An empty cell means: not answered. It counts as missing, never as 'no'."]
    yield ["5", "Put your name in every row of the column 'coder'. Doubts go into 'note'."]
    yield []
    yield ["Column", "Question", "Answers"]
    for variable in scheme.variables:
        yield [variable.name, variable.question, _allowed(variable)]
    for name in scheme.free:
        yield [name, "in your own words", ""]


def _allowed(variable: Variable) -> str:
    if variable.many:
        several = f"one a column, up to {ANSWERS_A_CELL}; '{NONE}' where there is none: "
        return several + ", ".join(variable.values)
    if variable.numeric:
        return "a number" if variable.level == "interval" else "a number, 0 or more"
    return ", ".join(variable.values) or "a word"
