"""The tree of words that the matcher reads with, and a cache of every step taken in it.

Text is cut at its spaces, which is quick; each distinct piece ("Counter-Terrorism,") is taken apart
into words once, and each step from word to word in the tree is worked out once.
"""

import fnmatch
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sco_research.coding.codebooks.patterns import UNIT, Pattern, WordForm
from sco_research.text.lemmas import lemma

# What may stand between two words of a phrase: spaces, hyphens, apostrophes, quotation marks, the
# points of "U.N. Charter", a slash.
_PHRASE_GAP = re.compile(r"(?:\s*[-'’‘ʼ‐‑\"“”«»/]\s*|\s+|(?<=\b\w)\.\s?)+")
_MAX_CACHED = 200_000
_NO_WORD = ""


@dataclass(frozen=True, slots=True, eq=False)
class PhraseEnd:
    """What a completed phrase counts for; compared by identity, for speed."""

    rule: int
    order: int  # the pattern's place in the codebook
    pattern: Pattern
    excludes: bool
    near: int | None = None  # which of the patterns of two phrases
    is_second: bool = False  # of the two


@dataclass(slots=True, eq=False)
class Node:
    """A node of the tree: its children by next word, and the phrases that are complete at it.

    Where any name of an issuer may stand, the tree of the names is entered beside the children,
    so that a thousand names in ten patterns cost a thousand phrases and not ten thousand.

    Attributes
    ----------
    children : dict of int to Node
        The nodes after one more word, by the word's place.
    targets : tuple of PhraseEnd
        The phrases that end here.
    names : tuple of (Node, Node)
        Where in a tree of names a name may go on, and the node after the name.
    ends_name : bool
        In a tree of names, whether one ends here.
    """

    children: "dict[int, Node]" = field(default_factory=dict)
    targets: tuple[PhraseEnd, ...] = ()
    names: "tuple[tuple[Node, Node], ...]" = ()
    ends_name: bool = False
    _within: "dict[int, tuple[Node, ...]] | None" = None  # most nodes need none

    def steps(self) -> set[int]:
        """Return the places by which it goes on."""
        return set(self.children).union(*(tree.children for tree, _ in self.names))

    def child(self, place: int) -> "Node":
        """Return the node after a word, made where there is none."""
        found = self.children.get(place)
        if found is None:
            found = self.children[place] = Node()
        return found

    def after_name(self, tree: "Node") -> "Node":
        """Return the node after any of the names of a tree, made where there is none."""
        for known, then in self.names:
            if known is tree:
                return then
        then = Node()
        self.names = (*self.names, (tree, then))
        return then

    def after(self, place: int) -> Iterator["Node"]:
        """Yield the nodes that a word leads to: by itself, and as one of a name's."""
        if place in self.children:
            yield self.children[place]
        if self.names:
            if self._within is None:
                self._within = {}
            if place not in self._within:
                self._within[place] = tuple(self._inside_names(place))
            yield from self._within[place]

    def _inside_names(self, place: int) -> Iterator["Node"]:
        names = tuple(
            (tree.children[place], then) for tree, then in self.names if place in tree.children
        )
        yield from (then for tree, then in names if tree.ends_name)
        if names:
            yield Node(names=names)


