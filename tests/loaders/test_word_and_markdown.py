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


SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(*([text] if text else []), properties=place)


def word_of(*paragraphs: str, numbering: str = "", styles: str = "") -> bytes:
    """Return a Word document of paragraphs, lists and styles that are given as XML."""
    made = docx.Document()
    body = made.element.body
    for number, one in enumerate(parse_xml(f"<w:body {SPACES}>{''.join(paragraphs)}</w:body>")):
        body.insert(number, one)
    for style in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
        made.styles.element.append(style)
    root = made.part.numbering_part.element
    if numbering:
        for old in list(root):
            root.remove(old)
        for one in parse_xml(f"<w:numbering {SPACES}>{numbering}</w:numbering>"):
            root.append(one)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def level(depth: int, form: str, shape: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shape}"/></w:lvl>'
    )


def abstract(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, name: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{more}</w:num>'


def lines(document: Document) -> list[str]:
    return [line for line in document.text.splitlines() if line]


def test_items_bear_the_numbers_that_word_shows(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)", 2)}</w:lvlOverride>'
    numbering = (
        abstract(
            1,
            level(0, "decimal", "%1.", 3),
            level(1, "lowerLetter", "(%2)"),
            level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>"),
        )
        + abstract(2, level(0, "upperRoman", "%1)", 2), level(1, "decimalZero", "%2", 26))
        + abstract(3, level(0, "lowerLetter", "%1)", 26))
        + abstract(
            4,
            level(0, "decimal", "%1."),
            level(1, "decimal", "%2;", 1, '<w:lvlRestart w:val="0"/>'),
        )
        + abstract(5, level(0, "none", ""))
        + abstract(6, level(0, "japaneseCounting", "%1、", 10))
        + listed(1, 1)
        + listed(2, 1)
        + listed(3, 1, anew)
        + listed(4, 2)
        + listed(5, 3)
        + listed(6, 4)
        + listed(7, 5)
        + listed(8, 6)
        + listed(9, 1, other)
    )
    given = [
        ("First.", 1, 0, "3. First."),
        ("Second.", 1, 0, "4. Second."),
        ("Below.", 1, 1, "(a) Below."),
        ("Below it.", 1, 2, "4.1.1 Below it."),
        ("", 1, 1, ""),
        ("Below again.", 1, 1, "(c) Below again."),
        ("It goes on.", 2, 0, "5. It goes on."),
        ("A new one below.", 2, 1, "(a) A new one below."),
        ("Told to start anew.", 3, 0, "5. Told to start anew."),
        ("It counts on.", 3, 0, "6. It counts on."),
        ("It counts on too.", 1, 0, "7. It counts on too."),
        ("Roman.", 4, 0, "II) Roman."),
        ("Two figures.", 4, 1, "26 Two figures."),
        ("The last letter.", 5, 0, "z) The last letter."),
        ("Twice the first.", 5, 0, "aa) Twice the first."),
        ("One.", 6, 0, "1. One."),
        ("Under one.", 6, 1, "1; Under one."),
        ("Two.", 6, 0, "2. Two."),
        ("Under two.", 6, 1, "2; Under two."),
        ("No mark.", 7, 0, "No mark."),
        ("首脳は会談した。", 8, 0, "十、 首脳は会談した。"),
        ("協力を続ける。", 8, 0, "十一、 協力を続ける。"),
        ("Another form.", 9, 0, "VIII) Another form."),
        ("No list.", 0, 0, "No list."),
    ]
    data = word_of(*(item(*one[:3]) for one in given), numbering=numbering)
    assert lines(load(tmp_path, data)) == [one[3] for one in given if one[3]]


def test_a_text_box_is_read_once_as_paragraphs_of_its_own(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('They boxed it.')}{paragraph('Twice.')}</w:txbxContent>"
    drawn = f"<wps:txbx>{box}</wps:txbx>"
    old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    for shape in (both, f"<w:r>{old}</w:r>"):
        data = word_of(paragraph("They met ", shape, "in Lakeside."), paragraph("They parted."))
        assert rows(load(tmp_path, data), "paragraph") == [
            "They met in Lakeside.",
            "They boxed it.",
            "Twice.",
            "They parted.",
        ]


def test_what_a_reader_does_not_see_is_left_out_and_listed(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Draft"><w:name w:val="Draft"/><w:rPr><w:vanish/>'
        '</w:rPr></w:style><w:style w:type="character" w:styleId="Child"><w:name w:val="Child"/>'
        '<w:basedOn w:val="Draft"/></w:style>'
    )
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('せんげん')}</w:rt><w:rubyBase>{run('宣言')}"
        "</w:rubyBase></w:ruby></w:r>"
    )
    data = word_of(
        paragraph(
            "They ",
            run("secretly ", "<w:vanish/>"),
            run("often ", '<w:vanish w:val="0"/>'),
            run("by a note ", '<w:rStyle w:val="Child"/>'),
            run("never ", "<w:strike/>"),
            run("agree.", '<w:rStyle w:val="Child"/><w:vanish w:val="false"/>'),
        ),
        paragraph("首脳は", ruby, "を採択した。"),
        styles=styles,
    )
    document = load(tmp_path, data)
    assert lines(document) == ["They often agree.", "首脳は宣言を採択した。"]
    assert [(one.kind, one.text) for one in document.removed] == [
        ("hidden text", "secretly"),
        ("hidden text", "by a note"),
        ("struck-out text", "never"),
        ("ruby reading", "せんげん"),
    ]


