"""What each block of a text is: heading, row, dateline, signature, annex, or paragraph."""

import re
from collections.abc import Iterable
from dataclasses import replace

from sco_research.text.layout.datelines import is_dateline
from sco_research.text.layout.headings import LONGEST_HEADING, ends_or_says, is_heading
from sco_research.text.layout.lines import is_ended
from sco_research.text.layout.paragraphs import Block, Kind, group_lines

_EDGE = 3

_ANNEX = re.compile(
    r"(?:annex|appendix|attachment|приложение)(?:\s+(?:no\.?\s*|№\s*)?(?:\d{1,2}|[ivx]{1,4}|[a-z]))?"
    r"(?:\s*[.:–—-].*|\s+to\b.*|\s+к\b.*)?|附件.{0,10}|付属書.{0,10}|附属書.{0,10}",
    re.I,
)

_NAME = r"[A-ZА-ЯЁÀ-Þ][\w’'-]+"
_OFFICE = (
    r"president|prime minister|premier|chairman|chairperson|chairwoman|head of (?:state|government|"
    r"delegation)|secretary[- ]general|minister|deputy|director|king|queen|emir|sultan|"
    r"crown prince|plenipotentiary|ambassador|chancellor|commissioner|governor|"
    r"(?:permanent|special|high) (?:secretary|envoy|representative)|foreign (?:affairs )?minister|"
    r"президент|премьер-министр|председатель|министр"
)
_SIGNED = re.compile(
    rf"(?i:for (?:and on behalf of )?the\b|on behalf of\b|за\s|от имени\b)"
    rf"|(?i:(?:the )?(?:(?:acting|first|deputy|vice)[- ])*(?:{_OFFICE})\b)"
    rf"|(?i:\(?signed\)?(?: by)?\W*$|\(?signed\)|/s/|signatures?:?$|подпис[ьи]\b)"
    r"|[_.…]{4,}|\[signature"
    r"|For (?:[A-Z][\w’'-]+ ?){1,4}(?::|$)"
    r"|(?:(?:H\.\s?E\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)\s+)*(?:[A-ZА-ЯЁ]\.[\s-]?){1,3}"
    rf"{_NAME}(?:\s+{_NAME})?$"
)
_STATE = re.compile(
    r"(?i:(?:the )?(?:(?:people['’]s|islamic|kyrgyz|arab|democratic|socialist|federal) )*"
    r"(?:republic|kingdom|federation|union|state)\b|(?:the )?russian federation)"
)
_PERSON = re.compile(rf"(?:{_NAME}[ -]?){{1,4}}$")
_BESIDE = re.compile(r"\t+| {3,}")
_MAX_WORDS_IN_SIGNATURE = 14
# "II.\tTrade", "Article 3\tThe Council": a heading and its number.
_NUMBER_AND_TAB = re.compile(
    r"(?:[(\[]?(?:\w{1,5}(?:\.\w{1,3})*[.)\]]|\d{1,3}(?:\.\d{1,3})*)"
    r"|(?:article|part|chapter|section|title|annex|статья|часть|глава|раздел)\s+\S+)\s*\t[^\t]+$",
    re.I,
)


def blocks(text: str, start: int, end: int, headings: Iterable[int] = ()) -> list[Block]:
    """Return the blocks of ``text[start:end]`` in order, each with what it is.

    ``headings`` are the offsets of lines that the source itself marks as headings.
    """
    marked = frozenset(headings)
    found = _with_annexes(text, group_lines(text, start, end))
    parts = [number for number, block in enumerate(found) if block.kind == "annex"]
    for first, stop in zip([0, *parts], [*parts, len(found)], strict=True):
        found[first:stop] = _classify(text, found[first:stop], marked)
    if not any(block.kind == "paragraph" for block in found):
        # Whatever it looks like, a text of one line is a text.
        found = [replace(block, kind="paragraph") for block in found]
    return found


def _with_annexes(text: str, found: list[Block]) -> list[Block]:
    """Mark the titles of annexes; one that comes before any paragraph has nothing to follow."""
    result = list(found)
    for number, block in enumerate(found[1:-1], start=1):
        if block.end - block.start > LONGEST_HEADING or text[block.start] not in "AaПп附付":
            continue
        content = text[block.start : block.end]
        if not is_ended(content) and _ANNEX.fullmatch(" ".join(content.split())):
            result[number] = replace(block, kind="annex")
    return result


def _classify(text: str, found: list[Block], marked: frozenset[int]) -> list[Block]:
    """Return the kind of each block of one part: the body or an annex."""
    signed = _first_signature(text, found)
    result: list[Block] = []
    in_title = True
    for number, block in enumerate(found):
        kind = block.kind
        if kind == "paragraph":
            at_edge = number < _EDGE or in_title or number >= signed - _EDGE
            if at_edge and is_dateline(text[block.start : block.end]):
                kind = "dateline"
            elif number >= signed:
                kind = "signature"
            elif not in_title and block.start not in marked and _is_row(text, block):
                kind = "row"
            elif block.start in marked or (
                block.end - block.start <= LONGEST_HEADING
                and is_heading(
                    text,
                    block,
                    result[-1] if result else None,
                    found[number + 1] if number + 1 < len(found) else None,
                    in_title=in_title,
                )
            ):
                kind = "heading"
        in_title = in_title and kind in ("heading", "dateline")
        result.append(block if kind is block.kind else replace(block, kind=kind))
    return _with_headings_that_head(result)


def _is_row(text: str, block: Block) -> bool:
    """Return whether a block is a row of a table: cells with tabs between them, and no sentence."""
    if text.find("\t", block.content, block.end) < 0:
        return False
    content = text[block.content : block.end]
    return "\n" not in content and not is_ended(content) and not _NUMBER_AND_TAB.match(content)


def _with_headings_that_head(found: list[Block]) -> list[Block]:
    """Take a heading for a paragraph where nothing comes after it."""
    result = list(found)
    after: Kind | None = None
    first = next((n for n, block in enumerate(found) if block.kind == "paragraph"), len(found))
    for number in range(len(result) - 1, -1, -1):
        kind = result[number].kind
        if kind == "dateline":
            continue
        if kind == "heading":
            # A title stands before the first numeral too.
            title = after == "numeral" and number < first
            if not (title or after in ("paragraph", "heading", "row")):
                kind = "paragraph"
                result[number] = replace(result[number], kind=kind)
        after = kind
    return result


def _first_signature(text: str, found: list[Block]) -> int:
    """Return the place of the first signature, or the number of blocks where there is none.

    Signatures are the short lines at the very end, of which one at least names an office, a party
    or a signer with initials.
    """
    first = len(found)
    cues = 0
    for number in range(len(found) - 1, 0, -1):
        block = found[number]
        if block.kind == "numeral" or block.end - block.start > LONGEST_HEADING:
            break
        content = " ".join(text[block.start : block.end].split())
        if is_dateline(content):
            continue
        if len(content.split()) > _MAX_WORDS_IN_SIGNATURE or ends_or_says(content):
            break
        # Signers may stand side by side.
        pieces = [" ".join(piece.split()) for piece in _BESIDE.split(text[block.start : block.end])]
        signed = [piece for piece in pieces if _SIGNED.match(piece)]
        rest = (piece for piece in pieces if piece and piece not in signed)
        if not all(_STATE.match(piece) or _PERSON.fullmatch(piece) for piece in rest):
            break
        first = number
        cues += bool(signed)
    return first if cues else len(found)
