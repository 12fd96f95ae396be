"""What a user may name by mistake: devices, links, empty words, broken names, damaged tables."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sco_research import Report, load_codebook, load_corpus, load_document
from sco_research.cli import main as cli
from sco_research.coding.commitments.binding import load_scheme
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.reliability.reference import read_decisions
from sco_research.coding.reliability.samples import read_sample
from sco_research.errors import (
    CodingError,
    JobError,
    ParameterError,
    ScoResearchError,
    SourceError,
    closest_path,
)
from sco_research.exchange.refi_qda_reading import read_project
from sco_research.loaders import stream_corpus
from sco_research.manuscript.citing import read_manuscript
from sco_research.organizations import load_profile
from sco_research.reports.fingerprints import file_hash
from sco_research.reports.prose import Prose
from sco_research.runs.checks import check_inputs
from sco_research.runs.plan import plan_jobs
from sco_research.text.document import Document

NOTE = Document.from_text("We will meet in June.", id="note")
BROKEN = os.fsdecode(b"bad\xff.txt")


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return what makes a pipe; whoever opens one is given words, and so does not wait for ever."""
    made: list[tuple[Path, threading.Thread]] = []

    def write(path: Path) -> None:
        with suppress(BrokenPipeError):
            path.write_text("We met.", encoding="utf-8")

    def make(name: str) -> Path:
        path = tmp_path / name
        os.mkfifo(path)
        writer = threading.Thread(target=write, args=(path,), daemon=True)
        made.append((path, writer))
        writer.start()
        return path

    yield make
    for path, writer in made:
        # Nobody opened it: the writer is let go, and outlives no test.
        end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        writer.join()
        os.close(end)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("a.txt", load_document),
        ("a.csv", load_corpus),
        ("a.jsonl", load_corpus),
        ("a.json", load_corpus),
        ("a.toml", load_corpus),
        ("a.zip", load_corpus),
        ("a.csv", plan_jobs),
        ("a.toml", plan_jobs),
        ("a.toml", load_profile),
        ("a.toml", load_lexicon),
        ("a.json", lambda path: load_scheme("g20rg", path)),
        ("a.csv", lambda path: read_sample(path, NOTE)),
        ("a.qdpx", lambda path: read_project(path, [NOTE])),
        ("a.md", lambda path: Prose(None, path)),
        ("a.md", read_manuscript),
        ("a.tex", read_manuscript),
        ("a.docx", read_manuscript),
    ],
)
def test_a_pipe_is_no_file(
    name: str, read: Callable[[Path], object], pipe: Callable[[str], Path]
) -> None:
    path = pipe(name)
    with pytest.raises(ScoResearchError, match="a device or a pipe") as said:
        read(path)
    assert str(path) in str(said.value)
    assert "Errno" not in str(said.value)


def test_no_hash_is_taken_of_a_pipe(pipe: Callable[[str], Path]) -> None:
    with pytest.raises(OSError, match="a device or a pipe"):
        file_hash(pipe("a.md"))


@pytest.mark.parametrize("word", ["", " ", "\t\n"])
def test_an_empty_word_names_nothing(word: str) -> None:
    with pytest.raises(SourceError, match="the name of a document is empty"):
        load_document(word)
    kept = load_corpus(["sco-2013-bishkek", word], faults="keep")
    assert len(kept) == len(kept.faults) == 1
    with pytest.raises(JobError, match="the name of a document is empty"):
        plan_jobs(word)


