"""Whether the letters of a page make words, or were badly kept in the file."""

import re
import unicodedata

_FEWEST_LETTERS = 80
_SHARE_OF_UNMAPPED = 0.05
_FEWEST_UNMAPPED = 5
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
_LEAST_SHARE_OF_VOWELS = 0.22
_SHARE_OF_SINGLE_LETTERS = 0.5
_BACKWARD = re.compile(r"[^\W\d_]*[^\W\d_A-ZА-Я][A-ZА-ЯЁ](?!\w)")
_FORWARD = re.compile(r"(?<!\w)[A-ZА-ЯЁ][^\W\d_A-ZА-Я]")
_FEWEST_BACKWARD = 2


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
    >>> fault_of("The Parties shall meet again in the city of Strelsau. " * 4)
    ''
    """
    letters = [letter for letter in unicodedata.normalize("NFD", text).lower() if letter.isalpha()]
    if unmapped >= max(_FEWEST_UNMAPPED, _SHARE_OF_UNMAPPED * len(letters)):
        return f"{unmapped} of its letters are unknown signs"
    if len(letters) < _FEWEST_LETTERS:
        return ""
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
        if sum(len(word) == 1 and word.isalpha() for word in words) > (
            _SHARE_OF_SINGLE_LETTERS * len(words)
        ):
            return "its words fall apart into letters"
    doubled = sum(len(match[0]) for match in _DOUBLED.finditer(text.lower()))
    if doubled >= _SHARE_OF_DOUBLED * len(letters):
        return "its letters are doubled"
    vocal = [letter for letter in letters if "a" <= letter <= "z" or "\u03b1" <= letter <= "\u0457"]
    if len(vocal) >= _FEWEST_LETTERS:
        vowels = sum(letter in _VOWELS for letter in vocal)
        if vowels < _LEAST_SHARE_OF_VOWELS * len(vocal):
            return "its letters make no words"
    backward = len(_BACKWARD.findall(text))
    if backward >= _FEWEST_BACKWARD and backward > len(_FORWARD.findall(text)):
        return "its words are kept backwards"
    return ""


def _has_spaces(letters: list[str]) -> bool:
    """Return whether a text is in a script that sets spaces between words."""
    spaced = sum("a" <= letter <= "\u06ff" or "\u00c0" <= letter <= "\u024f" for letter in letters)
    return spaced > 0.5 * len(letters)


def _is_run_together(word: str) -> bool:
    """Return whether a long word is words run together, and no address or row of dots."""
    return "/" not in word and "@" not in word and sum(map(str.isalpha, word)) > 0.8 * len(word)
