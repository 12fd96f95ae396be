"""PDFs as they are printed, and PDFs as they should not be."""

import zlib
from pathlib import Path

import pytest

from sco_research.errors import SourceError
from sco_research.loaders import load_document
from sco_research.loaders.formats.pdf import reader as pdf
from sco_research.loaders.formats.pdf.lines import PageWords, lines_of_pages
from sco_research.loaders.formats.pdf.rows import Word, body_size
from sco_research.text.document import Document
from sco_research.text.segments import segment
from tests.loaders import pdf_files as files

SENTENCE = (
    "The member states of the River Organization, guided by its Charter and by the principles of "
    "good-neighbourliness, reaffirm their commitment to the non-proliferation of weapons of mass "
    "destruction, to socio-economic development and to the settlement of conflicts, as was said in "
    "part {} of the programme."
)
SHORT = "They will continue their consultations on the counter-terrorism convention."


def paragraphs(first: int, last: int) -> list[str]:
    return [f"{SENTENCE.format(number)} {SHORT}" for number in range(first, last + 1)]


PRINTED = (
    r"""
#set page(width: 148mm, height: 160mm, header: [River Organization #h(1fr) Lakeside Declaration],
  footer: context align(center)[#counter(page).display()])
#set text(size: 10pt, hyphenate: true, lang: "en")
#set par(justify: true)
#align(center)[= Lakeside Declaration of the Heads of State]

"""
    + "\n\n".join(paragraphs(1, 2))
    + r"""

The Charter#footnote[See the Charter of the River Organization, which was signed in 2002.]
holds.

== What Was Agreed

"""
    + "\n\n".join(paragraphs(3, 7))
    + "\n\nThe member states will:\n\n- open the archives of the river police to each other, "
    "as far as the laws of each of them allow it;\n- close the gap.\n"
)


def load(folder: Path, data: bytes) -> Document:
    path = folder / "print.pdf"
    path.write_bytes(data)
    return load_document(path)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return load(tmp_path_factory.mktemp("printed"), files.typeset(PRINTED))


def rows(document: Document, level: str) -> list[str]:
    frame = segment(document)
    return frame.loc[frame["level"] == level, "text"].tolist()


def test_hard_wraps_are_joined_and_broken_words_mended(printed: Document) -> None:
    assert rows(printed, "paragraph") == [
        *paragraphs(1, 2),
        "The Charter holds.",
        *paragraphs(3, 7),
        "The member states will:",
        "• open the archives of the river police to each other, as far as the laws of each of them "
        "allow it;",
        "• close the gap.",
    ]


def test_headings_are_told_by_their_type(printed: Document) -> None:
    assert rows(printed, "heading") == [
        "Lakeside Declaration of the Heads of State",
        "What Was Agreed",
    ]


def test_heads_numbers_and_footnotes_are_kept_apart(printed: Document) -> None:
    kinds = [item.kind for item in printed.removed]
    pages = max(item.location.page or 0 for item in printed.removed)
    assert pages >= 2
    assert kinds.count("running head") == kinds.count("page number") == pages
    notes = " ".join(item.text for item in printed.removed if item.kind == "footnote")
    assert "which was signed in 2002." in notes
    assert [item.text for item in printed.removed if item.kind == "footnote mark"] == ["1"]


def test_a_character_leads_back_to_its_page_and_line(printed: Document) -> None:
    first = printed.locate(printed.text.index("in part 1 of"))
    last = printed.locate(printed.text.index("close the gap"))
    assert (first.page, last.page) == (1, max(item.location.page or 0 for item in printed.removed))
    assert str(first).startswith("page 1, line ")
    assert printed.origin is not None
    assert printed.origin.raw.startswith(b"%PDF-")


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    source = (
        '#set page(width: 210mm, height: 140mm, numbering: "1 / 1", columns: 2)\n'
        '#set text(size: 10pt, hyphenate: true, lang: "en")\n'
        "#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)\n"
        '#place(top + center, scope: "parent", float: true)'
        "[#text(size: 16pt)[Report of the River Organization]]\n\n" + "\n\n".join(paragraphs(1, 8))
    )
    document = load(tmp_path, files.typeset(source))
    assert rows(document, "heading") == ["Report of the River Organization"]
    assert rows(document, "paragraph") == paragraphs(1, 8)


