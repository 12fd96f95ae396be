"""Which section each block of a text belongs to."""

import re
import unicodedata
from collections import Counter

from sco_research.text.layout.headings import is_label, number_of_heading
from sco_research.text.layout.lines import ROMAN_NUMERAL, is_symbol
from sco_research.text.layout.paragraphs import Block

_BLANK_LINES_OF_A_SECTION = 2
_MIN_WIDE = 6
_PERFORMATIVE = re.compile(
    r"\b(?:declare|state|agree|agreed|proclaim|announce|adopt|adopted|note|noted|affirm|reaffirm)\b"
    r"(?:[^.]{0,60}\bfollow(?:ing|s)\b[^.]{0,30}[.:]?|\s*(?:that)?\s*:)\s*$",
    re.I,
)
_COUNTED = re.compile(rf"(?:\d{{1,2}}|[A-Z]|{ROMAN_NUMERAL})[.)]\s")
_NAMED = re.compile(r"(?:article|section|статья)\s", re.I)
# From the widest division to the narrowest: the widest that comes twice makes the sections.
_DIVISIONS = tuple(
    map(
        re.compile,
        (
            r"(?i:part|часть)\s",
            r"(?i:title|раздел)\s",
            r"(?i:chapter|глава)\s|第[一二三四五六七八九十百\d]{1,4}章",
            r"(?i:section)\s",
            r"(?i:article|статья)\s|第[一二三四五六七八九十百\d]{1,4}条",
            rf"{ROMAN_NUMERAL}\.\s|[一二三四五六七八九十]{{1,3}}、",
        ),
    )
)


def number_sections(text: str, found: list[Block]) -> list[int]:
    """Return the section number of each block.

    Numerals mark sections where there are any, then headings that name divisions; else two or more
    blank lines, or a heading, do. An annex is a section of its own. 0 is what opens the document.
    """
    by_numeral = any(block.kind == "numeral" for block in found)
    division = None if by_numeral else _division(text, found)
    widest = _widest_ordinary_gap(found)
    groups: list[int] = []
    group = 0
    begun = False
    for number, block in enumerate(found):
        after_heading = number > 0 and found[number - 1].kind in ("heading", "annex")
        if block.kind == "annex":
            breaks = True
        elif by_numeral:
            breaks = block.kind == "numeral"
        elif division is not None:
            breaks = _is_of(division, text, block)
        elif block.kind == "heading":
            breaks = begun and not after_heading
        else:
            wide = block.gap > widest
            breaks = begun and wide and not after_heading and block.kind == "paragraph"
        group += breaks
        groups.append(group)
        begun = begun or block.kind == "paragraph"
    opening = by_numeral or division is not None or _is_opening(text, found, groups)
    return groups if opening else [number + 1 for number in groups]


def section_marks(text: str, found: list[Block], groups: list[int]) -> tuple[str, ...]:
    """Return what begins the sections after the first group of blocks, each kind once.

    Kinds are numeral, heading, annex, article (a paragraph that opens "Article 3.") and gap (more
    blank lines than between other paragraphs).
    """
    kinds: list[str] = []
    for before, block, group in zip(groups, found[1:], groups[1:], strict=False):
        if group == before:
            continue
        if block.kind != "paragraph":
            kinds.append(block.kind)
        else:
            kinds.append("article" if _opens(text, block) else "gap")
    return tuple(dict.fromkeys(kinds))


def _division(text: str, found: list[Block]) -> re.Pattern[str] | None:
    openings = [block for block in found if _opens(text, block)]
    for pattern in _DIVISIONS if len(openings) > 1 else ():
        if sum(_is_of(pattern, text, block) for block in openings) > 1:
            return pattern
    return None


def _opens(text: str, block: Block) -> bool:
    """Return whether a block opens a division: a heading, or "Article 3. The Parties"."""
    if block.kind == "paragraph":
        return block.content > block.start and bool(_NAMED.match(text, block.start, block.content))
    return block.kind == "heading"


