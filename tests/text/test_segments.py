"""Sections, paragraphs and sentences: the declaration's own, and every layout that is known."""

import itertools
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.errors import ParameterError
from sco_research.text.document import Document
from sco_research.text.segments import LEVELS, anchor_label, segment, sentences_of

# The paragraphs of each section of the declaration; 0 is the opening formula.
SECTIONS = {0: (1, 1), 1: (2, 8), 2: (9, 13), 3: (14, 22), 4: (23, 26), 5: (27, 29), 6: (30, 32)}


def texts(text: str, level: str) -> list[str]:
    document = Document.from_text(text, id="note")
    frame = segment(document)
    return frame.loc[frame["level"] == level, "text"].tolist()


def section_numbers(text: str) -> list[int]:
    frame = segment(Document.from_text(text, id="note"), level="paragraph")
    return frame["section"].tolist()


def test_the_declaration_has_32_paragraphs_51_sentences_and_a_dateline(
    declaration: Document,
) -> None:
    counts = segment(declaration)["level"].value_counts()
    assert counts.to_dict() == {
        "document": 1,
        "section": 7,
        "paragraph": 32,
        "sentence": 51,
        "dateline": 1,
    }


def test_the_declaration_has_an_opening_and_six_sections(declaration: Document) -> None:
    frame = segment(declaration, level="paragraph")
    pairs = list(zip(frame["section"], frame["paragraph"], strict=True))
    found = {
        number: (
            min(paragraph for section, paragraph in pairs if section == number),
            max(paragraph for section, paragraph in pairs if section == number),
        )
        for number in frame["section"].unique()
    }
    assert found == SECTIONS


def test_the_dateline_is_no_sentence(declaration: Document) -> None:
    assert segment(declaration, level="dateline")["text"].tolist() == [
        "September 13, 2013, Bishkek"
    ]
    assert not any("13, 2013, Bishkek" in item.text[-30:] for item in sentences_of(declaration))


def test_every_row_of_every_level_is_exactly_its_span(declaration: Document) -> None:
    frame = segment(declaration)
    spans = zip(frame["start"], frame["end"], frame["text"], strict=True)
    assert all(declaration.text[start:end] == text for start, end, text in spans)


def test_anchors_are_distinct(declaration: Document) -> None:
    assert segment(declaration)["segment_id"].is_unique


def test_a_sentence_is_analysed_repaired_and_shown_raw(declaration: Document) -> None:
    sentence = next(item for item in sentences_of(declaration) if item.id.endswith(":p10.s1"))
    assert "SCO Counter-Terrorism Convention" in sentence.text
    start = sentence.text.index("Counter-Terrorism")
    raw = declaration.text[slice(*sentence.raw_span(start, start + len("Counter-Terrorism")))]
    assert raw == "Counter- Terrorism"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_two_blank_lines_mark_a_section_whatever_the_line_end(break_: str) -> None:
    lines = ["We state the following.", "", "", "One.", "", "Two.", "", "", "Three."]
    assert section_numbers(break_.join(lines)) == [0, 1, 1, 2]


def test_numerals_mark_sections_where_there_are_any() -> None:
    text = (
        "The heads of state met and signed the Charter of the Organization in full session.\n"
        "They believe it is in accord with the interests of the peoples of all the states.\n"
        "I\nThe first thing is said here.\n\n\nAnd more of it.\nII\nThe second thing."
    )
    assert section_numbers(text) == [0, 0, 1, 1, 2]
    assert "II" not in texts(text, "paragraph")


def test_headings_between_numbered_paragraphs_mark_sections() -> None:
    text = "1. We met.\n\n2. We talked.\n\nTrade and Transport\n\n3. We will build roads."
    assert section_numbers(text) == [1, 1, 2]
    assert texts(text, "heading") == ["Trade and Transport"]


def test_numbered_items_below_a_heading_are_no_headings() -> None:
    text = "We will trade.\n\nAnnex\n\nGoods\n\n1. Cotton and silk\n\n2. Dried fruit\n\n3. Nuts"
    assert texts(text, "heading") == ["Goods"]
    assert texts(text, "sentence") == ["We will trade.", "Cotton and silk", "Dried fruit", "Nuts"]
    text = "1. Trade\n\n2. The Parties will trade.\n\n3. They will meet."
    assert texts(text, "heading") == ["1. Trade"]


