"""The declaration as a person reads it, with every coded hit marked at its place.

The page needs no script: the filter is made of checkboxes and style rules alone, so that a reader
without scripts, or a browser too old for the rules, has the whole text with all its marks. Colour
is never the only sign: each theme has a number beside its hits and a line of its own kind below.
"""

import html
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import Category, Codebook, codebook_names, load_codebook
from sco_research.errors import ParameterError
from sco_research.reports.evidence import WHOLE, Evidence
from sco_research.reports.figures import COLOURS
from sco_research.reports.markdown import escape, visible
from sco_research.reports.prose import listed, percent
from sco_research.text.document import Document
from sco_research.text.segments import (
    Segment,
    citation_labels,
    page_matter_of,
    page_matter_spans,
    prints_numbers,
    section_marks_of,
    segments_of,
    without_spans,
)

_LINES = ("solid", "dashed", "dotted", "double")
# More headings than these are listed above the text: it is too long to be looked through.
_FEW_HEADINGS = 12
# What stands between the paragraphs and is shown as it is.
_BESIDE_THE_PROSE = ("heading", "row", "dateline", "signature", "annex")
_STYLE = Path(__file__).with_name("annotation.css")


@dataclass(frozen=True, slots=True)
class _Theme:
    """A category as the page shows it."""

    number: int
    category: Category
    colour: str
    line: str
    hits: int


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    theme: _Theme
    pattern: str


_start_of = attrgetter("start")


