"""Laws of the bootstrap, and corrections of p-values against their own paper."""

from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binomtest, false_discovery_control, hypergeom

from sco_research.errors import ParameterError
from sco_research.statistics import (
    Bootstrap,
    Correction,
    Numbers,
    Statistic,
    adjust_p_values,
    bootstrap_intervals,
    bootstrap_shares,
    divide,
    exact_rate,
    hypergeometric_tail,
)


def mean_of(values: Numbers) -> Statistic:
    return lambda weights: weights @ values / weights.sum(axis=1)


def width(values: Numbers) -> float:
    found = bootstrap_intervals(mean_of(values), len(values))
    return float(found.high[0] - found.low[0])


def test_the_interval_of_a_mean_covers_it_nineteen_times_in_twenty() -> None:
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(400):
        found = bootstrap_intervals(
            mean_of(random.normal(size=60)), 60, bootstrap=Bootstrap(resamples=400)
        )
        covered += bool(found.low[0] <= 0 <= found.high[0])
    assert 0.91 <= covered / 400 <= 0.98


def test_the_interval_of_a_skewed_mean_agrees_with_scipy() -> None:
    values = np.random.default_rng(3).exponential(size=50)
    ours = bootstrap_intervals(mean_of(values), 50, bootstrap=Bootstrap(resamples=9999))
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=9999, rng=np.random.default_rng(1), method="percentile"
    )
    assert ours.low[0] == pytest.approx(theirs.confidence_interval.low, abs=0.02)
    assert ours.high[0] == pytest.approx(theirs.confidence_interval.high, abs=0.02)


def test_the_width_of_a_mean_is_that_of_theory() -> None:
    values = np.random.default_rng(5).normal(size=400)
    expected = 2 * 1.96 * values.std() / 20
    assert width(values) == pytest.approx(expected, rel=0.06)


def test_intervals_shrink_with_the_root_of_the_units() -> None:
    values = np.random.default_rng(11).normal(size=50)
    assert width(np.tile(values, 16)) == pytest.approx(width(values) / 4, rel=0.1)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    values = np.random.default_rng(2).normal(size=30)
    first, second = (
        bootstrap_intervals(mean_of(values), 30, bootstrap=Bootstrap(seed=4)) for _ in range(2)
    )
    other = bootstrap_intervals(mean_of(values), 30, bootstrap=Bootstrap(seed=5))
    assert (first.low[0], first.high[0]) == (second.low[0], second.high[0])
    assert first.low[0] != other.low[0]


def test_strata_keep_their_sizes_and_take_out_what_lies_between_them() -> None:
    strata = np.repeat([1, 2], [40, 10])
    values = strata * 100.0 + np.random.default_rng(9).normal(size=50)

    def sizes_held(weights: Numbers) -> Numbers:
        assert (weights[:, :40].sum(axis=1) == 40).all()
        assert (weights[:, 40:].sum(axis=1) == 10).all()
        return weights @ values / 50

    stratified = bootstrap_intervals(sizes_held, 50, strata=strata)
    assert stratified.high[0] - stratified.low[0] < width(values) / 10


def test_many_units_are_drawn_in_blocks_without_changing_the_law() -> None:
    values = np.random.default_rng(1).integers(0, 2, size=30_000).astype(float)
    found = bootstrap_intervals(mean_of(values), 30_000, bootstrap=Bootstrap(resamples=200))
    assert found.high[0] - found.low[0] == pytest.approx(2 * 1.96 * 0.5 / 30_000**0.5, rel=0.25)


def test_units_that_are_alike_may_be_told_once() -> None:
    kinds = np.random.default_rng(4).integers(0, 4, size=80)
    values = np.array([0.0, 1.0, 3.0, 7.0])
    strata = np.repeat([1, 2], 40)
    each = bootstrap_intervals(mean_of(values[kinds]), 80, strata=strata)
    told = bootstrap_intervals(mean_of(values), 80, kinds=kinds, strata=strata)
    assert np.allclose([each.estimate, each.low, each.high], [told.estimate, told.low, told.high])


def test_what_has_no_interval_says_why() -> None:
    one = bootstrap_shares([1.0])
    assert one.estimate[0] == 1
    assert np.isnan(one.low[0])
    assert "fewer than two" in one.reason[0]
    same = bootstrap_shares(np.zeros(20))
    assert "no variation" in same.reason[0]
    rare = bootstrap_shares([1.0, *[0.0] * 9], [1.0, *[0.0] * 9])
    assert "of the resamples" in rare.reason[0]
    never = bootstrap_shares(np.zeros(5), np.zeros(5))
    assert np.isnan(never.estimate[0])
    assert "in the sample itself" in never.reason[0]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=2, max_size=25))
@settings(max_examples=40, deadline=None)
def test_a_share_lies_within_the_range_of_the_units(pairs: list[tuple[int, int]]) -> None:
    top, bottom = np.array(pairs, dtype=float).T
    found = bootstrap_shares(top, bottom, bootstrap=Bootstrap(resamples=100))
    if not found.reason[0]:
        ratios = divide(top, bottom)
        assert ratios.min() - 1e-9 <= found.low[0] <= found.high[0] <= ratios.max() + 1e-9


