"""Discrete targets: into how many commitments an undertaking falls (protocol, section 7).

The words after the undertaking are cut where purpose, basis, manner or examples begin, and then
parted at commas and conjunctions. Verbs of like meaning on one object, words that official texts
use as one notion and mere qualities are put together again.
"""

from dataclasses import dataclass

from sco_research.coding.commitments.inflection import may_be_verb, word_set
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    BASE_FORM,
    BEFORE_BARE_NOUN,
    CLOSING,
    COMMA,
    CONJUNCTION,
    COORDINATING,
    GERUND,
    NOUN,
    OPENING,
    PIECE_BREAK,
    PREMODIFIER,
    TRAILING,
    TRAILING_SIGN,
    TWO_NOUNS,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One target: its first word and the word after its last, by number."""

    start: int
    end: int


# Where what is undertaken ends and its purpose, basis, manner or example begins.
_ENDS = (
    ("in order",), ("so as",), ("aimed", "at"), ("aiming",), ("with", "a", "view"),
    ("with a view",), ("including",), ("inter alia",), ("such as",),
    ("based", "on"), ("on", "the", "basis"),
    ("in", "accordance"), ("in", "line"), ("in", "compliance"), ("in", "conformity"),
    ("with", "the", "aim"), ("for", "the", "purpose"), ("in", "the", "interests"),
    ("for", "the", "benefit"), ("through",), ("which",), ("who",), ("that",), ("while",),
    ("taking", "into"), ("in", "particular"), ("in particular",), ("as", "well", "as", "through"),
    ("where",), ("when",), ("so that",), ("without",), ("as", "agreed"), ("namely",),
    ("especially",), ("particularly",), ("in", "the", "spirit"), ("under", "the"), ("guided",),
    ("thereby",), ("thus",), ("noting",), ("recognizing",), ("given",), ("by", "means"),
)  # fmt: skip
_SETS = (
    word_set("terrorism separatism extremism terrorist separatist extremist"),
    word_set("drugs narcotic narcotics psychotropic substances precursors drug"),
    word_set("weapons ammunition explosives arms"),
    word_set("trade economic economy"),
    word_set("scientific technical science technology technological scientific-technical"),
    word_set("cultural humanitarian culture"),
    word_set("rules norms principles standards"),
    word_set(
        "peace security stability friendship prosperity harmony good-neighborliness"
        " good-neighbourliness trust development well-being wellbeing progress growth justice"
        " equality understanding peaceful safe secure open stable prosperous"
    ),
)
_GOODS = _SETS[-1]
_QUALITIES = word_set("fair free just equal broad strong open new joint fast smart green")
_QUALITY_ENDINGS = (
    "al", "ic", "ive", "ary", "ful", "ous", "ed", "able", "ible", "ant", "ent", "ern",
)  # fmt: skip
_PARTNERS = word_set(
    "states countries organizations organisations agencies partners structures institutions"
    " associations bodies observers parties"
)
_MEANS = word_set(
    "take taking measures steps efforts actions action joint necessary all effective coordinated"
    " further practical concrete the make every effort comprehensive to"
)
_PLACES = word_set("the a entire whole world region regions globe country countries")
_BEFORE_VERBS = frozenset({"to", "neither", "either", "both"})
_ADJUNCTS = frozenset({"by", "within", "under", "as", "until", "before", "where", "if"})
_PRONOUNS = frozenset({"it", "them", "this", "these"})
_LONGEST_ROW = max(len(row) for row in _ENDS)
_BEFORE_GERUNDS = frozenset({"by", "for"})
_MAY_END = _BEFORE_GERUNDS.union(row[0] for row in _ENDS)
_ENDS_BY_WORD: dict[str, tuple[tuple[str, ...], ...]] = {
    first: tuple(row for row in _ENDS if row[0] == first) for first in {row[0] for row in _ENDS}
}


def targets_of(sentence: Sentence, start: int, stop: int) -> list[Target]:
    """Return the discrete targets in the words from start to stop; at least one.

    Examples
    --------
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.coding.commitments.tagging import tag
    >>> text = "develop cooperation in forestry, trade and economic affairs, and sport"
    >>> words = tag(text, load_lexicon())
    >>> found = targets_of(words, 0, len(words.tags))
    >>> [" ".join(words.raw[target.start : target.end]) for target in found]
    ['develop cooperation in forestry', 'trade and economic affairs', 'sport']
    """
    end = _cut(sentence, start, stop)
    if end < stop and _MEANS.issuperset(sentence.words[start:end]):
        # "take measures aimed at …": the object is only a means, the targets are in the purpose.
        after = min(end + 2, stop)
        return targets_of(sentence, after, stop) if after < stop else [Target(start, end)]
    if end <= start:
        return [Target(start, max(start + 1, end))]
    merged: list[Target] = []
    for piece in _pieces(sentence, start, end):
        if merged and _belongs(sentence, merged[-1], piece):
            merged[-1] = Target(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    return merged or [Target(start, end)]


def _cut(sentence: Sentence, start: int, stop: int) -> int:
    """Return where what is undertaken ends."""
    words, tags = sentence.words, sentence.tags
    while stop > start and tags[stop - 1] in TRAILING_SIGN:
        stop -= 1
    for index in range(start + 1, stop):
        if words[index] not in _MAY_END and tags[index] != GERUND:
            continue
        for row in _ENDS_BY_WORD.get(words[index], ()):
            named = sentence.raw[index - 1][:1].isupper() and row[0] in {"aimed", "on", "through"}
            if words[index : index + len(row)] == row and not named:
                return _back(sentence, start, index)
        before_gerund = tags[index + 1 : index + 2] == GERUND and index + 1 < stop
        if before_gerund and words[index] in _BEFORE_GERUNDS:
            return _back(sentence, start, index)
        if tags[index] == GERUND and tags[index - 1] == COMMA and index - start > _LEAST_OBJECT:
            # ", drawing on …" tells the manner; "developing X, opening Y" is a list of its own.
            listed = COMMA in tags[start : index - 1] or GERUND in tags[start : start + 2]
            if not listed:
                return _back(sentence, start, index)
    return stop


_LEAST_OBJECT = 3


def _back(sentence: Sentence, start: int, index: int) -> int:
    while index > start + 1 and sentence.tags[index - 1] in TRAILING:
        index -= 1
    return index


def _pieces(sentence: Sentence, start: int, stop: int) -> list[Target]:
    pieces: list[Target] = []
    begin = start
    depth = 0
    for index in range(start, stop):
        tag = sentence.tags[index]
        depth += (tag == OPENING) - (tag == CLOSING)
        if depth <= 0 and tag in PIECE_BREAK:
            if index > begin:
                pieces.append(Target(begin, index))
            begin = index + 1
    if stop > begin:
        pieces.append(Target(begin, stop))
    return pieces


def _belongs(sentence: Sentence, before: Target, piece: Target) -> bool:
    """Return whether a piece is no target of its own but goes with the one before it."""
    words = sentence.words[piece.start : piece.end]
    earlier = sentence.words[before.start : before.end]
    if len(earlier) <= 2 and all(may_be_verb(word) or word in _BEFORE_VERBS for word in earlier):
        return True  # "deepen and widen trade"
    if words[0] in _ADJUNCTS or _is_parted(sentence, before):
        return True  # "reduce, by 2040, the time"
    if not _PRONOUNS.isdisjoint(words[1:3]) or ("its" in words and "implementation" in words):
        return True  # "draft a plan and submit it", "the strategy and its action plan"
    if _PLACES.issuperset(words):
        return True
    partners = not _PARTNERS.isdisjoint(earlier[-6:])
    if partners and (not _PARTNERS.isdisjoint(words) or _is_quality(words[-1])):
        return True
    if earlier[-1] in _GOODS:
        more = _is_quality(words[0]) or words[0] in _GOODS
        if words[-1] in _GOODS or "cooperation" in words[:3] or more:
            return True
    if _is_compound(sentence, before, piece):
        return True
    notions = [notion for notion in _SETS if earlier[-1] in notion or (earlier[-2:-1] and (
        earlier[-2] in notion))]  # fmt: skip
    if any(not notion.isdisjoint(words[:2] + words[-1:]) for notion in notions):
        return True
    if notions and any(words[0] in notion for notion in _SETS):
        return False  # "scientific, cultural …": two notions
    if sentence.tags[piece.end - 1] in PREMODIFIER:
        return True
    joined = sentence.tags[before.end : before.end + 1] in COORDINATING
    return joined and _is_quality(earlier[-1]) and earlier[-1] not in _NO_QUALITIES


def _is_parted(sentence: Sentence, target: Target) -> bool:
    """Return whether the object of a verb is still to come: "reduce, by 2040, …"."""
    comma = sentence.tags.find(COMMA, target.start, target.end)
    if comma <= target.start or sentence.words[comma + 1] not in _ADJUNCTS:
        return False
    tag, word = sentence.tags[comma - 1], sentence.words[comma - 1]
    return tag == BASE_FORM or (tag == NOUN and may_be_verb(word))


def _is_compound(sentence: Sentence, before: Target, piece: Target) -> bool:
    """Return whether two nouns stand before one head: "information and communication tools"."""
    joined = sentence.tags[before.end : before.end + 1] == CONJUNCTION
    bare = before.end - before.start > 1 and sentence.tags[before.end - 2] in BEFORE_BARE_NOUN
    return joined and bare and sentence.tags[piece.start : piece.start + 2] == TWO_NOUNS


_NO_QUALITIES = word_set(
    "development management government environment investment agreement treatment employment"
    " speed need proposal terminal hospital festival material arsenal capital"
)


def _is_quality(word: str) -> bool:
    return word in _QUALITIES or word.endswith(_QUALITY_ENDINGS)
