"""The rules R1 to R6: what a clause undertakes, instructs, supports or merely says.

Each finite verb of a sentence is judged once and by name: the rule, the class of words and the
words themselves go into the verdict, so that every result can be explained.
"""

from sco_research.coding.commitments.actions import takes_action
from sco_research.coding.commitments.agents import addresses_organ, agent_of_passive, is_own_work
from sco_research.coding.commitments.commitment_nouns import object_noun_class
from sco_research.coding.commitments.copular import judge_copula, judge_passive
from sco_research.coding.commitments.directives import (
    is_dated,
    is_first_person,
    judge_directive,
    points_back,
)
from sco_research.coding.commitments.lexicon import Act, WordClass
from sco_research.coding.commitments.modals import judge_duty, judge_future
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import (
    SPEAKERS,
    ClauseType,
    Predicate,
    Role,
    Sentence,
    Subject,
)
from sco_research.coding.commitments.token_classes import COLON, PREPOSITION, TO, TO_BE
from sco_research.coding.commitments.verdicts import (
    Verdict,
    broad_verdict,
    class_of_verb,
    complement_noun_verdict,
    continuing_verdict,
    deeming_verdict,
    fragment_verdicts,
    level_of_complement,
    out_verdict,
    strict_verdict,
)

# Of whom a body may decide that it shall do something; other states it can only call upon.
_SETTLED = frozenset({Role.THING, Role.ORGAN, Role.WORK})


def judge_sentence(
    sentence: Sentence, predicates: list[Predicate], options: CommitmentOptions
) -> list[Verdict]:
    """Return a verdict for every finite verb that is not subordinate."""
    if options.without:
        predicates = [_ablated(predicate, options) for predicate in predicates]
    return [
        judge(sentence, predicates, predicate, options)
        for predicate in predicates
        if predicate.clause_type is not ClauseType.SUBORDINATE
    ]


def _ablated(predicate: Predicate, options: CommitmentOptions) -> Predicate:
    """Return a verb as it looks without one of the grammar's distinctions."""
    without = options.without
    if "subordination" in without:
        predicate = predicate._replace(clause_type=ClauseType.MAIN)
    if "tense" in without and predicate.tense in {"past", "perfect"}:
        predicate = predicate._replace(tense="present")
    if "subjects" in without:
        predicate = predicate._replace(subject=predicate.subject._replace(role=Role.MEMBERS))
    return predicate


def judge(
    sentence: Sentence,
    all_of_them: list[Predicate],
    predicate: Predicate,
    options: CommitmentOptions,
) -> Verdict:
    """Judge one finite verb by its clause, its modal and its subject."""
    if predicate.clause_type is ClauseType.THAT:
        governor = all_of_them[predicate.governor]
        reported = _judge_after_that(sentence, governor, predicate, options)
        if reported is not None:
            return reported
    sets = sentence.lexicon.sets
    role = predicate.subject.role
    if predicate.modal in sets["modals_of_will"]:
        return judge_future(sentence, predicate, role, options)
    if predicate.modal == "have to" or predicate.modal in sets["modals_of_duty"]:
        return judge_duty(sentence, predicate, role, options)
    if predicate.modal:
        return out_verdict(predicate, act="assertive", why="no undertaking: a possibility")
    if predicate.passive:
        return judge_passive(sentence, predicate, role, options)
    if predicate.verb == "be":
        return judge_copula(sentence, predicate, role, options)
    if role in SPEAKERS or _is_issuing_body(sentence, predicate, options):
        return _judge_active(sentence, predicate, options)
    if role in (Role.SUBSET, Role.PARTY):
        word_class = class_of_verb(sentence, predicate, options)
        noun = object_noun_class(sentence, predicate.end, predicate.stop) if word_class else None
        acts = {word_class.act if word_class else "", noun[0].act if noun else ""}
        act: Act = "expressive" if "expressive" in acts else "assertive"
        if role is Role.SUBSET and "commissive" in acts and predicate.tense == "present":
            act = "commissive"
        return out_verdict(predicate, act=act, why="R1: only some of the members, or others, act")
    ranked = predicate.verb == "remain" and not sets["priority"].isdisjoint(
        sentence.words[predicate.end : predicate.end + 5]
    )
    if role in (Role.THING, Role.WORK) and ranked:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="nouns.need",
            end=predicate.end,
        )
    if (
        role is Role.WORK
        and predicate.verb == "need"
        and sentence.tags[predicate.end :][:2] == TO_BE
    ):
        # "action needs to be taken": the members' own, where no other doer is named
        own = is_own_work(sentence, predicate) and agent_of_passive(sentence, predicate) is None
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="verbs.requirement",
            end=predicate.end,
            own=own,
        )
    if role in (Role.THING, Role.WORK) and predicate.verb in sets["verbs.requirement"]:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="verbs.requirement",
            end=predicate.end,
        )
    return out_verdict(
        predicate, act="assertive", why="R1: the subject is not the members together"
    )


