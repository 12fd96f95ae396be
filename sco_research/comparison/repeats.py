"""Repeated rows of tokens: a suffix array, and the tree of the prefixes that its suffixes share.

Suffixes are sorted by doubling (Manber & Myers 1993), and the documents that hold a prefix are
counted in one pass (Hui 1992): no length of a repeat is tried by itself, so that a sentence of a
million words costs what as many short ones cost.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_Numbers = npt.NDArray[np.int64]
_NONE = -1


class Step(NamedTuple):
    """The longest beginning of a suffix that so many documents hold."""

    length: int
    documents: int
    node: int
    shorter: "Step | None"
    """The longest one that more documents hold."""


@dataclass(slots=True)
class Repeats:
    """The tree of what is repeated: a node a prefix that several suffixes share.

    Attributes
    ----------
    order : numpy.ndarray of int
        The places of the tokens, sorted by the suffixes that begin there.
    lengths, parents : list of int
        By node, how many tokens the prefix has, and the node of the longest one that begins it.
    first, last : list of int
        By node, the ends of its suffixes in the order.
    repeated : list of int
        By node, how many suffixes right below it come from a document seen below it before.
    leaves : dict of int to int
        By place, the node of the longest prefix of its suffix.
    """

    order: _Numbers
    lengths: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    leaves: dict[int, int] = field(default_factory=dict)

    def width(self, node: int) -> int:
        """Return how often a prefix stands."""
        return self.last[node] - self.first[node] + 1

    def places(self, node: int) -> list[int]:
        """Return where a prefix stands, in the order of the tokens."""
        places: list[int] = np.sort(self.order[self.first[node] : self.last[node] + 1]).tolist()
        return places

    def node_of(self, node: int, length: int) -> int:
        """Return the node above, or this one, whose suffixes are those with its first tokens."""
        while self.parents[node] != _NONE and self.lengths[self.parents[node]] >= length:
            node = self.parents[node]
        return node

    def steps(self, fewest: int) -> dict[int, Step]:
        """Return by place the longest beginning of its suffix that enough documents hold."""
        nodes = sorted(range(len(self.lengths)), key=self.lengths.__getitem__)
        twice = list(self.repeated)
        for node in reversed(nodes):
            if self.parents[node] != _NONE:
                twice[self.parents[node]] += twice[node]
        found: list[Step | None] = [None] * len(nodes)
        for node in nodes:
            above = found[self.parents[node]] if self.parents[node] != _NONE else None
            documents = self.width(node) - twice[node]
            if documents >= fewest:
                same = above is not None and above.documents == documents
                shorter = above.shorter if above is not None and same else above
                above = Step(self.lengths[node], documents, node, shorter)
            found[node] = above
        steps = ((place, found[node]) for place, node in self.leaves.items())
        return {place: step for place, step in steps if step is not None}


def repeats(tokens: Sequence[int], documents: Sequence[int], *, shortest: int) -> Repeats:
    """Return the tree of what stands more than once.

    Parameters
    ----------
    tokens : sequence of int
        The tokens of all documents. One that occurs once, such as a mark after each sentence, is
        in no repeat; the last token must be such a one.
    documents : sequence of int
        By token, the number of its document.
    shortest : int
        The fewest tokens of a repeat.

    Returns
    -------
    Repeats
        The tree.

    Examples
    --------
    Two documents, "peace and trade" and "peace and law", each with a mark at its end:

    >>> found = repeats([0, 1, 2, 3, 0, 1, 4, 5], [0, 0, 0, 0, 1, 1, 1, 1], shortest=1)
    >>> step = found.steps(2)[0]
    >>> step.length, step.documents, found.places(step.node)
    (2, 2, [0, 4])
    """
    order, shared = _suffixes(np.asarray(tokens, dtype=np.int64))
    found = Repeats(order)
    open_nodes: list[int] = []
    firsts: list[int] = []
    latest: dict[int, int] = {}
    places = order.tolist()
    for suffix, length in enumerate([*shared.tolist(), 0]):
        length = length if length >= shortest else 0
        begin, child = suffix - 1, _NONE
        while open_nodes and found.lengths[open_nodes[-1]] > length:
            child, begin = open_nodes.pop(), firsts.pop()
            found.last[child] = suffix - 1
            if open_nodes and found.lengths[open_nodes[-1]] >= length:
                found.parents[child], child = open_nodes[-1], _NONE
        if length and (not open_nodes or found.lengths[open_nodes[-1]] < length):
            node = len(found.lengths)
            above = open_nodes[-1] if open_nodes else _NONE
            for row, value in (
                (found.lengths, length), (found.parents, above), (found.first, begin),
                (found.last, begin), (found.repeated, 0),
            ):  # fmt: skip
                row.append(value)
            open_nodes.append(node)
            firsts.append(begin)
            if child != _NONE:
                found.parents[child] = node
            else:
                found.leaves[places[suffix - 1]] = node
        if suffix < len(places):
            document = documents[places[suffix]]
            before = latest.get(document, _NONE)
            if open_nodes:
                found.leaves[places[suffix]] = open_nodes[-1]
                if before >= firsts[0]:
                    found.repeated[open_nodes[bisect_right(firsts, before) - 1]] += 1
            latest[document] = suffix
    return found


def _suffixes(tokens: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Return the places by their suffixes, and how many tokens each shares with the one before."""
    size, width = len(tokens), 1
    ranks = [np.unique(tokens, return_inverse=True)[1]]
    while size and ranks[-1].max() + 1 < size:
        after = np.zeros(size, dtype=np.int64)
        after[:-width] = ranks[-1][width:] + 1
        ranks.append(np.unique(ranks[-1] * (size + 1) + after, return_inverse=True)[1])
        width *= 2
    order = np.argsort(ranks[-1])
    shared = np.zeros(size, dtype=np.int64)
    common = shared[1:]
    # The last token occurs once, so that what is shared ends before the last place.
    for doubling in reversed(range(len(ranks) - 1)):
        rank = ranks[doubling]
        same = rank[order[:-1] + common] == rank[order[1:] + common]
        common += same.astype(np.int64) << doubling
    return order, shared
