"""Deeds: whether a phrase names something that can be done (R2, R6)."""

import re

from sco_research.coding.commitments.action_words import means_an_action
from sco_research.coding.commitments.inflection import base_of, may_be_verb
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    ADVERBIAL,
    ADVERBIAL_OR_SIGN,
    AFTER_OPENING_VERB,
    BASE_FORM,
    BEFORE_LISTED_OBJECT,
    CLOSES_INSERTION,
    COLON,
    COMMA,
    COMMA_OR_BRACKET,
    COMMA_OR_PREPOSITION,
    CONJUNCTION,
    COORDINATED_PHRASE,
    COORDINATING,
    DASH,
    DETERMINER,
    END,
    ENDS_ACTION,
    FINITE_BE,
    GERUND,
    INFINITIVE,
    INFINITIVE_OR_AUXILIARY,
    INSERTED,
    MEMBERS,
    NONFINITE_BE,
    NOUN,
    NOUN_OR_ADVERB,
    NOUN_PREMODIFIER,
    PAST_FORM,
    PREMODIFIER,
    PREPOSITION,
    SIMPLE_PHRASE,
    SPEAKER,
    THAT,
    TO,
    TO_DETERMINER,
    TO_OR_ADVERB,
)

# "To strengthen trade, Ruritania hosted the forum": a main clause whose verb is no coded one.
_MAIN_CLAUSE = re.compile(
    f"{COMMA}{DETERMINER}?[{NOUN}{MEMBERS}]+{PAST_FORM}[{DETERMINER}{PREPOSITION}{NOUN}{MEMBERS}]"
)
# A subject and its verb: "markets create", after the word that opens the sentence.
_SUBJECT_AND_VERB = re.compile(f".{NOUN}+[{ADVERB}]?{BASE_FORM}")
# "Peace and stability in the region are": two nouns, and no verb opens the sentence.
_NOUNS_AND_BE = re.compile(
    f".{CONJUNCTION}[{NOUN}{MEMBERS}{BASE_FORM}]+"
    f"(?:{PREPOSITION}{DETERMINER}?[{NOUN}{MEMBERS}{BASE_FORM}]+)*{FINITE_BE}"
)
# "that the dykes be raised"
_DONE = re.compile(
    f"{THAT}[{DETERMINER}{NOUN}{GERUND}{BASE_FORM}{PREPOSITION}{ADVERB}]+"
    f"[{NONFINITE_BE}{FINITE_BE}]{ADVERB}*{PAST_FORM}"
)
# In the passive these do not say that something is to be done.
_ONLY_TOLD = ("passives_among_members", "passives_of_effect", "passives_of_manner", "interpreting")
_LONGEST_PHRASE = 25
_MIN_FRAGMENT = 3
_MIN_SURE_FRAGMENT = 8


def takes_action(
    sentence: Sentence,
    start: int,
    options: CommitmentOptions,
    *,
    reflexive: bool = False,
    gerund: bool = False,
) -> bool:
    """Return whether "to" follows with something that can be done (R2, R6).

    An infinitive, a gerund and a noun of action can; a principle or a treaty cannot.
    """
    tags, words = sentence.tags, sentence.words
    total = len(tags)
    index = start
    if (
        reflexive
        and words[index : index + 1]
        and words[index] in sentence.lexicon.sets["reflexives"]
    ):
        index += 1
    if reflexive and _binds_with_us(sentence, index):
        index += 2
    if gerund and index < total and tags[index] != TO:
        return not _opens_with_need(sentence, index) and _is_action(sentence, index)
    index = _over_insertions(sentence, index)
    if tags[index : index + 1] == COLON:
        # "we agree: – to open …; – to train …" within one sentence
        index += 1 + (tags[index + 1 : index + 2] == DASH)
    if index >= total:
        return False
    if tags[index] != TO:
        return False
    if "deeds" in options.without:
        return True
    index += 1
    while index < total and tags[index] in INSERTED:
        index += 1
    if index + 2 < total and tags[index] == CONJUNCTION and tags[index + 1] in INFINITIVE:
        # "commit to and prioritize the implementation"
        index += 2
    if index >= total:
        return True
    return _is_action(sentence, index)


def _opens_with_need(sentence: Sentence, index: int) -> bool:
    """Return whether a noun of need follows: "agree on the importance of sound budgets"."""
    needs, words = sentence.lexicon.sets["nouns.need"], sentence.words
    while index < len(words) and sentence.tags[index] in NOUN_PREMODIFIER:
        if words[index] in needs:
            return True
        index += 1
    return index < len(words) and words[index] in needs


