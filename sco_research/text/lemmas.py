"""The dictionary form of a word."""

from functools import lru_cache

import simplemma

# Those of simplemma's languages in which declarations come; a word of another stays as it is.
_LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "pt", "ru"})
# More than a language's common words; the long tail of a large corpus is not held.
_WORDS_KEPT = 50_000


@lru_cache(maxsize=_WORDS_KEPT)
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
    if language not in _LANGUAGES:
        return small
    return simplemma.lemmatize(small, lang=language).lower()
