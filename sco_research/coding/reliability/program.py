"""The program as a coder: its answers as ratings."""

from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.reliability.ratings import ratings_of, ratings_of_hits
from sco_research.coding.reliability.schemes import COMMITMENTS
from sco_research.coding.themes import code_themes
from sco_research.text.document import Document
from sco_research.text.segments import segment

PROGRAM = "program"


def theme_answers(
    document: Document, *, codebook: str | Path | Codebook = "themes"
) -> pd.DataFrame:
    """Return the program's answers to the themes protocol.

    Parameters
    ----------
    document : Document
        What is coded.
    codebook : str, pathlib.Path or Codebook
        The codebook that codes it.

    Returns
    -------
    pandas.DataFrame
        Ratings by the coder ``program``: ``yes`` or ``no`` for each sentence and category.

    Examples
    --------
    >>> document = Document.from_text("They oppose separatism. They met.", id="note")
    >>> answers = theme_answers(document)
    >>> answers.loc[answers["value"] == "yes", "category"].tolist()
    ['security.terrorism']
    """
    book = load_codebook(codebook)
    return ratings_of_hits(
        code_themes(document, codebook=book),
        segment(document, level="sentence")["segment_id"],
        categories=[category.id for category in book.categories],
        coder=PROGRAM,
    )


def commitment_answers(document: Document) -> pd.DataFrame:
    """Return the program's answers to the commitments protocol, by the binding scheme it names.

    Parameters
    ----------
    document : Document
        What is coded.

    Returns
    -------
    pandas.DataFrame
        Ratings by the coder ``program``: speech act, strict, broad, number of undertakings and
        binding level of each sentence.

    Examples
    --------
    >>> document = Document.from_text("The Parties will found a joint school.", id="note")
    >>> commitment_answers(document).set_index("variable")["value"].to_dict()["undertakings"]
    '1'
    """
    # A report on themes asks for no commitments, and loads no coder of them.
    from sco_research.coding.commitments.coder import code_speech_acts, find_commitments

    acts = code_speech_acts(document)
    counts = find_commitments(document)["segment_id"].value_counts()
    sheet = acts[["segment_id", "speech_act", "strict", "broad", "binding"]].assign(
        undertakings=acts["segment_id"].map(counts).fillna(0).astype(int),
    )
    return ratings_of(sheet, scheme=COMMITMENTS, coder=PROGRAM)
