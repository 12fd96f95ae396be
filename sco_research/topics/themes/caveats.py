"""What a reader must be told before the numbers."""

from sco_research.coding.codebooks.loading import Codebook
from sco_research.metrics.languages import rules_of
from sco_research.text.document import Document


def language_gap(document: Document, codebook: Codebook) -> str:
    """Say that a text in one language was read for words of another; empty where it was not."""
    if document.metadata.language in (codebook.language, "und"):
        return ""
    text, words = (rules_of(code).name for code in (document.metadata.language, codebook.language))
    return (
        f"The document is in {text} and the codebook’s words are {words}: what is not found here "
        "may stand there all the same, and no number of this report says what it is about."
    )