def _is_of(division: re.Pattern[str], text: str, block: Block) -> bool:
    return _opens(text, block) and bool(division.match(text, block.start, block.end))


def _widest_ordinary_gap(found: list[Block]) -> int:
    """Return how many blank lines still part two paragraphs of one section.

    It is one, but in a text that sets every paragraph wider apart.
    """
    gaps = Counter(block.gap for block in found[1:] if block.kind == "paragraph")
    wide = sum(count for gap, count in gaps.items() if gap >= _BLANK_LINES_OF_A_SECTION)
    if wide < _MIN_WIDE or wide < 0.9 * gaps.total():
        return _BLANK_LINES_OF_A_SECTION - 1
    return max(gaps, key=lambda gap: (gaps[gap], -gap))


def _is_opening(text: str, found: list[Block], groups: list[int]) -> bool:
    """Return whether the text before the first mark is an opening and no section."""
    if groups and groups[-1] == 0:
        return False
    first = [
        block
        for block, group in zip(found, groups, strict=True)
        if group == 0 and block.kind == "paragraph"
    ]
    if is_headed(text, found):
        return False
    return len(first) == 1 or bool(
        first and _PERFORMATIVE.search(text[first[-1].start : first[-1].end][-200:])
    )


def is_headed(text: str, found: list[Block]) -> bool:
    """Return whether the first paragraph has a heading of its own below the title.

    Such a heading is counted, or stands below the dateline that the title is set over, or is set
    like the headings that come after it and not like the title.
    """
    kinds = [block.kind for block in found]
    first = kinds.index("paragraph")
    headings = [
        (number, text[block.start : block.end])
        for number, block in enumerate(found)
        if block.kind == "heading"
        and not (is_label(line := text[block.start : block.end]) or is_symbol(line))
    ]
    above = [heading for number, heading in headings if number < first]
    below = [heading for number, heading in headings if number > first]
    if not above or kinds[first - 1] != "heading":
        return False
    datelines = [number for number, kind in enumerate(kinds[:first]) if kind == "dateline"]
    if _COUNTED.match(above[-1]) or any(headings[0][0] < number for number in datelines):
        return True
    alike = below and above[-1].isupper() == below[0].isupper() != above[0].isupper()
    return len(above) > 1 and bool(alike) and not above[-1][0].islower()


def number_of_mark(mark: str) -> str:
    """Return the number in what opens a paragraph, as printed but for its stop; empty in a dash.

    >>> number_of_mark("7. "), number_of_mark("(a) "), number_of_mark("Article 3. ")
    ('7', '(a)', 'Article 3')
    >>> number_of_mark("§ 12 "), number_of_mark("OP3. "), number_of_mark("“1. ")
    ('12', 'OP3', '1')
    >>> number_of_mark("- "), number_of_mark("o "), number_of_mark("")
    ('', '', '')
    """
    number = (
        " ".join(unicodedata.normalize("NFKC", mark).split()).lstrip('“«"§¶ ').rstrip(".:、\uff0e")
    )
    return number if number != "o" and any(sign.isalnum() for sign in number) else ""


def printed_sections(text: str, found: list[Block], groups: list[int]) -> dict[int, str]:
    """Return the number that each section bears in print, where it bears one.

    It stands on a line of its own, in a heading, or before the paragraph that opens an article.
    """
    printed: dict[int, str] = {}
    opened: set[int] = set()
    for block, group in zip(found, groups, strict=True):
        if group in opened:
            continue
        number = ""
        if block.kind == "paragraph":
            opened.add(group)
            if _opens(text, block):
                number = number_of_mark(text[block.start : block.content])
        elif block.kind == "numeral":
            number = number_of_mark(text[block.start : block.end])
        elif block.kind in ("heading", "annex"):
            number = number_of_heading(text[block.start : block.end])
            if block.kind == "annex":
                opened.add(group)
        if number:
            # A chapter's, and not that of the first section in it.
            printed.setdefault(group, number)
    return printed
