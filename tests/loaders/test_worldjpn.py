"""Every header variant of the database's pages that is known."""

import datetime
from pathlib import Path

import pytest

from sco_research.errors import SourceError
from sco_research.loaders import load_document
from sco_research.loaders.dates import parse_date
from sco_research.text.document import Document
from sco_research.text.segments import segment

DATABASE = (
    '"The World and Japan" Database (Project Leader: TANAKA Akihiko)\n'
    "Database of Japanese Politics and International Relations\n\n"
)
BODY = "The Parties met.\n\nThey will meet again."


def load(folder: Path, text: str, name: str = "page.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return load_document(path)


def body(document: Document) -> str:
    return document.text[slice(*document.body)].strip()


def test_the_bundled_declaration_is_what_the_catalogue_says(declaration: Document) -> None:
    known = declaration.metadata
    assert declaration.sha256.startswith("70fc54db")
    assert declaration.sha256.endswith("f369")
    assert (known.place, known.date) == ("Bishkek", datetime.date(2013, 9, 13))
    assert known.publisher.startswith('"The World and Japan" Database (Project Leader: TANAKA')
    assert body(declaration).startswith("The heads of the member states")


def test_the_same_file_by_path_reads_its_own_header(checkout: Path, tmp_path: Path) -> None:
    path = tmp_path / "Bishkek 2013.txt"
    path.write_bytes((checkout / "data/declarations/sco-2013-bishkek.txt").read_bytes())
    document = load_document(path)
    assert document.id == "Bishkek-2013"
    assert document.metadata.title.startswith("BISHKEK DECLARATION By the Heads")
    assert document.metadata.date == datetime.date(2013, 9, 13)
    assert document.metadata.source == "Shanghai Cooperation Organization Secretariat"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "[Title] Joint Communique\n\n[Place] Kuala Lumpur, Malaysia\n"
            "[Date] December 14, 2005\n[Source] ASEAN Secretariat\n[Notes]\n",
            {
                "title": "Joint Communique",
                "place": "Kuala Lumpur, Malaysia",
                "date": datetime.date(2005, 12, 14),
                "source": "ASEAN Secretariat",
                "notes": "",
            },
        ),
        (
            "[Title]\n\n[Place] Moscow\n[Date] May 29, 2003\n[Source] Secretariat.\n",
            {
                "title": "",
                "place": "Moscow",
                "date": datetime.date(2003, 5, 29),
                "source": "Secretariat",
            },
        ),
        (
            "\n[Date] 9 June 2017\n[Source] https://example.org/page.\n"
            "[Notes] downloaded on 1 May 2020\nand checked\n",
            {
                "title": "",
                "place": "",
                "date": datetime.date(2017, 6, 9),
                "source": "https://example.org/page",
                "url": "https://example.org/page",
                "notes": "downloaded on 1 May 2020 and checked",
            },
        ),
        (
            "[Title] A\n[Date] in the spring\n",
            {"title": "A", "date": None},
        ),
        (
            "[Title] Tashkent Declaration\n[Date] June 10-11, 2010\n",
            {"date": datetime.date(2010, 6, 11)},
        ),
    ],
    ids=["notes-empty", "title-empty", "title-and-place-missing", "odd-date", "two-days"],
)
def test_header_variants(tmp_path: Path, header: str, expected: dict[str, object]) -> None:
    document = load(tmp_path, f"{DATABASE}{header}[Full text]\n\n{BODY}")
    found = {name: getattr(document.metadata, name) for name in expected}
    assert found == expected
    assert body(document) == BODY


def test_a_header_lost_but_for_its_title(tmp_path: Path) -> None:
    text = "[Title] DECLARATION BY THE HEADS\nToday we met.\nI\nThe first.\nII\nThe second."
    document = load(tmp_path, text)
    assert document.metadata.title == "DECLARATION BY THE HEADS"
    assert body(document).startswith("Today we met.")
    assert segment(document, level="paragraph")["section"].tolist() == [0, 1, 2]