@dataclass(frozen=True)
class Annotation:
    """An annotated document: `html` is a piece of a page, `page` a page of its own.

    Attributes
    ----------
    document : Document
        What is annotated.
    """

    document: Document
    _themes: tuple[_Theme, ...]
    _hits: tuple[_Hit, ...]

    def _repr_html_(self) -> str:
        """Return what Jupyter shows."""
        return self.html

    @cached_property
    def html(self) -> str:
        """The annotation as a piece of a page: its styles, the filter, the text.

        Every paragraph and sentence has its anchor as id: ``p13``, ``p13.s2``.
        """
        style = f"<style>\n{_STYLE.read_text(encoding='utf-8')}{self._rules()}</style>"
        return (
            f'{style}\n<div class="annotated">\n{self._filter()}\n{self._contents()}'
            f'<div class="text">\n{self._text()}\n</div>\n</div>\n'
        )

    @cached_property
    def page(self) -> str:
        """The annotation as a page of its own."""
        title = _escaped(self.document.metadata.title or self.document.id)
        language = self.document.metadata.language
        return (
            f'<!DOCTYPE html>\n<html lang="{_escaped(language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n"
            "<style>body { font: 1.06rem/1.6 Georgia, serif; margin: 0 auto; max-width: 46rem; "
            "padding: 2rem 1.25rem; background: #fffefb; }</style>\n"
            f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n<h2>The text with its hits</h2>\n"
            f"{self.html}</main>\n</body>\n</html>\n"
        )

    def _rules(self) -> str:
        """Return the styles of the themes, and what stays marked when some are chosen."""
        rules = []
        for theme in self._themes:
            name = f"c{theme.number}"
            chosen = f".annotated:has(.filter .{name}:checked) .text"
            rules += [
                f".annotated .{name} {{ --k: {theme.colour}; --s: {theme.line}; }}",
                f"{chosen} .hit.{name} {{ --k: {theme.colour}; --s: {theme.line}; "
                "background: color-mix(in srgb, var(--k) 17%, transparent); "
                "text-decoration: underline var(--s) 0.13em var(--k); }",
                f"{chosen} .number.{name} {{ display: inline-block; }}",
                f"{chosen} .tip .{name} {{ display: block; padding: 0.3rem 0.65rem; }}",
            ]
        return "\n".join(rules) + "\n"

    def _filter(self) -> str:
        shown = {theme.category.id for theme in self._themes}
        items = "\n".join(
            f'<li id="theme-{theme.number}"{_child(theme.category, shown)}><label>'
            f'<input type="checkbox" class="c{theme.number}"> '
            f'<span class="key c{theme.number}">{theme.number}</span> '
            f"<span>{_escaped(theme.category.label)} "
            f'<span class="count">({theme.hits})</span></span></label></li>'
            for theme in self._themes
        )
        if not items:
            return '<p class="filter">No hits.</p>'
        return (
            '<fieldset class="filter">\n<legend>Marked in the text</legend>\n'
            "<p>Choose one or more to see only these; the number is the number of hits.</p>\n"
            f"<ul>\n{items}\n</ul>\n</fieldset>"
        )

    def _contents(self) -> str:
        """Return the headings of a long document, or else its sections, as links; else nothing."""
        segments = segments_of(self.document)
        level = "heading" if any(one.level == "heading" for one in segments) else "section"
        named = [one for one in segments if one.level == level]
        if len(named) <= _FEW_HEADINGS:
            return ""
        items = "\n".join(
            f'<li><a href="#{one.id.rpartition(":")[2]}">{_escaped(self._name_of(one))}</a></li>'
            for one in named
        )
        return (
            f'<details class="filter">\n<summary>Contents: {len(named)} {level}s</summary>\n'
            f"<ul>\n{items}\n</ul>\n</details>\n"
        )

    def _name_of(self, segment: Segment) -> str:
        if segment.level == "section":
            return f"Section {segment.section}"
        return " ".join(self.document.text[segment.start : segment.end].split())

    def _text(self) -> str:
        blocks: list[list[str]] = []
        for segment in segments_of(self.document):
            anchor = segment.id.rpartition(":")[2]
            if segment.level == "section" and segment.section:
                blocks.append([f'<h3 id="{anchor}">Section {segment.section}</h3>'])
            elif segment.level in _BESIDE_THE_PROSE:
                blocks.append(
                    [f'<p class="{segment.level}" id="{anchor}">{self._marked(segment)}</p>']
                )
            elif segment.level == "paragraph":
                label = _escaped(citation_labels(self.document)[segment.id])
                number = f'<span class="paragraph-number">{label}</span>'
                blocks.append([f'<p id="{anchor}">{number}', "</p>"])
            elif segment.level == "sentence":
                sentence = f' <span class="sentence" id="{anchor}">{self._marked(segment)}</span>'
                blocks[-1].insert(-1, sentence)
        return "\n".join(map("".join, blocks))

    @cached_property
    def _page_matter(self) -> list[tuple[int, int]]:
        return page_matter_spans(self.document)

    def _marked(self, segment: Segment) -> str:
        """Return a segment's text, cut where a hit begins or ends, each piece with its hits."""
        first, last = (
            bisect_left(self._hits, place, key=_start_of) for place in (segment.start, segment.end)
        )
        hits = [hit for hit in self._hits[first:last] if hit.end <= segment.end]
        edges = {edge for hit in hits for edge in (hit.start, hit.end)}
        cuts = sorted({segment.start, segment.end, *edges})
        pieces = []
        here: list[_Hit] = []
        begun = 0
        for start, end in pairwise(cuts):
            text = _escaped(without_spans(self.document.text, self._page_matter, start, end))
            here = [hit for hit in here if hit.end > start]
            while begun < len(hits) and hits[begun].start == start:
                here.append(hits[begun])
                begun += 1
            ending = [hit for hit in here if hit.end == end]
            pieces.append(_mark(text, here, ending) if here else text)
        return "".join(pieces)


def _mark(text: str, hits: list[_Hit], ending: list[_Hit]) -> str:
    """Return a marked piece; a hit's number and note are placed once, where it ends."""
    classes = " ".join(dict.fromkeys(f"c{hit.theme.number}" for hit in hits))
    numbers = "".join(
        f'<a class="number c{hit.theme.number}" href="#theme-{hit.theme.number}" '
        f'aria-label="theme: {_escaped(hit.theme.category.label)}">{hit.theme.number}</a>'
        for hit in ending
    )
    notes = "".join(
        f'<span class="c{hit.theme.number}">{_escaped(hit.theme.category.label)} · pattern '
        f"“{_escaped(hit.pattern)}”</span>"
        for hit in hits
    )
    tip = f'<span class="tip" aria-hidden="true">{notes}</span>'
    return f'<mark class="hit {classes}">{text}{numbers}{tip}</mark>'


