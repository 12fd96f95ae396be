"""The one tokenizer: what counts as a word, everywhere in the package.

A word is a run of letters or digits with the marks that stand on them. Inside it a hyphen or an
apostrophe joins ("non-interference", "people's"); a point joins single letters ("U.S") and digits
("3.5"); a comma joins digits ("1,373"). Punctuation, dashes, underscores and symbols are no words.
An apostrophe is one letter in whatever form it is typed, so that "people's" is one word type.
"""

import re
import unicodedata
from collections.abc import Iterator

# What a typist sets for an apostrophe inside a word.
APOSTROPHES = "’‘ʼ´`\uff07\u2032"
_FIRST_MARK, _LAST_MARK = 0x300, 0xFE2F


def _marks() -> str:
    """Return the ranges of the marks that belong to the letter before them, for a pattern's class.

    The joiners of Persian and Hindi, which show nothing, are among them.
    """
    points = [
        point
        for point in range(_FIRST_MARK, _LAST_MARK + 1)
        if unicodedata.category(chr(point))[0] == "M"
    ]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "\u200c\u200d" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = _marks()
_RUN = rf"[^\W_]++(?:[{MARKS}]++[^\W_]*+)*+"
WORD = re.compile(
    rf"{_RUN}"
    r"(?:[-'’‘ʼ´`\uff07\u2032‐‑.,]"  # the apostrophes, hyphens and stops that texts really hold
    # One test of the joint's character, and only a point or a comma asks for more: this is the
    # package's innermost loop.
    r"(?:(?<![.,])|(?<=\d.)(?=\d)|(?<=\b\w\.)(?=[^\W\d_]\b))"
    rf"{_RUN})*+"
)

# The same rule for a text of ASCII alone, as most sentences are: a table of characters in place of
# Unicode's categories, and nothing to go back to.
ASCII_WORD = re.compile(
    r"[0-9A-Za-z]++"
    r"(?:[-'`.,]"
    r"(?:(?<![.,])|(?<=\d.)(?=\d)|(?<=\b\w\.)(?=[^\W\d_]\b))"
    r"[0-9A-Za-z]++)*+",
    re.ASCII,
)


def straight(text: str) -> str:
    """Return a text with every apostrophe in its straight form; its length stays.

    >>> straight("the people’s choice")
    "the people's choice"
    """
    # Most texts have one form or none: to look for each is faster than to translate.
    for form in APOSTROPHES:
        if form in text:
            text = text.replace(form, "'")
    return text


def words(text: str) -> list[str]:
    """Return the words of a text, in order, as written but for the form of their apostrophes.

    >>> words("The U.S. gave $3.5 billion - socio-economic aid; the states' own.")
    ['The', 'U.S', 'gave', '3.5', 'billion', 'socio-economic', 'aid', 'the', 'states', 'own']
    """
    if text.isascii():
        return ASCII_WORD.findall(text.replace("`", "'"))
    return WORD.findall(straight(text))


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word of a text: of those of `words`, in the same order.

    >>> list(word_spans("We, the Parties"))
    [(0, 2), (4, 7), (8, 15)]
    """
    for match in (ASCII_WORD if text.isascii() else WORD).finditer(straight(text)):
        yield match.span()
