"""Parted subjects: the noun phrase of a verb that commas, clauses or lists part from it.

"The Parties, being neighbours, will", "those members that border the lake will", "work to protect
the lakes will": what stands right before the verb is not its subject.
"""

import re

from sco_research.coding.commitments.attachment import Link, attachment_of
from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.noun_phrases import (
    NounPhrase,
    Parse,
    comma_after,
    has_comma_before,
    may_join_noun_phrase,
    noun_phrase_before,
    role_of_phrase,
)
from sco_research.coding.commitments.sentence import ClauseType, Role, Sentence, Subject
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    AFTER_APPOSITION,
    AFTER_OPENING_PHRASE,
    BASE_FORM,
    BEFORE_SUBJECT,
    CLAUSE_OPENER,
    COMMA,
    CONJUNCTION,
    COORDINATING,
    DETERMINER,
    DETERMINER_BASE_FORM,
    ENDS_SUBJECT,
    GERUND,
    INFINITIVE,
    MEMBERS,
    MODAL_BE_HAVE,
    MODAL_WILL,
    MODIFIES_NEXT,
    NOUN,
    NOUN_OR_MEMBERS,
    NOUN_PHRASE,
    OPENING_PHRASE,
    OPENS_NO_SUBJECT,
    OPENS_PARENTHESIS,
    PARTED_FROM_SUBJECT,
    PERSONAL_PRONOUN,
    PREPOSITION,
    RELATIVE,
    RELATIVE_OR_THAT,
    SEMICOLON,
    SPEAKER,
    START,
    THAT,
    TO,
)
from sco_research.coding.commitments.verb_groups import is_noun

_RELATIVE_OR_THAT = re.compile(f"[{RELATIVE}{THAT}]")


def waiting_subject(parse: Parse, lower: int, left: int) -> Link | None:
    """Return the subject that waits for its verb over commas: "The Parties, being …, will"."""
    tags = parse.sentence.tags
    if tags[left] == CONJUNCTION and parse.found and not has_comma_before(parse.sentence, left):
        return None
    for index in range(lower, left):
        tag = tags[index]
        if tag in SPEAKER and tags[index + 1] in AFTER_APPOSITION:
            start, head = noun_phrase_before(parse.sentence, index)
            if head != index:
                continue
            before = tags[start - 1] if start else START
            if before in MODIFIES_NEXT and not (before == PREPOSITION and start - 1 == 0):
                continue
            if lower and before not in BEFORE_SUBJECT:
                continue
            comma = comma_after(parse.sentence, index)
            if comma is None or comma >= left + 1:
                continue
            role = role_of_phrase(parse, start, head)
            subject = Subject(role, start, head + 1, tag in PERSONAL_PRONOUN)
            return Link(subject, *attachment_of(parse, start))
    if lower == 0 and tags[left] != CONJUNCTION:
        return _opening_noun_phrase(parse, left)
    return None


def _opening_noun_phrase(parse: Parse, left: int) -> Link | None:
    """Return the noun phrase that opens the sentence as subject: "The summit, held here, will"."""
    tags = parse.sentence.tags
    # "Work on the register, begun last year, will proceed."
    index = int(tags[0] == BASE_FORM and is_noun(parse.sentence, 0))
    while index < left and (
        tags[index] in OPENING_PHRASE or tags[max(index - 1, 0) : index + 1] == DETERMINER_BASE_FORM
    ):
        index += 1
    if index == 0 or index >= left or tags[index] not in AFTER_OPENING_PHRASE:
        return None
    if tags[0] in OPENS_NO_SUBJECT or MEMBERS in tags[:index]:
        return None
    start, head = noun_phrase_before(parse.sentence, index - 1)
    return Link(Subject(role_of_phrase(parse, start, head), start, head + 1), ClauseType.MAIN)


def subject_before_insertion(parse: Parse, at: int, left: int, lower: int) -> Link | None:
    """Return the subject that an insertion parts from its verb: "the forum, held here, will"."""
    sentence = parse.sentence
    tags = sentence.tags
    if tags[left] != COMMA or tags[at] not in PARTED_FROM_SUBJECT or not parse.found:
        return None
    comma = tags.rfind(COMMA, lower, left)
    participle = sentence.words[comma + 1] in sentence.lexicon.inflection.participles
    if comma <= lower or not (participle or tags[comma + 1] in OPENS_PARENTHESIS):
        return None
    if tags[comma - 1] not in ENDS_SUBJECT:
        return None
    start, head = noun_phrase_before(sentence, comma - 1)
    if start < lower:
        return None
    last = parse.found[-1]
    believed = (
        last.type is ClauseType.MAIN
        and start == lower
        and last.verb.base in sentence.lexicon.sets["believing"]
    )
    if believed:
        # "expect Ruritania, in accordance with the treaty, will": "that" is left out.
        subject = Subject(role_of_phrase(parse, start, head), start, head + 1)
        return Link(subject, ClauseType.THAT, parse.last_main)
    if tags[start - 1] not in CLAUSE_OPENER:
        return None
    attachment = attachment_of(parse, start)
    subject = Subject(role_of_phrase(parse, start, head), start, head + 1)
    return Link(subject, *attachment)


