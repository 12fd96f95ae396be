"""A document is coded once for several questions, within bounds, and nothing global is changed."""

import gc
from unittest.mock import Mock

import pytest

from sco_research import (
    CommitmentOptions,
    Corpus,
    Document,
    code_speech_acts,
    explain,
    find_commitments,
)
from sco_research.coding.commitments import analysis


@pytest.fixture
def coding(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Count the documents that are coded."""
    counted = Mock(wraps=analysis._DocumentCoder)
    monkeypatch.setattr(analysis, "_DocumentCoder", counted)
    monkeypatch.setattr(analysis, "_kept", analysis._Kept(1000))
    return counted


def test_a_corpus_is_coded_once(coding: Mock) -> None:
    corpus = Corpus(tuple(Document.from_text(f"We will open {n}.", id=f"d{n}") for n in range(20)))
    assert len(code_speech_acts(corpus)) == len(find_commitments(corpus)) == 20
    explain(corpus, "d3:p1.s1")
    assert coding.call_count == 20


def test_other_options_are_another_coding(coding: Mock) -> None:
    document = Document.from_text(
        "Last year the Parties endorsed the plan to open clinics.", id="d", language="en"
    )
    first = code_speech_acts(document)
    past = code_speech_acts(document, options=CommitmentOptions(past=True))
    assert coding.call_count == 2
    assert first["broad"].tolist() != past["broad"].tolist()


def test_what_is_kept_is_bounded_by_sentences(
    coding: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_kept", analysis._Kept(5))
    one, two, long = (
        Document.from_text("We will meet. " * size, id=f"b{size}", language="en")
        for size in (2, 3, 9)
    )
    for document in (one, two, one, two):
        code_speech_acts(document)
    assert coding.call_count == 2
    # A long document alone is kept whatever its size, and the others go.
    for document in (long, long, one):
        code_speech_acts(document)
    assert coding.call_count == 4


def test_the_collector_of_the_users_process_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    touched = Mock()
    for name in ("disable", "enable", "freeze", "set_threshold"):
        monkeypatch.setattr(gc, name, touched)
    document = Document.from_text("We will open the new ports.", id="g", language="en")
    code_speech_acts(document)
    find_commitments(document)
    assert touched.call_count == 0
