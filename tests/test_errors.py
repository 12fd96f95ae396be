"""A message is of one line that can be read, whatever it quotes."""

import json
from pathlib import Path

import pytest

from sco_research.errors import (
    CorpusError,
    JobError,
    OrganizationError,
    ParameterError,
    ScoResearchError,
    SourceError,
    brief,
)
from sco_research.loaders import load_corpus
from sco_research.text.document import Document

READABLE = 1300


@pytest.mark.parametrize(
    "error",
    [
        SourceError(f"a.csv, row 1: the date {'9' * 10**6} is in no known form; write 2013-09-13"),
        CorpusError([f"a.csv: {'x' * 10**6}; write 2013-09-13"]),
        JobError([f"jobs.csv: {'x ' * 10**6}; write 2013-09-13"]),
        OrganizationError(f"a.toml: {'x' * 10**6}; write 2013-09-13"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_long_value_leaves_where_and_the_mend(error: ScoResearchError) -> None:
    told = str(error).splitlines()[-1]
    assert len(told) < READABLE
    assert told.strip().startswith(("a.", "jobs."))
    assert told.endswith("write 2013-09-13")
    assert all(len(fault) < READABLE for fault in getattr(error, "faults", ()))


def test_a_short_message_is_told_as_it_is() -> None:
    said = "a.csv, row 1: no date\n  a.csv, row 2: no title"
    assert str(ParameterError(said)) == said
    assert brief("x" * 1200) == "x" * 1200


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", json.dumps({"text": "We meet.", "date": "9" * 5000})),
        ("a.csv", f"text,date\nWe meet.,{'9' * 5000}\n"),
        ("a.json", json.dumps({"text": "We meet.", "date": "9" * 5000})),
        ("a.md", f"---\ndate: {'9' * 5000}\n---\n\nWe meet.\n"),
        ("a.md", f"---\n{'a' * 5000}: [\n---\n\nWe meet.\n"),
        ("a.toml", f'[[document]]\nfile = "{"x" * 5000}.txt"\n'),
        ("a.txt", f"[Title] A\n[Date] {'June ' * 2000}\n[Full text]\n\nWe meet.\n"),
    ],
)
def test_what_a_source_says_is_quoted_in_short(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path / name, faults="keep")
    told = [*corpus.faults, *corpus.notices, *(one for each in corpus for one in each.notices)]
    assert corpus.faults or len(corpus) == 1
    assert all(len(line) < READABLE and len(line.splitlines()) == 1 for line in told)


def test_a_notice_is_told_in_short() -> None:
    document = Document.from_text("We meet.", id="a")
    long = Document(
        document.id, document.text, document.metadata, document.sha256, document.body,
        notices=("the date " + "9" * 10**6 + " is no day",),
    )  # fmt: skip
    assert [len(notice) < READABLE for notice in long.notices] == [True]
