"""Values from papers and other packages' test suites, as facts."""

import math

import pytest

from sco_research.metrics import evaluate, measure
from sco_research.metrics.diversity import hdd, maas, mattr, msttr, mtld, root_ttr, ttr, yules_k
from sco_research.text.collocations import association
from sco_research.text.concordance import kwic
from sco_research.text.dispersion import deviation_of_proportions, dispersion
from sco_research.text.document import Document


def score(text: str, metric: str) -> float:
    frame = measure(Document.from_text(text, id="sample"), metrics=metric)
    return float(frame["value"].iloc[0])


def value(metric: str, **counts: float) -> float:
    return float(evaluate(counts, metrics=metric)["value"].iloc[0])


@pytest.mark.parametrize(
    ("metric", "text", "published", "tolerance"),
    [
        # The test suite of quanteda.textstats.
        ("flesch_reading_ease", "The cat in the hat at green ham and eggs.", 112.085, 5e-4),
        ("flesch_reading_ease", "Once upon a time.", 97.025, 5e-4),
        ("gunning_fog", "The cat in the hat ate breakfast.", 2.8, 0.05),
        ("flesch_reading_ease", "The cat in the hat ate breakfast.", 103.04, 0.01),
    ],
)
def test_readability_of_a_text(metric: str, text: str, published: float, tolerance: float) -> None:
    assert score(text, metric) == pytest.approx(published, abs=tolerance)


@pytest.mark.parametrize(
    ("metric", "counts", "published", "tolerance"),
    [
        # Dale & Chall 1948, two worked samples; the paper rounds percentage and length first.
        ("dale_chall_1948", {"words": 15, "sentences": 1, "difficult_words": 2.25}, 6.7490, 5e-5),
        ("dale_chall_1948", {"words": 19, "sentences": 1, "difficult_words": 2.85}, 6.9474, 5e-5),
        # The first on its exact counts.
        ("dale_chall_1948", {"words": 131, "sentences": 9, "difficult_words": 20}, 6.7691, 5e-5),
        # Wikipedia's worked paragraph.
        ("coleman_liau", {"words": 119, "letters": 639, "sentences": 5}, 14.53, 0.01),
        # By hand, from the formula of the paper.
        ("flesch_kincaid", {"words": 100, "sentences": 5, "syllables": 150}, 9.91, 1e-9),
        ("smog", {"sentences": 30, "polysyllables": 100}, 3.1291 + 10.430, 1e-9),
        (
            "automated_readability_index",
            {"words": 100, "characters": 500, "sentences": 5},
            12.12,
            1e-9,
        ),
        ("dale_chall_1995", {"words": 100, "sentences": 5, "difficult_words": 10}, 40.7, 1e-9),
        ("lix", {"words": 100, "sentences": 5, "long_words": 25}, 45, 1e-9),
        ("rix", {"words": 100, "sentences": 5, "long_words": 25}, 5, 1e-9),
        ("linsear_write", {"words": 100, "sentences": 5, "polysyllables": 10}, 12, 1e-9),
        ("linsear_write", {"words": 100, "sentences": 10, "polysyllables": 10}, 5, 1e-9),
        ("gunning_fog_1952", {"words": 100, "sentences": 5, "complex_words": 10}, 12, 1e-9),
    ],
)
def test_formula_on_counts(
    metric: str, counts: dict[str, float], published: float, tolerance: float
) -> None:
    assert value(metric, **counts) == pytest.approx(published, abs=tolerance)


def test_the_russian_flesch_formula() -> None:
    counts = {"words": 100, "sentences": 10, "syllables": 200}
    frame = evaluate(counts, metrics="flesch_reading_ease", language="ru")
    assert frame["value"].iloc[0] == pytest.approx(206.835 - 13 - 120.2)


ONES = ["one", "one", "two", "one", "one", "two", "one"]
FRUIT = ["apple", "orange", "apple", "orange", "pear", "pear", "apple", "orange"]


@pytest.mark.parametrize(("window", "published"), [(2, 0.8333), (3, 0.6667), (4, 0.5)])
def test_mattr(window: int, published: float) -> None:
    assert mattr(ONES, window=window) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(("segment", "published"), [(2, 0.875), (3, 0.6667), (4, 0.625)])
def test_msttr(segment: int, published: float) -> None:
    assert msttr(FRUIT, segment=segment) == pytest.approx(published, abs=5e-5)


def test_mtld_of_the_papers_own_example() -> None:
    # McCarthy & Jarvis 2010: the sixth word makes a factor; "for the people" begins the next.
    # Backwards, "people the for people the" makes one; what is left has no word twice.
    assert mtld(
        ["of", "the", "people", "by", "the", "people", "for", "the", "people"]
    ) == pytest.approx(9.0)


