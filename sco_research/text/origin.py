"""Where a text comes from: the place in its source of every character, and what was left out."""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place in a source, as far as its form has locations.

    Attributes
    ----------
    page, line, paragraph : int or None
        From 1.
    element : str
        The path of an element in an HTML page.

    Examples
    --------
    >>> str(SourceLocation(page=3, line=12))
    'page 3, line 12'
    """

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    element: str = ""

    def __str__(self) -> str:
        """Name the place as a person looks it up."""
        counted = (("page", self.page), ("paragraph", self.paragraph), ("line", self.line))
        parts = [f"{name} {number}" for name, number in counted if number is not None]
        return ", ".join([*parts, *([self.element] if self.element else [])])


@dataclass(frozen=True, slots=True)
class Removed:
    """What a loader left out of a document's text.

    Attributes
    ----------
    kind : str
        Such as ``"navigation"``, ``"page number"``, ``"running head"`` or ``"footnote"``.
    text : str
        The words, white space collapsed.
    location : SourceLocation
        Where they stand in the source.
    """

    kind: str
    text: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Origin:
    """The source that a text was extracted from, with the way back to it.

    Attributes
    ----------
    form : str
        The loader's name, such as ``"pdf"``.
    raw : bytes
        The source, byte for byte.
    starts : tuple of int
        Offsets in ``document.text``, in order.
    locations : tuple of SourceLocation
        For each offset, the place where the text from it to the next one stands.
    headings : tuple of int
        Offsets of the lines that the source itself marks as headings.
    """

    form: str
    raw: bytes = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    locations: tuple[SourceLocation, ...] = field(repr=False)
    headings: tuple[int, ...] = field(default=(), repr=False)

    def locate(self, offset: int) -> SourceLocation:
        """Return the place of a character of the text."""
        run = bisect_right(self.starts, offset) - 1
        return self.locations[max(run, 0)] if self.locations else SourceLocation()
