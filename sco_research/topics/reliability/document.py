"""What is said of the document itself: its coders, and how the program meets their coding."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.agreement import POOLED
from sco_research.coding.reliability.detection import Detection, Score, detection, known_number
from sco_research.coding.reliability.first_runs import Definition, known_codes, known_sentences
from sco_research.coding.reliability.program import commitment_answers
from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import NO, YES
from sco_research.coding.reliability.scoring import outcomes, score
from sco_research.statistics import Bootstrap, Rate, exact_rate
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.reliability.questions import (
    ALPHA,
    by_question,
    differing,
    of_all_coders,
    question,
)

# As the columns of first runs end.
_ENDS = ("tp", "fp", "fn")


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
    first_strict, first_broad : Detection or None
        The program at its first run on the document; None where that is not known.
    strict, broad : Detection
        The present program on the sentences found.
    themed : int
        Sentences whose themes were coded for the development of the codebook.
    """

    coded: int
    coders_equal: Rate
    found: int
    first_strict: Detection | None
    first_broad: Detection | None
    strict: Detection
    broad: Detection
    themed: int


def coder_facts(
    references: Sequence[Reference], agreed: pd.DataFrame, codebook: Codebook, confidence: float
) -> CoderFacts | None:
    """Return how the coders agree; None where there are no sheets of theirs."""
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


def text_facts(
    references: Sequence[Reference],
    program: pd.DataFrame,
    codebook: Codebook,
    bundled: bool,
    bootstrap: Bootstrap,
) -> TextFacts | None:
    """Return how the program meets the settled coding; None where there is none."""
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


def known_facts(
    document: Document, first_runs: pd.DataFrame, confidence: float
) -> KnownFacts | None:
    """Return what the first runs know of the document; None where it was not among their texts.

    Parameters
    ----------
    document : Document
        The text.
    first_runs : pandas.DataFrame
        The first runs by document: see `DOCUMENT_FIRST_RUNS`.
    confidence : float
        Level of the intervals, between 0 and 1.
    """
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

    its_own = first_runs["document_id"].eq(known.document_id) & (known.document_id != "")
    first_run = first_runs[its_own]

    def then(reading: Definition) -> Detection | None:
        if first_run.empty:
            return None
        found, wrong, missed = (int(first_run[f"{reading}_{end}"].iloc[0]) for end in _ENDS)
        return detection(found, wrong, missed, confidence)

    return KnownFacts(
        coded=known.coded,
        coders_equal=exact_rate(known.coders_equal, known.coded, confidence),
        found=len(known.codes),
        first_strict=then("strict"),
        first_broad=then("broad"),
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
