"""The RO-Crate of a report, read by its reference library and held to its profile."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rocrate.rocrate import ROCrate

from sco_research.reports.report import Report
from sco_research.reports.software import software
from sco_research.text.document import Document

# Process Run Crate 0.5 and RO-Crate 1.1: what must be there, by entity.
REQUIRED = [
    ("ro-crate-metadata.json", "CreativeWork", ("conformsTo", "about")),
    ("./", "Dataset", ("name", "description", "datePublished", "license", "conformsTo", "hasPart")),
    ("./", "Dataset", ("mentions",)),
    ("#run", "CreateAction", ("name", "description", "instrument", "object", "result", "agent")),
    ("#sco_research", "SoftwareApplication", ("name", "softwareVersion", "softwareRequirements")),
    ("#author-1", "Organization", ("name",)),
    ("https://w3id.org/ro/wfrun/process/0.5", "CreativeWork", ("name", "version")),
    ("#parameter-words", "PropertyValue", ("name", "value")),
    ("report.md", "File", ("name", "encodingFormat", "sha256")),
    ("report.html", "File", ("name", "encodingFormat", "sha256")),
    ("tables/tbl-a.csv", "File", ("name", "encodingFormat", "sha256")),
    ("provenance.json", "File", ("name", "encodingFormat", "sha256")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("crate") / "report"
    document = Document.from_text("We will meet.", id="note", title="A <b>note</b>")
    report = Report(
        "language",
        document,
        title="T",
        parameters={"words": ["will"]},
        codebooks=["themes"],
        output_folder=target,
    )
    report.table(pd.DataFrame({"a": [1]}), id="tbl-a", caption="c")
    report.save()
    return target


@pytest.fixture(scope="module")
def entities(folder: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    return {entity["@id"]: entity for entity in data["@graph"]}


@pytest.mark.parametrize(("identifier", "kind", "properties"), REQUIRED)
def test_required_properties(
    entities: dict[str, dict[str, Any]], identifier: str, kind: str, properties: tuple[str, ...]
) -> None:
    entity = entities[identifier]
    assert entity["@type"] == kind
    assert all(entity.get(name) for name in properties)


def test_the_reference_library_reads_it(folder: Path) -> None:
    crate = ROCrate(folder)
    run = crate.get("#run")
    assert run["instrument"].id == "#sco_research"
    assert crate.root_dataset["mentions"][0].id == "#run"
    assert {"report.md", "report.html"} <= {entity.id for entity in run["result"]}
    assert {"note.txt", "A <b>note</b>", "themes.toml", "language.ipynb"} & {
        entity["name"] for entity in run["object"]
    } == {"A <b>note</b>", "themes.toml", "language.ipynb"}


def test_every_link_leads_somewhere(entities: dict[str, dict[str, Any]]) -> None:
    def links(value: object) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]]
        return [link for item in value for link in links(item)] if isinstance(value, list) else []

    known = {*entities, "https://w3id.org/ro/crate/1.1"}
    for entity in entities.values():
        for value in entity.values():
            assert set(links(value)) <= known


def test_every_file_is_hashed(folder: Path, entities: dict[str, dict[str, Any]]) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name != "ro-crate-metadata.json":
            assert entities[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_date_is_the_release(entities: dict[str, dict[str, Any]]) -> None:
    assert entities["./"]["datePublished"] == str(software().released)
