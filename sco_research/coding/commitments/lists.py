"""Lists, fragments and preambles: what a lead-in leaves to its items, and what has no verb.

A lead-in may stop within its verb group ("agree to:", "decide:", "do hereby:"), or announce what
follows ("agree on the following:"); either way it says nothing alone, and its items undertake.
"""

import re
from dataclasses import dataclass
from typing import Literal

from sco_research.coding.commitments.actions import is_operative
from sco_research.coding.commitments.inflection import base_of, may_be_verb, verb_of_gerund
from sco_research.coding.commitments.lexicon import Lexicon, WordClass
from sco_research.coding.commitments.lexicon_file import Act
from sco_research.coding.commitments.occasions import is_dated, points_back
from sco_research.coding.commitments.once import once
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import (
    SPEAKERS,
    ClauseType,
    Predicate,
    Role,
    Sentence,
    Subject,
)
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    COLON,
    COMMA,
    FINITE_SIGN,
    GERUND_OR_PREPOSITION,
    INFINITIVE,
    LEAD_IN_SIGN,
    MODAL,
    PAST_FORM,
    PREAMBLE_SIGN,
    PREPOSITION,
    SEMICOLON,
    TO,
    UNFINISHED,
    UNFINISHED_VERB,
    WE_COMMA,
    WE_OR_MEMBERS,
)
from sco_research.coding.commitments.verdicts import Verdict

_ADJUNCT = re.compile(f"{COMMA}{PREPOSITION}[^{COMMA}{SEMICOLON}]*{COLON}$")
_TRAILING = ADVERB + "".join(LEAD_IN_SIGN)
# What these verbs say they say in an item of a list too.
_OWN_WORDS = frozenset(
    {"saying", "stance", "request", "deeming", "instruction", "undertaking", "intent", "sharing"}
)


def stops_within_the_verb(lead: Sentence) -> bool:
    """Return whether a lead-in stops before its object: "agree to:", "We, the Leaders, hereby:"."""
    return _ends_in_sign(lead) and lead.tags.rstrip(_TRAILING)[-1:] in UNFINISHED


def names_only_speakers(lead: Sentence) -> bool:
    """Return whether a lead-in ends with who speaks, and every item has its own verb: "we:"."""
    return _ends_in_sign(lead) and lead.tags.rstrip(_TRAILING)[-1:] in WE_OR_MEMBERS


def says_nothing_alone(lead: Sentence) -> bool:
    """Return whether the verb of a lead-in stands in its items."""
    within = _ADJUNCT.sub(COLON, lead.tags)  # "will, in the period up to 2040:"
    return _ends_in_sign(lead) and within.rstrip(_TRAILING)[-1:] in UNFINISHED_VERB


def _ends_in_sign(lead: Sentence) -> bool:
    return lead.tags[-1:] in LEAD_IN_SIGN


def without_sign(text: str) -> str:
    """Return a lead-in as it runs on into its item.

    >>> without_sign("We decide: –")
    'We decide'
    """
    return text.rstrip(" :,–—-…")


def announces_undertakings(
    verdicts: tuple[Verdict, ...], sentence: Sentence, lexicon: Lexicon
) -> bool:
    """Return whether a lead-in undertakes its items: "The Parties agree on the following:"."""
    for verdict in verdicts:
        predicate = verdict.predicate
        told = predicate.tense == "past" and (
            points_back(sentence, predicate) or is_dated(sentence, predicate)
        )
        if (
            predicate.verb in lexicon.sets["declaring_that"]
            or told
            or predicate.passive
            or predicate.negated
            or predicate.subject.role not in SPEAKERS
        ):
            continue
        classes = lexicon.verbs.get(predicate.verb, ())
        if any(word_class.id == "undertaking" for _, word_class in classes) and not (
            sentence.lexicon.sets["announcing_what_follows"].isdisjoint(
                sentence.words[predicate.end : predicate.end + 8]
            )
        ):
            return True
    return False


def opens_with_past(item: Sentence) -> bool:
    """Return whether an item tells what the speakers of its lead-in did: "endorsed the plan"."""
    word = item.words[0] if item.words else ""
    return item.tags[:1] == PAST_FORM and base_of(word, item.lexicon.inflection) != word


def speaks_for_itself(item: Sentence, lexicon: Lexicon) -> bool:
    """Return whether an item has a verb of saying or calling of its own."""
    word = item.words[0] if item.words else ""
    return any(
        word_class.id in _OWN_WORDS and particle in ("", *item.words[1:2])
        for particle, word_class in lexicon.verbs.get(word, ())
    )


def has_finite_verb(sentence: Sentence, verdicts: list[Verdict]) -> bool:
    """Return whether a sentence states something: "Trade grew", not "Change the rules"."""
    inflection = sentence.lexicon.inflection
    if not inflection.pasts.keys().isdisjoint(sentence.words) and any(
        word in inflection.pasts and word not in inflection.participles for word in sentence.words
    ):
        return True
    return any(
        verdict.predicate.clause_type is ClauseType.MAIN
        and verdict.predicate.subject.start == 0 < verdict.predicate.subject.end
        and sentence.tags[verdict.predicate.start] in FINITE_SIGN
        for verdict in verdicts
    )


