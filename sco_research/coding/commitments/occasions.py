"""Occasions: what dates a verb, and what only tells of a meeting, an event or the document itself.

As in `surface`, each function looks at the tokens of one sentence, and `conditions.Case` gives
their answers names that rows of the rule table may ask for.
"""

from sco_research.coding.commitments.sentence import (
    Predicate,
    Role,
    Sentence,
    Subject,
)
from sco_research.coding.commitments.token_classes import (
    COLON,
    COMMA,
    ENDS_ADVERBIALS,
    ENDS_VERB_PHRASE,
    FINITE_OR_WILL,
    NOUN,
    NOUN_OR_MEMBERS,
    TO,
)


def points_back(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb reports an earlier occasion.

    What stands inside the object does not date the verb: "approved the report on the past
    year", "instructed the ministers to carry out the decisions of the previous meeting".
    """
    sets = sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
    signs = (sets["dated_by_period"], sets["earlier"], sets["occasions"])
    if all(sign.isdisjoint(words) for sign in signs):
        return False
    after = next(
        (at for at in range(predicate.end, predicate.stop) if tags[at] in ENDS_VERB_PHRASE),
        predicate.stop,
    )
    subject = predicate.subject
    verb = next(
        (at for at in range(subject.end, predicate.start) if tags[at] in FINITE_OR_WILL),
        predicate.start,
    )
    for first, last in ((0, subject.start), (subject.end, verb), (predicate.end, after)):
        for index in range(first, last):
            word = words[index]
            before = words[max(first, index - 6) : index]
            if word in sets["earlier"] and (
                word in sets["earlier_adverbs"]
                or not sets["dating_prepositions"].isdisjoint(before[-3:])
            ):
                return True
            if word in sets["dated_by_period"] and not sets["last_periods"].isdisjoint(
                words[index + 1 : index + 2]
            ):
                return True
            if (
                word in sets["occasions"]
                and not sets["occasion_prepositions"].isdisjoint(before)
                and sets["this_occasion"].isdisjoint(before)
            ):
                return True
    return False


def is_dated(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb is told of another day or place: "in 2009 we agreed"."""
    tags = sentence.tags
    index = predicate.end
    while index < predicate.stop and tags[index] not in ENDS_ADVERBIALS:
        index += 1
    return any(
        sentence.words[at] in sentence.lexicon.sets["dating_prepositions"]
        and tags[at + 1 : at + 2] == NOUN
        and _dates(sentence, at, predicate.end)
        for at in (*range(min(1, predicate.subject.start)), *range(predicate.end, index))
    )


def _dates(sentence: Sentence, at: int, start: int) -> bool:
    """Return whether a day or a place follows a preposition: "in 2011", "pledged in Zenda".

    After a noun of the object a place says where that is: "called on the parties in Zenda".
    """
    following = sentence.raw[at + 1]
    if following.isdigit() or following in sentence.lexicon.sets["months"]:
        return True
    of_a_noun = at > start and sentence.tags[at - 1] in NOUN_OR_MEMBERS
    return following[:1].isupper() and sentence.words[at] != "on" and not of_a_noun


def is_event(sentence: Sentence, start: int) -> bool:
    """Return whether what follows a verb announces an event: "meet in Zenda"."""
    sets = sentence.lexicon.sets
    words = sentence.words[start : start + 9]
    if sentence.words[start - 1] in sets["gathering"]:
        return not sets["event_signs"].isdisjoint(words[:3])
    return not sets["event_adjectives"].isdisjoint(words[:6]) and bool(
        (sets["events"] | {"anniversary"}) & set(words)
    )


def next_event(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether what is decided is the next event: "to hold the next fair"."""
    words = sentence.words
    index = sentence.tags.find(TO, predicate.end, predicate.stop) + 1
    return words[index] in sentence.lexicon.sets["announcing"] and "next" in words[index:]


def is_meeting(sentence: Sentence, subject: Subject) -> bool:
    """Return whether a subject is a meeting that speaks: "the ministers", "the Meeting"."""
    words = sentence.words[subject.start : subject.end]
    if subject.role is Role.ORGAN and any(word.endswith("ministers") for word in words):
        return True
    first = subject.start == 0 or sentence.tags[subject.start - 1] == COMMA
    opens = first and len(words) > 1 and words[0] == "the"
    named = opens and words[-1] in sentence.lexicon.sets["meetings"]
    foreign = not sentence.lexicon.foreign_names.isdisjoint(words)
    titled = all(raw[:1].isupper() for raw in sentence.raw[subject.start + 1 : subject.end])
    return named and titled and not foreign


def opens_the_text(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb only opens the document: "adopt this declaration"."""
    sets = sentence.lexicon.sets
    rest = sentence.words[predicate.end : predicate.end + 8]
    if not sets["announcing_what_follows"].isdisjoint(rest[:4]):
        return True
    if predicate.verb in sets["issuing"] and not sets["this_or_the"].isdisjoint(rest[:1]):
        this = not sets["this_document_adjectives"].isdisjoint(rest[1:2]) or rest[0] == "this"
        return this and not sets["documents"].isdisjoint(rest[1:6])
    return predicate.verb in sets["declaring"] and (
        not rest
        or (
            rest[0] in {COLON, "that"}
            and predicate.verb in sets["declaring_that"]
            and len(rest) < 3
        )
    )
