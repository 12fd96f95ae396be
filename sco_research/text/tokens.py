"""The one tokenizer: what counts as a word, everywhere in the package.

A word is a run of letters or digits. Inside it a hyphen or an apostrophe joins
("non-interference", "people's"); a point joins single letters ("U.S") and digits ("3.5"); a comma
joins digits ("1,373"). Punctuation, dashes, underscores and symbols are no words.
"""

import re
from collections.abc import Iterator

WORD = re.compile(
    r"[^\W_]+"
    r"(?:[-'’‘ʼ‐‑.,]"  # the apostrophes, hyphens and stops that texts really hold
    # One test of the joint's character, and only a point or a comma asks for more: this is the
    # package's innermost loop.
    r"(?:(?<![.,])|(?<=\d.)(?=\d)|(?<=\b\w\.)(?=[^\W\d_]\b))"
    r"[^\W_]+)*"
)

# The same rule for a text of ASCII alone, as most sentences are: a table of characters in place of
# Unicode's categories, and nothing to go back to.
ASCII_WORD = re.compile(
    r"[0-9A-Za-z]++"
    r"(?:[-'.,]"
    r"(?:(?<![.,])|(?<=\d.)(?=\d)|(?<=\b\w\.)(?=[^\W\d_]\b))"
    r"[0-9A-Za-z]++)*+",
    re.ASCII,
)


def words(text: str) -> list[str]:
    """Return the words of a text, in order, as written.

    >>> words("The U.S. gave $3.5 billion - socio-economic aid; the states' own.")
    ['The', 'U.S', 'gave', '3.5', 'billion', 'socio-economic', 'aid', 'the', 'states', 'own']
    """
    return (ASCII_WORD if text.isascii() else WORD).findall(text)


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word of a text.

    >>> list(word_spans("We, the Parties"))
    [(0, 2), (4, 7), (8, 15)]
    """
    for match in (ASCII_WORD if text.isascii() else WORD).finditer(text):
        yield match.span()
