"""Sources as they come: encodings where they are certain, one clear error where they are not."""

from importlib import import_module
from pathlib import Path

import pytest

from sco_research.errors import CatalogueError, CorpusError, ParameterError, SourceError
from sco_research.loaders import load_corpus, load_document
from sco_research.loaders.catalogue import read_catalogue
from sco_research.loaders.encoding import decode
from tests.privileges import without_privileges

ENGLISH = "The heads of state met. Communiqué of the “Six” – § 5."
JAPANESE = "両国の首脳は会談した。これからも協力を続けることで一致した。"
RUSSIAN = "Главы государств подписали декларацию."


NOTHING_NAMED = tuple(f"the source names no {it}" for it in ("date", "title", "place"))


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH * 3, "utf-16-le", "utf-16-le"),
        (ENGLISH * 3, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "cp1252", "cp1252"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
    ],
)
def test_a_certain_encoding_is_decoded_and_said(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    document = load_document(path)
    assert document.text == text
    notices = () if said == "utf-8" else (f"decoded as {said}",)
    assert document.notices == (*notices, *NOTHING_NAMED)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (bytes(range(128, 256)), "no encoding explains its bytes"),
        (b"\xff\xfe\x00", "no utf-16"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"", "empty"),
        (b" \n\t", "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(
    tmp_path: Path, data: bytes, complaint: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=complaint) as error:
        load_document(path)
    assert "text.txt" in str(error.value)
    assert "\n" not in str(error.value)


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Č Ř Š".encode("cp1250"))
    assert load_document(path, encoding="cp1250").text == "Č Ř Š"
    with pytest.raises(ParameterError, match="unknown"):
        load_document(path, encoding="cp9999")


def test_control_characters_are_kept() -> None:
    assert decode(b"a\x00b\x07c", where="x") == ("a\x00b\x07c", "utf-8")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("no-such-file.txt", "no such file"),
        ("sco-2013-bishkk", "did you mean 'sco-2013-bishkek'"),
        (".", "folder"),
        ("ftp://example.org/a.html", "save the page"),
        ("a\0b", "cannot be read"),
    ],
)
def test_a_missing_source_is_said(source: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        load_document(source)


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("We met.")
    assert load_document(path).text == "We met."
    path.chmod(0)
    with without_privileges(tmp_path), pytest.raises(SourceError, match=r"secret.*permission"):
        load_document(path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Astana 2011.txt", "Astana-2011"), ("..txt", "document"), ("a'b\"c.txt", "a-b-c")],
)
def test_a_file_name_becomes_an_id(tmp_path: Path, name: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text("We met.", encoding="utf-8")
    assert load_document(path).id == expected


def test_a_long_file_name_becomes_an_id(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 240 + ".txt")
    path.write_text("We met.", encoding="utf-8")
    assert load_document(path).id == "x" * 100


def test_a_folder_is_a_corpus_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("We met.", encoding="utf-8")
    assert [document.id for document in load_corpus(tmp_path)] == ["a", "b"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"no file that a loader reads .*\.txt"):
        load_corpus(tmp_path / "empty")


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("We met.", encoding="utf-8")
    with pytest.raises(CorpusError, match="'a'"):
        load_corpus([tmp_path / "one", tmp_path / "two"])


ENTRY = """
[[document]]
id = "a"
title = "A"
type = "declaration"
place = ""
date = 2013-09-13
organization = "O"
language = "en"
source = ""
url = ""
file = "a.txt"
sha256 = "{hash}"
"""


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[[document", "Expected"),
        (ENTRY.format(hash="12"), "document.0.sha256"),
        (ENTRY.format(hash="0" * 64) * 2, "'a' appears twice"),
        (ENTRY.format(hash="0" * 64) + "colour = 'red'\n", "colour"),
    ],
)
def test_a_malformed_catalogue_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=complaint):
        read_catalogue(path)


def test_a_changed_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("sco_research.loaders.catalogue")
    (tmp_path / "a.txt").write_text("Changed.", encoding="utf-8")
    path = tmp_path / "catalogue.toml"
    path.write_text(ENTRY.format(hash="0" * 64), encoding="utf-8")
    monkeypatch.setattr(module, "data_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(CatalogueError, match="sha256"):
        module.bundled_source(read_catalogue(path)["a"])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.csv", "a table"),
        ("a.jsonl", "a table"),
        ("a.parquet", "a table"),
        ("a.toml", "a manifest"),
        ("a.zip", "an archive"),
    ],
)
def test_what_holds_many_documents_is_not_read_as_one(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / name).write_text("name,age\nLakeside,3\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"{name}: this is named as {what}.*load_corpus"):
        load_document(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "notice"),
    [
        ("a.pdf", b"We met.", "the file is named .pdf, but is no PDF; read as plain"),
        ("a.docx", b"We met.", "the file is named .docx, but is no DOCX; read as plain"),
        ("a.htm", b"We met.", "the file is named .htm, but is no HTML; read as plain"),
        (
            "a.pdf",
            b"<html><body><p>We met.</p></body></html>",
            "the file is named .pdf, but is no PDF; read as html",
        ),
    ],
)
def test_a_file_that_its_name_belies_is_read_and_that_is_said(
    tmp_path: Path, name: str, data: bytes, notice: str
) -> None:
    (tmp_path / name).write_bytes(data)
    document = load_document(tmp_path / name)
    assert document.text == "We met."
    assert notice in document.notices


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_bytes_named_as_a_form_that_they_are_not(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(bytes(range(128, 256)))
    complaint = f"this is no {suffix.upper()}, though it is named so, and no text .*get the file"
    with pytest.raises(SourceError, match=complaint):
        load_document(path)


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        ("They will open their ports to the ships of the others, and they", True),
        ("They will trade. They will al", True),
        ("They will open their ports to the ships of the others, and they will meet.", False),
        ("For the Republic of Upland and its people        For the Republic of Lowland", False),
        ("President of Upland", False),
        (
            "Done at Lakeside on the fourth day of May two thousand and thirteen in two copies",
            False,
        ),
    ],
)
def test_a_text_that_was_not_copied_whole_is_told(tmp_path: Path, end: str, is_cut: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"The states of the lake met.\n\n{end}\n", encoding="utf-8")
    told = "the text ends without a stop; it may be cut off" in load_document(path).notices
    assert told is is_cut