def opens_with_verb(item: Sentence) -> bool:
    """Return whether an item has no subject: "Expand the exchange of experts", "To expand …"."""
    if item.tags[:1] == TO:
        return True
    inflection, word = item.lexicon.inflection, item.words[0] if item.words else ""
    if item.tags[:1] == PAST_FORM:
        return base_of(word, inflection) == word  # "Set up a task force"
    return item.tags[:1] in INFINITIVE and may_be_verb(word, inflection)


def opens_with_insertion(lead: Sentence, item: Sentence) -> bool:
    """Return whether something stands before the verb of an item: "Noting …, raise dykes"."""
    within = _ends_in_sign(lead) and lead.tags.rstrip(_TRAILING)[-1:] in MODAL
    return within and item.tags[:1] in GERUND_OR_PREPOSITION and COMMA in item.tags


def preamble_as_clause(sentence: Sentence) -> str:
    """Return a preamble's paragraph as a clause: "Warmly welcoming the plan," as "we welcome …".

    Empty where it is none: it opens with no participle, or does not end as one paragraph of many.
    """
    tags, words = sentence.tags, sentence.words
    if tags[-1:] not in PREAMBLE_SIGN:
        return ""
    at = len(tags) - len(tags.lstrip(ADVERB))
    verb = verb_of_gerund(words[at], sentence.lexicon.inflection) if at < len(tags) else ""
    return " ".join(("we", *words[:at], verb, *sentence.raw[at + 1 : -1])) if verb else ""


@dataclass(eq=False)
class Whole:
    """A sentence as a whole, as the rows for lists, fragments and preambles look at it.

    Attributes
    ----------
    sentence : Sentence
    verdicts : list of Verdict
        What its finite verbs amount to.
    place : str
        "alone", "lead-in" or "announced item".
    options : CommitmentOptions
    act_as_said : str
        Of a preamble's paragraph that opens with a participle, the act of "we" and its verb.
    """

    sentence: Sentence
    verdicts: list[Verdict]
    place: str
    options: CommitmentOptions
    act_as_said: Act | Literal[""] = ""

    @property
    def members_speak(self) -> bool:
        """Whether a finite verb has the members, or nobody, for its subject."""
        return any(verdict.predicate.subject.role in SPEAKERS for verdict in self.verdicts)

    @property
    def has_verdict(self) -> bool:
        """Whether it has a finite verb at all."""
        return bool(self.verdicts)

    @property
    def last_status(self) -> str:
        """What its last finite verb amounts to, or nothing."""
        return self.verdicts[-1].status if self.verdicts else ""

    @property
    def has_main_verb(self) -> bool:
        """Whether one of its finite verbs is the main clause's."""
        return any(one.predicate.clause_type is ClauseType.MAIN for one in self.verdicts)

    @property
    def opens_with_participle(self) -> bool:
        """Whether it is a preamble's paragraph that opens with a participle: "Welcoming …,"."""
        return bool(self.act_as_said)

    @once
    def has_finite_verb(self) -> bool:
        """Whether it states something: "Trade grew", not "Change the rules"."""
        return has_finite_verb(self.sentence, self.verdicts)

    @property
    def states_an_action(self) -> bool:
        """Whether it has a verb, and opens with a noun of action: "Research grew"."""
        opening = self.sentence.words[:1]
        return bool(self.verdicts) and not self.sentence.lexicon.sets["actions"].isdisjoint(opening)

    @once
    def is_operative(self) -> bool:
        """Whether it opens with what is to be done."""
        return is_operative(self.sentence)

    @property
    def names_itself(self) -> bool:
        """Whether the speakers only name themselves: "We, the Heads of State, gathered in …"."""
        tags = self.sentence.tags
        return tags[:2] == WE_COMMA and tags[-1] in PREAMBLE_SIGN

    @once
    def adjective(self) -> WordClass | None:
        """The class of the adjective that opens it: "Deeply concerned at …"."""
        tags = self.sentence.tags
        at = len(tags) - len(tags.lstrip(ADVERB))
        word = self.sentence.words[at] if at < len(tags) else ""
        return next(iter(self.sentence.lexicon.adjectives.get(word, ())), None)

    @property
    def opens_with_adjective(self) -> bool:
        """Whether an adjective of the codebook opens it."""
        return self.adjective is not None

    @property
    def predicate(self) -> Predicate:
        """The verb that opens a fragment, with nobody for its subject."""
        tags = self.sentence.tags
        at = int(tags[0] == TO and len(tags) > 1)
        return Predicate(
            subject=Subject(Role.IMPLIED, 0, 0),
            clause_type=ClauseType.MAIN,
            governor=-1,
            modal="",
            verb=self.sentence.words[at],
            tense="present",
            passive=False,
            negated=False,
            progressive=False,
            start=0,
            verb_at=at,
            end=at + 1,
            stop=len(tags),
        )
