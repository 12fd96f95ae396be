"""Word documents: paragraphs, headings and lists as a reader sees them; footnotes apart."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sco_research.errors import SourceError
from sco_research.loaders.archive import open_archive, read_member
from sco_research.loaders.extraction import NO_TITLE, Extraction, heads_in_bold
from sco_research.loaders.formats.docx.names import unknown_names
from sco_research.loaders.formats.docx.numbering import Numbering
from sco_research.loaders.formats.docx.paragraphs import (
    CELL,
    PARAGRAPH,
    ROW,
    is_bold,
    is_placeholder,
    joined_paragraphs,
    kind_of_table_part,
    shown_in,
    words_in,
    words_outside,
)
from sco_research.loaders.formats.docx.styles import Styles, child_value, qn
from sco_research.loaders.source import ParsedSource, Source
from sco_research.text.origin import SourceLocation

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree

_MAIN = "word/document.xml"
_MAX_BYTES = 300_000_000
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.I)
# The parts that say what the text is and how its paragraphs are headed and numbered.
_OF_THE_TEXT = (_MAIN, "word/styles.xml", "word/numbering.xml")
_PART = re.compile(r"word/\w+\.xml")
_OUTSIDE = "text outside the paragraphs"
_NOTES = (
    ("footnotes", qn("w:footnote"), "footnote"),
    ("endnotes", qn("w:endnote"), "footnote"),
    ("comments", qn("w:comment"), "comment"),
)
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CONTENTS = re.compile(r"(?:toc|table of (?:contents|figures)|оглавление)\s*(?:\d|heading|$)", re.I)
_NUMBER_CELL = re.compile(r"(?:[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)\]]+|[-–—•*·])")
_LONGEST_CELL = 120
_LONGEST_NUMBERED = 10_000


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
    word, lost = _open(source)
    extraction = Extraction()
    styles = Styles(word)
    numbering = Numbering(word, styles)
    before = ""
    cell = ""
    row = None
    for number, paragraphs in joined_paragraphs(word.element.body):
        place = SourceLocation(paragraph=number)
        if kind := _kind_of_block(paragraphs[0], styles):
            extraction.remove(kind, "".join(map(words_in, paragraphs)), place)
            continue
        row_before, row = row, _row_of(paragraphs[0])
        parts = [shown_in(paragraph, styles) for paragraph in paragraphs]
        for kind, words in (item for part in parts for item in part.removed):
            extraction.remove(kind, words, place)
        text = "".join(part.text for part in parts)
        # What a deleted mark joins has the properties of the paragraph that goes on.
        last = paragraphs[-1]
        mark = numbering.mark_of(last)
        if not text.strip():
            # An empty paragraph is how a writer sets a wider gap.
            if extraction.length:
                extraction.add_break()
            continue
        heads = styles.is_heading(last)
        if not heads and not mark and all(is_bold(one, styles) for one in paragraphs):
            heads = heads_in_bold(" ".join(text.split()))
        lines = [line for line in text.split("\n") if line.strip()]
        if row is not None and row is row_before:
            # A row is one line; the number of a paragraph may stand in a cell of its own.
            extraction.go_on()
            extraction.write(" " if _NUMBER_CELL.fullmatch(cell) else "\t", place)
            cell = text.strip()
            extraction.write(cell, place)
            extraction.end_line()
            continue
        cell = text.strip()
        if before and not ((mark and before == "item") or _in_one_table(row, row_before)):
            extraction.end_paragraph()
        for count, line in enumerate(lines):
            words = (mark if not count else "") + line.strip()
            extraction.write(words, place, heading=heads and not count)
            extraction.end_line()
        before = "item" if mark and not heads else "paragraph"
    for kind, text, number in _apart(word, styles):
        extraction.remove(kind, text, SourceLocation(paragraph=number))
    extraction.remove(_OUTSIDE, words_outside(word.element.body), SourceLocation())
    found = extraction.text
    if not found.strip():
        raise SourceError(f"{source.where}: this Word document holds no text; save it again")
    return replace(
        ParsedSource(found, (0, len(found))),
        title=_title_of(word),
        notices=(*_not_read(word, lost), *_written_plain(numbering)),
        removed=tuple(extraction.removed),
        starts=tuple(extraction.starts),
        locations=tuple(extraction.locations),
        headings=tuple(extraction.headings),
    )


def _open(source: Source) -> "tuple[WordDocument, list[str]]":
    """Return the document, and the parts of its file that nothing in it leads to."""
    archive = open_archive(source.data, source.where, max_bytes=_MAX_BYTES)
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
        word = docx.Document(io.BytesIO(source.data))
    except Exception as error:  # python-docx has no base class for what a damaged file does
        reason = str(error).strip("'\"").split("\n")[0][:100] or type(error).__name__
        raise SourceError(
            f"{source.where}: this Word document cannot be opened ({reason}); save it again as DOCX"
        ) from None
    # Asked now: the library makes up a part that is missing where it is first used.
    reached = {str(part.partname)[1:] for part in word.part.package.iter_parts()}
    held = archive.namelist()
    return word, [name for name in held if _PART.fullmatch(name) and name not in reached]


def _title_of(word: "WordDocument") -> str:
    """Return the title among a document's properties; empty where a program put one in."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    # Where the part is missing, the library makes one up.
    if not any(
        relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        for relation in word.part.package.rels.values()
    ):
        return ""
    title = " ".join((word.core_properties.title or "").split())
    return "" if NO_TITLE.match(title) else title


