"""Word documents: paragraphs, headings and lists as a reader sees them; footnotes apart."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sco_research.errors import SourceError
from sco_research.loaders.archive import open_archive, read_member
from sco_research.loaders.extraction import (
    NO_TITLE,
    Extraction,
    heads_in_bold,
    is_power,
    raise_number,
    roman,
)
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
_PARAGRAPH, _TEXT, _PROPERTIES = qn("w:p"), qn("w:t"), qn("w:pPr")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = f"{_COMPATIBILITY}Fallback"
_BOX = qn("w:txbxContent")
_LEFT_OUT = {_PROPERTIES, qn("w:rPr"), qn("w:instrText"), qn("w:delInstrText"), _BOX}
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
_OFF = ("0", "false", "off", "none")


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
    styles = _Styles(word)
    numbering = _Numbering(word, styles)
    before = ""
    cell = ""
    row = None
    for number, paragraphs in _joined(_paragraphs(word.element.body)):
        place = SourceLocation(paragraph=number)
        if kind := _kind_of_block(paragraphs[0], styles):
            extraction.remove(kind, "".join(map(_words_in, paragraphs)), place)
            continue
        row_before, row = row, _row_of(paragraphs[0])
        shown = [_shown(paragraph, styles) for paragraph in paragraphs]
        for kind, words in (item for one in shown for item in one.removed):
            extraction.remove(kind, words, place)
        text = "".join(one.text for one in shown)
        # What a deleted mark joins has the properties of the paragraph that goes on.
        last = paragraphs[-1]
        mark = numbering.mark_of(last)
        if not text.strip():
            # An empty paragraph is how a writer sets a wider gap.
            if extraction.length:
                extraction.add_break()
            continue
        heads = styles.is_heading(last)
        if not heads and not mark and all(_is_bold(one, styles) for one in paragraphs):
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
    found = extraction.text
    if not found.strip():
        raise SourceError(f"{source.where}: this Word document holds no text; save it again")
    return replace(
        ParsedSource(found, (0, len(found))),
        title=_title_of(word),
        notices=tuple(_not_read(word)),
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


def _not_read(word: "WordDocument") -> Iterator[str]:
    """Yield what a document holds beside its text that no reader of text can show."""
    body = word.element.body
    if count := sum(1 for _ in body.iter(qn("w:altChunk"))):
        files = "file that is put in whole is" if count == 1 else "files that are put in whole are"
        yield f"{count} {files} not read; open the document in Word and save it again"
    if count := sum(1 for _ in body.iter(_DIAGRAM)):
        yield f"the words of {count} diagram{'s' if count > 1 else ''} are not read"


def _kind_of_block(paragraph: "etree._Element", styles: "_Styles") -> str:
    """Return what a whole paragraph is that is no part of the text; empty for one that is."""
    for style in styles.of_paragraph(paragraph):
        name = style.find(qn("w:name"))
        if name is not None and _CONTENTS.match(name.get(qn("w:val")) or ""):
            return "table of contents"
    named = paragraph.find(f"{_PROPERTIES}/{qn('w:pStyle')}")
    if named is not None and _CONTENTS.match(named.get(qn("w:val")) or ""):
        return "table of contents"
    for control in paragraph.iterancestors(qn("w:sdt")):
        gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
        if gallery is not None and _value(gallery, "w:val") == "Table of Contents":
            return "table of contents"
        if _is_placeholder(control):
            return "placeholder"
    return ""


def _row_of(paragraph: "etree._Element") -> "etree._Element | None":
    """Return the row of a table of short cells that a paragraph stands in."""
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    if row is None:
        return None
    cells = [
        [words for one in cell.iter(_PARAGRAPH) if (words := _words_in(one).strip())]
        for cell in row.iter(qn("w:tc"))
    ]
    numbered = len(cells) > 1 and len(cells[0]) == 1 and _NUMBER_CELL.fullmatch(cells[0][0])
    longest = _LONGEST_NUMBERED if numbered else _LONGEST_CELL
    is_row = all(len(cell) <= 1 and len("".join(cell)) <= longest for cell in cells)
    return row if is_row and len(cells) > 1 else None


def _in_one_table(row: "etree._Element | None", other: "etree._Element | None") -> bool:
    return row is not None and other is not None and row.getparent() is other.getparent()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a paragraph shows, and what it holds besides, each piece with its kind."""

    text: str
    removed: list[tuple[str, str]]


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
        if _is_passed_over(element):
            continue
        if element.tag == _BOX:
            boxes.append(element)
            continue
        if element.tag == _PARAGRAPH and not depth_of_paragraph:
            yield element
            depth_of_paragraph = len(stack) + 1
        stack.append(iter(element))


