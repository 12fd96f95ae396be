"""Clauses with will, shall, should and must."""

from sco_research.coding.commitments.agents import (
    addresses_organ,
    agent_of_passive,
    is_own_work,
    names_members,
)
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.lexicon import Level, WordClass
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import SPEAKERS, ClauseType, Predicate, Role, Sentence
from sco_research.coding.commitments.token_classes import PAST_FORM, PREPOSITION
from sco_research.coding.commitments.verdicts import (
    Verdict,
    binding_level,
    broad_verdict,
    class_of_verb,
    out_verdict,
    strict_verdict,
)

_NOTHING: tuple[WordClass, ...] = ()


def judge_future(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Verdict:
    """Judge a clause with "will" or "shall"."""
    words = sentence.words
    sets = sentence.lexicon.sets
    if role in SPEAKERS:
        return _judge_members_will(sentence, predicate, options)
    devoted = (
        predicate.verb == "be" and sentence.tags[predicate.end : predicate.end + 1] == PAST_FORM
    )
    if devoted and not predicate.passive:
        # "attention will be devoted": only of the members it is an adjective.
        verb = base_of(words[predicate.end], sentence.lexicon.inflection)
        predicate = predicate._replace(
            passive=True, verb=verb, verb_at=predicate.end, end=predicate.end + 1
        )
    if predicate.passive:
        return _judge_passive_future(sentence, predicate, role, options)
    if role is Role.ORGAN:
        if predicate.verb in sets["announcing"] or predicate.verb in sets["predicting"]:
            return out_verdict(predicate, act="assertive", why="R3: an event, not a task")
        if predicate.clause_type is ClauseType.THAT:
            return out_verdict(
                predicate, act="assertive", why="R3: a task that is noted, not laid on"
            )
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level=binding_level("high", sentence, predicate),
            rule="R3 task of an organ",
            word_class="actors.organs",
            end=predicate.end,
        )
    if predicate.verb == "remain" and not sentence.lexicon.sets["priority"].isdisjoint(
        words[predicate.end :][:5]
    ):
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="nouns.need",
            end=predicate.end,
        )
    if role is Role.PARTY and predicate.modal == "shall" and _is_body(sentence, predicate):
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level=binding_level("high", sentence, predicate),
            rule="R3 task of an organ",
            word_class="actors.organs",
            end=predicate.end,
        )
    if role is Role.SUBSET:
        return out_verdict(predicate, act="commissive", why="R1: only some of the members act")
    if role is Role.WORK:
        going_on = predicate.verb in sentence.lexicon.sets["joint_work_continuing"]
        if going_on and is_own_work(sentence, predicate):
            level: Level = "low" if predicate.verb in sets["continuing"] else "high"
            return strict_verdict(
                predicate,
                options,
                act="commissive",
                level=level,
                rule="R1 joint work goes on",
                word_class="actors.joint_work",
                end=predicate.end,
            )
        return out_verdict(
            predicate, act="assertive", why="R1: a prediction about the members' work"
        )
    return out_verdict(predicate, act="assertive", why="R1: 'will' has another subject")


