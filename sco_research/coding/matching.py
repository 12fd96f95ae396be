"""One compiled matcher for all patterns of a codebook.

The patterns share one tree of words, entered by their first word, and each distinct word form is
looked up once. The cost of a text therefore grows with its length and not with the patterns.

**Rule of overlaps.** Within one category, words are counted once: of matches that share a word the
longest stands, then the leftmost, then the pattern listed first. A match that shares a word with a
match of one of the category's exclude patterns does not count. Different categories may claim the
same words; each then has its own match, save that a category may yield to those below it in their
sentence. A match never leaves its sentence, and a phrase does not
run over a comma, semicolon, colon, bracket, dash or full stop between two words.
"""

import fnmatch
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from sco_research.coding.patterns import UNIT, Form, Pattern, lemma

# What may stand between two words of a phrase: spaces, hyphens, apostrophes, quotation marks, the
# points of "U.N. Charter", a slash.
_PHRASE_GAP = re.compile(r"(?:\s*[-'’‘ʼ‐‑\"“”«»/]\s*|\s+|(?<=\b\w)\.\s?)+")
_FORMS_REMEMBERED = 500_000


class Match(NamedTuple):
    """One hit: which pattern of which category, from which to which character of the text."""

    category: str
    pattern: str
    start: int
    end: int


class Rules(NamedTuple):
    """What a category looks for."""

    category: str
    include: tuple[Pattern, ...]
    exclude: tuple[Pattern, ...]
    yields_to_children: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    """Where a finished phrase counts; compared by identity, for speed."""

    rule: int
    order: int  # the pattern's place in the codebook
    pattern: Pattern
    excludes: bool
    other_side: "_Target | None" = None  # of NEAR; only the first phrase knows the second
    is_second: bool = False


@dataclass(slots=True)
class _Node:
    children: "dict[int, _Node]" = field(default_factory=dict)
    targets: list[_Target] = field(default_factory=list)


# Rule, minus the number of words, first word, order of the pattern, end, pattern: tuples of these
# sort as the rule of overlaps prefers.
_Candidate: TypeAlias = tuple[int, int, int, int, int, str]


