"""The annotated declaration: nothing of the text lost, nothing of it taken for markup."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.themes import code_themes
from sco_research.errors import ParameterError
from sco_research.reports.annotation import annotate, declaration_markdown, numbering_note
from sco_research.reports.evidence import Evidence
from sco_research.reports.report import Report
from sco_research.text.document import Document, Metadata
from sco_research.text.origin import Removed, SourceLocation
from sco_research.text.segments import segment
from tests.chromium import chromium, in_chromium, page_of


class Reader(HTMLParser):
    """What a reader of the text sees, without the numbers, notes and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.sentence = ""
        self.sentences: dict[str, str] = {}
        self.open: list[tuple[str, bool, bool]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        hides = bool({"number", "tip"} & set(classes))
        begins = "sentence" in classes
        self.tags.append(tag)
        if tag in ("meta", "input", "br"):
            return
        self.hidden += hides
        if begins:
            self.sentence = str(given["id"])
            self.sentences[self.sentence] = ""
        self.open.append((tag, hides, begins))

    def handle_endtag(self, tag: str) -> None:
        opened, hides, begins = self.open.pop()
        assert opened == tag, "tags must nest"
        self.hidden -= hides
        if begins:
            self.sentence = ""

    def handle_data(self, data: str) -> None:
        if self.sentence and not self.hidden:
            self.sentences[self.sentence] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_every_sentence_is_there_as_it_is(declaration: Document) -> None:
    reader = read(annotate(declaration, code_themes(declaration)).html)
    wanted = segment(declaration, level="sentence")
    assert reader.sentences == {
        name.partition(":")[2]: text
        for name, text in zip(wanted["segment_id"], wanted["text"], strict=True)
    }


def test_every_hit_is_marked_once_with_its_number(declaration: Document) -> None:
    codings = code_themes(declaration)
    page = annotate(declaration, codings).html
    assert len(re.findall(r'<a class="number ', page)) == len(codings)
    assert "Terrorism, separatism, extremism" in page
    for target in re.findall(r'href="#(theme-\d+)"', page):
        assert f'id="{target}"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_it_needs_nothing_from_anywhere(declaration: Document) -> None:
    page = annotate(declaration, code_themes(declaration)).page
    assert "<script" not in page
    assert "http" not in page.partition("</style>")[2].replace(html.escape(declaration.text), "")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('drugs')</script> & <b>terrorism</b> \"quoted\"",
        "drugs&amp;crime &lt;drugs&gt; <!-- drugs -->",
        "</mark></span></p></div> drugs </style>",
    ],
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    document = Document.from_text(text, id="note")
    reader = read(annotate(document, code_themes(document)).html)
    assert "".join(reader.sentences.values()).replace(" ", "") == text.replace(" ", "")
    assert {"script", "b"}.isdisjoint(reader.tags)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("drugs <>&\"'.\n\x00\u202eé"), min_size=1, max_size=60))
def test_any_text_can_be_annotated(text: str) -> None:
    if not text.strip():
        return
    document = Document.from_text(text, id="note")
    read(annotate(document, code_themes(document)).page)


def test_a_control_character_becomes_visible() -> None:
    document = Document.from_text("drugs\x07 kill", id="note")
    page = annotate(document, code_themes(document)).html
    assert "\x07" not in page
    assert "␇" in page


def test_hits_of_two_themes_on_the_same_words() -> None:
    document = Document.from_text("They ban chemical weapons.", id="note")
    base = code_themes(document)
    start = document.text.index("weapons")
    other = base.assign(category="own", match="weapons", start=start, end=start + 7)
    page = annotate(document, pd.concat([base, other])).html
    assert '<mark class="hit c1">chemical <' in page
    assert '<mark class="hit c1 c2">weapons<' in page


def test_labels_come_from_a_codebook_by_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("A & B: [peace]\n", encoding="utf-8")
    document = Document.from_text("For peace.", id="note")
    codings = code_themes(document, codebook=path)
    assert "A &amp; B" in annotate(document, codings, codebook=path).html
    assert ">a_b <" in annotate(document, codings).html


def test_no_hits_is_a_page_all_the_same() -> None:
    document = Document.from_text("We met.", id="note")
    page = annotate(document, code_themes(document))._repr_html_()
    assert "No hits." in page
    assert "We met." in page


def test_codings_of_another_text_are_refused() -> None:
    document = Document.from_text("Drugs kill.", id="note")
    changed = Document.from_text("They met. Drugs kill.", id="note")
    with pytest.raises(ParameterError, match="code this document again"):
        annotate(changed, code_themes(document))


