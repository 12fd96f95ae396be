"""Sound sources of every form with one part taken out, renamed or cut: is each loss told?

Usage: python tests/soak/mutations.py [FORM ...] [--show]

Each form is damaged in every way that this file knows, part by part, so that two runs do the same.
A damaged source must give the sentences of the sound one, or else a notice, an item of what was
left out, or an error: a text that has changed and says nothing of it is silence. What a form
cannot know is not tried: a paragraph that was taken out whole, or a document of an archive, leaves
no gap, a text cut at the end of a line ends as others do, and plain text has no parts. The result
is printed, and kept in results/mutations.json.
"""

import argparse
import io
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

# An installed package may be called "tests", too.
sys.path.insert(0, str(Path(__file__).resolve().parent))
import inputs  # type: ignore[import-not-found]

from sco_research.loaders import load_corpus
from sco_research.text.segments import segment

RESULT = Path(__file__).parent / "results" / "mutations.json"
Damaged = Iterator[tuple[str, bytes]]
_COMPARED = ("heading", "paragraph", "sentence")
_SHARES = tuple(range(1, 20))
_TAG = re.compile(rb"<(/?)([\w:]+)([^<>]*?)(/?)>")


def read(path: Path) -> tuple[list[str], set[str]]:
    """Return the headings and paragraphs of a source, and all that is said of it."""
    corpus = load_corpus(path, faults="keep")
    said = {*corpus.faults, *corpus.notices}
    lines: list[str] = []
    for document in corpus:
        said |= {*document.notices, *(f"{one.kind}: {one.text}" for one in document.removed)}
        found = segment(document)
        lines += found.loc[found["level"].isin(_COMPARED), "text"].tolist()
    return lines, said


def sources() -> dict[str, bytes]:
    """Return a sound source of every form, by name."""
    return {**inputs.sound_sources(), "many-parts.docx": many_parts()}


def many_parts() -> bytes:
    """Return a Word document with parts of its own: lists, notes, a head, a field, a text box."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = docx.Document()
    made.core_properties.title = inputs.TITLE
    made.sections[0].header.paragraphs[0].text = "River Organization"
    made.add_heading(inputs.TITLE, 0)
    made.add_heading("What was agreed", 1)
    for text in inputs.PARAGRAPHS[:3]:
        made.add_paragraph(text.removeprefix("1. ").removeprefix("2. "), style="List Number")
    made.add_heading("What will follow", 2)
    space = nsdecls("w")
    for body in (
        "<w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:t>agree</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>.</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>They meet yearly.</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> They part friends.</w:t></w:r>',
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>The control holds words.</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:hyperlink><w:r><w:t> A link, too.</w:t></w:r></w:hyperlink>",
        "<w:r><w:t>They open</w:t><w:tab/><w:t>the archives</w:t><w:br/><w:t>and they close "
        "them.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>",
        "<w:r><w:t>A box hangs here.</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>The box "
        "holds words.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        made.element.body.insert(-1, parse_xml(f"<w:p {space}>{body}</w:p>"))
    table = made.add_table(rows=2, cols=2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Goal {at} of the plan"
    made.add_paragraph("We will meet again.", style="List Bullet")
    whole = io.BytesIO()
    made.save(whole)
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/footnotes.xml"] = (
        f"<w:footnotes {space}><w:footnote w:id='1'><w:p><w:r><w:t>See the Charter.</w:t></w:r>"
        "</w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    for name, end, added in (
        (
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/footnotes" Target="footnotes.xml"/>',
        ),
        (
            "[Content_Types].xml",
            b"</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'.encode(),
        ),
    ):
        members[name] = members[name].replace(end, added + end)
    return _zipped(members)


def cut(data: bytes) -> Damaged:
    """Yield a source that ends too early, and not where a line ends, as a whole one does."""
    for share in _SHARES:
        held = data[: len(data) * share // 20]
        if not held.endswith(b"\n"):
            yield f"cut at {share}/20", held


def archived(data: bytes, *, of_parts: bool = False) -> Damaged:
    """Yield an archive with one member renamed, empty, cut, or of other bytes.

    Of an archive of documents one that is gone leaves no gap; of the parts of a document it does.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        others = {one: held for one, held in members.items() if one != name}
        half = len(content) // 2
        if of_parts:
            yield f"{name} gone", _zipped(others)
        yield f"{name} renamed", _zipped({**others, f"{name}_": content})
        yield f"{name} empty", _zipped({**members, name: b""})
        yield f"{name} cut", _zipped({**members, name: content[:half]})
        yield f"{name} zeroed", _zipped({**members, name: content[:half] + bytes(half)})
    yield from cut(data)