def _escaped(text: str) -> str:
    """Return text that HTML shows as the characters it is; control characters become visible."""
    return html.escape(visible(text), quote=True)


def _child(category: Category, shown: set[str]) -> str:
    return ' class="child"' if category.parent in shown else ""


def annotate(
    document: Document, codings: pd.DataFrame, *, codebook: str | Path | Codebook = ""
) -> Annotation:
    """Mark the hits of a coding in the text of a document.

    Parameters
    ----------
    document : Document
        The document coded.
    codings : pandas.DataFrame
        As from `code_themes`; rows of other documents are left out.
    codebook : str, pathlib.Path or Codebook
        Where labels and the order of the themes come from. Empty: the bundled codebook that the
        codings name, and the bare ids where there is none.

    Returns
    -------
    Annotation
        Shown by Jupyter as it is; ``html`` is the piece to embed, ``page`` a page of its own.

    Raises
    ------
    ParameterError
        Where a hit is not at its place in this document's text.

    Examples
    --------
    >>> from sco_research.coding.themes import code_themes
    >>> document = Document.from_text("They oppose <b>terrorism</b>.", id="note")
    >>> annotation = annotate(document, code_themes(document))
    >>> "&lt;b&gt;<mark" in annotation.html, 'id="p1.s1"' in annotation.html
    (True, True)
    """
    rows = codings[codings["document_id"] == document.id]
    _check_places(document, rows)
    found = rows["category"].value_counts().to_dict()
    themes = tuple(_themes(_categories(rows, codebook), {str(k): int(v) for k, v in found.items()}))
    by_id = {theme.category.id: theme for theme in themes}
    fields = zip(rows["start"], rows["end"], rows["category"], rows["pattern"], strict=True)
    hits = (_Hit(int(start), int(end), by_id[name], text) for start, end, name, text in fields)
    return Annotation(
        document, themes, tuple(sorted(hits, key=lambda hit: (hit.start, hit.theme.number)))
    )


def _check_places(document: Document, rows: pd.DataFrame) -> None:
    for start, end, match in zip(rows["start"], rows["end"], rows["match"], strict=True):
        if start >= end or document.text[start:end] != match:
            raise ParameterError(
                f"annotate, document {document.id!r}: {match!r} is not at characters "
                f"{start} to {end}; code this document again"
            )


def _categories(rows: pd.DataFrame, codebook: str | Path | Codebook) -> list[Category]:
    """Return the categories that occur, in their codebook's order, unknown ones last."""
    sources: list[str | Path | Codebook] = [codebook] if codebook else []
    if not sources:
        named = (str(edition).partition(" ")[0] for edition in rows["codebook"].unique())
        sources += [name for name in named if name in codebook_names()]
    known = {category.id: category for source in sources for category in load_codebook(source)}
    occurring = [str(name) for name in rows["category"].unique()]
    ordered = [name for name in known if name in occurring]
    ordered += [name for name in occurring if name not in known]
    return [known.get(name, Category(name, name, "", ())) for name in ordered]


