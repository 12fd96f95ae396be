"""What a commitment names: instruments, dates, money, organs, other meetings and organizations.

Each function takes the words of one sentence, or a stretch of them, and returns what it finds in
reading order, as written.
"""

import re
from collections.abc import Iterator

from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import COMMA, NAME_PART, NOUN_OR_MEMBERS

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
# The longest form first: a period before its years.
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\s+\d{{4}}"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d"
    r"|(?:end\s+of\s+|end-|mid-|early\s+)?"
    r"(?:19|20)\d\d"
    r"|(?:by|before|until|at)\s+(?:the\s+|our\s+|its\s+|their\s+)?next\s+\w+"
    r"|(?:with)?in\s+the\s+(?:next|coming)\s+(?:\w+\s+)?(?:years?|months?|decades?)"
    r"|by\s+(?:the\s+)?(?:end\s+of\s+the\s+year|(?:next\s+)?(?:spring|summer|autumn|winter)))\b"
)
# One quick look before the long patterns: most sentences name neither dates nor sums.
_TIMELY = re.compile(r"\d|next|coming|end of|by (?:the )?[sawA-Z]")
_CURRENCIES = word_set(
    "$ € £ ¥ USD EUR RMB CNY RUB dollar euro rouble ruble yuan rupee rand yen tenge"
)
_MONEY = re.compile(
    r"(?:(?:US|C|A|S)?[$€£¥]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|m|bn))?"
    r"|\b(?:USD|EUR|RMB|CNY|RUB)\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion))?"
    r"|\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten)\s?"
    r"(?:(?:thousand|million|billion|trillion)\s+)?"
    r"(?:US\s+)?(?:dollars|euros?|roubles|rubles|yuan|rupees|rand|yen|tenge))\b"
)
INSTRUMENT_HEADS = word_set(
    "convention treaty agreement agreements programme program strategy plan charter protocol list"
    " declaration concept agenda framework roadmap memorandum statement resolution communique"
    " communiqué accord accords pact covenant compact initiative code guidelines blueprint vision"
    " principles package statute consensus outlook masterplan conventions"
)
_INNER = word_set("of on and the in for to between among against with by their its at from")
_MEETING = re.compile(
    r"\b(?:[A-Z][\w’'-]+\s+){1,4}(?:Summit|Meeting|Conference|Forum|Session)s?\b"
    r"|\b(?:previous|last|earlier)\s+(?:summit|meeting|session)s?\b"
)
_OCCASIONS = word_set("Summit Meeting Conference Forum Session previous last earlier")
_BENEFITS = word_set("benefit good sake being interest support assistance")
_BENEFICIARY = re.compile(
    r"\b(?:for\s+the\s+(?:benefit|good|sake|well-?being)\s+of|in\s+the\s+interests?\s+of"
    r"|to\s+the\s+benefit\s+of|in\s+support\s+of|assistance\s+to|support\s+to|support\s+for)\s+"
    r"((?:[\w’'-]+\s?){1,8})"
)


def _holds(text: str, signs: frozenset[str]) -> bool:
    """Return whether a text holds one of the signs that a long pattern cannot do without."""
    return any(map(text.__contains__, signs))


def instruments_of(text: str) -> list[str]:
    """Return the treaties, programmes, strategies and the like that a text names.

    An instrument is a run of capitalized words around one that names such a thing.

    >>> instruments_of("the Forest Strategy until 2040 and the Treaty on Rivers")
    ['Forest Strategy until 2040', 'Treaty on Rivers']
    """
    found: list[str] = []
    for match in _CAPITALS.finditer(text):
        words = match[0].split()
        for piece in _at_heads(words):
            heads = [word.strip(COMMA).lower() for word in piece]
            if len(piece) > 1 and not INSTRUMENT_HEADS.isdisjoint(heads):
                name = " ".join(piece).strip(" ,")
                if name not in found:
                    found.append(name)
    return found