@pytest.mark.slow
@in_chromium
def test_the_filter_works_in_a_browser_without_scripts(
    tmp_path: Path, declaration: Document
) -> None:
    page_file = tmp_path / "page.html"
    page_file.write_text(annotate(declaration, code_themes(declaration)).page, encoding="utf-8")
    painted = "item => getComputedStyle(item).backgroundColor !== 'rgba(0, 0, 0, 0)'"
    with chromium() as browser:
        page = page_of(browser, java_script_enabled=False)
        page.goto(page_file.as_uri())
        marks = page.locator(".text .hit")
        assert all(mark.evaluate(painted) for mark in marks.all()[:20])
        first = page.locator(".filter input").first
        first.focus()
        page.keyboard.press("Space")
        assert first.is_checked()
        chosen = page.locator(".text .hit.c1")
        others = page.locator(".text .hit:not(.c1)")
        assert chosen.count()
        assert all(mark.evaluate(painted) for mark in chosen.all())
        assert not any(mark.evaluate(painted) for mark in others.all()[:20])
        note = chosen.first.locator(".tip")
        assert not note.is_visible()
        chosen.first.locator("a").focus()
        assert note.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_noticed_and_left_out_of_the_source_is_printed() -> None:
    place = SourceLocation(page=2)
    document = Document(
        id="n",
        text="We will meet in June.",
        metadata=Metadata(title="A"),
        sha256="0" * 64,
        body=(0, 21),
        notices=("decoded as cp1252", "the source names *no* date"),
        removed=(
            Removed("footnote", "One two three", place),
            Removed("running head", "Four", place),
            Removed("footnote", "Five", place),
        ),
    )
    page = Report("language", document, title="A note").markdown()
    notes = page.partition("How the source was read:")[2].partition(":::")[0].strip()
    assert notes.splitlines() == [
        "- decoded as cp1252",
        r"- the source names \*no\* date",
        "- left out of the text: footnote (2), running head (1); 50 % of the words of the source",
    ]


@pytest.mark.parametrize(("headings", "listed"), [(3, 0), (12, 0), (13, 13), (40, 40)])
def test_the_headings_of_a_long_document_are_listed(headings: int, listed: int) -> None:
    parts = (
        f"Chapter {n} On <Trade> And Peace\n\nThe parties met in {1900 + n}. They will fight drugs."
        for n in range(1, headings + 1)
    )
    document = Document.from_text("\n\n".join(parts), id="long")
    page = annotate(document, code_themes(document)).html
    links = re.findall(r'<li><a href="#([^"]+)">([^<]*)</a></li>', page)
    assert len(links) == listed
    for number, (anchor, name) in enumerate(links, start=1):
        assert name == f"Chapter {number} On &lt;Trade&gt; And Peace"
        assert page.count(f'id="{anchor}"') == 1
    read(page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We met.\n\nWe agree.", "(¶) are counted and not printed in the source."),
        ("1. We met.\n\n2. We agree.", "(¶) are those that the source prints."),
        ("We met.\n\nWe agree.\n\n7. We left.", "are counted; the source numbers some"),
        ("We met.\n\n\nWe agree.\n\n\nWe left.", "begins with a paragraph after more blank lines"),
        (
            "We met.\n\nI\n\nWe agree.\n\nII\n\nWe left.",
            "A new section begins with a numeral on a line of its own; sections are numbered",
        ),
    ],
)
def test_the_report_says_where_its_numbers_come_from(text: str, said: str) -> None:
    document = Document.from_text(text, id="n")
    note = numbering_note(document)
    assert said in note
    several = segment(document, level="section")["section"].nunique() > 1
    assert ("A new section begins" in note) is several


def test_the_end_of_a_page_stands_in_no_sentence_that_is_shown() -> None:
    """What the report calls page matter is not printed amid the prose."""
    page = "\n".join(f"They met on day {number} of the year." for number in range(30))
    text = f"{page}\nWe will fight drugs and\n12/15 24-18680\n\fterrorism in Osh.\n{page}"
    document = Document.from_text(text, id="n", language="en")
    reader = Reader()
    reader.feed(annotate(document, code_themes(document)).html)
    listed = declaration_markdown(document, Evidence(document))
    written = re.findall(r"\[([^]]*)\]\{#p\d+\.s\d+ \.sentence\}", listed)
    for sentences in (list(reader.sentences.values()), written):
        (ours,) = (" ".join(one.split()) for one in sentences if "drugs" in one)
        assert ours == "We will fight drugs and terrorism in Osh."
