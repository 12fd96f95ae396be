"""What an undertaking names beside instruments and organs: dates, sums, meetings, beneficiaries.

Each function takes a passage and returns what it finds in reading order, as written.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.names import Span, is_large, start_of_name
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import CLOSING, MEMBERS, NOUN, OPENING
from sco_research.organizations.states import is_state


class _Patterns(NamedTuple):
    """The patterns of dates and sums with the words of one codebook.

    No text that holds none of its signs has a sum in it, and most have none.
    """

    date: re.Pattern[str]
    money: re.Pattern[str]
    signs_of_money: tuple[str, ...]


@lru_cache(maxsize=32)
def _patterns(lexicon: Lexicon) -> _Patterns:
    lists = {name: "|".join(map(re.escape, words)) for name, words in lexicon.lists.items()}
    month, magnitude = f"(?:{lists['months']})", f"(?:{lists['magnitudes']})"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    days = rf"{day}(?:\s?(?:[-–]|to|and)\s?{day})?"  # 18-19 August, 1 to 3 May
    year = r"(?:19|20)\d\d"
    return _Patterns(
        signs_of_money=tuple(
            sign
            for name in ("currency_signs", "currency_codes", "currencies")
            for sign in lexicon.lists[name]
        ),
        date=re.compile(
            # The longest form first: a period before its years.
            rf"\b(?:{month}\s+{days},?\s+{year}|{days}\s+(?:of\s+)?{month}(?:,?\s+{year})?"
            rf"|{day}\s+{month}\s?[-–]\s?{day}\s+{month}(?:\s+{year})?"
            rf"|{month}(?:\s?[-–]\s?{month}|\s+and\s+{month})?,?\s+{year}"
            rf"|(?:from\s+)?{year}\s?(?:[-–/]|to|through|until)\s?(?:{year}|\d\d)"
            rf"|(?:(?:the\s+)?(?:end|beginning|middle|(?:first|second|third|fourth)\s+(?:half|quarter))"
            rf"\s+of\s+(?:the\s+)?|end-|mid-|early\s+|late\s+|Q[1-4]\s+)?{year}s?"
            r"|(?:by|before|until|at)\s+(?:the\s+|our\s+|its\s+|their\s+)?next\s+\w+"
            r"|(?:with)?in\s+(?:the\s+)?(?:(?:next|coming|following)\s+)?(?:\d+|\w+)\s+(?:years?|months?|decades?)"
            r"|(?:over|during|for|in|within)\s+the\s+(?:next|coming)\s+(?:\w+\s+)?(?:years?|months?|decades?)"
            rf"|(?:by|before|until|around)\s+(?:or\s+(?:around|about|before)\s+)?(?:the\s+)?"
            rf"(?:(?:end|middle|close|turn)\s+of\s+(?:the|this)\s+(?:year|decade|century)|mid-?century"
            rf"|(?:next\s+)?(?:{lists['seasons']})))\b"
        ),
        money=re.compile(
            rf"(?:(?:US|C|A|S|NZ|HK)?(?:{lists['currency_signs']})\s?\d[\d,.]*(?:\s?(?:{magnitude}|m|bn|tn))?"
            rf"|\b(?:{lists['currency_codes']})\s?\d[\d,.]*(?:\s?{magnitude})?"
            rf"|\b(?:\d[\d,.]*|{lists['number_words']})\s?(?:{magnitude}\s+)?"
            rf"(?:US\s+)?(?:{lists['currency_codes']}|{lists['currencies']}))(?:\b|(?=\s|$))"
        ),
    )


# One quick look before the long patterns, and one for the months, which have a number beside them:
# most sentences name neither dates nor sums, and a number that is no year dates nothing by itself.
_DIGIT = re.compile(r"\d")
_TIMELY = re.compile(
    r"(?:19|20)\d|next|coming|year|month|decade|century|(?:by|before|until) (?:the )?[sawA-Z]"
)
_BENEFICIARY = re.compile(
    r"\b(?:for\s+the\s+(?:benefit|good|sake|well-?being)\s+of|in\s+the\s+interests?\s+of"
    r"|to\s+the\s+benefit\s+of|in\s+support\s+of|assistance\s+to|support\s+to|support\s+for)\s+"
    r"((?:[\w’'-]+\s?){1,8})"
)


def dates_of(text: str, lexicon: Lexicon) -> list[str]:
    """Return dates, years and periods.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> dates_of("By 2030 they report, as in 2013-2015 and on September 13, 2013.", load_lexicon())
    ['2030', '2013-2015', 'September 13, 2013']
    """
    known = _patterns(lexicon)
    if not _TIMELY.search(text):
        months = _DIGIT.search(text) and any(map(text.__contains__, lexicon.lists["months"]))
        if not months:
            return []
    return list(dict.fromkeys(match[0] for match in known.date.finditer(text)))


def money_of(text: str, lexicon: Lexicon) -> list[str]:
    """Return sums of money.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> money_of("We pledge $3.5 billion and two million euros.", load_lexicon())
    ['$3.5 billion', 'two million euros']
    """
    known = _patterns(lexicon)
    if not any(map(text.__contains__, known.signs_of_money)):
        return []
    return list(dict.fromkeys(match[0].strip() for match in known.money.finditer(text)))


def reference_spans(sentence: Sentence, begin: int = 0) -> list[Span]:
    """Return the tokens of each earlier meeting and other organization named from a token on.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.coding.commitments.names import written
    >>> from sco_research.coding.commitments.tagging import tag
    >>> from sco_research.organizations import Issuer
    >>> text = "At the Third Strelsau Summit and our previous meeting we helped the UN."
    >>> sentence = tag(text, load_lexicon().for_issuer(Issuer()))
    >>> written(sentence, reference_spans(sentence), sentence.spans())
    ['Third Strelsau Summit', 'previous meeting', 'UN']
    """
    lexicon, total = sentence.lexicon, len(sentence.words)
    names, earlier = lexicon.sets["meeting_names"], lexicon.sets["earlier_meetings"]
    foreign = lexicon.foreign_words
    if names.isdisjoint(sentence.words) and foreign.isdisjoint(sentence.words):
        return []
    found: list[Span] = []
    for at in range(begin, total):
        word = sentence.words[at]
        if word not in names and word not in foreign:
            continue
        large = sentence.raw[at][:1].isupper()
        start = at
        if word in names:
            if large and not _is_premodifier(sentence, at, total):
                start = start_of_name(sentence, at, begin, frozenset())
            elif not large and at > begin and sentence.words[at - 1] in earlier:
                start = at - 1
            if start < at:
                found.append((start, _with_brackets(sentence, at + 1, total)))
        elif large and word in foreign and _is_organization(sentence, at):
            found.append((at, _with_brackets(sentence, at + 1, total)))
    return _widest(found)


def _is_premodifier(sentence: Sentence, at: int, stop: int) -> bool:
    """Return whether a word only says of what kind a thing is: "Dialogue Partners"."""
    after = at + 1 < stop and sentence.raw[at + 1][:1].isupper()
    return after and sentence.tags[at + 1] in {NOUN, MEMBERS}


def _is_organization(sentence: Sentence, at: int) -> bool:
    """Return whether a name is an organization's: no "Group", no state, no "Nam" of Viet Nam."""
    word, lexicon = sentence.words[at], sentence.lexicon
    abbreviated = word.upper() in lexicon.lists["other_organizations"]
    return (
        word not in lexicon.sets["no_organizations"]
        and not is_state(word)
        and (sentence.raw[at].isupper() or not abbreviated)
    )


def _with_brackets(sentence: Sentence, end: int, stop: int) -> int:
    """Return the end of a name with its short form: "Climate Change Conference (COP28)"."""
    bracketed = sentence.tags[end : end + 1] == OPENING and end + 2 < stop
    # "(WHO)" is none of the words that are always written small.
    large = bracketed and (is_large(sentence, end + 1) or sentence.raw[end + 1].isupper())
    short = large and sentence.tags[end + 2] == CLOSING
    return end + 3 if short else end


def _widest(spans: list[Span]) -> list[Span]:
    """Return the spans that stand in no other."""
    return [
        (start, end)
        for start, end in spans
        if not any((start, end) != one and one[0] <= start and end <= one[1] for one in spans)
    ]


def beneficiary_of(text: str, lexicon: Lexicon) -> str:
    """Return whom a commitment is to serve, where it says so.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> beneficiary_of("They open clinics for the benefit of mountain villages.", load_lexicon())
    'mountain villages'
    """
    benefits = any(map(text.__contains__, lexicon.lists["benefits"]))
    match = _BENEFICIARY.search(text) if benefits else None
    return match[1].strip() if match else ""
