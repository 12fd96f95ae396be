"""The paragraphs of a Word document as Word shows them, and what each holds besides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sco_research.loaders.extraction import is_power, raise_number
from sco_research.loaders.formats.docx.styles import (
    Styles,
    child_value,
    is_on,
    qn,
    value,
)

if TYPE_CHECKING:
    from lxml import etree

PARAGRAPH, ROW, CELL = qn("w:p"), qn("w:tr"), qn("w:tc")
_PROPERTIES = qn("w:pPr")
_TEXT = qn("w:t")
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DELETED = qn("w:delText")
_WORD = _TEXT.removesuffix("t")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# As python-docx has them, their text is that of the runs inside.
_OF_RUNS = (PARAGRAPH, qn("w:r"), qn("w:hyperlink"))
_FALLBACK = f"{_COMPATIBILITY}Fallback"
_BOX = qn("w:txbxContent")
# They tell Word what to put here.
_INSTRUCTIONS = (qn("w:instrText"), qn("w:delInstrText"))
# A text box is read apart, as paragraphs of its own.
_LEFT_OUT = {_PROPERTIES, qn("w:rPr"), _BOX, *_INSTRUCTIONS}
_REMOVED = {
    qn("w:del"): "deleted text",
    qn("w:moveFrom"): "moved text",
    qn("w:rt"): "ruby reading",
}
_BREAKS = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:noBreakHyphen"): "-",
}
# Rows and cells that are gone, and what is said of them.
_GONE = (
    (ROW, qn("w:trPr/w:del"), "deleted text"),
    (ROW, qn("w:trPr/w:hidden"), "hidden text"),
    (CELL, qn("w:tcPr/w:cellDel"), "deleted text"),
)
_RAISED_NUMBER = re.compile(r"\s*[\[(]?[-\u2212–+]?\d{1,3}[\])]?\s*")
_MARK = re.compile(r"\s*[*†‡]{1,3}\s*")
# The signs of Symbol, a font older than Unicode, that stand in texts.
_SYMBOLS = {
    0xF0B7: "•",
    0xF0B3: "≥",
    0xF0A3: "≤",
    0xF0B4: "\u00d7",
    0xF0B1: "±",
    0xF0B0: "°",
    0xF0AE: "→",
    0xF02D: "-",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a paragraph shows, and what it holds besides, each piece with its kind."""

    text: str
    removed: list[tuple[str, str]]


def joined_paragraphs(
    body: "etree._Element",
) -> "Iterator[tuple[int, list[etree._Element]]]":
    """Yield what Word shows as one paragraph, each with the number of its first in the file.

    A deleted or hidden mark ends no paragraph, but a cell, a table or a text box does; the
    paragraphs of a text box follow the one it hangs on.
    """
    run: list[etree._Element] = []
    first = 0
    boxes: list[tuple[int, list[etree._Element]]] = []
    for number, paragraph in enumerate(_paragraphs(body), start=1):
        container = _container_of(paragraph)
        if run and container is not _container_of(run[-1]):
            if _goes_on(run[-1]) and any(up in run for up in paragraph.iterancestors(PARAGRAPH)):
                # The text box of a paragraph that is still to go on.
                boxes.append((number, [paragraph]))
                continue
            yield first, run
            yield from boxes
            run, boxes = [], []
        first = first if run else number
        run.append(paragraph)
        if not _goes_on(paragraph):
            yield first, run
            yield from boxes
            run, boxes = [], []
    if run:
        yield first, run
    yield from boxes


def _container_of(paragraph: "etree._Element") -> "etree._Element | None":
    return next(paragraph.iterancestors(CELL, _BOX), None)


def _goes_on(paragraph: "etree._Element") -> bool:
    """Return whether a paragraph's mark is deleted or hidden."""
    mark = paragraph.find(qn("w:pPr/w:rPr"))
    return mark is not None and (
        any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
        or is_on(mark.find(qn("w:vanish")))
    )


