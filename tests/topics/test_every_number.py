"""Each count in a table of the bundled notebooks leads to the sentences that it counts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sco_research.reports.counts import CountTable
from sco_research.reports.evidence import Number, numbers_of
from sco_research.reports.report import Report
from sco_research.resources import notebooks_folder

NOTEBOOKS = ("themes", "commitments", "language", "reliability")
# Whole numbers that count no sentences or hits of the document, and why.
NOT_COUNTED = {
    ("commitments", "tbl-validation", "Sentences"): "sentences out of sample are of other texts",
    ("commitments", "tbl-validation", "With strict"): "sentences out of sample are of other texts",
    ("commitments", "tbl-published", "Commitments"): "other organizations' documents are not here",
    ("language", "tbl-phrases", "Words"): "how long the phrase is",
} | {
    ("reliability", name, column): "the texts of first runs are not here"
    for name, columns in {
        "tbl-real": ("Correct", "False positives", "Missed"),
        "tbl-themes": ("Correct", "False positives", "Missed"),
        "tbl-invented": ("Documents", "Sentences"),
    }.items()
    for column in columns
}
# Columns that count sentences: exactly as many lie behind the number. Others count hits, of which
# a sentence may hold several.
OF_SENTENCES = {
    ("themes", "tbl-themes", "Sentences"),
    ("themes", "tbl-pairs", "Together"),
    ("themes", "tbl-pairs", "Of"),
    ("themes", "tbl-actors", "Sentences"),
    ("themes", "tbl-commitments", "Sentences"),
    ("themes", "tbl-commitments", "Strict"),
    ("themes", "tbl-commitments", "Broad"),
    ("themes", "tbl-commitments", "Tone (sentences)"),
    ("themes", "tbl-sections", "Leading themes (sentences)"),
    ("commitments", "tbl-summary", "Sentences"),
    ("commitments", "tbl-acts", "Sentences"),
    ("commitments", "tbl-acts", "Strict"),
    ("commitments", "tbl-acts", "Broad"),
    ("language", "tbl-words", "Sentences"),
}
_COUNT = re.compile(r"\((\d+)\)")
_SENTENCE = re.compile(r".*:p\d+(\.s\d+)?")
Table = tuple[str, str, pd.DataFrame, list[Number]]


def tables_of(notebook: str, folder: Path, document: Path | None) -> Iterator[Table]:
    """Run a notebook's cells in one namespace and yield its tables with their evidence."""
    found: list[Table] = []
    original = Report.table

    def table(self: Report, table: pd.DataFrame | CountTable, **options: object) -> None:
        name = str(options["id"])
        frame = table.frame if isinstance(table, CountTable) else table
        given = table.evidence if isinstance(table, CountTable) else options.get("evidence") or {}
        numbers = numbers_of(frame, given, table=name, label="Table 1")  # type: ignore[arg-type] # as given
        found.append((notebook, name, frame, numbers))
        original(self, table, **options)  # type: ignore[arg-type] # as given

    names: dict[str, object] = {}
    source = json.loads((notebooks_folder() / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "table", table)
        patch.setattr(Report, "save", Report.markdown)
        for cell in source["cells"]:
            if cell["cell_type"] != "code":
                continue
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= {"output_folder": str(folder), "resamples": 100}
                names |= {"document_id": str(document)} if document else {}
    yield from found


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[Table]:
    folder = tmp_path_factory.mktemp("own")
    other = folder / "other.txt"
    other.write_text(
        "The parties declare the following.\n\n\n(1) The parties will fight drugs, drugs and "
        "terrorism. They will meet in 2015. They will meet again.\n\n\nThey support trade, and "
        "trade with Mongolia. They welcome trade. The parties shall fight terrorism.",
        encoding="utf-8",
    )
    runs = [(name, None) for name in NOTEBOOKS] + [(name, other) for name in NOTEBOOKS[:3]]
    return [table for name, path in runs for table in tables_of(name, folder, path)]


def shown_counts(frame: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield column and row of each cell that shows a count other than zero."""
    for column in frame.columns:
        whole = frame[column].dtype.kind in "iu"
        for row, value in enumerate(frame[column]):
            in_words = isinstance(value, str) and _COUNT.search(value)
            if in_words or (whole and not pd.isna(value) and value != 0):
                yield str(column), row


def test_no_count_is_without_its_sentences(tables: list[Table]) -> None:
    without = {
        (notebook, name, column)
        for notebook, name, frame, numbers in tables
        for column, row in shown_counts(frame)
        if not any(number.row == row and number.column == column for number in numbers)
    }
    assert without == set(NOT_COUNTED)


def test_no_list_of_sentences_is_longer_than_its_count(tables: list[Table]) -> None:
    wrong = []
    for notebook, name, _, numbers in tables:
        for number in numbers:
            counted = _COUNT.search(number.shown) or re.fullmatch(r"([\d,]+)", number.shown)
            if not counted or not all(map(_SENTENCE.fullmatch, number.behind)):
                continue
            count, behind = int(counted[1].replace(",", "")), len(number.behind)
            exact = (notebook, name, number.column) in OF_SENTENCES
            if behind > count or (exact and behind != count):
                wrong.append((notebook, name, number))
    assert wrong == []


def test_a_number_that_is_zero_leads_nowhere(tables: list[Table]) -> None:
    nothing = [
        (notebook, name, number)
        for notebook, name, _, numbers in tables
        for number in numbers
        if number.shown == "0" and all(map(_SENTENCE.fullmatch, number.behind))
    ]
    assert nothing == []
