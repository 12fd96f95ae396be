"""What the language report states: one value, computed from the frames that it shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.stance import MAIN_MODALS, STANCE
from sco_research.metrics.diversity import WINDOW
from sco_research.metrics.languages import rules_of
from sco_research.metrics.readability import ease_class
from sco_research.metrics.registry import METRICS
from sco_research.organizations.issuer import issuer
from sco_research.text.document import Document
from sco_research.text.language import language_name
from sco_research.topics.issuer import IssuerFacts, issuer_facts
from sco_research.topics.language.length import MAX_SHOWN, Length, length_facts

MODAL = "modal."
"""What the ids of the categories of modal verbs begin with."""
EVALUATION = "evaluation."
"""What the ids of the evaluative categories begin with."""
NOMINALISATION = "nominalisation"
FREQUENT_SHARE = 0.1
"""What share of all nominalizations one has that is told: a term of the text's subject, perhaps."""
MIN_FREQUENT = 5

_OUTSIDE = "outside its published range"
_LIX_OF_NEWSPAPERS = {"en": 52, "ru": 65}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the whole text.

    Attributes
    ----------
    id, label : str
        As in `METRICS`.
    value : float or None
        None where it is undefined.
    source : str
        Key of its paper in the bibliography; empty for a plain ratio.
    remark : str
        What `measure` says of the value.
    """

    id: str
    label: str
    value: float | None
    source: str
    remark: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """Formulas whose constants were fitted on the same kind of texts."""

    labels: tuple[str, ...]
    texts: str


@dataclass(frozen=True, slots=True)
class Readability:
    """What the readability formulas give.

    Attributes
    ----------
    measures : tuple of Measure
        Those that are defined for this text.
    ease, grade, lix : float or None
        Flesch reading ease, Flesch–Kincaid grade and LIX, where they were measured.
    ease_class : str
        Flesch's own name for a score of that size; empty for an adaptation of his formula, for
        a text shorter than his samples, and beyond the ends of his scale.
    ease_beyond : str
        ``below 0`` or ``above 100`` where his scale ends before the score; else empty.
    outside : tuple of str
        Labels of the measures whose published range begins above this text's length.
    calibrations : tuple of Calibration
        Of the measures, in English.
    lix_of_newspapers : int or None
        Mean LIX of newspapers in the document's language (Björnsson 1983), where it is known.
    language : str
        What a reader calls that language.
    """

    measures: tuple[Measure, ...]
    ease: float | None
    grade: float | None
    lix: float | None
    ease_class: str
    ease_beyond: str
    outside: tuple[str, ...]
    calibrations: tuple[Calibration, ...]
    lix_of_newspapers: int | None
    language: str

    @property
    def cited(self) -> tuple[Measure, ...]:
        """The measures that have a paper."""
        return tuple(measure for measure in self.measures if measure.source)


@dataclass(frozen=True, slots=True)
class Curve:
    """A readability formula along the text: its name, lowest and highest value."""

    label: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Flesch reading ease as textstat computes it, and as this package does."""

    textstat: float
    own: float

    @property
    def equal(self) -> bool:
        """Whether the two are the same number to one decimal."""
        return round(self.textstat, 1) == round(self.own, 1)


@dataclass(frozen=True, slots=True)
class Diversity:
    """How varied the vocabulary is.

    Attributes
    ----------
    types : int
        Different words.
    measures : tuple of Measure
        Those that are defined for this text.
    mattr, mtld : float or None
        The two that the prose names.
    window : int
        Words in MATTR's window.
    undefined : tuple of str
        Labels of the measures that this text is too short for.
    """

    types: int
    measures: tuple[Measure, ...]
    mattr: float | None
    mtld: float | None
    window: int
    undefined: tuple[str, ...]

    @property
    def cited(self) -> tuple[Measure, ...]:
        """The measures that have a paper."""
        return tuple(measure for measure in self.measures if measure.source)

    @property
    def different(self) -> float | None:
        """How many of the words in a window are different, on average."""
        return None if self.mattr is None else self.window * self.mattr


