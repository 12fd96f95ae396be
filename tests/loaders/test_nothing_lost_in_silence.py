"""Of a spoilt source no words are lost in silence: those that it still holds are read or told."""

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from sco_research.loaders import load_corpus
from tests.soak import inputs, mutations

SOURCES = inputs.sound_sources()
# What holds a text among marks of its own. In plain text whatever stands there is the text.
FORMS = (
    "marked.md",
    "page.html",
    "word.docx",
    "record.json",
    "records.json",
    "lines.jsonl",
    "table.csv",
    "rows.parquet",
    "many.zip",
    "worldjpn.txt",
)
SPOILT = 25
# A word or two may be cut in halves.
FEW = 4
# What a page or a Word file may hold in the place of a paragraph or of a run.
HTML = [
    "noscript",
    "template",
    "select",
    "svg",
    "iframe",
    "object",
    "textarea",
    "button",
    "math",
    "xmp",
    "script",
    "style",
    "option",
    "table",
    "caption",
    "dl",
    "nav",
    "aside",
    "footer",
    "header",
    "form",
    "figcaption",
    "dialog",
    "details",
    "video",
    "canvas",
    "map",
    "label",
    "blockquote",
    "pre",
    "del",
    "s",
    "ruby",
    "rt",
    "rp",
    "sup",
]
WORD = [
    "foo",
    "ins",
    "smartTag",
    "sdtContent",
    "instrText",
    "txbxContent",
    "delText",
    "ruby",
    "rt",
    "customXml",
    "oMath",
    "drawing",
    "fldSimple",
    "del",
    "moveFrom",
    "comment",
]


def read(path: Path) -> tuple[Counter[str], set[str]]:
    """Return the words of a source with its titles, and all that is said of it."""
    corpus = load_corpus(path, faults="keep")
    said = {*corpus.faults, *corpus.notices}
    found: Counter[str] = Counter()
    for document in corpus:
        said |= {*document.notices, *(f"{one.kind}: {one.text}" for one in document.removed)}
        found.update(words(f"{document.metadata.title} {document.text}"))
    return found, said


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def held(data: bytes) -> Counter[str]:
    """Return the words that the bytes of a source still hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b" ".join(map(archive.read, archive.namelist()))
    except Exception:
        pass  # no archive, or none that can be read
    return words(data.decode("utf-8", "replace"))


@pytest.mark.parametrize("name", FORMS)
def test_a_spoilt_source_is_read_or_said_to_be(name: str, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(inputs.PARAGRAPHS[1], encoding="utf-8")
    path = tmp_path / name
    path.write_bytes(SOURCES[name])
    whole, before = read(path)
    for number in range(SPOILT):
        data = inputs.spoilt(SOURCES[name], name, random.Random(f"{name}:{number}"))
        path.write_bytes(data)
        found, said = read(path)
        # The sign that spoils may bring words of its own.
        lost = (whole - found) & held(data) - found
        assert said - before or lost.total() <= FEW, f"{name}, {number}: {lost}"


def renamed(name: str) -> Iterator[bytes]:
    """Yield a source with one of its parts under each of other names, closed and left open."""
    if name == "page.html":
        page = SOURCES[name].decode()
        for match in list(re.finditer(r"<p>(.*?)</p>", page))[:2]:
            for tag in HTML:
                for end in (f"</{tag}>", ""):
                    part = f"<{tag}>{match[1]}{end}"
                    yield (page[: match.start()] + part + page[match.end() :]).encode()
        return
    with zipfile.ZipFile(io.BytesIO(SOURCES[name])) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    text = members["word/document.xml"].decode()
    for old in ("w:p", "w:r"):
        match = next(re.finditer(rf"<{old}(?: [^>]*)?>(?:(?!</{old}>).)*the(?:.*?)</{old}>", text))
        for tag in WORD:
            inner = re.sub(rf"^<{old}[^>]*>|</{old}>$", "", match[0])
            part = f"<w:{tag}>{inner}</w:{tag}>"
            spoilt = io.BytesIO()
            with zipfile.ZipFile(spoilt, "w") as made:
                for one, data in members.items():
                    is_text = one == "word/document.xml"
                    whole = text[: match.start()] + part + text[match.end() :]
                    made.writestr(one, whole.encode() if is_text else data)
            yield spoilt.getvalue()


@pytest.mark.parametrize("name", ["page.html", "word.docx"])
def test_a_part_under_another_name_is_read_or_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SOURCES[name])
    whole, before = read(path)
    count = 0
    for data in renamed(name):
        path.write_bytes(data)
        found, said = read(path)
        assert said - before or (whole - found).total() <= FEW, (count, whole - found)
        count += 1
    assert count > len(WORD)


# All but these are the soak's: every so many of the damages of a form.
EVERY = {"many-parts.docx": 40, "print.pdf": 8, "marked.md": 1}


@pytest.mark.parametrize("name", mutations.WAYS)
def test_a_part_gone_renamed_or_cut_is_told(name: str) -> None:
    damaged = mutations.WAYS[name](mutations.sources()[name])
    found = dict(mutations.silent(name, islice(damaged, 0, None, EVERY.get(name, 2))))
    assert len(found) > 7
    assert [label for label, is_silent in found.items() if is_silent] == []
