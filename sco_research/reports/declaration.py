"""The document itself at the end of a report: what every number leads to."""

from collections.abc import Mapping, Sequence

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
