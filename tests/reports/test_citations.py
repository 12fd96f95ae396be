"""How the source, the report and the software are cited."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import sco_research
from sco_research.errors import ParameterError, SourceError
from sco_research.reports.citations import (
    ReportReference,
    citation_files,
    cite,
    how_to_cite,
    long_date,
)
from sco_research.reports.references import Style, formatted
from sco_research.reports.report import Report
from sco_research.reports.software import software
from sco_research.text.document import Document

NOTE = Document.from_text("We will meet.", id="note")
SCHEMA = Path(__file__).resolve().parent.parent / "fixtures" / "schemas"


def test_citation_cff_is_valid(checkout: Path) -> None:
    schema = json.loads((SCHEMA / "citation-file-format-1.2.0.json").read_text(encoding="utf-8"))
    # A date is a string to the schema and a date to YAML.
    text = (checkout / "CITATION.cff").read_text(encoding="utf-8")
    jsonschema.validate(yaml.load(text, Loader=yaml.BaseLoader), schema)


def test_the_version_is_one(checkout: Path) -> None:
    import tomllib

    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert software().version == sco_research.__version__ == project["version"]


def test_a_report_is_cited_by_version_and_inputs(declaration: Document) -> None:
    text = cite(ReportReference("themes", declaration, "0" * 64))
    assert declaration.sha256 in text
    assert software().version in text
    today = datetime.date.today()
    assert str(today.year) not in text or today.year == software().released.year


@pytest.mark.parametrize("style", ["text", "apa", "chicago", "bibtex", "ris", "csl-json"])
def test_every_style_has_version_release_and_hash(declaration: Document, style: Style) -> None:
    # A hash that begins with a letter gets no capital from a style.
    inputs = "fc71" * 16
    report = ReportReference("reliability", declaration, inputs, "Reliability of the coding")
    text = cite(report, style=style)
    assert inputs in text
    assert software().version in text
    assert "Reliability of the" in text
    assert long_date(software().released) in text
    assert "Generated Report" not in text


def test_a_folder_is_cited_as_its_report_is(declaration: Document, tmp_path: Path) -> None:
    report = ReportReference("themes", declaration, "0" * 64, "Themes: a title")
    for name, data in citation_files(report, "").items():
        (tmp_path / name).write_bytes(data)
    assert cite(tmp_path) == cite(report)
    assert cite(tmp_path, style="apa") == cite(report, style="apa")


def test_a_folder_whose_citation_lacks_fields_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "citation.json").write_text('[{"type": "report", "title": "T"}]')
    with pytest.raises(SourceError, match="name a report's folder"):
        cite(tmp_path)


def test_bibtex_keeps_names_and_quotation_marks(declaration: Document) -> None:
    entry = cite(declaration, style="bibtex")
    assert "title = {{Bishkek Declaration" in entry
    assert "{``The World and Japan'' Database" in entry
    report = cite(ReportReference("themes", declaration, "0" * 64), style="bibtex")
    assert "institution = {{sco\\_research contributors}}" in report
    assert "type = {Report}" in report


def test_a_source_of_which_little_is_known_is_cited_all_the_same() -> None:
    note = Document.from_text("We met.", id="note")
    assert cite(note) == "“note”."
    assert cite(note, style="bibtex") == "@misc{note,\n  title = {{note}},\n}"


def test_a_title_is_no_tex() -> None:
    note = Document.from_text("We met.", id="note", title=r"50 % of $x_1 & \foo")
    assert r"title = {{50 \% of \$x\_1 \& \textbackslash{}foo}}" in cite(note, style="bibtex")


def test_a_title_is_no_markup() -> None:
    note = Document.from_text("We met.", id="note", title="<b>[x](y)</b>")
    assert r"\<b\>\[x\](y)\</b\>" in how_to_cite(ReportReference("themes", note, "0" * 64))


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="text, apa, chicago, bibtex, ris, csl-json"):
        cite(style="mla")  # type: ignore[arg-type] # the very mistake tested


@pytest.mark.parametrize("style", ["text", "apa", "bibtex"])
@pytest.mark.parametrize("subject", ["sco-2013-bishkek", "reports/themes", ""])
def test_a_string_is_nothing_to_cite(subject: str, style: Style) -> None:
    with pytest.raises(ParameterError, match=r"a string is not a document; use load_document"):
        cite(subject, style=style)  # type: ignore[arg-type]


def test_the_markdown_resolves_its_references(tmp_path: Path) -> None:
    report = Report("language", NOTE, title="A note", output_folder=tmp_path / "out")
    report.abstract("Short [@flesch1948].")
    report.text("Acts [@searle1976; @textstat] are counted. A mail to a@b.org is none.")
    report.save(formats=("html",))
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    listed = markdown.partition("::: {#refs}")[2].partition(":::")[0]
    # In the order of the list: Bansal and Aggarwal, Flesch, Searle.
    keys = re.findall(r"^`@(\w+)`$", listed, flags=re.MULTILINE)
    assert keys == ["textstat", "flesch1948", "searle1976"]
    assert "https://doi.org/10.1037/h0057532" in listed.replace("\\", "")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    # The page has each once, in the style asked for.
    assert page.count('class="csl-entry"') == 3
    assert "<code>@searle1976</code>" not in page


def test_a_report_without_citations_has_no_list() -> None:
    assert "{#refs}" not in Report("language", NOTE, title="A note").markdown()


def test_marks_that_have_no_partner_do_not_hold_up_a_citation() -> None:
    # citeproc tries every pair: this took minutes, and each mark more doubled it.
    item: dict[str, Any] = {"id": "a", "type": "book", "title": "Plan " + "“of the lakes " * 60}
    said = formatted([item], "apa")
    assert said.count("of the lakes") == 60
    assert "“" not in said
    kept = formatted([{"id": "b", "type": "book", "title": "The “Lake” plan"}], "apa")
    assert "“Lake”" in kept
