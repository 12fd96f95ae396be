"""The commands of exchange: files out, codings in, each fault one line."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sco_research import load_document
from sco_research.cli.exchange import app
from sco_research.errors import ParameterError, SourceError
from sco_research.exchange.refi_qda_reading import read_codebook, read_project


def run(*args: str | Path) -> str:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("We will open clinics.\n\nThey fight drugs.\n")
    return path


def test_a_project_goes_out_and_comes_back(note: Path, tmp_path: Path) -> None:
    project, table = tmp_path / "note.qdpx", tmp_path / "coded.csv"
    assert "1 texts" in run("project", "-d", note, "-o", project)
    assert "coded by sco-research" in run("read", project, "-d", note, "-o", table)
    coded = pd.read_csv(table)
    assert "commitment.strict" in set(coded["category"])
    assert "security.drugs" in set(coded["category"])


def test_an_empty_project_has_texts_and_codes_only(note: Path, tmp_path: Path) -> None:
    project = tmp_path / "note.qdpx"
    run("project", "-d", note, "-s", "commitments", "--empty", "-o", project)
    assert read_project(project, load_document(note)).empty
    assert [code.id for code in read_codebook(project)][-1] == "commitment.broad"


def test_codebooks_go_out(tmp_path: Path) -> None:
    for name in ("themes", "commitments"):
        run("codebook", name, "-o", tmp_path / f"{name}.qdc")
    assert len(read_codebook(tmp_path / "themes.qdc")) > 20


def test_a_machine_codes_between_two_commands(note: Path, tmp_path: Path) -> None:
    texts, labels, prompt = (tmp_path / name for name in ("t.csv", "l.csv", "p.txt"))
    run("texts", "-d", note, "-o", texts)
    ids = pd.read_csv(texts)["id"].tolist()
    labels.write_text("id,strict\n" + "".join(f"{name},yes\n" for name in ids))
    prompt.write_text("Is there a strict commitment?")
    ratings = tmp_path / "ratings.csv"
    made = ("--model", "m", "--model-version", "1", "--prompt", prompt)
    run("labels", labels, "-d", note, *made, "-o", ratings)
    assert pd.read_csv(ratings)["value"].tolist() == ["yes", "yes"]
    assert '"prompt_sha256"' in ratings.with_suffix(".coder.json").read_text()


def test_what_cannot_be_is_one_line(note: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="choose themes or commitments"):
        run("project", "-d", note, "-s", "other")
    with pytest.raises(ParameterError, match="level 'word'"):
        run("texts", "-d", note, "--level", "word")
    made = ("--model", "m", "--model-version", "1", "--prompt", tmp_path / "none.txt")
    with pytest.raises(SourceError, match="--prompt"):
        run("labels", note, "-d", note, *made)
