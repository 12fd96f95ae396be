"""The page in a real Chromium: for a phone, for paper, in the dark, by keyboard and by ear."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sco_research.coding.themes import code_themes
from sco_research.reports.annotation import annotate
from sco_research.reports.counts import CountTable
from sco_research.reports.figures import figure_style, new_figure
from sco_research.reports.report import Report
from sco_research.text.document import Document
from sco_research.topics.summary.landing import write_landing
from tests.chromium import chromium, in_chromium, page_of

pytestmark = [pytest.mark.slow, in_chromium]


@pytest.fixture(scope="module")
def folder(declaration: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("reports")
    with figure_style():
        _filled(declaration, base / "sco-2013-bishkek" / "themes").save()
    write_landing(base)
    return base


def _filled(document: Document, target: Path) -> Report:
    codings = code_themes(document).head(40)
    report = Report("themes", document, title="The themes of a declaration", output_folder=target)
    report.abstract("Three findings, see @tbl-words [@flesch1948].")
    report.text("## Findings\n\nSee @tbl-wide and @fig-bars; $a/b$.^[A note.]\n\n### More\n\n- one")
    words = pd.DataFrame(
        {"Theme": ["Drugs", "Trade"], "Hits": [2, 0], "First": [codings["segment_id"].iloc[0]] * 2}
    )
    sentences = [tuple(codings["segment_id"].head(3)), ()]
    counted = CountTable(words, {"Hits": sentences})
    report.table(counted, id="tbl-words", caption="Words.")
    wide = pd.DataFrame({f"A long column name {place}": [place] for place in range(40)})
    report.table(wide, id="tbl-wide", caption="Wide.")
    figure = new_figure(height=2)
    figure.subplots().bar([1, 2], [3, 5])
    report.figure(figure, id="fig-bars", caption="Bars.", alt="Two bars, three and five")
    report.annotation(annotate(document, codings))
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def opened(browser: Browser, path: Path, *, width: int = 1280, dark: bool = False) -> Page:
    page = page_of(
        browser,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
    )
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    said.clear()
    asked.clear()
    page.goto(path.as_uri())
    return page


said: list[str] = []
asked: list[str] = []
PAGES = ["sco-2013-bishkek/themes/report.html", "index.html"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 390)])
def test_axe_finds_nothing(
    browser: Browser, folder: Path, name: str, dark: bool, width: int
) -> None:
    page = opened(browser, folder / name, dark=dark, width=width)
    found = Axe().run(page)
    page.context.close()
    assert [
        (item["id"], item["nodes"][0]["html"][:200], item["nodes"][0]["failureSummary"])
        for item in found.response["violations"]
    ] == []


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, folder: Path, name: str
) -> None:
    page = opened(browser, folder / name)
    page.context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_down_only(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / name, width=360)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert width <= 360


def test_captions_fit_a_phone(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0], width=390)
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('caption, figcaption')]"
        ".map(caption => caption.getBoundingClientRect().right))"
    )
    assert page.evaluate("document.querySelector('#tbl-wide table').offsetWidth") > 390
    assert widest <= 390
    # Pushed to the side, the table keeps its caption in sight.
    left = page.evaluate(
        "(() => { const box = document.querySelector('#tbl-wide'); box.scrollLeft = 500;"
        "return box.querySelector('caption').getBoundingClientRect().left })()"
    )
    page.context.close()
    assert 0 <= left < 390


def test_a_figure_s_letters_are_read_on_a_phone(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0], width=390)
    drawn = page.evaluate("document.querySelector('figure img').getBoundingClientRect().width")
    # Letters of 8.5 points, on a page of 6.5 inches.
    assert 8.5 * 96 / 72 * drawn / (6.5 * 96) >= 10
    left = page.evaluate(
        "(() => { const box = document.querySelector('figure'); box.scrollLeft = 500;"
        "return box.querySelector('figcaption').getBoundingClientRect().left })()"
    )
    assert 0 <= left < 390
    assert page.evaluate("document.querySelector('figure').tabIndex") == 0
    page.context.close()


def test_the_contents_stay_in_sight_beside_the_text(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0], width=1400)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    box, text = (
        page.evaluate(f"document.querySelector('{name}').getBoundingClientRect().toJSON()")
        for name in ("#toc", "main")
    )
    page.context.close()
    assert 0 <= box["top"] < 800
    assert box["left"] >= 0
    assert box["right"] <= text["left"]


def test_the_files_are_linked_beside_what_they_hold(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0])
    links = page.evaluate(
        "[...document.querySelectorAll('.files a, #how-to-cite a')]"
        ".map(link => link.getAttribute('href'))"
    )
    page.context.close()
    here = (folder / PAGES[0]).parent
    files = [link for link in links if not link.startswith(("#", "http"))]
    assert {"tables/tbl-words.csv", "tables/tbl-wide.tex", "citation.bib", "citation.ris"} <= set(
        files
    )
    assert [name for name in files if not (here / name).is_file()] == []


def test_paper_cuts_no_table(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0], width=660)
    page.emulate_media(media="print")
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('table')]"
        ".map(table => table.getBoundingClientRect().right))"
    )
    page.context.close()
    assert widest <= 660


def test_a_number_leads_to_its_sentences_and_back(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0])
    page.click("#tbl-words td a:text-is('2')")
    assert page.url.endswith("#tbl-words.1")
    link = page.locator("p:has([id='tbl-words.1']) a").nth(1)
    anchor = str(link.get_attribute("href"))
    link.click()
    assert page.url.endswith(anchor)
    page.click(f"[id='{anchor[1:]}'] + .back a")
    assert page.url.endswith("#tbl-words.1")
    page.click("[id='tbl-words.1'] a")
    assert page.url.endswith("#tbl-words")
    page.context.close()


def test_the_keyboard_reaches_the_text_first(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.context.close()


def test_every_link_inside_the_page_leads_somewhere(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / PAGES[0])
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(decodeURIComponent(id)))"
    )
    page.context.close()
    assert lost == []
