"""Sentences out to a machine coder, and its labels in beside those of people."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from sco_research import Document, agreement
from sco_research.coding.reliability.ratings import ratings_of
from sco_research.coding.reliability.schemes import COMMITMENTS, theme_scheme
from sco_research.errors import CodingError, OutputError, ParameterError
from sco_research.exchange.machine_coders import MachineCoder, read_labels, write_texts

DOCUMENT = Document.from_text("They fight drugs.\n\nThey met. =1+1, they said.", id="note")
CODER = MachineCoder("modelname", "2", prompt="Which themes?", date="2026-01-02")
THEMES = theme_scheme(["drugs", "health"])


def labels(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_texts_go_out_one_row_a_sentence(tmp_path: Path) -> None:
    path = write_texts(DOCUMENT, tmp_path / "texts.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["note:p1.s1", "note:p2.s1", "note:p2.s2"]
    assert rows[0]["text"] == "They fight drugs."
    assert not rows[2]["text"].startswith("=")  # no spreadsheet takes it for a formula


def test_labels_come_in_as_a_coders_answers(tmp_path: Path) -> None:
    path = labels(tmp_path / "l.csv", "id,label\nnote:p1.s1,Drugs;health\nnote:p2.s1,none\n")
    ratings = read_labels(path, DOCUMENT, scheme=THEMES, coder=CODER)
    assert set(ratings["coder"]) == {CODER.name}
    assert ratings.set_index(["segment_id", "category"])["value"].to_dict() == {
        ("note:p1.s1", "drugs"): "yes",
        ("note:p1.s1", "health"): "yes",
        ("note:p2.s1", "drugs"): "no",
        ("note:p2.s1", "health"): "no",
    }


def test_agreement_takes_a_machine_beside_a_person(tmp_path: Path) -> None:
    path = labels(tmp_path / "l.csv", "id,strict\nnote:p1.s1,yes\nnote:p2.s1,no\n")
    machine = read_labels(path, DOCUMENT, scheme=COMMITMENTS, coder=CODER)
    sheet = pd.DataFrame({"segment_id": ["note:p1.s1", "note:p2.s1"], "strict": ["yes", "no"]})
    person = ratings_of(sheet, scheme=COMMITMENTS, coder="anna")
    table = agreement(pd.concat([machine, person]), variables=COMMITMENTS.variables)
    found = table[table["coefficient"] == "percent_agreement"]
    assert found["value"].tolist() == [1.0]


def test_several_columns_are_several_questions(tmp_path: Path) -> None:
    path = labels(tmp_path / "l.csv", "id;strict;binding;undertakings\nnote:p1.s1;Yes;high;2\n")
    ratings = read_labels(path, DOCUMENT, scheme=COMMITMENTS, coder=CODER)
    values = ratings.set_index("variable")["value"].to_dict()
    assert values["strict"] == "yes"
    assert values["binding"] == "high"


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = labels(
        tmp_path / "l.csv",
        "id,label\nnote:p1.s9,drugs\nnote:p1.s1,drug\nnote:p1.s1,health\n",
    )
    with pytest.raises(CodingError) as caught:
        read_labels(path, DOCUMENT, scheme=THEMES, coder=CODER)
    faults = "\n".join(caught.value.faults)
    assert "row 2, id: 'note:p1.s9' is no sentence" in faults
    assert "row 3, themes: 'drug' is no answer of the scheme; did you mean 'drugs'?" in faults
    assert "row 4, id: 'note:p1.s1' stands in a row before" in faults


@pytest.mark.parametrize(
    ("text", "said"),
    [("text,label\nx,drugs\n", "no column 'id'"), ("id,answer\nnote:p1.s1,x\n", "'themes'")],
)
def test_a_table_without_its_columns_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CodingError, match=said):
        read_labels(labels(tmp_path / "l.csv", text), DOCUMENT, scheme=THEMES, coder=CODER)


def test_who_coded_is_kept() -> None:
    record = CODER.record()
    assert record["model"] == "modelname"
    assert len(record["prompt_sha256"]) == 64
    assert record["prompt_sha256"].startswith(CODER.name[-9:-1])
    other = MachineCoder("modelname", "2", prompt="Which theme?")
    assert other.name != CODER.name


@pytest.mark.parametrize("missing", ["model", "version", "prompt"])
def test_a_coder_that_cannot_be_told_is_refused(missing: str) -> None:
    given = {"model": "m", "version": "1", "prompt": "p"} | {missing: " "}
    with pytest.raises(ParameterError, match=f"no {missing}"):
        MachineCoder(**given)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_texts(DOCUMENT, tmp_path / "no" / "texts.csv")
    with pytest.raises(ParameterError, match=r"ends in \.csv"):
        write_texts(DOCUMENT, tmp_path / "texts.txt")
