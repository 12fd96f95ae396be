"""Words that say the same in other forms: of one lemma, one stem, or one group of like words."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sco_research.resources import data_path
from sco_research.text.lemmas import lemma
from sco_research.text.tokens import words
from sco_research.text.words import function_words

# The longest first; what is left keeps four letters. British endings are among them, so that both
# spellings come to one stem.
_SUFFIXES = re.compile(
    r"(?<=\w{4})(?:isation|ization|ational|ations?|ments?|ities|ising|izing|ation|ition|ative"
    r"|itive|ances?|ences?|ions?|ness|ity|ise|ize|ive|ing|ers?|ors?|ous|ial|ian|ed|es|al|an|ly"
    r"|ern|en|ic|y|e|s)$"
)
_NUMBER = re.compile(r"\d")


# Two forms are one where they are the same object: they are made once for each word.
@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What a word is compared by.

    Attributes
    ----------
    lemma : str
        Its dictionary form.
    stem : str
        What its family shares: "produc" of "producing" and "production".
    group : str
        The first of the words that say the same in a declaration; empty where it has none.
    weight : float
        What it can weigh beside others as rare: words that only tie a sentence together weigh
        little, and a number half, because years change while the statement stays.
    """

    lemma: str
    stem: str
    group: str
    weight: float

    @property
    def key(self) -> str:
        """What stands for the word and those like it."""
        return self.group or self.stem

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that another word can have in common with it."""
        return (self.stem, f"{self.group}/") if self.group else (self.stem,)


_FUNCTION_WEIGHT = 0.1
_NUMBER_WEIGHT = 0.5
# More than a language's common words; the long tail of a large corpus is not held.
_WORDS_KEPT = 50_000


@lru_cache(maxsize=_WORDS_KEPT)
def form_of(word: str, language: str = "en") -> Form:
    """Return what a word is compared by.

    >>> form_of("Harmonising").stem == form_of("harmonization").stem
    True
    >>> form_of("peril").group == form_of("threats").group
    True
    """
    base = lemma(word.replace("’", "'").removesuffix("'s"), language)
    if language != "en":
        return Form(base, base, "", _NUMBER_WEIGHT if _NUMBER.search(base) else 1.0)
    stem = _stem(base)
    weight = 1.0
    if base in function_words() or word.lower() in function_words():
        weight = _FUNCTION_WEIGHT
    elif _NUMBER.search(base):
        weight = _NUMBER_WEIGHT
    group = like_words().get(base) or like_words().get(stem, "")
    return Form(base, stem, group, weight)


def forms_of(text: str, language: str = "en") -> list[Form]:
    """Return what the words of a text are compared by, in order."""
    return [form_of(word, language) for word in words(text.lower())]


def _stem(word: str) -> str:
    previous = ""
    while word != previous:
        previous, word = word, _SUFFIXES.sub("", word)
    return word.replace("our", "or")


@cache
def like_words() -> dict[str, str]:
    """Return each word of the lexicon of like words, and its stem, with the first of its group.

    >>> like_words()["menace"]
    'challenge'
    """
    path = data_path("lexicons", "like-words-en.txt")
    groups = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    words_of_groups = {word: group[0] for group in groups for word in group}
    stems = {_stem(word): first for word, first in reversed(words_of_groups.items())}
    # A word's own group goes before that of a word of its stem.
    return stems | words_of_groups
