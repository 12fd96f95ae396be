"""What a report was made of: every input and output with its hash, and nothing of the hour."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from sco_research.errors import SourceError
from sco_research.organizations import issuer
from sco_research.reports import crate
from sco_research.reports.citations import inputs_hash
from sco_research.reports.fingerprints import file_hash, file_record, versions
from sco_research.reports.software import software
from sco_research.resources import data_path, lock_file, notebooks_folder
from sco_research.text.document import Document

FILE_NAME = "provenance.json"
Record: TypeAlias = dict[str, Any]
# What a report cannot be made again without.
_NEEDED = frozenset(
    {
        *("report", "software", "document", "notebook", "parameters", "codebooks", "bibliography"),
        *("lock", "formats", "look", "python", "packages", "outputs"),
    }
)


def write(
    folder: Path,
    *,
    notebook: str,
    document: Document,
    parameters: Mapping[str, object],
    codebooks: Iterable[str | Path],
    formats: Iterable[str] = (),
    style: Mapping[str, object] | None = None,
) -> None:
    """Write ``provenance.json`` and the RO-Crate of the report in a folder.

    They hold hashes of the source, the notebook, the codebooks, the profiles of the issuers, the
    lock and every output, the parameters and the versions. Times, hosts and paths are left out on
    purpose: the same inputs give the same bytes.
    """
    found = codebook_records(codebooks)
    profiles = profile_records(document)
    record: Record = {
        "report": notebook,
        "software": {"name": "sco_research", "version": software().version},
        "document": {
            "id": document.id,
            "title": document.metadata.title or document.id,
            "sha256": document.sha256,
            "url": document.metadata.url,
            "notices": list(document.notices),
        },
        "notebook": file_record(notebooks_folder() / f"{notebook}.ipynb"),
        "parameters": dict(parameters),
        "codebooks": found,
        "profiles": profiles,
        "bibliography": file_record(data_path("bibliography.bib")),
        "lock": _lock_record(),
        "inputs_sha256": inputs_hash(document, parameters, found, profiles),
        "formats": list(formats),
        "look": dict(style or {}),
        **versions(),
    }
    _finish(folder, record)


def complete(
    folder: Path,
    *,
    notebook: Path,
    run: Mapping[str, object],
    formats: Iterable[str] = (),
    style: Mapping[str, object] | None = None,
    key: Mapping[str, str] | None = None,
) -> None:
    """Add to a report's provenance what only its runner knows.

    Parameters
    ----------
    folder : Path
        The report, with the executed notebook in it.
    notebook : Path
        The notebook that was run, which may be the user's own.
    run : mapping
        The document and the parameters that the run was given, to run it again.
    formats : iterable of str
        The formats written.
    style : mapping, optional
        The user's own style and files, as `ReportStyle.record` gives them.
    key : mapping of str to str, optional
        Hash of each thing the report depends on: while none changes, it need not be run again.
    """
    record = read(folder)
    record["notebook"] = file_record(notebook)
    record["run"] = dict(run)
    record["formats"] = list(formats)
    record["look"] = dict(style or {})
    record["key"] = dict(key or {})
    _finish(folder, record)


def read(folder: Path) -> Record:
    """Return the provenance of a report.

    Raises
    ------
    SourceError
        Where the folder holds none that can be read.
    """
    try:
        record = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if not isinstance(record, dict) or not isinstance(record["outputs"], dict):
            raise TypeError("it is no provenance")
        lacking = sorted(_NEEDED - record.keys())
        if lacking:
            raise TypeError(f"it lacks {', '.join(map(repr, lacking))}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(
            f"{folder / FILE_NAME}: cannot be read ({reason}); name a report's folder, or make the "
            "report again"
        ) from None
    return record


def codebook_records(codebooks: Iterable[str | Path]) -> list[dict[str, str]]:
    """Return names and hashes of codebooks, bundled ones by name and the user's own by path."""
    paths = (
        Path(item) if Path(item).suffix else data_path("codebooks", f"{item}.toml")
        for item in codebooks
    )
    return [record for record in map(file_record, paths) if record]


def profile_records(document: Document) -> list[dict[str, str]]:
    """Return names and hashes of the profiles by which a document's issuers are known.

    A state that is an issuer has none.

    Examples
    --------
    >>> document = Document.from_text("We met.", id="note", organization="asean united-states")
    >>> [record["name"] for record in profile_records(document)]
    ['asean.toml']
    """
    return [
        {"name": profile.file, "sha256": profile.sha256}
        for profile in issuer(document).profiles
        if profile.file
    ]


def outputs_of(folder: Path) -> dict[str, str]:
    """Return the hashes of all that a report consists of, its provenance apart."""
    return {
        path.relative_to(folder).as_posix(): file_hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name not in (FILE_NAME, crate.FILE_NAME)
        and not path.name.startswith(".")
    }


def _lock_record() -> dict[str, str] | None:
    lock = lock_file()
    return file_record(lock) if lock else None


def _finish(folder: Path, record: Record) -> None:
    record["outputs"] = outputs_of(folder)
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")
    crate.write(folder, record, {**record["outputs"], FILE_NAME: file_hash(folder / FILE_NAME)})
