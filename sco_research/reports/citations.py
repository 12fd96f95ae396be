"""How to cite the source, the report and the software."""

import datetime
from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from sco_research.errors import ParameterError
from sco_research.reports.markdown import escape
from sco_research.resources import citation_file
from sco_research.text.document import Document

Style = Literal["text", "bibtex"]


class Software(BaseModel):
    """What ``CITATION.cff`` says of the software."""

    model_config = ConfigDict(frozen=True)

    title: str
    version: str
    released: datetime.date
    authors: tuple[str, ...]


@cache
def software() -> Software:
    """Return the software's citation data, from ``CITATION.cff`` alone.

    >>> software().authors
    ('sco_research contributors',)
    """
    found = yaml.safe_load(citation_file().read_text(encoding="utf-8"))
    return Software(
        title=found["title"],
        version=str(found["version"]),
        released=found["date-released"],
        authors=tuple(author["name"] for author in found["authors"]),
    )


def long_date(day: datetime.date) -> str:
    """Return a date as English prose writes it, whatever the machine's locale.

    >>> long_date(datetime.date(2013, 9, 13))
    '13 September 2013'
    """
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def subtitle(document: Document) -> str:
    """Return title, place and date of a document in one line of Markdown."""
    known = document.metadata
    when = long_date(known.date) if known.date else ""
    parts = (known.title or document.id, known.place, when)
    return ", ".join(escape(part) for part in parts if part)


def cite(subject: Document | None = None, *, style: Style = "text") -> str:
    """Return how to cite a document, or the software.

    Parameters
    ----------
    subject : Document, optional
        What to cite; the software where it is not given.
    style : str
        ``"text"`` for a reference in words, ``"bibtex"`` for an entry.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        Where the style is unknown.

    Examples
    --------
    >>> cite().startswith("sco_research contributors. 2026.")
    True
    """
    if style not in ("text", "bibtex"):
        raise ParameterError(f"cite, style {style!r}: choose text or bibtex")
    if subject is None:
        return _software_text() if style == "text" else _software_bibtex()
    return _source_text(subject) if style == "text" else _source_bibtex(subject)


def report_reference(notebook: str, document: Document) -> str:
    """Return how to cite a report: by version, release date and the hash of what it read."""
    about = document.metadata.title or document.id
    return (
        f"{_authors()}. {software().released.year}. “{notebook.capitalize()}: {about}.” Report "
        f"generated with sco_research {software().version} "
        f"({long_date(software().released)}) from the source with SHA-256 {document.sha256}."
    )


def how_to_cite(notebook: str, document: Document) -> str:
    """Return the section of a report that says how to cite it, as Markdown."""
    entries = {
        "The source": cite(document),
        "This report": report_reference(notebook, document),
        "The software": cite(),
    }
    lines = [f"{name}\n:   {escape(text)}" for name, text in entries.items()]
    return "\n\n".join(["## How to cite {#how-to-cite}", *lines])


def _authors() -> str:
    return ", ".join(software().authors)


def _software_text() -> str:
    found = software()
    return (
        f"{_authors()}. {found.released.year}. {found.title}. Version {found.version}, "
        f"{long_date(found.released)}. MIT licence."
    )


def _software_bibtex() -> str:
    found = software()
    fields = {
        "author": _authors(),
        "title": found.title,
        "version": found.version,
        "year": str(found.released.year),
        "note": "MIT licence",
    }
    return _bibtex("software", "sco_research", fields)


def _source_text(document: Document) -> str:
    known = document.metadata
    when = long_date(known.date) if known.date else ""
    adopted = ", ".join(part for part in (known.place, when) if part)
    sentences = (
        known.organization,
        f"“{known.title or document.id}”",
        adopted,
        f"Source: {known.source}" if known.source else "",
        f"In {known.publisher}" if known.publisher else "",
        known.url,
    )
    return ". ".join(sentence.rstrip(".") for sentence in sentences if sentence) + "."


def _source_bibtex(document: Document) -> str:
    known = document.metadata
    fields = {
        "author": known.organization,
        "title": known.title or document.id,
        "year": str(known.date.year) if known.date else "",
        "date": str(known.date or ""),
        "address": known.place,
        "howpublished": known.publisher,
        "url": known.url,
        "note": f"Source: {known.source}" if known.source else "",
    }
    return _bibtex("misc", document.id, fields)


def _bibtex(kind: str, key: str, fields: dict[str, str]) -> str:
    # An author in two pairs of braces is an organisation, not a person of several names.
    protected = {name: _tex(value) for name, value in fields.items() if value}
    if "author" in protected:
        protected["author"] = f"{{{protected['author']}}}"
    lines = [f"  {name} = {{{value}}}," for name, value in protected.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


_TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def _tex(text: str) -> str:
    """Protect what TeX would take for a command."""
    return text.translate(_TEX)
