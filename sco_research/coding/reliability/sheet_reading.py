"""Read a coding sheet back, and name every fault by row and column."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from sco_research.coding.reliability.cells import Fault, Grid, read_cells
from sco_research.coding.reliability.ratings import documents_in
from sco_research.coding.reliability.schemes import NONE, SEPARATOR, CodingScheme, Variable
from sco_research.coding.reliability.sheets import coding_sheet, numbered, text_hash
from sco_research.errors import CodingError, closest
from sco_research.text.document import Documents
from sco_research.text.segments import Level

_SEPARATORS = re.compile(r"[;,\n|]")
_DATE = re.compile(
    r"\d{1,4}[-./]\d{1,2}([-./]\d{2,4})?( \d\d:\d\d(:\d\d)?)?"
    r"|\d{1,2}[-. ]+[^\W\d]{3,}([-. ]+\d{2,4})?|[^\W\d]{3}-\d\d"
)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.I)
_MAX_NAMED = 8


def read_sheet(
    path: str | Path,
    *,
    documents: Documents,
    scheme: CodingScheme,
    coder: str = "",
    level: Level = "sentence",
    complete: bool = False,
) -> pd.DataFrame:
    """Read a coding sheet that a person filled in.

    Parameters
    ----------
    path : str or pathlib.Path
        CSV or XLSX, as `write_sheet` wrote it or with the scheme's columns alone. A coder who was
        asked one question hands in a sheet with that column; the others count as unanswered.
    documents : Document, Corpus or iterable of Document
        What was coded; ids and texts are held against it.
    scheme : CodingScheme
        What was asked.
    coder : str
        Who coded, where the sheet does not say; where both do not, `coder_of` the file's name.
    level : str
        The level that was coded.
    complete : bool
        Take a missing answer, column or segment for a fault. Else it is a missing value.

    Returns
    -------
    pandas.DataFrame
        One row per segment and coder: ``document_id``, ``segment_id``, ``coder`` and the scheme's
        columns; NaN where there is no answer. `ratings_of` makes ratings of it.

    Raises
    ------
    CodingError
        Naming every fault by row and column; ``error.faults`` lists them.
    """
    expected = coding_sheet(documents, scheme=scheme, level=level)
    many = [name for item in scheme.variables if item.many for name in numbered(item.name)]
    grid = read_cells(path, known=(*expected.columns, *many))
    hashes = dict(zip(expected["segment_id"], expected["text_hash"], strict=True))
    ids = {_letters(name): name for name in hashes}
    faults = [*grid.faults, *_absent_columns(grid, scheme, complete)]
    _check_documents(path, grid, hashes)
    seen: dict[tuple[str, str], int] = {}
    answers = []
    for row, record in _records(grid, scheme):
        faults += _identity_faults(row, record, hashes, ids, "coder" in grid.header, coder)
        key = (record["segment_id"], record.get("coder") or coder or coder_of(path))
        if key in seen:
            fault = f"stands in row {seen[key]} too; delete one"
            faults.append(Fault(row, "segment_id", key[0], fault))
        seen.setdefault(key, row)
        read, wrong = _read_answers(row, record, scheme, complete and key[0] in hashes)
        faults += wrong
        answers.append({"segment_id": key[0], "coder": key[1], **read})
    if complete:
        faults += _absent(hashes, seen)
    if faults:
        raise CodingError(str(path), [str(fault) for fault in _once_a_cell(faults, grid)])
    columns = ["segment_id", "coder", *scheme.columns]
    sheet = pd.DataFrame(answers, columns=columns).astype(str).replace("", None)
    sheet.insert(0, "document_id", documents_in(sheet["segment_id"]))
    return sheet.astype(dict.fromkeys(sheet.columns, "str"))


def _check_documents(path: str | Path, grid: Grid, segments: Iterable[str]) -> None:
    """Refuse a sheet that is about none of the documents: one line, not one for each row."""
    place = grid.header.index("segment_id") if "segment_id" in grid.header else None
    if place is None:
        return
    about = {cells[place].partition(":")[0] for _, cells in grid.rows if ":" in cells[place]}
    given = {segment.partition(":")[0] for segment in segments}
    if about and not {*map(_letters, about)} & {*map(_letters, given)}:
        listed, read = (", ".join(sorted(names)) for names in (about, given))
        raise CodingError(
            f"{path}: the sheet is about {listed}, and it is read as one about {read}; name its "
            "documents, in the shell with -d (--document) and the path or id of each"
        )


def coder_of(path: str | Path) -> str:
    """Return who coded by a file's name: its last part before the ending.

    >>> coder_of("sheets/sco-2013-bishkek.themes.anna.xlsx")
    'anna'
    """
    return Path(path).stem.rpartition(".")[2]


def _once_a_cell(faults: Iterable[Fault], grid: Grid) -> list[Fault]:
    """Return faults by row; a cell that is no text has its one fault already."""
    spoilt = {(row, re.sub(r"_\d+$", "", column)) for row, column, _, _ in grid.faults}
    spoilt |= {(row, column) for row, column, _, _ in grid.faults}
    return sorted({fault for fault in faults if fault in grid.faults or fault[:2] not in spoilt})


def _absent_columns(grid: Grid, scheme: CodingScheme, complete: bool) -> Iterator[Fault]:
    """Yield a fault for each question missing where all are asked, else only where none is left."""
    absent = [
        variable.name
        for variable in scheme.variables
        if variable.name not in grid.header and f"{variable.name}_1" not in grid.header
    ]
    if complete or len(absent) == len(scheme.variables):
        for name in absent:
            yield Fault(1, name, "", "is missing; add the column, or export the sheet again")


def _read_answers(
    row: int, record: dict[str, str], scheme: CodingScheme, complete: bool
) -> tuple[dict[str, str], list[Fault]]:
    """Return a row's answers in their normal form, its free text, and what is wrong."""
    read: dict[str, str] = {}
    faults: list[Fault] = []
    for variable in scheme.variables:
        cell = record.get(variable.name, "")
        read[variable.name], fault = _answer(cell, variable)
        if complete and not cell:
            fault = "has no answer; write one"
        if fault:
            faults.append(Fault(row, variable.name, cell, fault))
    return read | {column: record.get(column, "") for column in scheme.free}, faults


