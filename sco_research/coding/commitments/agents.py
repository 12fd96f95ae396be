"""Doers: who acts, who is told to, and whose the thing supported is."""

from sco_research.coding.commitments.roles import role_of
from sco_research.coding.commitments.sentence import Predicate, Role, Sentence
from sco_research.coding.commitments.token_classes import (
    BEFORE_ADDRESSEE,
    COLON_OR_SEMICOLON,
    COMMA,
    ENDS_ADDRESSEE,
    ENDS_FIRST_ADDRESSEE,
    ENDS_OBJECT,
    GERUND,
    NOUN,
    NOUN_OR_DETERMINER,
    OBJECT_HEAD,
    PERSONAL_PRONOUN,
    PREMODIFIER,
    PREPOSITION,
    SPEAKER,
    TO,
    TO_DETERMINER,
)


def names_members(
    sentence: Sentence, start: int, stop: int, *, without: frozenset[str] = frozenset()
) -> bool:
    """Return whether the members, or what is theirs, are named between two tokens."""
    words = sentence.words[start:stop]
    return (
        not (sentence.lexicon.sets["own"] - without).isdisjoint(words)
        or any(sentence.tags[index] in SPEAKER for index in range(start, stop))
        or not sentence.lexicon.own_names.isdisjoint(words)
    )


