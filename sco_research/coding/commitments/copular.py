"""Clauses with "be": adjectives of will, need, openness and stance."""

from sco_research.coding.commitments.actions import object_is_action, takes_action
from sco_research.coding.commitments.agents import agent_of_passive
from sco_research.coding.commitments.commitment_nouns import (
    is_members_aim,
    noun_of_will,
    object_noun_class,
)
from sco_research.coding.commitments.directives import (
    is_dated,
    is_first_person,
    judge_passive_directive,
    points_back,
)
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.lexicon import Act, WordClass
from sco_research.coding.commitments.modals import judge_future
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import SPEAKERS, Predicate, Role, Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERBIAL,
    BE_PARTICIPLE,
    BEFORE_COMPLEMENT,
    MODIFIED_BY,
    PREMODIFIER,
    TO,
    TO_BE,
)
from sco_research.coding.commitments.verdicts import (
    Verdict,
    broad_verdict,
    class_of_verb,
    conviction_verdict,
    deeming_verdict,
    level_of_complement,
    needed_verdict,
    out_verdict,
    strict_verdict,
)


def _adjective_class(
    sentence: Sentence, predicate: Predicate, index: int, options: CommitmentOptions
) -> WordClass | None:
    """Return the class of a predicative adjective whose complement is there."""
    words = sentence.words
    word = words[index] if index < len(words) else ""
    classes = sentence.lexicon.adjectives.get(word, ())
    for word_class in classes:
        if "any" in word_class.takes or takes_action(sentence, index + 1, options, strict=True):
            return word_class
    return None


