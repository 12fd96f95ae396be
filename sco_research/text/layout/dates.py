"""Dates in the forms and languages that declarations are published in."""

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from sco_research.resources import data_path


def _small(text: str) -> str:
    """Return a text in small letters, the Turkish İ and ı as i."""
    return text.lower().replace("\u0307", "").replace("ı", "i")


_MONTH_NAMES = tomllib.loads(data_path("lexicons", "month-names.toml").read_text(encoding="utf-8"))
_MONTHS = {
    unicodedata.normalize("NFKC", name.replace("_", " ")): number
    for number, names in enumerate(_MONTH_NAMES.values(), start=1)
    for name in names.split()
}
_LETTERS = re.compile(r"[^\W\d_]+")
_FIRST_LETTERS = frozenset(_LETTERS.findall(_small(name))[0] for name in _MONTHS)
_NUMBERS_OF_MONTHS = {_small(name): number for name, number in _MONTHS.items()}
# Croatian's October is Polish's November; where the day has a point, the date is Croatian.
_AFTER_A_POINT = re.compile(r"\d\.\s*listopada\b", re.I)
# Numbers in words, as treaties close: "this thirteenth day of May, two thousand and thirteen".
_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {word: number for number, word in enumerate(_UNIT_WORDS.split())}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50} | {
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_CARDINALS = _UNITS | _TENS
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_HAN_DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9,
}  # fmt: skip
_SPELT = r"\b(?:thousand|hundred|nineteen|twenty)\b"
_FIRST_YEARS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_FIRST_YEAR = 1600
# Written so, without a count, it is looked for by its first sign, ten times as fast.
_FOUR_FIGURES = re.compile(r"\d\d\d\d")
_HAS_SPELT_YEAR = re.compile(_SPELT, re.I)
# To look for a few letters is quicker than for a pattern that knows no capitals.
_OF_SPELT_YEARS = ("thousand", "hundred", "nineteen", "twenty")


