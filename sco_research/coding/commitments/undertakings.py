"""Undertakings: the actions that a sentence undertakes, each with its whole object.

What is counted is the action: a finite verb, an infinitive, a gerund or a verbal noun with all that
belongs to it (object, purpose, means). A chain of verbs is one action, at its lowest verb; verbs
that share an object are one; what is coordinated with the action counts where it has an object of
its own (protocol, section 7).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sco_research.coding.commitments.action_words import (
    is_action_noun,
    is_infinitive,
    is_joined_verb,
    over_adverbs,
)
from sco_research.coding.commitments.chains import NO_FORMS, Form, Head, action_at, chain
from sco_research.coding.commitments.coordination import NOT_COUNTED, joined_actions
from sco_research.coding.commitments.sentence import ClauseType, Role, Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    ADVERBIAL,
    BARE_PHRASE,
    BEFORE_WHAT_IS_FOR,
    CLAUSE_BREAK,
    CLOSING,
    COLON,
    COMMA,
    CONJUNCTION,
    CONJUNCTION_THAT,
    DASH,
    DETERMINER,
    FINITE_SIGN,
    INFINITIVE,
    MEMBERS,
    NAMES_NOTHING,
    NOUN,
    NOUN_OR_MEMBERS,
    OBJECT_START,
    OPENS_CLAUSE,
    PAST_FORM,
    PREPOSITION,
    RELATIVE_OR_THAT,
    SEMICOLON,
    SUBORDINATOR,
    THAT,
    TO,
    TO_COMPLEMENT,
    TO_VERB_AND,
    TRAILING_SIGN,
)
from sco_research.coding.commitments.verb_groups import before_adverbs, is_attitude_verb
from sco_research.coding.commitments.verdicts import Verdict

# "and wells dug": right after a passive, which has no object, a noun has a passive of its own.
_GAPPED = re.compile(
    f"[{COMMA}{CONJUNCTION}]+([{DETERMINER}{NOUN}{ADVERB}]*{NOUN}{ADVERB}?{PAST_FORM})"
)
_FARTHEST_COMPLEMENT = 30
# Of these it is said what will happen to them: "the work will continue".
_GOES_ON = frozenset({Role.WORK, Role.THING})
# Classes of verbs after whose passive it is said what is to be done.
_TELLING = (
    "verbs.undertaking",
    "verbs.instruction",
    "verbs.request",
    "verbs.encouragement",
    "verbs.deeming",
)


class Undertaking(NamedTuple):
    """One action of a sentence.

    Attributes
    ----------
    verdict : Verdict
        Of the finite verb that undertakes it.
    start, end : int
        Its tokens: the action with its whole object, purpose and means.
    object_at : int
        The first token after its verbs.
    """

    verdict: Verdict
    start: int
    end: int
    object_at: int


def undertakings_of(
    sentence: Sentence, verdicts: tuple[Verdict, ...], lead: int = 0
) -> list[Undertaking]:
    """Return the actions that a sentence undertakes, in reading order.

    Parameters
    ----------
    sentence : Sentence
        Its tokens; those of the lead-in stand before an item of a list.
    verdicts : tuple of Verdict
        What its finite verbs amount to. A strict sentence holds its strict actions only.
    lead : int
        How many tokens are the lead-in's.

    Examples
    --------
    >>> from sco_research.coding.commitments.analysis import coded_sentences
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.text.document import Document
    >>> text = "The Parties will open schools and clinics and train nurses to serve in them."
    >>> (coded,) = coded_sentences(Document.from_text(text, id="n"), load_lexicon())
    >>> found = undertakings_of(coded.sentence, coded.verdicts, coded.lead)
    >>> [" ".join(coded.sentence.raw[one.start : one.end]) for one in found]
    ['open schools and clinics', 'train nurses to serve in them']
    """
    found: list[Undertaking] = []
    if _is_lead_in(sentence):
        return found
    for verdict, stop in _regions(sentence, verdicts, lead):
        for one in _actions(sentence, verdict, stop, verdicts, lead):
            if _names_no_action(sentence, one):
                continue
            if found and _has_the_same_object(sentence, found[-1], one):
                found[-1] = found[-1]._replace(end=one.end)
            else:
                found.append(one)
    return found


def _is_lead_in(sentence: Sentence) -> bool:
    """Return whether a sentence announces its items: what is undertaken stands in them."""
    return sentence.tags.rstrip(DASH)[-1:] == COLON


def _names_no_action(sentence: Sentence, one: Undertaking) -> bool:
    """Return whether nothing is named that is to be done: "We are committed to" before a list.

    Of "We support and encourage the opening of schools" the second verb has the object of both.
    """
    tags = sentence.tags[one.start : one.end]
    unfinished = tags[-1:] == TO and NOUN_OR_MEMBERS.isdisjoint(tags)
    return unfinished or NAMES_NOTHING.issuperset(tags)


# ---------------------------------------------------------------- which verbs, and how far each


def _regions(
    sentence: Sentence, verdicts: tuple[Verdict, ...], lead: int
) -> Iterator[tuple[Verdict, int]]:
    """Yield each verdict that counts, with the token where what hangs on it ends.

    A verb that shares the modal of the one before is found again among what is coordinated with
    it, and a clause after "that" belongs to the verb above it.
    """
    counted = "strict" if any(one.status == "strict" for one in verdicts) else "broad"
    total = len(sentence.tags)
    done = 0
    for number, verdict in enumerate(verdicts):
        if verdict.status != counted or verdict.predicate.start < done:
            continue
        within = verdict.predicate.clause_type is not ClauseType.MAIN
        stop = next(
            (
                _opening(later, verdict)
                for later in verdicts[number + 1 :]
                if (within or later.predicate.clause_type is ClauseType.MAIN)
                and not _may_be_joined(sentence, later)
                and _opening(later, verdict) >= verdict.predicate.end
                # Before what reads the clause from its beginning.
                and _follows_a_sign(sentence, _opening(later, verdict))
                and not _is_in_open_clause(sentence, verdict, later)
            ),
            total,
        )
        if stop <= lead:
            continue
        done = stop
        yield verdict, stop


def _opening(later: Verdict, verdict: Verdict) -> int:
    """Return where a later clause begins: with its subject, or with its verb if that is shared."""
    subject = later.predicate.subject
    own = subject.end > subject.start > verdict.predicate.verb_at
    return subject.start if own else later.predicate.start


def _follows_a_sign(sentence: Sentence, at: int) -> bool:
    """Return whether a clause is parted from what is before it: "ensure the port opens" is one.

    What follows "with" is none: "with the banks committed to stable prices".
    """
    before = before_adverbs(sentence, at - 1)
    if before >= 0 and sentence.words[before] == "with":
        return False
    return before < 0 or sentence.tags[before] in CLAUSE_BREAK


def _is_in_open_clause(sentence: Sentence, verdict: Verdict, later: Verdict) -> bool:
    """Return whether a lower clause still waits for a verb: "which, as the pact says, is".

    A subject of two nouns has its first before the clause that is found: "how trade and ports are".
    """
    tags, at = sentence.tags, later.predicate.start
    opening = max(tags.rfind(tag, verdict.predicate.end, at) for tag in RELATIVE_OR_THAT)
    if opening >= 0 and FINITE_SIGN.isdisjoint(tags[opening:at]):
        return not is_joined_verb(sentence, opening + 1, at)
    opening = tags.rfind(SUBORDINATOR, verdict.predicate.end, at)
    first = tags[opening + 1 : _opening(later, verdict)]
    joined = first[-1:] == CONJUNCTION and len(first) > 1
    return opening >= 0 and joined and BARE_PHRASE.issuperset(first[:-1])


def _may_be_joined(sentence: Sentence, verdict: Verdict) -> bool:
    """Return whether a verb may hang on an earlier one: "will plan and build".

    A verb of saying or of support speaks for itself ("are committed to plan, and support …")
    unless it has the modal of the one before, or a comma alone or "as well as" joins it.
    """
    predicate = verdict.predicate
    at = predicate.start
    if at != predicate.verb_at or sentence.tags[at] not in INFINITIVE:
        return False
    if predicate.subject.end > predicate.subject.start and predicate.subject.end == at:
        return False
    before = before_adverbs(sentence, at - 1)
    if predicate.modal or sentence.words[before] == "as well as" or sentence.tags[before] == COMMA:
        return True
    if sentence.tags[max(0, before - 2) : before + 1] in TO_VERB_AND:
        return True  # "efforts to promote and reinforce the work"
    if sentence.words[at] in sentence.lexicon.sets["deeds_of_saying"]:
        return sentence.tags[at + 1 : at + 2] != THAT  # "maintain the dykes", not "maintain that"
    plain = verdict.status == "out" and verdict.act == "assertive"
    return plain and not is_attitude_verb(sentence, at)


# ---------------------------------------------------------------- the actions of one verb


def _actions(
    sentence: Sentence,
    verdict: Verdict,
    stop: int,
    verdicts: tuple[Verdict, ...],
    lead: int,
) -> Iterator[Undertaking]:
    """Yield the actions that hang on one finite verb."""
    head = _first(sentence, verdict, stop, lead)
    barred = {
        one.predicate.verb_at
        for one in verdicts
        if one.status == "out" and not _may_be_joined(sentence, one)
    }
    if sentence.tags[head.start - 1 : head.start] == THAT:
        heads = [head, *_clauses_joined(sentence, head.start, stop)]
    elif verdict.predicate.passive and head.object_at == verdict.predicate.end:
        heads = [head, *_gapped(sentence, head.object_at, stop)]
    else:
        heads = [head, *joined_actions(sentence, head, stop, barred)] if head.forms else [head]
    if (
        len(heads) > 1
        and Form.NOMINAL in head.forms
        and _is_a_thing(sentence, head.start, heads[1].start)
    ):
        heads[:2] = [heads[1]._replace(start=head.start, cut=head.cut)]
    for number, one in enumerate(heads):
        end = heads[number + 1].cut if number + 1 < len(heads) else stop
        if one.object_at == NOT_COUNTED:
            continue
        end = _trimmed(sentence, one.start, end)
        if sentence.tags[one.start : end].strip(TO + DASH):  # "intend to –": the list is lost
            yield Undertaking(verdict, one.start, end, one.object_at)


def _clauses_joined(sentence: Sentence, start: int, stop: int) -> Iterator[Head]:
    """Yield each further clause of what is needed: "vital that wells be dug and that dykes be"."""
    for that in range(start + 1, stop - 1):
        if sentence.tags[that - 1 : that + 1] == CONJUNCTION_THAT:
            yield Head(that + 1, that + 1, NO_FORMS, that - 1)


def _gapped(sentence: Sentence, index: int, stop: int) -> Iterator[Head]:
    """Yield each further passive without its "will be": "nurses will be trained and wells dug"."""
    while match := _GAPPED.match(sentence.tags, index, stop):
        yield Head(match.start(1), match.end(), NO_FORMS, index)
        index = match.end()


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    """Return the end without comma, conjunction and adverbs that lead to what follows."""
    tags = sentence.tags
    while end > start + 1:
        before = end
        while before > start + 1 and (tags[before - 1] in ADVERBIAL or tags[before - 1] == TO):
            before -= 1
        if tags[before - 1] not in TRAILING_SIGN or tags[before - 1] == CLOSING:
            return end
        end = before - 1
    return end


def _first(sentence: Sentence, verdict: Verdict, stop: int, lead: int) -> Head:
    """Return the first action of a verb: what it does itself, or what stands after it."""
    predicate = verdict.predicate
    if predicate.end <= lead and lead:
        return action_at(sentence, lead, stop)
    if predicate.passive and verdict.end <= predicate.end and not _is_told(sentence, verdict, stop):
        subject = predicate.subject
        start = subject.start if subject.end > subject.start else predicate.start
        return Head(max(start, lead), predicate.end, NO_FORMS)
    if predicate.modal and predicate.subject.role in _GOES_ON:
        return Head(predicate.subject.start, predicate.end, NO_FORMS)
    if predicate.modal or _is_the_deed(sentence, verdict):
        return chain(sentence, predicate.verb_at, Form.BARE, stop, start=predicate.verb_at)
    directed = verdict.act == "directive"
    that = predicate.end if directed else verdict.end
    if (directed or predicate.verb == "be") and sentence.tags[that : that + 1] == THAT:
        # "ask that our ministers draft a plan", "it is our aim that every child can read"
        return Head(that + 1, that + 1, NO_FORMS)
    if verdict.end > predicate.end and sentence.tags[verdict.end - 1] == TO:
        return action_at(sentence, verdict.end, stop)  # "our aim is to open …"
    at = _complement(sentence, verdict.end, stop, addressed=directed)
    if at is None:
        return _whole(sentence, verdict, stop)
    return action_at(sentence, at + 1, stop)


def _is_told(sentence: Sentence, verdict: Verdict, stop: int) -> bool:
    """Return whether a passive tells what to do: "it is agreed to …", "is instructed to …"."""
    predicate, sets = verdict.predicate, sentence.lexicon.sets
    at = _complement(sentence, predicate.end, stop, addressed=False)
    if at is None or not any(predicate.verb in sets[name] for name in _TELLING):
        return False
    after = over_adverbs(sentence, at + 1, stop)
    return sentence.words[at] == "with" or is_infinitive(sentence, after, stop)


def _is_the_deed(sentence: Sentence, verdict: Verdict) -> bool:
    """Return whether a verb that opens its sentence is itself what is to be done."""
    predicate = verdict.predicate
    opens = (
        predicate.subject.role is Role.IMPLIED and predicate.subject.end == predicate.subject.start
    )
    first = predicate.verb_at <= 1 or sentence.tags[predicate.verb_at - 1] == DASH
    readings = {one.reading for _, one in sentence.lexicon.verbs.get(predicate.verb, ())}
    telling = {"undertaking", "instruction", "request"}
    return opens and first and readings.isdisjoint(telling)


def _whole(sentence: Sentence, verdict: Verdict, stop: int) -> Head:
    """Return a verb with its direct object; of a stance, what it is for."""
    predicate = verdict.predicate
    if verdict.status == "strict":
        return Head(predicate.verb_at, predicate.end, NO_FORMS)
    start = verdict.end
    while start < stop and sentence.tags[start] in BEFORE_WHAT_IS_FOR:
        start += 1
    if start >= stop:
        return Head(predicate.verb_at, predicate.end, NO_FORMS)
    return Head(start, start, NO_FORMS)


def _complement(sentence: Sentence, start: int, stop: int, *, addressed: bool) -> int | None:
    """Return the index of "to", "on" or "with" before what is undertaken; None where none is.

    Between it and the verb, or the noun or adjective of will, stand adverbs, insertions and whose
    will it is; after a verb of instruction whom it tells.
    """
    tags, words = sentence.tags, sentence.words
    limit = min(stop, start + _FARTHEST_COMPLEMENT)
    if start < limit and not addressed:
        near = over_adverbs(sentence, start, limit - 1)
        sets = sentence.lexicon.sets
        # "is our intention to open": the noun is what the members will.
        willed = words[near] in sets["reflexives"] or words[near] in sets["aims"]
        if tags[near] in OBJECT_START and not willed:
            return None
        if words[start] == "of" and not _is_owner(sentence, start + 1):
            return start
    noun: int | None = None
    for index in range(start, limit):
        tag = tags[index]
        if tag == TO:
            # "to: (a) open …": the items of a list within the sentence
            after = index + 1 + (tags[index + 1 : index + 2] == COLON)
            verb = is_infinitive(sentence, over_adverbs(sentence, after, stop), stop)
            if not addressed or verb:
                return index if noun is None or verb else noun
        elif tag in OPENS_CLAUSE or tag == SEMICOLON:
            break
        elif words[index] == "with" and addressed and noun is None:
            noun = index
        elif index == start and tag == PREPOSITION and not addressed:
            noun = (
                index
                if words[index] in sentence.lexicon.sets["before_what_is_undertaken"]
                else None
            )
        elif not addressed and tag not in TO_COMPLEMENT:
            break
    return noun


def _is_owner(sentence: Sentence, at: int) -> bool:
    """Return whether "of" names whose will it is: "the readiness of the member states to"."""
    tags, sets = sentence.tags, sentence.lexicon.sets
    while tags[at : at + 1] == DETERMINER:
        if sentence.words[at] in sets["possessives_of_members"]:
            return True
        at += 1
    return tags[at : at + 1] == MEMBERS


def _is_a_thing(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether words name something that is not done: "the Paris Agreement"."""
    sets = sentence.lexicon.sets
    words = range(start, end)
    if any(is_action_noun(sentence, at) for at in words):
        return False
    return any(
        sentence.raw[at][:1].isupper() or sentence.words[at] in sets["things"] for at in words
    )


def _has_the_same_object(sentence: Sentence, before: Undertaking, one: Undertaking) -> bool:
    """Return whether an action goes on with the object of the one before: "and submit it"."""
    if one.start <= before.start:
        return True  # "… will be designed and will be built": both begin with their subject
    tags = sentence.tags
    if (
        tags[before.end - 2 : before.end] == NOUN + PREPOSITION
        and tags[before.end : one.start] == CONJUNCTION
    ):
        return True  # "deepen our contacts with and promote visits by the nurses"
    following = sentence.words[one.object_at : one.object_at + 2]
    if following[:1] == ("so",):
        return sentence.words[one.object_at - 1] == "do"
    pronoun = not sentence.lexicon.sets["resumed"].isdisjoint(following[:1])
    return pronoun and following[1:] != ("with",)  # "provide them with a plan": its own object
