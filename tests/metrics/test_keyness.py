"""Keyness is the published statistic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.metrics.keyness import log_likelihood_two_cell

# Rayson, Corpora list, 18 January 2002; two corpora of a million words each.
PUBLISHED = [(392, 170, 90.13), (348, 99, 146.95), (15, 14, 0.03), (9, 32, 13.68), (21, 25, 0.35)]


def test_published_values() -> None:
    ours, reference, expected = zip(*PUBLISHED, strict=True)
    found = log_likelihood_two_cell(ours, reference, size=1e6, reference_size=1e6)
    assert found == pytest.approx(expected, abs=0.01)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 10**6))
def test_it_is_symmetric_and_never_below_zero(ours: int, reference: int, size: int) -> None:
    there = log_likelihood_two_cell([ours], [reference], size=size, reference_size=2 * size)
    back = log_likelihood_two_cell([reference], [ours], size=2 * size, reference_size=size)
    if ours + reference == 0:
        assert np.isnan(there[0])
    else:
        assert there[0] == pytest.approx(back[0], rel=1e-9, abs=1e-7)
        assert there[0] >= -1e-7


def test_equal_shares_are_no_surprise() -> None:
    found = log_likelihood_two_cell([10], [20], size=1000, reference_size=2000)
    assert found[0] == pytest.approx(0, abs=1e-9)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        log_likelihood_two_cell([1], [1], size=0, reference_size=10)
