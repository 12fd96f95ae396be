"""Who issues a document, recognised by its title, its header and its opening formula.

A word elsewhere never counts: a text may name whom it likes.
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sco_research.organizations.names import Mention, mentions
from sco_research.organizations.profile import Profile
from sco_research.organizations.reading import profiles
from sco_research.organizations.states import state_ids
from sco_research.resources import data_path

_TOKEN = re.compile(r"[()]|[^\W_](?:[\w.'\u2019-]*\w)?|[^\w\s]")
_WORD = re.compile(r"[^\W_](?:[\w'\u2019]*\w)?")
_NUMBER = re.compile(r"\W*(?:\d+|[IVX]+)?[.)\s]*")
_LINKED = re.compile(r"\s*[-\u2010\u2011\u2013/]\s*")
_COORDINATED = re.compile(
    r"\s*(?:,\s*(?:and|&)?|and|&|as well as)\s+(?:the\s+)?(?:\w+\s+(?:republic|federation|state|"
    r"states|kingdom)\s+of\s+|republic\s+of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_MEETS = re.compile(r"\b(?:met|meet|meeting|gather(?:ed|ing)?|assembled|convened|held)\b", re.I)
_ITS_MEETING = re.compile(
    r"(?:['\u2019]s)?\s+(?:[\w'\u2019-]+\s+){0,4}(?:Summit|Meeting|Headquarters|Session|Leaders|"
    r"Ministerial|Conference|Council)\b",
    re.IGNORECASE,
)
_MEETING_OF = re.compile(
    r"(?:summit|meeting|session|council|conference)s?\s+of\s+(?:the\s+)?(?:[\w ]+\s+of\s+)?"
    r"(?:the\s+)?$|(?:met|meet|meeting|gathered|gather|assembled|convened)\s+(?:here\s+)?"
    r"(?:at|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:margins?|sidelines?)\b[^.;]{0,40}$", re.IGNORECASE)
_ADOPTED_BY = re.compile(r"\b(?:adopted|issued|agreed)\s+by\b", re.IGNORECASE)
_LONGEST_LIST_OF_ISSUERS = 2
_OPENING = 1_500


class Recognition(NamedTuple):
    """Who issues a document.

    Attributes
    ----------
    ids : tuple of str
        The profiles' ids, in the order in which they are named; empty where nobody is recognised.
    where : str
        "title", "header" or "opening formula"; "meeting in the opening formula" where that says
        at whose meeting or seat the speakers met, "states in the opening formula" where they are
        just its members; empty where nobody is recognised.
    """

    ids: tuple[str, ...] = ()
    where: str = ""


def issuer_of(
    title: str = "",
    *,
    header: Sequence[str] = (),
    opening: str = "",
    date: datetime.date | None = None,
    known: Iterable[Profile] | None = None,
) -> Recognition:
    """Return who issues a document, or nobody.

    Parameters
    ----------
    title : str
        Its title: "STATEMENT by the Heads of the SCO Member States on food security".
    header : sequence of str
        The lines above its first paragraph: "United Nations", "General Assembly".
    opening : str
        Its first paragraph: "We, the Leaders of the G20, met …".
    date : datetime.date, optional
        Its day, by which a list of states is recognised as an organization's members.
    known : iterable of Profile, optional
        The organizations that may be meant; without it every known profile.

    Examples
    --------
    >>> issuer_of("ASEAN-U.S. Special Summit: Joint Statement on the United Nations")
    Recognition(ids=('asean', 'united-states'), where='title')
    >>> issuer_of("A decisive scope for UNESCO")
    Recognition(ids=(), where='')
    """
    given = tuple(profiles().values() if known is None else known)
    opening = opening[:_OPENING]
    opens, by = _in_opening(opening, given, date)
    if named := _in_title(title, given):
        # The opening of a joint statement may name whom its title leaves out.
        more = opens if set(named) < set(opens) else named
        return Recognition(more, "title" if more == named else by)
    for line in header:
        if masthead := _in_masthead(line, given):
            return Recognition(masthead, "header")
    return Recognition(opens, by)


@cache
def _words(name: str) -> frozenset[str]:
    """Return a class of the words that say whose a text is."""
    path = data_path("lexicons", "issuer-words.toml")
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))[name])


@cache
def _words_of_a_subject() -> frozenset[str]:
    return _words("speakers") | _words("in_subject")


def _in_title(title: str, known: tuple[Profile, ...]) -> tuple[str, ...]:
    found = [item for item in mentions(title, known) if item.id]
    if not found:
        return ()
    speaks = _speaking_at(title)
    issuing = [item for item in found if speaks[item.start]]
    if issuers := _joint(title, issuing):
        return issuers
    for run in _runs(title, found):
        before = title[: run[0].start]
        if (
            not all(item.is_state for item in run)
            and re.search(r"\bat\s+the\s+(?:[\w-]+\s+){0,3}$", before, re.I)
            and _ITS_MEETING.match(title, run[-1].end)
        ):
            return _ids(run)
    return ()


def _speaking_at(title: str) -> list[bool]:
    """Return for each character whether it lies where a title says whose it is."""
    speaks, zone = [True] * len(title), True
    topic, speakers = _words("topic"), _words("speakers")
    for match in _WORD.finditer(title):
        word = match.group().lower()
        if word in topic:
            zone = False
        elif word == "by":
            after = [item.lower() for item in _WORD.findall(title[match.end() :])[:7]]
            zone = zone or not speakers.isdisjoint(after)
        speaks[match.start() :] = [zone] * (len(title) - match.start())
    return speaks


def _in_masthead(line: str, known: tuple[Profile, ...]) -> tuple[str, ...]:
    """Return the issuer whom a line of the header begins with, or who adopted what follows."""
    found = [item for item in mentions(line, known) if item.id and not item.is_state]
    if not found:
        return ()
    before = line[: found[0].start]
    begins = not before.strip() or before.strip().lower() == "the"
    return _ids(found[:1]) if begins or _ADOPTED_BY.search(before) else ()


def _in_opening(
    opening: str, known: tuple[Profile, ...], date: datetime.date | None
) -> Recognition:
    begins = match.end() if (match := _NUMBER.match(opening)) else 0
    found = [item for item in mentions(opening, known) if item.id]
    end = _end_of_subject(opening, begins, found)
    named = [item for item in found if item.end <= end]
    if not _is_speaker(opening[begins:end], named, begins):
        return Recognition()
    runs = _runs(opening, named)
    issuers = _ids(
        item
        for run in runs
        if sum(one.is_state for one in run) <= _LONGEST_LIST_OF_ISSUERS
        for item in run
    )
    if any(name not in state_ids() for name in issuers):
        return Recognition(issuers, "opening formula")
    if meeting := _meeting_in(opening, found, end):
        return Recognition(meeting, "meeting in the opening formula")
    states = _ids(item for item in named if item.is_state)
    if whole := _whose_members(states, known, date):
        return Recognition((whole,), "states in the opening formula")
    return Recognition(issuers, "opening formula") if len(issuers) > 1 else Recognition()


def _is_speaker(subject: str, named: list[Mention], begins: int) -> bool:
    """Return whether a subject is "we", heads, members; or an organ that speaks for itself."""
    words = {word.lower() for word in _WORD.findall(subject)}
    if named and named[0].is_organ:
        before = subject[: max(0, named[0].start - begins)].strip().lower()
        return before in ("", "the")
    return not words.isdisjoint(_words("speakers"))


def _end_of_subject(text: str, begins: int, found: list[Mention]) -> int:
    """Return where the subject ends that a text opens with."""
    inside = {place for item in found for place in range(item.start, item.end)}
    depth = 0
    inner = _words_of_a_subject()
    ending = _words("ends_subject")
    for match in _TOKEN.finditer(text, begins):
        token = match.group()
        if token in "()":
            depth += 1 if token == "(" else -1
        if depth > 0 or match.start() in inside or not token[0].isalnum():
            if token in ".;:" and depth <= 0 and match.start() not in inside:
                return match.start()
            continue
        word = token.lower()
        ends = word in ending or (word.endswith("ing") and word not in inner)
        if ends or (token[0].islower() and word not in inner):
            return match.start()
    return len(text)


def _runs(text: str, named: list[Mention]) -> list[list[Mention]]:
    """Return the mentions by the lists in which they stand: "A, B and the C"."""
    runs: list[list[Mention]] = []
    for item in named:
        between = text[runs[-1][-1].end : item.start] if runs else ""
        between = re.sub(r"\([^)]*\)|\)", "", between)
        if runs and (_COORDINATED.fullmatch(between) or _LINKED.fullmatch(between)):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _joint(title: str, named: list[Mention]) -> tuple[str, ...]:
    """Return the issuers of a title: organizations, and states that are joined to another."""
    issuers: list[Mention] = []
    for run in _runs(title, named):
        joined = len(run) > 1
        issuers += [item for item in run if joined or not item.is_state]
    ids = _ids(issuers)
    return ids if len(ids) > 1 or not all(item.is_state for item in issuers) else ()


def _meeting_in(opening: str, found: list[Mention], end: int) -> tuple[str, ...]:
    """Return the organization whose meeting, or whose seat, the speakers met at."""
    if not _MEETS.search(opening):
        return ()
    for run in _runs(opening, [item for item in found if item.start >= end]):
        before = opening[: run[0].start]
        if all(item.is_state for item in run) or _BESIDE.search(before):
            continue
        if _ITS_MEETING.match(opening, run[-1].end) or _MEETING_OF.search(before):
            return _ids(run)
    return ()


def _whose_members(
    states: tuple[str, ...], known: tuple[Profile, ...], date: datetime.date | None
) -> str:
    """Return the organization whose members on a day are just these states."""
    names = {state_ids()[name].name for name in states}
    if len(names) < 3:
        return ""
    return next((item.id for item in known if set(item.members(date)) == names), "")


def _ids(found: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.id for item in found))
