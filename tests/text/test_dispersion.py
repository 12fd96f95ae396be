"""Dispersion is Gries's, of the hits of any search."""

import numpy as np
import pytest

from sco_research.errors import ParameterError
from sco_research.text.concordance import kwic
from sco_research.text.dispersion import deviation_of_proportions, dispersion
from sco_research.text.document import Document


def test_dispersion_after_gries() -> None:
    # Gries 2008, figure 3: the parts hold 9, 10, 10, 10 and 11 of 50 words, the word "a" stands
    # 1, 2, 3, 4 and 5 times in them; DP is 0.18.
    parts = [(9, 1), (10, 2), (10, 3), (10, 4), (11, 5)]
    text = "\n\n".join(" ".join(["a"] * hits + ["b"] * (size - hits)) for size, hits in parts)
    note = Document.from_text(text, id="note")
    found = dispersion(note, kwic(note, "a"), by="pattern")
    assert found["dp"].iloc[0] == pytest.approx(0.18)
    assert found["dp_norm"].iloc[0] == pytest.approx(0.18 / (1 - 9 / 50))


def test_dispersion_says_why_it_is_undefined() -> None:
    note = Document.from_text("Peace and trust.", id="note")
    sought = ["peace", "war"]
    found = dispersion(note, kwic(note, sought), by="pattern", items=sought)
    assert found["flag"].tolist() == ["undefined: one part only", "undefined: it does not occur"]
    assert np.isnan(found["dp"]).all()
    with pytest.raises(ParameterError, match="choose section, paragraph or sentence"):
        dispersion(note, kwic(note, "peace"), by="pattern", parts="heading")  # type: ignore[arg-type]
    elsewhere = kwic(note, "peace").assign(segment_id="note:p9.s1")
    with pytest.raises(ParameterError, match=r"'note:p9.s1' is no sentence of the document"):
        dispersion(note, elsewhere, by="pattern")


def test_all_hits_in_the_smallest_part_is_the_largest_value() -> None:
    sizes = [10, 30, 60]
    assert deviation_of_proportions([4, 0, 0], sizes) == pytest.approx(0.9)
    assert deviation_of_proportions([4, 0, 0], sizes, normalised=True) == pytest.approx(1)
    assert deviation_of_proportions([1, 3, 6], sizes, normalised=True) == pytest.approx(0)
    assert np.isnan(deviation_of_proportions([0, 0, 0], sizes))
    assert np.isnan(deviation_of_proportions([3], [10], normalised=True))


def test_an_item_without_a_hit_has_its_row() -> None:
    note = Document.from_text("Peace.\n\nTrust.", id="note")
    found = dispersion(note, kwic(note, "peace"), by="pattern", items=["war", "peace"])
    assert found[["item", "count", "parts_with_hits"]].to_numpy().tolist() == [
        ["war", 0, 0],
        ["peace", 1, 1],
    ]
