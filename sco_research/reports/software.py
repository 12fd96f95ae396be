"""What ``CITATION.cff`` says of the software: its title, version, date and authors."""

import datetime
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from sco_research.resources import citation_file


class Software(BaseModel):
    """What ``CITATION.cff`` says of the software."""

    model_config = ConfigDict(frozen=True)

    title: str
    version: str
    released: datetime.date
    authors: tuple[str, ...]


@cache
def software() -> Software:
    """Return the software's citation data, from ``CITATION.cff`` alone.

    >>> software().authors
    ('sco_research contributors',)
    """
    found = yaml.safe_load(citation_file().read_text(encoding="utf-8"))
    return Software(
        title=found["title"],
        version=str(found["version"]),
        released=found["date-released"],
        authors=tuple(author["name"] for author in found["authors"]),
    )