def test_a_title_over_a_dateline_is_a_heading_and_no_section() -> None:
    text = "UFA DECLARATION\n\nUfa, 10 July 2015\n\nWe met.\n\nSecurity\n\nWe will meet again."
    assert texts(text, "heading") == ["UFA DECLARATION", "Security"]
    assert texts(text, "dateline") == ["Ufa, 10 July 2015"]
    assert section_numbers(text) == [0, 1]


def test_a_last_line_without_a_stop_is_no_heading() -> None:
    assert texts("We met.\n\nThe President of Ruritania", "heading") == []


def test_a_paragraph_number_is_structure_and_no_sentence() -> None:
    text = "1. The Parties agree. They will meet.\n\n2. The Parties part."
    assert texts(text, "sentence") == ["The Parties agree.", "They will meet.", "The Parties part."]
    assert texts(text, "paragraph")[1] == "2. The Parties part."


def test_hard_wraps_are_no_ends_of_sentences() -> None:
    text = (
        "The Parties reaffirm the importance of the treaty on the non-\n"
        "proliferation of weapons and of co-\noperation between the coun-\ntries of the region,"
        " and will go on.\n"
    )
    (sentence,) = sentences_of(Document.from_text(text, id="note"))
    assert sentence.text == (
        "The Parties reaffirm the importance of the treaty on the non-proliferation of weapons and"
        " of cooperation between the countries of the region, and will go on."
    )


def test_a_page_number_in_the_midst_of_a_paragraph_is_left_out() -> None:
    text = "The Parties will hold\n\n- 2 -\n\nregular meetings.\n\n3\n\nThey agree."
    document = Document.from_text(text, id="note")
    assert [item.text for item in sentences_of(document)] == [
        "The Parties will hold regular meetings.",
        "They agree.",
    ]
    first = segment(document, level="sentence").iloc[0]
    assert document.text[first["start"] : first["end"]].startswith("The Parties will hold\n\n- 2 -")


def test_the_items_of_a_dash_list_are_paragraphs() -> None:
    text = "The Parties will:\n- open the archives;\n- close the gap.\n"
    assert texts(text, "paragraph") == ["The Parties will:", *text.splitlines()[1:]]
    assert texts(text, "sentence")[1:] == ["open the archives;", "close the gap."]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The Heads met H.E. Mr. Nursultan A. Nazarbayev in Astana.", "They thanked him."],
        [
            "They recall U.N. Security Council Resolution No. 1373 (2001) and Art. 2 of the "
            "Charter.",
            "It remains valid.",
        ],
        [
            "Trade rose by 3.5 per cent to U.S. $4.2 billion in 2012.",
            "The Parties welcomed this.",
        ],
        [
            "The Parties agreed as follows: (a) to strengthen cooperation; (b) to oppose "
            "terrorism; and (c) to meet annually."
        ],
        ['They called this "a new stage."', "The region will benefit."],
        ["The universal rules of behavior in the information space .", "The Parties agree."],
    ],
)
def test_published_cases_of_sentence_ends(sentences: list[str]) -> None:
    assert texts(" ".join(sentences), "sentence") == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["They recall Res. No. 1373.", "Paras. 3 and 4 apply.", "See Art. 5, para. 2 of it."],
        ["They met in St. Petersburg.", "Dr. K. Massimov and Amb. R. Alimov came."],
        ["Growth reached 3.5 per cent vs. 2.1 per cent in 2012.", "It slowed."],
        ["They met at 10 a.m. in Astana.", "They left at 5 p.m.", "The talks went on."],
        ["They support the U.N.", "The Charter is valid."],
        ["This includes trade, energy, etc.", "The Parties agree."],
        ["It rests on the Charter of the Org. and its rules.", "It holds."],
        ["The Parties hope… and they wait.", "They meet."],
        ["The cost is approx. 3 million.", "The mark is 4.2 m.", "It rises."],
        ["It was signed by S. Sh. Jeenbekov and N.A. Nazarbayev.", "It is valid."],
        ["They agreed on peace.", "The text was signed."],
        ["They called it “new.”", "He said: “We agree.”", "They left."],
        ["“We agree.” said the chairman.", "All agreed."],
        ["They said no.", "No one came.", "See No. 5."],
        ["Messrs. Wang and Li came.", "Mmes. Ivanova and Petrova spoke."],
        ["The Parties will: 1. act; 2. trade.", "They agreed, i.e. Upland did."],
        ["On 13.09.2013 they met.", "On 14.09.2013 they left."],
    ],
)
def test_abbreviations_of_official_prose(sentences: list[str]) -> None:
    text = " ".join(sentences).replace("peace. The text", "peace.The text")
    assert texts(text, "sentence") == sentences


