"""Discrete targets: into how many commitments an undertaking falls (protocol, section 7).

The words after the undertaking are cut where purpose, basis, manner or examples begin, and then
parted at commas and conjunctions. Verbs of like meaning on one object, words that official texts
use as one notion and mere qualities are put together again.
"""

from dataclasses import dataclass

from sco_research.coding.inflection import may_be_verb
from sco_research.coding.tagging import Tagged


@dataclass(frozen=True, slots=True)
class Target:
    """One target: its first word and the word after its last, by number."""

    start: int
    end: int


# Where what is undertaken ends and its purpose, basis, manner or example begins.
_ENDS = (
    ("in order",), ("so as",), ("aimed", "at"), ("aiming",), ("with", "a", "view"), ("with a view",),
    ("including",), ("inter alia",), ("such as",), ("based", "on"), ("on", "the", "basis"),
    ("in", "accordance"), ("in", "line"), ("in", "compliance"), ("in", "conformity"),
    ("with", "the", "aim"), ("for", "the", "purpose"), ("in", "the", "interests"),
    ("for", "the", "benefit"), ("through",), ("which",), ("who",), ("that",), ("while",),
    ("taking", "into"), ("in", "particular"), ("in particular",), ("as", "well", "as", "through"),
    ("where",), ("when",), ("so that",), ("without",), ("as", "agreed"), ("namely",),
    ("especially",), ("particularly",), ("in", "the", "spirit"), ("under", "the"), ("guided",),
    ("thereby",), ("thus",), ("noting",), ("recognizing",), ("given",), ("by", "means"),
)  # fmt: skip
_SETS = (
    frozenset("terrorism separatism extremism terrorist separatist extremist".split()),
    frozenset("drugs narcotic narcotics psychotropic substances precursors drug".split()),
    frozenset("weapons ammunition explosives arms".split()),
    frozenset("trade economic investment economy".split()),
    frozenset("scientific technical science technology technological scientific-technical".split()),
    frozenset("cultural humanitarian culture".split()),
    frozenset(
        "peace security stability friendship prosperity harmony good-neighborliness"
        " good-neighbourliness trust development well-being wellbeing progress growth justice"
        " equality understanding peaceful safe secure open stable prosperous".split()
    ),
)
_FIELDS = frozenset("field fields area areas sphere spheres sector sectors domain domains".split())


def targets_of(tagged: Tagged, start: int, stop: int) -> list[Target]:
    """Return the discrete targets in the words from start to stop; at least one.

    Examples
    --------
    >>> from sco_research.coding.lexicon import load_lexicon
    >>> from sco_research.coding.tagging import tag
    >>> words = tag("develop cooperation in forestry, trade and economic affairs, and sport", load_lexicon())
    >>> [" ".join(words.raw[t.start : t.end]) for t in targets_of(words, 0, len(words.tags))]
    ['develop cooperation in forestry', 'trade and economic affairs', 'sport']
    """
    stop = _cut(tagged, start, stop)
    if stop <= start:
        return [Target(start, max(start + 1, stop))]
    pieces = _pieces(tagged, start, stop)
    merged: list[Target] = []
    for piece in pieces:
        if merged and _belongs(tagged, merged[-1], piece):
            merged[-1] = Target(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    return merged or [Target(start, stop)]


def _cut(tagged: Tagged, start: int, stop: int) -> int:
    words = tagged.words
    while stop > start and tagged.tags[stop - 1] in ",;:-C(":
        stop -= 1
    for place in range(start + 1, stop):
        for row in _ENDS:
            if words[place : place + len(row)] == row:
                return _back(tagged, start, place)
        if tagged.tags[place] == "G" and tagged.tags[place - 1] in "," and place - start > 3:
            # ", drawing on …" tells the manner; "developing X, opening Y" is a list of its own.
            if tagged.tags[start : start + 2].find("G") < 0:
                return _back(tagged, start, place)
        if words[place] == "by" and tagged.tags[place + 1 : place + 2] == "G":
            return _back(tagged, start, place)
    return stop


def _back(tagged: Tagged, start: int, place: int) -> int:
    while place > start + 1 and tagged.tags[place - 1] in ",;:-CA(":
        place -= 1
    return place


def _pieces(tagged: Tagged, start: int, stop: int) -> list[Target]:
    pieces: list[Target] = []
    begin = start
    depth = 0
    for place in range(start, stop):
        letter = tagged.tags[place]
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in ",;C":
            if place > begin:
                pieces.append(Target(begin, place))
            begin = place + 1
    if stop > begin:
        pieces.append(Target(begin, stop))
    return pieces


def _belongs(tagged: Tagged, before: Target, piece: Target) -> bool:
    """Tell whether a piece is no target of its own but goes with the one before it."""
    words = tagged.words[piece.start : piece.end]
    earlier = tagged.words[before.start : before.end]
    first = earlier[0] if earlier else ""
    if len(earlier) <= 2 and all(may_be_verb(word) or word == "to" for word in earlier):
        return True  # "deepen and widen trade"
    for notion in _SETS:
        if not notion.isdisjoint(words[-2:]) and not notion.isdisjoint(earlier[-3:]):
            return True
        if not notion.isdisjoint(words[:1]) and not notion.isdisjoint(earlier[-1:]):
            return True
    if tagged.tags[piece.end - 1] in "AD":
        return True
    joined = tagged.tags[before.end] == "C"
    # Qualities before one noun: "regional and international organizations".
    quality = len(earlier) and _is_quality(earlier[-1]) and first not in _FIELDS
    return bool(quality and (joined or len(words) <= 3))


def _is_quality(word: str) -> bool:
    return word.endswith(("al", "ic", "ive", "ary", "ful", "ous", "ed", "able", "ible", "ant"))
