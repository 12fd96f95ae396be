"""The few numbers that stand for a report come from its frames."""

from sco_research.metrics import measure
from sco_research.text.document import Document
from sco_research.topics.summary import key_figures

NOTE = Document.from_text("They fight drugs. They met. They fight drugs and terrorism.", id="n")


def test_a_measure_that_is_undefined_is_left_out() -> None:
    found = key_figures.of_language(measure(NOTE, level=["document"]))
    assert found["Words"] == "10"
    assert "MTLD" not in found
