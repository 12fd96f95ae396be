"""Hostile sources, sheets, styles and templates in four formats: does anything ask, or lie outside?

Usage: python tests/soak/hostile.py

A server listens on loopback. Sources of four forms name it in every way that their form has, and a
report of each is made in all formats; so do style sheets, a citation style and typst templates. The
pages are opened in a real Chromium, their links left alone, and every request that it makes is
listed. A Word document may have no relation to a picture or a template outside, a LaTeX source no
command that reads one, and nothing may be written but into the report's folder. The result is
printed, and kept in results/hostile.json.
"""

import json
import shutil
import socket
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sco_research.errors import ScoResearchError
from sco_research.reports.report_style import ReportStyle
from sco_research.runs.runner import run_report

RESULT = Path(__file__).parent / "results" / "hostile.json"
FORMATS = ("html", "pdf", "docx", "latex")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
MARKUP = (
    '<script src="{a}/a.js"></script>', '<img src="{a}/b.png" onerror="fetch(\'{a}/c\')">',
    '<link rel="stylesheet" href="{a}/d.css">', '<iframe src="{a}/e"></iframe>',
    '<svg onload="fetch(\'{a}/f\')"><image href="{a}/g.png"/></svg>', '<base href="{a}/">',
    '<meta http-equiv="refresh" content="0;url={a}/h">', '<style>@import "{a}/i.css";</style>',
    '<object data="{a}/j"></object>', '<video poster="{a}/k" src="{a}/l"></video>',
    "![picture]({a}/m.png)", "[link](javascript:fetch('{a}/n'))",
    "\\input{{{a}/o}} \\write18{{id}}",
    "\\includegraphics{{/etc/hostname}}", '#image("{a}/p.png") #read("/etc/passwd")',
    "=HYPERLINK(\"{a}/q\")",
    "<form action='{a}/r'><input autofocus onfocus=\"fetch('{a}/s')\"></form>",
    "{{{{ ''.__class__.__mro__ }}}} {{% include '/etc/passwd' %}}", "../../../../tmp/outside",
)  # fmt: skip
SENTENCES = (
    "We will open a school by 2020. They condemn terrorism. The Council shall meet in Zenda."
)
SHEETS = (
    '@import "{a}/t.css";', "h1 {{ background: url({a}/u.png) }}",
    'h1 {{ background: url("/etc/passwd") }}',
    "@font-face {{ font-family: x; src: url({a}/v.woff) }}",
    "h1 {{ background: image-set('{a}/w' 1x) }}",
)  # fmt: skip
CSL = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info>'
    '<title>T</title><id>x</id><link href="{a}/x" rel="independent-parent"/></info></style>'
)
TYPST = (
    '#image("{a}/y.png")\n$body$',
    '#read("/etc/passwd")\n$body$',
    '#import "@preview/a:0.1.0": b\n$body$',
)


def sources(folder: Path, address: str) -> Iterator[Path]:
    """Write hostile sources of several forms."""
    named = [text.format(a=address) for text in MARKUP]
    prose = "\n\n".join(f"{text} {SENTENCES}" for text in named)
    front = f'---\ntitle: "{named[0].replace(chr(34), chr(39))}"\nurl: "{address}/z"\n---\n\n'
    page = (
        f"<html><head><title>{named[1]}</title><link rel='canonical' href='{address}/0'></head>"
        + "<body>"
        + "".join(f"<p>{text} {SENTENCES}</p>" for text in named) + "</body></html>"
    )  # fmt: skip
    record = {"title": named[0], "url": f"{address}/1", "source": named[1], "text": prose}
    for name, text in (
        ("plain.txt", f"{named[0]}\n\n{prose}"),
        ("marked.md", front + prose),
        ("page.html", page),
        ("record.json", json.dumps(record)),
        ("name & <img src=x> $(id).txt", prose),
    ):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        yield path


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Listen on loopback; give the address, and what was asked for."""
    server = socket.create_server(("127.0.0.1", 0))
    calls: list[str] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                calls.append(connection.recv(200).decode("latin-1").partition("\r")[0])

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def browse(pages: list[Path]) -> list[str]:
    """Open pages in Chromium and return what they asked for besides themselves."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in pages:
            page = browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
            page.goto(path.as_uri(), wait_until="networkidle")
            asked.remove(path.as_uri())
            page.close()
        browser.close()
    return [url[:200] for url in asked if not url.startswith(("data:", "blob:"))]


