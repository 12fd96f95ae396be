"""What the commitments report can say, as values that a test holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.coding.commitments.reservations import reservations_of
from sco_research.coding.commitments.rows import SPEECH_ACTS
from sco_research.coding.reliability.detection import Detection, detection_of
from sco_research.coding.reliability.first_runs import Definition as ErrorsOf
from sco_research.coding.reliability.first_runs import (
    FirstRuns,
    coding_errors,
    errors_by_document,
    known_codes,
    known_sentences,
    load_first_runs,
    sets_like,
    writer_of,
)
from sco_research.coding.reliability.reference import ReferenceCounts, reference_counts
from sco_research.organizations import issuer
from sco_research.statistics import (
    Bootstrap,
    Estimate,
    Rate,
    exact_rate,
    predicted_count,
)
from sco_research.text.document import Document
from sco_research.text.segments import citation_labels, paragraph_id
from sco_research.topics.commitments.tables import (
    KINDS,
    NAMED,
    checkable,
    section_table,
    with_kind,
)
from sco_research.topics.issuer import IssuerFacts, issuer_facts

_READINGS: Final[tuple[ErrorsOf, ...]] = ("strict", "broad")
_MOST_LISTED = 12
"""Sections up to which the sentence on them lists each."""
_MOST_QUOTED = 5
"""Reservations that are quoted."""
_FEWEST_CORRECTED = 10
"""Sentences from which a corrected number says more than that nearly anything is possible."""


@dataclass(frozen=True, slots=True)
class Definition:
    """How much one definition finds.

    Attributes
    ----------
    sentences : int
        Sentences that hold a commitment.
    holding : int
        Of these, sentences with an undertaking of their own; the others lead in a list that holds
        them.
    undertakings, high, low : int
        Undertakings, and those of each binding level.
    estimate : Estimate or None
        The sentences, corrected for coding errors, with the interval of the predictive distribution
        (see `predicted_count`); None where the coding is not the one that was validated, and for a
        document on which the rules were written or revised.
    """

    sentences: int
    holding: int
    undertakings: int
    high: int
    low: int
    estimate: Estimate | None

    @property
    def lead_ins(self) -> int:
        """How many sentences hold no undertaking of their own."""
        return self.sentences - self.holding


@dataclass(frozen=True, slots=True)
class UndertakingCounts:
    """How the program's numbers of undertakings compare with the coders'.

    Attributes
    ----------
    program, coders : int
        Undertakings that each counted in the same sentences.
    equal : Rate
        Sentences with equal numbers, of those that both call strict.
    sets : tuple of str
        The sets in which they were counted; of invented documents, their letters.
    version : str
        The program's version; empty where it is told elsewhere.
    """

    program: int
    coders: int
    equal: Rate
    sets: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentFirstRun:
    """How the program did on real sentences that its makers had not seen, at its first run.

    Documents of the SCO are told by the run on its documents, all others by that on the documents
    of other organizations.

    Attributes
    ----------
    all_sentences, all_documents : int
        How many sentences of how many documents there were, of the SCO and of others.
    sentences, documents : int
        How many of these are told here.
    units : int
        What is resampled: documents, and sets of which only the sum is known.
    strict : Detection
        Sentences that program and coders call strict, that only the program does, only the coders,
        with precision and recall; their intervals resample documents.
    listed : Rate or None
        Recall under the broad definition on commitments that people listed; None without any. Their
        list takes in statements of support, so that it shows no recall of strict commitments.
    undertakings : UndertakingCounts or None
        Where undertakings were counted; None where nowhere.
    of_sco : bool
        Whether the SCO's documents are told, else those of the others.
    seen : int
        Sentences among all of these that stand in this document.
    own : bool
        Whether the document is one of these, so that it is no new text and is not corrected.
    version : str
        The program's version.
    """

    all_sentences: int
    all_documents: int
    sentences: int
    documents: int
    units: int
    strict: Detection
    listed: Rate | None
    undertakings: UndertakingCounts | None
    of_sco: bool
    seen: int
    own: bool
    version: str


@dataclass(frozen=True, slots=True)
class SectionCount:
    """Strict undertakings of one section."""

    name: str
    undertakings: int


@dataclass(frozen=True, slots=True)
class Act:
    """A speech act with its sentences."""

    name: str
    sentences: int


@dataclass(frozen=True, slots=True)
class ReservationFacts:
    """What the text says of those who do not agree, and where: a footnote, or a place."""

    text: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """What is said of a document's commitments.

    Attributes
    ----------
    title : str
        The document's title, else its id.
    issuer : IssuerFacts
        Who issues it, and who says so.
    sentences : int
        Sentences of the document.
    strict, broad : Definition
        Under either definition; the broad one includes the strict.
    acts : tuple of Act
        Speech acts that occur, the most frequent first.
    places : tuple of SectionCount
        Sections by their number, the opening left out; empty for a text without sections.
    members, implied, organs : int
        Strict undertakings by the role of their actor.
    roles : int
        Roles of actors that occur, under either definition.
    opening : str
        The sentence before the first undertaking in which "We" opens a row of clauses without a
        subject of their own; empty where there is none.
    bare : int
        Sentences only under the broad definition whose clause begins with the bare verb
        ("Ensure …").
    bare_verb : str
        The most frequent of these verbs.
    raised : bool
        Whether the broad estimate or an end of its interval was raised to that of the strict one.
    told, own : Definition
        Strict undertakings that tell a body to act (instructions and calls), and all others.
    precise : int
        Strict undertakings that name an instrument, a date that is not past, or a sum.
    entrusting, unaddressed : tuple of str
        Where strict instructions name an organ, and where they name nobody.
    named : mapping of str to int
        Different instruments, dates, sums, organs and references that undertakings name.
    kinds : mapping of str to int
        Undertakings by kind, for the figure's description.
    options : CommitmentOptions
        How the coding was made.
    first_run : CommitmentFirstRun or None
        None where the coding is not the one that was validated.
    latest : UndertakingCounts or None
        The counting of undertakings on the newest invented set, at its first run; None as above.
    reference : ReferenceCounts or None
        What the package's reference coding of this very text has; None where there is none.
    acts_equal : Rate or None
        Sentences to which it gives the same speech act; None as above.
    same_sentences : bool
        Whether the program and that coding call the same sentences strict, and the same broad.
    reservations : tuple of ReservationFacts
        Where the text records that not all members agree with it: the first of these.
    reservation_count : int
        How many there are.
    dated : bool
        Whether the document has a date, so that another can be told to lie ahead of it.
    """

    title: str
    issuer: IssuerFacts
    sentences: int
    strict: Definition
    broad: Definition
    acts: tuple[Act, ...]
    places: tuple[SectionCount, ...]
    members: int
    implied: int
    organs: int
    roles: int
    opening: str
    bare: int
    bare_verb: str
    raised: bool
    told: Definition
    own: Definition
    precise: int
    entrusting: tuple[str, ...]
    unaddressed: tuple[str, ...]
    named: Mapping[str, int]
    kinds: Mapping[str, int]
    options: CommitmentOptions
    first_run: CommitmentFirstRun | None
    latest: UndertakingCounts | None
    reference: ReferenceCounts | None
    acts_equal: Rate | None
    same_sentences: bool
    reservations: tuple[ReservationFacts, ...]
    reservation_count: int
    dated: bool

    @property
    def names(self) -> int:
        """How many different names undertakings hold."""
        return sum(self.named.values())

    @property
    def many_places(self) -> bool:
        """Whether there are too many sections to list each."""
        return len(self.places) > _MOST_LISTED

    @property
    def holding_places(self) -> int:
        """How many sections hold a strict undertaking."""
        return sum(place.undertakings > 0 for place in self.places)

    @property
    def most_in_a_place(self) -> int:
        """How many strict undertakings one section holds at most."""
        return max((place.undertakings for place in self.places), default=0)

    @property
    def one_place(self) -> str:
        """The section that holds all strict undertakings; empty where there is none."""
        holding = [place.name for place in self.places if place.undertakings]
        return holding[0] if len(holding) == 1 else ""

    @property
    def estimates(self) -> dict[str, Estimate | None]:
        """Sentences of each definition, corrected for coding errors."""
        return {"strict": self.strict.estimate, "broad": self.broad.estimate}


def commitment_facts(
    document: Document,
    acts: pd.DataFrame,
    undertakings: pd.DataFrame,
    options: CommitmentOptions = DEFAULT,
) -> CommitmentFacts:
    """Return what can be said of a document's commitments.

    Parameters
    ----------
    document : Document
        The document.
    acts, undertakings : pandas.DataFrame
        As from `code_speech_acts` and `find_commitments`, with the options given.
    options : CommitmentOptions
        How they were coded.

    Returns
    -------
    CommitmentFacts
        Counts and names; nothing is coded again.
    """
    rows = with_kind(undertakings)
    run = first_run(
        options,
        document.metadata.organization,
        seen=known_sentences(acts["text"]),
        own=known_codes(acts) is not None,
    )
    strict = rows[rows["strict"]]
    told = strict[strict["speech_act"] == "directive"]
    bare = rows[
        ~rows["strict"] & (rows["actor_role"] == "implied") & (rows["speech_act"] == "commissive")
    ]
    counts = acts["speech_act"].value_counts()
    found = [Act(name, int(counts[name])) for name in SPEECH_ACTS if name in counts]
    places = _places(document, undertakings)
    reference = reference_counts(document)
    reserved = _reservations(document)
    # The rules were written on the text of the reference coding: errors on unseen texts are others.
    estimates = {} if reference else _estimates(document, acts, run)
    roles = strict["actor_role"].value_counts()
    return CommitmentFacts(
        title=document.metadata.title or document.id,
        issuer=issuer_facts(document),
        sentences=len(acts),
        strict=_definition(acts[acts["strict"]], strict, estimates.get("strict")),
        broad=_definition(acts[acts["broad"]], rows, estimates.get("broad")),
        acts=tuple(sorted(found, key=lambda act: -act.sentences)),
        places=places,
        members=int(roles.get("members", 0)),
        implied=int(roles.get("implied", 0)),
        organs=int(roles.get("organ", 0)),
        roles=rows["actor_role"].nunique(),
        opening=_opening(document, acts, rows),
        bare=bare["segment_id"].nunique(),
        bare_verb=str(bare["verb"].str.capitalize().mode().iloc[0]) if len(bare) else "",
        raised=bool(estimates) and estimates["broad"] != _estimate(document, acts, "broad"),
        told=_part(acts, told),
        own=_part(acts, strict.drop(told.index)),
        precise=int(checkable(strict, document.metadata.date).sum()),
        entrusting=_places_of(document, told[told["organ_entrusted"]]),
        unaddressed=_places_of(
            document, told[(told["addressee"] == "") & ~told["organ_entrusted"]]
        ),
        named={
            kind: len({name for names in undertakings[column] for name in names})
            for column, kind in NAMED.items()
        },
        kinds={kind: int((rows["kind"] == kind).sum()) for kind in KINDS},
        options=options,
        first_run=run,
        latest=_latest_counts(load_first_runs()) if run else None,
        reference=reference,
        acts_equal=_equal_acts(acts, reference),
        reservations=reserved[:_MOST_QUOTED],
        reservation_count=len(reserved),
        same_sentences=reference is not None
        and set(acts.loc[acts["strict"], "segment_id"]) == set(reference.strict_sentences)
        and set(acts.loc[acts["broad"], "segment_id"]) == set(reference.broad_sentences),
        dated=document.metadata.date is not None,
    )


def _reservations(document: Document) -> tuple[ReservationFacts, ...]:
    labels = citation_labels(document)
    lexicon = load_lexicon().for_issuer(issuer(document))
    return tuple(
        ReservationFacts(one.text, one.source, labels.get(one.source, ""))
        for one in reservations_of(document, lexicon)
    )


def _equal_acts(acts: pd.DataFrame, reference: ReferenceCounts | None) -> Rate | None:
    """Return how many sentences have the reference's speech act; a share of no sample."""
    if reference is None:
        return None
    equal = acts["segment_id"].map(reference.speech_acts) == acts["speech_act"]
    return replace(exact_rate(int(equal.sum()), len(equal)), low=None, high=None)


