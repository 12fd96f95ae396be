"""The language of a text: recognised by its script, by English function words, and by a model.

The model is that of py3langid, which ships it; it is read only where script and function words
leave the question open, so that texts in English cost nothing.
"""

import re
import string
from functools import cache
from typing import Protocol

UNKNOWN = "und"
_SAMPLE = 20_000
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"),
    "Cyrillic": re.compile("[\u0400-\u052f]+"),
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"),
    "kana": re.compile("[\u3041-\u30ff]+"),
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"),
}
_OTHER = re.compile(r"[^\W\d_\u0000-\u052f\u0600-\u06ff\u3041-\u30ff\u3400-\u9fff]+")
_HAN_OR_KANA = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
# A text is mostly ASCII, whose letters bytes count a hundred times faster than patterns do.
_LETTERS = string.ascii_letters.encode()
_NO_LETTERS = bytes(sorted(set(range(128)) - set(_LETTERS)))
_ASCII = bytes(range(128))
_FOREIGN_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_STANDS_FOR_ONE = "\x7f"
# The signs that most English texts hold beside ASCII: without them no letter need be looked for.
_NO_WORDS_OF = tuple("\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00a0")
_SPACED_AND_SMALL = bytes.maketrans(
    bytes(sorted({*_NO_LETTERS} - {*_STANDS_FOR_ONE.encode()})), b" " * (len(_NO_LETTERS) - 1)
).lower()
# Official Japanese has few kana beside its Han characters; Chinese has none.
_MIN_SHARE_OF_KANA = 0.05
# Words that make up a third of any English text, and that few texts in other languages hold.
_ENGLISH = frozenset(
    word.encode()
    for word in _WORD.findall(
        "the and of to they we their our us will shall with that this these those for from by "
        "which have has been were are who whose them must should would could it its there be "
        "upon into through during against about after before between under while whether other "
        "others each both such than then what when where how because until any some not more most "
        "only also he she you your his her is at or but can may all"
    )
)
_MIN_SHARE_OF_ENGLISH = 0.2
# A text whose beginning, middle and end are plainly English is read no further.
_PLAINLY_ENGLISH = 0.25
_PIECE = 1_000
# A shorter text has too few letters for the model, and a less certain answer is none.
_MIN_LETTERS = 20
_MIN_CERTAINTY = 0.5
# The languages in which states and organizations publish; the model knows dialects and dead ones.
_NAMES: dict[str, str] = dict(
    re.findall(
        r"\b(\w\w)\s+(\w+)",
        """
        af Afrikaans, am Amharic, ar Arabic, az Azerbaijani, be Belarusian, bg Bulgarian, bn
        Bengali, bs Bosnian, ca Catalan, cs Czech, da Danish, de German, el Greek, en English,
        es Spanish, et Estonian, eu Basque, fa Persian, fi Finnish, fr French, ga Irish, gl
        Galician, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, hy Armenian, id Indonesian, is
        Icelandic, it Italian, ja Japanese, ka Georgian, kk Kazakh, km Khmer, ko Korean, ky
        Kyrgyz, lo Lao, lt Lithuanian, lv Latvian, mk Macedonian, mn Mongolian, ms Malay, mt
        Maltese, my Burmese, ne Nepali, nl Dutch, no Norwegian, pl Polish, ps Pashto, pt
        Portuguese, ro Romanian, ru Russian, rw Kinyarwanda, si Sinhala, sk Slovak, sl
        Slovenian, so Somali, sq Albanian, sr Serbian, sv Swedish, sw Swahili, ta Tamil, tg
        Tajik, th Thai, tk Turkmen, tl Filipino, tr Turkish, ug Uyghur, uk Ukrainian, ur Urdu,
        uz Uzbek, vi Vietnamese, zh Chinese
        """,
    )
)
# Of the languages that rules are written for, those of another script than the Latin one.
_NOT_LATIN = {"ru": "Cyrillic", "zh": "Han", "ja": "Han"}


