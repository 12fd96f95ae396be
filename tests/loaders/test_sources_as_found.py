"""Sources as sites, converters and word processors leave them, each wrong in a way of its own."""

import datetime
import json
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sco_research.loaders import load_document
from sco_research.reports.annotation import source_notes
from sco_research.text.document import Document
from sco_research.text.segments import Level, segment
from tests.loaders import pdf_files as files

P1 = "The Parties met at the lake and agreed on a long list of measures for peace and trade."
P2 = "They shall protect the environment and the water of the lake for those who come after them."
P3 = "The Heads of State welcomed the new members and thanked the host for the warm welcome."
DAY = datetime.date(2015, 6, 8)


def loaded(folder: Path, name: str, text: str | bytes) -> Document:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_document(path)


def clean(document: Document, level: Level = "sentence") -> list[str]:
    frame = segment(document, level=level)
    return [str(text) for text in frame["clean"]]


def numbers(document: Document) -> list[str]:
    return [str(number) for number in segment(document, level="paragraph")["number"]]


def kinds(document: Document) -> set[str]:
    return {one.kind for one in document.removed}


# --- pages of sites

CAPTION = (
    "<figure><img src='a.jpg'><figcaption>Leaders at the lake. Photo: AP</figcaption></figure>"
)
PULLED = f"<blockquote class='pull-quote'><p>{P2}</p></blockquote>"
CONTACT = "<div class='press-contacts'><h3>Press contacts</h3><p>A. Lee, +32 2 281 00 00</p></div>"
FOOT = (
    "<hr><p>This Information System is provided by the University.<br>Please send comments to us."
    "<br>This page was last updated on 10 June 2015.</p><p>All contents copyright © 2015.</p>"
)
OUT = {
    "caption": f"<p>{P1}</p>{CAPTION}<p>{P2}</p><p>{P3}</p>",
    "caption-in-a-div": f"<p>{P1}</p><div><img src='a.jpg'><div class='caption'>Seen at the lake."
    f"</div></div><p>{P2}</p><p>{P3}</p>",
    "pull quote": f"<p>{P1}</p>{PULLED}<p>{P2}</p><p>{P3}</p>",
    "contacts": f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>{CONTACT}",
    "page footer": f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>{FOOT}",
    "page footer-unofficial": f"<p>{P1}</p><p>{P2}</p><p>{P3}</p><div class='disclaimer'><p>For "
    "information media. Not an official record.</p></div>",
    "links": f"<table><tr><td><a href='/'>Home</a><br><a href='/a'>About us</a><br><a href='/d'>"
    f"Documents</a></td><td>{P1}<br><br>{P2}<br><br>{P3}</td></tr></table>",
    "footnote": f"<p>{P1}<sup>1</sup></p><p>{P2}</p><p>{P3}<br>—–<br><sup>1</sup>One member has "
    "another view.</p>",
}


@pytest.mark.parametrize("kind", OUT)
def test_what_a_site_sets_in_its_article_is_no_sentence(tmp_path: Path, kind: str) -> None:
    document = loaded(tmp_path, "a.html", f"<!DOCTYPE html><body>{OUT[kind]}</body>")
    assert clean(document) == [P1, P2, P3]
    assert kind.partition("-")[0] in kinds(document)
    assert any(notice.startswith("left out of the article") for notice in document.notices)


def test_a_quotation_that_stands_nowhere_else_is_text(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><body><p>{P1}</p>{PULLED}<p>{P3}</p></body>"
    assert clean(loaded(tmp_path, "a.html", page)) == [P1, P2, P3]


def test_a_layout_of_cells_keeps_its_numbers_and_what_stands_below_it(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}.</td><td>{p} {p}</td></tr>" for n, p in enumerate((P1, P2), 1))
    page = f"<html><body><h1>Pact</h1><table>{rows}</table><p>Zenda, 8 June 2015</p></body></html>"
    document = loaded(tmp_path, "a.html", page)
    assert numbers(document) == ["1", "2"]
    assert (document.metadata.date, document.metadata.place) == (DAY, "Zenda")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Pact</h1><p class='published'>Published: 12 June 2015. Updated: 15 June 2015</p>"
        f"<p>{P1}</p><p>{P2}</p><p>Done at Zenda on 8 June 2015.</p>",
        f"<h1>Pact, 8 June 2015</h1><p>Posted on 12 June 2015</p><p>{P1}</p><p>{P2}</p>",
        "<header><h2>Pact</h2><div>Date:</div><div>8 June 2015</div><div>Location:</div>"
        f"<div>Zenda</div></header><div><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>",
    ],
)
def test_the_day_of_a_text_is_not_that_of_its_page(tmp_path: Path, body: str) -> None:
    document = loaded(tmp_path, "a.html", f"<!DOCTYPE html><html><body>{body}</body></html>")
    assert document.metadata.date == DAY
    assert document.metadata.title.startswith("Pact")


