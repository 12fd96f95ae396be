"""Formulaic language: phrases that documents share, and what in a document is new."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sco_research.comparison import by_date
from sco_research.comparison.repeats import Step, repeats
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
    read = _Read(by_date(documents))
    tree = repeats(read.tokens, read.documents, shortest=min_words)
    steps = tree.steps(min_documents)
    # By phrase, at how many of its places no longer one of as many documents holds it.
    longest: Counter[tuple[int, int]] = Counter()
    for place in steps:
        for step, length in _phrases(read, steps, place):
            if length >= min_words:
                longest[tree.node_of(step.node, length), length] += 1
    rows = [
        read.row(tree.places(node), length)
        for (node, length), places in longest.items()
        if places == tree.width(node)
    ]
    rows.sort(key=lambda row: (-row[2], -row[1], row[0]))
    return SHARED_PHRASES.frame(rows)


class _Read:
    """The words of all documents in one row, with a mark after each sentence."""

    def __init__(self, order: Sequence[Document]) -> None:
        self.ids = [document.id for document in order]
        self.words: list[str] = []
        self.tokens: list[int] = []
        self.documents: list[int] = []
        self.begins: list[int] = []
        self.sentences: list[str] = []
        # By word, the last place of a content word up to it in its sentence, or -1.
        self.content: list[int] = []
        numbers: dict[str, int] = {}
        for number, document in enumerate(order):
            for sentence_id, said, _ in _sentences(document):
                self.begins.append(len(self.words))
                self.sentences.append(sentence_id)
                last = -1
                for word in said:
                    last = last if word in function_words() else len(self.words)
                    self.words.append(word)
                    self.content.append(last)
                    self.tokens.append(numbers.setdefault(word, len(numbers)))
                # A number below 0 occurs once.
                self.words.append("")
                self.content.append(-1)
                self.tokens.append(-len(self.begins))
                self.documents += [number] * (len(said) + 1)

    def row(self, places: Sequence[int], length: int) -> tuple[str, int, int, int, list[str], str]:
        """Return the row of the phrase of so many words that stands at these places."""
        ids = [
            self.ids[number] for number in dict.fromkeys(map(self.documents.__getitem__, places))
        ]
        first = self.sentences[bisect_right(self.begins, places[0]) - 1]
        phrase = " ".join(self.words[places[0] : places[0] + length])
        return phrase, length, len(ids), len(places), ids, first


def _phrases(read: _Read, steps: Mapping[int, Step], place: int) -> Iterator[tuple[Step, int]]:
    """Yield the phrases that begin here: as long as so many documents have them, edges content."""
    if read.content[place] != place:
        return
    before = read.content[place - 1] if place else -1
    step: Step | None = steps[place]
    while step:
        end = read.content[place + step.length - 1] + 1
        # A step of more documents has what lies within it.
        beyond = end - place > (step.shorter.length if step.shorter else 0)
        if beyond and not _reaches(steps.get(before), step.documents, end - before):
            yield step, end - place
        step = step.shorter


def _reaches(step: Step | None, documents: int, length: int) -> bool:
    """Return whether so many documents hold so many words from another place on."""
    while step and step.documents < documents:
        step = step.shorter
    return step is not None and step.length >= length


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