@pytest.mark.parametrize("sign", ['<w:del w:id="1" w:author="a"/>', "<w:vanish/>"])
def test_a_paragraph_mark_that_is_gone_ends_no_paragraph(tmp_path: Path, sign: str) -> None:
    gone = f"<w:rPr>{sign}</w:rPr>"
    data = word_of(
        paragraph("They agree to ", properties=gone),
        paragraph("keep ", properties=gone),
        paragraph("the peace."),
        paragraph("They part."),
    )
    assert rows(load(tmp_path, data), "paragraph") == [
        "They agree to keep the peace.",
        "They part.",
    ]


def told(document: Document) -> list[tuple[str, str]]:
    """Return what was left out of a document, each piece with its kind."""
    return [(one.kind, one.text) for one in document.removed]


@pytest.mark.parametrize("sign", ['<w:del w:id="1" w:author="a"/>', "<w:vanish/>"])
def test_a_mark_that_is_gone_joins_within_its_cell_and_around_its_box(
    tmp_path: Path, sign: str
) -> None:
    gone = f"<w:rPr>{sign}</w:rPr>"
    cells = "".join(f"<w:tc>{paragraph(one, properties=gone)}</w:tc>" for one in ("Goal", "2020"))
    inner = paragraph("A box.", properties=gone)
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    data = word_of(
        paragraph("They met ", box, properties=gone),
        paragraph("and parted."),
        paragraph("They agreed:", properties=gone),
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
        paragraph("They will meet."),
    )
    assert lines(load(tmp_path, data)) == [
        "They met and parted.",
        "A box.",
        "They agreed:",
        "Goal\t2020",
        "They will meet.",
    ]