def _is_passed_over(element: "etree._Element") -> bool:
    """Return whether an element is a second form of what is read, or a deleted row."""
    if element.tag == _FALLBACK:
        above = element.getparent()
        return above is not None and above.find(f"{_COMPATIBILITY}Choice") is not None
    return element.tag == qn("w:tr") and element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _joined(
    paragraphs: "Iterator[etree._Element]",
) -> "Iterator[tuple[int, list[etree._Element]]]":
    """Yield what Word shows as one paragraph: a deleted or hidden mark ends none."""
    run: list[etree._Element] = []
    first = 0
    for number, paragraph in enumerate(paragraphs, start=1):
        first = first if run else number
        run.append(paragraph)
        mark = paragraph.find(f"{_PROPERTIES}/{qn('w:rPr')}")
        goes_on = mark is not None and (
            any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
            or _is_on(mark.find(qn("w:vanish")))
        )
        if not goes_on:
            yield first, run
            run = []
    if run:
        yield first, run


def _shown(paragraph: "etree._Element", styles: "_Styles") -> _Shown:
    """Return what a paragraph shows: insertions are in it, deletions and hidden text are not."""
    # Text and whether it is raised, in order.
    pieces: list[tuple[str, bool]] = []
    removed: list[tuple[str, str]] = []
    stack = [(iter(paragraph), False)]
    while stack:
        children, is_raised = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
        elif element.tag == _TEXT:
            pieces.append(((element.text or "").replace("\xa0", " "), is_raised))
        elif element.tag in _BREAKS:
            pieces.append((_BREAKS[element.tag], False))
        elif element.tag == qn("w:sdt") and _is_placeholder(element):
            removed.append(("placeholder", _words_in(element)))
        elif element.tag == qn("w:sym"):
            pieces.append((_symbol(element), False))
        elif kind := _kind_removed(element, styles, paragraph):
            removed.append((kind, _words_in(element)))
        elif element.tag not in _LEFT_OUT and not _is_passed_over(element):
            stack.append((iter(element), is_raised or _is_raised(element)))
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
    return _Shown(text, removed)


def _is_placeholder(control: "etree._Element") -> bool:
    """Return whether a control still asks for its text: "Click here to enter text."."""
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _kind_removed(element: "etree._Element", styles: "_Styles", paragraph: "etree._Element") -> str:
    """Return what an element is that a reader does not see; empty for one that is seen."""
    if element.tag in _REMOVED:
        return _REMOVED[element.tag]
    if element.tag != qn("w:r"):
        return ""
    if styles.is_set(element, "w:vanish", paragraph):
        return "hidden text"
    struck = any(styles.is_set(element, name, paragraph) for name in ("w:strike", "w:dstrike"))
    return "struck-out text" if struck else ""


def _is_bold(paragraph: "etree._Element", styles: "_Styles") -> bool:
    """Return whether every word of a paragraph outside a table is bold."""
    if next(paragraph.iterancestors(qn("w:tbl")), None) is not None:
        return False
    runs = (run for run in paragraph.iter(qn("w:r")) if _words_in(run).strip())
    return all(styles.is_set(run, "w:b", paragraph) for run in runs)


def _is_raised(run: "etree._Element") -> bool:
    align = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return align is not None and align.get(qn("w:val")) == "superscript"


def _words_in(element: "etree._Element") -> str:
    return "".join(inner.text or "" for inner in element.iter(_TEXT, qn("w:delText")))


