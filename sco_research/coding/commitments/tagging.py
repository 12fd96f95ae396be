"""Tokens of a sentence with their classes: what each word can be in a clause.

Punctuation stands for itself. Square brackets are read through: what an editor puts into them
("[We will] open …") belongs to the sentence.
"""

import re
from functools import lru_cache
from sys import intern
from typing import TypeAlias

from sco_research.coding.commitments.lexicon import Lexicon, Units
from sco_research.coding.commitments.sentence import Sentence, tokens_of, without_enumerators
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    BASE_FORM,
    BEFORE_MONTH,
    CLOSING,
    COLON,
    COMMA,
    DASH,
    DETERMINER,
    GERUND,
    MEMBERS,
    MODAL_WILL,
    NOUN,
    OPENING,
    PAST_FORM,
    PREPOSITION,
    SEMICOLON,
    SUBORDINATOR,
    THAT,
    THIRD_PERSON,
    TO,
    TokenClass,
)

_SIGNS = {
    ",": COMMA, ";": SEMICOLON, ":": COLON, "-": DASH, "(": OPENING, ")": CLOSING,
    "–": DASH, "—": DASH, "'": DETERMINER, "’": DETERMINER, "…": COMMA,
}  # fmt: skip
_CLASS_OF_FORM = {"base": BASE_FORM, "third": THIRD_PERSON, "past": PAST_FORM, "gerund": GERUND}
# "on that occasion": no clause follows a preposition.
_DEMONSTRATIVE = re.compile(f"(?<=[{PREPOSITION}{TO}]){THAT}(?=[{ADVERB}{NOUN}])")
# "received since the summit will be": nor does it where the verb is another's.
_TEMPORAL = re.compile(
    f"(?<={PAST_FORM}){SUBORDINATOR}(?={DETERMINER}[{ADVERB}{NOUN}]*{NOUN}{MODAL_WILL})"
)
_FIRST, _SECOND = 1, 2
_PAIR = re.compile("[13](?=[23])")


_Piece: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], str, str]
"""What stands between two blanks: its words as written and in small letters, their classes, and a
digit a word, whether it may be the first (1) or the second (2) word of a unit, either (3) or
neither (0). A plain tuple, which is taken apart fastest."""
_MAX_PIECES = 50_000


