"""Lists: what a lead-in leaves to its items.

A lead-in may stop within its verb group ("agree to:", "decide:", "do hereby:"), or announce what
follows ("agree on the following:"); either way it says nothing alone, and its items undertake.
"""

import re

from sco_research.coding.commitments.grammar import SPEAKERS, Place
from sco_research.coding.commitments.inflection import PARTICIPLES, PASTS, may_be_verb
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

_ADJUNCT = re.compile(",P[^,;]*:$")
_SIGNS = ":-,"
_UNDONE = frozenset("TMOdXI")  # "… agree to:", "… will:", "do hereby:", "We, the Leaders:"
_INCOMPLETE = frozenset("TMOd")
_FOLLOWING = frozenset({"following", "follows", "as follows"})
# What these verbs say they say in an item of a list too.
_OWN_WORDS = frozenset(
    {"saying", "stance", "request", "deeming", "instruction", "undertaking", "intent", "sharing"}
)


def stops_within_the_verb(lead: Tagged) -> bool:
    """Tell "agree to:", "will:", "We, the Leaders, hereby:" from a lead-in with its object."""
    if lead.tags[-1:] not in _SIGNS:
        return False
    return lead.tags.rstrip("A" + _SIGNS)[-1:] in _UNDONE


def says_nothing_alone(lead: Tagged) -> bool:
    """Tell a lead-in whose verb stands in its items."""
    if lead.tags[-1:] not in _SIGNS:
        return False
    within = _ADJUNCT.sub(":", lead.tags)  # "will, in the period up to 2040:"
    return within.rstrip("A" + _SIGNS)[-1:] in _INCOMPLETE


def without_sign(text: str) -> str:
    """Return a lead-in as it runs on into its item.

    >>> without_sign("We decide: –")
    'We decide'
    """
    return text.rstrip(" :,–—-…")


def announces_undertakings(verdicts: tuple[Verdict, ...], tagged: Tagged, lexicon: Lexicon) -> bool:
    """Tell "The Parties agree on the following:" from "They note the following:"."""
    for verdict in verdicts:
        item = verdict.predicate
        told = item.tense == "past" and not item.subject.pronoun
        if (
            item.verb == "declare"
            or told
            or item.passive
            or item.negated
            or item.subject.role not in SPEAKERS
        ):
            continue
        classes = lexicon.verbs.get(item.verb, ())
        if any(word_class.id == "undertaking" for _, word_class in classes) and not (
            _FOLLOWING.isdisjoint(tagged.words[item.end : item.end + 8])
        ):
            return True
    return False


def speaks_for_itself(item: Tagged, lexicon: Lexicon) -> bool:
    """Tell an item with a verb of saying or calling from one that names what will be done."""
    word = item.words[0] if item.words else ""
    return any(word_class.id in _OWN_WORDS for _, word_class in lexicon.verbs.get(word, ()))


def has_finite_verb(tagged: Tagged, verdicts: list[Verdict]) -> bool:
    """Tell "Climate change is a challenge", "Trade grew" from "Change the rules of trade"."""
    if any(word in PASTS and word not in PARTICIPLES for word in tagged.words):
        return True
    return any(
        item.predicate.place is Place.MAIN
        and item.predicate.subject.start == 0 < item.predicate.subject.end
        and tagged.tags[item.predicate.start] in "BZhM"
        for item in verdicts
    )


def opens_with_verb(item: Tagged) -> bool:
    """Tell "Expand the exchange of experts", "To expand …" from a sentence with a subject."""
    return item.tags[:1] == "T" or (item.tags[:1] in {"V", "n"} and may_be_verb(item.words[0]))
