"""Counting pieces between spaces is counting words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.metrics.forms import WORD_COUNTS, Forms, begins
from sco_research.text.tokens import words

TEXTS = st.text(alphabet="abAB12é.,-'’–/ \n\u00a0\u00ad_(я", max_size=80)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_words_of_the_pieces_are_the_words_of_the_text(text: str) -> None:
    forms = Forms("en")
    pieces, found = text.split(), words(text)
    columns = forms.columns(pieces)
    types = forms.types(columns)
    numbers: dict[str, int] = {}
    for word, number in zip(found, types.tolist(), strict=True):
        assert numbers.setdefault(word.lower(), number) == number
    assert len(set(numbers.values())) == len(numbers)
    letters = forms.counts(columns)[WORD_COUNTS.index("letters")].sum()
    assert letters == sum(character.isalpha() for word in found for character in word)


def test_the_capital_that_begins_a_sentence_makes_no_name() -> None:
    forms = Forms("en")
    columns = forms.columns([begins("Sovereignty,"), "Sovereignty,"])
    difficult = forms.counts(columns)[WORD_COUNTS.index("difficult_words")]
    assert difficult.tolist() == [1, 0]
    assert len(set(forms.types(columns).tolist())) == 1
