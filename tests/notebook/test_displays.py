"""What Jupyter shows: short in a prompt, rich in a notebook, and nothing of a text is markup."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import sco_research
from sco_research import browse, code_themes, load_codebook, show
from sco_research.notebook import tables
from sco_research.reports.counts import CountTable
from sco_research.reports.report import Report
from sco_research.text.document import Corpus, Document

EVIL = "<script>alert(1)</script><b onclick='x'>&"
NOTE = Document.from_text(f"They fight drugs {EVIL}.", id="note", title=EVIL, notes=EVIL)


@pytest.fixture(autouse=True)
def _a_kernel_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_script_is_there", False)


def report(document: Document, folder: Path = Path("out")) -> Report:
    made = Report("language", document, title=EVIL, output_folder=folder, authors=[EVIL])
    made.text("## Words {#words}\n\nSee @tbl-a.")
    made.table(pd.DataFrame({EVIL: [EVIL]}), id="tbl-a", caption="a < b")
    return made


VALUES: dict[str, Callable[[], object]] = {
    "document": lambda: NOTE,
    "corpus": lambda: Corpus((NOTE,), faults=(EVIL,), notices=(EVIL,)),
    "report": lambda: report(NOTE),
    "table": lambda: browse(code_themes(NOTE), NOTE, caption=EVIL),
    "long table": lambda: browse(pd.DataFrame({EVIL: [EVIL] * 20}), caption=EVIL),
    "overview": lambda: show(NOTE),
}


@pytest.mark.parametrize("name", VALUES)
def test_jupyter_shows_it_with_everything_of_the_text_escaped(name: str) -> None:
    shown = DisplayFormatter().format(VALUES[name]())[0]
    page = shown["text/html"]
    assert "&lt;script&gt;" in page or r"&amp;lt;script" in page
    for opening in ("<script>alert", "<b onclick"):
        assert opening not in page
    assert shown["text/plain"]


@pytest.mark.parametrize("name", ["document", "corpus", "report"])
def test_a_prompt_shows_one_short_line(name: str) -> None:
    line = repr(VALUES[name]())
    assert len(line) < 200
    assert "\n" not in line


def test_the_declaration_shows_its_outline_and_what_is_known(declaration: Document) -> None:
    page = DisplayFormatter().format(declaration)[0]["text/html"]
    for words in ("13 September 2013", "¶ 32", "§ 6", declaration.sha256, "TANAKA"):
        assert words in page


def test_a_codebook_shows_every_category_with_its_patterns() -> None:
    book = load_codebook("themes")
    page = DisplayFormatter().format(book)[0]["text/html"]
    assert all(html.escape(category.label) in page for category in book)
    assert page.count("<code>") == sum(len(c.include) + len(c.exclude) for c in book)


def test_a_report_says_what_it_has_so_far() -> None:
    made = report(NOTE)
    assert made.outline == (("heading", "Words"), ("table", "Table 1. a < b"))
    assert repr(made) == "Report('language' on 'note': 1 table, 0 figures)"
    assert "a &lt; b" in (made._repr_html_() or "")


def test_a_number_opens_to_the_sentences_it_counts() -> None:
    note = Document.from_text("We fight drugs. We trade. They fight drugs.", id="note")
    ids = ("note:p1.s1", "note:p1.s3")
    table = CountTable(pd.DataFrame({"Theme": ["Drugs"]})).with_counts("Sentences", [ids])
    page = browse(table, note)._repr_html_() or ""
    opened = re.search(r"<details><summary>2</summary>(.*?)</details>", page)
    assert opened
    assert re.findall(r"<b>(.*?)</b> (.*?)</li>", opened[1]) == [
        ("¶ 1, sentence 1", "We fight drugs."),
        ("¶ 1, sentence 3", "They fight drugs."),
    ]


def test_counted_words_open_each_even_where_one_stands_in_the_others_sentence() -> None:
    note = Document.from_text("Trade (2) is named. Drugs are.", id="note")
    words = (("Drugs (1)", ("note:p1.s1",)), ("Trade (2)", ("note:p1.s1", "note:p1.s2")))
    table = CountTable(pd.DataFrame({"n": [1]})).with_words("Themes", [words])
    page = browse(table, note)._repr_html_() or ""
    assert page.count("<summary>Drugs (1)</summary>") == 1
    assert page.count("<summary>Trade (2)</summary>") == 1
    assert "</details>; <details><summary>Trade" in page


def test_an_anchor_of_another_text_stays_text(declaration: Document) -> None:
    frame = pd.DataFrame({"segment_id": ["other:p1.s1", f"{declaration.id}:p1.s1"]})
    page = browse(frame, declaration)._repr_html_() or ""
    assert page.count("<details>") == 1
    assert "other:p1.s1" in page or "¶ 1, sentence 1</td>" in page


def test_a_long_table_brings_its_script_once_and_fetches_nothing() -> None:
    frame = pd.DataFrame({"n": range(100)})
    first, second = (browse(frame)._repr_html_() or "" for _ in range(2))
    assert len(first) > 100_000 > len(second)
    for page in (first, second):
        assert not re.search(r"(src|href)=[\"']?https?:", page.replace("https://itables.org", ""))
        assert "from 'http" not in page


def test_the_text_knows_nothing_of_how_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sco_research.displays, "_writer", "")
    shown = DisplayFormatter().format(NOTE)[0]
    assert "text/html" not in shown
