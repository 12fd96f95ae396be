"""Do the forms of one text agree? Markdown, HTML, Word and PDF made of each text, read back.

Usage: python tests/benchmarks/forms.py FOLDER [FOLDER ...]

Each text in the folders is read, its paragraphs are set in the four forms, and the sentences of
each form are compared with those of the text itself. Texts that may not be copied stay where they
are: only counts are printed, and kept in results/forms.json.
"""

import argparse
import html
import io
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

import docx
import typst

from sco_research.loaders import load_corpus, load_document
from sco_research.loaders.registry import suffixes
from sco_research.text.document import Document
from sco_research.text.segments import segment

RESULT = Path(__file__).parent / "results" / "forms.json"
Block = tuple[str, str]
NOT_A_BLOCK = ("document", "section", "sentence")


def blocks_of(document: Document) -> list[Block]:
    """Return level and text of each block, its printed number before it."""
    rows = segment(document).to_dict("records")
    return [
        (row["level"], " ".join(f"{_mark(document, row)}{row['clean']}".split()))
        for row in rows
        if row["level"] not in NOT_A_BLOCK and row["clean"]
    ]


def _mark(document: Document, row: Mapping[Hashable, object]) -> str:
    """Return what stands before a paragraph's words: its number or its bullet."""
    text = str(row["text"])
    match = re.match(r"(?:[-–—•*▪o]|\(?\w{1,4}[.)]|\d+(?:\.\d+)*\.?)\s+", text)
    clean = str(row["clean"])
    return match[0] if match and not clean.startswith(match[0].strip()) else ""


def as_markdown(blocks: list[Block]) -> bytes:
    """Set headings bold, and each block apart."""
    lines = [
        f"**{text}**" if level in ("heading", "annex") else re.sub(r"^(\d+)\.", r"\1\\.", text)
        for level, text in blocks
    ]
    return "\n\n".join(lines).encode()


def as_html(blocks: list[Block]) -> bytes:
    """Set a page of headings and paragraphs."""
    parts = [
        f"<{tag}>{html.escape(text)}</{tag}>"
        for level, text in blocks
        for tag in ("h3" if level in ("heading", "annex") else "p",)
    ]
    return f"<!DOCTYPE html><meta charset='utf-8'><body>{''.join(parts)}</body>".encode()


def as_word(blocks: list[Block]) -> bytes:
    """Set a Word document, headings bold."""
    word = docx.Document()
    for level, text in blocks:
        word.add_paragraph().add_run(text).bold = level in ("heading", "annex")
    whole = io.BytesIO()
    word.save(whole)
    return whole.getvalue()


def as_pdf(blocks: list[Block]) -> bytes:
    """Set justified pages with numbers."""
    parts = ['#set page(numbering: "1")\n#set par(justify: true)\n#set text(lang: "en")']
    for level, text in blocks:
        plain = re.sub(r"([\\#$*_`<>@\[\]~=+\-/\"'])", r"\\\1", text)
        parts.append(f"#strong[{plain}]" if level in ("heading", "annex") else plain)
    made = typst.compile("\n\n".join(parts).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


FORMS: dict[str, Callable[[list[Block]], bytes]] = {
    "md": as_markdown,
    "html": as_html,
    "docx": as_word,
    "pdf": as_pdf,
}


def sentences_of(document: Document) -> Counter[str]:
    """Return the sentences of a document, however often each."""
    clean = segment(document, level="sentence")["clean"]
    return Counter(" ".join(text.split()) for text in clean)


def main() -> None:
    """Set, read back, compare, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what differs")
    options = parser.parse_args()
    paths = sorted(p for folder in options.folders for p in folder.iterdir())
    texts = [load_document(path) for path in paths if path.suffix in suffixes()]
    agree = dict.fromkeys(FORMS, 0)
    total = 0
    with tempfile.TemporaryDirectory() as name:
        for document in texts:
            expected = sentences_of(document)
            total += expected.total()
            blocks = blocks_of(document)
            for form, write in FORMS.items():
                path = Path(name) / f"text.{form}"
                path.write_bytes(write(blocks))
                (read,) = load_corpus(path)
                found = sentences_of(read)
                agree[form] += (expected & found).total()
                for text in (expected - found) if options.show else ():
                    print(f"{document.id}.{form}: {text}")
    shares = {form: round(count / total, 4) for form, count in agree.items()}
    result = {"documents": len(texts), "sentences": total, "agree": agree, "shares": shares}
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if min(shares.values()) >= 0.99 else 1)


if __name__ == "__main__":
    main()
