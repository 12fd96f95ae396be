"""What counts as a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non-interference in states' affairs", ["non-interference", "in", "states", "affairs"]),
        ("people's, people’s", ["people's", "people’s"]),
        ("U.S. and U.N. law", ["U.S", "and", "U.N", "law"]),
        ("3.5 per cent of 1,373", ["3.5", "per", "cent", "of", "1,373"]),
        ("2011-2016 G20 COVID-19", ["2011-2016", "G20", "COVID-19"]),
        ("terrorism.The end", ["terrorism", "The", "end"]),
        ("trade—and—aid", ["trade", "and", "aid"]),
        ("signed: ______", ["signed"]),
        ("главы государств", ["главы", "государств"]),
        ("😀 – … ?", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_declaration_has_1835_words_with_its_dateline(declaration: Document) -> None:
    body = declaration.text[slice(*declaration.body)]
    assert len(words(body)) == 1835


def test_its_sentences_have_the_same_words_without_the_dateline_and_the_faults(
    declaration: Document,
) -> None:
    in_sentences = sum(len(words(item.text)) for item in sentences_of(declaration))
    # The dateline has four words, and each of two broken hyphens makes two words of one.
    assert in_sentences == 1835 - len(words("September 13, 2013, Bishkek")) - 2


@given(st.text(max_size=200))
def test_spans_are_the_words(text: str) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words(text)
