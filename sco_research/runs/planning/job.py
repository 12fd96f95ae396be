"""One report to be made: the document, the notebook, the values, and where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sco_research.reports.look import Look

FAILED = "_failed"
"""The folder of partial notebooks: a name that no document can have."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made.

    Attributes
    ----------
    document : str
        A catalogue id or a path.
    document_id : str
        The document's id.
    notebook : Path
        The notebook.
    parameters : mapping of str to object
        The parameters given, in their types; the others have the notebook's defaults.
    output : Path
        The folder of all reports.
    folder : str
        The report's name in the document's folder.
    formats : tuple of str
        The pages to be made.
    look : Look or None
        The user's own look.
    where : str
        The list and the row that ask for it; empty where no list does.
    """

    document: str
    document_id: str
    notebook: Path
    parameters: Mapping[str, object]
    output: Path
    folder: str
    formats: tuple[str, ...] = ("html",)
    look: Look | None = None
    where: str = ""

    @property
    def name(self) -> str:
        """Document and report, as messages name them."""
        return f"{self.document_id}, {self.folder}"

    @property
    def target(self) -> Path:
        """Where the report goes."""
        return self.output / self.document_id / self.folder

    @property
    def partial(self) -> Path:
        """Where the notebook goes, as far as it came, when the report fails."""
        return self.output / FAILED / self.document_id / f"{self.folder}.ipynb"
