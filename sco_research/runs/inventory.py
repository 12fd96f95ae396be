"""What there is to run: documents, notebooks, codebooks and metrics, each in a line."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from sco_research.loaders.catalogue import catalogue
from sco_research.loaders.web.ledger import Ledger
from sco_research.resources import data_path, notebooks_folder
from sco_research.runs.parameters import parameters_of


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be named on the command line."""

    name: str
    about: str


def documents() -> list[Item]:
    """Return the documents of the catalogue; those that are not bundled say how they are had.

    >>> [item.name for item in documents()][0]
    'sco-2013-bishkek'
    """
    fetched = Ledger().records()
    found = []
    for entry in catalogue().values():
        facts = (entry.title or entry.type, entry.place, str(entry.date or ""))
        about = ", ".join(fact for fact in facts if fact)
        if not entry.is_bundled:
            known = "fetched" if entry.id in fetched else "known, not fetched"
            about = f"{about} ({known})"
        found.append(Item(entry.id, about))
    return found


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
