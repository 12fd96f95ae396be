"""Tables with a text in each row: CSV, JSON lines and Parquet, read row by row."""

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from sco_research.errors import SourceError
from sco_research.loaders.dates import parse_date
from sco_research.loaders.encoding import encoding_of_file
from sco_research.text.document import Metadata

Row = dict[str, Any]
_SAMPLE = 64_000
_DELIMITERS = ",;\t|"
_BATCH = 1_000
_LONGEST_ROW = 100_000_000
# What the package tells of the organization is no column.
_TOLD = ("issuer", "organization_from", "profiles")
METADATA_FIELDS = tuple(field.name for field in fields(Metadata) if field.name not in _TOLD)
# What other collections call these fields.
_ALIASES = {
    "organization": ("organisation", "org", "issuer"),
    "language": ("lang",),
    "url": ("source_url", "link"),
    "place": ("location", "city"),
    "date": ("date_adopted", "adoption_date", "adopted"),
}
TEXT_FIELD = "text"
# What a text is called where there is no field of that name.
OTHER_TEXT_FIELDS = (
    "texts",
    "full_text",
    "fulltext",
    "content",
    "body_text",
    "document_text",
    "speech",
)
# Objects that hold what is known of a document, beside its text.
_WRAPPERS = ("docvars", "metadata", "meta", "attributes", "properties")
ID_COLUMNS = ("id", "doc_id", "document_id", "docid")
LANGUAGES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "russian": "ru",
    "chinese": "zh",
    "japanese": "ja",
    "arabic": "ar",
    "portuguese": "pt",
    "italian": "it",
}
# A year or a month is true and no day.
_NO_DAY = re.compile(r"(?:1[89]|20)\d\d(?:[-/.]\d{1,2})?(?:\.0)?")
_LONGEST_NOTE = 200
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*$", re.I)


class TableRow(NamedTuple):
    """One row: its number in the file, its cells by column, and what is wrong with it."""

    number: int
    cells: Row
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TableLoader:
    """A form of table: the endings of its files, and how to read its rows in an encoding."""

    name: str
    suffixes: tuple[str, ...]
    rows: Callable[[Path, str | None], Iterator[TableRow]]


@dataclass(frozen=True, slots=True)
class Record:
    """What one row or one JSON object says of a document.

    Attributes
    ----------
    text : str
        The document's text.
    id : str
        As the row gives it; empty where it gives none.
    metadata : dict
        Values of the fields of `Metadata`; other columns are in the notes.
    notices : tuple of str
        Which columns are in the notes, which are left out, and what cannot be read.
    """

    text: str
    id: str
    metadata: dict[str, Any]
    notices: tuple[str, ...]


def record_of(row: Row, column: str, where: str) -> Record:
    """Return what a row says of a document.

    Parameters
    ----------
    row : dict
        The cells by column.
    column : str
        The column that holds the text.
    where : str
        What to call the row in an error.

    Raises
    ------
    SourceError
        Where it holds no text, or a date in no known form.

    Examples
    --------
    >>> record = record_of({"text": "They met.", "year": 2013, "lang": "en"}, "text", "row 1")
    >>> record.metadata, record.notices
    ({'language': 'en', 'notes': 'year: 2013'}, ('kept in the notes: year',))
    """
    text = row.get(column)
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    if not isinstance(text, str) or not text.strip():
        raise SourceError(f"{where}: the column {column!r} holds no text; fill or delete the row")
    row = _flat({name: value for name, value in row.items() if name != column})
    metadata, notices, used = _known(row, where)
    kept: list[str] = []
    left_out: list[str] = []
    named = ""
    for name, value in row.items():
        if name in used or value is None or value == "":
            continue
        if name.lower() in ID_COLUMNS and not named:
            named = str(value).strip()
        elif isinstance(value, dict | list) or len(str(value)) > _LONGEST_NOTE:
            left_out.append(name)
        else:
            kept.append(name)
    if text.count('"') == 1 and text.endswith('"'):
        notices.append("the text ends with a quotation mark that nothing opens; check the cell")
    if kept:
        said = [f"{name}: {' '.join(str(row[name]).split())}" for name in kept]
        metadata["notes"] = "; ".join(filter(None, [metadata.get("notes", ""), *said]))
        notices.append(f"kept in the notes: {', '.join(kept)}")
    if left_out:
        notices.append(f"left out, as they are long or no single values: {', '.join(left_out)}")
    return Record(text, named, metadata, tuple(notices))


