"""What stands around a finite verb: the class of it, what follows, who is told.

Each function looks at the tokens of one sentence; `conditions.Case` gives their answers names that
rows of the rule table may ask for.
"""

import re

from sco_research.coding.commitments.actions import (
    object_is_action,
    takes_action,
)
from sco_research.coding.commitments.agents import (
    addressee_role,
    is_owned_by_members,
)
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.lexicon import Lexicon, WordClass
from sco_research.coding.commitments.lexicon_file import Act
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.roles import role_of
from sco_research.coding.commitments.sentence import (
    Predicate,
    Role,
    Sentence,
)
from sco_research.coding.commitments.token_classes import (
    ADDRESSEE_PHRASE,
    ADHERED_TO,
    ADVERB,
    ADVERBIAL,
    BASE_FORM,
    BEFORE_COMPLEMENT,
    BEFORE_WILL_NOUN,
    COLON,
    COMMA,
    CONJUNCTION,
    COORDINATING,
    DETERMINER,
    ENDS_DEEMING,
    ENDS_OPENING,
    ENDS_OWN_OBJECT,
    ENDS_VERB_PHRASE,
    GERUND,
    MEMBERS,
    NAME_PART,
    NONFINITE_BE,
    NOUN,
    OBJECT_START,
    PAST_FORM,
    PREMODIFIER,
    PREPOSITION,
    PREPOSITION_OR_TO,
    PUNCTUATION,
    RELATIVE,
    SEMICOLON,
    THAT,
    THEY,
    THIRD_PERSON,
    TO,
    TO_BE,
    TO_OR_ADVERB,
    WE,
)
from sco_research.coding.commitments.verb_groups import is_attitude_verb

# "(which) we attach to": who holds something for important.
_ATTACHED = re.compile(
    f"[{RELATIVE}{THAT}]?{DETERMINER}*[{MEMBERS}{WE}{THEY}]{ADVERB}*[{BASE_FORM}{THIRD_PERSON}]{TO}"
)
# "(committed to) and invested in"
_JOINED_PARTICIPLE = re.compile(f"{CONJUNCTION}{ADVERB}?{PAST_FORM}{PREPOSITION}")
# "(united) and", "(concerned) at the losses and"
_JOINED_ADJECTIVE = re.compile(
    f"(?:{PREPOSITION}[{DETERMINER}{NOUN}{ADVERB}{PREPOSITION}{MEMBERS}]*)?"
    f"{COMMA}?{CONJUNCTION}{ADVERB}*"
)
_NOTHING: tuple[WordClass, ...] = ()
_AFTER_VERB: dict[str, str] = {TO: "to", PAST_FORM: "participle"}
_MAX_ADDRESSEE = 15
_SOMEBODY = frozenset({Role.MEMBERS, Role.SUBSET, Role.ORGAN, Role.PARTY})


