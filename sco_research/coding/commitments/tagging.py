"""Words of a sentence with one letter each for what they can be in a clause.

=====  ============================  =====  =======================================
``D``  determiner or possessive      ``M``  will, shall
``P``  preposition                   ``O``  should, must, ought
``T``  to                            ``Q``  can, may, could, might, would
``C``  and, or, but                  ``B``  is, are, was, were
``W``  who, which, whose             ``b``  be, been, being
``H``  that                          ``h``  have, has, had
``S``  if, when, because             ``d``  do, does, did
``N``  not, never                    ``V``  base form of a verb of the codebook
``A``  adverb                        ``Z``  its form after "the Organization"
``I``  we                            ``E``  past or participle of any verb
``J``  they                          ``G``  -ing form of any verb
``K``  it                            ``X``  the members, by one of their names
``L``  there                         ``n``  any other word
=====  ============================  =====  =======================================

Punctuation stands for itself: ``, ; : - ( )``. Square brackets are read through: what an editor
puts into them ("[We will] open …") belongs to the sentence.
"""

import re
from collections.abc import Mapping
from itertools import chain
from typing import TypeAlias

from sco_research.coding.commitments.inflection import PARTICIPLES, PASTS, word_set
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.units import FIXED_PHRASES
from sco_research.coding.commitments.words import REMEMBERED, Source, Tagged, found_in

_CLOSED = {
    "D": "the a an this these those their our its his her all each every any such no both another"
    " own your my whose",
    "P": "of in on by for with among amongst between within through under at from into towards"
    " toward including regarding concerning without against via per across during throughout"
    " upon over beyond outside inside despite amid around about near behind above below like"
    " versus following pending notwithstanding except besides as than along",
    "T": "to",
    "C": "and or but nor & yet plus",
    "W": "who which whom whereby wherein",
    "H": "that",
    "S": "if when because although though since unless while whereas whether until how why where"
    " what once after before whenever wherever lest",
    "N": "not never",
    "A": "next themselves ourselves itself today tomorrow also further therefore thus hereby"
    " jointly together once again furthermore moreover consequently accordingly hence"
    " always still already now then even just only too very so here well likewise"
    " henceforth however indeed soon forever rather instead forth ever out up off down",
    "I": "we",
    "J": "they",
    "K": "it",
    "L": "there",
    "M": "will shall",
    "O": "should must ought",
    "Q": "can may could might would cannot",
    "B": "is are was were am",
    "b": "be been being",
    "h": "have has had",
    "d": "do does did",
}
_WORDS = {word: tag for tag, words in _CLOSED.items() for word in words.split()}
_SIGNS = {"–": "-", "—": "-", "'": "D", "’": "D", "…": ","}
_NO_ADVERBS = word_set(
    "family supply reply assembly ally rely apply comply multiply friendly timely orderly costly"
    " likely early elderly daily monthly yearly quarterly weekly only italy july holy monopoly"
    " anomaly lively neighbourly neighborly unruly deadly"
)
_NO_PARTICIPLES = word_set("need indeed speed seed breed exceed proceed succeed feed heed")
_NO_GERUNDS = word_set(
    "meeting meetings beijing thing king spring wing string everything nothing anything something"
    " wellbeing well-being"
)


_Piece: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], str, str]
"""What stands between two blanks: words as written and in small letters, their letters, and for
each a digit that tells whether it may be the first (1), second (2) or either (3) of a unit."""


def _tag_of(word: str, lexicon: Lexicon) -> str:
    """Return the letter of a word in small letters."""
    sign = _SIGNS.get(word)
    if sign is not None:
        return sign
    if not word[0].isalnum():
        return word
    if word in _WORDS:
        return _WORDS[word]
    if word in lexicon.actor_words:
        return "X"
    if word in lexicon.forms:
        form = lexicon.forms[word][1]
        return {"base": "V", "third": "Z", "past": "E", "gerund": "G"}[form]
    return _tag_by_shape(word)


def _tag_by_shape(word: str) -> str:
    if word.endswith(("'s", "’s", "ʼs")):
        return "D"
    if word in PARTICIPLES or word in PASTS:
        return "E"
    if word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS:
        return "A"
    if word.endswith("ed") and len(word) > 4 and word not in _NO_PARTICIPLES:
        return "E"
    if word.endswith("ing") and len(word) > 5 and word not in _NO_GERUNDS:
        return "G"
    return "n"


def tag(text: str, lexicon: Lexicon) -> Tagged:
    """Return the words of a sentence with their letters.

    Examples
    --------
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> tag("The member states will not trade.", load_lexicon()).tags
    'DXMNn'
    """
    # No word reaches over a blank: what stands between two is looked at once for a whole corpus.
    between = text.split()
    known = lexicon.pieces
    try:
        pieces = list(map(known.__getitem__, between))
    except KeyError:
        if len(known) > REMEMBERED:
            known.clear()
        # Asked one by one: to take the known from the set would walk through all that are known.
        new = {piece for piece in between if piece not in known}
        known.update((piece, _piece(piece, lexicon)) for piece in new)
        pieces = list(map(known.__getitem__, between))
    if not pieces:
        return Tagged((), (), "", (Source(text, ()),))
    raws, lowered, letters, openers = zip(*pieces, strict=True)
    words = list(chain.from_iterable(lowered))
    raw = list(chain.from_iterable(raws))
    # "on that occasion": no clause follows a preposition.
    # "received since the summit will be": nor does it where the verb is another's.
    tags = _TEMPORAL.sub("P", _DEMONSTRATIVE.sub("D", "".join(letters)))
    units = _units(words, "".join(openers), lexicon.phrases)
    if units:
        tags = _joined(words, raw, tags, units, lexicon)
    return Tagged(tuple(words), tuple(raw), tags, (Source(text, tuple(units)),))


def _piece(piece: str, lexicon: Lexicon) -> _Piece:
    """Return the words of what stands between two blanks."""
    raw = tuple(match[0] for match in found_in(piece))
    words = tuple(map(str.lower, raw))
    return (
        raw,
        words,
        "".join(_tag_of(word, lexicon) for word in words),
        "".join(
            "0123"[(word in lexicon.phrases) + 2 * (word in lexicon.seconds)] for word in words
        ),
    )


_DEMONSTRATIVE = re.compile("(?<=[PT])H(?=[An])")
_TEMPORAL = re.compile("(?<=E)S(?=D[An]*nM)")
_PAIR = re.compile("[13](?=[23])")


def _units(
    words: list[str], openers: str, phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
) -> list[tuple[int, int]]:
    """Return first word and size of each unit of several words, from the left, longest first."""
    units: list[tuple[int, int]] = []
    done = 0
    for match in _PAIR.finditer(openers):
        place = match.start()
        if place < done:
            continue
        for row in phrases[words[place]].get(words[place + 1], ()):
            size = len(row)
            if tuple(words[place : place + size]) == row:
                units.append((place, size))
                done = place + size
                break
    return units


def _joined(
    words: list[str], raw: list[str], tags: str, units: list[tuple[int, int]], lexicon: Lexicon
) -> str:
    """Make one word of each unit, and return the letters of all."""
    letters = list(tags)
    # From the right, so that the places to the left stay true.
    for place, size in reversed(units):
        end = place + size
        unit = " ".join(words[place:end])
        words[place:end] = [unit]
        raw[place:end] = [" ".join(raw[place:end])]
        letter = FIXED_PHRASES.get(unit) or ("X" if unit in lexicon.actor_words else "n")
        letters[place:end] = [letter]
    return "".join(letters)
