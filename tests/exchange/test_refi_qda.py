"""Projects and codebooks of REFI-QDA: valid by the standard, read by a second reader, and back."""

import datetime
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sco_research import Document, code_speech_acts, code_themes, load_codebook, load_document
from sco_research.errors import CodingError, OutputError, ParameterError
from sco_research.exchange.codes import (
    CODED,
    COMMITMENT_CODES,
    Code,
    coded_acts,
    coded_hits,
    codes_of,
)
from sco_research.exchange.refi_qda_reading import read_codebook, read_project
from sco_research.exchange.refi_qda_writing import write_codebook, write_project
from sco_research.text.segments import sentences_of

SCHEMA = etree.RelaxNG(
    etree.parse(Path(__file__).parents[1] / "fixtures" / "schemas" / "refi-qda.rng")
)
Q = "{urn:QDA-XML:project:1.0}"


def second_reader(path: Path) -> list[tuple[str, str, str, str]]:
    """Read a project with the standard library only: source, coder, code's label, coded words."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
        codes = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
        users = {user.get("guid"): user.get("name") for user in root.iter(f"{Q}User")}
        found = []
        for source in root.iter(f"{Q}TextSource"):
            name = (source.get("plainTextPath") or "").replace("internal://", "Sources/")
            text = archive.read(name).decode("utf-8")
            for selection in source.iter(f"{Q}PlainTextSelection"):
                first = int(selection.get("startPosition") or -1)
                last = int(selection.get("endPosition") or -1)
                for coding in selection.iter(f"{Q}Coding"):
                    target = coding.find(f"{Q}CodeRef")
                    assert target is not None
                    found.append(
                        (
                            str(source.get("name")),
                            str(users[coding.get("creatingUser")]),
                            str(codes[target.get("targetGUID")]),
                            text[first:last],
                        )
                    )
    return found


@pytest.fixture(scope="module")
def declaration() -> Document:
    return load_document("sco-2013-bishkek")


@pytest.fixture
def coded(declaration: Document) -> pd.DataFrame:
    return pd.concat(
        [
            coded_hits(code_themes(declaration)),
            coded_acts(code_speech_acts(declaration), coder="anna"),
        ],
        ignore_index=True,
    )


ALL_CODES = (*codes_of(load_codebook("themes")), *COMMITMENT_CODES)


def test_a_project_is_valid_by_the_standard(
    declaration: Document, coded: pd.DataFrame, tmp_path: Path
) -> None:
    when = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    path = write_project(declaration, coded, tmp_path / "a.qdpx", codes=ALL_CODES, created=when)
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    SCHEMA.assertValid(root)
    assert root.get("creationDateTime") == "2026-01-02T03:04:05+00:00"


def test_a_second_reader_finds_the_same_words_codes_and_coders(
    declaration: Document, coded: pd.DataFrame, tmp_path: Path
) -> None:
    path = write_project(declaration, coded, tmp_path / "a.qdpx", codes=ALL_CODES)
    labels = {code.id: code.label for code in ALL_CODES}
    expected = [
        (row["document_id"], row["coder"], labels[row["category"]], row["text"])
        for row in coded.drop_duplicates(["coder", "category", "start", "end"]).to_dict("records")
    ]
    assert len(expected) > 200
    assert sorted(second_reader(path)) == sorted(expected)


def test_what_is_written_comes_back(
    declaration: Document, coded: pd.DataFrame, tmp_path: Path
) -> None:
    path = write_project(declaration, coded, tmp_path / "a.qdpx", codes=ALL_CODES)
    key = ["start", "end", "coder", "category", "segment_id"]
    back = read_project(path, declaration).sort_values(key, ignore_index=True)
    whole = coded.drop_duplicates(key).sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(back, whole)


def test_the_same_codings_give_the_same_bytes(
    declaration: Document, coded: pd.DataFrame, tmp_path: Path
) -> None:
    first = write_project(declaration, coded, tmp_path / "a.qdpx", codes=ALL_CODES, name="x")
    second = write_project(declaration, coded, tmp_path / "b.qdpx", codes=ALL_CODES, name="x")
    assert first.read_bytes() == second.read_bytes()


TEXTS = st.text(alphabet="ab \r\n\t\u00a0\U0001f600é.", min_size=1, max_size=60).filter(
    lambda text: text.strip() != "" and any(letter.isalpha() for letter in text)
)


@given(text=TEXTS, data=st.data())
def test_positions_count_characters_whatever_the_line_ends(text: str, data: st.DataObject) -> None:
    document = Document.from_text(text, id="note")
    sentences = [item for item in sentences_of(document) if item.end > item.start]
    if not sentences:
        return
    sentence = data.draw(st.sampled_from(sentences))
    raw = document.text
    solid = [at for at in range(sentence.start, sentence.end) if not raw[at].isspace()]
    start = data.draw(st.sampled_from(solid))
    end = data.draw(st.sampled_from([at for at in solid if at >= start])) + 1
    row = {
        "document_id": "note",
        "segment_id": sentence.id,
        "coder": "anna",
        "category": "a",
        "start": start,
        "end": end,
        "text": document.text[start:end],
    }
    frame = CODED.frame([row])
    with tempfile.TemporaryDirectory() as folder:
        path = write_project(document, frame, Path(folder) / "n.qdpx", codes=[Code("a", "A")])
        assert read_project(path, document).equals(frame)
        words = second_reader(path)[0][3]
    assert words == re.sub(r"\r\n?", "\n", document.text[start:end])


def test_other_programs_braces_capitals_and_white_space_are_read(tmp_path: Path) -> None:
    document = Document.from_text("They met.\n\nThey fight drugs.", id="note")
    guid = "{0DCEF2F5-E55C-49DA-8C33-9B0803C7AEB4}"
    project = f"""<?xml version="1.0"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users><User guid="{guid}" name="Ben"/></Users>
