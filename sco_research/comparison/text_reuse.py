"""Text reuse: the sentences that return in another document, word for word or reworded."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from heapq import heapify, heappop, heappush
from operator import attrgetter
from typing import Literal, TypeAlias

import pandas as pd

from sco_research.comparison import by_date
from sco_research.comparison.alignment import (
    Alignment,
    WeighedSentence,
    Weights,
    WordFeatures,
    align,
    changes,
    features_in,
    joint_similarity,
    marked,
    wording_similarity,
)
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words

THRESHOLD = 0.6
"""Similarity from which two sentences are a pair; best_pairs on the development set."""

TEXT_REUSE = Schema(
    Column("document_id", "str", "the later document"),
    Column("segment_id", "str", "the sentence that returns"),
    Column("start", "int", "its first character"),
    Column("end", "int", "the character after its last"),
    Column("earlier_document_id", "str", "the earlier document"),
    Column("earlier_segment_id", "str", "the sentence it returns from"),
    Column("earlier_start", "int", "its first character"),
    Column("earlier_end", "int", "the character after its last"),
    Column("similarity", "float", "0 to 1, higher = more alike"),
    Column("kind", "str", "``verbatim``, ``near-verbatim`` or ``reworded``"),
    Column("relation", "str", "``one to one``, ``split`` or ``merged``"),
    Column("share_of_sentence", "float", "of its weight, what the earlier one has too, 0 to 1"),
    Column("share_of_earlier", "float", "of the earlier one's weight, what returns, 0 to 1"),
    Column("wording", "float", "share of the words that are the same, in order, 0 to 1"),
    Column("shared_words", "int", "words of the later sentence that return"),
    Column("changes", "str", "differences: ``[-earlier-]``, ``{+later+}``, ``{~respelt → so~}``"),
    Column("text", "str", "the later sentence as it is read, white space folded"),
    Column("earlier_text", "str", "the earlier sentence as it is read, white space folded"),
)
MIN_WORDS = 3


_NAMES = attrgetter("names")


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence with its words and their features.

    Attributes
    ----------
    document_id, segment_id : str
        Where it stands.
    start, end : int
        Offsets in the document's text.
    text : str
        As it is read: typing faults mended, page matter off, white space folded.
    words : tuple of str
        In small letters.
    features : tuple of WordFeatures
        Features of each word.
    """

    document_id: str
    segment_id: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    features: tuple[WordFeatures, ...]


def passages_of(document: Document, *, min_words: int) -> list[ComparedSentence]:
    """Return a document's sentences of at least so many words that name something."""
    found = []
    known = features_in(document.metadata.language)
    for sentence in sentences_of(document):
        spoken = tuple(words(sentence.text.lower()))
        features = tuple(map(known, spoken))
        if sum(map(_NAMES, features)) >= min_words:
            found.append(
                ComparedSentence(
                    document.id,
                    sentence.id,
                    sentence.start,
                    sentence.end,
                    " ".join(sentence.text.split()),
                    spoken,
                    features,
                )
            )
    return found


_Read: TypeAlias = tuple[Document, list[ComparedSentence]]


_Words: TypeAlias = tuple[tuple[str, ...], tuple[WordFeatures, ...]]


def _by_words(passages: Iterable[ComparedSentence]) -> dict[_Words, list[ComparedSentence]]:
    """Return sentences by their words: what holds of one holds of all with the same words."""
    found: dict[_Words, list[ComparedSentence]] = defaultdict(list)
    for passage in passages:
        found[passage.words, passage.features].append(passage)
    return found


