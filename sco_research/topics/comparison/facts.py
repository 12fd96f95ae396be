"""What the report on comparison may say, as values: names, numbers and intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.comparison.text_reuse import THRESHOLD
from sco_research.organizations.issuer import issuer
from sco_research.reports.citations import cite, long_date
from sco_research.statistics import Confusion, Rate, exact_rate
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import sentences_of
from sco_research.topics.comparison.frames import (
    BROAD,
    LEVELS,
    STRICT,
    STRICT_LEVEL,
    attainable,
    labels,
    returning_sentences,
)

FALSE_DISCOVERY_RATE: Final = 0.05
"""Below it a word counts as differing significantly."""
MAX_PHRASES: Final = 40
"""The phrases that the annex shows."""
HELD_OUT_PAIRS: Final = Confusion(44, 2, 3, 0)
"""Pairs of sentences on which `find_reuse` was tested at its own threshold, by our own hand."""
# Some phrases are quoted in a sentence, none longer than that.
_MAX_PHRASES = 3
_MAX_PHRASE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Wording:
    """How many sentences have a counterpart of one kind."""

    name: str
    sentences: int


@dataclass(frozen=True, slots=True)
class Returning:
    """The sentences that have a counterpart, by how alike the nearest one is.

    ``reworded`` are those that are similar, neither the same nor nearly so. ``divided`` are those
    that are a part of one earlier sentence, or of which several are parts.
    """

    sentences: int
    verbatim: int
    near_verbatim: int
    reworded: int
    divided: int

    @property
    def changed(self) -> int:
        """The sentences whose wording is not the same."""
        return self.near_verbatim + self.reworded

    @property
    def kinds(self) -> tuple[Wording, ...]:
        """How alike they are, without the kinds that do not occur."""
        numbers = (self.verbatim, self.near_verbatim, self.reworded)
        names = ("verbatim", "near-verbatim", "similar")
        return tuple(
            Wording(name, number) for name, number in zip(names, numbers, strict=True) if number
        )


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """The sentences with a commitment by one reading, beside the earlier documents.

    A commitment is ``new`` where the sentence has no counterpart, ``added`` where the counterpart
    commits to nothing, and else ``returning``; ``lost`` and ``dropped`` are earlier ones, of a
    sentence that returns without it, and of one that does not return.
    """

    sentences: int
    new: int
    added: int
    returning: int
    lost: int
    dropped: int


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A sentence that commits to more, or less, than its counterpart did."""

    segment_id: str
    earlier_document_id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class CommitmentChanges:
    """What became of commitments; the broad reading holds the strict ones."""

    strict: ReadingCounts
    broad: ReadingCounts
    firmer: tuple[LevelChange, ...]
    weaker: tuple[LevelChange, ...]
    added: tuple[LevelChange, ...]
    lost: tuple[LevelChange, ...]
    previous_document_id: str


