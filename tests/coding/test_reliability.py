"""Published values of agreement, its laws, and what happens where it is undefined."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.reliability import coefficients
from sco_research.coding.reliability.adjudication import (
    adjudicate,
    confusion,
    disagreement_sheet,
    disagreements,
    gold_sheet,
)
from sco_research.coding.reliability.agreement import agreement
from sco_research.coding.reliability.coefficients import (
    Answer,
    Answers,
    answers_of,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
    standard_error,
)
from sco_research.coding.reliability.ratings import ratings_of, ratings_of_hits, sheet_of
from sco_research.coding.reliability.schemes import (
    COMMITMENTS,
    CodingScheme,
    MeasurementLevel,
    Variable,
    theme_scheme,
)
from sco_research.coding.reliability.scoring import score
from sco_research.errors import CodingError, ParameterError
from sco_research.statistics import Bootstrap, Numbers, bootstrap_intervals

# Krippendorff (2011), four coders and twelve units; also the four raters of irrCAC's vignettes.
FOUR_CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# Fleiss (1971), table 1: thirty patients, six psychiatrists, five diagnoses; counts by diagnosis.
PSYCHIATRISTS = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# The table of fourteen raters and ten subjects that textbooks work through.
FOURTEEN_RATERS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def from_table(table: Sequence[Sequence[int]]) -> Answers:
    """Return the answers behind a table of two coders: rows the first's, columns the second's."""
    counts = np.asarray(table, dtype=np.int64)
    pairs = np.argwhere(counts >= 0)
    return Answers(np.repeat(pairs, counts.ravel(), axis=0), tuple(range(len(counts))))


def from_counts(counts: Sequence[Sequence[int]]) -> Answers:
    """Return answers behind units by values counts, as Fleiss prints them."""
    table = np.asarray(counts, dtype=np.int64)
    coders = int(table.sum(axis=1).max())
    codes = np.full((len(table), coders), -1, dtype=np.int64)
    for unit, row in enumerate(table):
        codes[unit, : row.sum()] = np.repeat(np.arange(len(row)), row)
    return Answers(codes, tuple(range(table.shape[1])))


def value_of(
    coefficient: Callable[..., Numbers], answers: Answers, **options: MeasurementLevel
) -> float:
    return float(coefficient(answers, np.ones((1, len(answers.codes))), **options)[0])


def coders(*lines: str) -> Answers:
    return answers_of(
        [[None if mark == "." else float(mark) for mark in line.split()] for line in lines]
    )


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorffs_own_example(level: MeasurementLevel, value: float) -> None:
    found = value_of(krippendorff_alpha, coders(*FOUR_CODERS), level=level)
    assert found == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095238),
        (("1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"), 0.691964),
    ],
)
def test_krippendorffs_two_coders(lines: tuple[str, str], value: float) -> None:
    assert value_of(krippendorff_alpha, coders(*lines)) == pytest.approx(value, abs=5e-7)


# The worked example of Wikipedia's article on alpha and of the package krippendorff.
THREE_CODERS = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.691), ("interval", 0.811)])
def test_alpha_of_three_coders_with_more_gaps_than_answers(
    level: MeasurementLevel, value: float
) -> None:
    found = value_of(krippendorff_alpha, coders(*THREE_CODERS), level=level)
    assert found == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        # The three tables of Wikipedia's article on Cohen's kappa.
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        # Gwet (2008): high agreement and no kappa, where AC1 is 0.9408.
        ([[118, 5], [2, 0]], -0.0234),
    ],
)
def test_kappa_of_tables_of_two(table: list[list[int]], value: float) -> None:
    assert value_of(cohen_kappa, from_table(table)) == pytest.approx(value, abs=5e-5)


def test_gwets_own_paradox() -> None:
    answers = from_table([[118, 5], [2, 0]])
    assert value_of(gwet_ac1, answers) == pytest.approx(0.9408, abs=5e-5)


def test_irrcac_on_four_raters_with_gaps() -> None:
    answers = coders(*FOUR_CODERS)
    assert value_of(fleiss_kappa, answers) == pytest.approx(0.76117, abs=5e-6)
    assert value_of(gwet_ac1, answers) == pytest.approx(0.77544, abs=5e-6)
    assert value_of(percent_agreement, answers) == pytest.approx(0.81818, abs=5e-6)


def test_irrcac_on_three_abstractors_with_its_standard_error() -> None:
    answers = from_table(ABSTRACTORS)
    assert value_of(cohen_kappa, answers) == pytest.approx(0.7964094, abs=5e-8)
    assert value_of(scott_pi, answers) == pytest.approx(0.7962397, abs=5e-8)
    found = standard_error(lambda weights: cohen_kappa(answers, weights), np.ones(100))
    assert found[0] == pytest.approx(0.0589107, abs=5e-8)


def test_the_textbook_table_of_fourteen_raters() -> None:
    assert value_of(fleiss_kappa, from_counts(FOURTEEN_RATERS)) == pytest.approx(0.210, abs=5e-4)


def test_fleiss_own_example() -> None:
    answers = from_counts([[int(mark) for mark in row] for row in PSYCHIATRISTS.split()])
    assert value_of(percent_agreement, answers) == pytest.approx(0.5556, abs=5e-5)
    assert value_of(fleiss_kappa, answers) == pytest.approx(0.430, abs=5e-4)


def test_cohens_kappa_of_proportions() -> None:
    # Cohen (1960), table 1: three categories, 200 patients; observed 0.70, expected 0.41.
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    assert value_of(percent_agreement, from_table(table)) == pytest.approx(0.70)
    assert value_of(cohen_kappa, from_table(table)) == pytest.approx(0.492, abs=5e-4)


MATRICES = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 5.0, None]), min_size=3, max_size=3),
    min_size=2,
    max_size=12,
)


@given(MATRICES, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
@settings(max_examples=60, deadline=None)
def test_alpha_is_the_definition_written_out(
    units: list[list[Answer]], level: MeasurementLevel
) -> None:
    """Against a plain loop over all pairs of answers, as the 2011 paper writes it."""
    kept = [[float(str(x)) for x in unit if x is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) >= 2]
    pool = [answer for unit in kept for answer in unit]

    def distance(first: float, second: float) -> float:
        if first == second:
            return 0
        if level == "ordinal":
            low, high = sorted((first, second))
            between = sum(low <= answer <= high for answer in pool)
            return (between - (pool.count(first) + pool.count(second)) / 2) ** 2
        ratio = (first - second) / (first + second)
        return {"nominal": 1, "interval": (first - second) ** 2, "ratio": ratio**2}[level]

    observed = sum(distance(a, b) / (len(unit) - 1) for unit in kept for a in unit for b in unit)
    expected = sum(distance(a, b) for a in pool for b in pool)
    found = value_of(krippendorff_alpha, answers_of(list(zip(*units, strict=True))), level=level)
    if expected:
        assert found == pytest.approx(1 - (len(pool) - 1) * observed / expected, abs=1e-9)
    else:
        assert np.isnan(found)


@given(MATRICES)
@settings(max_examples=40, deadline=None)
def test_coefficients_do_not_depend_on_the_order_of_coders(units: list[list[Answer]]) -> None:
    answers = answers_of(list(zip(*units, strict=True)), values=(1.0, 2.0, 3.0, 5.0))
    turned = Answers(answers.codes[:, ::-1], answers.values)
    for coefficient in (krippendorff_alpha, fleiss_kappa, gwet_ac1, percent_agreement):
        assert value_of(coefficient, turned) == pytest.approx(
            value_of(coefficient, answers), nan_ok=True
        )


def test_weights_are_repetitions() -> None:
    answers = coders(*FOUR_CODERS)
    weights = np.array([3, 1, 0, 2, 1, 1, 1, 4, 1, 1, 0, 1])
    repeated = Answers(np.repeat(answers.codes, weights, axis=0), answers.values)
    for coefficient in (krippendorff_alpha, fleiss_kappa, gwet_ac1, percent_agreement):
        once: Numbers = coefficient(answers, weights[None, :].astype(float))
        assert once[0] == pytest.approx(value_of(coefficient, repeated))


# Frames


def sheet(answers: str, variable: str = "strict") -> pd.DataFrame:
    words = {"y": "yes", "n": "no", ".": None}
    ids = [f"d:p{number}.s1" for number in range(1, len(answers) + 1)]
    return pd.DataFrame({"segment_id": ids, variable: [words[mark] for mark in answers]})


STRICT = CodingScheme("s", (Variable("strict", values=("yes", "no")),))


def ratings(**answers: str) -> pd.DataFrame:
    parts = [
        ratings_of(sheet(marks), scheme=STRICT, coder=coder) for coder, marks in answers.items()
    ]
    return pd.concat(parts, ignore_index=True)


def coefficient(table: pd.DataFrame, name: str) -> pd.Series:
    return table[table["coefficient"] == name].iloc[0]


def test_intervals_shrink_as_units_grow_and_hold_the_value() -> None:
    few = agreement(ratings(a="yynnyynnyn" * 3, b="yynnyynyyy" * 3))
    many = agreement(ratings(a="yynnyynnyn" * 48, b="yynnyynyyy" * 48))
    for name in ("krippendorff_alpha", "cohen_kappa", "percent_agreement", "gwet_ac1"):
        short, long = coefficient(few, name), coefficient(many, name)
        assert short["low"] < short["value"] < short["high"]
        ratio = (long["high"] - long["low"]) / (short["high"] - short["low"])
        assert ratio == pytest.approx(0.25, rel=0.15)


def test_the_interval_of_alpha_covers_it_about_nineteen_times_in_twenty() -> None:
    random = np.random.default_rng(1)

    def two_coders(units: int) -> Answers:
        truth = random.random(units) < 0.3
        codes = [np.where(random.random(units) < 0.92, truth, ~truth) for _ in range(2)]
        return Answers(np.stack(codes, axis=1).astype(np.int64), ("no", "yes"))

    alpha = value_of(krippendorff_alpha, two_coders(200_000))
    covered = 0
    for _ in range(200):
        sample = two_coders(100)
        found = bootstrap_intervals(
            partial(krippendorff_alpha, sample), 100, bootstrap=Bootstrap(resamples=300)
        )
        covered += bool(found.low[0] <= alpha <= found.high[0])
    assert 0.89 <= covered / 200 <= 0.99


def test_agreement_is_the_same_twice() -> None:
    given_ratings = ratings(a="yynnyynn", b="yynnyyny")
    pd.testing.assert_frame_equal(agreement(given_ratings), agreement(given_ratings))


def test_one_coder_only_is_undefined_and_says_so() -> None:
    table = agreement(ratings(anna="yyn"))
    assert table["value"].isna().all()
    assert table["reason"].str.contains("one coder only").all()
    assert (table["segments"] == 0).all()


def test_no_overlap_is_undefined_and_says_so() -> None:
    table = agreement(ratings(anna="yyn...", ben="...ynn"))
    assert table["value"].isna().all()
    assert table["reason"].str.contains("no overlap").all()


def test_one_answer_only_leaves_nothing_to_agree_about() -> None:
    table = agreement(ratings(anna="nnnn", ben="nnnn"))
    assert np.isnan(coefficient(table, "krippendorff_alpha")["value"])
    assert "every answer is 'no'" in coefficient(table, "krippendorff_alpha")["reason"]
    assert coefficient(table, "percent_agreement")["value"] == 1


def test_full_agreement_has_the_exact_interval_of_a_share_and_none_of_kappa() -> None:
    table = agreement(ratings(a="yn" * 25, b="yn" * 25))
    share = coefficient(table, "percent_agreement")
    # Clopper & Pearson: 50 of 50, 95 %.
    assert (share["value"], share["high"]) == (1, 1)
    assert share["low"] == pytest.approx(0.9289, abs=5e-5)
    kappa = coefficient(table, "cohen_kappa")
    assert kappa["value"] == 1
    assert np.isnan(kappa["low"])
    assert "no variation" in kappa["reason"]


def test_a_share_near_the_edge_has_the_exact_interval() -> None:
    one, none, many = (
        coefficient(agreement(ratings(a="y" * 51, b=wrong.ljust(51, "y"))), "percent_agreement")
        for wrong in ("n", "", "n" * 8)
    )
    # Clopper & Pearson: 50 of 51, 95 %.
    assert (one["low"], one["high"]) == pytest.approx((0.8955, 0.9995), abs=5e-5)
    assert one["high"] - one["low"] > none["high"] - none["low"]
    assert (one["reason"], many["reason"]) == ("few exceptions: exact binomial interval", "")
    few = coefficient(agreement(ratings(a="yyyy", b="yyyy")), "percent_agreement")
    assert np.isnan(few["low"])
    assert few["reason"] == "fewer than 5 segments"


def test_sentences_of_one_paragraph_are_drawn_together() -> None:
    """Ten sentences that are alike in a paragraph tell no more than one of them."""
    wrong = [mark for mark in "ynynnynnynyy" for _ in range(10)]
    answers = pd.DataFrame({"segment_id": [f"d:p{n // 10}.s{n % 10}" for n in range(120)],
                            "strict": ["yes"] * 120})  # fmt: skip
    apart = answers.assign(segment_id=[f"d:p{n}.s1" for n in range(120)])
    widths = []
    for sheet_ in (answers, apart):
        given = [sheet_, sheet_.assign(strict=["yes" if mark == "y" else "no" for mark in wrong])]
        found = coefficient(
            agreement(
                pd.concat(
                    ratings_of(one, scheme=STRICT, coder=name)
                    for one, name in zip(given, "ab", strict=True)
                )
            ),
            "percent_agreement",
        )
        widths.append((found["high"] - found["low"], found["standard_error"]))
    for whole, single in zip(*widths, strict=True):
        assert whole / single == pytest.approx(10**0.5, rel=0.1)


def test_a_segment_that_nobody_answered_changes_nothing() -> None:
    with_gap = agreement(ratings(a="yynn.", b="ynnn."))
    pd.testing.assert_frame_equal(with_gap, agreement(ratings(a="yynn", b="ynnn")))


def test_segments_answered_alike_are_counted_not_computed_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    widths: set[int] = set()

    def watched(answers: Answers, weights: np.ndarray, **options: Any) -> np.ndarray:  # noqa: ANN401 - passed on
        widths.update({len(answers.codes), weights.shape[-1]})
        return krippendorff_alpha(answers, weights, **options)

    monkeypatch.setattr(coefficients, "krippendorff_alpha", watched)
    table = agreement(
        ratings(a="yynnyynnyn" * 2000, b="yynnyynyyy" * 2000), bootstrap=Bootstrap(resamples=100)
    )
    assert coefficient(table, "krippendorff_alpha")["segments"] == 20_000
    # Of two coders with two answers each: yes and yes, no and no, no and yes.
    assert widths == {3}


def test_nobody_answered_at_all() -> None:
    table = agreement(ratings(anna="...", ben="..."))
    assert table["value"].isna().all()
    assert table["reason"].str.contains("no overlap").all()


def test_three_coders_are_also_taken_in_pairs() -> None:
    table = agreement(ratings(a="yynnyn", b="yynnyy", c="ynnnyy"))
    pairs = {("a", "b"), ("a", "c"), ("b", "c")}
    assert set(map(tuple, table["coders"])) == {("a", "b", "c"), *pairs}
    kappas = table.loc[table["coefficient"] == "cohen_kappa", "coders"]
    assert set(map(tuple, kappas)) == pairs


def test_levels_come_from_the_scheme_and_categories_are_taken_apart() -> None:
    acts = pd.DataFrame(
        {
            "segment_id": ["d:p1.s1", "d:p2.s1", "d:p3.s1"],
            "binding": ["none", "low", "high"],
            "undertakings": [0, 1, 3],
        }
    )
    other = acts.assign(binding=["none", "high", "high"], undertakings=[0.0, 2.0, 3.0])
    both = pd.concat(
        [
            ratings_of(acts, scheme=COMMITMENTS, coder="a"),
            ratings_of(other, scheme=COMMITMENTS, coder="b"),
        ]
    )
    table = agreement(both, variables=COMMITMENTS.variables)
    alphas = table[table["coefficient"] == "krippendorff_alpha"]
    levels = {(row.variable, row.category): row.level for row in alphas.itertuples(index=False)}
    assert levels["binding", ""] == "ordinal"
    assert levels["binding", "low"] == "nominal"
    assert levels["undertakings", ""] == "ratio"
    # none < low < high: as ranks, low and high lie nearer than none and high.
    ordinal = alphas[(alphas["variable"] == "binding") & (alphas["category"] == "")]
    words = answers_of([["a", "b", "c"], ["a", "c", "c"]])
    expected = value_of(krippendorff_alpha, words, level="ordinal")
    assert ordinal["value"].iloc[0] == pytest.approx(expected)


def test_words_where_numbers_are_measured_are_refused() -> None:
    with pytest.raises(ParameterError, match="say it is nominal"):
        agreement(ratings(a="yn", b="yn"), variables=[Variable("strict", level="ratio")])
    few = Variable("strict", level="interval", values=("yes", "perhaps"))
    with pytest.raises(ParameterError, match="none of its values"):
        agreement(ratings(a="yn", b="yn"), variables=[few])
    with pytest.raises(ParameterError, match="not among the values"):
        agreement(ratings(a="yn", b="yn"), variables=[Variable("strict", "ordinal", ("yes",))])


THEMES = theme_scheme(["health", "energy"])


def theme_ratings(coder: str, *cells: str | None) -> pd.DataFrame:
    ids = [f"d:p{number}.s1" for number in range(1, len(cells) + 1)]
    frame = pd.DataFrame({"segment_id": ids, "themes": list(cells)})
    return ratings_of(frame, scheme=THEMES, coder=coder)


def test_many_answers_are_questions_of_their_own_and_are_pooled_by_segment() -> None:
    both = pd.concat(
        [
            theme_ratings("a", "health", "health;energy", "none", None),
            theme_ratings("b", "health", "energy", "none", "energy"),
        ]
    )
    table = agreement(both, variables=THEMES.variables)
    alphas = table[table["coefficient"] == "krippendorff_alpha"].set_index("category")["value"]
    assert alphas["energy"] == pytest.approx(1)
    assert alphas["(all categories)"] == value_of(
        krippendorff_alpha, answers_of([list("ynyynn"), list("ynnynn")])
    )
    pooled = table[table["category"] == "(all categories)"]
    assert (pooled["segments"] == 3).all()


def test_a_sheet_comes_back_from_its_ratings() -> None:
    found = theme_ratings("a", "health", "energy; health", "none", None)
    assert sheet_of(found, scheme=THEMES)["themes"].fillna("-").tolist() == [
        "health", "health;energy", "none", "-",
    ]  # fmt: skip


def test_the_table_of_who_answered_what() -> None:
    table = confusion(ratings(a="yynn", b="ynn."))
    counts = table.set_index(["first_value", "second_value"])["segments"].to_dict()
    assert counts == {("yes", "yes"): 1, ("yes", "no"): 1, ("no", "no"): 1}


def test_disagreements_with_their_text_settle_into_a_gold_file() -> None:
    both = ratings(a="yynn", b="ynn.")
    texts = pd.DataFrame({"segment_id": ["d:p2.s1"], "text": ["They will meet."]})
    differ = disagreements(both, texts)
    row = differ.iloc[0]
    assert len(differ) == 1
    assert (row["coders"], row["answers"]) == (["a", "b"], ["yes", "no"])
    sheet = disagreement_sheet(differ).iloc[0]
    assert (sheet["place"], sheet["text"]) == ("¶ 2, sentence 1", "They will meet.")
    assert sheet["answers"] == "a: yes; b: no"
    settled = adjudicate(both, differ.assign(value="yes", reason="R2: will"))
    assert settled["value"].tolist() == ["yes", "yes", "no", "no"]
    assert settled["basis"].tolist() == ["agreed", "adjudicated", "agreed", "one coder"]
    gold = gold_sheet(settled, scheme=STRICT)
    assert list(gold.loc[1, ["strict", "basis", "reason"]]) == [
        "yes", "adjudicated", "strict: R2: will",
    ]  # fmt: skip


def test_decisions_are_whole_or_every_fault_is_named() -> None:
    both = ratings(a="yynn", b="ynyy")
    decisions = pd.DataFrame(
        {
            "segment_id": ["d:p2.s1", "d:p9.s1", "d:p3.s1", "d:p3.s1"],
            "variable": "strict",
            "category": "",
            "value": ["yes", "no", "no", ""],
            "reason": ["", "x", "x", "x"],
        }
    )
    with pytest.raises(CodingError) as caught:
        adjudicate(both, decisions)
    said = "\n".join(caught.value.faults)
    for part in ("d:p4.s1 strict: coders differ", "d:p9.s1 strict: nobody answered",
                 "d:p3.s1 strict: decided 2 times", "d:p2.s1 strict: the decision has no reason",
                 "d:p3.s1 strict: the decision has no value"):  # fmt: skip
        assert part in said
    assert len(caught.value.faults) == 5


def test_overruling_is_marked() -> None:
    both = ratings(a="yn", b="yn")
    decisions = pd.DataFrame(
        {"segment_id": ["d:p1.s1"], "variable": ["strict"], "category": [""], "value": ["no"],
         "reason": ["a subset"]}
    )  # fmt: skip
    assert adjudicate(both, decisions)["basis"].tolist() == ["overruled", "agreed"]


# Scores


def test_scores_of_a_known_table() -> None:
    table = score(ratings(program="yyynnn"), ratings(gold="yynynn")).set_index("measure")
    assert table["value"].round(6).to_dict() == {
        "precision": 0.666667, "recall": 0.666667, "f1": 0.666667,
    }  # fmt: skip
    assert list(table.loc["f1", ["true_positives", "false_positives", "false_negatives"]]) == [
        2, 1, 1,
    ]  # fmt: skip
    assert table["low"].lt(table["value"]).all()
    assert table["high"].gt(table["value"]).all()


def test_micro_pools_decisions_and_macro_averages_categories() -> None:
    gold = theme_ratings("gold", "health", "health", "energy", "none")
    hits = pd.DataFrame(
        {
            "segment_id": ["d:p1.s1", "d:p2.s1", "d:p4.s1"],
            "category": ["health", "health", "energy"],
        }
    )
    found = ratings_of_hits(
        hits, [f"d:p{number}.s1" for number in range(1, 5)], categories=["health", "energy"]
    )
    table = score(found, gold)
    values = table.set_index(["average", "category", "measure"])["value"]
    assert values[("", "health", "f1")] == 1
    assert values[("", "energy", "f1")] == 0
    assert values[("micro", "", "f1")] == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert values[("macro", "", "f1")] == pytest.approx(0.5)


def test_a_category_that_neither_uses_has_no_score_and_no_part_in_macro() -> None:
    gold = theme_ratings("gold", "health", "none")
    table = score(gold.assign(coder="program"), gold)
    values = table.set_index(["average", "category", "measure"])
    assert values.loc[("", "energy", "f1"), "reason"] == "neither coding uses it"
    assert np.isnan(values["value"][("", "energy", "f1")])
    assert values.loc[("macro", "", "f1"), "value"] == 1


def test_an_unanswered_segment_is_not_taken_for_a_no() -> None:
    with pytest.raises(ParameterError, match="needs the answer 'no'"):
        score(ratings(program="yy."), ratings(gold="yyn"))


def test_score_refuses_two_coders_and_no_common_question() -> None:
    with pytest.raises(ParameterError, match="give the ratings of one"):
        score(ratings(a="y", b="y"), ratings(gold="y"))
    with pytest.raises(ParameterError, match="no question in common"):
        score(theme_ratings("program", "health"), ratings(gold="y"))


def test_scores_of_many_values_are_one_against_the_rest() -> None:
    ids = ["d:p1.s1", "d:p2.s1", "d:p3.s1"]
    frames = [
        pd.DataFrame({"segment_id": ids, "binding": answers})
        for answers in (["none", "low", "low"], ["none", "low", "high"])
    ]
    found, gold = (
        ratings_of(frame, scheme=COMMITMENTS, coder=coder)
        for frame, coder in zip(frames, ("program", "gold"), strict=True)
    )
    values = score(found, gold).set_index(["average", "category", "measure"])["value"]
    assert values[("", "low", "precision")] == 0.5
    assert values[("micro", "", "f1")] == pytest.approx(2 / 3)


def test_malformed_ratings_are_refused() -> None:
    one = ratings(a="yn")
    with pytest.raises(ParameterError, match="twice"):
        agreement(pd.concat([one, one]))
    with pytest.raises(ParameterError, match="no column 'value'"):
        agreement(one.drop(columns="value"))
    with pytest.raises(ParameterError, match="appears twice"):
        ratings_of(pd.concat([sheet("y"), sheet("n")]), scheme=STRICT, coder="a")
    with pytest.raises(ParameterError, match="none of the columns"):
        ratings_of(sheet("y", "other"), scheme=STRICT, coder="a")
    with pytest.raises(ParameterError, match="row 1 has no coder"):
        ratings_of(sheet("yn").assign(coder=pd.Series({0: "a"})), scheme=STRICT)
    with pytest.raises(ParameterError, match="say who answered"):
        ratings_of(sheet("y"), scheme=STRICT)


def test_malformed_arrays_are_refused() -> None:
    with pytest.raises(ParameterError, match="one has 1 units and another 2"):
        answers_of([[1], [1, 2]])
    with pytest.raises(ParameterError, match="not among the values"):
        answers_of([["x"]], values=["y"])
    with pytest.raises(ParameterError, match="mixed"):
        answers_of([["x", 1]])
    with pytest.raises(ParameterError, match="in pairs"):
        value_of(cohen_kappa, coders("1 2", "1 2", "1 2"))
    with pytest.raises(ParameterError, match="below 0"):
        value_of(krippendorff_alpha, answers_of([[-1, 2], [1, 2]]), level="ratio")


def test_arguments_are_not_changed() -> None:
    both = ratings(a="yynn", b="ynnn")
    before = both.copy(deep=True)
    agreement(both)
    confusion(both)
    disagreements(both, pd.DataFrame({"segment_id": [], "text": []}))
    pd.testing.assert_frame_equal(both, before)
