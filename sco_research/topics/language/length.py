"""How long a text and its sentences are."""

from dataclasses import dataclass
from itertools import chain, pairwise

import pandas as pd

from sco_research.metrics.syllables import pronounced
from sco_research.text.document import Document
from sco_research.text.segments import segment, sentences_of
from sco_research.text.tokens import words

LONG_SENTENCE = 40
"""Sentences of more words than this are counted as long."""
MAX_SHOWN = 6
"""How many of a sentence's examples are named."""
OPENING = ":sec0"
"""How the id of what precedes the first section ends."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long the text and its sentences are.

    Attributes
    ----------
    sentences : int
        Sentences with at least one word.
    words : int or None
        None in a language whose words are not separated by spaces.
    mean : float or None
        Words per sentence.
    longest : str
        Id of the longest sentence; empty where there is none.
    longest_words : int
        Its words.
    long_sentences : int
        Sentences of more than `LONG_SENTENCE` words.
    sections : int
        Numbered sections; 1 where the text is not divided.
    also_apart : int
        Different words that the dictionary of pronunciation lacks and that the text writes
        elsewhere as two: "economicgrowth" beside "economic growth". English texts only.
    also_apart_words : tuple of str
        The first few of them, in reading order.
    clauses : int
        Sentences that end in a semicolon: clauses of a longer one, each counted as a sentence.
    """

    sentences: int
    words: int | None
    mean: float | None
    longest: str
    longest_words: int
    long_sentences: int
    sections: int
    also_apart: int
    also_apart_words: tuple[str, ...]
    clauses: int

    @property
    def mostly_clauses(self) -> bool:
        """Whether most sentences are clauses of a longer one."""
        return 2 * self.clauses > self.sentences


def sentences_with_words(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `count` that are sentences with at least one word."""
    return counts[(counts["level"] == "sentence") & (counts["sentences"] > 0)]


def numbered_sections(counts: pd.DataFrame) -> int:
    """Return how many sections the text has, without what precedes the first."""
    sections = counts.loc[counts["level"] == "section", "segment_id"]
    return int((~sections.str.endswith(OPENING)).sum())


def length_facts(document: Document, counts: pd.DataFrame) -> Length:
    """Return how long a text and its sentences are.

    Parameters
    ----------
    document : Document
        The text.
    counts : pandas.DataFrame
        As from `count`, levels ``document``, ``section`` and ``sentence``.
    """
    also_apart = _also_apart(document)
    whole = counts.loc[counts["level"] == "document", "words"]
    total = int(whole.iloc[0]) if whole.notna().all() else None
    sentences = sentences_with_words(counts)
    counted = sentences[sentences["words"].notna()]
    longest = counted.sort_values("words", ascending=False, kind="stable").head(1)
    return Length(
        sentences=len(sentences),
        words=total,
        mean=None if total is None or sentences.empty else total / len(sentences),
        longest="".join(longest["segment_id"]),
        longest_words=int(longest["words"].sum()),
        long_sentences=int((counted["words"] > LONG_SENTENCE).sum()),
        sections=numbered_sections(counts),
        also_apart=len(also_apart),
        also_apart_words=also_apart[:MAX_SHOWN],
        clauses=int(segment(document, level="sentence")["clean"].str.endswith(";").sum()),
    )


def _also_apart(document: Document) -> tuple[str, ...]:
    """Return the words of an English text that it writes elsewhere as two.

    >>> fused = "We seek economicgrowth. Economic growth of all is away; a way is found."
    >>> _also_apart(Document.from_text(fused, id="note", language="en"))
    ('economicgrowth',)
    """
    if document.metadata.language != "en":
        return ()
    sentences = [
        [word.lower() for word in words(sentence.text)] for sentence in sentences_of(document)
    ]
    apart = {
        one + other
        for sentence in sentences
        for one, other in pairwise(sentence)
        if min(len(one), len(other)) > 1 and one.isalpha() and other.isalpha()
    }
    known = pronounced()
    found = (word for word in chain.from_iterable(sentences) if word in apart)
    return tuple(dict.fromkeys(word for word in found if word not in known))