def _judge_after_that(
    sentence: Sentence, governor: Predicate, predicate: Predicate, options: CommitmentOptions
) -> Verdict | None:
    """Judge a clause after "that" by its governor; None where it counts as a main clause does."""
    sets = sentence.lexicon.sets
    agreed = governor.passive and governor.subject.role is Role.IT
    if (governor.subject.role not in SPEAKERS and not agreed) or governor.tense != "present":
        return out_verdict(predicate, act="assertive", why="R1: reported, or said by others")
    if predicate.modal not in sets["modals_of_will"]:
        return None
    decided = governor.verb in sets["settling"] and not governor.negated
    if decided and (predicate.subject.role in _SETTLED or predicate.verb == "be"):
        return strict_verdict(
            predicate,
            options,
            act="commissive",
            level="high",
            rule="R2 verb of undertaking",
            word_class="verbs.undertaking",
            end=predicate.end,
        )
    if governor.verb not in sets["affirming"]:
        return out_verdict(predicate, act="assertive", why="R2: a belief about the future")
    return None


def _judge_active(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> Verdict:
    """Judge an active verb of the members by its class."""
    sets = sentence.lexicon.sets
    opens = predicate.verb in sets["opening"] and _opens_the_text(sentence, predicate)
    if sentence.tags[predicate.end :] == COLON and predicate.tense == "present" and not opens:
        # "We decide:": what is decided stands in the items.
        for _, opening in sentence.lexicon.verbs.get(predicate.verb, ())[:1]:
            why = "list: the lead-in says nothing without its items"
            return out_verdict(predicate, act=opening.act, why=why, word_class=opening.name)
    word_class = class_of_verb(sentence, predicate, options)
    if word_class is None:
        return out_verdict(predicate, act="assertive", why="a bare statement")
    if opens:
        return out_verdict(predicate, act="declarative", why="the performative opening")
    if predicate.tense in {"past", "perfect"}:
        return _judge_past(sentence, predicate, word_class, options)
    if predicate.progressive and predicate.verb in sets["efforts"]:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="commissive",
            reading="effort under way",
            word_class=word_class.name,
            end=predicate.end,
            own=True,
        )
    if predicate.negated:
        return out_verdict(
            predicate,
            act=word_class.act,
            why="R2: nothing is to be done",
            word_class=word_class.name,
        )
    if word_class.reading == "undertaking":
        return _judge_undertaking(sentence, predicate, word_class, options)
    if word_class.reading in {"instruction", "request"}:
        return judge_directive(sentence, predicate, word_class, options)
    return (
        complement_noun_verdict(sentence, predicate, word_class, options)
        or _judge_opening_verb(sentence, predicate, word_class, options)
        or _judge_statement(sentence, predicate, word_class, options)
    )