@dataclass(frozen=True, slots=True)
class CategoryHits:
    """A form or category with its hits."""

    name: str
    hits: int


@dataclass(frozen=True, slots=True)
class Modality:
    """Which of `MAIN_MODALS` the codebook has, and which of these occur."""

    names: tuple[str, ...]
    present: tuple[CategoryHits, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """How many verbs stand without their agent as subject, and how many name it after "by"."""

    hits: int
    with_agent: int


@dataclass(frozen=True, slots=True)
class Stance:
    """What the stance codebook finds.

    Attributes
    ----------
    edition : str
        Name and version of the codebook.
    bundled : bool
        Whether it is the package's own.
    present, absent : tuple
        Evaluative categories with hits, and the names of those without.
    hedges, boosters, nominalisations : int or None
        Hits; None where the codebook has no such category.
    frequent_noun : CategoryHits or None
        The most frequent nominalization, in small letters, where it makes up a tenth of them all.
    rate_without_it : float or None
        The others per 1,000 words, if there is such a one.
    passives, participles : Agency or None
        Passives, and participles with "by" that have no *be*; None where the codebook does not
        count them with their agents.
    in_two_categories : int
        Places of the text whose words two categories count.
    shared_forms : int
        The different expressions in these places.
    shared : tuple of str
        The first few of them, as the text has them.
    resampled : str
        What the intervals of the rates resample.
    """

    edition: str
    bundled: bool
    present: tuple[CategoryHits, ...]
    absent: tuple[str, ...]
    hedges: int | None
    boosters: int | None
    nominalisations: int | None
    frequent_noun: CategoryHits | None
    rate_without_it: float | None
    passives: Agency | None
    participles: Agency | None
    in_two_categories: int
    shared_forms: int
    shared: tuple[str, ...]
    resampled: str


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """What the language report states of a document.

    Attributes
    ----------
    title : str
        The document's title, or its id.
    language : str
        Name of its language.
    official_languages : tuple of str
        Where the text is a translation: the languages of the original.
    issuer : IssuerFacts
        Whose languages they are.
    length : Length
    readability : Readability or None
        None where no formula is defined for the text.
    curve : Curve or None
        None where the text is too short for one.
    cross_check : CrossCheck or None
        None where textstat was not compared.
    diversity : Diversity or None
        None where words are not counted, or there are none.
    modality : Modality or None
        None where there is no stance, or the codebook has no modal verbs.
    stance : Stance or None
        None where the codebook is for another language, or the text has no words.
    words_in_context : tuple of str
        The words whose contexts the annex shows.
    """

    title: str
    language: str
    official_languages: tuple[str, ...]
    issuer: IssuerFacts
    length: Length
    readability: Readability | None
    curve: Curve | None
    cross_check: CrossCheck | None
    diversity: Diversity | None
    modality: Modality | None
    stance: Stance | None
    words_in_context: tuple[str, ...]


def language_facts(
    document: Document,
    *,
    counts: pd.DataFrame,
    metrics: pd.DataFrame,
    curve: pd.DataFrame,
    checked: pd.DataFrame,
    codebook: Codebook,
    codings: pd.DataFrame,
    forms: pd.DataFrame,
    rates: pd.DataFrame,
    words: Sequence[str] = (),
) -> LanguageFacts:
    """Return what the language report states.

    Parameters
    ----------
    document : Document
        The text.
    counts : pandas.DataFrame
        As from `count`, levels ``document``, ``section`` and ``sentence``.
    metrics : pandas.DataFrame
        As from `measure`, level ``document``: the measures that the report shows.
    curve : pandas.DataFrame
        As from `readability_curve`.
    checked : pandas.DataFrame
        As from `cross_check`.
    codebook : Codebook
        The stance codebook.
    codings, forms, rates : pandas.DataFrame
        As from `code_stance`, `stance_forms` and `stance_rates` by that codebook.
    words : sequence of str
        The words whose contexts the report shows, if any.

    Examples
    --------
    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> from sco_research.coding.stance import code_stance, stance_forms, stance_rates
    >>> from sco_research.metrics import count, measure
    >>> from sco_research.metrics.curves import readability_curve
    >>> from sco_research.metrics.textstat_check import cross_check
    >>> note = Document.from_text("They will meet. They support peace.", id="note")
    >>> facts = language_facts(
    ...     note,
    ...     counts=count(note, level=["document", "section", "sentence"]),
    ...     metrics=measure(note),
    ...     curve=readability_curve(note),
    ...     checked=cross_check(note),
    ...     codebook=load_codebook("stance"),
    ...     codings=code_stance(note),
    ...     forms=stance_forms(note),
    ...     rates=stance_rates(note),
    ... )
    >>> facts.length.words, facts.modality.present, facts.stance.hedges
    (6, (CategoryHits(name='will', hits=1),), 0)
    """
    language = document.metadata.language
    coded = rates[rates["hits"].notna() & (rates["words"] > 0)]
    return LanguageFacts(
        title=document.metadata.title or document.id,
        language=rules_of(language).name,
        official_languages=_official_languages(document),
        issuer=issuer_facts(document),
        length=length_facts(document, counts),
        readability=_readability(metrics, language),
        curve=_curve(curve),
        cross_check=_cross_check(checked),
        diversity=_diversity(metrics, language),
        modality=None if coded.empty else _modality(forms),
        stance=None if coded.empty else _stance(coded, codings, codebook),
        words_in_context=tuple(words),
    )


def _official_languages(document: Document) -> tuple[str, ...]:
    """Return the languages that the text is a translation from; none where it is an original."""
    official = issuer(document).official_languages
    return () if document.metadata.language in official else tuple(official.values())


def measures_of(metrics: pd.DataFrame, *, group: str, language: str) -> tuple[Measure, ...]:
    """Return the measures of a group of the whole text, in the order of the frame.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`.
    group : str
        ``readability`` or ``diversity``.
    language : str
        The document's language: an adaptation of a formula has a source of its own.
    """
    whole = metrics[metrics["level"] == "document"]
    found = []
    for name, value, remark in zip(whole["metric"], whole["value"], whole["flag"], strict=True):
        metric = METRICS[name]
        if metric.group == group:
            adapted = metric.adaptations.get(language)
            source = adapted.source if adapted else metric.source
            known = None if pd.isna(value) else float(value)
            found.append(Measure(metric.id, metric.label, known, source, remark))
    return tuple(found)


def _value(measures: Iterable[Measure], name: str) -> float | None:
    return next((measure.value for measure in measures if measure.id == name), None)


def _readability(metrics: pd.DataFrame, language: str) -> Readability | None:
    measures = measures_of(metrics, group="readability", language=language)
    defined = tuple(measure for measure in measures if measure.value is not None)
    if not defined:
        return None
    ease = _value(defined, "flesch_reading_ease")
    outside = tuple(measure.label for measure in defined if _OUTSIDE in measure.remark)
    # His classes are of his own formula, and of samples as long as his.
    classed = language == "en" and METRICS["flesch_reading_ease"].label not in outside
    return Readability(
        measures=defined,
        ease=ease,
        grade=_value(defined, "flesch_kincaid"),
        lix=_value(defined, "lix"),
        ease_class=ease_class(ease) if ease is not None and classed else "",
        ease_beyond=_beyond_the_scale(ease) if ease is not None and classed else "",
        outside=outside,
        calibrations=_calibrations(defined) if language == "en" else (),
        lix_of_newspapers=_LIX_OF_NEWSPAPERS.get(language),
        language=language_name(language),
    )


def _beyond_the_scale(ease: float) -> str:
    if ease < 0:
        return "below 0"
    return "above 100" if ease > 100 else ""


def _calibrations(measures: Iterable[Measure]) -> tuple[Calibration, ...]:
    labels: dict[str, list[str]] = {}
    for measure in measures:
        if texts := METRICS[measure.id].calibrated:
            labels.setdefault(texts, []).append(measure.label)
    return tuple(Calibration(tuple(names), texts) for texts, names in labels.items())


def _curve(curve: pd.DataFrame) -> Curve | None:
    if curve.empty:
        return None
    label = METRICS[str(curve["metric"].iloc[0])].label
    return Curve(label, float(curve["value"].min()), float(curve["value"].max()))


def _cross_check(checked: pd.DataFrame) -> CrossCheck | None:
    row = checked[(checked["metric"] == "flesch_reading_ease") & checked["value"].notna()]
    if row.empty:
        return None
    return CrossCheck(float(row["textstat"].iloc[0]), float(row["value"].iloc[0]))


def _diversity(metrics: pd.DataFrame, language: str) -> Diversity | None:
    measures = measures_of(metrics, group="diversity", language=language)
    types = _value(measures, "types")
    if not types:
        return None
    shown = [measure for measure in measures if measure.id != "types"]
    return Diversity(
        types=int(types),
        measures=tuple(measure for measure in shown if measure.value is not None),
        mattr=_value(measures, "mattr"),
        mtld=_value(measures, "mtld"),
        window=WINDOW,
        undefined=tuple(measure.label for measure in shown if measure.value is None),
    )


def modal_forms(forms: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `stance_forms` that are modal verbs, where they were counted."""
    return forms[forms["category"].str.startswith(MODAL) & forms["hits"].notna()]


def _modality(forms: pd.DataFrame) -> Modality | None:
    modals = modal_forms(forms)
    if modals.empty:
        return None
    totals = modals.groupby("pattern")["hits"].sum()
    hits = {name: int(totals[name]) for name in MAIN_MODALS if name in totals}
    return Modality(
        names=tuple(hits),
        present=tuple(CategoryHits(name, number) for name, number in hits.items() if number),
        absent=tuple(name for name, number in hits.items() if not number),
    )


def _stance(rates: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> Stance:
    hits = dict(zip(rates["category"], rates["hits"].astype("int64").tolist(), strict=True))
    evaluative = [
        CategoryHits(_in_a_sentence(codebook[category].label), number)
        for category, number in hits.items()
        if category.startswith(EVALUATION)
    ]
    # A participle that names its agent is one of the participles: no second meaning.
    apart = codings[~codings["category"].str.endswith(".agent")]
    categories = apart.groupby(["start", "end"])["category"].nunique()
    doubled = categories[categories > 1]
    matches = apart.drop_duplicates(["start", "end"]).set_index(["start", "end"])["match"]
    shared = dict.fromkeys(" ".join(match.split()).lower() for match in matches[doubled.index])
    nouns = codings.loc[codings["category"] == NOMINALISATION, "match"].str.lower()
    counts = nouns.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    frequent = len(counts) > 1 and counts.iloc[0] >= max(MIN_FREQUENT, FREQUENT_SHARE * len(nouns))
    noun = CategoryHits(str(counts.index[0]), int(counts.iloc[0])) if frequent else None
    return Stance(
        edition=codebook.edition,
        bundled=codebook.sha256 == load_codebook(STANCE).sha256,
        present=tuple(kind for kind in evaluative if kind.hits),
        absent=tuple(kind.name for kind in evaluative if not kind.hits),
        hedges=hits.get("hedge"),
        boosters=hits.get("booster"),
        nominalisations=hits.get(NOMINALISATION),
        frequent_noun=noun,
        rate_without_it=1000 * (len(nouns) - noun.hits) / int(rates["words"].iloc[0])
        if noun
        else None,
        passives=_agency(hits, "passive"),
        participles=_agency(hits, "participle"),
        in_two_categories=len(doubled),
        shared_forms=len(shared),
        shared=tuple(shared)[:MAX_SHOWN],
        resampled=str(rates["resampled"].iloc[0]),
    )


def _agency(hits: Mapping[str, int], category: str) -> Agency | None:
    agent = f"{category}.agent"
    if category not in hits or agent not in hits:
        return None
    return Agency(hits[category], hits[agent])


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]
