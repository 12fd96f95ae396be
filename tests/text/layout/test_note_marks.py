"""The figures that lead to notes below a rule: off the word, and no other figure with them."""

import pytest

from sco_research.text.document import Document
from sco_research.text.segments import page_matter_of, segment

NOTES = "________\n1 Resolution 70/1.\n2 The Lake Review, vol. 3.\n3 Ibid.\n1/2\n"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("We recall the Agenda,1 and act.", "We recall the Agenda, and act."),
        ("We recall the “Pact”1 here.", "We recall the “Pact” here."),
        ("We recall the Pact1 and act.", "We recall the Pact and act."),
        ("We recall 2030,1 and the rest.", "We recall 2030, and the rest."),
        ("We recall A/70/L.1, Add.1 and No. 1.", "We recall A/70/L.1, Add.1 and No. 1."),
        ("We recall 2030,2 and the rest.", "We recall 2030,2 and the rest."),
        ("We count 1 lake, and CO2 in it.", "We count 1 lake, and CO2 in it."),
    ],
)
def test_a_mark_is_off_its_word_where_its_turn_has_come(line: str, clean: str) -> None:
    text = f"{line}\n{NOTES}We will meet again in the spring of the next year, and report.\n"
    document = Document.from_text(text, id="note")
    found = segment(document, level="sentence").iloc[0]
    assert found["clean"] == clean
    assert document.text[found["start"] : found["end"]] == found["text"]
    assert not [one for one in page_matter_of(document) if one == "1"]


def test_without_notes_no_figure_is_a_mark() -> None:
    document = Document.from_text("We recall the Agenda,1 and act.", id="note")
    assert segment(document, level="sentence")["clean"].tolist() == [document.text]
