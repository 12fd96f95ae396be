"""Stance: evaluation, modality, certainty and agency in a text; each hit with its evidence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.codings import code
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.statistics import Bootstrap, bootstrap_shares
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import Segment, SentenceSegment, segments_of
from sco_research.text.tokens import words

STANCE_RATES = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the document or section"),
    Column("level", "str", "document or section"),
    Column("category", "str", "kind of stance"),
    Column("label", "str", "what the codebook calls it"),
    Column("strength", "count", "its place within its group; missing where there is no order"),
    Column("hits", "count", "how often it occurs; missing in another language"),
    Column("words", "int", "words of the document or section"),
    Column("per_thousand", "float", "hits per 1,000 words"),
    Column("low", "float", "lower end of the bootstrap interval, per 1,000 words"),
    Column("high", "float", "upper end"),
    Column("resampled", "str", "what the bootstrap draws"),
    Column("reason", "str", "why a value or an interval is missing"),
)
"""How often each kind of stance is taken, one row a segment and category."""
STANCE_FORMS = Schema(
    Column("document_id", "str", "the document"),
    Column("category", "str", "kind of stance"),
    Column("pattern", "str", "the pattern, as the codebook has it"),
    Column("hits", "count", "how often it occurs; missing in another language"),
    Column("per_thousand", "float", "hits per 1,000 words"),
)
"""How often each pattern occurs, one row a document and pattern."""
STANCE = "stance"
MAIN_MODALS = ("will", "shall", "must", "should")
"""The modal verbs of intention, duty and advice that a summary names, as the codebook has them."""
# Codebooks take hyphenated words apart; here a word is what is counted as one.
_FIRST_PARTS = re.compile(r"(?:[^\W_]+[-\u2010\u2011])+\Z")
_LAST_PARTS = re.compile(r"(?:[-\u2010\u2011][^\W_]+)+")
_LONGEST_WORD = 60
# Sentences of a paragraph hang together, so they are drawn together.
_RESAMPLED = {"document": "paragraphs", "section": "paragraphs of the section"}


def code_stance(documents: Documents, *, codebook: str | Path | Codebook = STANCE) -> pd.DataFrame:
    """Return every expression of stance in texts.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        English texts.
    codebook : str, pathlib.Path or Codebook
        The bundled ``stance``, or a codebook of your own.

    Returns
    -------
    pandas.DataFrame
        As from `code`: see `CODINGS`. A hyphenated word is matched whole: "co-operation".

    Raises
    ------
    CodebookError
        Where the codebook is missing or faulty.

    Examples
    --------
    >>> note = Document.from_text("They strongly condemn terrorism.", id="note")
    >>> code_stance(note)[["category", "match"]].values.tolist()
    [['booster', 'strongly'], ['evaluation.condemn', 'condemn']]
    """
    texts: dict[str, str] = {}

    def noted() -> Iterator[Document]:
        for document in documents_of(documents):
            texts[document.id] = document.text
            yield document

    return _with_whole_words(code(noted(), codebook=codebook), texts)


def _with_whole_words(codings: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return codings whose matches begin and end where hyphenated words do, each counted once."""
    spans = [
        (text := texts[name], *_whole_words(text, start, end))
        for name, start, end in zip(
            codings["document_id"], codings["start"].tolist(), codings["end"].tolist(), strict=True
        )
    ]
    return codings.assign(
        match=pd.Series([text[start:end] for text, start, end in spans], dtype="str"),
        start=np.array([start for _, start, _ in spans], dtype=np.int64),
        end=np.array([end for _, _, end in spans], dtype=np.int64),
    ).drop_duplicates(["document_id", "category", "start", "end"], ignore_index=True)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words of a span begin and end, hyphenated words being one.

    >>> _whole_words("Their co-operation grows.", 9, 18)
    (6, 18)
    """
    before = _FIRST_PARTS.search(text, max(0, start - _LONGEST_WORD), start)
    after = _LAST_PARTS.match(text, end)
    return before.start() if before else start, after.end() if after else end


def stance_rates(
    documents: Documents,
    *,
    codebook: str | Path | Codebook = STANCE,
    level: Literal["document", "section"] = "document",
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return the frequency of each kind of stance, per thousand words, with its interval.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        English texts.
    codebook : str, pathlib.Path or Codebook
        The bundled ``stance``, or a codebook of your own.
    level : str
        ``document`` or ``section``.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals.

    Returns
    -------
    pandas.DataFrame
        See `STANCE_RATES`; also categories without a hit, in the codebook's order. The
        intervals are of the percentile bootstrap.

    Raises
    ------
    ParameterError
        Where the level is another one.
    CodebookError
        Where the codebook is missing or faulty.

    Examples
    --------
    >>> note = Document.from_text("They will meet. They condemn it. They met.", id="note")
    >>> rates = stance_rates(note).set_index("category")
    >>> round(float(rates.loc["modal.volition", "per_thousand"]), 1)
    125.0
    """
    if level not in _RESAMPLED:
        raise ParameterError(f"stance_rates, level {level!r}: choose document or section")
    book = load_codebook(codebook)
    rows: list[tuple[object, ...]] = []
    for document in documents_of(documents):
        known = document.may_be_in(book.language)
        codings = code_stance([document] if known else [], codebook=book)
        hits = Counter(zip(codings["segment_id"], codings["category"], strict=True))
        for part, sentences in _parts(document, level):
            rows += _rates(document, part, sentences, book, hits, bootstrap)
    return STANCE_RATES.frame(rows)


