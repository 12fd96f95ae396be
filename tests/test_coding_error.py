"""Counts corrected for coding errors: published values, laws, and coverage."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sco_research.coding.reliability.first_runs import Definition, coding_errors, load_first_runs
from sco_research.errors import ParameterError
from sco_research.statistics import (
    Bootstrap,
    Confusion,
    Stratum,
    corrected_share,
    predicted_count,
    rogan_gladen,
    sampled_count,
)

RUNS = load_first_runs()


def invented(definition: Definition) -> list[Confusion]:
    """Return the errors on each of the 44 invented documents."""
    found = []
    for name, rows in RUNS.answers.groupby("document_id"):
        if str(name).startswith(("k8-", "k9-")):
            continue  # written after the prototype whose figures are compared
        given, said = rows[definition], rows[f"first_{definition}"]
        cells = (given & said, ~given & said, given & ~said, ~given & ~said)
        found.append(Confusion(*(int(cell.sum()) for cell in cells)))
    return found


def test_the_estimate_and_its_transformed_intervals_are_the_published_ones() -> None:
    # 20 of 120 at known sensitivity 0.90 and specificity 0.99: R package RSurveillance, tp().
    assert rogan_gladen(20 / 120, 0.9, 0.99) == pytest.approx(0.1760300, abs=5e-8)
    exact = stats.binomtest(20, 120)
    published = (
        (exact.proportion_ci(method="exact"), (0.1066, 0.2647)),
        (exact.proportion_ci(method="wilson"), (0.1130, 0.2623)),
    )
    for interval, ends in published:
        shown = [rogan_gladen(float(end), 0.9, 0.99) for end in (interval.low, interval.high)]
        assert shown == pytest.approx(ends, abs=5e-5)
    reach = 1.959964 * (20 / 120 * 100 / 120 / 120) ** 0.5
    shown = [rogan_gladen(20 / 120 + end, 0.9, 0.99) for end in (-reach, reach)]
    assert shown == pytest.approx((0.1011, 0.2510), abs=5e-5)


def test_lang_and_reiczigel_cover_the_true_share() -> None:
    random = np.random.default_rng(5)
    covered = 0
    for _ in range(600):
        hits, misses = random.binomial(60, 0.85), random.binomial(90, 0.95)
        errors = Confusion(int(hits), int(90 - misses), int(60 - hits), int(misses))
        found = random.binomial(120, 0.3 * 0.85 + 0.7 * 0.05)
        share = corrected_share(int(found), 120, errors)
        assert share is not None
        covered += share.low <= 0.3 <= share.high
    assert 0.93 <= covered / 600 <= 0.98


def test_lang_and_reiczigel_by_hand() -> None:
    # Their formulas, worked out step by step for 12 of 51 and 94, 1, 5, 377.
    z = 1.959963985
    se, sp = (94 + 1) / (99 + 2), (377 + 1) / (378 + 2)
    ap = (12 + z * z / 2) / (51 + z * z)
    p = (ap + sp - 1) / (se + sp - 1)
    dp = 2 * z * z * (p * se * (1 - se) / 101 - (1 - p) * sp * (1 - sp) / 380)
    var = (
        ap * (1 - ap) / (51 + z * z)
        + p * p * se * (1 - se) / 101
        + (1 - p) ** 2 * sp * (1 - sp) / 380
    ) / (se + sp - 1) ** 2
    share = corrected_share(12, 51, Confusion(94, 1, 5, 377))
    assert share is not None
    assert share.low == pytest.approx(p + dp - z * var**0.5)
    assert share.high == pytest.approx(p + dp + z * var**0.5)


@pytest.mark.parametrize(
    ("definition", "found", "mean", "low", "high"),
    [("strict", 12, 12.5, 10, 16), ("broad", 23, 25.8, 21, 32)],
)
def test_the_predicted_counts_are_those_of_an_independent_prototype(
    definition: Definition, found: int, mean: float, low: float, high: float
) -> None:
    made = predicted_count(found, 51, invented(definition))
    assert made is not None
    assert made.value == pytest.approx(mean, abs=0.25)
    assert (made.low, made.high) == pytest.approx((low, high), abs=1)


@pytest.mark.parametrize("definition", ["strict", "broad"])
def test_left_out_documents_have_their_true_count_within_the_interval(
    definition: Definition,
) -> None:
    """Calibration: each document is predicted from the errors on the others of its kind."""
    sets = [invented(definition)] + [
        list(coding_errors(RUNS, definition, organization=name)) for name in ("sco", "un")
    ]
    inside = total = 0
    for errors in sets:
        for at, one in enumerate(errors):
            found = one.true_positives + one.false_positives
            true = one.true_positives + one.false_negatives
            sentences = found + one.false_negatives + one.true_negatives
            others = errors[:at] + errors[at + 1 :]
            made = predicted_count(found, sentences, others, bootstrap=Bootstrap(resamples=500))
            assert made is not None
            inside += made.low <= true <= made.high
            total += 1
    assert total == 53 + 7 + 7
    assert inside / total >= 0.9


def test_documents_that_differ_widen_the_interval() -> None:
    alike = [Confusion(8, 1, 2, 39)] * 8
    apart = [Confusion(10, 0, 0, 40), Confusion(6, 2, 4, 38)] * 4
    narrow, wide = (predicted_count(3_000, 20_000, errors) for errors in (alike, apart))
    assert narrow is not None
    assert wide is not None
    assert wide.high - wide.low > narrow.high - narrow.low


def test_a_coding_without_errors_leaves_the_count() -> None:
    sure = [Confusion(100_000, 0, 0, 100_000)]
    made = predicted_count(12, 51, sure)
    assert made is not None
    assert (made.low, made.high) == (12, 12)
    assert made.value == pytest.approx(12, abs=0.01)


def test_a_validation_that_tells_nothing_gives_no_estimate() -> None:
    for errors in (Confusion(0, 0, 0, 40), Confusion(5, 5, 5, 5), Confusion(0, 0, 0, 0)):
        assert predicted_count(3, 9, [errors]) is None
        assert corrected_share(3, 9, errors) is None
    assert predicted_count(3, 9, []) is None


def test_a_document_without_sentences_or_hits_is_predicted_too() -> None:
    errors = coding_errors(RUNS, "strict")
    empty, none = predicted_count(0, 0, errors), predicted_count(0, 40, errors)
    assert empty is not None
    assert (empty.value, empty.low, empty.high) == (0, 0, 0)
    assert none is not None
    assert none.low == 0 < none.value < 6


def test_first_runs_by_document_add_up_to_those_by_set() -> None:
    counts = ["sentences", "strict_tp", "strict_fp", "strict_fn", "broad_fp", "broad_fn"]
    sums = RUNS.documents.groupby("set", as_index=False)[[*counts, "broad_tp"]].sum()
    both = RUNS.real.merge(sums, on="set", suffixes=("", "_sum"))
    assert len(both) == 2
    for column in counts:
        assert both[column].tolist() == both[f"{column}_sum"].tolist(), column
    assert (both["broad_tp_sum"] - both["broad_tp"]).sum() == 2
    documents = RUNS.documents["set"].value_counts()
    assert both["documents"].tolist() == both["set"].map(documents).tolist()


def test_the_sets_fit_the_issuer() -> None:
    sco, others = (coding_errors(RUNS, "broad", organization=name) for name in ("sco", "g20"))
    assert (len(sco), len(others)) == (7, 7)
    assert sum(sco, Confusion(0, 0, 0, 0)).true_positives == 99 + 111
    assert sum(others, Confusion(0, 0, 0, 0)) == Confusion(173, 22, 34, 80)
    assert coding_errors(RUNS, "broad", organization="") == others


def test_a_sample_of_all_is_exact_and_a_small_one_is_wide() -> None:
    few, many = (
        sampled_count([Stratum(100, coded, coded - coded // 10), Stratum(400, 4 * coded, 0)])
        for coded in (10, 80)
    )
    assert few.value == many.value == 90
    assert few.low < many.low <= 90 <= many.high < few.high
    with pytest.raises(ParameterError, match="code at least one of each stratum"):
        sampled_count([Stratum(100, 10, 9), Stratum(400, 0, 0)])
    with pytest.raises(ParameterError, match="none twice"):
        sampled_count([Stratum(10, 11, 9)])
    assert sampled_count([Stratum(0, 0, 0), Stratum(5, 5, 1)]).value == 1


def test_the_interval_of_a_sample_covers_the_true_count() -> None:
    random = np.random.default_rng(8)
    truth = [np.arange(90) < 80, np.arange(310) < 20]
    covered = 0
    for _ in range(300):
        drawn = [
            random.choice(one, size, replace=False)
            for one, size in zip(truth, (30, 60), strict=True)
        ]
        made = sampled_count(
            [Stratum(len(t), len(d), int(d.sum())) for t, d in zip(truth, drawn, strict=True)],
            bootstrap=Bootstrap(resamples=400),
        )
        covered += made.low <= 100 <= made.high
    assert 0.91 <= covered / 300 <= 1


def test_errors_without_a_file_of_documents_are_sums(tmp_path: Path) -> None:
    from sco_research.resources import data_path

    whole = pd.read_csv(data_path("reference", "first-runs.csv"))
    whole.to_csv(tmp_path / "first-runs.csv", index=False)
    errors = coding_errors(load_first_runs(tmp_path), "strict", organization="sco")
    assert [one.true_positives for one in errors] == [44, 49]
