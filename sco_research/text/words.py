"""Words by number: frequency lists, n-grams and the phrases that recur.

Words are what the package's tokenizer finds, in small letters; no phrase runs over the end
of a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.resources import data_path
from sco_research.text.document import Documents, documents_of
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words

if TYPE_CHECKING:
    import pandas as pd

CORPUS = "corpus"
Key = TypeVar("Key", str, tuple[str, ...])
FREQUENCIES = Schema(
    Column("document_id", "str", "the document, or ``corpus``"),
    Column("word", "str", "in small letters"),
    Column("count", "int", "how often it occurs"),
    Column("per_thousand", "float", "how often to 1,000 words"),
    Column("sentences", "int", "how many hold it"),
)
NGRAMS = Schema(
    Column("document_id", "str", "the document, or ``corpus``"),
    Column("ngram", "str", "words in a row, in small letters"),
    Column("words", "int", "how many words it has"),
    Column("count", "int", "how often it occurs"),
)
RECURRING_PHRASES = Schema(
    Column("document_id", "str", "the document, or ``corpus``"),
    Column("phrase", "str", "in small letters"),
    Column("words", "int", "how many words it has"),
    Column("count", "int", "how often it occurs"),
    Column("segment_id", "str", "sentence of its first place"),
)


@cache
def function_words() -> frozenset[str]:
    """Return the words of English that tie sentences together and name nothing.

    >>> "of" in function_words(), "security" in function_words()
    (True, False)
    """
    path = data_path("lexicons", "function-words-en.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def frequencies(
    documents: Documents, *, min_count: int = 1, together: bool = False
) -> pd.DataFrame:
    """Return how often each word occurs.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to count.
    min_count : int
        The smallest count that is listed.
    together : bool
        Count all documents as one; its id is ``corpus``.

    Returns
    -------
    pandas.DataFrame
        One row per document and word, the most frequent first, then by alphabet, with the columns
        of `FREQUENCIES`.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("Peace and trust. Peace first.", id="note")
    >>> frequencies(note, min_count=2)[["word", "count", "per_thousand"]].values.tolist()
    [['peace', 2, 400.0]]
    """
    rows = []
    for name, sentences in word_lists(documents, together):
        tokens = Counter(word for sentence in sentences for word in sentence)
        holders = Counter(word for sentence in sentences for word in set(sentence))
        total = tokens.total()
        rows += [
            (name, word, count, 1000 * count / total, holders[word])
            for word, count in _ranked(tokens)
            if count >= min_count
        ]
    return FREQUENCIES.frame(rows)


def ngrams(
    documents: Documents, *, size: int = 3, min_count: int = 2, together: bool = False
) -> pd.DataFrame:
    """Return the rows of words that occur, with their counts.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to count.
    size : int
        Number of words in a row.
    min_count : int
        The smallest count that is listed.
    together : bool
        Count all documents as one; its id is ``corpus``.

    Returns
    -------
    pandas.DataFrame
        One row per document and n-gram, the most frequent first, with the columns of `NGRAMS`.

    Raises
    ------
    ParameterError
        Where the size is less than 1.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("The member states met. The member states agreed.", id="note")
    >>> ngrams(note, size=3)[["ngram", "count"]].values.tolist()
    [['the member states', 2]]
    """
    if size < 1:
        raise ParameterError(f"ngrams, size {size}: it must be 1 or more; give a larger one")
    rows = []
    for name, sentences in word_lists(documents, together):
        found = Counter(gram for sentence in sentences for gram in grams(sentence, size))
        rows += [
            (name, " ".join(gram), size, count)
            for gram, count in _ranked(found)
            if count >= min_count
        ]
    return NGRAMS.frame(rows)


def recurring_phrases(
    documents: Documents,
    *,
    min_words: int = 3,
    max_words: int = 12,
    min_count: int = 2,
    together: bool = False,
) -> pd.DataFrame:
    """Return the phrases that recur, each as long as it recurs.

    A phrase is listed where no longer one that holds it recurs as often; it neither begins nor ends
    with a function word.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where to look.
    min_words, max_words : int
        Length of a phrase.
    min_count : int
        The smallest number of times it occurs.
    together : bool
        Count all documents as one; its id is ``corpus``.

    Returns
    -------
    pandas.DataFrame
        One row per document and phrase, the most words in all (words times count) first, with the
        columns of `RECURRING_PHRASES`.

    Raises
    ------
    ParameterError
        Where the lengths are not 1 or more and in order.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text(
    ...     "Peace in the region matters. All want peace in the region.", id="note")
    >>> recurring_phrases(note)[["phrase", "count"]].values.tolist()
    [['peace in the region', 2]]
    """
    if not 1 <= min_words <= max_words:
        raise ParameterError(
            f"recurring_phrases, {min_words} to {max_words} words: give 1 or more, and the "
            "smaller number first"
        )
    return RECURRING_PHRASES.frame(
        row
        for name, group in sentence_groups(documents, together)
        for row in _recurring(name, group, min_words, max_words, min_count)
    )


def _recurring(
    name: str, group: list[tuple[str, list[str]]], least: int, most: int, min_count: int
) -> list[tuple[str, str, int, int, str]]:
    found: list[tuple[str, str, int, int, str]] = []
    covered: dict[tuple[str, ...], int] = {}
    for size in range(most, least - 1, -1):
        counts = Counter[tuple[str, ...]]()
        first: dict[tuple[str, ...], str] = {}
        for segment_id, sentence in group:
            for gram in grams(sentence, size):
                counts[gram] += 1
                first.setdefault(gram, segment_id)
        for gram, count in _ranked(counts):
            if count < min_count:
                break
            if covered.get(gram, 0) >= count or not function_words().isdisjoint(
                (gram[0], gram[-1])
            ):
                continue
            found.append((name, " ".join(gram), size, count, first[gram]))
            for part in range(least, size):
                for inner in grams(gram, part):
                    covered[inner] = max(covered.get(inner, 0), count)
    return sorted(found, key=lambda row: (-row[2] * row[3], row[1]))


def grams(sentence: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield every run of so many words of a sentence.

    >>> list(grams(["we", "will", "meet"], 2))
    [('we', 'will'), ('will', 'meet')]
    """
    return zip(*(sentence[place:] for place in range(size)), strict=False)


def sentence_groups(
    documents: Documents, together: bool
) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Yield each document, or all of them as one: the words of its sentences with their anchors."""
    groups = (
        (document.id, [(item.id, words(item.text.lower())) for item in sentences_of(document)])
        for document in documents_of(documents)
    )
    if together:
        yield CORPUS, [sentence for _, group in groups for sentence in group]
    else:
        yield from groups


def word_lists(documents: Documents, together: bool) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each document, or all of them as one: the words of its sentences."""
    for name, group in sentence_groups(documents, together):
        yield name, [sentence for _, sentence in group]


def _ranked(counts: Counter[Key]) -> list[tuple[Key, int]]:
    """Return the most frequent first, and what is as frequent by alphabet."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
