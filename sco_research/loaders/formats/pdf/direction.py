"""Letters that are written from right to left, from the order of the page to that of reading."""

import re
import unicodedata

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_FROM_THE_RIGHT = re.compile(rf"[{_RIGHT_TO_LEFT}]")
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
# A number with what belongs to it, or words of another script with all that stands between them.
_NUMBER = rf"[{_DIGITS}](?:[{_DIGITS}.,:/%\u066a-\u066c-]*[{_DIGITS}%\u066a])?"
_OTHER = rf"[^\W{_RIGHT_TO_LEFT}]"
_ITS_SIGNS = rf"[^{_RIGHT_TO_LEFT}\n]"
_FROM_THE_LEFT = re.compile(
    rf"(?:{_OTHER}{_ITS_SIGNS}*)?[^\W\d_{_RIGHT_TO_LEFT}](?:{_ITS_SIGNS}*{_OTHER})?(?:[/-](?=\s))?"
    rf"|{_NUMBER}"
)
_PHRASE = re.compile(
    rf"[{_RIGHT_TO_LEFT}](?:[^\w\n{_RIGHT_TO_LEFT}]|[{_RIGHT_TO_LEFT}{_DIGITS}])*"
    rf"(?<=[{_RIGHT_TO_LEFT}])"
)
_PAIRS = ("()", "[]", "{}", "«»", "‹›")
_BRACKET = re.compile(r"[()\[\]{}«»‹›]")
_YEAR = re.compile(rf"(?<![{_DIGITS}])[{_DIGITS}]{{4}}(?![{_DIGITS}])")
_LIKELY_YEAR = re.compile(r"1[3-9]\d\d|20[0-4]\d")


def is_right_to_left(text: str) -> bool:
    """Return whether a text holds letters that are written from right to left.

    >>> is_right_to_left("The \u05e9\u05dc\u05d5\u05dd"), is_right_to_left("Déclaration")
    (True, False)
    """
    return not text.isascii() and _FROM_THE_RIGHT.search(text) is not None


def runs_from_the_right(text: str, share: float = 0.5) -> bool:
    """Return whether so large a share of a text's letters is written from right to left."""
    found = len(_FROM_THE_RIGHT.findall(text)) if not text.isascii() else 0
    return found > 0 and found >= share * sum(map(str.isalpha, text))


def in_reading_order(drawn: str, *, from_the_right: bool) -> str:
    """Return a line as it is read, from its letters as they are drawn from left to right.

    Numbers and words in other letters keep their order. Files keep brackets as they look, or as
    they are meant; here they open before a word and close after one.

    Parameters
    ----------
    drawn : str
        The line's letters from left to right.
    from_the_right : bool
        Whether the line as a whole runs from right to left.

    Examples
    --------
    >>> in_reading_order(".2013 \u05dd\u05d5\u05dc\u05e9", from_the_right=True)
    'שלום 2013.'
    >>> in_reading_order("They say \u05dd\u05d5\u05dc\u05e9.", from_the_right=False)
    'They say שלום.'
    """
    if from_the_right:
        text = _FROM_THE_LEFT.sub(lambda match: match[0][::-1], drawn)[::-1]
    else:
        text = _PHRASE.sub(
            lambda match: re.sub(_NUMBER, lambda number: number[0][::-1], match[0])[::-1], drawn
        )
    return _BRACKET.sub(_as_it_stands, text)


def _as_it_stands(match: re.Match[str]) -> str:
    """Return a bracket as it stands to its neighbours: one that opens has a space before it."""
    sign = match[0]
    before = match.string[: match.start()][-1:].strip()
    after = match.string[match.end() :][:1].strip()
    pair = next(pair for pair in _PAIRS if sign in pair)
    if after.isalnum() and not before.isalnum():
        return pair[0]
    if before.isalnum() and not after.isalnum():
        return pair[1]
    return sign


def has_backward_numbers(text: str) -> bool:
    """Return whether the numbers of a text read like years only from behind.

    >>> has_backward_numbers("in 3102 and 4102"), has_backward_numbers("in 2013 and 3102")
    (True, False)
    """
    found = [
        "".join(str(unicodedata.digit(digit)) for digit in match) for match in _YEAR.findall(text)
    ]
    forward = any(_LIKELY_YEAR.fullmatch(number) for number in found)
    return not forward and any(_LIKELY_YEAR.fullmatch(number[::-1]) for number in found)


def with_numbers_turned(text: str) -> str:
    """Return a text with each of its numbers from behind.

    >>> with_numbers_turned("in 3102, 5.21 million")
    'in 2013, 12.5 million'
    """
    return re.sub(_NUMBER, lambda match: match[0][::-1], text)
