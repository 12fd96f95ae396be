"""What a source names: a file, a folder, a pattern, an archive, a table, a manifest.

Documents are found one by one and not yet read.
"""

import glob
import os
import re
import stat
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from zipfile import ZipFile, ZipInfo

from sco_research.errors import SourceError
from sco_research.loaders.archive import members_of, open_archive, read_member
from sco_research.loaders.document import NO_NAME, is_known, is_lock_file, load_document
from sco_research.loaders.formats import json_records
from sco_research.loaders.registry import filled_in, head_of, id_of, open_source, suffixes
from sco_research.loaders.source import ParsedSource, Source
from sco_research.loaders.tables import (
    METADATA_FIELDS,
    TEXT_FIELD,
    Row,
    TableRow,
    metadata_of,
    record_of,
    table_loader,
    text_column_of,
)
from sco_research.organizations.issuer import recognised
from sco_research.resources import file_text
from sco_research.text.document import Document

# Device and number: what a file or a folder is, whatever it is called.
_Identity: TypeAlias = tuple[int, int]
_FOLDER = "/"
_FILE_COLUMNS = ("file", "path")
_MAX_NAMES = 5
_LONGEST_NAME = 40
# What a report's folder and a dataset hold, and what a batch writes beside its reports.
_RESULTS = ({"provenance.json", "ro-crate-metadata.json"}, {"dataset.json", "chunks"})
_BATCH_LOG = "run-log.jsonl"
_OF_A_BATCH = {_BATCH_LOG, "batch.csv", "index.html"}
_NO_TEXT = re.compile(r": no field |holds no records")
_COPY = re.compile(r"(?P<before>.+?)(?: - Copy)?(?: ?\(\d{1,2}\)| - Copy)|Copy of (?P<after>.+)")


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder and of those below it that a loader reads, in order of name.

    Raises
    ------
    SourceError
        Where there is none.
    """
    wanted = suffixes()
    found = [path for path in files_below(folder, _ignore) if path.suffix.lower() in wanted]
    if not found:
        raise _nothing_in(folder)
    return found


def _ignore(said: str) -> None:
    """Ignore what cannot be followed, or is passed over."""


def _named(names: list[str]) -> str:
    return ", ".join(names[:_MAX_NAMES]) + (", …" if len(names) > _MAX_NAMES else "")


def _nothing_in(folder: Path) -> SourceError:
    return SourceError(
        f"{folder}: the folder holds no file that a loader reads "
        f"({', '.join(sorted(suffixes()))}); name another folder"
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One document to be: what to call it, and how to load it."""

    where: str
    load: Callable[[], Document]


