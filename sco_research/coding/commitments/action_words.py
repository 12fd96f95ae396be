"""Whether a word that is several parts of speech names an action where it stands.

The tagger knows the verbs of the codebook and leaves every other word a noun. What is coordinated
with an action is told from what is coordinated with its object by the words around it: "open
schools and train nurses" holds a second verb, "trade and transport links" none.
"""

from sco_research.coding.commitments.inflection import base_of, may_be_verb
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    ADVERBIAL,
    BASE_FORM,
    BE,
    COMMA,
    CONJUNCTION,
    COORDINATING,
    DETERMINER,
    GERUND,
    INFINITIVE,
    MODAL_OR_TO,
    NONFINITE_AUXILIARY,
    OBJECT_OF_VERB,
    OBJECT_PRONOUN,
    OPENS_ADJUNCT,
    PAST_FORM,
    PREMODIFIER,
    PREPOSITION,
    QUALIFIED_NOUN,
    THAT,
    TO,
)

_LONGEST_INSERTION = 14
_LONGEST_LIST = 40


def over_adverbs(sentence: Sentence, index: int, stop: int) -> int:
    """Return the index of the first token that is no adverb and no negation.

    Two adverbs of manner may be joined: "to slowly and steadily raise it".
    """
    tags, words = sentence.tags, sentence.words
    while index < stop and (
        tags[index] in ADVERBIAL
        or (
            tags[index] == CONJUNCTION
            and words[index - 1].endswith("ly")
            and words[index + 1 : index + 2] != ()
            and words[index + 1].endswith("ly")
            and tags[index + 1] in ADVERBIAL
        )
    ):
        index += 1
    return index


def base_form(sentence: Sentence, at: int) -> str:
    """Return the base form of a verb as it is written."""
    word = sentence.words[at]
    form = sentence.lexicon.forms.get(word)
    return form[0] if form else base_of(word, sentence.lexicon.inflection)


def only_goes_on(sentence: Sentence, at: int) -> bool:
    """Return whether a verb says that something is to be continued or sought, and no more."""
    sets, verb = sentence.lexicon.sets, base_form(sentence, at)
    going_on = sentence.words[at + 1 : at + 2] == ("on",)
    low = verb in sets["continuing"] or verb in sets["striving"]
    return low and (verb not in sets["going_on_with_on"] or going_on)


