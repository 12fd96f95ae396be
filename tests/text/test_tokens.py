"""What counts as a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.comparison.keyness import keyness
from sco_research.text.concordance import kwic
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import straight, word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non-interference in states' affairs", ["non-interference", "in", "states", "affairs"]),
        ("people's, people’s, peopleʼs, people´s, people`s, people‘s", ["people's"] * 6),
        ("the ‘new’ stage, the states’ own", ["the", "new", "stage", "the", "states", "own"]),
        ("हम सब शांति चाहते हैं।", ["हम", "सब", "शांति", "चाहते", "हैं"]),
        ("Росси́и и Кирги́зии", ["Росси́и", "и", "Кирги́зии"]),
        ("اِتَّفَقَتِ الأطرافُ", ["اِتَّفَقَتِ", "الأطرافُ"]),
        ("می\u200cخواهیم صلح", ["می\u200cخواهیم", "صلح"]),
        ("Communique\u0301 \u0301 of", ["Communique\u0301", "of"]),
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
    assert [straight(text[start:end]) for start, end in word_spans(text)] == words(text)


@pytest.mark.parametrize("form", ["'", "’", "ʼ", "´", "`", "‘"])
def test_an_apostrophe_is_one_letter_in_every_form(form: str) -> None:
    straight_, other = (
        Document.from_text(f"The people{apostrophe}s choice. They don{apostrophe}t part.", id=name)
        for apostrophe, name in (("'", "straight"), (form, "other"))
    )
    found = keyness(straight_, other)
    assert dict(zip(found["term"], found["count"], strict=True))["people's"] == 1
    assert (found["count"] == found["reference_count"]).all()
    for pattern in ("people's", "people’s", "people´*"):
        assert kwic(other, pattern)["keyword"].tolist() == [f"people{form}s"]


def test_ligatures_and_loose_marks_match_and_count_as_their_letters() -> None:
    plain = Document.from_text("The financial crisis and traffic in Astaná go on.", id="plain")
    odd = Document.from_text("The ﬁnancial crisis and traﬃc in Astana\u0301 go on.", id="odd")
    assert (keyness(plain, odd)["count"] == keyness(plain, odd)["reference_count"]).all()
    hits = kwic(odd, "traffic")
    assert hits[["keyword", "start", "end"]].to_numpy().tolist() == [["traﬃc", 24, 29]]
    assert odd.text[24:29] == "traﬃc"
    assert kwic(odd, "astaná")["keyword"].tolist() == ["Astana\u0301"]
