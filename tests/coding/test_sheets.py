"""Sheets go out and come back the same, and every fault has its row and column."""

import contextlib
import datetime
import re
import zipfile
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from sco_research.cli.coding import app
from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.reliability.ratings import ratings_of
from sco_research.coding.reliability.schemes import (
    COMMITMENTS,
    CodingScheme,
    Variable,
    theme_scheme,
)
from sco_research.coding.reliability.sheet_reading import read_sheet
from sco_research.coding.reliability.sheets import (
    coding_sheet,
    text_hash,
    write_sheet,
)
from sco_research.errors import CodingError, OutputError, ParameterError, ScoResearchError
from sco_research.frames import escape_formula, unescape_formula
from sco_research.loaders import load_document
from sco_research.text.document import Document

DOCUMENT = Document.from_text(
    "They will meet.\n\n=cmd stands first here. Health matters.\n\nThey broke a line, “so”.",
    id="note",
)
THEMES = theme_scheme(["health", "security.drugs", "1.2"])
IDS = ["note:p1.s1", "note:p2.s1", "note:p2.s2", "note:p3.s1"]


def filled() -> pd.DataFrame:
    sheet = coding_sheet(DOCUMENT, scheme=THEMES, coder="anna")
    assert sheet["segment_id"].tolist() == IDS
    return sheet.assign(
        themes=["health;security.drugs", "none", "", "1.2"],
        note=["", "=HYPERLINK(1)", "-5", "a, b; “c”\nd"],
    )


FAULT = re.compile(r"row (\d+), column '(\w+)': (?:(?:'[^']*'|\"[^\"]*\") )?(.*)")


def faults(
    path: Path,
    *,
    document: Document = DOCUMENT,
    scheme: CodingScheme = THEMES,
    complete: bool = False,
) -> dict[tuple[int, str], str]:
    """Return the faults that reading names, by row and column; those of no row by their words."""
    try:
        read_sheet(path, documents=document, scheme=scheme, complete=complete)
    except CodingError as error:
        found = [(FAULT.fullmatch(line), line) for line in error.faults]
        return {(int(m[1]), m[2]) if m else (0, line): m[3] if m else line for m, line in found}
    return {}


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "ben.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_comes_back_as_it_went(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet.{ending}"
    write_sheet(filled(), path, scheme=THEMES)
    back = read_sheet(path, documents=DOCUMENT, scheme=THEMES)
    given_cells = filled()[["document_id", "segment_id", "coder", "themes", "note"]]
    assert back.fillna("").to_dict("list") == given_cells.to_dict("list")
    again = tmp_path / f"again.{ending}"
    empty = coding_sheet(DOCUMENT, scheme=THEMES, coder="anna")
    write_sheet(empty.assign(themes=back["themes"]), again, scheme=THEMES)
    assert read_sheet(again, documents=DOCUMENT, scheme=THEMES)["themes"].equals(back["themes"])


def test_commitments_come_back_with_their_numbers(tmp_path: Path) -> None:
    sheet = coding_sheet(DOCUMENT, scheme=COMMITMENTS, coder="anna")
    sheet = sheet.assign(strict=["yes", "no", "no", ""], undertakings=["2", "0", "0", ""])
    path = tmp_path / "sheet.xlsx"
    write_sheet(sheet, path, scheme=COMMITMENTS)
    back = read_sheet(path, documents=DOCUMENT, scheme=COMMITMENTS)
    assert back["undertakings"].fillna("-").tolist() == ["2", "0", "0", "-"]
    assert len(ratings_of(back, scheme=COMMITMENTS)) == 4 * len(COMMITMENTS.variables)


