"""One word in British and in American spelling."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_TO_AMERICAN: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=..)is(e|es|ed|ing|ation|ations|ational|er|ers)$", r"iz\1"),  # organise, organize
        (r"(?<=..)ys(e|es|ed|ing)$", r"yz\1"),  # analyse, analyze
        # favour, favor
        (r"(?<=..)our(s|ed|ing|able|ably|ite|ites|er|ers|hood|hoods|ly|liness)?$", r"or\1"),
        (r"(?<=.[tb])re(s)?$", r"er\1"),  # centre, center
        (r"(?<=..)ogue(s)?$", r"og\1"),  # dialogue, dialog
        (r"(?<=..)amme(s)?$", r"am\1"),  # programme, program
        (r"(?<=..)ence(s|less)?$", r"ense\1"),  # defence, defense
        (r"(?<=.[aeo])ll(ed|ing|er|ers|or|ors)$", r"l\1"),  # travelled, traveled
        (r"(?<=..[^l])lment(s)?$", r"llment\1"),  # fulfilment, fulfillment
        (r"(?<=..)gement(s)?$", r"gment\1"),  # judgement, judgment
    )
)


def american_spellings(words: Iterable[str]) -> dict[str, str]:
    """Return the British spellings among words whose American twin is among them too.

    The twin must be there: a rule of spelling alone would make a word of "four" or "rise" that
    is none.

    Parameters
    ----------
    words : iterable of str
        In small letters.

    Returns
    -------
    dict
        By British spelling the American one.

    Examples
    --------
    >>> american_spellings(["organisation", "organization", "favour", "rise", "program"])
    {'organisation': 'organization'}
    """
    given = set(words)
    return {word: twin for word in sorted(given) for twin in _twins(word) if twin in given}


# As many as the words of a language that declarations use; a pair of sentences asks for each anew.
@lru_cache(maxsize=50_000)
def _twins(word: str) -> tuple[str, ...]:
    """Return what a word would be in American spelling, were it a British one."""
    made = (pattern.sub(american, word) for pattern, american in _TO_AMERICAN)
    return tuple(twin for twin in made if twin != word)
