"""The readability formulas: arithmetic on counts, each as its paper gives it.

Every function takes the columns of counts and returns a column. The shape does not matter: whole
numbers, or a row per segment of a corpus.
"""

import numpy as np

from sco_research.metrics.metric import Counts, Floats

# Flesch's own classes of his scale (1948, p. 230): the lowest score of each, the highest first.
_EASE = (
    (90.0, "very easy"),
    (80.0, "easy"),
    (70.0, "fairly easy"),
    (60.0, "standard"),
    (50.0, "fairly difficult"),
    (30.0, "difficult"),
)
_HARDEST = "very difficult"


def ease_class(ease: float) -> str:
    """Return Flesch's name for a score of reading ease of an English text.

    His classes divide the scale from 0 to 100; a score beyond its ends has none.

    >>> ease_class(65.0), ease_class(12.0), ease_class(-4.0)
    ('standard', 'very difficult', '')
    """
    if not 0 <= ease <= 100:
        return ""
    return next((name for lowest, name in _EASE if ease >= lowest), _HARDEST)


def words_per_sentence(c: Counts) -> Floats:
    """Return the mean length of a sentence, in words."""
    return c["words"] / c["sentences"]


def syllables_per_word(c: Counts) -> Floats:
    """Return the mean length of a word, in syllables."""
    return c["syllables"] / c["words"]


def letters_per_word(c: Counts) -> Floats:
    """Return the mean length of a word, in letters."""
    return c["letters"] / c["words"]


def flesch_reading_ease(c: Counts) -> Floats:
    """206.835 - 1.015 words/sentence - 84.6 syllables/word (Flesch 1948); higher = easier."""
    return 206.835 - 1.015 * words_per_sentence(c) - 84.6 * syllables_per_word(c)


def flesch_reading_ease_russian(c: Counts) -> Floats:
    """206.835 - 1.3 words/sentence - 60.1 syllables/word (Oborneva 2006); higher = easier."""
    return 206.835 - 1.3 * words_per_sentence(c) - 60.1 * syllables_per_word(c)


def flesch_kincaid(c: Counts) -> Floats:
    """0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975); higher = harder."""
    return 0.39 * words_per_sentence(c) + 11.8 * syllables_per_word(c) - 15.59


def gunning_fog(c: Counts) -> Floats:
    """0.4 (words/sentence + 100 polysyllables/words) (Gunning 1952); higher = harder.

    Every word of three syllables or more counts, as in most packages.
    """
    return 0.4 * (words_per_sentence(c) + 100 * c["polysyllables"] / c["words"])


def gunning_fog_1952(c: Counts) -> Floats:
    """0.4 (words/sentence + 100 complex words/words) (Gunning 1952); higher = harder.

    With Gunning's exceptions: names, compounds of short words, and words that reach three
    syllables only by "-es" or "-ed" are not complex.
    """
    return 0.4 * (words_per_sentence(c) + 100 * c["complex_words"] / c["words"])


def smog(c: Counts) -> Floats:
    """3.1291 + 1.0430 √(30 polysyllables/sentences) (McLaughlin 1969); higher = harder."""
    return 3.1291 + 1.0430 * np.sqrt(30 * c["polysyllables"] / c["sentences"])


def coleman_liau(c: Counts) -> Floats:
    """0.0588 L - 0.296 S - 15.8, letters and sentences per 100 words (1975); higher = harder."""
    per_hundred = 100 / c["words"]
    return 0.0588 * c["letters"] * per_hundred - 0.296 * c["sentences"] * per_hundred - 15.8


def automated_readability_index(c: Counts) -> Floats:
    """4.71 characters/word + 0.5 words/sentence - 21.43 (Smith & Senter 1967); higher = harder.

    Characters are letters and digits.
    """
    return 4.71 * c["characters"] / c["words"] + 0.5 * words_per_sentence(c) - 21.43


def dale_chall_1948(c: Counts) -> Floats:
    """0.1579 % difficult + 0.0496 words/sentence + 3.6365 (Dale & Chall 1948); higher = harder.

    The constant always belongs to it; many packages add it only above 5 % difficult words.
    """
    difficult = 100 * c["difficult_words"] / c["words"]
    return 0.1579 * difficult + 0.0496 * words_per_sentence(c) + 3.6365


def dale_chall_1995(c: Counts) -> Floats:
    """64 - 0.95 % difficult - 0.69 words/sentence (Chall & Dale 1995), a cloze score.

    Higher = easier.
    """
    difficult = 100 * c["difficult_words"] / c["words"]
    return 64 - 0.95 * difficult - 0.69 * words_per_sentence(c)


def lix(c: Counts) -> Floats:
    """words/sentence + 100 long words/words, over six letters (Björnsson 1968); higher = harder."""
    return words_per_sentence(c) + 100 * c["long_words"] / c["words"]


def rix(c: Counts) -> Floats:
    """Long words/sentences, over six letters (Anderson 1983); higher = harder."""
    return c["long_words"] / c["sentences"]


def linsear_write(c: Counts) -> Floats:
    """(easy + 3 polysyllables)/sentences, halved, less one up to 20; higher = harder.

    After O'Hayre 1966. On all words; textstat takes the first hundred.
    """
    score = (c["words"] + 2 * c["polysyllables"]) / c["sentences"]
    return np.where(score > 20, score / 2, score / 2 - 1)