def _flat(row: Row) -> Row:
    """Return a row with the values of its objects and of its lists of values in cells of their own.

    >>> _flat({"docvars": {"year": 2013}, "theme": {"name": "Trade"}, "states": ["A", "B"]})
    {'year': 2013, 'theme.name': 'Trade', 'states': 'A, B'}
    """
    found: Row = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and _are_single(value.values()):
            bare = name.lower() in _WRAPPERS
            for inner, cell in value.items():
                found.setdefault(inner if bare and inner not in row else f"{name}.{inner}", cell)
        elif isinstance(value, list) and value and _are_single(value):
            found[name] = ", ".join(map(str, value))
        else:
            found[name] = value
    return found


def _are_single(values: Iterable[object]) -> bool:
    return not any(isinstance(value, dict | list) for value in values)


def text_column_of(row: Row, wanted: str) -> str:
    """Return the column that holds the text; empty where there is none, or it cannot be told.

    >>> text_column_of({"doc_id": "a", "Text": "They met."}, "text")
    'Text'
    >>> text_column_of({"content": "They met.", "texts": "They parted."}, "text")
    ''
    """
    if wanted in row:
        return wanted
    by_name = {name.lower(): name for name in reversed(row)}
    names = (wanted.lower(), *(OTHER_TEXT_FIELDS if wanted == TEXT_FIELD else ()))
    found = [by_name[name] for name in names if name in by_name]
    return found[0] if len(found) == 1 else ""


def metadata_of(row: Row, where: str) -> dict[str, Any]:
    """Return what a row says of a document; an empty cell says nothing.

    Raises
    ------
    SourceError
        Where the date is in no known form.
    """
    return _known(row, where)[0]


def _known(row: Row, where: str) -> tuple[dict[str, Any], list[str], set[str]]:
    """Return the fields that a row names, what there is to say, and the columns they stand in."""
    by_name = {name.strip().lower(): name for name in reversed(row)}
    found: dict[str, Any] = {}
    notices: list[str] = []
    used: set[str] = set()
    for name in METADATA_FIELDS:
        for other in (name, *_ALIASES.get(name, ())):
            column = by_name.get(other)
            value = row.get(column) if column is not None else None
            if column is None or value is None or isinstance(value, dict | list):
                continue
            if not (words := str(value).strip()):
                continue
            used.add(column)
            if name == "date" and (day := parse_date(words)) is None:
                if not _NO_DAY.fullmatch(words):
                    raise SourceError(
                        f"{where}: the date {words!r} is in no known form; write 2013-09-13"
                    )
                used.discard(column)
                notices.append(f"the date {words!r} is no day")
            else:
                found[name] = day if name == "date" else LANGUAGES.get(words.lower(), words)
            break
    return found, notices, used


def csv_rows(path: Path, encoding: str | None = None) -> Iterator[TableRow]:
    """Yield each row of a CSV file with the number of its last line.

    The delimiter is told from the first line.
    """
    encoding = encoding or encoding_of_file(path)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline(_SAMPLE)
            above = 0
            if stated := _SEPARATOR_LINE.match(first):
                # Excel writes the delimiter into a line of its own.
                above, first = 1, file.readline(_SAMPLE)
            delimiter = _delimiter(first, path) if stated is None else stated[1]
            file.seek(0)
            for _ in range(above):
                file.readline()
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
            number = reader.line_num + above
            twice = [name for name, count in Counter(filter(None, names)).items() if count > 1]
            if twice:
                raise SourceError(
                    f"{path}, row {number}: the column {twice[0]!r} is named twice; rename one"
                )
            for cells in reader:
                number = reader.line_num + above
                if not cells:
                    continue
                surplus = [cell for cell in cells[len(names) :] if cell.strip()]
                fault = ""
                if surplus:
                    fault = (
                        f"{len(cells)} cells stand under {len(names)} columns, the last is "
                        f"{surplus[-1][:40]!r}; put a cell that holds {delimiter!r} into quotes"
                    )
                padded = [*cells, *[None] * (len(names) - len(cells))]
                row = {name: cell for name, cell in zip(names, padded, strict=False) if name}
                yield TableRow(number, row, fault)
    except LookupError:
        raise SourceError(
            f"{path}: encoding {encoding!r} is unknown; name one like cp1252"
        ) from None
    except UnicodeError as error:
        reason = getattr(error, "reason", None) or str(error)
        raise SourceError(
            f"{path}: a cell is no {encoding} ({reason}); save the table as UTF-8"
        ) from None
    except csv.Error as error:
        raise SourceError(
            f"{path}, below row {number}: not a CSV table ({error}); save it again as CSV"
        ) from None


