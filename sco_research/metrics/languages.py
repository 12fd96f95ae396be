"""What can be counted in which language."""

from collections.abc import Callable
from dataclasses import dataclass

from sco_research.metrics.familiar import is_familiar
from sco_research.metrics.syllables import english_syllables, russian_syllables
from sco_research.text.language import language_name


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """How the words of a language are counted.

    Attributes
    ----------
    name : str
        As a reader calls the language.
    spaced : bool
        Whether spaces stand between its words; where not, words are not counted.
    syllables : callable or None
        Counts the syllables of a word.
    familiar : callable or None
        Returns whether a word is familiar, see `is_familiar`.
    """

    name: str
    spaced: bool = True
    syllables: Callable[[str], int] | None = None
    familiar: Callable[[str], bool] | None = None


LANGUAGES = {
    "en": LanguageRules("English", syllables=english_syllables, familiar=is_familiar),
    "ru": LanguageRules("Russian", syllables=russian_syllables),
    "zh": LanguageRules("Chinese", spaced=False),
    "ja": LanguageRules("Japanese", spaced=False),
    "th": LanguageRules("Thai", spaced=False),
    "km": LanguageRules("Khmer", spaced=False),
    "lo": LanguageRules("Lao", spaced=False),
    "my": LanguageRules("Burmese", spaced=False),
    "mul": LanguageRules("several languages"),
    "und": LanguageRules("an unknown language"),
}


def rules_of(language: str) -> LanguageRules:
    """Return the rules of a language; of one without an entry, words are all that is counted.

    >>> rules_of("zh").spaced, rules_of("de").syllables
    (False, None)
    """
    return LANGUAGES.get(language) or LanguageRules(language_name(language))
