"""How to cite the source, the report, the software and the methods."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sco_research.errors import ParameterError, SourceError
from sco_research.organizations.issuer import issuer
from sco_research.reports.markdown import escape
from sco_research.reports.references import (
    Item,
    Style,
    formatted,
    method_items,
    name_of,
    parse_style,
)
from sco_research.reports.software import software
from sco_research.reports.tables import without_controls
from sco_research.text.document import Document, Metadata

FILES = {"citation.bib": "bibtex", "citation.ris": "ris", "citation.json": "csl-json"}
"""The files of a report that reference managers read."""

_KEY = re.compile(r"(?<![\w\\])@([a-z]+\d{4}[a-z]?)")


@dataclass(frozen=True, slots=True)
class ReportReference:
    """What identifies a report: never the day it was made, nor its own hash.

    Attributes
    ----------
    notebook : str
        The notebook that makes it.
    document : Document
        What it is about.
    inputs : str
        Hash of all that it was made from, as `inputs_hash` gives it.
    title : str
        The report's own; from notebook and document where it is not given.
    authors : tuple of str
        Who answers for it, as ``"Family, Given"`` or a body's name; the software's authors where
        none is named.
    """

    notebook: str
    document: Document
    inputs: str
    title: str = ""
    authors: tuple[str, ...] = ()


def inputs_hash(
    document: Document,
    parameters: Mapping[str, object],
    codebooks: Iterable[Mapping[str, str]],
    profiles: Iterable[Mapping[str, str]] = (),
) -> str:
    """Return one hash of a report's document, parameters, codebooks and issuers' profiles."""
    parts = {
        "document": document.sha256,
        "parameters": dict(parameters),
        "codebooks": [codebook["sha256"] for codebook in codebooks],
        "profiles": [profile["sha256"] for profile in profiles],
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def long_date(day: datetime.date) -> str:
    """Return a date as English prose writes it, whatever the machine's locale.

    >>> long_date(datetime.date(2013, 9, 13))
    '13 September 2013'
    """
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def subtitle(document: Document, title: str = "") -> str:
    """Return title, place and date of a document in one line of Markdown.

    Parameters
    ----------
    document : Document
        The document.
    title : str
        The title above the line, as Markdown; what it holds of the document's is not said again.

    Examples
    --------
    >>> note = Document.from_text("We met.", id="n", title="A note", place="Zenda")
    >>> subtitle(note), subtitle(note, "Themes: A note")
    ('A note, Zenda', 'Zenda')
    """
    known = document.metadata
    when = long_date(known.date) if known.date else ""
    named = escape(known.title or document.id)
    parts = ("" if named in title else named, escape(known.place), escape(when))
    return ", ".join(part for part in parts if part)


def cite(subject: Document | ReportReference | Path | None = None, *, style: Style = "text") -> str:
    """Return how to cite a document, a report, or the software.

    Parameters
    ----------
    subject : Document, ReportReference or pathlib.Path, optional
        What to cite; a path is the folder of a report. The software where it is not given.
    style : str
        ``"text"`` for a reference in words with all that is known, ``"apa"`` and ``"chicago"`` by
        their styles, ``"bibtex"``, ``"ris"`` and ``"csl-json"`` for reference managers.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        Where the style is unknown, or the subject a string.
    SourceError
        Where the folder holds no report.

    Examples
    --------
    >>> cite().startswith("sco_research contributors. 2026.")
    True
    >>> print(cite(style="ris").splitlines()[0])
    TY  - COMP
    """
    if isinstance(subject, str):
        raise ParameterError(
            f"cite, subject {subject!r}: a string is not a document; use load_document, or Path(…) "
            "for a report's folder"
        )
    style = parse_style(style)
    if isinstance(subject, Path):
        item = _item_of_folder(subject)
        return _report_text(item) if style == "text" else formatted([item], style)
    if style != "text":
        return formatted([_item(subject)], style)
    if subject is None:
        return _software_text()
    if isinstance(subject, ReportReference):
        return _report_text(_report_item(subject))
    return _source_text(subject)


def how_to_cite(report: ReportReference) -> str:
    """Return the section of a report that says how to cite it, as Markdown."""
    subjects: dict[str, Document | ReportReference | None] = {
        "The source": report.document,
        "This report": report,
        "The software": None,
    }
    blocks = ["## How to cite {#how-to-cite}"]
    for name, subject in subjects.items():
        blocks.append(f"{name}\n:   {escape(cite(subject))}")
    blocks.append("The methods\n:   See References.")
    for name, style in (("APA", "apa"), ("Chicago", "chicago")):
        items = [_item(subject) for subject in subjects.values()]
        # Each entry is used alone: no letter is needed to distinguish works of one year.
        listing = re.sub(rf"\b({software().released.year})[a-c]\b", r"\1", formatted(items, style))
        entries = listing.split("\n\n")
        listed = "\n\n".join(f":   {escape(entry)}" for entry in entries)
        blocks.append(f"In the style of {name}\n\n{listed}")
    blocks.append("For reference managers\n:   `citation.bib`, `citation.ris` and `citation.json`")
    return "\n\n".join(blocks)


def citation_files(report: ReportReference, markdown: str) -> dict[str, bytes]:
    """Return the files for reference managers: source, report, software and cited methods."""
    known = method_items()
    keys = dict.fromkeys(_KEY.findall(markdown))
    items = [_item(report.document), _item(report), _item(None)]
    items += [known[key] for key in keys if key in known]
    return {name: f"{formatted(items, style)}\n".encode() for name, style in FILES.items()}


def _item(subject: Document | ReportReference | None) -> Item:
    if subject is None:
        return _software_item()
    return _report_item(subject) if isinstance(subject, ReportReference) else _source_item(subject)


def _item_of_folder(folder: Path) -> Item:
    try:
        items = json.loads((folder / "citation.json").read_text(encoding="utf-8"))
        item: Item = next(item for item in items if item["type"] == "report")
        _report_text(item)
        return item
    except (OSError, ValueError, StopIteration, LookupError, TypeError):
        raise SourceError(
            f"{folder}: there is no report with a citation.json here; name a report's folder"
        ) from None


def _issued(day: datetime.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _literal(*names: str) -> list[dict[str, str]]:
    return [{"literal": name} for name in names if name]


def _people(names: Iterable[str]) -> list[dict[str, str]]:
    """Return persons, written with a comma after the family name, and bodies."""
    parts = (without_controls(name).partition(",") for name in names)
    return [
        {"family": family.strip(), "given": given.strip()} if given.strip() else {"literal": family}
        for family, _, given in parts
    ]


def _software_item() -> Item:
    found = software()
    return {
        "id": "sco_research",
        "type": "software",
        "author": _literal(*found.authors),
        "title": found.title,
        "version": found.version,
        "issued": _issued(found.released),
        "note": "MIT licence",
    }


def _report_item(report: ReportReference) -> Item:
    found = software()
    name, released = "Report generated with sco_research", long_date(found.released)
    return {
        "id": f"{report.document.id}-{report.notebook}",
        "type": "report",
        "author": _people(report.authors) or _literal(*found.authors),
        "title": without_controls(report.title) or _report_title(report),
        # The hash is not the first word: styles give that a capital.
        "number": f"SHA-256 of inputs {report.inputs}",
        "version": found.version,
        "medium": f"{name}, released {released}",
        "issued": _issued(found.released),
        "note": f"{name} {found.version} ({released}) from the source with SHA-256 "
        f"{report.document.sha256}; all inputs together: SHA-256 {report.inputs}",
    }


def _printable(metadata: Metadata) -> Metadata:
    """Return metadata without control characters, which would begin a field or move a cursor."""
    values = ((field.name, getattr(metadata, field.name)) for field in fields(metadata))
    texts: dict[str, Any] = {
        name: without_controls(value) for name, value in values if isinstance(value, str)
    }
    return replace(metadata, **texts)


def _source_item(document: Document) -> Item:
    known = _printable(document.metadata)
    fields: dict[str, object] = {
        "id": document.id,
        "type": "webpage" if known.url else "document",
        "author": _literal(known.issuer or issuer(document).label),
        "title": known.title or document.id,
        "container-title": known.publisher,
        "publisher-place": known.place,
        "issued": _issued(known.date) if known.date else {},
        "URL": known.url,
        "note": f"Source: {known.source}" if known.source else "",
    }
    return {name: value for name, value in fields.items() if value}


def _report_title(report: ReportReference) -> str:
    about = _printable(report.document.metadata).title or report.document.id
    return f"{report.notebook.capitalize()}: {about}"


def _authors() -> str:
    return ", ".join(software().authors)


def _software_text() -> str:
    found = software()
    return (
        f"{_authors()}. {found.released.year}. {found.title}. Version {found.version}, "
        f"{long_date(found.released)}. MIT licence."
    )


def _report_text(item: Item) -> str:
    """Return a report's reference in the words that its item keeps as a note."""
    year, *_ = item["issued"]["date-parts"][0]
    authors = "; ".join(name_of(author) for author in item["author"])
    return f"{authors.rstrip('.')}. {year}. “{item['title']}.” {item['note']}."


def _source_text(document: Document) -> str:
    known = _printable(document.metadata)
    when = long_date(known.date) if known.date else ""
    adopted = ", ".join(part for part in (known.place, when) if part)
    sentences = (
        known.issuer or issuer(document).label,
        f"“{known.title or document.id}”",
        adopted,
        f"Source: {known.source}" if known.source else "",
        f"In {known.publisher}" if known.publisher else "",
        known.url,
    )
    return ". ".join(sentence.rstrip(".") for sentence in sentences if sentence) + "."
