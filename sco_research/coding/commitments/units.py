"""Units of several words that the grammar reads as one: of the language, and of a codebook."""

from collections.abc import Iterable

# Units of the language itself that the grammar reads as one word, with their tag.
FIXED_PHRASES = {
    "as well as": "C",
    "and/or": "C",
    "in particular": "A",
    "inter alia": "A",
    "in this regard": "A",
    "in this connection": "A",
    "in this context": "A",
    "in this respect": "A",
    "at the same time": "A",
    "in general": "A",
    "once again": "A",
    "for their part": "A",
    "for its part": "A",
    "of course": "A",
    "as appropriate": "A",
    "in order": "A",
    "so as": "A",
    "with a view": "P",
    "in every way": "A",
    "in full": "A",
    "as before": "A",
    "at present": "A",
    "in the future": "A",
    "in future": "A",
    "as far as possible": "A",
    "as a whole": "A",
    "according to": "P",
    "due to": "P",
    "prior to": "P",
    "owing to": "P",
    "thanks to": "P",
    "with regard to": "P",
    "with respect to": "P",
    "in relation to": "P",
    "in addition to": "P",
    "in response to": "P",
    "contrary to": "P",
    "such as": "P",
    "as follows": "n",
    "so that": "S",
    "in case": "S",
    "provided that": "S",
    "now that": "S",
    "as soon as": "S",
    "given that": "S",
    "as long as": "S",
    "to that end": "A",
    "to this end": "A",
    "to these ends": "A",
}


def units_by_words(units: Iterable[str]) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return the rows of two words or more by their first two words, the longest first.

    >>> units_by_words(["member states"])["member"]
    {'states': (('member', 'states'),)}
    """
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    rows = {tuple(unit.split()) for unit in (*units, *FIXED_PHRASES)}
    for row in sorted(rows, key=lambda row: (-len(row), row)):
        if len(row) > 1:
            seconds = found.setdefault(row[0], {})
            seconds[row[1]] = (*seconds.get(row[1], ()), row)
    return found