def is_infinitive(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a word after "to" is a verb: "to train nurses", not "to trade in grain"."""
    if at >= stop:
        return False
    tag, word = sentence.tags[at], sentence.words[at]
    if tag in NONFINITE_AUXILIARY:
        return True
    if tag == PAST_FORM:
        return base_of(word, sentence.lexicon.inflection) == word  # "to cut", "to put"
    if tag not in INFINITIVE or not _may_be_verb(sentence, at):
        return False
    sets = sentence.lexicon.sets
    known = tag == BASE_FORM and word not in sets["nouns_too"]
    if known:
        return True
    following = sentence.tags[at + 1] if at + 1 < stop else ""
    if _acts_with(sentence, at, stop):
        return True
    if word in sets["noun_modifiers"] or word in sets["adjectives_or_verbs"]:
        parted = _is_parted_from_object(sentence, at + 1, stop)
        often = word in sets["adjectives_often_verbs"] and (following in QUALIFIED_NOUN or parted)
        return often or _takes_object(sentence, at, stop)
    if following == PREPOSITION and sentence.words[at + 1] == "of":
        return False  # "to support of the members"
    return not (
        word in sets["nouns_or_verbs"]
        and following in COORDINATING
        and not _leads_to_verb(sentence, at + 1, stop)
    )


def is_joined_verb(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a word after a comma or a conjunction is a verb with an object of its own."""
    if at >= stop:
        return False
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    tag, word = tags[at], words[at]
    if tag in NONFINITE_AUXILIARY:
        return tags[at - 1] == TO or word == "have"
    if tag == PAST_FORM:
        base = base_of(word, sentence.lexicon.inflection) == word
        return base and _takes_object(sentence, at, stop)
    if tag not in INFINITIVE or not _may_be_verb(sentence, at) or is_name(sentence, at):
        return False
    alone = word in sets["verbs_alone"] and tags[at - 1] in COORDINATING
    if alone or _takes_object(sentence, at, stop):
        return True
    if " ".join(words[at : at + 2]) in sets["compound_nouns"]:
        return False
    following = tags[at + 1] if at + 1 < stop else ""
    if _acts_with(sentence, at, stop):
        return True
    if word in sets["noun_modifiers"]:
        return False
    either = word in sets["nouns_too"] or word in sets["nouns_or_verbs"]
    if word in sets["adjectives_or_verbs"]:
        listed = tags[at - 1] == CONJUNCTION or _is_among_verbs(sentence, at, stop)
        often = word in sets["adjectives_often_verbs"] and listed
        object_follows = following in QUALIFIED_NOUN or _is_parted_from_object(
            sentence, at + 1, stop
        )
        qualifies = is_quality(sentence, at - 1) or _qualifies_too(sentence, at)
        return often and object_follows and not qualifies
    if following == TO:
        return not either or base_form(sentence, at) in sets["chain_verbs"]
    if following == PREPOSITION:
        return words[at + 1] != "of" and not either
    if following == ADVERB:
        return not either or is_joined_verb_object(sentence, at + 2, stop)
    if following in QUALIFIED_NOUN or following == GERUND:
        return True
    if following in COORDINATING:
        parted = tags[at - 1] in COORDINATING and _is_parted_from_object(sentence, at + 1, stop)
        return parted or _leads_to_verb(sentence, at + 1, stop)
    return False


def _qualifies_too(sentence: Sentence, at: int) -> bool:
    """Return whether two joined objects have an adjective each: "clear data and level roads".

    The first has no article and an adjective of its own, which the word at `at` answers to. Of a
    gerund that tells a means this is so of every word ("by building large ports and open roads");
    of other verbs only where the word is rarely a verb itself.
    """
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    if tags[at - 1] != CONJUNCTION:
        return False
    first = at - 1
    while first > 0 and tags[first - 1] in QUALIFIED_NOUN and not _is_its_verb(sentence, first - 1):
        first -= 1
    means = tags[max(0, first - 2) : first] == PREPOSITION + GERUND
    rarely = words[at] in sets["adjectives_rarely_verbs"]
    return (means or rarely) and at - 1 - first > 1 and is_quality(sentence, first)


def _is_its_verb(sentence: Sentence, at: int) -> bool:
    """Return whether a word is the verb of the object after it: "will publish", "to open"."""
    return sentence.tags[at] == BASE_FORM or (
        at > 0 and sentence.tags[at - 1] in MODAL_OR_TO and _may_be_verb(sentence, at)
    )


def _is_among_verbs(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a list goes on with a verb: "train nurses, open clinics and mark reefs".

    After a noun with an adjective it may be another: "safe roads, open markets".
    """
    tags, either = sentence.tags, sentence.lexicon.sets["adjectives_often_verbs"]
    before = at - 2
    while before > 0 and tags[before] in QUALIFIED_NOUN and tags[before - 1] in QUALIFIED_NOUN:
        before -= 1
        listed = sentence.words[before] in either and tags[before - 1] == COMMA
        if is_quality(sentence, before) and not listed:
            return False
    return _closes_with_verb(sentence, at, stop)


def _closes_with_verb(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a later item of a list is surely a verb, over those that may be one."""
    tags, either = sentence.tags, sentence.lexicon.sets["adjectives_often_verbs"]
    stop = min(stop, at + _LONGEST_LIST)
    while True:
        index = at + 1
        while index < stop and (tags[index] in QUALIFIED_NOUN or tags[index] == DETERMINER):
            index += 1
        joined = index < stop and tags[index] in COORDINATING
        while index < stop and tags[index] in COORDINATING:
            index += 1
        if not joined or index >= stop:
            return False
        if sentence.words[index] not in either:
            return is_joined_verb(sentence, index, stop)
        at = index


def _is_parted_from_object(sentence: Sentence, comma: int, stop: int) -> bool:
    """Return whether an insertion parts a verb from its object: "publish, when ready, a code"."""
    tags = sentence.tags
    if tags[comma : comma + 1] != COMMA or tags[comma + 1 : comma + 2] not in OPENS_ADJUNCT:
        return False
    closing = tags.find(COMMA, comma + 1, min(stop, comma + _LONGEST_INSERTION))
    following = tags[closing + 1 : closing + 2]
    return closing > 0 and (
        following == DETERMINER or (tags[comma - 2] == CONJUNCTION and following in QUALIFIED_NOUN)
    )


def is_joined_verb_object(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether an object begins at a token."""
    return at < stop and sentence.tags[at] in OBJECT_OF_VERB


def is_gerund(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a word in -ing is a verb with an object: "training nurses"."""
    if at >= stop or sentence.tags[at] != GERUND or is_name(sentence, at):
        return False
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    after = over_adverbs(sentence, at + 1, stop)
    following = tags[after] if after < stop else ""
    if following == DETERMINER or following in OBJECT_PRONOUN:
        return not _is_possessive(sentence, after)
    if _acts_with(sentence, at, stop):
        return True
    if words[at] in sets["gerund_adjectives"]:
        return False
    if words[at] in sets["gerund_nouns"]:
        return following in QUALIFIED_NOUN and _is_worked_on(sentence, after, stop)
    if words[at] in sets["partner_adjectives"] and not sets["partners"].isdisjoint(
        words[at + 1 : at + 2]
    ):
        return False
    if following in COORDINATING:
        return True
    return following in QUALIFIED_NOUN or following in {GERUND, TO, THAT, PREPOSITION}


def verbal_noun(sentence: Sentence, start: int, stop: int) -> int | None:
    """Return the index of a verbal noun with an object: "the early renewal of the lease"."""
    tags, words = sentence.tags, sentence.words
    index = start
    while index < stop and (
        tags[index] in PREMODIFIER or tags[index] in QUALIFIED_NOUN or tags[index] == GERUND
    ):
        if words[index + 1 : index + 2] == ("of",):
            return index if is_action_noun(sentence, index) else None
        index += 1
    return None


def _is_worked_on(sentence: Sentence, start: int, stop: int) -> bool:
    """Return whether a noun phrase is the object of a gerund: "training nurses", no "courses"."""
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    last = start
    while last + 1 < stop and tags[last + 1] in QUALIFIED_NOUN:
        last += 1
    several = words[last].endswith("s") or words[last] in sets["collective_persons"]
    return several and words[last] not in sets["compound_heads"]


def _acts_with(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether what follows makes a verb of a noun: "work with", "draw on", "act to"."""
    if at + 1 >= stop:
        return False
    sets, following = sentence.lexicon.sets, sentence.words[at + 1]
    base = base_form(sentence, at)
    if base in sets["joint_verbs"]:
        return following == "to" or following in sets["joint_particles"]
    return f"{base} {following}" in sets["prepositional_verbs"]


def is_action_noun(sentence: Sentence, at: int) -> bool:
    """Return whether a word is a noun of action and no name."""
    return means_an_action(sentence, sentence.words[at]) and not is_name(sentence, at)


def means_an_action(sentence: Sentence, noun: str) -> bool:
    """Return whether a noun is one of action, by the codebook or by its ending."""
    sets = sentence.lexicon.sets
    action = noun in sets["actions"] or noun.endswith(sentence.lexicon.lists["action_endings"])
    return action and noun not in sets["things"]


def _may_be_verb(sentence: Sentence, at: int) -> bool:
    if sentence.tags[at] == BASE_FORM:
        return True
    word = sentence.words[at]
    return may_be_verb(word, sentence.lexicon.inflection)


def _takes_object(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether an article, a pronoun or a clause follows, as no noun has it after itself."""
    if at + 1 >= stop:
        return False
    tag = sentence.tags[at + 1]
    if tag == DETERMINER:
        return not _is_possessive(sentence, at + 1)
    return (
        tag in OBJECT_PRONOUN or sentence.words[at + 1] in sentence.lexicon.sets["object_pronouns"]
    )


def _is_possessive(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return word in sentence.lexicon.sets["apostrophes"] or word.endswith(("'s", "’s", "ʼs"))


def is_name(sentence: Sentence, at: int) -> bool:
    """Return whether a word is written large within a sentence."""
    return at > 0 and sentence.raw[at][:1].isupper() and not sentence.raw[at].isupper()


def is_quality(sentence: Sentence, at: int) -> bool:
    """Return whether what stands before a comma or conjunction qualifies: "free and open"."""
    while at > 0 and sentence.tags[at] in COORDINATING:
        at -= 1
    word = sentence.words[at]
    sets = sentence.lexicon.sets
    if sentence.tags[at] == PAST_FORM:
        return sentence.tags[at - 1] not in BE
    if word in sets["adjectives_or_verbs"] or word in sets["qualities"]:
        return True
    return (
        word.endswith(sentence.lexicon.lists["quality_endings"])
        and word not in sets["no_qualities"]
    )


def _leads_to_verb(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a comma or conjunction joins another verb with the object of both."""
    index = at
    joined = False
    while index < stop and sentence.tags[index] in COORDINATING:
        joined = joined or sentence.tags[index] == CONJUNCTION
        index += 1
    index = over_adverbs(sentence, index, stop)
    if index < stop and sentence.tags[index] == TO:
        index = over_adverbs(sentence, index + 1, stop)
    return is_joined_verb(sentence, index, stop)
