"""The declaration set by printers of every kind reads as it does unset."""

import itertools
import re
import textwrap

import pytest

from sco_research.text.document import Document
from sco_research.text.segments import segment, sentences_of

# Of a word broken at its own hyphen nobody can tell whether it had one.
AMBIGUOUS = (("multimodal", "multi-modal"),)


def printed(body: str, width: int, paragraphs: str, pages: str) -> str:
    lines: list[str] = []
    for block in body.strip().split("\n"):
        if block.strip():
            indent = "    " if paragraphs == "indented" else ""
            lines += textwrap.wrap(block, width, initial_indent=indent)
        elif paragraphs == "apart":
            lines.append("")
    if pages == "none":
        return "\n".join(lines)
    made: list[str] = []
    for number, line in enumerate(lines, start=1):
        made.append(line)
        if number % 38 == 0 and pages == "numbered":
            made.append(str(number // 38))
        elif number % 38 == 0:
            made += ["", f"- {number // 38} -", "\fBishkek Declaration     SCO", ""]
    return "\n".join(made)


def sentences(text: str) -> list[str]:
    found = [item.text for item in sentences_of(Document.from_text(text, id="print"))]
    for broken, whole in AMBIGUOUS:
        found = [sentence.replace(broken, whole) for sentence in found]
    return found


def hidden_ends(body: str, width: int) -> int:
    """Count the paragraphs whose last line is full: nothing shows that they end there."""
    blocks = [textwrap.wrap(block, width) for block in body.strip().split("\n") if block.strip()]
    return sum(
        len(f"{before[-1]} {re.split('(?<=-)|[ ]', after[0])[0]}") > width
        # The dateline stands alone in any case.
        for before, after in itertools.pairwise(blocks[:-1])
    )


@pytest.mark.parametrize("pages", ["none", "numbered", "headed"])
@pytest.mark.parametrize("paragraphs", ["apart", "indented", "close"])
@pytest.mark.parametrize("width", range(58, 104, 6))
def test_a_printed_declaration_reads_as_it_does_unset(
    declaration: Document, width: int, paragraphs: str, pages: str
) -> None:
    body = declaration.text[slice(*declaration.body)]
    text = printed(body, width, paragraphs, pages)
    assert sentences(text) == sentences(body)
    frame = segment(Document.from_text(text, id="print"), level="paragraph")
    if paragraphs == "close":
        assert len(frame) == 32 - hidden_ends(body, width)
    else:
        assert len(frame) == 32
    if paragraphs == "apart":
        unset = segment(declaration, level="paragraph")
        assert frame["section"].tolist() == unset["section"].tolist()
