"""A document as sections, paragraphs and sentences, each with its exact place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.layout.paragraphs import Block
from sco_research.text.layout.parts import blocks
from sco_research.text.layout.sections import (
    number_of_mark,
    number_sections,
    printed_sections,
    section_marks,
)
from sco_research.text.repairs import RepairedText, repair
from sco_research.text.sentences import sentence_spans

if TYPE_CHECKING:
    import pandas as pd

Level = Literal[
    "document",
    "section",
    "paragraph",
    "sentence",
    "heading",
    "row",
    "dateline",
    "signature",
    "annex",
]
LEVELS: tuple[Level, ...] = get_args(Level)
SEGMENTS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the anchor: ``sco-2013-bishkek:p13.s2``"),
    Column("level", "str", "one of the levels"),
    Column("section", "count", "from 1; 0 is what stands before the first section"),
    Column("paragraph", "count", "counted through the document, from 1"),
    Column("sentence", "count", "counted within its paragraph, from 1"),
    Column("number", "str", "of a section or paragraph as printed: ``7``, ``IV``, ``Article 3``"),
    Column("start", "int", "its first character"),
    Column("end", "int", "the character after its last"),
    Column("text", "str", "``document.text[start:end]``"),
    Column("clean", "str", "the text as it is read: faults mended, number and page matter off"),
)

_ANCHOR = re.compile(r":p(\d+)(?:\.s(\d+))?$")


# Not frozen: a declaration is hundreds of these, and a frozen one takes four times as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Segment:
    """One stretch of a document; shared by all who ask for it, so never to be changed.

    Attributes
    ----------
    id : str
        The anchor: ``sco-2013-bishkek:p13.s2`` is paragraph 13, sentence 2.
    level : str
        One of ``LEVELS``.
    section : int or None
        From 1; 0 is what stands before the first section; None for the document.
    paragraph, sentence : int or None
        Paragraphs are counted through the document, sentences within their paragraph, from 1.
    start, end : int
        Offsets in ``document.text``.
    number : str
        The number that the document prints for a section or a paragraph; empty where it has none.
    """

    id: str
    level: Level
    section: int | None
    paragraph: int | None
    sentence: int | None
    start: int
    end: int
    number: str


@dataclass(slots=True, unsafe_hash=True)
class SentenceSegment(Segment):
    """A sentence with the text that is analysed and the way back to the raw source.

    Attributes
    ----------
    text : str
        The sentence with its typing faults mended; offsets into it go through `raw_span`.
    """

    text: str
    _repaired: RepairedText = field(repr=False, compare=False)
    _offset: int = field(repr=False, compare=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in ``document.text`` of ``self.text[start:end]``."""
        return self._repaired.raw_span(self._offset + start, self._offset + end)


def level_of(name: str) -> Level:
    """Return the level of this name.

    Raises
    ------
    ParameterError
        Where there is none.

    Examples
    --------
    >>> level_of("sentence")
    'sentence'
    """
    for level in LEVELS:
        if level == name:
            return level
    raise ParameterError(f"level {name!r}: choose one of {', '.join(LEVELS)}")


