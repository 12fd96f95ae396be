"""Verb groups: mood, tense and voice of a finite verb, and whether a word is a verb at all."""

from sco_research.coding.commitments.inflection import base_of, may_be_verb
from sco_research.coding.commitments.sentence import Clause, Sentence, Tense, VerbGroup
from sco_research.coding.commitments.token_classes import (
    ADVERBIAL,
    BE,
    CLOSES_INSERTION,
    CONJUNCTION,
    DETERMINER,
    END,
    ENDS_INSERTION,
    ENDS_NOUN,
    FULL_VERB,
    GERUND,
    HAVE,
    INFINITIVE,
    INFINITIVE_OR_ADVERB,
    LIST_SIGN,
    MODAL,
    MODAL_DUTY,
    MODAL_OR_DO,
    NEGATION,
    NONFINITE_BE,
    NOUN,
    OPENS_INSERTION,
    PAST_FORM,
    PREPOSITION,
    PREPOSITION_OR_TO,
    SEMICOLON,
    SPEAKER,
    THIRD_PERSON,
    TO,
    TO_BE,
    TWO_ADVERBS,
)

_ATTITUDES = "undertaking intent saying stance request instruction support"


def before_adverbs(sentence: Sentence, index: int) -> int:
    """Return the index of the last token, up to one, that is no adverb and no negation."""
    tags = sentence.tags
    while index >= 0:
        if tags[index] in ADVERBIAL:
            index -= 1
        elif (
            tags[index] == CONJUNCTION
            and index > 0
            and tags[index - 1 : index + 2 : 2] == TWO_ADVERBS
        ):
            # "actively and consistently"
            index -= 2
        else:
            break
    return index


def after_insertions(sentence: Sentence, index: int) -> tuple[int, bool]:
    """Skip adverbs, negations and short insertions; return the next index, and whether negated."""
    tags = sentence.tags
    negated = False
    total = len(tags)
    while index < total:
        tag = tags[index]
        if tag in ADVERBIAL:
            negated = negated or tag == NEGATION
            index += 1
        elif tag in OPENS_INSERTION:
            closing = _after_insertion(sentence, index)
            if closing is None:
                break
            index = closing
        else:
            break
    return index, negated


def _after_insertion(sentence: Sentence, index: int) -> int | None:
    """Return the index after ", in this regard," or after the sign of a list."""
    tags = sentence.tags
    if tags[index] in LIST_SIGN:
        return index + 1
    for later in range(index + 1, min(len(tags), index + 16)):
        if tags[later] in CLOSES_INSERTION:
            return later + 1
        if tags[later] in ENDS_INSERTION:
            return None
    return None


def verb_group(sentence: Sentence, at: int, *, after: int = 0) -> VerbGroup:
    """Return the verb group that begins with a finite verb, a modal or an auxiliary.

    It goes on ``after`` its subject, where that stands between.
    """
    tags, words = sentence.tags, sentence.words
    tag = tags[at]
    if tag in FULL_VERB:
        return _simple_group(sentence, at)
    index, negated = after_insertions(sentence, after or at + 1)
    if tag in MODAL_OR_DO:
        if tags[index : index + 1] == DETERMINER and _says_each(sentence, index):
            index += 1  # "we will all work", "will each submit"
        if tag == MODAL_DUTY and index < len(tags) and tags[index] == TO:
            index += 1
        modal = words[at] if tag in MODAL else ""
        tense: Tense = "modal" if modal else _tense_of(sentence, words[at])
        return _group_after_modal(sentence, modal, tense, negated=negated, index=index)
    tense = _tense_of(sentence, words[at])
    if tag == HAVE:
        return _perfect_group(sentence, tense, negated=negated, at=at, index=index)
    return _be_group(sentence, "", tense, negated=negated, at=at, index=index)


def _says_each(sentence: Sentence, index: int) -> bool:
    """Return whether "all" or "each" stands between a modal and its verb."""
    verb = sentence.tags[index + 1 : index + 2]
    return verb in INFINITIVE and sentence.words[index] in sentence.lexicon.sets["all_of_us"]


