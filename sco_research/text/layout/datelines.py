"""Where and when a document was adopted, on a line of its own: it is no sentence."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from sco_research.text.language import is_east_asian
from sco_research.text.layout.dates import (
    MONTH,
    FoundDate,
    find_date,
    names_a_month,
    names_a_year,
)

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
    r"town|this|day|dated|held|г|год|года|город|городе|в|от|року|р)",
    re.I,
)
_PLACE_IN_FORMULA = re.compile(
    r"\s+(?:the\s+)?(?:city\s+of\s+|городе\s+|г\.\s*)?([^\d,;]+?"
    rf"(?:,\s+(?!{MONTH}|\w+day\b)(?-i:D\.C\.|(?:the\s)?[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)*))?)\s*"
    r"(?:\b(?:on|this|the|le|am|el|den)\b|,|\d|«|$)",
    re.I,
)
# The hour at which a page went out: "15:30", "3.30 p.m.", "21:18 (GMT+8)".
_CLOCK = re.compile(
    r"[\s,;/|(\u2013\u2014•·-]*(?<![\d.,:])(?:[01]?\d|2[0-4])(?::[0-5]\d(?::\d{2})?(?:\s*[ap]\.?m\b\.?|\s*hrs?\b\.?)?"
    r"|\.[0-5]\d\s*(?:[ap]\.?m\b\.?|hrs?\b\.?|uhr\b)|\s*[ap]\.m\.)(?![\d.:])"
    r"(?:\s*\(?(?:UTC|GMT|MSK|[CEI]S?T|local time)\b(?:\s*[+-]\s*\d{1,2})?\)?)?\)?",
    re.I,
)
# How a meeting was held, amid its place and day: "(Zenda, via videoconference, 4 July 2013)".
_HELD = re.compile(
    r"[,\s]*\b(?:via|by|through|in)\s+(?:a\s+|an\s+|the\s+)?(?:(?:virtual|online|hybrid|video)[\s-]?"
    r"(?:conferenc\w*|meeting|summit|format)|video[\s-]?conferenc\w*|teleconferenc\w*)"
    r"|[,\s]*\b(?:в\s+(?:режиме|формате)\s+)?видео-?конференци\w+",
    re.I,
)
# What joins a place to a date: brackets, commas, "on", "the city of".
_AROUND_A_PLACE = re.compile(
    r"^[\W_]*(?:(?:held|in|at|the|city|of|города?|городе|года|год|г|в|à|zu|en|em|于|於)\b[\W_]*|于|於)*"
    r"|(?:[\W_]|\b(?:on|the|at|of|dated|le|den|am|el|г|года|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"\b)*$",
    re.I,
)
# The first day of a meeting that ends in another month: "30 September – 1 October 2014".
_FIRST_DAY = re.compile(
    rf"(?:\bс\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s*(?:of\s+)?{MONTH}|{MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s*\d{4})?\s*(?:[-–—/]|\b(?:to|and|по|до)\b)\s*$",
    re.I,
)
# "Lakeside Summit", and not "Special Summit" nor "G20 Summit".
_ITS_MEETING = re.compile(r"\s+(?:summit|meeting|conference)$", re.I)
_NO_TOWN = re.compile(
    r"(?:annual|special|extraordinary|ordinary|informal|joint|ministerial|leaders\W*|virtual|"
    r"inaugural|plenary|\w*(?:first|second|third|th|st|nd|rd))$|.*[\dA-Z]{2}",
)
# "Published: 12 June 2015", "Last updated on 3 May 2019": of the page and not of the text.
_PUBLICATION = re.compile(
    r"\W*(?:date\s+)?(?:first\s+)?(?:published|posted|updated|released|uploaded|modified|created"
    r"|last\s+(?:updated|modified|review(?:ed)?)|(?:publication|release)\s+date|опубликовано|обновлено"
    r"|дата\s+публикации)\b",
    re.I,
)
# A place on a line of its own, of which the day stands below: "New Delhi,".
_PLACE_LINE = re.compile(
    r"[(\[]?(?:г\.\s?)?[A-ZÀ-ÞА-ЯЁ][\w’'. -]{2,40}(?:,\s*[A-ZÀ-ÞА-ЯЁ][\w’'. -]{2,30})?,"
)
_MAX_WORDS_IN_PLACE_LINE = 6
# "10 июля 2015 г." ends with the year.
_YEAR_IN_RUSSIAN = re.compile(r"\d{4}\s?(?:г|р)\.$")
_NO_PLACE = re.compile(
    r"\d|[:;/]|\b(?:no|as|updated|published|posted|date|dated|adopted|version|press|release|"
    r"embargo(?:ed)?|until|till|updated?|by|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_WHO_MET = re.compile(r"^.*\s(?:in|at)\s(?:the\s)?(?=[A-Z])")
_MAX_WORDS_IN_PLACE = 5
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_ABBREVIATION = 3
_POINTED = re.compile(r"\b[A-Z]\.[A-Z]$")
# "1. Treaty of 16 August 2007" is an item of a list.
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_MAX_WORDS_IN_DATELINE = 8
_LONGEST_CLOSING_FORMULA = 250
_LONGEST_ADOPTED = 120
_LONGEST_EAST_ASIAN_DATELINE = 25
_LONGEST_LINE = 100
_CAPITALISED = r"(?-i:[A-ZÀ-ÞА-ЯЁ])[\w’'-]*"
_PLACE = rf"{_CAPITALISED}(?:[ \n](?:(?:de|del|la|am|an|of|upon|the)[ \n])*{_CAPITALISED}){{0,3}}"
# "met in Zenda, Ruritania, on 5 May 2019"; "the meeting of the Council in Zenda on 5 May 2019".
_MEETING = re.compile(
    r"\b(?:met|meets?|meeting|gather(?:ed|ing)?|convened?|assembled?|assembling|held|summit|"
    r"session|conference|réunie?s?)\b(?:(?!\.\s+[A-Z])[^;:]){0,150}?\s(?:in|at|à)\s+"
    r"(?:the\s+city\s+of\s+)?"
    rf"(?P<place>{_PLACE}(?:,\s+(?:D\.C\.|{_PLACE}))?)"
    r"(?=\s*(?:[,.;:()–—]|\b(?:on|from|for|to|under|this|today|and|where|with|at|between|during|in"
    r"|le|du)\b"
    r"|\d|$))",
    re.I,
)
# "Adopted by the Heads of State at their meeting in Zenda on 5 May 2019".
_WHERE_ADOPTED = re.compile(
    rf"\s(?:in|at)\s(?:the\scity\sof\s)?({_PLACE}(?:,\s{_PLACE})?),?\s(?:on\s(?=\d|{MONTH})|(?=\d))"
)
# "adopted at the fifth Summit, Zenda, 4 July 2013", below a title.
_ADOPTED_AT = re.compile(
    r"\(?(?:adopted|agreed|approved|endorsed|held|issued|signed)\s+(?:at|in|on|by|during)\b"
    r"[^.;:]*",
    re.I,
)
_LAST_PLACE = re.compile(rf",\s({_PLACE}),?\s(?:on\s(?=\d|{MONTH})|(?=\d|{MONTH}))")
# What was, or will be, is another meeting.
_OTHER_MEETING = re.compile(
    r"\b(?:next|last|previous|earlier|recall\w*|follow-up|since|предыдущ\w+|прошл\w+|следующ\w+"
    r"|ранее|напомина\w+|précédent\w*|dernier\w*|rappel\w*)\b",
    re.I,
)
_NO_CITY = re.compile(
    rf"(?:{MONTH}|(?:accordance|plenary|conformity|english|russian|chinese|french|spanish|person|"
    r"spring|summer|autumn|winter|ministerial|level|union|annex|article|council|assembly|charter|"
    r"declaration|statement|resolution|africa|asia|europe|central asia)\b)",
    re.I,
)
_ADOPTED = re.compile(r"\b(?:adopted|signed|issued|approved)\b[^.;]{0,100}?\bon\s+(?=\S)", re.I)
# "We, the Heads of State, assembled on 5 May 2019": a day without a place.
_ASSEMBLED = re.compile(
    r"\b(?:met|meet|meeting|gathered|assembled|convened)\b[^.;]{0,80}?\bon\s+(?:the\s+)?(?=[\dA-Z])",
    re.I,
)
# The same in Russian, which declines the place: "по итогам заседания, состоявшегося 13 сентября".
_ASSEMBLED_IN_RUSSIAN = re.compile(
    r"\b(?:встретил\w*|собрал\w*|провел\w*|состояв\w*|состоял\w*|встреч\w*|заседани\w*|саммит\w*"
    r"|сесси\w*|совещани\w*|подписа\w*)\b[^.;]{0,80}?\s(?=\d)",
    re.I,
)
# "On 5 May 2019, in the city of Zenda (Ruritania), the Council held its meeting".
_ON_A_DAY = re.compile(
    rf"On\s+(?P<day>[^;]{{6,40}}?),?\s+in\s+(?:the\s+city\s+of\s+)?(?P<place>{_PLACE})"
    r"[^.;]{0,120}?\b(?:held|met|convened|gathered|took\s+place)\b"
)
# "At Zenda, this 13th day of": what leads to the day is none of the place.
_THIS = re.compile(r",?\s+(?:on\s+)?this$", re.I)
# "Resolution adopted by the General Assembly on 7 May 2019", on lines of their own.
_ADOPTED_LINE = re.compile(
    r"^[ \t]*(?-i:(?=[A-Z]))(?:resolution |decision |declaration |statement )?adopted\b"
    r"[^.;]{0,100}?\bon\s+(?=\S)",
    re.I | re.M,
)
_FARTHEST_DATE = 60
# "this Twenty-Ninth Day of April in the Year Two Thousand and Seventeen" is long.
_FARTHEST_DAY = 120
_NEAR = 30


# "80th plenary meeting", above its day at the end of a resolution.
_SITTING = re.compile(r"\d{1,5}(?:st|nd|rd|th)\s+(?:plenary\s+)?meeting")
# What a masthead says beside a place and a day: "(OR. en)", "EUCO 12/15".
_OF_A_MASTHEAD = re.compile(r"\(OR\.\s*\w+\)|\b[A-Z]{2,6}\s\d{1,4}/\d{2,4}\b")


# The layout of a head and the search for title, day and place ask for the same lines.
@lru_cache(maxsize=256)
def is_dateline(content: str) -> bool:
    """Return whether a line is a dateline: place and date, or a closing formula.

    >>> is_dateline("Astana, June 9, 2017"), is_dateline("They met on June 9, 2017.")
    (True, False)
    """
    if len(content) > _LONGEST_CLOSING_FORMULA or _ITEM.match(content) or content[-1:] in ";:":
        return False
    if content[-7:] == "meeting" and _SITTING.fullmatch(content):
        return True
    content = unicodedata.normalize("NFKC", content)
    few = len(content.split(maxsplit=_MAX_WORDS_IN_DATELINE)) <= _MAX_WORDS_IN_DATELINE
    done = _DONE_AT.match(content) is not None
    below_title = len(content) <= _LONGEST_ADOPTED and _ADOPTED_AT.fullmatch(content) is not None
    if not (few or done or below_title):
        return False
    date = _date_in(content)
    if below_title and date:
        return True
    if done or date is None:
        return done and (few or date is not None)
    start, end = date
    if is_east_asian(content[max(start - 1, 0) : start] + content[end:]):
        return len(content) <= _LONGEST_EAST_ASIAN_DATELINE and content[-1] not in "。：:\uff0c；"
    rest = re.findall(r"[^\W\d_]+", " ".join(map(_bare, (content[:start], content[end:]))))
    return all(not word[0].islower() or _LOWER_IN_A_PLACE.fullmatch(word) for word in rest)


def _bare(piece: str) -> str:
    """Return what stands beside a date without the hour, a symbol, and how the meeting was held."""
    return _OF_A_MASTHEAD.sub("", _HELD.sub("", _CLOCK.sub("", piece)))


def is_clock(line: str) -> bool:
    """Return whether a line is the hour of a day and nothing else.

    >>> is_clock("16:30"), is_clock("3.30 p.m."), is_clock("16.30"), is_clock("16")
    (True, True, False, False)
    """
    return _CLOCK.fullmatch(line) is not None


def is_day_alone(line: str) -> bool:
    """Return whether a line names a day, and no place beside it.

    >>> is_day_alone("(Friday, May 4, 2013, 15:30)"), is_day_alone("Zenda, May 4, 2013")
    (True, False)
    """
    content = unicodedata.normalize("NFKC", line)
    date = _date_in(content) if len(content) <= _LONGEST_LINE else None
    if date is None or is_publication(content):
        return False
    pieces = (content[: date[0]], content[date[1] :])
    return not any(_AROUND_A_PLACE.sub("", _bare(piece)) for piece in pieces)


def _date_in(content: str) -> tuple[int, int] | None:
    """Return where a line names a day, or a month of a year."""
    if not names_a_year(content):
        return None
    if found := find_date(content):
        first = _FIRST_DAY.search(content[: found.start])
        return (first.start() if first else found.start), found.end
    month = _MONTH_ALONE.search(content) if "月" in content or names_a_month(content) else None
    return month.span() if month else None


def place_in_dateline(content: str) -> str:
    """Return the place that a dateline names; empty where it names none for certain.

    >>> place_in_dateline("(Dushanbe, 17 September 2021)")
    'Dushanbe'
    >>> place_in_dateline("No. 7 of 16 June 2009")
    ''
    """
    content = unicodedata.normalize("NFKC", content)
    formula = _DONE_AT.match(content)
    if formula or _ADOPTED_AT.fullmatch(content):
        # "Adopted by the Council at its 12th meeting" says who, and not where.
        says_where = formula and not formula[0].endswith("by")
        named = _PLACE_IN_FORMULA.match(content, formula.end()) if formula and says_where else None
        named = named or _WHERE_ADOPTED.search(content) or _LAST_PLACE.search(content)
        place = named[1] if named and not _NO_CITY.match(named[1]) else ""
    else:
        date = _date_in(content)
        pieces = (content[: date[0]], content[date[1] :]) if date else ("",)
        left = [_AROUND_A_PLACE.sub("", _bare(piece)) for piece in pieces]
        place = "".join(left) if not all(left) else ""
    if "(" in place and ")" not in place:
        place += ")"
    place = _THIS.sub("", place)
    # "Council in Lakeside", the rest of a line that says who met.
    place = _WHO_MET.sub("", place) + ("." if _POINTED.search(place) else "")
    town = _ITS_MEETING.sub("", place)
    if town != place:
        place = "" if _NO_TOWN.match(town) and not town.isupper() else town
    words = place.split()
    if not 0 < len(words) <= _MAX_WORDS_IN_PLACE or _NO_PLACE.search(place):
        return ""
    if not (place[0].isupper() or is_east_asian(place[0])):
        return ""
    return in_small_letters(place) if place.isupper() else place


def in_small_letters(place: str) -> str:
    """Return a place that is set in capitals as it is written elsewhere.

    >>> in_small_letters("NAY PYI TAW"), in_small_letters("RIO DE JANEIRO, USA")
    ('Nay Pyi Taw', 'Rio de Janeiro, USA')
    """
    words = place.split()
    return " ".join(
        word.lower()
        if _LOWER_IN_A_PLACE.fullmatch(word) and number
        else word
        if "." in word
        or (len(word) <= _LONGEST_ABBREVIATION and number and words[number - 1][-1] == ",")
        else _LETTERS.sub(lambda match: match[0].capitalize(), word)
        for number, word in enumerate(words)
    )


def is_publication(line: str) -> bool:
    """Return whether a line says when a page was published or changed, and not when it was adopted.

    >>> is_publication("Published: 12 June 2015"), is_publication("Zenda, 12 June 2015")
    (True, False)
    """
    return _PUBLICATION.match(line) is not None


def goes_on_with_day(before: str, line: str) -> bool:
    """Return whether a dateline is set in two lines: its place, and its day below.

    >>> goes_on_with_day("New Delhi,", "4 July 2013"), goes_on_with_day("Noting,", "4 states left.")
    (True, False)
    """
    if before[-1:] != "," or not _PLACE_LINE.fullmatch(before):
        return False
    if len(before.split()) > _MAX_WORDS_IN_PLACE_LINE:
        return False
    date = _date_in(unicodedata.normalize("NFKC", line))
    return date is not None and not re.search(r"[^\W\d_]{3}", line[: date[0]] + line[date[1] :])


def is_formula(content: str) -> bool:
    """Return whether a line is the formula that closes an agreement."""
    return _DONE_AT.match(content) is not None


def stands_alone(line: str) -> bool:
    """Return whether a line is a whole dateline, and not a sentence's last line."""
    if len(line) > _LONGEST_LINE:
        return False
    ended = line[-1] in ".,;:" and not _YEAR_IN_RUSSIAN.search(line)
    return not ended and is_dateline(line)


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
    if (on := _ON_A_DAY.match(plain)) and (day := find_date(on["day"])):
        return Meeting("" if _NO_CITY.match(on["place"]) else on["place"], day)
    for pattern in (_ADOPTED, _ASSEMBLED, _ASSEMBLED_IN_RUSSIAN):
        said = pattern.search(plain)
        if said and not _OTHER_MEETING.search(plain[max(said.start() - 20, 0) : said.end()]):
            day = find_date(plain[said.end() : said.end() + _FARTHEST_DAY])
            # The day stands right there, and not in a sentence further on.
            if day and day.start < _NEAR:
                return Meeting("", day)
    return Meeting("", None)


def adoption_in(head: str) -> FoundDate | None:
    r"""Return the day that the head of a document says it was adopted on.

    >>> adoption_in("Distr.: 9 May 2019\nResolution adopted by the Council\non 7 May 2019").day
    datetime.date(2019, 5, 7)
    """
    match = _ADOPTED_LINE.search(head)
    return find_date(head[match.end() : match.end() + _FARTHEST_DAY]) if match else None
