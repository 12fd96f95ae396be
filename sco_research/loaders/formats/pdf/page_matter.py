"""What is printed on a page and is no part of the running text."""

import re
from collections import defaultdict

from sco_research.loaders.extraction import Extraction, is_power
from sco_research.loaders.formats.pdf.lines import PageLine
from sco_research.text.layout.lines import is_ended, is_page_number, is_symbol
from sco_research.text.origin import SourceLocation

_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
_SAME_HEIGHT = 4.0
_VERY_SAME_HEIGHT = 1.0
_WHITE_BESIDE_HEAD = 0.8
_WHITE_IN_A_PARAGRAPH = 0.6
_LONG_FOR_A_HEAD = 60
_SMALL = 0.92
_NOTE = re.compile(r"(\d{1,3}|[*†‡§])")


def _place(line: PageLine) -> SourceLocation:
    return SourceLocation(page=line.page, line=line.number)


def _shape(line: PageLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).lower())


def without_page_matter(
    pages: list[list[PageLine]], extraction: Extraction
) -> list[list[PageLine]]:
    """Take out what stands at the edge of page after page, and numbers of pages and of lines.

    Parameters
    ----------
    pages : list of list of PageLine
        The lines of each page.
    extraction : Extraction
        Where to keep what is taken out.
    """
    heights: dict[str, list[float]] = defaultdict(list)
    for line in (line for page in pages for line in page if line.margin_number):
        extraction.remove("line number", line.margin_number, _place(line))
    for page in pages:
        tops = {(_shape(line), line.top) for edge in _edges(page) for line in edge}
        for shape, top in tops:
            heights[shape].append(top)
    # Left and right pages may have each their own.
    least = max(2, len(pages) // 3)
    set_at: dict[str, list[float]] = defaultdict(list)
    kept: list[list[PageLine]] = []
    for page in pages:
        out: set[int] = set()
        for edge, kind in zip(_edges(page), ("running head", "running foot"), strict=True):
            for line in edge:
                near = sum(abs(top - line.top) <= _SAME_HEIGHT for top in heights[_shape(line)])
                is_number = is_page_number(line.text)
                # Inside the first line that is text, everything is.
                is_head = (near >= least and not _is_prose(line, page)) or (
                    page is not pages[0] and is_symbol(line.text)
                )
                if id(line) in out or not (is_number or is_head):
                    break
                extraction.remove("page number" if is_number else kind, line.text, _place(line))
                out.add(id(line))
                set_at[kind].append(line.top)
        kept.append([line for line in page if id(line) not in out])
    return [_without_heads_set_once(page, set_at, extraction) for page in kept]


def _without_heads_set_once(
    page: list[PageLine], set_at: dict[str, list[float]], extraction: Extraction
) -> list[PageLine]:
    """Take out what stands by itself at the height of other pages' heads or feet."""
    by_place = sorted(page, key=lambda line: line.number)
    out: set[int] = set()
    for kind, edge, inner in (
        ("running head", by_place[:1], by_place[1:2]),
        ("running foot", by_place[-1:], by_place[-2:-1]),
    ):
        for line, next_line in zip(edge, inner, strict=False):
            at = sum(abs(top - line.top) <= _VERY_SAME_HEIGHT for top in set_at[kind])
            upper, lower = sorted((line, next_line), key=lambda one: one.top)
            if at > 1 and lower.top - upper.bottom > _WHITE_BESIDE_HEAD * line.size:
                extraction.remove(kind, line.text, _place(line))
                out.add(id(line))
    return [line for line in page if id(line) not in out]


def _is_prose(line: PageLine, page: list[PageLine]) -> bool:
    """Return whether a line that comes again on other pages is long and set close to the text."""
    if line.text[0].islower() and is_ended(line.text):
        return True
    if len(line.text) < _LONG_FOR_A_HEAD:
        return False
    beside = (other for other in page if other is not line and other.column == line.column)
    gaps = (max(other.top - line.bottom, line.top - other.bottom) for other in beside)
    return min(gaps, default=line.size) < _WHITE_IN_A_PARAGRAPH * line.size


def _edges(page: list[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """Return the first lines of a page from the top and the last ones from the foot."""
    by_place = sorted(page, key=lambda line: line.number)
    return by_place[:_EDGE_LINES], by_place[: -_EDGE_LINES - 1 : -1]


def without_footnotes(
    pages: list[list[PageLine]], size: float, extraction: Extraction
) -> list[PageLine]:
    """Take the notes in small type at the foot of a page or a column out, and their signs.

    Parameters
    ----------
    pages : list of list of PageLine
        The lines of each page.
    size : float
        The size of the text's type.
    extraction : Extraction
        Where to keep what is taken out.
    """
    body: list[PageLine] = []
    for page in pages:
        columns: dict[int, list[PageLine]] = defaultdict(list)
        for line in page:
            columns[line.column].append(line)
        notes: set[int] = set()
        for column in columns.values():
            notes |= _notes_at_the_foot(column, size)
        for line in page:
            if id(line) in notes:
                extraction.remove("footnote", line.text, _place(line))
        text = [line for line in page if id(line) not in notes]
        _take_signs_off(text, [line for line in page if id(line) in notes])
        for line in text:
            for mark in line.marks:
                extraction.remove("footnote mark", mark, _place(line))
        body += text
    return body


def _take_signs_off(text: list[PageLine], notes: list[PageLine]) -> None:
    """Take the sign of each note off the word that it is set after, where there is one such word.

    A raised figure may be a letter of its own and not a small one: "the Charter1".
    """
    for note in notes:
        sign = _NOTE.match(note.text)
        if sign is None or not sign[1].isdigit():
            continue
        glued = re.compile(rf"(?<=[^\W\d_])[.,;:”\"')]?{sign[1]}(?!\w)")
        found = [
            (line, match)
            for line in text
            for match in glued.finditer(line.text)
            if not is_power(sign[1], line.text[: match.end() - len(sign[1])], "")
        ]
        if len(found) == 1:
            line, match = found[0]
            line.text = line.text[: match.end() - len(sign[1])] + line.text[match.end() :]
            line.marks.append(sign[1])


def _notes_at_the_foot(column: list[PageLine], size: float) -> set[int]:
    small: list[PageLine] = []
    for line in reversed(column):
        if line.size >= _SMALL * size:
            break
        small.append(line)
    small.reverse()
    # The first of them carries its sign; small type without one is text.
    first = next((n for n, line in enumerate(small) if _NOTE.match(line.text)), len(small))
    return {id(line) for line in small[first:]}
