"""Nouns of will, need, support and feeling in the object of a verb of saying."""

from collections.abc import Iterator

from sco_research.coding.commitments.actions import is_action_phrase, takes_action
from sco_research.coding.commitments.agents import is_owned_by_members
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.roles import role_of
from sco_research.coding.commitments.sentence import Predicate, Role, Sentence
from sco_research.coding.commitments.token_classes import (
    ADJUNCT_PHRASE,
    ADVERB,
    BARE_PHRASE,
    BEFORE_OWN_WILL,
    BEFORE_WILL_NOUN,
    COMMA,
    COMMA_OR_COLON,
    CONJUNCTION,
    COORDINATING,
    COORDINATING_OR_ADVERBIAL,
    DETERMINER,
    ENDS_ADHERENCE,
    ENDS_WILL,
    GERUND,
    IT,
    MEMBERS,
    NOUN_MODIFIER,
    NOUN_OR_THIRD_PERSON,
    OBJECT_PHRASE,
    OWNER_NAME,
    OWNER_PHRASE,
    PARTICIPLE_PHRASE,
    PAST_FORM,
    PREPOSITION,
    PREPOSITION_OR_CONJUNCTION,
    SUBORDINATE_GERUND,
    THAT,
    TO,
    TO_OR_THAT,
    WE_OR_MEMBERS,
    WILL_PHRASE,
)

_OTHERS = frozenset({Role.PARTY, Role.SUBSET})


def object_noun_class(
    sentence: Sentence, start: int, stop: int, *, need_only: bool = False
) -> tuple[WordClass, int] | None:
    """Return the class of the head of the object right after a verb."""
    tags, words = sentence.tags, sentence.words
    index = start
    if words[start : start + 1] == ("with",):
        # "note with interest the need to …": how it is noted comes before what is.
        while index < stop and tags[index] not in DETERMINER:
            index += 1
        noun = sentence.lexicon.nouns.get(words[index + 1]) if index + 1 < stop else None
        if noun is None or noun.reading != "need" or index - start > 4:
            return None
    while index < stop and tags[index] in OBJECT_PHRASE:
        noun = sentence.lexicon.nouns.get(words[index])
        if (
            tags[index] in PREPOSITION_OR_CONJUNCTION
            and not need_only
            and index > start
            and tags[index] == PREPOSITION
        ):
            break
        if noun is not None and noun.id != "will" and (not need_only or noun.id == "need"):
            return noun, index
        index += 1
        if index - start > 9:
            break
    return None


def noun_of_will(
    sentence: Sentence, start: int, stop: int, options: CommitmentOptions
) -> int | None:
    """Return a noun of will in the object, with what is to be done, and the members' own."""
    tags, words, nouns = sentence.tags, sentence.words, sentence.lexicon.nouns
    if nouns.keys().isdisjoint(words[start:stop]):
        return None
    for index in range(start, stop):
        tag = tags[index]
        if tag in ENDS_WILL or tags[index : index + 2] == SUBORDINATE_GERUND:
            return None
        if tag == GERUND and index + 1 < stop and tags[index - 1] == COMMA:
            return None
        noun = nouns.get(words[index])
        if noun is not None and noun.id == "need" and words[index + 1 : index + 2] == ("for",):
            return None  # "stress the need for the neighbours to honour their pledge to"
        if noun is None or noun.id != "will" or index + 1 >= stop:
            continue
        if not _is_own_will(sentence, start, index):
            continue
        after = _complement_of_will(sentence, index, stop)
        if after is not None and _wishes_for_others(sentence, index, after):
            continue
        if after is not None and (
            tags[after] != TO
            or any(
                takes_action(sentence, to, options) for to in _coordinated_to(sentence, after, stop)
            )
        ):
            return index
    return None


def _wishes_for_others(sentence: Sentence, noun: int, to: int) -> bool:
    """Return whether a noun of will wishes to see what others do: "desire to see trade grow"."""
    sets, words = sentence.lexicon.sets, sentence.words
    sees = not sets["seeing_to"].isdisjoint(words[to + 1 : to + 2])
    return sees and words[noun] in sets["wishes"] and words[to + 2 : to + 3] != ("to",)


