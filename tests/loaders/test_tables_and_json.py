"""Tables and JSON as scholars hold them: their encodings, their shapes, and what is wrong there."""

import datetime
import json
import unicodedata
from pathlib import Path

import pytest

from sco_research.errors import CorpusError, SourceError
from sco_research.loaders import document_id_of, load_corpus, load_document

RUSSIAN = "Главы государств подписали декларацию дружбы."
FRENCH = "Les chefs d’État se sont réunis à l’été."


def saved(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("count", [2, 1_501])
def test_a_table_of_any_length_is_read_in_its_encoding(
    tmp_path: Path, encoding: str, count: int
) -> None:
    rows = "".join(f"They met for the {n}th time and then they parted.\n" for n in range(count))
    path = saved(tmp_path, "a.csv", f"text\n{rows}{RUSSIAN}\n".encode(encoding))
    corpus = load_corpus(path)
    assert len(corpus) == count + 1
    assert list(corpus)[-1].text == RUSSIAN


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_western_table_of_any_length_is_read(tmp_path: Path, name: str) -> None:
    texts = [f"They met for the {n}th time and then they parted." for n in range(2_000)]
    if name == "a.csv":
        lines = ["text", *texts, FRENCH]
    else:
        lines = [json.dumps({"text": text}, ensure_ascii=False) for text in [*texts, FRENCH]]
    path = saved(tmp_path, name, "\n".join(lines).encode("cp1252"))
    assert list(load_corpus(path))[-1].text == FRENCH


def test_the_encoding_a_caller_names_is_that_of_a_table(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", f"text\n{RUSSIAN}\n".encode("cp866"))
    assert [one.text for one in load_corpus(path, encoding="cp866")] == [RUSSIAN]
    with pytest.raises(CorpusError, match="encoding 'cp8660' is unknown"):
        load_corpus(path, encoding="cp8660")


def test_a_surplus_cell_costs_its_row_alone_and_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "id,text\na,They met.\nb,They met, and parted.\nc,Fine.,,\n")
    kept = load_corpus(path, faults="keep")
    assert [(one.id, one.text) for one in kept] == [("a", "They met."), ("c", "Fine.")]
    assert kept.faults == (
        f"{path}, row 3: 3 cells stand under 2 columns, the last is ' and parted.'; put a cell "
        "that holds ',' into quotes",
    )


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", "text,id,text\nOne.,a,Two.\n", "row 1: the column 'text' is named twice"),
        ("a.csv", 'id,"a\nname"\na,b\n', "no column 'text'; it has id, a name"),
        ("a.csv", 'text\n"One." more\n', "below row 1: not a CSV table"),
        ("a.csv", "text,id\n", "the table holds no rows"),
        ("a.jsonl", '{"text": "One."}\n{"text": "a", "text": "b"}\n', "line 2: .*named twice"),
        ("a.json", '{"text": "a", "text": "b"}', "'text' is named twice"),
        ("a.json", '{"text": "One."', "no JSON"),
        ("a.json", "<html><p>They met.</p></html>", "no JSON"),
        ("a.json", '{"text": "One."}\n{"text": \n', "line 2: no JSON"),
        ("a.json", "[]", "holds no records"),
        ("a.json", '["They met."]', "holds no records"),
        ("a.json", '{"title": "T", "words": "They met."}', "no field 'text'; it has title, words"),
        ("a.json", '{"text": ""}', "holds no text"),
        ("a.json", '{"text": 3}', "holds no text"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_clear_line(
    tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    with pytest.raises(CorpusError, match=complaint) as error:
        load_corpus(saved(tmp_path, name, content))
    (fault,) = error.value.faults
    assert "\n" not in fault


@pytest.mark.parametrize(
    "head", ['"","doc_id","text","Date"', "sep=;\n;doc_id;text;Date", "\tdoc_id\ttext\tDate"]
)
def test_a_table_written_by_r_or_excel_is_read(tmp_path: Path, head: str) -> None:
    sign = {"s": ";", "\t": "\t"}.get(head[0], ",")
    row = sign.join(['"1"', '"A/RES/60/1"', '"They met, and parted; fine."', '"2013-09-13"'])
    path = saved(tmp_path, "a.tsv" if sign == "\t" else "a.csv", f"{head}\n{row}\n")
    (document,) = load_corpus(path)
    assert (document.id, document.text) == ("A-RES-60-1", "They met, and parted; fine.")
    assert document.metadata.date == datetime.date(2013, 9, 13)
    assert document.notices[0] == "the id 'A/RES/60/1' is written 'A-RES-60-1'"


RECORD = {
    "doc_id": "lake-1",
    "text": "The Parties met.\n\nThey will trade.",
    "title": "Lakeside Declaration",
    "date": "2013-09-13T00:00:00Z",
    "organisation": "River Organization",
    "language": "English",
    "source_url": "https://example.org/a",
    "session": 79,
    "topics": ["water", "fish"],
    "theme": {"name": "Rivers", "code": 4},
    "votes": [{"state": "A", "vote": "yes"}],
    "empty": None,
}


def test_one_record_is_a_document_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.json", RECORD)
    document = load_document(path)
    assert (document.id, document_id_of(path)) == ("lake-1", "lake-1")
    assert document.text == RECORD["text"]
    known = document.metadata
    assert (known.title, known.issuer) == ("Lakeside Declaration", "River Organization")
    assert (known.organization, known.organization_from) == ("", "")
    assert (known.language, known.url) == ("en", "https://example.org/a")
    assert known.date == datetime.date(2013, 9, 13)
    assert known.notes == "session: 79; topics: water, fish; theme.name: Rivers; theme.code: 4"
    assert document.notices == (
        "kept in the notes: session, topics, theme.name, theme.code",
        "left out, as they are long or no single values: votes",
        "the source names no place",
    )
    assert [(one.id, one.metadata) for one in load_corpus(path)] == [("lake-1", known)]
    assert load_document(path, id="mine").id == "mine"


TWO = [{"id": "a", "text": "They met."}, {"id": "b", "text": "They parted."}]
SHAPES = {
    "list": TWO,
    "lines": "\n".join(map(json.dumps, TWO)),
    "wrapped": {"count": 2, "note": "of the lake", "documents": TWO},
    "search engine": {"hits": {"total": 2, "hits": [{"_source": one} for one in TWO]}},
    "by id": {"a": {"text": "They met."}, "b": {"text": "They parted."}},
    "columns": {"id": ["a", "b"], "text": ["They met.", "They parted."]},
    "numbered columns": {
        "id": {"0": "a", "1": "b"},
        "text": {"0": "They met.", "1": "They parted."},
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_many_records_are_many_documents(tmp_path: Path, shape: str) -> None:
    path = saved(tmp_path, "a.json", SHAPES[shape])
    documents = [(one.id, one.text) for one in load_corpus(path)]
    assert documents == [("a", "They met."), ("b", "They parted.")]
    assert [(one.id, one.text) for one in load_corpus(tmp_path)] == documents
    with pytest.raises(SourceError, match="holds 2 records; load it with load_corpus"):
        load_document(path)


def test_paragraphs_of_a_list_and_other_names_of_the_text(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.json", {"title": "T", "text": ["They met.", "They parted."]})
    assert load_document(path).text == "They met.\n\nThey parted."
    other = saved(tmp_path, "b.json", {"title": "T", "full_text": "They met."})
    assert load_document(other).text == "They met."
    named = saved(tmp_path, "c.json", {"title": "T", "words": "They met."})
    assert [one.text for one in load_corpus(named, text_column="words")] == ["They met."]


@pytest.mark.parametrize("wrapper", ["docvars", "metadata", "meta", "attributes"])
def test_what_is_known_may_stand_in_an_object_of_its_own(tmp_path: Path, wrapper: str) -> None:
    known = {"title": "Lakeside Declaration", "date": "2013-09-13", "doc_id": "lake", "year": 2013}
    path = saved(tmp_path, "a.jsonl", json.dumps({"speech": "They met.", wrapper: known}))
    (document,) = load_corpus(path)
    assert (document.id, document.text) == ("lake", "They met.")
    assert document.metadata.title == "Lakeside Declaration"
    assert document.metadata.date == datetime.date(2013, 9, 13)
    assert document.metadata.notes == "year: 2013"
    # What the record says itself is not overwritten.
    both = saved(tmp_path, "b.jsonl", json.dumps({"text": "They met.", "year": 1, wrapper: known}))
    assert load_corpus(both)["lake"].metadata.notes == f"year: 1; {wrapper}.year: 2013"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
def test_json_is_never_read_as_prose(tmp_path: Path, name: str) -> None:
    assert load_document(saved(tmp_path, name, RECORD)).text == RECORD["text"]
    with pytest.raises(SourceError, match="holds 2 records"):
        load_document(saved(tmp_path, name, SHAPES["lines"]))
    prose = "[Draft] They met.\n{And parted.}\n"
    assert load_document(saved(tmp_path, name, prose)).text.startswith(
        "[Draft] They met." if name != "a.md" else "[Draft]"
    )


def test_a_folder_passes_over_json_without_texts_lock_files_and_copies(tmp_path: Path) -> None:
    saved(tmp_path, "a.txt", "They met.")
    saved(tmp_path, "a - Copy.txt", "They met.")
    saved(tmp_path, "a (1).txt", "They met again.")
    saved(tmp_path, "~$b.docx", b"\x04anna" + b" " * 100)
    saved(tmp_path, "package.json", {"name": "x", "version": "1"})
    corpus = load_corpus(tmp_path)
    assert [one.text for one in corpus] == ["They met again.", "They met."]
    assert f"{tmp_path}: 1 file of no known form passed over: package.json" in corpus.notices
    told = f"{tmp_path}: lock files, copies and links passed over: a - Copy.txt, ~$b.docx"
    assert told in corpus.notices
    with pytest.raises(SourceError, match="lock file that a word processor keeps"):
        load_document(tmp_path / "~$b.docx")
    with pytest.raises(CorpusError, match="no file matches"):
        load_corpus(str(tmp_path / "*.docx"))


def test_a_year_is_no_day_and_costs_no_row(tmp_path: Path) -> None:
    (document,) = load_corpus(saved(tmp_path, "a.csv", "text,date\nThey met.,2013\n"))
    assert document.metadata.date is None
    assert document.metadata.notes == "date: 2013"
    assert document.notices[0] == "the date '2013' is no day"


def test_both_forms_of_a_name_give_one_id(tmp_path: Path) -> None:
    name = "Déclaration Бишкекский"
    ids = set()
    for form in ("NFC", "NFD"):
        folder = tmp_path / form
        folder.mkdir()
        path = saved(folder, unicodedata.normalize(form, f"{name}.txt"), "They met.")
        ids |= {load_document(path).id, *(one.id for one in load_corpus(folder))}
    assert ids == {"Déclaration-Бишкекский"}


@pytest.mark.parametrize("name", ["texts", "Full_Text", "content"])
def test_a_table_names_its_text_as_a_record_may(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, "a.csv", f"id,{name}\na,They met.\n")
    assert [one.text for one in load_corpus(path)] == ["They met."]
    both = saved(tmp_path, "b.csv", "id,texts,content\na,They met.,They parted.\n")
    with pytest.raises(CorpusError, match="no column 'text'; it has id, texts, content"):
        load_corpus(both)


def test_a_row_without_a_day_is_read_as_a_file_is(tmp_path: Path) -> None:
    text = "Lake Statement\n\nZenda, 4 May 2015\n\nThe states of the lake agree on trade.\n"
    table = saved(tmp_path, "20190101.json", [{"text": text}, {"text": text, "place": "Osh"}])
    ours, named = load_corpus(table)
    file = load_document(saved(tmp_path, "a.txt", text))
    assert ours.metadata == file.metadata
    assert ours.notices == file.notices
    assert named.metadata.place == "Osh"
    sentence = saved(tmp_path, "20190101.csv", "text\nThey agree on trade.\n")
    (bare,) = load_corpus(sentence)
    assert bare.notices == tuple(
        f"the source names no {it}" for it in ("date", "title", "place")
    ) + tuple(one for one in bare.notices if "language" in one)
