"""Every metric: what it is, in which unit, who published it and for which texts.

A metric is added by one entry here and one function in `readability` or `diversity`.
"""

from sco_research.metrics import readability
from sco_research.metrics.diversity import MTLD_LEAST, SAMPLE, SEGMENT, WINDOW
from sco_research.metrics.metric import ANY, Adaptation, Counts, Floats, Formula, Metric
from sco_research.metrics.tally import COUNTS


def _english(formula: Formula, source: str) -> dict[str, Adaptation]:
    return {"en": Adaptation(formula, source)}


_GRADE = "US school grade"
_SAMPLE_OF_WORDS = 100
_BJORNSSON = Adaptation(readability.lix, "bjornsson1983", "for Russian after Björnsson 1983")

_COUNT_LABELS = {
    "sentences": ("Sentences", "sentences", "with at least one word in them"),
    "words": ("Words", "words", ""),
    "letters": ("Letters", "letters", ""),
    "characters": ("Characters", "characters", "letters and digits"),
    "syllables": ("Syllables", "syllables", "CMU dictionary, else pyphen; Russian: vowels"),
    "monosyllables": ("Monosyllables", "words", "words of one syllable"),
    "polysyllables": ("Polysyllables", "words", "words of three syllables or more"),
    "complex_words": ("Complex words", "words", "polysyllables less Gunning's exceptions"),
    "long_words": ("Long words", "words", "words of seven letters or more"),
    "difficult_words": ("Difficult words", "words", "not on the list of Dale and Chall"),
}
_SYLLABIC = ("syllables", "monosyllables", "polysyllables", "complex_words")
_NEEDS = {**dict.fromkeys(_SYLLABIC, ("en", "ru")), "difficult_words": ("en",)}


def _count(name: str) -> Metric:
    label, unit, note = _COUNT_LABELS[name]

    def column(counts: Counts) -> Floats:
        return counts[name] + 0.0

    languages = _NEEDS.get(name, (ANY,))
    adaptations = {language: Adaptation(column, "") for language in languages}
    return Metric(name, label, "count", unit, note=note, adaptations=adaptations, needs_words=0)


