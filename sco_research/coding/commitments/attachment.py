"""Attachment: where a clause stands, in the main line or below another, and what governs it.

It is told by the token before its subject: after "which", "if" or a participle it is subordinate;
after "that", or where a "that" is open, it is a clause of content of the verb above.
"""

from typing import NamedTuple

from sco_research.coding.commitments.noun_phrases import Parse, noun_phrase_before, opening_bracket
from sco_research.coding.commitments.sentence import Clause, ClauseType, Role, Subject
from sco_research.coding.commitments.token_classes import (
    CLOSING,
    COMMA,
    COMMA_CONJUNCTION,
    CONJUNCTION,
    CONJUNCTION_DETERMINER,
    COORDINATING,
    ENDS_ADJUNCT,
    GERUND,
    MODAL_WILL,
    NOUN_OR_MEMBERS,
    NOUN_OR_THIRD_PERSON,
    PERSONAL_PRONOUN,
    PREPOSITION,
    SEMICOLON,
    SPEAKER,
    START,
    SUBORDINATING,
    THAT,
)
from sco_research.coding.commitments.verb_groups import before_adverbs

_MIN_CLAUSE = 4


class Attachment(NamedTuple):
    """Where a clause stands, and the number of the clause that governs it, else -1."""

    type: ClauseType
    governor: int = -1


_MAIN = Attachment(ClauseType.MAIN)
_SUBORDINATE = Attachment(ClauseType.SUBORDINATE)


class Link(NamedTuple):
    """A subject with the attachment of its clause."""

    subject: Subject
    type: ClauseType
    governor: int = -1


def attachment_of(parse: Parse, start: int) -> Attachment:
    """Return which type of clause a subject opens, by the token before it."""
    tags = parse.sentence.tags
    before = before_adverbs(parse.sentence, start - 1)
    tag = tags[before] if before >= 0 else START
    if tag in NOUN_OR_THIRD_PERSON and _is_contact_clause(parse, start):
        return _SUBORDINATE
    if tag == CLOSING:
        before = opening_bracket(parse.sentence, before) - 1
        tag = tags[before] if before >= 0 else START
    if tag in SUBORDINATING or (tag == PREPOSITION and parse.sentence.words[before] == "as"):
        return _SUBORDINATE
    if tag == THAT:
        return type_after_that(parse, before, start)
    that = open_that(parse, before)
    if that is not None:
        return type_after_that(parse, that, start)
    if tag in COORDINATING and parse.found and parse.found[-1].type is not ClauseType.MAIN:
        last = parse.found[-1]
        # "that A will …, and B will …": still inside, unless a semicolon came between, or the
        # speakers begin anew: "recognize that A is B, and we will …".
        anew = (
            tags[start] in PERSONAL_PRONOUN
            and last.governor >= 0
            and tags[start] == tags[max(parse.found[last.governor].subject.start, 0)]
            and not last.subject.pronoun
        )
        if (
            last.type is ClauseType.THAT
            and tag == CONJUNCTION
            and not (anew or _undertakes_beside(parse, last, before, start))
        ):
            return Attachment(ClauseType.THAT, last.governor)
    if tag == COMMA and before > 0:
        return _type_after_comma(parse, before, start)
    return _MAIN


def _is_contact_clause(parse: Parse, start: int) -> bool:
    """Return whether "which" is left out before a pronoun: "recall the weight we attach to"."""
    if not parse.found or parse.sentence.tags[start] not in PERSONAL_PRONOUN:
        return False
    tags, verb_end = parse.sentence.tags, parse.found[-1].verb.end
    noun = noun_phrase_before(parse.sentence, start - 1)
    joined = tags[noun.start - 1 : noun.start + 1] == CONJUNCTION_DETERMINER
    return noun.start == verb_end or (joined and noun.start > verb_end)


def _undertakes_beside(parse: Parse, last: Clause, before: int, start: int) -> bool:
    """Return whether the members undertake after what "is important": "…, and we shall work"."""
    tags = parse.sentence.tags
    impersonal = last.governor >= 0 and parse.found[last.governor].subject.role is Role.IT
    speaks = not SPEAKER.isdisjoint(tags[start : start + 2])
    speaks = speaks and MODAL_WILL in tags[start + 1 : start + 4]
    return impersonal and speaks and tags[before - 1 : before + 1] == COMMA_CONJUNCTION


def open_that(parse: Parse, before: int) -> int | None:
    """Return a "that" whose clause has no verb yet: "that calm and order should …"."""
    tags = parse.sentence.tags
    lower = parse.found[-1].verb.end if parse.found else 0
    that = tags.rfind(THAT, lower, before + 1)
    if that < 0 or SEMICOLON in tags[that : before + 1]:
        return None
    relative = not parse.found and tags[that - 1 : that] in NOUN_OR_MEMBERS
    if relative and tags[before] == COMMA and tags[that + 1] != COMMA and before - that > 1:
        return None  # "in view of the dangers that floods pose, the Parties will"
    if relative and COMMA_CONJUNCTION in tags[that : before + 1]:
        return None  # "the food that our citizens eat, and we …"
    return that


def _type_after_comma(parse: Parse, comma: int, start: int) -> Attachment:
    """Return the attachment after a comma that may end an adjunct: "that, in brief, the"."""
    tags = parse.sentence.tags
    for index in range(comma - 1, max(-1, comma - 12), -1):
        if tags[index] == COMMA:
            before = tags[index - 1 : index]
            return type_after_that(parse, index - 1, start) if before == THAT else _MAIN
        if tags[index] in ENDS_ADJUNCT:
            break
    return _MAIN


def type_after_that(parse: Parse, that: int, start: int) -> Attachment:
    """Return what governs a clause after "that": a finite verb, or else a participle or noun."""
    tags = parse.sentence.tags
    if parse.sentence.words[that - 1 : that] == ("so",) or that == 0:
        return _SUBORDINATE
    if not parse.found and tags[start - 1] == COMMA and start - that >= _MIN_CLAUSE:
        return _MAIN  # "Convinced that trade helps, we …"
    for index in range(that - 1, max(-1, that - 14), -1):
        if tags[index] == GERUND:
            # "Noting that calm prevails, the Parties …": a comma ends the participle.
            over = tags[start - 1 : start] == COMMA and start - that > _MIN_CLAUSE
            return _MAIN if over else _SUBORDINATE
        if parse.found and index < parse.found[-1].verb.end:
            governor = parse.last_main
            return Attachment(ClauseType.THAT, governor) if governor >= 0 else _SUBORDINATE
    if parse.found and parse.found[-1].type is ClauseType.MAIN:
        return Attachment(ClauseType.THAT, parse.last_main)
    return _SUBORDINATE