def _records(grid: Grid, scheme: CodingScheme) -> Iterator[tuple[int, dict[str, str]]]:
    """Return rows by column name, numbered columns of many answers joined."""
    for row, cells in grid.rows:
        record = dict(zip(grid.header, cells, strict=True))
        for variable in scheme.variables:
            parts = [record[name] for name in numbered(variable.name) if record.get(name)]
            if variable.many and parts:
                joined = [record.get(variable.name, ""), *parts]
                record[variable.name] = SEPARATOR.join(filter(None, joined))
        yield row, record


def _identity_faults(
    row: int,
    record: dict[str, str],
    hashes: dict[str, str],
    ids: dict[str, str],
    asks_coder: bool,
    coder: str,
) -> Iterator[Fault]:
    """Check which segment a row is about, its text, and who coded it."""
    segment = record["segment_id"]
    if not segment:
        yield Fault(row, "segment_id", "", "is missing; copy it from the exported sheet")
        return
    if segment not in hashes:
        fault = "is no segment of the documents" + _similar_id(segment, ids)
        yield Fault(row, "segment_id", segment, fault)
        return
    if asks_coder and not record["coder"] and not coder:
        yield Fault(row, "coder", "", "is missing; write who coded the row")
    known = hashes[segment]
    if record.get("text_hash", known) != known:
        fault = "is not the hash of the segment's text: the document has changed since the export"
        fault += ", or the cell has; export again"
        yield Fault(row, "text_hash", record["text_hash"], fault)
    if "text" in record and text_hash(record["text"]) != known:
        shown = record["text"][:40]
        fault = "is not the segment's text; restore it, or check the row's order"
        yield Fault(row, "text", shown, fault)


def _answer(cell: str, variable: Variable) -> tuple[str, str]:
    """Return a cell's answer in its normal form, and what is wrong with it."""
    if not cell:
        return "", ""
    if variable.numeric:
        return _number(cell, variable)
    if variable.many:
        return _answers(cell, variable)
    if not variable.values:
        return cell, ""
    place = {value.lower(): value for value in variable.values}
    if cell.lower() in place:
        return place[cell.lower()], ""
    return "", _unknown(cell, variable.values)


def _number(cell: str, variable: Variable) -> tuple[str, str]:
    try:
        number = float(cell)
    except ValueError:
        return "", "is no number" + (_spoilt(cell) or "; write one such as 2 or 2.5")
    if number != number or abs(number) == float("inf"):
        return "", "is no number; write one such as 2 or 2.5"
    if variable.level == "ratio" and number < 0:
        return "", "is below 0; write a number of 0 or more"
    return str(int(number)) if number.is_integer() else str(number), ""


def _answers(cell: str, variable: Variable) -> tuple[str, str]:
    """Return several answers in the scheme's order."""
    place = {value.lower(): value for value in (*variable.values, NONE)}
    parts = [part.strip() for part in _SEPARATORS.split(cell) if part.strip()]
    if cell.lower() in place:
        parts = [cell]
    unknown = [part for part in parts if part.lower() not in place]
    if unknown:
        named = f"holds {unknown[0]!r}, which " if len(parts) > 1 else ""
        return "", named + _unknown(unknown[0], tuple(place.values()))
    chosen = {place[part.lower()] for part in parts}
    if NONE in chosen and len(chosen) > 1:
        return "", f"has {NONE!r} beside another answer; keep one of them"
    return SEPARATOR.join(value for value in (*variable.values, NONE) if value in chosen), ""


def _unknown(cell: str, values: tuple[str, ...]) -> str:
    if cell.startswith(("=", "+", "@")):
        return "is a formula; write the answer itself"
    if spoilt := _spoilt(cell):
        return f"is none of the answers{spoilt}"
    meant = closest(cell, values)
    return "is none of the answers" + (f"; {meant!r} is near" if meant else _named(values))


def _absent(hashes: dict[str, str], seen: dict[tuple[str, str], int]) -> Iterator[Fault]:
    """Name the segments that a coder has left out."""
    for coder in dict.fromkeys(who for _, who in seen):
        for segment in hashes:
            if (segment, coder) not in seen:
                fault = f"{coder}: the segment {segment!r} has no row; add it"
                yield Fault(0, "segment_id", segment, fault)


def _similar_id(segment: str, ids: dict[str, str]) -> str:
    """Return the mend for an id that is not known, such as one that a program has prettified.

    ``ids`` has each known id by its letters and digits.
    """
    meant = ids.get(_letters(segment))
    return f"; {meant!r} is meant" if meant else _spoilt(segment) or _named(tuple(ids.values()))


def _letters(segment: str) -> str:
    return re.sub(r"[\W_]", "", segment).lower()


def _named(known: tuple[str, ...]) -> str:
    return "; known are " + ", ".join(known[:_MAX_NAMED]) + (", …" * (len(known) > _MAX_NAMED))


def _spoilt(cell: str) -> str:
    """Return what a spreadsheet seems to have made of a cell, with the mend; else nothing."""
    if _DATE.fullmatch(cell):
        return "; it looks like a date that the spreadsheet made: format as text, and type again"
    if _SCIENTIFIC.fullmatch(cell):
        return "; it looks like a number that the spreadsheet shortened: format as text"
    return ""
