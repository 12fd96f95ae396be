"""Coded evidence: every hit of a codebook in a document, with its words and its place."""

from itertools import groupby
from operator import attrgetter
from pathlib import Path

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
    rows = []
    for document in documents_of(documents):
        text = document.text
        for _, paragraph in groupby(sentences_of(document), _PARAGRAPH):
            sentences = list(paragraph)
            found = book.paragraph_matches([sentence.text for sentence in sentences])
            for sentence, matches in zip(sentences, found, strict=True):
                for category, pattern, first, last in matches:
                    start, end = sentence.raw_span(first, last)
                    match = text[start:end]
                    rows.append(
                        (document.id, sentence.id, edition, category, pattern, match, start, end)
                    )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COLUMNS[:6], "str") | {"start": int, "end": int})
