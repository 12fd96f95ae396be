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

Punctuation stands for itself: ``, ; : - ( )``.
"""

import re
from dataclasses import dataclass, field

from sco_research.coding.commitments.inflection import PARTICIPLES, PASTS, word_set
from sco_research.coding.commitments.lexicon import FIXED_PHRASES, Lexicon
from sco_research.text.tokens import ASCII_WORD, WORD

_TOKEN = re.compile(WORD.pattern + r"|[,;:()\[\]…]|(?<=s)['’](?=[\s,])|(?<!\S)[-–—](?!\S)|—")
# The same rule for ASCII alone, as in `sco_research.text.tokens`: most sentences, in half the time.
_ASCII_TOKEN = re.compile(ASCII_WORD.pattern + r"|[,;:()\[\]]|(?<=s)'(?=[\s,])|(?<!\S)-(?!\S)")
_REMEMBERED = 200_000
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
    "A": "themselves ourselves itself today tomorrow also further therefore thus hereby"
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
_SIGNS = {"[": "(", "]": ")", "–": "-", "—": "-", "'": "D", "’": "D", "…": ","}
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


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence as words, each with its letter and its place.

    Attributes
    ----------
    words : tuple of str
        In small letters; a unit of the codebook ("member states") is one word.
    raw : tuple of str
        As written.
    tags : str
        One letter a word.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    tags: str
    _sources: tuple[tuple[str, tuple[int, ...]], ...] = field(repr=False)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Offsets of each word in its sentence; looked up only where something is to be shown."""
        found: list[tuple[int, int]] = []
        for text, sizes in self._sources:
            places = list(map(re.Match.span, _tokens_of(text).finditer(text)))
            if len(places) == len(sizes):  # no unit of several words: nothing to join
                found += places
                continue
            at = 0
            for size in sizes:
                found.append((places[at][0], places[at + size - 1][1]))
                at += size
        return tuple(found)

    def __add__(self, other: "Tagged") -> "Tagged":
        """Return one sentence after the other; the spans stay each one's own."""
        return Tagged(
            self.words + other.words,
            self.raw + other.raw,
            self.tags + other.tags,
            self._sources + other._sources,
        )


def _tokens_of(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


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
    raw: list[str] = _tokens_of(text).findall(text)
    words = list(map(str.lower, raw))
    known = lexicon.tags
    if len(known) > _REMEMBERED:
        known.clear()
    try:
        tags = list(map(known.__getitem__, words))
    except KeyError:
        known.update((word, _tag_of(word, lexicon)) for word in set(words) - known.keys())
        tags = [known[word] for word in words]
    sizes = [1] * len(words)
    if not lexicon.phrases.keys().isdisjoint(words):
        _join(words, raw, tags, sizes, lexicon)
    return Tagged(tuple(words), tuple(raw), "".join(tags), ((text, tuple(sizes)),))


def _join(
    words: list[str], raw: list[str], tags: list[str], sizes: list[int], lexicon: Lexicon
) -> None:
    """Make one word of each unit of several, from the left, the longest first."""
    phrases = lexicon.phrases
    units: list[tuple[int, int]] = []
    done = 0
    for place in [at for at, word in enumerate(words[:-1]) if word in phrases]:
        if place < done:
            continue
        following = words[place + 1]
        for row in phrases[words[place]]:
            if row[1] == following and tuple(words[place : place + len(row)]) == row:
                units.append((place, len(row)))
                done = place + len(row)
                break
    # From the right, so that the places to the left stay true.
    for place, size in reversed(units):
        unit = " ".join(words[place : place + size])
        words[place : place + size] = [unit]
        raw[place : place + size] = [" ".join(raw[place : place + size])]
        letter = FIXED_PHRASES.get(unit) or ("X" if unit in lexicon.actor_words else "n")
        tags[place : place + size] = [letter]
        sizes[place : place + size] = [size]
