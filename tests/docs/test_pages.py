"""What the pages show is so: their Python runs, their commands exist, their links lead to files."""

import doctest
import re
import shlex
from pathlib import Path

import matplotlib as mpl
import pytest
from typer.core import TyperGroup
from typer.main import get_command

import sco_research
from sco_research.cli.main import app

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(
    path
    for path in DOCS.rglob("*.md")
    if not {"generated", "_build"} & set(path.relative_to(DOCS).parts)
)
each = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
COMMANDS = sorted(
    {
        line.strip()
        for path in [*PAGES, DOCS.parent / "README.md"]
        for block in re.findall(r"```\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.splitlines()
        if line.startswith("sco-research")
    }
)


@each
def test_the_python_of_a_page_runs(page: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    with mpl.rc_context():
        exec("\n".join(blocks), names)


@each
def test_the_links_of_a_page_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        path = page.parent / target
        # What is generated is looked for in the built pages.
        assert "generated" in path.parts or path.is_file(), target


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_shown_is_understood(command: str) -> None:
    name, *words = shlex.split(command, comments=True)
    found = get_command(app)
    while isinstance(found, TyperGroup):
        name, *words = words
        found = found.commands[name]
    # Its options and arguments are read, and nothing is run.
    found.make_context(name, words)


def test_the_commands_were_found() -> None:
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("name", sco_research.__all__)
def test_a_public_name_has_an_example_that_runs(name: str) -> None:
    examples = doctest.DocTestParser().get_examples(getattr(sco_research, name).__doc__ or "")
    run = [item for item in examples if not item.options.get(doctest.SKIP)]
    assert any(item.source.split()[0] not in ("import", "from") for item in run), name
