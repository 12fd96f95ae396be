"""Themes: what a declaration is about, coded by a codebook."""

from concurrent.futures import Executor
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.codings import code
from sco_research.text.document import Documents


def code_themes(
    documents: Documents,
    *,
    codebook: str | Path | Codebook = "themes",
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Code the themes of documents.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to code.
    codebook : str, pathlib.Path or Codebook
        ``"themes"``, ``"actors"``, or the path of your own TOML codebook or quanteda dictionary.
    executor : concurrent.futures.Executor, optional
        Codes the documents in parallel; the rows and their order are the same.

    Returns
    -------
    pandas.DataFrame
        As from `code`: see `CODINGS`.

    Raises
    ------
    CodebookError
        Where the codebook is missing or faulty: the file, the category, the pattern, the mend.

    Notes
    -----
    A dictionary finds words, not meanings: report its results only with a validation (Grimmer &
    Stewart 2013), as the reliability report gives it. A document in another language than the
    codebook's has no rows, and a line says so; what is relative to the issuer is coded only where
    ``document.metadata.organization`` names it.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("They oppose separatism. Trade will grow.", id="note")
    >>> code_themes(document)[["segment_id", "category", "match"]].values.tolist()
    [['note:p1.s1', 'security.terrorism', 'separatism'], ['note:p1.s2', 'economy', 'Trade']]
    """
    return code(documents, codebook=codebook, executor=executor)