@lru_cache(maxsize=16)
def segments_of(document: Document) -> tuple[Segment, ...]:
    """Return every segment of a document in reading order.

    Examples
    --------
    >>> document = Document.from_text("One. Two.", id="note")
    >>> [segment.id for segment in segments_of(document)]
    ['note', 'note:sec1', 'note:p1', 'note:p1.s1', 'note:p1.s2']
    """
    headings = document.origin.headings if document.origin else ()
    found = blocks(document.text, *document.body, headings)
    sections = number_sections(document.text, found)
    printed = printed_sections(document.text, found, sections)
    # A section reaches from its first paragraph to its last.
    ends = {
        section: block.end
        for block, section in zip(found, sections, strict=True)
        if block.kind == "paragraph"
    }
    start, end = _stripped(document.text, *document.body)
    result = [Segment(document.id, "document", None, None, None, start, end, "")]
    counts = Counter[Level]()
    paragraphs = 0
    begun: set[int] = set()
    for block, section in zip(found, sections, strict=True):
        if block.kind == "paragraph":
            paragraphs += 1
            if section not in begun:
                begun.add(section)
                name = f"{document.id}:sec{section}"
                number = printed.get(section, "")
                result.append(
                    Segment(
                        name, "section", section, None, None, block.start, ends[section], number
                    )
                )
            result += _paragraph(document, block, section, paragraphs)
        elif block.kind != "numeral":
            counts[block.kind] += 1
            name = f"{document.id}:{block.kind}{counts[block.kind]}"
            result.append(
                Segment(name, block.kind, section, None, None, block.start, block.end, "")
            )
    return tuple(result)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space at its ends."""
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    return start, start + len(content.strip())


def _paragraph(document: Document, block: Block, section: int, paragraph: int) -> list[Segment]:
    name = f"{document.id}:p{paragraph}"
    mark = number_of_mark(document.text[block.start : block.content])
    found = [Segment(name, "paragraph", section, paragraph, None, block.start, block.end, mark)]
    content = document.text[block.content : block.end]
    repaired = repair(content, block.content, removed=block.removed)
    text = repaired.text
    for number, (start, end) in enumerate(sentence_spans(text, document.metadata.language), 1):
        raw_start, raw_end = repaired.raw_span(start, end)
        found.append(
            SentenceSegment(f"{name}.s{number}", "sentence", section, paragraph, number,
                     raw_start, raw_end, "", text[start:end], repaired, start)
        )  # fmt: skip
    return found


def sentences_of(document: Document) -> tuple[SentenceSegment, ...]:
    """Return the sentences of a document in reading order.

    Examples
    --------
    >>> document = Document.from_text("They met in the U.S. capital. They agreed.", id="note")
    >>> [sentence.text for sentence in sentences_of(document)]
    ['They met in the U.S. capital.', 'They agreed.']
    """
    return tuple(item for item in segments_of(document) if isinstance(item, SentenceSegment))


def segment(documents: Documents, *, level: Level | None = None) -> pd.DataFrame:
    r"""Return the segments of a document or corpus as a frame.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to segment.
    level : str, optional
        Only the rows of this level: ``document``, ``section``, ``paragraph``, ``sentence``,
        ``heading``, ``row`` (of a table), ``dateline``, ``signature`` or ``annex`` (the annex's
        title; what it holds are the paragraphs of its section).

    Returns
    -------
    pandas.DataFrame
        One row per segment in reading order, with the columns of `SEGMENTS`. ``text`` is exactly
        ``document.text[start:end]``; ``clean`` is the same as it is analysed, with the typing
        faults mended and line ends closed; the clean paragraphs of a section stand a blank line
        apart.

    Raises
    ------
    ParameterError
        Where the level is none of these.

    Examples
    --------
    >>> document = Document.from_text("We met.\n\nWe will meet again. Soon.", id="note")
    >>> segment(document, level="sentence")[["segment_id", "text"]].values.tolist()
    [['note:p1.s1', 'We met.'], ['note:p2.s1', 'We will meet again.'], ['note:p2.s2', 'Soon.']]
    """
    if level is not None and level not in LEVELS:
        raise ParameterError(f"segment, level {level!r}: choose one of {', '.join(LEVELS)}")
    return SEGMENTS.frame(
        (
            document.id,
            item.id,
            item.level,
            item.section,
            item.paragraph,
            item.sentence,
            item.number,
            item.start,
            item.end,
            document.text[item.start : item.end],
            clean,
        )
        for document in documents_of(documents)
        for item, clean in _with_clean_texts(document)
        if level is None or item.level == level
    )


def _with_clean_texts(document: Document) -> Iterator[tuple[Segment, str]]:
    """Yield every segment with its text as it is read."""
    items = segments_of(document)
    paragraphs: dict[int | None, RepairedText] = {}
    for item in items:
        if isinstance(item, SentenceSegment):
            paragraphs[item.paragraph] = item._repaired
    sections = defaultdict[int | None, list[str]](list)
    cleaned: list[str] = []
    for item in items:
        if isinstance(item, SentenceSegment):
            cleaned.append(item.text)
            continue
        clean = ""
        if item.level == "paragraph":
            found = paragraphs.get(item.paragraph)
            clean = found.text if found else repair(document.text[item.start : item.end]).text
            sections[item.section].append(clean)
        elif item.level not in ("document", "section"):
            clean = repair(document.text[item.start : item.end]).text
        if clean:
            sections[None].append(clean)
        cleaned.append(clean)
    for item, clean in zip(items, cleaned, strict=True):
        whole = item.level in ("document", "section")
        yield item, "\n\n".join(sections[item.section]) if whole else clean


def paragraph_id(segment_id: str) -> str:
    """Return the id of the paragraph that a sentence belongs to; any other id as it is.

    >>> paragraph_id("note:p2.s1"), paragraph_id("note:p2"), paragraph_id("note:sec1")
    ('note:p2', 'note:p2', 'note:sec1')
    """
    return re.sub(r"(:p\d+)\.s\d+$", r"\1", segment_id)


@lru_cache(maxsize=16)
def citation_labels(document: Document) -> Mapping[str, str]:
    r"""Return how a reader cites each paragraph and sentence of a document, by its id.

    Where the document numbers its paragraphs and no number comes twice, that number is the
    citation: an item or another paragraph without a number is told by the numbered one before it,
    what stands before all of these by its place in the opening. Else paragraphs are counted.

    Parameters
    ----------
    document : Document
        The document.

    Returns
    -------
    Mapping of str to str
        Label by id, as from `anchor_label` where paragraphs are counted.

    Examples
    --------
    >>> text = "We met.\n\n7. We will plant trees. We agree.\n\n- Oaks.\n\n8. We will meet."
    >>> citation_labels(Document.from_text(text, id="n"))["n:p2.s2"]
    '¶ 7, sentence 2'
    >>> [label for name, label in citation_labels(Document.from_text(text, id="n")).items()
    ...  if ".s" not in name]
    ['opening ¶ 1', '¶ 7', '¶ 7, part 2', '¶ 8']
    """
    items = segments_of(document)
    paragraphs = [item for item in items if item.level == "paragraph"]
    names = {item.id: anchor_label(item.id) for item in paragraphs}
    if prints_numbers(document):
        number, part = "", 0
        for item in paragraphs:
            number, part = (item.number, 1) if item.number else (number, part + 1)
            if not number:
                names[item.id] = f"opening ¶ {part}"
            else:
                names[item.id] = f"¶ {number}" + (f", part {part}" if part > 1 else "")
    return {
        item.id: names[paragraph_id(item.id)]
        + (f", sentence {item.sentence}" if item.sentence else "")
        for item in items
        if item.level in ("paragraph", "sentence")
    }


def prints_numbers(document: Document) -> bool:
    r"""Return whether a document numbers its paragraphs so that a number tells one of them.

    >>> prints_numbers(Document.from_text("1. We met.\n\n2. We agree.", id="n"))
    True
    >>> prints_numbers(Document.from_text("1. We met.\n\n1. We agree.", id="n"))
    False
    """
    numbers = [item.number for item in segments_of(document) if item.level == "paragraph"]
    printed = [number for number in numbers if number]
    return 2 * len(printed) >= max(len(numbers), 3) and len(set(printed)) == len(printed)


def section_marks_of(document: Document) -> tuple[str, ...]:
    r"""Return what begins the sections of a document, each kind once; empty where it is all one.

    Examples
    --------
    >>> section_marks_of(Document.from_text("We met.\n\n\nWe agree.\n\n\nWe left.", id="n"))
    ('gap',)
    >>> section_marks_of(Document.from_text("We met.\n\nI\n\nWe agree.\n\nII\n\nWe left.", id="n"))
    ('numeral',)
    >>> section_marks_of(Document.from_text("We met.\n\nWe agree.", id="n"))
    ()
    """
    if sum(item.level == "section" for item in segments_of(document)) < 2:
        return ()
    headings = document.origin.headings if document.origin else ()
    found = blocks(document.text, *document.body, headings)
    return section_marks(document.text, found, number_sections(document.text, found))


def page_matter_of(document: Document) -> tuple[str, ...]:
    r"""Return what stands in a text and in no segment of it: numbers, heads and feet of pages.

    Examples
    --------
    >>> text = "The states agree on a\nplan for the lake, and they\n7\nwill keep it.\n"
    >>> page_matter_of(Document.from_text(text, id="note"))
    ('7',)
    """
    pieces = (document.text[first:last] for first, last in page_matter_spans(document))
    lines = (" ".join(line.split()) for piece in pieces for line in piece.splitlines())
    return tuple(line for line in lines if any(map(str.isalnum, line)))


def page_matter_spans(document: Document) -> list[tuple[int, int]]:
    r"""Return where numbers, heads and feet of pages stand, and what parts the blocks of a text.

    Examples
    --------
    >>> text = "The states agree on a\nplan for the lake, and they\n7\nwill keep it.\n"
    >>> [text[start:end].strip() for start, end in page_matter_spans(
    ...     Document.from_text(text, id="note")) if text[start:end].strip()]
    ['7']
    """
    start, end = document.body
    headings = document.origin.headings if document.origin else ()
    spans: list[tuple[int, int]] = []
    done = start
    for block in blocks(document.text, start, end, headings):
        spans += [(done, block.start), *block.removed]
        done = max(done, block.end)
    spans.append((done, end))
    # A lone figure within a paragraph leads to a note.
    return sorted(span for span in spans if not document.text[slice(*span)].isdecimal())


def without_spans(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    r"""Return ``text[start:end]`` without some spans, which are in order and do not overlap.

    Lines that are taken out leave the end of one.

    >>> without_spans("abcdefgh", [(0, 1), (3, 5), (7, 9)], 1, 8)
    'bcfg'
    >>> without_spans("and\n7\nthe", [(3, 6)], 0, 9)
    'and\nthe'
    """
    pieces = []
    first = bisect_right(spans, start, key=lambda span: span[1])
    # No slice of the spans: a text of many pieces would copy them for each.
    for begin, stop in map(spans.__getitem__, range(first, len(spans))):
        if begin >= end:
            break
        pieces.append(text[start : max(start, begin)])
        if start < begin and stop <= end and "\n" in text[begin:stop]:
            pieces.append("\n")
        start = stop
    pieces.append(text[start:end])
    return "".join(pieces)


def anchor_label(segment_id: str) -> str:
    """Return an anchor as a person reads it.

    >>> anchor_label("sco-2013-bishkek:p13.s2")
    '¶ 13, sentence 2'
    >>> anchor_label("sco-2013-bishkek:p13")
    '¶ 13'
    """
    match = _ANCHOR.search(segment_id)
    if match is None:
        return segment_id.rpartition(":")[2]
    return f"¶ {match[1]}" + (f", sentence {match[2]}" if match[2] else "")
