"""Formulaic language: phrases that documents share, and what in a document is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from sco_research.comparison import by_date
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words
from sco_research.text.words import function_words, grams

SHARED_PHRASES = Schema(
    Column("phrase", "str", "in small letters"),
    Column("words", "int", "how many words it has"),
    Column("documents", "int", "how many documents have it"),
    Column("count", "int", "how often it occurs in all of them"),
    Column("document_ids", "list", "these documents, in their order"),
    Column("first_segment_id", "str", "sentence of its first place"),
)
NOVELTY = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("words", "int", "its words"),
    Column("formulaic_words", "int", "those in a row that an earlier document has"),
    Column("formulaic_share", "float", "of its words, 0 all new to 1 all said before"),
    Column("formulaic_sequences", "list", "the rows of words said before, in their order"),
    Column("start", "int", "its first character"),
    Column("end", "int", "the character after its last"),
    Column("text", "str", "as the source has it"),
)
SIZE = 4
_Words = tuple[str, ...]


def shared_phrases(
    documents: Documents, *, min_words: int = SIZE, min_documents: int = 2
) -> pd.DataFrame:
    """Return the phrases that several documents have, each as long as they share it.

    A phrase is listed where no longer one that holds it stands in as many documents; it neither
    begins nor ends with a function word.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where to look; taken in the order of their dates, or as given where one has none.
    min_words : int
        The shortest phrase, 2 words or more.
    min_documents : int
        In how many documents it must stand, 2 or more.

    Returns
    -------
    pandas.DataFrame
        One row per phrase, those of the most documents first, then the longest, with the columns
        of `SHARED_PHRASES`.

    Raises
    ------
    ParameterError
        Where an option is out of its range, or two documents have one id.

    Examples
    --------
    >>> one = Document.from_text("They seek peace in the whole region.", id="one")
    >>> two = Document.from_text("Peace in the whole region came.", id="two")
    >>> shared_phrases([one, two])[["phrase", "documents"]].values.tolist()
    [['peace in the whole region', 2]]
    """
    _check(min_words)
    if min_documents < 2:
        raise ParameterError(f"shared_phrases, min_documents {min_documents}: give 2 or more")
    levels = list(_levels(by_date(documents), min_words, min_documents))
    rows = []
    # By phrase, in how many documents a longer one stands that is listed and holds it.
    covered: dict[_Words, int] = {}
    for level in reversed(levels):
        below: dict[_Words, int] = {}
        for phrase, found in level.items():
            number, held = len(found.counts), covered.get(phrase, 0)
            if held < number and function_words().isdisjoint((phrase[0], phrase[-1])):
                rows.append(_row(phrase, found))
                held = number
            for part in (phrase[:-1], phrase[1:]):
                below[part] = max(below.get(part, 0), held)
        covered = below
    rows.sort(key=lambda row: (-row[2], -row[1], row[0]))
    return SHARED_PHRASES.frame(rows)


@dataclass(slots=True)
class _Found:
    """Where a phrase stands: its first place, and how often in each document."""

    first: str
    counts: dict[str, int]


def _row(phrase: _Words, found: _Found) -> tuple[str, int, int, int, list[str], str]:
    ids = list(found.counts)
    count = sum(found.counts.values())
    return " ".join(phrase), len(phrase), len(found.counts), count, ids, found.first


def _levels(
    order: Sequence[Document], min_words: int, min_documents: int
) -> Iterator[dict[_Words, _Found]]:
    """Yield the phrases of each length that enough documents have, until there are none.

    A phrase can only be shared where both its parts one word shorter are.
    """
    read = [
        (document.id, segment_id, words)
        for document in order
        for segment_id, words, _ in _sentences(document)
    ]
    places = [
        (number, start)
        for number, (_, _, words) in enumerate(read)
        for start in range(len(words) - min_words + 1)
    ]
    size = min_words
    while places:
        level: dict[_Words, _Found] = {}
        for number, start in places:
            document_id, segment_id, words = read[number]
            found = level.setdefault(words[start : start + size], _Found(segment_id, {}))
            found.counts[document_id] = found.counts.get(document_id, 0) + 1
        level = {
            phrase: found for phrase, found in level.items() if len(found.counts) >= min_documents
        }
        yield level
        kept = [
            (number, start)
            for number, start in places
            if read[number][2][start : start + size] in level
        ]
        places = [place for place, after in pairwise(kept) if after == (place[0], place[1] + 1)]
        size += 1


def novelty(documents: Documents, *, size: int = SIZE) -> pd.DataFrame:
    """Return how much of each sentence is formulaic: words in a row that an earlier document has.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents; taken in the order of their dates, or as given where one has none.
    size : int
        How many words in a row are formulaic, 2 or more.

    Returns
    -------
    pandas.DataFrame
        One row per sentence of every document but the first, with the columns of `NOVELTY`; the
        share is missing for a sentence without words.

    Raises
    ------
    ParameterError
        Where the size is out of its range, or two documents have one id.

    Examples
    --------
    >>> one = Document.from_text("They seek peace in the whole region.", id="one")
    >>> two = Document.from_text("Peace in the whole region came.", id="two")
    >>> novelty([one, two])[["words", "formulaic_words", "formulaic_sequences"]].values.tolist()
    [[6, 5, ['peace in the whole region']]]
    """
    _check(size)
    said: set[_Words] = set()
    rows = []
    for number, document in enumerate(by_date(documents)):
        sentences = list(_sentences(document))
        if number:
            for segment_id, words, (start, end) in sentences:
                marks = _said_before(words, said, size)
                share = sum(marks) / len(words) if words else float("nan")
                runs = list(_runs(words, marks))
                text = document.text[start:end]
                rows.append(
                    (document.id, segment_id, len(words), sum(marks), share, runs, start, end,
                     text)
                )  # fmt: skip
        for _, words, _ in sentences:
            said.update(grams(words, size))
    return NOVELTY.frame(rows)


def _check(size: int) -> None:
    if size < 2:
        raise ParameterError(f"formulas, {size} words in a row: give 2 or more")


def _sentences(document: Document) -> Iterator[tuple[str, _Words, tuple[int, int]]]:
    for sentence in sentences_of(document):
        yield sentence.id, tuple(words(sentence.text.lower())), (sentence.start, sentence.end)


def _said_before(words: _Words, said: set[_Words], size: int) -> list[bool]:
    marks = [False] * len(words)
    for place, gram in enumerate(grams(words, size)):
        if gram in said:
            marks[place : place + size] = [True] * size
    return marks


def _runs(words: _Words, marks: Sequence[bool]) -> Iterator[str]:
    run: list[str] = []
    for word, marked in zip((*words, ""), (*marks, False), strict=True):
        if marked:
            run.append(word)
        elif run:
            yield " ".join(run)
            run = []
