"""Evidence that a scholar can cite from an intergovernmental declaration.

The public names are imported at first use, so that ``import sco_research`` costs next to nothing.

Examples
--------
>>> import sco_research
>>> document = sco_research.load_document("sco-2013-bishkek")
>>> document.id
'sco-2013-bishkek'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sco_research.loaders import load_corpus as load_corpus
    from sco_research.loaders import load_document as load_document
    from sco_research.reports.citations import cite as cite
    from sco_research.reports.report import Report as Report
    from sco_research.runs.runner import run_report as run_report
    from sco_research.text.document import Corpus as Corpus
    from sco_research.text.document import Document as Document
    from sco_research.text.segments import segment as segment

__version__ = "0.1.0"

_HOME = {
    "Corpus": "text.document",
    "Document": "text.document",
    "Report": "reports.report",
    "cite": "reports.citations",
    "load_corpus": "loaders",
    "load_document": "loaders",
    "run_report": "runs.runner",
    "segment": "text.segments",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    """Import a public name at its first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names for completion."""
    return [*__all__, "__version__"]