class Gatherer:
    """Finds the documents of sources; what it cannot read it says, and goes on."""

    def __init__(
        self,
        text_column: str,
        encoding: str | None,
        complain: Callable[[str], None],
        notice: Callable[[str], None],
    ) -> None:
        self._text_column = text_column
        self._encoding = encoding
        self._complain = complain
        self._notice = notice

    def items(self, sources: Iterable[str | Path]) -> Iterator[Item]:
        """Yield the documents of each source in turn."""
        for source in sources:
            try:
                yield from self._items_of(source)
            except SourceError as error:
                self._complain(str(error))

    def _items_of(self, source: str | Path) -> Iterator[Item]:
        name = str(source)
        path = Path(source)
        if not name.strip():
            raise SourceError(NO_NAME)
        if is_known(name):
            yield Item(name, partial(load_document, name))
        elif stat.S_ISDIR(mode := _mode(path)):
            yield from self._folder(path)
        elif not mode and any(sign in name for sign in "*?["):
            yield from self._glob(name)
        elif path.suffix.lower() == ".zip":
            yield from self._archive(path)
        elif path.suffix.lower() == ".toml":
            yield from self._toml_manifest(path)
        elif (loader := table_loader(path)) and stat.S_ISREG(mode):
            yield from self._table(path, loader.rows(path, self._encoding))
        elif path.suffix.lower() in json_records.SUFFIXES and stat.S_ISREG(mode):
            yield from self._records(path, id_of(path.stem))
        else:
            yield self._file(path)

    def _file(self, path: Path, name: str | None = None) -> Item:
        load = partial(load_document, path, id=name, encoding=self._encoding)
        return Item(str(path), load)

    def _folder(self, folder: Path) -> Iterator[Item]:
        wanted = suffixes()
        passed: list[str] = []
        needless: list[str] = []
        results: list[str] = []
        count = 0
        for path in files_below(
            folder, self._complain, on_results=results.append, on_needless=needless.append
        ):
            inner = path.relative_to(folder)
            name = id_of("-".join((*inner.parts[:-1], inner.stem)))
            suffix = inner.suffix.lower()
            if is_lock_file(path.name) or _is_copy(path):
                needless.append(inner.as_posix())
            elif suffix in json_records.SUFFIXES:
                try:
                    items = list(self._records(path, name))
                except SourceError as error:
                    if not _NO_TEXT.search(str(error)):
                        self._complain(str(error))
                        count += 1
                        continue
                    passed.append(inner.as_posix())
                    continue
                count += len(items)
                yield from items
            elif suffix in wanted:
                count += 1
                yield self._file(path, name)
            else:
                passed.append(inner.as_posix())
        self._say_needless(str(folder), needless)
        self._say_passed_over(str(folder), passed)
        if results:
            self._notice(f"{folder}: results of this package passed over: {_named(results)}")
        if not count:
            raise _nothing_in(folder)

    def _say_passed_over(self, where: str, passed: list[str]) -> None:
        if passed:
            noun = "file" if len(passed) == 1 else "files"
            self._notice(
                f"{where}: {len(passed)} {noun} of no known form passed over: {_named(passed)}"
            )

    def _say_needless(self, where: str, names: list[str]) -> None:
        if names:
            self._notice(f"{where}: lock files, copies and links passed over: {_named(names)}")

    def _records(self, path: Path, name: str) -> Iterator[Item]:
        """Yield the records of a JSON file: one is a document by itself, many are rows."""
        column = self._text_column
        records = json_records.json_rows(path, self._encoding)
        column = json_records.text_field(records[0], column, str(path))
        for number, row in enumerate(records, start=1):
            where = f"{path}, record {number}" if len(records) > 1 else str(path)
            if len(records) == 1 and self._text_column == TEXT_FIELD:
                key = json_records.id_in(Source(path.read_bytes(), str(path), suffix=".json"))
                yield self._file(path, id_of(key) if key else name)
            else:
                own = json_records.text_field(row, column, where) if column not in row else column
                key = name if len(records) == 1 else f"{name}-{number}"
                yield Item(where, partial(_row_document, row, own, where, key))

    def _glob(self, pattern: str) -> Iterator[Item]:
        paths = map(Path, matches(pattern))
        found = [path for path in paths if not path.is_dir()]
        files = [path for path in found if not is_lock_file(path.name)]
        self._say_needless(pattern, [path.name for path in found if is_lock_file(path.name)])
        if not files:
            raise SourceError(f"{pattern}: no file matches; check the pattern")
        for path in files:
            try:
                yield from self._items_of(path)
            except SourceError as error:
                self._complain(str(error))

    def _archive(self, path: Path) -> Iterator[Item]:
        if not path.is_file():
            yield self._file(path)
            return
        wanted = suffixes()
        passed: list[str] = []
        with open_archive(path, str(path)) as archive:
            for member, fault in members_of(archive):
                inner = PurePosixPath(member.filename)
                where = f"{path}, {member.filename}"
                if fault:
                    self._complain(f"{where}: {fault}")
                elif any(part.startswith((".", "__MACOSX")) for part in inner.parts):
                    continue
                elif is_lock_file(inner.name):
                    self._say_needless(str(path), [member.filename])
                elif inner.suffix.lower() not in wanted:
                    passed.append(member.filename)
                else:
                    name = id_of("-".join((*inner.parent.parts, inner.stem)))
                    yield Item(where, partial(self._member, archive, member, where, name))
        self._say_passed_over(str(path), passed)

    def _member(self, archive: ZipFile, member: ZipInfo, where: str, name: str) -> Document:
        data = read_member(archive, member, where)
        suffix = PurePosixPath(member.filename).suffix.lower()
        source = Source(data, where, suffix=suffix, encoding=self._encoding)
        return open_source(source, id=name)

    def _table(self, path: Path, rows: Iterator[TableRow]) -> Iterator[Item]:
        first = next(rows, None)
        if first is None:
            raise SourceError(f"{path}: the table holds no rows; write one for each text")
        column = text_column_of(first.cells, self._text_column)
        if not column:
            if file := _file_column(first.cells):
                yield from self._manifest(path, chain([first], rows), file)
                return
            names = [" ".join(name.split())[:_LONGEST_NAME] for name in first.cells]
            raise SourceError(
                f"{path}: no column {self._text_column!r}; it has {', '.join(names) or 'none'}: "
                "name the one with the text by text_column, or the one with file names 'file'"
            )
        for number, cells, fault in chain([first], rows):
            where = f"{path}, row {number}"
            if fault:
                self._complain(f"{where}: {fault}")
            elif number:
                key = f"{id_of(path.stem)}-{number}"
                yield Item(where, partial(_row_document, cells, column, where, key))

    def _toml_manifest(self, path: Path) -> Iterator[Item]:
        rows = _toml_rows(path)
        column = next(filter(None, map(_file_column, rows)), _FILE_COLUMNS[0])
        numbered = (TableRow(number, row) for number, row in enumerate(rows, start=1))
        yield from self._manifest(path, numbered, column)

    def _manifest(self, path: Path, rows: Iterable[TableRow], column: str) -> Iterator[Item]:
        for number, row, fault in rows:
            where = f"{path}, row {number}"
            if fault:
                self._complain(f"{where}: {fault}")
                continue
            name = str(row.get(column) or "").strip()
            if not name:
                self._complain(f"{where}: names no {column}; write the file's path there")
                continue
            file = path.parent / name
            if not is_known(name) and not _mode(file):
                self._complain(f"{where}: no such file: {file}; mend the path or delete the row")
                continue
            yield Item(where, partial(self._listed, name, file, row, where))

    def _listed(self, name: str, file: Path, row: Row, where: str) -> Document:
        key = str(row.get("id") or "").strip() or None
        if is_known(name):
            document = load_document(name, id=key)
        else:
            document = load_document(file, id=key, encoding=self._encoding)
        known = metadata_of(row, where)
        metadata = replace(document.metadata, **known)
        if "organization" in known:
            metadata = recognised(metadata, where="manifest")
        return replace(document, metadata=metadata)


