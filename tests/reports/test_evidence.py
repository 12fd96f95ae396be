"""A number leads to its sentences, and each of them leads back."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research.errors import ParameterError
from sco_research.reports.counts import Cell, CountTable
from sco_research.reports.evidence import Evidence, as_frame, numbers_of
from sco_research.reports.report import Report
from sco_research.text.document import Document

TABLE = pd.DataFrame({"Theme": ["Drugs", "Trade"], "Hits": [3, 1], "Sentences": [2, 1]})
TWO = ("n:p1.s1", "n:p1.s2")
NOTE = Document.from_text(
    "We declare.\n\n\nWe fight drugs. We trade. We meet.\n\n\n" + "We act. " * 12, id="n"
)


def led(*cells: Cell, evidence: Evidence | None = None, table: str = "tbl-a") -> list[list[str]]:
    """Return where the numbers of a column lead, a row a list."""
    frame = pd.DataFrame({"Name": ["a"] * len(cells), "Text": [f"{i}: x (1); (b)" for i in cells]})
    numbers = numbers_of(CountTable(frame, {"Text": cells}), id=table, label="Table 3")
    links = (evidence or Evidence(NOTE)).add(numbers)
    return [[to for _, to in links.get((row, "Text"), ())] for row in range(len(cells))]


def test_one_sentence_is_led_to_at_once_and_several_by_a_list() -> None:
    assert led(("n:p2.s1",), ("n:p2.s1", "n:p2.s2"), ()) == [["p2.s1"], ["tbl-a.2"], []]


def test_a_whole_is_led_to_by_its_heading() -> None:
    paragraph = (f"n:p3.s{number}" for number in range(1, 13))
    everything = ("n:p1.s1", "n:p2.s1", "n:p2.s2", "n:p2.s3", *paragraph)
    assert led(("n:sec1",), ("n:sec0",), ("n",), everything) == [
        ["sec1"], ["p1"], ["the-document"], ["the-document"],
    ]  # fmt: skip


def test_a_formula_leads_to_the_table_of_its_counts() -> None:
    evidence = Evidence(NOTE)
    assert led(("tbl-counts",), evidence=evidence) == [["tbl-counts"]]
    report = Report("themes", NOTE, title="T")
    report.table(CountTable(TABLE, {"Hits": [("tbl-none",), ()]}), id="tbl-a", caption="c")
    with pytest.raises(ParameterError, match="@tbl-none: the report has no such table"):
        report.markdown()


def test_each_counted_piece_of_a_cell_leads_to_its_own() -> None:
    assert led((("x (1)", ("n:p2.s1",)), ("(b)", ("n:p2.s2",)))) == [["p2.s1", "p2.s2"]]


def test_a_document_s_own_numbers_are_its_citation(tmp_path: Path) -> None:
    """An item counts with the numbered paragraph before it; its anchor is as it is counted."""
    text = (
        "We met.\n\n7. We will plant trees:\n\n- Oaks grow. They last.\n\n8. We will meet.\n\n"
        "9. We agree."
    )
    note = Document.from_text(text, id="n")
    report = Report("themes", note, title="T")
    frame = pd.DataFrame({"Sentence": ["n:p4.s1"], "Hits": [2]})
    report.table(CountTable(frame, {"Hits": [("n:p3.s1", "n:p3.s2")]}), id="tbl-a", caption="c")
    report.text("The longest is [¶ 3, sentence 1](#p3.s1), after [that](#p2.s1).")
    said = report.markdown()
    assert "[¶ 8, sentence 1](#p4.s1)" in said
    assert "[¶ 7, part 2, sentence 1](#p3.s1), after [that](#p2.s1)" in said
    assert "¶\xa07, part\xa02, sentences [1](#p3.s1), [2](#p3.s2)" in said
    assert "[opening ¶ 1]{#p1 .paragraph-number}" in said
    assert "cited by the number that the document prints" in said
    again = Report("themes", Document.from_text(text.replace("8.", "7."), id="n"), title="T")
    again.table(CountTable(frame, {"Hits": [("n:p3.s1",)]}), id="tbl-a", caption="c")
    said = again.markdown()
    assert "[¶ 4, sentence 1](#p4.s1)" in said, "a number that comes twice tells no paragraph"
    assert "that the document prints" not in said


def test_a_sentence_of_another_document_is_data_and_no_link() -> None:
    assert led(("other:p1.s1",), ("other:p1.s1", "n:p2.s1")) == [[], ["p2.s1"]]


def test_numbers_that_count_the_same_sentences_share_a_list() -> None:
    evidence = Evidence(NOTE)
    assert led(("n:p2.s2", "n:p2.s1"), evidence=evidence) == [["tbl-a.1"]]
    assert led((), ("n:p2.s1", "n:p2.s2"), evidence=evidence, table="tbl-b")[1] == ["tbl-a.1"]
    listed = evidence.section().splitlines()[-1]
    assert listed.startswith("[[3.1](#tbl-a) a: Text]{#tbl-a.1 .evidence-of} ¶\xa02, sentences [1]")
    assert listed.endswith("; also [3.2](#tbl-b)")
    assert evidence.in_markdown("p2.s1") == " [[3.1](#tbl-a.1)]{.back}"


def test_two_lists_of_one_row_have_two_anchors() -> None:
    evidence = Evidence(NOTE)
    pieces = (("x", ("n:p2.s1", "n:p2.s2")), ("(b)", ("n:p2.s1", "n:p2.s3")))
    assert led(pieces, evidence=evidence) == [["tbl-a.1", "tbl-a.1-of-2"]]


def test_a_piece_that_is_not_in_its_cell_is_said() -> None:
    report = Report("themes", NOTE, title="T")
    with pytest.raises(ParameterError, match="'Iran': it is not in its cell"):
        report.table(CountTable(TABLE, {"Theme": [(("Iran", TWO),), ()]}), id="tbl-a", caption="c")


def test_evidence_as_data_has_a_row_for_each_sentence() -> None:
    numbers = numbers_of(
        CountTable(TABLE, {"Hits": [TWO, ()], "Sentences": [TWO, ("n:p2.s1",)]}),
        id="tbl-a",
        label="Table 3",
    )
    assert as_frame(numbers).values.tolist()[-1] == [2, "Trade", "Sentences", "1", "n:p2.s1"]
    assert len(as_frame(numbers)) == 2 + 2 + 1


def test_the_page_and_the_files_have_both_ways(tmp_path: Path) -> None:
    document = Document.from_text("We fight drugs. We trade.", id="n")
    report = Report("themes", document, title="T", output_folder=tmp_path / "out")
    report.table(CountTable(TABLE, {"Hits": [TWO, ()]}), id="tbl-a", caption="c")
    report.save()
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "[3](#tbl-a.1)" in markdown
    assert "[We trade.]{#p1.s2 .sentence} [[1.1](#tbl-a.1)]{.back}" in markdown
    data = (tmp_path / "out" / "tables" / "tbl-a.evidence.csv").read_text(encoding="utf-8")
    assert data.splitlines()[1] == "1,Drugs,Hits,3,n:p1.s1"


def test_rows_that_are_not_shown_are_not_listed(tmp_path: Path) -> None:
    report = Report("themes", NOTE, title="T", output_folder=tmp_path / "out")
    frame = pd.DataFrame({"n": [2] * 501})
    cells: list[Cell] = [(), *[()] * 499, ("n:p2.s1",)]
    report.table(CountTable(frame, {"n": cells}), id="tbl-a", caption="c")
    assert ".back}" not in report.markdown()


def test_links_stand_after_their_sentence() -> None:
    page = '<p id="p2"> <span class="sentence" id="p2.s1">A <span>b</span>.</span></p>'
    evidence = Evidence(NOTE)
    led(("n:p2.s1",), evidence=evidence)
    link = '<a href="#tbl-a" aria-label="counted in table 3.1">3.1</a>'
    expected = page.replace(".</span></p>", f'.</span> <span class="back">{link}</span></p>')
    assert evidence.in_html(page) == expected
