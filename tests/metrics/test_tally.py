"""Counting pieces between spaces is counting words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.metrics.tally import WORD_COUNTS, WordTable, mark_sentence_start
from sco_research.text.tokens import words

TEXTS = st.text(alphabet="abAB12é.,-'’–/ \n\u00a0\u00ad_(я", max_size=80)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_words_of_the_pieces_are_the_words_of_the_text(text: str) -> None:
    table = WordTable("en")
    pieces, found = text.split(), words(text)
    columns = table.columns(pieces)
    types = table.types(columns)
    numbers: dict[str, int] = {}
    for word, number in zip(found, types.tolist(), strict=True):
        assert numbers.setdefault(word.lower(), number) == number
    assert len(set(numbers.values())) == len(numbers)
    letters = table.counts(columns)[WORD_COUNTS.index("letters")].sum()
    assert letters == sum(character.isalpha() for word in found for character in word)


def test_the_capital_that_begins_a_sentence_makes_no_name() -> None:
    table = WordTable("en")
    columns = table.columns([mark_sentence_start("Sovereignty,"), "Sovereignty,"])
    difficult = table.counts(columns)[WORD_COUNTS.index("difficult_words")]
    assert difficult.tolist() == [1, 0]
    assert len(set(table.types(columns).tolist())) == 1
