"""Agreement: whether a form may be the finite verb of the noun phrase before it, and no noun."""

from sco_research.coding.commitments.noun_phrases import is_reduced_relative
from sco_research.coding.commitments.sentence import Role, Sentence
from sco_research.coding.commitments.token_classes import (
    BASE_FORM,
    NOUN,
    PAST_FORM,
    PERSONAL_PRONOUN,
    THIRD_PERSON,
    TO,
    TO_BE,
)
from sco_research.coding.commitments.verb_groups import is_noun

_WHO_ACTED = frozenset({Role.MEMBERS, Role.ORGAN, Role.SUBSET, Role.IT})


def may_be_verb_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    """Return whether a form may be the finite verb of the noun phrase before it, and no noun."""
    tag = sentence.tags[at]
    if tag == BASE_FORM:
        return _may_be_base_form_of(sentence, at, role, head)
    if tag == THIRD_PERSON:
        return _may_be_third_person_of(sentence, at, role)
    return tag != PAST_FORM or _may_be_past_of(sentence, at, role, head)


def _may_be_base_form_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    sets, word = sentence.lexicon.sets, sentence.words[at]
    if sentence.words[head] in sets["organization"]:
        return False
    if role in (Role.MEMBERS, Role.SUBSET) or word in sets["stative"]:
        return True
    # "mutual support": a noun; "all states support" asserts nothing that is coded.
    acts = word not in sets["nouns_too"] and role in (Role.PARTY, Role.ORGAN)
    several = sentence.words[head].endswith("s")  # "an urgent need to be heard"
    return acts or (several and _needs_to_be_done(sentence, at))


def _may_be_third_person_of(sentence: Sentence, at: int, role: Role) -> bool:
    stative = sentence.words[at] in sentence.lexicon.sets["stative"]
    # "action needs to be taken"; else a verb's form after such a noun is a noun itself.
    work = role is Role.WORK and sentence.tags[at + 1 : at + 2] != TO
    if (work or role is Role.SUBSET) and not stative:
        return False
    thing = role in (Role.THING, Role.PARTY)
    return not (thing and is_noun(sentence, at)) or _needs_to_be_done(sentence, at)


def _may_be_past_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    word = sentence.words[at]
    known = word in sentence.lexicon.forms and role is Role.PARTY
    if role not in _WHO_ACTED and not known:
        return False
    modifies = is_reduced_relative(sentence, at) or word in sentence.lexicon.sets["after_the_head"]
    return sentence.tags[head] in PERSONAL_PRONOUN or not modifies


def ends_a_name(sentence: Sentence, at: int) -> bool:
    """Return whether a word ends a name before it: "our National Water Plans"."""
    before, word = sentence.raw[at - 1], sentence.raw[at]
    titled = before.istitle() and word.istitle() and sentence.tags[at - 1] == NOUN
    base = sentence.lexicon.forms.get(sentence.words[at], ("", ""))[0]
    return titled and base in sentence.lexicon.sets["nouns_too"]


def _needs_to_be_done(sentence: Sentence, at: int) -> bool:
    """Return whether a word is a verb of need before a passive: "the dykes need to be raised"."""
    base = sentence.lexicon.forms.get(sentence.words[at], ("", ""))[0]
    needs = base in sentence.lexicon.sets["verbs.requirement"]
    return needs and sentence.tags[at + 1 : at + 3] == TO_BE
