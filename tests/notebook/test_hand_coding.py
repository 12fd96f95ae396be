"""Coding by hand: what is drawn, answered, saved at once, taken up again, and compared."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sco_research import Document, load_document
from sco_research.coding.reliability.schemes import COMMITMENTS
from sco_research.coding.reliability.sheet_reading import read_sheet
from sco_research.errors import CodingError, ParameterError
from sco_research.notebook.hand_coding import compare_coders, hand_coding
from sco_research.notebook.hand_coding_widget import code_by_hand

NOTE = Document.from_text("We will meet.\n\nThe lake is deep. They fight drugs.", id="note")


@pytest.fixture(scope="module")
def declaration() -> Document:
    return load_document("sco-2013-bishkek")


def test_every_answer_is_in_the_sheet_at_once(tmp_path: Path) -> None:
    work = hand_coding(NOTE, sample=None, coder="anna", folder=tmp_path)
    work.answer("speech_act", "commissive")
    work.answer("note", "plain?")
    sheet = read_sheet(work.sheet, documents=NOTE, scheme=COMMITMENTS)
    first = sheet.set_index("segment_id").loc["note:p1.s1"]
    assert (first["speech_act"], first["note"], first["coder"]) == ("commissive", "plain?", "anna")
    assert list(tmp_path.iterdir()) == [work.sheet]


def test_work_is_taken_up_where_it_stopped(tmp_path: Path, declaration: Document) -> None:
    first = hand_coding(declaration, sample=12, coder="anna", folder=tmp_path)
    for position in range(3):
        first.go(position)
        for variable in COMMITMENTS.variables:
            first.answer(variable.name, variable.values[0] if variable.values else "1")
    again = hand_coding(declaration, sample=40, coder="anna", folder=tmp_path, seed=1)
    assert again.sentences == first.sentences  # the sheet says which
    assert again.coded == 3
    assert again.position == 3
    assert again.answers(first.sentences[0].segment_id)["strict"] == "yes"


def test_two_coders_get_the_same_sentences_blind(tmp_path: Path, declaration: Document) -> None:
    anna, ben = (
        hand_coding(declaration, sample=12, coder=name, folder=tmp_path) for name in ("anna", "ben")
    )
    assert anna.sentences == ben.sentences
    assert len(anna.sentences) == 12
    anna.save()
    assert "found" not in pd.read_csv(anna.sheet).columns


def test_what_an_answer_settles_is_filled_in(tmp_path: Path) -> None:
    work = hand_coding(NOTE, sample=None, folder=tmp_path)
    work.answer("broad", "no")
    names = {variable.name for variable in COMMITMENTS.variables}
    answers = work.answers("note:p1.s1")
    assert answers["strict"] == "no"
    assert answers["binding"] == "none"
    assert ("undertakings" not in names) or answers["undertakings"] == "0"
    work.answer("strict", "yes")
    assert work.answers("note:p1.s1")["broad"] == "yes"


def test_an_answer_can_be_taken_back(tmp_path: Path) -> None:
    work = hand_coding(NOTE, sample=None, folder=tmp_path)
    work.answer("speech_act", "assertive")
    work.answer("speech_act", "")
    assert read_sheet(work.sheet, documents=NOTE, scheme=COMMITMENTS)["speech_act"].isna().all()


def test_themes_are_several_in_the_codebooks_order(tmp_path: Path) -> None:
    work = hand_coding(NOTE, scheme="themes", sample=None, folder=tmp_path)
    work.answer("themes", "health;security.drugs;health")
    assert work.answers("note:p1.s1")["themes"] == "security.drugs;health"
    with pytest.raises(ParameterError, match="'none' stands alone"):
        work.answer("themes", "health;none")


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("strict", "maybe", "choose of yes, no"),
        ("speech_act", "comissive", "did you mean 'commissive'"),
        ("other", "yes", "no variable 'other'"),
    ],
)
def test_what_cannot_be_answered_is_said_and_nothing_is_lost(
    question: str, value: str, said: str, tmp_path: Path
) -> None:
    work = hand_coding(NOTE, sample=None, folder=tmp_path)
    work.answer("strict", "yes")
    with pytest.raises(ParameterError, match=said):
        work.answer(question, value)
    assert work.answers("note:p1.s1")["strict"] == "yes"


def test_a_place_that_cannot_be_written_keeps_the_answers(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    work = hand_coding(NOTE, sample=None, folder=folder)
    folder.write_text("a file where the folder should be")
    work.answer("strict", "yes")
    assert work.saved.startswith("not saved")
    folder.unlink()
    work.answer("note", "again")
    assert work.saved.startswith("saved")
    sheet = read_sheet(work.sheet, documents=NOTE, scheme=COMMITMENTS)
    assert sheet.loc[0, "strict"] == "yes"


def test_a_sheet_of_another_text_is_refused(tmp_path: Path) -> None:
    hand_coding(NOTE, sample=None, folder=tmp_path).answer("strict", "yes")
    other = Document.from_text("We may meet.\n\nThe lake is deep. They fight drugs.", id="note")
    with pytest.raises(CodingError, match="the document has changed"):
        hand_coding(other, sample=None, folder=tmp_path)


def test_another_coders_sheet_is_not_written_over(tmp_path: Path) -> None:
    work = hand_coding(NOTE, sample=None, coder="anna", folder=tmp_path)
    work.answer("strict", "yes")
    shutil.copy(work.sheet, work.sheet.with_name("note.commitments.ben.csv"))
    with pytest.raises(CodingError, match="coded by 'anna', not by 'ben'"):
        hand_coding(NOTE, sample=None, coder="ben", folder=tmp_path)


def test_coders_are_compared_and_correct_the_count(tmp_path: Path, declaration: Document) -> None:
    works = []
    for name, wrong in (("anna", set[int]()), ("ben", {0})):
        work = hand_coding(declaration, sample=20, coder=name, folder=tmp_path)
        for position, sentence in enumerate(work.sentences):
            work.go(position)
            holds = ("will" in sentence.text.split()) != (position in wrong)
            work.answer("strict", "yes" if holds else "no")
        works.append(work)
    found = compare_coders(*works)
    shares = found.agreement[found.agreement["coefficient"] == "percent_agreement"]
    strict = shares[shares["variable"] == "strict"]["value"].tolist()
    assert strict == [pytest.approx(19 / 20)]
    assert found.estimates["coder"].tolist() == ["anna", "ben"]
    assert (found.estimates["low"] <= found.estimates["estimate"]).all()
    assert (found.estimates["coded"] == 20).all()


def test_coders_that_cannot_be_compared_are_said(tmp_path: Path) -> None:
    one = hand_coding(NOTE, sample=None, coder="anna", folder=tmp_path)
    other = hand_coding(NOTE, scheme="themes", sample=None, coder="ben", folder=tmp_path)
    for works, said in (((), "no coder"), ((one, other), "schemes"), ((one, one), "one coder")):
        with pytest.raises(ParameterError, match=said):
            compare_coders(*works)


def test_the_screen_shows_the_work_and_tells_it(tmp_path: Path) -> None:
    widget = code_by_hand(NOTE, sample=None, folder=tmp_path)
    widget._told(None, {"do": "answer", "question": "strict", "value": "yes"}, None)
    assert widget.state["answers"]["strict"] == "yes"
    widget._told(None, {"do": "go", "position": 99}, None)
    assert widget.state["position"] == 2
    widget._told(None, {"do": "answer", "question": "strict", "value": "perhaps"}, None)
    assert "choose of" in widget.state["trouble"]
    widget._told(None, {"do": "open"}, None)
    assert widget.state["position"] == 0
    widget._told(None, {"do": "answer"}, None)  # what no screen of ours would say
    assert widget.state["trouble"]
    json.dumps(widget.state)


def test_the_screen_is_blind_to_the_program(tmp_path: Path, declaration: Document) -> None:
    widget = code_by_hand(declaration, sample=12, folder=tmp_path)
    assert set(widget.state) == {
        *("position", "sentences", "coded", "place", "before", "text", "after", "answers"),
        *("note", "saved", "sheet", "trouble"),
    }
    assert widget.state["answers"] == {}
