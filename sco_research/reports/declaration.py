"""The document itself at the end of a report: what every number leads to."""

from collections.abc import Mapping, Sequence

from sco_research.coding.codebooks.loading import Codebook
from sco_research.metrics.languages import rules_of
from sco_research.reports.evidence import Entry, in_markdown
from sco_research.reports.markdown import escape
from sco_research.text.document import Document
from sco_research.text.segments import segments_of


def declaration_markdown(
    document: Document, back: Mapping[str, Sequence[Entry]] | None = None
) -> str:
    """Return the document's paragraphs, each sentence at its anchor, as pandoc Markdown.

    ``back`` gives the numbers that count a sentence, by its anchor.
    """
    counted = back or {}
    blocks: list[str] = []
    for segment in segments_of(document):
        text = escape(document.text[segment.start : segment.end])
        anchor = segment.id.rpartition(":")[2]
        if segment.level == "section" and segment.section:
            blocks.append(f"### Section {segment.section} {{#{anchor}}}")
        elif segment.level in ("heading", "dateline"):
            blocks.append(f"[{text}]{{#{anchor} .{segment.level}}}")
        elif segment.level == "paragraph":
            blocks.append(f"[¶ {segment.paragraph}]{{#{anchor} .paragraph-number}}")
        elif segment.level == "sentence":
            links = in_markdown(counted.get(anchor, ()))
            blocks[-1] += f" [{text}]{{#{anchor} .sentence}}{links}"
    heading = "## The document, sentence by sentence {#the-document}"
    # The page may put the annotated document in this place.
    return "\n\n".join([heading, "::: {#sentences}", *blocks, ":::"])


def language_gap(document: Document, codebook: Codebook) -> str:
    """Say that a text in one language was read for words of another; empty where it was not."""
    if document.metadata.language in (codebook.language, "und"):
        return ""
    text, words = (rules_of(code).name for code in (document.metadata.language, codebook.language))
    return (
        f"The document is in {text} and the codebook’s words are {words}: what is not found here "
        "may stand there all the same, and no number of this report says what it is about."
    )
