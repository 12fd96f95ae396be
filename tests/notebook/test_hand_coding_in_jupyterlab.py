"""Coding by hand in a real JupyterLab: keys answer, the sheet has it, a restart loses nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from tests.patience import wait_until
from tests.test_jupyterlab import IS_OPEN, RUN_ALL, page, pytestmark, server

__all__ = ["page", "pytestmark", "server"]

RESTART = "() => void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
CELL = """from sco_research import load_document
from sco_research.notebook.hand_coding_widget import code_by_hand
code_by_hand(load_document("sco-2013-bishkek"), sample=12, coder="anna", folder={folder!r})"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one notebook that codes by hand."""
    folder = tmp_path_factory.mktemp("coding")
    source = CELL.format(folder=str(folder / "sheets"))
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    notebook = {
        "cells": [{**cell, "source": source}],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "coding.ipynb").write_text(json.dumps(notebook))
    return folder


def rows(folder: Path) -> pd.DataFrame:
    sheets = list((folder / "sheets").glob("*.anna.csv"))
    return pd.read_csv(sheets[0]) if sheets else pd.DataFrame({"speech_act": []})


def coded(folder: Path, count: int) -> Callable[[], bool]:
    return lambda: int(rows(folder)["speech_act"].notna().sum()) == count


def test_keys_answer_and_a_restart_loses_nothing(study: Path, server: str, page: Page) -> None:
    page.goto(f"{server}/lab/tree/coding.ipynb?reset")
    page.wait_for_function(IS_OPEN)
    page.evaluate(RUN_ALL)
    screen = page.locator(".sco-coding")
    screen.wait_for()
    assert "1 of 12" in screen.inner_text()
    screen.focus()
    page.keyboard.press("5")  # assertive
    wait_until(coded(study, 1), "the first answer is in the sheet")
    page.keyboard.press("2")  # the next question, strict: no
    wait_until(lambda: rows(study)["strict"].notna().any(), "the second answer is in the sheet")
    page.keyboard.press("ArrowRight")
    page.get_by_text("2 of 12").wait_for()
    page.keyboard.press("3")  # commissive
    wait_until(coded(study, 2), "the answer to the second sentence is in the sheet")
    assert rows(study)["speech_act"].tolist()[:2] == ["assertive", "commissive"]
    # Keys are the coder's, not JupyterLab's: "d d" would have deleted the cell.
    page.keyboard.press("d")
    page.keyboard.press("d")
    assert page.locator(".jp-CodeCell").count() == 1

    page.evaluate(RESTART)
    page.wait_for_function(IS_OPEN)
    page.evaluate(RUN_ALL)
    page.get_by_text("were coded before").wait_for()
    screen = page.locator(".sco-coding").last
    assert screen.locator("button[aria-checked=true]").first.inner_text().endswith("assertive")


def test_the_screen_breaks_no_rule_of_access(study: Path, server: str, page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{server}/lab/tree/coding.ipynb?reset")
    page.wait_for_function(IS_OPEN)
    page.evaluate(RUN_ALL)
    page.locator(".sco-coding").wait_for()
    results = Axe().run(page, context=".sco-coding")
    assert results.violations_count == 0, results.generate_report()
