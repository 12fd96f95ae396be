"""What the commitments report can say, as values that a test holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.coding.commitments.rows import SPEECH_ACTS
from sco_research.coding.reliability.first_runs import Definition as ErrorsOf
from sco_research.coding.reliability.first_runs import coding_errors, load_first_runs
from sco_research.statistics import Confusion, Estimate, predicted_count
from sco_research.text.document import Document
from sco_research.topics.commitments.tables import KINDS, NAMED, section_table, with_kind
from sco_research.topics.issuer import IssuerFacts, issuer_facts


@dataclass(frozen=True, slots=True)
class Definition:
    """How much one definition finds.

    Attributes
    ----------
    sentences : int
        Sentences that hold a commitment.
    undertakings, high, low : int
        Undertakings, and those of each binding level.
    estimate : Estimate or None
        The sentences, corrected for coding errors, with the interval of the predictive distribution
        (see `predicted_count`); None where the coding is not the one that was validated.
    """

    sentences: int
    undertakings: int
    high: int
    low: int
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class FirstRun:
    """How the program did on real sentences that its makers had not seen, at its first run.

    Attributes
    ----------
    sentences, documents, sets : int
        How many sentences of how many documents, in how many sets.
    true, false, missed : int
        Sentences that program and coders call strict, that only the program does, only the coders.
    of_sco : bool
        Whether the errors of the SCO's documents correct the counts, else those of the others.
    correcting : int
        Sentences of the documents that correct the counts.
    version : str
        The program's version.
    """

    sentences: int
    documents: int
    sets: int
    true: int
    false: int
    missed: int
    of_sco: bool
    correcting: int
    version: str

    @property
    def precision(self) -> float:
        """Share of the sentences found that the coders call strict."""
        return self.true / (self.true + self.false)

    @property
    def recall(self) -> float:
        """Share of the coders' strict sentences that were found."""
        return self.true / (self.true + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.true / (2 * self.true + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Place:
    """Strict undertakings of one section."""

    name: str
    undertakings: int


@dataclass(frozen=True, slots=True)
class Act:
    """A speech act with its sentences."""

    name: str
    sentences: int


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
    places : tuple of Place
        Sections by their number, the opening left out; empty for a text without sections.
    most : tuple of str
        The sections with most strict undertakings; several where they tie.
    without : tuple of str
        Sections without a strict undertaking.
    members, implied, organs : int
        Strict undertakings by the role of their actor.
    precise, entrusting : int
        Strict undertakings that name an instrument, a date or a sum; that entrust an own organ.
    named : mapping of str to int
        Different instruments, dates, sums, organs and references that undertakings name.
    kinds : mapping of str to int
        Undertakings by kind, for the figure's description.
    options : CommitmentOptions
        How the coding was made.
    first_run : FirstRun or None
        None where the coding is not the one that was validated.
    """

    title: str
    issuer: IssuerFacts
    sentences: int
    strict: Definition
    broad: Definition
    acts: tuple[Act, ...]
    places: tuple[Place, ...]
    most: tuple[str, ...]
    without: tuple[str, ...]
    members: int
    implied: int
    organs: int
    precise: int
    entrusting: int
    named: Mapping[str, int]
    kinds: Mapping[str, int]
    options: CommitmentOptions
    first_run: FirstRun | None

    @property
    def estimates(self) -> dict[str, Estimate | None]:
        """Sentences of each definition, corrected for coding errors."""
        return {"strict": self.strict.estimate, "broad": self.broad.estimate}

    @property
    def most_undertakings(self) -> int:
        """Strict undertakings of the section that has most."""
        return max((place.undertakings for place in self.places), default=0)


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
    run = first_run(options, document.metadata.organization)
    strict = rows[rows["strict"]]
    counts = acts["speech_act"].value_counts()
    found = [Act(name, int(counts[name])) for name in SPEECH_ACTS if name in counts]
    places = _places(document, undertakings)
    most = max((place.undertakings for place in places), default=0)
    roles = strict["actor_role"].value_counts()
    return CommitmentFacts(
        title=document.metadata.title or document.id,
        issuer=issuer_facts(document),
        sentences=len(acts),
        strict=_definition(document, acts, rows, "strict", run),
        broad=_definition(document, acts, rows, "broad", run),
        acts=tuple(sorted(found, key=lambda act: -act.sentences)),
        places=places,
        most=tuple(place.name for place in places if most and place.undertakings == most),
        without=tuple(place.name for place in places if not place.undertakings),
        members=int(roles.get("members", 0)),
        implied=int(roles.get("implied", 0)),
        organs=int(roles.get("organ", 0)),
        precise=int(strict["precision"].sum()),
        entrusting=int(strict["organ_entrusted"].sum()),
        named={
            kind: len({name for names in undertakings[column] for name in names})
            for column, kind in NAMED.items()
        },
        kinds={kind: int((rows["kind"] == kind).sum()) for kind in KINDS},
        options=options,
        first_run=run,
    )


def _definition(
    document: Document,
    acts: pd.DataFrame,
    rows: pd.DataFrame,
    name: ErrorsOf,
    run: FirstRun | None,
) -> Definition:
    found = rows[rows[name]]
    high = int(found["binding"].isin(["high", "mid"]).sum())
    sentences = int(acts[name].sum())
    estimate = None
    if run:
        errors = coding_errors(load_first_runs(), name, organization=document.metadata.organization)
        estimate = predicted_count(sentences, len(acts), errors)
    return Definition(sentences, len(found), high, len(found) - high, estimate)


def _places(document: Document, undertakings: pd.DataFrame) -> tuple[Place, ...]:
    frame = section_table(document, undertakings).frame
    counts = frame[[kind.capitalize() for kind in KINDS[:2]]].sum(axis=1)
    numbered = frame["Section"] != "opening"
    pairs = zip(frame.loc[numbered, "Section"], counts[numbered], strict=True)
    places = tuple(Place(str(name), int(count)) for name, count in pairs)
    return places if len(places) > 1 else ()


def first_run(options: CommitmentOptions = DEFAULT, organization: str = "") -> FirstRun | None:
    """Return the first run on held-out real texts of the coding with these options.

    There is one for the default coding; who speaks is no part of that, since every text was coded
    for its own organization.

    Parameters
    ----------
    options : CommitmentOptions
        How the document was coded.
    organization : str
        Whose document it is, for the choice of the errors that correct its counts.
    """
    used = replace(options, organization=DEFAULT.organization)
    if used.binding_scheme == DEFAULT.binding_scheme:
        used = replace(used, scheme_file=DEFAULT.scheme_file)
    if used != DEFAULT:
        return None
    runs = load_first_runs()
    # Lists that hold commitments alone tell what was missed, and not what was found too many.
    rows = runs.real[(runs.real["text"] == "real") & runs.real["strict_fp"].notna()]
    errors = sum(coding_errors(runs, "strict", organization=organization), Confusion(0, 0, 0, 0))
    return FirstRun(
        sentences=int(rows["sentences"].sum()),
        documents=int(rows["documents"].sum()),
        sets=len(rows),
        true=int(rows["strict_tp"].sum()),
        false=int(rows["strict_fp"].sum()),
        missed=int(rows["strict_fn"].sum()),
        of_sco="sco" in organization.split(),
        correcting=errors.sentences,
        version=str(rows["program"].iloc[0]).partition(" of ")[0],
    )
