"""Titles, openings and closings as they are set, and lines that no paragraph ends with."""

import pytest

from sco_research.text.document import Document
from sco_research.text.layout.titles import title_of
from sco_research.text.segments import segment


def found(text: str, level: str) -> list[str]:
    frame = segment(Document.from_text(text, id="note"), level=level)  # type: ignore[arg-type] # a parameter
    return frame["clean"].tolist()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "Joint statement\nof the ministers of the Lake Organization\non the use of water\n\n",
            "Joint statement of the ministers of the Lake Organization on the use of water",
        ),
        ("joint statement of the ministers\n\n", "joint statement of the ministers"),
        ("joint statement on water\n", "joint statement on water"),
        ("Joint Statement of the Lake Organization\n", "Joint Statement of the Lake Organization"),
        (
            "STATEMENT\nby the Heads of the Lake States\n",
            "STATEMENT by the Heads of the Lake States",
        ),
        ("Lake Declaration\n\n(as adopted)\n\n", "Lake Declaration"),
        (
            'On 50% of Trade & Aid: "Silk_Road" #2 {$5 bn}\n\n',
            'On 50% of Trade & Aid: "Silk_Road" #2 {$5 bn}',
        ),
        (
            "General Assembly\n\n[without a vote (A/70/L.5)]\n\n70/9. Rivers and\nlakes\n\n"
            "The General Assembly,\n\n",
            "Rivers and lakes",
        ),
    ],
)
def test_a_title_in_any_setting(head: str, title: str) -> None:
    text = f"{head}The Ministers met. They agreed on peace.\n\nThey will act together.\n"
    assert title_of(text, 0, len(text)) == title
    assert "The Ministers met." in found(text, "sentence")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "湖畔组织成员国\n元首理事会\n湖城宣言\n\n元首举行会议。各方声明如下。\n",
            "湖畔组织成员国元首理事会湖城宣言",
        ),
        (
            "湖の機構に関する\n首脳宣言\n\uff08仮訳\uff09\n\n首脳は、湖で会合した。\n",
            "湖の機構に関する首脳宣言",
        ),
        ("Lake 宣言\n2019 年\n\n各方合作。", "Lake 宣言 2019 年"),
    ],
)
def test_a_chinese_or_japanese_title_of_several_lines_has_no_spaces(text: str, title: str) -> None:
    assert title_of(text, 0, len(text)) == title


def test_a_sentence_in_small_letters_is_no_title() -> None:
    text = "the parties will meet and trade\n\nThe Ministers met. They agreed.\n"
    assert title_of(text, 0, len(text)) == ""


LONG = "The Parties will act on trade, on water and on the many ships that sail on the lake"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        # A word, a compound or a pair of years broken over a line or a page.
        (f"{LONG} and the Secretary-\nGeneral will help.", 1),
        (f"{LONG}, on SCO-\n\fUN ties and so-\ncalled rights.", 1),
        (f"{LONG} in 2018-\n2019 and after COVID-\n19.", 1),
        # A comma at the foot of a page; a number at the head of the next.
        (f"{LONG},\n\n4\n\n\fEuropean, Asian and more than\n\n5\n\n\f70 others, of\nall flags.", 1),
        # What a preamble recalls stands on its own over a page too.
        (f"Recalling that they met,\n\n4\n\n\fReaffirming the law,\n{LONG}.", 3),
        ("The Council met with\n\nVale; and\nHillman.", 3),
        ("They will:\n\n•\n\nTrade with all\n\n•\n\nMeet again", 3),
    ],
)
def test_which_lines_no_paragraph_ends_with(lines: str, paragraphs: int) -> None:
    assert len(found(lines, "paragraph")) == paragraphs


@pytest.mark.parametrize(
    "signatures",
    [
        ["President of the Republic of Upland", "John Hillman"],
        ["For the Government of the Kingdom of Lowland", "Li Wen", "Minister of Trade"],
        ["For Upland: A. Hillman", "For Lowland: L. Wen"],
        ["For New Lowland", "L. Wen"],
    ],
)
@pytest.mark.parametrize("over_two_lines", [False, True])
def test_signatures_of_one_line_or_two(signatures: list[str], over_two_lines: bool) -> None:
    lines = [
        line.replace(" of the ", " of the\n") if over_two_lines else line for line in signatures
    ]
    text = "\n\n".join(["We agree on peace. We act.", "Zenda, 5 May 2019", *lines])
    assert found(text, "signature") == signatures
    assert found(text, "sentence") == ["We agree on peace.", "We act."]
