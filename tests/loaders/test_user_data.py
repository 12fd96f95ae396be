"""The user's own folder: a catalogue, texts beside it, pages fetched; and what of it travels."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

import pytest

from sco_research.errors import CatalogueError, SourceError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import catalogue
from sco_research.loaders.user_data import files_of_home
from sco_research.loaders.web.ledger import Ledger
from sco_research.resources import home_folder, home_in

TEXT = "Lake Declaration\n\nWe will meet at the lake."
ADDRESS = "https://example.invalid/a.html"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with two texts, an entry without its text, and three pages."""
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
    for name in (ADDRESS, "sco-2019-bishkek", "sco-2005-astana"):
        Ledger().keep(
            name, f"{len(name)}.html", b"<p>We met.</p>", url=ADDRESS, first_seen="2024-01-01"
        )
    return texts.parent


def written(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


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


def test_what_is_named_travels_and_nothing_else(home: Path, tmp_path: Path) -> None:
    names = ["lake", ADDRESS, "sco-2019-bishkek", "sco-2013-bishkek", "not/known.txt"]
    files = files_of_home(names)
    assert sorted(files) == [
        "catalogue.toml", "declarations/lake.txt", "fetched/16.html",
        f"fetched/{len(ADDRESS)}.html", "fetched/ledger.json",
    ]  # fmt: skip
    assert json.loads(files["fetched/ledger.json"]).keys() == {ADDRESS, "sco-2019-bishkek"}
    before = [load_document(name) for name in names[:4]]
    with home_in(written(files, tmp_path / "there")):
        assert [load_document(name) for name in names[:4]] == before
        with pytest.raises(SourceError, match="not fetched yet"):
            load_document("sco-2005-astana")
    assert home_folder() == home


def test_a_record_that_cannot_be_read_is_no_matter_where_nothing_is_asked_of_it(
    home: Path,
) -> None:
    (home / "fetched" / "ledger.json").write_text("{")
    assert files_of_home(["a.txt", "sco-2013-bishkek"]).keys() == {"catalogue.toml"}


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


def test_nothing_travels_where_there_is_nothing(tmp_path: Path) -> None:
    with home_in(tmp_path / "none"):
        assert files_of_home(["sco-2013-bishkek", "sco-2005-astana", ADDRESS]) == {}


def test_a_page_that_is_no_longer_the_one_does_not_travel(home: Path) -> None:
    (home / "fetched" / "16.html").write_bytes(b"<p>We parted.</p>")
    with pytest.raises(SourceError, match="not the page that was fetched"):
        files_of_home(["sco-2019-bishkek"])


def test_the_place_of_the_folder_is_as_before_after_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCO_RESEARCH_HOME")
    with suppress(CatalogueError), home_in(tmp_path):
        assert home_folder() == tmp_path
        raise CatalogueError("stopped half-way")
    assert "SCO_RESEARCH_HOME" not in os.environ
