"""The style of a report: the package's templates, and the files that a user names instead."""

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

from sco_research.errors import ParameterError, closest, closest_path, did_you_mean
from sco_research.reports.embedding import (
    check_citation_style,
    check_typst_partials,
    check_word_document,
    embedded_sheet,
)
from sco_research.resources import data_path

TEMPLATES = Path(__file__).resolve().with_name("templates")
"""The folder of the package's own templates."""


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """What a user puts in the place of the package's style.

    Attributes
    ----------
    citation_style : str
        Citation style: the name of one of `citation_styles`, such as ``"apa"``, or the path of any
        ``.csl`` file of the Citation Style Language; empty for Chicago, author and date.
    css : Path or None
        Style sheet, read after the package's own; what it names is embedded from its folder.
    reference_docx : Path or None
        Word document whose styles the DOCX takes.
    typst_template : Path or None
        pandoc template of the typst source that becomes the PDF.

    Examples
    --------
    >>> ReportStyle(citation_style="apa").csl().name
    'apa.csl'
    """

    citation_style: str = ""
    css: Path | None = None
    reference_docx: Path | None = None
    typst_template: Path | None = None

    def __post_init__(self) -> None:
        """Refuse at once what is missing, is something else or leads out of its folder."""
        for name, path in self._paths().items():
            if not path.is_file():
                option = f"--{name.replace('_', '-')}"
                raise ParameterError(f"{option} {path}: no such file; {_hint(path)}")
        if self.css:
            embedded_sheet(self.css)
        if self.reference_docx:
            check_word_document(self.reference_docx)
        if self.typst_template:
            check_typst_partials(self.typst_template)
        self.csl()

    def csl(self) -> Path | None:
        """Return the file of the citation style; none for pandoc's own.

        Raises
        ------
        ParameterError
            Where no style has that name.
        """
        return _style_file(self.citation_style) if self.citation_style else None

    def record(self) -> dict[str, object]:
        """Return what the provenance keeps: names and hashes, only of what was chosen."""
        found: dict[str, object] = {"style": self.citation_style} if self.citation_style else {}
        files = self._paths()
        if self.citation_style.endswith(".csl"):
            found["style"] = Path(self.citation_style).name
            files = {"csl": Path(self.citation_style), **files}
        for name, path in files.items():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[name] = {"name": path.name, "sha256": digest}
        if self.css and (embedded := embedded_sheet(self.css).files):
            found["embedded"] = [
                {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
                for path in embedded
            ]
        return found

    def _paths(self) -> dict[str, Path]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, Path)}


def _style_file(style: str) -> Path:
    if style.endswith(".csl"):
        path = Path(style)
        if not path.is_file():
            raise ParameterError(f"--style {style}: no such file; {_hint(path)}")
        check_citation_style(path)
        return path.resolve()
    known = citation_styles()
    if style in known:
        return data_path("citation_styles", f"{style}.csl")
    hint = did_you_mean(closest(style, known), f"known: {', '.join(known)}")
    raise ParameterError(
        f"--style {style!r}: no bundled citation style has this name; {hint}; any other one is "
        "given by the path of its .csl file"
    )


def citation_styles() -> list[str]:
    """Return the names of the bundled citation styles.

    >>> "apa" in citation_styles()
    True
    """
    return sorted(path.stem for path in data_path("citation_styles").glob("*.csl"))


def _hint(path: Path) -> str:
    return did_you_mean(closest_path(path), "name one that exists")
