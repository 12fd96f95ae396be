"""Word documents and Markdown: what a reader sees, and archives that are no documents."""

import datetime
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sco_research.errors import SourceError
from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import segment

FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="1"><w:p><w:r><w:t>See the Charter.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
RELATION = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
)
OVERRIDE = (
    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.footnotes+xml"/></Types>'
)


def word_file() -> bytes:
    """Return a document with headings, lists, a deletion, an insertion, a table and a footnote."""
    made = docx.Document()
    made.core_properties.title = "Lakeside Declaration"
    made.sections[0].header.paragraphs[0].text = "River Organization"
    made.add_heading("Lakeside Declaration", 0)
    made.add_paragraph("The heads of state met in Lakeside. They agreed.")
    made.add_heading("What was agreed", 1)
    made.add_paragraph("The member states will:")
    made.add_paragraph("open the archives;", style="List Bullet")
    made.add_paragraph("close the gap.", style="List Bullet")
    made.add_paragraph("They meet yearly.", style="List Number")
    made.add_paragraph("They part friends.", style="List Number")
    made.add_paragraph("")
    paragraph = made.add_paragraph("They ")
    space = nsdecls("w")
    for tag, inner in (("del", "delText"), ("ins", "t")):
        text = "never" if tag == "del" else "always"
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {space} w:id="5" w:author="x"><w:r><w:{inner}>{text}</w:{inner}></w:r>'
                f"</w:{tag}>"
            )
        )
    paragraph.add_run(" agree")
    paragraph._p.append(parse_xml(f'<w:r {space}><w:footnoteReference w:id="1"/></w:r>'))
    paragraph.add_run(".")
    made.add_table(rows=1, cols=1).rows[0].cells[0].text = "The table tells of the cost."
    buffer = io.BytesIO()
    made.save(buffer)
    return with_members(
        buffer.getvalue(),
        {"word/footnotes.xml": FOOTNOTES},
        {
            "word/_rels/document.xml.rels": ("</Relationships>", RELATION),
            "[Content_Types].xml": ("</Types>", OVERRIDE),
        },
    )


def with_members(
    data: bytes, added: dict[str, str], changed: dict[str, tuple[str, str]] | None = None
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            text = old.read(name)
            before, after = (changed or {}).get(name, ("", ""))
            new.writestr(name, text.replace(before.encode(), after.encode()) if before else text)
        for name, content in added.items():
            new.writestr(name, content)
    return buffer.getvalue()


def load(folder: Path, data: bytes, name: str = "text.docx") -> Document:
    path = folder / name
    path.write_bytes(data)
    return load_document(path)


def rows(document: Document, level: str) -> list[str]:
    frame = segment(document)
    return frame.loc[frame["level"] == level, "text"].tolist()


def test_a_word_document_is_read_as_it_is_shown(tmp_path: Path) -> None:
    document = load(tmp_path, word_file())
    assert rows(document, "heading") == ["Lakeside Declaration", "What was agreed"]
    assert rows(document, "paragraph") == [
        "The heads of state met in Lakeside. They agreed.",
        "The member states will:",
        "- open the archives;",
        "- close the gap.",
        "1. They meet yearly.",
        "2. They part friends.",
        "They always agree.",
        "The table tells of the cost.",
    ]
    assert document.metadata.title == "Lakeside Declaration"
    found = [(item.kind, item.text) for item in document.removed]
    assert ("footnote", "See the Charter.") in found
    assert ("running head", "River Organization") in found
    assert str(document.locate(document.text.index("close the gap"))) == "paragraph 6"


def test_a_word_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document '
    hostile = with_members(word_file(), {}, {"word/document.xml": ("<w:document ", entity)})
    with pytest.raises(SourceError, match=r"document\.xml: declares entities"):
        load(tmp_path, hostile)


def test_a_word_document_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = with_members(word_file(), {"word/media.xml": " " * 60_000_000})
    with pytest.raises(SourceError, match=r"unpacks from 0\.\d MB to 60\.\d MB"):
        load(tmp_path, bomb)


@pytest.mark.parametrize("cut", [slice(0, 3000), slice(2000, None)], ids=["its end", "its start"])
def test_a_damaged_word_document_says_so(tmp_path: Path, cut: slice) -> None:
    with pytest.raises(SourceError, match=r"text\.docx[:,] ") as error:
        load(tmp_path, b"PK\x03\x04" + word_file()[4:][cut])
    assert "\n" not in str(error.value)


def test_another_archive_under_the_name_of_a_word_document(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "We met.")
    with pytest.raises(SourceError, match=r"cannot be opened .*save it again as DOCX"):
        load(tmp_path, buffer.getvalue())


MARKDOWN = """---
title: Lakeside Declaration
place: Lakeside
date: 2017-06-09
---

# The *Lakeside* Declaration

The heads of state met[^1] in **Lakeside**,
and they agreed. See [the text](https://example.org).

## What was agreed

They will:

- open the archives;
- close the gap.

3. They meet.
4. They part.

> They call this "a new stage."

```
code
```

[^1]: In the spring.
"""


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    document = load(tmp_path, MARKDOWN.encode(), "text.md")
    assert rows(document, "heading") == ["The Lakeside Declaration", "What was agreed"]
    assert rows(document, "paragraph") == [
        "The heads of state met in Lakeside, and they agreed. See the text.",
        "They will:",
        "- open the archives;",
        "- close the gap.",
        "3. They meet.",
        "4. They part.",
        'They call this "a new stage."',
    ]
    known = document.metadata
    assert (known.title, known.place) == ("Lakeside Declaration", "Lakeside")
    assert known.date == datetime.date(2017, 6, 9)
    assert [(item.kind, item.text) for item in document.removed] == [
        ("footnote mark", "[^1]"),
        ("code", "code"),
        ("footnote", "In the spring."),
    ]
    assert str(document.locate(document.text.index("and they agreed"))) == "line 10"
