"""JSON: a record with a text and what is known of it, or many of them."""

import json
from pathlib import Path

from sco_research.errors import SourceError
from sco_research.loaders.source import ParsedSource, Source
from sco_research.loaders.tables import (
    ID_COLUMNS,
    OTHER_TEXT_FIELDS,
    TEXT_FIELD,
    Row,
    json_object,
    record_of,
    text_column_of,
    unique_fields,
)

SUFFIXES = (".json",)
_MAX_NAMES = 12
_LONGEST_NAME = 40


def recognises(source: Source) -> bool:
    """Return whether a source is named as JSON, or is JSON from its first sign to its last."""
    if source.suffix in SUFFIXES:
        return True
    if source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    try:
        return bool(records_of(source.text, source.where))
    except SourceError:
        return False


def read(source: Source) -> ParsedSource:
    """Read the one record of a source.

    Raises
    ------
    SourceError
        Where it is no JSON, holds many records, or none with a text.
    """
    records = records_of(source.text, source.where)
    if len(records) > 1:
        raise SourceError(
            f"{source.where}: this JSON holds {len(records)} records; load it with load_corpus"
        )
    record = record_of(records[0], text_field(records[0], TEXT_FIELD, source.where), source.where)
    return ParsedSource(
        record.text, (0, len(record.text)), notices=record.notices, **record.metadata
    )


def id_in(source: Source) -> str:
    """Return the id that the one record of a source names; empty where it names none."""
    if source.suffix not in SUFFIXES:
        return ""
    try:
        records = records_of(source.text, source.where)
    except SourceError:
        return ""
    names = (records[0].get(name) for name in ID_COLUMNS) if len(records) == 1 else ()
    return next((str(name).strip() for name in names if name not in (None, "")), "")


def json_rows(path: Path, encoding: str | None = None) -> list[Row]:
    """Return the records of a file.

    Raises
    ------
    SourceError
        Where it is no JSON, or holds no records.
    """
    source = Source(path.read_bytes(), str(path), suffix=path.suffix.lower(), encoding=encoding)
    return records_of(source.text, source.where)


def text_field(record: Row, wanted: str, where: str) -> str:
    """Return the field that holds the text of a record.

    Raises
    ------
    SourceError
        Where there is none, or which one it is cannot be told.
    """
    if column := text_column_of(record, wanted):
        return column
    names = [" ".join(name.split())[:_LONGEST_NAME] for name in record]
    fields = ", ".join(names[:_MAX_NAMES]) or "none"
    raise SourceError(
        f"{where}: no field {wanted!r}; it has {fields}: rename the one with the text, or name "
        "it by text_column"
    )


def records_of(text: str, where: str) -> list[Row]:
    """Return the records of a JSON text: one object, a list of objects, or one a line.

    Raises
    ------
    SourceError
        Where it is no JSON, or holds no records.

    Examples
    --------
    >>> records_of('[{"text": "They met."}, {"text": "They parted."}]', "a.json")
    [{'text': 'They met.'}, {'text': 'They parted.'}]
    """
    text = text.lstrip("\ufeff")
    try:
        value = json.loads(text, object_pairs_hook=unique_fields)
    except (ValueError, RecursionError) as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
        first = lines[0][1].strip() if lines else ""
        if not (first.startswith("{") and first.endswith("}")):
            raise SourceError(f"{where}: no JSON ({str(error)[:80]}); mend the file") from None
        return [json_object(line, f"{where}, line {number}") for number, line in lines]
    records = _unwrapped(value)
    if not records:
        raise SourceError(
            f'{where}: this JSON holds no records; write {{"text": "…"}} or a list of such'
        )
    return records


def _unwrapped(value: object) -> list[Row]:
    """Return the records in a value, which may wrap them or hold them column by column."""
    if isinstance(value, list):
        rows = [item for item in value if isinstance(item, dict)]
        if len(rows) < len(value):
            return []
        # A search engine wraps each record.
        wrapped = [row.get("_source") for row in rows]
        inner = [item for item in wrapped if isinstance(item, dict)]
        return inner if inner and len(inner) == len(rows) else rows
    if not isinstance(value, dict):
        return []
    if by_column := _by_column(value):
        return by_column
    if value and not _have_text([value]):
        inside = (item for item in value.values() if isinstance(item, list | dict) and item)
        found = [rows for rows in map(_unwrapped, inside) if rows and _have_text(rows)]
        if len(found) == 1:
            return found[0]
        if len(found) == len(value) and all(isinstance(item, dict) for item in value.values()):
            # An object that calls each record by its id.
            return [{"doc_id": name, **item} for name, item in value.items()]
    return [value] if value else []


def _have_text(rows: list[Row]) -> bool:
    names = (TEXT_FIELD, *OTHER_TEXT_FIELDS)
    return any(isinstance(rows[0].get(name), str | list) for name in names)


def _by_column(value: Row) -> list[Row]:
    """Return the records of a table that is written column by column; none where it is not."""
    columns = {
        name: list(cells.values()) if isinstance(cells, dict) else cells
        for name, cells in value.items()
    }
    texts = columns.get(TEXT_FIELD)
    if not isinstance(texts, list) or len(columns) < 2:
        return []
    if not all(isinstance(cells, list) and len(cells) == len(texts) for cells in columns.values()):
        return []
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
