"""Text reuse: the sentences that return from one document in another, word for word or reworded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import pandas as pd

from sco_research.comparison.alignment import (
    Alignment,
    Weights,
    align,
    changes,
    marked,
    wording,
)
from sco_research.comparison.reuse_index import Passage, PassageIndex, passages_of
from sco_research.errors import ParameterError
from sco_research.text.document import Document, Documents, documents_of

Kind = Literal["verbatim", "near-verbatim", "reworded"]

THRESHOLD = 0.6
"""Similarity from which two sentences are a pair; chosen on the development set."""

COLUMNS = {
    "document_id": "str",
    "segment_id": "str",
    "start": "int64",
    "end": "int64",
    "earlier_document_id": "str",
    "earlier_segment_id": "str",
    "earlier_start": "int64",
    "earlier_end": "int64",
    "similarity": "float64",
    "kind": "str",
    "relation": "str",
    "share_of_sentence": "float64",
    "share_of_earlier": "float64",
    "wording": "float64",
    "shared_words": "int64",
    "changes": "str",
    "text": "str",
    "earlier_text": "str",
}
LEAST_WORDS = 3
# A short sentence of common words stands in many a long one; of either sentence so much must return.
_LEAST_SHARE = 0.25
# As many words may differ as in a sentence of ten of which one is changed for another.
_NEAR = 0.9
# A sentence already paired is paired again for words that its first partner does not explain.
_LEAST_NEW = 0.6


def find_reuse(
    documents: Documents,
    *,
    reference: Documents | None = None,
    threshold: float = THRESHOLD,
    least_words: int = LEAST_WORDS,
    background: Documents = (),
) -> pd.DataFrame:
    """Find the sentences that return between documents, word for word or reworded.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What is compared, each with each, the earlier with the later; in the given order where one
        has no date.
    reference : Document, Corpus or iterable of Document, optional
        Compare every document with these alone, and weigh the words by these alone: the result of
        a document then hangs on no other one, and a stream may be as long as it likes.
    threshold : float
        Similarity that makes a pair, above 0 to 1. Lower finds more that is reworded, and more
        that only shares a formula.
    least_words : int
        Sentences with fewer words that name something are not compared.
    background : Document, Corpus or iterable of Document
        Further documents of the kind, from which it is learnt which words are common, where those
        compared are few or short.

    Returns
    -------
    pandas.DataFrame
        One row per pair, in reading order of the later document: ``document_id``, ``segment_id``,
        ``start``, ``end`` of the sentence that returns; ``earlier_document_id`` and the like, of
        the one it returns from; ``similarity`` (0 to 1, higher = more alike); ``kind``
        (``verbatim``, ``near-verbatim``, ``reworded``); ``relation`` (``one to one``, ``split``
        where one earlier sentence returns in several, ``merged`` where several return in one);
        ``share_of_sentence`` and ``share_of_earlier`` (of each sentence's weight, what returns in
        the other); ``wording`` (share of the words that are the same, in order); ``shared_words``
        (of the later sentence); ``changes`` (``[-removed-]`` and ``{+added+}``), ``text``,
        ``earlier_text`` (white space folded).

    Raises
    ------
    ParameterError
        Where an option is out of its range or two documents have one id.

    Notes
    -----
    Words are weighed by how rare they are in the sentences compared, so that a formula that stands
    everywhere proves nothing. Each word of a sentence is looked for in the other one as itself,
    as another of its family ("produce", "production") and as a like word ("danger", "threat"; the
    lexicon is English). The similarity is 0.6 times the share of the sentence that is better kept
    plus 0.4 times the share of the other, which must be a quarter, so that a statement that was
    qualified, shortened, split or merged is found too. The best pairs are taken first; a sentence is paired again only for
    words that its partners do not explain yet.

    Examples
    --------
    >>> import datetime
    >>> old = Document.from_text("The Parties will fight drug trafficking. They met.", id="old",
    ...     date=datetime.date(2007, 8, 16))
    >>> new = Document.from_text("The Parties will combat trafficking in drugs.", id="new",
    ...     date=datetime.date(2013, 9, 13))
    >>> found = find_reuse([new, old])
    >>> found[["segment_id", "earlier_segment_id", "kind"]].values.tolist()
    [['new:p1.s1', 'old:p1.s1', 'reworded']]
    >>> found["changes"].iloc[0]
    'The Parties will [-fight drug-] {+combat+} trafficking {+in drugs.+}'
    """
    if not 0 < threshold <= 1:
        raise ParameterError(f"find_reuse, threshold {threshold}: give one above 0, up to 1")
    read = _Reader(least_words)
    known = [] if reference is None else read.all(reference)
    common = [passage.forms for _, part in read.all(background) for passage in part]
    if reference is None:
        compared = in_order(read.all(documents))
        weight = Weights([*common, *(item.forms for _, part in compared for item in part)])
        rows = _each_with_each(compared, weight, threshold)
    else:
        weight = Weights([*common, *(item.forms for _, part in known for item in part)])
        rows = _with_reference(map(read.one, documents_of(documents)), known, weight, threshold)
    frame = pd.DataFrame([row for group in rows for row in group], columns=list(COLUMNS))
    return frame.astype(COLUMNS)


_Read = tuple[Document, list[Passage]]


class _Reader:
    """Reads documents as passages, and refuses two of one id."""

    def __init__(self, least_words: int) -> None:
        self._least_words = least_words

    def one(self, document: Document) -> _Read:
        return document, passages_of(document, least_words=self._least_words)

    def all(self, documents: Documents) -> list[_Read]:
        found: dict[str, _Read] = {}
        for document in documents_of(documents):
            if document.id in found:
                raise ParameterError(
                    f"find_reuse: two documents have the id {document.id!r}; give one another id"
                )
            found[document.id] = self.one(document)
        return list(found.values())


def in_order(read: Sequence[_Read]) -> list[_Read]:
    """Return documents from the earliest to the latest; as given where one has no date."""
    dates = [document.metadata.date for document, _ in read]
    if any(date is None for date in dates):
        return list(read)
    places = sorted(range(len(read)), key=lambda place: (str(dates[place]), place))
    return [read[place] for place in places]


def _each_with_each(
    read: Sequence[_Read], weight: Weights, threshold: float
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each later document: one index holds all sentences."""
    everything = [passage for _, part in read for passage in part]
    index = PassageIndex(everything, weight, threshold)
    order = {document.id: place for place, (document, _) in enumerate(read)}
    for document, part in read:
        pairs = _scored(part, index, weight, threshold)
        before = {
            earlier.id: [pair for pair in pairs if pair.earlier.document_id == earlier.id]
            for earlier, _ in read[: order[document.id]]
        }
        yield _rows([_chosen(found) for found in before.values()])


