"""Codings as other tools know them: codes with definitions, and stretches of text that bear them.

A code is a category of a codebook or an answer of the commitments coding. All coding frames of the
package become one shape here, `CODED`, which is what every format of this folder writes and reads.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from sco_research.coding.codebooks.categories import Codebook
from sco_research.coding.reliability.schemes import COMMITMENTS
from sco_research.errors import CodingError
from sco_research.frames import Column, Schema

CODED = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("coder", "str", "who coded"),
    Column("category", "str", "the code's id; a dot stands between parent and child"),
    Column("start", "int", "first character of the coded text in ``document.text``"),
    Column("end", "int", "character after its last"),
    Column("text", "str", "the coded text, as the source has it"),
)
"""Coded text, one row a code, a stretch of text and a sentence that it touches."""

PROGRAM = "sco-research"
"""The coder's name of what the package coded."""

ID_LINE = "sco-research id: "
"""What stands before a code's id in the description that other programs keep."""

_ACTS = COMMITMENTS.variable("speech_act")


class Code(NamedTuple):
    """A code: what is assigned to a stretch of text.

    Attributes
    ----------
    id : str
        As the column ``category`` has it; a dot stands between parent and child.
    label : str
        What a reader sees.
    definition : str
        When it is assigned.
    """

    id: str
    label: str
    definition: str = ""


COMMITMENT_CODES = (
    *(Code(f"speech_act.{act}", act, "Speech act of the sentence.") for act in _ACTS.values),
    Code("commitment.strict", "strict", "The sentence holds a commitment in the strict reading."),
    Code("commitment.broad", "broad", "The sentence holds one in the broad reading only."),
)
"""The codes of the commitments coding, for sentences."""


def codes_of(codebook: Codebook) -> tuple[Code, ...]:
    """Return a codebook's categories as codes.

    Examples
    --------
    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> codes = {code.id: code.label for code in codes_of(load_codebook("themes"))}
    >>> codes["security.drugs"]
    'Drugs'
    """
    return tuple(
        Code(category.id, category.label, category.definition) for category in codebook.categories
    )


def coded_hits(codings: pd.DataFrame, *, coder: str = PROGRAM) -> pd.DataFrame:
    """Return a codebook's hits, as `sco_research.code_themes` finds them, as coded text.

    Parameters
    ----------
    codings : pandas.DataFrame
        With the columns of `sco_research.coding.codings.CODINGS`.
    coder : str
        Who coded.

    Returns
    -------
    pandas.DataFrame
        See `CODED`.

    Examples
    --------
    >>> from sco_research import Document, code_themes
    >>> document = Document.from_text("They fight drugs.", id="note")
    >>> coded_hits(code_themes(document))[["category", "text"]].values.tolist()
    [['security.drugs', 'drugs']]
    """
    return CODED.frame(
        codings.rename(columns={"match": "text"})
        .assign(coder=coder)[list(CODED)]
        .to_dict("records")
    )


def coded_acts(acts: pd.DataFrame, *, coder: str = PROGRAM) -> pd.DataFrame:
    """Return the coding of sentences, as `sco_research.code_speech_acts` makes it, as coded text.

    Parameters
    ----------
    acts : pandas.DataFrame
        With the columns of `SPEECH_ACT_FRAME`.
    coder : str
        Who coded.

    Returns
    -------
    pandas.DataFrame
        See `CODED`: for each sentence its speech act and, where it holds a commitment, the reading.

    Examples
    --------
    >>> from sco_research import Document, code_speech_acts
    >>> document = Document.from_text("We will open clinics.", id="note")
    >>> coded_acts(code_speech_acts(document))["category"].tolist()
    ['speech_act.commissive', 'commitment.strict']
    """
    rows = []
    for row in acts.to_dict("records"):
        categories = [f"speech_act.{row['speech_act']}"] if row["speech_act"] else []
        if row["broad"]:
            categories.append(f"commitment.{'strict' if row['strict'] else 'broad'}")
        kept = {name: row[name] for name in ("document_id", "segment_id", "start", "end", "text")}
        rows += [{**kept, "coder": coder, "category": category} for category in categories]
    return CODED.frame(rows)


def tree_of(codes: Iterable[Code]) -> Mapping[str, tuple[Code, ...]]:
    """Return codes by the id of their parent, with the parents that are no codes themselves.

    Examples
    --------
    >>> tree = tree_of([Code("security.drugs", "Drugs")])
    >>> [(parent, [code.label for code in children]) for parent, children in tree.items()]
    [('', ['security']), ('security', ['Drugs'])]
    """
    known = {code.id: code for code in codes}
    if "" in known:
        raise CodingError("codes", ["a code without an id; give it one"])
    children: dict[str, dict[str, Code]] = {"": {}}
    for code in tuple(known.values()):
        child = code
        while child.id not in children.setdefault(child.id.rpartition(".")[0], {}):
            parent = child.id.rpartition(".")[0]
            children[parent][child.id] = child
            if not parent:
                break
            child = known.get(parent, Code(parent, parent.rpartition(".")[2]))
    return {parent: tuple(held.values()) for parent, held in children.items()}
