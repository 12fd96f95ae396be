"""What the reliability report says, as one value: first runs, agreement, errors on this text."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.detection import (
    Detection,
    Score,
    answered,
    detection,
    detection_of,
    known_number,
)
from sco_research.coding.reliability.first_runs import (
    Definition,
    FirstRuns,
    errors_by_document,
    known_codes,
    known_sentences,
)
from sco_research.coding.reliability.program import commitment_answers
from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import NO, YES
from sco_research.coding.reliability.scoring import outcomes, score
from sco_research.statistics import (
    MIN_UNITS,
    Bootstrap,
    Rate,
    exact_rate,
)
from sco_research.text.document import Document
from sco_research.text.segments import segment

ALPHA = "krippendorff_alpha"
QUESTIONS = {
    "themes": "All themes",
    "speech_act": "Speech act",
    "strict": "Strict commitment",
    "broad": "Broad commitment",
    "binding": "Binding level",
    "undertakings": "Number of undertakings",
}
MIN_RATE = 0.8
"""A theme whose precision or recall is lower is named as one to be read with care."""
MIN_CASES = 10
"""Strict sentences from which the recall in a single document is told."""


@dataclass(frozen=True, slots=True)
class Note:
    """Who coded a set of texts, and what else is to be known of it."""

    set: str
    coders: str
    note: str


@dataclass(frozen=True, slots=True)
class ListedFacts:
    """How many commitments of a list that people made the program found, at its first run.

    Such a list follows a definition of its own, which is wider than the program's strict one: what
    the program calls strict is no recall of it.
    """

    broad: Rate


@dataclass(frozen=True, slots=True)
class DocumentRecall:
    """How many strict sentences of one document the program found."""

    name: str
    recall: Rate


@dataclass(frozen=True, slots=True)
class RealFacts:
    """First runs of the commitment coder on real texts with all sentences coded.

    Attributes
    ----------
    units : int
        What the intervals resample: documents, and sets of which only the sum is known.
    added_broad : int
        Broad commitments that coders added after the run: the counts by document have them, and
        so have the intervals.
    lowest_document : DocumentRecall or None
        Where the smallest share of strict sentences was found, of the documents with `MIN_CASES`.
    binding_sets, undertaking_sets : tuple of str
        Of which sets levels were compared, and undertakings counted.
    """

    sets: int
    units: int
    documents: int
    sentences: int
    programs: tuple[str, ...]
    kappas: tuple[float, ...]
    strict: Detection
    broad: Detection
    added_broad: int
    lowest_strict_recall: float | None
    lowest_document: DocumentRecall | None
    speech_acts: Rate
    binding: Rate
    binding_sets: tuple[str, ...]
    undertakings_program: int
    undertakings_coders: int
    undertakings_equal: Rate
    undertaking_sets: tuple[str, ...]
    listed: ListedFacts | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value and what it belongs to."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class InventedFacts:
    """First runs of the commitment coder on invented documents, each set by another writer.

    The rules were revised between the runs, so that scores of all sets together would be those of
    no program: there are none.

    Attributes
    ----------
    single_sentences : int
        Held-out sentences outside documents, of which only F1 is known.
    single_f1 : float or None
        Their F1, where one set holds them all.
    """

    sets: int
    documents: int
    sentences: int
    lowest: NamedValue
    highest: NamedValue
    single_sentences: int
    single_f1: float | None
    development_sentences: int
    development_lowest: float | None
    development_highest: float | None


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """The first run of the theme coder on real texts, and the codebook used now.

    Attributes
    ----------
    imprecise, incomplete : tuple of str
        Themes whose precision, or recall, is below `MIN_RATE` with its whole interval.
    maybe_imprecise, maybe_incomplete : tuple of str
        Themes of which it is lower too, while the interval reaches higher.
    """

    texts: str
    sentences: int
    equal_sentences: int
    f1_between_coders: float
    codebook: str
    program: str
    present: str
    themes: int
    all: Detection
    imprecise: tuple[str, ...]
    maybe_imprecise: tuple[str, ...]
    incomplete: tuple[str, ...]
    maybe_incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """How coders agree on one question."""

    question: str
    alpha: float | None
    low: float | None
    high: float | None
    answers: int
    different: int


@dataclass(frozen=True, slots=True)
class CoderFacts:
    """How the coders of this document agree.

    Attributes
    ----------
    coded, recounted : int
        Questions asked: on all else, and on the number of undertakings, which of the bundled
        coding two later coders answered.
    different, recounted_different : int
        Of these, questions that were answered differently.
    """

    coders: tuple[str, ...]
    sentences: int
    coded: int
    recounted: int
    questions: tuple[QuestionFacts, ...]
    different: int
    recounted_different: int
    different_sentences: int
    open: int
    lowest: QuestionFacts | None
    equal_share: Rate

    @property
    def all_different(self) -> int:
        """How many questions were answered differently."""
        return self.different + self.recounted_different


@dataclass(frozen=True, slots=True)
class UndertakingFacts:
    """Undertakings in the sentences that program and reference both call strict."""

    program: int
    reference: int
    equal: Rate


@dataclass(frozen=True, slots=True)
class UnaskedTheme:
    """A theme that the coders of the reference were not asked about, and where it was given."""

    name: str
    sentences: int


@dataclass(frozen=True, slots=True)
class TextFacts:
    """How the program meets the reference coding of this document.

    In sample nothing has an interval: the document was not drawn from other texts.

    Attributes
    ----------
    themes_asked : int
        Themes that the coders of the reference were asked about, whether they occur or not.
    unasked : tuple of UnaskedTheme
        What the program gives beyond these: neither right nor wrong.
    """

    sentences: int
    bundled: bool
    made_by: str
    strict: Detection
    broad: Detection
    speech_acts: Rate
    binding: Rate
    themes: Detection
    themes_f1: Score
    different_sentences: int
    themes_without_error: int
    themes_occurring: int
    themes_asked: int
    unasked: tuple[UnaskedTheme, ...]
    undertakings: UndertakingFacts


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is known of a document of which a part was coded for the first runs.

    Attributes
    ----------
    coded : int
        Sentences of it that two coders coded.
    coders_equal : Rate
        Of these, sentences on which they gave the same answer under the strict definition.
    found : int
        Of these, sentences that stand in the text word for word.
    strict, broad : Detection
        The present program on the sentences found.
    themed : int
        Sentences whose themes were coded for the development of the codebook.
    """

    coded: int
    coders_equal: Rate
    found: int
    strict: Detection
    broad: Detection
    themed: int