def test_a_printed_page_of_the_database_has_its_header(tmp_path: Path) -> None:
    header = [
        '"The World and Japan" Database (Project Leader: TANAKA Akihiko)',
        "[Title] LAKESIDE DECLARATION By the Heads of the Member States of the River Organization "
        "on the State of the River",
        "[Place] Lakeside",
        "[Date] June 9, 2017",
        "[Source] Secretariat",
        "[Full text]",
    ]
    lines = " \\\n".join(line.replace("[", "\\[").replace("]", "\\]") for line in header)
    straight = "#set smartquote(enabled: false)\n"
    source = straight + "\n\n".join([lines, *paragraphs(1, 2)])
    document = load(tmp_path, files.typeset(source))
    known = document.metadata
    assert known.title.endswith("River Organization on the State of the River")
    assert (known.place, known.source, str(known.date)) == ("Lakeside", "Secretariat", "2017-06-09")
    assert rows(document, "paragraph") == paragraphs(1, 2)


def test_a_raised_figure_is_a_sign_and_no_word() -> None:
    words = [
        Word(10, 10, 40, 20, 10, False, "Charter"),
        Word(40.2, 9, 43, 15, 6, False, "1"),
        Word(46, 10, 70, 20, 10, False, "holds."),
    ]
    ((line,),) = lines_of_pages([PageWords(1, words)], body_size([words]))
    assert (line.text, line.marks) == ("Charter holds.", ["1"])


def test_a_page_of_one_line_is_text(tmp_path: Path) -> None:
    page = b"BT /F1 12 Tf 20 200 Td (The Parties met.) Tj ET"
    assert load(tmp_path, files.by_hand(page)).text == "The Parties met."


def test_a_scan_names_recognition(tmp_path: Path) -> None:
    image = b"q 300 0 0 300 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    with pytest.raises(
        SourceError, match=r"no text layer, only scanned pictures on its 1 page; .*\(OCR\)"
    ):
        load(tmp_path, files.by_hand(image))


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="encrypted; save it without a password"):
        load(tmp_path, files.encrypted())


@pytest.mark.parametrize("cut", [slice(0, -400), slice(0, 600)], ids=["its end", "nearly all"])
def test_a_truncated_file_says_so(tmp_path: Path, cut: slice) -> None:
    with pytest.raises(SourceError, match=r"truncated or damaged .*; get the file again"):
        load(tmp_path, files.typeset("The Parties met. " * 200)[cut])


def test_a_file_that_unpacks_beyond_reason_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_MEMORY", 400_000_000)
    packed = files.by_hand(
        zlib.compress(zlib.compress(bytes(400_000_000), 1), 9),
        filters=b"/Filter [/FlateDecode /FlateDecode]",
    )
    with pytest.raises(SourceError, match="PDF"):
        load(tmp_path, packed)


def test_a_file_that_never_ends_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS_TO_START", 0.05)
    complaint = "not read after 0 seconds of processor time; print it to a new PDF"
    with pytest.raises(SourceError, match=complaint):
        load(tmp_path, files.bomb(40_000_000))


def test_what_is_no_pdf_at_all(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this PDF"):
        load(tmp_path, b"%PDF-1.7\n" + b"\xff\x00nonsense " * 50)


def test_a_look_finds_what_reading_would_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = files.typeset("The Parties met. " * 200)
    image = b"q 300 0 0 300 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    texts = {
        "good": good,
        "locked": files.encrypted(),
        "cut": good[:-400],
        "scan": files.by_hand(image),
        "none": b"%PDF-1.7\n" + b"\xff\x00nonsense " * 50,
        "late": files.typeset("#rect()\n#pagebreak()\nThe Parties met."),
    }
    for name, data in texts.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    paths = [tmp_path / f"{name}.pdf" for name in texts]
    found = {path.stem: str(fault) for path, fault in pdf.faults_of(paths)}
    assert list(found) == ["locked", "cut", "scan", "none"]
    for name, fault in found.items():
        with pytest.raises(SourceError) as error:
            load_document(tmp_path / f"{name}.pdf")
        assert str(error.value) == fault

    # One that never ends costs itself alone.
    endless = files.bomb(40_000_000)
    monkeypatch.setattr(pdf, "_seconds_for", lambda size: 0.05 if size == len(endless) else 60.0)
    (tmp_path / "loop.pdf").write_bytes(endless)
    paths = [tmp_path / "loop.pdf", *paths[:2]]
    found = {path.stem: str(fault) for path, fault in pdf.faults_of(paths)}
    assert "not read after 0 seconds of processor time; print it" in found["loop"]
    assert list(found) == ["loop", "locked"]
