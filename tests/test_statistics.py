"""Laws of the bootstrap, and its agreement with scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sco_research.errors import ParameterError
from sco_research.statistics import (
    IntervalMethod,
    Numbers,
    Statistic,
    bootstrap,
    bootstrap_shares,
    divide,
)


def mean_of(values: Numbers) -> Statistic:
    return lambda weights: weights @ values / weights.sum(axis=1)


def width(values: Numbers) -> float:
    found = bootstrap(mean_of(values), len(values))
    return float(found.high[0] - found.low[0])


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_the_interval_of_a_mean_covers_it_nineteen_times_in_twenty(method: IntervalMethod) -> None:
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(400):
        found = bootstrap(mean_of(random.normal(size=60)), 60, method=method, resamples=400)
        covered += bool(found.low[0] <= 0 <= found.high[0])
    assert 0.91 <= covered / 400 <= 0.98


def test_bca_agrees_with_scipy() -> None:
    values = np.random.default_rng(3).exponential(size=50)
    ours = bootstrap(mean_of(values), 50, method="bca", resamples=9999)
    theirs = stats.bootstrap((values,), np.mean, n_resamples=9999, rng=np.random.default_rng(1))
    assert ours.low[0] == pytest.approx(theirs.confidence_interval.low, abs=0.02)
    assert ours.high[0] == pytest.approx(theirs.confidence_interval.high, abs=0.02)
    # Skewed data: the corrected interval reaches farther to the long side than the plain one.
    plain = bootstrap(mean_of(values), 50, resamples=9999)
    assert ours.high[0] > plain.high[0]


def test_the_width_of_a_mean_is_that_of_theory() -> None:
    values = np.random.default_rng(5).normal(size=400)
    expected = 2 * 1.96 * values.std() / 20
    assert width(values) == pytest.approx(expected, rel=0.06)


def test_intervals_shrink_with_the_root_of_the_units() -> None:
    values = np.random.default_rng(11).normal(size=50)
    assert width(np.tile(values, 16)) == pytest.approx(width(values) / 4, rel=0.1)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    values = np.random.default_rng(2).normal(size=30)
    first, second = (bootstrap(mean_of(values), 30, seed=4) for _ in range(2))
    other = bootstrap(mean_of(values), 30, seed=5)
    assert (first.low[0], first.high[0]) == (second.low[0], second.high[0])
    assert first.low[0] != other.low[0]


def test_strata_keep_their_sizes_and_take_out_what_lies_between_them() -> None:
    strata = np.repeat([1, 2], [40, 10])
    values = strata * 100.0 + np.random.default_rng(9).normal(size=50)

    def sizes_held(weights: Numbers) -> Numbers:
        assert (weights[:, :40].sum(axis=1) == 40).all()
        assert (weights[:, 40:].sum(axis=1) == 10).all()
        return weights @ values / 50

    stratified = bootstrap(sizes_held, 50, strata=strata, method="percentile")
    assert stratified.high[0] - stratified.low[0] < width(values) / 10


def test_many_units_are_drawn_in_blocks_without_changing_the_law() -> None:
    values = np.random.default_rng(1).integers(0, 2, size=30_000).astype(float)
    found = bootstrap(mean_of(values), 30_000, resamples=200)
    assert found.high[0] - found.low[0] == pytest.approx(2 * 1.96 * 0.5 / 30_000**0.5, rel=0.25)


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_units_that_are_alike_may_be_told_once(method: IntervalMethod) -> None:
    kinds = np.random.default_rng(4).integers(0, 4, size=80)
    values = np.array([0.0, 1.0, 3.0, 7.0])
    strata = np.repeat([1, 2], 40)
    each = bootstrap(mean_of(values[kinds]), 80, strata=strata, method=method)
    told = bootstrap(mean_of(values), 80, kinds=kinds, strata=strata, method=method)
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
    for method in ("percentile", "bca"):
        found = bootstrap_shares(top, bottom, resamples=100, method=method)
        if not found.reason[0]:
            ratios = divide(top, bottom)
            assert ratios.min() - 1e-9 <= found.low[0] <= found.high[0] <= ratios.max() + 1e-9


def test_several_statistics_come_in_one_draw_as_if_alone() -> None:
    columns = np.random.default_rng(8).integers(0, 2, size=(40, 3)).astype(float)
    together = bootstrap_shares(columns)
    alone = [bootstrap_shares(column) for column in columns.T]
    assert together.low.tolist() == [item.low[0] for item in alone]


def test_options_out_of_range_are_refused_with_the_mend() -> None:
    with pytest.raises(ParameterError, match="choose one of percentile, bca"):
        bootstrap(mean_of(np.ones(3)), 3, method="basic")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="100 or more"):
        bootstrap(mean_of(np.ones(3)), 3, resamples=10)
    with pytest.raises(ParameterError, match="to below 1"):
        bootstrap(mean_of(np.ones(3)), 3, confidence=95)
    with pytest.raises(ParameterError, match="one label a unit"):
        bootstrap(mean_of(np.ones(3)), 3, strata=[1, 2])
    with pytest.raises(ParameterError, match="one kind a unit"):
        bootstrap(mean_of(np.ones(3)), 3, kinds=[0, 1])
    with pytest.raises(ParameterError, match="one denominator a unit"):
        bootstrap_shares([1, 2], [1])
    with pytest.raises(ParameterError, match="use method 'percentile'"):
        bootstrap(mean_of(np.ones(6000)), 6000, method="bca")
