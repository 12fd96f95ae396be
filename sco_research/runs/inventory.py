"""What there is to run: documents, notebooks, codebooks and metrics, each in a line."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from sco_research.loaders.catalogue import catalogue
from sco_research.resources import data_path, notebooks_folder
from sco_research.runs.parameters import parameters_of


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be named on the command line."""

    name: str
    about: str


def documents() -> list[Item]:
    """Return the documents of the catalogue.

    >>> [item.name for item in documents()]
    ['sco-2013-bishkek']
    """
    return [
        Item(entry.id, f"{entry.title}, {entry.place}, {entry.date}")
        for entry in catalogue().values()
    ]


def notebooks() -> list[Item]:
    """Return the bundled notebooks with their titles and parameters."""
    found = []
    for path in sorted(notebooks_folder().glob("*.ipynb")):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        title = first.strip().splitlines()[0].lstrip("# ")
        found.append(Item(path.stem, f"{title}; takes {', '.join(parameters_of(path))}"))
    return found


def codebooks() -> list[Item]:
    """Return the bundled codebooks with their titles."""
    found = []
    for path in sorted(data_path("codebooks").glob("*.toml")):
        head = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Item(path.stem, str(head.get("title", ""))))
    return found


def metrics() -> list[Item]:
    """Return the metrics with what they measure."""
    from sco_research.metrics import METRICS

    return [Item(name, metric.label) for name, metric in METRICS.items()]


INVENTORY: dict[str, Callable[[], list[Item]]] = {
    "documents": documents,
    "notebooks": notebooks,
    "codebooks": codebooks,
    "metrics": metrics,
}