@dataclass(frozen=True, slots=True)
class KeywordFacts:
    """The words that differ significantly, and how many are frequent enough to.

    ``conservative`` of them differ by the conservative log ratio too.
    """

    tested: int
    attainable: int
    more: tuple[str, ...]
    less: tuple[str, ...]
    conservative: int


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A share of sentences, from 0 to 1, here and in the document before, with its change."""

    label: str
    before: float
    now: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DateFacts:
    """What changed from the document before to this one.

    Of ``measures`` shares, ``intervals`` have an interval of the change, which by chance alone
    leaves out 0 once in ``one_in``; ``changed`` are those whose interval does.
    """

    documents: int
    measures: int
    intervals: int
    one_in: int
    changed: tuple[ShareChange, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that this document shares, and how many documents have it."""

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class OtherDocument:
    """Another document: its short name, how to cite it, its id, the hash of its source.

    The id of a file is its name, unless a manifest says otherwise.
    """

    name: str
    citation: str
    document_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FormulaFacts:
    """How much of the words earlier documents have in the same order."""

    share: float
    sentences: int
    whole: int
    none: int


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """All that the report on comparison says.

    Attributes
    ----------
    title, document_id : str
        Of the document.
    sentences : int
        Of the document.
    others, earlier, later : int
        Other documents compared, and how many of them are earlier and later.
    several_issuers, unknown_issuers : bool
        Whether the documents are known to be of different issuers, and whether of one or more the
        issuer is not known.
    sources : tuple of OtherDocument
        Of the other documents, in their order.
    translated, unknown_originals : int
        Documents in no official language of their issuer, and documents of which the language of
        the original is not known.
    original_languages : tuple of str
        Official languages of the issuers of the former.
    coded : tuple of str
        What of the report is coded by the program.
    dated : bool
        Whether every document has a date, so that the order is that of the dates.
    first_date, last_date : str
        Of the other documents; empty where one has no date.
    from_earlier, in_later : Returning
        The document's sentences with a counterpart in an earlier, in a later document.
    commitments : CommitmentChanges or None
        Missing where no document is earlier, or this one is not in English.
    dates : DateFacts or None
        Missing with fewer than three dated documents, or where no document is earlier.
    keywords : KeywordFacts or None
        Missing where there are no words to compare.
    formula : FormulaFacts or None
        Missing where no document is earlier, or this one has no words.
    phrases : tuple of Phrase
        Some of at most twelve words, of no name, those that most documents have.
    phrase_count, phrases_shown, named_phrases : int
        All that this document shares, how many of them the annex shows, and how many belong to the
        name of an instrument or organ.
    pair_recall, pair_precision : Rate
        Of pairs that were held out when the threshold was chosen.
    threshold, formula_words, confidence, resamples
        As the frames were made.
    tested_threshold : bool
        Whether the threshold is the one that was tested.
    """

    title: str
    document_id: str
    sentences: int
    others: int
    earlier: int
    later: int
    several_issuers: bool
    unknown_issuers: bool
    sources: tuple[OtherDocument, ...]
    translated: int
    unknown_originals: int
    original_languages: tuple[str, ...]
    coded: tuple[str, ...]
    dated: bool
    first_date: str
    last_date: str
    from_earlier: Returning
    in_later: Returning
    commitments: CommitmentChanges | None
    dates: DateFacts | None
    keywords: KeywordFacts | None
    formula: FormulaFacts | None
    phrases: tuple[Phrase, ...]
    phrase_count: int
    phrases_shown: int
    named_phrases: int
    pair_recall: Rate
    pair_precision: Rate
    false_discovery_rate: float
    threshold: float
    tested_threshold: bool
    formula_words: int
    confidence: float
    resamples: int

    @property
    def paired(self) -> Returning:
        """The sentences paired with earlier ones; of the earliest document, with later ones."""
        return self.from_earlier if self.earlier else self.in_later

    @property
    def all_translated(self) -> bool:
        """Whether none of the documents is in an official language of its issuer."""
        return self.translated == self.others + 1


