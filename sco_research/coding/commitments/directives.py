"""Instructions (R3) and calls (R5), in the active and the passive."""

from sco_research.coding.commitments.agents import addressee_role, addresses_own_organ
from sco_research.coding.commitments.lexicon import Act, WordClass
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import Predicate, Role, Sentence
from sco_research.coding.commitments.token_classes import (
    ENDS_ADVERBIALS,
    ENDS_VERB_PHRASE,
    FINITE_OR_WILL,
    NOUN,
    WE,
)
from sco_research.coding.commitments.verdicts import (
    Verdict,
    level_of_complement,
    out_verdict,
    strict_verdict,
)


def judge_directive(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict:
    """Judge an instruction or a call by whom it tells to act (R3, R5)."""
    words = sentence.words
    role = addressee_role(sentence, predicate)
    if role is Role.ORGAN and addresses_own_organ(sentence, predicate):
        level = level_of_complement("high", sentence, predicate)
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level=level,
            rule="R3 instruction",
            word_class=word_class.name,
            end=predicate.end,
        )
    # Whom "we task them" means stands in a sentence before; nobody tasks an outsider.
    governments = "governments" in words[predicate.end : predicate.end + 3]
    them = governments or not sentence.lexicon.sets["object_pronouns"].isdisjoint(
        words[predicate.end : predicate.end + 1]
    )
    if (them or role is Role.IMPLIED) and word_class.reading == "instruction":
        level = level_of_complement("high", sentence, predicate)
        return strict_verdict(
            predicate,
            options,
            act="directive",
            level=level,
            rule="R3 instruction",
            word_class=word_class.name,
            end=predicate.end,
        )
    if role is Role.MEMBERS and predicate.tense == "present":
        return Verdict(
            act="directive",
            status="broad",
            binding="low",
            rule="broad: a call on the members themselves",
            word_class=word_class.name,
            why="R5: a call is no undertaking",
            predicate=predicate,
            start=predicate.start,
            end=predicate.end,
        )
    if word_class.reading == "instruction" and role is Role.THING and predicate.tense == "present":
        return out_verdict(
            predicate, act="assertive", why="R3: nobody is told", word_class=word_class.name
        )
    return out_verdict(
        predicate, act="directive", why="R5: a call on others", word_class=word_class.name
    )


def judge_passive_directive(
    sentence: Sentence,
    predicate: Predicate,
    role: Role,
    word_class: WordClass,
    options: CommitmentOptions,
    *,
    past: bool,
) -> Verdict:
    """Judge an instruction in the passive by its subject (R3)."""
    words = sentence.words[predicate.subject.start : predicate.subject.end]
    governments = word_class.reading == "instruction" and words[-1:] == ("governments",)
    named = not sentence.lexicon.own_names.isdisjoint(words)  # "the SCO University"
    if role is not Role.ORGAN and not governments and not named:
        told = role in (Role.PARTY, Role.SUBSET) or (
            word_class.reading == "request"
            and not sentence.lexicon.sets["demonstratives_of_others"].isdisjoint(words[:1])
            and not past
        )
        act: Act = "directive" if told else "assertive"
        return out_verdict(
            predicate,
            act=act,
            why="R3: no organ of the members' own is told",
            word_class=word_class.name,
        )
    if past and points_back(sentence, predicate):
        return out_verdict(
            predicate,
            act="assertive",
            why="R3: an instruction given earlier",
            word_class=word_class.name,
        )
    level = level_of_complement("high", sentence, predicate)
    return strict_verdict(
        predicate,
        options,
        act="directive",
        level=level,
        rule="R3 instruction",
        word_class=word_class.name,
        end=predicate.end,
    )


def points_back(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb reports an earlier occasion: "at the Strelsau summit".

    What stands inside the object does not date the verb: "approved the report on the past
    year", "instructed the ministers to carry out the decisions of the previous meeting".
    """
    sets = sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
    after = next(
        (at for at in range(predicate.end, predicate.stop) if tags[at] in ENDS_VERB_PHRASE),
        predicate.stop,
    )
    subject = predicate.subject
    verb = next(
        (at for at in range(subject.end, predicate.start) if tags[at] in FINITE_OR_WILL),
        predicate.start,
    )
    for first, last in ((0, subject.start), (subject.end, verb), (predicate.end, after)):
        for index in range(first, last):
            word = words[index]
            before = words[max(first, index - 6) : index]
            if word in sets["earlier"] and (
                word in sets["earlier_adverbs"]
                or not sets["dating_prepositions"].isdisjoint(before[-3:])
            ):
                return True
            if word == "last" and not sets["last_periods"].isdisjoint(words[index + 1 : index + 2]):
                return True
            if (
                word in sets["occasions"]
                and not sets["occasion_prepositions"].isdisjoint(before)
                and sets["this_occasion"].isdisjoint(before)
            ):
                return True
    return False


def is_first_person(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether the subject is "we"."""
    return predicate.subject.pronoun and sentence.tags[predicate.subject.end - 1] == WE


def is_dated(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb is told of another day or place: "in 2009 we agreed"."""
    words, raw, tags = sentence.words, sentence.raw, sentence.tags
    index = predicate.end
    while index < predicate.stop and tags[index] not in ENDS_ADVERBIALS:
        index += 1
    return any(
        words[at] in sentence.lexicon.sets["dating_prepositions"]
        and tags[at + 1 : at + 2] == NOUN
        and (raw[at + 1].isdigit() or (raw[at + 1][:1].isupper() and words[at] != "on"))
        for at in (*range(min(1, predicate.subject.start)), *range(predicate.end, index))
    )