def _any_of(words: Mapping[str, int]) -> str:
    """Return the alternatives of a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# A name may end with a vowel's sign, which is no letter: "जनवरी".
MONTH = rf"(?<![^\W\d_])(?:{_any_of(_MONTHS)})(?!\w)\.?"
_MONTH = rf"(?P<m>(?<![^\W\d_])(?:{_any_of(_MONTHS)}))(?!\w)\.?"
_ORDINAL = "|".join(word.replace("-", "[- ]") for word in sorted(_ORDINALS, key=len, reverse=True))
_DAY = (
    r"(?:[«“\"]?(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|o\b|e\b)?\.?[»”\"]?"
    rf"|\b(?P<dw>{_ORDINAL})\b)"
)
_NUMBER_WORD = rf"(?:{_any_of(_CARDINALS)}|hundred|thousand)"
_YEAR_IN_WORDS = rf"(?P<yw>(?:two|one|nineteen|twenty)\b(?:[\s-]+(?:and\s+)?{_NUMBER_WORD}\b)+)"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_ANY_YEAR = rf"(?:{_YEAR}|{_YEAR_IN_WORDS})"
_ERA = rf"(?P<era>{'|'.join(_FIRST_YEARS)})"
_HAN = "〇○零一二三四五六七八九十"
_OTHER_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|er)?\.?\s*(?:[-–—/]|and|to|et|und|y|e|и)\s*)?"
# "day of", "de", "le mois de", "ta'", "in the year".
_OF = r"(?:day\s+of\s+|of\s+|de\s+|d['’]|di\s+|del\s+|ta['’]\s+)?"
_IN_YEAR = r"(?:\s*,|\s+del?|\s+(?:in\s+)?the\s+year|\s+of(?:\s+the\s+year|\s+our\s+lord)?)*\s*"
# Of a meeting of several days the last is the day of adoption.
_DATE_FORMS = tuple(
    # With each form, whether it holds a month's name.
    (re.compile(form, re.IGNORECASE), "(?P<m>(?<!" in form)
    for form in (
        rf"{_MONTH}\s*(?:the\s+)?(?:\d+\w*\s*(?:[-–—]|and)\s*)?{_DAY}{_IN_YEAR}{_ANY_YEAR}",
        rf"(?<!\d){_OTHER_DAY}{_DAY}(?:\s*[-/]\s*|\s+){_OF}{_MONTH}(?:{_IN_YEAR}|\s*[-/]\s*){_ANY_YEAR}",
        rf"(?<!\d){_YEAR}\s*([-/.])\s*(?P<m>\d{{1,2}})\s*\2\s*(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        # "13/09/2013" and "09/13/2013" where only one of them is a day; "08/12/2013" names none.
        rf"(?<![\d/])(?P<d>1[3-9]|2\d|3[01])/(?P<m>\d{{1,2}})/{_YEAR}",
        rf"(?<![\d/])(?P<m>\d{{1,2}})/(?P<d>1[3-9]|2\d|3[01])/{_YEAR}",
        rf"(?<![\d/])(?P<d>\d{{1,2}})/(?P<m>(?P=d))/{_YEAR}",
        rf"(?P<y>\d{{4}}|[{_HAN}]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*"
        rf"(?:(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s*日?\s*(?:[-~〜、—–至到]|から)\s*)?"
        rf"(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*[日号號]",
        rf"{_ERA}\s*(?P<y>元|\d{{1,2}}|[{_HAN}]{{1,3}})\s*年\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*"
        rf"(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*日",
        # Kazakh, Kyrgyz, Uzbek, Latvian and Georgian begin with the year, Tajik says "of the year".
        rf"(?<!\d){_YEAR}\.?(?:\s*-?\s*(?:жылғы|жылы|жылдын|yil|йил|gada|წლის)(?:\s+|\b))"
        rf"\s*{_DAY}\s*-?\s*{_MONTH}",
        # Lithuanian and Armenian: "2013 m. rugsėjo 13 d."; Hungarian: "2013. szeptember 13-án".
        rf"(?<!\d){_YEAR}\s*(?:m\.|թ\.|թվականի)\s*{_MONTH}\s*(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\.\s+(?-i:(?=[a-zá])){_MONTH}\s+(?P<d>\d{{1,2}})(?:\.|-(?:j?[aá]n|j?[eé]n|i|ai|ei)\b)",
        rf"(?<!\d){_YEAR}\s*(?:оны|он)\s+(?P<m>\d{{1,2}})(?:\s*-?\s*(?:р|дугаар|дүгээр))?\s+сарын\s+"
        r"(?P<d>\d{1,2})(?!\d)",
        rf"(?<!\d){_DAY}\s*-?\s*{_MONTH}\s+соли\s+{_YEAR}",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?:,|\s+năm)\s+{_YEAR}",
        r"(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일",
    )
)
# "30 May 2014 – 1 June 2014": the day after it is the one that counts.
_TO = re.compile(r"\s*(?:[-–—]|\bto\b|\bпо\b)\s*(?=\w)")


class FoundDate(NamedTuple):
    """A day, and where a text names it."""

    start: int
    end: int
    day: datetime.date


def names_a_year(text: str) -> bool:
    """Return whether a text may name a day at all: what no date is without is quick to look for."""
    if _FOUR_FIGURES.search(text) or "年" in text or "\ub144" in text:
        return True
    small = text.lower()
    return any(word in small for word in _OF_SPELT_YEARS) and bool(_HAS_SPELT_YEAR.search(text))


def names_a_month(text: str) -> bool:
    """Return whether a text may name a month: to look for its words is quicker than for a pattern.

    >>> names_a_month("le 1er mai 2014"), names_a_month("9 HAZİRAN 2017"), names_a_month("2014")
    (True, True, False)
    """
    return not _FIRST_LETTERS.isdisjoint(_LETTERS.findall(_small(text)))


def find_date(text: str, *, today: datetime.date | None = None) -> FoundDate | None:
    """Return the first day that a text names, in the first form that names one, or None.

    Parameters
    ----------
    text : str
        A line or a few, composed and in plain digits (NFKC).
    today : datetime.date, optional
        The present day, whose year is the last that counts; the clock's where not given.

    Examples
    --------
    >>> find_date("Lakeside, le 1er mai 2014").day
    datetime.date(2014, 5, 1)
    >>> find_date("spring 2013"), find_date("1 May 2031", today=datetime.date(2030, 1, 1))
    (None, None)
    """
    if not names_a_year(text):
        return None
    latest = (today or datetime.datetime.now(datetime.UTC).date()).year
    names_month = names_a_month(text)
    for pattern, holds_name in _DATE_FORMS:
        for match in pattern.finditer(text) if names_month or not holds_name else ():
            day = _day_of(match)
            if day is not None and _FIRST_YEAR <= day.year <= latest:
                to = _TO.match(text, match.end())
                last = find_date(text[to.end() :], today=today) if to else None
                if to and last and last.start == 0:
                    return FoundDate(match.start(), to.end() + last.end, last.day)
                return FoundDate(match.start(), match.end(), day)
    return None


def _day_of(match: re.Match[str]) -> datetime.date | None:
    """Return the day whose parts a pattern has found; None where the calendar has none such."""
    found: Mapping[str, str | None] = match.groupdict()
    year = _year_in_words(words) if (words := found.get("yw")) else _number(found["y"] or "")
    if era := found.get("era"):
        year += _FIRST_YEARS[era] - 1
    month = _NUMBERS_OF_MONTHS.get(_small(found["m"] or "")) or _number(found["m"] or "")
    month = 10 if _AFTER_A_POINT.search(match[0]) else month
    ordinal = found.get("dw")
    day = _ORDINALS["-".join(ordinal.lower().split())] if ordinal else _number(found["d"] or "")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _number(digits: str) -> int:
    """Read a number in Arabic digits or in Han numerals, of either kind.

    >>> _number("13"), _number("二〇一三"), _number("二十三"), _number("十"), _number("元")
    (13, 2013, 23, 10, 1)
    """
    if digits == "元":
        return 1
    if digits.isdecimal():
        return int(digits)
    tens, ten, units = digits.partition("十")
    if not ten:
        return int("".join(str(_HAN_DIGITS[digit]) for digit in tens) or 0)
    return 10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(units, 0)


def _year_in_words(text: str) -> int:
    """Read a year that is spelt out.

    >>> _year_in_words("two thousand and thirteen"), _year_in_words("nineteen ninety-eight")
    (2013, 1998)
    >>> _year_in_words("one thousand nine hundred and seventy")
    1970
    """
    year = 0
    part = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "thousand":
            year, part = (part or 1) * 1000, 0
        elif word == "hundred":
            year, part = year + (part or 1) * 100, 0
        elif word != "and":
            number = _CARDINALS[word]
            # "Nineteen ninety-eight", "twenty thirteen": two numbers side by side.
            if part >= 10 and number >= 10 and not year:
                year, part = part * 100, 0
            part += number
    return year + part
