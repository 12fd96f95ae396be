"""What changes over the dates of a corpus: levels, themes, commitments, likeness, formula."""

import datetime
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.themes import code_themes
from sco_research.comparison import by_date
from sco_research.comparison.continuity import COMMITMENT_HISTORY, commitment_history, presence
from sco_research.comparison.formulaic import NOVELTY, SHARED_PHRASES, novelty, shared_phrases
from sco_research.comparison.similarity import similarity, similarity_map
from sco_research.comparison.text_reuse import find_reuse
from sco_research.comparison.trends import TREND, share_of, trend
from sco_research.errors import ParameterError
from sco_research.metrics import METRICS, count, measure
from sco_research.statistics import Bootstrap
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import segment
from sco_research.text.tokens import words
from sco_research.text.words import function_words


def dated(id: str, year: int, text: str) -> Document:
    return Document.from_text(text, id=id, date=datetime.date(year, 9, 13))


def marks_of(documents: list[Document], themes: dict[str, list[str]]) -> pd.DataFrame:
    rows = [
        (anchor.partition(":")[0], anchor, name)
        for name, places in themes.items()
        for anchor in places
    ]
    return pd.DataFrame(rows, columns=["document_id", "segment_id", "category"])


def sentences_with(documents: Corpus | list[Document], found: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences, with a column of 0 and 1 for each category found."""
    sentences = segment(documents, level="sentence")
    marks = {
        str(name): sentences["segment_id"].isin(part["segment_id"]).astype(int)
        for name, part in found.groupby("category")
    }
    return sentences[["document_id", "segment_id", "section"]].assign(sentences=1, **marks)


def test_documents_come_in_the_order_of_their_dates(corpus: Corpus) -> None:
    turned = list(reversed(list(corpus)))
    assert [document.id for document in by_date(turned)] == [document.id for document in corpus]
    undated = Document.from_text("Undated.", id="undated")
    assert by_date([*turned, undated]) == [*turned, undated]
    with pytest.raises(ParameterError, match="two documents have the id"):
        by_date([undated, undated])


def test_shares_over_dates_with_their_changes(corpus: Corpus) -> None:
    codings = code_themes(corpus)
    marks = sentences_with(corpus, codings)
    found = trend(
        corpus,
        marks.assign(digital=0),
        {name: share_of(name) for name in ("security.drugs", "digital")},
        bootstrap=Bootstrap(resamples=300),
    )
    assert list(found.columns) == list(TREND)
    drugs = found[found["measure"] == "security.drugs"]
    assert list(drugs["document_id"]) == [document.id for document in corpus]
    by_hand = marks.groupby("document_id")["security.drugs"].mean()
    assert drugs["value"].tolist() == pytest.approx(by_hand.tolist())
    assert drugs["change"].tolist()[1:] == pytest.approx(np.diff(drugs["value"]).tolist())
    assert np.isnan(drugs["change"].iloc[0])
    inside = drugs.dropna(subset=["value_low"])
    assert (inside["value_low"] <= inside["value"]).all()
    assert (inside["value"] <= inside["value_high"]).all()
    absent = found[(found["measure"] == "digital") & (found["document_id"] == "valley-2007")]
    assert "no variation" in absent["flag"].iloc[0]


def test_a_readability_formula_over_dates_is_the_metric_itself(corpus: Corpus) -> None:
    formula = METRICS["flesch_reading_ease"].formula_for("en")
    assert formula is not None
    found = trend(
        corpus, count(corpus), {"flesch_reading_ease": formula}, bootstrap=Bootstrap(resamples=200)
    )
    exact = measure(corpus, metrics="flesch_reading_ease")
    assert found["value"].tolist() == pytest.approx(exact["value"].tolist())
    assert found["value_low"].notna().all()


def test_an_interval_of_a_change_holds_it_and_shrinks_with_the_text() -> None:
    def document(id: str, year: int, times: int) -> Document:
        return dated(id, year, " ".join(["Trade grows well.", "They met."] * times))

    def width(times: int) -> float:
        texts = [document("old", 2013, times), document("new", 2019, times)]
        places = [f"{text.id}:p1.s{number}" for text in texts for number in range(1, 2 * times, 2)]
        marks = sentences_with(texts, marks_of(texts, {"trade": places}))
        found = trend(
            texts, marks, {"trade": share_of("trade")}, bootstrap=Bootstrap(resamples=400)
        ).iloc[1]
        assert found["change"] == pytest.approx(0)
        assert found["change_low"] < 0 < found["change_high"]
        return float(found["change_high"] - found["change_low"])

    assert width(64) < 0.5 * width(8)


def test_new_continued_dropped_and_returning_themes() -> None:
    texts = [dated(f"d{year}", year, "One. Two.") for year in (2007, 2009, 2012, 2019)]
    themes = {
        "always": ["d2007:p1.s1", "d2009:p1.s1", "d2012:p1.s1", "d2019:p1.s2"],
        "back": ["d2007:p1.s1", "d2019:p1.s1"],
        "late": ["d2012:p1.s1"],
    }
    found = presence(texts, marks_of(texts, themes), categories=["always", "back", "late", "never"])
    by_name = found.groupby("category")["status"]
    wide = {str(name): list(status) for name, status in by_name}
    assert wide["always"] == ["first", "continued", "continued", "continued"]
    assert wide["back"] == ["first", "dropped", "absent", "returning"]
    assert wide["late"] == ["absent", "absent", "new", "dropped"]
    assert wide["never"] == ["absent"] * 4


def test_commitments_that_are_made_again(corpus: Corpus) -> None:
    commitments = find_commitments(corpus)
    found = commitment_history(corpus, commitments, find_reuse(corpus))
    made = found[found["undertaking_id"] != ""].set_index("undertaking_id")
    assert len(made) == len(commitments)
    assert not made.index.duplicated().any()
    again = made.loc["valley-2012:p8.s1.u1"]
    # "will protect the glaciers" in 2007, nothing in 2009, "intend to protect" in 2012.
    assert (again["status"], again["earlier_document_id"]) == ("returning", "valley-2007")
    assert again["obligation_change"] == "weaker"
    assert made.loc["valley-2009:p4.s2.u1", "status"] == "continued"
    assert made.loc["valley-2019:p7.s1.u1", "status"] == "new"
    assert set(made.loc[made["document_id"] == "valley-2007", "status"]) == {"first"}
    dropped = found[(found["document_id"] == "valley-2009") & (found["status"] == "dropped")]
    assert "valley-2007:p4.s3.u1" in set(dropped["earlier_undertaking_id"])
    # What was made in one document is in the next made again or dropped, and nothing twice.
    for before, here in zip(list(corpus), list(corpus)[1:], strict=False):
        part = found[found["document_id"] == here.id]
        told = part.loc[part["earlier_document_id"] == before.id, "earlier_undertaking_id"]
        all_made = commitments.loc[commitments["document_id"] == before.id, "undertaking_id"]
        assert set(told) == set(all_made)


def test_a_list_of_undertakings_in_one_sentence_returns_item_by_item() -> None:
    """Of what holds the same words and more, the very same is the earlier one."""
    listed = "We will fund new schools and roads, fund new schools, and train nurses."
    texts = [dated("a", 2007, listed), dated("b", 2009, "We will fund new schools.")]
    found = commitment_history(texts, find_commitments(texts), find_reuse(texts))
    later = found[found["document_id"] == "b"].set_index("target")
    assert later.loc["fund new schools", "earlier_target"] == "fund new schools"
    assert later.loc["fund new schools", "share_of_target"] == 1.0
    dropped = found[found["status"] == "dropped"]
    assert sorted(dropped["earlier_target"]) == ["fund new schools and roads", "train nurses"]


def test_a_sentence_with_hundreds_of_undertakings_is_followed() -> None:
    """Each with each other and with the whole sentence would be minutes."""
    items = ("open schools", "train nurses", "fund roads", "support ports", "review plans")
    listed = ", ".join(f"{items[number % 5]} of the town w{number}" for number in range(500))
    texts = [
        dated(name, year, f"We will {listed} and meet.") for name, year in (("a", 1), ("b", 2))
    ]
    commitments = find_commitments(texts)
    found = commitment_history(texts, commitments, find_reuse(texts))
    later = found[found["document_id"] == "b"]
    assert len(later) == len(commitments) // 2 > 400
    assert set(later["status"]) == {"continued"}
    assert (later["target"] == later["earlier_target"]).all()


def test_frames_are_read_once_however_many_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """To ask pandas for the rows of each sentence or document took ten seconds a book."""
    read = 0
    as_rows = pd.DataFrame.to_dict

    def counted(frame: pd.DataFrame, *how: str) -> object:
        nonlocal read
        read += 1
        return as_rows(frame, *how)  # type: ignore[call-overload]

    monkeypatch.setattr(pd.DataFrame, "to_dict", counted)

    def calls(sentences: int) -> int:
        said = " ".join(f"We will open the school of town w{n}." for n in range(sentences))
        texts = [dated(name, year, said) for name, year in (("a", 2007), ("b", 2009))]
        commitments, reuse = find_commitments(texts), find_reuse(texts)
        assert len(commitments) == 2 * sentences
        before = read
        found = commitment_history(texts, commitments, reuse)
        assert set(found["status"]) == {"first", "continued"}
        return read - before

    assert calls(3) == calls(30)


def test_likeness_is_cosine_and_its_map_is_the_same_each_time(corpus: Corpus) -> None:
    found = similarity(corpus)
    assert len(found) == 10
    assert found["similarity"].between(0, 1).all()
    places = similarity_map(corpus, found)
    pd.testing.assert_frame_equal(places, similarity_map(reversed(list(corpus)), found))
    assert places["x"].iloc[0] < 0
    twins = [dated("a", 2007, "Trade grows."), dated("b", 2009, "Trade grows.")]
    assert similarity(twins)["similarity"].iloc[0] == pytest.approx(1)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=3, max_size=6))
def test_the_map_keeps_distances_of_a_plane(points: list[tuple[float, float]]) -> None:
    from sco_research.comparison.similarity import _scaled

    given_points = np.array(points)
    squared = ((given_points[:, None] - given_points[None]) ** 2).sum(axis=2)
    placed, _ = _scaled(squared)
    again = ((placed[:, None] - placed[None]) ** 2).sum(axis=2)
    assert np.allclose(again, squared, atol=1e-6)


def test_documents_without_words_have_no_likeness() -> None:
    found = similarity([dated("a", 2007, "..."), dated("b", 2009, "Trade grows.")])
    assert np.isnan(found["similarity"].iloc[0])
    assert "no words" in found["flag"].iloc[0]
    assert len(similarity_map([dated("a", 2007, "One.")], similarity([]))) == 1


def test_phrases_are_as_long_as_they_are_shared() -> None:
    texts = [
        dated("a", 2007, "We seek lasting peace in the whole region. Lasting peace in the valley."),
        dated("b", 2009, "They seek lasting peace in the whole region of ours."),
        dated("c", 2012, "Seek lasting peace in the south."),
    ]
    found = shared_phrases(texts, min_words=2)
    assert found[["phrase", "documents", "count"]].values.tolist() == [
        ["seek lasting peace", 3, 3],
        ["seek lasting peace in the whole region", 2, 2],
    ]
    assert found["document_ids"].iloc[1] == ["a", "b"]


def test_a_long_sentence_that_returns_is_one_phrase() -> None:
    text = "The " + " ".join(f"word{number}" for number in range(60)) + " end."
    found = shared_phrases([dated("a", 2007, text), dated("b", 2009, text)])
    assert found["words"].tolist() == [61]


def shared_by_definition(
    documents: list[Document], min_words: int, min_documents: int
) -> dict[str, int]:
    """Return the shared phrases with their documents: each row of words tried by itself."""
    holders: dict[tuple[str, ...], set[str]] = {}
    for document in documents:
        for text in segment(document, level="sentence")["text"]:
            said = words(text.lower())
            for start, end in combinations(range(len(said) + 1), 2):
                holders.setdefault(tuple(said[start:end]), set()).add(document.id)
    phrases = {
        phrase: len(ids)
        for phrase, ids in holders.items()
        if len(phrase) >= min_words and len(ids) >= min_documents
        and function_words().isdisjoint((phrase[0], phrase[-1]))
    }  # fmt: skip
    return {
        " ".join(phrase): number
        for phrase, number in phrases.items()
        if not any(
            len(longer) > len(phrase) and more >= number
            and f" {' '.join(phrase)} " in f" {' '.join(longer)} "
            for longer, more in phrases.items()
        )
    }  # fmt: skip


FEW_WORDS = st.lists(st.sampled_from(["peace", "the", "of", "trade", "law"]), max_size=8)


@given(
    st.lists(st.lists(FEW_WORDS, min_size=1, max_size=3), min_size=1, max_size=4),
    st.integers(2, 4),
    st.integers(2, 3),
)
def test_shared_phrases_are_those_of_the_definition(
    texts: list[list[list[str]]], min_words: int, min_documents: int
) -> None:
    documents = [
        Document.from_text(" ".join(f"We {' '.join(said)}." for said in text), id=f"d{number}")
        for number, text in enumerate(texts)
    ]
    found = shared_phrases(documents, min_words=min_words, min_documents=min_documents)
    expected = shared_by_definition(documents, min_words, min_documents)
    assert dict(zip(found["phrase"], found["documents"], strict=True)) == expected
    for row in found.to_dict("records"):
        places = re.compile(rf"(?=\b{row['phrase']}\b)")
        texts_of = [document.text.lower() for document in documents]
        assert row["count"] == sum(len(places.findall(text)) for text in texts_of)
        assert len(row["document_ids"]) == row["documents"]


def test_a_sentence_of_thousands_of_words_costs_what_short_ones_do() -> None:
    """A length more is no round more: 20,000 of them would take minutes."""
    text = " ".join(f"open w{number} and" for number in range(20_000))
    texts = [dated(name, year, f"We {text} meet.") for name, year in (("a", 2007), ("b", 2009))]
    found = shared_phrases(texts)
    assert found[["words", "document_ids"]].values.tolist() == [[60_001, ["a", "b"]]]


def test_what_is_said_before_is_formula(corpus: Corpus) -> None:
    found = novelty(corpus)
    assert set(found["document_id"]) == {document.id for document in corpus} - {"valley-2007"}
    by_place = found.set_index("segment_id")
    assert by_place.loc["valley-2009:p2.s1", "formulaic_share"] == 1
    # "the member states will" was said before; the other ten words are new.
    assert by_place.loc["valley-2019:p7.s1", "formulaic_share"] == pytest.approx(4 / 14)
    assert by_place.loc["valley-2019:p7.s1", "formulaic_sequences"] == ["the member states will"]
    document = corpus["valley-2009"]
    for row in found[found["document_id"] == "valley-2009"].to_dict("records"):
        assert document.text[row["start"] : row["end"]] == row["text"]


def test_nothing_to_compare_is_an_empty_frame_with_its_columns() -> None:
    one = dated("a", 2007, "One sentence alone.")
    assert list(shared_phrases([one]).columns) == list(SHARED_PHRASES)
    assert list(novelty([one]).columns) == list(NOVELTY)
    empty = commitment_history([one], find_commitments([one]), find_reuse([one]))
    assert list(empty.columns) == list(COMMITMENT_HISTORY)
    nothing = trend([], sentences_with([], marks_of([], {})), {})
    assert list(nothing.columns) == list(TREND)
    unmeasured = trend([one], sentences_with([one], marks_of([one], {})), {})
    assert list(unmeasured.columns) == list(TREND)


@pytest.mark.parametrize(
    "call",
    [lambda: shared_phrases([], min_words=1), lambda: shared_phrases([], min_documents=1),
     lambda: novelty([], size=0)],
)  # fmt: skip
def test_an_option_out_of_range_is_one_clear_line(call: object) -> None:
    with pytest.raises(ParameterError, match="2 or more"):
        call()  # type: ignore[operator]
