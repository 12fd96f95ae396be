"""Coded evidence: every hit of a codebook in a document, with its words and its place."""

from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.text.document import Documents, documents_of
from sco_research.text.segments import sentences_of

COLUMNS = (
    "document_id",
    "segment_id",
    "codebook",
    "category",
    "pattern",
    "match",
    "start",
    "end",
)

_STRING = pd.StringDtype(na_value=np.nan)
_PARAGRAPH = attrgetter("paragraph")


def code(documents: Documents, *, codebook: str | Path | Codebook) -> pd.DataFrame:
    """Code the sentences of documents by a codebook.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to code.
    codebook : str, pathlib.Path or Codebook
        A bundled codebook's name, or the path of your own (see `load_codebook`).

    Returns
    -------
    pandas.DataFrame
        One row per match, in reading order: ``document_id``, ``segment_id`` (of the sentence),
        ``codebook`` (name and version), ``category``, ``pattern`` (as the codebook has it),
        ``match`` (the words as the source has them), ``start``, ``end`` (characters;
        ``document.text[start:end]`` is exactly ``match``). How overlaps are counted: see
        `matching`.

    Raises
    ------
    CodebookError
        Where the codebook is missing or faulty.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("They fight drugs and terrorism.", id="note")
    >>> code(document, codebook="themes")[["category", "match"]].values.tolist()
    [['security.drugs', 'drugs'], ['security.terrorism', 'terrorism']]
    """
    book = load_codebook(codebook)
    edition = book.edition
    rows: list[tuple[str, str, str, str, str, str, int, int]] = []
    for document in documents_of(documents):
        text, name = document.text, document.id
        for _, paragraph in groupby(sentences_of(document), _PARAGRAPH):
            sentences = list(paragraph)
            found = book.paragraph_matches([sentence.text for sentence in sentences])
            for sentence, matches in zip(sentences, found, strict=True):
                for category, pattern, first, last in matches:
                    start, end = sentence.raw_span(first, last)
                    match = text[start:end]
                    rows.append((name, sentence.id, edition, category, pattern, match, start, end))
    # Column by column: a frame of rows would look at every cell to guess its type.
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else {}
    return pd.DataFrame(
        {
            name: pd.array(np.array(columns.get(name, ()), dtype=object), dtype=_STRING)
            if name in COLUMNS[:6]
            else np.array(columns.get(name, ()), dtype=np.int64)
            for name in COLUMNS
        }
    )
