"""What the report on themes states: numbers, names and intervals, computed from frames.

The sentences stand in ``text.md`` beside this file; it holds nothing that these facts do not.
"""

import math
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.metrics.languages import rules_of
from sco_research.organizations import issuer
from sco_research.statistics import Bootstrap, Estimate, Rate
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.issuer import IssuerFacts, issuer_facts
from sco_research.topics.themes.pairs import Pairs, Unit, pair_facts
from sco_research.topics.themes.tables import label_of, sections_of
from sco_research.topics.themes.validation import (
    Development,
    ThemesFirstRun,
    Validation,
    corrected,
    development_sentences,
)

# A theme that validation found less precise is not named as leading.
MIN_PRECISION = 0.8
# Where more could rank first, their names say nothing that the table does not.
MAX_CONTENDERS = 5
# So many of the words matched are shown with the leading theme.
MAX_WORDS = 3


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme that occurs.

    Attributes
    ----------
    id, label : str
        Its category.
    sentences, hits : int
        Sentences with the theme, and matches of its patterns.
    share : float
        Of the document's sentences, from 0 to 1.
    low, high : float or None
        Ends of the share's interval; None where the theme has fewer than five sentences or the
        document fewer than five paragraphs.
    rank_low, rank_high : int or None
        First and last rank by sentences within the interval; None where there is none.
    estimate : Estimate or None
        Its sentences, corrected for the errors of the first run; None where that had too few of
        the theme.
    precisions : tuple of Rate or None
        In each validation in which it was found; None where the codebook has no validation.
    first_run : Rate or None
        Its precision at the first run, of this edition or of one before; None where that found it
        in fewer than five sentences.
    words : tuple of (str, int)
        The words most often matched, at most three, with how often.
    """

    id: str
    label: str
    sentences: int
    hits: int
    share: float
    low: float | None
    high: float | None
    rank_low: int | None
    rank_high: int | None
    estimate: Estimate | None
    precisions: tuple[Rate, ...] | None
    first_run: Rate | None = None
    words: tuple[tuple[str, int], ...] = ()

    @property
    def at_least(self) -> float:
        """Its sentences, if its precision were the lowest that a validation allows."""
        lows = [rate.low for rate in self.precisions or () if rate.low is not None]
        return self.sentences * min(lows) if lows else 0.0

    @property
    def may_lead(self) -> bool:
        """Whether a sentence may name it as leading: not where it is imprecise, or may be."""
        if self.precisions is None:
            return True
        values = [rate.value for rate in self.precisions if rate.value is not None]
        return bool(values) and min(values) >= MIN_PRECISION


@dataclass(frozen=True, slots=True)
class Ranking:
    """What can be said of the first rank.

    Attributes
    ----------
    known : bool
        Whether the document has enough paragraphs for ranks to have intervals.
    first : Theme or None
        The only theme whose interval includes the first rank; None where there are more.
    leader : Theme or None
        The theme whose rank is the first throughout its interval, if it may lead, or would lead at
        its lowest precision too.
    candidates : tuple of str
        Labels of the themes whose interval includes the first rank and that may lead.
    contenders, imprecise : int
        How many themes include it, and how many of them may not lead.
    min_sentences, max_sentences : int
        Fewest and most sentences of all themes whose interval includes the first rank.
    top : tuple of str
        Labels of the themes with the most sentences.
    """

    known: bool
    first: Theme | None
    leader: Theme | None
    candidates: tuple[str, ...]
    contenders: int
    imprecise: int
    min_sentences: int
    max_sentences: int
    top: tuple[str, ...]

    @property
    def few_contenders(self) -> bool:
        """Whether there are few enough to be named."""
        return 1 < self.contenders <= MAX_CONTENDERS


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is named.

    Attributes
    ----------
    named, mentions : int
        Actors of the codebook that occur, and how often in all; a mention is one actor's.
    issuer_known : bool
        Whether it is known who issued the document.
    issuer : str
        The issuer's short name; empty where it is unknown.
    of_issuer, of_members : int
        Mentions of the issuer, and of its members together.
    """

    named: int
    mentions: int
    issuer_known: bool
    issuer: str
    of_issuer: int
    of_members: int


