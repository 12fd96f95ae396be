"""A run leaves a whole report, or nothing at all."""

import json
from pathlib import Path

import pytest

from sco_research.errors import OutputError, RunError
from sco_research.runs.runner import run_report

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same report, made twice in different folders."""
    first, second = (
        run_report(
            "sco-2013-bishkek",
            NOTEBOOKS / "whole.ipynb",
            parameters={"level": "paragraph", "most": 2},
            output_folder=tmp_path_factory.mktemp(name),
        )
        for name in ("one", "two")
    )
    return first, second


def test_a_report_has_all_its_files(reports: tuple[Path, Path]) -> None:
    assert reports[0].parts[-2:] == ("sco-2013-bishkek", "whole")
    assert set(everything_in(reports[0])) == {
        "report.md",
        "report.html",
        ".annotated-document.html",
        "tables/tbl-rows.csv",
        "tables/tbl-rows.tex",
        "tables/tbl-rows.parquet",
        "whole.ipynb",
        "provenance.json",
        "ro-crate-metadata.json",
        "citation.bib",
        "values.json",
        "values.tex",
        "citation.ris",
        "citation.json",
    }


def test_two_runs_are_the_same_bytes(reports: tuple[Path, Path]) -> None:
    assert everything_in(reports[0]) == everything_in(reports[1])


def test_parameters_reach_the_notebook(reports: tuple[Path, Path]) -> None:
    markdown = (reports[0] / "report.md").read_text(encoding="utf-8")
    assert "Rows: 2 of will." in markdown
    table = (reports[0] / "tables" / "tbl-rows.csv").read_text(encoding="utf-8")
    assert table.count("sco-2013-bishkek:p") == 2


def test_the_executed_notebook_tells_no_hour_and_no_folder(reports: tuple[Path, Path]) -> None:
    text = (reports[0] / "whole.ipynb").read_text(encoding="utf-8")
    assert str(reports[0].parent.parent) not in text
    assert "start_time" not in text
    assert "tbl-rows" in text


def test_the_provenance_names_notebook_inputs_and_outputs(reports: tuple[Path, Path]) -> None:
    record = json.loads((reports[0] / "provenance.json").read_text(encoding="utf-8"))
    assert record["notebook"]["name"] == "whole.ipynb"
    assert record["parameters"] == {"level": "paragraph"}
    assert set(record["outputs"]) == set(everything_in(reports[0])) - {
        "provenance.json",
        "ro-crate-metadata.json",
        ".annotated-document.html",
    }


@pytest.mark.parametrize(
    ("notebook", "complaint"),
    [
        ("cell-fails", "cell 4 stopped: ZeroDivisionError: division by zero"),
        ("refused-by-the-library", "cell 4 stopped: table id 'rows'"),
        ("no-report", "made no report"),
        ("kernel-dies", "kernel died"),
    ],
)
def test_a_failed_run_leaves_what_was_there(tmp_path: Path, notebook: str, complaint: str) -> None:
    old = tmp_path / "sco-2013-bishkek" / notebook
    old.mkdir(parents=True)
    (old / "report.md").write_text("old")
    with pytest.raises(RunError, match=complaint) as error:
        run_report("sco-2013-bishkek", NOTEBOOKS / f"{notebook}.ipynb", output_folder=tmp_path)
    assert "\n" not in str(error.value)
    assert everything_in(tmp_path / "sco-2013-bishkek") == {f"{notebook}/report.md": b"old"}


def test_a_file_for_a_folder_is_said_before_a_kernel_starts(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        run_report(
            "sco-2013-bishkek", NOTEBOOKS / "kernel-dies.ipynb", output_folder=tmp_path / "out"
        )
    assert (tmp_path / "out").read_text() == "mine"
