"""What a text holds of another form or another encoding, and reads as if it were words."""

import re
from collections.abc import Iterator

_MIN_MARKS = 2
# A header stands at the head, and letters that are numbers stand everywhere.
_HEAD = 2_000
# What to look for first, in the whole one character, which takes a hundredth of a pattern's time;
# what then has to be there; what to say.
_Mark = tuple[str | tuple[str, ...], re.Pattern[str], str]
_MARKS: tuple[_Mark, ...] = (
    (
        "\u00e2\u00c3\u00c2\u00d0",
        re.compile(
            r"\u00e2\u20ac.|\u00c3[\u0080-\u00bf\u0152-\u2122]|\u00c2[\u00a0-\u00bf]"
            r"|\u00d0[\u0080-\u00bf\u0152-\u2122]"
        ),
        "was decoded in a wrong encoding before it was saved ({}); get the file again",
    ),
    (
        "&",
        re.compile(r"&(?:#\d{2,6}|#x[\da-fA-F]{2,5}|[a-z]{2,8}\d{0,2});"),
        "holds signs as HTML writes them ({}); save the page itself, or decode them",
    ),
    (
        "=",
        re.compile(r"=[\dA-F]{2}(?==[\dA-F]{2})|=\r?\n"),
        "is encoded as a mail is ({}); save its text",
    ),
    (
        "\\",
        re.compile(r"\\(?:begin|end|section|emph|textbf|documentclass|item)\b\*?\{[^{}\n]*\}"),
        "holds commands of TeX ({}); save the printed text",
    ),
)
# Of these one is too many; they are said where nothing else tells what they come from.
_DAMAGE: tuple[_Mark, ...] = (
    ("\x00", re.compile("\x00"), "holds bytes of zero ({}); it is damaged, or no text"),
    (
        "\ufffd",
        re.compile("\ufffd"),
        "holds signs that a program before could not read (\ufffd: {}); get the file again",
    ),
)
_MARKS_OF_THE_HEAD: tuple[_Mark, ...] = (
    (
        ("(cid:",),
        re.compile(r"\(cid:\d+\)"),
        "holds the numbers of a font's letters ({}); have the PDF's text recognised (OCR)",
    ),
    (
        ("MIME-Version:", "Content-Type:"),
        re.compile(r"^(?:MIME-Version|Content-[A-Z][a-z]+(?:-Encoding)?): ", re.M),
        "is a mail or a web archive with its header ({}); save its text",
    ),
)


def left_over_in(text: str) -> Iterator[str]:
    """Yield what a text holds that is no writing, each with how often.

    Examples
    --------
    >>> list(left_over_in("The Parties&rsquo; aims &amp; peace"))
    ['the text holds signs as HTML writes them (2); save the page itself, or decode them']
    >>> list(left_over_in("AT&T; R&D"))
    []
    """
    found = [
        *_found(text, _MARKS, _MIN_MARKS),
        *_found(text[:_HEAD], _MARKS_OF_THE_HEAD, _MIN_MARKS),
    ]
    yield from found or _found(text, _DAMAGE, 1)


def _found(text: str, marks: tuple[_Mark, ...], min_count: int) -> Iterator[str]:
    for signs, mark, said in marks:
        if any(sign in text for sign in signs):
            count = sum(1 for _ in mark.finditer(text))
            if count >= min_count:
                yield f"the text {said.format(count)}"
