"""Where and when a document was adopted, on a line of its own: it is no sentence."""

import re
import unicodedata
from typing import NamedTuple

from sco_research.text.language import is_east_asian
from sco_research.text.layout.dates import MONTH, FoundDate, find_date

# A month will do: "Astana, June 2017".
_MONTH_ALONE = re.compile(rf"(?:{MONTH}\s+\d{{4}}|\d{{4}}\s*年\s*\d{{1,2}}\s*月)(?!\d)", re.I)
# The formula that closes an agreement: "Done at Astana on 9 June 2017, in two copies, …".
_DONE_AT = re.compile(
    r"(?-i:(?=[A-ZÀ-ÞА-ЯЁ]))(?:done|signed|adopted|issued|concluded|совершено|подписано|принято|fait|signé|geschehen|"
    r"unterzeichnet|hecho|firmado|feito|fatto)\s+(?:at|in|on|by|this|в|à|zu|en|em|a)\b",
    re.I,
)
_LOWER_IN_A_PLACE = re.compile(
    r"(?:at|in|on|of|the|city|and|de|du|del|da|do|le|la|el|los|les|den|am|an|der|à|a|au|em|en|zu|"
    r"town|this|day|dated|г|год|года|город|в|от|року|р)",
    re.I,
)
_PLACE_IN_FORMULA = re.compile(
    r"\s+(?:the\s+)?(?:city\s+of\s+|городе\s+|г\.\s*)?([^\d,;]+?)\s*"
    r"(?:\b(?:on|this|the|le|am|el|den)\b|,|\d|«|$)",
    re.I,
)
# What joins a place to a date: brackets, commas, "on", "the city of".
_AROUND_A_PLACE = re.compile(
    r"^[\W_]*(?:(?:in|at|the|city|of|г|в|à|zu|en|em|于|於)\b[\W_]*|于|於)*"
    r"|(?:[\W_]|\b(?:on|the|at|of|dated|le|den|am|el|г|года)\b)*$",
    re.I,
)
# "10 июля 2015 г." ends with the year.
_YEAR_IN_RUSSIAN = re.compile(r"\d{4}\s?(?:г|р)\.$")
_NO_PLACE = re.compile(
    r"\d|[:;/]|\b(?:no|as|updated|published|posted|date|dated|adopted|version|press|release|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_WHO_MET = re.compile(r"^.*\s(?:in|at)\s(?:the\s)?(?=[A-Z])")
_MOST_WORDS_IN_PLACE = 5
# "1. Treaty of 16 August 2007" is an item of a list.
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_MOST_WORDS_IN_DATELINE = 8
_LONGEST_CLOSING_FORMULA = 250
_LONGEST_EAST_ASIAN_DATELINE = 25
_LONGEST_LINE = 100
_CAPITALISED = r"(?-i:[A-ZÀ-ÞА-ЯЁ])[\w’'-]*"
_PLACE = rf"{_CAPITALISED}(?:[ \n](?:(?:de|del|la|am|an|of|upon|the)[ \n])*{_CAPITALISED}){{0,3}}"
# "met in Zenda, Ruritania, on 5 May 2019"; "the meeting of the Council in Zenda on 5 May 2019".
_MEETING = re.compile(
    r"\b(?:met|meets?|meeting|gather(?:ed|ing)?|convened?|assembled?|assembling|held|summit|"
    r"session|conference)\b(?:(?!\.\s+[A-Z])[^;:]){0,150}?\s(?:in|at)\s+(?:the\s+city\s+of\s+)?"
    rf"(?P<place>{_PLACE}(?:,\s+(?:D\.C\.|{_PLACE}))?)"
    r"(?=\s*(?:[,.;:()–—]|\b(?:on|from|for|to|under|this|today|and|where|with|at|between|during|in)\b"
    r"|\d|$))",
    re.I,
)
# What was, or will be, is another meeting.
_OTHER_MEETING = re.compile(r"\b(?:next|last|previous|earlier|recall\w*|follow-up|since)\b", re.I)
_NO_CITY = re.compile(
    rf"(?:{MONTH}|(?:accordance|plenary|conformity|english|russian|chinese|french|spanish|person|"
    r"spring|summer|autumn|winter|ministerial|level|union|annex|article|council|assembly|charter|"
    r"declaration|statement|resolution|africa|asia|europe|central asia)\b)",
    re.I,
)
_ADOPTED = re.compile(r"\b(?:adopted|signed|issued|approved)\b[^.;]{0,100}?\bon\s+(?=\S)", re.I)
# "Resolution adopted by the General Assembly on 7 May 2019", on lines of their own.
_ADOPTED_LINE = re.compile(
    r"^[ \t]*(?-i:(?=[A-Z]))(?:resolution |decision |declaration |statement )?adopted\b"
    r"[^.;]{0,100}?\bon\s+(?=\S)",
    re.I | re.M,
)
_FARTHEST_DATE = 60


def is_dateline(content: str) -> bool:
    """Return whether a line is a dateline: place and date, or a closing formula.

    >>> is_dateline("Astana, June 9, 2017"), is_dateline("They met on June 9, 2017.")
    (True, False)
    """
    if len(content) > _LONGEST_CLOSING_FORMULA or _ITEM.match(content):
        return False
    content = unicodedata.normalize("NFKC", content)
    few = len(content.split(maxsplit=_MOST_WORDS_IN_DATELINE)) <= _MOST_WORDS_IN_DATELINE
    done = _DONE_AT.match(content) is not None
    if not (few or done):
        return False
    date = _date_in(content)
    if done or date is None:
        return done and (few or date is not None)
    start, end = date
    if is_east_asian(content[max(start - 1, 0) : start] + content[end:]):
        return len(content) <= _LONGEST_EAST_ASIAN_DATELINE and content[-1] not in "。：:\uff0c；"
    rest = re.findall(r"[^\W\d_]+", content[:start] + " " + content[end:])
    return all(not word[0].islower() or _LOWER_IN_A_PLACE.fullmatch(word) for word in rest)


def _date_in(content: str) -> tuple[int, int] | None:
    """Return where a line names a day, or a month of a year."""
    if found := find_date(content):
        return found.start, found.end
    month = _MONTH_ALONE.search(content)
    return month.span() if month else None


def place_in_dateline(content: str) -> str:
    """Return the place that a dateline names; empty where it names none for certain.

    >>> place_in_dateline("(Dushanbe, 17 September 2021)")
    'Dushanbe'
    >>> place_in_dateline("No. 7 of 16 June 2009")
    ''
    """
    content = unicodedata.normalize("NFKC", content)
    if formula := _DONE_AT.match(content):
        named = _PLACE_IN_FORMULA.match(content, formula.end())
        # "Adopted by the Council at its 12th meeting" says who, and not where.
        place = named[1] if named and not formula[0].endswith("by") else ""
    else:
        date = _date_in(content)
        pieces = (content[: date[0]], content[date[1] :]) if date else ("",)
        left = [_AROUND_A_PLACE.sub("", piece) for piece in pieces]
        place = "".join(left) if not all(left) else ""
    # "Council in Lakeside", the rest of a line that says who met.
    place = _WHO_MET.sub("", place)
    words = place.split()
    if not 0 < len(words) <= _MOST_WORDS_IN_PLACE or _NO_PLACE.search(place):
        return ""
    return place if place[0].isupper() or is_east_asian(place[0]) else ""


def is_formula(content: str) -> bool:
    """Return whether a line is the formula that closes an agreement."""
    return _DONE_AT.match(content) is not None


def stands_alone(line: str) -> bool:
    """Return whether a line is a whole dateline, and not a sentence's last line."""
    ended = line[-1] in ".,;:" and not _YEAR_IN_RUSSIAN.search(line)
    return len(line) <= _LONGEST_LINE and not ended and is_dateline(line)


class Meeting(NamedTuple):
    """Where and when an opening sentence says that they met; what it does not say is empty."""

    place: str
    date: FoundDate | None


def meeting_in(paragraph: str) -> Meeting:
    """Return the place and the day that an opening paragraph names for its own meeting.

    >>> meeting_in("The leaders met in Zenda, Ruritania, on 5 May 2019 and agreed.").place
    'Zenda, Ruritania'
    >>> meeting_in("They recalled the last meeting in Zenda.")
    Meeting(place='', date=None)
    """
    plain = unicodedata.normalize("NFKC", paragraph)
    # Among capitals alone no name shows.
    for match in () if plain.isupper() else _MEETING.finditer(plain):
        place = " ".join(match["place"].split())
        before = plain[max(match.start() - _FARTHEST_DATE, 0) : match.start()]
        if _NO_CITY.match(place) or _OTHER_MEETING.search(before[-20:] + match[0]):
            continue
        after = plain[match.end() : match.end() + _FARTHEST_DATE]
        # "was held on 14 November 2017 in Port Ferry".
        return Meeting(place, find_date(after) or find_date(match[0]) or find_date(before))
    adopted = _ADOPTED.search(plain)
    day = find_date(plain[adopted.end() : adopted.end() + _FARTHEST_DATE]) if adopted else None
    return Meeting("", day)


def adoption_in(head: str) -> FoundDate | None:
    r"""Return the day that the head of a document says it was adopted on.

    >>> adoption_in("Distr.: 9 May 2019\nResolution adopted by the Council\non 7 May 2019").day
    datetime.date(2019, 5, 7)
    """
    match = _ADOPTED_LINE.search(head)
    return find_date(head[match.end() : match.end() + _FARTHEST_DATE]) if match else None
