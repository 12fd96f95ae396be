"""The pattern language of codebooks: words, wildcards, phrases, lemmas, near-by words.

There are no regular expressions in it: every pattern is a short row of words, so none can run for
ever, and thousands cost no more than ten (see `matching`).

=====================  ==========================================================================
``treaty``             the word, in upper or lower case
``WHO``                a word all in capitals stands only for itself: the agency, not "who"
``terroris*``          ``*`` is any run of letters or none, ``?`` exactly one
``combat|fight drugs`` a phrase: words in a row; ``|`` gives a place more than one word
``<settle> conflict*`` ``<settle>`` is any form of the word: settles, settled, settling
``war NEAR/5 victory`` both in one sentence, in either order, at most five words between them
``united * nations``   a ``*`` of its own inside a phrase is any one word
``role of {issuer}``   a word in braces is each name of that kind, with or without "the", that the
                       document's issuer gives: ``{issuer}`` itself, its ``{organs}``, those of them
                       that no other body is called by, its ``{bodies}`` ("Council" is not one),
                       the ``{outsiders}``: states and organizations that are not of it, and the
                       ``{members}``: the states that are
``taken by @agents``   a word with ``@`` is each word of that list, of those at the top of the
                       codebook; it may stand beside others: ``@agents|nobody``
=====================  ==========================================================================

Hyphens and apostrophes part words here: ``drug*`` finds "anti-drug" and "drug-related",
``non-proliferation`` finds "non proliferation", ``afghanistan`` finds "Afghanistan's".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

from sco_research.errors import closest
from sco_research.text.lemmas import LANGUAGES, lemma

UNIT = re.compile(r"[^\W_]+")

Kind = Literal["word", "cased", "prefix", "suffix", "wildcard", "lemma", "any", "names"]
Phrase: TypeAlias = "tuple[tuple[WordForm, ...], ...]"

_NEAR = re.compile(r"NEAR/(\d+)")
_WORD = re.compile(r"<[^\W_]+>|(?:[^\W_]|[*?])+")
_NAMES = re.compile(r"\{([a-z]+)\}")
_LISTED = re.compile(r"(?<![^\s|])@([^\s|]*)")
_ORGANIZATION = re.compile("(organi)[sz](ation)")
KINDS_OF_NAMES = ("issuer", "organs", "bodies", "outsiders", "members")
_JOINTS = re.compile(r"[-'’‘ʼ‐‑.]")
_MAX_DISTANCE = 30
_MAX_WORDS = 20
_MAX_STARS = 3


class WordForm(NamedTuple):
    """One way to fill a place: a word, a prefix, a lemma and so on.

    A tuple, because compiling a codebook asks for the hashes of a hundred thousand of them.
    """

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern taken apart.

    Attributes
    ----------
    text : str
        As the codebook has it.
    phrases : tuple of tuples of tuples of WordForm
        One phrase, or the two that must stand near each other; a phrase is a row of places, a
        place the forms that may fill it.
    distance : int or None
        The most words between the two phrases.
    """

    text: str
    phrases: tuple[Phrase, ...]
    distance: int | None = None

    def filled(self, names: Mapping[str, Sequence[Phrase]]) -> list["Pattern"]:
        """Return the pattern with each name in the place of a word in braces.

        Parameters
        ----------
        names : mapping
            The phrases of each kind of names; without those of a kind, nothing is returned of a
            pattern that needs them.

        Examples
        --------
        >>> names = {"issuer": parse_pattern("northern league").phrases}
        >>> [len(found.phrases[0]) for found in parse_pattern("role of {issuer}").filled(names)]
        [4]
        """
        kinds = [kind for phrase in self.phrases for place in phrase if (kind := name_kind(place))]
        if not kinds:
            return [self]
        found = []
        for chosen in product(*(names.get(kind, ()) for kind in kinds)):
            rest = iter(chosen)
            phrases = tuple(
                tuple(
                    part
                    for place in phrase
                    for part in (next(rest) if name_kind(place) else (place,))
                )
                for phrase in self.phrases
            )
            found.append(Pattern(self.text, phrases, self.distance))
        return found


def name_kind(place: tuple[WordForm, ...]) -> str:
    """Return which of an issuer's names fill a place; empty where none does."""
    return place[0].value if place[0].kind == "names" else ""


def name_pattern(name: str) -> str:
    """Return the pattern of a name as a text has it; both spellings of "organization" fill it.

    >>> name_pattern("Organisation of the Two Seas (OTS)")
    'organi?ation of the two seas OTS'
    """
    words = UNIT.findall(name)
    return " ".join(
        word if len(word) > 1 and word.isupper() else _ORGANIZATION.sub(r"\1?\2", word.lower())
        for word in words
    )


