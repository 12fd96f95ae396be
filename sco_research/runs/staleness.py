"""What a report hangs on, and what must be done again where some of it has changed.

A report is made again where its document, its parameters, the files they name, the notebook's code,
the package's data, its source or a library's version is another. It is only rendered again where
the rest is: the notebook's prose, which stands in no table and no figure, the look and the formats.
All is compared by content; the hour of a file says nothing. What a notebook of one's own reads that
no parameter names cannot be known: run it with ``force``.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sco_research.errors import ScoResearchError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import bundled_source, catalogue
from sco_research.loaders.document import is_at_hand, is_known
from sco_research.loaders.sources import files_below, listed_documents, matches
from sco_research.reports.fingerprints import (
    data_hash,
    file_hash,
    files_in,
    package_hash,
    portable,
    versions,
)
from sco_research.reports.folder import DOCUMENT
from sco_research.reports.formats import FILES
from sco_research.runs.job import KEEP, RENDER, RUN, Decision, Job

_LABELS = {
    "document": "the document",
    "parameters": "a parameter or a file it names",
    "code": "the notebook's code",
    "data": "the package's data",
    "package": "the package's source",
    "versions": "a library's version",
    "prose": "the notebook's prose",
    "look": "the look",
}
_ONLY_RENDERED = ("prose", "look")
DOCUMENTS = "others"
"""The parameter of documents that a report is compared with."""


class Keys:
    """The keys of a batch's jobs: what they share is read once."""

    def __init__(self) -> None:
        self._shared = installation()
        self._notebook = cache(_notebook_keys)
        self._file = cache(_content)
        self._known = cache(_document_key)

    def of(self, job: Job) -> dict[str, str]:
        """Return the hash of each thing that a job's report hangs on."""
        code, prose = self._notebook(job.notebook)
        return {
            "document": _document_key(job.document),
            "parameters": _hash(
                [
                    portable(job.parameters),
                    [self._file(path) for path in named_files(job.parameters)],
                    [self._known(name) for name in known_documents(job.parameters)],
                ]
            ),
            "code": code,
            **self._shared,
            "prose": prose,
            "look": _hash(job.look.record() if job.look else {}),
        }

    def decide(self, job: Job, key: Mapping[str, str], *, force: bool = False) -> Decision:
        """Return what must be done for a job."""
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
        return _of_files(job, old, outputs, [_LABELS[name] for name in changed], formats)


def _of_files(
    job: Job,
    key: Mapping[str, str],
    outputs: Mapping[str, str],
    changed: list[str],
    formats: object,
) -> Decision:
    """Decide by the report's own files, everything it was made from being the same."""
    pages = set(FILES.values())
    gone = [name for name in outputs if not _is_filled(job.target / name)]
    if set(gone) - pages:
        return Decision(RUN, f"missing: {', '.join(sorted(set(gone) - pages))}")
    if formats != list(job.formats):
        changed = [*changed, "the formats"]
    why = f"changed: {', '.join(changed)}" if changed else f"missing: {', '.join(gone)}"
    if not changed and not gone:
        return Decision(KEEP, "unchanged")
    # What is rendered again must be what the notebook wrote.
    kept = {name: digest for name, digest in outputs.items() if name not in pages}
    kept[DOCUMENT] = key.get("annotation", "")
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
    path = folder / DOCUMENT
    return {"annotation": file_hash(path)} if path.is_file() else {}


def installation() -> dict[str, str]:
    """Return the hash of what every report on a machine hangs on."""
    return {"data": data_hash(), "package": package_hash(), "versions": _hash(versions())}


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _document_key(source: str) -> str:
    """Return a document's hash; of one that cannot be read, none that a report was made from."""
    try:
        return _key_of_text(source)
    except (ScoResearchError, OSError):
        return ""


def _key_of_text(source: str) -> str:
    entry = catalogue().get(source)
    if is_known(source) and not (entry and entry.file):
        # A page that was fetched: the one kept on this machine.
        page = load_document(source)
        return _hash([entry.model_dump(mode="json") if entry else source, page.sha256])
    if entry is None:
        path = Path(source)
        return _hash([path.name, file_hash(path)])
    path, _ = bundled_source(entry)
    return _hash([entry.model_dump(mode="json"), file_hash(path)])


def named_files(parameters: Mapping[str, object]) -> Iterator[Path]:
    """Return the files and folders of one's own that parameters name."""
    for _, _, paths in names_of_files(parameters):
        yield from paths


def names_of_files(parameters: Mapping[str, object]) -> Iterator[tuple[str, str, list[Path]]]:
    """Return parameter, value and paths of whatever names files or folders of one's own."""
    for name, text in _texts_in(parameters):
        if not text or len(text) > 4096 or "\0" in text or is_known(text):
            continue
        path = Path(text)
        if _is_there(path) and (path.suffix if path.is_file() else name.endswith("_folder")):
            yield name, text, [path]
    for text, found in _compared(parameters):
        if files := [item for item in found if isinstance(item, Path)]:
            yield DOCUMENTS, text, files


def known_documents(parameters: Mapping[str, object]) -> Iterator[str]:
    """Return the ids and addresses that parameters name, or a manifest that is compared.

    Of a parameter that is not known to name documents, only what is at hand is one.
    """
    for _, found in _compared(parameters):
        yield from (item for item in found if isinstance(item, str))
    for name, text in _texts_in(parameters):
        if name != DOCUMENTS and is_at_hand(text):
            yield text


def _compared(parameters: Mapping[str, object]) -> Iterator[tuple[str, list[str | Path]]]:
    """Return each name of documents that are compared, with the files and the ids behind it."""
    for name, text in _texts_in(parameters):
        if name == DOCUMENTS:
            yield text, documents_behind(text)


def documents_behind(name: str) -> list[str | Path]:
    """Return the files and the ids that a name of documents stands for, a manifest's with it."""
    if is_known(name):
        return [name]
    # A name without a pattern is its own one match where it is there.
    paths = [Path(found) for found in sorted({*_exact(name), *matches(name)})]
    listed = [item for path in paths if path.is_file() for item in listed_documents(path)]
    return [*paths, *listed]


def _texts_in(parameters: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Return every parameter and text of it, those of a list one by one."""
    for name, value in sorted(parameters.items()):
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield name, text


def _exact(text: str) -> list[str]:
    # No name is not the name of the working folder.
    try:
        return [text] if text and Path(text).exists() else []
    except (OSError, ValueError):
        return []


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files of a folder and of those below it, behind links too."""
    if not path.is_dir():
        return [path]
    return sorted({*files_in(path), *files_below(path, lambda _: None)})


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _content(path: Path) -> str:
    if path.is_dir():
        return _hash([[str(file.relative_to(path)), _content(file)] for file in files_of(path)])
    try:
        return file_hash(path)
    except OSError:
        return ""  # who reads it says why it cannot be read


def _notebook_keys(path: Path) -> tuple[str, str]:
    """Return the hash of a notebook's code and that of all that is in it."""
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
