"""Corpora as scholars have them: folders, archives, tables, manifests, and what is wrong there."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sco_research.errors import CorpusError, ParameterError, SourceError
from sco_research.loaders import (
    Loader,
    files_in,
    load_corpus,
    load_document,
    registry,
    stream_corpus,
)
from sco_research.loaders.source import ParsedSource
from tests.privileges import without_privileges

LONG = "The member states of the River Organization will meet in the spring of year {}."


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b", a__txt="One.", c__md="# Two\n\nTwo.")
    write(tmp_path, z__html="<html><p>Three is a page.</p></html>", _skip__jpg="x")
    write(tmp_path / ".git", d__txt="Hidden.")
    corpus = load_corpus(tmp_path)
    assert [document.id for document in corpus] == ["b-a", "b-c", "z"]
    assert corpus.notices == (f"{tmp_path}: 1 file of no known form passed over: _skip.jpg",)


def test_a_glob_names_its_files(tmp_path: Path) -> None:
    write(tmp_path / "x", a__txt="One.", b__md="Two.")
    assert [document.id for document in load_corpus(str(tmp_path / "**" / "*.txt"))] == ["a"]
    with pytest.raises(CorpusError, match="no file matches"):
        load_corpus(str(tmp_path / "*.pdf"))


def test_every_fault_is_listed_and_the_rest_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, a__txt="One.", b__txt="", c__pdf="%PDF-1.7", d__txt="Four.")
    (tmp_path / "e.txt").symlink_to("f.txt")
    (tmp_path / "f.txt").symlink_to("e.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "lost.txt").symlink_to("nowhere.txt")
    with pytest.raises(CorpusError) as error:
        load_corpus(tmp_path)
    faults = error.value.faults
    assert str(error.value).splitlines()[0] == f"{len(faults)} sources cannot be read, 2 can"
    named = {Path(fault.split(": ")[0]).name for fault in faults}
    assert named == {"b.txt", "c.pdf", "e.txt", "f.txt", "loop", "lost.txt"}
    assert all("\n" not in fault and "; " in fault for fault in faults)
    kept = load_corpus(tmp_path, faults="keep")
    assert [document.id for document in kept] == ["a", "d"]
    assert kept.faults == faults


def test_an_unreadable_folder_is_one_fault(tmp_path: Path) -> None:
    write(tmp_path, a__txt="One.")
    write(tmp_path / "secret", b__txt="Two.")
    assert [document.id for document in load_corpus(tmp_path)] == ["a", "secret-b"]
    (tmp_path / "secret").chmod(0)
    with without_privileges(tmp_path):
        kept = load_corpus(tmp_path, faults="keep")
    (tmp_path / "secret").chmod(0o700)
    assert [document.id for document in kept] == ["a"]
    assert "check its permissions" in kept.faults[0]


def test_an_unknown_wish_for_faults_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="'raise' or 'keep'"):
        load_corpus(tmp_path, faults="ignore")  # type: ignore[arg-type] # the very mistake tested


def test_duplicates_are_said(tmp_path: Path) -> None:
    text = "\n".join(LONG.format(year) for year in range(2000, 2020))
    write(tmp_path, a__txt=text, b__txt=text, c__txt=text.replace("\n", "\n\n").upper())
    write(tmp_path, d__txt=text.replace("2007", "1907"), e__txt=text.replace("year", "anno"))
    corpus = load_corpus(tmp_path)
    assert [document.notices[3:] for document in corpus] == [
        (),
        ("the same file as a",),
        ("the same words as a",),
        ("nearly the same text as a",),
        (),
    ]
    assert "b: the same file as a" in corpus.notices


def test_a_stream_holds_one_document_at_a_time(tmp_path: Path) -> None:
    write(tmp_path, a__txt="One.", b__txt="")
    faults: list[str] = []
    stream = stream_corpus([tmp_path, tmp_path / "none.txt"], on_fault=faults.append)
    assert next(stream).id == "a"
    assert faults == []
    assert list(stream) == []
    assert ["the file is empty" in faults[0], "no such file" in faults[1]] == [True, True]
    ended = stream_corpus(tmp_path)
    next(ended)
    with pytest.raises(CorpusError, match="1 source cannot be read, 1 can"):
        next(ended)


def test_one_source_that_breaks_its_loader_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: object) -> ParsedSource:
        raise RecursionError("too deep")

    broken = Loader("broken", lambda source: source.data.startswith(b"!"), fail, (".txt",))
    monkeypatch.setattr(registry, "loaders", lambda: (broken, *registry.LOADERS))
    write(tmp_path, a__txt="!", b__txt="Two.")
    kept = load_corpus(tmp_path, faults="keep")
    assert [document.id for document in kept] == ["b"]
    assert "RecursionError: too deep" in kept.faults[0]


def test_an_archive_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "texts.zip"
    path.write_bytes(
        zipped({"a.txt": "One.", "sub/b.md": "Two.", "__MACOSX/a.txt": "x", "sub/c.jpg": "x"})
    )
    corpus = load_corpus(path)
    assert [document.id for document in corpus] == ["a", "sub-b"]
    assert corpus.notices == (f"{path}: 1 file of no known form passed over: sub/c.jpg",)


def test_a_path_out_of_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.zip"
    path.write_bytes(zipped({"../../evil.txt": "x", "/etc/evil.txt": "x", "good.txt": "One."}))
    kept = load_corpus(path, faults="keep")
    assert [document.id for document in kept] == ["good"]
    assert len(kept.faults) == 2
    assert all("leads out of the archive" in fault for fault in kept.faults)
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_an_archive_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.zip"
    path.write_bytes(zipped({f"{n}.txt": " " * 10_000_000 for n in range(4)}))
    with pytest.raises(CorpusError, match=r"unpacks from 0\.0 MB to 40\.0 MB"):
        load_corpus(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no archive", b""])
def test_a_damaged_archive_is_one_fault(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "texts.zip"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="damaged or truncated"):
        load_corpus(path)


def _csv(path: Path) -> None:
    path.with_suffix(".csv").write_text(
        'id;text;date;language\nfirst;"One; and\nmore.";2013-09-13;fr\n;Two.;;\n', encoding="utf-8"
    )


def _jsonl(path: Path) -> None:
    path.with_suffix(".jsonl").write_text(
        '{"id": "first", "text": "One; and\\nmore.", "date": "13 September 2013", '
        '"language": "fr"}\n\n{"text": "Two."}\n',
        encoding="utf-8",
    )


def _parquet(path: Path) -> None:
    table = pa.table(
        {
            "id": ["first", None],
            "text": ["One; and\nmore.", "Two."],
            "date": [datetime.date(2013, 9, 13), None],
            "language": ["fr", None],
        }
    )
    pq.write_table(table, path.with_suffix(".parquet"))


@pytest.mark.parametrize("make", [_csv, _jsonl, _parquet])
def test_a_table_has_a_text_in_each_row(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "texts")
    (path,) = tmp_path.iterdir()
    first, second = load_corpus(path)
    assert (first.id, first.text, first.metadata.language) == ("first", "One; and\nmore.", "fr")
    assert first.metadata.date == datetime.date(2013, 9, 13)
    assert second.id.startswith("texts-")
    assert second.text == "Two."


def test_a_table_without_its_text_column_says_which_it_has(tmp_path: Path) -> None:
    pq.write_table(pa.table({"words": ["One."], "year": [2013]}), tmp_path / "a.parquet")
    with pytest.raises(CorpusError, match="no column 'text'; it has words, year"):
        load_corpus(tmp_path / "a.parquet")
    corpus = load_corpus(tmp_path / "a.parquet", text_column="words")
    assert [document.text for document in corpus] == ["One."]


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.parquet", b"PAR1 nonsense", "not a Parquet file"),
        ("a.jsonl", b'{"text": "One."}\n{"text": \n', "line 2: no JSON"),
        ("a.jsonl", b"[1]\n", "line 1: not an object"),
        ("a.csv", b'text\n"never ends\n', "not a CSV table"),
        ("a.csv", b"text,date\nOne.,yesterday\n", "the date 'yesterday' is in no known form"),
        ("a.csv", b"text,date\n,2013-09-13\n", "row 2: the column 'text' holds no text"),
        ("a.csv", b"id,text\n../x,One.\n", "document id '../x'"),
    ],
)
def test_a_faulty_table_says_where(tmp_path: Path, name: str, data: bytes, complaint: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorpusError, match=complaint):
        load_corpus(tmp_path / name)


MANIFESTS = {
    "m.csv": "file,id,title,date\na.txt,first,A Title,2013-09-13\nnone.txt,,,\n,,,\n",
    "m.toml": '[[document]]\nfile = "a.txt"\nid = "first"\ntitle = "A Title"\ndate = 2013-09-13\n'
    '[[document]]\nfile = "none.txt"\n[[document]]\ntitle = "x"\n',
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_names_files_and_what_is_known_of_them(tmp_path: Path, name: str) -> None:
    write(tmp_path, a__txt="One.")
    (tmp_path / name).write_text(MANIFESTS[name], encoding="utf-8")
    kept = load_corpus(tmp_path / name, faults="keep")
    (document,) = kept
    assert (document.id, document.metadata.title) == ("first", "A Title")
    assert document.metadata.date == datetime.date(2013, 9, 13)
    assert len(kept.faults) == 2
    assert "no such file" in kept.faults[0]
    assert "names no file" in kept.faults[1]


def test_a_toml_manifest_names_its_files_as_a_table_does(tmp_path: Path) -> None:
    write(tmp_path, a__txt="One.")
    (tmp_path / "m.toml").write_text('[[document]]\npath = "a.txt"\n', encoding="utf-8")
    assert [document.id for document in load_corpus(tmp_path / "m.toml")] == ["a"]


@pytest.mark.parametrize("content", ["[[document", "x = 1", "document = 3"])
def test_a_malformed_manifest_is_one_fault(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"m\.toml"):
        load_corpus(path)


def test_the_date_is_taken_from_a_dateline_or_a_name_and_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, a__txt="We met.\n\nLakeside, June 9, 2017\n")
    (tmp_path / "20190614.D1E.txt").write_text("We met again.", encoding="utf-8")
    first, second = load_corpus([tmp_path / "a.txt", tmp_path / "20190614.D1E.txt"])
    assert first.metadata.date == datetime.date(2017, 6, 9)
    assert first.notices == (
        "the date is taken from the line 'Lakeside, June 9, 2017'",
        "the place is taken from the text",
        "the source names no title",
    )
    assert second.metadata.date == datetime.date(2019, 6, 14)
    assert second.notices == (
        "the date is taken from the file's name",
        "the source names no title",
        "the source names no place",
    )


def test_a_mixed_text_has_the_language_most_of_it_is_in(tmp_path: Path) -> None:
    write(tmp_path, a__txt="Главы государств подписали декларацию. They met.")
    assert load_document(tmp_path / "a.txt").metadata.language == "ru"


def test_a_loader_of_another_package_comes_by_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("odd", "a_package:loader", registry.ENTRY_POINTS)
    odd = Loader(
        "odd",
        lambda source: source.suffix == ".odd",
        lambda source: ParsedSource(source.text[3:], (0, len(source.text) - 3)),
        (".odd",),
    )
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    monkeypatch.setattr(EntryPoint, "load", lambda self: odd)
    registry.loaders.cache_clear()
    write(tmp_path, a__odd="...We met.")
    try:
        assert [document.text for document in load_corpus(tmp_path)] == ["We met."]
        monkeypatch.setattr(EntryPoint, "load", lambda self: 3)
        registry.loaders.cache_clear()
        with pytest.raises(SourceError, match=r"'odd' \(a_package:loader\): is no Loader"):
            load_document(tmp_path / "a.odd")
    finally:
        monkeypatch.undo()
        registry.loaders.cache_clear()


def test_results_among_the_texts_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("We will meet.", encoding="utf-8")
    for name, marks in (
        ("reports/text/themes", ("provenance.json", "ro-crate-metadata.json", "report.html")),
        ("dataset", ("dataset.json", "chunks/chunk-000000.json")),
    ):
        for mark in marks:
            path = tmp_path / name / mark
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}", encoding="utf-8")
    for name in ("run-log.jsonl", "batch.csv", "index.html"):
        (tmp_path / "reports" / name).write_text("{}", encoding="utf-8")
    corpus = load_corpus(tmp_path, faults="keep")
    assert [document.id for document in corpus] == ["text"]
    assert corpus.faults == ()
    (notice,) = corpus.notices
    assert "results of this package passed over: dataset, reports/text/themes" in notice
    assert [path.name for path in files_in(tmp_path)] == ["text.txt"]
    # Whoever names them wants them.
    assert files_in(tmp_path / "reports" / "text" / "themes")


@pytest.mark.parametrize("name", ["provenance.json", "dataset.json", "index.html", "chunks.json"])
def test_a_text_that_is_named_as_a_result_is_a_text(name: str, tmp_path: Path) -> None:
    data = "<p>We meet.</p>" if name.endswith("html") else json.dumps({"text": "We meet."})
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / name).write_text(data, encoding="utf-8")
    assert len(load_corpus(tmp_path)) == 1


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf", b"\0" * 100, b"\x07", " \u200b\u2060\ufeff\n".encode()]
)
def test_a_text_without_a_sign_is_empty(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.txt: the (text|file) is empty; save"):
        load_document(tmp_path / "a.txt")


def test_a_link_that_leads_nowhere_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone.txt")
    with pytest.raises(SourceError, match=r"a\.txt: a link that leads nowhere"):
        load_document(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000, "a\0b", "x/" * 3000])
def test_a_name_that_no_file_can_have_is_one_fault(name: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("We meet.", encoding="utf-8")
    rows = [{"file": name}, {"file": "good.txt"}]
    (tmp_path / "list.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    sources: list[Path | list[str | Path]] = [
        tmp_path / "list.jsonl",
        [name, tmp_path / "good.txt"],
    ]
    for source in sources:
        corpus = load_corpus(source, faults="keep")
        assert ([document.id for document in corpus], len(corpus.faults)) == (["good"], 1)
        assert len(corpus.faults[0]) < 2000