def _zipped(members: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def tagged(text: bytes, *, most_of_a_kind: int = 3, is_list: bool = False) -> Damaged:
    """Yield a text of tags with some of each kind lost, left open or renamed."""
    seen: dict[bytes, int] = {}
    for match in _TAG.finditer(text):
        closing, name, rest, alone = match.groups()
        seen[closing + name] = seen.get(closing + name, 0) + 1
        if seen[closing + name] > most_of_a_kind:
            continue
        shown = match[0][:40].decode("utf-8", "replace")
        label = f"{shown} {seen[closing + name]}"
        before, after = text[: match.start()], text[match.end() :]
        if not alone or is_list:
            # An element that holds nothing leaves no trace, unless something else leads to it.
            yield f"{label} lost", before + after
        yield f"{label} broken", before + match[0][:-1] + after
        if not closing:
            renamed = before + b"<" + name + b"x" + rest
            yield f"{label} of another name", renamed + alone + b">" + after
            end = after.find(b"</" + name + b">")
            if not alone and end >= 0:
                new = after[:end] + b"</" + name + b"x>" + after[end + len(name) + 3 :]
                yield f"{label} renamed with its end", renamed + b">" + new


def word(data: bytes) -> Damaged:
    """Yield a Word document with damaged members, and with damaged tags in each part."""
    yield from archived(data, of_parts=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            most = 3 if name.startswith(("word/document", "word/_rels", "_rels", "[")) else 1
            is_list = name.endswith(".rels")
            for label, changed in tagged(content, most_of_a_kind=most, is_list=is_list):
                yield f"{name}: {label}", _zipped({**members, name: changed})


def printed(data: bytes) -> Damaged:
    """Yield a PDF with one object or one name of its own damaged."""
    yield from cut(data)
    for number, match in enumerate(re.finditer(rb"\d+ 0 obj\n.*?\nendobj\n", data, re.S), 1):
        half = (match.start() + match.end()) // 2
        yield f"object {number} gone", data[: match.start()] + data[match.end() :]
        yield f"object {number} cut", data[:half] + data[match.end() :]
        blank = b" " * (match.end() - half)
        yield f"object {number} blanked", data[:half] + blank + data[match.end() :]
        yield f"object {number} zeroed", data[:half] + bytes(len(blank)) + data[match.end() :]
    # A font that is not in the file may bear any name.
    for number, match in enumerate(re.finditer(rb"/(?!BaseFont|Helvetica)[A-Z][A-Za-z]+", data), 1):
        yield f"{match[0].decode()} {number}", data[: match.end() - 1] + b"x" + data[match.end() :]
    begins = [match.start() for match in re.finditer(rb"\bBT ", data)]
    for at in (begins[0], begins[len(begins) // 2], begins[-1]):
        line = data[at : data.index(b"\n", at)]
        for old in (b"BT", b"Tf", b"Td", b"(", b")", b"Tj", b"ET"):
            # The outermost of them: another may be a bracket of the text.
            parts = line.split(old, 1) if old == b"(" else line.rsplit(old, 1)
            new = (b"x" * len(old)).join(parts)
            yield f"{old.decode()} of {line[:30]!r}", data[:at] + new + data[at + len(line) :]


def recorded(data: bytes) -> Damaged:
    """Yield a source of records cut, or with a sign lost that stands between its strings."""
    yield from cut(data)
    strings = [match.span() for match in re.finditer(rb'"(?:[^"\\]|\\.|"")*"', data)]
    for sign in b'{}[],:"\n':
        places = [
            at
            for at, one in enumerate(data)
            if one == sign and not any(start < at < end - 1 for start, end in strings)
        ]
        for at in sorted({*places[:6], *places[-3:]}):
            yield f"{chr(sign)!r} at {at} lost", data[:at] + data[at + 1 :]
    for match in re.finditer(rb'"?\b(text|title|id|doc_id|date)\b"?', data):
        at = match.start(1)
        yield f"{match[1].decode()} at {at} renamed", data[:at] + b"x" + data[at + 1 :]


def page(data: bytes) -> Damaged:
    """Yield a page cut, or with damaged tags."""
    yield from cut(data)
    yield from tagged(data)


def marked(data: bytes) -> Damaged:
    """Yield a source of Markdown with one of its marks damaged."""
    parts = data.split(b"---\n")
    yield "front matter not opened", b"---\n".join(parts[1:])
    yield "front matter not closed", parts[0] + b"---\n" + b"".join(parts[1:])
    lines = data.split(b"\n")
    for number in range(1, len(parts[1].splitlines()) + 1):
        line = lines[number].replace(b":", b"", 1)
        yield f"key {number} lost", b"\n".join([*lines[:number], line, *lines[number + 1 :]])
    for old, new in ((b"[^1]:", b"[^1:"), (b"**Next steps**", b"**Next steps"), (b"# ", b"")):
        yield f"{old.decode()} broken", data.replace(old, new, 1)


WAYS: dict[str, Callable[[bytes], Damaged]] = {
    "many-parts.docx": word,
    "print.pdf": printed,
    "page.html": page,
    "marked.md": marked,
    "record.json": recorded,
    "records.json": recorded,
    "lines.jsonl": recorded,
    "table.csv": recorded,
    "rows.parquet": cut,
    "many.zip": archived,
}


def silent(name: str, damaged: Damaged) -> Iterator[tuple[str, bool]]:
    """Yield each damage by name, and whether it changes the text in silence."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "other.txt").write_text(inputs.PARAGRAPHS[1], encoding="utf-8")
        path = Path(folder) / name
        path.write_bytes(sources()[name])
        whole, before = read(path)
        for label, data in damaged:
            path.write_bytes(data)
            found, said = read(path)
            yield label, found != whole and not said - before


def main() -> None:
    """Damage, read, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", nargs="*", default=list(WAYS))
    parser.add_argument("--show", action="store_true", help="print the sentences that changed")
    options = parser.parse_args()
    result: dict[str, dict[str, object]] = {}
    for name in options.forms:
        source = sources()[name]
        found = dict(silent(name, WAYS[name](source)))
        faults = [label for label, is_silent in found.items() if is_silent]
        result[name] = {"damaged": len(found), "silent": faults}
        print(name, len(found), len(faults), *faults, sep="\n  ", flush=True)
    if set(options.forms) == set(WAYS):
        RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    raise SystemExit(1 if any(one["silent"] for one in result.values()) else 0)


if __name__ == "__main__":
    main()
