"""A header of keys and values above a text, in lines or a table, in every form of source."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import typst

from sco_research.loaders import load_document
from sco_research.loaders.header_lines import with_header_lines
from sco_research.loaders.source import ParsedSource
from sco_research.text.segments import segment

TITLE, DAY, PLACE, ISSUER = "Joint Statement on the Lake", "4 July 2013", "Zenda", "Lake League"
ROWS = (("Title", TITLE), ("Date", DAY), ("Place", PLACE), ("Organization", ISSUER))
SENTENCES = (
    "The states of the lake agree to open their locks to each other’s ships.",
    "They shall keep its water clean, and they will meet again in spring.",
)


def of_word(fill: Callable[..., None]) -> bytes:
    word = docx.Document()
    fill(word)
    for sentence in SENTENCES:
        word.add_paragraph(sentence)
    whole = io.BytesIO()
    word.save(whole)
    return whole.getvalue()


def word_table(word: "docx.document.Document") -> None:
    table = word.add_table(len(ROWS), 2)
    for number, cells in enumerate(ROWS):
        for place, words in enumerate(cells):
            table.cell(number, place).text = words


def word_lines(word: "docx.document.Document") -> None:
    word.add_heading(TITLE, 0)
    for key, value in ROWS[1:]:
        line = word.add_paragraph()
        line.add_run(f"{key}: ").bold = True
        line.add_run(value)


PROSE = "\n\n".join(SENTENCES)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(head: str) -> str:
    return f"<!DOCTYPE html><body><article>{head}{PARAGRAPHS}</article></body>"


def printed(head: str) -> bytes:
    made = typst.compile(f'#set page(numbering: "1")\n{head}\n\n{PROSE}'.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


FORMS: dict[str, str | bytes] = {
    "lines.txt": "\n".join(f"{key}: {value}" for key, value in ROWS) + f"\n\n{PROSE}\n",
    "capitals.txt": "\n".join(f"{key.upper()}\t{value}" for key, value in ROWS) + f"\n{PROSE}\n",
    "below.txt": "\n".join(f"{key}:\n{value}" for key, value in ROWS) + f"\n\n{PROSE}\n",
    "wrapped.txt": f"Title: Joint Statement\n  on the Lake\nDate: {DAY}, {PLACE}\nType: Statement\n"
    f"Organization: {ISSUER}\n\n{PROSE}\n",
    "lines.md": "\n".join(f"{key}: {value}" for key, value in ROWS) + f"\n\n{PROSE}\n",
    "list.md": f"# {TITLE}\n\n"
    + "\n".join(f"- **{key}**: {value}" for key, value in ROWS[1:])
    + f"\n\n{PROSE}\n",
    "table.md": "| Field | Value |\n|---|---|\n"
    + "\n".join(f"| **{key}** | {value} |" for key, value in ROWS)
    + f"\n\n{PROSE}\n",
    "table.html": page(
        "<table>"
        + "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in ROWS)
        + "</table>"
    ),
    "terms.html": page(
        f"<h1>{TITLE}</h1><dl>"
        + "".join(f"<dt>{key}</dt><dd>{value}</dd>" for key, value in ROWS[1:])
        + "</dl>"
    ),
    "table.docx": of_word(word_table),
    "lines.docx": of_word(word_lines),
    "table.pdf": printed(
        f"#table(columns: 2, {', '.join(f'[{key}], [{value}]' for key, value in ROWS)})"
    ),
    "lines.pdf": printed("\n\n".join(f"*{key}:* {value}" for key, value in ROWS)),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_header_of_keys_says_what_is_known_and_is_no_prose(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    source = FORMS[name]
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    document = load_document(path)
    known = document.metadata
    assert (known.title, known.place, known.issuer) == (TITLE, PLACE, ISSUER)
    assert known.date == datetime.date(2013, 7, 4)
    sentences = segment(document, level="sentence")["clean"]
    assert [part for one in sentences for part in one.split("\n")] == list(SENTENCES)
    assert any("lines of its header" in notice for notice in document.notices)


@pytest.mark.parametrize(
    "text",
    [
        # One key alone, keys below prose, a key of no field, and a header with nothing below it.
        f"Date: {DAY}\n\n{PROSE}",
        f"{SENTENCES[0]}\nTitle: {TITLE}\nDate: {DAY}\n{SENTENCES[1]}",
        f"Recalling: the Pact\nNoting: the lake\n\n{PROSE}",
        f"Place: {PLACE}\nLanguage: English\n\n{PROSE}",
        f"Title: {TITLE}\nDate: {DAY}\n",
    ],
)
def test_what_is_no_header_stays(text: str) -> None:
    reading = ParsedSource(text, (0, len(text)))
    assert with_header_lines(reading) is reading


def test_what_a_header_says_beside_is_kept_and_a_date_that_is_none_is_told() -> None:
    text = f"Title: {TITLE}\nDate: in spring\nStatus: In force\nLanguage: Russian\n\n{PROSE}"
    reading = with_header_lines(ParsedSource(text, (0, len(text)), place=PLACE))
    assert (reading.notes, reading.language, reading.place) == ("Status: In force", "ru", PLACE)
    assert "the date 'in spring' is in no known form" in reading.notices
