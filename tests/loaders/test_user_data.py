"""The user's own folder: a catalogue, and texts beside it."""

import hashlib
from pathlib import Path

import pytest

from sco_research.errors import CatalogueError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import catalogue

TEXT = "Lake Declaration\n\nWe will meet at the lake."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with two texts, and an entry without its text."""
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(tmp_path / "home"))
    texts = tmp_path / "home" / "declarations"
    texts.mkdir(parents=True)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    lines = []
    for name in ("lake", "pond", "gone"):
        lines += ["[[document]]", f'id = "{name}"', 'title = "Of the Water"']
        lines += [f'file = "{name}.txt"', f'sha256 = "{digest}"']
        (texts / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (texts / "gone.txt").unlink()
    (texts.parent / "catalogue.toml").write_text("\n".join(lines), encoding="utf-8")
    return texts.parent


def test_a_text_of_ones_own_lies_beside_ones_own_catalogue(home: Path) -> None:
    document = load_document("lake")
    assert (document.id, document.metadata.title) == ("lake", "Of the Water")
    with pytest.raises(CatalogueError, match=r"declarations/gone.txt: .*put the text there, or me"):
        load_document("gone")
    (home / "declarations" / "lake.txt").write_text("Changed.", encoding="utf-8")
    with pytest.raises(CatalogueError, match="the catalogue says"):
        load_document("lake")


@pytest.mark.parametrize("file", ["/etc/hostname", "../a.txt", "a/../../b.txt", "..\\\\a.txt"])
def test_a_text_elsewhere_is_refused(home: Path, file: str) -> None:
    with (home / "catalogue.toml").open("a", encoding="utf-8") as out:
        out.write(f'\n[[document]]\nid = "else"\nfile = "{file}"\nsha256 = "{"0" * 64}"\n')
    with pytest.raises(CatalogueError, match=r"document\.3\.file: .*beside the catalogue"):
        catalogue()


def test_a_text_of_ones_own_may_have_another_encoding(home: Path) -> None:
    text = "The heads of state met. Communiqué of the “Six” – § 5.".encode("cp1252")
    (home / "declarations" / "lake.txt").write_bytes(text)
    catalogue_file = home / "catalogue.toml"
    known = catalogue_file.read_text(encoding="utf-8")
    digest = hashlib.sha256(text).hexdigest()
    catalogue_file.write_text(known.replace(hashlib.sha256(TEXT.encode()).hexdigest(), digest))
    document = load_document("lake")
    assert "Communiqué of the “Six”" in document.text
    assert any("cp1252" in notice for notice in document.notices)
