"""What returns between documents is paired, word for word or reworded, with its changes."""

import datetime
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.comparison import text_reuse
from sco_research.comparison.alignment import (
    Alignment,
    WeighedSentence,
    Weights,
    align,
    changes,
    features_in,
    like_words,
    marked,
    word_features,
)
from sco_research.comparison.text_reuse import (
    TEXT_REUSE,
    Likeness,
    PassageIndex,
    best_pairs,
    find_reuse,
    passages_of,
    score_pairs,
)
from sco_research.errors import ParameterError
from sco_research.resources import data_path
from sco_research.text.document import Corpus, Document
from tests.benchmarks import reuse as benchmark

DRUGS = "The Parties will fight the illicit trafficking in narcotic drugs along their borders."
WATER = "The heads of state agreed to set up a joint commission on rivers and glaciers."
TRADE = "Trade between the regions grew in spite of the crisis of world markets."


def dated(id: str, year: int, *sentences: str) -> Document:
    return Document.from_text("\n\n".join(sentences), id=id, date=datetime.date(year, 9, 13))


def pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(frame["earlier_segment_id"], frame["segment_id"], strict=True))


@pytest.mark.parametrize("name", ["development", "held-out"])
def test_at_least_90_percent_are_paired_and_at_most_5_percent_falsely(name: str) -> None:
    found = benchmark.evaluate(name)
    assert found["recall"] >= 0.9
    assert found["false_share"] <= 0.05


def test_word_for_word_nearly_and_reworded() -> None:
    old = dated("old", 2013, DRUGS, WATER, TRADE)
    new = dated(
        "new",
        2019,
        WATER.replace("rivers", "lakes"),
        "Illicit traffic in narcotics along their frontiers will be combated by the Parties.",
        "The weather was fine on the day of the opening and the guests applauded.",
        TRADE,
    )
    found = find_reuse([new, old])
    assert list(found.columns) == list(TEXT_REUSE)
    assert found[["segment_id", "earlier_segment_id", "kind"]].values.tolist() == [
        ["new:p1.s1", "old:p2.s1", "near-verbatim"],
        ["new:p2.s1", "old:p1.s1", "reworded"],
        ["new:p4.s1", "old:p3.s1", "verbatim"],
    ]
    assert found["similarity"].iloc[2] == 1
    assert found["changes"].iloc[0].endswith("commission on [-rivers-] {+lakes+} and glaciers.")
    for row in found.to_dict("records"):
        assert new.text[row["start"] : row["end"]] == row["text"]
        assert old.text[row["earlier_start"] : row["earlier_end"]] == row["earlier_text"]


def test_the_date_says_which_is_the_earlier() -> None:
    early, late = dated("early", 2007, DRUGS), dated("late", 2019, DRUGS)
    for given_order in ([early, late], [late, early]):
        assert pairs(find_reuse(given_order)) == {("early:p1.s1", "late:p1.s1")}
    undated = Document.from_text(DRUGS, id="undated")
    assert pairs(find_reuse([late, undated])) == {("late:p1.s1", "undated:p1.s1")}, "as given"


def test_three_documents_are_compared_each_with_each() -> None:
    found = find_reuse([dated(f"d{year}", year, DRUGS, WATER) for year in (2007, 2013, 2019)])
    assert len(found) == 6
    assert set(found["document_id"]) == {"d2013", "d2019"}
    assert not found.duplicated(["segment_id", "earlier_segment_id"]).any()


def test_a_sentence_that_was_split_and_two_that_were_merged() -> None:
    whole = (
        "The Parties will set up a joint commission on glaciers and will open a school for "
        "young diplomats in Osh."
    )
    parts = (
        "The Parties will set up a joint commission on glaciers.",
        "A school for young diplomats will open in Osh.",
    )
    split = find_reuse([dated("old", 2013, whole, TRADE), dated("new", 2019, *parts, DRUGS)])
    assert set(split["relation"]) == {"split"}
    assert len(split) == 2
    merged = find_reuse([dated("old", 2013, *parts, TRADE), dated("new", 2019, whole, DRUGS)])
    assert set(merged["relation"]) == {"merged"}
    assert len(merged) == 2


def test_a_sentence_that_is_said_twice_returns_twice() -> None:
    found = find_reuse([dated("old", 2013, DRUGS, WATER), dated("new", 2019, DRUGS, TRADE, DRUGS)])
    assert pairs(found) == {("old:p1.s1", "new:p1.s1"), ("old:p1.s1", "new:p3.s1")}
    assert set(found["relation"]) == {"one to one"}


def test_a_shared_formula_is_no_reuse(declaration: Document) -> None:
    formula = "The member states reaffirm their commitment to the purposes of the UN Charter and "
    old = dated("old", 2013, formula + "will train rescue teams for floods and earthquakes.")
    new = dated("new", 2019, formula + "condemn the theft of paintings from provincial museums.")
    assert find_reuse([old, new], background=declaration).empty


