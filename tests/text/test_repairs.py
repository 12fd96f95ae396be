"""Typing faults are mended beside the raw text, with a true map back to it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.text.repairs import repair


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("socio- economic", "socio-economic"),
        ("Counter- Terrorism", "Counter-Terrorism"),
        ("short- and long-term", "short- and long-term"),
        ("information space .", "information space."),
        ("threats - terrorism - and", "threats – terrorism – and"),
        ("threats -- terrorism", "threats – terrorism"),
        ("non-\nproliferation", "non-proliferation"),
        ("the coun-\r\ntries", "the countries"),
        ("have ex-\nchanged", "have exchanged"),
        ("the ex-\npresident", "the ex-president"),
        ("Counter-\nTerrorism", "Counter-Terrorism"),
        ("one\n  two", "one two"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth", "zerowidth"),
        ("no\u00a0break", "no break"),
        ("bell\x07bell", "bell bell"),
        ("Communique\u0301 of", "Communiqu\u00e9 of"),
        ("3 . 5", "3. 5"),
        ("clean text, untouched.", "clean text, untouched."),
    ],
)
def test_each_fault(raw: str, repaired: str) -> None:
    assert repair(raw).text == repaired


def test_a_composed_letter_covers_both_its_raw_characters() -> None:
    mended = repair("Communique\u0301 of", 10)
    assert mended.raw_span(0, len("Communiqué")) == (10, 10 + len("Communique\u0301"))


def test_what_is_removed_leaves_one_space() -> None:
    raw = "will hold\n\n2\n\nmeetings"
    mended = repair(raw, removed=[(9, 14)])
    assert mended.text == "will hold meetings"
    assert mended.raw_span(10, 18) == (14, 22)


_RAW = st.text(alphabet="ab -–.\n\r\t\u00ad\u00a0\u0301e,", max_size=80)


@given(_RAW, st.integers(0, 1000))
def test_every_kept_letter_maps_to_itself(raw: str, base: int) -> None:
    mended = repair(raw, base)
    for position, character in enumerate(mended.text):
        start, end = mended.raw_span(position, position + 1)
        assert base <= start < end <= base + len(raw)
        if character in "ab,":
            assert raw[start - base : end - base] == character


@given(_RAW)
def test_no_letter_is_made_or_lost(raw: str) -> None:
    mended = unicodedata.normalize("NFD", repair(raw).text)
    kept = [character for character in mended if character in "ab"]
    assert kept == [character for character in raw if character in "ab"]


@given(_RAW)
def test_spans_keep_their_order(raw: str) -> None:
    mended = repair(raw)
    starts = [mended.raw_span(position, position + 1)[0] for position in range(len(mended.text))]
    assert starts == sorted(starts)