def _is_issuing_body(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> bool:
    """Return whether a meeting speaks in its own document: "the ministers confirm …"."""
    if predicate.subject.role in SPEAKERS or not is_meeting(sentence, predicate.subject):
        return False
    word_class = class_of_verb(sentence, predicate, options)
    return word_class is not None and word_class.id not in {"conduct", "sharing"}


def is_meeting(sentence: Sentence, subject: Subject) -> bool:
    """Return whether a subject is a meeting that speaks: "the ministers", "the Meeting"."""
    words = sentence.words[subject.start : subject.end]
    ministers = subject.role is Role.ORGAN and any(word.endswith("ministers") for word in words)
    opens = subject.start == 0 and len(words) == 2 and words[0] == "the"
    named = opens and words[1] in sentence.lexicon.sets["meetings"]
    return ministers or (named and sentence.raw[1][:1].isupper())


def _judge_undertaking(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict:
    """Judge a verb of undertaking (R2)."""
    level = word_class.level
    if level == "high":
        level = level_of_complement(level, sentence, predicate)
    rule = "R2 verb of undertaking"
    return strict_verdict(
        predicate,
        options,
        act=word_class.act,
        level=level,
        rule=rule,
        word_class=word_class.name,
        end=predicate.end,
    )


def _judge_opening_verb(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict | None:
    """Judge a verb that opens its sentence: an operative fragment whose lead-in is lost."""
    if predicate.start or predicate.subject.role is not Role.IMPLIED:
        return None
    if word_class.id == "conduct" or predicate.verb == "promote":
        return next(iter(fragment_verdicts(sentence, options)), None)
    if word_class.reading == "support":
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="expressive",
            reading="lost lead-in",
            word_class=word_class.name,
            end=predicate.end,
            own=True,
        )
    return None


def _judge_statement(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict:
    """Judge a verb that undertakes nothing by what it states."""
    reading = word_class.reading
    if predicate.verb == "continue" and sentence.tags[predicate.end : predicate.end + 1] == TO:
        return continuing_verdict(sentence, predicate, options)
    if reading == "need-if-adjective":
        return deeming_verdict(sentence, predicate, word_class, options)
    if reading in {"support", "encouragement", "need"}:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act=word_class.act,
            reading=reading,
            word_class=word_class.name,
            end=predicate.end,
        )
    act = _expressive_adjunct(sentence, predicate) or word_class.act
    return out_verdict(
        predicate, act=act, why="no undertaking in the verb", word_class=word_class.name
    )


def _expressive_adjunct(sentence: Sentence, predicate: Predicate) -> Act | None:
    """Return the act of "note with satisfaction": how it is noted is what is said."""
    words = sentence.words
    index = next(
        (
            at
            for at in range(predicate.end, min(predicate.end + 3, predicate.stop))
            if sentence.tags[at] == PREPOSITION
        ),
        predicate.stop,
    )
    if words[index : index + 1] != ("with",):
        return None
    nouns = map(sentence.lexicon.nouns.get, words[index + 1 : index + 3])
    return next((noun.act for noun in nouns if noun and noun.id == "feeling"), None)


def _opens_the_text(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb only opens the document: "adopt this declaration"."""
    sets = sentence.lexicon.sets
    rest = sentence.words[predicate.end : predicate.end + 8]
    if not sets["announcing_what_follows"].isdisjoint(rest[:4]):
        return True
    if predicate.verb in sets["issuing"] and not sets["this_or_the"].isdisjoint(rest[:1]):
        this = "present" in rest[1:2] or rest[0] == "this"
        return this and not sets["documents"].isdisjoint(rest[1:6])
    return predicate.verb in sets["declaring"] and (
        not rest or (rest[0] in {COLON, "that"} and predicate.verb == "declare" and len(rest) < 3)
    )


def _reread_in_present(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> Verdict:
    """Judge "we reaffirmed our commitment to …" by its present: a strict one counts broad."""
    now = _judge_active(sentence, predicate._replace(tense="present"), options)
    if now.status != "strict":
        return out_verdict(
            predicate, act=now.act, why="R2: a report in the past tense", word_class=now.word_class
        )
    return broad_verdict(
        sentence,
        predicate,
        options,
        act=now.act,
        reading="undertaken here",
        word_class=now.word_class,
        end=now.end,
        own=True,
    )


def _is_performative(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> bool:
    """Return whether a past form undertakes here and now: "we agreed to open", "have agreed to".

    The members who say "we" undertake by these words what the present would undertake; told of
    them by another, in the simple past, it is a report.
    """
    if predicate.negated or (
        predicate.tense == "past" and not is_first_person(sentence, predicate)
    ):
        return False
    undertakes = word_class.reading == "undertaking"
    return undertakes and takes_action(sentence, predicate.end, options, reflexive=True)


def _judge_past(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict:
    """Judge a verb in the past tense or the perfect."""
    if word_class.reading == "instruction" or (
        word_class.reading == "request" and addresses_organ(sentence, predicate)
    ):
        if points_back(sentence, predicate):
            return out_verdict(
                predicate,
                act="assertive",
                why="R3: an instruction given earlier",
                word_class=word_class.name,
            )
        return judge_directive(sentence, predicate, word_class, options)
    saying = word_class.id != "conduct" and predicate.verb != "maintain"
    noun = complement_noun_verdict(sentence, predicate, word_class, options) if saying else None
    act = noun.act if noun is not None else word_class.act
    if points_back(sentence, predicate) or is_dated(sentence, predicate):
        act = "assertive"
    elif _is_performative(sentence, predicate, word_class, options):
        return broad_verdict(
            sentence,
            predicate,
            options,
            act=act,
            reading="undertaken here",
            word_class=word_class.name,
            end=predicate.end,
            own=True,
        )
    elif predicate.tense == "past" and is_first_person(sentence, predicate) and saying:
        return _reread_in_present(sentence, predicate, options)
    elif options.past and (
        word_class.reading != "none" or (noun is not None and noun.status != "out")
    ):
        return broad_verdict(
            sentence,
            predicate,
            options,
            act=act,
            reading="past tense",
            word_class=word_class.name,
            end=predicate.end,
            own=True,
        )
    if word_class.id == "saying":
        act = _expressive_adjunct(sentence, predicate) or act
    return out_verdict(
        predicate, act=act, why="R2: a report in the past tense", word_class=word_class.name
    )
