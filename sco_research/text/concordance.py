"""Where words stand: concordances with anchors, and how evenly a word is spread."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import Level, Sentence, segments_of, sentences_of
from sco_research.text.tokens import word_spans, words

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
DISPERSION = Schema(
    Column("document_id", "str", "the document"),
    Column("pattern", "str", "the pattern that was looked for"),
    Column("count", "int", "hits"),
    Column("parts", "int", "parts with words"),
    Column("dp", "float", "Gries's deviation of proportions: 0 even, towards 1 = in one part"),
    Column("dp_norm", "float", "the same over its largest possible value, 0 to 1"),
    Column("flag", "str", "why the values are missing"),
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
            forms += [part] if _WILDCARDS.search(part) else words(part)
        if not forms:
            raise ParameterError(
                f"pattern {text!r}: it holds no word; write a word or a phrase, such as 'peace*'"
            )
        # The brackets of fnmatch would be a third wildcard.
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
    """Read one pattern or several."""
    given = [patterns] if isinstance(patterns, str) else list(patterns)
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
        tokens = [sentence.text[start:end].lower() for start, end in spans]
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


def dispersion(
    documents: Documents, patterns: str | Iterable[str], *, parts: Level = "paragraph"
) -> pd.DataFrame:
    r"""Return how evenly words are spread over the parts of a document.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Each is looked at by itself.
    patterns : str or iterable of str
        As for `kwic`.
    parts : str
        ``section``, ``paragraph`` or ``sentence``.

    Returns
    -------
    pandas.DataFrame
        One row per document and pattern: ``document_id``, ``pattern``, ``count``, ``parts``,
        ``dp`` and ``dp_norm``: Gries's deviation of proportions, half the sum of the differences
        between each part's share of the words and its share of the hits (Gries 2008), and the
        same divided by 1 less the smallest part's share (Lijffijt & Gries 2012). 0 = as even as
        the parts allow, towards 1 = all in one small part. NaN with a ``flag`` where the pattern
        does not occur or there is one part only.

    Raises
    ------
    ParameterError
        Where a pattern holds no word, or the parts are of another level.

    Examples
    --------
    >>> note = Document.from_text("Peace and trust.\n\nTrust and trade.", id="note")
    >>> dispersion(note, ["peace", "trust"])[["pattern", "dp"]].values.tolist()
    [['peace', 0.5], ['trust', 0.0]]
    """
    if parts not in ("section", "paragraph", "sentence"):
        raise ParameterError(f"dispersion, parts {parts!r}: choose section, paragraph or sentence")
    wanted = patterns_of(patterns)
    rows = [
        row for document in documents_of(documents) for row in _dispersed(document, wanted, parts)
    ]
    return DISPERSION.frame(rows)


def _dispersed(
    document: Document, wanted: Sequence[WordPattern], parts: Level
) -> Iterator[tuple[str, str, int, int, float, float, str]]:
    part = -1
    holders: list[int] = []
    tokens: list[list[str]] = []
    for item in segments_of(document):
        part += item.level == parts
        if isinstance(item, Sentence):
            tokens.append(words(item.text.lower()))
            holders.append(part)
    number = part + 1
    sizes = np.bincount(holders, weights=[len(row) for row in tokens], minlength=number)
    for pattern in wanted:
        hits = [sum(1 for _ in pattern.hits(row)) for row in tokens]
        count = sum(hits)
        filled = int((sizes > 0).sum())
        flag = "" if filled > 1 else "undefined: one part only"
        flag = flag if count else "undefined: it does not occur"
        dp = norm = float("nan")
        if not flag:
            shares = sizes / sizes.sum()
            found = np.bincount(holders, weights=hits, minlength=number) / count
            dp = float(np.abs(found - shares).sum() / 2)
            norm = dp / (1 - float(shares[sizes > 0].min()))
        yield document.id, pattern.text, count, filled, dp, norm, flag
