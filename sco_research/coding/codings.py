"""Coded evidence: every hit of a codebook in a document, with its words and its place."""

from concurrent.futures import Executor
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, for_issuer, load_codebook
from sco_research.coding.foreign import foreign_language, mend, tell
from sco_research.coding.issuer_names import issuer_names
from sco_research.frames import Column, Schema
from sco_research.parallel import map_documents
from sco_research.text.document import Documents, documents_of
from sco_research.text.language import language_name
from sco_research.text.segments import sentences_of

CODINGS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("codebook", "str", "name and version of the codebook"),
    Column("category", "str", "the category hit"),
    Column("pattern", "str", "the pattern that matched, as the codebook has it"),
    Column("match", "str", "the words matched, as the source has them"),
    Column("start", "int", "first character of the match in ``document.text``"),
    Column("end", "int", "character after its last"),
)
"""Hits of a codebook, one row a hit, in reading order."""

_STRING = pd.StringDtype(na_value=np.nan)
_PARAGRAPH = attrgetter("paragraph")


def code(
    documents: Documents,
    *,
    codebook: str | Path | Codebook,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Code the sentences of documents by a codebook.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to code.
    codebook : str, pathlib.Path or Codebook
        A bundled codebook's name, or the path of your own (see `load_codebook`).
    executor : concurrent.futures.Executor, optional
        Codes the documents in parallel; the rows and their order are the same.

    Returns
    -------
    pandas.DataFrame
        See `CODINGS`; ``document.text[start:end]`` is exactly ``match``. Within a category words
        are counted once, the longest match first; two categories may claim the same words (see
        `matching`). What is relative to the document's issuer is coded only where it is known. A
        document in another language than the codebook's has no rows, and a line says so.

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
    if executor is not None:
        work = partial(code, codebook=codebook)
        return map_documents(work, documents_of(documents), executor=executor)
    book = load_codebook(codebook)
    edition = book.edition
    rows: list[tuple[str, str, str, str, str, str, int, int]] = []
    for document in documents_of(documents):
        text, name = document.text, document.id
        if language := foreign_language(document, book.language):
            tell(
                f"document {name!r}: nothing is coded, because its language is "
                f"{language_name(language)} ({language!r}) and the codebook {edition!r} is for "
                f"{language_name(book.language)}{mend(language)}"
            )
            continue
        here = for_issuer(book, issuer_names(document))
        for _, paragraph in groupby(sentences_of(document), _PARAGRAPH):
            sentences = list(paragraph)
            found = here.paragraph_matches([sentence.text for sentence in sentences])
            for sentence, matches in zip(sentences, found, strict=True):
                for category, pattern, first, last in matches:
                    start, end = sentence.raw_span(first, last)
                    match = text[start:end]
                    rows.append((name, sentence.id, edition, category, pattern, match, start, end))
    # Column by column: a frame of rows would look at every cell to guess its type.
    values = dict(zip(CODINGS, zip(*rows, strict=True), strict=True)) if rows else {}
    return pd.DataFrame(
        {
            name: pd.array(np.array(values.get(name, ()), dtype=object), dtype=_STRING)
            if dtype == "str"
            else np.array(values.get(name, ()), dtype=np.int64)
            for name, dtype in CODINGS.dtypes.items()
        }
    )
