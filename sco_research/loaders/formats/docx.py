"""Word documents: paragraphs, headings and lists as a reader sees them; footnotes apart."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sco_research.errors import SourceError
from sco_research.loaders.archive import open_archive, read_member
from sco_research.loaders.extraction import Extraction, roman
from sco_research.loaders.source import ParsedSource, Source
from sco_research.text.origin import SourceLocation

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree


def qn(name: str) -> str:
    """Return a name of WordprocessingML as the tree has it."""
    prefix, _, local = name.partition(":")
    assert prefix == "w"
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{local}"


_MAIN = "word/document.xml"
_MOST_BYTES = 300_000_000
_HEADING = re.compile(r"(?:heading|title|subtitle|überschrift|заголовок|标题|見出し)\s*\d*$", re.I)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.I)
_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_NOTES = (("footnotes", qn("w:footnote"), "footnote"), ("endnotes", qn("w:endnote"), "footnote"))


def recognises(source: Source) -> bool:
    """Return whether a source is a Word document: an archive with its parts."""
    return source.data[:4] == b"PK\x03\x04" and (
        source.suffix == ".docx" or _MAIN.encode() in source.data
    )


def read(source: Source) -> ParsedSource:
    """Read the document's paragraphs in order.

    Raises
    ------
    SourceError
        Where the file is damaged, unpacks beyond reason, or declares entities.
    """
    word = _open(source)
    extraction = Extraction()
    numbering = _Numbering(word)
    for number, paragraph in enumerate(_paragraphs(word.element.body), start=1):
        place = SourceLocation(paragraph=number)
        text = _text_of(paragraph)
        if not text.strip():
            # An empty paragraph is how a writer sets a wider gap.
            if extraction.length:
                extraction.add_break()
            continue
        mark = numbering.mark_of(paragraph)
        style = _style_of(paragraph, word)
        lines = [line for line in text.split("\n") if line.strip()]
        for count, line in enumerate(lines):
            words = (mark if not count else "") + line.strip()
            extraction.write(words, place, heading=bool(_HEADING.match(style)) and not count)
            extraction.end_line()
        extraction.end_line() if mark else extraction.end_paragraph()
    for kind, text, number in _apart(word):
        extraction.remove(kind, text, SourceLocation(paragraph=number))
    found = extraction.text
    if not found.strip():
        raise SourceError(f"{source.where}: this Word document holds no text; save it again")
    properties = word.core_properties
    return replace(
        ParsedSource(found, (0, len(found))),
        title=" ".join((properties.title or "").split()),
        removed=tuple(extraction.removed),
        starts=tuple(extraction.starts),
        locations=tuple(extraction.locations),
        headings=tuple(extraction.headings),
    )


def _open(source: Source) -> "WordDocument":
    archive = open_archive(source.data, source.where, most_bytes=_MOST_BYTES)
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            where = f"{source.where}, {member.filename}"
            if _DECLARED.search(read_member(archive, member, where)):
                raise SourceError(
                    f"{where}: declares entities, as no word processor does; save the document "
                    "again in Word or LibreOffice"
                )
    # Whoever loads no Word document does not wait for this.
    import docx

    try:
        return docx.Document(io.BytesIO(source.data))
    except Exception as error:  # python-docx has no base class for what a damaged file does
        reason = str(error).strip("'\"").split("\n")[0][:100] or type(error).__name__
        raise SourceError(
            f"{source.where}: this Word document cannot be opened ({reason}); save it again as DOCX"
        ) from None


def _paragraphs(body: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the paragraphs in reading order, those of tables and text boxes' fallbacks once."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    for paragraph in body.iter(_PARAGRAPH):
        if next(paragraph.iterancestors(fallback, qn("w:txbxContent")), None) is None:
            yield paragraph


def _text_of(paragraph: "etree._Element") -> str:
    """Return what a paragraph shows: insertions are in it, deletions are not."""
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == _TEXT:
            pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            pieces.append(_BREAKS[element.tag])
        elif element.tag not in _LEFT_OUT:
            stack.append(iter(element))
    return "".join(pieces)


def _style_of(paragraph: "etree._Element", word: "WordDocument") -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if found is None:
        return ""
    name = found.get(qn("w:val"))
    style = next((style for style in word.styles if style.style_id == name), None)
    return str(style.name) if style is not None and style.name else str(name)


def _apart(word: "WordDocument") -> Iterator[tuple[str, str, int]]:
    """Yield what stands outside the text: footnotes, heads and feet."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for part in word.part.package.iter_parts():
        name = str(part.partname).rpartition("/")[2]
        for stem, tag, kind in _NOTES:
            if name.startswith(stem):
                root = etree.fromstring(part.blob, parser)
                for number, note in enumerate(root.iter(tag), start=1):
                    text = " ".join(_text_of(p) for p in note.iter(_PARAGRAPH))
                    yield kind, text, number
        for stem, kind in (("header", "running head"), ("footer", "running foot")):
            if re.fullmatch(rf"{stem}\d*\.xml", name):
                root = etree.fromstring(part.blob, parser)
                for number, paragraph in enumerate(root.iter(_PARAGRAPH), start=1):
                    yield kind, _text_of(paragraph), number


class _Numbering:
    """The numbers that Word sets before the items of its lists, which are no text of theirs."""

    def __init__(self, word: "WordDocument") -> None:
        self._formats: dict[tuple[str, str], tuple[str, str]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._word = word
        try:
            root = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))
        }
        for item in root.iter(qn("w:num")):
            link = item.find(qn("w:abstractNumId"))
            levels = abstract.get(link.get(qn("w:val"))) if link is not None else None
            for level in levels.iter(qn("w:lvl")) if levels is not None else ():
                form = level.find(qn("w:numFmt"))
                shape = level.find(qn("w:lvlText"))
                key = (item.get(qn("w:numId")), level.get(qn("w:ilvl")))
                self._formats[key] = (
                    form.get(qn("w:val")) if form is not None else "decimal",
                    (shape.get(qn("w:val")) or "") if shape is not None else "",
                )

    def mark_of(self, paragraph: "etree._Element") -> str:
        """Return the mark of an item, or nothing where the paragraph is none."""
        number, level = self._place_of(paragraph)
        if number in ("", "0"):
            return ""
        form, shape = self._formats.get((number, level), ("bullet", ""))
        if form in ("bullet", "none"):
            return "- "
        counts = self._counts[number]
        depth = int(level)
        counts[depth] = counts.get(depth, 0) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if "%" not in shape:
            shape = f"%{depth + 1}."
        for place in range(depth + 1):
            own = self._formats.get((number, str(place)), (form, ""))[0]
            shape = shape.replace(f"%{place + 1}", _figure(counts.get(place, 1), own))
        return shape.strip() + " "

    def _place_of(self, paragraph: "etree._Element") -> tuple[str, str]:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = style.get(qn("w:val")) if style is not None else None
            for item in self._word.styles.element.iter(qn("w:style")) if name else ():
                if item.get(qn("w:styleId")) == name:
                    found = item.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            return "", "0"
        number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        return (
            number.get(qn("w:val")) if number is not None else "",
            level.get(qn("w:val")) if level is not None else "0",
        )


def _figure(number: int, form: str) -> str:
    if form == "lowerLetter" and number <= 26:
        return chr(96 + number)
    if form == "upperLetter" and number <= 26:
        return chr(64 + number)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        figure = roman(number)
        return figure.lower() if form == "lowerRoman" else figure
    return str(number)
