"""Every metric: what it is, in which unit, who published it and for which texts.

A metric is added by one entry here and one function in `readability` or `diversity`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, get_args

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.metrics import readability
from sco_research.metrics.diversity import MTLD_MIN_WORDS, SAMPLE, SEGMENT, WINDOW
from sco_research.metrics.metric import ANY, Adaptation, Counts, Floats, Formula, Group, Metric
from sco_research.metrics.tally import COUNTS

if TYPE_CHECKING:
    import pandas as pd


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
    return Metric(
        id=name,
        label=label,
        group="count",
        unit=unit,
        note=note,
        adaptations=adaptations,
        needs_words=0,
    )


_READABILITY = (
    Metric(
        id="words_per_sentence",
        label="Words per sentence",
        group="readability",
        unit="words",
        direction="higher = harder",
        formula="words / sentences",
        adaptations={ANY: Adaptation(readability.words_per_sentence, "")},
    ),
    Metric(
        id="syllables_per_word",
        label="Syllables per word",
        group="readability",
        unit="syllables",
        direction="higher = harder",
        formula="syllables / words",
        adaptations={
            language: Adaptation(readability.syllables_per_word, "") for language in ("en", "ru")
        },
    ),
    Metric(
        id="letters_per_word",
        label="Letters per word",
        group="readability",
        unit="letters",
        direction="higher = harder",
        formula="letters / words",
        adaptations={ANY: Adaptation(readability.letters_per_word, "")},
    ),
    Metric(
        id="flesch_reading_ease",
        label="Flesch reading ease",
        group="readability",
        unit="score",
        direction="higher = easier",
        formula="206.835 - 1.015 words/sentence - 84.6 syllables/word",
        source="flesch1948",
        calibrated="school reading tests",
        adaptations={
            "en": Adaptation(readability.flesch_reading_ease, "flesch1948"),
            "ru": Adaptation(
                readability.flesch_reading_ease_russian,
                "oborneva2006",
                "for Russian: 206.835 - 1.3 words/sentence - 60.1 syllables/word (Oborneva 2006)",
            ),
        },
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="flesch_kincaid",
        label="Flesch–Kincaid grade",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="0.39 words/sentence + 11.8 syllables/word - 15.59",
        source="kincaid1975",
        calibrated="training manuals of the US Navy",
        adaptations=_english(readability.flesch_kincaid, "kincaid1975"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="gunning_fog",
        label="Gunning fog",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="0.4 (words/sentence + 100 polysyllables/words)",
        source="gunning1952",
        note="every word of three syllables or more counts, as in most packages",
        adaptations=_english(readability.gunning_fog, "gunning1952"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="gunning_fog_1952",
        label="Gunning fog, with his exceptions",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="0.4 (words/sentence + 100 complex words/words)",
        source="gunning1952",
        note="names, compounds of short words and endings in -es and -ed are left out",
        adaptations=_english(readability.gunning_fog_1952, "gunning1952"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="smog",
        label="SMOG",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="3.1291 + 1.0430 √(30 polysyllables/sentences)",
        source="mclaughlin1969",
        calibrated="school reading tests",
        adaptations=_english(readability.smog, "mclaughlin1969"),
        sentences=30,
    ),
    Metric(
        id="coleman_liau",
        label="Coleman–Liau",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="0.0588 letters/100 words - 0.296 sentences/100 words - 15.8",
        source="coleman1975",
        adaptations=_english(readability.coleman_liau, "coleman1975"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="automated_readability_index",
        label="Automated readability index",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="4.71 characters/word + 0.5 words/sentence - 21.43",
        source="smith1967",
        note="characters are letters and digits",
        adaptations=_english(readability.automated_readability_index, "smith1967"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="dale_chall_1948",
        label="Dale–Chall 1948",
        group="readability",
        unit="score",
        direction="higher = harder",
        formula="0.1579 % difficult words + 0.0496 words/sentence + 3.6365",
        source="dale1948",
        note="words off the list of 2,940 that textstat carries; the constant always belongs to it",
        adaptations=_english(readability.dale_chall_1948, "dale1948"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="dale_chall_1995",
        label="Dale–Chall 1995",
        group="readability",
        unit="cloze score",
        direction="higher = easier",
        formula="64 - 0.95 % difficult words - 0.69 words/sentence",
        source="chall1995",
        note="with the same list of words",
        adaptations=_english(readability.dale_chall_1995, "chall1995"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="lix",
        label="LIX",
        group="readability",
        unit="score",
        direction="higher = harder",
        formula="words/sentence + 100 long words/words",
        source="bjornsson1968",
        adaptations={
            "en": Adaptation(readability.lix, "bjornsson1968"),
            "ru": _BJORNSSON,
        },
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="rix",
        label="RIX",
        group="readability",
        unit="long words per sentence",
        direction="higher = harder",
        formula="long words/sentences",
        source="anderson1983",
        adaptations=_english(readability.rix, "anderson1983"),
        words=_SAMPLE_OF_WORDS,
    ),
    Metric(
        id="linsear_write",
        label="Linsear Write",
        group="readability",
        unit=_GRADE,
        direction="higher = harder",
        formula="r = (other words + 3 polysyllables)/sentences; r/2 above 20, else r/2 - 1",
        source="ohayre1966",
        note="on all words; textstat takes the first hundred",
        adaptations=_english(readability.linsear_write, "ohayre1966"),
        words=_SAMPLE_OF_WORDS,
    ),
)

_DIVERSITY = (
    Metric(
        id="types",
        label="Types",
        group="diversity",
        unit="types",
        direction="higher = more diverse",
        formula="V",
        needs_words=0,
    ),
    Metric(
        id="ttr",
        label="Type-token ratio",
        group="diversity",
        unit="ratio",
        direction="higher = more diverse",
        formula="V / N",
        source="templin1957",
        note="falls with length: compare equal lengths only",
    ),
    Metric(
        id="root_ttr",
        label="Root type-token ratio",
        group="diversity",
        unit="ratio",
        direction="higher = more diverse",
        formula="V / √N",
        source="guiraud1954",
    ),
    Metric(
        id="maas",
        label="Maas a²",
        group="diversity",
        unit="index",
        direction="lower = more diverse",
        formula="(log N - log V) / (log N)²",
        source="maas1972",
        note="logarithms to the base 10; not the root, a",
        needs_words=2,
    ),
    Metric(
        id="mattr",
        label="MATTR",
        group="diversity",
        unit="ratio",
        direction="higher = more diverse",
        formula=f"mean V / {WINDOW} of all windows of {WINDOW} words",
        source="covington2010",
        note=f"window of {WINDOW} words",
        needs_words=WINDOW,
    ),
    Metric(
        id="msttr",
        label="MSTTR",
        group="diversity",
        unit="ratio",
        direction="higher = more diverse",
        formula=f"mean V / {SEGMENT} of segments of {SEGMENT} words",
        source="johnson1944",
        note=f"segments of {SEGMENT} words; what is left at the end is left out",
        needs_words=SEGMENT,
    ),
    Metric(
        id="mtld",
        label="MTLD",
        group="diversity",
        unit="words",
        direction="higher = more diverse",
        formula=(
            "words / factors, a factor ends where V/N falls below 0.72; mean of both directions"
        ),
        source="mccarthy2010",
        note="bidirectional, as published: no least length of a factor, no wrapping",
        needs_words=MTLD_MIN_WORDS,
        words=100,
    ),
    Metric(
        id="hdd",
        label="HD-D",
        group="diversity",
        unit="ratio",
        direction="higher = more diverse",
        formula=f"expected V / {SAMPLE} of samples of {SAMPLE} words without replacement",
        source="mccarthy2007",
        note=f"samples of {SAMPLE} words",
        needs_words=SAMPLE,
    ),
    Metric(
        id="yules_k",
        label="Yule’s K",
        group="diversity",
        unit="index",
        direction="lower = more diverse",
        formula="10⁴ (Σ f² - N) / N²",
        source="yule1944",
        needs_words=2,
    ),
)

_METRICS = (*(_count(name) for name in COUNTS), *_READABILITY, *_DIVERSITY)


METRICS_TABLE = Schema(
    Column("metric", "str", "its id"),
    Column("label", "str", "its name in a table"),
    Column("group", "str", "``count``, ``readability`` or ``diversity``"),
    Column("unit", "str", "what a value is counted in"),
    Column("direction", "str", "what a higher or lower value means"),
    Column("formula", "str", "for people"),
    Column("source", "str", "key in the bibliography; empty for a plain count"),
    Column("languages", "list", "codes of the languages with a form of it, or ``any``"),
    Column("needs_words", "int", "words below which it is undefined"),
    Column("words", "int", "words below which a text is outside its published range; 0 for none"),
    Column("sentences", "int", "sentences below which a text is outside it; 0 for none"),
    Column("note", "str", "the variant, or what is particular"),
)
METRICS: Mapping[str, Metric] = {metric.id: metric for metric in _METRICS}
GROUPS: tuple[Group, ...] = get_args(Group)


def select_metrics(metrics: str | Iterable[str] | None) -> tuple[Metric, ...]:
    """Return the metrics that a name, a group or a list of either stands for; all for None.

    Raises
    ------
    ParameterError
        Where a name is unknown, or appears twice.

    Examples
    --------
    >>> [metric.id for metric in select_metrics(["smog", "lix"])]
    ['smog', 'lix']
    """
    if metrics is None:
        return tuple(METRICS.values())
    found: dict[str, Metric] = {}
    for name in [metrics] if isinstance(metrics, str) else metrics:
        if name in METRICS:
            found[name] = METRICS[name]
        elif name in GROUPS:
            found.update({item.id: item for item in METRICS.values() if item.group == name})
        else:
            raise ParameterError(
                f"metric {name!r}: no such metric; choose of {', '.join((*GROUPS, *METRICS))}"
            )
    return tuple(found.values())


def metrics_table() -> pd.DataFrame:
    """Return what every metric is.

    Returns
    -------
    pandas.DataFrame
        One row per metric, with the columns of `METRICS_TABLE`.

    Examples
    --------
    >>> table = metrics_table().set_index("metric")
    >>> print(table.loc["smog", "sentences"])
    30
    """
    return METRICS_TABLE.frame(
        [
            {
                "metric": metric.id,
                "label": metric.label,
                "group": metric.group,
                "unit": metric.unit,
                "direction": metric.direction,
                "formula": metric.formula,
                "source": metric.source,
                "languages": list(metric.adaptations) or [ANY],
                "needs_words": metric.needs_words,
                "words": metric.words,
                "sentences": metric.sentences,
                "note": metric.note,
            }
            for metric in METRICS.values()
        ]
    )