def _paragraphs(body: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the paragraphs in reading order; those of a text box follow the one it hangs on."""
    stack = [iter(body)]
    boxes: list[etree._Element] = []
    depth_of_paragraph = 0
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            if depth_of_paragraph and len(stack) < depth_of_paragraph:
                depth_of_paragraph = 0
                found, boxes = boxes, []
                for box in found:
                    yield from _paragraphs(box)
            continue
        if _is_second_form(element):
            continue
        if element.tag == _BOX:
            boxes.append(element)
            continue
        if element.tag == PARAGRAPH and not depth_of_paragraph:
            yield element
            depth_of_paragraph = len(stack) + 1
        stack.append(iter(element))


def _is_second_form(element: "etree._Element") -> bool:
    """Return whether an element is for programs that cannot read what stands beside it."""
    if element.tag != _FALLBACK:
        return False
    above = element.getparent()
    return above is not None and above.find(f"{_COMPATIBILITY}Choice") is not None


def kind_of_table_part(paragraph: "etree._Element") -> str:
    """Return what a row or a cell is that is gone; empty for a paragraph that stands in none."""
    for tag, path, kind in _GONE:
        for part in paragraph.iterancestors(tag):
            if is_on(part.find(path)):
                return kind
    return ""


def is_placeholder(control: "etree._Element") -> bool:
    """Return whether a control still asks for its text: "Click here to enter text."."""
    return control.find(qn("w:sdtPr/w:showingPlcHdr")) is not None


def is_bold(paragraph: "etree._Element", styles: Styles) -> bool:
    """Return whether every word of a paragraph outside a table is bold."""
    if next(paragraph.iterancestors(qn("w:tbl")), None) is not None:
        return False
    runs = (run for run in paragraph.iter(qn("w:r")) if words_in(run).strip())
    return all(styles.is_set(run, "w:b", paragraph) for run in runs)


def words_in(element: "etree._Element") -> str:
    """Return all words of an element, shown or not."""
    found = "".join(inner.text or "" for inner in element.iter(_TEXT, _DELETED, _FORMULA, _DRAWN))
    return found or _own_words(element)


def shown_in(paragraph: "etree._Element", styles: Styles) -> Shown:
    """Return what a paragraph shows: insertions are in it, deletions and hidden text are not.

    Parameters
    ----------
    paragraph : lxml element
        The paragraph.
    styles : Styles
        The styles of its document.
    """
    # Text and whether it is raised, in order.
    pieces: list[tuple[str, bool]] = []
    removed: list[tuple[str, str]] = []
    stack = [(iter(paragraph), False)]
    # Of each open field, whether what comes is still its instruction.
    fields: list[bool] = []
    while stack:
        children, is_raised = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
        elif element.tag == qn("w:fldChar"):
            _step(fields, value(element, "w:fldCharType"))
        elif any(fields) and element.tag in (_TEXT, qn("w:sym"), *_BREAKS):
            continue
        elif element.tag in (_TEXT, _FORMULA):
            pieces.append(((element.text or "").replace("\xa0", " "), is_raised))
        elif element.tag in _BREAKS:
            pieces.append((_BREAKS[element.tag], False))
        elif kind := _kind_removed(element, styles, paragraph):
            removed.append((kind, words_in(element)))
        elif element.tag == qn("w:sym"):
            sign = _symbol(element)
            pieces.append((sign, False))
            if not sign:
                name = f"{value(element, 'w:font')} {value(element, 'w:char')}"
                removed.append(("sign of a font without letters", name))
        elif element.tag in _INSTRUCTIONS and not fields:
            removed.append(("text in an unknown part", words_in(element)))
        elif element.tag not in _LEFT_OUT and not _is_second_form(element):
            if words := _own_words(element):
                removed.append(("text in an unknown part", words))
            stack.append((iter(element), is_raised or _is_raised(element)))
    return Shown(_written(pieces, removed), removed)


def _own_words(element: "etree._Element") -> str:
    """Return the words that stand in an element itself, where Word has none."""
    if element.tag in _OF_RUNS or not element.tag.startswith((_WORD, _DRAWN)):
        return ""
    return (element.text or "").strip()


def _step(fields: list[bool], sign: str) -> None:
    """Follow a field from its instruction to its result and its end."""
    if sign == "begin":
        fields.append(True)
    elif sign == "separate" and fields:
        fields[-1] = False
    elif sign == "end" and fields:
        fields.pop()


def _written(pieces: list[tuple[str, bool]], removed: list[tuple[str, str]]) -> str:
    """Return pieces as one text; the marks of footnotes are removed."""
    text = ""
    for number, (piece, is_raised) in enumerate(pieces):
        after = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        if not is_raised or not text.strip():
            text += piece
        elif _RAISED_NUMBER.fullmatch(piece) and is_power(piece, text, after):
            text += raise_number(piece)
        elif _RAISED_NUMBER.fullmatch(piece) or _MARK.fullmatch(piece):
            removed.append(("footnote mark", piece))
        else:
            text += piece
    return text


def _kind_removed(element: "etree._Element", styles: Styles, paragraph: "etree._Element") -> str:
    """Return what an element is that a reader does not see; empty for one that is seen."""
    if element.tag in _REMOVED:
        return _REMOVED[element.tag]
    if element.tag == qn("w:sdt") and is_placeholder(element):
        return "placeholder"
    if element.tag != qn("w:r"):
        return ""
    if styles.is_set(element, "w:vanish", paragraph):
        return "hidden text"
    struck = any(styles.is_set(element, name, paragraph) for name in ("w:strike", "w:dstrike"))
    return "struck-out text" if struck else ""


def _is_raised(run: "etree._Element") -> bool:
    return child_value(run, "w:rPr/w:vertAlign") == "superscript"


def _symbol(element: "etree._Element") -> str:
    try:
        code = int(value(element, "w:char"), 16)
    except ValueError:
        return ""
    private = 0xE000 <= code <= 0xF8FF
    return _SYMBOLS.get(code, "") if private else chr(code) if 31 < code < 0xD800 else ""


def words_outside(body: "etree._Element") -> str:
    """Return the words of a damaged document that stand in no paragraph."""
    return " ".join(
        text.text or ""
        for text in body.iter(_TEXT)
        if getattr(next(text.iterancestors(PARAGRAPH, _PROPERTIES, _BOX), None), "tag", "")
        != PARAGRAPH
    )
