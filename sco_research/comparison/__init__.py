"""Documents beside each other: what differs, returns, is new."""

from sco_research.errors import ParameterError
from sco_research.text.document import Document, Documents, documents_of


def by_date(documents: Documents) -> list[Document]:
    """Return documents from the earliest to the latest; as given where one has no date.

    Raises
    ------
    ParameterError
        Where two documents have one id.

    Examples
    --------
    >>> import datetime
    >>> new = Document.from_text("New.", id="new", date=datetime.date(2013, 9, 13))
    >>> old = Document.from_text("Old.", id="old", date=datetime.date(2007, 8, 16))
    >>> [document.id for document in by_date([new, old])]
    ['old', 'new']
    """
    found = {}
    for document in documents_of(documents):
        if document.id in found:
            raise ParameterError(
                f"comparison: two documents have the id {document.id!r}; give one another id"
            )
        found[document.id] = document
    listed = list(found.values())
    if any(document.metadata.date is None for document in listed):
        return listed
    return sorted(listed, key=lambda document: str(document.metadata.date))