def test_rows_and_cells_that_are_gone_are_listed(tmp_path: Path) -> None:
    gone = '<w:del w:id="1" w:author="a"/>'
    cell = f"<w:tcPr>{gone.replace('w:del', 'w:cellDel')}</w:tcPr>"
    rows = (
        f"<w:tr><w:trPr>{gone}</w:trPr><w:tc>{paragraph('Deleted.')}</w:tc></w:tr>",
        f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('Hidden.')}</w:tc></w:tr>",
        f"<w:tr><w:tc>{cell}{paragraph('A cell.')}</w:tc>"
        f"<w:tc>{paragraph('It stays.')}</w:tc></w:tr>",
        f'<w:tr><w:trPr><w:hidden w:val="0"/></w:trPr><w:tc>{paragraph("Shown.")}</w:tc></w:tr>',
    )
    document = load(tmp_path, word_of(paragraph("They met."), f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert lines(document) == ["They met.", "It stays.", "Shown."]
    assert told(document) == [
        ("deleted text", "Deleted."),
        ("hidden text", "Hidden."),
        ("deleted text", "A cell."),
    ]


def test_what_two_styles_hide_is_shown(tmp_path: Path) -> None:
    hides = "<w:rPr><w:vanish/></w:rPr>"
    styles = (
        f'<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/>{hides}</w:style>'
        f'<w:style w:type="character" w:styleId="C"><w:name w:val="C"/>{hides}</w:style>'
    )
    data = word_of(
        paragraph("They met."),
        paragraph(
            run("They agreed.", '<w:rStyle w:val="C"/>'),
            " Not this.",
            properties='<w:pStyle w:val="P"/>',
        ),
        styles=styles,
    )
    document = load(tmp_path, data)
    assert lines(document) == ["They met.", "They agreed."]
    assert told(document) == [("hidden text", "Not this.")]


def test_a_style_of_a_list_stands_at_its_level(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}<w:pPr>'
        "<w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        for name, base in (("Clause", ""), ("Point", ""), ("Own", '<w:basedOn w:val="Point"/>'))
    )
    numbering = abstract(
        1,
        level(0, "decimal", "%1.", more='<w:pStyle w:val="Clause"/>'),
        level(1, "lowerLetter", "(%2)", more='<w:pStyle w:val="Point"/>'),
    ) + listed(1, 1)
    given = [("Clause", "One."), ("Point", "Under."), ("Own", "Under too."), ("Clause", "Two.")]
    data = word_of(
        *(paragraph(text, properties=f'<w:pStyle w:val="{name}"/>') for name, text in given),
        numbering=numbering,
        styles=styles,
    )
    assert lines(load(tmp_path, data)) == ["1. One.", "(a) Under.", "(b) Under too.", "2. Two."]


@pytest.mark.parametrize(
    ("form", "twelve"),
    [
        ("ordinal", "12th"),
        ("ideographDigital", "一二"),
        ("chineseCounting", "十二"),
        ("decimalEnclosedCircle", "⑫"),
        ("decimalFullWidth", "\uff11\uff12"),
        ("thaiNumbers", "๑๒"),
        ("ganada", "타"),
        ("upperRoman", "XII"),
        ("cardinalText", "12"),
        ("ideographTraditional", "12"),
    ],
)
def test_numbers_are_written_as_word_writes_them_or_it_is_said(
    tmp_path: Path, form: str, twelve: str
) -> None:
    numbering = abstract(1, level(0, form, "%1.", 12)) + listed(1, 1)
    document = load(tmp_path, word_of(item("They meet.", 1), numbering=numbering))
    assert lines(document) == [f"{twelve}. They meet."]
    said = [notice for notice in document.notices if form in notice]
    assert bool(said) == (twelve == "12")


def test_no_words_of_a_word_file_are_lost_in_silence(tmp_path: Path) -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><m:t>a + b</m:t></m:r></m:oMath>'
    data = word_of(
        paragraph("The sum ", formula, " is known."),
        paragraph("They met ", '<w:r><w:sym w:font="Webdings" w:char="F0FC"/></w:r>', "again."),
        paragraph("They part.", "<w:odd>Nobody knows it.</w:odd>"),
        "<w:r><w:t>It floats.</w:t></w:r>",
    )
    document = load(tmp_path, data)
    assert lines(document) == ["The sum a + b is known.", "They met again.", "They part."]
    assert told(document) == [
        ("sign of a font without letters", "Webdings F0FC"),
        ("text in an unknown part", "Nobody knows it."),
        ("text outside the paragraphs", "It floats."),
    ]


def field(instruction: str, result: str) -> str:
    """Return a field; its parts may hold another."""
    signs = [
        f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")
    ]
    return f"{signs[0]}{instruction}{signs[1]}{result}{signs[2]}"


def test_a_field_shows_its_result_alone(tmp_path: Path) -> None:
    def told_to(words: str) -> str:
        return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'

    inner = field(told_to("MERGEFIELD place"), run("Lakeside"))
    data = word_of(
        paragraph(
            "They met in ", field(told_to("IF ") + inner + told_to(' = ""'), run("Zenda")), "."
        ),
        paragraph("They met in ", field(told_to("REF x"), run("old ") + inner), "."),
    )
    document = load(tmp_path, data)
    assert lines(document) == ["They met in Zenda.", "They met in old Lakeside."]
    assert told(document) == []


def test_a_deleted_row_is_not_read(tmp_path: Path) -> None:
    cells = [f"<w:tc>{paragraph(text)}</w:tc>" for text in ("They stay.", "They are gone.")]
    gone = '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>'
    table = f"<w:tbl><w:tr>{cells[0]}</w:tr><w:tr>{gone}{cells[1]}</w:tr></w:tbl>"
    assert lines(load(tmp_path, word_of(paragraph("They met."), table))) == [
        "They met.",
        "They stay.",
    ]


def test_raised_figures_in_word_are_powers_or_lead_to_notes(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    data = word_of(
        paragraph(
            "The Charter",
            run("1", raised),
            " of 5 km",
            run("2", raised),
            " serves 10",
            run("6", raised),
            " people on the 60",
            run("th", raised),
            " day.",
        ),
    )
    document = load(tmp_path, data)
    assert lines(document) == ["The Charter of 5 km² serves 10⁶ people on the 60th day."]
    assert [(one.kind, one.text) for one in document.removed] == [("footnote mark", "1")]


def test_comments_are_kept_apart(tmp_path: Path) -> None:
    made = docx.Document()
    met = made.add_paragraph("They met.")
    made.add_comment(met.runs, text="Is that so?", author="a")
    buffer = io.BytesIO()
    made.save(buffer)
    document = load(tmp_path, buffer.getvalue())
    assert lines(document) == ["They met."]
    assert [(one.kind, one.text) for one in document.removed] == [("comment", "Is that so?")]


def test_a_heading_is_told_by_its_outline_level(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl '
        'w:val="1"/></w:pPr></w:style>'
    )
    heads = ('<w:pStyle w:val="Own"/>', '<w:outlineLvl w:val="0"/>')
    data = word_of(
        paragraph("They met and they parted."),
        paragraph("What they have agreed.", properties=heads[0]),
        paragraph("They will meet."),
        paragraph("What they will do.", properties=heads[1]),
        paragraph("They will part."),
        styles=styles,
    )
    assert rows(load(tmp_path, data), "heading") == ["What they have agreed.", "What they will do."]


def test_a_damaged_part_is_one_clear_line(tmp_path: Path) -> None:
    for part in ("word/numbering.xml", "word/styles.xml", "word/document.xml"):
        broken = with_members(word_file(), {}, {part: ("<w:", "<w:<")})
        with pytest.raises(SourceError, match=r"text\.docx") as error:
            load(tmp_path, broken)
        assert "\n" not in str(error.value)


def marked(document: Document) -> list[str]:
    """Return the lines that the source itself marks as headings."""
    assert document.origin is not None
    return [document.text[start:].split("\n")[0] for start in document.origin.headings]


MADE_OF_A_PAGE = """---
title: "Lakeside\\_Declaration"
date: '2017-06-12'
published_time: 2017-06-12 10:30:13-05:00
source_url: https://example.org/a
lang: en
---
\xa0
**Lakeside, 9 June 2017**

**WE**,\xa0the heads of state, met in the spring.\x20\x20
\xa0\x20
**RECALLING\xa0**the Charter, they agreed.\x20\x20
\xa0\x20
**What was agreed**\x20\x20
\x20\x20
1\\. They will open the archives of the river.
2\\. They will close
the gap by 2018
3\\. Ships pass freely.

***On what comes next:***

3. <sup>1 </sup>They meet[^a] on 5 km<sup>2</sup> for the 60<sup>th</sup> time,
   ~~never~~ <del>rarely</del> often.

   They stay for a week.

**They will do so every year.**

\xa0\xa0\xa0\xa0They will part friends.

Mira Stone, President of Ruritania\x20\x20
Ivo Brook, Prime Minister of
Zenda

—–\x20\x20
<sup>1 </sup>One member has
another view.

[^a]: In the spring,
as in every year.

    And in autumn.

![Logo](a.png)

\\###
"""


def test_markdown_made_of_a_page_reads_as_the_page_did(tmp_path: Path) -> None:
    document = load(tmp_path, MADE_OF_A_PAGE.replace("\\_", "\xa0").encode(), "text.md")
    assert marked(document) == ["What was agreed", "On what comes next:"]
    assert [line for line in document.text.splitlines() if line] == [
        "Lakeside, 9 June 2017",
        "WE, the heads of state, met in the spring.",
        "RECALLING the Charter, they agreed.",
        "What was agreed",
        "1. They will open the archives of the river.",
        "2. They will close the gap by 2018",
        "3. Ships pass freely.",
        "On what comes next:",
        "3. They meet on 5 km² for the 60th time, often.",
        "They stay for a week.",
        "They will do so every year.",
        "They will part friends.",
        "Mira Stone, President of Ruritania",
        "Ivo Brook, Prime Minister of Zenda",
    ]
    paragraphs = document.text.split("\n\n")
    assert "Mira Stone, President of Ruritania\nIvo Brook, Prime Minister of Zenda" in paragraphs
    found = [(one.kind, one.text) for one in document.removed]
    assert ("footnote", "In the spring, as in every year. And in autumn.") in found
    assert ("image", "Logo") in found
    assert [text for kind, text in found if kind == "struck-out text"] == ["never", "rarely"]
    assert [text for kind, text in found if kind == "footnote mark"] == ["[^a]", "1"]
    assert " ".join(text for kind, text in found if kind == "footnote").startswith(
        "1 One member has another view."
    )
    assert [text for kind, text in found if kind == "rule"] == ["—–", "###"]
    known = document.metadata
    assert (known.title, known.url) == ("Lakeside Declaration", "https://example.org/a")
    assert (known.date, known.place) == (datetime.date(2017, 6, 9), "Lakeside")


def test_a_post_without_a_date_of_its_own_has_that_of_its_publication(tmp_path: Path) -> None:
    text = "---\ndate: 2017-06-12\npublished_time: 2017-06-12 10:30\n---\nThey met.\n"
    document = load(tmp_path, text.encode(), "text.md")
    assert document.metadata.date == datetime.date(2017, 6, 12)
    assert "the date is taken from the day the source was published" in document.notices
    own = text.replace("date: 2017-06-12\n", "date: 2017-06-09\n", 1)
    assert load(tmp_path, own.encode(), "text.md").metadata.date == datetime.date(2017, 6, 9)


def test_prose_above_a_rule_is_no_heading_and_markup_is_read(tmp_path: Path) -> None:
    text = (
        "They met in Lakeside.\n---\n\nTitle of it\n===\n\n<p align='center'>They agreed<sup>1"
        "</sup> on it.</p>\n\n<!-- no words -->\n\n| State | Share |\n|---|---|\n| A | 1 |\n"
    )
    document = load(tmp_path, text.encode(), "text.md")
    assert marked(document) == ["Title of it"]
    assert [line for line in document.text.splitlines() if line] == [
        "They met in Lakeside.",
        "Title of it",
        "They agreed on it.",
        "State\tShare",
        "A\t1",
    ]
    assert [one.kind for one in document.removed] == ["footnote mark", "markup"]


def test_a_paragraph_bold_as_a_whole_is_a_heading(tmp_path: Path) -> None:
    bold = "<w:b/>"
    data = word_of(
        paragraph(run("What was ", bold), run("agreed", bold)),
        paragraph(run("They", bold), " met and they parted"),
        paragraph(run("They will do so again.", bold)),
        paragraph(run("They will:", bold)),
        paragraph(run("Lakeside, 9 June 2017", bold)),
        paragraph("They part."),
    )
    assert marked(load(tmp_path, data)) == ["What was agreed"]
    page = (
        "<html><body><p><b>What was agreed</b></p><p><b>They</b> met and they parted</p><div>"
        "<strong>What comes next</strong></div><p><b>They will do so again.</b></p><ul><li><p>"
        "<b>An item</b></p></li></ul><p><strong>They will:</strong></p><p>###</p></body></html>"
    )
    document = load(tmp_path, page.encode(), "a.html")
    assert marked(document) == ["What was agreed", "What comes next"]
    assert [(one.kind, one.text) for one in document.removed] == [("rule", "###")]


def test_a_list_prints_the_numbers_that_its_source_does(tmp_path: Path) -> None:
    text = "Preface\n\n1. They met.\n2. They sat.\n\n10. They ate.\n11. They left.\n\n"
    text += "They parted.\n\n1) They met.\n1) They ate.\n1) They left.\n"
    assert lines(load(tmp_path, text.encode(), "text.md"))[1:] == [
        "1. They met.",
        "2. They sat.",
        "10. They ate.",
        "11. They left.",
        "They parted.",
        "1) They met.",
        "2) They ate.",
        "3) They left.",
    ]


def test_a_row_of_links_below_the_title_is_no_heading(tmp_path: Path) -> None:
    row = " | ".join(f"[{words}](/x)" for words in ("Home", "About us", "Contact"))
    text = f"# Lakeside Declaration\n\n{row}\n\nThey met in Lakeside and agreed on peace.\n"
    document = load(tmp_path, text.encode(), "text.md")
    assert rows(document, "heading") == ["Lakeside Declaration"]
    assert told(document) == [("links", "Home | About us | Contact")]
    # Links in the prose are its own.
    text = text.replace(row, f"They thank {row.replace(' | ', ', ')}.")
    assert told(load(tmp_path, text.encode(), "text.md")) == []


def test_raised_and_lowered_signs_of_pandoc(tmp_path: Path) -> None:
    text = (
        "# A title\n\nWe plant 10^6^ trees on 5 km^2^ by the 1^st^ of May.^3^ We cut CO~2~, not "
        "~~never~~ H~2~O.[^1][^2] The x^2 and y^2 of ~5 and ~6 stay.\n\n[^1]: A.\n[^2]: B.\n"
    )
    document = load(tmp_path, text.encode(), "a.md")
    assert rows(document, "sentence") == [
        "We plant 10⁶ trees on 5 km² by the 1st of May.",
        "We cut CO2, not H2O.",
        "The x^2 and y^2 of ~5 and ~6 stay.",
    ]
    marks = [one.text for one in document.removed if one.kind == "footnote mark"]
    assert sorted(marks) == ["3", "[^1]", "[^2]"]
