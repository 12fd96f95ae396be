"""Measures along a text: how it reads, and how varied it is, from its first word to its last."""

import numpy as np
import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.metrics.applicability import not_applicable
from sco_research.metrics.diversity import WINDOW
from sco_research.metrics.measurement import count, evaluate
from sco_research.metrics.registry import select_metrics
from sco_research.metrics.spans import Spans, window_types
from sco_research.metrics.tally import tally
from sco_research.text.document import Document, Documents, documents_of

READABILITY_CURVE = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "first sentence of the run"),
    Column("last_segment_id", "str", "its last sentence"),
    Column("first_word", "int", "its first word, counted from 1"),
    Column("last_word", "int", "its last word"),
    Column("metric", "str", "id of the formula"),
    Column("value", "float", "the formula's value, in its unit"),
)
DIVERSITY_CURVE = Schema(
    Column("document_id", "str", "the document"),
    Column("first_word", "int", "first word of the window, counted from 1"),
    Column("last_word", "int", "its last word"),
    Column("types", "int", "different words in it"),
    Column("value", "float", "types / words"),
)
_MIN_WORDS = 100


def readability_curve(
    documents: Documents, *, metric: str = "flesch_kincaid", min_words: int = _MIN_WORDS
) -> pd.DataFrame:
    """Return a readability formula along a text.

    Each value is of a run of whole sentences, long enough for the formula: from every sentence on,
    as many as it takes to reach that many words.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Each is read by itself.
    metric : str
        A formula of readability.
    min_words : int
        The words that a run has at least; 100 is what the formulas were made on.

    Returns
    -------
    pandas.DataFrame
        One row per run, with the columns of `READABILITY_CURVE`. Empty for a shorter document, and
        for one in whose language the formula does not apply.

    Raises
    ------
    ParameterError
        Where the metric is not one of readability, or the run has no words.

    Examples
    --------
    >>> note = Document.from_text("We met. We agreed on peace. We will meet.", id="note")
    >>> curve = readability_curve(note, metric="words_per_sentence", min_words=5)
    >>> curve[["first_word", "last_word", "value"]].values.tolist()
    [[1.0, 6.0, 3.0], [3.0, 9.0, 3.5]]
    """
    (wanted,) = select_metrics(metric)
    if wanted.group != "readability":
        raise ParameterError(f"metric {metric!r}: it is none of readability; choose a formula")
    if min_words < 1:
        raise ParameterError(f"min_words {min_words}: it must be 1 or more")
    parts = [READABILITY_CURVE.empty()]
    parts += [
        _curve(document, metric, min_words)
        for document in documents_of(documents)
        if not not_applicable(wanted, document.metadata.language)
    ]
    return pd.concat(parts, ignore_index=True)


def _curve(document: Document, metric: str, min_words: int) -> pd.DataFrame:
    counts = count(document, level="sentence")
    table = counts.iloc[:, 3:].astype("Int64").fillna(0).astype("int64")
    before = np.concatenate([[0], table["words"].cumsum().to_numpy()])
    first = np.arange(len(table))
    last = np.searchsorted(before, before[first] + min_words)
    first = first[(last <= len(table)) & (table["words"].to_numpy() > 0)]
    last = np.searchsorted(before, before[first] + min_words)
    sums = np.concatenate([np.zeros((1, table.shape[1]), dtype=np.int64), table.cumsum()])
    runs = pd.DataFrame(sums[last] - sums[first], columns=table.columns)
    values = evaluate(runs, metrics=metric, language=document.metadata.language)
    anchors = counts["segment_id"]
    curve = pd.DataFrame(
        {
            "document_id": document.id,
            "segment_id": anchors.iloc[first].to_numpy(),
            "last_segment_id": anchors.iloc[last - 1].to_numpy(),
            "first_word": before[first] + 1,
            "last_word": before[last],
            "metric": metric,
            "value": values["value"].to_numpy(),
        }
    )
    return READABILITY_CURVE.typed(curve)


def diversity_curve(documents: Documents, *, window: int = WINDOW) -> pd.DataFrame:
    """Return the type-token ratio of a window that moves through a text.

    Its mean is MATTR.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Each is read by itself.
    window : int
        Number of words.

    Returns
    -------
    pandas.DataFrame
        One row per window, each one word further, with the columns of `DIVERSITY_CURVE`. Empty for
        a shorter document.

    Raises
    ------
    ParameterError
        Where the window has no words.

    Examples
    --------
    >>> note = Document.from_text("Peace and trust and peace.", id="note")
    >>> diversity_curve(note, window=4)["types"].tolist()
    [3, 3]
    """
    if window < 1:
        raise ParameterError(f"diversity_curve, window {window}: it must be 1 or more")
    parts = [DIVERSITY_CURVE.empty()]
    for document in documents_of(documents):
        found = tally([document], levels=["document"], types=True)
        ends = found.word_starts[found.last]
        spans = Spans.of(found.types, found.word_starts[found.first], ends)
        types = window_types(spans.previous, window)
        first = np.arange(1, len(types) + 1)
        frame = pd.DataFrame(
            {
                "document_id": document.id,
                "first_word": first,
                "last_word": first + window - 1,
                "types": types,
                "value": types / window,
            }
        )
        parts.append(DIVERSITY_CURVE.typed(frame))
    return pd.concat(parts, ignore_index=True)