class PassageIndex:
    """Passages by their words; those of the same words are one.

    If the share of a sentence that returns in another is to reach the threshold, one of its rarest
    words must return, of those that together weigh more than what may be missing. So a pair is
    looked at only where such a rare word of the one stands in the other, and aligned only where
    all that they have in common could reach the threshold. No pair is lost by it.

    Parameters
    ----------
    passages : sequence of ComparedSentence
        What is searched.
    weight : Weights
        Of the words.
    threshold : float
        The similarity that a pair must reach.
    """

    def __init__(
        self, passages: Sequence[ComparedSentence], weight: Weights, threshold: float
    ) -> None:
        self._threshold = threshold
        same = _by_words(passages)
        self.words = [spoken for spoken, _ in same]
        self.weighed = [weight.weigh(features) for _, features in same]
        self.by_document: list[dict[str, list[ComparedSentence]]] = []
        for equal in same.values():
            of: dict[str, list[ComparedSentence]] = defaultdict(list)
            for passage in equal:
                of[passage.document_id].append(passage)
            self.by_document.append(of)
        self._rare: dict[str, list[int]] = defaultdict(list)
        self._rest: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.weighed):
            rare, rest = self._rare_and_other_keys(sentence)
            for key in rare:
                self._rare[key].append(number)
            for key in rest:
                self._rest[key].append(number)

    def candidates(self, sentence: WeighedSentence, among: Container[str]) -> Iterator[int]:
        """Yield what passages of these documents may be like this sentence, by number."""
        rare, rest = self._rare_and_other_keys(sentence)
        found: set[int] = set()
        for key in rare:
            found.update(self._rare.get(key, ()), self._rest.get(key, ()))
        for key in rest:
            found.update(self._rare.get(key, ()))
        for number in sorted(found):
            if not any(name in among for name in self.by_document[number]):
                continue
            other = self.weighed[number]
            if not sentence.may_reach(other, self._threshold):
                continue
            if (
                joint_similarity(sentence.upper_bound(other), other.upper_bound(sentence))
                >= self._threshold
            ):
                yield number

    def _rare_and_other_keys(self, sentence: WeighedSentence) -> tuple[set[str], frozenset[str]]:
        """Return a sentence's keys: the rarest, one of which must return, and the rest."""
        weights = sentence.weights
        places = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)
        spare = (1 - self._threshold) * sentence.total
        rare: set[str] = set()
        for place in places:
            rare.update(sentence.features[place].keys)
            spare -= weights[place]
            if spare < 0:
                break
        return rare, sentence.keys - rare


Kind = Literal["verbatim", "near-verbatim", "reworded"]

# The words of a short sentence occur in many long ones: so much of both must return.
_MIN_SHARE = 0.25
# One word in ten replaced.
_NEAR = 0.9
# A sentence already paired is paired again for words that its first partner does not explain.
_MIN_NEW = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Sentences of the same words in one document, and in another, that are alike.

    Each side is in reading order.
    """

    earlier: Sequence[ComparedSentence]
    later: Sequence[ComparedSentence]
    alignment: Alignment
    similarity: float
    verbatim: bool

    def reversed(self) -> "Likeness":
        """Return it with the other document as the earlier."""
        found = self.alignment
        back = Alignment(found.later, found.earlier, found.later_words, found.earlier_words)
        return Likeness(self.later, self.earlier, back, self.similarity, self.verbatim)


@dataclass(slots=True)
class Pair:
    """Two sentences that are alike, the earlier one first."""

    earlier: ComparedSentence
    later: ComparedSentence
    alignment: Alignment
    similarity: float
    verbatim: bool
    relation: str = field(default="one to one")


def score_pairs(
    passages: Sequence[ComparedSentence],
    index: PassageIndex,
    weight: Weights,
    threshold: float,
    *,
    among: Container[str],
) -> list[Likeness]:
    """Return what reaches the threshold with sentences of these documents."""
    found = []
    for (spoken, features), later in _by_words(passages).items():
        sentence = weight.weigh(features)
        for number in index.candidates(sentence, among):
            alignment = align(index.weighed[number], sentence)
            verbatim = index.words[number] == spoken
            similarity = 1.0 if verbatim else alignment.similarity
            least = min(alignment.earlier, alignment.later)
            if verbatim or (similarity >= threshold and least >= _MIN_SHARE):
                found += [
                    Likeness(earlier, later, alignment, similarity, verbatim)
                    for name, earlier in index.by_document[number].items()
                    if name in among
                ]
    return found


def best_pairs(likenesses: Sequence[Likeness]) -> list[Pair]:
    """Return the pairs of two documents: the best first, no word explained twice.

    Of equally good ones that of the first later sentence, then of the first earlier one, comes
    first. Two sentences of equal words are not tried twice for the same pairing: what explains no
    new word of a sentence now does not later, for the words explained only grow.
    """
    used: dict[str, set[int]] = defaultdict(set)
    found: list[Pair] = []
    # The next later sentence of each likeness, and its first earlier one with words to explain.
    next_later, first_free = ([0] * len(likenesses) for _ in range(2))

    def event(number: int) -> tuple[float, int, int, int]:
        alike = likenesses[number]
        later, earlier = alike.later[next_later[number]], alike.earlier[first_free[number]]
        return (-alike.similarity, later.start, earlier.start, number)

    waiting = [event(number) for number in range(len(likenesses))]
    heapify(waiting)
    while waiting:
        number = heappop(waiting)[-1]
        alike = likenesses[number]
        later, earlier = alike.later[next_later[number]], alike.earlier[first_free[number]]
        alignment = alike.alignment
        # A sentence may be repeated verbatim any number of times.
        if not _explains(alignment.later_words, used[later.segment_id]):
            next_later[number] += 1
        elif not alike.verbatim and not _explains(
            alignment.earlier_words, used[earlier.segment_id]
        ):
            first_free[number] += 1
        else:
            found.append(Pair(earlier, later, alignment, alike.similarity, alike.verbatim))
            used[later.segment_id] |= alignment.later_words
            used[earlier.segment_id] |= alignment.earlier_words
        if next_later[number] < len(alike.later) and first_free[number] < len(alike.earlier):
            heappush(waiting, event(number))
    _mark_split_and_merged(found)
    return found


def _explains(words: frozenset[int], seen: set[int]) -> bool:
    """Return whether enough of a sentence's words are not explained by its partners yet."""
    return len(words - seen) >= _MIN_NEW * len(words)


