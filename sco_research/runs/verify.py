"""Run a report again from its provenance, and compare every output."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from sco_research.errors import ScoResearchError, SourceError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import catalogue
from sco_research.loaders.sources import matches
from sco_research.organizations.reading import FOLDER
from sco_research.process_lock import scratch_folder
from sco_research.reports import crate, fingerprints, provenance
from sco_research.reports.report_style import ReportStyle
from sco_research.reports.software import software
from sco_research.resources import data_path, home_folder, lock_file, notebooks_folder
from sco_research.runs.names import DOCUMENTS, NameKind, kind_of
from sco_research.runs.runner import run_report

_TEXT = {".md", ".html", ".tex", ".ipynb", ".svg", ".bib", ".ris", ".json"}


@dataclass(frozen=True, slots=True)
class Verification:
    """The comparison of a report with a new run of it.

    Attributes
    ----------
    folder : Path
        The report.
    files : int
        How many outputs were compared.
    differences : tuple of str
        The outputs that differ, and where.
    causes : tuple of str
        The inputs, versions or parameters that have changed.
    inputs_changed : bool
        Whether an input has changed: then the report is not reproduced, even by the same bytes.
    """

    folder: Path
    files: int
    differences: tuple[str, ...]
    causes: tuple[str, ...]
    inputs_changed: bool

    @property
    def reproduced(self) -> bool:
        """Whether every output is the same, from the same inputs."""
        return not self.differences and not self.inputs_changed


def reports_in(folder: Path) -> list[Path]:
    """Return the reports in a folder and below it, itself included.

    Raises
    ------
    SourceError
        Where there is none.
    """
    reports = sorted(
        path.parent
        for path in folder.rglob(provenance.FILE_NAME)
        # A report that is being made is in a hidden folder.
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not reports:
        raise SourceError(
            f"{folder}: there is no report with a provenance.json here; name its folder"
        )
    return reports


def verify(folder: Path, *, inputs: Path | None = None) -> Verification:
    """Run a report again and compare every output.

    Parameters
    ----------
    folder : Path
        The report, with its ``provenance.json``.
    inputs : Path, optional
        The folder of the user's own documents, notebooks, codebooks, profiles and style files; by
        default the working folder.

    Raises
    ------
    SourceError
        Where the provenance cannot be read, or an input is missing.
    RunError
        Where the notebook stops.
    """
    record = provenance.read(folder)
    own = inputs or Path.cwd()
    run = record.get("run") or {"document": record["document"]["id"], "parameters": {}}
    document = _find(str(run["document"]), own, known=set(catalogue()), what="document")
    notebook = _notebook(record, own)
    parameters = {name: _own_path(value, own) for name, value in run["parameters"].items()}
    if isinstance(others := run["parameters"].get(DOCUMENTS), list):
        parameters[DOCUMENTS] = [_own_documents(item, own) for item in others]
    causes = list(_changed_inputs(record, document, notebook, own))
    with scratch_folder() as name:
        try:
            new = run_report(
                document,
                notebook,
                parameters=parameters,
                output_folder=name,
                formats=record["formats"],
                style=_style(record["look"], own),
            )
        except ScoResearchError as error:
            reasons = f"; what may explain it: {'; '.join(causes)}" if causes else ""
            raise type(error)(f"{folder}: cannot be run again: {error}{reasons}") from None
        again = provenance.read(new)
        versions = tuple(_changed_versions(record))
        differences = (
            *_differences(record["outputs"], folder, new),
            # The records name versions and inputs; changed ones are reported below.
            *(() if versions or causes else _records(folder, new)),
        )
    if again["parameters"] != record["parameters"]:
        causes.append(f"parameters: were {record['parameters']}, are {again['parameters']}")
    changed = bool(causes)
    causes += versions
    if not causes and any("by hand" not in line for line in differences):
        causes.append("nothing that the provenance names")
    return Verification(folder, len(record["outputs"]), differences, tuple(causes), changed)


def _find(name: str, own: Path, *, known: set[str], what: str) -> str:
    if name in known:
        return name
    path = own / name
    if not path.is_file():
        raise SourceError(
            f"the {what} {name!r} is missing, and the report cannot be called reproduced; put it "
            f"into {own}, or name its folder with --inputs"
        )
    return str(path)


def _notebook(record: Mapping[str, Any], own: Path) -> str:
    name = record["notebook"]["name"] if record["notebook"] else f"{record['report']}.ipynb"
    bundled = {path.name: path.stem for path in notebooks_folder().glob("*.ipynb")}
    # A user's notebook may have the name of a bundled one.
    path = own / name
    if name in bundled and not (
        path.is_file() and fingerprints.file_record(path) == record["notebook"]
    ):
        return bundled[name]
    return _find(name, own, known=set(), what="notebook")


def _own_path(value: object, own: Path, *, in_list: bool = False) -> object:
    """Return the path of a file of the user's, in a list of a folder too; else the value."""
    if isinstance(value, list):
        return [_own_path(item, own, in_list=True) for item in value]
    if not isinstance(value, str) or not value:
        return value
    path = own / value
    kind = kind_of(str(path))
    is_ours = bool(path.suffix) if kind is NameKind.FILE else kind is NameKind.FOLDER and in_list
    return str(path) if is_ours else value


def _own_documents(item: object, own: Path) -> object:
    """Return the path of a document, a folder or a pattern of the user's; else the name."""
    if not isinstance(item, str) or not item:
        return item
    head, pattern = fingerprints.split_glob(item)
    # A string: a Path would drop the dot that is recorded for a folder.
    path = f"{own}/{item if head else f'./{item}'}"
    is_there = matches(path) if pattern else kind_of(path) is NameKind.FOLDER
    return path if is_there else _own_path(item, own)