def test_mtld_counts_the_rest_as_a_part_of_a_factor() -> None:
    # a b c a: 3 types in 4 words, so the factor is (1 - 0.75) / (1 - 0.72) both ways.
    assert mtld(list("abca")) == pytest.approx(4 / (0.25 / 0.28))


def test_the_measures_that_a_pocket_calculator_gives() -> None:
    # 8 words, 3 types with 3, 3 and 2 tokens.
    assert ttr(FRUIT) == 3 / 8
    assert root_ttr(FRUIT) == pytest.approx(3 / math.sqrt(8))
    assert maas(FRUIT) == pytest.approx((math.log10(8) - math.log10(3)) / math.log10(8) ** 2)
    assert yules_k(FRUIT) == pytest.approx(1e4 * (9 + 9 + 4 - 8) / 64)


def test_hdd_is_the_expected_ratio_of_samples() -> None:
    # Two of four words, of which two are the same: one pair in six has one type.
    assert hdd(list("aabc"), sample=2) == pytest.approx((1 * 1 + 5 * 2) / 6 / 2)


@pytest.mark.parametrize(
    ("column", "joint", "first", "second", "size", "published", "tolerance"),
    [
        # Dunning 1993, the table of bigrams ranked by the likelihood ratio.
        ("log_likelihood", 110, 2552, 221, 31777, 270.72, 0.005),
        ("log_likelihood", 29, 42, 152, 31777, 263.90, 0.005),
        ("log_likelihood", 31, 54, 170, 31777, 256.84, 0.005),
        ("log_likelihood", 10, 10, 13, 31777, 167.23, 0.005),
        ("log_likelihood", 76, 180, 2552, 31777, 157.21, 0.005),
        ("log_likelihood", 16, 32, 67, 31777, 157.03, 0.005),
        ("log_likelihood", 9, 9, 14, 31777, 146.80, 0.005),
        ("log_likelihood", 16, 16, 881, 31777, 115.02, 0.005),
        ("log_likelihood", 10, 19, 51, 31777, 104.53, 0.005),
        ("log_likelihood", 8, 10, 35, 31777, 100.96, 0.005),
        ("log_likelihood", 12, 123, 26, 31777, 98.72, 0.005),
        ("log_likelihood", 8, 13, 32, 31777, 95.29, 0.005),
        ("log_likelihood", 10, 103, 16, 31777, 94.50, 0.005),
        # Manning & Schütze 1999, chapter 5, the tables of t and of mutual information.
        ("t_score", 8, 15828, 4675, 14307668, 0.999932, 5e-7),
        ("t_score", 20, 14907, 9017, 14307668, 2.3714, 5e-5),
        ("t_score", 20, 15019, 15629, 14307668, 0.8036, 5e-5),
        ("pmi", 20, 41, 27, 14307668, 17.98, 0.005),
        ("pmi", 20, 30, 117, 14307668, 16.31, 0.005),
        ("pmi", 20, 77, 59, 14307668, 15.94, 0.005),
        ("pmi", 20, 24, 320, 14307668, 15.19, 0.005),
        ("pmi", 20, 14907, 9017, 14307668, 1.09, 0.005),
        ("pmi", 20, 13484, 10570, 14307668, 1.01, 0.005),
        ("pmi", 20, 15019, 15629, 14307668, 0.29, 0.005),
        ("t_score", 20, 42, 20, 14307668, 4.4721, 5e-5),
        ("pmi", 20, 42, 20, 14307668, 18.38, 0.005),
    ],
)
def test_association(
    column: str,
    joint: int,
    first: int,
    second: int,
    size: int,
    published: float,
    tolerance: float,
) -> None:
    found = association(joint, first, second, size)[column].iloc[0]
    assert found == pytest.approx(published, abs=tolerance)


# Gries 2008: a corpus of five parts with 9, 10, 10, 10 and 11 words, each a letter.
FIVE_PARTS = (
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
)


def test_the_deviation_of_proportions_of_gries_own_corpus() -> None:
    corpus = Document.from_text("\n\n".join(FIVE_PARTS), id="corpus")
    found = dispersion(corpus, kwic(corpus, ["a", "x"]), by="pattern").set_index("item")["dp"]
    assert found["a"] == pytest.approx(0.18, abs=5e-3)
    # A single hit has no dispersion to speak of; Gries prints the value all the same.
    assert math.isnan(found["x"])
    assert deviation_of_proportions([0, 1, 0, 0, 0], [9, 10, 10, 10, 11]) == pytest.approx(0.8)
    assert deviation_of_proportions([0, 0, 0, 0, 1], [9, 10, 10, 10, 11]) == pytest.approx(0.78)


def test_the_deviation_of_proportions_of_lynes_word() -> None:
    hits = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
    sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    # The R package tlda prints 1 - DP, higher = more even.
    assert 1 - deviation_of_proportions(hits, sizes) == pytest.approx(0.5009295, abs=5e-8)
