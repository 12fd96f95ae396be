"""Every arrow of the house goes one way, and none goes in a circle."""

import ast
import json
import re
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sco_research

PACKAGE = Path(sco_research.__file__).resolve().parent
NAME = PACKAGE.name
# From the ground up. Rooms of one floor stand side by side and know nothing of each other.
FLOORS = (
    {"errors"},
    {"resources", "frames", "statistics", "children", "process_lock", "displays"},
    {"text"},
    {"parallel", "organizations"},
    {"loaders", "metrics", "coding", "comparison"},
    {"reports"},
    {"topics"},
    {"runs", "exchange", "manuscript", "notebook"},
    {"__init__"},
    {"cli"},
    {"__main__"},
)
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "data")
# What every room may take from the package's face.
OF_THE_FACE = "__version__"


def name_of(path: Path) -> str:
    """Return a file's module; a folder's ``__init__`` stands as a module of its own."""
    return ".".join((NAME, *path.relative_to(PACKAGE).with_suffix("").parts))


MODULES = {name_of(path): path for path in FILES}


def room_of(module: str) -> str:
    return module.split(".")[1]


def resolved(module: str, name: str = "") -> str | None:
    """Return the file that an import reads: a module, or a package's ``__init__``."""
    full = f"{module}.{name}" if name else module
    for candidate in (full, f"{full}.__init__"):
        if candidate in MODULES:
            return candidate
    return resolved(module) if name else None


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Return the modules that a file imports: at its top, inside a function, for types only."""
    found: set[str | None] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            for alias in node.names:
                if (node.module, alias.name) != (NAME, OF_THE_FACE):
                    found.add(resolved(node.module or "", alias.name))
        elif isinstance(node, ast.Import):
            found.update(resolved(alias.name) for alias in node.names)
    return frozenset(name for name in found if name and name != module)


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the nodes of a circle, or none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(module) for module in MODULES}
    assert rooms <= set().union(*FLOORS)


def test_contributors_are_shown_every_room() -> None:
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {room_of(module) for module in MODULES} - {"__init__", "__main__"}
    assert {room for room in rooms if not re.search(rf"`{room}/?`", page)} == set()


def test_no_arrow_goes_up_or_across() -> None:
    floor = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
    wrong = {
        f"{module} imports {other}"
        for module in MODULES
        for other in imports(module)
        if room_of(other) != room_of(module) and floor[room_of(other)] >= floor[room_of(module)]
    }
    assert wrong == set()


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle({module: imports(module) for module in MODULES}) == []


FOLDERS = sorted({path.parent for path in FILES})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_circle_among_what_lies_in_a_folder(folder: Path) -> None:
    """A folder inside a folder is a room too: its arrows go one way."""
    depth = len(folder.relative_to(PACKAGE).parts) + 1
    prefix = ".".join((NAME, *folder.relative_to(PACKAGE).parts)) + "."

    def child(module: str) -> str:
        return module.split(".")[depth]

    arrows: dict[str, set[str]] = {}
    for module in MODULES:
        if module.startswith(prefix):
            others = {child(name) for name in imports(module) if name.startswith(prefix)}
            arrows.setdefault(child(module), set()).update(others - {child(module)})
    assert circle(arrows) == []


def test_a_circle_and_an_arrow_are_found() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": ["a"]})
    assert circle({"a": ["b"], "b": ["c"]}) == []
    # A lazy import, one for types and one of a package's own face are all seen.
    assert f"{NAME}.runs.cluster.scheduler" in imports(f"{NAME}.cli.report")
    assert f"{NAME}.text.document" in imports(f"{NAME}.__init__")
    assert f"{NAME}.loaders.__init__" in imports(f"{NAME}.runs.staleness")


def test_only_the_command_line_prints() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module in MODULES
        if room_of(module) != "cli"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert found == []


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


def top_level(module: str) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node


# The interface of a loader and of a file with one form, and where a process begins.
OF_ONE_KIND = {"read", "recognises", "write", "main"}


def test_a_public_name_means_one_thing() -> None:
    """The command line is left out: its commands are called as what they call."""
    homes: dict[str, set[str]] = {}
    for module in MODULES:
        if room_of(module) == "cli":
            continue
        # The topics have functions of one name for each to be read alike.
        home = "topics" if room_of(module) == "topics" else module
        for node in top_level(module):
            if not node.name.startswith("_") and node.name not in OF_ONE_KIND:
                homes.setdefault(node.name, set()).add(
                    module if isinstance(node, ast.ClassDef) else home
                )
    assert {name: sorted(found) for name, found in homes.items() if len(found) > 1} == {}


@cache
def used_names() -> Counter[str]:
    """Return how often the package, the notebooks and benchmarks use a name, and docs name it."""
    sources = [tree(module) for module in MODULES]
    by_hand = (PACKAGE.parent / "tests" / "benchmarks").glob("*.py")
    sources += [ast.parse(path.read_text(encoding="utf-8")) for path in by_hand]
    for path in (PACKAGE.parent / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += [
            ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"
        ]
    found: Counter[str] = Counter()
    for source in sources:
        for node in ast.walk(source):
            if isinstance(node, ast.Name):
                found[node.id] += 1
            elif isinstance(node, ast.Attribute):
                found[node.attr] += 1
            elif isinstance(node, ast.ImportFrom):
                found.update(alias.name for alias in node.names)
    docs = PACKAGE.parent / "docs"
    for path in (*docs.glob("[!_]*/*.md"), docs / "conf.py", PACKAGE.parent / "pyproject.toml"):
        found.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return found


def test_what_only_tests_use_is_gone() -> None:
    """A command is used by its decorator; what is kept for scholars is named in the docs."""
    unused = {
        f"{module}: {node.name}"
        for module in MODULES
        for node in top_level(module)
        if not node.name.startswith("__") and not node.decorator_list
        # A name within its own body is no use of it.
        if used_names()[node.name]
        == sum(isinstance(part, ast.Name) and part.id == node.name for part in ast.walk(node))
    }
    assert unused == set()


REASON = re.compile(r"# (?:noqa: [A-Z0-9, ]+ (?:- |# )|type: ignore\[[a-z, -]+\] +# )\w")


def test_each_exception_from_a_rule_says_why() -> None:
    folders = (PACKAGE, PACKAGE.parent / "tests")
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    marking = [path for path in paths if re.search(b"noqa|type: ignore", path.read_bytes())]
    assert len(marking) > 10
    for path in marking:
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                marked = token.type == tokenize.COMMENT and re.search(
                    # What a test gives wrongly, to see it refused, says so by its name.
                    "noqa|type: ignore" if path.is_relative_to(PACKAGE) else "noqa",
                    token.string,
                )
                assert not marked or REASON.search(token.string), f"{path}:{token.start[0]}"
