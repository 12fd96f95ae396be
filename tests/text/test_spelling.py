"""British and American spellings of one word."""

import pytest

from sco_research.text.spelling import american_spellings


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisations", "organizations"),
        ("analysed", "analyzed"),
        ("neighbouring", "neighboring"),
        ("centres", "centers"),
        ("dialogue", "dialog"),
        ("programmes", "programs"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("fulfilment", "fulfillment"),
        ("judgement", "judgment"),
    ],
)
def test_a_word_is_folded_where_its_twin_is_there(british: str, american: str) -> None:
    assert american_spellings([british, american, "peace"]) == {british: american}
    assert american_spellings([british, "peace"]) == {}


def test_words_that_only_look_alike_stay_apart() -> None:
    assert american_spellings(["four", "for", "our", "or", "rise", "rize", "are", "aer"]) == {}
