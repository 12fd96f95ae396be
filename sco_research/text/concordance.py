"""Where words stand: concordances with anchors."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import straight, word_spans, words

KWIC = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("from", "int", "the hit's first word, counted through the document from 1"),
    Column("to", "int", "the hit's last word"),
    Column("pre", "str", "what stands before the hit in its sentence"),
    Column("keyword", "str", "the hit: ``document.text[start:end]``"),
    Column("post", "str", "what stands after it"),
    Column("pattern", "str", "the pattern that was looked for"),
    Column("start", "int", "first character of the hit"),
    Column("end", "int", "the character after its last"),
)
_WILDCARDS = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A word or phrase to look for: one regular expression per word, in small letters."""

    text: str
    places: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, text: str) -> "WordPattern":
        """Read a pattern: words, ``*`` for any letters or none, ``?`` for one."""
        forms: list[str] = []
        for part in text.lower().split():
            forms += [straight(part)] if _WILDCARDS.search(part) else words(part)
        if not forms:
            raise ParameterError(
                f"pattern {text!r}: it holds no word; write a word or a phrase, such as 'peace*'"
            )
        # Brackets are a wildcard of fnmatch too, but not of this pattern language.
        escaped = (form.replace("[", "[[]") for form in forms)
        return cls(text, tuple(re.compile(fnmatch.translate(form)) for form in escaped))

    def hits(self, tokens: Sequence[str]) -> Iterator[int]:
        """Yield where in a row of words, in small letters, the pattern begins."""
        first, *rest = self.places
        for place in range(len(tokens) - len(rest)):
            if first.match(tokens[place]) and all(
                form.match(tokens[place + 1 + number]) for number, form in enumerate(rest)
            ):
                yield place


def patterns_of(patterns: str | Iterable[str]) -> tuple[WordPattern, ...]:
    """Read one pattern or several, each once."""
    given = [patterns] if isinstance(patterns, str) else dict.fromkeys(patterns)
    return tuple(WordPattern.of(text) for text in given)


def kwic(documents: Documents, patterns: str | Iterable[str], *, window: int = 7) -> pd.DataFrame:
    """Return every place of a word or phrase with the words around it.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where to look.
    patterns : str or iterable of str
        Words or phrases, in any case; ``*`` stands for any letters or none, ``?`` for one.
    window : int
        How many words to show on each side, within the sentence.

    Returns
    -------
    pandas.DataFrame
        One row per hit, by place and then by pattern, with the columns of `KWIC`: quanteda's, and
        the anchors. ``pre``, ``keyword`` and ``post`` stand together in the document as they stand
        here.

    Raises
    ------
    ParameterError
        Where a pattern holds no word, or the window is negative.

    Examples
    --------
    >>> note = Document.from_text("The Parties support peace. Peace needs trust.", id="note")
    >>> kwic(note, "peace", window=1)[["segment_id", "pre", "keyword", "post"]].values.tolist()
    [['note:p1.s1', 'support ', 'peace', ''], ['note:p1.s2', '', 'Peace', ' needs']]
    """
    if window < 0:
        raise ParameterError(f"kwic, window {window}: it must be 0 or more; give a larger one")
    wanted = patterns_of(patterns)
    rows = [row for document in documents_of(documents) for row in _rows(document, wanted, window)]
    return KWIC.frame(rows)


def _rows(
    document: Document, wanted: Sequence[WordPattern], window: int
) -> Iterator[tuple[str, str, int, int, str, str, str, str, int, int]]:
    before = 0
    for sentence in sentences_of(document):
        spans = list(word_spans(sentence.text))
        tokens = words(sentence.text.lower())
        found = [
            (place, number)
            for number, pattern in enumerate(wanted)
            for place in pattern.hits(tokens)
        ]
        for place, number in sorted(found):
            last = place + len(wanted[number].places) - 1
            start, end = sentence.raw_span(spans[place][0], spans[last][1])
            left, _ = sentence.raw_span(*spans[max(place - window, 0)])
            _, right = sentence.raw_span(*spans[min(last + window, len(spans) - 1)])
            yield (
                document.id,
                sentence.id,
                before + place + 1,
                before + last + 1,
                document.text[left:start],
                document.text[start:end],
                document.text[end:right],
                wanted[number].text,
                start,
                end,
            )
        before += len(tokens)