_CAPITALS = re.compile(
    r"[A-Z][\w’'-]*(?:,?\s+(?:(?:of|on|and|the|in|for|to|between|among|against|with|until|by|their"
    r"|at|from|member|states|governments|heads|state)\s+)*(?:[A-Z][\w’'-]*|\d{4}(?:[-–]\d{2,4})?))*"
)


def _at_heads(words: list[str]) -> Iterator[list[str]]:
    """Part "the Convention on Rivers, the Forest Strategy and the Agreement on Rescue".

    A comma or "and" parts only where what follows, up to the next comma, names an instrument too.
    """
    piece: list[str] = []
    for index, word in enumerate(words):
        opens = word == "and" or (piece and piece[-1].endswith(COMMA))
        if piece and opens and _names_instrument(words[index:]):
            yield _trimmed(piece)
            piece = []
        piece.append(word)
    yield _trimmed(piece)


def _names_instrument(words: list[str]) -> bool:
    """Return whether the words before the next comma or "and" name an instrument."""
    for index, word in enumerate(words):
        if word.strip(COMMA).lower() in INSTRUMENT_HEADS:
            return True
        if word.endswith(COMMA) or (word == "and" and index):
            return False
    return False


def _trimmed(words: list[str]) -> list[str]:
    while words and words[0].lower().strip(COMMA) in _INNER:
        words = words[1:]
    while words and words[-1].lower().strip(COMMA) in _INNER:
        words = words[:-1]
    return words


def dates_of(text: str) -> list[str]:
    """Return dates, years and periods.

    >>> dates_of("By 2030 they will report, as in 2013-2015 and on September 13, 2013.")
    ['2030', '2013-2015', 'September 13, 2013']
    """
    if not _TIMELY.search(text):
        return []
    return list(dict.fromkeys(match[0] for match in _DATE.finditer(text)))


def money_of(text: str) -> list[str]:
    """Return sums of money.

    >>> money_of("We pledge $3.5 billion and two million euros.")
    ['$3.5 billion', 'two million euros']
    """
    if not _holds(text, _CURRENCIES):
        return []
    return list(dict.fromkeys(match[0].strip() for match in _MONEY.finditer(text)))


def organs_of(sentence: Sentence, lexicon: Lexicon) -> list[str]:
    """Return the organs named, as written, with the capitalized words that belong to them."""
    found: list[str] = []
    if lexicon.organ_words.isdisjoint(sentence.words):
        return found
    for index, word in enumerate(sentence.words):
        if word not in lexicon.organ_words or not sentence.raw[index][:1].isupper():
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
            and sentence.words[end] in {"of", "on", "for"}
            and sentence.raw[end + 1][:1].isupper()
        ):
            end += 1
        name = " ".join(sentence.raw[start:end])
        if not any(name in other for other in found):
            found.append(name)
    return found


def references_of(text: str, sentence: Sentence, foreign: frozenset[str]) -> list[str]:
    """Return earlier meetings and other organizations that a sentence points to."""
    found = [match[0] for match in _MEETING.finditer(text)] if _holds(text, _OCCASIONS) else []
    if foreign.isdisjoint(sentence.words):
        return list(dict.fromkeys(found))
    found += [
        raw
        for word, raw in zip(sentence.words, sentence.raw, strict=True)
        if word in foreign and raw[:1].isupper() and word not in _NO_ORGANIZATIONS
    ]
    return list(dict.fromkeys(found))


_NO_ORGANIZATIONS = word_set(
    "council group convention treaty agreement protocol statute covenant union league commonwealth"
)


def beneficiary_of(text: str) -> str:
    """Return whom a commitment is to serve, where it says so.

    >>> beneficiary_of("They will open clinics for the benefit of mountain villages.")
    'mountain villages'
    """
    match = _BENEFICIARY.search(text) if _holds(text, _BENEFITS) else None
    return match[1].strip() if match else ""
