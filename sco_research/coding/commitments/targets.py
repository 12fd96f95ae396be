"""Discrete targets: into how many commitments an undertaking falls (protocol, section 7).

The words after the undertaking are cut where purpose, basis, manner or examples begin, and then
parted at commas and conjunctions. Verbs of like meaning on one object, words that official texts
use as one notion and mere qualities are put together again.
"""

from dataclasses import dataclass

from sco_research.coding.commitments.inflection import may_be_verb
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
    if end < stop and sentence.lexicon.sets["means"].issuperset(sentence.words[start:end]):
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
    sets = sentence.lexicon.sets
    may_end = sentence.lexicon.target_ends.keys() | sets["before_gerunds"]
    words, tags = sentence.words, sentence.tags
    while stop > start and tags[stop - 1] in TRAILING_SIGN:
        stop -= 1
    for index in range(start + 1, stop):
        if words[index] not in may_end and tags[index] != GERUND:
            continue
        for row in sentence.lexicon.target_ends.get(words[index], ()):
            named = sentence.raw[index - 1][:1].isupper() and row[0] in sets["ends_not_of_names"]
            if words[index : index + len(row)] == row and not named:
                return _back(sentence, start, index)
        before_gerund = tags[index + 1 : index + 2] == GERUND and index + 1 < stop
        if before_gerund and words[index] in sets["before_gerunds"]:
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
    sets = sentence.lexicon.sets
    goods = sets["notion_of_goods"]
    words = sentence.words[piece.start : piece.end]
    earlier = sentence.words[before.start : before.end]
    if len(earlier) <= 2 and all(
        may_be_verb(word, sentence.lexicon.inflection) or word in sets["before_verbs"]
        for word in earlier
    ):
        return True  # "deepen and widen trade"
    if words[0] in sets["adjuncts"] or _is_parted(sentence, before):
        return True  # "reduce, by 2040, the time"
    if not sets["resumed_by_targets"].isdisjoint(words[1:3]) or (
        "its" in words and "implementation" in words
    ):
        return True  # "draft a plan and submit it", "the strategy and its action plan"
    if sets["places"].issuperset(words):
        return True
    partners = not sets["partners"].isdisjoint(earlier[-6:])
    if partners and (not sets["partners"].isdisjoint(words) or _is_quality(sentence, words[-1])):
        return True
    if earlier[-1] in goods:
        more = _is_quality(sentence, words[0]) or words[0] in goods
        if words[-1] in goods or "cooperation" in words[:3] or more:
            return True
    if _is_compound(sentence, before, piece):
        return True
    notions = [notion for notion in sentence.lexicon.notions if not notion.isdisjoint(earlier[-2:])]
    if any(not notion.isdisjoint(words[:2] + words[-1:]) for notion in notions):
        return True
    if notions and any(words[0] in notion for notion in sentence.lexicon.notions):
        return False  # "scientific, cultural …": two notions
    if sentence.tags[piece.end - 1] in PREMODIFIER:
        return True
    joined = sentence.tags[before.end : before.end + 1] in COORDINATING
    return joined and _is_quality(sentence, earlier[-1]) and earlier[-1] not in sets["no_qualities"]


def _is_parted(sentence: Sentence, target: Target) -> bool:
    """Return whether the object of a verb is still to come: "reduce, by 2040, …"."""
    comma = sentence.tags.find(COMMA, target.start, target.end)
    if comma <= target.start or sentence.words[comma + 1] not in sentence.lexicon.sets["adjuncts"]:
        return False
    tag, word = sentence.tags[comma - 1], sentence.words[comma - 1]
    return tag == BASE_FORM or (tag == NOUN and may_be_verb(word, sentence.lexicon.inflection))


def _is_compound(sentence: Sentence, before: Target, piece: Target) -> bool:
    """Return whether two nouns stand before one head: "information and communication tools"."""
    joined = sentence.tags[before.end : before.end + 1] == CONJUNCTION
    bare = before.end - before.start > 1 and sentence.tags[before.end - 2] in BEFORE_BARE_NOUN
    return joined and bare and sentence.tags[piece.start : piece.start + 2] == TWO_NOUNS


def _is_quality(sentence: Sentence, word: str) -> bool:
    """Return whether a word is an adjective, by the codebook or by its ending."""
    return word in sentence.lexicon.sets["qualities"] or word.endswith(
        sentence.lexicon.lists["quality_endings"]
    )
