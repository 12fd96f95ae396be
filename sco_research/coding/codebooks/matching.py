"""One compiled matcher for all patterns of a codebook.

The patterns share one tree of words, entered by their first word, and each distinct word form is
looked up once. The cost of a text therefore grows with its length and not with the patterns.

**Rule of overlaps.** Within one category, words are counted once: of matches that share a word the
longest counts, then the leftmost, then the pattern listed first. A match that shares a word with a
match of one of the category's exclude patterns does not count. Different categories may claim the
same words; each then has its own match, save that a category may yield to those below it in their
sentence, and that patterns too general to count beside others (``alone``) yield to all of them. A
match never leaves its sentence, and a phrase does not run over a comma, semicolon,
colon, bracket, dash or full stop between two words.

**Words that point back.** "This country" in a sentence after one on Iran is about Iran too.
Categories with the same list of such words form a family. In a paragraph, a sentence that has no
match of a family's categories but one of its words takes the categories of the last sentence that
had any; the words that point back are the evidence.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from sco_research.coding.codebooks.automaton import (
    MatchState,
    Node,
    PhraseEnd,
    Pieces,
    Unit,
    WordIndex,
)
from sco_research.coding.codebooks.patterns import Pattern, Phrase, name_kind


class Match(NamedTuple):
    """One hit: which pattern of which category, from which to which character of the text."""

    category: str
    pattern: str
    start: int
    end: int


class CategoryPatterns(NamedTuple):
    """What a category looks for."""

    category: str
    include: tuple[Pattern, ...]
    exclude: tuple[Pattern, ...]
    yields_to_children: bool = False
    alone: bool = False
    capitalised: bool = False


NO_NAMES: Mapping[str, Sequence[Phrase]] = {}
# No id of a category begins so.
_FAMILY = "~"
# Rule, minus the number of words, first word, order of the pattern, end, pattern: tuples of these
# sort as the rule of overlaps prefers.
_Candidate: TypeAlias = tuple[int, int, int, int, int, str]
# First word, the word after the last, where the tree was left.
_Phrase: TypeAlias = tuple[int, int, MatchState]


class Matcher:
    """The patterns of some categories, compiled.

    Parameters
    ----------
    rules : iterable of CategoryPatterns
        The categories in the codebook's order.
    language : str
        ISO 639-1 code of the patterns' words.
    names : mapping, optional
        The phrases of each kind of names that may stand for a word in braces.

    Examples
    --------
    >>> from sco_research.coding.codebooks.patterns import parse_pattern
    >>> include = tuple(map(parse_pattern, ("drug*", "drug trafficking")))
    >>> drugs = CategoryPatterns("drugs", include, ())
    >>> Matcher([drugs]).matches("They oppose drug trafficking.")
    [Match(category='drugs', pattern='drug trafficking', start=12, end=28)]
    """

    def __init__(
        self,
        rules: Iterable[CategoryPatterns],
        *,
        language: str = "en",
        names: Mapping[str, Sequence[Phrase]] = NO_NAMES,
    ) -> None:
        self._rules = tuple(rules)
        self._yields_to = [
            frozenset(
                number
                for number, other in enumerate(self._rules)
                if other.category.startswith(f"{rule.category}.")
            )
            if rule.yields_to_children
            else frozenset[int]()
            for rule in self._rules
        ]
        self._alone = frozenset(number for number, rule in enumerate(self._rules) if rule.alone)
        self._capitalised = frozenset(
            number for number, rule in enumerate(self._rules) if rule.capitalised
        )
        self._of_families = frozenset(
            number for number, rule in enumerate(self._rules) if rule.category.startswith(_FAMILY)
        )
        self._lexicon = WordIndex(language)
        self._root = Node()
        self._names = {kind: self._tree_of(phrases) for kind, phrases in names.items()}
        self._near: list[PhraseEnd] = []  # the first phrases of patterns that have two
        patterns = (
            (number, pattern, excludes)
            for number, rule in enumerate(self._rules)
            for group, excludes in ((rule.include, False), (rule.exclude, True))
            for pattern in group
        )
        for order, (number, pattern, excludes) in enumerate(patterns):
            near = None if pattern.distance is None else len(self._near)
            first = PhraseEnd(number, order, pattern, excludes, near)
            self._add(pattern.phrases[0], first)
            if near is not None:
                self._near.append(first)
                second = PhraseEnd(number, order, pattern, excludes, near, is_second=True)
                self._add(pattern.phrases[1], second)
        self._pieces = Pieces(MatchState([self._root], self._lexicon, {}))

    def _tree_of(self, names: Iterable[Phrase]) -> Node:
        tree = Node()
        for phrase in names:
            node = tree
            for place in phrase:
                node = node.child(self._lexicon.number(place))
            node.ends_name = True
        return tree

    def _add(self, phrase: Phrase, target: PhraseEnd) -> None:
        node = self._root
        for place in phrase:
            kind = name_kind(place)
            if not kind:
                node = node.child(self._lexicon.number(place))
            elif kind in self._names:
                node = node.after_name(self._names[kind])
            else:
                return  # nobody has such names, so that nothing can match
        node.targets = (*node.targets, target)

    def matches(self, text: str) -> list[Match]:
        """Return the matches in one sentence, by place, then in the codebook's order."""
        pieces = text.split(" ")
        taken_apart = list(map(self._pieces.__getitem__, pieces))
        units = list(chain.from_iterable(taken_apart))
        found: list[_Phrase] = []
        # Most words begin no phrase, and most of the rest none that goes on: a look at the next
        # word saves a call.
        live = [(place, unit[0]) for place, unit in enumerate(units) if unit[0] is not None]
        for place, state in live:
            if state.goes_on and place + 1 < len(units) and state[units[place + 1][1]] is not None:
                _follow(state, place, units, found)
            elif state.ends_a_phrase:
                found.append((place, place + 1, state))
        if not found:
            return []
        at = (0, 0, 0)
        result = []
        for start, rule, end, pattern in self._resolve(found):
            at = _moved(at, start, pieces, taken_apart)
            last = at if end - start == 1 else _moved(at, end - 1, pieces, taken_apart)
            begin = at[2] + units[start][2]
            finish = last[2] + units[end - 1][3]
            # The last word decides: "the Organization", "Republic of Korea".
            if rule in self._capitalised and text[last[2] + units[end - 1][2]].islower():
                continue
            result.append(Match(self._rules[rule][0], pattern, begin, finish))
        return result

    def _resolve(self, found: Sequence[_Phrase]) -> list[tuple[int, int, int, str]]:
        """Return the matches that the rule of overlaps keeps: first word, rule, end, pattern."""
        candidates: list[_Candidate] = []
        taken: defaultdict[int, set[int]] = defaultdict(set)  # by rule, words counted or excluded
        firsts = seconds = 0
        for start, end, state in found:
            for excludes, rule, order, text in state.plain:
                if excludes:
                    taken[rule].update(range(start, end))
                else:
                    candidates.append((rule, start - end, start, order, end, text))
            firsts |= state.firsts
            seconds |= state.seconds
        both = firsts & seconds
        for start, end, target in self._near_pairs(found, both) if both else ():
            rule = target.rule
            if target.excludes:
                taken[rule].update(range(start, end))
            else:
                text = target.pattern.text
                candidates.append((rule, start - end, start, target.order, end, text))
        candidates.sort()
        result = []
        for rule, _, start, _, end, pattern in candidates:
            words, before = range(start, end), taken[rule]
            if before.isdisjoint(words):
                before.update(words)
                result.append((start, rule, end, pattern))
        result.sort()
        present = {rule for _, rule, _, _ in result}
        silent = {rule for rule in present if not present.isdisjoint(self._yields_to[rule])}
        if present & self._alone and present - self._alone - self._of_families - silent:
            silent |= self._alone
        return [hit for hit in result if hit[1] not in silent] if silent else result

    def _near_pairs(
        self, found: Sequence[_Phrase], both: int
    ) -> Iterator[tuple[int, int, PhraseEnd]]:
        """Yield the spans of the patterns of which both phrases occur in the sentence."""
        while both:
            bit = both & -both
            both ^= bit
            left = [(start, end) for start, end, state in found if state.firsts & bit]
            right = [(start, end) for start, end, state in found if state.seconds & bit]
            target = self._near[bit.bit_length() - 1]
            for start, end in _near(left, right, target.pattern.distance or 0):
                yield start, end, target