def test_several_statistics_come_in_one_draw_as_if_alone() -> None:
    columns = np.random.default_rng(8).integers(0, 2, size=(40, 3)).astype(float)
    together = bootstrap_shares(columns)
    alone = [bootstrap_shares(column) for column in columns.T]
    assert together.low.tolist() == [item.low[0] for item in alone]


def test_options_out_of_range_are_refused_with_the_mend() -> None:
    with pytest.raises(ParameterError, match="100 or more"):
        Bootstrap(resamples=10)
    with pytest.raises(ParameterError, match="to below 1"):
        Bootstrap(confidence=95)
    with pytest.raises(ParameterError, match="one label a unit"):
        bootstrap_intervals(mean_of(np.ones(3)), 3, strata=[1, 2])
    with pytest.raises(ParameterError, match="one kind a unit"):
        bootstrap_intervals(mean_of(np.ones(3)), 3, kinds=[0, 1])
    with pytest.raises(ParameterError, match="one denominator a unit"):
        bootstrap_shares([1, 2], [1])


def test_benjamini_and_hochbergs_own_fifteen_tests() -> None:
    # Their 1995 paper, section 4: four hypotheses rejected at 0.05, three by Bonferroni.
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert (adjust_p_values(p_values) <= 0.05).sum() == 4
    assert (adjust_p_values(p_values, method="bonferroni") <= 0.05).sum() == 3


def test_holms_steps_and_bonferronis_product_are_theirs() -> None:
    # Worked by hand: 3 x 0.01, 2 x 0.03, and no smaller than the one before.
    assert adjust_p_values([0.04, 0.01, 0.03], method="holm") == pytest.approx([0.06, 0.03, 0.06])
    assert adjust_p_values([0.5, 0.01], method="bonferroni") == pytest.approx([1.0, 0.02])


P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(P_VALUES)
def test_a_stricter_correction_gives_no_smaller_p_value(values: list[float]) -> None:
    ours = adjust_p_values(values)
    dependent = adjust_p_values(values, method="benjamini-yekutieli")
    assert (ours <= dependent + 1e-12).all()
    holm = adjust_p_values(values, method="holm")
    bonferroni = adjust_p_values(values, method="bonferroni")
    assert (np.asarray(values) <= ours + 1e-12).all()
    assert (ours <= holm + 1e-12).all()
    assert (holm <= bonferroni + 1e-12).all()


@given(P_VALUES)
def test_corrections_do_not_depend_on_order_or_on_tests_not_made(
    values: list[float],
) -> None:
    order = np.random.default_rng(len(values)).permutation(len(values))
    shuffled = np.asarray(values)[order]
    assert np.allclose(adjust_p_values(shuffled), adjust_p_values(values)[order])
    with_gap = adjust_p_values([*values, float("nan")])
    assert np.allclose(with_gap[:-1], adjust_p_values(values))
    assert np.isnan(with_gap[-1])


def test_what_is_no_probability_and_no_method_is_refused() -> None:
    with pytest.raises(ParameterError, match="outside 0 to 1"):
        adjust_p_values([1.2])
    with pytest.raises(ParameterError, match="holm"):
        adjust_p_values([0.2], method="sidak")  # type: ignore[arg-type]


@pytest.mark.parametrize(("method", "theirs"), [("hochberg", "bh"), ("yekutieli", "by")])
def test_corrected_p_values_are_those_of_scipy(method: str, theirs: Literal["bh", "by"]) -> None:
    given = np.random.default_rng(3).random(200).round(2) ** 3
    expected = false_discovery_control(given, method=theirs)
    name: Correction = "benjamini-hochberg" if method == "hochberg" else "benjamini-yekutieli"
    assert np.allclose(adjust_p_values(given, method=name), expected, rtol=1e-12, atol=0)


def test_the_chance_of_so_many_together_is_that_of_scipy() -> None:
    draw = np.random.default_rng(5)
    for of in (2, 51, 400):
        one, other = draw.integers(1, of + 1, (2, 300))
        together = np.minimum(draw.integers(0, of + 1, 300), np.minimum(one, other))
        expected = hypergeom.sf(together - 1, of, one, other)
        found = hypergeometric_tail(together, one, other, of)
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-300)
    assert hypergeometric_tail([], [], [], 5).tolist() == []


def test_the_ends_of_an_exact_rate_are_those_of_scipy() -> None:
    for hits, of in ((0, 5), (5, 5), (3, 12), (780, 800)):
        ends = binomtest(hits, of).proportion_ci(0.9, method="exact")
        found = exact_rate(hits, of, confidence=0.9)
        assert found.low == pytest.approx(ends.low, abs=1e-9)
        assert found.high == pytest.approx(ends.high, abs=1e-9)
