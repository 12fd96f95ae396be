"""What a report was made of: every input and output with its hash, and nothing of the hour."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from sco_research.reports.citations import software
from sco_research.resources import data_path, lock_file, notebooks_folder
from sco_research.text.document import Document

FILE_NAME = "provenance.json"
# The packages whose version can change a report's bytes.
_PACKAGES = (
    "matplotlib",
    "numpy",
    "pandas",
    "papermill",
    "pypandoc_binary",
    "pyphen",
    "scipy",
    "sentencex",
    "simplemma",
    "textstat",
)


def write(
    folder: Path,
    *,
    notebook: str,
    document: Document,
    parameters: Mapping[str, object],
    codebooks: Iterable[str | Path],
) -> None:
    """Write ``provenance.json`` for the report in a folder.

    It holds hashes of the source, the notebook, the codebooks, the lock and every output, the
    parameters and the versions. Times, hosts and paths are left out on purpose: the same inputs
    give the same bytes.
    """
    lock = lock_file()
    record = {
        "report": notebook,
        "software": {"name": "sco_research", "version": software().version},
        "document": {
            "id": document.id,
            "sha256": document.sha256,
            "url": document.metadata.url,
            "notices": list(document.notices),
        },
        "notebook": _file(notebooks_folder() / f"{notebook}.ipynb"),
        "parameters": dict(parameters),
        "codebooks": [_file(_codebook_path(item)) for item in codebooks],
        "bibliography": _file(data_path("bibliography.bib")),
        "lock": _file(lock) if lock else None,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "outputs": _outputs(folder),
    }
    _dump(folder, record)


def complete(folder: Path, *, notebook: Path) -> None:
    """Add to a report's provenance what only its runner knows.

    Parameters
    ----------
    folder : Path
        The report, with the executed notebook in it.
    notebook : Path
        The notebook that was run, which may be the user's own.
    """
    record = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    record["notebook"] = _file(notebook)
    record["outputs"] = _outputs(folder)
    _dump(folder, record)


def _codebook_path(codebook: str | Path) -> Path:
    path = Path(codebook)
    return path if path.suffix else data_path("codebooks", f"{codebook}.toml")


def _file(path: Path) -> dict[str, str] | None:
    """Return name and hash of an input; its folder is the machine's and says nothing."""
    if not path.is_file():
        return None
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _outputs(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != FILE_NAME
    }


def _dump(folder: Path, record: Mapping[str, object]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")