def comparison_facts(
    document: Document,
    corpus: Corpus,
    *,
    reuse: pd.DataFrame,
    continuity: pd.DataFrame,
    keywords: pd.DataFrame,
    novelty: pd.DataFrame,
    phrases: pd.DataFrame,
    shares: pd.DataFrame,
    codebook: Codebook,
    options: Mapping[str, float],
) -> ComparisonFacts:
    """Return what the report says, from the frames that its tables show.

    Parameters
    ----------
    document : Document
        The document.
    corpus : Corpus
        It and the others, in their order.
    reuse, continuity, keywords, novelty, phrases, shares : pandas.DataFrame
        As from `find_reuse`, `commitment_continuity`, `keyness_against_others`, `novelty`,
        `phrases_of` and `shares_by_date`.
    codebook : Codebook
        Of the themes.
    options : mapping
        ``threshold``, ``formula_words``, ``confidence`` and ``resamples``, as the frames were made.
    """
    order = [item.id for item in corpus]
    place = order.index(document.id)
    dates = [item.metadata.date for item in corpus if item.id != document.id]
    known = sorted(date for date in dates if date is not None)
    dated = len(known) == len(dates) and document.metadata.date is not None
    issuers = {item.metadata.organization for item in corpus}
    names = labels(corpus)
    translated = [item for item in corpus if _is_translation(item)]
    ours = known if known and len(known) == len(dates) else []
    return ComparisonFacts(
        title=document.metadata.title or document.id,
        document_id=document.id,
        sentences=len(sentences_of(document)),
        others=len(order) - 1,
        earlier=place,
        later=len(order) - 1 - place,
        several_issuers=len(issuers - {""}) > 1,
        unknown_issuers="" in issuers,
        sources=tuple(_source(item, names[item.id]) for item in corpus if item.id != document.id),
        translated=len(translated),
        unknown_originals=sum(not issuer(item).official_languages for item in corpus),
        original_languages=tuple(
            dict.fromkeys(
                language
                for item in translated
                for language in issuer(item).official_languages.values()
            )
        ),
        coded=_coded(continuity, shares, has_dates=place > 0),
        dated=dated,
        first_date=long_date(ours[0]) if ours else "",
        last_date=long_date(ours[-1]) if ours else "",
        from_earlier=_returning(returning_sentences(document, corpus, reuse)),
        in_later=_returning(returning_sentences(document, corpus, reuse, from_earlier=False)),
        commitments=_commitments(continuity, order[place - 1]) if place else None,
        dates=_dates(shares, document, codebook, float(options["confidence"])) if place else None,
        keywords=_keywords(keywords),
        formula=_formula(novelty, document),
        phrases=tuple(
            Phrase(str(row["phrase"]), int(row["documents"]))
            for row in phrases[(phrases["words"] <= _MAX_PHRASE_WORDS) & ~phrases["named"]]
            .head(_MAX_PHRASES)
            .to_dict("records")
        ),
        phrase_count=len(phrases),
        phrases_shown=min(len(phrases), MAX_PHRASES),
        named_phrases=int(phrases["named"].sum()),
        pair_recall=exact_rate(
            HELD_OUT_PAIRS.true_positives,
            HELD_OUT_PAIRS.true_positives + HELD_OUT_PAIRS.false_negatives,
        ),
        pair_precision=exact_rate(
            HELD_OUT_PAIRS.true_positives,
            HELD_OUT_PAIRS.true_positives + HELD_OUT_PAIRS.false_positives,
        ),
        false_discovery_rate=FALSE_DISCOVERY_RATE,
        threshold=float(options["threshold"]),
        tested_threshold=float(options["threshold"]) == THRESHOLD,
        formula_words=int(options["formula_words"]),
        confidence=float(options["confidence"]),
        resamples=int(options["resamples"]),
    )


def _is_translation(document: Document) -> bool:
    official = issuer(document).official_languages
    return bool(official) and document.metadata.language not in official


def _source(document: Document, name: str) -> OtherDocument:
    return OtherDocument(
        name=name,
        citation=cite(document),
        document_id=document.id,
        sha256=document.sha256,
    )


def _coded(continuity: pd.DataFrame, shares: pd.DataFrame, *, has_dates: bool) -> tuple[str, ...]:
    """Return what the report shows that the program coded."""
    readings = shares["measure"].isin([STRICT, BROAD])
    shown = {
        "commitments": len(continuity) > 0 or (has_dates and bool(readings.any())),
        "themes": has_dates and not bool(readings.all()),
    }
    return tuple(name for name, is_shown in shown.items() if is_shown)


def _returning(returning: pd.DataFrame) -> Returning:
    kinds = returning["kind"].value_counts()
    return Returning(
        sentences=int(kinds.sum()),
        verbatim=int(kinds.get("verbatim", 0)),
        near_verbatim=int(kinds.get("near-verbatim", 0)),
        reworded=int(kinds.get("reworded", 0)),
        divided=int((returning["relation"] != "one to one").sum()),
    )