def antecedent_of_relative(parse: Parse, at: int, start: int) -> NounPhrase | None:
    """Return the quotas of "quotas which are in force among the states will be lifted"."""
    tags = parse.sentence.tags
    if tags[at] != MODAL_WILL or not parse.found or tags[start - 1 : start] != PREPOSITION:
        return None
    last = parse.found[-1]
    which = last.start - 1
    if last.type is not ClauseType.SUBORDINATE or tags[which : which + 1] not in RELATIVE_OR_THAT:
        return None
    noun = which - 1 - (tags[which - 1 : which] == COMMA)
    return (
        noun_phrase_before(parse.sentence, noun)
        if noun >= 0 and tags[noun] in NOUN_OR_MEMBERS
        else None
    )


def opening_antecedent(parse: Parse, at: int, start: int) -> NounPhrase | None:
    """Return the members of "those members that border the lake will": the verb is theirs."""
    tags, words = parse.sentence.tags, parse.sentence.words
    auxiliary = tags[at] in MODAL_BE_HAVE
    if not (auxiliary or tags[at] == BASE_FORM):
        return None
    # Before the search, which reads the sentence from its beginning: verb by verb, it would be read
    # again and again.
    if any(one.type is not ClauseType.SUBORDINATE for one in parse.found):
        return None
    relative = _RELATIVE_OR_THAT.search(tags, 0, start)
    if relative is None:
        return None
    which = relative.start()
    opens = which > 0 and all(tag in NOUN_PHRASE for tag in tags[:which])
    those = which == 1 and tags[0] == DETERMINER  # "those who planned it must be tried"
    named = those or tags[which - 1] in NOUN_OR_MEMBERS
    if not opens or not named or COMMA in tags[which:at]:
        return None
    verb = which + 1 + (tags[which + 1] == ADVERB)
    # "that border the lake": a verb that the codebook does not know has no clause of its own.
    uncoded = (
        verb < start
        and tags[verb] == NOUN
        and may_be_verb(words[verb], parse.sentence.lexicon.inflection)
    )
    if not (uncoded or parse.found):
        return None
    plain = tags[at] == BASE_FORM and tags[which - 1] == MEMBERS and not is_noun(parse.sentence, at)
    return noun_phrase_before(parse.sentence, which - 1) if plain or auxiliary else None


def modified_noun_phrase(sentence: Sentence, start: int) -> NounPhrase | None:
    """Return the noun phrase that opens the clause and reaches over the one that starts here.

    "Work to protect the lakes will …": the lakes are what is to be protected. "The cable
    connecting our centres will …": the centres are what it connects.
    """
    tags = sentence.tags
    verb = start - 1
    if verb < 1:
        return None
    infinitive = tags[verb - 1] == TO and tags[verb] in INFINITIVE
    infinitive = infinitive and may_be_verb(sentence.words[verb], sentence.lexicon.inflection)
    participle = tags[verb] == GERUND and tags[start] == DETERMINER
    last = verb - 2 if infinitive else verb - 1
    if not (infinitive or participle) or last < 0 or tags[last] not in NOUN_OR_MEMBERS:
        return None
    phrase = noun_phrase_before(sentence, last)
    opens = phrase.start == 0 or tags[phrase.start - 1] == THAT
    return phrase if opens else None


def heads_a_list(parse: Parse, start: int) -> bool:
    """Return whether a list hangs on a noun of joint work: "cooperation with A, B and C will"."""
    tags = parse.sentence.tags
    if tags[start - 1 : start] not in COORDINATING or SEMICOLON in tags[:start]:
        return False
    head = first_head(parse.sentence)
    work = head >= 0 and role_of_phrase(parse, 0, head) is Role.WORK
    return work and tags[head + 1 : head + 2] == PREPOSITION


def first_head(sentence: Sentence) -> int:
    """Return the head of the noun phrase that opens the sentence."""
    tags = sentence.tags
    index = 0
    while (
        index < len(tags) and tags[index] in NOUN_PHRASE and may_join_noun_phrase(sentence, index)
    ):
        index += 1
    return index - 1
