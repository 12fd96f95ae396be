"""The page that lists the reports."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research.errors import OutputError, ParameterError
from sco_research.reports.report import Report
from sco_research.text.document import Document
from sco_research.topics.summary.landing import write_landing


def made(base: Path, name: str = "themes") -> None:
    document = Document.from_text("We.", id="note", title="A <b>note</b> & $x$")
    report = Report(name, document, title="T", output_folder=base / "note" / name)
    report.abstract("Found 3 of <script>, see @tbl-a.")
    report.key_figures({"Themes & <b>": "27 of 30", "Hits": "1,000"})
    report.table(pd.DataFrame({"a": [1]}), id="tbl-a", caption="c")
    report.save()


def test_it_lists_reports_with_findings_and_files(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "note" / "mine").mkdir()
    target = write_landing(tmp_path)
    assert target is not None
    page = target.read_text(encoding="utf-8")
    assert "A &lt;b&gt;note&lt;/b&gt; &amp; $x$" in page
    assert "Found 3 of &lt;script&gt;, see Table 1." in page
    assert 'href="note/themes/report.html"' in page
    assert "1 tables, 0 figures" not in page
    assert "mine" not in page


def test_it_shows_each_reports_key_figures(tmp_path: Path) -> None:
    made(tmp_path)
    target = write_landing(tmp_path)
    assert target is not None
    page = target.read_text(encoding="utf-8")
    assert "<div><dt>Themes &amp; &lt;b&gt;</dt><dd>27 of 30</dd></div>" in page
    assert "<dt>Hits</dt><dd>1,000</dd>" in page
    assert "1 report on 1 document" in page
    for path in (tmp_path / "note" / "themes").glob("report.*"):
        assert b"1,000" not in path.read_bytes() or path.suffix == ".md", path.name


def test_a_document_is_named_in_full_where_the_title_has_its_name(tmp_path: Path) -> None:
    document = Document.from_text("We.", id="note", title="A note", place="Zenda")
    report = Report(
        "themes", document, title="Themes: A note", output_folder=tmp_path / "note" / "themes"
    )
    report.save()
    target = write_landing(tmp_path)
    assert target is not None
    assert '<h2 id="note">A note, Zenda</h2>' in target.read_text(encoding="utf-8")
    page = (tmp_path / "note" / "themes" / "report.html").read_text(encoding="utf-8")
    assert '<p class="subtitle">Zenda</p>' in page


def test_a_document_without_place_and_date_has_no_empty_line(tmp_path: Path) -> None:
    report = Report(
        "themes",
        Document.from_text("We.", id="note"),
        title="Themes: note",
        output_folder=tmp_path / "note" / "themes",
    )
    report.save()
    page = (tmp_path / "note" / "themes" / "report.html").read_text(encoding="utf-8")
    assert 'class="subtitle"' not in page


def test_an_abstract_that_opens_a_block_swallows_no_other(tmp_path: Path) -> None:
    made(tmp_path)
    document = Document.from_text("We.", id="other")
    report = Report("themes", document, title="T", output_folder=tmp_path / "other" / "themes")
    report.abstract("~~~ {#t1}")
    report.save()
    target = write_landing(tmp_path)
    assert target is not None
    page = target.read_text(encoding="utf-8")
    assert "Found 3 of &lt;script&gt;" in page
    assert '<h2 id="other">other</h2>' in page


def test_key_figures_are_few(tmp_path: Path) -> None:
    report = Report("themes", Document.from_text("We.", id="note"), title="T")
    with pytest.raises(ParameterError, match="7 are given; choose 6"):
        report.key_figures({str(number): "1" for number in range(7)})


def test_many_documents_have_a_list(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        document = Document.from_text("We.", id=name)
        Report("themes", document, title="T", output_folder=tmp_path / name / "themes").save()
    target = write_landing(tmp_path)
    assert target is not None
    page = target.read_text(encoding="utf-8")
    assert '<nav aria-label="Documents">' in page
    assert all(f'<li><a href="#{name}">{name}</a></li>' in page for name in ("one", "two", "three"))


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    made(tmp_path)
    first, second = (write_landing(tmp_path) for _ in range(2))
    assert first == second is not None
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["index.html"]


def test_where_there_is_no_report_there_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "provenance.json").write_text("{")
    assert write_landing(tmp_path) is None


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_landing(tmp_path)
    assert not list(tmp_path.glob(".index-*"))
