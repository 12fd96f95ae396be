"""The page that lists the reports."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research.errors import OutputError
from sco_research.reports.landing import write_landing
from sco_research.reports.report import Report
from sco_research.text.document import Document


def made(base: Path, name: str = "themes") -> None:
    document = Document.from_text("We.", id="note", title="A <b>note</b> & $x$")
    report = Report(name, document, title="T", output_folder=base / "note" / name)
    report.abstract("Found 3 of <script>, see @tbl-a.")
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