def class_of_verb(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> WordClass | None:
    """Return the first class of a verb whose particle and complement are there."""
    readings = sentence.lexicon.verbs.get(predicate.verb)
    if readings is None:
        return None
    tags, words = sentence.tags, sentence.words
    end = predicate.end
    after = words[end] if end < len(words) else ""
    index = end
    while index < len(tags) and tags[index] == ADVERB:
        index += 1
    later = words[index] if index < len(words) else ""
    for particle, word_class in readings:
        if word_class.name in options.without:
            continue
        start = end
        if particle:
            if after == particle:
                start = end + 1
            elif later == particle:
                start = index + 1
            else:
                continue
        if _complement_fits(sentence, word_class, predicate, start, particle, options):
            return word_class
    return None


def _complement_fits(
    sentence: Sentence,
    word_class: WordClass,
    predicate: Predicate,
    start: int,
    particle: str,
    options: CommitmentOptions,
) -> bool:
    """Return whether what a class of verbs needs after it is there."""
    if "any" in word_class.takes:
        return True
    if "somebody" in word_class.takes:
        return _tells_somebody(sentence, predicate._replace(end=start), options)
    if "to" in word_class.takes:
        return takes_action(sentence, start, options, reflexive=True, gerund=bool(particle))
    if particle == "that":
        return True
    following = sentence.tags[start : start + 1]
    if following == THAT:
        return "that" in word_class.takes
    return (
        "object" in word_class.takes
        and following in OBJECT_START
        and not (following == DETERMINER and sentence.words[start] == "that")
    )


def _tells_somebody(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> bool:
    """Return whether somebody follows, with what he is to do: "count on the donors to pay".

    In the passive somebody is the subject: "the donors are expected to pay".
    """
    start = predicate.end
    if predicate.passive:
        return predicate.subject.role in _SOMEBODY and takes_action(sentence, start, options)
    to = sentence.tags.find(TO, start + 1, start + _MAX_ADDRESSEE)
    named = to > 0 and all(tag in ADDRESSEE_PHRASE for tag in sentence.tags[start:to])
    return (
        named
        and takes_action(sentence, to, options)
        and addressee_role(sentence, predicate) in _SOMEBODY
    )


def base_of_gerund(word: str, lexicon: Lexicon) -> str:
    """Return the verb of a gerund of the codebook, else its lemma."""
    form = lexicon.forms.get(word)
    return form[0] if form else base_of(word, lexicon.inflection)


def said_at(sentence: Sentence, predicate: Predicate) -> int:
    """Return the place of a verb of saying or of stance right after "to", or -1."""
    at = predicate.end
    while at < predicate.stop and sentence.tags[at] in TO_OR_ADVERB:
        at += 1
    to = TO in sentence.tags[predicate.end : at] and at < predicate.stop
    return at if to and is_attitude_verb(sentence, at) else -1


def deemed(sentence: Sentence, predicate: Predicate) -> tuple[str, int]:
    """Return what something is deemed, and where: "need", "rejection", "priority" or ""."""
    words, sets = sentence.words, sentence.lexicon.sets
    for index in range(predicate.end, min(predicate.end + 6, len(words))):
        if sentence.tags[index] in ENDS_DEEMING:
            break
        adjectives = sentence.lexicon.adjectives.get(words[index], ())
        if any(adjective.reading == "need" for adjective in adjectives):
            return "need", index + 1
        if any(adjective.id == "rejection" for adjective in adjectives):
            return "rejection", index + 1
    for index in range(predicate.end, predicate.stop):
        # "consider the joint fight against fires one of the priorities of …"
        ranked = words[index] in sets["priority"] or _is_deemed(sentence, index, predicate.stop)
        if ranked and object_is_action(sentence, predicate.end, index):
            return "priority", predicate.end
    return "", predicate.end


def _is_deemed(sentence: Sentence, index: int, stop: int) -> bool:
    """Return whether an adjective of need stands after what is so: "the fight to be urgent"."""
    if sentence.words[index] not in sentence.lexicon.sets["adjectives.need"]:
        return False
    before = index - 1
    while sentence.tags[before] in PREMODIFIER:
        before -= 1
    after = sentence.tags[index + 1 : index + 2]
    return (
        sentence.tags[before] == NONFINITE_BE
        or sentence.words[before] == "as"
        or index + 1 >= stop
        or (after in PUNCTUATION and bool(after))
        or sentence.words[index + 1] == "for"
    )


def continued(sentence: Sentence, predicate: Predicate) -> tuple[WordClass | None, int]:
    """Return the class of what goes on ("continue to support"), and its place."""
    index = predicate.end + 1
    while index < predicate.stop and sentence.tags[index] in ADVERBIAL:
        index += 1
    word = sentence.words[index] if index < predicate.stop else ""
    following = sentence.words[index + 1 : index + 2]
    for particle, word_class in sentence.lexicon.verbs.get(word, ()):
        if particle and following != (particle,):
            continue
        if word_class.act in {"expressive", "directive"}:
            return word_class, index + 1 + bool(particle)
    return None, predicate.end


def expressive_adjunct(sentence: Sentence, predicate: Predicate) -> Act | None:
    """Return the act of "note with satisfaction": how it is noted is what is said."""
    words = sentence.words
    if words[predicate.start - 1] in sentence.lexicon.sets["praising_adverbs"] and predicate.start:
        return "expressive"
    index = next(
        (
            at
            for at in range(predicate.end, min(predicate.end + 3, predicate.stop))
            if sentence.tags[at] == PREPOSITION
        ),
        predicate.stop,
    )
    if words[index : index + 1] != ("with",):
        return None
    nouns = map(sentence.lexicon.nouns.get, words[index + 1 : index + 3])
    return next((noun.act for noun in nouns if noun and noun.id == "feeling"), None)


def is_undertaken(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb of prediction is done all the same: "remain committed to"."""
    sets = sentence.lexicon.sets
    following = sentence.words[predicate.end : predicate.end + 4]
    if predicate.verb in sets["staying"]:
        return any(
            word_class.id == "will" or word in sets["engaged_or_open"]
            for word in following
            for word_class in sentence.lexicon.adjectives.get(word, _NOTHING)
        ) or not sets["engaged"].isdisjoint(following)
    return predicate.verb in sets["seeing_to"] and following[:1] == ("to",)


def told_to_act(sentence: Sentence, predicate: Predicate, addressee: str) -> bool:
    """Return whether somebody is told to do something: "encourage the donors to pay"."""
    tags = sentence.tags
    to = next(
        (at for at in range(predicate.end, predicate.stop) if tags[at] in ENDS_VERB_PHRASE), -1
    )
    if to > 0 and tags[to] == THAT and tags[to - 1] == MEMBERS:
        return True  # "encourage those members that have not yet done so to join"
    if to <= predicate.end or tags[to] != TO:
        return False
    others = sentence.lexicon.sets["others"]
    somebody = addressee in {"party", "organ", "members"} or not others.isdisjoint(
        sentence.words[predicate.end : to]
    )
    return somebody or not object_is_action(sentence, predicate.end, to)


def object_at(sentence: Sentence, predicate: Predicate) -> int:
    """Return the first token after a verb and its "to": "point to the need"."""
    end = predicate.end
    if sentence.tags[end : end + 1] != TO:
        return end
    readings = sentence.lexicon.verbs.get(predicate.verb, ())
    return end + any(particle == "to" for particle, _ in readings)


def object_start(sentence: Sentence, start: int, stop: int) -> int:
    """Return where an object begins, over an insertion or over who holds it for important.

    "The importance, within our means, of opening …", "the importance we attach to opening …".
    """
    tags = sentence.tags
    if tags[start : start + 1] == COMMA:
        for index in range(start + 1, min(stop - 1, start + _MAX_ADDRESSEE)):
            if tags[index] == COMMA:
                return index + 1 if tags[index + 1] in PREPOSITION_OR_TO else start
        return start
    attached = _ATTACHED.match(tags, start, stop)
    if attached is None:
        return start
    verb = sentence.words[attached.end() - 2]
    base = sentence.lexicon.forms.get(verb, (verb, ""))[0]
    return attached.end() - 1 if base in sentence.lexicon.sets["attaching"] else start


def to_come(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether what is looked forward to is done, not only held: "to strengthening".

    Work that goes on is ("to further cooperation"); what comes to its end is an event ("to the
    early conclusion of the code").
    """
    tags, end = sentence.tags, predicate.end
    to = tags.find(TO, end, end + 3)
    if to < 0:
        return False
    index = to + 1
    while index < len(tags) and tags[index] in ADVERBIAL:
        index += 1
    sets, words = sentence.lexicon.sets, sentence.words
    if tags[index : index + 1] == GERUND:
        base = base_of_gerund(words[index], sentence.lexicon)
        return base not in sets["announcing"] | sets["receiving"]
    near = words[to + 1 : to + 6]
    goes_on = not (sets["going_on"].isdisjoint(near) or sets["joint_work"].isdisjoint(near))
    infinitive = tags.find(TO, to + 1, to + 4) > 0
    return sets["events"].isdisjoint(near) and (infinitive or goes_on)


def second_need(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> int:
    """Return the place of a need that stands second in the object, or -1.

    "The risk …, and the need to enhance"; where a clause begins before it, it is not the object's.
    """
    tags, words, nouns = sentence.tags, sentence.words, sentence.lexicon.nouns
    if nouns.keys().isdisjoint(words[predicate.end + 2 : predicate.stop]):
        return -1
    for index in range(predicate.end + 2, predicate.stop - 1):
        if tags[index] in ENDS_OWN_OBJECT:
            break
        noun = nouns.get(words[index])
        if noun is None or noun.reading != "need" or tags[index + 1] != TO:
            continue
        before = index - 1
        while before > predicate.end and tags[before] in BEFORE_WILL_NOUN:
            before -= 1
        # ", recognizing the need to": a participle is no part of the object.
        participle = tags[before + 1 : before + 3] == GERUND + DETERMINER
        coordinated = tags[before] in COORDINATING and not participle
        if coordinated and takes_action(sentence, index + 1, options):
            return index
    return -1


def complement_at(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> int:
    """Return the place of what "be" says: the adjective, participle or noun.

    Of coordinated adjectives it is the one with what is to be done: "united and committed to".
    """
    at = _first_complement(sentence, predicate)
    if sentence.words[at : at + 1] and sentence.words[at] in sentence.lexicon.adjectives:
        return _willed_beside(sentence, at, predicate.stop, options) or at
    return at


def _willed_beside(
    sentence: Sentence, at: int, stop: int, options: CommitmentOptions
) -> int | None:
    """Return the place of an adjective of will coordinated with the first one."""
    joined = _JOINED_ADJECTIVE.match(sentence.tags, at + 1, stop)
    if joined is None:
        return None
    second = adjective(sentence, joined.end(), options)
    willed = second is not None and second.reading == "undertaking"
    return joined.end() if willed else None


def _first_complement(sentence: Sentence, predicate: Predicate) -> int:
    tags, words = sentence.tags, sentence.words
    index = predicate.end if predicate.verb == "be" else predicate.verb_at
    while index < len(tags) and tags[index] in BEFORE_COMPLEMENT:
        index += 1
    if index < len(words) and words[index] == "of":
        # "is of paramount importance", "are of the view"
        index += 1
        while index < len(tags) and tags[index] in PREMODIFIER:
            index += 1
        needs = sentence.lexicon.sets["nouns.need"]
        later = next((at for at in range(index, len(tags)) if tags[at] != NOUN), len(tags))
        return next((at for at in range(index, later) if words[at] in needs), index)
    return index


def is_body(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether the subject is a body of the organization's own, written large."""
    sets, words = sentence.lexicon.sets, sentence.words
    subject = predicate.subject
    last = subject.end - 1
    return (
        words[last] in sets["bodies"]
        and sentence.raw[last][:1].isupper()
        and sentence.lexicon.foreign_words.isdisjoint(
            set(words[subject.start : last]) - sets["bodies"]
        )
    )


def adheres_to(sentence: Sentence, predicate: Predicate) -> tuple[str, ...]:
    """Return what a noun of will is directed at, up to the first of its prepositions."""
    words, tags, end = sentence.words, sentence.tags, predicate.end
    to = tags.find(TO, end, predicate.stop) + 1
    if not to:
        return ()
    if joined := _JOINED_PARTICIPLE.match(tags, to, predicate.stop):
        to = joined.end()  # "committed to and invested in"
    last = to
    while last < predicate.stop and tags[last] in ADHERED_TO:
        last += 1
    return words[to:last]


def states_aim(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> bool:
    """Return whether an aim of the members is said to stay: "our goal remains, to open"."""
    if predicate.verb not in sentence.lexicon.sets["copulas"]:
        return False
    subject = sentence.words[predicate.subject.start : predicate.subject.end]
    if sentence.lexicon.sets["aims"].isdisjoint(subject):
        return False
    to = sentence.tags.find(TO, predicate.end, predicate.end + 6)
    span = range(predicate.subject.start, predicate.subject.end)
    return to > 0 and is_owned_by_members(sentence, span) and takes_action(sentence, to, options)


def clause_start(sentence: Sentence, predicate: Predicate) -> int:
    """Return the first token of the clause: the subject may be the last of its noun phrases."""
    tags, start = sentence.tags, predicate.subject.start
    first = max(tags.rfind(sign, 0, start) for sign in (COMMA, SEMICOLON, THAT)) + 1
    return first if ENDS_OPENING.isdisjoint(tags[first:start]) else start


def subject_head(sentence: Sentence, predicate: Predicate) -> str:
    """Return the head of the subject: the word before its first preposition."""
    words, subject = sentence.words, predicate.subject
    for index in range(subject.start, subject.end):
        if sentence.tags[index] == PREPOSITION:
            return words[index - 1]
    return words[subject.end - 1] if subject.end else ""


def after_verb(sentence: Sentence, predicate: Predicate) -> str:
    """Return what stands right after the verb: "to", "to be", "participle", "colon" or nothing."""
    tags, end = sentence.tags, predicate.end
    if tags[end : end + 2] == TO_BE:
        return "to be"
    # Two signs show that nothing follows; the rest of a long sentence is not copied for each verb.
    if tags[end : end + 2] == COLON:
        return "colon"
    return _AFTER_VERB.get(tags[end : end + 1], "")


def adjective(sentence: Sentence, at: int, options: CommitmentOptions) -> WordClass | None:
    """Return the class of the predicative adjective whose complement is there."""
    words = sentence.words
    word = words[at] if at < len(words) else ""
    for word_class in sentence.lexicon.adjectives.get(word, ()):
        if "any" in word_class.takes or takes_action(sentence, at + 1, options):
            return word_class
    return None


def is_own_organ(sentence: Sentence, head: int) -> bool:
    """Return whether a noun phrase with this head is an organ of the members' own."""
    start = head
    while start > 0 and sentence.tags[start - 1] in NAME_PART:
        start -= 1
    while start > 0 and sentence.tags[start - 1] == DETERMINER:
        start -= 1
    return role_of(sentence, start, head) is Role.ORGAN


def tells_them(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether "them" or governments are told: those a sentence before has named."""
    words, end = sentence.words, predicate.end
    sets = sentence.lexicon.sets
    pronoun = not sets["object_pronouns"].isdisjoint(words[end : end + 1])
    return pronoun or not sets["governments_told"].isdisjoint(words[end : end + 3])


def qualifies_thing(sentence: Sentence, at: int) -> bool:
    """Return whether the adjective stands before a noun that is nothing to do: "vital partners"."""
    tags = sentence.tags
    if tags[at + 1 : at + 2] != NOUN:
        return False
    return sentence.lexicon.sets["tasks"].isdisjoint(sentence.words[at + 1 : at + 4])
