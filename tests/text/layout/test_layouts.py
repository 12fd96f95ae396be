"""Layouts as they are met, each a small text of our own with what a reader finds in it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import SentenceSegment, segments_of

FOLDER = Path(__file__).with_name("cases")
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
LINES = ("heading", "dateline", "signature", "annex")
HEADER = ("title", "place", "date", "source", "notes", "url", "language")


def file_of(name: str) -> Path:
    return next(path for path in FOLDER.glob(f"{name}.*"))


def load(name: str) -> Document:
    return load_document(file_of(name))


def found_in(document: Document) -> dict[str, Any]:
    segments = segments_of(document)
    sentences = [item for item in segments if isinstance(item, SentenceSegment)]
    paragraphs = [item for item in segments if item.level == "paragraph"]
    counts = [sum(s.paragraph == p.paragraph for s in sentences) for p in paragraphs]
    found: dict[str, Any] = {
        "sections": [item.section for item in paragraphs],
        "sentences": counts,
        "longest": max((item.text for item in sentences), key=len),
        "last": sentences[-1].text,
    }
    for level in LINES:
        texts = [document.text[s.start : s.end] for s in segments if s.level == level]
        found[level] = [" ".join(text.split()) for text in texts]
    return found


def test_every_text_has_its_expectation() -> None:
    found = [path.stem for path in FOLDER.iterdir() if path.suffix != ".toml"]
    assert sorted(EXPECTED) == sorted(found)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_layout_is_read_as_a_reader_reads_it(name: str) -> None:
    expected = EXPECTED[name]
    document = load(name)
    empty: dict[str, Any] = dict.fromkeys(HEADER, "") | {"date": None}
    header = {field: getattr(document.metadata, field) for field in HEADER}
    assert header == empty | {field: expected[field] for field in HEADER if field in expected}
    wanted = {level: expected.get(level, []) for level in LINES}
    for key in ("sections", "sentences", "longest", "last"):
        wanted[key] = expected[key]
    assert found_in(document) == wanted


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(name: str, line_end: str, tmp_path: Path) -> None:
    source = file_of(name)
    path = tmp_path / f"text{source.suffix}"
    path.write_bytes(source.read_bytes().replace(b"\n", line_end.encode()))
    assert found_in(load_document(path)) == found_in(load(name))


# A section in the text's own style, and where its closing lines begin.
ADDED = {
    "roman-numerals": ("IV\nThe Parties add this. They add that.\n", "Lakeside, June 7, 2002\n"),
    "stripped-numerals": (
        "\n\n\nThey add this.\n\nThey add that.",
        "\n\nPort Ferry, May 29, 2003\n",
    ),
    "numbered-paragraphs": ("\n\nWhat Comes Next\n\n7. We will add this. And that.\n", None),
    "hard-wrapped": (
        "Economy\n\n5. The member states will add this to what was said above, and that, in\n"
        "one sentence.\n\n",
        "Lakeside, 9 June 2017\n",
    ),
    "agreement-with-annex": (
        "\n\nAnnex 3\n\nList of Boats\n\nThe boats are red. All float.\n",
        None,
    ),
    "arabic-numerals": ("\n4.\n\nThe Council adds this. It adds that.\n", None),
    "roman-headings": ("\nIV. More Provisions\n\nThe Plan may be added to. It is long.\n", None),
    "double-spaced": (
        "\n\nThe member states will add to this what was said by the Council of the\n\n"
        "ministers, and will see to it that it is found.\n",
        None,
    ),
    "chinese": ("三、文化\n\n成员国将发展文化合作。\n\n", "2013年9月13日于比什凯克\n"),
    "russian": (
        "III. Туризм\n\nЛюбая страна принимает гостей.\n\n",
        "Президент Республики Верхняя\n",
    ),
    "lettered-and-nested": ("C. Ferries\n\n5. No ferry will be closed.\n\n", "Appendix to the"),
}


@pytest.mark.parametrize("name", ADDED)
def test_anchors_stay_when_a_section_is_added_after_them(name: str) -> None:
    document = load(name)
    body = document.text[slice(*document.body)]
    section, before = ADDED[name]
    place = body.index(before) if before else len(body)
    longer = Document.from_text(body[:place] + section + body[place:], id=document.id)
    plain = Document.from_text(body, id=document.id)
    earlier = [
        (item.id, item.level, item.section, item.start)
        for item in segments_of(plain)
        if 0 < item.end <= place and item.level != "document"
    ]
    kept = [(item.id, item.level, item.section, item.start) for item in segments_of(longer)]
    assert kept[1 : len(earlier) + 1] == earlier
    assert len(kept) > len(segments_of(plain))
