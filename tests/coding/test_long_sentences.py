"""What is asked of each verb of a sentence reads what is near it, however long the sentence."""

import random
from types import SimpleNamespace
from typing import Any, SupportsIndex

from sco_research.coding.commitments import surface
from sco_research.coding.commitments.token_classes import (
    COLON,
    COMMA,
    ENDS_OPENING,
    SEMICOLON,
    THAT,
    TO,
    TO_BE,
    TokenClass,
)

SIGNS = [*map(str, TokenClass), COLON, COMMA, SEMICOLON, THAT, TO, TO_BE]


class Watched(str):
    """Tags that remember the longest piece that was cut out of them."""

    longest = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = str.__getitem__(self, key)
        self.longest = max(self.longest, len(piece))
        return piece


def asked(tags: str, start: int, end: int) -> tuple[Any, Any]:
    """Return a sentence of these tags, and a predicate at these places."""
    subject = SimpleNamespace(start=start)
    return SimpleNamespace(tags=tags), SimpleNamespace(subject=subject, end=end)


def test_what_follows_a_verb_is_read_without_the_rest_of_the_sentence() -> None:
    tags = Watched("".join(["N", THAT] * 50_000) + COLON)
    answers = {surface.after_verb(*asked(tags, 0, end)) for end in (1, 50_000, len(tags) - 1)}
    assert answers == {"", "colon"}
    assert tags.longest <= 2


def test_a_clause_begins_where_it_did_without_the_sentence_before_it() -> None:
    tags = Watched("".join(["N", THAT] * 50_000))
    assert surface.clause_start(*asked(tags, 90_001, 0)) == 90_000
    assert tags.longest <= 2


def test_both_say_what_they_say_of_the_whole_sentence() -> None:
    choose = random.Random(14)
    colons = openings = 0
    for _ in range(5_000):
        tags = "".join(choose.choices(SIGNS, k=choose.randrange(8)))
        start, end = choose.randrange(len(tags) + 1), choose.randrange(len(tags) + 2)
        colon = tags[end:] == COLON
        assert (surface.after_verb(*asked(tags, start, end)) == "colon") is colon
        before = tags[:start]
        first = max(map(before.rfind, (COMMA, SEMICOLON, THAT))) + 1
        opens = not ENDS_OPENING.isdisjoint(before[first:])
        assert surface.clause_start(*asked(tags, start, end)) == (start if opens else first)
        colons += colon
        openings += opens
    assert colons
    assert openings