@pytest.mark.parametrize("words", [["show", ""], ["corpus", "a", "-o", " "], [""]])
def test_an_empty_argument_is_one_line(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["sco-research", *words])
    monkeypatch.setattr("signal.signal", lambda *given: None)
    monkeypatch.setattr(cli, "_open_streams", lambda: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    (said,) = capsys.readouterr().err.splitlines()
    after = f" after {words[-2]}" if len(words) > 1 else ""
    assert said == f"sco-research: an argument{after} is empty; write it, or leave it out"


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    with pytest.raises(SourceError, match="a link that leads to itself"):
        load_document(tmp_path / "a.txt")


def test_links_give_each_file_once(tmp_path: Path) -> None:
    for name in ("real/a.txt", "real/below/b.txt", ".hidden/c.txt"):
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"We met at {name}.", encoding="utf-8")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "d.txt").write_text("We met outside.", encoding="utf-8")
    texts = tmp_path / "texts"
    for link, target in (
        ("0", "real"), ("z", "real/below"), ("one", outside), ("two", outside),
        ("c.txt", ".hidden/c.txt"), ("e.txt", "real/a.txt"),
    ):  # fmt: skip
        (texts / link).symlink_to(target)
    for number in range(12):
        # Two ways from each to the next: 4,096 to the last, if all were gone.
        folder = texts / f"f{number}"
        folder.mkdir()
        for way in "ab":
            (folder / way).symlink_to(f"../f{(number + 1) % 12}")
    corpus = load_corpus(texts)
    assert [one.id for one in corpus] == ["c", "one-d", "real-a", "real-below-b"]
    (notice,) = corpus.notices
    assert "links passed over: 0, e.txt, " in notice


def test_a_file_lost_between_listing_and_reading_costs_itself(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"We met at {name}.", encoding="utf-8")
    faults: list[str] = []
    stream = stream_corpus(tmp_path, on_fault=faults.append)
    assert next(stream).id == "a"
    (tmp_path / "b.txt").unlink()
    assert [one.id for one in stream] == ["c"]
    (fault,) = faults
    assert fault.startswith(f"{tmp_path / 'b.txt'}: no such file")


def test_what_is_there_is_not_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "themes.toml").mkdir()
    assert closest_path(tmp_path / "themes.toml") is None
    with pytest.raises(ScoResearchError) as said:
        load_codebook(tmp_path / "themes.toml")
    assert f"did you mean {str(tmp_path)!r}" not in str(said.value)
    assert f"{tmp_path / 'themes.toml'}'?" not in str(said.value)


def test_a_name_that_is_no_utf_8_is_shown_and_makes_no_report(tmp_path: Path) -> None:
    path = tmp_path / BROKEN
    path.write_text("We will meet.", encoding="utf-8")
    assert load_document(path).id == "bad"
    with pytest.raises(ParameterError, match=r"bad\\udcff\.txt holds bytes that are no UTF-8"):
        check_inputs(plan_jobs(path, "themes"))
    with pytest.raises(ParameterError, match="parameter 'document_id'"):
        Report("themes", NOTE, title="T", parameters={"document_id": str(path)})


@pytest.mark.parametrize("given", [{"title": BROKEN}, {"authors": ["A", BROKEN]}])
def test_words_that_are_no_utf_8_are_refused_before_a_run(given: dict[str, object]) -> None:
    with pytest.raises(JobError, match=r"parameter '(title|authors)': bad\\udcff"):
        plan_jobs("sco-2013-bishkek", "language", parameters=given)


def test_decisions_come_as_a_spreadsheet_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    header = ("segment_id", "variable", "category", "value", "reason")
    rows = [header, ("n:p1.s1", "strict", "", "yes", "a – b"), ("n:p1.s2", "strict", "", "", "")]
    for text, encoding in (
        ("\n".join(map(",".join, rows)), "utf-8"),
        ("\r\n".join(map(";".join, rows)), "cp1252"),
        ("\r\n".join(map("\t".join, rows)), "utf-16"),
    ):
        path.write_text(text, encoding=encoding, newline="")
        assert read_decisions(path)[list(header)].to_numpy().tolist() == [list(rows[1])]
    path.write_bytes(b"\x00\xff" * 50)
    with pytest.raises(CodingError, match=r"decisions\.csv"):
        read_decisions(path)


def test_json_that_holds_half_a_letter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"title": "A \udc00", "text": "We \ud800 met."}), encoding="utf-8")
    document = load_document(path)
    assert document.text == "We \ufffd met."
    assert document.metadata.title == "A \ufffd"