def test_no_cell_that_goes_out_is_a_formula(tmp_path: Path) -> None:
    write_sheet(filled(), tmp_path / "sheet.csv", scheme=THEMES)
    for line in (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").splitlines():
        assert not any(
            cell.startswith(("=", "+", "@")) for cell in line.replace('"', "").split(",")
        )
    write_sheet(filled(), tmp_path / "sheet.xlsx", scheme=THEMES)
    for page in load_workbook(tmp_path / "sheet.xlsx").worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@given(st.text(max_size=20) | st.from_regex(r"'?-\d[\d.,+]{0,4}", fullmatch=True))
def test_escaped_cells_come_back_and_are_no_formula(cell: str) -> None:
    safe = escape_formula(cell)
    assert not safe.startswith(("=", "+", "@", "\t", "\r", "\n"))
    assert not safe.startswith("-") or re.fullmatch(r"-\d[\d.,]*( ?%)?( to .*)?", safe)
    assert unescape_formula(safe) == cell


def test_the_workbook_offers_the_answers_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_sheet(filled(), path, scheme=THEMES)
    book = load_workbook(path)
    assert book.sheetnames == ["instructions", "coding", "choices"]
    rules = book["coding"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ["choices!$A$2:$A$5"]
    assert str(rules[0].sqref).startswith("F2:F5")
    assert [cell.value for cell in book["choices"]["A"]] == [
        "themes", "health", "security.drugs", "1.2", "none",
    ]  # fmt: skip
    assert any(
        "apart from the other coders" in str(cell.value) for cell in book["instructions"]["B"]
    )


def test_every_fault_is_named_by_row_and_column(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "segment_id,text,coder,themes\r\n"
        "note:p1.s1,They will meet.,ben,Helth\r\n"
        "\r\n"
        "note:p9.s1,?,ben,health\r\n"
        "note:p2.s1,=cmd stands first here.,,none;health\r\n"
        "note:p2.s2,Health no longer matters.,ben,=1+1\r\n"
        ",,ben,health\r\n"
        "note:p1.s1,They will meet.,ben,01. Feb\r\n",
    )
    found = faults(path)
    assert set(found) == {
        (2, "themes"), (4, "segment_id"), (5, "coder"), (5, "themes"), (6, "text"), (6, "themes"),
        (7, "segment_id"), (8, "segment_id"), (8, "themes"),
    }  # fmt: skip
    for place, words in {
        (2, "themes"): "'health' is near",
        (4, "segment_id"): "no segment of the documents",
        (5, "coder"): "write who coded",
        (5, "themes"): "'none' beside another",
        (6, "text"): "not the segment's text",
        (6, "themes"): "formula",
        (8, "segment_id"): "row 2 too",
        (8, "themes"): "date that the spreadsheet made",
    }.items():
        assert words in found[place]
    with pytest.raises(CodingError, match="9 faults") as caught:
        read_sheet(path, documents=DOCUMENT, scheme=THEMES)
    assert caught.value.faults[0] == (
        "row 2, column 'themes': 'Helth' is none of the answers; 'health' is near"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_make_of_csv_is_read(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [
        ["Segment ID ", "text", "themes", "note"],
        ["note:p3.s1", "They broke a line, “so”.", "HEALTH; security.drugs", "ä"],
        ["", "", "", ""],
        ["\xa0note:p1.s1", " They will  meet.", "1.2", ""],
    ]
    lines = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    path = written(tmp_path, f"{lines}\r\n\r\n", encoding)
    back = read_sheet(path, documents=DOCUMENT, scheme=THEMES)
    assert back["themes"].tolist() == ["health;security.drugs", "1.2"]
    assert back["coder"].tolist() == ["ben", "ben"]
    assert back["note"].fillna("").tolist() == ["ä", ""]


def test_an_id_that_a_program_has_prettified_is_known_again(tmp_path: Path) -> None:
    path = written(tmp_path, "segment_id,themes\nNote : P1–S1,health\n2013,health\n")
    found = faults(path)
    assert "'note:p1.s1' is meant" in found[2, "segment_id"]
    assert "known are note:p1.s1" in found[3, "segment_id"]


def test_excels_own_line_about_the_separator_is_no_row(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\nsegment_id;themes\nnote:p1.s1;x\n")
    assert list(faults(path)) == [(3, "themes")]


def test_a_changed_document_is_told_by_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(filled(), path, scheme=THEMES)
    changed = Document.from_text(DOCUMENT.text.replace("will", "may"), id="note")
    found = faults(path, document=changed)
    assert set(found) == {(2, "text_hash"), (2, "text")}
    assert "changed since the export" in found[2, "text_hash"]


def test_what_a_workbook_can_do_to_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_sheet(filled(), path, scheme=THEMES)
    book = load_workbook(path)
    page = book["coding"]
    page["F2"] = "=1+1"
    page["F3"] = datetime.datetime(2013, 2, 1)
    page["F4"] = 1.2
    page["G5"] = "#NAME?"
    page["G5"].data_type = "e"
    page["N2"] = "=SUM(1)"
    page["C5"] = page["C4"].value
    book.save(path)
    found = faults(path)
    assert {place: fault.split(";")[0] for place, fault in found.items()} == {
        (2, "themes_1"): "is a formula",
        (2, "note"): "is a formula",
        (3, "themes_1"): "is a date, made so by the spreadsheet",
        (5, "themes_2"): "is the error of a formula",
        (5, "text"): "is not the segment's text",
    }


def test_numbers_are_numbers(tmp_path: Path) -> None:
    scheme = CodingScheme(
        "s", (Variable("count", level="ratio"), Variable("mark", level="interval"))
    )
    path = written(
        tmp_path,
        'segment_id,count,mark\nnote:p1.s1,3.0,-2\nnote:p2.s1,-1,"2,5"\nnote:p2.s2,nan,1.5E+11\n',
    )
    assert list(faults(path, scheme=scheme)) == [(3, "count"), (3, "mark"), (4, "count")]


def test_complete_sheets_have_every_answer(tmp_path: Path) -> None:
    path = written(tmp_path, "segment_id,themes\nnote:p1.s1,health\nnote:p2.s1,\n")
    assert faults(path) == {}
    first, second, last = faults(path, complete=True).items()
    assert "'note:p2.s2' has no row" in first[1]
    assert "'note:p3.s1' has no row" in second[1]
    assert last == ((3, "themes"), "has no answer; write one")


def test_a_missing_column_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "segment_id,theme\nnote:p1.s1,health\n")
    assert faults(path) == {(1, "themes"): "is missing; add the column, or export the sheet again"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column 'segment_id'"),
        (b"a,b\n1,2\n", "no column 'segment_id'"),
        (b"segment_id,themes,themes\n", "appears twice"),
        (b"PK\x03\x04nonsense", "damaged workbook"),
        (b"\xd0\xcf\x11\xe0old", "old .xls"),
        (b"segment_id\x00", "neither CSV nor a workbook"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(CodingError, match=words):
        read_sheet(path, documents=DOCUMENT, scheme=THEMES)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_damaged_sheet_is_an_error_of_ours_whatever_the_damage(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"sheet.{ending}"
    write_sheet(filled(), path, scheme=THEMES)
    whole = path.read_bytes()
    random = Random(2013)
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(random.randint(1, 9)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        path.write_bytes(damaged[: random.randrange(len(damaged) // 2, len(damaged) + 1)])
        with contextlib.suppress(CodingError):
            read_sheet(path, documents=DOCUMENT, scheme=THEMES)


def test_a_sheet_of_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "segment_id,themes\n")
    back = read_sheet(path, documents=DOCUMENT, scheme=THEMES)
    assert len(back) == 0
    assert len(ratings_of(back, scheme=THEMES)) == 0


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodingError, match="check the path"):
        read_sheet(tmp_path / "none.csv", documents=DOCUMENT, scheme=THEMES)


def test_sheets_are_csv_or_xlsx_and_fit_into_cells(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"\.csv or \.xlsx"):
        write_sheet(filled(), tmp_path / "sheet.ods", scheme=THEMES)
    with pytest.raises(OutputError, match="cannot be written"):
        write_sheet(filled(), tmp_path / "none" / "sheet.csv", scheme=THEMES)
    long = Document.from_text("word " * 7000, id="long")
    with pytest.raises(ParameterError, match="choose a lower level, or CSV"):
        write_sheet(coding_sheet(long, scheme=THEMES), tmp_path / "sheet.xlsx", scheme=THEMES)


@given(st.text(max_size=30))
def test_the_hash_of_a_text_is_no_number_and_knows_no_spaces(text: str) -> None:
    assert text_hash(text)[0] == "h"
    assert text_hash(f" {text}\n") == text_hash(text)


def test_variables_that_could_not_be_coded_are_refused() -> None:
    with pytest.raises(ParameterError, match="choose one of nominal"):
        Variable("x", level="cardinal")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="appears twice"):
        Variable("x", values=("a", "a"))
    with pytest.raises(ParameterError, match="list of values"):
        Variable("x", many=True)
    with pytest.raises(ParameterError, match="it has themes"):
        THEMES.variable("strict")


# The command line


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_round_trip_by_the_command_line(tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text(
        "They will meet.\n\nThey will trade. Health matters.\n\nDrugs kill.\n", encoding="utf-8"
    )
    options = ("-s", "themes", "-d", source)
    names = ("--coder", "anna", "--coder", "ben")
    status, said = run("export", *options, *names, "--format", "csv", "-o", tmp_path)
    assert status == 0
    sheets = [Path(line) for line in said.split()]
    for sheet, cells in zip(
        sheets, (["none", "economy", "health"], ["none", "none", "health"]), strict=True
    ):
        table = pd.read_csv(sheet, dtype=str)
        table["themes"] = [*cells, "security.drugs"]
        table.to_csv(sheet, index=False)
    status, said = run("import", *options, *sheets, "-o", tmp_path / "ratings.csv")
    asked = 2 * 4 * len(load_codebook("themes"))
    assert (status, f"{asked} answers, 2 coders, 4 segments" in said) == (0, True)
    status, said = run("agree", *options, *sheets, "-o", tmp_path / "out")
    assert status == 0
    assert "1 disagreements" in said
    differ = pd.read_csv(tmp_path / "out" / "disagreements.csv", dtype=str)
    differ.assign(value="yes", reason="T1").to_csv(tmp_path / "decisions.csv", index=False)
    decided = ("--decisions", tmp_path / "decisions.csv")
    status, said = run("agree", *options, *sheets, "-o", tmp_path / "out", *decided)
    assert status == 0
    gold = pd.read_csv(tmp_path / "out" / "gold.csv", dtype=str, keep_default_na=False)
    assert gold["themes"].tolist() == ["none", "economy", "health", "security.drugs"]
    assert gold["basis"].tolist() == ["agreed", "adjudicated", "agreed", "agreed"]


def test_the_command_line_names_the_faults_of_all_sheets(tmp_path: Path) -> None:
    paths = [tmp_path / "anna.csv", tmp_path / "ben.csv"]
    for path in paths:
        path.write_text("segment_id,themes\nsco-2013-bishkek:p99.s1,x\n", encoding="utf-8")
    status, said = run("import", "-s", "themes", *paths)
    assert status == 2
    assert said.count("2 faults") == 2


def test_sheets_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [tmp_path / name / "themes.csv" for name in ("anna", "ben")]
    source = tmp_path / "note.txt"
    source.write_text("They will meet.", encoding="utf-8")
    for path in paths:
        path.parent.mkdir()
        path.write_text("segment_id,themes\nnote:p1.s1,none\n", encoding="utf-8")
    output = tmp_path / "ratings.csv"
    assert run("import", "-s", "themes", "-d", source, *paths, "-o", output)[0] == 0
    assert pd.read_csv(output)["coder"].unique().tolist() == ["anna", "ben"]


def test_a_filled_sheet_is_not_written_over(tmp_path: Path) -> None:
    assert run("export", "-o", tmp_path)[0] == 0
    done = CliRunner().invoke(app, ["export", "-o", str(tmp_path)])
    assert isinstance(done.exception, OutputError)


def test_a_coder_who_was_asked_one_question_can_come_in(tmp_path: Path) -> None:
    document = Document.from_text("They will meet. They met.", id="note")
    path = tmp_path / "note.commitments.ben.csv"
    path.write_text("segment_id,strict\nnote:p1.s1,yes\nnote:p1.s2,no\n")
    sheet = read_sheet(path, documents=document, scheme=COMMITMENTS)
    assert sheet["strict"].tolist() == ["yes", "no"]
    assert sheet["binding"].isna().all()
    with pytest.raises(CodingError, match=r"'binding'.*is missing"):
        read_sheet(path, documents=document, scheme=COMMITMENTS, complete=True)


def test_what_a_workbook_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(coding_sheet(DOCUMENT, scheme=COMMITMENTS, coder="anna"), path, scheme=COMMITMENTS)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            size = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)
            new.writestr(name, size if "worksheets" in name else data)
    assert size != b""
    pd.testing.assert_frame_equal(
        read_sheet(path, documents=DOCUMENT, scheme=COMMITMENTS),
        read_sheet(tmp_path / "b.xlsx", documents=DOCUMENT, scheme=COMMITMENTS),
    )


def test_a_workbook_that_unpacks_to_too_much_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(coding_sheet(DOCUMENT, scheme=COMMITMENTS, coder="anna"), path, scheme=COMMITMENTS)
    monkeypatch.setattr("sco_research.coding.reliability.cells._MAX_BYTES", 1000)
    with pytest.raises(CodingError, match="unpacks to more than"):
        read_sheet(path, documents=DOCUMENT, scheme=COMMITMENTS)


def test_broken_bytes_after_the_mark_are_named_by_their_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(coding_sheet(DOCUMENT, scheme=COMMITMENTS, coder="anna"), path, scheme=COMMITMENTS)
    path.write_bytes(path.read_bytes().replace(b"They will", b"Th\xed\xa0\x80 will", 1))
    with pytest.raises(CodingError, match="row 2, column 'text'"):
        read_sheet(path, documents=DOCUMENT, scheme=COMMITMENTS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["agree", "a.csv", "./a.csv"], "the sheet is named twice"),
        (["agree", "a.csv", "--decisions", "none.csv"], "none.csv: no such file"),
        (["agree", "a.csv", "--sample", "none.csv"], "No such file or directory"),
        (["import", "a.csv", "-o", "none/a.csv"], "(No such file or directory)"),
        (["import", "a.csv", "-o", "."], "(Is a directory)"),
    ],
)
def test_a_path_that_is_wrong_is_one_line(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = load_document("sco-2013-bishkek")
    sheet = coding_sheet(document, scheme=COMMITMENTS, coder="anna")
    write_sheet(sheet, "a.csv", scheme=COMMITMENTS)
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, ScoResearchError)
    assert said in str(done.exception)