def _with_reference(
    stream: Iterable[_Read], known: Sequence[_Read], weight: Weights, threshold: float
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each document with the reference; the one of the later date returns."""
    indexes = [(document, PassageIndex(part, weight, threshold)) for document, part in known]
    for document, part in stream:
        groups = []
        for other, index in indexes:
            if other.id == document.id:
                continue
            pairs = _scored(part, index, weight, threshold)
            ours, theirs = document.metadata.date, other.metadata.date
            if ours is not None and theirs is not None and ours < theirs:
                pairs = [pair.turned() for pair in pairs]
            groups.append(_chosen(pairs))
        yield _rows(groups)


@dataclass(slots=True)
class _Pair:
    earlier: Passage
    later: Passage
    alignment: Alignment
    similarity: float
    verbatim: bool
    relation: str = field(default="one to one")

    def turned(self) -> "_Pair":
        found = self.alignment
        back = Alignment(found.later, found.earlier, found.later_words, found.earlier_words)
        return _Pair(self.later, self.earlier, back, self.similarity, self.verbatim)


def _scored(
    passages: Sequence[Passage], index: PassageIndex, weight: Weights, threshold: float
) -> list[_Pair]:
    pairs = []
    for later in passages:
        for number in index.candidates(later):
            earlier = index.passages[number]
            if earlier.document_id == later.document_id:
                continue
            alignment = align(earlier.forms, later.forms, weight)
            verbatim = earlier.words == later.words
            similarity = 1.0 if verbatim else alignment.similarity
            least = min(alignment.earlier, alignment.later)
            if verbatim or (similarity >= threshold and least >= _LEAST_SHARE):
                pairs.append(_Pair(earlier, later, alignment, similarity, verbatim))
    return pairs


def _chosen(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return the pairs of two documents: the best first, no word explained twice."""
    used: dict[str, set[int]] = defaultdict(set)
    chosen: list[_Pair] = []
    for pair in sorted(
        pairs, key=lambda pair: (-pair.similarity, pair.later.start, pair.earlier.start)
    ):
        sides = (
            (used[pair.earlier.segment_id], pair.alignment.earlier_words),
            (used[pair.later.segment_id], pair.alignment.later_words),
        )
        if all(len(words - seen) >= _LEAST_NEW * len(words) for seen, words in sides):
            chosen.append(pair)
            for seen, words in sides:
                seen |= words
    _relate(chosen)
    return chosen


def _relate(chosen: Sequence[_Pair]) -> None:
    """Say which sentences were split and which were merged."""
    for one, other in combinations(chosen, 2):
        if one.earlier.segment_id == other.earlier.segment_id:
            one.relation = other.relation = "split"
        elif one.later.segment_id == other.later.segment_id:
            one.relation = other.relation = "merged"


def _rows(groups: Iterable[Sequence[_Pair]]) -> list[tuple[object, ...]]:
    pairs = [pair for group in groups for pair in group]
    pairs.sort(key=lambda pair: pair.later.start)
    return [_row(pair) for pair in pairs]


def _row(pair: _Pair) -> tuple[object, ...]:
    later, earlier, alignment = pair.later, pair.earlier, pair.alignment
    same = 1.0 if pair.verbatim else wording(earlier.words, later.words)
    kind: Kind = "verbatim" if pair.verbatim else "near-verbatim" if same >= _NEAR else "reworded"
    return (
        later.document_id,
        later.segment_id,
        later.start,
        later.end,
        earlier.document_id,
        earlier.segment_id,
        earlier.start,
        earlier.end,
        pair.similarity,
        kind,
        pair.relation,
        alignment.later,
        alignment.earlier,
        same,
        len(alignment.later_words),
        marked(changes(earlier.text, later.text)),
        later.text,
        earlier.text,
    )
