"""What joins two lines of a paragraph: a space, nothing, or the hyphen at the first one's end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sco_research.text.repairs import is_known_word, joint_of

_HYPHENS = "-\u00ad\u2010"
_COMPOUND = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORD = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_PREFIX = re.compile(
    "agri|anti|bio|co|counter|cross|cyber|eco|ex|extra|geo|inter|intra|macro|micro|mid|multi|non|"
    "over|pan|post|pre|pro|re|self|semi|socio|sub|trans|ultra|under"
)
# "short- and long-term": the hyphen stands for what comes later.
_AND = frozenset({"and", "or", "to", "nor", "but", "as", "und", "oder", "et", "ou", "и", "или"})
# A printer breaks a line after these too, where no space stands before them.
_BREAKING_SIGNS = "/–—"


@dataclass(frozen=True, slots=True)
class Compounds:
    """The words of a text, those of them that have a hyphen, and what stands before it.

    ``hyphenates`` says that words are broken at the ends of lines: where none surely is, a hyphen
    there is the author's.
    """

    words: frozenset[str]
    compounds: frozenset[str]
    heads: frozenset[str]
    hyphenates: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Compounds":
        """Return the words of a text, of its lines."""
        words: set[str] = set()
        compounds: set[str] = set()
        for line in lines:
            if "-" in line or "\u2010" in line:
                found = (match.lower().replace("\u2010", "-") for match in _COMPOUND.findall(line))
                compounds.update(found)
            words.update(line.lower().split())
        heads = frozenset(compound.partition("-")[0] for compound in compounds)
        broken = any(_is_hyphenated(before, after) for before, after in pairwise(lines))
        return cls(frozenset(words), frozenset(compounds), heads, broken)


def _is_hyphenated(before: str, text: str) -> bool:
    """Return whether a word is surely broken between two lines: only the whole is one."""
    if before[-1:] not in _HYPHENS:
        return False
    beginning, end = _LAST_WORD.search(before[:-1]), _WORD.match(text)
    if not beginning or not end or not end[0][0].islower():
        return False
    first, second = beginning[0].lower(), end[0]
    return before[-1] == "\u00ad" or (
        not _PREFIX.fullmatch(first)
        and is_known_word(first + second)
        and not joint_of(before, len(before) - 1, second)
    )


def joint_of_lines(before: str, text: str, known: Compounds) -> str:
    """Return what joins two lines: a space, a hyphen that stays, or nothing in a hyphen's place.

    Where the hyphen stays, or the line breaks after a stroke or a dash, the joint is "-": nothing
    is to be added.

    Parameters
    ----------
    before, text : str
        The two lines.
    known : Compounds
        The words of the whole text: a compound is written the same way elsewhere.

    Examples
    --------
    >>> none = Compounds.of(["of coun-", "tries"])
    >>> joint_of_lines("of coun-", "tries in", none), joint_of_lines("of COVID-", "19", none)
    ('', '-')
    >>> joint_of_lines("in the co-", "chaired group", Compounds.of(["a co-chaired group"]))
    '-'
    >>> joint_of_lines("short-", "and long-term", none), joint_of_lines("and/", "or", none)
    (' ', '-')
    """
    last, before_last = before[-1:], before[-2:-1]
    first = _FIRST_WORD.match(text)
    if text[0] == "—" and before[-1:].isalnum() and text[1:2].isalnum():
        return "-"
    if first is None or not (before_last.isalnum() or before_last in (".", ")", "’")):
        return " "
    if last in _BREAKING_SIGNS:
        return "-"
    if last not in _HYPHENS:
        return " "
    second = _WORD.match(text)
    stem = before[:-1]
    if second is None or not before_last.isalpha() or not second[0][0].islower():
        # "COVID-" and "19", "Counter-" and "Terrorism", "U.S.-" and "led".
        return "-"
    if last == "\u00ad":
        return ""
    beginning = _LAST_WORD.search(stem)
    head = beginning[0].lower() if beginning else ""
    if f"{head}-{first[0].lower()}" in known.compounds:
        return "-"
    if f"{head}{first[0].lower()}" in known.words:
        return ""
    if second[0].lower() in _AND:
        return " "
    if beginning and len(head) > 1 and beginning[0].isupper():
        # "IMF-" and "supported".
        return "-"
    if not known.hyphenates or joint_of(f"{stem}-", len(stem), second[0]):
        return "-"
    # "co-" and "chairs" where the text has "co-chaired", but "re-" and "affirm".
    return "-" if head in known.heads and not is_known_word(head + first[0]) else ""
