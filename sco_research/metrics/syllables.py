"""Syllables of a word: from the pronouncing dictionary, else from where it would be hyphenated."""

from functools import cache

import pyphen

from sco_research.resources import data_path

_RUSSIAN_VOWELS = frozenset("аеёиоуыэюя")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "’": "'", "‘": "'", "ʼ": "'"})


@cache
def pronounced() -> dict[str, int]:
    """Return the syllables of every word of the CMU Pronouncing Dictionary, in small letters.

    >>> pronounced()["declaration"]
    4
    """
    text = data_path("lexicons", "cmu-syllables.txt").read_text(encoding="utf-8")
    words: dict[str, int] = {}
    for line in text.splitlines():
        number, _, entries = line.partition("\t")
        words.update(dict.fromkeys(entries.split(" "), int(number)))
    return words


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def english_syllables(word: str) -> int:
    """Return the syllables of an English word, at least 1.

    The first pronunciation of the CMU dictionary counts; a hyphenated word that is not in it is
    the sum of its parts; for any other word it is one more than the places where it may be
    hyphenated (pyphen). A number counts one, as in textstat.

    >>> [english_syllables(word) for word in ("The", "security", "non-interference", "2013")]
    [1, 4, 5, 1]
    """
    plain = word.lower().translate(_HYPHENS)
    found = pronounced().get(plain)
    if found is None and "-" in plain:
        return sum(english_syllables(part) for part in plain.split("-"))
    if found is None:
        found = len(_hyphenation().positions(plain)) + 1
    return max(found, 1)


def russian_syllables(word: str) -> int:
    """Return the syllables of a Russian word: its vowels, none for a preposition such as «в».

    >>> [russian_syllables(word) for word in ("декларация", "безопасности", "в")]
    [5, 5, 0]
    """
    lowered = word.lower()
    if lowered.isascii():
        return english_syllables(word)
    return sum(character in _RUSSIAN_VOWELS for character in lowered)