def _commitments(continuity: pd.DataFrame, previous: str) -> CommitmentChanges | None:
    if not len(continuity):
        return None
    return CommitmentChanges(
        strict=_reading(continuity, STRICT_LEVEL),
        broad=_reading(continuity, 1),
        firmer=_changes(continuity, "firmer"),
        weaker=_changes(continuity, "weaker"),
        added=_changes(continuity, "added"),
        lost=_changes(continuity, "lost"),
        previous_document_id=previous,
    )


def _reading(continuity: pd.DataFrame, level: int) -> ReadingCounts:
    made = continuity.loc[continuity["level"] >= level, "status"].value_counts()
    ended = continuity.loc[continuity["earlier_level"] >= level, "status"].value_counts()
    new, added = int(made.get("new", 0)), int(made.get("added", 0))
    return ReadingCounts(
        sentences=int(made.sum()),
        new=new,
        added=added,
        returning=int(made.sum()) - new - added,
        lost=int(ended.get("lost", 0)),
        dropped=int(ended.get("dropped", 0)),
    )


def _changes(continuity: pd.DataFrame, status: str) -> tuple[LevelChange, ...]:
    return tuple(
        LevelChange(
            segment_id=str(row["segment_id"]),
            earlier_document_id=str(row["earlier_document_id"]),
            before=LEVELS[int(row["earlier_level"])],
            now=LEVELS[int(row["level"])],
        )
        for row in continuity[continuity["status"] == status].to_dict("records")
    )


def share_labels(codebook: Codebook) -> dict[str, str]:
    """Return what a reader sees for each share: a reading of commitment, or a theme."""
    themes = {category.id: category.label for category in codebook}
    return {STRICT: "Strict commitment", BROAD: "Broad commitment", **themes}


def _dates(
    shares: pd.DataFrame, document: Document, codebook: Codebook, confidence: float
) -> DateFacts | None:
    if not len(shares):
        return None
    label = share_labels(codebook)
    here = shares[shares["document_id"] == document.id]
    bounded = here.dropna(subset=["change_low", "change_high"])
    clear = bounded[(bounded["change_low"] > 0) | (bounded["change_high"] < 0)]
    return DateFacts(
        documents=shares["document_id"].nunique(),
        measures=len(here),
        intervals=len(bounded),
        one_in=round(1 / (1 - confidence)),
        changed=tuple(
            ShareChange(
                label=label[str(row["measure"])],
                before=float(row["value"]) - float(row["change"]),
                now=float(row["value"]),
                low=float(row["change_low"]),
                high=float(row["change_high"]),
            )
            for row in clear.to_dict("records")
        ),
    )


def _keywords(keywords: pd.DataFrame) -> KeywordFacts | None:
    if not len(keywords):
        return None
    sure = keywords[keywords["p_adjusted"] <= FALSE_DISCOVERY_RATE]
    more, less = (
        tuple(map(str, sure.loc[sure["direction"] == way, "term"]))
        for way in ("target", "reference")
    )
    return KeywordFacts(
        tested=len(keywords),
        attainable=attainable(keywords, FALSE_DISCOVERY_RATE),
        more=more,
        less=less,
        conservative=int((sure["log_ratio_conservative"] != 0).sum()),
    )


def _formula(novelty: pd.DataFrame, document: Document) -> FormulaFacts | None:
    here = novelty[(novelty["document_id"] == document.id) & (novelty["words"] > 0)]
    if not len(here):
        return None
    return FormulaFacts(
        share=float(here["formulaic_words"].sum() / here["words"].sum()),
        sentences=len(here),
        whole=int((here["formulaic_share"] == 1).sum()),
        none=int((here["formulaic_share"] == 0).sum()),
    )
