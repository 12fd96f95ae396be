"""The layout of a text: which lines make a paragraph, a heading, a section mark, a dateline.

Only the layout is read here, never the meaning, so that one set of rules serves texts of one line a
paragraph, hard-wrapped extracts, numbered paragraphs and dash lists alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

_ROMAN = re.compile(r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})\.?")
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*[-–—]?", re.I)
# What opens an item or a numbered paragraph. A number needs its point or bracket and white space.
_MARK = re.compile(
    r"(?:[-–—•*·▪‣]\s+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)\s+|\d{1,3}(?:\.\d{1,2})*\.\s+|\d+(?:\.\d+)+\s+)"
)
_TERMINAL = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]]*$")
_FINAL = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_DATE = re.compile(
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}"
    r"|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)",
    re.I,
)
_MOST_WORDS_IN_DATELINE = 8
_MOST_WORDS_IN_HEADING = 15
# A line much longer than a printed one was never wrapped.
_WIDEST_PRINTED_LINE = 160
_SHARE_OF_FULL_LINE = 0.75
_LEAST_SHARE_OF_OPEN_LINE_ENDS = 0.3


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NUMERAL = "numeral"
    DATELINE = "dateline"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    ``start`` and ``end`` are offsets in the document, ``content`` is where the words begin after
    a number or a dash, ``gap`` counts the blank lines before, and ``removed`` holds the spans
    inside that are no part of it.
    """

    kind: Kind
    start: int
    end: int
    content: int
    gap: int
    removed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    gap: int


def blocks(text: str, start: int, end: int) -> list[Block]:
    """Return the blocks of ``text[start:end]`` in order, page matter taken out."""
    lines = list(_lines(text, start, end))
    found = _join_over_pages(text, list(_group(lines, wrapped=_is_wrapped(lines))))
    found = _classify(text, found)
    if not any(block.kind is Kind.PARAGRAPH for block in found):
        # Whatever it looks like, a text of one line is a text.
        found = [replace(block, kind=Kind.PARAGRAPH) for block in found]
    return found


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """Yield the lines that hold something, each with the number of blank ones before it."""
    gap = 0
    position = start
    for line in text[start:end].splitlines(keepends=True):
        content = line.strip()
        if content:
            first = position + len(line) - len(line.lstrip())
            yield _Line(first, first + len(content), content, gap)
            gap = 0
        else:
            gap += 1
        position += len(line)


def _is_wrapped(lines: list[_Line]) -> bool:
    """Tell whether line ends are the printer's and not the author's."""
    width = max((len(line.text) for line in lines), default=0)
    if width > _WIDEST_PRINTED_LINE:
        return False
    # A short line, a heading or a numeral, says nothing about where the printer broke.
    inner = [
        line
        for line, after in pairwise(lines)
        if after.gap == 0 and len(line.text) >= _SHARE_OF_FULL_LINE * width
    ]
    open_ends = sum(not _TERMINAL.search(line.text) for line in inner)
    return bool(inner) and open_ends >= _LEAST_SHARE_OF_OPEN_LINE_ENDS * len(inner)


def _group(lines: list[_Line], *, wrapped: bool) -> Iterator[Block]:
    """Join the lines of one paragraph."""
    width = max((len(line.text) for line in lines), default=0)
    group: list[_Line] = []
    for line in lines:
        if group and not (wrapped and _continues(group, line, width)):
            yield _block(group)
            group = []
        group.append(line)
    if group:
        yield _block(group)


def _continues(group: list[_Line], line: _Line, width: int) -> bool:
    last = group[-1].text
    if line.gap or any(_stands_alone(text) for text in (line.text, last)):
        return False
    ended = bool(_TERMINAL.search(last))
    if _MARK.match(line.text) and (ended or last.endswith(",")):
        return False
    return not (ended and len(last) < _SHARE_OF_FULL_LINE * width)


def _stands_alone(text: str) -> bool:
    return bool(_ROMAN.fullmatch(text) or _PAGE_NUMBER.fullmatch(text))


def _block(group: list[_Line]) -> Block:
    first, last = group[0], group[-1]
    mark = _MARK.match(first.text)
    content = first.start + (mark.end() if mark else 0)
    kind = Kind.PARAGRAPH
    if len(group) == 1:
        if _ROMAN.fullmatch(first.text):
            kind = Kind.NUMERAL
        elif _PAGE_NUMBER.fullmatch(first.text):
            kind = Kind.PAGE
    return Block(kind, first.start, last.end, content, first.gap)


def _join_over_pages(text: str, found: list[Block]) -> list[Block]:
    """Take page numbers out, and mend the paragraphs that they interrupt."""
    result: list[Block] = []
    page: Block | None = None
    for block in found:
        if block.kind is Kind.PAGE:
            page = page or block
            continue
        if page is not None:
            before = result[-1] if result else None
            if before is not None and _runs_on(text, before, block):
                hole = (before.end, block.start)
                result[-1] = replace(before, end=block.end, removed=(*before.removed, hole))
                page = None
                continue
            block = replace(block, gap=max(block.gap, page.gap) if result else block.gap)
            page = None
        result.append(block)
    return result or found


def _runs_on(text: str, before: Block, after: Block) -> bool:
    if before.kind is not Kind.PARAGRAPH or after.kind is not Kind.PARAGRAPH:
        return False
    return not _TERMINAL.search(text[before.start : before.end]) and text[after.start].islower()


def _classify(text: str, found: list[Block]) -> list[Block]:
    """Tell headings and datelines from paragraphs."""
    result: list[Block] = []
    for number, block in enumerate(found):
        kind = block.kind
        if kind is Kind.PARAGRAPH:
            content = text[block.start : block.end]
            at_edge = number < 3 or number >= len(found) - 3
            if at_edge and _is_dateline(content):
                kind = Kind.DATELINE
            elif _is_heading(text, found, number):
                kind = Kind.HEADING
        result.append(block if kind is block.kind else replace(block, kind=kind))
    # A heading heads something: one before a numeral, or after which nothing comes, does not.
    after: Kind | None = None
    for number in range(len(result) - 1, -1, -1):
        kind = result[number].kind
        if kind is Kind.HEADING and after not in (Kind.PARAGRAPH, Kind.HEADING):
            result[number] = replace(result[number], kind=Kind.PARAGRAPH)
        after = after if kind is Kind.DATELINE else result[number].kind
    return result


def _is_dateline(content: str) -> bool:
    return len(content.split()) <= _MOST_WORDS_IN_DATELINE and bool(_DATE.search(content))


def _is_heading(text: str, found: list[Block], number: int) -> bool:
    block = found[number]
    content = text[block.start : block.end]
    if len(content) > 200 or len(content.split()) > _MOST_WORDS_IN_HEADING:
        return False
    first = text[block.content]
    if not (first.isupper() or first.isdigit()) or content[0] in "-–—•*·▪‣(":
        return False
    if _TERMINAL.search(content) or content[-1] in ",-–—":
        return False
    before = text[found[number - 1].start : found[number - 1].end] if number else "."
    # After a colon, a comma or an unfinished line it is an item of a list.
    return bool(_FINAL.search(before)) or found[number - 1].kind is not Kind.PARAGRAPH
