"""The words of a verb as a reader lists them: with its particle, its predicate, its infinitive."""

from sco_research.coding.commitments.action_words import base_form, over_adverbs
from sco_research.coding.commitments.sentence import Predicate, Sentence
from sco_research.coding.commitments.token_classes import (
    COMMA,
    CONJUNCTION,
    END,
    INFINITIVE,
    NOUN,
    PAST_FORM,
    PREPOSITION,
    SEMICOLON,
    SUBORDINATOR,
    THAT,
    TO,
)

_COPULAS = frozenset({"be", "become", "remain", "stay"})
_PARTICLES = frozenset({"back", "down", "forward", "out", "up"})
# What follows a verb that says little without it.
_COMPLETED = {
    "call": (("on",), ("upon",), ("for",)),
    "take": (("note", "of"), ("note",)),
    "express": (("concern",), ("support",), ("regret",), ("gratitude",), ("appreciation",)),
}
_AFTER_PREDICATE = frozenset({PREPOSITION, TO, THAT, COMMA, SEMICOLON, CONJUNCTION, SUBORDINATOR})
_CONTINUED = frozenset({"continue"})


def phrase_end(sentence: Sentence, predicate: Predicate) -> int:
    """Return the index after the words by which a verb is listed.

    "Look forward to", "remain deeply concerned", "point out" and "continue to call on" are whole;
    "look", "remain", "point" and "continue" say another thing or none.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    predicate : Predicate
        The verb.

    Returns
    -------
    int
        At least the predicate's own end.
    """
    verb, end = predicate.verb, predicate.end
    if verb in _COPULAS:
        return _after_predicative(sentence, end)
    if verb in _CONTINUED and not predicate.modal and sentence.words[end : end + 1] == ("to",):
        at = over_adverbs(sentence, end + 1, len(sentence.words) - 1)
        if sentence.tags[at] in INFINITIVE:
            return _after_particle(sentence, base_form(sentence, at), at + 1)
    return _after_particle(sentence, verb, end)


def _after_predicative(sentence: Sentence, end: int) -> int:
    """Return the index after an adjective or participle that stands alone behind a copula."""
    at = over_adverbs(sentence, end, len(sentence.words))
    if at >= len(sentence.words) or sentence.tags[at] not in {NOUN, PAST_FORM}:
        return end
    after = sentence.tags[at + 1 : at + 2] or END
    return at + 1 if after == END or after in _AFTER_PREDICATE else end


def _after_particle(sentence: Sentence, verb: str, end: int) -> int:
    words = sentence.words
    if words[end : end + 1] and words[end] in _PARTICLES:
        forward = words[end] == "forward" and words[end + 1 : end + 2] == ("to",)
        return end + 2 if forward else end + 1
    for rest in _COMPLETED.get(verb, ()):
        if words[end : end + len(rest)] == rest:
            return end + len(rest)
    return end