def test_a_japanese_header(tmp_path: Path) -> None:
    text = (
        "データベース「世界と日本」(代表:田中明彦)\n\n[文書名] 共同宣言\n\n[場所] 東京\n"
        "[年月日] 2013年9月13日\n[出典] 外務省\n[備考] \n[全文]\n\n両国は会談した。協力を続ける。"
    )
    document = load(tmp_path, text)
    known = document.metadata
    assert (known.title, known.place, known.source) == ("共同宣言", "東京", "外務省")
    assert known.date == datetime.date(2013, 9, 13)
    assert known.language == "ja"
    assert len(segment(document, level="sentence")) == 2


def test_offsets_are_true_with_carriage_returns(tmp_path: Path) -> None:
    text = f"{DATABASE}[Title] A\n[Full text]\n\n{BODY}".replace("\n", "\r\n")
    document = load(tmp_path, text)
    assert document.text == text
    assert document.metadata.title == "A"
    frame = segment(document)
    for start, end, content in zip(frame["start"], frame["end"], frame["text"], strict=True):
        assert document.text[start:end] == content


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"{DATABASE}[Title] A\n[Full text]\n\n", "nothing follows the header"),
        (f"{DATABASE}[Title] A\n[Date] June 7, 2002\n", "nothing follows the header"),
        (DATABASE, "nothing follows the header"),
    ],
    ids=["empty-body", "no-full-text-and-no-body", "the-database's-name-alone"],
)
def test_a_page_without_its_body_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        load(tmp_path, text)


def test_a_bracket_in_the_body_is_no_header(tmp_path: Path) -> None:
    text = "[Title] A\n[Full text]\n\nFirst.\n\n[Place] is a word here.\n[Notes] too."
    document = load(tmp_path, text)
    assert document.metadata.place == ""
    assert "[Notes] too." in body(document)


@pytest.mark.parametrize(
    ("header", "title", "day"),
    [
        ("[Title] A\n[Date] June 7, 2002\n\n", "A", datetime.date(2002, 6, 7)),
        ("[Title]\nDeclaration\nof the Heads\n\n", "Declaration of the Heads", None),
        ("Declaration of the Heads\n\n", "Declaration of the Heads", None),
        ("", "", None),
    ],
    ids=["no-full-text", "the-title-alone", "no-keys", "neither-keys-nor-title"],
)
def test_a_body_is_found_below_what_is_left_of_a_header(
    tmp_path: Path, header: str, title: str, day: datetime.date | None
) -> None:
    document = load(tmp_path, f"{DATABASE}{header}{BODY}")
    assert (document.metadata.title, document.metadata.date) == (title, day)
    assert body(document) == BODY


def test_a_body_found_without_its_mark_is_said(tmp_path: Path) -> None:
    document = load(tmp_path, f"{DATABASE}[Title] A\n[Date] June 7, 2002\n\n{BODY}")
    assert any("no [Full text]" in notice for notice in document.notices)


@pytest.mark.parametrize(
    "written",
    [
        "June 9, 2017",
        "9 June 2017",
        "9th of June, 2017",
        "June 8-9, 2017",
        "June 8 and 9, 2017",
        "8-9 June 2017",
        "Jun. 9,2017",
        "2017-06-09",
        "2017/6/9",
        "9.6.2017",
        "2017年6月9日",
        "平成29年6月9日",
        "2017年6月8日、9日",
        "２０１７年６月９日",
        "9 июня 2017 г.",
    ],
)
def test_the_forms_of_a_date(written: str) -> None:
    assert parse_date(written) == datetime.date(2017, 6, 9)


@pytest.mark.parametrize("written", ["June 2017", "June 31, 2017", "2017", "", "Kuala Lumpur"])
def test_what_names_no_day_is_no_date(written: str) -> None:
    assert parse_date(written) is None
