"""Plain text: all of it is the document."""

from sco_research.loaders.reading import Reading
from sco_research.loaders.source import Source


def recognises(source: Source) -> bool:
    """Say that any text is plain text; the registry asks this loader last."""
    return True


def read(source: Source) -> Reading:
    """Take the whole text as body."""
    return Reading(source.text, (0, len(source.text)))
