"""Plain text: all of it is the document."""

from sco_research.loaders.reading import Reading


def recognises(text: str) -> bool:
    """Say that any text is plain text; the registry asks this loader last."""
    return True


def read(text: str, where: str) -> Reading:
    """Take the whole text as body."""
    return Reading(body=(0, len(text)))
