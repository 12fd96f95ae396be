"""Roles: whether a noun phrase is the members together, some of them, an organ, or another."""

from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.sentence import Role, Sentence
from sco_research.coding.commitments.token_classes import (
    DETERMINER,
    ENDS_NAME,
    MEMBERS,
    NOUN,
    PARTICIPLE,
    QUALIFIER,
    TO,
)
from sco_research.organizations.states import is_state


def role_of(sentence: Sentence, start: int, head: int) -> Role:
    """Return who a noun phrase is, from its first token and its head."""
    sets = sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
    before = words[start:head]
    if tags[head] == MEMBERS:
        if (
            before
            and before[0] in sets["not_members_determiners"]
            and words[head] in sets["collectives"]
        ):
            return Role.THING
        if words[head] in sets["collectives"] and not sets["outsiders"].isdisjoint(before):
            return Role.PARTY  # "the international community"
        # "Advanced economies": a participle is no part of the noun phrase that was found.
        if tags[start - 1 : start] in PARTICIPLE:
            before = words[start - 1 : head]
        if _is_subset(before, sentence, head):
            return Role.SUBSET
        if "all" in before and sentence.raw[head] in sets["sides"]:
            return Role.PARTY  # to a conflict; those of a treaty are "the Parties"
        if _is_foreign(before, sentence, head):
            return Role.PARTY
        return Role.MEMBERS
    word = words[head]
    # Of a unit that another family knows ("finance ministers"), the last word counts here.
    plain = word.rpartition(" ")[2] if word not in sentence.lexicon.foreign_words else word
    organs, governments = sentence.lexicon.organ_words, sets["governments"]
    if word in organs or word in governments or plain in organs or plain in governments:
        foreign = not (
            sentence.lexicon.foreign_names.isdisjoint(before)
            and sets["outsiders"].isdisjoint(before)
        )
        # "Financial institutions", but "the Finance Committee".
        foreign |= plain in sets["others"] and not sets["fields_of_others"].isdisjoint(before)
        elsewhere = (
            _is_elsewhere(sentence, head)
            or (foreign and "our" not in (*before[:1], *words[max(0, start - 1) : start]))
            or (word in governments and not _is_ours(sentence, before, head))
        )
        return Role.PARTY if elsewhere else Role.ORGAN
    if word in sets["joint_work"]:
        return Role.WORK
    one_of_all = word in sets["one_of_all"] or (word in sets["one_state"] and "member" in before)
    if one_of_all and not sets["each"].isdisjoint(before):
        return Role.MEMBERS
    if word in sets["our_states"] and before[:1] == ("our",):
        return Role.MEMBERS
    if word in sets["others"]:
        return Role.PARTY
    raw = sentence.raw[head]
    if word in sentence.lexicon.foreign_words:
        # A treaty acts no more than a thing; its "states parties" are others all the same.
        return Role.THING if word in sets["things"] else Role.PARTY
    if raw[0].isupper() and head > 0 and not raw.isupper() and tags[head] == NOUN:
        return Role.PARTY
    # At the head of a sentence a capital tells nothing; a state is known by its name.
    return Role.PARTY if is_state(raw) else Role.THING


def _is_ours(sentence: Sentence, before: tuple[str, ...], head: int) -> bool:
    """Return whether authorities are the members': "our governments"."""
    tags, words = sentence.tags, sentence.words
    after = tags[head + 1 : head + 5]
    # "The European Central Bank" is another's by its name.
    qualified = any(
        (tags[index] in QUALIFIER and (index == 0 or sentence.raw[index].islower()))
        or words[index] in sentence.lexicon.sets["possessives"]
        for index in range(head - len(before), head)
    )
    return qualified or (MEMBERS in after and words[head + 1] == "of")


def _is_elsewhere(sentence: Sentence, head: int) -> bool:
    """Return whether authorities are another state's: "the governments of Sylvania"."""
    tags, words = sentence.tags, sentence.words
    if words[head] not in sentence.lexicon.sets["state_bodies"] or words[head + 1 : head + 2] != (
        "of",
    ):
        return False
    index = head + 2
    while index < len(tags) and tags[index] == DETERMINER:
        index += 1
    name = sentence.raw[index : index + 1]
    return bool(name) and name[0][:1].isupper() and tags[index] == NOUN


def _is_subset(before: tuple[str, ...], sentence: Sentence, head: int) -> bool:
    """Return whether only some of the members are meant."""
    sets = sentence.lexicon.sets
    words = sentence.words
    if words[head] in sets["subsets"]:
        return True  # "those of us"
    if not sets["subsets"].isdisjoint(before):
        # "the two sides" of a bilateral text and "both sides" are all of them.
        return not (words[head] in sets["counted_members"] and set(before) & sets["numbers_of_all"])
    if not sets["excepting"].isdisjoint(words[head + 1 : head + 5]):
        return True  # "the members, except Sylvania,", "with the exception of"
    which = words[head].endswith("s") and words[head + 1 : head + 2]
    if which and which[0] in sets["restricting_relatives"]:
        return True  # "those member states that have not yet done so"
    return not sets["restricting_adjectives"].isdisjoint(words[head + 1 : head + 2])


def _is_foreign(before: tuple[str, ...], sentence: Sentence, head: int) -> bool:
    """Return whether the members named are those of another organization."""
    sets = sentence.lexicon.sets
    words = sentence.words
    names = set(before)
    # "The parties to the treaty", not "urge the parties to ratify the treaty".
    told = sentence.tags[head + 1 : head + 2] == TO and may_be_verb(
        words[head + 2] if head + 2 < len(words) else "", sentence.lexicon.inflection
    )
    if not told and not sets["owner_prepositions"].isdisjoint(words[head + 1 : head + 2]):
        after = words[head + 2 : head + 9]
        for index, word in enumerate(after):
            if sentence.tags[head + 2 + index] in ENDS_NAME:
                break
            names.add(word)
    # "the Organization" is a name of its own; in "the World Health Organization" it is not.
    own = names | (set(words[head].split()) - sets["collectives"])
    if own & sentence.lexicon.own_names:
        return False
    if before and words[head] in sets["collectives"]:
        titles = sentence.raw[head - len(before) + 1 : head]
        if any(raw[:1].isupper() for raw in titles):
            return True  # "the World Meteorological Organization"
    return not names.isdisjoint(sentence.lexicon.foreign_words) or (
        words[head] in sets["sides"] and not names.isdisjoint(sets["outside"])
    )