def _tense_of(sentence: Sentence, auxiliary: str) -> Tense:
    return "past" if auxiliary in sentence.lexicon.sets["past_auxiliaries"] else "present"


def _simple_group(sentence: Sentence, at: int) -> VerbGroup:
    """Return the group of a verb without auxiliary: "agree", or the copula "remain ready"."""
    tags, words = sentence.tags, sentence.words
    base = _base_form(sentence, words[at])
    tense: Tense = "past" if tags[at] == PAST_FORM else "present"
    after, negated = after_insertions(sentence, at + 1)
    if (
        base in sentence.lexicon.sets["copulas"]
        and after < len(tags)
        and words[after] in sentence.lexicon.adjectives
    ):
        return VerbGroup("", "be", tense, verb_at=at, end=after, negated=negated)
    stays = _stays(sentence, base, after)
    if stays:
        return VerbGroup("", "be", tense, verb_at=at, end=stays, negated=negated)
    return VerbGroup("", base, tense, verb_at=at, end=at + 1)


def _stays(sentence: Sentence, base: str, index: int) -> int:
    """Return the place of an adjective after "continue to be", or 0."""
    goes_on = base in sentence.lexicon.sets["continuing"]
    if not goes_on or sentence.tags[index : index + 2] != TO_BE:
        return 0
    after, _ = after_insertions(sentence, index + 2)
    known = not sentence.lexicon.adjectives.keys().isdisjoint(sentence.words[after : after + 1])
    return after if known else 0


def _group_after_modal(
    sentence: Sentence, modal: str, tense: Tense, *, negated: bool, index: int
) -> VerbGroup:
    tags, words = sentence.tags, sentence.words
    total = len(tags)
    if index >= total:
        return VerbGroup(modal, "", tense, verb_at=total - 1, end=total, negated=negated)
    if tags[index] == NONFINITE_BE:
        after, _ = after_insertions(sentence, index + 1)
        return _be_group(sentence, modal, tense, negated=negated, at=index, index=after)
    base = words[index]
    if base == "have":
        after, _ = after_insertions(sentence, index + 1)
        if after < total and tags[after] == PAST_FORM:
            index, base = after, _base_form(sentence, words[after])
    return VerbGroup(modal, base, tense, verb_at=index, end=index + 1, negated=negated)


def _perfect_group(
    sentence: Sentence, tense: Tense, *, negated: bool, at: int, index: int
) -> VerbGroup:
    tags, words = sentence.tags, sentence.words
    following = tags[index] if index < len(tags) else END
    if following == PAST_FORM:
        base = _base_form(sentence, words[index])
        return VerbGroup("", base, "perfect", verb_at=index, end=index + 1, negated=negated)
    if following == NONFINITE_BE:
        after, _ = after_insertions(sentence, index + 1)
        passive = after < len(tags) and tags[after] == PAST_FORM
        verb_at = after if passive else index
        base = _base_form(sentence, words[after]) if passive else "be"
        return VerbGroup(
            "", base, "perfect", verb_at=verb_at, end=verb_at + 1, passive=passive, negated=negated
        )
    if following == TO:
        return _group_after_modal(sentence, "have to", tense, negated=negated, index=index + 1)
    return VerbGroup("", "have", tense, verb_at=at, end=at + 1, negated=negated)


def _be_group(
    sentence: Sentence, modal: str, tense: Tense, *, negated: bool, at: int, index: int
) -> VerbGroup:
    """Return the group of a form of "be": a passive, a progressive or a copula."""
    tags, words = sentence.tags, sentence.words
    total = len(tags)
    if index < total and tags[index] == NONFINITE_BE:
        index, _ = after_insertions(sentence, index + 1)
    if index < total and tags[index] == NEGATION:
        negated, index = True, index + 1
    following = tags[index] if index < total else END
    copular = tags[at] in BE and index < total and _is_predicative(sentence, index, modal)
    if not copular and index < total:
        passive = following == PAST_FORM or words[index] in sentence.lexicon.inflection.participles
        if passive or following == GERUND:
            return VerbGroup(
                modal, _base_form(sentence, words[index]), tense, verb_at=index, end=index + 1,
                passive=passive, negated=negated, progressive=not passive,
            )  # fmt: skip
    return VerbGroup(modal, "be", tense, verb_at=at, end=index, negated=negated)


