"""Job lists in CSV or TOML: a row names a document, with its own notebook and parameters."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sco_research.errors import ParameterError
from sco_research.loaders.catalogue import catalogue
from sco_research.resources import file_text, read_file

_COLUMNS = ("document", "notebook", "folder", "formats")


@dataclass(frozen=True, slots=True)
class JobRow:
    """One document to be reported on.

    Attributes
    ----------
    document : str
        A catalogue id or a path.
    notebook : str
        A notebook; empty for the notebooks of the call.
    folder : str
        The report's name; empty for the notebook's name.
    formats : tuple of str
        The formats of its pages; empty for those of the call.
    values : mapping of str to object
        Its parameters.
    source, where : str
        The list, and the row in it, as messages name them; empty where there is no list.
    columns : tuple of str
        The parameters that are columns of the list, whether or not this row has a value.
    """

    document: str
    notebook: str = ""
    folder: str = ""
    formats: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    where: str = ""
    columns: tuple[str, ...] = ()


def read_rows(path: Path, faults: list[str]) -> list[JobRow]:
    """Return the rows of a job list, and add to the faults what is wrong in it.

    Its paths are relative to the list's own folder. In CSV the columns ``document``, ``notebook``,
    ``folder`` and ``formats`` say what is run, every other column is a parameter, and an empty cell
    leaves its default. In TOML each ``[[job]]`` has the same keys, and ``parameters`` a table.
    """
    rows: list[JobRow] = []
    before = len(faults)
    try:
        # One by one: rows before a broken one are checked too.
        for row in LISTS[path.suffix.lower()](path, faults):
            rows.append(row)  # noqa: PERF402 - extend may drop them where an error interrupts it
    except UnicodeDecodeError:
        faults.append(f"{path}: the file is not UTF-8; save it as UTF-8")
    except OSError as error:
        faults.append(f"{path}: cannot be read ({error.strerror}); name another")
    except (csv.Error, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path}: {error}; correct the file")
    if not rows and len(faults) == before:
        faults.append(f"{path}: the list holds no job; add a row with a document")
    return rows


def _csv_rows(path: Path, faults: list[str]) -> Iterator[JobRow]:
    with io.StringIO(read_file(path).decode("utf-8-sig"), newline="") as file:
        reader = csv.reader(file, strict=True)
        header = [name.strip() for name in next(reader, [])]
        if "document" not in header:
            faults.append(f"{path}: no column is called 'document'; {_header_hint(header)}")
            return
        repeated = sorted({name for name in header if header.count(name) > 1})
        faults += [f"{path}: column {name!r} is named twice; delete one" for name in repeated]
        columns = tuple(name for name in header if name and name not in _COLUMNS)
        for number, cells in enumerate(reader, start=2):
            where = f"{path}, row {number}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                faults.append(
                    f"{where}: it has {len(cells)} cells, the header {len(header)}; make them equal"
                )
                continue
            filled = {
                name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()
            }
            for row in _row(path, where, filled, filled, faults):
                yield replace(row, columns=columns)


def _header_hint(header: list[str]) -> str:
    """Return how to correct a header without a column of documents."""
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and "document" in header[0].split(sign):
            return f"its columns are separated by {name}: save it with commas"
    if "text" in header:
        return "name the column so, or give a table of texts to sco-research corpus"
    return "name the column so"


def _toml_rows(path: Path, faults: list[str]) -> Iterator[JobRow]:
    table = tomllib.loads(file_text(path))
    unknown = sorted(table.keys() - {"job"})
    faults += [f"{path}: unknown key {name!r}; it takes [[job]] alone" for name in unknown]
    jobs = table.get("job", [])
    if not isinstance(jobs, list):
        faults.append(f"{path}: 'job' is not a list; write [[job]]")
        return
    for number, job in enumerate(jobs, start=1):
        where = f"{path}, job {number}"
        known = (*_COLUMNS, "parameters")
        unknown = sorted(job.keys() - set(known))
        takes = f"it takes {', '.join(known)}"
        faults += [f"{where}: unknown key {name!r}; {takes}" for name in unknown]
        values = job.get("parameters", {})
        if not isinstance(values, dict):
            faults.append(f"{where}: 'parameters' is not a table; write [job.parameters]")
            continue
        yield from _row(path, where, job, values, faults)


def _row(
    path: Path,
    where: str,
    named: Mapping[str, Any],
    values: Mapping[str, object],
    faults: list[str],
) -> Iterator[JobRow]:
    """Yield the row, unless something in it is wrong."""
    from sco_research.reports.render import parse_formats

    document = named.get("document", "")
    if not isinstance(document, str) or not document:
        faults.append(f"{where}: it names no document; give an id or a path")
        return
    formats: tuple[str, ...] = ()
    try:
        if "formats" in named:
            words = named["formats"]
            formats = parse_formats(words if isinstance(words, str) else ",".join(map(str, words)))
    except (ParameterError, TypeError) as error:
        faults.append(f"{where}: {error}")
        return
    notebook = str(named.get("notebook", ""))
    parameters = {name: value for name, value in values.items() if name not in _COLUMNS}
    yield JobRow(
        document=document if document in catalogue() else str(path.parent / document),
        notebook=str(path.parent / notebook) if notebook.endswith(".ipynb") else notebook,
        folder=str(named.get("folder", "")),
        formats=formats,
        values={name: _own_file(value, path) for name, value in parameters.items()},
        source=str(path),
        where=where,
    )


def _own_file(value: object, path: Path) -> object:
    """Return a value as it is, or as a path where it names a file beside the list."""
    if isinstance(value, str) and Path(value).suffix and len(value) < 256:
        own = path.parent / value
        return str(own) if own.is_file() else value
    return value


LISTS = {".csv": _csv_rows, ".toml": _toml_rows}
"""The readers of job lists, by the file's suffix."""
