"""What is said of a text in a language that the rules are not for."""

import logging

from sco_research.text.document import Document
from sco_research.text.language import UNKNOWN, language_of

_LOG = logging.getLogger(__name__)


def foreign_language(document: Document, language: str) -> str:
    """Return the code of a document's language where rules for another do not hold for it.

    Parameters
    ----------
    document : Document
        The document.
    language : str
        ISO 639-1 code of the language that the rules are for.

    Returns
    -------
    str
        Empty where the rules may be applied.

    Examples
    --------
    >>> foreign_language(Document.from_text("Мы встретились.", id="note", language="ru"), "en")
    'ru'
    >>> foreign_language(Document.from_text("We met.", id="note"), "en")
    ''
    """
    if document.may_be_in(language):
        return ""
    said = document.metadata.language
    # What is said to be in the language, and is in another script, is told by its text.
    return (
        language_of(document.text[slice(*document.body)]) if said == language else said or UNKNOWN
    )


def mend(language: str) -> str:
    """Return what may be done where a text's language is unknown; else nothing.

    >>> mend("fr"), mend("und")
    ('', "; where it is in English, load it with language='en'")
    """
    return "; where it is in English, load it with language='en'" if language == UNKNOWN else ""


def tell(line: str) -> None:
    """Log in one line why there is no result: an empty table would say it of the text."""
    _LOG.warning(line)
