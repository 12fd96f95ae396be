"""One document in every form that scholars hold it in: printed, as a page, in Word, as JSON.

The documents, of our own, stand in ``fixtures/layouts.json`` as what a reader finds in them: title,
day, place, and block by block the sentences (H heading, P paragraph, I item, D dateline, S
signature, A annex), with the masthead and the page heads that organizations print around them. Each
is set here in each form, and read back.
"""

import html
import io
import json
import re
import textwrap
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
import typst

from sco_research.loaders import load_corpus
from sco_research.text.document import Document
from sco_research.text.segments import segment

pytestmark = pytest.mark.slow
Layout = dict[str, Any]
LAYOUTS: list[Layout] = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "layouts.json").read_text(encoding="utf-8")
)
BULLETS = "•–"
LINES_OF_A_PAGE = 44


def printed_blocks(layout: Layout) -> list[tuple[str, str]]:
    """Return each block's kind, and its text with its number."""
    found = []
    for kind, number, *sentences in layout["blocks"]:
        mark = f"{number}. " if kind == "P" and number else f"{number} " if kind == "I" else ""
        found.append((kind, mark + " ".join(sentences)))
    return found


def extract(layout: Layout, *, blank: bool) -> str:
    """Set a document in pages of printed lines, as extraction from a PDF gives them."""
    lines: list[str] = []
    for kind, text in [
        *(("M", line) for line in layout["masthead"]),
        *printed_blocks(layout),
        *(("P", line) for line in layout["end"]),
    ]:
        lines += [""] if blank and lines and kind != "M" else []
        lines += textwrap.wrap(text, 88)
    pages = []
    for number, first in enumerate(range(0, len(lines), LINES_OF_A_PAGE), start=1):
        page = lines[first : first + LINES_OF_A_PAGE]
        head = [line.replace("{page}", str(number)) for line in layout["head"] if number > 1]
        foot = [line.replace("{page}", str(number)) for line in layout["foot"]]
        gap = [""] if blank else []
        pages.append(
            "\n".join([*head, *(gap if head else []), *page, *(gap if foot else []), *foot, ""])
        )
    return ("\f" if blank else "").join(pages)


def one_line_a_paragraph(layout: Layout) -> str:
    return "\n\n".join([*layout["masthead"], *(text for _, text in printed_blocks(layout))])


def page(layout: Layout) -> str:
    """Set a document in a site's page, with the site around it."""
    parts = []
    for kind, number, *sentences in layout["blocks"]:
        text = html.escape(" ".join(sentences), quote=False)
        if kind in "HA":
            parts.append(f"<h3>{text}</h3>")
        elif kind == "I" and number in BULLETS:
            parts.append(f"<ul><li>{text}</li></ul>")
        elif kind == "I":
            parts.append(f"<p style='margin-left: 2em'>{number} {text}</p>")
        else:
            parts.append(f"<p>{number}{'. ' if number else ''}{text}</p>")
    title = html.escape(layout["title"], quote=False)
    return f"""<!DOCTYPE html><html lang="{layout["language"]}"><head><meta charset="utf-8">
<title>{title} | The Site</title><meta property="og:title" content="{title}"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li></ul></nav>
</header><main><article><h1>{title}</h1><div class="content">{"".join(parts)}</div></article>
<aside><h2>Related</h2><ul><li><a href="/x">Other news from the region</a></li></ul></aside></main>
<footer><p>© 2022 The Site. All rights reserved.</p></footer></body></html>"""


def markdown(layout: Layout) -> str:
    """Set a document as converters from HTML write it: bold lines for headings, wrapped lines."""
    lines = ["---", f"title: {json.dumps(layout['title'], ensure_ascii=False)}", "---", ""]
    for kind, number, *sentences in layout["blocks"]:
        text = " ".join(sentences)
        if kind in "HA":
            text = f"**{text}**"
        elif kind == "I":
            text = f"{'-' if number in BULLETS else number} {text}"
        else:
            text = f"{number}\\. {text}" if number else text
        indent = "  " if text.startswith("- ") else ""
        lines += [
            *textwrap.wrap(text, 72, break_on_hyphens=False, subsequent_indent=indent),
            "\u00a0" if kind == "D" else "",
            "",
        ]
    return "\n".join(lines)


def record(layout: Layout) -> str:
    body = [textwrap.fill(text, 80).replace("\n", " \n") for _, text in printed_blocks(layout)]
    return json.dumps(
        {
            "_id": layout["name"],
            "title": layout["title"],
            "date": layout["date"],
            "text": "\r\n".join([*layout["masthead"], *body]),
        }
    )


