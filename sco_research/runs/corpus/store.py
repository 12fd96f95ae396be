"""The folder of a dataset: its parts, the records of its chunks, and its settings."""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sco_research import __version__
from sco_research.coding.codebooks.loading import load_codebook
from sco_research.errors import OutputError
from sco_research.organizations import issuer
from sco_research.process_lock import write_whole
from sco_research.reports import fingerprints
from sco_research.runs.corpus.analyses import FAULTS, Settings
from sco_research.text.document import Document

RECORD = "dataset.json"
FAULTS_TABLE = "faults"
_CHUNKS = "chunks"
_DIGITS = 12
_OF_THE_STREAM = "part-stream.parquet"


@dataclass(frozen=True, slots=True)
class Made:
    """A chunk's tables as files, with their rows."""

    documents: int
    rows: dict[str, int]
    files: dict[str, bytes]


class Store:
    """A dataset's folder.

    Parameters
    ----------
    folder : Path
        The dataset's folder, new or not.
    settings : Settings
        The settings of the run.
    chunk : int
        Documents in a part.

    Raises
    ------
    OutputError
        Where the folder cannot be written, holds other files, or a dataset of other settings.
    """

    def __init__(self, folder: Path, settings: Settings, chunk: int) -> None:
        self.folder = folder
        self.documents = 0
        self.computed = 0
        self.rows = Counter[str](dict.fromkeys((*settings.analyses, FAULTS_TABLE), 0))
        self._tables = (*settings.analyses, FAULTS_TABLE)
        self._chunks = 0
        self._faults: list[tuple[str, str, str]] = []
        self._made_with = _description(settings, chunk)
        self._code = fingerprints.package_hash() + fingerprints.data_hash()
        try:
            self._open()
        except OSError as error:
            raise self._cannot_write(error) from None

    def _open(self) -> None:
        record = self.folder / RECORD
        if record.is_file():
            old = _read(record)
            if old.get("settings") != self._made_with:
                raise OutputError(
                    f"{self.folder}: there is a dataset with other settings here "
                    f"({_difference(old.get('settings', {}), self._made_with)}); name another "
                    "folder, or delete this one"
                )
        elif self.folder.exists() and any(self.folder.iterdir()):
            raise OutputError(f"{self.folder}: there are other files here; name a new folder")
        for name in (*self._tables, _CHUNKS):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._record(complete=False)

    def key(self, documents: Sequence[Document]) -> str:
        """Return the hash of what a chunk depends on: documents, settings and our own code."""
        digest = hashlib.sha256(json.dumps(self._made_with, sort_keys=True).encode())
        digest.update(self._code.encode())
        for document in documents:
            digest.update(f"{document.id}\0{document.sha256}\0{document.metadata!r}\0".encode())
            for profile in issuer(document).profiles:
                digest.update(f"{profile.id}\0{profile.sha256}\0".encode())
        return digest.hexdigest()

    def has(self, number: int, key: str) -> bool:
        """Return whether a chunk is done, and count it where it is."""
        record = _read(self._chunk(number))
        sizes = record.get("bytes", {})
        if record.get("key") != key or set(sizes) != set(self._tables):
            return False
        for name, size in sizes.items():
            path = self._part(name, number)
            if not path.is_file() or path.stat().st_size != size:
                return False
        self._count(number, int(record["documents"]), record["rows"])
        return True

    def write(self, number: int, key: str, made: Made) -> None:
        """Put a chunk's parts in place, and then its record."""
        record = {
            "key": key,
            "documents": made.documents,
            "rows": made.rows,
            "bytes": {name: len(data) for name, data in made.files.items()},
        }
        try:
            for name, data in made.files.items():
                write_whole(self._part(name, number), data)
            write_whole(self._chunk(number), _json(record))
        except OSError as error:
            raise self._cannot_write(error) from None
        self.computed += made.documents
        self._count(number, made.documents, made.rows)

    def fault(self, document_id: str, analysis: str, reason: str) -> None:
        """Record what is wrong with the stream itself."""
        self._faults.append((document_id, analysis, reason))

    def finish(self) -> pd.DataFrame:
        """Remove parts of an earlier, longer corpus; write the record; return the faults."""
        faults = FAULTS.frame(self._faults)
        try:
            for name in (*self._tables, _CHUNKS):
                for path in (self.folder / name).iterdir():
                    number = path.stem.rpartition("-")[2]
                    if not number.isdigit() or int(number) >= self._chunks:
                        path.unlink()
            if len(faults):
                write_whole(self.folder / FAULTS_TABLE / _OF_THE_STREAM, parquet(faults))
                self.rows[FAULTS_TABLE] += len(faults)
            self._record(complete=True)
        except OSError as error:
            raise self._cannot_write(error) from None
        return pd.read_parquet(self.folder / FAULTS_TABLE) if self.rows[FAULTS_TABLE] else faults

    def _count(self, number: int, documents: int, rows: Mapping[str, int]) -> None:
        self.documents += documents
        self.rows.update(rows)
        self._chunks = max(self._chunks, number + 1)

    def _record(self, *, complete: bool) -> None:
        record = {
            "software": {"name": "sco_research", "version": __version__},
            "settings": self._made_with,
            "complete": complete,
            "documents": self.documents,
            "rows": dict(self.rows),
        }
        write_whole(self.folder / RECORD, _json(record))

    def _part(self, table: str, number: int) -> Path:
        return self.folder / table / f"part-{number:06d}.parquet"

    def _chunk(self, number: int) -> Path:
        return self.folder / _CHUNKS / f"chunk-{number:06d}.json"

    def _cannot_write(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self.folder}: cannot be written ({error.strerror or error}); make room or choose "
            "another folder, and call again: finished chunks are kept"
        )


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet, numbers rounded to the digits that hold wherever it was made.

    Columns of dtype object hold lists of words, in every part alike, even in one without any.
    """
    floats = [name for name in table.columns if pd.api.types.is_float_dtype(table[name])]
    rounded = {name: _significant(table[name].to_numpy(dtype=float)) for name in floats}
    buffer = io.BytesIO()
    rows = table.assign(**rounded)
    schema = pa.Schema.from_pandas(rows, preserve_index=False)
    for name in rows.columns[[kind == np.dtype(object) for kind in rows.dtypes]]:
        words = pa.field(name, pa.list_(pa.string()))
        schema = schema.set(schema.get_field_index(name), words)
    rows.to_parquet(buffer, index=False, compression="zstd", schema=schema)
    return buffer.getvalue()


def _significant(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round to `_DIGITS`: the order of a sum depends on the words that a worker has met before."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = _DIGITS - 1 - np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** np.clip(places, -300, 300)
        rounded = np.rint(values * scale) / scale
    return np.where(np.isfinite(rounded), rounded, values)


def _description(settings: Settings, chunk: int) -> dict[str, Any]:
    """Return the settings of a dataset, as its record keeps them."""
    reference = settings.reference
    return {
        "analyses": list(settings.analyses),
        "reference": {"id": reference.id, "sha256": reference.sha256} if reference else None,
        "codebook": load_codebook(settings.codebook).edition,
        "max_keywords": settings.max_keywords,
        "chunk": chunk,
    }


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    names = [name for name in new if old.get(name) != new[name]]
    return "; ".join(f"{name} was {old.get(name)}, is {new[name]}" for name in names)


def _read(path: Path) -> dict[str, Any]:
    """Return a record; an empty one where it is missing or cannot be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
