"""What each pattern of a codebook finds in texts, those that find nothing included."""

from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.codings import code
from sco_research.frames import Column, Schema
from sco_research.text.document import Documents

PATTERN_HITS = Schema(
    Column("category", "str", "the category"),
    Column("pattern", "str", "the pattern, as the codebook has it"),
    Column("hits", "int", "how often it is the match that counts"),
    Column("segments", "list", "the sentences with a hit, each once, in reading order"),
    Column("matches", "list", "the words matched, as the source has them, one a hit"),
)
"""What each pattern finds, one row a pattern in the codebook's order."""


def pattern_hits(documents: Documents, *, codebook: str | Path | Codebook) -> pd.DataFrame:
    """Return what each pattern of a codebook finds.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where it is looked for.
    codebook : str, pathlib.Path or Codebook
        Whose patterns they are.

    Returns
    -------
    pandas.DataFrame
        See `PATTERN_HITS`. Where two patterns of a category match the same words the longer match
        counts, so that a pattern may find nothing because another finds more.

    Raises
    ------
    CodebookError
        Where the codebook is missing or faulty; all faults are named.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("They fight drugs.", id="note")
    >>> found = pattern_hits(note, codebook="themes")
    >>> found.loc[found["hits"] > 0, ["category", "matches"]].values.tolist()
    [['security.drugs', ['drugs']]]
    """
    book = load_codebook(codebook)
    codings = code(documents, codebook=book)
    found = dict(iter(codings.groupby(["category", "pattern"], sort=False)))
    rows = []
    for category in book:
        # Those that hold for one issuer only are shown where they are found.
        known = (*category.include, *category.alone, *category.continued_by)
        others = (pattern for name, pattern in found if name == category.id)
        for pattern in dict.fromkeys((*known, *others)):
            hits = found.get((category.id, pattern))
            segments = [] if hits is None else list(dict.fromkeys(hits["segment_id"]))
            matches = [] if hits is None else hits["match"].tolist()
            rows.append((category.id, pattern, len(matches), segments, matches))
    return PATTERN_HITS.frame(rows)