class _Model(Protocol):
    def set_languages(self, langs: list[str]) -> None: ...
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; ``"und"`` where it is unknown.

    Parameters
    ----------
    text : str
        Any text; its first 20,000 characters are looked at, and of these only the beginning, the
        middle and the end where all three are plainly English.

    Notes
    -----
    Where the model is not sure, and in a text of a few words, which tells it too little, a text is
    English if all its words are of an English dictionary, two at least, and the model does not
    take it for another language. Any other is ``"und"``: no rules are applied to it until its
    language is said.

    Examples
    --------
    >>> language_of("We met."), language_of("Drugs kill."), language_of("元首们")
    ('en', 'en', 'zh')
    >>> language_of("Paix"), language_of("Silence"), language_of("123")
    ('und', 'und', 'und')
    >>> language_of("Главы государств заявляют следующее.")
    'ru'
    >>> language_of("Les États membres déclarent la paix.")
    'fr'
    """
    sample = text[:_SAMPLE]
    places = (0, (len(sample) - _PIECE) // 2, len(sample) - _PIECE)
    if len(sample) > len(places) * _PIECE and all(
        _is_plainly_english(sample[at : at + _PIECE]) for at in places
    ):
        return "en"
    counts = _letters(sample)
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return UNKNOWN
    if script in ("Han", "kana"):
        return "ja" if counts["kana"] >= _MIN_SHARE_OF_KANA * counts["Han"] else "zh"
    if script == "Latin":
        words = _words(sample)
        if _number_of_english(words) >= _MIN_SHARE_OF_ENGLISH * len(words):
            return "en"
    # Capitals are rare where the model learned, and words in other scripts tell nothing.
    own = _SCRIPTS.get(script, _OTHER)
    pieces = (piece for piece in sample.lower().split() if own.search(piece))
    language, certainty = _model().classify(" ".join(pieces))
    is_sure = certainty >= _MIN_CERTAINTY
    if is_sure and counts[script] >= _MIN_LETTERS:
        return language
    may_be_english = script == "Latin" and (language == "en" or not is_sure)
    return "en" if may_be_english and _is_all_english(sample) else UNKNOWN


def _is_all_english(sample: str) -> bool:
    """Return whether an English dictionary has all words of a text, abbreviations apart."""
    from simplemma import is_known

    words = _WORD.findall(sample)
    if not sample.isupper():
        words = [word for word in words if not (word.isupper() and len(word) > 1)]
    return len(words) > 1 and all(is_known(word.lower(), lang="en") for word in words)


def may_be(language: str, text: str, expected: str) -> bool:
    """Return whether rules for one language may be applied to a text.

    Parameters
    ----------
    language : str
        The text's language, as its metadata have it; of an unknown one only a text without letters
        may be in the language of the rules.
    text : str
        The text; one in another script than the language's is not in it, whatever is said of it.
    expected : str
        The language of the rules.

    Examples
    --------
    >>> may_be("en", "Drugs kill.", "en"), may_be("en", "Они.", "en"), may_be("und", "Paix", "en")
    (True, False, False)
    """
    if language == UNKNOWN:
        return not any(_letters(text[:_SAMPLE]).values())
    if language != expected:
        return False
    if text.isascii():
        return language == expected or expected not in _NOT_LATIN
    counts = _letters(text[:_SAMPLE])
    script = _NOT_LATIN.get(expected, "Latin")
    return not any(counts.values()) or counts[script] == max(counts.values())


def language_name(language: str) -> str:
    """Return what a reader calls a language, by its ISO 639-1 code.

    >>> language_name("ky"), language_name("und"), language_name("xx")
    ('Kyrgyz', 'an unknown language', "language 'xx'")
    """
    if language == UNKNOWN:
        return "an unknown language"
    return _NAMES.get(language) or f"language {language!r}"


def _letters(sample: str) -> dict[str, int]:
    """Return how many letters of each script a text has."""
    data = sample.encode("utf-8", "replace")
    counts = dict.fromkeys(_SCRIPTS, 0)
    if not sample.isascii():
        rest = data.translate(None, _ASCII).decode()
        scripts = {**_SCRIPTS, "other": _OTHER}
        counts = {name: sum(map(len, one.findall(rest))) for name, one in scripts.items()}
        data = sample.encode("ascii", "ignore")
    counts["Latin"] += len(data.translate(None, _NO_LETTERS))
    if counts["kana"]:
        # The two together make one writing.
        counts["Han"], counts["kana"] = counts["Han"] + counts["kana"], counts["kana"]
    return counts


def _is_plainly_english(piece: str) -> bool:
    words = _words(piece)
    return _number_of_english(words) > _PLAINLY_ENGLISH * len(words)


def _number_of_english(words: list[bytes]) -> int:
    # To sum truth values takes thrice as long.
    return list(map(_ENGLISH.__contains__, words)).count(True)


def _words(sample: str) -> list[bytes]:
    """Return the words of a text in small letters, with one sign for any letter not in ASCII."""
    if not sample.isascii():
        for sign in _NO_WORDS_OF:
            sample = sample.replace(sign, " ")
    sample = sample.replace(_STANDS_FOR_ONE, " ")
    if not sample.isascii():
        sample = _FOREIGN_LETTER.sub(_STANDS_FOR_ONE, sample)
    # Bytes are made small ten times as fast as letters.
    return sample.encode("ascii", "replace").translate(_SPACED_AND_SMALL).split()


@cache
def _model() -> _Model:
    """Read the model, which costs half a second of one core, once and only when it is needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(_NAMES))
    return model


def is_east_asian(text: str) -> bool:
    """Return whether a text holds Han or kana, which know no capitals and no spaces.

    >>> is_east_asian("元首"), is_east_asian("Heads")
    (True, False)
    """
    return bool(_HAN_OR_KANA.search(text))
