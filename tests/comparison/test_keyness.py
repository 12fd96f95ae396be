"""Keyness is the published statistics, and its frame says what they rest on."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency
from scipy.stats.contingency import relative_risk

from sco_research.comparison.conservative import conservative_log_ratio
from sco_research.comparison.keyness import (
    KEYNESS,
    chi_square,
    keyness,
    log_likelihood_four_cell,
    log_likelihood_two_cell,
    log_ratio,
    percent_difference,
    weighted_log_odds,
)
from sco_research.errors import ParameterError
from sco_research.text.document import Corpus, Document
from sco_research.text.words import frequencies

# Rayson, Corpora list, 18 January 2002; two corpora of a million words each.
PUBLISHED = [(392, 170, 90.13), (348, 99, 146.95), (15, 14, 0.03), (9, 32, 13.68), (21, 25, 0.35)]


def test_published_values() -> None:
    ours, reference, expected = zip(*PUBLISHED, strict=True)
    found = log_likelihood_two_cell(ours, reference, size=1e6, reference_size=1e6)
    assert found == pytest.approx(expected, abs=0.01)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(10_000, 10**6))
def test_it_is_symmetric_and_never_below_zero(ours: int, reference: int, size: int) -> None:
    for statistic in (log_likelihood_two_cell, log_likelihood_four_cell, chi_square):
        there = statistic([ours], [reference], size=size, reference_size=2 * size)
        back = statistic([reference], [ours], size=2 * size, reference_size=size)
        if ours + reference == 0:
            assert np.isnan(there[0])
        else:
            assert there[0] == pytest.approx(back[0], rel=1e-9, abs=1e-6)
            assert there[0] >= -1e-6


def test_equal_shares_are_no_surprise() -> None:
    found = log_likelihood_two_cell([10], [20], size=1000, reference_size=2000)
    assert found[0] == pytest.approx(0, abs=1e-9)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        log_likelihood_two_cell([1], [1], size=0, reference_size=10)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(501, 5000), st.integers(501, 5000))
def test_four_cells_are_the_tests_of_independence(a: int, b: int, size: int, other: int) -> None:
    table = [[a, b], [size - a, other - b]]
    sizes = {"size": size, "reference_size": other}
    g = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert log_likelihood_four_cell([a], [b], **sizes)[0] == pytest.approx(g, abs=1e-7)
    pearson = chi2_contingency(table, correction=False).statistic
    assert chi_square([a], [b], size=size, reference_size=other)[0] == pytest.approx(
        pearson, abs=1e-7
    )
    found = log_ratio([a], [b], **sizes)
    risk = relative_risk(a, size, b, other)
    assert found.value[0] == pytest.approx(math.log2(risk.relative_risk), abs=1e-9)
    interval = risk.confidence_interval(0.95)
    assert [2 ** found.low[0], 2 ** found.high[0]] == pytest.approx(list(interval), rel=1e-9)


# The two texts of quanteda's test suite for textstat_keyness.
QUANTEDA = ("a a a b b c c c c c c d e f g h h", "a a b c c d d d d e f h")


def test_the_order_and_the_value_of_quanteda() -> None:
    words = list("abcdefgh")
    ours, theirs = ([text.split().count(word) for word in words] for text in QUANTEDA)
    sizes = {"size": sum(ours), "reference_size": sum(theirs)}
    assert sizes == {"size": 17, "reference_size": 12}
    # "As it should be", the suite says of the word a with Yates's correction.
    corrected = chi_square(ours, theirs, size=17, reference_size=12, yates=True)
    assert corrected[0] == pytest.approx(0.1851001, abs=5e-8)
    signed = log_likelihood_four_cell(ours, theirs, **sizes) * np.sign(
        np.divide(ours, sum(ours)) - np.divide(theirs, sum(theirs))
    )
    assert [words[place] for place in np.argsort(-signed, kind="stable")] == list("cgbhaefd")


def test_effect_sizes_by_hand() -> None:
    found = log_ratio([40, 0, 10], [10, 5, 0], size=1000, reference_size=1000)
    # 40 to 10; half a word to 5; 10 to half a word.
    assert found.value.tolist() == pytest.approx([2, math.log2(0.1), math.log2(20)])
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()
    differences = percent_difference([40, 0, 10], [10, 5, 0], size=1000, reference_size=1000)
    assert differences[:2].tolist() == [300, -100]
    assert np.isnan(differences[2])


def test_weighted_log_odds_by_hand() -> None:
    # Counts 8, 1, 1 and 2, 2, 6, with the prior 5, 3, 7 (15 words): for the first word
    # ln(13/(25-13)) - ln(7/(25-7)), and the variance 1/13 + 1/7.
    delta, z = weighted_log_odds([8, 1, 1], [2, 2, 6], [5, 3, 7])
    expected = math.log(13 / 12) - math.log(7 / 18)
    assert delta[0] == pytest.approx(expected)
    assert z[0] == pytest.approx(expected / math.sqrt(1 / 13 + 1 / 7))
    assert delta[2] == pytest.approx(math.log(8 / 17) - math.log(13 / 12))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=8))
def test_a_weightier_prior_draws_every_difference_to_zero(counts: list[tuple[int, int]]) -> None:
    ours, theirs = np.array(counts, dtype=float).T
    prior = ours + theirs + 1
    light, heavy = (weighted_log_odds(ours, theirs, weight * prior)[0] for weight in (1, 100))
    # Sizes may differ; what is drawn in is the difference between the words' shares.
    assert np.abs(heavy).max() <= np.abs(light).max() + 1e-9
    there = weighted_log_odds(theirs, ours, prior)[1]
    assert weighted_log_odds(ours, theirs, prior)[1] == pytest.approx(-there, nan_ok=True)


TRADE = Document.from_text("Trade grows. Trade and peace. The Parties trade fairly.", id="trade")
PEACE = Document.from_text("Peace first. The Parties want peace and trust. Peace.", id="peace")


def row(frame: pd.DataFrame, term: str) -> pd.Series:
    return frame[frame["term"] == term].iloc[0]


def test_the_frame_counts_and_says_the_direction() -> None:
    found = keyness(TRADE, PEACE)
    assert list(found.columns) == list(KEYNESS)
    trade, peace = row(found, "trade"), row(found, "peace")
    assert (trade["count"], trade["reference_count"], trade["size"]) == (3, 0, 9)
    assert (trade["direction"], peace["direction"]) == ("target", "reference")
    assert trade["per_thousand"] == pytest.approx(1000 / 3)
    assert np.isnan(trade["percent_difference"])
    assert any("absent from the reference" in flag for flag in trade["flags"])
    assert row(found, "and")["direction"] == "equal"
    assert found["log_likelihood_four_cell"].is_monotonic_decreasing
    assert (found["p_adjusted"] >= found["p_value"]).all()
    assert "grows" not in set(found["term"]), "once in both together"


def test_both_directions_mirror_each_other() -> None:
    there, back = keyness(TRADE, PEACE), keyness(PEACE, TRADE)
    for term in there["term"]:
        one, other = row(there, term), row(back, term)
        assert one["log_odds_z"] == pytest.approx(-other["log_odds_z"])
        assert one["log_ratio"] == pytest.approx(-other["log_ratio"])
        assert one["p_value"] == pytest.approx(other["p_value"])


def test_a_frequency_list_stands_for_its_documents() -> None:
    listed = frequencies(PEACE)
    by_list, by_text = keyness(TRADE, listed), keyness(TRADE, PEACE)
    numbers = [name for name in KEYNESS if name not in ("reference_id", "reference_documents")]
    pd.testing.assert_frame_equal(by_list[numbers], by_text[numbers])
    assert set(by_list["reference_id"]) == {"frequency list"}
    # A list cut short says how long its text was.
    cut = keyness(TRADE, listed.head(2), reference_size=1000, min_count=1)
    assert set(cut["reference_size"]) == {1000}


def test_rows_of_words_and_lemmas() -> None:
    pairs = keyness(TRADE, PEACE, size=2, min_count=2)
    assert set(pairs["term"]) == {"the parties"}
    lemmas = keyness(TRADE, PEACE, unit="lemma", min_count=1)
    assert {"grow", "party"} <= set(lemmas["term"])


def test_a_prior_is_named_and_scaled() -> None:
    pooled = keyness(TRADE, PEACE)
    assert set(pooled["prior"]) == {"pooled, 18 words"}
    background = Document.from_text("Peace and trade and the law.", id="background")
    found = keyness(TRADE, PEACE, prior=background, prior_size=500)
    assert set(found["prior"]) == {"background, 500 words"}
    assert found["log_odds_z"].abs().max() < pooled["log_odds_z"].abs().max()


def test_several_documents_are_counted_as_one() -> None:
    whole = keyness(Corpus((TRADE, PEACE)), Document.from_text("The law rules.", id="law"))
    assert set(whole["document_id"]) == {"corpus"}
    assert set(whole["size"]) == {18}


def test_function_words_can_be_left_out() -> None:
    found = keyness(TRADE, PEACE, skip_function_words=True)
    assert {"the", "and"}.isdisjoint(found["term"])
    assert set(found["size"]) == {9}, "they count in the sizes all the same"


def test_nothing_to_list_is_an_empty_frame_with_its_columns() -> None:
    assert list(keyness(TRADE, PEACE, min_count=99, skip_function_words=True).columns) == list(
        KEYNESS
    )
    found = keyness(TRADE, PEACE, min_count=99)
    assert list(found.columns) == list(KEYNESS)
    assert found.empty
    assert found["p_adjusted"].dtype == float


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"test": "t"}, "choose one of log_likelihood_four_cell"),
        ({"unit": "stem"}, "choose one of word, lemma"),
        ({"size": 0}, "1 or more words"),
        ({"zero": 0.0}, "more than 0"),
        ({"prior": "flat"}, "give 'pooled'"),
        ({"prior_size": -1}, "more than 0 words"),
        ({"confidence": 95}, "between 0 and 1"),
        ({"reference_size": 2}, "2 words of 9 counted"),
    ],
)
def test_a_wrong_option_is_one_clear_line(options: dict[str, object], complaint: str) -> None:
    with pytest.raises(ParameterError, match=complaint):
        keyness(TRADE, PEACE, **options)  # type: ignore[arg-type]


def test_a_wrong_reference_is_one_clear_line() -> None:
    with pytest.raises(ParameterError, match="leave it out"):
        keyness(TRADE, Corpus((PEACE, TRADE)))
    with pytest.raises(ParameterError, match="this frame has form, n"):
        keyness(TRADE, pd.DataFrame({"form": ["a"], "n": [1]}))
    with pytest.raises(ParameterError, match="no whole number"):
        keyness(TRADE, pd.DataFrame({"word": ["a"], "count": [0.5]}))
    with pytest.raises(ParameterError, match="target: no words"):
        keyness(Document.from_text("...", id="dots"), PEACE)


def test_the_conservative_log_ratio_is_the_end_nearer_to_nothing() -> None:
    counts, reference = [40, 10, 12, 0, 3, 0], [10, 40, 12, 30, 0, 0]
    found = conservative_log_ratio(counts, reference, size=1000, reference_size=1000)
    assert found[0] == pytest.approx(-found[1])
    assert (found[2], found[4]) == (0, 0)
    assert -3 < found[3] < -2.9
    assert math.isnan(found[5])
    # Independently: the exact interval of 40 of 50 as scipy has it.
    low = binomtest(40, 50).proportion_ci(0.95, method="exact").low
    assert found[0] == pytest.approx(math.log2(low / (1 - low)))
    ratio = log_ratio(counts[:4], reference[:4], size=1000, reference_size=1000).value
    assert (abs(found[:4]) <= abs(ratio)).all()
    many = conservative_log_ratio(counts, reference, size=1000, reference_size=1000, tests=100)
    assert 0 < many[0] < found[0]
    twice = conservative_log_ratio([40], [10], size=1000, reference_size=2000)
    assert twice[0] == pytest.approx(found[0] + 1)


def test_a_word_of_one_document_is_no_key_word_by_documents() -> None:
    spread = [Document.from_text(f"Trade grows. Peace {n}.", id=f"s{n}") for n in range(6)]
    spread[0] = Document.from_text("Trade grows. " + "Locusts came. " * 6, id="s0")
    other = [Document.from_text("The lake is deep.", id=f"o{n}") for n in range(6)]
    found = keyness(Corpus(tuple(spread)), Corpus(tuple(other)))
    rows = {row["term"]: row for row in found.to_dict("records")}
    trade, locusts = rows["trade"], rows["locusts"]
    assert trade["count"] == locusts["count"] == 6
    assert (trade["documents"], locusts["documents"]) == (6, 1)
    assert float(trade["document_keyness"]) > 4 * float(locusts["document_keyness"])
    single = keyness(spread[0], other[0])
    assert single["document_keyness"].isna().all()
    listed = keyness(spread[0], pd.DataFrame({"term": ["trade", "lake"], "count": [1, 9]}))
    assert listed["reference_documents"].isna().all()
    assert listed["documents"].notna().all()
