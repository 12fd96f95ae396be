"""One word in British and in American spelling."""

import re
from collections.abc import Iterable
from typing import Final

_TO_AMERICAN: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=..)is(e|es|ed|ing|ation|ations|ational|er|ers)$", r"iz\1"),  # organise, organize
        (r"(?<=..)ys(e|es|ed|ing)$", r"yz\1"),  # analyse, analyze
        (r"(?<=..)our(s|ed|ing|able|ably|ite|ites|er|ers)?$", r"or\1"),  # favour, favor
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
    found = {}
    for word in sorted(given):
        for pattern, american in _TO_AMERICAN:
            twin = pattern.sub(american, word)
            if twin != word and twin in given:
                found[word] = twin
    return found