_READABILITY = (
    Metric(
        "words_per_sentence", "Words per sentence", "readability", "words", "higher = harder",
        "words / sentences", adaptations={ANY: Adaptation(readability.words_per_sentence, "")},
    ),
    Metric(
        "syllables_per_word", "Syllables per word", "readability", "syllables", "higher = harder",
        "syllables / words",
        adaptations={
            language: Adaptation(readability.syllables_per_word, "") for language in ("en", "ru")
        },
    ),
    Metric(
        "letters_per_word", "Letters per word", "readability", "letters", "higher = harder",
        "letters / words", adaptations={ANY: Adaptation(readability.letters_per_word, "")},
    ),
    Metric(
        "flesch_reading_ease", "Flesch reading ease", "readability", "score", "higher = easier",
        "206.835 - 1.015 words/sentence - 84.6 syllables/word", "flesch1948",
        "",
        {
            "en": Adaptation(readability.flesch_reading_ease, "flesch1948"),
            "ru": Adaptation(
                readability.flesch_reading_ease_russian, "oborneva2006",
                "for Russian: 206.835 - 1.3 words/sentence - 60.1 syllables/word (Oborneva 2006)",
            ),
        },
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "flesch_kincaid", "Flesch–Kincaid grade", "readability", _GRADE, "higher = harder",
        "0.39 words/sentence + 11.8 syllables/word - 15.59", "kincaid1975", "",
        _english(readability.flesch_kincaid, "kincaid1975"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "gunning_fog", "Gunning fog", "readability", _GRADE, "higher = harder",
        "0.4 (words/sentence + 100 polysyllables/words)", "gunning1952",
        "every word of three syllables or more counts, as in most packages",
        _english(readability.gunning_fog, "gunning1952"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "gunning_fog_1952", "Gunning fog, with his exceptions", "readability", _GRADE,
        "higher = harder", "0.4 (words/sentence + 100 complex words/words)", "gunning1952",
        "names, compounds of short words and endings in -es and -ed are left out",
        _english(readability.gunning_fog_1952, "gunning1952"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "smog", "SMOG", "readability", _GRADE, "higher = harder",
        "3.1291 + 1.0430 √(30 polysyllables/sentences)", "mclaughlin1969",
        "", _english(readability.smog, "mclaughlin1969"),
        sentences=30,
    ),
    Metric(
        "coleman_liau", "Coleman–Liau", "readability", _GRADE, "higher = harder",
        "0.0588 letters/100 words - 0.296 sentences/100 words - 15.8", "coleman1975", "",
        _english(readability.coleman_liau, "coleman1975"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "automated_readability_index", "Automated readability index", "readability", _GRADE,
        "higher = harder", "4.71 characters/word + 0.5 words/sentence - 21.43", "smith1967",
        "characters are letters and digits",
        _english(readability.automated_readability_index, "smith1967"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "dale_chall_1948", "Dale–Chall 1948", "readability", "score", "higher = harder",
        "0.1579 % difficult words + 0.0496 words/sentence + 3.6365", "dale1948",
        "words off the list of 2,940 that textstat carries; the constant always belongs to it",
        _english(readability.dale_chall_1948, "dale1948"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "dale_chall_1995", "Dale–Chall 1995", "readability", "cloze score", "higher = easier",
        "64 - 0.95 % difficult words - 0.69 words/sentence", "chall1995",
        "with the same list of words",
        _english(readability.dale_chall_1995, "chall1995"), words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "lix", "LIX", "readability", "score", "higher = harder",
        "words/sentence + 100 long words/words", "bjornsson1968", "",
        {
            "en": Adaptation(readability.lix, "bjornsson1968"),
            "ru": _BJORNSSON,
        },
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "rix", "RIX", "readability", "long words per sentence", "higher = harder",
        "long words/sentences", "anderson1983", "", _english(readability.rix, "anderson1983"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        "linsear_write", "Linsear Write", "readability", _GRADE, "higher = harder",
        "r = (other words + 3 polysyllables)/sentences; r/2 above 20, else r/2 - 1", "ohayre1966",
        "on all words; textstat takes the first hundred",
        _english(readability.linsear_write, "ohayre1966"), words=_SAMPLE_OF_WORDS,
    ),
)  # fmt: skip

_DIVERSITY = (
    Metric("types", "Types", "diversity", "types", "higher = more diverse", "V", needs_words=0),
    Metric(
        "ttr", "Type-token ratio", "diversity", "ratio", "higher = more diverse", "V / N",
        "templin1957", "falls with length: compare equal lengths only",
    ),
    Metric(
        "root_ttr", "Root type-token ratio", "diversity", "ratio", "higher = more diverse",
        "V / √N", "guiraud1954",
    ),
    Metric(
        "maas", "Maas a²", "diversity", "index", "lower = more diverse",
        "(log N - log V) / (log N)²", "maas1972", "logarithms to the base 10; not the root, a",
        needs_words=2,
    ),
    Metric(
        "mattr", "MATTR", "diversity", "ratio", "higher = more diverse",
        f"mean V / {WINDOW} of all windows of {WINDOW} words", "covington2010",
        f"window of {WINDOW} words", needs_words=WINDOW,
    ),
    Metric(
        "msttr", "MSTTR", "diversity", "ratio", "higher = more diverse",
        f"mean V / {SEGMENT} of segments of {SEGMENT} words", "johnson1944",
        f"segments of {SEGMENT} words; what is left at the end is left out", needs_words=SEGMENT,
    ),
    Metric(
        "mtld", "MTLD", "diversity", "words", "higher = more diverse",
        "words / factors, a factor ends where V/N falls below 0.72; mean of both directions",
        "mccarthy2010", "bidirectional, as published: no least length of a factor, no wrapping",
        needs_words=MTLD_LEAST, words=100,
    ),
    Metric(
        "hdd", "HD-D", "diversity", "ratio", "higher = more diverse",
        f"expected V / {SAMPLE} of samples of {SAMPLE} words without replacement",
        "mccarthy2007", f"samples of {SAMPLE} words", needs_words=SAMPLE,
    ),
    Metric(
        "yules_k", "Yule’s K", "diversity", "index", "lower = more diverse",
        "10⁴ (Σ f² - N) / N²", "yule1944", needs_words=2,
    ),
)  # fmt: skip

DEFINITIONS = (*(_count(name) for name in COUNTS), *_READABILITY, *_DIVERSITY)
