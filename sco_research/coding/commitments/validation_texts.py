"""The texts that sentences of a validation set stand in: alone, after a context, or in a document.

A sheet of whole documents has a row for each sentence, in order; its column ``document`` names
where the row belongs and ``begins`` says what the row begins there: a ``paragraph``, a ``line`` (an
item, a numbered clause), or only a ``sentence`` of the paragraph above.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from sco_research.errors import CodingError

_BEFORE = {"paragraph": "\n\n", "line": "\n", "sentence": " "}


class Placed(NamedTuple):
    """Rows of a sheet in the text that they are read in."""

    text: str
    organization: str
    rows: tuple[tuple[str, int, int], ...]  # id, and where the row begins and ends in the text


def texts_of(sentences: pd.DataFrame) -> Iterator[Placed]:
    """Yield every text of a sheet with the places of its rows, in the order of the rows.

    Raises
    ------
    CodingError
        Where a row of a document begins nothing that is known.
    """
    named = sentences.get("document", pd.Series("", index=sentences.index)).fillna("")
    whole = named.where(named != "", sentences["id"])
    for _, rows in sentences.groupby(whole, sort=False):
        yield _document(rows) if "" not in set(named[rows.index]) else _alone(rows)


def _document(rows: pd.DataFrame) -> Placed:
    text = ""
    places = []
    for name, begins, words in zip(rows["id"], rows["begins"], rows["text"], strict=True):
        if begins not in _BEFORE:
            raise CodingError(f"row {name}, begins {begins!r}: write {', '.join(_BEFORE)}")
        text += _BEFORE[begins] if text else ""
        places.append((str(name), len(text), len(text) + len(words)))
        text += words
    return Placed(text, _family(rows), tuple(places))


def _alone(rows: pd.DataFrame) -> Placed:
    row = rows.iloc[0]
    context = str(row.get("context", ""))
    # An item stands on a line of its own below its lead-in.
    between = "\n\n" if context.endswith(":") else " " if context else ""
    start = len(context) + len(between)
    text = f"{context}{between}{row['text']}"
    return Placed(text, _family(rows), ((str(row["id"]), start, len(text)),))


def _family(rows: pd.DataFrame) -> str:
    return str(rows.iloc[0].get("organization", "")) or "auto"
