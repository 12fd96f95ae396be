"""How near the codebook of themes comes to codings made without it, for the coding shown.

What the codebook finds in the one document that has a reference coding does not depend on the
document of a report: the scores are a data set, ``data/reference/themes-scores.csv``, with the
hashes of what they were made of.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.reliability.first_runs import known_sentences, load_first_runs
from sco_research.coding.reliability.program import theme_answers
from sco_research.coding.reliability.reference import load_reference
from sco_research.coding.reliability.schemes import NONE, SEPARATOR
from sco_research.coding.reliability.scoring import score
from sco_research.loaders import load_document
from sco_research.resources import data_path
from sco_research.statistics import (
    MIN_UNITS,
    Bootstrap,
    Confusion,
    Estimate,
    Rate,
    exact_rate,
    predicted_count,
)
from sco_research.text.document import Document

# The one document whose themes have a reference coding; the codebook's author knew its text.
CODED_DOCUMENT = "sco-2013-bishkek"
SCORES_FILE = "themes-scores.csv"
_MADE_OF = ("codebook_sha256", "document_sha256", "reference_sha256")
_COUNTS = ["true_positives", "false_positives", "false_negatives"]
_FIRST_RUN_COUNTS = ["right", "false", "missed"]


@dataclass(frozen=True, slots=True)
class DetectionCounts:
    """What the program found against a reference coding, as numbers of sentences.

    Attributes
    ----------
    true_positives, false_positives, false_negatives : int
        Found and in the reference, found only, in the reference only.
    """

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    def precision(self, confidence: float = 0.95) -> Rate:
        """Return how many of the sentences found are right."""
        found = self.true_positives + self.false_positives
        return exact_rate(self.true_positives, found, confidence=confidence)

    def recall(self, confidence: float = 0.95) -> Rate:
        """Return how many of the reference coding's sentences are found."""
        given = self.true_positives + self.false_negatives
        return exact_rate(self.true_positives, given, confidence=confidence)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; NaN where there is neither."""
        cases = 2 * self.true_positives + self.false_positives + self.false_negatives
        return 2 * self.true_positives / cases if cases else float("nan")


@dataclass(frozen=True, slots=True)
class ThemesFirstRun:
    """The first run of an edition of the codebook on sentences that its author had not seen.

    Attributes
    ----------
    texts : str
        Whose they are.
    sentences : int
        How many.
    edition : str
        The edition of the codebook that was run.
    is_of_this : bool
        Whether that is the edition of the coding shown; else it was changed since, by what its
        first run had missed.
    categories : mapping of str to DetectionCounts
        The counts by category.
    """

    texts: str
    sentences: int
    edition: str
    is_of_this: bool
    categories: Mapping[str, DetectionCounts]

    @property
    def total(self) -> DetectionCounts:
        """The counts over all categories."""
        return _sum(self.categories.values())


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """Real sentences that served development after one run made without sight of a code.

    Attributes
    ----------
    sentences : int
        How many.
    edition, commit : str
        The codebook's edition, and the commit, of that first run.
    first, now : DetectionCounts
        Counts of the first run, and of the edition shown.
    """

    sentences: int
    edition: str
    commit: str
    first: DetectionCounts
    now: DetectionCounts


@dataclass(frozen=True, slots=True)
class Development:
    """Scores on real sentences by which the patterns were revised: no measure of other texts.

    Attributes
    ----------
    sentences, documents : int
        How many, in all sets; the sets share their documents.
    sets : tuple of DevelopmentSet
        In the order in which they were coded, each with its own first run.
    """

    sentences: int
    documents: int
    sets: tuple[DevelopmentSet, ...]

    @property
    def now(self) -> DetectionCounts:
        """The counts of the edition shown, over all sets."""
        return _sum(part.now for part in self.sets)


@dataclass(frozen=True, slots=True)
class Validation:
    """How near a codebook comes to codings made without it.

    Attributes
    ----------
    document_id, document_sha256 : str
        The document that has a reference coding. The codebook's author knew its text.
    scores : pandas.DataFrame
        Those of the codebook against it, as from `scores_in_sample`.
    settled : pandas.DataFrame
        The reference coding: ``segment_id`` and ``category`` of each theme given.
    in_sample : mapping of str to DetectionCounts
        The counts of the scores by category.
    first_run : ThemesFirstRun or None
        On held-out sentences, of this edition of the codebook or of one before; None where there
        was none.
    development : Development or None
        On the sentences by which the patterns were revised; None where the answers kept are those
        of another edition.
    """

    document_id: str
    document_sha256: str
    scores: pd.DataFrame
    settled: pd.DataFrame
    in_sample: Mapping[str, DetectionCounts]
    first_run: ThemesFirstRun | None
    development: Development | None = None

    @property
    def current(self) -> ThemesFirstRun | None:
        """The first run of the edition shown: what is known of single categories is of it alone."""
        return self.first_run if self.first_run and self.first_run.is_of_this else None

    def is_of(self, document: Document) -> bool:
        """Return whether the reference coding is of this very text."""
        return (document.id, document.sha256) == (self.document_id, self.document_sha256)

    def of(self, document: Document) -> Mapping[str, DetectionCounts]:
        """Return the counts that hold for a document: its own, else those of the first run."""
        if self.is_of(document):
            return self.in_sample
        return self.current.categories if self.current else {}

    def first_precision(self, category: str, confidence: float = 0.95) -> Rate | None:
        """Return the category's precision at the first run, of whatever edition.

        None where that run found it in fewer than five sentences.
        """
        counts = self.first_run.categories.get(category) if self.first_run else None
        rate = counts.precision(confidence) if counts else None
        return rate if rate and rate.of >= MIN_UNITS else None

    def precisions(self, category: str) -> tuple[Rate, ...]:
        """Return the category's precision in each set in which it was found.

        That of an earlier edition's first run is the only one held out, and counts where it found
        the theme often enough.
        """
        sets = [(self.in_sample, 1)]
        if self.first_run:
            enough = 1 if self.first_run.is_of_this else MIN_UNITS
            sets.append((self.first_run.categories, enough))
        rates = [
            (counts[category].precision(), enough) for counts, enough in sets if category in counts
        ]
        return tuple(rate for rate, enough in rates if rate.of >= enough)


def corrected(
    scores: Validation | None,
    document: Document,
    category: str,
    found: int,
    of: int,
    bootstrap: Bootstrap = Bootstrap(),
) -> Estimate | None:
    """Return the number of a document's sentences with a theme, corrected for coding errors.

    Parameters
    ----------
    scores : Validation or None
        As from `validation`. The sentences of its first run are taken as independent: their
        documents are not known.
    document : Document
        The document; one that has a reference coding needs no correction.
    category : str
        The theme.
    found, of : int
        In how many of the document's sentences it was found.
    bootstrap : Bootstrap
        Draws, coverage and seed.

    Returns
    -------
    Estimate or None
        None for a theme that the coders of the first run gave to fewer than five sentences, and
        where the first run was of another edition: its errors are not those of this coding.
    """
    run = scores.current if scores and not scores.is_of(document) else None
    counts = run.categories.get(category) if run else None
    if run is None or counts is None:
        return None
    given = counts.true_positives + counts.false_negatives
    if given < MIN_UNITS:
        return None
    rest = run.sentences - given - counts.false_positives
    errors = Confusion(
        counts.true_positives, counts.false_positives, counts.false_negatives, max(rest, 0)
    )
    return predicted_count(found, of, [errors], bootstrap=bootstrap)


def validation(codebook: Codebook) -> Validation | None:
    """Return how near the bundled codebook of themes comes to codings made without it.

    Parameters
    ----------
    codebook : Codebook
        The codebook of the coding that is shown.

    Returns
    -------
    Validation or None
        None for any other codebook: a score belongs to the coding it was measured on.

    Examples
    --------
    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> found = validation(load_codebook("themes"))
    >>> found.document_id, validation(load_codebook("actors"))
    ('sco-2013-bishkek', None)
    """
    if codebook.sha256 != load_codebook("themes").sha256:
        return None
    made_of = _made_of(codebook)
    scores = pd.read_csv(
        data_path("reference", SCORES_FILE), keep_default_na=False, na_values="nan"
    )
    if any((scores[name] != digest).any() for name, digest in made_of.items()):
        scores = scores_in_sample(codebook)
    return Validation(
        document_id=CODED_DOCUMENT,
        document_sha256=made_of["document_sha256"],
        scores=scores,
        settled=_settled(),
        in_sample=_confusions(scores[scores["average"] == ""]),
        first_run=_first_run(codebook),
        development=_development(codebook),
    )


def scores_in_sample(codebook: Codebook) -> pd.DataFrame:
    """Code the one document that has a reference coding, and score the codebook against it.

    Parameters
    ----------
    codebook : Codebook
        The bundled codebook of themes.

    Returns
    -------
    pandas.DataFrame
        Of `SCORES` precision, recall and F1 over all decisions, and F1 with its counts by category;
        and ``codebook_sha256``, ``document_sha256`` and ``reference_sha256``, what they are of.
    """
    document = load_document(CODED_DOCUMENT)
    settled = load_reference(document, scheme="themes").settled
    scores = score(theme_answers(document, codebook=codebook), settled)
    is_kept = (scores["average"] == "micro") | (
        (scores["average"] == "") & (scores["measure"] == "f1")
    )
    return scores[is_kept].reset_index(drop=True).assign(**_made_of(codebook))


def _made_of(codebook: Codebook) -> dict[str, str]:
    text = data_path("declarations", f"{CODED_DOCUMENT}.txt").read_bytes()
    names = (f"{CODED_DOCUMENT}.themes.csv", f"{CODED_DOCUMENT}.themes.asked.txt")
    coding = b"".join(data_path("reference", name).read_bytes() for name in names)
    digests = (hashlib.sha256(content).hexdigest() for content in (text, coding))
    return dict(zip(_MADE_OF, (codebook.sha256, *digests), strict=True))


def _settled() -> pd.DataFrame:
    """Return the sentence and the category of each theme of the reference coding."""
    sheet = pd.read_csv(
        data_path("reference", f"{CODED_DOCUMENT}.themes.csv"), dtype=str, keep_default_na=False
    )
    rows = sheet.assign(category=sheet["themes"].str.split(SEPARATOR)).explode("category")
    rows["category"] = rows["category"].str.strip()
    given = rows["category"] != NONE
    return rows.loc[given, ["segment_id", "category"]].reset_index(drop=True)


def development_sentences(texts: Iterable[str]) -> int:
    """Return how many sentences are among those by which the patterns were revised.

    >>> development_sentences(["The lake is deep."])
    0
    """
    return known_sentences(texts, table="themes-development.csv")


def _development(codebook: Codebook) -> Development | None:
    folder = data_path("reference")
    rows = pd.read_csv(folder / "themes-development.csv", dtype=str, keep_default_na=False)
    if set(rows["now_of"]) != {codebook.edition}:
        return None
    counts = pd.read_csv(folder / "themes-development-counts.csv", dtype={"set": str})
    sets = []
    for number, of_set in rows.groupby("set", sort=False):
        decisions = counts[counts["set"] == number]
        first, now = (
            DetectionCounts(*(int(decisions[name + suffix].sum()) for name in _FIRST_RUN_COUNTS))
            for suffix in ("", "_now")
        )
        run = of_set.iloc[0]
        edition = str(run["first_run_edition"]).removeprefix(f"{codebook.name} ")
        sets.append(DevelopmentSet(len(of_set), edition, str(run["first_run_of"]), first, now))
    return Development(len(rows), rows["document"].nunique(), tuple(sets))


def _sum(parts: Iterable[DetectionCounts]) -> DetectionCounts:
    counts = [(one.true_positives, one.false_positives, one.false_negatives) for one in parts]
    return DetectionCounts(*(sum(column) for column in zip(*counts, strict=True)))


def _first_run(codebook: Codebook) -> ThemesFirstRun | None:
    runs = load_first_runs()
    if runs.theme_sets.empty:
        return None
    run = runs.theme_sets.iloc[0]
    edition = str(run["codebook"])
    rows = runs.themes.rename(columns=dict(zip(_FIRST_RUN_COUNTS, _COUNTS, strict=True)))
    counts = _confusions(rows.rename(columns={"theme": "category"}))
    is_of_this = codebook.edition == f"themes {edition}"
    return ThemesFirstRun(str(run["set"]), int(run["sentences"]), edition, is_of_this, counts)


def _confusions(rows: pd.DataFrame) -> dict[str, DetectionCounts]:
    counts = rows[_COUNTS].astype(int).itertuples(index=False, name=None)
    return {
        str(name): DetectionCounts(*row) for name, row in zip(rows["category"], counts, strict=True)
    }