def word(layout: Layout) -> bytes:
    made = docx.Document()
    for line in layout["masthead"]:
        made.add_paragraph(line)
    blocks = zip(layout["blocks"], printed_blocks(layout), strict=True)
    for (kind, number, *sentences), (_, text) in blocks:
        if kind in "HA":
            made.add_paragraph().add_run(text).bold = True
        elif kind == "I" and number in BULLETS:
            made.add_paragraph(" ".join(sentences), style="List Bullet")
        else:
            made.add_paragraph(text)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def pdf(layout: Layout) -> bytes:
    def plain(text: str) -> str:
        return re.sub(r"([\\#$*_`<>@\[\]~=+\-/\"'])", r"\\\1", text)

    head = plain(layout["head"][0].replace("{page}", "2")) if layout["head"] else ""
    parts = [
        f"""#set page(width: 210mm, height: 200mm, margin: 25mm,
  header: context {{ if counter(page).get().first() > 1 [{head}] }},
  footer: context align(center)[#counter(page).display()])
#set text(font: "Libertinus Serif", size: 11pt, lang: "{layout["language"]}")
#set par(justify: true)""",
        *(f"#align(center)[{plain(line)}]" for line in layout["masthead"]),
    ]
    for kind, text in printed_blocks(layout):
        form = {"H": "#v(6pt)#strong[{}]", "A": "#v(6pt)#strong[{}]", "I": "#pad(left: 1.5em)[{}]"}
        parts.append(form.get(kind, "{}").format(plain(text)))
    made = typst.compile("\n\n".join(parts).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


FORMS: dict[str, Callable[[Layout], str | bytes]] = {
    "pages.txt": lambda layout: extract(layout, blank=True),
    "close.txt": lambda layout: extract(layout, blank=False),
    "lines.txt": one_line_a_paragraph,
    "page.html": page,
    "marked.md": markdown,
    "record.json": record,
    "word.docx": word,
    "print.pdf": pdf,
}
# What these forms do not say is not asked of them.
WITH_MASTHEAD = ("pages.txt", "close.txt", "lines.txt", "word.docx", "print.pdf")
# Of a preamble that is set close nobody can tell where a clause ends whose line is full.
MAY_DIFFER = {("cis-statement-ru", "close.txt"): 3, ("cis-statement-ru", "record.json"): 3}


@cache
def read(name: str, form: str, folder: Path) -> Document:
    layout = next(layout for layout in LAYOUTS if layout["name"] == name)
    path = folder / f"{name}-{form}"
    made = FORMS[form](layout)
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    (document,) = load_corpus(path)
    return document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


def rows(frame: pd.DataFrame, *levels: str) -> list[str]:
    texts = frame.loc[frame["level"].isin(levels), "clean"]
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["name"] for layout in LAYOUTS])
def test_a_document_reads_alike_in_every_form(layout: Layout, form: str, folder: Path) -> None:
    frame = segment(read(layout["name"], form, folder))
    expected = Counter(
        " ".join(sentence.split())
        for kind, _, *sentences in layout["blocks"]
        if kind in "PI"
        for sentence in sentences
    )
    found = Counter(rows(frame, "sentence"))
    lost = sum((expected - found).values())
    assert lost <= MAY_DIFFER.get((layout["name"], form), 0), expected - found
    # A cover note and a closing line of the assembly's are text too.
    around = [*layout["masthead"][-1:], *layout["end"]]
    surplus = [text for text in (found - expected).elements() if text not in around]
    assert len(surplus) <= MAY_DIFFER.get((layout["name"], form), 0), surplus
    headings = [" ".join(block[2].split()) for block in layout["blocks"] if block[0] in "HA"]
    assert not Counter(headings) - Counter(rows(frame, "heading", "annex"))
    assert rows(frame, "signature") == [b[2] for b in layout["blocks"] if b[0] == "S"]
    printed = [b[1].rstrip(".") for b in layout["blocks"] if b[0] in "PI" and b[1] not in BULLETS]
    numbers = frame.loc[frame["level"] == "paragraph", "number"]
    assert [number for number in numbers if number] == [number for number in printed if number]


@pytest.mark.parametrize("form", WITH_MASTHEAD)
@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["name"] for layout in LAYOUTS])
def test_the_head_of_a_document_says_what_it_is(layout: Layout, form: str, folder: Path) -> None:
    metadata = read(layout["name"], form, folder).metadata
    title = layout["title"].replace("'", "’")
    assert metadata.title.replace("'", "’").lower() == title.lower()
    assert str(metadata.date or "") == layout["date"]
    assert metadata.place == layout["place"]