def outside_of(word: Path) -> list[str]:
    """Return the relations of a Word document to what is loaded from outside."""
    found: list[str] = []
    with zipfile.ZipFile(word) as archive:
        for name in archive.namelist():
            if not name.endswith(".rels"):
                continue
            relations = archive.read(name).decode().split("<Relationship ")[1:]
            found += [
                relation[:200]
                for relation in relations
                if 'TargetMode="External"' in relation and "/hyperlink" not in relation
            ]
    return found


def main() -> None:
    """Make, open, look, print and keep."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="hostile") as name, listening() as (address, calls):
        root = Path(name)
        (root / "in").mkdir()
        (root / "work").mkdir()
        reports, refused, words, latex = [], [], [], []
        for place, path in enumerate(sources(root / "in", address)):
            before = {item for item in root.rglob("*") if (root / "out") not in item.parents}
            report = run_report(
                path, "themes", output_folder=root / "out" / str(place), formats=FORMATS
            )
            reports.append(report)
            after = {item for item in root.rglob("*") if (root / "out") not in item.parents}
            stray = sorted(str(item) for item in after - before - {root / "out"})
            words += outside_of(report / "report.docx") + [f"stray file {item}" for item in stray]
            source = (report / "report.tex").read_text(encoding="utf-8")
            latex += [
                word for word in ("\\write18", "\\input{http", address + "/o}") if word in source
            ]
            latex += ["/etc/hostname"] if "\\includegraphics{/etc" in source else []
        styles = [("css", sheet) for sheet in SHEETS]
        styles += [("citation_style", CSL), *(("typst_template", text) for text in TYPST)]
        for number, (kind, text) in enumerate(styles):
            suffix = {"css": "css", "citation_style": "csl", "typst_template": "typ"}[kind]
            path = root / "in" / f"style{number}.{suffix}"
            path.write_text(text.format(a=address) if kind != "typst_template" else
                            text.replace("{a}", address), encoding="utf-8")  # fmt: skip
            target = root / "out" / f"style{number}"
            try:
                style = ReportStyle(
                    citation_style=str(path) if kind == "citation_style" else "",
                    css=path if kind == "css" else None,
                    typst_template=path if kind == "typst_template" else None,
                )
                run_report(
                    root / "in" / "plain.txt", "themes", output_folder=target,
                    formats=("html", "pdf"), style=style,
                )  # fmt: skip
                reports.append(target / "plain" / "themes")
            except ScoResearchError as error:
                refused.append(f"{kind}: {str(error)[-120:]}")
        pages = sorted((root / "out").rglob("*.html"))
        result = {
            "reports": len(reports),
            "pages_opened": len(pages),
            "styles_refused": len(refused),
            "styles": len(styles),
            "asked_by_chromium": browse(pages),
            "seen_by_the_listener": list(calls),
            "outside_in_word_or_stray": words,
            "outside_in_latex": latex,
            "secret_in_a_page": [p.name for p in pages if "root:x:0" in p.read_text("utf-8")],
        }
        print("\n".join(refused))
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    bad = ("asked_by_chromium", "seen_by_the_listener", "outside_in_word_or_stray",
           "outside_in_latex", "secret_in_a_page")  # fmt: skip
    sys.exit(1 if any(result[name] for name in bad) else 0)


if __name__ == "__main__":
    main()