def _delimiter(first: str, path: Path) -> str:
    """Return what divides the names of columns: no name holds a delimiter, but in quotes."""
    plain = re.sub(r'"[^"]*"', "", first)
    if path.suffix.lower() == ".tsv" and "\t" in plain:
        return "\t"
    return max(_DELIMITERS, key=plain.count)


def jsonl_rows(path: Path, encoding: str | None = None) -> Iterator[TableRow]:
    """Yield each object of a file with one JSON object a line, with its line."""
    encoding = encoding or encoding_of_file(path)
    with path.open("rb") as binary, io.TextIOWrapper(binary, encoding, newline="\n") as file:
        lines = iter(lambda: file.readline(_LONGEST_ROW + 1), "")
        number = 0
        try:
            for number, line in enumerate(lines, start=1):
                if not line.strip("\ufeff \t\r\n"):
                    continue
                if len(line) > _LONGEST_ROW:
                    raise SourceError(
                        f"{path}, line {number}: longer than {_LONGEST_ROW / 1e6:.0f} MB; one "
                        "object a line is meant"
                    )
                yield TableRow(number, json_object(line.lstrip("\ufeff"), f"{path}, line {number}"))
        except UnicodeError:
            raise SourceError(
                f"{path}, below line {number}: no {encoding}; save the file as UTF-8"
            ) from None


def json_object(text: str, where: str) -> Row:
    """Return the fields of a JSON object.

    Raises
    ------
    SourceError
        Where the text is no JSON, no object, or names a field twice.
    """
    try:
        row = json.loads(text, object_pairs_hook=unique_fields)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: no JSON ({str(error)[:80]}); mend the line") from None
    if not isinstance(row, dict):
        raise SourceError(f'{where}: not an object; write {{"text": "…"}}')
    return row


def unique_fields(pairs: list[tuple[str, Any]]) -> Row:
    """Return the fields of a JSON object; ValueError where one is named twice."""
    found: Row = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the field {name!r} is named twice")
        found[name] = value
    return found


def parquet_rows(path: Path, encoding: str | None = None) -> Iterator[TableRow]:
    """Yield each row of a Parquet file, which says itself how its text is encoded."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise SourceError(
            f"{path}: Parquet needs pyarrow; pip install 'sco-research[parquet]'"
        ) from None
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            if not file.metadata.num_rows:
                yield TableRow(0, dict.fromkeys(file.schema_arrow.names))
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield TableRow(number, row)
    # A value that a damaged page spoils is no text, no number or no day of the column's kind.
    except (pa.ArrowException, OSError, ValueError, ArithmeticError) as error:
        reason = str(error).split("\n")[0][:100]
        raise SourceError(f"{path}: not a Parquet file ({reason}); write it again") from None


TABLES = (
    TableLoader("csv", (".csv", ".tsv"), csv_rows),
    TableLoader("jsonl", (".jsonl", ".ndjson"), jsonl_rows),
    TableLoader("parquet", (".parquet", ".pq"), parquet_rows),
)


def table_loader(path: Path) -> TableLoader | None:
    """Return the loader of a table, told by the file's name."""
    suffix = path.suffix.lower()
    return next((loader for loader in TABLES if suffix in loader.suffixes), None)
