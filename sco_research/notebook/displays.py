"""What Jupyter shows of a document, a corpus, a codebook, a report and a table."""

import html
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from sco_research.coding.codebooks.categories import Codebook
from sco_research.notebook import elements as e
from sco_research.notebook.tables import table_html
from sco_research.reports.citations import long_date
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import Segment, citation_labels, segments_of

_MAX_ROWS = 60
_MAX_DOCUMENTS = 40


def html_of(value: object) -> str | None:
    """Return a value as a piece of a page; None for what has no display of its own."""
    writer = _WRITERS.get(type(value).__name__)
    return writer(value) if writer else None


def _document(document: Document) -> str:
    known = document.metadata
    when = long_date(known.date) if known.date else ""
    body = document.text[slice(*document.body)]
    return e.page(
        e.title(known.title or document.id, ", ".join(filter(None, (known.place, when)))),
        e.facts(
            [
                ("id", document.id),
                ("who speaks", _speaker(document)),
                ("language", known.language),
                ("size", f"{len(body):,} characters of {len(document.text):,} in the source"),
                ("source", known.source),
                ("published by", known.publisher),
                ("address", known.url),
                ("notes", known.notes),
                ("SHA-256", document.sha256),
            ]
        ),
        e.notices(document.notices),
        e.folded("Outline", _outline(document)),
        e.folded(
            f"Left out: {len(document.removed)}",
            e.item_list(e.text(e.shortened(str(item))) for item in document.removed[:_MAX_ROWS]),
        )
        if document.removed
        else "",
    )


def _speaker(document: Document) -> str:
    known = document.metadata
    how = f", from the {known.organization_from}" if known.organization_from else ""
    return f"{known.issuer}{how}" if known.issuer else ""


def _outline(document: Document) -> str:
    """Return sections and paragraphs with their anchors and first words."""
    found = [item for item in segments_of(document) if item.level in ("section", "paragraph")]
    shown = islice(found, _MAX_ROWS)
    labels = citation_labels(document)
    rows = [(e.text(_name(item, labels)), e.text(_begins(document, item))) for item in shown]
    more = len(found) - len(rows)
    return e.table(rows) + (f"<p>and {more:,} more</p>" if more > 0 else "")


def _name(item: Segment, labels: Mapping[str, str]) -> str:
    if item.level == "section":
        return f"§ {item.number or item.section}" if item.section else "opening"
    return labels[item.id]


def _begins(document: Document, item: Segment) -> str:
    """Return a paragraph's first words; a section's name says enough."""
    return "" if item.level == "section" else e.shortened(document.text[item.start : item.end])


def _corpus(corpus: Corpus) -> str:
    rows = [
        (
            e.text(document.id),
            e.text(document.metadata.title),
            e.text(document.metadata.date),
            e.text(document.metadata.issuer),
            e.text(document.metadata.language),
            e.text(len(document.notices) or ""),
        )
        for document in islice(corpus, _MAX_DOCUMENTS)
    ]
    head = ("id", "title", "date", "who speaks", "language", "notices")
    more = len(corpus) - len(rows)
    return e.page(
        e.title(f"Corpus of {len(corpus):,} document{'' if len(corpus) == 1 else 's'}"),
        e.table(rows, head=head),
        f"<p>and {more:,} more</p>" if more > 0 else "",
        e.notices([*corpus.faults, *corpus.notices]),
    )


def _codebook(book: Codebook) -> str:
    rows = [
        (
            e.text(category.id),
            e.text(category.label),
            e.text(category.definition),
            e.folded(
                f"{len(category.include)} patterns"
                + (f", {len(category.exclude)} excluded" if category.exclude else ""),
                e.item_list(
                    [
                        *(f"<code>{e.text(pattern)}</code>" for pattern in category.include),
                        *(f"not <code>{e.text(pattern)}</code>" for pattern in category.exclude),
                    ]
                ),
            ),
        )
        for category in book
    ]
    return e.page(
        e.title(book.title or book.name, f"{book.citation}; language {book.language}"),
        f"<p>{e.text(book.description)}</p>" if book.description else "",
        e.folded(
            f"{len(book)} categories",
            e.table(rows, head=("id", "label", "definition", "patterns")),
        ),
        e.folded(
            "Lists of words",
            e.item_list(
                f"<code>@{e.text(name)}</code>: {e.text(', '.join(words))}"
                for name, words in book.lists.items()
            ),
        )
        if book.lists
        else "",
        e.folded("Sources", e.item_list(map(e.text, book.sources))) if book.sources else "",
    )


def _report(report: Any) -> str:  # noqa: ANN401 - its module draws, and is loaded by whoever has one
    return e.page(
        e.title(report.title, f"{report.notebook}, on {report.document.id}"),
        e.facts(
            [
                ("goes to", report.folder),
                ("authors", "; ".join(report.authors)),
                ("codebooks", ", ".join(map(str, report.codebooks))),
                *((name, value) for name, value in report.parameters.items() if value),
            ]
        ),
        e.notices(report.document.notices),
        e.item_list(_parts(report.outline)),
    )


def _parts(outline: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield headings, each with its tables and figures below it."""
    heads = 0

    def section(part: tuple[str, str]) -> int:
        nonlocal heads
        heads += part[0] == "heading"
        return heads

    for _, group in groupby(outline, key=section):
        parts = list(group)
        head = [e.text(words) for kind, words in parts if kind == "heading"]
        below = [e.text(words) for kind, words in parts if kind != "heading"]
        yield "".join(head) + (e.item_list(below) if below else "")


def _screen(overview: Any) -> str:  # noqa: ANN401 - as a report
    return f'<pre style="line-height:1.35">{html.escape(overview.screen())}</pre>'


_WRITERS: dict[str, Callable[[Any], str]] = {
    "Document": _document,
    "Corpus": _corpus,
    "Codebook": _codebook,
    "Report": _report,
    "Overview": _screen,
    "ShownTable": table_html,
}