def test_a_resolution_quoted_in_a_release_keeps_its_numbers(tmp_path: Path) -> None:
    quoted = (
        "<p>“<em>The Security Council,</em></p><p>“1. <em>Decides</em> to stay;</p>"
        "<p>“2. <em>Requests</em> a report.”</p>"
    )
    document = loaded(tmp_path, "a.html", f"<!DOCTYPE html><body><p>{P1}</p>{quoted}</body>")
    assert numbers(document) == ["", "", "1", "2"]
    assert clean(document)[-2:] == ["Decides to stay;", "Requests a report.”"]


# --- Markdown of converters


@pytest.mark.parametrize(
    "text",
    [
        "::: {.content}\n# Pact {#pact .unnumbered}\n\n[Zenda]{.place}, 8 June 2015\n\n"
        f"{P1}\n\n{P2}\n:::\n",
        "[Skip to content](#main)\n\n* [Home](/)\n* [News](/news)\n\nPact\n====\n\n"
        f"Zenda,  \n8 June 2015\n\n{P1}\n\n{P2}\n\n[Share](https://a.org) [Tweet](https://b.org)\n\n"
        "© 2015 Office. All rights reserved.\n",
        f"# Pact\n\n**Zenda, 8 June 2015**\n\n{P1}[\\[1\\]](#_ftn1)\n\n{P2}\n\n"
        "[\\[1\\]](#_ftnref1) One member has another view.\n",
        f"# Pact\n\n*Zenda, 8 June 2015*\n\n{P1}\n\n{P2}\n\n"
        "## Footnotes\n\n1. One member disagrees.\n",
    ],
)
def test_marks_of_converters_and_sites_are_no_text(tmp_path: Path, text: str) -> None:
    document = loaded(tmp_path, "a.md", text)
    known = document.metadata
    assert (known.title, known.date, known.place) == ("Pact", DAY, "Zenda")
    assert clean(document) == [P1, P2]


def test_a_list_of_links_in_a_text_is_its_own(tmp_path: Path) -> None:
    text = f"# Pact\n\n{P1}\n\n**Annex:**\n\n- [The Plan](/plan)\n\n{P2}\n"
    assert "The Plan" in loaded(tmp_path, "a.md", text).text


@pytest.mark.parametrize(
    "signers",
    [
        "President J. R. Smith, Jr. of Ruritania  \nAmbassador Odo Ali of Strelsau  \n"
        "Foreign Affairs Minister Ann Lee of Zenda",
        "For Ruritania | For Zenda\n---|---\nA. B. Smith | C. D. Jones",
        "Signed by:  \nPermanent Secretary Collin Ali of the Lake Islands  \nSpecial Envoy A. Lee",
    ],
)
def test_signers_are_a_block(tmp_path: Path, signers: str) -> None:
    document = loaded(tmp_path, "a.md", f"# Pact\n\n{P1}\n\n{P2}\n\n{signers}\n")
    assert clean(document) == [P1, P2]
    assert len(clean(document, "signature")) == (2 if "|" in signers else 3)


# --- Word


def word(folder: Path, *bodies: str) -> Document:
    made = docx.Document()
    made.core_properties.title = "Microsoft Word - draft3.docx"
    for body in bodies:
        made.element.body.insert(len(made.element.body) - 1, parse_xml(body))
    path = folder / "a.docx"
    made.save(str(path))
    return load_document(path)


