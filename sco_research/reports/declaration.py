"""The document itself at the end of a report: what every number leads to."""

from sco_research.reports.evidence_links import WHOLE, Evidence
from sco_research.reports.markdown import escape
from sco_research.text.document import Document
from sco_research.text.segments import segments_of


def declaration_markdown(document: Document, evidence: Evidence) -> str:
    """Return the document's paragraphs, each sentence at its anchor, as pandoc Markdown.

    After a sentence stand the links back to the numbers that count it.
    """
    blocks: list[str] = []
    for segment in segments_of(document):
        text = escape(document.text[segment.start : segment.end])
        anchor = segment.id.rpartition(":")[2]
        if segment.level == "section" and segment.section:
            blocks.append(f"### Section {segment.section} {{#{anchor}}}")
        elif segment.level in ("heading", "dateline", "signature", "annex"):
            blocks.append(f"[{text}]{{#{anchor} .{segment.level}}}")
        elif segment.level == "paragraph":
            blocks.append(f"[¶ {segment.paragraph}]{{#{anchor} .paragraph-number}}")
        elif segment.level == "sentence":
            links = evidence.in_markdown(anchor)
            blocks[-1] += f" [{text}]{{#{anchor} .sentence}}{links}"
    heading = f"## The document, sentence by sentence {{#{WHOLE}}}"
    # The page may put the annotated document in this place.
    return "\n\n".join([heading, "::: {#sentences}", *blocks, ":::"])
