"""The few numbers that stand for a report come from its frames."""

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.prevalence import prevalence
from sco_research.coding.themes import code_themes
from sco_research.text.document import Document
from sco_research.topics.summary import key_figures

NOTE = Document.from_text("They fight drugs. They met. They fight drugs and terrorism.", id="n")


def test_themes_are_counted() -> None:
    codings = code_themes(NOTE)
    shares = prevalence(NOTE, codings, categories=load_codebook("themes"), resamples=100)
    found = key_figures.of_themes(NOTE, shares, codings)
    assert found["Themes found"].startswith("2 of ")
    assert (found["Sentences with a theme"], found["Hits"]) == ("2 of 3", "3")


def test_commitments_without_a_reference_coding_have_no_score() -> None:
    found = key_figures.of_commitments(NOTE, find_commitments(NOTE))
    assert found["Sentences with a strict one"] == "0 of 3"
    assert "Strict F1, in sample" not in found


def test_the_declarations_commitments_have_one(declaration: Document) -> None:
    found = key_figures.of_commitments(declaration, find_commitments(declaration))
    assert found["Sentences with a strict one"] == "12 of 51"
    assert found["Strict F1, in sample"] == "1.00"


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
