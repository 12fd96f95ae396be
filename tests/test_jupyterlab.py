"""JupyterLab in a real Chromium opens each notebook, runs all cells, and no cell fails."""

import json
import os
import shutil
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from sco_research.resources import notebooks_folder
from tests.chromium import chromium, in_chromium, page_of
from tests.patience import started, wait_until

pytestmark = [pytest.mark.slow, in_chromium]
NOTEBOOKS = sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))
# Neither is awaited: a promise of JupyterLab's that never settles would hold the test for ever.
RUN_ALL = "() => void window.jupyterapp.commands.execute('notebook:run-all-cells')"
SAVE = "() => void window.jupyterapp.commands.execute('docmanager:save')"
IS_OPEN = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  return Boolean(panel && panel.sessionContext && panel.sessionContext.isReady);
}"""
HAS_RUN = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const code = panel.content.widgets.filter(cell => cell.model.type === 'code');
  const failed = code.some(cell => cell.model.outputs.toJSON().some(
    output => output.output_type === 'error'));
  const done = code.every(cell => cell.model.executionCount !== null);
  return (done || failed) && panel.sessionContext.session.kernel.status === 'idle';
}"""
IS_SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks as they are, but that their reports go to a folder of the test's."""
    folder = tmp_path_factory.mktemp("study")
    for name in NOTEBOOKS:
        text = (notebooks_folder() / f"{name}.ipynb").read_text(encoding="utf-8")
        empty = r"output_folder: str = \"\""
        assert text.count(empty) == 1
        here = rf"output_folder: str = \"{folder / 'reports' / name}\""
        (folder / f"{name}.ipynb").write_text(text.replace(empty, here), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    own = tmp_path_factory.mktemp("jupyter")
    sockets = tempfile.mkdtemp(prefix="sco-")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{name: str(own / name.lower()) for name in names}}
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--ServerApp.root_dir={study}"),
        *("--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"),
        # Over TCP two kernels that start at once can be given one port, and one of them hangs.
        *("--KernelManager.transport=ipc", f"--KernelManager.ip={sockets}/kernel"),
        *(
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ),
    ]
    runtime = own / "jupyter_runtime_dir"
    try:
        with (
            (own / "log").open("wb") as log,
            started(command, env=environment, stdout=log, stderr=log) as process,
        ):

            def address() -> str:
                """Return where it serves: a port that is taken is passed over for another."""
                try:
                    (file,) = runtime.glob("jpserver-*.json")
                    return str(json.loads(file.read_text(encoding="utf-8"))["url"]).rstrip("/")
                except ValueError:  # it is not there yet, or not whole
                    return ""

            def answers() -> bool:
                assert process.poll() is None, (own / "log").read_text()
                try:
                    urllib.request.urlopen(f"{address()}/api", timeout=60).close()
                except (OSError, ValueError):
                    return False
                return True

            wait_until(answers, "JupyterLab answers")
            yield address()
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield page_of(browser)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all(name: str, study: Path, server: str, page: Page) -> None:
    page.goto(f"{server}/lab/tree/{name}.ipynb?reset")
    page.wait_for_function(IS_OPEN)
    page.evaluate(RUN_ALL)
    page.wait_for_function(HAS_RUN)
    page.evaluate(SAVE)
    page.wait_for_function(IS_SAVED)
    cells: list[dict[str, Any]] = json.loads((study / f"{name}.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    failed = [
        output for cell in code for output in cell["outputs"] if output["output_type"] == "error"
    ]
    assert failed == []
    assert all(cell["execution_count"] for cell in code)
    assert (study / "reports" / name / "report.html").is_file()


LOOK = """
from sco_research import browse, code_themes, load_codebook, load_document
from sco_research.topics import themes
---
document = load_document("sco-2013-bishkek")
document
---
codings = code_themes(document)
browse(codings, document, caption="Every match")
---
browse(themes.section_table(document, codings, codebook=load_codebook("themes")), document)
"""
CODE_CELL: dict[str, Any] = {
    "cell_type": "code",
    "execution_count": None,
    "metadata": {},
    "outputs": [],
}


def test_a_table_is_searched_paged_and_opened_without_the_network(
    study: Path, server: str, page: Page
) -> None:
    cells = [
        {**CODE_CELL, "id": f"cell-{place}", "source": source.strip()}
        for place, source in enumerate(LOOK.split("---"))
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4}
    (study / "look.ipynb").write_text(json.dumps({**notebook, "nbformat_minor": 5}))
    elsewhere: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((server, "blob:", "data:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.goto(f"{server}/lab/tree/look.ipynb?reset")
    page.wait_for_function(IS_OPEN)
    page.evaluate(RUN_ALL)
    page.wait_for_function(HAS_RUN)

    outline = page.locator(".jp-OutputArea summary", has_text="Outline").first
    outline.click()
    assert page.locator("td", has_text="¶ 32").first.is_visible()

    table = page.locator("div.dt-container").first
    rows = table.locator("tbody tr")
    assert rows.count() == 10
    first = rows.first.inner_text()
    table.locator("button.page-link, .dt-paging-button", has_text="2").first.click()
    page.wait_for_function(
        "([row, text]) => row.innerText !== text", arg=[rows.first.element_handle(), first]
    )
    table.locator(".dt-search input").fill("narcotic")
    page.wait_for_function(
        "table => [...table.querySelectorAll('tbody tr')]"
        ".every(row => /narcotic/i.test(row.textContent))",
        arg=table.element_handle(),
    )
    anchor = rows.first.locator("summary").first
    anchor.click()
    assert "narcotic" in rows.first.locator("details[open]").inner_text().lower()
    # Text stands to the left, in the light and in the dark.
    for scheme in ("JupyterLab Dark", "JupyterLab Light"):
        page.evaluate(
            "theme => void window.jupyterapp.commands.execute('apputils:change-theme', {theme})",
            scheme,
        )
        page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light",
            arg="false" if "Dark" in scheme else "true",
        )
        cell = page.locator(".jp-OutputArea .sco table td").first
        style = "cell => [getComputedStyle(cell).textAlign, getComputedStyle(cell).color]"
        side, colour = cell.evaluate(style)
        assert side == "left"
        ground = page.evaluate(
            "() => getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor"
        )
        assert colour != ground

    number = page.locator("div.sco").last.locator("summary").first
    number.click()
    assert "¶ 1, sentence 1" in page.locator("div.sco").last.locator("details[open]").inner_text()
    assert elsewhere == []
    page.unroute("**/*")
