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

from sco_research import displays

if TYPE_CHECKING:
    from sco_research.coding.codebooks.loading import load_codebook as load_codebook
    from sco_research.coding.commitments.coder import code_speech_acts as code_speech_acts
    from sco_research.coding.commitments.coder import explain as explain
    from sco_research.coding.commitments.coder import find_commitments as find_commitments
    from sco_research.coding.commitments.options import CommitmentOptions as CommitmentOptions
    from sco_research.coding.reliability.agreement import agreement as agreement
    from sco_research.coding.reliability.scoring import score as score
    from sco_research.coding.stance import code_stance as code_stance
    from sco_research.coding.themes import code_themes as code_themes
    from sco_research.comparison.keyness import keyness as keyness
    from sco_research.comparison.text_reuse import find_reuse as find_reuse
    from sco_research.loaders import load_corpus as load_corpus
    from sco_research.loaders import load_document as load_document
    from sco_research.loaders import stream_corpus as stream_corpus
    from sco_research.metrics import measure as measure
    from sco_research.notebook.hand_coding import compare_coders as compare_coders
    from sco_research.notebook.hand_coding_widget import code_by_hand as code_by_hand
    from sco_research.notebook.tables import browse as browse
    from sco_research.reports.annotation import annotate as annotate
    from sco_research.reports.citations import cite as cite
    from sco_research.reports.report import Report as Report
    from sco_research.runs.batch import run_batch as run_batch
    from sco_research.runs.runner import run_report as run_report
    from sco_research.statistics import Bootstrap as Bootstrap
    from sco_research.text.collocations import collocations as collocations
    from sco_research.text.concordance import kwic as kwic
    from sco_research.text.document import Corpus as Corpus
    from sco_research.text.document import Document as Document
    from sco_research.text.segments import segment as segment
    from sco_research.topics.summary.overview import show as show

__version__ = "0.1.0"

displays.write_with("sco_research.notebook.displays")

_HOME = {
    "CommitmentOptions": "coding.commitments.options",
    "Bootstrap": "statistics",
    "Corpus": "text.document",
    "Document": "text.document",
    "Report": "reports.report",
    "agreement": "coding.reliability.agreement",
    "annotate": "reports.annotation",
    "browse": "notebook.tables",
    "cite": "reports.citations",
    "code_by_hand": "notebook.hand_coding_widget",
    "code_speech_acts": "coding.commitments.coder",
    "code_stance": "coding.stance",
    "code_themes": "coding.themes",
    "collocations": "text.collocations",
    "compare_coders": "notebook.hand_coding",
    "explain": "coding.commitments.coder",
    "find_commitments": "coding.commitments.coder",
    "find_reuse": "comparison.text_reuse",
    "keyness": "comparison.keyness",
    "kwic": "text.concordance",
    "load_codebook": "coding.codebooks.loading",
    "load_corpus": "loaders",
    "load_document": "loaders",
    "measure": "metrics",
    "run_batch": "runs.batch",
    "run_report": "runs.runner",
    "score": "coding.reliability.scoring",
    "segment": "text.segments",
    "show": "topics.summary.overview",
    "stream_corpus": "loaders",
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
