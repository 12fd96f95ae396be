"""Where and when a document was adopted, on a line of its own: it is no sentence."""

import re

from sco_research.text.language import is_east_asian

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_DATE = re.compile(
    rf"(?:{_MONTH}\s+(?:\d{{1,2}}\s*[-–]\s*)?\d{{1,2}}(?:st|nd|rd|th)?,?\s*\d{{4}}"
    rf"|\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?(?:st|nd|rd|th)?\s+(?:day\s+of\s+|of\s+)?{_MONTH},?\s+\d{{4}}"
    rf"|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|{_MONTH}\s+\d{{4}}|\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)",
    re.I,
)
# The formula that closes an agreement: "Done at Astana on 9 June 2017, in two copies, …".
_DONE_AT = re.compile(
    r"(?:done|signed|adopted|issued|concluded|совершено|принято)\s+(?:at|in|on|by|в)\b", re.I
)
_LOWER_IN_A_PLACE = re.compile(
    r"(?:at|in|on|of|the|city|and|de|le|la|el|town|this|day|dated|г|год|года|город|в|от)", re.I
)
_PLACE_IN_FORMULA = re.compile(
    r"\s+(?:the\s+)?(?:city\s+of\s+)?([^\d,;]+?)\s*(?:\bon\b|\bthis\b|,|$)", re.I
)
# What joins a place to a date: brackets, commas, "on", "the city of".
_AROUND_A_PLACE = re.compile(
    r"^[\W_]*(?:(?:in|at|the|city|of|г|в|于|於)\b[\W_]*|于|於)*|(?:[\W_]|\b(?:on|the|at|of|dated|г|года)\b)*$",
    re.I,
)
_NO_PLACE = re.compile(
    r"\d|[:;/]|\b(?:no|as|updated|published|posted|date|dated|adopted|version|press|release|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_MOST_WORDS_IN_PLACE = 5
# "1. Treaty of 16 August 2007" is an item of a list.
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_MOST_WORDS_IN_DATELINE = 8
_LONGEST_CLOSING_FORMULA = 250
_LONGEST_EAST_ASIAN_DATELINE = 25
_LONGEST_LINE = 100


def is_dateline(content: str) -> bool:
    """Return whether a line is a dateline: place and date, or a closing formula.

    >>> is_dateline("Astana, June 9, 2017"), is_dateline("They met on June 9, 2017.")
    (True, False)
    """
    if len(content) > _LONGEST_CLOSING_FORMULA or _ITEM.match(content):
        return False
    few = len(content.split(maxsplit=_MOST_WORDS_IN_DATELINE)) <= _MOST_WORDS_IN_DATELINE
    done = _DONE_AT.match(content) is not None
    if not (few or done):
        return False
    date = _DATE.search(content)
    if done or date is None:
        return done and (few or date is not None)
    if is_east_asian(content[date.start() - 1 : date.start()] + content[date.end() :]):
        return len(content) <= _LONGEST_EAST_ASIAN_DATELINE and content[-1] not in "。：:\uff0c；"
    rest = re.findall(r"[^\W\d_]+", content[: date.start()] + " " + content[date.end() :])
    return all(not word[0].islower() or _LOWER_IN_A_PLACE.fullmatch(word) for word in rest)


def place_in_dateline(content: str) -> str:
    """Return the place that a dateline names; empty where it names none for certain.

    >>> place_in_dateline("(Dushanbe, 17 September 2021)")
    'Dushanbe'
    >>> place_in_dateline("No. 7 of 16 June 2009")
    ''
    """
    if formula := _DONE_AT.match(content):
        named = _PLACE_IN_FORMULA.match(content, formula.end())
        place = named[1] if named else ""
    else:
        date = _DATE.search(content)
        pieces = (content[: date.start()], content[date.end() :]) if date else ("",)
        left = [_AROUND_A_PLACE.sub("", piece) for piece in pieces]
        place = "".join(left) if not all(left) else ""
    words = place.split()
    if not 0 < len(words) <= _MOST_WORDS_IN_PLACE or _NO_PLACE.search(place):
        return ""
    return place if place[0].isupper() or is_east_asian(place[0]) else ""


def is_formula(content: str) -> bool:
    """Return whether a line is the formula that closes an agreement."""
    return _DONE_AT.match(content) is not None


def stands_alone(line: str) -> bool:
    """Return whether a line is a whole dateline, and not a sentence's last line."""
    return len(line) <= _LONGEST_LINE and line[-1] not in ".,;:" and is_dateline(line)
