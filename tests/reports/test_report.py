"""What a report collects and writes."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sco_research.errors import ParameterError, RunError
from sco_research.reports.citations import cite
from sco_research.reports.figures import figure_style, new_figure
from sco_research.reports.references import Style
from sco_research.reports.report import Report
from sco_research.reports.tables import csv_bytes, parquet_bytes
from sco_research.text.document import Document

HOSTILE = "<script>alert(1)</script> [x](y) $5 | @key & \\n *b* `c`."


@figure_style()
def bars() -> Figure:
    figure = new_figure(height=2)
    axes = figure.subplots()
    axes.bar([1, 2], [3, 5])
    axes.set_ylabel("words")
    return figure


def filled(document: Document, folder: Path) -> Report:
    report = Report("language", document, title="A title", output_folder=folder)
    report.abstract("One finding, see @fig-bars.")
    report.text("## Findings\n\nSee @tbl-words.")
    frame = pd.DataFrame({"Sentence": [f"{document.id}:p1.s1"], "Text": ["=1+1"], "n": [3]})
    report.table(frame, id="tbl-words", caption="Words.")
    report.figure(bars(), id="fig-bars", caption="Bars.", alt='Bars "rise" <from> 3 to 5')
    return report


@pytest.fixture
def note() -> Document:
    return Document.from_text(HOSTILE, id="note", title="A <i>title</i> $x$ [y] @z")


def test_a_report_is_written_whole(note: Document, tmp_path: Path) -> None:
    filled(note, tmp_path / "out").save()
    names = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert names == {
        "report.md",
        "report.html",
        "tables/tbl-words.csv",
        "tables/tbl-words.tex",
        "tables/tbl-words.parquet",
        "figures/fig-bars.svg",
        "provenance.json",
        "ro-crate-metadata.json",
        "citation.bib",
        "values.json",
        "values.tex",
        "citation.ris",
        "citation.json",
    }
    record = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    assert set(record["outputs"]) == names - {"provenance.json", "ro-crate-metadata.json"}
    assert record["document"]["sha256"] == note.sha256


def test_the_same_report_is_the_same_bytes(note: Document, tmp_path: Path) -> None:
    for name in ("one", "two"):
        filled(note, tmp_path / name).save()
    for path in sorted((tmp_path / "one").rglob("*")):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        if path.is_file():
            assert path.read_bytes() == twin.read_bytes(), path.name


def test_what_a_document_says_is_no_markup_in_the_page(note: Document, tmp_path: Path) -> None:
    filled(note, tmp_path / "out").save()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](y) $5 | @key &amp; \\n *b* `c`." in page
    assert "A &lt;i&gt;title&lt;/i&gt; $x$ [y] @z" in page


def test_the_page_needs_nothing_from_anywhere(note: Document, tmp_path: Path) -> None:
    filled(note, tmp_path / "out").save()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    outside = re.findall(r"(?:src|href)=\"(?!data:|#)([^\"]*)\"", page)
    # The data beside the page are linked, and nothing of the page is read from them.
    beside = re.findall(r"href=\"((?:tables/|citation)[^\"]*)\"", page)
    outside = [address for address in outside if address not in beside]
    assert all((tmp_path / "out" / name).is_file() for name in beside)
    assert [address for address in outside if not address.startswith("https://doi.org/")] == []
    assert "url(http" not in page


def test_references_are_numbered_and_led_to(note: Document, tmp_path: Path) -> None:
    markdown = filled(note, tmp_path).markdown()
    assert "[Table 1](#tbl-words)" in markdown
    assert "[Figure 1](#fig-bars)" in markdown
    assert "[¶ 1, sentence 1](#p1.s1)" in markdown
    assert "{#p1.s1 .sentence}" in markdown


def test_a_spreadsheet_runs_no_formula(note: Document, tmp_path: Path) -> None:
    filled(note, tmp_path / "out").save()
    table = (tmp_path / "out" / "tables" / "tbl-words.csv").read_text(encoding="utf-8")
    assert table == "Sentence,Text,n\nnote:p1.s1,'=1+1,3\n"


CONTROLS = "A\x00 title\t=1\r\n\n\x1b[31m of\u2028Bishkek\x85\x7f, 2013"
ONE_LINE = "A title =1 [31m of Bishkek , 2013"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (CONTROLS, ONE_LINE),
        ("a\tb", "a b"),
        ("a\nb", "a b"),
        ("\t=1+1", "' =1+1"),
        ("\x00@x", "' @x"),
        (("a\nb", "c"), "a b; c"),
        ("Шанхай  上海", "Шанхай  上海"),
    ],
)
def test_a_cell_of_a_csv_is_one_readable_line(cell: object, shown: str) -> None:
    data = csv_bytes(pd.DataFrame({"a\nhead": [cell]})).decode()
    assert data.partition("\n")[0] == "a head"
    assert data.partition("\n")[2].rstrip("\n").strip('"') == shown


@pytest.mark.parametrize("style", ["text", "bibtex", "ris", "csl-json", "apa", "chicago"])
def test_control_characters_of_a_title_reach_no_citation(style: Style) -> None:
    document = Document.from_text("We meet.", id="note", title=CONTROLS)
    cited = cite(document, style=style)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028]", cited)
    assert not re.search(r"\\u00|\\[tn]", cited)
    assert "[31m of Bishkek" in cited.replace("{[}", "[")


def test_alt_text_reaches_the_page(note: Document, tmp_path: Path) -> None:
    filled(note, tmp_path / "out").save()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'alt="Bars &quot;rise&quot; &lt;from&gt; 3 to 5"' in page


@pytest.mark.parametrize("id", ["words", "tbl_words", "tbl-", "fig-a", "tbl-Ä"])
def test_a_table_needs_a_stable_id(note: Document, id: str) -> None:
    report = Report("language", note, title="T")
    with pytest.raises(ParameterError, match="rename"):
        report.table(pd.DataFrame(), id=id, caption="c")


def test_ids_are_distinct_and_references_known(note: Document) -> None:
    report = Report("language", note, title="T")
    report.table(pd.DataFrame({"a": [1]}), id="tbl-a", caption="c")
    with pytest.raises(ParameterError, match="twice"):
        report.table(pd.DataFrame({"a": [1]}), id="tbl-a", caption="c")
    report.text("See @tbl-b.")
    with pytest.raises(ParameterError, match=r"@tbl-b.*tbl-a"):
        report.markdown()


def test_a_figure_needs_its_alt_text(note: Document) -> None:
    with pytest.raises(ParameterError, match="alt text"):
        Report("language", note, title="T").figure(bars(), id="fig-a", caption="c", alt=" ")


def test_a_report_that_cannot_be_rendered_leaves_nothing(note: Document, tmp_path: Path) -> None:
    report = filled(note, tmp_path / "out")
    report.text("An unknown paper [@nobody1999].")
    with pytest.raises(RunError, match="nobody1999"):
        report.save()
    assert list(tmp_path.iterdir()) == []


def test_a_last_digit_that_differs_by_processor_changes_no_byte() -> None:
    one, other = (pd.DataFrame({"x": [value]}) for value in (23.387715960451203, 23.38771596045121))
    assert csv_bytes(one) == csv_bytes(other)
    assert parquet_bytes(one) == parquet_bytes(other)


def test_another_documents_sentence_links_to_none_of_this_one(tmp_path: Path) -> None:
    document = Document.from_text("We met. We will meet.", id="note")
    report = Report("language", document, title="T", output_folder=tmp_path / "out")
    names = ["note:p1.s2", "other:p1.s1", "note:p9.s1", "note:p1"]
    report.table(pd.DataFrame({"Sentence": names}), id="tbl-places", caption="Places.")
    # typst refuses a link that leads nowhere.
    report.save(formats=["html", "pdf"])
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    table = markdown.split("\n:::")[1]
    assert re.findall(r"\(#([^)]+)\)", table) == ["p1.s2", "p1"]
    assert "| other:p1.s1 |" in table
    assert "| note:p9.s1 |" in table
    latex = (tmp_path / "out" / "tables" / "tbl-places.tex").read_text(encoding="utf-8")
    assert "other:p1.s1" in latex
    assert "¶ 1, sentence 2" in latex