def test_chinese_and_russian_have_sentences() -> None:
    assert len(texts("元首们签署了宣言。成员国将继续合作。", "sentence")) == 2
    assert len(texts("Главы государств подписали декларацию. Они продолжат.", "sentence")) == 2


def test_a_body_of_one_word_is_a_sentence() -> None:
    frame = segment(Document.from_text("Hello", id="note"))
    assert frame["level"].tolist() == ["document", "section", "paragraph", "sentence"]


def test_an_unknown_level_names_the_known_ones(declaration: Document) -> None:
    with pytest.raises(ParameterError, match="sentence"):
        segment(declaration, level="clause")  # type: ignore[arg-type] # the very mistake tested


def test_no_documents_give_an_empty_frame_with_all_columns(declaration: Document) -> None:
    assert list(segment([]).columns) == list(segment(declaration).columns)
    assert segment([]).empty


@pytest.mark.parametrize(
    ("text", "sections", "paragraphs"),
    [
        (
            "1. We met.\n\n2. We agree:\n\n(a) to act;\n\n(b) to trade.",
            [""],
            ["1", "2", "(a)", "(b)"],
        ),
        ("We met.\n\nI\n\nWe act.\n\nII\n\nWe trade.", ["", "I", "II"], ["", "", ""]),
        (
            "Article 1\n\nWe act.\n\nArticle 2. Trade\n\n1. We trade.",
            ["Article 1", "Article 2"],
            ["", "1"],
        ),
        (
            "We act.\n\nIV. Trade\n\n- We trade.\n\nV. Aid\n\nWe help.",
            ["", "IV", "V"],
            ["", "", ""],
        ),
        ("We act.\n\nAnnex 2\n\nGoods\n\n1. Nuts\n\n2. Silk", ["", "Annex 2"], ["", "1", "2"]),
        (
            "宣言如下。\n\n一、贸易\n\n各方合作。\n\n二、文化\n\n各方交流。",
            ["", "一", "二"],
            ["", "", ""],
        ),
        ("1.1. We act.\n\n1.2. We trade.", [""], ["1.1", "1.2"]),
        ("1. We act.\n\n1 bis. We help.\n\n1ter. We trade.", [""], ["1", "1 bis", "1ter"]),
        ("12 states met.\n\nThey agreed.", [""], ["", ""]),
    ],
)
def test_sections_and_paragraphs_bear_the_numbers_that_are_printed(
    text: str, sections: list[str], paragraphs: list[str]
) -> None:
    frame = segment(Document.from_text(text, id="note"))
    assert frame.loc[frame["level"] == "section", "number"].tolist() == sections
    assert frame.loc[frame["level"] == "paragraph", "number"].tolist() == paragraphs
    assert set(frame.loc[frame["level"].isin(["sentence", "document"]), "number"]) == {""}


def test_the_clean_text_stands_beside_the_raw_one() -> None:
    text = (
        "1. We ﬁght the so-\ncalled lords .\n\n"
        "2. We met on 5 May in the open town of Zenda and\nagreed on peace."
    )
    frame = segment(Document.from_text(text, id="note"))
    clean = frame.groupby("level")["clean"].agg(list)
    paragraphs = [
        "We fight the so-called lords.",
        "We met on 5 May in the open town of Zenda and agreed on peace.",
    ]
    assert clean["paragraph"] == paragraphs
    assert clean["sentence"] == paragraphs
    assert clean["section"] == clean["document"] == ["\n\n".join(paragraphs)]
    assert frame["text"].iloc[0] == text


def test_a_person_reads_the_anchor() -> None:
    assert anchor_label("sco-2013-bishkek:p13.s2") == "¶ 13, sentence 2"


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_whatever_the_text_offsets_are_exact_and_sentences_lie_in_order(text: str) -> None:
    document = Document.from_text(text, id="note")
    frame = segment(document)
    assert set(frame["level"]) <= set(LEVELS)
    for start, end, content in zip(frame["start"], frame["end"], frame["text"], strict=True):
        assert document.text[start:end] == content
    spans = [(item.start, item.end) for item in sentences_of(document)]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(start < end for start, end in spans)


