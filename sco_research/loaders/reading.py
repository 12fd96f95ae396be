"""What a loader finds in a source."""

import datetime
from dataclasses import dataclass, field

from sco_research.text.origin import Place, Removed


@dataclass(frozen=True, slots=True)
class Reading:
    """The body of a source and what its header says.

    Attributes
    ----------
    text : str
        The decoded source, or what was extracted from it.
    body : tuple of int
        The span of the document proper in the text.
    title, place, source, notes, publisher, url, language, organization : str
        What the source says of itself; empty where it says nothing.
    date : datetime.date or None
        The day of adoption.
    notices : tuple of str
        What a reader should know of the source.
    removed : tuple of Removed
        What was left out of the text.
    starts, places, headings : tuple
        For an extraction, the way back to the source, as in `sco_research.text.origin.Origin`.
    """

    text: str
    body: tuple[int, int]
    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    source: str = ""
    notes: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    organization: str = ""
    notices: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = field(default=(), repr=False)
    starts: tuple[int, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    headings: tuple[int, ...] = field(default=(), repr=False)
