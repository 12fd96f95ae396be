"""Headers as organizations set them: title, day, place and issuer, in plain text and as a page.

All names of places and all texts are made up; the shapes are those of real documents.
"""

import datetime
import html
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sco_research import load_document

BODY = """\
The Parties met at the lake and agreed on a long list of measures for peace and trade in the whole \
region. They will combat terrorism together.

They shall protect the environment and the water of the lake for those who come after them. They \
intend to open their markets."""
WRAPPED = """\
The Parties met at the lake and agreed on a long list of measures for
peace and trade in the whole region. They will combat terrorism
together.
They shall protect the environment and the water of the lake for those
who come after them. They intend to open their markets."""
TABLE = Path(__file__).with_name("headers.toml")
HEADERS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["header"]
NAMES = [header["name"] for header in HEADERS]


def read(path: Path, text: str) -> tuple[str, datetime.date | None, str, str]:
    path.write_text(text, encoding="utf-8")
    known = load_document(path).metadata
    return known.title, known.date, known.place, known.organization


def filled(text: str) -> str:
    return text.replace("{BODY}", BODY).replace("{WRAPPED}", WRAPPED)


@pytest.mark.parametrize("header", HEADERS, ids=NAMES)
def test_a_header_is_read_as_a_reader_reads_it(tmp_path: Path, header: dict[str, Any]) -> None:
    title, day, place, issuer = read(tmp_path / "a.txt", filled(header["text"]))
    assert (title, day, place) == (header["title"], header["day"], header["place"])
    assert issuer == header.get("issuer", issuer)


@pytest.mark.parametrize("header", HEADERS, ids=NAMES)
def test_lines_of_windows_and_of_a_page_say_the_same(
    tmp_path: Path, header: dict[str, Any]
) -> None:
    text = filled(header["text"])
    plain = read(tmp_path / "a.txt", text)
    assert read(tmp_path / "b.txt", text.replace("\n", "\r\n")) == plain
    if "{WRAPPED}" not in header["text"] and "Distr." not in text:
        lines = (html.escape(line) for line in text.split("\n") if line.strip())
        page = "<!DOCTYPE html><body>" + "".join(f"<p>{line}</p>" for line in lines)
        assert read(tmp_path / "c.html", page)[1:] == plain[1:]
