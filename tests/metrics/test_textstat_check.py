"""textstat, offline, beside this package."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.metrics.syllables import pronounced
from sco_research.metrics.textstat_check import (
    CROSS_CHECK,
    cross_check,
    offline_textstat,
    same_sentences,
    textstat_counts,
)
from sco_research.text.document import Document

WORDS = sorted(word for word in pronounced() if word.isalpha() and 2 < len(word) < 12)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(
    lambda words: " ".join([*words, "again"]).capitalize() + "."
)
ALIKE = ["flesch_reading_ease", "flesch_kincaid", "smog", "lix", "rix"]


@settings(max_examples=20, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=12).map(" ".join))
def test_equal_to_nine_digits_where_the_definitions_agree(text: str) -> None:
    document = Document.from_text(text, id="note", language="en")
    checked = cross_check(document).set_index("metric").loc[ALIKE]
    # The sentence rules agree where each has three words, and one stop that follows no short form,
    # as "ala" is one of Alabama.
    assert checked["difference"].abs().max() < 1e-9


def test_the_parts_make_up_the_difference(declaration: Document) -> None:
    frame = cross_check(declaration)
    assert list(frame.columns) == list(CROSS_CHECK)
    parts = frame[["by_sentences", "by_words", "by_formula"]].sum(axis=1)
    assert (parts - frame["difference"]).abs().max() < 1e-6
    differs = (frame[["by_sentences", "by_words", "by_formula"]] != 0).sum(axis=1)
    assert frame["reasons"].str.len().tolist() == differs.tolist()
    assert differs.any()


def test_the_formulas_are_the_same_given_the_same_counts(declaration: Document) -> None:
    frame = cross_check(declaration).set_index("metric")
    assert (frame.loc[ALIKE, "by_formula"] == 0).all()
    # textstat's constant is 0.058, the paper's 0.0588: 0.08 a letter per hundred words.
    letters = 100 * textstat_counts(same_sentences(declaration))["letters"] / 1829
    assert frame.loc["coleman_liau", "by_formula"] == pytest.approx(-0.0008 * letters, abs=1e-6)


def test_it_finds_the_same_sentences(declaration: Document) -> None:
    assert textstat_counts(same_sentences(declaration))["sentences"] == 51


def test_it_works_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("textstat reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert offline_textstat().syllable_count("the sovereignty of states") == 6


def test_another_language_is_left_out() -> None:
    frame = cross_check(Document.from_text("Главы государств.", id="note"))
    assert frame.empty
    assert list(frame.columns) == list(CROSS_CHECK)
    assert frame["value"].dtype == "float64"
