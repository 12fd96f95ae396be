"""Whole documents as organizations and their sites publish them: header and sentences, all right.

They stand in ``whole_documents.toml``; a table's second row is another document of the same file.
"""

import io
import tomllib
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH

from sco_research.loaders import load_corpus
from sco_research.text.segments import segment

TABLE = Path(__file__).with_name("whole_documents.toml")
DOCUMENTS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["document"]
TEXTS = {one["name"]: one["text"] for one in DOCUMENTS if "text" in one}
NAMES = [f"{one['name']}-{one.get('number', 0)}" for one in DOCUMENTS]


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        mark, _, words = line.partition(" ")
        if mark == "*":
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(words).bold = True
        elif mark == "#":
            document.add_paragraph(words, style="List Number")
        else:
            document.add_paragraph(line)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def source_of(name: str) -> bytes:
    text: str = TEXTS[name]
    if name.endswith(".docx"):
        return word(text)
    if name.endswith(".pdf"):
        made = typst.compile(text.encode(), format="pdf")
        assert isinstance(made, bytes)
        return made
    return text.encode()


@pytest.mark.parametrize("whole", DOCUMENTS, ids=NAMES)
def test_a_document_is_read_with_its_header_and_its_sentences(
    tmp_path: Path, whole: dict[str, Any]
) -> None:
    path = tmp_path / whole["name"]
    path.write_bytes(source_of(whole["name"]))
    document = list(load_corpus(path))[whole.get("number", 0)]
    known = document.metadata
    assert (known.title, known.date, known.place) == (whole["title"], whole["day"], whole["place"])
    sentences = segment(document, level="sentence")["clean"]
    assert [" ".join(one.split()) for one in sentences] == whole["sentences"]