def _is_body(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a body of the organization's own is meant: "the Common Market Group shall"."""
    sets = sentence.lexicon.sets
    words = sentence.words
    last = predicate.subject.end - 1
    return (
        words[last] in sets["bodies"]
        and sentence.raw[last][:1].isupper()
        and sentence.lexicon.foreign_words.isdisjoint(
            set(words[predicate.subject.start : last]) - sets["bodies"]
        )
    )


def _judge_members_will(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> Verdict:
    """Judge what the members will do (R2)."""
    sets = sentence.lexicon.sets
    verb = predicate.verb
    if verb in sets["announcing"] and _is_event(sentence, predicate.end):
        return out_verdict(predicate, act="assertive", why="R2: announces an event")
    if (
        predicate.passive
        and agent_of_passive(sentence, predicate) is None
        and not predicate.negated
        and verb != "guide"
    ):
        return out_verdict(predicate, act="assertive", why="R2: a prediction about the members")
    if verb in sets["predicting"] and not _is_undertaken(sentence, predicate):
        return out_verdict(predicate, act="assertive", why="R2: a prediction about the members")
    rule = "R2 negative undertaking" if predicate.negated else "R2 will or shall"
    level = binding_level("high", sentence, predicate)
    return strict_verdict(
        predicate,
        options,
        act="commissive",
        level=level,
        rule=rule,
        word_class="modals.will",
        end=predicate.end,
    )


def _is_event(sentence: Sentence, start: int) -> bool:
    """Return whether a verb after "will" announces an event."""
    sets = sentence.lexicon.sets
    words = sentence.words[start : start + 9]
    if sentence.words[start - 1] in sets["gathering"]:
        return not sets["event_signs"].isdisjoint(words[:3])
    return not sets["event_adjectives"].isdisjoint(words[:6]) and bool(
        (sets["events"] | {"anniversary"}) & set(words)
    )


def _is_undertaken(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb of prediction is done all the same: "will remain committed to"."""
    sets = sentence.lexicon.sets
    following = sentence.words[predicate.end : predicate.end + 4]
    if predicate.verb in sets["staying"]:
        return any(
            word_class.id == "will" or word in sets["engaged_or_open"]
            for word in following
            for word_class in sentence.lexicon.adjectives.get(word, _NOTHING)
        ) or not sets["engaged"].isdisjoint(following)
    return predicate.verb == "see" and following[:1] == ("to",)


def _judge_passive_future(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Verdict:
    """Judge what will be done, with the members as doers where nobody else is named."""
    sets = sentence.lexicon.sets
    words = sentence.words
    agent = agent_of_passive(sentence, predicate)
    if agent is Role.THING:
        agent = None  # "shall be met by annual contributions": a means, no doer
    word_class = class_of_verb(sentence, predicate, options)
    instructs = word_class is not None and word_class.reading == "instruction"
    if word_class and instructs and (role is Role.ORGAN or addresses_organ(sentence, predicate)):
        # "the Secretariat shall be tasked with …", "… shall be entrusted to the Secretariat"
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level="high",
            rule="R3 instruction",
            word_class=word_class.name,
            end=predicate.end,
        )
    if agent is Role.ORGAN:
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level="high",
            rule="R3 task of an organ",
            word_class="actors.organs",
            end=predicate.end,
        )
    if agent not in (None, Role.MEMBERS):
        return out_verdict(
            predicate, act="assertive", why="R1: the doer is named and is not the members"
        )
    verb = predicate.verb
    among = verb in sets["passives_among_members"] and names_members(
        sentence, predicate.subject.start, predicate.subject.end
    )
    member_matter = verb in sets["passives_among_members"]
    deed = not member_matter and verb not in sets["passives_of_effect"]
    known = among or deed or role is Role.WORK
    if not known and agent is None:
        return out_verdict(predicate, act="assertive", why="R2: announces an event or predicts")
    anew = not sets["indefinite_articles"].isdisjoint(
        words[predicate.subject.start : predicate.subject.end][:1]
    )
    named = set(words[predicate.subject.start : predicate.subject.end])
    ours = named.isdisjoint(sentence.lexicon.foreign_words | sets["not_ours"])
    instrument = ours and _subject_head(sentence, predicate) in sets["own_instruments"]
    if role is Role.SUBSET or (role is Role.PARTY and not anew and not instrument):
        return out_verdict(predicate, act="assertive", why="R1: 'will' has another subject")
    if verb in {"hold"} or (
        words[predicate.subject.end - 1 : predicate.subject.end]
        and (_subject_head(sentence, predicate) in sets["events"])
    ):
        return out_verdict(predicate, act="assertive", why="R2: announces an event")
    if verb == "open" and sets["jointly_opened"].isdisjoint(
        words[predicate.subject.start : predicate.subject.end]
    ):
        return out_verdict(predicate, act="assertive", why="R2: announces an event")
    if not is_own_work(sentence, predicate):
        return out_verdict(
            predicate, act="assertive", why="R1: the doer is named and is not the members"
        )
    level: Level = "low" if verb in sets["continuing"] or verb in sets["striving"] else "high"
    if "continue" in words[predicate.start : predicate.end]:
        level = "low"
    return strict_verdict(
        predicate,
        options,
        act="commissive",
        level=level,
        rule="R1 passive, members implied",
        word_class="modals.will",
        end=predicate.end,
    )


def _subject_head(sentence: Sentence, predicate: Predicate) -> str:
    """Return the head of the subject: the word before its first preposition."""
    words = sentence.words
    for index in range(predicate.subject.start, predicate.subject.end):
        if sentence.tags[index] == PREPOSITION:
            return words[index - 1]
    return words[predicate.subject.end - 1] if predicate.subject.end else ""


def judge_duty(
    sentence: Sentence, predicate: Predicate, role: Role, options: CommitmentOptions
) -> Verdict:
    """Judge a clause with "should", "must" or "ought"."""
    if role in SPEAKERS:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="modals.should",
            end=predicate.end,
            own=True,
        )
    agent = agent_of_passive(sentence, predicate) if predicate.passive else None
    if role in (Role.PARTY, Role.SUBSET, Role.ORGAN) and not predicate.passive:
        if role is Role.ORGAN and predicate.modal == "must":
            return strict_verdict(
                predicate,
                options,
                act="directive",
                level="high",
                rule="R3 task of an organ",
                word_class="actors.organs",
                end=predicate.end,
            )
        return out_verdict(predicate, act="directive", why="R5: a duty laid on others")
    if agent is Role.MEMBERS:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="modals.should",
            end=predicate.end,
            own=True,
        )
    # "Cooperation should rest on equality" says what it is like, not that it is to grow.
    if role is Role.WORK and predicate.verb in sentence.lexicon.sets["likeness"]:
        return out_verdict(predicate, act="assertive", why="R4: a principle, nothing is to be done")
    named = set(sentence.words[predicate.subject.start : predicate.subject.end])
    ours = role is Role.PARTY and not sentence.lexicon.own_names.isdisjoint(named)
    joint = (role is Role.THING or ours) and predicate.passive and agent is None
    work = role is Role.WORK or (joint and ("joint" in named or ours))
    if work and names_members(sentence, predicate.subject.start, predicate.subject.end):
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="modals.should",
            end=predicate.end,
            own=True,
        )
    return out_verdict(predicate, act="assertive", why="R4: a duty without the members as doers")