@given(
    st.lists(
        st.text(alphabet="abc ABC.,-–\n1I\u00ad\u0301é", min_size=1, max_size=60), min_size=1
    ).filter(lambda parts: "".join(parts).strip())
)
def test_no_letter_is_lost_or_told_twice(parts: list[str]) -> None:
    document = Document.from_text("\n\n".join(parts), id="note")
    frame = segment(document)
    covered = [False] * len(document.text)
    told = frame[frame["level"].isin(["paragraph", "heading", "dateline", "signature", "annex"])]
    for start, end in zip(told["start"], told["end"], strict=True):
        for position in range(start, end):
            assert not covered[position]
            covered[position] = True
    # A line that is nothing but "I" is a section's numeral; what comes again may be a page's head.
    shapes = Counter(
        re.sub(r"\d+", "#", line.strip().lower()) for line in document.text.split("\n")
    )
    position = 0
    for line in document.text.split("\n"):
        told_of = covered[position : position + len(line)]
        lost = {c for c, told in zip(line, told_of, strict=True) if c.isalpha() and not told}
        if shapes[re.sub(r"\d+", "#", line.strip().lower())] == 1:
            assert lost <= {"I"}
        position += len(line) + 1


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("State\tPledge", "row"),
        ("Ruritania\twill build a railway\t5.5", "row"),
        ("Ruritania\tThe Parties will build a railway.", "paragraph"),
        ("1.\tThe Parties will build a railway.", "paragraph"),
        ("II.\tTrade", "heading"),
        ("Article 3\tTrade", "heading"),
        ("2.1\tTrade", "heading"),
    ],
)
def test_a_row_of_a_table_is_no_heading_and_no_prose(line: str, level: str) -> None:
    text = f"The Parties met at the lake.\n\nPledges\n\n{line}\n\nThe Parties parted."
    frame = segment(Document.from_text(text, id="note"))
    assert frame.loc[frame["text"] == line, "level"].iloc[0] == level
    sections = frame.loc[frame["level"] == "section"]
    if level == "row":
        # It heads nothing, and the table's own heading heads it.
        assert frame.loc[frame["level"] == "heading", "text"].tolist() == ["Pledges"]
        assert sections["text"].iloc[-1] == "The Parties parted."
        assert "row1" in frame["segment_id"].str.cat()


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("Annex:\n\n- The Osh Principles of Trade\n\nSee Also:\n\nThe Chair's Statement", []),
        ("Related documents\n\nThe Lake Pact", []),
        (
            "Annex:\n\nThe parties will share the lake.",
            ["Annex:", "The parties will share the lake."],
        ),
        ("See also the Lake Pact.", ["See also the Lake Pact."]),
        ("They will meet:\n\n- in Osh\n- in Naryn", ["They will meet:", "in Osh", "in Naryn"]),
    ],
)
def test_titles_of_other_documents_below_a_text_are_no_sentences(
    below: str, kept: list[str]
) -> None:
    """A site names what belongs to a text below it."""
    document = Document.from_text(f"We met in Osh.\n\n{below}", id="n", language="en")
    assert segment(document, level="sentence")["clean"].tolist() == ["We met in Osh.", *kept]


def test_an_annexed_declaration_has_a_title_and_a_formula_of_its_own() -> None:
    """A resolution adopts what its annex holds, without a blank line between title and text."""
    lines = [
        "The Council of Zenda decides to adopt the declaration of the meeting of its members on",
        "the common use of rivers and lakes, which is annexed to the present resolution.",
        "Annex",
        "Declaration of the meeting on rivers and lakes",
        "We, the Heads of State and Government of the members, gathered to review the progress",
        "that was made in the use of our rivers and lakes, and in this regard we:",
        "1. Recognize that rivers and lakes are among the greatest goods of our peoples, and that",
        "their use in common demands our care;",
        "2. Commit to build locks and weirs along all of them by the end of the decade, where this",
        "is in the interest of those who live there.",
    ]
    document = Document.from_text("\n".join(lines), id="n", language="en")
    found = segment(document)
    headings = found.loc[found["level"] == "heading", "clean"].tolist()
    assert "Declaration of the meeting on rivers and lakes" in headings
    opening = found.loc[found["clean"].str.startswith("We, the Heads"), "level"].tolist()
    assert "sentence" in opening
