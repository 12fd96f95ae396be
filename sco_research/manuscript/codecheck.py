"""``codecheck.yml``: what a codechecker has to make again, from the provenance of the reports."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from sco_research.errors import ParameterError
from sco_research.reports.provenance import read
from sco_research.reports.software import software

_SPECIFICATION = "https://codecheck.org.uk/spec/config/1.0/"
# What a paper shows: its tables, figures and numbers. The rest is made on the way.
_SHOWN = ("tables/", "figures/", "values.json")
_KINDS = {".csv": "table", ".svg": "figure", ".json": "numbers"}


def codecheck(folders: Sequence[Path]) -> str:
    """Return the configuration of a CODECHECK for the reports that a paper rests on.

    Parameters
    ----------
    folders : sequence of pathlib.Path
        The reports' folders.

    Returns
    -------
    str
        YAML: the manifest names every table, figure and file of numbers with its hash; what only
        the author and the codechecker know is left to be filled in.

    Raises
    ------
    ParameterError
        Where no report is named.
    SourceError
        Where a folder holds none.
    """
    if not folders:
        raise ParameterError("codecheck: name the reports that the paper rests on")
    manifest: list[dict[str, str]] = []
    for folder in folders:
        record = read(folder)
        for name, digest in sorted(record["outputs"].items()):
            kind = _KINDS.get(Path(name).suffix)
            if kind and name.startswith(_SHOWN) and not name.endswith(".evidence.csv"):
                comment = (
                    f"{kind} of the report on {record['report']} of {record['document']['id']}; "
                    f"SHA-256 {digest}"
                )
                manifest.append({"file": (folder / name).as_posix(), "comment": comment})
    names = ", ".join(folder.as_posix() for folder in folders)
    found: dict[str, Any] = {
        "version": _SPECIFICATION,
        "paper": {"title": "FILL IN", "authors": [{"name": "FILL IN"}], "reference": "FILL IN"},
        "manifest": manifest,
        "codechecker": [{"name": "FILL IN", "ORCID": "FILL IN"}],
        "summary": (
            f"Made by sco_research {software().version}. To make it again and compare every file: "
            f"sco-research verify with {names}."
        ),
        "repository": "FILL IN",
        "check_time": "FILL IN",
        "certificate": "FILL IN",
    }
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=100)