def _coordinated_to(sentence: Sentence, first: int, stop: int) -> Iterator[int]:
    """Yield the place of "to", and of "and to" after it: "to the charter and to deepening"."""
    tags = sentence.tags
    yield first
    for index in range(first + 1, min(stop, first + 20)):
        if tags[index] == TO and tags[index - 1] == CONJUNCTION:
            yield index


def _is_own_will(sentence: Sentence, start: int, noun: int) -> bool:
    """Return whether a noun of will is the members' own, by its determiner."""
    sets = sentence.lexicon.sets
    words = sentence.words
    tags = sentence.tags
    index = noun - 1
    while index >= start and tags[index] in NOUN_MODIFIER:
        index -= 1
    if words[noun] in sets["goals_of_will"] and not _is_willed(sentence, start, index):
        return False
    if index < start:
        return True
    if tags[index] == DETERMINER:
        owner = words[index]
        if owner not in sets["will_determiners"] and not (
            owner.endswith("s") or owner in sets["apostrophes"]
        ):
            return False
        if owner.endswith(("'s", "’s")):
            # "the Union's willingness": whoever speaks calls itself so.
            itself = owner[:-2] in sets["collectives"] and words[index - 1] == "the"
            return owner[:-2] in sentence.lexicon.actor_words or itself
        if owner in sets["apostrophes"] and index > start:
            # "the United Nations’ commitment": of a name in s the sign stands by itself.
            return words[index - 1] in sentence.lexicon.actor_words
        before = index - 1
        return (
            before < start
            or tags[before] in BEFORE_OWN_WILL
            or words[before] in sets["will_prepositions"]
        )
    return tags[index] in COORDINATING


def _is_willed(sentence: Sentence, start: int, owner: int) -> bool:
    """Return whether a goal is willed ("our goal", "share the goal") and not only recalled."""
    words = sentence.words
    form = sentence.lexicon.forms.get(words[start - 1], ("", ""))[0] if start else ""
    shared = any(
        word_class.id == "sharing" for _, word_class in sentence.lexicon.verbs.get(form, ())
    )
    return shared or words[max(owner, 0)] in sentence.lexicon.sets["possessives_of_members"]


def _complement_of_will(sentence: Sentence, noun: int, stop: int) -> int | None:
    """Return the index of "to", over "of the member states" and coordinated nouns of will."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    if words[noun + 1 : noun + 2] == ("of",) and _is_of_others(sentence, noun + 2, stop):
        return None  # "the obligation of all states parties to comply", and not ours
    index = _after_owner(sentence, noun + 1, stop)
    while index < stop and (
        tags[index] in COORDINATING_OR_ADVERBIAL
        or (tags[index] in WILL_PHRASE and _leads_to_will(sentence, index, stop))
    ):
        index += 1
    # "our pledge under the charter to …", "our pledge, in line with the charter, to …"
    inserted = tags[index - 1] == COMMA and tags[index : index + 1] == PREPOSITION
    if index < stop and (inserted or words[index] in sets["adjunct_prepositions"]):
        later = index
        while later < stop and tags[later] in ADJUNCT_PHRASE and later - index < 12:
            later += 1
        later += inserted and tags[later : later + 1] == COMMA
        if later < stop and tags[later] == TO:
            index = later
    if index < stop and tags[index] == PAST_FORM:
        # "the commitment made in Strelsau: to …"
        if words[index + 1 : index + 2] == ("by",) and _is_made_by_another(sentence, index):
            return None
        while index < stop and tags[index] in PARTICIPLE_PHRASE:
            index += 1
    if index < stop and tags[index] in COMMA_OR_COLON:
        index += 1
    if index < stop and tags[index] == THAT:
        # "our determination that it must not …": what a thing or another is to do.
        return None if tags[index + 1 : index + 2] == IT else index
    if index < stop and words[index] == "on" and is_action_phrase(sentence, index + 1):
        return index
    return index if index < stop and tags[index] == TO else None


def _after_owner(sentence: Sentence, index: int, stop: int) -> int:
    """Return the index after "of the member states", "of their states", where it stands there."""
    tags, words = sentence.tags, sentence.words
    if index >= stop or words[index] != "of":
        return index
    head = index + 1
    while head < stop and tags[head] in BARE_PHRASE and tags[head] != MEMBERS:
        head += 1
    owners = sentence.lexicon.sets["possessives_of_members"]
    theirs = not owners.isdisjoint(words[index + 1 : index + 2])
    if theirs and tags[index + 2 : index + 3] in NOUN_OR_THIRD_PERSON:
        head = index + 2  # "the readiness of their states to …"
    if head < stop and (tags[head] == MEMBERS or (head == index + 2 and theirs)):
        index = head + 1
        while index < stop and tags[index] in OWNER_PHRASE and words[index] != "to":
            index += 1
    return index


def _is_of_others(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether a noun of will is that of others: "the commitment of our partners"."""
    tags = sentence.tags
    head = start
    while head + 1 < stop and tags[head + 1] in OWNER_NAME:
        head += 1
    first = start + (tags[start : start + 1] == DETERMINER)
    return head < stop and role_of(sentence, min(first, head), head) in _OTHERS