@dataclass(frozen=True, slots=True)
class InSample:
    """How the coding of this document, whose text the codebook's author knew, meets the reference.

    Attributes
    ----------
    right, false, missed : int
        Themes given to sentences that the reference gives too, that it does not give, and that it
        alone gives; of the themes that it was asked for.
    sentences : int
        Sentences to which the reference gives a theme.
    most : int
        The highest number of sentences that one theme has in the reference.
    top : tuple of str
        Labels of the themes that have it, at most three; empty where more do.
    """

    right: int
    false: int
    missed: int
    sentences: int
    most: int
    top: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores of the first run on sentences that the codebook's author had not seen.

    Attributes
    ----------
    texts : str
        Whose sentences they are.
    edition : str
        The edition of the codebook that was run.
    is_of_this : bool
        Whether that is the edition shown.
    sentences : int
        How many.
    precision, recall : Rate
        Over all sentences and themes.
    f1 : float
        Their harmonic mean.
    """

    texts: str
    edition: str
    is_of_this: bool
    sentences: int
    precision: Rate
    recall: Rate
    f1: float


@dataclass(frozen=True, slots=True)
class ForeignLanguage:
    """The languages of document and codebook, where they differ."""

    document: str
    codebook: str


@dataclass(frozen=True, slots=True)
class ThemesFacts:
    """What the report on themes states.

    Attributes
    ----------
    title : str
        The document's title, or its id.
    issuer : IssuerFacts
        Who issues it, and who says so.
    foreign : ForeignLanguage or None
        Where the codebook is for another language, so that nothing can be said.
    sentences, paragraphs, sections : int
        The document's.
    codebook : str
        Title of the codebook of themes.
    edition, version : str
        Its version and hash; its version alone.
    categories : int
        Its themes that can be coded: those relative to the issuer only where it is known.
    not_coded : tuple of str
        Labels of the others: what is the issuer's own name is no theme of its text.
    themes : tuple of Theme
        Those that occur, most sentences first.
    absent : tuple of str
        Labels of those that do not occur.
    order : tuple of str
        Labels of those that occur, in the order of their first match.
    coded_sentences, hits : int
        Sentences with a theme, and matches in all.
    single : int
        Themes that occur in one sentence only.
    ranking : Ranking
        What can be said of the first rank.
    pairs : Pairs
        Themes that meet.
    actors : Actors
        Who is named.
    validated : bool
        Whether the codebook shown is the one that was validated.
    held_out : HeldOut or None
        Its first run; None where this edition had none.
    development : Development or None
        Its scores on the sentences by which it was revised; None where they are not known.
    seen : int
        Sentences of this very document among those.
    in_sample : InSample or None
        Its errors on this document; None for a document without a reference coding.
    in_codebook, asked : int
        Themes of the codebook, and those that this document's reference coding was asked for; 0
        without one.
    not_asked : tuple of str
        Labels of the themes that occur and that the reference coding was not asked for, because
        the codebook gained them later.
    confidence : float
        Coverage of the intervals, from 0 to 1.
    resamples : int
        Bootstrap resamples.
    """

    title: str
    issuer: IssuerFacts
    foreign: ForeignLanguage | None
    sentences: int
    paragraphs: int
    sections: int
    codebook: str
    edition: str
    version: str
    categories: int
    not_coded: tuple[str, ...]
    themes: tuple[Theme, ...]
    absent: tuple[str, ...]
    order: tuple[str, ...]
    coded_sentences: int
    hits: int
    single: int
    ranking: Ranking
    pairs: Pairs
    actors: Actors
    validated: bool
    held_out: HeldOut | None
    development: Development | None
    seen: int
    in_sample: InSample | None
    in_codebook: int
    asked: int
    not_asked: tuple[str, ...]
    confidence: float
    resamples: int

    @property
    def estimates(self) -> dict[str, Estimate | None]:
        """Numbers of sentences corrected for coding errors, by category."""
        return {theme.id: theme.estimate for theme in self.themes}

    @property
    def estimated(self) -> int:
        """How many themes have a number of sentences corrected for coding errors."""
        return sum(theme.estimate is not None for theme in self.themes)


def themes_facts(
    document: Document,
    codings: pd.DataFrame,
    weights: pd.DataFrame,
    pairs: pd.DataFrame,
    named: pd.DataFrame,
    *,
    codebook: Codebook,
    scores: Validation | None,
    unit: Unit = "sentence",
    bootstrap: Bootstrap = Bootstrap(),
) -> ThemesFacts:
    """Return what the report states, from the frames it shows.

    Parameters
    ----------
    document : Document
        The document.
    codings, named : pandas.DataFrame
        As from `code_themes`, by the codebook of themes and by that of actors.
    weights : pandas.DataFrame
        As from `theme_weights`.
    pairs : pandas.DataFrame
        As from `cooccurrence`, within the unit.
    codebook : Codebook
        The codebook of themes.
    scores : Validation or None
        As from `validation`.
    unit : str
        Within what pairs meet.
    bootstrap : Bootstrap
        That of the weights.
    """
    sentences = segment(document, level="sentence")
    found = tuple(
        Theme(
            id=str(row["category"]),
            label=label_of(codebook, str(row["category"])),
            sentences=int(row["sentences"]),
            hits=int(row["hits"]),
            share=float(row["share"]),
            low=_known(row["share_low"]),
            high=_known(row["share_high"]),
            rank_low=None if pd.isna(row["rank_low"]) else int(row["rank_low"]),
            rank_high=None if pd.isna(row["rank_high"]) else int(row["rank_high"]),
            estimate=corrected(
                scores,
                document,
                str(row["category"]),
                int(row["sentences"]),
                len(sentences),
                bootstrap,
            ),
            precisions=scores.precisions(str(row["category"])) if scores else None,
            first_run=scores.first_precision(str(row["category"]), bootstrap.confidence)
            if scores
            else None,
            words=_words(codings[codings["category"] == row["category"]]),
        )
        for row in weights.to_dict("records")
    )
    occurring = {theme.id for theme in found}
    who = issuer(document)
    own = {profile.id for profile in who.profiles}
    coded = [
        item
        for item in codebook
        if (who.is_known or not item.relative) and own.isdisjoint(item.not_of_issuer)
    ]
    return ThemesFacts(
        title=document.metadata.title or document.id,
        issuer=issuer_facts(document),
        foreign=_foreign(document, codebook),
        sentences=len(sentences),
        paragraphs=sentences["paragraph"].nunique(),
        sections=len(sections_of(document)),
        codebook=codebook.title or codebook.name,
        edition=codebook.citation.removeprefix(codebook.name).strip(),
        version=codebook.version,
        categories=len(coded),
        not_coded=tuple(item.label for item in codebook if item not in coded),
        themes=found,
        absent=tuple(item.label for item in coded if item.id not in occurring),
        order=tuple(
            label_of(codebook, name)
            for name in codings.sort_values("start", kind="stable")["category"].unique()
        ),
        coded_sentences=codings["segment_id"].nunique(),
        hits=len(codings),
        single=sum(theme.sentences == 1 for theme in found),
        ranking=_ranking(found),
        pairs=pair_facts(document, codings, pairs, unit),
        actors=_actors(document, named),
        validated=scores is not None,
        held_out=_held_out(scores.first_run, bootstrap.confidence)
        if scores and scores.first_run
        else None,
        development=scores.development if scores else None,
        seen=development_sentences(sentences["text"]) if scores and scores.development else 0,
        in_sample=_in_sample(scores, codebook) if scores and scores.is_of(document) else None,
        in_codebook=len(codebook),
        asked=len(scores.in_sample) if scores and scores.is_of(document) else 0,
        not_asked=tuple(theme.label for theme in found if theme.id not in scores.in_sample)
        if scores and scores.is_of(document)
        else (),
        confidence=bootstrap.confidence,
        resamples=bootstrap.resamples,
    )


def key_figures(facts: ThemesFacts) -> dict[str, str]:
    """Return how many themes, sentences with a theme, and actors, groups and places there are.

    Of a document in another language than the codebook's nothing is known.
    """
    if facts.foreign:
        return {}
    return {
        "Themes found": f"{len(facts.themes)} of {facts.categories}",
        "Sentences with a theme": f"{facts.coded_sentences:,} of {facts.sentences:,}",
        "Actors, groups and places named": f"{facts.actors.named:,}",
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _words(codings: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    """Return the words matched most often, whatever their case, the first in the text first."""
    counts = codings["match"].str.lower().str.split().str.join(" ").value_counts(sort=False)
    counts = counts.sort_values(ascending=False, kind="stable").head(MAX_WORDS)
    return tuple((str(word), int(count)) for word, count in counts.items())


def _foreign(document: Document, codebook: Codebook) -> ForeignLanguage | None:
    if document.may_be_in(codebook.language):
        return None
    return ForeignLanguage(
        rules_of(document.metadata.language).name, rules_of(codebook.language).name
    )


def _ranking(themes: tuple[Theme, ...]) -> Ranking:
    first = [theme for theme in themes if theme.rank_low == 1]
    second = max((theme.sentences for theme in themes if theme.rank_low != 1), default=0)
    leading = [
        theme
        for theme in first
        if theme.rank_high == 1 and (theme.may_lead or theme.at_least > second)
    ]
    most = max((theme.sentences for theme in first), default=0)
    return Ranking(
        known=any(theme.rank_low is not None for theme in themes),
        first=first[0] if len(first) == 1 else None,
        leader=leading[0] if leading and len(themes) > 1 else None,
        candidates=tuple(theme.label for theme in first if theme.may_lead),
        contenders=len(first),
        imprecise=sum(not theme.may_lead for theme in first),
        min_sentences=min((theme.sentences for theme in first), default=0),
        max_sentences=most,
        top=tuple(theme.label for theme in first if theme.sentences == most),
    )


def _actors(document: Document, named: pd.DataFrame) -> Actors:
    who = issuer(document)
    occurring = set(named["category"])
    return Actors(
        named=len(occurring),
        mentions=len(named),
        issuer_known=who.is_known,
        issuer=who.short_name,
        of_issuer=int((named["category"] == "issuer").sum()),
        of_members=int((named["category"] == "issuer.members").sum()),
    )


def _held_out(run: ThemesFirstRun, confidence: float) -> HeldOut:
    total = run.total
    return HeldOut(
        texts=run.texts,
        edition=run.edition,
        is_of_this=run.is_of_this,
        sentences=run.sentences,
        precision=total.precision(confidence),
        recall=total.recall(confidence),
        f1=total.f1,
    )


def _in_sample(scores: Validation, codebook: Codebook) -> InSample:
    total = ThemesFirstRun("", 0, "", True, scores.in_sample).total
    counts = scores.settled["category"].value_counts()
    most = int(counts.max()) if len(counts) else 0
    top = [item.label for item in codebook if counts.get(item.id, 0) == most > 0]
    return InSample(
        right=total.true_positives,
        false=total.false_positives,
        missed=total.false_negatives,
        sentences=scores.settled["segment_id"].nunique(),
        most=most,
        top=tuple(top) if len(top) <= MAX_WORDS else (),
    )