def _places_of(document: Document, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return where undertakings are, one item an undertaking."""
    labels = citation_labels(document)
    return tuple(labels[paragraph_id(str(name))] for name in rows["segment_id"])


def _opening(document: Document, acts: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return the sentence "We, Heads of State, … we:" that governs clauses without a subject."""
    implied = rows.loc[rows["actor_role"] == "implied", "segment_id"]
    if implied.empty:
        return ""
    before = acts.loc[: acts.index[acts["segment_id"] == implied.iloc[0]][0] - 1]
    opens = before["text"].str.contains(r"\b[Ww]e\b[^.]*:\s*$", regex=True)
    if not opens.any():
        return ""
    return citation_labels(document)[str(before.loc[opens, "segment_id"].iloc[-1])]


def _definition(
    sentences: pd.DataFrame, found: pd.DataFrame, estimate: Estimate | None
) -> Definition:
    high = int(found["binding"].isin(["high", "mid"]).sum())
    holding = int(sentences["segment_id"].isin(found["segment_id"]).sum())
    return Definition(len(sentences), holding, len(found), high, len(found) - high, estimate)


def _part(acts: pd.DataFrame, rows: pd.DataFrame) -> Definition:
    return _definition(acts[acts["segment_id"].isin(rows["segment_id"])], rows, None)


def _estimate(document: Document, acts: pd.DataFrame, name: ErrorsOf) -> Estimate | None:
    errors = coding_errors(load_first_runs(), name, organization=document.metadata.organization)
    return predicted_count(int(acts[name].sum()), len(acts), errors)


def _estimates(
    document: Document, acts: pd.DataFrame, run: CommitmentFirstRun | None
) -> dict[str, Estimate]:
    """Return the sentences of each definition, corrected.

    There are none for a document of the run, nor for one of a few sentences, nor where it is not
    known whether the run's issuers include its own.
    """
    known = issuer(document).is_known
    if run is None or run.own or not known or len(acts) < _FEWEST_CORRECTED:
        return {}
    strict, broad = (_estimate(document, acts, name) for name in _READINGS)
    if strict is None or broad is None:
        return {}
    # The broad definition includes the strict one, so that its number cannot be the lower one.
    ends = ("value", "low", "high")
    raised = Estimate(*(max(getattr(strict, end), getattr(broad, end)) for end in ends))
    return {"strict": strict, "broad": raised}


def _places(document: Document, undertakings: pd.DataFrame) -> tuple[SectionCount, ...]:
    frame = section_table(document, undertakings).frame
    counts = frame[[kind.capitalize() for kind in KINDS[:2]]].sum(axis=1)
    numbered = frame["Section"] != "opening"
    pairs = zip(frame.loc[numbered, "Section"], counts[numbered], strict=True)
    places = tuple(SectionCount(str(name), int(count)) for name, count in pairs)
    return places if len(places) > 1 else ()


def first_run(
    options: CommitmentOptions = DEFAULT,
    organization: str = "",
    *,
    seen: int = 0,
    own: bool = False,
) -> CommitmentFirstRun | None:
    """Return the first run on held-out real texts of the coding with these options.

    There is one for the default coding; who speaks is no part of that, since every text was coded
    for its own organization.

    Parameters
    ----------
    options : CommitmentOptions
        How the document was coded.
    organization : str
        Whose document it is, for the choice of the documents that are told.
    seen : int
        Sentences of the document that are among those of the run.
    own : bool
        Whether the document is one of those of the run.
    """
    used = replace(options, organization=DEFAULT.organization)
    if used.binding_scheme == DEFAULT.binding_scheme:
        used = replace(used, scheme_file=DEFAULT.scheme_file)
    if used != DEFAULT:
        return None
    runs = load_first_runs()
    # Lists that hold commitments alone tell what was missed, and not what was found too many.
    whole = runs.real[(runs.real["text"] == "real") & runs.real["strict_fp"].notna()]
    rows = sets_like(runs, organization)
    return CommitmentFirstRun(
        all_sentences=int(whole["sentences"].sum()),
        all_documents=int(whole["documents"].sum()),
        sentences=int(rows["sentences"].sum()),
        documents=int(rows["documents"].sum()),
        units=len(errors_by_document(runs, rows, "strict")),
        strict=detection_of(runs, rows, "strict", Bootstrap()),
        of_sco="sco" in organization.split(),
        listed=_listed(runs),
        undertakings=_first_counts(whole),
        seen=seen,
        own=own,
        version=str(rows["program"].iloc[0]).partition(" of ")[0],
    )


def _listed(runs: FirstRuns) -> Rate | None:
    """Return the broad recall on commitments that people listed, which show no false positives."""
    rows = runs.real[runs.real["strict_fp"].isna() & (runs.real["coders"] == "people")]
    found, missed = (int(rows[f"broad_{name}"].sum()) for name in ("tp", "fn"))
    return exact_rate(found, found + missed) if found + missed else None


def _first_counts(rows: pd.DataFrame) -> UndertakingCounts | None:
    counted = rows[rows["undertakings_coders"].notna()]
    if counted.empty:
        return None
    shares = counted["undertakings_equal_of_sentences"].str.split("/", expand=True).astype(int)
    return UndertakingCounts(
        int(counted["undertakings_program"].sum()),
        int(counted["undertakings_coders"].sum()),
        exact_rate(int(shares[0].sum()), int(shares[1].sum())),
        tuple(counted["label"]),
    )


def _latest_counts(runs: FirstRuns) -> UndertakingCounts | None:
    """Return the counts of the newest first run on invented sentences, where both call strict."""
    counts = runs.counts[runs.counts["program"] == runs.counts["program"].iloc[-1:].squeeze()]
    if counts.empty:
        return None
    equal = int((counts["first_undertakings"] == counts["undertakings"]).sum())
    return UndertakingCounts(
        int(counts["first_undertakings"].sum()),
        int(counts["undertakings"].sum()),
        exact_rate(equal, len(counts)),
        tuple(sorted(set(counts["segment_id"].map(writer_of)))),
        str(counts["program"].iloc[0]).partition(" of ")[0],
    )
