"""Chromium in a test: it asks for nothing by itself, and waits as long as a busy machine needs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.patience import PATIENCE

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
in_chromium = pytest.mark.skipif(not _CHROMIUM, reason="no Chromium on this machine")
_QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=_QUIET, timeout=1000 * PATIENCE
        )
        try:
            yield browser
        finally:
            browser.close()


def page_of(browser: Browser, **options: Any) -> Page:  # noqa: ANN401 - those of a context
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(1000 * PATIENCE)
    return page
