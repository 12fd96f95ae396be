"""Tables with a text in each row: CSV, JSON lines and Parquet, read row by row."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sco_research.errors import SourceError
from sco_research.loaders.encoding import decode

Row = dict[str, Any]
_SAMPLE = 64_000
_DELIMITERS = ",;\t|"
_BATCH = 1_000
_LONGEST_ROW = 100_000_000


@dataclass(frozen=True, slots=True)
class TableLoader:
    """A form of table: the endings of its files, and how to read its rows with their numbers."""

    name: str
    suffixes: tuple[str, ...]
    rows: Callable[[Path], Iterator[tuple[int, Row]]]


def csv_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield line number and cells of each row of a CSV file.

    The delimiter and the encoding are told from the file's beginning.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    whole = len(sample) < _SAMPLE
    _, encoding = decode(
        sample if whole else sample[: sample.rfind(b"\n") + 1] or sample, where=str(path)
    )
    # The first line names the columns, and no name holds a delimiter.
    first = sample.decode(encoding, "ignore").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, strict=True)
            for row in reader:
                yield reader.line_num, {str(key).strip(): cell for key, cell in row.items() if key}
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path}: a cell is no {encoding} ({error.reason}); save the table as UTF-8"
        ) from None
    except csv.Error as error:
        raise SourceError(f"{path}: not a CSV table ({error}); save it again as CSV") from None


def jsonl_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield line number and fields of each object of a file with one JSON object a line."""
    with path.open("rb") as file:
        lines = iter(lambda: file.readline(_LONGEST_ROW + 1), b"")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            if len(line) > _LONGEST_ROW:
                raise SourceError(
                    f"{path}, line {number}: longer than {_LONGEST_ROW / 1e6:.0f} MB; one object a "
                    "line is meant"
                )
            try:
                row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError) as error:
                raise SourceError(
                    f"{path}, line {number}: no JSON ({str(error)[:80]}); mend the line"
                ) from None
            if not isinstance(row, dict):
                raise SourceError(f'{path}, line {number}: not an object; write {{"text": "…"}}')
            yield number, row


def parquet_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each row of a Parquet file."""
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
                yield 0, dict.fromkeys(file.schema_arrow.names)
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
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