<CodeBook><Codes><Code guid="{guid[1:-1].replace("0D", "0E").lower()}" name="Threats"
 isCodable="true"><Code guid="{guid}" name="Drug trade" isCodable="true"/></Code></Codes></CodeBook>
<Sources><TextSource guid="{guid}" name="anything" plainTextPath="internal://t.txt">
<PlainTextSelection guid="{guid}" startPosition="13" endPosition="30"><Coding guid="{guid}"
 creatingUser="{guid.lower()}"><CodeRef targetGUID="{guid.lower()}"/></Coding></PlainTextSelection>
</TextSource></Sources></Project>"""
    path = tmp_path / "other.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr("sources/t.txt", b"\xef\xbb\xbfThey met.\r\n\r\nThey fight  drugs.\r\n")
    row = read_project(path, document).iloc[0]
    assert (row["category"], row["coder"]) == ("threats.drug_trade", "Ben")
    assert (row["segment_id"], row["text"]) == ("note:p2.s1", "They fight drugs")


def test_a_stretch_over_two_sentences_is_a_row_for_each(tmp_path: Path) -> None:
    document = Document.from_text("They met. They agreed.", id="note")
    row = dict.fromkeys(CODED, "a") | {"document_id": "note", "start": 5, "end": 14}
    path = write_project(document, CODED.frame([row]), tmp_path / "n.qdpx", codes=[Code("a", "A")])
    assert read_project(path, document)["segment_id"].tolist() == ["note:p1.s1", "note:p1.s2"]


def test_a_codebook_is_valid_and_comes_back(tmp_path: Path) -> None:
    codes = codes_of(load_codebook("themes"))
    path = write_codebook(codes, tmp_path / "themes.qdc")
    SCHEMA.assertValid(etree.parse(path))
    assert {code.id: code for code in read_codebook(path)} == {code.id: code for code in codes}


def test_texts_with_signs_of_xml_are_data(tmp_path: Path) -> None:
    document = Document.from_text("Fish & <b>chips</b> \x07 met.", id="note", title='A "<&>')
    row = dict.fromkeys(CODED, "a&<b") | {"document_id": "note", "start": 0, "end": 19}
    path = write_project(
        document, CODED.frame([row]), tmp_path / "n.qdpx", codes=[Code("a&<b", "A & <B>")]
    )
    assert second_reader(path) == [("note", "a&<b", "A & <B>", document.text[:19])]
    assert read_project(path, document)["category"].tolist() == ["a&<b"]


def rebuilt(path: Path, to: Path, change: tuple[str, str]) -> Path:
    """Write a project again with some words of its XML replaced."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".qde"):
                assert change[0] in content.decode()
                content = content.decode().replace(*change).encode()
            new.writestr(name, content)
    return to


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('startPosition="0"', 'startPosition="-3"'), "do not lie in its text"),
        (('endPosition="8"', 'endPosition="900"'), "do not lie in its text"),
        (('startPosition="0"', 'startPosition="x"'), "without positions"),
        (("CodeRef targetGUID", "CodeRef other"), "a code that the project does not have"),
        (("internal://", "internal://x"), "is not in it"),
        (("</Project>", ""), "no valid XML"),
    ],
)
def test_a_damaged_project_names_its_fault(
    change: tuple[str, str], said: str, tmp_path: Path
) -> None:
    document = Document.from_text("They met.", id="note")
    row = dict.fromkeys(CODED, "a") | {"document_id": "note", "start": 0, "end": 8}
    whole = write_project(document, CODED.frame([row]), tmp_path / "n.qdpx", codes=[Code("a", "A")])
    with pytest.raises(CodingError, match=said):
        read_project(rebuilt(whole, tmp_path / "damaged.qdpx", change), document)


