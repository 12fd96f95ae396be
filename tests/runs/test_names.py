"""What a name stands for, however odd the name."""

from pathlib import Path

import pytest

from sco_research.runs.names import (
    NameKind,
    documents_behind,
    documents_named,
    files_named,
    kind_of,
)


@pytest.fixture(autouse=True)
def _texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    for name in ("texts/a.txt", "2013 [a].txt", "plain"):
        (tmp_path / name).write_text("We will meet.")
    (tmp_path / "list.csv").write_text("file\ntexts/a.txt\nsco-2013-bishkek\n")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sco-2013-bishkek", NameKind.CATALOGUE),
        ("sco-2019-bishkek", NameKind.CATALOGUE),
        ("https://example.invalid/a?b", NameKind.ADDRESS),
        ("texts", NameKind.FOLDER),
        (".", NameKind.FOLDER),
        ("texts/a.txt", NameKind.FILE),
        ("2013 [a].txt", NameKind.FILE),
        ("texts/*.txt", NameKind.PATTERN),
        ("gone/*.txt", NameKind.PATTERN),
        ("gone.txt", NameKind.NOTHING),
        ("", NameKind.NOTHING),
        ("a\0b", NameKind.NOTHING),
        ("a" * 300, NameKind.NOTHING),
        ("a/" * 3000, NameKind.NOTHING),
    ],
)
def test_every_name_has_a_kind(name: str, kind: NameKind) -> None:
    assert kind_of(name) is kind


def test_a_name_is_expanded_to_what_is_behind_it() -> None:
    a = Path("texts/a.txt")
    assert documents_behind("texts/*.txt") == [a]
    assert documents_behind("2013 [a].txt") == [Path("2013 [a].txt")]
    assert documents_behind("list.csv") == [Path("list.csv"), a, "sco-2013-bishkek"]
    assert documents_behind("gone.txt") == documents_behind("") == []


def test_parameters_name_files_folders_and_documents() -> None:
    given = {
        "codebook": "texts/a.txt",
        "reference_folder": "texts",
        "level": "texts",
        "words": ["plain", "will", ""],
        "document": "sco-2013-bishkek",
        # Known, and not on this machine.
        "other": "sco-2019-bishkek",
    }
    assert sorted(files_named(given)) == [Path("texts"), Path("texts/a.txt")]
    assert list(documents_named(given)) == ["sco-2013-bishkek"]
    assert list(documents_named({"others": ["list.csv"]})) == ["sco-2013-bishkek"]
