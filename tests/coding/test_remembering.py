"""What was read is kept within bounds, and collection comes back whatever happens."""

import gc
from unittest.mock import Mock

import pytest

from sco_research import Corpus, Document, code_speech_acts, find_commitments
from sco_research.coding.commitments import analysis
from sco_research.coding.commitments.remembering import Remembered, collection_paused


def test_what_was_asked_for_last_stays() -> None:
    kept: Remembered[int] = Remembered(10)
    for number, name in enumerate("abc"):
        kept.keep(name, number, size=4)
        kept.get("a")
    assert [kept.get(name) for name in "abc"] == [0, None, 2]


def test_one_value_is_kept_whatever_its_size() -> None:
    kept: Remembered[int] = Remembered(10)
    kept.keep("a", 1, size=99)
    assert kept.get("a") == 1


def test_collection_comes_back_after_a_fault() -> None:
    def faulty() -> None:
        with collection_paused():
            assert not gc.isenabled()
            raise ValueError("x")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"):
        faulty()
    assert gc.isenabled()


def test_who_has_collection_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_corpus_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tuple(Document.from_text(f"We will open {n}.", id=f"d{n}") for n in range(40)))
    reading = Mock(wraps=analysis._code)
    monkeypatch.setattr(analysis, "_code", reading)
    assert len(code_speech_acts(corpus)) == len(find_commitments(corpus)) == 40
    assert reading.call_count == 40