def listed_documents(path: Path) -> Iterator[str | Path]:
    """Yield what a manifest names: known documents, and files that are there.

    There is none where it is no manifest.
    """
    loader = table_loader(path)
    try:
        if path.suffix.lower() == ".toml":
            rows = iter(_toml_rows(path))
        else:
            rows = (row.cells for row in loader.rows(path, None)) if loader else iter(())
        first = next(rows, None)
        column = _file_column(first) if first else None
        if column is None:
            return
        for row in chain([first or {}], rows):
            name = str(row.get(column) or "").strip()
            file = path.parent / name
            if is_known(name):
                yield name
            elif name and stat.S_ISREG(_mode(file)):
                yield file
    except (SourceError, OSError):
        return  # who reads it says what is wrong with it


def _toml_rows(path: Path) -> list[Row]:
    try:
        found = tomllib.loads(file_text(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read ({reason}); mend the manifest") from None
    rows = found.get("document")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceError(
            f'{path}: no [[document]]; write one for each file, with file = "…" in it'
        )
    return rows


def _file_column(row: Row) -> str | None:
    return next((name for name in _FILE_COLUMNS if name in row), None)


def _row_document(row: Row, column: str, where: str, name: str) -> Document:
    record = record_of(row, column, where)
    key, notices = record.id or name, record.notices
    if record.id and not row.get("id") and id_of(record.id) != record.id:
        key = id_of(record.id)
        notices = (*notices, f"the id {record.id!r} is written {key!r}")
    text = record.text
    reading = filled_in(ParsedSource(text, (0, len(text)), notices=notices, **record.metadata))
    known = {field: getattr(reading, field) for field in METADATA_FIELDS}
    document = Document.from_text(text, id=key, **known)
    head, opening = head_of(reading)
    metadata = recognised(document.metadata, header=head, opening=opening, where="table")
    return replace(
        document,
        metadata=metadata,
        body=reading.body,
        notices=(*document.notices, *reading.notices),
    )


def _is_copy(path: Path) -> bool:
    """Return whether a file is named as a copy of another beside it and has its bytes."""
    named = _COPY.fullmatch(path.stem)
    if named is None:
        return False
    original = path.with_name(f"{named['before'] or named['after']}{path.suffix}")
    try:
        same_size = original.is_file() and original.stat().st_size == path.stat().st_size
        return same_size and original.read_bytes() == path.read_bytes()
    except OSError:
        return False


def matches(pattern: str) -> list[str]:
    """Return the paths that a pattern matches, in order; pathlib's own takes no absolute one."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - as said above


def files_below(
    folder: Path,
    complain: Callable[[str], None],
    *,
    on_results: Callable[[str], None] = _ignore,
    on_needless: Callable[[str], None] = _ignore,
) -> Iterator[Path]:
    """Yield the files of a folder and of those below it, in order of name; hidden ones are not.

    Links are followed, but none back to a folder that it lies in, and none to what is found anyhow:
    each file is there once, by its own name where that is in the folder. Reports and datasets below
    the folder were made of its documents and are none of them.

    Parameters
    ----------
    folder : Path
        Where to look.
    complain : callable
        Told every folder and link that cannot be followed.
    on_results : callable
        Told every folder of results, by its path below the folder.
    on_needless : callable
        Told every link to what is found anyhow, by its path below the folder.
    """
    found = _Found(complain)
    try:
        own = _identity(folder.stat())
    except OSError as error:
        complain(f"{folder}: cannot be read ({error.strerror}); check its permissions")
        return
    found.look(folder, (own,))
    # A link adds what has no other name here: it waits until all that has one is found.
    while found.links:
        path, above = found.links.popleft()
        found.follow(path, above, on_needless=lambda path: on_needless(_inner(path, folder)))
    for path in sorted((*found.files, *found.results), key=lambda path: path.parts):
        if path in found.results:
            on_results(_inner(path, folder))
        else:
            yield path


def _inner(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


@dataclass(slots=True)
class _Found:
    """What is found below a folder, and the links that are not followed yet.

    ``seen`` holds the folders and files found, files with the ending that says how they are read; a
    link comes with the folders that it lies in.
    """

    complain: Callable[[str], None]
    files: list[Path] = field(default_factory=list)
    results: set[Path] = field(default_factory=set)
    links: deque[tuple[Path, tuple[_Identity, ...]]] = field(default_factory=deque)
    seen: set[tuple[_Identity, str]] = field(default_factory=set)

    def look(self, folder: Path, above: tuple[_Identity, ...]) -> None:
        """Find the files below a folder, which is the last of those above them."""
        self.seen.add((above[-1], _FOLDER))
        try:
            with os.scandir(folder) as entries:
                held = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.complain(f"{folder}: cannot be read ({error.strerror}); check its permissions")
            return
        names = {entry.name for entry in held}
        # The folder that was named is not one of them: whoever names it wants what is in it.
        if len(above) > 1 and any(marks <= names for marks in _RESULTS):
            self.results.add(folder)
            return
        needless = _OF_A_BATCH if _BATCH_LOG in names else set()
        for entry in held:
            path = Path(entry.path)
            if entry.name.startswith(".") or entry.name in needless:
                continue
            if entry.is_symlink():
                self.links.append((path, above))
            elif entry.is_dir():
                self.look(path, (*above, _identity(path.stat())))
            else:
                self.files.append(path)
                self.seen.add(((above[-1][0], entry.inode()), path.suffix.lower()))

    def follow(
        self, path: Path, above: tuple[_Identity, ...], *, on_needless: Callable[[Path], None]
    ) -> None:
        """Find what a link leads to, unless it is found already."""
        try:
            status = path.stat()
        except OSError as error:
            self.complain(f"{path}: a link that leads nowhere ({error.strerror}); delete it")
            return
        own, is_folder = _identity(status), stat.S_ISDIR(status.st_mode)
        kind = _FOLDER if is_folder else path.suffix.lower()
        if is_folder and own in above:
            self.complain(f"{path}: a link back to a folder that it lies in; delete it")
        elif (own, kind) in self.seen:
            on_needless(path)
        elif is_folder:
            self.look(path, (*above, own))
        else:
            self.files.append(path)
            self.seen.add((own, kind))


def _mode(path: Path) -> int:
    """Return what a path is, as `stat` tells it; 0 where it is nothing, or no path can be so."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _identity(status: os.stat_result) -> _Identity:
    return status.st_dev, status.st_ino
