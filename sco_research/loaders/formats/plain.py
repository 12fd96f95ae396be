"""Plain text: all of it is the document."""

from sco_research.loaders.source import ParsedSource, Source


def recognises(source: Source) -> bool:
    """Return true: any text is plain text, and the registry asks this loader last."""
    return True


def read(source: Source) -> ParsedSource:
    """Take the whole text as body."""
    return ParsedSource(source.text, (0, len(source.text)))