def with_lists(text: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return a pattern in which each ``@name`` is the words of that list.

    Parameters
    ----------
    text : str
        The pattern.
    lists : mapping
        The codebook's lists of words, by name.

    Raises
    ------
    ValueError
        Where there is no such list: what is wrong and how to mend it.

    Examples
    --------
    >>> with_lists("taken by @agents|nobody", {"agents": ["states", "members"]})
    'taken by states|members|nobody'
    """

    def words(match: re.Match[str]) -> str:
        if match[1] not in lists:
            close = closest(match[1], lists)
            hint = f"did you mean '@{close}'?" if close else "add it under [lists]"
            raise ValueError(f"asks for the list {match[0]!r}, which there is not; {hint}")
        return "|".join(lists[match[1]])

    return _LISTED.sub(words, text)


# A codebook is compiled for each issuer; its patterns are the same ones.
@lru_cache(maxsize=20_000)
def parse_pattern(text: str, *, language: str = "en") -> Pattern:
    """Take a pattern apart.

    Parameters
    ----------
    text : str
        The pattern.
    language : str
        ISO 639-1 code of the words, for lemmas.

    Raises
    ------
    ValueError
        What is wrong with the pattern and how to mend it, in one line; the caller knows the file
        and the category.

    Examples
    --------
    >>> pattern = parse_pattern("counter|combat terroris*")
    >>> [[form.value for form in place] for place in pattern.phrases[0]]
    [['counter', 'combat'], ['terroris']]
    """
    if not text.strip():
        raise ValueError("is empty; delete it or write a word")
    pieces = text.split()
    near = [position for position, piece in enumerate(pieces) if piece.startswith("NEAR")]
    if not near:
        return Pattern(text, (_phrase(pieces, language),))
    operator = _NEAR.fullmatch(pieces[near[0]])
    if len(near) > 1 or operator is None:
        raise ValueError("writes nearness wrongly; write two phrases with one NEAR/5 between them")
    distance = int(operator[1])
    if not 1 <= distance <= _MAX_DISTANCE:
        raise ValueError(f"asks for NEAR/{distance}; choose a distance from 1 to {_MAX_DISTANCE}")
    phrases = (
        _phrase(pieces[: near[0]], language),
        _phrase(pieces[near[0] + 1 :], language),
    )
    return Pattern(text, phrases, distance)


def _phrase(pieces: list[str], language: str) -> tuple[tuple[WordForm, ...], ...]:
    places: list[tuple[WordForm, ...]] = []
    for piece in pieces:
        alternatives = piece.split("|")
        parsed = [_units(alternative, language) for alternative in alternatives]
        if len(parsed) == 1:
            places += [(form,) for form in parsed[0]]
        elif any(_NAMES.fullmatch(alternative) for alternative in alternatives):
            raise ValueError(
                f"joins names in braces by '|' in {piece!r}; write one pattern for each"
            )
        elif all(len(forms) == 1 for forms in parsed):
            places.append(tuple(forms[0] for forms in parsed))
        else:
            raise ValueError(
                f"joins hyphenated words by '|' in {piece!r}; write one pattern for each"
            )
    if not places:
        raise ValueError("has no words on one side of NEAR; write a phrase on each side")
    if len(places) > _MAX_WORDS:
        raise ValueError(f"has more than {_MAX_WORDS} words; shorten it")
    if any(form.kind == "any" for place in (places[0], places[-1]) for form in place):
        raise ValueError("begins or ends with a bare '*', which every word fills; write a word")
    return tuple(places)


def _units(word: str, language: str) -> list[WordForm]:
    """Return the forms of a word, one for each part between hyphens."""
    forms = [_form(part, language) for part in _JOINTS.split(word) if part]
    if not forms:
        raise ValueError(f"holds {word!r}, which is no word; delete it")
    return forms


def _form(part: str, language: str) -> WordForm:
    if names := _NAMES.fullmatch(part):
        if names[1] not in KINDS_OF_NAMES:
            raise ValueError(
                f"holds {part!r}; the names of an issuer are "
                f"{', '.join(f'{{{kind}}}' for kind in KINDS_OF_NAMES)}"
            )
        return WordForm("names", names[1])
    if not _WORD.fullmatch(part):
        raise ValueError(
            f"holds {part!r}; a word is letters and digits with the wildcards * and ?, or <lemma> "
            "(regular expressions are not part of the language)"
        )
    lowered = part.lower()
    if part.startswith("<"):
        return WordForm("lemma", _checked_lemma(lowered[1:-1], language))
    if not part.strip("*?"):
        if part == "*":
            return WordForm("any", "*")
        raise ValueError(f"holds {part!r}, which would match almost any word; add letters")
    if part.count("*") > _MAX_STARS:
        raise ValueError(f"holds {part!r} with more than {_MAX_STARS} '*'; use fewer")
    bare = part.strip("*")
    if "*" in bare or "?" in bare or (part.startswith("*") and part.endswith("*")):
        return WordForm("wildcard", lowered)
    if part.endswith("*"):
        return WordForm("prefix", lowered.rstrip("*"))
    if part.startswith("*"):
        return WordForm("suffix", lowered.lstrip("*"))
    if len(part) > 1 and part.isupper():
        return WordForm("cased", part)
    return WordForm("word", lowered)


def _checked_lemma(word: str, language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(
            f"asks for a lemma, and there are none for the language {language!r}; use wildcards"
        )
    base = lemma(word, language)
    if base != word:
        raise ValueError(f"asks for the lemma <{word}>, which no word has; write <{base}>")
    return base
