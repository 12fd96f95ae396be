"""The dictionary form of a word."""

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

LANGUAGES: frozenset[str] = frozenset(SUPPORTED_LANGUAGES)
"""ISO codes of the languages that have a dictionary."""


def lemma(word: str, language: str = "en") -> str:
    """Return the dictionary form of a word, in small letters.

    Parameters
    ----------
    word : str
        One word.
    language : str
        ISO 639-1 code; in a language without a dictionary the word itself, in small letters.

    Examples
    --------
    >>> lemma("Commitments"), lemma("strengthened"), lemma("宣言", "zh")
    ('commitment', 'strengthen', '宣言')
    """
    small = word.lower()
    # simplemma itself remembers the words that it has looked up.
    return simplemma.lemmatize(small, lang=language).lower() if language in LANGUAGES else small
