"""What has been fetched: the pages as they came, and the record of when and with which hash."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sco_research.errors import SourceError
from sco_research.process_lock import write_whole
from sco_research.resources import HOME, home_folder

PAGES = "fetched"
"""The folder of fetched pages in the user's own."""
_RECORD = "ledger.json"


class Ledger:
    """The folder of fetched pages, with one record a document.

    A record holds ``url``, ``file``, ``sha256`` (at first sight), ``bytes``, ``charset``,
    ``first_seen`` and ``checked`` (days), ``etag`` and ``last_modified`` as the server gave them,
    and ``changed`` (hash and day of the last other version seen) where the page changed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home_folder() / PAGES

    def records(self) -> dict[str, dict[str, Any]]:
        """Return every record by id.

        Raises
        ------
        SourceError
            Where the record is no longer readable.
        """
        path = self.folder / _RECORD
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise SourceError(
                f"{path}: the record of what was fetched cannot be read ({error}); delete the file "
                "and fetch again"
            ) from None
        return found if isinstance(found, dict) else {}

    def get(self, id: str) -> dict[str, Any] | None:
        """Return the record of a document, or None."""
        return self.records().get(id)

    def page(self, id: str) -> bytes | None:
        """Return a page as it was fetched, or None where there is none.

        Raises
        ------
        SourceError
            Where the file is no longer the one that was fetched.
        """
        record = self.get(id)
        if record is None:
            return None
        path = self.folder / str(record["file"])
        try:
            data: bytes = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SourceError(
                f"{path}: cannot be read ({error.strerror}); fetch it again"
            ) from None
        if hashlib.sha256(data).hexdigest() != record["sha256"]:
            raise SourceError(
                f"{path}: this is not the page that was fetched on {record['first_seen']}; delete "
                "it and fetch it again"
            )
        return data

    def keep(self, id: str, name: str, data: bytes, **record: object) -> Path:
        """Write a page and its record; either both are there afterwards or neither."""
        path = self.folder / name
        self._write(path, data)
        known = {"file": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        self.note(id, **known, **record)
        return path

    def note(self, id: str, **record: object) -> None:
        """Add to a document's record."""
        records = self.records()
        records[id] = records.get(id, {}) | record
        self._write(self.folder / _RECORD, _written(records))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise SourceError(
                f"{path}: cannot be written ({error.strerror}); name another folder by {HOME}"
            ) from None


def _written(records: Mapping[str, Mapping[str, Any]]) -> bytes:
    return (json.dumps(records, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