def _mark_split_and_merged(best_pairs: Sequence[Pair]) -> None:
    """Set the relation of pairs whose sentences were split or merged."""
    reworded = [pair for pair in best_pairs if not pair.verbatim]
    earlier = Counter(pair.earlier.segment_id for pair in reworded)
    later = Counter(pair.later.segment_id for pair in reworded)
    for pair in reworded:
        if earlier[pair.earlier.segment_id] > 1:
            pair.relation = "split"
        elif later[pair.later.segment_id] > 1:
            pair.relation = "merged"


def _rows(groups: Iterable[Sequence[Pair]]) -> list[tuple[object, ...]]:
    """Return the rows of a later document, in its reading order."""
    pairs = [pair for group in groups for pair in group]
    pairs.sort(key=lambda pair: pair.later.start)
    # Formulas return in many sentences: what is the same of them is worked out once.
    wording, differences = cache(wording_similarity), cache(_differences)
    return [_row(pair, wording, differences) for pair in pairs]


def _differences(earlier: str, later: str) -> str:
    return marked(changes(earlier, later))


def _row(
    pair: Pair,
    wording: Callable[[tuple[str, ...], tuple[str, ...]], float],
    differences: Callable[[str, str], str],
) -> tuple[object, ...]:
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
        differences(earlier.text, later.text),
        later.text,
        earlier.text,
    )


def find_reuse(
    documents: Documents,
    *,
    reference: Documents | None = None,
    threshold: float = THRESHOLD,
    min_words: int = MIN_WORDS,
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
    min_words : int
        Sentences with fewer words that name something are not compared.
    background : Document, Corpus or iterable of Document
        Further documents of the kind, from which it is learnt which words are common, where those
        compared are few or short.

    Returns
    -------
    pandas.DataFrame
        One row per pair, in reading order of the later document, with the columns of `TEXT_REUSE`.
        The relation is ``one to one``, ``split`` where one earlier sentence returns in several, or
        ``merged`` where several return in one.

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
    qualified, shortened, split or merged is found too. The best pairs are taken first; a sentence
    is paired again only for words that its partners do not explain yet.

    Sentences of the same words are compared once, however often they stand in a document, and no
    pair is looked at that shares no rare word. The time still grows with the number of pairs of
    different sentences that are alike: where many differ in a word or a number alone, as the lines
    of a form do, each is like each, and twice as many take four times as long. Each such pair can
    be the best one of a sentence, so none can be left out without another result.

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
    'The Parties will [-fight drug-] {+combat+} {~trafficking. → trafficking~} {+in drugs.+}'
    """
    if not 0 < threshold <= 1:
        raise ParameterError(f"find_reuse, threshold {threshold}: give one above 0, up to 1")
    read = partial(_read, min_words=min_words)
    known = [] if reference is None else list(map(read, by_date(reference)))
    common = [item.features for document in documents_of(background) for item in read(document)[1]]
    if reference is None:
        compared = list(map(read, by_date(documents)))
        weight = Weights([*common, *(item.features for _, part in compared for item in part)])
        groups = _each_with_each(compared, weight, threshold)
    else:
        weight = Weights([*common, *(item.features for _, part in known for item in part)])
        groups = _with_reference(map(read, documents_of(documents)), known, weight, threshold)
    return TEXT_REUSE.frame(row for group in groups for row in group)


def _read(document: Document, *, min_words: int) -> _Read:
    return document, passages_of(document, min_words=min_words)


def _each_with_each(
    read: Sequence[_Read], weight: Weights, threshold: float
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each later document: one index holds all sentences."""
    index = PassageIndex([item for _, part in read for item in part], weight, threshold)
    place = {document.id: number for number, (document, _) in enumerate(read)}
    for document, part in read:
        before: dict[str, list[Likeness]] = {
            other.id: [] for other, _ in read[: place[document.id]]
        }
        for alike in score_pairs(part, index, weight, threshold, among=before.keys()):
            before[alike.earlier[0].document_id].append(alike)
        yield _rows(map(best_pairs, before.values()))


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
            pairs = score_pairs(part, index, weight, threshold, among={other.id})
            ours, theirs = document.metadata.date, other.metadata.date
            if ours is not None and theirs is not None and ours < theirs:
                pairs = [alike.reversed() for alike in pairs]
            groups.append(best_pairs(pairs))
        yield _rows(groups)
