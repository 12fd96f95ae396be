"""Syllables, familiar words and the counts of a word."""

import hashlib

import pytest
from pyphen import Pyphen

from sco_research.metrics import count
from sco_research.metrics.familiar import is_familiar
from sco_research.metrics.syllables import english_syllables, pronounced, russian_syllables
from sco_research.resources import data_path
from sco_research.text.document import Document


def test_the_lexicons_are_the_ones_described() -> None:
    described = data_path("lexicons", "README.md").read_text(encoding="utf-8")
    names = ("cmu-syllables.txt", "cmu-LICENSE.txt", "function-words-en.txt", "like-words-en.txt")
    for name in names:
        digest = hashlib.sha256(data_path("lexicons", name).read_bytes()).hexdigest()
        assert f"`{digest}`" in described, name
    assert len(pronounced()) == 126_052


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("states", 1), ("sovereignty", 3), ("Organization", 5), ("people's", 2), ("people’s", 2),
        ("non-interference", 5), ("Afghan-led", 3), ("1,373", 1), ("hmm", 1),
    ],
)  # fmt: skip
def test_english_syllables(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


def test_a_word_without_a_pronunciation_is_counted_by_its_hyphenation() -> None:
    assert "denuclearisation" not in pronounced()
    assert (
        english_syllables("denuclearisation")
        == len(Pyphen(lang="en_US").positions("denuclearisation")) + 1
    )


def test_russian_syllables_are_vowels() -> None:
    words = ("Шанхайская", "организация", "в", "мир", "BRICS")
    assert [russian_syllables(word) for word in words] == [4, 6, 0, 1, 1]


@pytest.mark.parametrize(
    ("word", "familiar"),
    [
        ("peace", True), ("states", True), ("carried", True), ("stopped", True), ("making", True),
        ("Uzbekistan", True), ("2013", True), ("well-being", True), ("sovereignty", False),
        ("non-interference", False), ("multilateral", False), ("quickly", True),
    ],
)  # fmt: skip
def test_familiar_words(word: str, familiar: bool) -> None:
    assert is_familiar(word) is familiar


def test_a_capital_at_the_beginning_makes_no_name() -> None:
    note = Document.from_text("Sovereignty matters. They like Kazakhstan.", id="note")
    counts = count(note, level="sentence").set_index("segment_id")
    assert counts.loc["note:p1.s1", "difficult_words"] == 1
    assert counts.loc["note:p1.s2", "difficult_words"] == 0


def test_gunnings_exceptions() -> None:
    # Complex: security, sovereignty. Not: a name, a compound of short words, "-ed", "-es".
    text = (
        "We saw that security and sovereignty in Uzbekistan are well-thought-out, created, touches."
    )
    counts = count(Document.from_text(text, id="note"), level="document")
    assert counts["complex_words"].iloc[0] == 2
    assert counts["polysyllables"].iloc[0] > 2
