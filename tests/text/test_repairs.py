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
        ("e\u0323\u0302te\u0301", "ệté"),
        ("ハ\u309aリで", "パリで"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("the traﬃc of the ﬂeet, eﬀective", "the traffic of the fleet, effective"),
        (
            "the people´s, state`s, laneʼs, land‘s ‘new’ way",
            "the people’s, state’s, lane’s, land’s ‘new’ way",
        ),
        ("five-\nyear plan", "five-year plan"),
        ("the so-\ncalled union", "the so-called union"),
        ("in 2018-\n2019, which", "in 2018-2019, which"),
        ("the COVID-\n19 pandemic", "the COVID-19 pandemic"),
        ("SCO-\nUN talks", "SCO-UN talks"),
        ("the Secretary-\nGeneral", "the Secretary-General"),
        ("medium-\nand long-term", "medium- and long-term"),
        ("face-\nto-face talks", "face-to-face talks"),
        ("A-\n1, B-\r\nclass", "A-1, B-class"),
        ("the twenty-\nfirst century", "the twenty-first century"),
        ("low-\ncarbon, e-\ncommerce", "low-carbon, e-commerce"),
        ("“\nTrust in (\nnew\n) rules\n”, they", "“Trust in (new) rules”, they"),
        ("3 . 5", "3. 5"),
        ("clean text, untouched.", "clean text, untouched."),
    ],
)
def test_each_fault(raw: str, repaired: str) -> None:
    assert repair(raw).text == repaired


def test_a_composed_letter_covers_both_its_raw_characters() -> None:
    mended = repair("Communique\u0301 of", 10)
    assert mended.raw_span(0, len("Communiqué")) == (10, 10 + len("Communique\u0301"))


def test_each_letter_of_a_ligature_stands_where_the_ligature_does() -> None:
    mended = repair("no traﬃc now", 10)
    assert mended.text == "no traffic now"
    start = mended.text.index("traffic")
    assert mended.raw_span(start, start + len("traffic")) == (13, 18)
    assert [mended.raw_span(start + n, start + n + 1) for n in (2, 3, 4, 5, 6)] == [
        (15, 16),
        (16, 17),
        (16, 17),
        (16, 17),
        (17, 18),
    ]
    assert mended.raw_span(len(mended.text) - 3, len(mended.text)) == (19, 22)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("in 2018-|2019, which", "in 2018-2019, which"),
        ("the five-|year plan", "the five-year plan"),
        ("the COVID-|19 pandemic", "the COVID-19 pandemic"),
        ("short-|and long-term", "short- and long-term"),
        ("the coun-|tries", "the countries"),
    ],
)
def test_a_word_broken_over_a_page_reads_as_over_a_line(raw: str, read: str) -> None:
    start = raw.index("|")
    broken = raw.replace("|", "\n\n7\n\f")
    assert repair(broken, removed=[(start, start + 5)]).text == read
    assert repair(raw.replace("|", "\n")).text == read


def test_what_is_removed_leaves_one_space() -> None:
    raw = "will hold\n\n2\n\nmeetings"
    mended = repair(raw, removed=[(9, 14)])
    assert mended.text == "will hold meetings"
    assert mended.raw_span(10, 18) == (14, 22)


_RAW = st.text(alphabet="ab -–.\n\r\t\u00ad\u00a0\u0301e,1ﬃ’´“”", max_size=80)


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