def _is_predicative(sentence: Sentence, index: int, modal: str) -> bool:
    """Return whether a participle is an adjective: "are set to", but not "is set up"."""
    tags = sentence.tags
    classes = sentence.lexicon.adjectives.get(sentence.words[index], ())
    after, _ = after_insertions(sentence, index + 1)
    to = tags[after : after + 1] == TO
    if modal and tags[index] == PAST_FORM and not to:
        return False  # "will be encouraged"
    return any(to or "any" in word_class.takes for word_class in classes)


def _base_form(sentence: Sentence, word: str) -> str:
    form = sentence.lexicon.forms.get(word)
    return form[0] if form else base_of(word, sentence.lexicon.inflection)


def is_noun_will(sentence: Sentence, at: int) -> bool:
    """Return whether "will" is the noun: "the will of the peoples", "political will"."""
    tags, words = sentence.tags, sentence.words
    if words[at] != "will":
        return False
    left = words[at - 1] if at else ""
    after = tags[at + 1 : at + 2]
    return (
        (at > 0 and tags[at - 1] == DETERMINER)
        or left in sentence.lexicon.sets["other_political_will"]
        or after in PREPOSITION_OR_TO
        or (after == CONJUNCTION and tags[at - 1 : at] not in SPEAKER)
    )


def is_noun(sentence: Sentence, at: int) -> bool:
    """Return whether a word that may be a verb is a noun here, by what follows."""
    sets = sentence.lexicon.sets
    words = sentence.words
    word = words[at]
    base = sentence.lexicon.forms.get(word, (word, ""))[0]
    if base not in sets["nouns_too"]:
        return False
    following = sentence.tags[at + 1 : at + 2]
    if following == TO and base in sets["nouns_before_to"]:
        return True
    if following == PREPOSITION:
        particles = {particle for particle, _ in sentence.lexicon.verbs.get(base, ())}
        return words[at + 1] not in particles and not _is_noted_so(sentence, at + 1)
    return not following or following in ENDS_NOUN


def _is_noted_so(sentence: Sentence, index: int) -> bool:
    """Return whether it is told how something is noted: "note with deep concern"."""
    if sentence.words[index] != "with":
        return False
    nouns = map(sentence.lexicon.nouns.get, sentence.words[index + 1 : index + 4])
    return any(noun is not None and noun.act == "expressive" for noun in nouns)


def is_attitude_verb(sentence: Sentence, at: int) -> bool:
    """Return whether a verb says something ("reaffirm") and does nothing ("open")."""
    base = sentence.lexicon.forms.get(sentence.words[at], ("", ""))[0]
    classes = sentence.lexicon.verbs.get(base, ())
    return base not in sentence.lexicon.sets["acts_too"] and any(
        word_class.id in _ATTITUDES for _, word_class in classes
    )


def states_attitude(sentence: Sentence, at: int) -> bool:
    """Return whether a full verb says how somebody stands: "remain committed", "stand ready"."""
    return sentence.tags[at] in FULL_VERB and _simple_group(sentence, at).base == "be"


def has_open_infinitive(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether an infinitive begins between two tokens."""
    tags = sentence.tags
    cut = max(tags.rfind(SEMICOLON, start, end), start)
    return any(
        tags[index] == TO
        and tags[index + 1] in INFINITIVE_OR_ADVERB
        and (tags[index + 1] != NOUN or _opens_infinitive(sentence, index + 1))
        for index in range(cut, end - 1)
    )


def _opens_infinitive(sentence: Sentence, index: int) -> bool:
    """Return whether a word after "to" is a verb: "to document it", not "to primary care"."""
    words = sentence.words
    return (
        may_be_verb(words[index], sentence.lexicon.inflection)
        and words[index] not in sentence.lexicon.sets["dictionary_verbs"]
    )


def is_singular(sentence: Sentence, clause: Clause) -> bool:
    """Return whether a verb stands in the singular of the third person."""
    return (
        sentence.tags[clause.start] == THIRD_PERSON
        or sentence.words[clause.start] in sentence.lexicon.sets["singular_auxiliaries"]
    )
