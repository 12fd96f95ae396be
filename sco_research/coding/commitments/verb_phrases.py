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

_AFTER_PREDICATE = frozenset({PREPOSITION, TO, THAT, COMMA, SEMICOLON, CONJUNCTION, SUBORDINATOR})
_MAX_WORDS_AFTER = 2


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
    verb, end, sets = predicate.verb, predicate.end, sentence.lexicon.sets
    if verb in sets["listed_with_predicate"]:
        return _after_predicative(sentence, end)
    if (
        verb in sets["listed_with_infinitive"]
        and not predicate.modal
        and sentence.words[end : end + 1] == ("to",)
    ):
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
    words, sets = sentence.words, sentence.lexicon.sets
    if words[end : end + 1] and words[end] in sets["listed_particles"]:
        to = words[end] in sets["particles_with_to"] and words[end + 1 : end + 2] == ("to",)
        return end + 2 if to else end + 1
    for after in range(min(end + _MAX_WORDS_AFTER, len(words)), end, -1):
        if " ".join((verb, *words[end:after])) in sets["listed_with_words"]:
            return after
    return end
