"""Which of the sentences that may be alike are pairs, and a row for each."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sco_research.comparison.alignment import (
    Alignment,
    Weights,
    align,
    changes,
    marked,
    wording,
)
from sco_research.comparison.reuse_index import Passage, PassageIndex

Kind = Literal["verbatim", "near-verbatim", "reworded"]

# A short sentence of common words stands in many a long one: so much of either must return.
_LEAST_SHARE = 0.25
# As many words may differ as in a sentence of ten of which one is changed for another.
_NEAR = 0.9
# A sentence already paired is paired again for words that its first partner does not explain.
_LEAST_NEW = 0.6


@dataclass(slots=True)
class Pair:
    """Two sentences that are alike, the earlier one first."""

    earlier: Passage
    later: Passage
    alignment: Alignment
    similarity: float
    verbatim: bool
    relation: str = field(default="one to one")

    def turned(self) -> "Pair":
        """Return the pair with the other one as the earlier."""
        found = self.alignment
        back = Alignment(found.later, found.earlier, found.later_words, found.earlier_words)
        return Pair(self.later, self.earlier, back, self.similarity, self.verbatim)


def scored(
    passages: Sequence[Passage],
    index: PassageIndex,
    weight: Weights,
    threshold: float,
    *,
    among: Container[str],
) -> list[Pair]:
    """Return the pairs that reach the threshold with sentences of these documents."""
    pairs = []
    for later in passages:
        sentence = weight.weigh(later.forms)
        for number in index.candidates(sentence, among):
            earlier = index.passages[number]
            alignment = align(index.weighed[number], sentence)
            verbatim = earlier.words == later.words
            similarity = 1.0 if verbatim else alignment.similarity
            least = min(alignment.earlier, alignment.later)
            if verbatim or (similarity >= threshold and least >= _LEAST_SHARE):
                pairs.append(Pair(earlier, later, alignment, similarity, verbatim))
    return pairs


def chosen(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of two documents: the best first, no word explained twice."""
    used: dict[str, set[int]] = defaultdict(set)
    found: list[Pair] = []
    for pair in sorted(
        pairs, key=lambda pair: (-pair.similarity, pair.later.start, pair.earlier.start)
    ):
        later = (used[pair.later.segment_id], pair.alignment.later_words)
        earlier = (used[pair.earlier.segment_id], pair.alignment.earlier_words)
        # A sentence may be said again word for word as often as one likes.
        asked = (later,) if pair.verbatim else (later, earlier)
        if all(len(words - seen) >= _LEAST_NEW * len(words) for seen, words in asked):
            found.append(pair)
            for seen, words in (later, earlier):
                seen |= words
    _relate(found)
    return found


def _relate(chosen: Sequence[Pair]) -> None:
    """Say which sentences were split and which were merged."""
    reworded = [pair for pair in chosen if not pair.verbatim]
    earlier = Counter(pair.earlier.segment_id for pair in reworded)
    later = Counter(pair.later.segment_id for pair in reworded)
    for pair in reworded:
        if earlier[pair.earlier.segment_id] > 1:
            pair.relation = "split"
        elif later[pair.later.segment_id] > 1:
            pair.relation = "merged"


def rows(groups: Iterable[Sequence[Pair]]) -> list[tuple[object, ...]]:
    """Return the rows of a later document, in its reading order."""
    pairs = [pair for group in groups for pair in group]
    pairs.sort(key=lambda pair: pair.later.start)
    return [_row(pair) for pair in pairs]


def _row(pair: Pair) -> tuple[object, ...]:
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