def _themes(categories: list[Category], hits: dict[str, int]) -> list[_Theme]:
    """Give each top category a colour and a line; those below it share them."""
    tops = list(dict.fromkeys(category.id.partition(".")[0] for category in categories))
    looks = {
        top: (COLOURS[place % len(COLOURS)], _LINES[place // len(COLOURS) % len(_LINES)])
        for place, top in enumerate(tops)
    }
    return [
        _Theme(number, category, *looks[category.id.partition(".")[0]], hits[category.id])
        for number, category in enumerate(categories, start=1)
    ]


def declaration_markdown(document: Document, evidence: Evidence) -> str:
    """Return the document's paragraphs, each sentence at its anchor, as pandoc Markdown.

    Each sentence is followed by links back to the numbers that count it.
    """
    blocks: list[list[str]] = []
    matter = page_matter_spans(document)
    for segment in segments_of(document):
        text = escape(without_spans(document.text, matter, segment.start, segment.end))
        anchor = segment.id.rpartition(":")[2]
        if segment.level == "section" and segment.section:
            blocks.append([f"### Section {segment.section} {{#{anchor}}}"])
        elif segment.level in _BESIDE_THE_PROSE:
            blocks.append([f"[{text}]{{#{anchor} .{segment.level}}}"])
        elif segment.level == "paragraph":
            label = escape(evidence.labels[segment.id])
            blocks.append([f"[{label}]{{#{anchor} .paragraph-number}}"])
        elif segment.level == "sentence":
            links = evidence.in_markdown(anchor)
            blocks[-1].append(f" [{text}]{{#{anchor} .sentence}}{links}")
    heading = f"## The document, sentence by sentence {{#{WHOLE}}}"
    notes = [numbering_note(document), *source_notes(document)]
    # The page may put the annotated document in this place.
    shown = map("".join, blocks)
    return "\n\n".join([heading, *notes, "::: {#sentences}", *shown, ":::"])


_MARKS = {
    "numeral": "a numeral on a line of its own",
    "heading": "a heading",
    "article": "a paragraph that opens an article or section by name",
    "gap": "a paragraph after more blank lines than usual",
    "annex": "an annex",
}
_LONGEST_MATTER = 60
_MAX_MATTER = 8


def numbering_note(document: Document) -> str:
    r"""Return where the numbers of paragraphs and sections come from.

    >>> numbering_note(Document.from_text("We met.\n\n\nWe agree.\n\n\nWe left.", id="note"))
    'The numbers of paragraphs (¶) are counted and not printed in the source. A new section begins
    with a paragraph after more blank lines than usual; sections are numbered in their order.'
    >>> numbering_note(Document.from_text("1. We met.\n\n2. We agree.", id="note"))
    'The numbers of paragraphs (¶) are those that the source prints.'
    """
    if prints_numbers(document):
        note = "The numbers of paragraphs (¶) are those that the source prints."
    elif any(one.number for one in segments_of(document) if one.level == "paragraph"):
        note = "The numbers of paragraphs (¶) are counted; the source numbers some in its own way."
    else:
        note = "The numbers of paragraphs (¶) are counted and not printed in the source."
    if marks := section_marks_of(document):
        begins = listed([_MARKS[mark] for mark in marks], joined="or")
        note += f" A new section begins with {begins}; sections are numbered in their order."
    return note


def source_notes(document: Document) -> list[str]:
    """Return what a reader should know of the source: its notices, and what was left out.

    >>> source_notes(Document.from_text("We met.", id="note"))
    []
    """
    # What was left out is listed below, with all its kinds.
    notices = (one for one in document.notices if not one.startswith("left out: "))
    notes = [f"- {escape(notice)}" for notice in notices]
    if document.removed:
        kinds = Counter(item.kind for item in document.removed)
        counted = ", ".join(f"{escape(kind)} ({number})" for kind, number in kinds.items())
        removed = sum(len(item.text.split()) for item in document.removed)
        kept = len(document.text[slice(*document.body)].split())
        share = percent(removed / max(1, removed + kept))
        notes.append(f"- left out of the text: {counted}; {share} of the words of the source")
    if matter := page_matter_note(document):
        notes.append(f"- {escape(matter)}")
    return ["How the source was read:", "\n".join(notes)] if notes else []


def page_matter_note(document: Document) -> str:
    r"""Return which lines of a text are its pages' and in no segment; empty where none are.

    >>> text = "The states agree on a\nplan for the lake, and they\n7\nwill keep it.\n"
    >>> page_matter_note(Document.from_text(text, id="note"))
    '1 line is taken for numbers, heads or feet of pages (7 % of the words): “7”'
    """
    matter = page_matter_of(document)
    if not matter:
        return ""
    words = sum(len(line.split()) for line in matter)
    share = percent(words / max(1, len(document.text[slice(*document.body)].split())))
    shown = "; ".join(f"“{line[:_LONGEST_MATTER]}”" for line in matter[:_MAX_MATTER])
    lines = "line is" if len(matter) == 1 else "lines are"
    taken = f"{len(matter)} {lines} taken for numbers, heads or feet of pages"
    return f"{taken} ({share} of the words): {shown}"
