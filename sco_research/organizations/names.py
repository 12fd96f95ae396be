"""Where a text names organizations and states, by whole words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sco_research.organizations.profile import GENERIC, Profile
from sco_research.organizations.states import states
from sco_research.resources import data_path

# Han and kana set no space between words, so that nothing ends a name there.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# "the General Assembly of the Organization of American States" is another's.
_OF_ANOTHER = re.compile(r"\s+of\s+(?:the\s+)?(?P<name>[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*)")
_HYPHENS = frozenset("-\u2010\u2011\u2013\u2014/")
# Of other bodies that are made of an organization's name: "non-ASEAN", "the ASEAN+3".
_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"(?<!non-)(?<![\w.])\w+", re.IGNORECASE)


class Mention(NamedTuple):
    """A name in a text.

    Attributes
    ----------
    id : str
        Of the organization or state; empty for a longer name of another body.
    start, end : int
        Its place.
    is_state : bool
        Whether it is a state's.
    is_organ : bool
        Whether it is that of an organ that speaks for its organization.
    """

    id: str
    start: int
    end: int
    is_state: bool = False
    is_organ: bool = False


class _Name(NamedTuple):
    id: str
    is_state: bool
    is_organ: bool
    of_organization: tuple[str, ...]


class _Finder(NamedTuple):
    """The names that may stand in a text, by the word that each begins with.

    One pattern of all names would try a thousand of them at every letter of a text, a hundred
    times as long. The patterns are compiled when a text has their word: few of them are met.
    """

    by_first_word: dict[str, str]
    unspaced: re.Pattern[str]
    names: dict[str, _Name]
    exact: frozenset[str]


def mentions(text: str, profiles: Iterable[Profile]) -> list[Mention]:
    """Return the organizations and states that a text names, from left to right.

    Names are whole words, and of two that begin at one place the longer is meant. Abbreviations
    keep their capitals, so that no word of another sense is one ("who"); in a text that is all in
    capitals, an abbreviation that is a function word is no name.

    Parameters
    ----------
    text : str
        A title, a line of a header or an opening.
    profiles : iterable of Profile
        The organizations that may be meant; states are always looked for.

    Examples
    --------
    >>> from sco_research.organizations import load_profile
    >>> of = [load_profile("sco"), load_profile("cis")]
    >>> [item.id for item in mentions("A decisive scope: the CIS and the SCO's work", of)]
    ['cis', 'sco']
    """
    return list(_found(text, _finder(tuple(profiles))))


def _found(text: str, finder: _Finder) -> Iterator[Mention]:
    capitals = text.upper() == text
    for match in _matches(text, finder):
        written = " ".join(match.group().replace("\u2019", "'").split())
        # An abbreviation in other letters than its own is a word like any other.
        name = finder.names.get(written if written in finder.exact else written.lower())
        if name is None or (capitals and _is_function_word(text, match, written)):
            continue
        of_whom = _OF_ANOTHER.match(text, match.end()) if name.is_organ else None
        if of_whom is None or of_whom["name"] in name.of_organization:
            yield Mention(name.id, match.start(), match.end(), name.is_state, name.is_organ)


def _matches(text: str, finder: _Finder) -> Iterator[re.Match[str]]:
    """Yield the names in a text from left to right, none inside another."""
    # Names in scripts without spaces begin anywhere; few texts hold any.
    found = list(finder.unspaced.finditer(text)) if _UNSPACED.search(text) else []
    for first in _FIRST_WORD.finditer(text):
        pattern = finder.by_first_word.get(first.group().lower())
        match = _compiled(pattern).match(text, first.start()) if pattern else None
        if match:
            found.append(match)
    end = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield match


def _is_function_word(text: str, match: re.Match[str], written: str) -> bool:
    """Return whether a word in capitals is "who" or "us", and no name beside a hyphen: "EU-US"."""
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return written.lower() in _function_words() and _HYPHENS.isdisjoint(beside)


@lru_cache(maxsize=8)
def _finder(profiles: tuple[Profile, ...]) -> _Finder:
    names: dict[str, _Name] = {}
    exact: set[str] = set()
    for word, name in _all_names(profiles):
        plain = word.replace("\u2019", "'")
        if _is_abbreviation(plain):
            exact.add(plain)
            for form in {plain, plain.upper()}:
                names.setdefault(form, name)
                exact.add(form)
        else:
            names.setdefault(plain.lower(), name)
    unspaced: list[str] = []
    by_first_word = defaultdict[str, list[str]](list)
    # Of two names that begin alike the longer is tried first.
    for word in sorted(names, key=lambda word: (-len(word), word)):
        first = _WORD.match(word)
        if _UNSPACED.search(word) or first is None:
            unspaced.append(_body(word))
        else:
            by_first_word[first.group().lower()].append(_body(word) + r"(?!\w)")
    return _Finder(
        {word: "|".join(patterns) for word, patterns in by_first_word.items()},
        _compiled("|".join(unspaced) or r"(?!)"),
        names,
        frozenset(exact),
    )


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _all_names(profiles: tuple[Profile, ...]) -> Iterator[tuple[str, _Name]]:
    for profile in profiles:
        if profile.id == GENERIC:
            continue
        for word in profile.names:
            yield word, _Name(profile.id, False, False, profile.names)
        for word in profile.speaking_organs:
            if word not in profile.names:
                yield word, _Name(profile.id, False, True, profile.names)
        for word in profile.not_this:
            yield word, _Name("", False, False, ())
    for state in states().values():
        for word in (state.name, *state.variants):
            yield word, _Name(state.id, True, False, ())


def _is_abbreviation(word: str) -> bool:
    """Return whether a name is one word with a capital that must stand as it is written."""
    return " " not in word and (word.upper() == word or len(word) <= 4)


def _body(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s+").replace("'", "['\u2019]")


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    path = data_path("lexicons", "function-words-en.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