def _symbol(element: "etree._Element") -> str:
    try:
        code = int(element.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    private = 0xE000 <= code <= 0xF8FF
    return _SYMBOLS.get(code, "") if private else chr(code) if 31 < code < 0xD800 else ""


def _is_on(switch: "etree._Element | None") -> bool:
    return switch is not None and (switch.get(qn("w:val")) or "1").lower() not in _OFF


class _Styles:
    """What the styles of a document say of its paragraphs and runs."""

    def __init__(self, word: "WordDocument") -> None:
        self._by_id = {
            item.get(qn("w:styleId")): item for item in word.styles.element.iter(qn("w:style"))
        }

    def chain(self, name: str | None) -> "list[etree._Element]":
        """Return a style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while name in self._by_id and self._by_id[name] not in found:
            style = self._by_id[name]
            found.append(style)
            base = style.find(qn("w:basedOn"))
            name = base.get(qn("w:val")) if base is not None else None
        return found

    def of_paragraph(self, paragraph: "etree._Element") -> "list[etree._Element]":
        """Return the styles of a paragraph, nearest first."""
        named = paragraph.find(f"{_PROPERTIES}/{qn('w:pStyle')}")
        return self.chain(named.get(qn("w:val")) if named is not None else None)

    def is_set(self, run: "etree._Element", switch: str, paragraph: "etree._Element") -> bool:
        """Return whether a run has a switch, by itself, its style or its paragraph's."""
        own = run.find(f"{qn('w:rPr')}/{qn(switch)}")
        if own is not None:
            return _is_on(own)
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        styles = self.chain(named.get(qn("w:val")) if named is not None else None)
        for style in (*styles, *self.of_paragraph(paragraph)):
            found = style.find(f"{qn('w:rPr')}/{qn(switch)}")
            if found is not None:
                return _is_on(found)
        return False

    def is_heading(self, paragraph: "etree._Element") -> bool:
        """Return whether a paragraph is a heading by its style's name or its outline level."""
        named = paragraph.find(f"{_PROPERTIES}/{qn('w:pStyle')}")
        styles = self.of_paragraph(paragraph)
        name = styles[0].find(qn("w:name")) if styles else None
        names = [
            name.get(qn("w:val")) if name is not None else "",
            named.get(qn("w:val")) if named is not None else "",
        ]
        if any(_HEADING.match(item or "") for item in names):
            return True
        places = (paragraph, *styles)
        levels = (place.find(f"{_PROPERTIES}/{qn('w:outlineLvl')}") for place in places)
        level = next((found for found in levels if found is not None), None)
        return level is not None and (level.get(qn("w:val")) or "9") != "9"


def _apart(word: "WordDocument", styles: "_Styles") -> Iterator[tuple[str, str, int]]:
    """Yield what stands outside the text: footnotes, comments, heads and feet."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for part in word.part.package.iter_parts():
        name = str(part.partname).rpartition("/")[2]
        for stem, tag, kind in _NOTES:
            if name.startswith(stem):
                root = etree.fromstring(part.blob, parser)
                for number, note in enumerate(root.iter(tag), start=1):
                    text = " ".join(_shown(p, styles).text for p in note.iter(_PARAGRAPH))
                    yield kind, text, number
        for stem, kind in (("header", "running head"), ("footer", "running foot")):
            if re.fullmatch(rf"{stem}\d*\.xml", name):
                root = etree.fromstring(part.blob, parser)
                for number, paragraph in enumerate(root.iter(_PARAGRAPH), start=1):
                    yield kind, _shown(paragraph, styles).text, number


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: the form and the shape of its numbers, and how they are counted."""

    form: str
    shape: str
    start: int
    # The level above that starts this one anew; 0 for none, None for any.
    restart: int | None
    is_legal: bool


class _Numbering:
    """The numbers that Word sets before the items of its lists, which are no text of theirs."""

    def __init__(self, word: "WordDocument", styles: _Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        # Lists of one abstract list count on together.
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            root = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            _value(item, "w:abstractNumId"): item for item in root.iter(qn("w:abstractNum"))
        }
        for item in root.iter(qn("w:num")):
            number = _value(item, "w:numId")
            name = self._resolved(_child_value(item, "w:abstractNumId"), abstract, root)
            self._list_of[number] = name
            levels = {} if name not in abstract else _levels_of(abstract[name])
            self._restarts[number] = {}
            for change in item.iter(qn("w:lvlOverride")):
                depth = _whole(_value(change, "w:ilvl"), 0)
                levels |= _levels_of(change)
                if start := _child_value(change, "w:startOverride"):
                    self._restarts[number][depth] = _whole(start, 1)
            self._levels[number] = levels

    def _resolved(
        self, name: str, abstract: "dict[str, etree._Element]", root: "etree._Element"
    ) -> str:
        """Return the abstract list that one linked to a style stands for."""
        if name not in abstract or not (link := _child_value(abstract[name], "w:numStyleLink")):
            return name
        for style in self._styles.chain(link):
            found = style.find(f"{_PROPERTIES}/{qn('w:numPr')}")
            number = _child_value(found, "w:numId") if found is not None else ""
            for item in root.iter(qn("w:num")):
                if number and _value(item, "w:numId") == number:
                    return _child_value(item, "w:abstractNumId")
        return name

    def mark_of(self, paragraph: "etree._Element") -> str:
        """Return the mark of an item, or nothing where the paragraph is none."""
        number, depth = self._place_of(paragraph)
        if number in ("", "0"):
            return ""
        levels = self._levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.form == "bullet":
            return "- "
        counts = self._counts.setdefault(self._list_of[number], {})
        for place, start in self._restarts[number].items():
            # A list that is told to start anew does so where it is first used.
            counts.pop(place, None)
            levels[place] = replace(levels.get(place, level), start=start)
        self._restarts[number] = {}
        level = levels[depth]
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [place for place in counts if place > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        shape = level.shape
        for place in range(depth + 1):
            above = levels.get(place, level)
            form = "decimal" if level.is_legal else above.form
            count = counts.setdefault(place, above.start) if f"%{place + 1}" in shape else 0
            shape = shape.replace(f"%{place + 1}", _figure(count, form))
        return f"{shape.strip()} " if shape.strip() else ""

    def _place_of(self, paragraph: "etree._Element") -> tuple[str, int]:
        """Return the list of a paragraph and the level in it, by itself or by its styles."""
        number, level = "", ""
        for place in (paragraph, *self._styles.of_paragraph(paragraph)):
            found = place.find(f"{_PROPERTIES}/{qn('w:numPr')}")
            if found is None:
                continue
            number = number or _child_value(found, "w:numId")
            level = level or _child_value(found, "w:ilvl")
            if number:
                break
        return number, _whole(level, 0)


def _levels_of(element: "etree._Element") -> dict[int, _Level]:
    return {
        _whole(_value(level, "w:ilvl"), 0): _Level(
            _child_value(level, "w:numFmt") or "decimal",
            _child_value(level, "w:lvlText"),
            _whole(_child_value(level, "w:start"), 1),
            _whole(restart, 0) if (restart := _child_value(level, "w:lvlRestart")) else None,
            _is_on(level.find(qn("w:isLgl"))),
        )
        for level in element.iter(qn("w:lvl"))
    }


def _value(element: "etree._Element", name: str) -> str:
    return element.get(qn(name)) or ""


def _child_value(element: "etree._Element", name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else _value(child, "w:val")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else otherwise


_ALPHABETS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
}
_HAN = "〇一二三四五六七八九"
_HAN_FORMS = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)


def _figure(number: int, form: str) -> str:
    """Return a number as a form of Word's writes it; in plain figures for one that is rare."""
    if form == "none":
        return ""
    if number < 1:
        return str(number)
    if alphabet := _ALPHABETS.get(form):
        # After "z" comes "aa".
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1) if times < 5 else str(number)
    if form in ("lowerRoman", "upperRoman") and number < 4000:
        figure = roman(number)
        return figure.lower() if form == "lowerRoman" else figure
    if form in _HAN_FORMS and number < 100:
        tens, ones = divmod(number, 10)
        head = "" if not tens else ("十" if tens == 1 else f"{_HAN[tens]}十")
        return head + (_HAN[ones] if ones else "")
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)
