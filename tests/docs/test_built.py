"""The documentation as it is built: no warning, no broken link, nothing from the network."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

import sco_research
from sco_research.metrics import METRICS
from tests.chromium import chromium, in_chromium, page_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation of this checkout apart; a warning is an error."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(
        checkout / "docs", folder / "docs", ignore=shutil.ignore_patterns("generated", "_build")
    )
    (folder / "reports").symlink_to(checkout / "reports")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    done = subprocess.run(
        [*command, str(folder / "docs"), str(folder / "html")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=checkout,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


class _Page(HTMLParser):
    """The links and the ids of a page, and what it loads by itself."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        self.loads |= {found["src"]} if "src" in found else set()
        if tag == "link" and "href" in found and found.get("rel") != "canonical":
            self.loads.add(found["href"])


def test_no_link_is_broken_and_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    found = sorted(built.rglob("*.html"))
    # The theme keeps a template of its own among its files.
    pages = {path: _Page(path) for path in found if "_static" not in path.parts}
    assert len(pages) > 80
    broken = []
    for path, page in pages.items():
        for address in page.links | page.loads:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto", "data"):
                assert address not in page.loads or parts.scheme == "data", (path, address)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (
                target in pages
                and parts.fragment
                and unquote(parts.fragment) not in pages[target].ids
            ):
                broken.append((path.name, address))
    assert broken == []


def test_every_measure_name_and_report_has_its_page(built: Path, checkout: Path) -> None:
    for metric in METRICS.values():
        page = (built / "generated" / "measures" / f"{metric.id}.html").read_text(encoding="utf-8")
        assert metric.label in page
    for name in sco_research.__all__:
        page = (built / "generated" / "api" / f"{name}.html").read_text(encoding="utf-8")
        assert "Examples" in page
    for report in (checkout / "reports").glob("*/*/report.md"):
        assert (built / report.relative_to(checkout).with_suffix(".html")).is_file()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield page_of(browser)


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """Return what the pages ask the network for, and what goes wrong in them."""
    found: list[str] = []

    def note(request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith(("file:", "data:", "blob:")):
            found.append(url)

    page.on("request", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    page.remove_listener("request", note)


@in_chromium
def test_from_the_front_page_through_the_tutorial_to_a_measure(
    built: Path, page: Page, asked: list[str]
) -> None:
    page.goto((built / "index.html").as_uri())
    page.get_by_role("link", name="tutorial").first.click()
    assert page.locator("article h1").inner_text().startswith("Ten minutes")
    page.get_by_role("link", name="what the measures mean").click()
    page.get_by_role("article").get_by_role("link", name="MTLD").first.click()
    assert page.get_by_role("article").get_by_text("bidirectional, as published").is_visible()
    assert asked == []


@in_chromium
def test_a_public_name_is_read_in_the_dark(built: Path, page: Page, asked: list[str]) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto((built / "generated" / "api" / "find_commitments.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_text("Examples", exact=True).first.is_visible()
    colours = "s => getComputedStyle(document.querySelector(s)).backgroundColor"
    assert page.evaluate(colours, "body") != "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="light")
    assert asked == []


@in_chromium
def test_a_bundled_report_leads_from_a_number_to_its_sentence(
    built: Path, page: Page, asked: list[str]
) -> None:
    page.goto((built / "generated" / "reports.html").as_uri())
    page.get_by_role("article").get_by_role("link", name="Themes").click()
    number = page.locator("table a[href^='#']").first
    target = number.get_attribute("href") or ""
    number.click()
    assert page.locator(f"[id='{target[1:]}']").first.is_visible()
    assert asked == []
