"""The page that lists the reports of a folder, with what each found."""

import hashlib
import html
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from sco_research.errors import OutputError, ScoResearchError
from sco_research.reports import owner, provenance
from sco_research.reports.formats import LANDING
from sco_research.reports.look import HOUSE
from sco_research.reports.pandoc import run_pandoc
from sco_research.reports.render import FORMATS, SOURCE

_HEAD = re.compile(r"^(subtitle|abstract): (.*)$", re.MULTILINE)
_CROSS_REFERENCE = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A report as the page lists it."""

    document: str
    about: str
    notebook: str
    abstract: str
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
    found = [entry for path in sorted(base.glob("*/*/")) if (entry := _listed(path, base))]
    pages = _as_html([text for entry in found for text in (entry.about, entry.abstract)])
    listed = [
        replace(entry, about=about, abstract=abstract)
        for entry, about, abstract in zip(found, pages[::2], pages[1::2], strict=True)
    ]
    if not listed:
        return None
    target = base / LANDING
    try:
        with tempfile.TemporaryDirectory(dir=base, prefix=f".index-{owner.tag()}-") as folder:
            page = Path(folder) / LANDING
            page.write_text(_page(listed), encoding="utf-8", newline="\n")
            # Whoever opens it meanwhile sees the old page or the new one.
            page.replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from None
    return target


def _listed(folder: Path, base: Path) -> _Listed | None:
    """Return what a report says of itself; none for a folder that is no report."""
    try:
        record = provenance.read(folder)
        head = (folder / SOURCE).read_text(encoding="utf-8").partition("\n---\n")[0]
        found = {name: str(json.loads(value)) for name, value in _HEAD.findall(head)}
        outputs = sorted(record["outputs"])
        return _Listed(
            document=str(record["document"]["id"]),
            about=found.get("subtitle", ""),
            notebook=str(record["report"]),
            abstract=_CROSS_REFERENCE.sub(r"\1", found.get("abstract", "")),
            tables=len({name.partition(".")[0] for name in outputs if name.startswith("tables/")}),
            figures=tuple(name for name in outputs if name.startswith("figures/")),
            files=tuple(kind.file for kind in FORMATS.values() if (folder / kind.file).is_file()),
            folder=folder.relative_to(base).as_posix(),
        )
    except (OSError, ValueError, KeyError, TypeError, ScoResearchError):
        return None


def _as_html(texts: Sequence[str]) -> list[str]:
    """Return pieces of Markdown as HTML: in one call of pandoc, for there may be thousands.

    Where a text would swallow its neighbours, each has a call of its own.
    """
    mark = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    options = ["--from=markdown-smart-citations-raw_html", "--to=html5"]
    together = run_pandoc(options, text=f"\n\n{mark}\n\n".join(texts))
    parts = together.split(f"<p>{mark}</p>")
    if len(parts) != len(texts):
        parts = [run_pandoc(options, text=text) for text in texts]
    return [part.strip().removeprefix("<p>").removesuffix("</p>") for part in parts]


def _page(listed: Iterable[_Listed]) -> str:
    style = (HOUSE / "report.css").read_text(encoding="utf-8")
    parts = []
    for document, reports in groupby(listed, key=lambda report: report.document):
        found = list(reports)
        parts.append(f'<section>\n<h2 id="{html.escape(document)}">{found[0].about}</h2>')
        parts += [_entry(report) for report in found]
        parts.append("</section>")
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Reports</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#content">Skip to the reports</a>\n'
        '<header class="title-block">\n<p class="series">sco_research</p>\n<h1>Reports</h1>\n'
        f'</header>\n<main id="content">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _entry(report: _Listed) -> str:
    names = {kind.file: name.upper() for name, kind in FORMATS.items()}
    links = " · ".join(
        f'<a href="{html.escape(report.folder)}/{file}">{names[file]}'
        f'<span class="unseen"> of {html.escape(report.notebook)}, '
        f"{html.escape(report.document)}</span></a>"
        for file in report.files
    )
    pictures = len({Path(name).stem for name in report.figures})
    size = f"{_count(report.tables, 'table')}, {_count(pictures, 'figure')}"
    return (
        f"<h3>{html.escape(report.notebook.capitalize())}</h3>\n<p>{report.abstract}</p>\n"
        f'<p class="files">{links or "not rendered"} · {size}</p>'
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
