"""The report that a notebook collects: prose, tables and figures, shown as they come."""

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sco_research.displays import in_notebook
from sco_research.errors import ParameterError, RunError
from sco_research.reports import citations, fingerprints, provenance
from sco_research.reports.annotation import Annotation, declaration_markdown
from sco_research.reports.counts import CountTable
from sco_research.reports.display import (
    ShownTable,
    show_figure,
    show_html,
    show_markdown,
    show_table,
)
from sco_research.reports.evidence import Evidence, as_frame, numbers_of
from sco_research.reports.folder import ANNOTATED_DOCUMENT, RENDERED_BY_RUNNER, staging
from sco_research.reports.labels import Labels
from sco_research.reports.markdown import (
    escape,
    keep_percents_whole,
    pipe_table,
    plain,
    quoted_attribute,
    visible,
)
from sco_research.reports.references import references_markdown
from sco_research.reports.render import complaint, render
from sco_research.reports.report_style import ReportStyle
from sco_research.reports.tables import csv_bytes, table_files
from sco_research.reports.values import Value, value_files, values_of_facts, values_of_table
from sco_research.resources import reports_folder
from sco_research.text.document import Document

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CITATION = re.compile(r"(?<![\w\\])@([a-z]+\d{4}[a-z]?|[a-z]+)(?=[\s;\],])")
# A longer table is for a program: the page shows its beginning, its files hold it whole.
_MAX_ROWS = 500
_MAX_KEY_FIGURES = 6
_KINDS = {"tbl": "table", "fig": "figure"}
_HEADING = re.compile(r"^#+ (.*?)(?: \{[^}]*\})?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered table or figure: its caption, its Markdown, and its files by path."""

    id: str
    label: str
    caption: str
    markdown: str
    files: Mapping[str, bytes]


class Report:
    """A report on one document, collected call by call and written at the end.

    Parameters
    ----------
    notebook : str
        Name of the notebook that makes it, such as ``"themes"``; the report's folder is called so.
    document : Document
        What it is about.
    title : str
        The report's title, as Markdown.
    parameters : mapping
        The notebook's parameters, for the provenance.
    codebooks : iterable of str or Path
        Names or paths of the codebooks used, for the provenance.
    output_folder : str or Path
        Where it is written; empty for ``reports/<document>/<notebook>`` below the folder
        one stands in.
    authors : iterable of str
        Who answers for the report, each as ``"Family, Given"``; they stand below its title and in
        how to cite it. The package's contributors where none is named.

    Examples
    --------
    >>> document = Document.from_text("We will meet.", id="note")
    >>> report = Report("language", document, title="A note")
    >>> report.text("One sentence, see @tbl-words.")
    >>> report.table(pd.DataFrame({"words": [3]}), id="tbl-words", caption="Words")
    >>> print(report.markdown().splitlines()[1])
    title: "A note"
    """

    def __init__(
        self,
        notebook: str,
        document: Document,
        *,
        title: str,
        parameters: Mapping[str, object] | None = None,
        codebooks: Iterable[str | Path] = (),
        output_folder: str | Path = "",
        authors: Iterable[str] = (),
    ) -> None:
        self.notebook = notebook
        self.document = document
        self.title = visible(title)
        self.authors = tuple(visible(" ".join(name.split())) for name in authors)
        self.parameters = fingerprints.portable(parameters or {})
        self.codebooks = tuple(codebooks)
        self.folder = (
            Path(output_folder) if str(output_folder) else reports_folder() / document.id / notebook
        )
        self._abstract = ""
        self._key_figures: dict[str, str] = {}
        self._parts: list[str | _Item] = []
        self._values: list[Value] = []
        self._labels = Labels()
        self._evidence = Evidence(document)
        self._annotation: Annotation | None = None

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return what the report is and what it has so far, in a line."""
        parts = Counter(kind for kind, _ in self.outline)
        counted = ", ".join(
            f"{parts[kind]} {kind}{'' if parts[kind] == 1 else 's'}" for kind in ("table", "figure")
        )
        return f"Report({self.notebook!r} on {self.document.id!r}: {counted})"

    @property
    def outline(self) -> tuple[tuple[str, str], ...]:
        """What the report has so far, in order: ``heading``, ``table`` or ``figure``, and its name.

        >>> report = Report("language", Document.from_text("We met.", id="note"), title="A note")
        >>> report.text("## Words")
        >>> report
        Report('language' on 'note': 0 tables, 0 figures)
        >>> report.outline
        (('heading', 'Words'),)
        """
        found: list[tuple[str, str]] = []
        for part in self._parts:
            if isinstance(part, _Item):
                caption = plain(self._labels.resolve(part.caption, strict=False))
                found.append((_KINDS[part.id[:3]], f"{part.label}. {caption}"))
            else:
                found += [("heading", plain(name)) for name in _HEADING.findall(part)]
        return tuple(found)

    @property
    def _rendered_by_runner(self) -> bool:
        return (self.folder / RENDERED_BY_RUNNER).exists()

    @property
    def reference(self) -> citations.ReportReference:
        """What identifies the report, for `cite`."""
        codebooks = provenance.codebook_records(self.codebooks)
        profiles = provenance.profile_records(self.document)
        inputs = citations.inputs_hash(self.document, self.parameters, codebooks, profiles)
        return citations.ReportReference(
            self.notebook, self.document, inputs, plain(self.title), self.authors
        )

    def text(self, markdown: str) -> None:
        """Add prose in pandoc's Markdown: ``@tbl-…`` refers to a table, ``[@key]`` to a paper."""
        cited = keep_percents_whole(self._evidence.cited(markdown))
        self._parts.append(cited.strip())
        show_markdown(self._labels.resolve(cited, strict=False))

    def abstract(self, markdown: str) -> None:
        """Set the abstract: the findings, in sentences with their numbers."""
        self._abstract = keep_percents_whole(visible(" ".join(markdown.split())))
        show_markdown(f"**Abstract.** {self._labels.resolve(self._abstract, strict=False)}")

    def key_figures(self, figures: Mapping[str, str]) -> None:
        """Set the few numbers, six at most, that sum up the report on the page of all reports.

        Parameters
        ----------
        figures : mapping of str to str
            By what each is called, in a word or three, the number as it is to be shown.
        """
        if len(figures) > _MAX_KEY_FIGURES:
            raise ParameterError(
                f"key figures: {len(figures)} are given; choose {_MAX_KEY_FIGURES} at most"
            )
        self._key_figures = {visible(name): visible(value) for name, value in figures.items()}
        shown = (f"**{escape(value)}** {escape(name)}" for name, value in figures.items())
        show_markdown(" · ".join(shown))

    def values(self, facts: object) -> None:
        """Record the numbers of a topic's facts for manuscripts, beside those of the tables.

        They are written to ``values.json`` and ``values.tex``, each under an id that
        ``sco-research check`` finds in a paper.

        Parameters
        ----------
        facts : object
            The topic's facts, as the template takes them.
        """
        self._values += values_of_facts(facts, self._prefix)

    @property
    def _prefix(self) -> str:
        return f"{self.document.id}:{self.notebook}"

    def table(
        self,
        table: CountTable | pd.DataFrame,
        *,
        id: str,
        caption: str,
        decimals: Mapping[str, int] | None = None,
    ) -> None:
        """Add a numbered table.

        Parameters
        ----------
        table : CountTable or pandas.DataFrame
            What the reader sees: its column names are the header. Text is shown as it is, a
            segment's id as a link to its sentence, a missing number as a dash. The numbers of a
            count table lead to what they count, and each of those sentences gets a link back.
        id : str
            A stable name, ``tbl-…``; the table's files are called so.
        caption : str
            What the table shows and how, as Markdown.
        decimals : mapping of str to int, optional
            Decimals by column; 2 where not given.

        Raises
        ------
        ParameterError
            Where the id is malformed or taken, or a counted piece is not in its cell.
        """
        whole = table if isinstance(table, CountTable) else CountTable(table)
        counted, empty = whole.without_empty_columns()
        if empty:
            caption = f"{caption.rstrip()} {_left_out(empty)}"
        frame = counted.frame
        label = self._labels.number("tbl", id)
        decimals = decimals or {}
        numbers = numbers_of(counted, id=id, label=label)
        links = self._evidence.add([number for number in numbers if number.row < _MAX_ROWS])
        shown, segments = frame.head(_MAX_ROWS), self._evidence.labels
        body = pipe_table(shown, decimals=decimals, links=links, segments=segments)
        told = keep_percents_whole(caption)
        markdown = f"::: {{#{id} .table}}\n\n{body}\n\n: **{label}.** {told}\n\n:::"
        if len(frame) > _MAX_ROWS:
            markdown += (
                f"\n\nThe first {_MAX_ROWS:,} of {len(frame):,} rows; `tables/{id}.csv` has all."
            )
        self._values += values_of_table(counted, self._prefix, id)
        files = table_files(frame, id=id, caption=caption, decimals=decimals, segments=segments)
        if numbers:
            files[f"tables/{id}.evidence.csv"] = csv_bytes(as_frame(numbers))
        self._parts.append(_Item(id, label, caption, markdown, files))
        table_shown = ShownTable(counted, f"{label}. {caption}", decimals, (self.document,))
        show_table(table_shown, interactive=not self._rendered_by_runner, segments=segments)

    def figure(self, figure: "Figure", *, id: str, caption: str, alt: str) -> None:
        """Add a numbered figure.

        Parameters
        ----------
        figure : matplotlib.figure.Figure
            The figure. It is drawn once, as SVG; `save` makes PDF and PNG of it where a format
            needs them. One that cannot be drawn is replaced by a picture that says so, and the
            report is otherwise whole.
        id : str
            A stable name, ``fig-…``; the files are called so.
        caption : str
            What the figure shows, as Markdown.
        alt : str
            What it says to those who cannot see it.

        Raises
        ------
        ParameterError
            Where the id is malformed or taken, or the alt text is empty.

        Warns
        -----
        UserWarning
            Where the figure cannot be drawn, with the reason.
        """
        from sco_research.reports.figures import figure_of_words, figure_svg

        if not alt.strip():
            raise ParameterError(f"figure {id!r}: the alt text is empty; say what the figure shows")
        label = self._labels.number("fig", id)
        try:
            svg = figure_svg(figure)
        except RunError as error:
            warnings.warn(f"figure {id!r}: {error}", stacklevel=2)
            svg = figure_svg(figure_of_words(f"Not shown: {error}"))
            alt = f"Not shown, because {error}. It was to show: {alt}"
        told = keep_percents_whole(caption)
        markdown = f"![**{label}.** {told}](figures/{id}.svg){{#{id} alt={quoted_attribute(alt)}}}"
        self._parts.append(_Item(id, label, caption, markdown, {f"figures/{id}.svg": svg}))
        show_figure(svg, f"{label}. {caption}", alt)

    def annotation(self, annotation: Annotation) -> None:
        """End the report's page with the annotated document, in place of the plain one."""
        self._annotation = annotation
        show_html(annotation.html)

    def markdown(self) -> str:
        """Return the whole report as pandoc Markdown, references to tables resolved."""
        subtitle = citations.subtitle(self.document, self.title)
        head = {
            "title": self.title,
            **({"subtitle": subtitle} if subtitle else {}),
            "document": citations.subtitle(self.document),
            "abstract": self._labels.resolve(self._abstract, strict=True),
            "lang": "en",
            **({"author": [escape(name) for name in self.authors]} if self.authors else {}),
            **({"key-figures": self._key_figures} if self._key_figures else {}),
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        parts = [
            part.markdown if isinstance(part, _Item) else self._labels.resolve(part, strict=True)
            for part in self._parts
        ]
        for name in self._evidence.tables:
            self._labels.resolve(f"@{name}", strict=True)
        cited = [key for part in (self._abstract, *parts) for key in _CITATION.findall(part)]
        listed = references_markdown(cited)
        if listed:
            parts.append(f"## References {{#references}}\n\n::: {{#refs}}\n{listed}\n:::")
        parts.append(self._evidence.section())
        parts.append(declaration_markdown(self.document, self._evidence))
        parts.append(citations.how_to_cite(self.reference))
        body = visible("\n\n".join(filter(None, parts)))
        return "\n".join(["---", *lines, "---"]) + f"\n\n{body}\n"

    def save(self, *, formats: Iterable[str] = ("html",), style: ReportStyle | None = None) -> None:
        """Write the report: Markdown, tables, figures, provenance and pages, all or nothing.

        Run by ``sco-research report`` the pages are left to it, which knows the formats asked for.

        Parameters
        ----------
        formats : iterable of str
            Of ``html``, ``pdf``, ``docx``, ``latex``, and ``figures``: every figure as PDF and PNG.
        style : ReportStyle, optional
            The user's own citation style and files in place of the package's.

        Raises
        ------
        OutputError
            Where the folder cannot be written; what was there before is unchanged.
        RunError
            Where a format cannot be rendered. The others are written, and the message names them;
            where none can be, nothing is.
        """
        wanted = tuple(formats)
        annotated = self._annotation.html if self._annotation else ""
        document = self._evidence.in_html(annotated)
        with staging(self.folder) as folder:
            self._write_sources(folder)
            failures: dict[str, str] = {}
            if self._rendered_by_runner:
                (folder / ANNOTATED_DOCUMENT).write_text(document, encoding="utf-8", newline="\n")
            else:
                failures = render(folder, wanted, style=style, document=document)
            if failures and set(failures) == set(wanted):
                raise complaint(failures, wanted)
            provenance.write(
                folder,
                notebook=self.notebook,
                document=self.document,
                parameters=self.parameters,
                codebooks=self.codebooks,
                formats=[name for name in wanted if name not in failures],
                style=style.record() if style else None,
            )
        if failures:
            raise complaint(failures, wanted)
        kinds = [part.id[:3] for part in self._parts if isinstance(part, _Item)]
        show_markdown(
            f"Report written: `report.md`, {kinds.count('tbl')} tables, "
            f"{kinds.count('fig')} figures."
        )

    def _write_sources(self, folder: Path) -> None:
        """Write what the pages are made from."""
        markdown = self.markdown()
        files = {"report.md": markdown.encode()}
        files |= citations.citation_files(self.reference, markdown)
        files |= value_files(self._values)
        for part in self._parts:
            if isinstance(part, _Item):
                files.update(part.files)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


def _left_out(columns: Iterable[str]) -> str:
    """Return why columns of a table are not there, as Markdown."""
    return f"Left out, since no row has a value: {', '.join(map(escape, columns))}."
