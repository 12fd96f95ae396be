"""A number leads to its sentences, and each of them leads back."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.themes import code_themes
from sco_research.errors import ParameterError
from sco_research.reports.evidence import as_frame, by_label, entries_of, in_html
from sco_research.reports.report import Report
from sco_research.text.document import Document

TABLE = pd.DataFrame({"Theme": ["Drugs", "Trade"], "Hits": [3, 1], "Sentences": [2, 1]})
TWO = ["n:p1.s1", "n:p1.s2"]


def test_numbers_that_count_the_same_sentences_share_an_entry() -> None:
    sentences = {"Hits": [TWO, ["n:p2.s1"]], "Sentences": [TWO, ["n:p2.s1"]]}
    entries = entries_of(TABLE, sentences, table="tbl-a", label="Table 3")
    assert [(entry.number, entry.columns) for entry in entries] == [
        ("3.1", ("Hits", "Sentences")),
        ("3.2", ("Hits", "Sentences")),
    ]
    assert len(as_frame(entries)) == 2 * 2 + 2


def test_numbers_that_count_others_have_their_own() -> None:
    sentences = {"Hits": [TWO, []], "Sentences": [TWO[:1], []]}
    entries = entries_of(TABLE, sentences, table="tbl-a", label="Table 3")
    assert [entry.id for entry in entries] == ["evidence-tbl-a-1", "evidence-tbl-a-1-2"]


@pytest.mark.parametrize("sentences", [{"Hits": [TWO]}, {"Words": [TWO, TWO]}])
def test_evidence_that_does_not_fit_is_said(sentences: dict[str, list[list[str]]]) -> None:
    with pytest.raises(ParameterError, match=r"Table 1 \(tbl-a\), evidence of"):
        entries_of(TABLE, sentences, table="tbl-a", label="Table 1")


def test_every_hit_of_a_coding_stands_behind_its_number(declaration: Document) -> None:
    codings, codebook = code_themes(declaration), load_codebook("themes")
    table = pd.DataFrame({"Theme": [item.label for item in codebook]})
    lists = by_label(table.assign(Hits=0), codings, codebook, columns=["Hits"])["Hits"]
    assert sum(map(len, lists)) == len(codings)


def test_the_page_and_the_files_have_both_ways(tmp_path: Path) -> None:
    document = Document.from_text("We fight drugs. We trade.", id="n")
    report = Report("themes", document, title="T", output_folder=tmp_path / "out")
    report.table(TABLE, id="tbl-a", caption="c", evidence={"Hits": [TWO, []]})
    report.save()
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "[3](#evidence-tbl-a-1)" in markdown
    assert "[We trade.]{#p1.s2 .sentence} [[1.1](#evidence-tbl-a-1)]{.back}" in markdown
    data = (tmp_path / "out" / "tables" / "tbl-a.evidence.csv").read_text(encoding="utf-8")
    assert data.splitlines()[1] == "1,Drugs,Hits,n:p1.s1"


def test_links_stand_after_their_sentence() -> None:
    page = '<p id="p1"> <span class="sentence" id="p1.s1">A <span>b</span>.</span></p>'
    (entry,) = entries_of(TABLE.head(1), {"Hits": [["n:p1.s1"]]}, table="tbl-a", label="Table 1")
    link = '<a href="#evidence-tbl-a-1" aria-label="counted in table 1.1">1.1</a>'
    expected = page.replace(".</span></p>", f'.</span> <span class="back">{link}</span></p>')
    assert in_html(page, {"p1.s1": [entry]}) == expected