def w_p(text: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p {nsdecls('w')}>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def w_table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{w_p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl {nsdecls('w')}>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_in_word_is_read_row_by_row(tmp_path: Path) -> None:
    table = w_table(("State", "Pledge"), ("Alpha", "a railway"), ("Beta", "a port"))
    document = word(tmp_path, w_p("PACT"), w_p(P1), table, w_p(P2))
    assert "State\tPledge\nAlpha\ta railway\nBeta\ta port" in document.text
    assert clean(document) == [P1, P2]
    # What a program calls a file is no title.
    assert document.metadata.title == "PACT"


def test_numbers_in_cells_of_their_own_are_those_of_paragraphs(tmp_path: Path) -> None:
    document = word(tmp_path, w_p("PACT"), w_table(("1.", P1), ("2.", P2), ("3.", P3)))
    assert numbers(document) == ["1", "2", "3"]
    assert clean(document) == [P1, P2, P3]


def test_contents_and_placeholders_are_left_out(tmp_path: Path) -> None:
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{w_p('Click here to enter text.')}</w:sdtContent></w:sdt>"
    )
    document = word(tmp_path, w_p("PACT"), w_p("I. Trade 2", "TOC1"), control, w_p(P1), w_p(P2))
    assert clean(document) == [P1, P2]
    assert kinds(document) == {"table of contents", "placeholder"}
    assert document.notices[0].startswith("left out: table of contents (1), placeholder (1), ")


def test_what_is_put_in_whole_is_told(tmp_path: Path) -> None:
    chunk = f"<w:altChunk {nsdecls('w')}/>"
    document = word(tmp_path, w_p(P1), chunk, w_p(P2))
    assert any("1 file that is put in whole is not read" in one for one in document.notices)


# --- PDF


def paged(header: str, *, pages: int = 3) -> str:
    body = "\n\n".join(f"#box[{n}.] {P1} {P2} {P3}" for n in range(1, 9 * pages))
    return (
        f"#set page(width: 12cm, height: 12cm, header: context {{ {header} }})\n"
        f'#set text(size: 9pt, lang: "en")\n#set par(justify: true)\n{body}'
    )


@pytest.mark.parametrize(
    "header",
    [
        "if calc.odd(here().page()) [Pact on Fish] else [#here().page() #h(1fr) Lake League, 2015]",
        "if here().page() == 2 [Chapter I: Fish] else if here().page() > 2 [Chapter II: Water]",
    ],
)
def test_heads_that_change_are_no_text(tmp_path: Path, header: str) -> None:
    document = loaded(tmp_path, "a.pdf", files.typeset(paged(header)))
    assert set(clean(document)) == {P1, P2, P3}
    assert clean(document, "heading") == []


def test_a_raised_figure_is_a_power_or_a_note(tmp_path: Path) -> None:
    raised = "#super(typographic: false)"
    source = (
        f"#set page(width: 14cm, height: 10cm)\n{P1}\n\nThey note 10{raised}[6] fish on 5 "
        f"km{raised}[2], and resolution 60/1{raised}[1] of the Council.\n\n#v(1fr)\n"
        f"#text(7pt)[{raised}[1] See the report.]"
    )
    document = loaded(tmp_path, "a.pdf", files.typeset(source))
    assert clean(document) == [
        P1,
        "They note 10⁶ fish on 5 km², and resolution 60/1 of the Council.",
    ]
    assert kinds(document) == {"footnote", "footnote mark"}


def test_prose_that_comes_again_on_each_page_is_no_head(tmp_path: Path) -> None:
    body = "\n\n".join([f"{P1} {P2} {P3}"] * 12)
    source = f'#set page(width: 12cm, height: 9cm)\n#set text(size: 9pt, lang: "en")\n{body}'
    assert len(clean(loaded(tmp_path, "a.pdf", files.typeset(source)))) == 36


# --- records and saved pages


def test_a_record_gives_the_day_of_distribution(tmp_path: Path) -> None:
    text = (
        "United Nations A/RES/70/99\nGeneral Assembly Distr.: General\n12 June 2015\n"
        "Resolution adopted by the General Assembly on 8 June 2015\n70/99. Fish\n"
        f"The General Assembly,\nRecalling its resolution 60/1,\n1. Decides to act;\n2. {P2}\n"
    )
    sent = {"text": text, "date": "2015-06-12", "title": "Fish"}
    document = loaded(tmp_path, "a.json", json.dumps(sent))
    assert document.metadata.date == DAY
    other = loaded(tmp_path, "b.json", json.dumps(sent | {"date": "2015-06-10"}))
    assert other.metadata.date == datetime.date(2015, 6, 10)
    assert any("adopted on 2015-06-08" in notice for notice in other.notices)


def test_a_page_saved_as_text_breaks_its_lines_in_two_ways(tmp_path: Path) -> None:
    text = (
        "WE, THE MINISTERS OF\n Ruritania, Zenda, and Strelsau,\r\nand the Isles, met at the\r\n"
        "seat of the League in Zenda on 8 June\r\n2015 and agreed.\n\nWE CONDEMN\n Upland's\r\n"
        "war in the strongest\r\nterms that there are.\n\nWE RECALL\n the\r\nPact of the\r\n"
        "Council on fish.\n\nFish in the\r\nlake\n\nWE CALL\n on the League to:\n\n"
        "●\n\xa0\xa0\r\n\nCount\r\nfish every year;\n\n●\n\xa0\xa0\r\n\nFeed\r\nthem.\n"
    )
    document = loaded(tmp_path, "a.json", json.dumps({"text": text}))
    assert clean(document) == [
        "WE, THE MINISTERS OF Ruritania, Zenda, and Strelsau, and the Isles, met at the seat of "
        "the League in Zenda on 8 June 2015 and agreed.",
        "WE CONDEMN Upland's war in the strongest terms that there are.",
        "WE RECALL the Pact of the Council on fish.",
        "WE CALL on the League to:",
        "Count fish every year;",
        "Feed them.",
    ]
    assert clean(document, "heading") == ["Fish in the lake"]


def test_numbers_and_heads_of_pages_are_told_in_the_report(tmp_path: Path) -> None:
    last = "They will act in the whole of the region and keep\n2\nthe peace.\n"
    text = f"PACT\n{P1[:60]}\n{P1[61:]}\n{last}"
    document = loaded(tmp_path, "a.txt", text)
    (note,) = (one for one in source_notes(document)[1].splitlines() if "numbers" in one)
    assert note.startswith(
        "- 1 line is taken for numbers, heads or feet of pages (3 % of the words)"
    )
    assert note.endswith("“2”")
