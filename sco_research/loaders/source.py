"""What a loader is given, the bytes of one source, and what it finds in it."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from sco_research.loaders.encoding import decode
from sco_research.text.origin import Removed, SourceLocation


class Source:
    """The bytes of a source, decoded when a loader first asks for its text.

    Parameters
    ----------
    data : bytes
        The source.
    where : str
        What to call it in an error: a path, an address, an archive and its member.
    suffix : str
        The ending of its name with the dot, in lower case; empty where it has none.
    encoding : str, optional
        Its encoding, where the caller knows it.
    """

    def __init__(
        self, data: bytes, where: str, *, suffix: str = "", encoding: str | None = None
    ) -> None:
        self.data = data
        self.where = where
        self.suffix = suffix
        self.encoding = encoding

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.data, where=self.where, encoding=self.encoding)

    @property
    def text(self) -> str:
        """The source as text; `SourceError` where it is none."""
        return self._decoded[0]

    @property
    def is_decoded(self) -> bool:
        """Whether a loader has asked for the text."""
        return "_decoded" in self.__dict__

    @property
    def text_encoding(self) -> str:
        """The encoding in which `text` was found."""
        return self._decoded[1]


# Not frozen: it is made anew at every step of the loading, and a frozen one takes thrice as long.
@dataclass(slots=True, unsafe_hash=True)
class ParsedSource:
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
    published : datetime.date or None
        The day the source was published: what the text itself says comes first.
    notices : tuple of str
        What a reader should know of the source.
    removed : tuple of Removed
        What was left out of the text.
    starts, locations, headings : tuple
        For an extraction, the way back to the source, as in `sco_research.text.origin.Origin`.
    """

    text: str
    body: tuple[int, int]
    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    published: datetime.date | None = None
    source: str = ""
    notes: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    organization: str = ""
    notices: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = field(default=(), repr=False)
    starts: tuple[int, ...] = field(default=(), repr=False)
    locations: tuple[SourceLocation, ...] = field(default=(), repr=False)
    headings: tuple[int, ...] = field(default=(), repr=False)
