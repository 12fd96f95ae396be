"""Numbers as people write them: 1,829; 12.5 (11 to 16); 24 %; twelve of 51; two thirds."""

import re
from dataclasses import dataclass
from typing import Final

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENFOLD: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS: Final = {word: number for number, word in enumerate(_SMALL.split())}
_TENS: Final = {word: 10 * tens for tens, word in enumerate(_TENFOLD.split(), start=2)}
_POWERS: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_PARTS: Final = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_NOTHING: Final = {"none": 0, "no": 0}

_WORD = "|".join([*_UNITS, *_TENS, *_POWERS])
_DIGITS = (
    r"(?:(?<![\w)])[-\u2212])?(?<![\d.,])(?:\d{1,3}(?:[,\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?(?![\d])"
)
_WORDS = rf"(?:(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}))*)"
_FRACTION = (
    rf"(?:(?:(?:a|one|two|three|four|five|six|seven|eight|nine)[\s-]+)?(?:{'|'.join(_PARTS)})s?)"
)
_NUMBER = rf"(?:{_DIGITS}|\b{_FRACTION}\b|\b{_WORDS}\b|\b(?:none|no)\b)"
_PERCENT = r"(?:\s*\\?%|[\s~]*(?:per\s?cent|percent)\b)"
_TO = r"(?:\s*(?:\u2013|\u2014|--?)\s*|\s+(?:to|and)\s+|,\s+)"


def _one(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})(?P<{name}p>{_PERCENT})?"


# What is said before an interval in brackets, such as "95 % interval".
_LEVEL = r"(?:\d\d(?:\.\d)?\s*\\?%)?[^()\[\]\d]{0,40}"
_INTERVAL = rf"\s*[(\[]{_LEVEL}{_one('low')}{_TO}{_one('high')}[)\]]"
_ABOUT = (
    r"about|around|approximately|roughly|some|nearly|almost|over|more\s+than|at\s+least|under|"
    r"less\s+than|fewer\s+than"
)
# "And" joins the ends of a range only after "between".
_RANGE = r"(?:\s*(?:\u2013|\u2014|--?)\s*|\s+to\s+|(?(between)\s+and\s+|(?!)))"
_EXPRESSION = re.compile(
    rf"(?:\b(?P<about>{_ABOUT})\s+)?(?P<between>\bbetween\s+)?{_one('value')}"
    rf"(?:\s+(?:out\s+)?of\s+(?:the\s+)?(?P<of>{_NUMBER})"
    rf"|{_INTERVAL}|{_RANGE}{_one('end')})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """One number as written.

    Attributes
    ----------
    value : float
        What it says; of "24 %", 24.
    decimals : int
        Digits after the point.
    zeros : int
        Zeros at the end of a whole number, which may be rounding.
    is_percent, in_words, is_fraction : bool
        Whether it is written with a percent sign, in words, or as a fraction such as "a third".
    """

    value: float
    decimals: int = 0
    zeros: int = 0
    is_percent: bool = False
    in_words: bool = False
    is_fraction: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A number with what belongs to it, as written.

    Attributes
    ----------
    text : str
        The words.
    value : WrittenNumber
        The number, or where a range begins.
    end : WrittenNumber or None
        Where a range ends: 11 to 16.
    of : WrittenNumber or None
        What it is a part of: 12 of 51.
    low, high : WrittenNumber or None
        Its interval: 12.5 (11 to 16).
    about : str
        A word before it that says it is not exact; empty where there is none.
    """

    text: str
    value: WrittenNumber
    end: WrittenNumber | None = None
    of: WrittenNumber | None = None
    low: WrittenNumber | None = None
    high: WrittenNumber | None = None
    about: str = ""


def find_numbers(text: str) -> list[Written]:
    """Return the numbers of a text, in their order.

    Examples
    --------
    >>> [one.text for one in find_numbers("Of 51 sentences, twelve (24 %) do; 12.5 (11 to 16).")]
    ['51', 'twelve', '24 %', '12.5 (11 to 16)']
    >>> find_numbers("two thirds")[0].value.value > 0.66
    True
    """
    return [_written(match) for match in _EXPRESSION.finditer(text)]


def _written(match: re.Match[str]) -> Written:
    def number(name: str, *, percent: bool = False) -> WrittenNumber | None:
        said = match[name]
        if said is None:
            return None
        marked = match.groupdict().get(f"{name}p") is not None
        return _number(said, is_percent=percent or marked)

    # One sign stands for all of a range.
    last = match["endp"] or match["highp"] or ""
    value = number("value", percent=bool(match["endp"]))
    assert value is not None
    shares = bool(last) or value.is_percent
    return Written(
        match[0].strip(),
        value,
        end=number("end", percent=shares),
        of=number("of"),
        low=number("low", percent=shares),
        high=number("high", percent=shares),
        about=" ".join((match["about"] or "").lower().split()),
    )


def _number(said: str, *, is_percent: bool) -> WrittenNumber:
    plain = said.replace("\N{MINUS SIGN}", "-").lower()
    digits = re.sub(r"[,\u2009\u202f]", "", plain)
    if re.fullmatch(r"-?\d+(\.\d+)?", digits):
        decimals = len(digits.partition(".")[2])
        zeros = 0 if decimals else len(digits) - len(digits.rstrip("0"))
        return WrittenNumber(float(digits), decimals, zeros if float(digits) else 0, is_percent)
    words = re.split(r"[\s-]+", plain)
    part = words[-1].removesuffix("s") if words[-1] != "halves" else "half"
    if part in _PARTS and words[-1] not in _UNITS:
        top = 1 if len(words) == 1 or words[0] == "a" else _UNITS[words[0]]
        return WrittenNumber(top / _PARTS[part], 0, 0, is_percent, in_words=True, is_fraction=True)
    return WrittenNumber(float(_of_words(words)), 0, 0, is_percent, in_words=True)


def _of_words(words: list[str]) -> int:
    """Return the number that words say.

    >>> _of_words(["one", "thousand", "eight", "hundred", "and", "twenty", "nine"])
    1829
    """
    total = current = 0
    for word in words:
        if word in _NOTHING:
            return 0
        if word in _POWERS:
            power = _POWERS[word]
            current = max(current, 1) * power
            if power > 100:
                total, current = total + current, 0
        elif word != "and":
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total + current
