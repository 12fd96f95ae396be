"""The footnotes of an HTML page: the figures that lead to them, and the notes themselves."""

import re

from lxml.html import HtmlElement

from sco_research.loaders.extraction import is_power
from sco_research.loaders.formats.html.markup import BLOCKS, RAISED_NUMBER, tag_of

_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|[*†‡§]{1,3})[\])]?\s*")
_NOTE_LINK = re.compile(r"#.*(?:fn|ftn|note|edn|cite)", re.I)


def mark_notes(root: HtmlElement, noise: dict[HtmlElement, str]) -> None:
    """Mark the figures that lead to footnotes, and the footnotes that begin with them."""
    seen: set[str] = set()
    # What a note leads back to: the names of its mark.
    names: set[str] = set()
    for mark in list(root.iter("sup", "a")):
        words = mark.text_content()
        if mark in noise or not _NOTE_MARK.fullmatch(words):
            continue
        targets = [link.get("href") or "" for link in mark.iter("a")]
        leads = any(map(_NOTE_LINK.match, targets)) or not names.isdisjoint(targets)
        if tag_of(mark) == "a" and not leads:
            continue
        figure = words.strip().strip("[]()")
        block = _block_begun_by(mark)
        if block is None and figure in seen and _begins_a_line(mark):
            noise[_set_apart(mark)] = "footnote"
        elif block is not None and (leads or figure in seen):
            if block is not root:
                noise[block] = "footnote"
        elif (block is None or tag_of(block) == "li") and (
            mark.find(".//a") is not None or leads or not _is_power(mark)
        ):
            noise[mark] = "footnote mark"
            seen.add(figure)
            names |= _targets_of(mark)


def _block_begun_by(mark: HtmlElement) -> HtmlElement | None:
    """Return the block whose text a mark begins, or None where words stand before it."""
    block = next((up for up in mark.iterancestors() if tag_of(up) in BLOCKS), None)
    if block is None or _before(mark).strip():
        return None
    first = block.text_content().split(maxsplit=1)[:1]
    return block if first and first == mark.text_content().split(maxsplit=1)[:1] else None


def _begins_a_line(mark: HtmlElement) -> bool:
    """Return whether nothing stands between a mark and the line break before it."""
    before = mark.getprevious()
    return before is not None and tag_of(before) == "br" and not (before.tail or "").strip()


def _before(element: HtmlElement) -> str:
    """Return the text before an inline element, in its block."""
    found = ""
    while True:
        for other in element.itersiblings(preceding=True):
            if tag_of(other) in BLOCKS or tag_of(other) == "br":
                return (other.tail or "") + found
            inner = other.text_content() if tag_of(other) else ""
            found = inner + (other.tail or "") + found
            if found.strip():
                return found
        parent = element.getparent()
        if parent is None:
            return found
        found = (parent.text or "") + found
        if found.strip() or tag_of(parent) in BLOCKS:
            return found
        element = parent


def _is_power(mark: HtmlElement) -> bool:
    """Return whether a raised number belongs to the one before it: 10⁶, km², ¹³⁷Cs."""
    raised = mark.text_content()
    return RAISED_NUMBER.fullmatch(raised) is not None and is_power(
        raised, _before(mark), mark.tail or ""
    )


def _targets_of(mark: HtmlElement) -> set[str]:
    """Return what links lead to a mark: the names of it, what is in it, and what is around it."""
    around = [mark, *mark.iterdescendants(), *mark.itersiblings(preceding=True)]
    for up in mark.iterancestors():
        if tag_of(up) in BLOCKS:
            break
        around.append(up)
    names = (element.get(name) for element in around for name in ("id", "name"))
    return {f"#{name}" for name in names if name}


def _set_apart(mark: HtmlElement) -> HtmlElement:
    """Return a new element around a mark and what follows it up to the end of its line."""
    parent = mark.getparent()
    line = [mark]
    for element in mark.itersiblings():
        if tag_of(element) == "br" or tag_of(element) in BLOCKS:
            break
        line.append(element)
    span = parent.makeelement("span")
    parent.insert(parent.index(mark), span)
    span.extend(line)
    return span