class _Pieces(dict[str, _Piece]):
    """The pieces read with one codebook, each once for a whole corpus.

    Tagging 160,000 words of the bundled declaration took 0.75 s without it, 0.10 s with it.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, text: str) -> _Piece:
        """Read a piece at its first use."""
        if len(self) >= _MAX_PIECES:
            self.clear()
        piece = self[text] = _piece(text, self._lexicon)
        return piece


_pieces_of = lru_cache(maxsize=8)(_Pieces)


def tag(text: str, lexicon: Lexicon) -> Sentence:
    """Return a sentence as tokens with their classes.

    Examples
    --------
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> [TokenClass(one).name for one in tag("The members will go.", load_lexicon()).tags]
    ['DETERMINER', 'MEMBERS', 'MODAL_WILL', 'NOUN']
    """
    # No token reaches over a blank: what stands between two is looked at once for a whole corpus.
    known = _pieces_of(lexicon.tagging or lexicon)
    raw: list[str] = []
    words: list[str] = []
    classes: list[str] = []
    places: list[str] = []
    for written, lowered, of_piece, units_at in map(
        known.__getitem__, without_enumerators(text).split()
    ):
        raw += written
        words += lowered
        classes.append(of_piece)
        places.append(units_at)
    tags = "".join(classes)
    if THAT in tags:
        tags = _DEMONSTRATIVE.sub(DETERMINER, tags)
    if SUBORDINATOR in tags:
        tags = _TEMPORAL.sub(PREPOSITION, tags)
    if "may" in words:
        tags = _without_months(tags, words, raw)
    if not lexicon.sets["gerunds_or_nouns"].isdisjoint(words):
        tags = _gerunds_as_nouns(tags, words, raw, lexicon)
    units = _units(words, "".join(places), lexicon.phrases)
    if units:
        tags = _joined(words, raw, tags, units, lexicon)
    return Sentence(
        words=tuple(words), raw=tuple(raw), tags=tags, text=text, units=tuple(units),
        lexicon=lexicon,
    )  # fmt: skip


def _gerunds_as_nouns(tags: str, words: list[str], raw: list[str], lexicon: Lexicon) -> str:
    """Return the classes with a meeting as a noun: "The Meeting agreed"."""
    gerunds = lexicon.sets["gerunds_or_nouns"]
    for index, word in enumerate(words):
        if not index or word not in gerunds:
            continue
        if tags[index - 1] == DETERMINER or raw[index][:1].isupper():
            tags = f"{tags[:index]}{NOUN}{tags[index + 1 :]}"
    return tags


def _without_months(tags: str, words: list[str], raw: list[str]) -> str:
    """Return the classes with the month May as a noun: "5 May 2013", "in May", "May 2022"."""
    for index, word in enumerate(words):
        if word != "may" or not raw[index].startswith("M"):
            continue
        before = raw[index - 1] if index else ""
        after = raw[index + 1] if index + 1 < len(raw) else ""
        dated = before[:1].isdigit() or after[:1].isdigit()
        if dated or (index and tags[index - 1] in BEFORE_MONTH):
            tags = f"{tags[:index]}{NOUN}{tags[index + 1 :]}"
    return tags


def _piece(text: str, lexicon: Lexicon) -> _Piece:
    raw = tuple(intern(match[0]) for match in tokens_of(text))
    words = tuple(intern(word.lower()) for word in raw)
    tags = "".join(_class_of(word, lexicon) for word in words)
    places = "".join(
        str(_FIRST * (word in lexicon.phrases) + _SECOND * (word in lexicon.seconds))
        for word in words
    )
    # What is the same is one object: what all texts share stays near the processor.
    return raw, raw if raw == words else words, intern(tags), intern(places)


def _class_of(word: str, lexicon: Lexicon) -> TokenClass:
    """Return the class of a word in small letters, or of a sign."""
    known = _SIGNS.get(word) or lexicon.closed_classes.get(word)
    if known is not None:
        return known
    if word in lexicon.actor_words:
        return MEMBERS
    if word in lexicon.forms:
        return _CLASS_OF_FORM[lexicon.forms[word][1]]
    return _class_by_shape(word, lexicon)


def _class_by_shape(word: str, lexicon: Lexicon) -> TokenClass:
    """Return the class of a word that no list holds, by its ending."""
    if word.endswith(("'s", "’s", "ʼs")):
        return DETERMINER
    if word in lexicon.inflection.participles or word in lexicon.inflection.pasts:
        return PAST_FORM
    if word.endswith("ly") and len(word) > 4 and word not in lexicon.sets["no_adverbs"]:
        return ADVERB
    if word.endswith("ed") and len(word) > 4 and word not in lexicon.sets["no_participles"]:
        return PAST_FORM
    if word.endswith("ing") and len(word) > 5 and word not in lexicon.sets["no_gerunds"]:
        return GERUND
    return NOUN


def _units(words: list[str], places: str, phrases: Units) -> list[tuple[int, int]]:
    """Return first word and size of each unit of several words, from the left, longest first."""
    units: list[tuple[int, int]] = []
    done = 0
    for match in _PAIR.finditer(places):
        index = match.start()
        if index < done:
            continue
        for row in phrases[words[index]].get(words[index + 1], ()):
            size = len(row)
            if tuple(words[index : index + size]) == row:
                units.append((index, size))
                done = index + size
                break
    return units


def _joined(
    words: list[str], raw: list[str], tags: str, units: list[tuple[int, int]], lexicon: Lexicon
) -> str:
    """Make one token of each unit, and return the classes of all."""
    classes: list[str] = []
    joined: list[str] = []
    written: list[str] = []
    done = 0
    for index, size in units:
        end = index + size
        unit = " ".join(words[index:end])
        named = MEMBERS if unit in lexicon.actor_words else NOUN
        joined += (*words[done:index], unit)
        written += (*raw[done:index], " ".join(raw[index:end]))
        classes += (tags[done:index], lexicon.closed_classes.get(unit, named))
        done = end
    words[:] = joined + words[done:]
    raw[:] = written + raw[done:]
    return "".join(classes) + tags[done:]
