"""The bibliography holds what every report cites, and holds it well.

Run as a script it writes ``data/bibliography.json``, the entries as pandoc reads them, and
``data/references.json``, the entries as they are printed: a report would read and set all of them
anew for the few that it cites.
"""

import json
import re
from collections import Counter
from typing import Any

import pypandoc
import pytest

from sco_research.reports import references as printed
from sco_research.reports.references import references_by_citeproc, references_markdown
from sco_research.resources import data_path

SOURCE = data_path("bibliography.bib")
KEPT = data_path("bibliography.json")
PRINTED = data_path("references.json")
TEXT = SOURCE.read_text(encoding="utf-8")
KEYS = re.findall(r"^@\w+\{([^,\s]+),$", TEXT, flags=re.MULTILINE)

# Works that a reader finds under a name, not under an author and a year.
NAMED = {
    "cmudict", "comparativeagendas", "pandoc", "papermill", "pyphen", "sentencex", "simplemma",
    "textstat", "worldjapan",
}  # fmt: skip

# Works whose publishers give no date; a citation prints "n.d.", and the address must be there.
UNDATED = {"comparativeagendas", "sentencex", "worldjapan"}

Reference = dict[str, Any]


def as_read() -> str:
    # As citeproc reads them: a field that pandoc does not understand is a field that is not there.
    found = json.loads(pypandoc.convert_file(str(SOURCE), "csljson", format="biblatex"))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_printed() -> str:
    found = references_by_citeproc(json.loads(as_read()))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    return {entry["id"]: entry for entry in json.loads(as_read())}


def test_the_entries_kept_are_of_today() -> None:
    assert KEPT.read_text(encoding="utf-8") == as_read()
    assert PRINTED.read_text(encoding="utf-8") == as_printed()


def test_an_entry_that_is_not_kept_yet_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = references_markdown(["flesch1948", "searle1976"])
    monkeypatch.setattr(printed, "_method_references", lambda: {"flesch1948": "F. (1948)."})
    assert references_markdown(["flesch1948", "searle1976"]) == whole


@pytest.mark.parametrize(
    "cited", [{"dale1948", "searle1976"}, {"dale1948", "dale1948b"}, set(KEYS[::7])]
)
def test_references_kept_are_what_citeproc_makes_of_those_cited(
    cited: set[str], references: dict[str, Reference]
) -> None:
    entries = references_by_citeproc(references[key] for key in sorted(cited))
    assert references_markdown(cited) == "\n\n".join(
        f"`@{key}`\n:   {said}" for key, said in entries.items()
    )


def test_every_entry_is_read_and_no_key_comes_twice(references: dict[str, Reference]) -> None:
    assert [key for key, times in Counter(map(str.lower, KEYS)).items() if times > 1] == []
    assert TEXT.count("\n@") == len(KEYS) == len(references)
    assert set(KEYS) == set(references)


def test_keys_are_author_and_year_or_a_name(references: dict[str, Reference]) -> None:
    years = {key: re.fullmatch(r"[a-z]+(\d{4})[b-z]?", key) for key in KEYS}
    assert {key for key, year in years.items() if year is None} == NAMED
    for key, year in years.items():
        assert not year or references[key]["issued"]["date-parts"][0][0] == int(year[1]), key


def test_every_entry_says_who_what_when_and_where(references: dict[str, Reference]) -> None:
    for key, entry in references.items():
        assert entry.get("author") or entry.get("editor"), key
        assert entry.get("title"), key
        assert ("issued" in entry) is (key not in UNDATED), key
        assert {"container-title", "publisher", "URL"} & entry.keys(), key
        assert key not in UNDATED or "URL" in entry, key


def test_people_have_a_family_and_a_given_name(references: dict[str, Reference]) -> None:
    for key, entry in references.items():
        for person in entry.get("author", []) + entry.get("editor", []):
            assert "literal" in person or person.keys() >= {"family", "given"}, (key, person)


def test_identifiers_and_addresses_have_the_right_form(references: dict[str, Reference]) -> None:
    for key, entry in references.items():
        if "DOI" in entry:
            assert re.fullmatch(r"10\.\d{4,9}/\S*[^\s.,;]", entry["DOI"]), key
        if "URL" in entry:
            assert re.fullmatch(r"https?://[^\s{}\\]+", entry["URL"]), key
    identifiers = [entry["DOI"].lower() for entry in references.values() if "DOI" in entry]
    assert len(identifiers) == len(set(identifiers))


def test_articles_say_where_in_the_journal(references: dict[str, Reference]) -> None:
    articles = {k: e for k, e in references.items() if e["type"] == "article-journal"}
    assert len(articles) > 25
    for key, entry in articles.items():
        assert {"container-title", "volume", "page"} <= entry.keys(), key


def test_citeproc_prints_every_entry_without_a_warning() -> None:
    page = pypandoc.convert_text(
        '---\nnocite: "@*"\n---\n',
        "plain",
        format="markdown",
        extra_args=["--citeproc", f"--bibliography={SOURCE}", "--fail-if-warnings", "--wrap=none"],
    )
    printed = [line for line in page.splitlines() if line.strip()]
    assert len(printed) == len(KEYS)
    assert not re.search(r"[{}\\]", page)  # no TeX is left over
    assert page.count("n.d.") == len(UNDATED)


def test_software_is_cited_in_the_locked_release(references: dict[str, Reference]) -> None:
    lock = (SOURCE.parent.parent / "requirements.txt").read_text(encoding="utf-8")
    for key in NAMED - {"cmudict", "comparativeagendas", "pandoc", "worldjapan"}:
        locked = re.search(rf"^{key}==(\S+)", lock, flags=re.MULTILINE)
        assert locked, key
        assert f"version {locked[1]}" in references[key]["publisher"], key


def test_every_key_that_the_package_cites_is_there() -> None:
    root = SOURCE.parent.parent
    sources = [*root.glob("sco_research/**/*.py"), *root.glob("notebooks/*.ipynb")]
    cited = {
        (key, path.name)
        for path in sources
        for key in re.findall(r"(?<![\w.])@([a-z]+\d{4}[a-z]?)\b", path.read_text("utf-8"))
    }
    assert [(key, name) for key, name in sorted(cited) if key not in KEYS] == []


def test_every_key_is_cited_or_named_as_further_reading() -> None:
    root = SOURCE.parent.parent
    kinds = ("sco_research/**/*.py", "sco_research/**/*.md", "notebooks/*.ipynb", "docs/**/*.md",
             "data/codebooks/*", "data/organizations/*")  # fmt: skip
    said = " ".join(
        path.read_text("utf-8") for kind in kinds for path in root.glob(kind) if path.is_file()
    )
    named = set(re.findall(r"[a-z]+(?:\d{4}[a-z]?)?", said))
    assert [key for key in KEYS if key not in named] == []


def test_what_templates_and_further_reading_name_is_there() -> None:
    root = SOURCE.parent.parent
    reading = (root / "docs" / "methods" / "literature.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z]+(?:\d{4}[a-z]?)?)`", reading))
    cited = {
        key
        for path in root.glob("sco_research/topics/*/text.md")
        for key in re.findall(r"@([a-z]+\d{4}[a-z]?)\b", path.read_text("utf-8"))
    }
    assert len(named) > 20
    assert len(cited) > 20
    assert named | cited <= set(KEYS)


if __name__ == "__main__":
    KEPT.write_text(as_read(), encoding="utf-8", newline="\n")
    PRINTED.write_text(as_printed(), encoding="utf-8", newline="\n")
