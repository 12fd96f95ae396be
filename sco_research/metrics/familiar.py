"""Familiar words: those that are not difficult in the formula of Dale and Chall."""

import importlib.util
from functools import cache
from pathlib import Path

from sco_research.errors import ScoResearchError

# Dale and Chall's own rules for the list (1948): regular plurals and possessives of nouns, regular
# forms of verbs and regular comparisons are as familiar as the word itself; what is to be put in
# place of the ending stands after it. "-ly" is not among them.
_ENDINGS = (
    ("'s", ""), ("s'", "s"), ("'", ""), ("s", ""), ("es", ""), ("ies", "y"),
    ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("r", ""), ("er", ""), ("ier", "y"), ("st", ""), ("est", ""), ("iest", "y"),
)  # fmt: skip
_DOUBLED_BEFORE = ("ed", "ing", "er", "est")
_SHORTEST_STEM = 2


@cache
def familiar_words() -> frozenset[str]:
    """Return the list of familiar words: the one of 2,940 entries that textstat carries.

    It is read from textstat's folder without importing textstat.

    Raises
    ------
    ScoResearchError
        Where textstat is not installed or its list has moved.

    Examples
    --------
    >>> "peace" in familiar_words(), "sovereignty" in familiar_words()
    (True, False)
    """
    specification = importlib.util.find_spec("textstat")
    if specification is None or specification.origin is None:
        raise ScoResearchError("textstat: it is not installed; install the packages of the lock")
    path = Path(specification.origin).parent / "resources" / "en" / "easy_words.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise ScoResearchError(
            f"textstat: its list of familiar words cannot be read ({fault.strerror}); install the "
            "version of textstat that the lock names"
        ) from fault
    return frozenset(line.strip().lower() for line in text.splitlines() if line.strip())


def is_familiar(word: str) -> bool:
    """Return whether a word is familiar by Dale and Chall's list and their rules for using it.

    A word is familiar where it, or the word of which it is a regular inflection, is on the list;
    so is a number, and a name: any word with a capital that does not begin its sentence (the
    caller gives a sentence's first word in small letters). A hyphenated word is familiar where
    all its parts are.

    >>> [is_familiar(word) for word in ("states", "carried", "Bishkek", "2013", "sovereignty")]
    [True, True, True, True, False]
    """
    if not any(character.isalpha() for character in word) or word[0].isupper():
        return True
    plain = word.lower().replace("’", "'")
    if plain in familiar_words() or any(stem in familiar_words() for stem in _stems(plain)):
        return True
    parts = plain.split("-")
    return len(parts) > 1 and all(is_familiar(part) for part in parts if part)


def _stems(word: str) -> list[str]:
    """Return the words of which this may be a regular form."""
    found = []
    for ending, replacement in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        found.append(stem + replacement)
        if ending in _DOUBLED_BEFORE and stem[-1] == stem[-2]:
            found.append(stem[:-1])
    return found