def _binds_with_us(sentence: Sentence, index: int) -> bool:
    """Return whether the members bind their states with themselves: "commit their governments"."""
    sets, words = sentence.lexicon.sets, sentence.words
    return not (
        sets["possessives_of_members"].isdisjoint(words[index : index + 1])
        or sets["bound_with_us"].isdisjoint(words[index + 1 : index + 2])
    )


def _over_insertions(sentence: Sentence, index: int) -> int:
    """Return the index after adverbs and short insertions before "to"."""
    tags = sentence.tags
    total = len(tags)
    while index < total and tags[index] in ADVERBIAL:
        index += 1
    if tags[index : index + 1] == COMMA:
        # "resolve, in particular to open"
        later = index + 1
        while later < total and tags[later] in ADVERBIAL:
            later += 1
        if tags[later : later + 1] == TO:
            return later
    if index < total and tags[index] in COMMA_OR_BRACKET:
        for later in range(index + 1, min(total, index + 16)):
            if tags[later] in CLOSES_INSERTION:
                return later + 1 if later + 1 < total and tags[later + 1] == TO else index
    # "decided in Strelsau to", "agree on this basis to"
    if index < total and tags[index] == PREPOSITION:
        for later in range(index + 1, min(total, index + 7)):
            if tags[later] == TO:
                return later
            if tags[later] not in SIMPLE_PHRASE:
                break
    return index


def _is_action(sentence: Sentence, index: int) -> bool:
    """Return whether what follows "to" is something that can be done."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    total = len(tags)
    while index + 1 < total and tags[index] in ADVERBIAL_OR_SIGN:
        index += 1
    word = words[index]
    tag = tags[index]
    following = tags[index + 1] if index + 1 < total else END
    if tag == GERUND:
        return True
    if tag in NOUN_OR_ADVERB and following == DETERMINER and tags[index - 1] in TO_OR_ADVERB:
        return True  # "to guard the unity": no noun stands between "to" and an article
    either = (
        tag == PAST_FORM and base_of(word, sentence.lexicon.inflection) == word
    )  # "to cut", "to set"
    if (
        tag in INFINITIVE_OR_AUXILIARY
        or either
        or (tag == NOUN and may_be_verb(word, sentence.lexicon.inflection))
    ):
        nominal = word in sets["things"] or word in sets["actions"]
        joined = following == CONJUNCTION and _is_joined_to_verb(sentence, index + 2)
        if joined or not (nominal and following in ENDS_ACTION):
            return True
    return is_action_phrase(sentence, index)


def is_compound_participle(base: str, lexicon: Lexicon) -> bool:
    """Return whether a verb's form is made up with another word: "locally-lead", not "re-open"."""
    first, hyphen, _ = base.partition("-")
    return bool(hyphen) and first not in lexicon.sets["verb_prefixes"]


def _is_to_be_done(sentence: Sentence, that: int, stop: int) -> bool:
    """Return whether something is to be done, by nobody else: "that dykes be raised"."""
    sets = sentence.lexicon.sets
    match = _DONE.match(sentence.tags, that, stop)
    if match is None:
        return False
    at = match.end() - 1
    base = base_of(sentence.words[at], sentence.lexicon.inflection)
    only_told = is_compound_participle(base, sentence.lexicon) or any(
        base in sets[name] for name in _ONLY_TOLD
    )
    others = sets["others"] | sets["outside"] | sets["not_own_work"]
    by = sentence.words[at + 1 : at + 6]
    return not only_told and others.isdisjoint(sentence.words[that:at]) and "by" not in by


def _is_joined_to_verb(sentence: Sentence, index: int) -> bool:
    """Return whether a verb with its object follows "and": "to respect and protect the lakes"."""
    tags = sentence.tags
    if tags[index : index + 1] == TO:
        index += 1
    if tags[index : index + 1] not in INFINITIVE or not tags[index:]:
        return False
    verb = may_be_verb(sentence.words[index], sentence.lexicon.inflection)
    return verb and (
        tags[index + 1 : index + 2] == DETERMINER or tags[index + 1 : index + 3] == TO_DETERMINER
    )


def is_action_phrase(sentence: Sentence, index: int) -> bool:
    """Return whether noun phrases name something to be done, by their heads.

    A bare good ("peace and development") is nothing to be done; a good that is to grow
    ("further development", "the development of ports") is.
    """
    tags = sentence.tags
    total = len(tags)
    end = index
    while end < total and tags[end] in COORDINATED_PHRASE and end - index < _LONGEST_PHRASE:
        end += 1
    begin = index
    if tags[index : index + 1] == DETERMINER and _is_compound(sentence, index, end):
        # "the non-proliferation and disarmament regime"
        return _is_action_head(sentence, index, end - 1, end)
    for later in range(index, end + 1):
        if later < end and tags[later] not in COORDINATING:
            continue
        last = later - 1
        if last >= begin and _is_action_head(sentence, begin, last, later):
            return True
        begin = later + 1
    return False


