"""Every arrow of the house goes one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sco_research

PACKAGE = Path(sco_research.__file__).resolve().parent
GROUND = {"errors", "resources", "text", "resampling", "corrections", "parallel"}
WINGS = {"loaders", "metrics", "coding", "comparison"}
BELOW = GROUND | WINGS | {"reports", "runs"}
# What each part may import besides itself.
MAY_IMPORT = {
    "errors": set[str](),
    "resources": {"errors"},
    "text": {"errors", "resources"},
    "resampling": {"errors"},
    "corrections": {"errors"},
    "parallel": {"errors", "text"},
    "loaders": GROUND,
    "metrics": GROUND,
    "coding": GROUND,
    # Codings and measurements come to it as frames.
    "comparison": GROUND,
    "reports": GROUND | WINGS,
    "runs": GROUND | WINGS | {"reports"},
    "cli_coding": BELOW,
    "cli_corpus": BELOW,
    "cli_fetch": GROUND | {"loaders"},
    "cli_progress": BELOW,
    "cli_report": BELOW | {"cli_progress"},
    "cli": BELOW | {"cli_coding", "cli_corpus", "cli_fetch", "cli_report"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "data")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the parts of the package that a file imports, at its top or anywhere inside."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            module = node.module or ""
            names = [
                f"{module}.{alias.name}" if module == "sco_research" else module
                for alias in node.names
            ]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("sco_research."):
                found.add(name.split(".")[1])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    assert imports(path) - {part} - {"__version__"} <= MAY_IMPORT[part]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_prints(path: Path) -> None:
    if part_of(path).startswith("cli"):
        return
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert calls == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_of_over_300_lines_asks_to_be_two(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_public_name_is_there_and_documented() -> None:
    for name in sco_research.__all__:
        value = getattr(sco_research, name)
        assert (value.__doc__ or "").strip(), name
        assert "Examples\n" in (value.__doc__ or ""), f"{name} has no example"


def test_an_unknown_public_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = sco_research.no_such_name


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, sco_research\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'scipy', 'papermill', 'textstat', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