def test_a_text_that_was_changed_is_no_document_given(tmp_path: Path) -> None:
    document = Document.from_text("They met.", id="note")
    path = write_project(document, CODED.empty(), tmp_path / "n.qdpx", codes=[Code("a", "A")])
    other = Document.from_text("They left.", id="notes")
    with pytest.raises(CodingError, match=r"'note'.*none of the documents.*did you mean 'notes'"):
        read_project(path, other)


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    path = tmp_path / "x.qdc"
    path.write_text(
        f'<!DOCTYPE c [<!ENTITY e SYSTEM "{secret}">]><CodeBook><Codes>'
        '<Code guid="a" name="A" isCodable="true"><Description>&e;</Description></Code>'
        "</Codes></CodeBook>"
    )
    assert "hidden" not in read_codebook(path)[0].definition


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.qdpx", b"no archive", "no ZIP archive"),
        ("a.qdc", b"<Code", "no valid XML"),
    ],
)
def test_what_is_no_such_file_is_said(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    document = Document.from_text("They met.", id="note")
    with pytest.raises(CodingError, match=said):
        read_codebook(path) if name.endswith("qdc") else read_project(path, document)


def test_bad_calls_are_one_line(tmp_path: Path) -> None:
    document = Document.from_text("They met.", id="note")
    codes = [Code("health", "Health")]
    row = dict.fromkeys(CODED, "helth") | {"document_id": "note", "start": 0, "end": 8}
    frame = CODED.frame([row])
    with pytest.raises(ParameterError, match="did you mean 'health'"):
        write_project(document, frame, tmp_path / "n.qdpx", codes=codes)
    with pytest.raises(ParameterError, match=r"ends in \.qdpx"):
        write_project(document, CODED.empty(), tmp_path / "n.zip", codes=codes)
    with pytest.raises(ParameterError, match="no column 'segment_id'"):
        write_project(document, frame.drop(columns="segment_id"), tmp_path / "n.qdpx", codes=codes)
    with pytest.raises(ParameterError, match="'other' is not among those given"):
        write_project(document, frame.assign(document_id="other"), tmp_path / "n.qdpx", codes=codes)
    changed = frame.assign(category="health", end=99)
    with pytest.raises(ParameterError, match="0 to 99 do not lie"):
        write_project(document, changed, tmp_path / "n.qdpx", codes=codes)
    with pytest.raises(ParameterError, match="a project needs one"):
        write_project([], CODED.empty(), tmp_path / "n.qdpx", codes=codes)
    with pytest.raises(OutputError, match="cannot be written"):
        write_codebook(codes, tmp_path / "no" / "n.qdc")
