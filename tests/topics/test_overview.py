"""A document on one screen: what stands there is what the frames hold, and it fits."""

from pathlib import Path

import pytest

from sco_research import code_themes, find_commitments, show
from sco_research.text.document import Document
from sco_research.text.segments import segment

EXPECTED = Path(__file__).with_name("expected-screen.txt")
"""The declaration's screen; `python tests/topics/test_overview.py` writes it anew, to be read."""


def test_the_declarations_screen_is_the_expected_one(declaration: Document) -> None:
    assert show(declaration).screen() + "\n" == EXPECTED.read_text(encoding="utf-8")


def test_the_strip_counts_the_sentences_of_each_section(declaration: Document) -> None:
    strip = show(declaration).strip
    codings = code_themes(declaration)
    sections = segment(declaration, level="sentence").set_index("segment_id")["section"]
    drugs = codings[codings["category"] == "security.drugs"].drop_duplicates("segment_id")
    (row,) = [row for row in strip.rows if row[0] == "Drugs"]
    counted = drugs["segment_id"].map(sections).astype(str).value_counts()
    assert row[1] == tuple(int(counted.get(part, 0)) for part in strip.parts)
    assert row[2] == sum(row[1])
    assert strip.parts == tuple("0123456")


def test_every_strict_undertaking_stands_in_a_line_with_its_anchor(declaration: Document) -> None:
    found = find_commitments(declaration)
    strict = found[found["strict"]]
    anchors = [anchor.partition(":")[2] for anchor in strict["segment_id"]]
    assert [item.anchor for item in show(declaration).undertakings or ()] == anchors


def test_a_long_text_without_sections_is_one_screen() -> None:
    text = "\n\n".join(f"The member states will open {n} schools." for n in range(300))
    seen = show(Document.from_text(text, id="long", title="A long text"))
    assert seen.strip.parts == tuple(map(str, range(1, 11)))
    assert not seen.strip.by_section
    lines = seen.screen(80).splitlines()
    assert len(lines) < 60
    assert max(map(len, lines)) <= 80
    assert "  and 280 more" in lines


@pytest.mark.parametrize(
    ("text", "language"),
    [("Главы государств встретились в Бишкеке.", "Russian"), ("元首们在比什凯克会晤。", "Chinese")],
)
def test_what_is_not_read_is_not_claimed(text: str, language: str) -> None:
    seen = show(Document.from_text(text, id="note"))
    assert seen.size.startswith(language)
    assert seen.undertakings is None
    assert not any("Modal verbs" in line for line in seen.language)
    assert "Strict undertakings: not read" in seen.screen()


def test_a_text_without_undertakings_or_words_says_so() -> None:
    for text in ("They met in Osh.", "7 + 7"):
        assert "Strict undertakings: none" in show(Document.from_text(text, id="note")).screen()


def test_notices_are_said(declaration: Document) -> None:
    note = Document.from_text("They met.\ud800", id="note")
    assert "  - 1 characters were broken" in show(note).screen()


def test_lines_taken_for_the_pages_are_said_with_their_words() -> None:
    text = "The states agree on a\nplan for the lake, and they\n7\nwill keep it.\n"
    screen = show(Document.from_text(text, id="note")).screen()
    assert "1 line is taken for numbers, heads or feet of pages" in screen
    assert "“7”" in screen


if __name__ == "__main__":
    from sco_research import load_document

    EXPECTED.write_text(show(load_document("sco-2013-bishkek")).screen() + "\n", encoding="utf-8")
