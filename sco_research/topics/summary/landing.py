"""The page that lists the reports of a folder, with what each found."""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from sco_research.errors import OutputError, ScoResearchError
from sco_research.process_lock import write_whole
from sco_research.reports import provenance
from sco_research.reports.render import FORMATS, SOURCE, run_pandoc
from sco_research.reports.report_style import TEMPLATES

LANDING = "index.html"
"""The page that lists the reports of a folder."""

_HEAD = re.compile(r"^(document|subtitle|abstract|key-figures): (.*)$", re.MULTILINE)
_CROSS_REFERENCE = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")
# The list of documents is worth its place where one cannot see them all at once.
_MOST_AT_A_GLANCE = 2


@dataclass(frozen=True, slots=True)
class _Listed:
    """A report as the page lists it; ``about`` and ``abstract`` are Markdown."""

    document: str
    about: str
    notebook: str
    abstract: str
    key_figures: Mapping[str, str]
    tables: int
    figures: tuple[str, ...]
    files: tuple[str, ...]
    folder: str


def write_landing(base: Path) -> Path | None:
    """Write ``index.html`` over the reports of a folder; nothing where there is none.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    listed = [entry for path in sorted(base.glob("*/*/")) if (entry := _listed(path, base))]
    if not listed:
        return None
    target = base / LANDING
    try:
        # Whoever opens it meanwhile sees the old page or the new one.
        write_whole(target, _page(listed).encode())
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written ({error.strerror}); choose another output folder"
        ) from None
    return target


def _listed(folder: Path, base: Path) -> _Listed | None:
    """Return what a report says of itself; none for a folder that is no report."""
    try:
        record = provenance.read(folder)
        head = (folder / SOURCE).read_text(encoding="utf-8").partition("\n---\n")[0]
        found = {name: json.loads(value) for name, value in _HEAD.findall(head)}
        outputs = sorted(record["outputs"])
        return _Listed(
            document=str(record["document"]["id"]),
            about=str(found.get("document") or found.get("subtitle", "")),
            notebook=str(record["report"]),
            abstract=_CROSS_REFERENCE.sub(r"\1", str(found.get("abstract", ""))),
            key_figures={str(k): str(v) for k, v in dict(found.get("key-figures", {})).items()},
            tables=len({name.partition(".")[0] for name in outputs if name.startswith("tables/")}),
            figures=tuple(name for name in outputs if name.startswith("figures/")),
            files=tuple(kind.file for kind in FORMATS.values() if (folder / kind.file).is_file()),
            folder=folder.relative_to(base).as_posix(),
        )
    except (OSError, ValueError, KeyError, TypeError, ScoResearchError):
        return None


def _as_html(texts: Iterable[str]) -> dict[str, str]:
    """Return pieces of Markdown, one paragraph each, as HTML: all in one call of pandoc.

    Where a text would swallow its neighbours, each has a call of its own.
    """
    pieces = list(dict.fromkeys(texts))
    marked = (f"::: {{#t{place}}}\n{text}\n:::" for place, text in enumerate(pieces))
    found = re.findall(r'<div id="t\d+">\s*(.*?)\s*</div>', _run("\n\n".join(marked)), re.DOTALL)
    if len(found) != len(pieces):
        found = [_run(text).strip() for text in pieces]
    shown = (text.removeprefix("<p>").removesuffix("</p>") for text in found)
    return dict(zip(pieces, shown, strict=True))


def _run(markdown: str) -> str:
    return run_pandoc(["--from=markdown-smart-citations-raw_html", "--to=html5"], text=markdown)


def _page(listed: Sequence[_Listed]) -> str:
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    words = _as_html(text for report in listed for text in (report.about, report.abstract))
    by_document = {
        document: list(reports)
        for document, reports in groupby(listed, key=lambda report: report.document)
    }
    parts = []
    for document, reports in by_document.items():
        title = words[reports[0].about]
        parts.append(f'<section>\n<h2 id="{html.escape(document)}">{title}</h2>')
        parts += [_entry(report, words[report.abstract]) for report in reports]
        parts.append("</section>")
    size = f"{_count(len(listed), 'report')} on {_count(len(by_document), 'document')}"
    contents = "".join(
        f'<li><a href="#{html.escape(document)}">{words[reports[0].about]}</a></li>\n'
        for document, reports in by_document.items()
    )
    if len(by_document) > _MOST_AT_A_GLANCE:
        contents = f'<nav aria-label="Documents">\n<ul>\n{contents}</ul>\n</nav>\n'
    else:
        contents = ""
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Reports</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#content">Skip to the reports</a>\n'
        '<header class="title-block">\n<p class="series">sco_research</p>\n<h1>Reports</h1>\n'
        f'<p class="subtitle">{size}</p>\n</header>\n{contents}'
        f'<main id="content">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _entry(report: _Listed, abstract: str) -> str:
    names = {kind.file: name.upper() for name, kind in FORMATS.items()}
    links = " · ".join(
        f'<a href="{_address(report)}/{file}">{names[file]}'
        f'<span class="unseen"> of {html.escape(report.notebook)}, '
        f"{html.escape(report.document)}</span></a>"
        for file in report.files
    )
    pictures = len({Path(name).stem for name in report.figures})
    size = f"{_count(report.tables, 'table')}, {_count(pictures, 'figure')}"
    title = html.escape(report.notebook.capitalize())
    if "report.html" in report.files:
        title = f'<a href="{_address(report)}/report.html">{title}</a>'
    return (
        f'<article class="entry">\n<h3>{title}</h3>\n{_key_figures(report.key_figures)}'
        f'<p>{abstract}</p>\n<p class="files">{links or "not rendered"} · {size}</p>\n</article>'
    )


def _key_figures(figures: Mapping[str, str]) -> str:
    """Return numbers with what they are; the name comes first, for those who hear it."""
    rows = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>\n"
        for name, value in figures.items()
    )
    return f'<dl class="key-figures">\n{rows}</dl>\n' if rows else ""


def _address(report: _Listed) -> str:
    return html.escape(quote(report.folder))


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
