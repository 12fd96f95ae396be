"""Lists: what a lead-in leaves to its items.

A lead-in may stop within its verb group ("agree to:", "decide:", "do hereby:"), or announce what
follows ("agree on the following:"); either way it says nothing alone, and its items undertake.
"""

import re

from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.sentence import SPEAKERS, ClauseType, Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    COLON,
    COMMA,
    FINITE_SIGN,
    INFINITIVE,
    LEAD_IN_SIGN,
    PREPOSITION,
    SEMICOLON,
    TO,
    UNFINISHED,
    UNFINISHED_VERB,
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
        told = predicate.tense == "past" and not predicate.subject.pronoun
        if (
            predicate.verb == "declare"
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


def speaks_for_itself(item: Sentence, lexicon: Lexicon) -> bool:
    """Return whether an item has a verb of saying or calling of its own."""
    word = item.words[0] if item.words else ""
    return any(word_class.id in _OWN_WORDS for _, word_class in lexicon.verbs.get(word, ()))


def has_finite_verb(sentence: Sentence, verdicts: list[Verdict]) -> bool:
    """Return whether a sentence states something: "Trade grew", not "Change the rules"."""
    if any(
        word in sentence.lexicon.inflection.pasts
        and word not in sentence.lexicon.inflection.participles
        for word in sentence.words
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
    return item.tags[:1] == TO or (
        item.tags[:1] in INFINITIVE and may_be_verb(item.words[0], item.lexicon.inflection)
    )
