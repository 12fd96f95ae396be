"""Forms of English verbs: what a codebook gives as a base form, a text writes in five ways."""

from functools import cache

import simplemma


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as one line.

    >>> sorted(word_set("aim goal"))
    ['aim', 'goal']
    """
    return frozenset(words.split())


_VOWELS = frozenset("aeiou")
# Base: past, participle. Only verbs that declarations use, and whose past is not regular.
_IRREGULAR = {
    "be": ("was", "been"),
    "bear": ("bore", "borne"),
    "begin": ("began", "begun"),
    "bind": ("bound", "bound"),
    "bring": ("brought", "brought"),
    "build": ("built", "built"),
    "choose": ("chose", "chosen"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "fight": ("fought", "fought"),
    "find": ("found", "found"),
    "forgo": ("forwent", "forgone"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "grow": ("grew", "grown"),
    "have": ("had", "had"),
    "hear": ("heard", "heard"),
    "hold": ("held", "held"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "learn": ("learned", "learned"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "oversee": ("oversaw", "overseen"),
    "overcome": ("overcame", "overcome"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "rebuild": ("rebuilt", "rebuilt"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "seek": ("sought", "sought"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "show": ("showed", "shown"),
    "speak": ("spoke", "spoken"),
    "spend": ("spent", "spent"),
    "stand": ("stood", "stood"),
    "strive": ("strove", "striven"),
    "take": ("took", "taken"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "understand": ("understood", "understood"),
    "undertake": ("undertook", "undertaken"),
    "uphold": ("upheld", "upheld"),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}
_DOUBLING = frozenset({"commit", "recommit", "plan", "submit", "permit", "set", "cut", "stop"})
PARTICIPLES = {participle: base for base, (_, participle) in _IRREGULAR.items()}
PASTS = {past: base for base, (past, _) in _IRREGULAR.items()}


def third_person(verb: str) -> str:
    """Return the form after "the Organization".

    >>> third_person("reaffirm"), third_person("stress"), third_person("identify")
    ('reaffirms', 'stresses', 'identifies')
    """
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o", "z")) else "s")


def past_forms(verb: str) -> tuple[str, ...]:
    """Return the past and the participle.

    >>> past_forms("agree"), past_forms("commit"), past_forms("undertake")
    (('agreed',), ('committed', 'commited'), ('undertook', 'undertaken'))
    """
    if verb in _IRREGULAR:
        return tuple(dict.fromkeys(_IRREGULAR[verb]))
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return (verb[:-1] + "ied",)
    if verb in _DOUBLING:
        # "commited" is a common slip.
        return (verb + verb[-1] + "ed", verb + "ed")
    return (verb + "ed",)


def gerund(verb: str) -> str:
    """Return the -ing form.

    >>> gerund("note"), gerund("agree"), gerund("plan")
    ('noting', 'agreeing', 'planning')
    """
    if verb in _DOUBLING:
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + "ing"


@cache
def base_of(word: str) -> str:
    """Return the base form of a finite verb or participle in small letters.

    >>> base_of("undertaken"), base_of("strengthened"), base_of("intensified")
    ('undertake', 'strengthen', 'intensify')
    """
    known = PARTICIPLES.get(word) or PASTS.get(word)
    return known or simplemma.lemmatize(word, lang="en").lower()


@cache
def may_be_verb(word: str) -> bool:
    """Return whether a word in small letters is the base form of a verb, by its having a past.

    >>> may_be_verb("diversify"), may_be_verb("multilateralism")
    (True, False)
    """
    if word in _IRREGULAR:
        return True
    past = past_forms(word)[0]
    return simplemma.is_known(past, "en") and simplemma.lemmatize(past, lang="en").lower() == word
