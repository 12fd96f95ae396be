"""Forms of English verbs: what a codebook gives as a base form, a text writes in five ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import simplemma

_VOWELS = frozenset("aeiou")
_KEPT = 50_000  # words that are looked up once: a corpus of 10 million words has about as many


@dataclass(frozen=True, slots=True, eq=False)
class Inflection:
    """What of the forms of verbs no rule tells.

    Attributes
    ----------
    pasts, participles : mapping of str to str
        From an irregular form to its base.
    irregular : mapping of str to tuple of str
        From a base to its past and its participle.
    doubling : frozenset of str
        Verbs whose last consonant doubles.
    """

    irregular: Mapping[str, tuple[str, str]]
    pasts: Mapping[str, str]
    participles: Mapping[str, str]
    doubling: frozenset[str]


def inflection_of(irregular: Mapping[str, tuple[str, str]], doubling: frozenset[str]) -> Inflection:
    """Return the inflection with these irregular verbs."""
    return Inflection(
        irregular=irregular,
        pasts={past: base for base, (past, _) in irregular.items()},
        participles={participle: base for base, (_, participle) in irregular.items()},
        doubling=doubling,
    )


def third_person(verb: str) -> str:
    """Return the form after "the Organization".

    >>> third_person("reaffirm"), third_person("stress"), third_person("identify")
    ('reaffirms', 'stresses', 'identifies')
    """
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o", "z")) else "s")


def past_forms(verb: str, inflection: Inflection) -> tuple[str, ...]:
    """Return the past and the participle.

    >>> known = inflection_of({"undertake": ("undertook", "undertaken")}, frozenset({"commit"}))
    >>> past_forms("agree", known), past_forms("commit", known), past_forms("undertake", known)
    (('agreed',), ('committed', 'commited'), ('undertook', 'undertaken'))
    """
    if verb in inflection.irregular:
        return tuple(dict.fromkeys(inflection.irregular[verb]))
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb[:-1] + "ied",)
    if verb in inflection.doubling:
        # "commited" is a common slip.
        return (verb + verb[-1] + "ed", verb + "ed")
    return (verb + "ed",)


def gerund(verb: str, inflection: Inflection) -> str:
    """Return the -ing form.

    >>> known = inflection_of({}, frozenset({"plan"}))
    >>> gerund("note", known), gerund("agree", known), gerund("plan", known)
    ('noting', 'agreeing', 'planning')
    """
    if verb in inflection.doubling:
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + "ing"


@lru_cache(maxsize=_KEPT)
def base_of(word: str, inflection: Inflection) -> str:
    """Return the base form of a finite verb or participle in small letters.

    >>> known = inflection_of({"undertake": ("undertook", "undertaken")}, frozenset())
    >>> base_of("undertaken", known), base_of("strengthened", known)
    ('undertake', 'strengthen')
    """
    known = inflection.participles.get(word) or inflection.pasts.get(word)
    return known or simplemma.lemmatize(word, lang="en").lower()


def verb_of_gerund(word: str, inflection: Inflection) -> str:
    """Return the base form of a form in -ing, or nothing where it is no verb's.

    >>> known = inflection_of({}, frozenset({"plan"}))
    >>> [verb_of_gerund(word, known) for word in ("noting", "planning", "recognizing", "spring")]
    ['note', 'plan', 'recognize', '']
    """
    if not word.endswith("ing"):
        return ""
    verb = simplemma.lemmatize(word, lang="en").lower()
    return verb if verb != word and gerund(verb, inflection) == word else ""


@lru_cache(maxsize=_KEPT)
def may_be_verb(word: str, inflection: Inflection) -> bool:
    """Return whether a word in small letters is the base form of a verb, by its having a past.

    >>> known = inflection_of({}, frozenset())
    >>> may_be_verb("diversify", known), may_be_verb("multilateralism", known)
    (True, False)
    """
    if word in inflection.irregular:
        return True
    past = past_forms(word, inflection)[0]
    return simplemma.is_known(past, "en") and simplemma.lemmatize(past, lang="en").lower() == word
