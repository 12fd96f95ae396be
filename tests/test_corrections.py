"""The corrections against their own paper and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sco_research.corrections import adjust_p_values
from sco_research.errors import ParameterError


def test_benjamini_and_hochbergs_own_fifteen_tests() -> None:
    # Their 1995 paper, section 4: four hypotheses rejected at 0.05, three by Bonferroni.
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert (adjust_p_values(p_values) <= 0.05).sum() == 4
    assert (adjust_p_values(p_values, method="bonferroni") <= 0.05).sum() == 3


P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(P_VALUES)
def test_corrections_agree_with_scipy_and_keep_their_order(values: list[float]) -> None:
    ours = adjust_p_values(values)
    assert np.allclose(ours, stats.false_discovery_control(values))
    dependent = adjust_p_values(values, method="benjamini-yekutieli")
    assert np.allclose(dependent, stats.false_discovery_control(values, method="by"))
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
