"""Concordances, dispersion, frequency lists, n-grams, collocations, recurring phrases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.errors import ParameterError
from sco_research.text.collocations import collocations
from sco_research.text.concordance import KWIC, kwic
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words
from sco_research.text.words import frequencies, function_words, ngrams, recurring_phrases

PIECES = st.sampled_from(["peace", "Peace", "trust", "socio- economic", "U.S.", ".", ",", "—",
                          "\u00ad", "\u200b", "мир", "\n\n", " ", "’", "😀"])  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map(" ".join).filter(str.strip)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, window=st.integers(0, 4))
def test_every_hit_is_a_slice_of_the_document(text: str, window: int) -> None:
    document = Document.from_text(text, id="odd")
    hits = kwic(document, ["peace", "trust *", "tr?st"], window=window)
    columns = (hits[name].tolist() for name in ("pre", "keyword", "post", "start", "end"))
    for pre, keyword, post, start, end in zip(*columns, strict=True):
        assert text[start:end] == keyword
        assert text[start - len(pre) : end + len(post)] == pre + keyword + post
    # Nothing is missed: the tokens of the sentences that read so.
    tokens = [word.lower() for item in sentences_of(document) for word in words(item.text)]
    assert (hits["pattern"] == "peace").sum() == tokens.count("peace")


def test_a_concordance_has_quantedas_columns_and_anchors(declaration: Document) -> None:
    hits = kwic(declaration, "will", window=3)
    assert list(hits.columns) == list(KWIC)
    assert list(hits.columns)[2:8] == ["from", "to", "pre", "keyword", "post", "pattern"]
    assert len(hits) == 5
    assert hits["segment_id"].iloc[0] == "sco-2013-bishkek:p8.s1"
    assert hits["post"].iloc[0] == " seek to ensure"


def test_a_mended_word_is_found_and_shown_as_it_stands(declaration: Document) -> None:
    hits = kwic(declaration, "socio-economic")
    assert {"socio- economic", "socio-economic"} == set(hits["keyword"])


def test_positions_count_through_the_document() -> None:
    note = Document.from_text("One two. Three peace.\n\nPeace.", id="note")
    assert kwic(note, "peace")[["from", "to"]].to_numpy().tolist() == [[4, 4], [5, 5]]


def test_phrases_and_wildcards() -> None:
    note = Document.from_text("Member states meet. The member of a state [x] met.", id="note")
    assert kwic(note, "member state*")["keyword"].tolist() == ["Member states"]
    assert kwic(note, "[x]")["keyword"].tolist() == ["x"]


@pytest.mark.parametrize("pattern", ["", "  ", "…"])
def test_a_pattern_without_a_word_is_refused(pattern: str) -> None:
    with pytest.raises(ParameterError, match="holds no word; write a word"):
        kwic(Document.from_text("Peace.", id="note"), pattern)


def test_what_is_not_there_is_an_empty_frame_with_its_types() -> None:
    note = Document.from_text("Peace.", id="note")
    for frame in (kwic(note, "war"), kwic(note, [])):
        assert frame.empty
        assert frame.dtypes.astype(str).to_dict() == KWIC.dtypes
    assert collocations(note).empty
    assert collocations([])["log_likelihood"].dtype == "float64"
    assert recurring_phrases([]).empty
    assert frequencies([])["count"].dtype == "int64"


def test_frequencies_add_up(declaration: Document) -> None:
    found = frequencies(declaration)
    assert found["count"].sum() == 1829
    assert found["per_thousand"].sum() == pytest.approx(1000)
    assert found["count"].is_monotonic_decreasing


def test_no_ngram_runs_over_a_sentence() -> None:
    note = Document.from_text("Peace now. Peace now.", id="note")
    assert ngrams(note, size=2)["ngram"].tolist() == ["peace now"]
    assert ngrams(note, size=3, min_count=1).empty


def test_collocations_count_pairs_within_the_window() -> None:
    note = Document.from_text("Peace needs trust. Peace needs trust.", id="note")
    near = collocations(note, min_count=2)
    assert near[["first", "second", "count", "pairs"]].to_numpy().tolist() == [
        ["needs", "trust", 2, 4],
        ["peace", "needs", 2, 4],
    ]
    wide = collocations(note, window=2, min_count=2, skip=["needs"])
    assert wide[["first", "second", "count", "pairs"]].to_numpy().tolist() == [
        ["peace", "trust", 2, 6]
    ]


def test_documents_count_apart_or_together() -> None:
    corpus = Corpus(
        (Document.from_text("Peace now.", id="a"), Document.from_text("Peace now.", id="b"))
    )
    assert ngrams(corpus, size=2).empty
    together = ngrams(corpus, size=2, together=True)
    assert together[["document_id", "count"]].to_numpy().tolist() == [["corpus", 2]]


def test_a_recurring_phrase_is_as_long_as_it_recurs(declaration: Document) -> None:
    found = recurring_phrases(declaration)
    assert "illicit trafficking in narcotic drugs psychotropic substances and their precursors" in (
        found["phrase"].tolist()
    )
    # Its parts are listed only where they recur more often than it does.
    assert "illicit trafficking in narcotic" not in found["phrase"].tolist()
    edges = {word for phrase in found["phrase"] for word in (phrase.split()[0], phrase.split()[-1])}
    assert edges.isdisjoint(function_words())
