"""What a source holds or lacks gives a document with notices, or one clear line."""

import io
import zipfile
from pathlib import Path

import pytest

from sco_research import code_speech_acts, find_commitments, load_corpus, load_document, measure
from sco_research.errors import SourceError
from sco_research.loaders.registry import LOADERS, Loader
from sco_research.text.document import Document, web_address


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: T\ndate: 2014-02-29", "date: '2014-02-29' is no day"),
        ("title: T\ndate: !!timestamp nonsense", "date: 'nonsense' is no day"),
        ("title: T\nn: 12:30:99\nm: 0x\nb: !!binary '%%%'\np: !!python/object:os.system x", ""),
        ("[" * 500, "the front matter cannot be read"),
        ("title: 'open", "the front matter cannot be read (line"),
        ("a: &a [x]\nb: [*a, *a]\ntitle: T", "the front matter holds aliases (*name)"),
        ("just words", "the front matter holds no fields"),
        ("title: [a, b]", "front matter, title: it is no single value"),
        ("title: \x01", "the front matter cannot be read"),
    ],
)
def test_front_matter_is_text_or_a_notice(tmp_path: Path, front: str, said: str) -> None:
    path = written(tmp_path, "a.md", f"---\n{front}\n---\nWe will meet in June.\n")
    document = load_document(path)
    assert "We will meet" in document.text
    assert not said or any(said in notice for notice in document.notices)
    if "title: T" in front and "&a" not in front:
        assert document.metadata.title == "T"
        assert document.metadata.date is None


@pytest.mark.parametrize("start", ["\u00b2", "\u0663", "9" * 5000, "-3", "1.5", "x", "", "1e9"])
def test_a_list_begins_with_any_number(tmp_path: Path, start: str) -> None:
    page = (
        f"<html><body><p>We met.</p><ol start='{start}' type='i'><li>We will act.</li></ol>"
        "<ol><li value='\u00b2'>We will meet.</li></ol></body></html>"
    )
    assert "We will act." in load_document(written(tmp_path, "a.html", page)).text


def test_broken_letters_are_replaced_with_a_notice(tmp_path: Path) -> None:
    document = Document.from_text("We \ud800will meet.", id="n", title="A \udfff title")
    assert document.text == "We \ufffdwill meet."
    assert document.metadata.title == "A \ufffd title"
    assert document.notices == ("1 characters were broken (lone surrogates); each is now \ufffd",)
    for frame in (measure(document), code_speech_acts(document), find_commitments(document)):
        frame.to_csv(tmp_path / "a.csv", encoding="utf-8")
    path = written(tmp_path, "rows.jsonl", '{"id": "a", "text": "We will \\ud800 meet."}\n')
    (row,) = load_corpus(path)
    assert row.text == "We will \ufffd meet."
    assert row.notices


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "https://", "http://[", "https://a b/", "//host/x", "https://host:port/",
    ],
)  # fmt: skip
def test_only_web_addresses_are_metadata(tmp_path: Path, address: str) -> None:
    assert web_address(address) == ""
    page = (
        f"<html><head><title>T</title><link rel='canonical' href='{address}'></head>"
        "<body><p>We will meet in June.</p></body></html>"
    )
    text = f'---\ntitle: T\nurl: "{address}"\n---\nWe will meet in June.\n'
    for path in (written(tmp_path, "a.html", page), written(tmp_path, "b.md", text)):
        assert load_document(path).metadata.url == ""
    document = Document.from_text("We meet.", id="n", url=address)
    assert document.metadata.url == ""
    assert document.notices == (
        "the source names an address that is not http or https; it is left out",
    )


def test_an_address_keeps_no_password() -> None:
    document = Document.from_text("We meet.", id="n", url="https://me:secret@host.example/a?b#c")
    assert document.metadata.url == "https://host.example/a?b#c"
    assert web_address("http://host.example:8080/a?") == "http://host.example:8080/a?"


def word_file(**parts: str | None) -> bytes:
    """Return a Word document of one paragraph, with parts changed or taken out."""
    import docx

    whole = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("We will meet in June.", style="List Number")
    word.save(whole)
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            short = name.rpartition("/")[2].partition(".")[0]
            text: str | bytes | None = parts.get(short, old.read(name))
            if text is not None:
                new.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize("part", ["numbering", "styles", "core", "app", "document", "settings"])
@pytest.mark.parametrize("content", [None, "", "<w:x", "<a/>", "no xml at all"])
def test_a_damaged_part_is_read_around_or_said(
    tmp_path: Path, part: str, content: str | None
) -> None:
    path = written(tmp_path, "a.docx", word_file(**{part: content}))
    corpus = load_corpus(path, faults="keep")
    if corpus.faults:
        (fault,) = corpus.faults
        assert str(path) in fault
        assert len(fault.splitlines()) == 1
    else:
        assert "We will meet in June." in corpus.documents[0].text


def test_a_loader_that_fails_costs_one_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: object) -> object:
        raise KeyError("no such part\nsecond line")

    broken = Loader("broken", lambda source: source.data.startswith(b"!"), fail)  # type: ignore[arg-type]
    monkeypatch.setattr("sco_research.loaders.registry.loaders", lambda: (broken, *LOADERS))
    path = written(tmp_path, "a.txt", "!x")
    with pytest.raises(SourceError, match=r"this broken source cannot be read \(KeyError") as said:
        load_document(path)
    assert len(str(said.value).splitlines()) == 1
    written(tmp_path, "b.txt", "We will meet.")
    kept = load_corpus(tmp_path, faults="keep")
    assert [document.id for document in kept] == ["b"]
    assert len(kept.faults) == 1
