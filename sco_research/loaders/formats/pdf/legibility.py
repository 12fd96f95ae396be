"""Whether the letters of a page make words, or were badly kept in the file."""

import re
import unicodedata
from itertools import pairwise

from sco_research.text.language import language_of
from sco_research.text.repairs import is_known_word

_MIN_LETTERS = 80
_SHARE_OF_UNMAPPED = 0.05
_MIN_UNMAPPED = 5
# The longest words of languages with spaces have some thirty letters, and few have so many.
_LONG_WORD = 30
_SHARE_IN_LONG_WORDS = 0.4
_DOUBLED = re.compile(r"(?:(\w)\1)+")
_SHARE_OF_DOUBLED = 0.4
# Of the Latin, Greek and Cyrillic letters.
_VOWELS = frozenset(
    "aeiouy\u03b1\u03b5\u03b7\u03b9\u03bf\u03c5\u03c9"
    "\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f\u0454\u0456\u0457"
)
_MIN_SHARE_OF_VOWELS = 0.22
_SHARE_OF_SINGLE_LETTERS = 0.5
_BACKWARD = re.compile(r"[^\W\d_]*[^\W\d_A-ZА-Я][A-ZА-ЯЁ](?!\w)")
_FORWARD = re.compile(r"(?<!\w)[A-ZА-ЯЁ][^\W\d_A-ZА-Я]")
_MIN_BACKWARD = 2
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LIKELY_YEAR = re.compile(r"19\d\d|20[0-4]\d")
# A sign set again and again leads the eye to a page's number.
_LEADER = re.compile(r"([^\w\s])\1+")
_MIN_SHARE_OF_LETTERS = 0.55
# Of the lower-case words of declarations, communiqués and resolutions at least 0.87 a page are
# known; of pages that recognition misread, less than a half.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-])")
_LANGUAGES_WITH_WORDS = ("en", "ru")
_MIN_WORDS = 20
_MIN_SHARE_OF_KNOWN = 0.7
# Of the words of English and Russian prose a quarter have one or two letters.
_SHARE_OF_SHORT = 0.6
_SHARE_OF_TWICE = 0.3
_OF_TWO_ALPHABETS = re.compile(r"[a-z][\u0430-\u0457]|[\u0430-\u0457][a-z]", re.IGNORECASE)
_SHARE_OF_TWO_ALPHABETS = 0.2


def fault_of(text: str, unmapped: int = 0) -> str:
    """Say what makes the text of a page illegible; empty where it reads well.

    Parameters
    ----------
    text : str
        The page's text.
    unmapped : int
        How many of its letters have no known code point.

    Examples
    --------
    >>> fault_of("TThhee PPaarrttiieess sshhaallll mmeeeett aaggaaiinn " * 4)
    'its letters are doubled'
    >>> fault_of("Tlie Parlies sliall nieet agaln ln tlie city of Strelsau aud tliey agree. " * 4)
    'most of its words are in no word list'
    >>> fault_of("The Parties shall meet again in the city of Strelsau. " * 4)
    ''
    """
    letters = [letter for letter in unicodedata.normalize("NFD", text).lower() if letter.isalpha()]
    if unmapped >= max(_MIN_UNMAPPED, _SHARE_OF_UNMAPPED * len(letters)):
        return f"{unmapped} of its letters are unknown signs"
    signs = _LEADER.sub(r"\1", "".join(text.split()))
    if len(signs) >= _MIN_LETTERS and (
        sum(map(str.isalnum, signs)) < _MIN_SHARE_OF_LETTERS * len(signs)
    ):
        return "its signs make no words"
    if len(letters) < _MIN_LETTERS:
        return ""
    return _fault_of_words(text, letters) or _fault_of_letters(text, letters)


def _fault_of_words(text: str, letters: list[str]) -> str:
    """Say what is wrong with the words of a page."""
    words = text.split()
    if _has_spaces(letters):
        long = sum(len(word) for word in words if len(word) >= _LONG_WORD and word.isalpha())
        long += sum(
            len(word)
            for word in words
            if len(word) >= _LONG_WORD and not word.isalpha() and _is_run_together(word)
        )
        if long >= _SHARE_IN_LONG_WORDS * len(letters):
            return "it has no spaces between its words"
        alphabetic = [word for word in words if word.isalpha()]
        if sum(len(word) == 1 for word in alphabetic) > _SHARE_OF_SINGLE_LETTERS * len(words) or (
            sum(len(word) <= 2 for word in alphabetic) > _SHARE_OF_SHORT * len(words)
        ):
            return "its words fall apart into letters"
        twice = sum(word == after for word, after in pairwise(alphabetic))
        if twice > _SHARE_OF_TWICE * len(words):
            return "its words stand twice"
        mixed = sum(_OF_TWO_ALPHABETS.search(word) is not None for word in words)
        if mixed > _SHARE_OF_TWO_ALPHABETS * len(words):
            return "its words mix two alphabets"
    return ""


def _fault_of_letters(text: str, letters: list[str]) -> str:
    """Say what is wrong with the letters of the words of a page."""
    doubled = sum(len(match[0]) for match in _DOUBLED.finditer(text.lower()))
    if doubled >= _SHARE_OF_DOUBLED * len(letters):
        return "its letters are doubled"
    vocal = [letter for letter in letters if "a" <= letter <= "z" or "\u03b1" <= letter <= "\u0457"]
    if len(vocal) >= _MIN_LETTERS:
        vowels = sum(letter in _VOWELS for letter in vocal)
        if vowels < _MIN_SHARE_OF_VOWELS * len(vocal):
            return "its letters make no words"
    backward = len(_BACKWARD.findall(text))
    if backward >= _MIN_BACKWARD and backward > len(_FORWARD.findall(text)):
        return "its words are kept backwards"
    if _has_backward_years(text):
        return "its numbers stand backwards"
    # Names are in no list, and a page of few words says little.
    plain = [word for word in _WORD.findall(text) if word.islower()]
    if len(plain) >= _MIN_WORDS and language_of(text) in _LANGUAGES_WITH_WORDS:
        known = sum(map(is_known_word, plain))
        if known < _MIN_SHARE_OF_KNOWN * len(plain):
            return "most of its words are in no word list"
    return ""


def _has_backward_years(text: str) -> bool:
    """Return whether several numbers of a text are years from behind, and none is one as it is."""
    found = set(_YEAR.findall(text))
    if any(_LIKELY_YEAR.fullmatch(number) for number in found):
        return False
    backward = sum(_LIKELY_YEAR.fullmatch(number[::-1]) is not None for number in found)
    return backward >= _MIN_BACKWARD


def _has_spaces(letters: list[str]) -> bool:
    """Return whether a text is in a script that sets spaces between words."""
    spaced = sum("a" <= letter <= "\u06ff" or "\u00c0" <= letter <= "\u024f" for letter in letters)
    return spaced > 0.5 * len(letters)


def _is_run_together(word: str) -> bool:
    """Return whether a long word is words run together, and no address or row of dots."""
    return "/" not in word and "@" not in word and sum(map(str.isalpha, word)) > 0.8 * len(word)
