"""The screen of coding by hand: one sentence in its context, the questions, the keyboard first.

The widget holds no answer of its own: what it shows comes from `HandCoding`, and every answer goes
there, and so into the sheet, at once. A kernel that is restarted loses nothing; the same cell run
again goes on where the coder stopped.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.errors import ScoResearchError
from sco_research.notebook.hand_coding import HandCoding, hand_coding
from sco_research.text.document import Document

_HERE = files(__package__)


class HandCodingWidget(anywidget.AnyWidget):
    """The screen for a coder's work.

    Parameters
    ----------
    work : HandCoding
        The work; what the coder answers is in it and in its sheet.
    labels : dict
        What a reader sees of an answer, where it is not the answer itself.
    """

    _esm = _HERE.joinpath("hand_coding.js").read_text(encoding="utf-8")
    _css = _HERE.joinpath("hand_coding.css").read_text(encoding="utf-8")
    questions: "traitlets.List[Any]" = traitlets.List().tag(sync=True)
    state: "traitlets.Dict[str, Any]" = traitlets.Dict().tag(sync=True)

    def __init__(self, work: HandCoding, labels: dict[str, str] | None = None) -> None:
        super().__init__()
        self.work = work
        named = labels or {}
        self.questions = [
            {
                "name": variable.name,
                "question": variable.question or variable.name,
                "many": variable.many,
                "number": variable.numeric,
                "values": [[value, named.get(value, value)] for value in variable.values],
            }
            for variable in work.scheme.variables
        ]
        self._show("")
        self.on_msg(self._told)

    def _told(self, _: object, content: dict[str, Any], __: object) -> None:
        """Do what the coder did on the screen."""
        trouble = ""
        try:
            match content.get("do"):
                case "answer":
                    self.work.answer(str(content["question"]), str(content["value"]))
                case "go":
                    self.work.go(int(content["position"]))
                case "open":
                    self.work.go_to_open()
        except (ScoResearchError, KeyError, ValueError) as error:
            trouble = str(error)
        self._show(trouble)

    def _show(self, trouble: str) -> None:
        work = self.work
        sentence = work.current
        self.state = {
            "position": work.position,
            "sentences": len(work.sentences),
            "coded": work.coded,
            "place": sentence.place,
            "before": sentence.before,
            "text": sentence.text,
            "after": sentence.after,
            "answers": dict(work.answers(sentence.segment_id)),
            "note": "note" in work.scheme.free,
            "saved": work.saved,
            "sheet": work.sheet.name,
            "trouble": trouble,
        }


def code_by_hand(
    document: Document,
    *,
    scheme: str = "commitments",
    sample: int | None = 60,
    question: str = "",
    coder: str = "coder-a",
    folder: str | Path = ".",
    codebook: str | Path = "themes",
    seed: int = 2013,
) -> HandCodingWidget:
    """Code a document by hand in the notebook.

    One sentence is shown in its context, with the questions of the protocol and nothing of what the
    program says. Digits answer, the arrow keys move, and every answer is saved at once in a sheet
    that ``sco-research coding agree`` reads.

    Parameters
    ----------
    document, scheme, sample, question, coder, folder, codebook, seed
        As for `hand_coding`.

    Returns
    -------
    HandCodingWidget
        The last line of a cell shows it; ``widget.work`` is what `compare_coders` takes.

    Examples
    --------
    >>> import tempfile
    >>> document = Document.from_text("We will meet. The lake is deep.", id="note")
    >>> widget = code_by_hand(document, folder=tempfile.mkdtemp(), coder="anna")
    >>> widget.state["text"]
    'We will meet.'
    """
    work = hand_coding(
        document,
        scheme=scheme,
        sample=sample,
        question=question,
        coder=coder,
        folder=folder,
        codebook=codebook,
        seed=seed,
    )
    labels = (
        {category.id: category.label for category in load_codebook(codebook)}
        if scheme == "themes"
        else {}
    )
    return HandCodingWidget(work, labels)
