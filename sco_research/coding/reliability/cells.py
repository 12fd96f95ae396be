"""The cells of a CSV or XLSX file as text, with what a spreadsheet did to them."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pandas as pd

from sco_research.coding.reliability.sheets import CODING_SHEET
from sco_research.errors import CodingError
from sco_research.frames import unescape_formula
from sco_research.resources import read_file

_DELIMITERS = (",", ";", "\t")
_MAX_BYTES = 300_000_000

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    AnyCell: TypeAlias = Cell | MergedCell | ReadOnlyCell | EmptyCell


class Fault(NamedTuple):
    """What is wrong with a cell of a sheet; the row is 0 where no row is at fault."""

    row: int
    column: str
    value: str
    fault: str

    def __str__(self) -> str:
        """Return the fault as an error names it."""
        value = f"{self.value!r} " if self.value else ""
        where = f"row {self.row}, column {self.column!r}: {value}" if self.row else ""
        return where + self.fault


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as text.

    Attributes
    ----------
    header : tuple of str
        The column names.
    rows : tuple of (int, tuple of str)
        Row number, as the spreadsheet counts, and its cells, as many as the header has; blank rows
        are left out.
    faults : tuple of Fault
        Cells that are no text.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[Fault, ...]


def read_cells(path: str | Path, *, known: Collection[str], key: str = "segment_id") -> Grid:
    """Return the cells of a CSV or XLSX file.

    Parameters
    ----------
    path : str or pathlib.Path
        The file. CSV may be separated by commas, semicolons or tabs, in UTF-8 or UTF-16 with or
        without a byte order mark, or in the Windows code page that older spreadsheets write.
    known : collection of str
        Column names to be expected; they tell the separator and the sheet of a workbook.
    key : str
        The column that names each row's segment.

    Raises
    ------
    CodingError
        Where the file cannot be read or has none of the columns.
    """
    file = Path(path)
    try:
        content = read_file(file)
    except OSError as error:
        raise CodingError(
            str(file), [f"cannot be read ({error.strerror}); check the path"]
        ) from None
    # Every workbook is a zip archive, whatever its name says.
    if content.startswith(b"PK"):
        return _workbook(file, content, known, key)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CodingError(str(file), ["is an old .xls workbook; save it as .xlsx or as CSV UTF-8"])
    return _csv(file, content, known, key)


def read_table(path: str | Path, *, known: Collection[str]) -> pd.DataFrame:
    """Return a table that a person filled in, such as a list of disagreements, as text.

    Raises
    ------
    CodingError
        As `read_cells`; and where a cell is no text, with each.
    """
    grid = read_cells(path, known=known)
    if grid.faults:
        raise CodingError(str(path), map(str, grid.faults))
    return pd.DataFrame([cells for _, cells in grid.rows], columns=list(grid.header), dtype="str")


def _csv(file: Path, content: bytes, known: Collection[str], key: str) -> Grid:
    text = _decoded(content)
    if "\0" in text:
        raise CodingError(str(file), ["is neither CSV nor a workbook; save it as CSV UTF-8"])
    first, _, rest = text.partition("\n")
    text = rest if first.strip().lower().startswith("sep=") else text
    tables = [_records(text, delimiter) for delimiter in _DELIMITERS]
    # The separator that makes the most columns out of the header is the right one.
    lines = max(tables, key=lambda lines: len(set(_names(lines[0][1])) & set(known)))
    header = _names(lines[0][1])
    _check_header(file, header, known, key)
    shift = text is rest
    rows = [(number + shift, tuple(map(unescape_formula, cells))) for number, cells in lines[1:]]
    return Grid(header, _filled(rows, len(header)), ())


def _records(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return numbered records; quoted line breaks stay within one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        records = [(number, tuple(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error:
        # A separator that is not the file's may make cells beyond csv's limit of length.
        records = []
    header = next((at for at, (_, cells) in enumerate(records) if any(cells)), None)
    return [(1, ())] if header is None else records[header:]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # A wrong guess does no harm: the hash of each segment's text would tell.
        return content.decode("cp1252", "replace")


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_BYTES:
            raise zipfile.BadZipFile(f"it unpacks to more than {_MAX_BYTES / 1e6:.0f} MB")


def _rows_of(sheet: Any) -> list[tuple[AnyCell, ...]]:  # noqa: ANN401 - openpyxl has no types
    """Return the rows of a worksheet as wide as they are: what it says of its size may be wrong."""
    sheet.reset_dimensions()
    return list(sheet.iter_rows())


def _workbook(file: Path, content: bytes, known: Collection[str], key: str) -> Grid:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out, such as Excel's newer drop-downs: not our cells.
            warnings.simplefilter("ignore", UserWarning)
            _check_size(content)
            book = load_workbook(io.BytesIO(content), read_only=True)
            sheets = {sheet.title: _rows_of(sheet) for sheet in book.worksheets}
    except Exception as error:
        # Archive, XML and openpyxl's own classes each fail in ways of their own.
        raise CodingError(
            str(file), [f"is a damaged workbook, or none ({error}); save it again as .xlsx"]
        ) from None
    # The sheet may have been renamed: the one whose header has most of the columns is meant.
    name = max(
        sheets,
        key=lambda title: (len(set(_first_row(sheets[title])) & set(known)), title == CODING_SHEET),
        default="",
    )
    header = _first_row(sheets.get(name, []))
    _check_header(file, header, known, key)
    faults: list[Fault] = []
    rows = []
    for number, cells in enumerate(sheets[name][1:], start=2):
        texts = []
        for column, cell in zip(header, cells, strict=False):
            text, fault = _cell(cell)
            texts.append(text)
            if fault:
                faults.append(Fault(number, column, text, fault))
        rows.append((number, tuple(texts)))
    return Grid(header, _filled(rows, len(header)), tuple(faults))


def _first_row(rows: Sequence[tuple[AnyCell, ...]]) -> tuple[str, ...]:
    return _names(tuple(_cell(cell)[0] for cell in rows[0])) if rows else ()


def _cell(cell: AnyCell) -> tuple[str, str]:
    """Return a cell as text, and what is wrong with it."""
    from openpyxl.worksheet.formula import ArrayFormula

    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, ArrayFormula):
        return str(value.text), "is a formula; write the answer itself"
    if cell.data_type == "f":
        return str(value), "is a formula; write the answer itself"
    if cell.data_type == "e":
        return str(value), "is the error of a formula; write the answer itself"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), "is a date, made so by the spreadsheet; format as text, and type again"
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    return str(value), ""


def _names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header's names, as a person may have retyped them."""
    return tuple("_".join(cell.replace("\ufeff", "").lower().split()) for cell in cells)


def _check_header(file: Path, header: tuple[str, ...], known: Collection[str], key: str) -> None:
    if key not in header:
        raise CodingError(str(file), [f"row 1: no column {key!r}; export the sheet again"])
    twice = [name for name in known if header.count(name) > 1]
    if twice:
        raise CodingError(str(file), [f"row 1: the column {twice[0]!r} appears twice; delete one"])


def _filled(
    rows: list[tuple[int, tuple[str, ...]]], width: int
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return rows with something in them, each as wide as the header."""
    return tuple(_padded(rows, width))


def _padded(
    rows: list[tuple[int, tuple[str, ...]]], width: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in rows:
        # Word processors and the web leave spaces that look like spaces.
        plain = [cell.replace("\xa0", " ").replace("\u200b", "").strip() for cell in cells]
        if any(plain):
            yield number, (*plain, *[""] * width)[:width]
