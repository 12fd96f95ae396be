"""Dispersion is Gries's, of the hits of any search."""

from itertools import product

import numpy as np
import pytest

from sco_research.errors import ParameterError
from sco_research.text.concordance import kwic
from sco_research.text.dispersion import (
    attainable_deviation,
    deviation_of_proportions,
    dispersion,
)
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.text.tokens import words


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
    two = Document.from_text("Peace.\n\nPeace and trust.", id="two")
    few = dispersion(two, kwic(two, ["peace"]), by="pattern")
    assert few["flag"].tolist() == ["undefined: fewer than 5 hits"]
    assert few[["dp", "dp_norm", "dp_adjusted"]].isna().all(axis=None)
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


def test_the_floor_is_the_lowest_of_all_ways_to_spread_hits() -> None:
    for sizes in ([10, 30, 60], [7, 7, 7, 9], [1, 2, 3, 50]):
        for hits in range(1, 8):
            ways = product(range(hits + 1), repeat=len(sizes))
            all_of_them = [deviation_of_proportions(way, sizes) for way in ways if sum(way) == hits]
            floor, ceiling = attainable_deviation(hits, sizes)
            assert floor == pytest.approx(min(all_of_them))
            assert ceiling == pytest.approx(max(all_of_them))


def test_the_floors_of_the_declaration(declaration: Document) -> None:
    sentences = segment(declaration, level="sentence")
    sizes = [
        sum(len(words(text)) for text in group)
        for _, group in sentences.groupby("paragraph")["text"]
    ]
    # An independent search gave these as upper bounds of the floor.
    for hits, bound in {5: 0.745, 4: 0.789, 2: 0.883, 1: 0.935}.items():
        assert attainable_deviation(hits, sizes)[0] <= bound + 5e-4
        assert attainable_deviation(hits, sizes)[0] == pytest.approx(bound, abs=6e-3)


def test_the_adjusted_value_goes_from_floor_to_ceiling() -> None:
    text = "\n\n".join(["a a a a a", "b b b b b b b b b b", "b b b b b b b b b b"])
    note = Document.from_text(text, id="note")
    found = dispersion(note, kwic(note, "a"), by="pattern")
    assert found["dp"].iloc[0] == found["dp_ceiling"].iloc[0] == pytest.approx(0.8)
    assert found["dp_adjusted"].iloc[0] == 1
    even = Document.from_text("\n\n".join(["a b b b"] * 5), id="even")
    found = dispersion(even, kwic(even, "a"), by="pattern")
    assert (found["dp"].iloc[0], found["dp_adjusted"].iloc[0]) == (0, 0)
