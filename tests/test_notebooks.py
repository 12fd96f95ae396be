"""The bundled notebooks are thin, stripped and parameterized."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from sco_research.resources import notebooks_folder
from sco_research.runs.parameters import parameters_of

NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))
MAX_LINES = 10
# Of the house, and pandas for a look; typing names the choices of a parameter.
ALLOWED = {"sco_research", "pandas", "typing"}
# A reader changes calls and choices; what needs more than that belongs to the library.
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.While, ast.Try, ast.With)
IMPORTS = (ast.Import, ast.ImportFrom)

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def code(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]


def test_the_three_notebooks_are_there() -> None:
    assert {"themes", "commitments", "language"} <= {path.stem for path in NOTEBOOKS}


@each
def test_it_is_stripped(path: Path) -> None:
    for cell in cells(path):
        assert cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert len({cell["id"] for cell in cells(path)}) == len(cells(path))


@each
def test_a_cell_is_short_and_defines_nothing(path: Path) -> None:
    for source in code(path):
        tree = ast.parse(source)
        assert [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)] == [], source
        # A list of imports, or of parameters with what each is for, is read at a glance.
        listed = sum(isinstance(node, (*IMPORTS, ast.AnnAssign)) for node in tree.body)
        assert len(source.strip().splitlines()) - listed <= MAX_LINES, source


@each
def test_it_imports_from_the_package_alone(path: Path) -> None:
    for source in code(path):
        for node in ast.walk(ast.parse(source)):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            assert {module.split(".")[0] for module in modules} <= ALLOWED


@each
def test_it_has_one_cell_of_explained_parameters(path: Path) -> None:
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", ())]
    assert len(tagged) == 1
    found = parameters_of(path)
    assert {"document_id", "output_folder"} <= set(found)
    assert all(parameter.help for parameter in found.values())
    assigned = ast.parse("".join(tagged[0]["source"])).body
    assert len(found) == len(assigned), "every line of the cell is an annotated parameter"


@each
def test_it_begins_with_a_title_and_ends_by_saving(path: Path) -> None:
    assert "".join(cells(path)[0]["source"]).startswith("# ")
    assert code(path)[-1].strip() == "report.save()"
