"""What a report depends on, and what must be done again where some of it has changed.

A report is run again where its document, its parameters, the files they name, the notebook's code,
the user's profiles of organizations, the package's data, its source or a library's version has
changed. It is only rendered again where the rest has: the notebook's prose, which is in no table
and no figure, the look and the formats.
Everything is compared by content; the time of a file does not matter. What a user's notebook reads
without a parameter that names it is not known: use ``force``.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sco_research.errors import ScoResearchError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import bundled_source, catalogue
from sco_research.loaders.sources import files_below
from sco_research.organizations.reading import FOLDER
from sco_research.reports.fingerprints import (
    data_hash,
    file_hash,
    hashed_files,
    package_hash,
    portable,
    versions,
)
from sco_research.reports.folder import ANNOTATED_DOCUMENT
from sco_research.reports.render import is_rendered
from sco_research.resources import home_folder
from sco_research.runs.job import KEEP, RENDER, RUN, Decision, Job
from sco_research.runs.names import documents_named, files_named, kind_of

_LABELS = {
    "document": "the document",
    "parameters": "a parameter or a file it names",
    "code": "the notebook's code",
    "profiles": "the user's own profiles of organizations",
    "data": "the package's data",
    "package": "the package's source",
    "versions": "a library's version",
    "prose": "the notebook's prose",
    "look": "the look",
}
_ONLY_RENDERED = ("prose", "look")


class InputHashes:
    """The hashes of what reports depend on; what the jobs of a batch share is read once."""

    def __init__(self) -> None:
        self._shared = installation()
        self._notebook = cache(_notebook_hashes)
        self._file = cache(_content_hash)
        self._known = cache(_document_hash)

    def of(self, job: Job) -> dict[str, str]:
        """Return the hash of each thing that a job's report depends on."""
        code, prose = self._notebook(job.notebook)
        return {
            "document": _document_hash(job.document),
            "parameters": _hash(
                [
                    portable(job.parameters),
                    [self._file(path) for path in files_named(job.parameters)],
                    [self._known(name) for name in documents_named(job.parameters)],
                ]
            ),
            "code": code,
            "profiles": self._file(home_folder() / FOLDER),
            **self._shared,
            "prose": prose,
            "look": _hash(job.style.record() if job.style else {}),
        }


def decide_on(job: Job, key: Mapping[str, str], *, force: bool = False) -> Decision:
    """Return what must be done for a job, given the hashes of what its report depends on."""
    if force:
        return Decision(RUN, "asked for")
    try:
        record = json.loads((job.target / "provenance.json").read_text(encoding="utf-8"))
        old, outputs, formats = dict(record["key"]), dict(record["outputs"]), record["formats"]
    except FileNotFoundError:
        return Decision(RUN, "new")
    except (OSError, ValueError, KeyError, TypeError):
        return Decision(RUN, "no record of what it was made from")
    changed = [name for name in _LABELS if old.get(name) != key[name]]
    heavy = [_LABELS[name] for name in changed if name not in _ONLY_RENDERED]
    if heavy:
        return Decision(RUN, f"changed: {', '.join(heavy)}")
    return _by_its_files(job, old, outputs, [_LABELS[name] for name in changed], formats)


def _by_its_files(
    job: Job,
    key: Mapping[str, str],
    outputs: Mapping[str, str],
    changed: list[str],
    formats: object,
) -> Decision:
    """Decide by the report's own files, where it must not be run again for its inputs."""
    gone = [name for name in outputs if not _is_filled(job.target / name)]
    if lost := sorted(name for name in gone if not is_rendered(name)):
        return Decision(RUN, f"missing: {', '.join(lost)}")
    if formats != list(job.formats):
        changed = [*changed, "the formats"]
    why = f"changed: {', '.join(changed)}" if changed else f"missing: {', '.join(gone)}"
    if not changed and not gone:
        return Decision(KEEP, "unchanged")
    # Only what the notebook wrote may be rendered again.
    kept = {name: digest for name, digest in outputs.items() if not is_rendered(name)}
    kept[ANNOTATED_DOCUMENT] = key.get("annotation", "")
    for name, digest in kept.items():
        path = job.target / name
        if not path.is_file() or file_hash(path) != digest:
            return Decision(RUN, f"{why}; changed by hand: {name}")
    return Decision(RENDER, why)


def _is_filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def annotation_key(folder: Path) -> dict[str, str]:
    """Return the hash of the annotated document that a report's page ends with."""
    path = folder / ANNOTATED_DOCUMENT
    return {"annotation": file_hash(path)} if path.is_file() else {}


def installation() -> dict[str, str]:
    """Return the hashes of what every report on a machine depends on."""
    return {"data": data_hash(), "package": package_hash(), "versions": _hash(versions())}


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _document_hash(source: str) -> str:
    """Return a document's hash; an empty one where it cannot be read."""
    try:
        return _text_hash(source)
    except (ScoResearchError, OSError):
        return ""


def _text_hash(source: str) -> str:
    entry = catalogue().get(source)
    if kind_of(source).is_known and not (entry and entry.file):
        # A fetched page, as it is kept on this machine.
        page = load_document(source)
        return _hash([entry.model_dump(mode="json") if entry else source, page.sha256])
    if entry is None:
        path = Path(source)
        return _hash([path.name, file_hash(path)])
    path, _ = bundled_source(entry)
    return _hash([entry.model_dump(mode="json"), file_hash(path)])


def _files_of(path: Path) -> list[Path]:
    """Return a file, or the files in and below a folder, behind links too."""
    if not path.is_dir():
        return [path]
    return sorted({*hashed_files(path), *files_below(path, lambda _: None)})


def _content_hash(path: Path) -> str:
    if path.is_dir():
        return _hash(
            [[str(file.relative_to(path)), _content_hash(file)] for file in _files_of(path)]
        )
    try:
        return file_hash(path)
    except OSError:
        return ""  # its reader reports why it cannot be read


def _notebook_hashes(path: Path) -> tuple[str, str]:
    """Return the hash of a notebook's code, and that of the whole notebook."""
    notebook: Any = json.loads(path.read_text(encoding="utf-8"))
    code = [
        [path.name, notebook.get("metadata", {}), notebook.get("nbformat")],
        [
            [cell.get("source"), cell.get("metadata"), cell.get("id")]
            for cell in notebook["cells"]
            if cell.get("cell_type") == "code"
        ],
    ]
    return _hash(code), file_hash(path)
