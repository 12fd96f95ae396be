"""How the source, the report and the software are cited."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import sco_research
from sco_research.errors import ParameterError
from sco_research.reports.citations import ReportReference, cite, how_to_cite, software
from sco_research.text.document import Document

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


def test_a_source_of_which_little_is_known_is_cited_all_the_same() -> None:
    note = Document.from_text("We met.", id="note")
    assert cite(note) == "“note”."
    assert cite(note, style="bibtex") == "@misc{note,\n  title = {note},\n}"


def test_a_title_is_no_tex() -> None:
    note = Document.from_text("We met.", id="note", title=r"50 % of $x_1 & \foo")
    assert r"title = {50 \% of \$x\_1 \& \textbackslash{}foo}" in cite(note, style="bibtex")


def test_a_title_is_no_markup() -> None:
    note = Document.from_text("We met.", id="note", title="<b>[x](y)</b>")
    assert r"\<b\>\[x\](y)\</b\>" in how_to_cite(ReportReference("themes", note, "0" * 64))


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="text, apa, chicago, bibtex, ris, csl-json"):
        cite(style="mla")  # type: ignore[arg-type] # the very mistake tested