class WordIndex(dict[str, frozenset[int]]):
    """The slots that each word form can fill, looked up once and cached."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._numbers: dict[tuple[WordForm, ...], int] = {}
        self._exact: defaultdict[WordForm, set[int]] = defaultdict(set)
        self._wildcards: list[tuple[re.Pattern[str], int]] = []
        self._longest = {"prefix": 0, "suffix": 0}
        self._everywhere: set[int] = set()
        self._lemmas = False

    def number(self, place: tuple[WordForm, ...]) -> int:
        """Return the number of a place, the same for the same forms."""
        known = self._numbers.get(place)
        if known is not None:
            return known
        number = self._numbers[place] = len(self._numbers)
        for form in place:
            if form.kind == "any":
                self._everywhere.add(number)
            elif form.kind == "wildcard":
                # fnmatch makes a pattern that does not backtrack from one star into another.
                self._wildcards.append((re.compile(fnmatch.translate(form.value)), number))
            else:
                self._exact[form].add(number)
            if form.kind in self._longest:
                self._longest[form.kind] = max(self._longest[form.kind], len(form.value))
            self._lemmas = self._lemmas or form.kind == "lemma"
        return number

    def __missing__(self, word: str) -> frozenset[int]:
        """Look a word form up at its first use."""
        if word == _NO_WORD:
            return frozenset()
        lowered = word.lower()
        forms = [WordForm("word", lowered), WordForm("cased", word)]
        forms += [
            WordForm("prefix", lowered[:length])
            for length in range(1, min(len(lowered), self._longest["prefix"]) + 1)
        ]
        forms += [
            WordForm("suffix", lowered[-length:])
            for length in range(1, min(len(lowered), self._longest["suffix"]) + 1)
        ]
        if self._lemmas:
            forms.append(WordForm("lemma", lemma(lowered, self._language)))
        found = set(self._everywhere).union(*(self._exact.get(form, ()) for form in forms))
        found.update(number for pattern, number in self._wildcards if pattern.match(lowered))
        if len(self) >= _MAX_CACHED:
            self.clear()
        result = self[word] = frozenset(found)
        return result


def _bits_of(targets: Iterable[PhraseEnd]) -> int:
    bits = 0
    for target in targets:
        if target.near is not None:
            bits |= 1 << target.near
    return bits


class MatchState(dict[str, "MatchState | None"]):
    """The nodes that the words read so far lead to, and the next state by each next word.

    Several patterns may be open at once; each step is computed once and cached, so that
    reading on costs one look-up, however many patterns there are.
    """

    __slots__ = (
        "_lexicon",
        "_nodes",
        "_states",
        "_steps",
        "ends_a_phrase",
        "firsts",
        "goes_on",
        "plain",
        "seconds",
    )

    def __init__(
        self,
        nodes: Iterable[Node],
        lexicon: WordIndex,
        states: "dict[frozenset[int], MatchState]",
    ) -> None:
        super().__init__()
        self._nodes = tuple(nodes)
        self._lexicon = lexicon
        self._states = states
        targets = [target for node in self._nodes for target in node.targets]
        self.ends_a_phrase = bool(targets)
        self.plain = [
            (target.excludes, target.rule, target.order, target.pattern.text)
            for target in targets
            if target.near is None
        ]
        # Which patterns of two phrases have their first, their second one here: a bit for each.
        self.firsts = _bits_of(target for target in targets if not target.is_second)
        self.seconds = _bits_of(target for target in targets if target.is_second)
        self._steps = frozenset[int]().union(*(node.steps() for node in self._nodes))
        self.goes_on = bool(self._steps)

    def __missing__(self, word: str) -> "MatchState | None":
        """Compute a step at its first use."""
        if len(self) >= _MAX_CACHED:
            self.clear()
        places = self._steps.intersection(self._lexicon[word])
        self[word] = state = self._shared(places) if places else None
        return state

    def _shared(self, places: frozenset[int]) -> "MatchState":
        """Return the one state for the nodes after these places, whichever words led to them."""
        nodes = {
            following for node in self._nodes for place in places for following in node.after(place)
        }
        key = frozenset(map(id, nodes))
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = MatchState(nodes, self._lexicon, self._states)
        return state


class Unit(NamedTuple):
    """A word within a piece of text between two spaces."""

    state: "MatchState | None"  # where it leads from the tree's root
    word: str
    start: int  # in the piece
    end: int
    joins_next: bool  # whether a phrase may run on after it
    joins_before: bool


class Pieces(dict[str, tuple[Unit, ...]]):
    """The words of each piece of text between two spaces, computed once and cached."""

    def __init__(self, root: "MatchState") -> None:
        super().__init__()
        self._root = root

    def __missing__(self, piece: str) -> tuple[Unit, ...]:
        """Split a piece at its first use."""
        spans = [match.span() for match in UNIT.finditer(piece)]
        if len(self) >= _MAX_CACHED:
            self.clear()
        if not spans:
            # A dash of its own between two words parts them, as if it were a word.
            unit = Unit(None, _NO_WORD, 0, len(piece), False, False)
            transparent = not piece or _joined(piece, 0, len(piece))
            self[piece] = () if transparent else (unit,)
            return self[piece]
        edges = [0, *(edge for span in spans for edge in span), len(piece)]
        gaps = [
            start == end or _joined(piece, start, end)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        self[piece] = tuple(
            Unit(
                self._root[piece[start:end]],
                piece[start:end],
                start,
                end,
                gaps[place + 1],
                gaps[place],
            )
            for place, (start, end) in enumerate(spans)
        )
        return self[piece]


def _joined(text: str, start: int, end: int) -> bool:
    """Return whether a phrase may continue over these characters."""
    return _PHRASE_GAP.fullmatch(text, start, end) is not None
