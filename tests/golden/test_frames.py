"""The net itself: it tells what differs between two folders of frames, and nothing where none."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research.text.document import Document
from tests.golden import frames as net

FRAME = pd.DataFrame({"verb": ["meet", "agree", None], "at": [1, 2, 3], "share": [0.1, 0.5, 1.0]})


def compared(
    folder: Path, old: pd.DataFrame, new: pd.DataFrame, *ignored: str
) -> dict[str, list[str]]:
    for name, frame in (("old", old), ("new", new)):
        net.Writer(folder / name, {}).write("one/frame", frame.copy)
    found: dict[str, list[str]] = net.compare(folder / "old", folder / "new", ignored)
    return found


def test_equal_frames_are_equal(tmp_path: Path) -> None:
    assert compared(tmp_path, FRAME, FRAME.copy()) == {}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (
            FRAME.assign(verb=pd.Series(["meet", "agreed", None])),
            "first: row 1, verb: agree -> agreed",
        ),
        (FRAME.assign(share=[0.1, 0.5, 1.0 + 2**-52]), "cells: 1 (share 1)"),
        (FRAME.assign(at=[1.0, 2.0, 3.0]), "dtype of at: int64 -> float64"),
        (FRAME.head(2), "rows: 3 -> 2"),
        (FRAME.drop(columns="at"), "columns removed: at"),
        (FRAME.assign(more=1), "columns added: more"),
        (FRAME[["at", "verb", "share"]], "order of columns: verb, at, share -> at, verb, share"),
    ],
)
def test_a_difference_is_named(tmp_path: Path, new: pd.DataFrame, said: str) -> None:
    assert said in compared(tmp_path, FRAME, new)["one/frame"]


@pytest.mark.parametrize("ignored", ["one/*", "*:verb"])
def test_an_announced_change_is_passed_over(tmp_path: Path, ignored: str) -> None:
    changed = FRAME.assign(verb=pd.Series(["meet", "agreed", None]))
    assert compared(tmp_path, FRAME, changed, ignored) == {}
    assert compared(tmp_path, FRAME, changed.assign(at=7), "*:verb") != {}


def test_missing_and_extra_frames_are_named(tmp_path: Path) -> None:
    net.Writer(tmp_path / "old", {}).write("a", FRAME.copy)
    net.Writer(tmp_path / "new", {}).write("b", FRAME.copy)
    assert net.compare(tmp_path / "old", tmp_path / "new") == {"a": ["missing"], "b": ["extra"]}
    assert net.main(["compare", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert net.main(["compare", str(tmp_path / "old"), str(tmp_path / "old")]) == 0


def test_values_of_different_types_are_told_apart() -> None:
    values = [None, "None", float("nan"), "nan", pd.NaT, pd.NA, "", [], ["a"], "['a']", "\\nan"]
    written = [net.cell(value, bare=False) for value in [*values, 1, 1.0, True, "1"]]
    assert len(set(written)) == len(written)


def test_an_error_is_a_frame(tmp_path: Path) -> None:
    writer = net.Writer(tmp_path, {"/home/me": "<home>"})
    writer.write("broken", net.raising(ValueError("no file in /home/me")))
    (row,) = net.read_frame(tmp_path / "broken.csv").rows
    assert row == {"error": "ValueError", "message": "no file in <home>"}


def test_a_text_written_twice_gives_the_same_files(tmp_path: Path) -> None:
    text = "The Parties will open an archive. They welcome the treaty.\n\nTrade grows steadily."
    for name in ("old", "new"):
        writer = net.Writer(tmp_path / name, {})
        net.write_document(writer, "note", lambda: Document.from_text(text, id="note"))
        assert writer.frames > 50
    assert net.compare(tmp_path / "old", tmp_path / "new") == {}
    acts = net.read_frame(tmp_path / "old" / "note" / "speech-acts-default.csv")
    assert [row["strict"] for row in acts.rows] == ["True", "False", "False"]
