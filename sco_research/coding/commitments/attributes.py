"""What a commitment names: instruments, dates, money, organs, other meetings and organizations.

Each function takes the words of one sentence, or a stretch of them, and returns what it finds in
reading order, as written.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import NAME_PART, NOUN_OR_MEMBERS


class _Patterns(NamedTuple):
    """The patterns of dates, sums and meetings with the words of one codebook."""

    date: re.Pattern[str]
    money: re.Pattern[str]
    meeting: re.Pattern[str]


@lru_cache(maxsize=32)
def _patterns(lexicon: Lexicon) -> _Patterns:
    lists = {name: "|".join(map(re.escape, words)) for name, words in lexicon.lists.items()}
    month, magnitude = f"(?:{lists['months']})", f"(?:{lists['magnitudes']})"
    return _Patterns(
        date=re.compile(
            # The longest form first: a period before its years.
            rf"\b(?:{month}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{month}(?:\s+\d{{4}})?|{month}\s+\d{{4}}"
            r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d"
            r"|(?:end\s+of\s+|end-|mid-|early\s+)?"
            r"(?:19|20)\d\d"
            r"|(?:by|before|until|at)\s+(?:the\s+|our\s+|its\s+|their\s+)?next\s+\w+"
            r"|(?:with)?in\s+the\s+(?:next|coming)\s+(?:\w+\s+)?(?:years?|months?|decades?)"
            r"|by\s+(?:the\s+)?(?:end\s+of\s+the\s+year"
            rf"|(?:next\s+)?(?:{lists['seasons']})))\b"
        ),
        money=re.compile(
            rf"(?:(?:US|C|A|S)?(?:{lists['currency_signs']})\s?\d[\d,.]*(?:\s?(?:{magnitude}|m|bn))?"
            rf"|\b(?:{lists['currency_codes']})\s?\d[\d,.]*(?:\s?{magnitude})?"
            rf"|\b(?:\d[\d,.]*|{lists['number_words']})\s?(?:{magnitude}\s+)?"
            rf"(?:US\s+)?(?:{lists['currencies']}))\b"
        ),
        meeting=re.compile(
            rf"\b(?:[A-Z][\w’'-]+\s+){{1,4}}(?:{lists['meeting_names']})s?\b"
            rf"|\b(?:{lists['earlier_meetings']})\s+(?:summit|meeting|session)s?\b"
        ),
    )


# One quick look before the long patterns: most sentences name neither dates nor sums.
_TIMELY = re.compile(r"\d|next|coming|end of|by (?:the )?[sawA-Z]")
_BENEFICIARY = re.compile(
    r"\b(?:for\s+the\s+(?:benefit|good|sake|well-?being)\s+of|in\s+the\s+interests?\s+of"
    r"|to\s+the\s+benefit\s+of|in\s+support\s+of|assistance\s+to|support\s+to|support\s+for)\s+"
    r"((?:[\w’'-]+\s?){1,8})"
)


def _holds(text: str, lexicon: Lexicon, *lists: str) -> bool:
    """Return whether a text holds a word of some lists that a long pattern cannot do without."""
    return any(any(map(text.__contains__, lexicon.lists[name])) for name in lists)


def instruments_of(text: str, lexicon: Lexicon) -> list[str]:
    """Return the treaties, programmes, strategies and the like that a text names.

    An instrument is a run of capitalized words around one that names such a thing.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> instruments_of("the Forest Strategy until 2040 and the Treaty on Rivers", load_lexicon())
    ['Forest Strategy until 2040', 'Treaty on Rivers']
    """
    found: list[str] = []
    for match in _CAPITALS.finditer(text):
        words = match[0].split()
        for piece in _at_heads(words, lexicon):
            heads = [word.strip(",").lower() for word in piece]
            if len(piece) > 1 and not lexicon.sets["instrument_heads"].isdisjoint(heads):
                name = " ".join(piece).strip(" ,")
                if name not in found:
                    found.append(name)
    return found


_CAPITALS = re.compile(
    r"[A-Z][\w’'-]*(?:,?\s+(?:(?:of|on|and|the|in|for|to|between|among|against|with|until|by|their"
    r"|at|from|member|states|governments|heads|state)\s+)*(?:[A-Z][\w’'-]*|\d{4}(?:[-–]\d{2,4})?))*"
)


def _at_heads(words: list[str], lexicon: Lexicon) -> Iterator[list[str]]:
    """Part "the Convention on Rivers, the Forest Strategy and the Agreement on Rescue".

    A comma or "and" parts only where what follows, up to the next comma, names an instrument too.
    """
    piece: list[str] = []
    for index, word in enumerate(words):
        opens = word == "and" or (piece and piece[-1].endswith(","))
        if piece and opens and _names_instrument(words[index:], lexicon):
            yield _trimmed(piece, lexicon)
            piece = []
        piece.append(word)
    yield _trimmed(piece, lexicon)


def _names_instrument(words: list[str], lexicon: Lexicon) -> bool:
    """Return whether the words before the next comma or "and" name an instrument."""
    for index, word in enumerate(words):
        if word.strip(",").lower() in lexicon.sets["instrument_heads"]:
            return True
        if word.endswith(",") or (word == "and" and index):
            return False
    return False


def _trimmed(words: list[str], lexicon: Lexicon) -> list[str]:
    while words and words[0].lower().strip(",") in lexicon.sets["inside_names"]:
        words = words[1:]
    while words and words[-1].lower().strip(",") in lexicon.sets["inside_names"]:
        words = words[:-1]
    return words


def dates_of(text: str, lexicon: Lexicon) -> list[str]:
    """Return dates, years and periods.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> dates_of("By 2030 they report, as in 2013-2015 and on September 13, 2013.", load_lexicon())
    ['2030', '2013-2015', 'September 13, 2013']
    """
    if not _TIMELY.search(text):
        return []
    return list(dict.fromkeys(match[0] for match in _patterns(lexicon).date.finditer(text)))


def money_of(text: str, lexicon: Lexicon) -> list[str]:
    """Return sums of money.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> money_of("We pledge $3.5 billion and two million euros.", load_lexicon())
    ['$3.5 billion', 'two million euros']
    """
    if not _holds(text, lexicon, "currency_signs", "currency_codes", "currencies"):
        return []
    return list(
        dict.fromkeys(match[0].strip() for match in _patterns(lexicon).money.finditer(text))
    )


def organs_of(sentence: Sentence) -> list[str]:
    """Return the organs named, as written, with the capitalized words that belong to them."""
    found: list[str] = []
    if sentence.lexicon.organ_words.isdisjoint(sentence.words):
        return found
    for index, word in enumerate(sentence.words):
        if word not in sentence.lexicon.organ_words or not sentence.raw[index][:1].isupper():
            continue
        start, end = index, index + 1
        while (
            start
            and sentence.raw[start - 1][:1].isupper()
            and sentence.tags[start - 1] in NOUN_OR_MEMBERS
        ):
            start -= 1
        while (
            end + 1 < len(sentence.raw)
            and (sentence.raw[end][:1].isupper() and sentence.tags[end] in NAME_PART)
        ) or (
            end + 1 < len(sentence.raw)
            and sentence.words[end] in sentence.lexicon.sets["name_prepositions"]
            and sentence.raw[end + 1][:1].isupper()
        ):
            end += 1
        name = " ".join(sentence.raw[start:end])
        if not any(name in other for other in found):
            found.append(name)
    return found


def references_of(text: str, sentence: Sentence) -> list[str]:
    """Return earlier meetings and other organizations that a sentence points to."""
    lexicon = sentence.lexicon
    foreign = lexicon.foreign_words
    meetings = _patterns(lexicon).meeting
    named = _holds(text, lexicon, "meeting_names", "earlier_meetings")
    found = [match[0] for match in meetings.finditer(text)] if named else []
    if foreign.isdisjoint(sentence.words):
        return list(dict.fromkeys(found))
    found += [
        raw
        for word, raw in zip(sentence.words, sentence.raw, strict=True)
        if word in foreign and raw[:1].isupper() and word not in lexicon.sets["no_organizations"]
    ]
    return list(dict.fromkeys(found))


def beneficiary_of(text: str, lexicon: Lexicon) -> str:
    """Return whom a commitment is to serve, where it says so.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> beneficiary_of("They open clinics for the benefit of mountain villages.", load_lexicon())
    'mountain villages'
    """
    match = _BENEFICIARY.search(text) if _holds(text, lexicon, "benefits") else None
    return match[1].strip() if match else ""