def is_own_instrument(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether an object is the members' own: "the Organization's plan", "members to"."""
    tags = sentence.tags
    words = sentence.words[start : min(stop, start + 12)]
    if not sentence.lexicon.foreign_words.isdisjoint(words):
        return False
    until = next((index for index in range(start, stop) if tags[index] in ENDS_OBJECT), stop)
    while until - 1 > start and tags[until - 1] == COMMA:
        until -= 1
    encouraged = sentence.words[until - 1] if until > start else ""
    if (
        encouraged in sentence.lexicon.sets["others"]
        and encouraged not in sentence.lexicon.organ_words
    ):
        return False  # "our business communities", "our partners"
    named = any(tags[index] in SPEAKER for index in range(start, min(stop, start + 4)))
    ours = not sentence.lexicon.own_names.isdisjoint(words) or "our" in words
    titled = any(raw[:1].isupper() for raw in sentence.raw[start + 1 : start + 6])
    return named or ours or (titled and "'" not in words)


def agent_is_other(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether somebody else is named as doer: "'s work", "efforts of", "by the UN"."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    for index in range(start, min(stop, start + 6)):
        if words[index] in sets["others_work"]:
            owner = words[index - 1]
            if owner.endswith(("'s", "’s")):
                lexicon = sentence.lexicon
                return owner[:-2] not in lexicon.actor_words and owner[:-2] not in lexicon.own_names
            if owner in sets["other_owners"]:
                return tags[index - 2] not in SPEAKER
            following = words[index + 1 : index + 2]
            if not sets["doer_prepositions"].isdisjoint(following):
                end = min(stop, index + 9)
                if words[index - 1] in sets["running"]:
                    return not any(tag in SPEAKER for tag in tags[index:end])
                return not _is_members_own(sentence, index, end)
            return words[index] in sets["others_work_alone"]
    comma = tags.find(COMMA, start, stop)
    near = range(start, stop if comma < 0 else comma)
    if any(words[index] in sets["others_alone"] and tags[index] == NOUN for index in near):
        return True
    return any(
        words[index] == "by"
        and index + 1 < stop
        and tags[index + 1] in NOUN_OR_DETERMINER
        and role_of(sentence, index + 1, min(index + 2, stop - 1)) is Role.PARTY
        for index in near
    )


def _is_members_own(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether the members, or an organ of their own, stand between two tokens."""
    words = sentence.words[start:stop]
    organ = not sentence.lexicon.organ_words.isdisjoint(words)
    return any(tag in SPEAKER for tag in sentence.tags[start:stop]) or (
        organ and sentence.lexicon.foreign_words.isdisjoint(words)
    )


def _names_other_party(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a doer other than the members is named: "of the World Bank"."""
    sets = sentence.lexicon.sets
    words = sentence.words
    return any(
        words[index] in sets["doer_prepositions"]
        and index + 1 < end
        and any(
            words[later] in sets["others"] and not sets["members_before"] & set(words[index:later])
            for later in range(index + 1, min(index + 5, end))
        )
        for index in range(start, end)
    )


def is_own_work(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether no other party is named as the owner of the work in a subject."""
    sets = sentence.lexicon.sets
    words = sentence.words[predicate.subject.start : predicate.subject.end]
    named = not (sets["not_own_work"].isdisjoint(words) and sets["outside"].isdisjoint(words))
    return not named and not _names_other_party(
        sentence, predicate.subject.start, predicate.subject.end
    )


def agent_of_passive(sentence: Sentence, predicate: Predicate) -> Role | None:
    """Return who the doer of a passive is, where "by …" names one."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    for index in range(predicate.end, min(predicate.stop, predicate.end + 14)):
        if words[index] == "by" and index + 1 < len(tags):
            head = index + 1
            while head < len(tags) and tags[head] in PREMODIFIER:
                head += 1
            if head >= len(tags) or tags[head] == GERUND:
                return None
            if words[head][0].isdigit() or words[head] in sets["amounts"]:
                return None
            last = head
            while last + 1 < len(tags) and tags[last + 1] in OBJECT_HEAD:
                last += 1
            if words[head] in sets["times"] or words[last] in sets["times"]:
                return None
            if tags[head] in PERSONAL_PRONOUN:
                return Role.MEMBERS
            return role_of(sentence, index + 1, last)
        if tags[index] in COLON_OR_SEMICOLON:
            break
    return None


def addressee_role(sentence: Sentence, predicate: Predicate) -> Role:
    """Return who is told to act: the role of the noun phrase after the verb."""
    index = predicate.end
    tags = sentence.tags
    # "entrust to the Secretariat …": this "to" stands before a noun.
    while index < predicate.stop and (
        tags[index] in BEFORE_ADDRESSEE or tags[index : index + 2] == TO_DETERMINER
    ):
        index += 1
    if index >= predicate.stop:
        return Role.THING
    if tags[index] == TO:
        return Role.IMPLIED
    seen: list[Role] = []
    first = index
    while index < predicate.stop and tags[index] not in ENDS_ADDRESSEE:
        if tags[index] == PREPOSITION and seen and seen[0] is not Role.THING:
            break
        # "all countries, especially the members of …": the first named is who is told.
        if tags[index : index + 2] in ENDS_FIRST_ADDRESSEE and seen and seen[0] is Role.PARTY:
            break
        if sentence.words[index] in sentence.lexicon.sets["ambiguous_parties"]:
            seen.append(Role.PARTY)
        elif tags[index] in OBJECT_HEAD:
            seen.append(role_of(sentence, first, index))
        elif tags[index] in PERSONAL_PRONOUN:
            seen.append(Role.MEMBERS)
        index += 1
        if index - first > 14:
            break
    for role in (Role.ORGAN, Role.MEMBERS):
        if role in seen:
            return role
    return seen[-1] if seen else Role.THING


def addresses_own_organ(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether the organ told is the members' own, not "the UN Secretary-General"."""
    tags = sentence.tags
    first = predicate.end + (tags[predicate.end : predicate.end + 1] == TO)
    task = tags.find(TO, first, first + 8)
    words = set(sentence.words[first : task if task > 0 else first + 8])
    if any(
        is_owned_by_another(sentence, index) for index in range(predicate.end, predicate.stop)[:6]
    ):
        return False
    return words.isdisjoint(sentence.lexicon.foreign_names)


def is_owned_by_another(sentence: Sentence, index: int) -> bool:
    """Return whether a possessive names another organization: "the Fund's board"."""
    word = sentence.words[index]
    owner = word[:-2] if word.endswith(("'s", "’s")) else ""
    return (
        sentence.raw[index][:1].isupper()
        and bool(owner)
        and not (owner in sentence.lexicon.actor_words or owner in sentence.lexicon.own_names)
    )


def is_owned_by_members(sentence: Sentence, span: range) -> bool:
    """Return whether a noun phrase is the members': "our aim", "the intention of the members"."""
    return any(
        sentence.words[at] in sentence.lexicon.sets["possessives_of_members"]
        or sentence.tags[at] in SPEAKER
        for at in span
    )