class _Lexicon(dict[str, frozenset[int]]):
    """From a word form to the places that it can fill, looked up once and remembered."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._numbers: dict[tuple[Form, ...], int] = {}
        self._exact: defaultdict[Form, set[int]] = defaultdict(set)
        self._wildcards: list[tuple[re.Pattern[str], int]] = []
        self._longest = {"prefix": 0, "suffix": 0}
        self._everywhere: set[int] = set()
        self._lemmas = False

    def number(self, place: tuple[Form, ...]) -> int:
        """Return the number of a place, the same for the same forms."""
        if place in self._numbers:
            return self._numbers[place]
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
        """Look a word form up for the first time."""
        lowered = word.lower()
        forms = [Form("word", lowered), Form("cased", word)]
        forms += [
            Form("prefix", lowered[:length])
            for length in range(1, min(len(lowered), self._longest["prefix"]) + 1)
        ]
        forms += [
            Form("suffix", lowered[-length:])
            for length in range(1, min(len(lowered), self._longest["suffix"]) + 1)
        ]
        if self._lemmas:
            forms.append(Form("lemma", lemma(lowered, self._language)))
        found = set(self._everywhere).union(*(self._exact.get(form, ()) for form in forms))
        found.update(number for pattern, number in self._wildcards if pattern.match(lowered))
        if len(self) >= _FORMS_REMEMBERED:
            self.clear()
        result = self[word] = frozenset(found)
        return result


class _State(dict[str, "_State | None"]):
    """Where a reader of words stands in the tree, and by each next word where it goes.

    Several patterns may be open at once; each step is worked out once and remembered, so that
    reading on costs one look-up, however many patterns there are.
    """

    __slots__ = ("_lexicon", "_nodes", "_states", "goes_on", "targets")

    def __init__(
        self,
        nodes: Iterable[_Node],
        lexicon: _Lexicon,
        states: "dict[frozenset[int], _State]",
    ) -> None:
        super().__init__()
        self._nodes = tuple(nodes)
        self._lexicon = lexicon
        self._states = states
        self.targets = tuple(target for node in self._nodes for target in node.targets)
        self.goes_on = any(node.children for node in self._nodes)

    def __missing__(self, word: str) -> "_State | None":
        """Work out a step for the first time."""
        places = sorted(self._lexicon[word])
        nodes = [
            node.children[place]
            for node in self._nodes
            for place in places
            if place in node.children
        ]
        if len(self) >= _FORMS_REMEMBERED:
            self.clear()
        self[word] = state = self._shared(nodes) if nodes else None
        return state

    def _shared(self, nodes: list[_Node]) -> "_State":
        """Return the one state for these nodes, whichever words led to them."""
        key = frozenset(map(id, nodes))
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = _State(nodes, self._lexicon, self._states)
        return state


class Matcher:
    """The patterns of some categories, compiled.

    Parameters
    ----------
    rules : iterable of Rules
        The categories in the codebook's order.
    language : str
        ISO 639-1 code of the patterns' words.

    Examples
    --------
    >>> from sco_research.coding.patterns import parse_pattern
    >>> drugs = Rules("drugs", (parse_pattern("drug*"), parse_pattern("drug trafficking")), ())
    >>> Matcher([drugs]).matches("They oppose drug trafficking.")
    [Match(category='drugs', pattern='drug trafficking', start=12, end=28)]
    """

    def __init__(self, rules: Iterable[Rules], *, language: str = "en") -> None:
        self._rules = tuple(rules)
        self._yields_to = [
            frozenset(
                number
                for number, other in enumerate(self._rules)
                if rule.yields_to_children and other.category.startswith(f"{rule.category}.")
            )
            for rule in self._rules
        ]
        self._lexicon = _Lexicon(language)
        self._root = _Node()
        self._start = _State([self._root], self._lexicon, {})
        patterns = (
            (number, pattern, excludes)
            for number, rule in enumerate(self._rules)
            for group, excludes in ((rule.include, False), (rule.exclude, True))
            for pattern in group
        )
        for order, (number, pattern, excludes) in enumerate(patterns):
            second = None
            if pattern.distance is not None:
                second = _Target(number, order, pattern, excludes, is_second=True)
                self._add(pattern.phrases[1], second)
            first = _Target(number, order, pattern, excludes, second)
            self._add(pattern.phrases[0], first)

    def _add(self, phrase: Sequence[tuple[Form, ...]], target: _Target) -> None:
        node = self._root
        for place in phrase:
            node = node.children.setdefault(self._lexicon.number(place), _Node())
        node.targets.append(target)

    def matches(self, text: str) -> list[Match]:
        """Return the matches in one sentence, by place, then in the codebook's order."""
        units = UNIT.findall(text)
        step = self._start.__getitem__
        starts = [
            (place, state) for place, state in enumerate(map(step, units)) if state is not None
        ]
        if not starts:
            return []
        spans = [match.span() for match in UNIT.finditer(text)]
        found: dict[_Target, list[tuple[int, int]]] = {}
        for place, first in starts:
            state: _State | None = first
            end = place
            while state is not None:
                end += 1
                for target in state.targets:
                    found.setdefault(target, []).append((place, end))
                if not state.goes_on or end == len(units):
                    break
                state = state[units[end]]
                if state is not None and not _joined(text, spans[end - 1][1], spans[end][0]):
                    break
        return self._resolve(found, spans) if found else []

    def _resolve(
        self, found: dict[_Target, list[tuple[int, int]]], spans: Sequence[tuple[int, int]]
    ) -> list[Match]:
        """Apply the rule of overlaps, category by category."""
        candidates: list[_Candidate] = []
        taken: dict[int, int] = {}  # by rule, the words that are counted or excluded, as bits
        for target, places in found.items():
            kept = places
            if target.is_second:
                continue
            if target.other_side is not None:
                distance = target.pattern.distance or 0
                kept = _near(places, found.get(target.other_side, []), distance)
            for start, end in kept:
                if target.excludes:
                    taken[target.rule] = taken.get(target.rule, 0) | _bits(start, end)
                else:
                    text = target.pattern.text
                    candidates.append((target.rule, start - end, start, target.order, end, text))
        candidates.sort()
        result = []
        for rule, _, start, _, end, pattern in candidates:
            bits = _bits(start, end)
            before = taken.get(rule, 0)
            if not before & bits:
                taken[rule] = before | bits
                result.append((spans[start][0], rule, spans[end - 1][1], pattern))
        result.sort()
        present = {rule for _, rule, _, _ in result}
        silent = {rule for rule in present if not present.isdisjoint(self._yields_to[rule])}
        return [
            Match(self._rules[rule].category, pattern, start, end)
            for start, rule, end, pattern in result
            if rule not in silent
        ]


def _joined(text: str, start: int, end: int) -> bool:
    """Tell whether a phrase may run over what stands between two words."""
    return text[start:end] == " " or _PHRASE_GAP.fullmatch(text, start, end) is not None


def _bits(start: int, end: int) -> int:
    return ((1 << (end - start)) - 1) << start


def _near(
    first: list[tuple[int, int]], second: list[tuple[int, int]], distance: int
) -> list[tuple[int, int]]:
    """Return the spans from each first phrase to the nearest second one on either side.

    All occurrences of one phrase have the same number of words, so sorting by start sorts by end.
    """
    first, second = sorted(set(first)), sorted(set(second))
    starts = [start for start, _ in second]
    ends = [end for _, end in second]
    found = []
    for start, end in first:
        after = bisect_left(starts, end)
        if after < len(starts) and starts[after] - end <= distance:
            found.append((start, ends[after]))
        before = bisect_right(ends, start) - 1
        if before >= 0 and start - ends[before] <= distance:
            found.append((starts[before], end))
    return found