def _style(record: Mapping[str, Any], own: Path) -> ReportStyle:
    files = {
        name: Path(_find(part["name"], own, known=set(), what="file"))
        for name, part in record.items()
        if isinstance(part, Mapping) and name != "csl"
    }
    name = str(record.get("style", ""))
    return ReportStyle(citation_style=str(own / name) if name.endswith(".csl") else name, **files)


def _changed_inputs(
    record: Mapping[str, Any], document: str, notebook: str, own: Path
) -> Iterator[str]:
    path = Path(notebook)
    now = {
        "notebook": path if path.suffix else notebooks_folder() / f"{notebook}.ipynb",
        "bibliography": data_path("bibliography.bib"),
    }
    pairs = [(what, record[what], fingerprints.file_record(path)) for what, path in now.items()]
    pairs += [
        (f"codebook {old['name']}", old, _codebook(old["name"], own)) for old in record["codebooks"]
    ]
    pairs += [
        (f"profile {old['name']}", old, _profile(old["name"], own))
        for old in record.get("profiles", ())
    ]
    pairs += [
        (f"look, {what}", old, fingerprints.file_record(own / old["name"]))
        for what, old in record["look"].items()
        if isinstance(old, Mapping)
    ]
    hashes = [(what, old["sha256"], new and new["sha256"]) for what, old, new in pairs if old]
    hashes.append(("document", record["document"]["sha256"], load_document(document).sha256))
    for what, old, new in hashes:
        if old != new:
            yield f"{what}: SHA-256 was {old[:12]}…, " + (
                f"is {new[:12]}…" if new else "is missing"
            )


def _codebook(name: str, own: Path) -> dict[str, str] | None:
    """Return the record of a codebook or reference coding, the user's before the bundled one."""
    folders = (own, data_path("codebooks"), data_path("reference"))
    return _first_record(name, folders)


def _profile(name: str, own: Path) -> dict[str, str] | None:
    """Return the record of an organization's profile, the user's before the bundled one."""
    return _first_record(name, (own, home_folder() / FOLDER, data_path(FOLDER)))


def _first_record(name: str, folders: Iterable[Path]) -> dict[str, str] | None:
    return next(filter(None, (fingerprints.file_record(folder / name) for folder in folders)), None)


def _changed_versions(record: Mapping[str, Any]) -> Iterator[str]:
    now = fingerprints.versions()
    lock = lock_file()
    if record["lock"] and lock and fingerprints.file_record(lock) != record["lock"]:
        yield f"lock: {lock.name} has changed"
    old = {"python": record["python"], **record["packages"]}
    new = {"python": now["python"], **now["packages"]}
    old["sco_research"], new["sco_research"] = record["software"]["version"], software().version
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield f"{name}: was {old.get(name, 'missing')}, is {new.get(name, 'missing')}"
    if (record.get("key") or {}).get("package", package := fingerprints.package_hash()) != package:
        yield "sco_research: its own code has changed"


def _differences(outputs: Mapping[str, str], old: Path, new: Path) -> Iterator[str]:
    made = provenance.outputs_of(new)
    for name in sorted({*outputs, *made}):
        if name not in made:
            yield f"{name}: was not made again"
        elif name not in outputs:
            yield f"{name}: is new"
        elif made[name] != outputs[name]:
            yield f"{name}: {_where(old / name, new / name)}"
        elif (old / name).is_file() and fingerprints.file_hash(old / name) != outputs[name]:
            yield f"{name}: was changed by hand, {_where(old / name, new / name)}"


def _records(old: Path, new: Path) -> Iterator[str]:
    """Compare the records of a report: its provenance and its crate."""
    for name in (provenance.FILE_NAME, crate.FILE_NAME):
        if not (old / name).is_file():
            yield f"{name}: is missing"
        elif fingerprints.file_hash(old / name) != fingerprints.file_hash(new / name):
            yield f"{name}: was changed by hand, {_where(old / name, new / name)}"


def _where(old: Path, new: Path) -> str:
    """Return where two files first differ, as closely as their kind allows."""
    if not old.is_file():
        return "differs (the earlier file is not here to compare)"
    if old.suffix == ".csv":
        return _cell(old, new)
    if old.suffix in _TEXT:
        lines = [path.read_text(encoding="utf-8").splitlines() for path in (old, new)]
        for number, (was, now) in enumerate(zip_longest(*lines), start=1):
            if was != now:
                return f"line {number} was {_short(was)}, is {_short(now)}"
    kind = "figure" if old.parent.name == "figures" else "file"
    return f"the {kind}'s bytes differ"


def _cell(old: Path, new: Path) -> str:
    was, now = (pd.read_csv(path, dtype=str, keep_default_na=False) for path in (old, new))
    if list(was.columns) != list(now.columns):
        return f"columns were {', '.join(was.columns)}, are {', '.join(now.columns)}"
    both = zip(was.to_dict("records"), now.to_dict("records"), strict=False)
    for row, (before, after) in enumerate(both, start=1):
        for column, value in before.items():
            if value != after[column]:
                return (
                    f"row {row}, column {column!r} was {_short(value)}, is {_short(after[column])}"
                )
    return f"had {len(was)} rows, has {len(now)}"


def _short(text: object) -> str:
    shown = "nothing" if text is None else repr(str(text))
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