def _not_read(word: "WordDocument", lost: list[str]) -> Iterator[str]:
    """Yield what a document holds beside its text that no reader of text can show."""
    body = word.element.body
    parts = word.part.package.iter_parts()
    trees = {str(part.partname)[1:]: getattr(part, "element", None) for part in parts}
    yield from unknown_names(trees[name] for name in _OF_THE_TEXT if trees.get(name) is not None)
    if lost:
        yield (
            f"nothing in the document leads to {', '.join(lost[:3])} of its file: text, headings "
            "or numbers may be missing; open it in Word and save it again"
        )
    if count := sum(1 for _ in body.iter(qn("w:altChunk"))):
        files = "file that is put in whole is" if count == 1 else "files that are put in whole are"
        yield f"{count} {files} not read; open the document in Word and save it again"
    if count := sum(1 for _ in body.iter(_DIAGRAM)):
        yield f"the words of {count} diagram{'s' if count > 1 else ''} are not read"


def _written_plain(numbering: Numbering) -> Iterator[str]:
    """Yield which numbers of lists are not written as Word shows them."""
    if numbering.plain:
        forms = ", ".join(sorted(numbering.plain))
        yield f"list numbers of the form {forms} are written in plain figures"


def _kind_of_block(paragraph: "etree._Element", styles: Styles) -> str:
    """Return what a whole paragraph is that is no part of the text; empty for one that is."""
    for style in styles.of_paragraph(paragraph):
        if _CONTENTS.match(child_value(style, "w:name")):
            return "table of contents"
    if _CONTENTS.match(child_value(paragraph, "w:pPr/w:pStyle")):
        return "table of contents"
    for control in paragraph.iterancestors(qn("w:sdt")):
        gallery = child_value(control, "w:sdtPr/w:docPartObj/w:docPartGallery")
        if gallery == "Table of Contents":
            return "table of contents"
        if is_placeholder(control):
            return "placeholder"
    return kind_of_table_part(paragraph)


def _row_of(paragraph: "etree._Element") -> "etree._Element | None":
    """Return the row of a table of short cells that a paragraph stands in."""
    row = next(paragraph.iterancestors(ROW), None)
    if row is None:
        return None
    cells = [
        [words for one in cell.iter(PARAGRAPH) if (words := words_in(one).strip())]
        for cell in row.iter(CELL)
    ]
    numbered = len(cells) > 1 and len(cells[0]) == 1 and _NUMBER_CELL.fullmatch(cells[0][0])
    longest = _LONGEST_NUMBERED if numbered else _LONGEST_CELL
    is_row = all(len(cell) <= 1 and len("".join(cell)) <= longest for cell in cells)
    return row if is_row and len(cells) > 1 else None


def _in_one_table(row: "etree._Element | None", other: "etree._Element | None") -> bool:
    return row is not None and other is not None and row.getparent() is other.getparent()


def _apart(word: "WordDocument", styles: Styles) -> Iterator[tuple[str, str, int]]:
    """Yield what stands outside the text: footnotes, comments, heads and feet."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for part in word.part.package.iter_parts():
        name = str(part.partname).rpartition("/")[2]
        for stem, tag, kind in _NOTES:
            if name.startswith(stem):
                root = etree.fromstring(part.blob, parser)
                for number, note in enumerate(root.iter(tag), start=1):
                    text = " ".join(shown_in(p, styles).text for p in note.iter(PARAGRAPH))
                    yield kind, text, number
        for stem, kind in (("header", "running head"), ("footer", "running foot")):
            if re.fullmatch(rf"{stem}\d*\.xml", name):
                root = etree.fromstring(part.blob, parser)
                for number, paragraph in enumerate(root.iter(PARAGRAPH), start=1):
                    yield kind, shown_in(paragraph, styles).text, number
