"""Themes: what a declaration says something about, coded by a codebook, with every hit's place."""

from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.codings import code
from sco_research.coding.codebooks.loading import Codebook
from sco_research.parallel import map_documents
from sco_research.text.document import Documents, documents_of


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
        Works on the documents side by side; the rows and their order are the same.

    Returns
    -------
    pandas.DataFrame
        One row per hit, in reading order: ``document_id``, ``segment_id`` (the sentence),
        ``codebook`` (name and version), ``category``, ``pattern``, ``match`` (the words as the
        source has them), ``start``, ``end`` (characters; ``document.text[start:end]`` is exactly
        ``match``). Within a category words are counted once, the longest match first; two
        categories may claim the same words.

    Raises
    ------
    CodebookError
        Where the codebook is missing or faulty: the file, the category, the pattern, the mend.

    Notes
    -----
    A dictionary finds words, not meanings: report it only with its agreement with people's coding
    (Grimmer & Stewart 2013), as the reliability report does. A text in another language than the
    codebook's has next to no hits, which says nothing about it.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("They oppose separatism. Trade will grow.", id="note")
    >>> code_themes(document)[["segment_id", "category", "match"]].values.tolist()
    [['note:p1.s1', 'security.terrorism', 'separatism'], ['note:p1.s2', 'economy', 'Trade']]
    """
    if executor is not None:
        work = partial(code, codebook=codebook)
        return map_documents(work, documents_of(documents), executor=executor)
    return code(documents, codebook=codebook)