def test_with_a_reference_a_document_hangs_on_no_other() -> None:
    reference = dated("reference", 2013, DRUGS, WATER, TRADE)
    one = dated("one", 2019, DRUGS.replace("narcotic", "psychotropic"), "Nothing else was said.")
    other = dated("other", 2007, WATER, DRUGS)
    alone = find_reuse(one, reference=reference)
    together = find_reuse(iter([other, reference, one]), reference=reference)
    mine = together[together["document_id"] == "one"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone)
    turned = together[together["document_id"] == "reference"]
    assert set(turned["earlier_document_id"]) == {"other"}, "the reference is the later one here"


def test_the_index_loses_no_pair() -> None:
    given_set = benchmark.material("development")
    parts = [
        passages_of(document, min_words=3) for document in (given_set.earlier, given_set.later)
    ]
    weight = Weights(item.features for part in parts for item in part)
    index = PassageIndex(parts[0], weight, 0.6)
    for later in parts[1]:
        alike = {
            number
            for number, earlier in enumerate(parts[0])
            if align(weight.weigh(earlier.features), weight.weigh(later.features)).similarity >= 0.6
        }
        candidates = set(index.candidates(weight.weigh(later.features), {"earlier"}))
        assert alike <= candidates
        assert len(candidates) < len(parts[0]), "all with all would be no index"