def judge_copula(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Verdict:
    """Judge a clause with "be" by its adjective or noun."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    index = predicate.end if predicate.verb == "be" else predicate.verb_at
    while index < len(tags) and tags[index] in BEFORE_COMPLEMENT:
        index += 1
    if index < len(words) and words[index] == "of":
        # "is of importance", "are of the view"
        index += 1
        while index < len(tags) and tags[index] in PREMODIFIER:
            index += 1
    if predicate.tense != "present":
        said: Act = "assertive"
        if predicate.tense == "past" and is_first_person(sentence, predicate):
            said = judge_copula(sentence, predicate._replace(tense="present"), role, options).act
        return out_verdict(predicate, act=said, why="R2: a report in the past tense")
    to_be = tags[index : index + 2] == TO_BE and role in (Role.THING, Role.WORK)
    if to_be or (tags[index : index + 1] == TO and role in {Role.ORGAN, *SPEAKERS}):
        return _judge_are_to(sentence, predicate, index + 1, role, options)
    word_class = _adjective_class(sentence, predicate, index, options)
    if role in SPEAKERS:
        return _judge_members_are(sentence, predicate, index, word_class, options)
    noun = words[index] if index < len(words) else ""
    if role in (Role.IT, Role.THING, Role.WORK):
        if is_members_aim(sentence, predicate, index, options):
            return strict_verdict(
                predicate,
                options,
                act="commissive",
                level="low",
                rule="R2 noun of will",
                word_class="nouns.will",
                end=index + 1,
            )
        if noun in sets["needed"]:
            return needed_verdict(sentence, predicate, options)
        if word_class is not None and word_class.reading == "need":
            return broad_verdict(
                sentence,
                predicate,
                options,
                act="assertive",
                reading="need",
                word_class=word_class.name,
                end=index + 1,
            )
        ranked = not sets["priority"].isdisjoint(words[index : index + 6])
        if noun in sets["importance"] or ranked:
            return broad_verdict(
                sentence,
                predicate,
                options,
                act="assertive",
                reading="need",
                word_class="nouns.need",
                end=index + 1,
            )
    if role in (Role.SUBSET, Role.PARTY) and word_class is not None:
        act: Act = "expressive" if word_class.act == "expressive" else "assertive"
        return out_verdict(predicate, act=act, why="R1: only some of the members, or others")
    if role is Role.THERE and "need" in words[index : index + 3]:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="nouns.need",
            end=index + 2,
        )
    return out_verdict(predicate, act="assertive", why="a bare statement")


def _judge_are_to(
    sentence: Sentence, predicate: Predicate, index: int, role: Role, options: CommitmentOptions
) -> Verdict:
    """Read "the ministers are to submit …" as "the ministers shall submit …"."""
    tags, words = sentence.tags, sentence.words
    while index < len(tags) and tags[index] in ADVERBIAL:
        index += 1
    passive = tags[index : index + 2] == BE_PARTICIPLE
    index += passive
    word = words[index] if index < len(words) else ""
    shall = predicate._replace(
        modal="shall",
        verb=base_of(word, sentence.lexicon.inflection) if passive else word,
        tense="modal",
        passive=passive,
        verb_at=index,
        end=index + 1,
    )
    return judge_future(sentence, shall, role, options)


def _judge_members_are(
    sentence: Sentence,
    predicate: Predicate,
    index: int,
    word_class: WordClass | None,
    options: CommitmentOptions,
) -> Verdict:
    """Judge what the members say that they are: ready, open, concerned."""
    words = sentence.words
    if word_class is None:
        if words[index : index + 1] == ("convinced",):
            return conviction_verdict(sentence, predicate, options)
        # "are firm in their resolve to"
        noun = noun_of_will(sentence, index, predicate.stop, options)
        if noun is not None and sentence.tags[noun - 1] in MODIFIED_BY:
            return strict_verdict(
                predicate,
                options,
                act="commissive",
                level="low",
                rule="R2 noun of will",
                word_class="nouns.will",
                end=noun + 1,
            )
        return out_verdict(predicate, act="assertive", why="a bare statement")
    if word_class.reading == "undertaking":
        return strict_verdict(
            predicate,
            options,
            act=word_class.act,
            level=word_class.level,
            rule="R2 adjective of will",
            word_class=word_class.name,
            end=index + 1,
        )
    if word_class.reading in {"support", "openness"}:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act=word_class.act,
            reading=word_class.reading,
            word_class=word_class.name,
            end=index + 1,
        )
    return out_verdict(
        predicate, act=word_class.act, why="R5: a stance", word_class=word_class.name
    )


def judge_passive(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Verdict:
    """Judge a passive without a modal."""
    adjective = _adjective_class(sentence, predicate, predicate.verb_at, options)
    called = (
        predicate.verb == "encourage" and sentence.tags[predicate.end : predicate.end + 1] == TO
    )
    if called and predicate.tense == "present" and role in {Role.ORGAN, *SPEAKERS}:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="directive",
            reading="encouragement",
            word_class="verbs.encouragement",
            end=predicate.end,
            own=True,
        )
    if role in SPEAKERS and adjective is not None and predicate.tense == "present":
        return judge_copula(sentence, predicate, role, options)
    word_class = class_of_verb(sentence, predicate, options)
    if predicate.tense != "present":
        if (
            word_class is not None
            and word_class.reading == "instruction"
            and predicate.tense == "past"
        ):
            return judge_passive_directive(
                sentence, predicate, role, word_class, options, past=True
            )
        act = _act_of_report(sentence, predicate, role, word_class, options)
        return out_verdict(predicate, act=act, why="R2: a report in the past tense")
    if word_class is not None and word_class.reading == "need-if-adjective":
        if role is Role.IT:
            return deeming_verdict(sentence, predicate, word_class, options)
    elif word_class is not None:
        meant = role is Role.THING and word_class.id == "intent"  # "this is intended to show"
        agreed = word_class.reading == "undertaking" and role in (Role.IT, Role.THING)
        agreed = agreed and not meant
        if agreed and takes_action(sentence, predicate.end, options):
            level = level_of_complement(word_class.level, sentence, predicate)
            return strict_verdict(
                predicate,
                options,
                act="commissive",
                level=level,
                rule="R1 passive, members implied",
                word_class=word_class.name,
                end=predicate.end,
            )
        if word_class.reading in {"instruction", "request"}:
            return judge_passive_directive(
                sentence, predicate, role, word_class, options, past=False
            )
    if word_class is not None and word_class.reading == "support":
        subject = predicate.subject
        action = object_is_action(sentence, subject.start, subject.end)
        if action and agent_of_passive(sentence, predicate) is Role.MEMBERS:
            return broad_verdict(
                sentence,
                predicate,
                options,
                act=word_class.act,
                reading="support",
                word_class=word_class.name,
                end=predicate.end,
                own=True,
            )
    if predicate.verb in sentence.lexicon.sets["verbs.requirement"]:
        return needed_verdict(sentence, predicate, options)
    if predicate.verb == "convince" and role in SPEAKERS:
        return conviction_verdict(sentence, predicate, options)
    return out_verdict(
        predicate, act=_act_of_passive(sentence, predicate, role, options), why="a bare statement"
    )


def _act_of_passive(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Act:
    """Return the act of "sanctions are rejected", "all are called upon", "concern was voiced".

    Nobody else is named, so it is the members who reject and call.
    """
    word_class = class_of_verb(sentence, predicate, options)
    if word_class is None or role in SPEAKERS or agent_of_passive(sentence, predicate) is not None:
        return "assertive"
    noun = object_noun_class(sentence, predicate.subject.start, predicate.subject.end)
    act = noun[0].act if noun is not None and word_class.id == "saying" else word_class.act
    return act if act in {"expressive", "directive"} else "assertive"


def _act_of_report(
    sentence: Sentence,
    predicate: Predicate,
    role: Role,
    word_class: WordClass | None,
    options: CommitmentOptions,
) -> Act:
    """Return the act of "it was decided to …": that of its present, if done by this text."""
    words = sentence.words
    performed = word_class is not None and word_class.act in {"commissive", "expressive"}
    if word_class is not None and word_class.id == "saying":
        return _act_of_passive(sentence, predicate, role, options)
    if word_class is None or not performed or role not in (Role.IT, Role.THING):
        return "assertive"
    index = sentence.tags.find(TO, predicate.end, predicate.stop) + 1
    event = words[index] in sentence.lexicon.sets["announcing"] and "next" in words[index:]
    earlier = points_back(sentence, predicate) or is_dated(sentence, predicate)
    if earlier or event or agent_of_passive(sentence, predicate) is not None:
        return "assertive"
    return word_class.act