def _moved(
    at: tuple[int, int, int],
    unit: int,
    pieces: Sequence[str],
    units: Sequence[tuple[Unit, ...]],
) -> tuple[int, int, int]:
    """Move forward to the piece of a unit: its number, its first unit, where it begins."""
    piece, first, offset = at
    while (following := first + len(units[piece])) <= unit:
        first = following
        offset += len(pieces[piece]) + 1
        piece += 1
    return piece, first, offset


def _follow(first: MatchState, place: int, units: Sequence[Unit], found: list[_Phrase]) -> None:
    """Read on from a word as far as the tree goes, and note the phrases that end on the way."""
    state: MatchState | None = first
    end = place
    while state is not None:
        end += 1
        if state.ends_a_phrase:
            found.append((place, end, state))
        if not state.goes_on or end == len(units):
            return
        following = units[end]
        state = state[following.word]
        if state is not None and not (units[end - 1].joins_next and following.joins_before):
            return


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


class Anaphora:
    """The families of categories that words such as "this country" point back to.

    Parameters
    ----------
    patterns : mapping
        For each category id the patterns of its words that point back.
    """

    __slots__ = ("_family", "rules")

    def __init__(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
        families = list(dict.fromkeys(found for found in patterns.values() if found))
        names = {family: f"{_FAMILY}{number}" for number, family in enumerate(families)}
        self._family = {name: names[found] for name, found in patterns.items() if found}
        self.rules = tuple(CategoryPatterns(names[family], family, ()) for family in families)

    def resolved(self, paragraph: Sequence[list[Match]]) -> list[list[Match]]:
        """Return the matches of a paragraph's sentences with the words that point back resolved."""
        # Most paragraphs have nothing to resolve.
        if not any(match[0].startswith(_FAMILY) for matches in paragraph for match in matches):
            return list(paragraph)
        last: dict[str, list[str]] = {}
        result = []
        for matches in paragraph:
            own: dict[str, list[str]] = {}
            for match in matches:
                family = self._family.get(match.category)
                if family is not None and match.category not in own.setdefault(family, []):
                    own[family].append(match.category)
            kept = []
            for match in matches:
                if not match.category.startswith(_FAMILY):
                    kept.append(match)
                elif match.category not in own:
                    kept += [match._replace(category=name) for name in last.get(match.category, ())]
            last.update(own)
            result.append(kept)
        return result
