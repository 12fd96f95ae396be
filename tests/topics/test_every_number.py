"""Each count in a table of the bundled notebooks leads to the sentences that it counts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sco_research.reports.counts import CountTable
from sco_research.reports.report import Report
from sco_research.resources import notebooks_folder

NOTEBOOKS = ("themes", "commitments", "language", "reliability")
# Whole numbers that count nothing in the document: the texts of first runs are not here.
OF_OTHER_TEXTS = {
    ("reliability", "tbl-real"),
    ("reliability", "tbl-themes"),
    ("reliability", "tbl-invented"),
}
# Whole numbers that measure a sentence, which they lead to.
OF_A_SENTENCE = {("language", "tbl-counts", "Longest sentence (words)")}
_COUNT = re.compile(r"\((\d+)\)")
_SEGMENT = re.compile(r".*:p\d+(\.s\d+)?")
Table = tuple[str, str, CountTable]


def tables_of(notebook: str, folder: Path, document: Path | None) -> Iterator[Table]:
    """Run a notebook's cells in one namespace and yield its tables."""
    found: list[Table] = []
    original = Report.table

    def table(self: Report, table: pd.DataFrame | CountTable, **options: object) -> None:
        shown = table if isinstance(table, CountTable) else CountTable(table)
        found.append((notebook, str(options["id"]), shown))
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


def counts_of(table: CountTable) -> Iterator[tuple[str, int, int]]:
    """Yield column, row and number of each count: a whole number, or one of a cell of words."""
    for column in table.frame.columns:
        whole = table.frame[column].dtype.kind in "iu"
        for row, value in enumerate(table.frame[column]):
            if whole and not pd.isna(value):
                yield str(column), row, int(value)
            elif isinstance(value, str) and (counted := _COUNT.findall(value)):
                yield str(column), row, sum(map(int, counted))


def test_every_count_is_as_long_as_the_list_behind_it(tables: list[Table]) -> None:
    wrong = []
    for notebook, name, table in tables:
        if (notebook, name) in OF_OTHER_TEXTS:
            continue
        for column, row, count in counts_of(table):
            if (notebook, name, column) in OF_A_SENTENCE:
                continue
            cell = table.evidence.get(column, [()] * len(table.frame))[row]
            pieces = [item[1] if isinstance(item, tuple) else (item,) for item in cell]
            ids = [name for piece in pieces for name in piece]
            # What a formula counts from is a table, and what a whole part holds is that part.
            if all(map(_SEGMENT.fullmatch, ids)) and len(ids) != count:
                wrong.append((notebook, name, column, row, count, len(ids)))
    assert wrong == []


def test_the_tables_of_other_texts_are_there(tables: list[Table]) -> None:
    assert {(notebook, name) for notebook, name, _ in tables} >= OF_OTHER_TEXTS