@dataclass(frozen=True, slots=True)
class ReliabilityFacts:
    """All that the report says."""

    document_id: str
    title: str
    confidence: float
    resamples: int
    seed: str
    real: RealFacts | None
    invented: InventedFacts | None
    themes: ThemeFacts | None
    coders: CoderFacts | None
    text: TextFacts | None
    known: KnownFacts | None

    @property
    def differences(self) -> bool:
        """Whether the coders, or the program and the reference coding, differ in an answer."""
        coders = self.coders is not None and bool(self.coders.all_different)
        return coders or (self.text is not None and bool(self.text.different_sentences))


def reliability_facts(
    document: Document,
    runs: FirstRuns,
    references: Sequence[Reference],
    program: pd.DataFrame,
    agreed: pd.DataFrame,
    codebook: Codebook,
    *,
    bundled: bool = True,
    bootstrap: Bootstrap = Bootstrap(),
) -> ReliabilityFacts:
    """Return the facts of the reliability report.

    Parameters
    ----------
    document : Document
        The document whose report it is.
    runs : FirstRuns
        The results of first runs.
    references : sequence of Reference
        The document's reference codings; without a row where there is none.
    program : pandas.DataFrame
        The program's ratings of the document, of all schemes.
    agreed : pandas.DataFrame
        As from `agreement`, of the coders of all schemes.
    codebook : Codebook
        Whose themes were coded.
    bundled : bool
        Whether the reference coding is the package's own: then the rules were written with the
        document at hand.
    bootstrap : Bootstrap
        Of the intervals.

    Examples
    --------
    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> from sco_research.coding.reliability.agreement import agreement
    >>> from sco_research.coding.reliability.first_runs import load_first_runs
    >>> from sco_research.coding.reliability.ratings import RATINGS
    >>> facts = reliability_facts(
    ...     Document.from_text("We met.", id="note"), load_first_runs(), [], RATINGS.empty(),
    ...     agreement(RATINGS.empty()), load_codebook("themes"),
    ...     bootstrap=Bootstrap(resamples=100),
    ... )
    >>> facts.real.strict.recall.hits, facts.real.strict.recall.of, facts.text
    (225, 250, None)
    """
    confidence = bootstrap.confidence
    return ReliabilityFacts(
        document_id=document.id,
        title=document.metadata.title or document.id,
        confidence=confidence,
        resamples=bootstrap.resamples,
        seed=str(bootstrap.seed),
        real=_real(runs, bootstrap),
        invented=_invented(runs, confidence),
        themes=_themes(runs, codebook, confidence),
        coders=_coders(references, agreed, codebook, confidence),
        text=_text(references, program, codebook, bundled, bootstrap),
        known=_known(document, confidence),
    )