def _is_compound(sentence: Sentence, begin: int, end: int) -> bool:
    """Return whether a noun phrase with "and" has one head, a thing, at its end."""
    tags = sentence.tags[begin:end]
    return (
        tags.count(CONJUNCTION) == 1
        and COMMA not in tags
        and tags.count(DETERMINER) == 1
        and sentence.words[end - 1] in sentence.lexicon.sets["standing"]
    )


def _is_action_head(sentence: Sentence, begin: int, last: int, after: int) -> bool:
    """Return whether the noun phrase up to a head names an action."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    word = words[last]
    following = tags[after] if after < len(tags) else END
    first = begin
    while first < last and tags[first] in PREMODIFIER:
        first += 1
    if first > begin and words[first] in sets["gerund_adjectives"]:
        first += 1  # "the coming years"
    # "deepening trade", "the early strengthening", but no "coordinating role".
    if GERUND in (tags[first], tags[last]) and word not in sets["things"]:
        return following != NOUN
    if tags[first] == GERUND and first < last and words[first] not in sets["things"]:
        return True
    if word in sets["sets_of"] and words[after : after + 1] == ("of",):
        return is_action_phrase(sentence, after + 1)
    if word in sets["goals"]:
        of = words[after : after + 1] == ("of",)
        return following == TO or (of and is_action_phrase(sentence, after + 1))
    if sentence.raw[last][:1].isupper() and last > begin and not sentence.raw[last].isupper():
        return False
    named = any(sentence.raw[at][:1].isupper() for at in range(first + 1, last))
    if named and word in sets["named_initiatives"]:
        return False  # "support for the Northern Arc transport initiative": for a thing
    if not means_an_action(sentence, word):
        return False
    grows = not sets["changes"].isdisjoint(words[begin:last])
    qualified = any(tag != DETERMINER for tag in tags[begin:last])
    means = following == TO or not sets["means_prepositions"].isdisjoint(words[after : after + 1])
    return word not in sets["goods"] or grows or qualified or means


def object_is_action(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether the object between two tokens is something that can be done."""
    tags, words = sentence.tags, sentence.words
    index = start
    while index < stop and tags[index] in BEFORE_LISTED_OBJECT:
        index += 1
    if index >= stop:
        return False
    ours = tags[index] in SPEAKER or words[index] in sentence.lexicon.sets["us"]
    if ours and tags[index + 1 : index + 2] == TO:
        index += 1  # "the need for member states to simplify …"
    if tags[index] == TO:
        return index + 1 < stop and _is_action(sentence, index + 1)
    if tags[index] == THAT:
        ours = not sentence.lexicon.sets["possessives_of_members"].isdisjoint(
            words[index + 1 :][:1]
        )
        organ = not sentence.lexicon.organ_words.isdisjoint(words[index + 2 : min(stop, index + 6)])
        return (
            (ours and organ)
            or any(tags[later] in SPEAKER for later in range(index, min(stop, index + 4)))
            or _is_to_be_done(sentence, index, stop)
        )
    if not sentence.lexicon.sets["changes"].isdisjoint(words[start : index + 3]):
        return True
    if tags[index] == GERUND:
        return True
    return is_action_phrase(sentence, index)


def is_operative(sentence: Sentence) -> bool:
    """Return whether a sentence opens with what is to be done, and is no heading or noun."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    if len(tags) < _MIN_FRAGMENT:
        return False
    if tags[0] == TO:
        return _is_action(sentence, 1) and not _MAIN_CLAUSE.search(tags)
    if _NOUNS_AND_BE.match(tags):
        return False
    nominal = words[0] in sets["actions"] or words[0] in sets["things"]
    if nominal and tags[0] == NOUN and len(tags) < _MIN_SURE_FRAGMENT:
        return False
    if words[0] in sets["adjectives_or_verbs"]:
        # "New roads bring trade"; "Open markets create jobs", but "Open markets to all".
        often = words[0] in sets["adjectives_often_verbs"]
        if not often or _SUBJECT_AND_VERB.match(tags):
            return False
    follows = (
        tags[1] in AFTER_OPENING_VERB
        or (tags[1] == NOUN and sentence.raw[1].islower())
        or (
            tags[1] in COMMA_OR_PREPOSITION
            and not nominal
            and words[0] not in sets["nouns_too"]
            and words[0] not in sets["number_words"]
        )
    )
    return tags[0] in INFINITIVE and follows and may_be_verb(words[0], sentence.lexicon.inflection)
