"""Chains of verbs: one action, at its lowest verb ("continue working to ensure")."""

from enum import Enum
from typing import NamedTuple

from sco_research.coding.commitments.action_words import (
    base_form,
    is_gerund,
    is_infinitive,
    is_joined_verb,
    over_adverbs,
)
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    COLON,
    COMMA,
    CONJUNCTION,
    COORDINATING,
    COORDINATING_OR_ADVERBIAL,
    DASH,
    DETERMINER,
    NOUN,
    OPENS_CLAUSE,
    PREPOSITION,
    SEMICOLON,
    TO,
)

_FARTHEST_COMPLEMENT = 30
NO_FORMS: frozenset["Form"] = frozenset()


class Form(Enum):
    """The form of an action, which what is coordinated with it has too."""

    # A member is one object, and the hash that an enum makes of its name is far slower.
    __hash__ = object.__hash__

    BARE = "base form"
    INFINITIVE = "base form with to"
    GERUND = "form in -ing"
    NOMINAL = "verbal noun"


class Head(NamedTuple):
    """Where an action begins, the first token after its verbs, and the forms that may join it.

    What belongs to the action before ends at ``cut``.
    """

    start: int
    object_at: int
    forms: frozenset[Form]
    cut: int = -1


def action_at(sentence: Sentence, start: int, stop: int) -> Head:
    """Return the action that begins at a token: an infinitive, a gerund or a verbal noun."""
    tags = sentence.tags
    begin = start
    while begin < stop and tags[begin] in {COMMA, DASH, COLON, TO, CONJUNCTION}:
        begin += 1
    at = over_adverbs(sentence, begin, stop)
    if at >= stop:
        return Head(min(start, stop - 1), stop, NO_FORMS)
    if is_gerund(sentence, at, stop):
        return chain(sentence, at, Form.GERUND, stop, start=begin)
    if is_infinitive(sentence, at, stop):
        return chain(sentence, at, Form.BARE, stop, start=begin, to=tags[start - 1 : start] == TO)
    joined = frozenset({Form.NOMINAL, Form.GERUND, Form.INFINITIVE})
    return Head(begin, begin, joined)


def chain(
    sentence: Sentence, at: int, form: Form, stop: int, *, start: int, to: bool = False
) -> Head:
    """Return a chain of verbs as one action, at its lowest: "continue working to ensure"."""
    sets = sentence.lexicon.sets
    forms = {form, Form.INFINITIVE} if to else {form}
    while True:
        last, after = _verbs_sharing(sentence, at, form, stop)
        base = base_form(sentence, last)
        following = over_adverbs(sentence, after, stop)
        lower: tuple[int, Form] | None = None
        if base in sets["chain_verbs"] or base in sets["copulas"] or base == "be":
            lower = _lower(sentence, base, following, stop)
        elif base in sets["joint_verbs"]:
            to_at = _over_partners(sentence, after, stop)
            if to_at is not None:
                lower = over_adverbs(sentence, to_at + 1, stop), Form.BARE
        if lower is None:
            return Head(start, after, frozenset(forms))
        at, form = lower
        forms |= {Form.BARE, Form.INFINITIVE} if form is Form.BARE else {form}


def _lower(sentence: Sentence, base: str, following: int, stop: int) -> tuple[int, Form] | None:
    """Return the verb below a verb of going on or trying: "continue to build", "keep building"."""
    tags, sets = sentence.tags, sentence.lexicon.sets
    if base not in sets["chain_verbs"] or base in sets["copulas"]:
        # "remain committed to building": the adjective stands between
        to = tags.find(TO, following, min(following + 4, stop))
        if to < 0:
            return None
        following = to
    if following < stop and tags[following] == TO:
        at = over_adverbs(sentence, following + 1, stop)
        if is_gerund(sentence, at, stop):
            return at, Form.GERUND
        return (at, Form.BARE) if is_infinitive(sentence, at, stop) else None
    if following < stop and sentence.words[following] == "on":
        following += 1
    if base in sets["continuing"] and is_gerund(sentence, following, stop):
        return following, Form.GERUND
    return None


def _over_partners(sentence: Sentence, start: int, stop: int) -> int | None:
    """Return the "to" of "work closely with partners, including firms, to open …"."""
    tags, words = sentence.tags, sentence.words
    for index in range(start, min(stop, start + _FARTHEST_COMPLEMENT)):
        tag = tags[index]
        if tag == TO and is_infinitive(sentence, over_adverbs(sentence, index + 1, stop), stop):
            return index
        if tag in OPENS_CLAUSE or tag == SEMICOLON:
            return None
        if (
            index == start
            and tag in {DETERMINER, NOUN}
            and words[index] not in sentence.lexicon.sets["what_is_joined"]
        ):
            return None  # "act the part": an object
    return None


def _verbs_sharing(sentence: Sentence, at: int, form: Form, stop: int) -> tuple[int, int]:
    """Return the last verb of those that share an object, and the index after it."""
    tags = sentence.tags
    last = at
    while True:
        index = over_adverbs(sentence, last + 1, stop)
        if index + 1 < stop and tags[index] == PREPOSITION and tags[index + 1] in COORDINATING:
            index += 1  # "invest in and strengthen …"
        if index >= stop or tags[index] not in COORDINATING:
            return last, last + 1
        while index < stop and tags[index] in COORDINATING_OR_ADVERBIAL:
            index += 1  # "monitor and, where necessary, tackle …"
        if form is Form.BARE and index < stop and tags[index] == TO:
            index = over_adverbs(sentence, index + 1, stop)
        verb = is_gerund if form is Form.GERUND else is_joined_verb
        if not verb(sentence, index, stop):
            return last, last + 1
        last = index