def question(variable: str, category: str, codebook: Codebook) -> str:
    """Return what was asked, as a person reads it.

    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> book = load_codebook("themes")
    >>> question("themes", "security.drugs", book), question("binding", "high", book)
    ('Drugs', 'Binding level: high')
    """
    name = QUESTIONS.get(variable, variable)
    if category in ("", POOLED, "yes"):
        return name
    label = next((item.label for item in codebook if item.id == category), "")
    return label or f"{name}: {category}"


def of_all_coders(agreed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `agreement` that are about all coders, not about a pair of many."""
    if not len(agreed):
        return agreed
    numbers = agreed["coders"].map(len)
    return agreed[numbers == numbers.groupby(agreed["variable"]).transform("max")]


def by_question(frame: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the rows of each variable and category, and of each variable under no category."""
    wholes = frame.groupby("variable", sort=False)
    parts = frame[frame["category"] != ""].groupby(["variable", "category"], sort=False)
    found = {(str(name), ""): rows for name, rows in wholes}
    return found | {(str(name), str(category)): rows for (name, category), rows in parts}


def differing(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return the questions that coders answer differently: segment, variable and category."""
    key = ["segment_id", "variable", "category"]
    given = ratings.dropna(subset="value")
    values = given.groupby(key, sort=False)["value"].nunique()
    return values[values > 1].reset_index()[key]


def _real(runs: FirstRuns, bootstrap: Bootstrap) -> RealFacts | None:
    confidence = bootstrap.confidence
    whole = runs.real[runs.real["strict_fp"].notna()]
    if not len(whole):
        return None
    listed = runs.real[runs.real["strict_fp"].isna()]
    recalls = [
        row["strict_tp"] / (row["strict_tp"] + row["strict_fn"])
        for row in whole.to_dict("records")
        if row["strict_tp"] + row["strict_fn"]
    ]
    broad = detection_of(runs, whole, "broad", bootstrap)
    return RealFacts(
        sets=len(whole),
        units=len(errors_by_document(runs, whole, "strict")),
        documents=int(whole["documents"].sum()),
        sentences=int(whole["sentences"].sum()),
        programs=tuple(dict.fromkeys(whole["program"])),
        kappas=tuple(sorted(whole["agreement_strict_kappa"].dropna())),
        strict=detection_of(runs, whole, "strict", bootstrap),
        broad=broad,
        added_broad=broad.recall.of - int(whole["broad_tp"].sum() + whole["broad_fn"].sum()),
        lowest_strict_recall=min(recalls, default=None),
        lowest_document=_lowest_document(runs, whole, confidence),
        speech_acts=_of(whole["acts_equal"], confidence),
        binding=_of(whole["binding_equal"], confidence),
        binding_sets=tuple(whole.loc[whole["binding_equal"] != "", "label"]),
        undertakings_program=int(whole["undertakings_program"].sum()),
        undertakings_coders=int(whole["undertakings_coders"].sum()),
        undertakings_equal=_of(whole["undertakings_equal_of_sentences"], confidence),
        undertaking_sets=tuple(whole.loc[whole["undertakings_equal_of_sentences"] != "", "label"]),
        listed=ListedFacts(
            detection_of(runs, listed, "broad", bootstrap).recall,
        )
        if len(listed)
        else None,
        notes=tuple(
            Note(str(row["set"]), str(row["coders"]), str(row["note"]))
            for row in runs.real.to_dict("records")
            if row["note"]
        ),
    )


def _lowest_document(
    runs: FirstRuns, whole: pd.DataFrame, confidence: float
) -> DocumentRecall | None:
    rows = runs.documents[runs.documents["set"].isin(whole["set"])]
    recalls = [
        DocumentRecall(
            str(row["document"]),
            exact_rate(row["strict_tp"], row["strict_tp"] + row["strict_fn"], confidence),
        )
        for row in rows.to_dict("records")
        if row["strict_tp"] + row["strict_fn"] >= MIN_CASES
    ]
    return min(recalls, key=lambda one: one.recall.value or 0.0, default=None)


def _of(cells: Iterable[str], confidence: float) -> Rate:
    """Return cells such as ``201/210`` as one share."""
    pairs = [cell.split("/") for cell in cells if cell]
    return exact_rate(
        sum(int(hits) for hits, _ in pairs), sum(int(of) for _, of in pairs), confidence
    )


def _invented(runs: FirstRuns, confidence: float) -> InventedFacts | None:
    answers = runs.answers
    if not len(answers):
        return None
    scores = [
        NamedValue(str(name), found)
        for name, rows in answers.groupby("set")
        if (found := answered(rows, "strict", confidence).f1) is not None
    ]
    development = runs.invented[runs.invented["use"] == "development"]
    single = runs.invented[runs.invented["use"] == "held out"]
    kept = development["strict_f1"].dropna()
    return InventedFacts(
        sets=answers["set"].nunique(),
        documents=answers["document_id"].nunique(),
        sentences=len(answers),
        lowest=min(scores, key=lambda score: score.value),
        highest=max(scores, key=lambda score: score.value),
        single_sentences=int(single["sentences"].sum()),
        single_f1=known_number(single["strict_f1"].iloc[0]) if len(single) == 1 else None,
        development_sentences=int(development["sentences"].sum()),
        development_lowest=known_number(kept.min()),
        development_highest=known_number(kept.max()),
    )


def _themes(runs: FirstRuns, codebook: Codebook, confidence: float) -> ThemeFacts | None:
    if not len(runs.themes) or not len(runs.theme_sets):
        return None
    of_set = runs.theme_sets.iloc[0]
    true, false, missed = (int(runs.themes[name].sum()) for name in ("right", "false", "missed"))
    each = {
        question("themes", str(row["theme"]), codebook): detection(
            int(row["right"]), int(row["false"]), int(row["missed"]), confidence
        )
        for row in runs.themes.to_dict("records")
    }
    return ThemeFacts(
        texts=str(of_set["set"]),
        sentences=int(of_set["sentences"]),
        equal_sentences=int(of_set["equal_sentences"]),
        f1_between_coders=float(of_set["f1_between_coders"]),
        codebook=str(of_set["codebook"]),
        program=str(of_set["program"]),
        present=codebook.edition,
        themes=len(each),
        all=detection(true, false, missed, confidence),
        imprecise=_low({name: one.precision for name, one in each.items()}, surely=True),
        maybe_imprecise=_low({name: one.precision for name, one in each.items()}, surely=False),
        incomplete=_low({name: one.recall for name, one in each.items()}, surely=True),
        maybe_incomplete=_low({name: one.recall for name, one in each.items()}, surely=False),
    )


def _low(rates: Mapping[str, Rate | None], *, surely: bool) -> tuple[str, ...]:
    """Return what has a rate under `MIN_RATE`: with its whole interval, or in part of it alone."""
    return tuple(
        name
        for name, found in rates.items()
        if found is not None
        and found.of >= MIN_UNITS
        and (found.value or 0.0) < MIN_RATE
        and (found.high is not None and found.high < MIN_RATE) is surely
    )


def _coders(
    references: Sequence[Reference], agreed: pd.DataFrame, codebook: Codebook, confidence: float
) -> CoderFacts | None:
    given = [reference.coders for reference in references if len(reference.coders)]
    if not given or not len(agreed):
        return None
    ratings = pd.concat(given).dropna(subset="value")
    differ = differing(ratings)
    table = of_all_coders(agreed)
    # An answer against all others, such as a speech act, is no question that coders were asked.
    asked = table["category"].isin([POOLED, *ratings["category"].unique()])
    alphas = table[(table["coefficient"] == ALPHA) & asked]
    units = ratings[["segment_id", "variable", "category"]].drop_duplicates()
    asked_of, different_of = by_question(units), by_question(differ)
    values = tuple(
        _question_facts(row, asked_of, different_of, codebook) for row in alphas.to_dict("records")
    )
    whole = alphas["category"].isin(["", POOLED]).tolist()
    defined = [one for one in values if one.alpha is not None and one.different]
    decided = pd.concat([reference.decisions for reference in references])
    key = ["segment_id", "variable", "category"]
    settled = differ.merge(decided[key].drop_duplicates(), on=key)
    recounted = int((units["variable"] == "undertakings").sum())
    recounted_different = int((differ["variable"] == "undertakings").sum())
    return CoderFacts(
        coders=tuple(map(str, ratings["coder"].unique())),
        sentences=ratings["segment_id"].nunique(),
        coded=len(units) - recounted,
        recounted=recounted,
        questions=tuple(one for one, kept in zip(values, whole, strict=True) if kept),
        different=len(differ) - recounted_different,
        recounted_different=recounted_different,
        different_sentences=differ["segment_id"].nunique(),
        open=len(differ) - len(settled),
        lowest=min(defined, key=lambda one: one.alpha or 0.0, default=None),
        equal_share=exact_rate(len(units) - len(differ), len(units), confidence),
    )


def _question_facts(
    row: Mapping[Hashable, object],
    asked: Mapping[tuple[str, str], pd.DataFrame],
    different: Mapping[tuple[str, str], pd.DataFrame],
    codebook: Codebook,
) -> QuestionFacts:
    variable, category = str(row["variable"]), str(row["category"])
    # Of all categories together, and of one answer against the others, the question is the whole.
    key = (variable, category if (variable, category) in asked else "")
    return QuestionFacts(
        question=question(variable, category, codebook),
        alpha=known_number(row["value"]),
        low=known_number(row["low"]),
        high=known_number(row["high"]),
        answers=len(asked.get(key, ())),
        different=len(different.get(key, ())),
    )


def _text(
    references: Sequence[Reference],
    program: pd.DataFrame,
    codebook: Codebook,
    bundled: bool,
    bootstrap: Bootstrap,
) -> TextFacts | None:
    confidence = bootstrap.confidence
    settled = [reference.settled for reference in references if len(reference.settled)]
    if not settled:
        return None
    right = without_counts(pd.concat(settled))
    said = without_counts(program)
    made = compared(said, right)
    scores = score(said, right, bootstrap=bootstrap)
    micro = scores[(scores["average"] == "micro") & (scores["variable"] == "themes")]
    f1 = micro[micro["measure"] == "f1"].to_dict("records")
    of_themes = made[made["variable"] == "themes"]
    wrong = made[made["outcome"] != "true positive"]
    occurring = set(of_themes["category"])
    asked = right.loc[right["variable"] == "themes", "category"]
    found = TextFacts(
        sentences=right["segment_id"].nunique(),
        bundled=bundled,
        made_by=next((one.made_by for one in references if one.made_by), ""),
        strict=_outcomes(made[made["variable"] == "strict"], confidence),
        broad=_outcomes(made[made["variable"] == "broad"], confidence),
        speech_acts=_equal(made[made["variable"] == "speech_act"], confidence),
        binding=_equal(made[made["variable"] == "binding"], confidence),
        themes=_outcomes(of_themes, confidence),
        themes_f1=Score(
            known_number(f1[0]["value"]), known_number(f1[0]["low"]), known_number(f1[0]["high"])
        )
        if f1
        else Score(None, None, None),
        different_sentences=wrong["segment_id"].nunique(),
        themes_without_error=len(occurring - set(wrong["category"])),
        themes_occurring=len(occurring),
        themes_asked=asked.nunique(),
        unasked=_unasked(said, asked, codebook),
        undertakings=_undertakings(program, pd.concat(settled), confidence),
    )
    return _without_intervals(found) if bundled else found


def _unasked(said: pd.DataFrame, asked: pd.Series, codebook: Codebook) -> tuple[UnaskedTheme, ...]:
    """Return the themes that the program gives and that no coder was asked about."""
    given = said[said["variable"].eq("themes") & said["value"].eq(YES)]
    beyond = given.loc[~given["category"].isin(asked) & bool(len(asked)), "category"]
    return tuple(
        UnaskedTheme(question("themes", str(theme), codebook), int(sentences))
        for theme, sentences in beyond.value_counts().items()
    )


def _without_intervals(found: TextFacts) -> TextFacts:
    """Return what holds of a document that is no sample: shares alone."""

    def bare(one: Detection) -> Detection:
        precision = one.precision and replace(one.precision, low=None, high=None)
        return replace(one, precision=precision, recall=replace(one.recall, low=None, high=None))

    shares = (found.speech_acts, found.binding, found.undertakings.equal)
    speech_acts, binding, equal = (replace(one, low=None, high=None) for one in shares)
    return replace(
        found,
        strict=bare(found.strict),
        broad=bare(found.broad),
        themes=bare(found.themes),
        speech_acts=speech_acts,
        binding=binding,
        themes_f1=replace(found.themes_f1, low=None, high=None),
        undertakings=replace(found.undertakings, equal=equal),
    )


def _known(document: Document, confidence: float) -> KnownFacts | None:
    sentences = segment(document, level="sentence")
    known = known_codes(sentences)
    if known is None:
        return None
    answers = commitment_answers(document).pivot(
        index="segment_id", columns="variable", values="value"
    )

    def met(reading: Definition) -> Detection:
        right = known.codes.set_index("segment_id")[reading].dropna()
        said = answers.loc[right.index, reading]
        return detection(
            int(((said == YES) & (right == YES)).sum()),
            int(((said == YES) & (right == NO)).sum()),
            int(((said == NO) & (right == YES)).sum()),
            confidence,
        )

    return KnownFacts(
        coded=known.coded,
        coders_equal=exact_rate(known.coders_equal, known.coded, confidence),
        found=len(known.codes),
        strict=met("strict"),
        broad=met("broad"),
        themed=known_sentences(sentences["text"], table="themes-development.csv"),
    )


def _undertakings(
    program: pd.DataFrame, settled: pd.DataFrame, confidence: float
) -> UndertakingFacts:
    both = program.merge(
        settled, on=["segment_id", "variable"], suffixes=("_program", "_reference")
    )
    values = ["value_program", "value_reference"]
    is_strict = both["variable"].eq("strict") & (both[values] == YES).all(axis=1)
    kept = both["variable"].eq("undertakings") & both["segment_id"].isin(
        both.loc[is_strict, "segment_id"]
    )
    said, right = (both.loc[kept, name].astype(float).astype(int) for name in values)
    return UndertakingFacts(
        int(said.sum()),
        int(right.sum()),
        exact_rate(int((said == right).sum()), len(said), confidence),
    )


def _outcomes(made: pd.DataFrame, confidence: float) -> Detection:
    counts = made["outcome"].value_counts()
    true, false, missed = (
        int(counts.get(name, 0)) for name in ("true positive", "false positive", "false negative")
    )
    return detection(true, false, missed, confidence)


def _equal(made: pd.DataFrame, confidence: float) -> Rate:
    """Return the share of sentences with an equal answer: each has one in the reference."""
    equal = int((made["outcome"] == "true positive").sum())
    missed = int((made["outcome"] == "false negative").sum())
    return exact_rate(equal, equal + missed, confidence)


def compared(program: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return how the program's answers meet the reference's, counts left out: see `outcomes`.

    Levels are those of the sentences that both call strict: that the others have none is no
    further answer.
    """
    made = outcomes(without_counts(program), without_counts(reference))
    return with_levels_of_strict(made, program, reference)


def with_levels_of_strict(
    rows: pd.DataFrame, program: pd.DataFrame, reference: pd.DataFrame
) -> pd.DataFrame:
    """Return rows without the levels of sentences that not both call strict.

    Where the reference does not say what is strict, all rows are kept.

    Parameters
    ----------
    rows : pandas.DataFrame
        With ``variable`` and ``segment_id``.
    program, reference : pandas.DataFrame
        The ratings of both.
    """
    if not reference["variable"].eq("strict").any():
        return rows
    both = set.intersection(
        *(
            set(one.loc[one["variable"].eq("strict") & one["value"].eq(YES), "segment_id"])
            for one in (program, reference)
        )
    )
    return rows[rows["variable"].ne("binding") | rows["segment_id"].isin(both)]


def without_counts(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return ratings without the counts: a number is near or far, not right or wrong."""
    return ratings[~ratings["variable"].eq("undertakings")]