def _parts(document: Document, level: str) -> Iterator[tuple[Segment, list[SentenceSegment]]]:
    """Yield each segment of a level with its sentences."""
    segments = segments_of(document)
    sentences = [item for item in segments if isinstance(item, SentenceSegment)]
    for part in segments:
        if part.level == level:
            yield part, [s for s in sentences if part.section in (None, s.section)]


def _rates(
    document: Document,
    part: Segment,
    sentences: list[SentenceSegment],
    book: Codebook,
    counts: Counter[tuple[str, str]],
    bootstrap: Bootstrap,
) -> Iterator[tuple[object, ...]]:
    columns = {category.id: place for place, category in enumerate(book)}
    hits = np.array([[counts[one.id, name] for name in columns] for one in sentences])
    hits = hits.reshape(len(sentences), len(columns)).astype(np.float64)
    sizes = np.array([len(words(sentence.text)) for sentence in sentences], dtype=np.int64)
    known = document.may_be_in(book.language)
    _, paragraph = np.unique([sentence.paragraph for sentence in sentences], return_inverse=True)
    drawn = np.eye(paragraph.max(initial=-1) + 1, dtype=np.int64)[:, paragraph]
    found = bootstrap_shares(1000 * drawn @ hits, drawn @ sizes, bootstrap=bootstrap)
    foreign = f"the codebook is for the language {book.language!r}"
    for category, place in columns.items():
        entry = book[category]
        strength = entry.attributes.get("strength")
        values = (found.estimate[place], found.low[place], found.high[place])
        yield (
            document.id,
            part.id,
            part.level,
            category,
            entry.label,
            strength,
            int(hits[:, place].sum()) if known else None,
            int(sizes.sum()),
            *(values if known else (np.nan,) * 3),
            _RESAMPLED[part.level],
            found.reason[place] if known else foreign,
        )


def stance_forms(documents: Documents, *, codebook: str | Path | Codebook = STANCE) -> pd.DataFrame:
    """Return how often each pattern of the codebook occurs, also those that never do.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        English texts.
    codebook : str, pathlib.Path or Codebook
        The bundled ``stance``, or a codebook of your own.

    Returns
    -------
    pandas.DataFrame
        See `STANCE_FORMS`; in the codebook's order.

    Examples
    --------
    >>> note = Document.from_text("They will meet. They should agree.", id="note")
    >>> forms = stance_forms(note).set_index("pattern")["hits"]
    >>> forms[["will", "should", "shall"]].tolist()
    [1, 1, 0]
    """
    book = load_codebook(codebook)
    rows = []
    for document in documents_of(documents):
        known = document.may_be_in(book.language)
        counts = (
            code_stance(document, codebook=book).groupby(["category", "pattern"]).size().to_dict()
        )
        total = sum(
            len(words(s.text)) for s in segments_of(document) if isinstance(s, SentenceSegment)
        )
        for category in book:
            for pattern in category.include:
                hits = counts.get((category.id, pattern), 0) if known else None
                rate = np.nan if hits is None or not total else 1000 * hits / total
                rows.append((document.id, category.id, pattern, hits, rate))
    return STANCE_FORMS.frame(rows)
