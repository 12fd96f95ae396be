"""The few numbers that stand for a report come from its frames."""

import pandas as pd

from sco_research.metrics import measure
from sco_research.text.document import Document
from sco_research.topics.summary import key_figures

NOTE = Document.from_text("They fight drugs. They met. They fight drugs and terrorism.", id="n")


def test_a_measure_that_is_undefined_is_left_out() -> None:
    found = key_figures.of_language(measure(NOTE, level=["document"]))
    assert found["Words"] == "10"
    assert "MTLD" not in found


def test_agreement_and_scores_are_of_whole_questions() -> None:
    agreed = pd.DataFrame(
        {
            "coefficient": ["krippendorff_alpha"] * 3,
            "variable": ["speech_act", "speech_act", "binding"],
            "category": ["", "assertive", ""],
            "value": [0.912, 0.5, 0.4],
        }
    )
    scores = pd.DataFrame(
        {
            "measure": ["f1", "precision", "f1", "f1"],
            "variable": ["strict", "strict", "themes", "themes"],
            "category": ["yes", "yes", "", ""],
            "average": ["", "", "micro", "macro"],
            "value": [0.8, 0.1, 0.7, 0.2],
        }
    )
    assert key_figures.of_reliability([agreed], [scores]) == {
        "Alpha, speech act": "0.91",
        "F1, strict commitment, in sample": "0.80",
        "F1, themes, in sample": "0.70",
    }
