"""What a row of re-reading may turn a finite verb into: its present, an adjective, "shall"."""

from dataclasses import replace

from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.sentence import Predicate
from sco_research.coding.commitments.token_classes import ADVERBIAL, BE_PARTICIPLE, PAST_FORM

_CALL = "request"  # the verb of a noun of calling that is no verb itself


def in_present(case: Case) -> Case:
    """Return a verb as its present: the past of this meeting."""
    return replace(case, tense="present")


def as_adjective(case: Case) -> Case:
    """Return a participle as an adjective after "be": "are committed to"."""
    return replace(case, voice="copula")


def as_members(case: Case) -> Case:
    """Return a meeting that speaks in its own document as the members."""
    return replace(case, role="members")


def as_shall(case: Case) -> Case:
    """Return "the ministers are to submit …" as "the ministers shall submit …"."""
    tags, words = case.sentence.tags, case.sentence.words
    index = case.complement_at + 1
    while index < len(tags) and tags[index] in ADVERBIAL:
        index += 1
    if index >= len(tags):  # "The ministers are to": a sentence that was cut off says no more
        return case
    passive = tags[index : index + 2] == BE_PARTICIPLE
    index += passive
    word = words[index]
    base = base_of(word, case.sentence.lexicon.inflection) if passive else word
    shall = case.predicate._replace(
        modal="shall", verb=base, tense="modal", passive=passive, verb_at=index, end=index + 1
    )
    return _changed(case, shall)


def as_duty(case: Case) -> Case:
    """Return "the dykes need to be raised" as "the dykes should be raised"."""
    tags, words = case.sentence.tags, case.sentence.words
    index = case.predicate.end + 2
    while index < len(tags) and tags[index] in ADVERBIAL:
        index += 1
    if tags[index : index + 1] != PAST_FORM:
        return case
    base = base_of(words[index], case.sentence.lexicon.inflection)
    should = case.predicate._replace(
        modal="should", verb=base, tense="modal", passive=True, verb_at=index, end=index + 1
    )
    return _changed(case, should)


def as_passive(case: Case) -> Case:
    """Return "attention will be devoted" as a passive: only of the members it is an adjective."""
    end = case.predicate.end
    verb = base_of(case.sentence.words[end], case.sentence.lexicon.inflection)
    passive = case.predicate._replace(passive=True, verb=verb, verb_at=end, end=end + 1)
    return _changed(case, passive)


def as_agreed_now(case: Case) -> Case:
    """Return "it was agreed that … would" as "it is agreed that … will"."""
    modal = "will" if case.predicate.modal == "would" else case.predicate.modal
    above = case.governor._replace(tense="present") if case.governor else None
    read = Case.of(case.sentence, case.predicate._replace(modal=modal), above, case.options)
    read.role = case.role
    return read


def as_said(case: Case) -> Case:
    """Return "we wish to thank the hosts" as "we thank the hosts"."""
    at = case.said_at
    verb = case.sentence.words[at]
    said = case.predicate._replace(modal="", tense="present", verb=verb, verb_at=at, end=at + 1)
    read = _changed(case, said)
    read.tense = "present"
    return read


def as_call(case: Case) -> Case:
    """Return "we reiterate our call on the donors" as "we call on the donors"."""
    if case.noun_class is None:
        return case
    at = case.noun_class[1]
    verb = case.sentence.lexicon.forms.get(case.sentence.words[at], (_CALL, ""))[0]
    return _changed(case, case.predicate._replace(verb=verb, verb_at=at, end=at + 1))


def _changed(case: Case, predicate: Predicate) -> Case:
    read = Case.of(case.sentence, predicate, case.governor, case.options)
    read.role = case.role
    return read


READINGS = {
    "the present": in_present,
    "an adjective": as_adjective,
    "the members": as_members,
    "shall": as_shall,
    "a duty": as_duty,
    "a passive": as_passive,
    "its call": as_call,
    "what is said": as_said,
    "agreed now": as_agreed_now,
}
"""What a row of re-reading may turn a verb into."""
