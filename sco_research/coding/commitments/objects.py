"""Objects: what one action lists, for those who want to count that."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sco_research.coding.commitments.action_words import (
    is_gerund,
    is_infinitive,
    is_quality,
    over_adverbs,
)
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.names import Span
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERBIAL,
    CLOSING,
    COMMA,
    DETERMINER,
    GERUND,
    JOINS_ACTIONS,
    MAY_END_OBJECT,
    NOUN,
    OPENING,
    OPENS_CLAUSE,
    PREPOSITION,
    PREPOSITION_OR_TO,
    TO,
)
from sco_research.coding.commitments.undertakings import Undertaking

_PAIR = 2
_SIGN = re.compile(f"[{re.escape(''.join(sorted(JOINS_ACTIONS)) + OPENING + CLOSING)}]")


def objects_of(sentence: Sentence, one: Undertaking, names: Sequence[Span] = ()) -> list[Span]:
    """Return what an action lists, each item's tokens; its whole object where it lists nothing.

    The list stands before purpose, means and relative clause. What precedes its first item belongs
    to all: "cooperation in trade, culture and health" lists trade, culture and health. The names
    of instruments, given by their tokens, are not cut.

    Examples
    --------
    >>> from sco_research.coding.commitments.analysis import coded_sentences
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.coding.commitments.undertakings import undertakings_of
    >>> from sco_research.text.document import Document
    >>> text = "We will deepen cooperation in trade, culture and public health to save costs."
    >>> (coded,) = coded_sentences(Document.from_text(text, id="n"), load_lexicon())
    >>> (one,) = undertakings_of(coded.sentence, coded.verdicts)
    >>> [" ".join(coded.sentence.raw[start:end]) for start, end in objects_of(coded.sentence, one)]
    ['trade', 'culture', 'public health']
    """
    # A name is cut nowhere after its first word.
    whole = {
        index
        for first, last in names
        if one.object_at <= first and last <= one.end
        for index in range(first + 1, last)
    }
    end = _end_of_object(sentence, one.object_at, one.end, whole)
    start = _over_little_words(sentence, one.object_at, end)
    if start >= end:
        return []
    pieces = [
        piece
        for piece in _pieces(sentence, start, end, whole)
        if sentence.lexicon.sets["resumed"].isdisjoint(sentence.words[piece[0] + 1 : piece[0] + 2])
        or piece[0] == start
    ]  # "draft a plan and submit it": no object of its own
    pieces = _grouped(sentence, pieces)
    if len(pieces) == 1:
        return pieces
    pieces[0] = (_first_item(sentence, pieces, whole), pieces[0][1])
    if _is_compound(sentence, pieces):
        return [(start, end)]
    return [(_over_little_words(sentence, first, last), last) for first, last in pieces]


@lru_cache(maxsize=32)
def _manners(lexicon: Lexicon) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return by their first words what opens manner, means or basis: "on the basis"."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in lexicon.lists["opens_manner"]:
        row = (phrase,) if phrase in lexicon.closed_classes else tuple(phrase.split())
        found[row[0]] = (*found.get(row[0], ()), row)
    return found


def _end_of_object(sentence: Sentence, start: int, stop: int, whole: set[int]) -> int:
    """Return where purpose, means, examples or a relative clause begin."""
    manners = _manners(sentence.lexicon)
    for index in range(start, stop):
        may = sentence.tags[index] in MAY_END_OBJECT or sentence.words[index] in manners
        if may and index not in whole and _ends_object(sentence, start, index, stop):
            return _back(sentence, start, index)
    return stop


def _ends_object(sentence: Sentence, start: int, index: int, stop: int) -> bool:
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    tag = tags[index]
    if tag in OPENS_CLAUSE or words[index] in sets["opens_examples"]:
        return index > start
    for phrase in _manners(sentence.lexicon).get(words[index], ()):
        if words[index : index + len(phrase)] == phrase:
            return True
    after = over_adverbs(sentence, index + 1, stop)
    if tag == TO:
        return index > start and is_infinitive(sentence, after, stop)
    if (
        tag == PREPOSITION
        and words[index] in sets["before_means"]
        and is_gerund(sentence, after, stop)
    ):
        return index > start
    if index > start and tags[index - 1] == COMMA:
        # ", drawing on …", ", at the latest by …": no item of the list
        parallel = words[index] in words[start:index]
        gerunds = any(is_gerund(sentence, at, stop) for at in range(start, index))
        return (tag in PREPOSITION_OR_TO and not parallel) or (
            tag == GERUND and is_gerund(sentence, index, stop) and not gerunds
        )
    return False


def _grouped(sentence: Sentence, pieces: list[Span]) -> list[Span]:
    """Return items headed by gerunds whole: "raising standards and pay, and training nurses"."""
    heads = [is_gerund(sentence, over_adverbs(sentence, *piece), piece[1]) for piece in pieces]
    if not heads[0] or not any(heads[1:]):
        return pieces
    grouped: list[Span] = []
    for piece, head in zip(pieces, heads, strict=True):
        if head:
            grouped.append(piece)
        else:
            grouped[-1] = (grouped[-1][0], piece[1])
    return grouped


def _is_compound(sentence: Sentence, pieces: list[Span]) -> bool:
    """Return whether two nouns stand before one head: "information and communication tools"."""
    if len(pieces) != _PAIR:
        return False
    first, second = (sentence.tags[start:end] for start, end in pieces)
    return first == NOUN and set(second) == {NOUN} and len(second) > 1


def _back(sentence: Sentence, start: int, index: int) -> int:
    while index > start and (
        sentence.tags[index - 1] in JOINS_ACTIONS or sentence.tags[index - 1] in ADVERBIAL
    ):
        index -= 1
    return index


def _over_little_words(sentence: Sentence, index: int, end: int) -> int:
    while True:
        after = over_adverbs(sentence, index, end)
        if after >= end or sentence.tags[after] not in PREPOSITION_OR_TO:
            return index
        index = after + 1


def _pieces(sentence: Sentence, start: int, end: int, whole: set[int]) -> Iterator[Span]:
    """Yield what commas and conjunctions part; adjectives wait for their noun."""
    tags = sentence.tags
    depth, begin, index = 0, start, start
    while sign := _SIGN.search(tags, index, end):
        index = sign.start()
        depth += (tags[index] == OPENING) - (tags[index] == CLOSING)
        last = index
        while depth <= 0 and index not in whole and index < end and tags[index] in JOINS_ACTIONS:
            index += 1
        if index == last:
            index += 1
        elif begin < last and index < end and not is_quality(sentence, last - 1):
            yield begin, last
            begin = index
    if begin < end:
        yield begin, end


def _first_item(sentence: Sentence, pieces: list[Span], whole: set[int]) -> int:
    """Return where the first item begins: after the preposition that all items share."""
    tags = sentence.tags
    start, end = pieces[0]
    second = pieces[1][0]
    if tags[second] == PREPOSITION:
        return start
    last = min((index - 1 for index in whole if start <= index - 1 < end), default=end)
    owner = tags.rfind(PREPOSITION, start, last)
    if owner < 0 or (
        is_gerund(sentence, over_adverbs(sentence, start, end), end) and tags[second] == GERUND
    ):
        return start
    if last < end:
        return owner + 1  # "implementation of the Convention on Rivers and the Forest Strategy"
    alike = (tags[owner + 1] == DETERMINER) == (tags[second] == DETERMINER)
    # "the role of the council and the rule of law": both have a preposition of their own
    own = PREPOSITION in tags[pieces[-1][0] : pieces[-1][1]] and tags[second] == tags[start]
    return owner + 1 if alike and not own else start