SENTENCES = st.lists(
    st.sampled_from(["we", "will", "fight", "drugs", "trade", "peace", "the", "Charter", "2013"]),
    min_size=1,
    max_size=12,
).map(" ".join)
WRITTEN = st.lists(
    st.sampled_from(
        [
            *("we", "We", "will", "will,", "(drugs)", "peace.", "the", "Charter", "charter;", "–"),
            *(
                "organise",
                "organize",
                "Organisation’s",
                "organization's",
                ".",
                "states’",
                "states'",
            ),
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
MARKS = re.compile(
    r"\[-(?P<removed>.*?)-\]|\{\+(?P<added>.*?)\+\}|\{~(?P<was>.*?) → (?P<now>.*?)~\}"
)


def side(line: str, *groups: str) -> list[str]:
    """Return the words of one sentence from a line with marks, by the marks that are its own."""
    return MARKS.sub(lambda mark: "".join(mark[name] or "" for name in groups), line).split()


@settings(max_examples=150)
@given(WRITTEN, WRITTEN)
def test_marked_changes_give_back_both_sentences(earlier: str, later: str) -> None:
    steps = changes(earlier, later)
    line = marked(steps)
    assert side(line, "removed", "was") == earlier.split()
    assert side(line, "added", "now") == later.split()
    for kind, one, other in steps:
        assert (kind == "same") == (one == other)
    if earlier == later:
        assert [kind for kind, *_ in steps] == ["same"]
        assert line == later


def test_capitals_stops_and_spelling_are_no_change_of_words() -> None:
    pairs = [
        ("The member states,", "the Member States"),
        ("organised good-neighborliness", "organized good-neighbourliness"),
        ("the region’s defence.", "The region's defense"),
    ]
    for earlier, later in pairs:
        assert {step.step for step in changes(earlier, later)} <= {"respelt", "same"}, later
    # A rule of spelling alone makes no twin: both must be there.
    assert [step.step for step in changes("four", "for")] == ["changed"]
    assert [step.step for step in changes("a prise", "a prize")] == ["same", "respelt"]


@settings(max_examples=60)
@given(SENTENCES, SENTENCES)
def test_alignment_is_symmetric_and_whole_with_itself(one: str, other: str) -> None:
    features, others = word_features(one), word_features(other)
    weight = Weights([features, others])
    first, second = weight.weigh(features), weight.weigh(others)
    there, back = align(first, second), align(second, first)
    assert there.earlier <= first.upper_bound(second) + 1e-9, "no bound is exceeded"
    assert there.similarity == pytest.approx(back.similarity)
    assert 0 <= there.similarity <= 1 + 1e-9
    assert align(first, first).similarity == pytest.approx(1)


def test_short_sentences_and_wordless_documents_are_no_pairs() -> None:
    found = find_reuse([dated("a", 2013, "They agreed.", "..."), dated("b", 2019, "They agreed.")])
    assert found.empty
    assert list(found.columns) == list(TEXT_REUSE)
    assert len(find_reuse([dated("a", 2013, "Peace reigns.")])) == 0


def test_other_languages_are_compared_by_their_words() -> None:
    text = "Главы государств заявляют, что будут вместе бороться против наркотиков."
    found = find_reuse([dated("a", 2013, text), dated("b", 2019, text.replace("вместе ", ""))])
    assert len(found) == 1


def test_hostile_text_stays_text() -> None:
    text = "We <script>alert(1)</script> will [-meet-] the {+new+} delegations | again & *soon*."
    found = find_reuse([dated("a", 2013, text), dated("b", 2019, text + " Later")])
    assert found["text"].iloc[0].startswith("We <script>")


@pytest.mark.parametrize("threshold", [0, 1.5, float("nan")])
def test_a_threshold_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(ParameterError, match="above 0, up to 1"):
        find_reuse([dated("a", 2013, DRUGS)], threshold=threshold)


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(ParameterError, match="two documents have the id 'a'"):
        find_reuse(iter([dated("a", 2013, DRUGS), dated("a", 2019, DRUGS)]))
    assert len(find_reuse(Corpus((dated("a", 2013, DRUGS), dated("b", 2019, DRUGS))))) == 1


def test_a_like_word_stands_in_one_group() -> None:
    text = data_path("lexicons", "like-words-en.txt").read_text(encoding="utf-8")
    words = text.split()
    assert len(words) == len(set(words))
    assert all(len(line.split()) > 1 for line in text.splitlines())
    assert {features_in("en")(word).lemma for word in ("Threats", "threat")} == {"threat"}
    assert like_words()["threat"] == like_words()["peril"]


def taken_one_by_one(
    likenesses: list[Likeness],
) -> list[tuple[str, str]]:
    """Return the best pairs after their definition: every pair tried, the best first."""
    used: dict[str, set[int]] = {}
    pairs = [
        (-alike.similarity, later.start, earlier.start, earlier, later, alike)
        for alike in likenesses
        for later in alike.later
        for earlier in alike.earlier
    ]
    found = []
    for *_, earlier, later, alike in sorted(pairs, key=lambda pair: pair[:3]):
        sides = [(later, alike.alignment.later_words), (earlier, alike.alignment.earlier_words)]
        asked = sides[:1] if alike.verbatim else sides
        if all(
            len(words - used.get(one.segment_id, set())) >= 0.6 * len(words) for one, words in asked
        ):
            found.append((earlier.segment_id, later.segment_id))
            for one, words in sides:
                used.setdefault(one.segment_id, set()).update(words)
    return found


@given(
    st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=2, max_size=2),
    st.lists(st.integers(0, 2), min_size=1, max_size=8),
    st.lists(st.integers(0, 2), min_size=1, max_size=8),
)
def test_sentences_that_return_many_times_are_paired_as_if_each_were_tried(
    pools: list[list[str]], ours: list[int], theirs: list[int]
) -> None:
    def document(id: str, pool: list[str], picks: list[int]) -> Document:
        return Document.from_text(
            "\n\n".join(f"{pool[pick % len(pool)]} here." for pick in picks), id=id, language="en"
        )

    shared = [*pools[0], *pools[1]]
    earlier, later = document("earlier", shared, ours), document("later", pools[1], theirs)
    parts = [passages_of(one, min_words=1) for one in (earlier, later)]
    weight = Weights(item.features for part in parts for item in part)
    likenesses = score_pairs(
        parts[1], PassageIndex(parts[0], weight, 0.4), weight, 0.4, among={"earlier"}
    )
    found = [(pair.earlier.segment_id, pair.later.segment_id) for pair in best_pairs(likenesses)]
    assert found == taken_one_by_one(likenesses)


def test_a_formula_that_returns_everywhere_is_aligned_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three hundred equal sentences a side are one comparison, and not ninety thousand."""
    calls = []

    def counted(earlier: WeighedSentence, later: WeighedSentence) -> Alignment:
        calls.append((earlier, later))
        return align(earlier, later)

    monkeypatch.setattr(text_reuse, "align", counted)
    old, new = (dated(name, year, *[DRUGS] * 300) for name, year in (("old", 2007), ("new", 2013)))
    found = find_reuse([old, new])
    assert len(calls) == 1
    assert found["segment_id"].tolist() == [f"new:p{place}.s1" for place in range(1, 301)]


def test_the_end_of_a_page_within_a_sentence_is_no_difference() -> None:
    """A source in print has page numbers and broken words in the middle of its sentences."""
    page = "\n".join(f"They met on day {number} of the year." for number in range(30))
    broken = DRUGS.replace("trafficking in", "traf-\n12/15\n\fficking in")
    printed = Document.from_text(
        f"{page}\n{broken}\n{page}", id="printed", date=datetime.date(2013, 9, 13)
    )
    found = find_reuse([dated("plain", 2007, DRUGS), printed])
    assert found["kind"].tolist() == ["verbatim"]
    assert found["text"].tolist() == found["changes"].tolist() == [DRUGS]