def _is_made_by_another(sentence: Sentence, participle: int) -> bool:
    """Return whether a pledge was made by others: "the pledge made by developed countries"."""
    tags = sentence.tags
    until = tags.find(TO, participle)
    return not any(
        tags[index] in WE_OR_MEMBERS for index in range(participle, max(until, participle))
    )


def _leads_to_will(sentence: Sentence, index: int, stop: int) -> bool:
    """Return whether another noun of will follows in the same phrase."""
    for later in range(index, min(stop, index + 4)):
        noun = sentence.lexicon.nouns.get(sentence.words[later])
        if noun is not None and noun.id == "will":
            return True
        if sentence.tags[later] not in BEFORE_WILL_NOUN:
            return False
    return False


def adheres(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a noun of will is directed at a thing: "commitment to the principles of"."""
    tags, nouns = sentence.tags, sentence.lexicon.nouns
    stop = min(predicate.stop, predicate.end + 14)
    if nouns.keys().isdisjoint(sentence.words[predicate.end : stop]):
        return False
    for index in range(predicate.end, stop):
        if tags[index] in ENDS_ADHERENCE:
            return False
        noun = nouns.get(sentence.words[index])
        if noun is not None and noun.id != "will":
            return False
        following = sentence.words[index + 1 : index + 2]
        if noun is not None and following == ("of",) and _is_of_others(sentence, index + 2, stop):
            return False
        if noun is not None and (tags[index + 1 : index + 2] == TO or following == ("for",)):
            return True
    return False


def renewed(sentence: Sentence, predicate: Predicate) -> str:
    """Return what commitments of the members' own are renewed.

    A "policy" where they name it ("our exchange rate commitments", "our commitments on debt"),
    "standing" where they only point to what stands ("our commitments under the treaty"), else "".
    """
    sets, end = sentence.lexicon.sets, predicate.end
    words, tags = sentence.words, sentence.tags
    for index in range(end, min(predicate.stop, end + 12)):
        if words[index] not in sets["renewed"]:
            continue
        following = words[index + 1 : index + 2]
        made_by = words[index + 2 : index + 3] == ("by",)
        theirs = made_by and sets["possessives"].isdisjoint(words[index + 3 : index + 5])
        theirs = theirs or (
            following == ("of",) and _is_of_others(sentence, index + 2, predicate.stop)
        )
        if sets["possessives"].isdisjoint(words[end : index + 9]) or theirs or following == ("to",):
            return ""
        qualified = any(
            tags[at] in NOUN_MODIFIER
            and tags[at] != ADVERB
            and sentence.raw[at].islower()
            and words[at] not in sets["tells_no_policy"]
            for at in range(end, index)
        )
        named = qualified or not sets["names_policy"].isdisjoint(following)
        return "policy" if named else "standing"
    return ""


def is_members_aim(
    sentence: Sentence, predicate: Predicate, index: int, options: CommitmentOptions
) -> bool:
    """Return whether "be" states an aim of the members: "our aim is to open …"."""
    sets = sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
    subject = range(predicate.subject.start, predicate.subject.end)
    if any(words[at] in sets["aims"] for at in subject):
        aimed = tags[index : index + 1] == THAT or takes_action(sentence, index, options)
        return aimed and is_owned_by_members(sentence, subject)
    if not sets["aims"].isdisjoint(words[index : index + 3]):
        stop = next((at for at in range(index, len(tags)) if tags[at] in TO_OR_THAT), -1)
        return (
            stop > 0
            and is_owned_by_members(sentence, range(predicate.end, stop))
            # "it is our goal that every child can read"
            and (tags[stop] == THAT or takes_action(sentence, stop, options))
        )
    return False
