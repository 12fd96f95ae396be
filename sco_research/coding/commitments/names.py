"""Names of instruments, organs, meetings and organizations, each whole as the source has it.

A name is what is written large around a word for such a thing. What says of what it is and between
whom belongs to it, also where that is written small: "the Agreement between the governments of the
member states on cooperation in rescue". A name inside another is a name of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sco_research.coding.commitments.action_words import is_joined_verb, over_adverbs
from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    CLOSING,
    CONJUNCTION,
    COORDINATING,
    DETERMINER,
    MEMBERS,
    NOUN,
    OPENING,
    PREPOSITION,
    SMALL_NAME,
    SUBORDINATOR,
    TO,
)
from sco_research.organizations.states import is_state

Span = tuple[int, int]
# How far a list written small may reach to its "and".
_LONGEST_LIST = 8
# What joins the words of a title, and how many of these may follow one another.
_INSIDE_TITLE = frozenset({ADVERB, CONJUNCTION, DETERMINER, PREPOSITION, SUBORDINATOR, TO})
_LONGEST_JOINT = 4
# Before a name that stands in another's.
_OPENS_NAME = frozenset({PREPOSITION, DETERMINER, CONJUNCTION})


class Piece(NamedTuple):
    """A piece of a name: its first word after what joins it, and its end."""

    first: int
    end: int


@dataclass(slots=True)
class _Name:
    """A name while it is read to the right of its head.

    Attributes
    ----------
    head, end, stop : int
        The word that says what is named; the end so far; the end of the passage.
    small : bool
        Whether a part of it is written small: then more of it may be.
    listed : bool
        Whether a conjunction has closed a list in it.
    titled : bool
        Whether it holds small words written large, or a verb: then it may hold further lists.
    """

    sentence: Sentence
    head: int
    stop: int
    end: int
    small: bool = False
    listed: bool = False
    titled: bool = False

    def read(self) -> int:
        """Return the end of the name."""
        while self.end < self.stop and (piece := self._next()) is not None:
            raw = self.sentence.raw
            self.listed = self.listed or self.sentence.tags[self.end] == CONJUNCTION
            self.small = self.small or any(raw[at][:1].islower() for at in range(*piece))
            self.end = min(piece.end, self.stop)
        return self.end

    def _next(self) -> Piece | None:
        tags, words, at = self.sentence.tags, self.sentence.words, self.end
        sets = self.sentence.lexicon.sets
        if is_large(self.sentence, at):
            return Piece(at, self._end_of_period(at + 1))
        if (titled := self._titled()) is not None:
            return titled
        if tags[at] == OPENING:
            return self._bracket()
        if words[at] in sets["aiming_participles"] and words[self.head] in sets["lists_of_actions"]:
            return self._phrase(over_adverbs(self.sentence, at + 2, self.stop))
        if tags[at] == PREPOSITION or words[at] in sets["before_last_year"]:
            return self._after_preposition()
        if tags[at] in COORDINATING:
            return self._item()
        return None

    def _titled(self) -> Piece | None:
        """Return what a name goes on with after small words written large, or after its verb.

        "Towards and Beyond the Strelsau Goal", "to Scale Up Investment", "on Opening the Roads".
        """
        sentence, first = self.sentence, self.end
        last = sentence.words[first - 1]
        opened = last.endswith("ing") or may_be_verb(last, sentence.lexicon.inflection)
        large = opened and first > self.head + 1 and sentence.tags[first] == DETERMINER
        while first < self.stop and sentence.tags[first] in _INSIDE_TITLE:
            large = large or sentence.raw[first][:1].isupper()
            first += 1
        if not large or first - self.end > _LONGEST_JOINT or not is_large(sentence, first):
            return None
        self.titled = True
        return self._phrase(first)

    def _bracket(self) -> Piece | None:
        """Return "(Special Account)" or "(2021-2025)", but no "(Zenda, 5 May 2013)"."""
        closing = self.sentence.tags.find(CLOSING, self.end, self.stop)
        inside = range(self.end + 1, closing)
        if not inside or not all(is_large(self.sentence, at) for at in inside):
            return None
        return Piece(self.end + 1, closing + 1)

    def _after_preposition(self) -> Piece | None:
        """Return "on Rivers", "for 2011-2016", "in combating floods", but no "in Zenda"."""
        words, sets, at = self.sentence.words, self.sentence.lexicon.sets, self.end
        first = self._over_determiners(at + 1)
        if first >= self.stop or words[first] in sets["no_names"]:
            return None
        word = words[at]
        if word == "to" and not self._is_aim(first):
            return None
        if self.sentence.raw[first][:1].isdigit():
            dated = word in sets["before_last_year"] or (self.small and word == "in")
            if dated:
                return Piece(first, self._end_of_period(first + 1))
            # "by 2026" is a deadline and no part of a name.
            return self._phrase(first, numbers=True) if word in sets["name_prepositions"] else None
        if word in sets["joins_names"]:
            # "the Strategy within the League" is the Strategy.
            goes_on = word == "under" or self.end > self.head + 1
            return self._phrase(first) if goes_on and is_large(self.sentence, first) else None
        # "the Declaration on the Conduct of Parties in the Lake of Zenda", but no "in Zenda".
        specific = self.end > self.head + 1 and is_large(self.sentence, first)
        inside = (word == "in" and (self.small or (specific and first > at + 1))) or (
            word == "with" and specific
        )
        if not (word in sets["name_prepositions"] or inside):
            return None
        if word == "for" and self.sentence.raw[first][:1].islower():
            return Piece(first, first + 1) if words[first] in sets["small_in_names"] else None
        return self._phrase(first)

    def _is_aim(self, first: int) -> bool:
        """Return whether "to" belongs to a name: "to Combat Desertification", "to 2040"."""
        inflection = self.sentence.lexicon.inflection
        verb = is_large(self.sentence, first) and may_be_verb(
            self.sentence.words[first], inflection
        )
        return first == self.end + 1 and (verb or self.sentence.raw[first][:1].isdigit())

    def _item(self) -> Piece | None:
        """Return the next item of a list inside a name: "Terrorism, Separatism and Extremism"."""
        tags, words = self.sentence.tags, self.sentence.words
        sets = self.sentence.lexicon.sets
        first = self.end
        while first < self.stop and tags[first] in COORDINATING:
            first += 1
        closes = CONJUNCTION in tags[self.end : first]
        named = first < self.stop and words[first] in sets["name_prepositions"]
        noun = self._over_determiners(first + named)
        if (
            noun >= self.stop
            or (self.listed and not self.titled)
            or "as well as" in words[self.end : first]
        ):
            return None
        large = is_large(self.sentence, noun)
        if not large:
            listed = closes or CONJUNCTION in tags[noun : noun + _LONGEST_LIST]
            if not self.small or named or not listed:
                return None
            if is_joined_verb(self.sentence, noun, self.stop):
                return None
        elif noun > first + named and words[noun - 1] not in sets["possessives"]:
            return None  # "the Treaty on Rivers and the Council": another name
        piece = self._phrase(noun)
        if piece is None or not sets["instrument_heads"].isdisjoint(words[noun : piece.end]):
            return None
        return piece

    def _end_of_period(self, end: int) -> int:
        """Return the end of "2020 – 2025" after its first year."""
        raw = self.sentence.raw
        years = raw[end - 1][:1].isdigit() and raw[end + 1 : end + 2] and raw[end + 1].isdigit()
        dashed = end + 1 < self.stop and self.sentence.words[end] in {"–", "-", "—"}
        return end + 2 if years and dashed else end

    def _over_determiners(self, at: int) -> int:
        while at < self.stop and self.sentence.tags[at] == DETERMINER:
            at += 1
        return at

    def _phrase(self, first: int, *, numbers: bool = False) -> Piece | None:
        """Return a noun phrase of a name: in large letters, and then whose; or in small ones."""
        sentence, end = self.sentence, first
        large = is_large(sentence, first)
        if numbers or not large:
            while end < self.stop and sentence.tags[end] in SMALL_NAME:
                end += 1
        else:
            while end < self.stop and is_large(sentence, end):
                end += 1
            end = self._whose(end)
        return Piece(first, end) if end > first else None

    def _whose(self, end: int) -> int:
        """Return the end of "SCO member states' cooperation" after "SCO"."""
        sentence = self.sentence
        while end < self.stop and sentence.tags[end] == MEMBERS:
            end += 1
        apostrophes = sentence.lexicon.sets["apostrophes"]
        if end < self.stop and sentence.words[end] in apostrophes:
            end += 1
            while end < self.stop and sentence.tags[end] in SMALL_NAME:
                end += 1
        return end


def is_large(sentence: Sentence, at: int) -> bool:
    """Return whether a word of a name stands at a token: written large, or a number."""
    if not 0 <= at < len(sentence.raw):
        return False
    raw, sets = sentence.raw[at], sentence.lexicon.sets
    first = raw[:1]
    if first.isdigit():
        return True
    # A unit such as "South China Sea" is a name; "As Follows" opens none.
    named = " " in raw and raw.istitle() and sentence.tags[at] == NOUN
    closed = sentence.words[at] in sentence.lexicon.closed_classes and not named
    return first.isupper() and (not closed or sentence.words[at] in sets["possessives"])


def start_of_name(sentence: Sentence, at: int, begin: int, heads: frozenset[str]) -> int:
    """Return where the large words before a head begin: "Trade and Investment Framework"."""
    while at > begin:
        if is_large(sentence, at - 1):
            at -= 1
        elif (
            sentence.tags[at - 1] == CONJUNCTION
            and at - 2 >= begin
            and is_large(sentence, at - 2)
            and sentence.words[at - 2] not in heads
            and is_large(sentence, at)
        ):
            at -= 2
        else:
            break
    return at


def instrument_spans(sentence: Sentence, begin: int = 0) -> list[Span]:
    """Return the tokens of each treaty, programme, fund and the like named from a token on.

    Examples
    --------
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.coding.commitments.tagging import tag
    >>> text = "We apply the Forest Strategy until 2040 and the Agreement on cooperation in rescue."
    >>> sentence = tag(text, load_lexicon())
    >>> written(sentence, instrument_spans(sentence), sentence.spans())
    ['Forest Strategy until 2040', 'Agreement on cooperation in rescue']
    """
    found = _named_in_full(sentence, begin)
    return sorted([*found, *longest(_abbreviated(sentence, begin), found)])


def _named_in_full(sentence: Sentence, begin: int) -> list[Span]:
    heads = sentence.lexicon.sets["instrument_heads"]
    if heads.isdisjoint(sentence.words):
        return []
    found: list[Span] = []
    total = len(sentence.words)
    for at in range(begin, total):
        if sentence.words[at] not in heads or not _is_titled(sentence, at):
            continue
        last = found[-1][1] if found else begin
        # What an earlier name ends with begins no other: "for Women, Youth and Trade or the Plan".
        after = last if last <= at else begin
        start = _over_for(sentence, start_of_name(sentence, at, after, heads), after, heads)
        end = _Name(sentence, at, total, end=at + 1).read()
        if end - start < 2 or _qualifies(sentence, at, end) or _is_body(sentence, start, end):
            continue
        inner = start < last and bool(found)
        if inner and sentence.tags[start - 1] not in _OPENS_NAME:
            continue  # the end of "Initiative for Trade (IT) Work Plan"
        if not (inner and end < last and _in_brackets(sentence, start, end)):
            found.append((start, end))
    return found


def _is_titled(sentence: Sentence, at: int) -> bool:
    """Return whether a head is written large, or its subject is: "the convention on Wetlands"."""
    sets, words = sentence.lexicon.sets, sentence.words
    return sentence.raw[at][:1].isupper() or (
        words[at] in sets["treaty_heads"]
        and words[at + 1 : at + 2] == ("on",)
        and is_large(sentence, at + 2)
        and not is_state(words[at + 2])
    )


def _abbreviated(sentence: Sentence, begin: int) -> list[Span]:
    """Return instruments named by their abbreviations: "the 1982 UNCLOS"."""
    known = sentence.lexicon.sets["instrument_abbreviations"]
    spans = []
    for at in range(begin, len(sentence.words)):
        if sentence.words[at] in known and sentence.raw[at].isupper():
            dated = at > begin and sentence.raw[at - 1].isdigit()
            spans.append((at - dated, at + 1))
    return spans


def bodies_among(sentence: Sentence, instruments: Iterable[Span]) -> list[Span]:
    """Return those of some instruments' names that are of bodies: a fund is one, as a bank is."""
    sets = sentence.lexicon.sets
    texts = sets["instrument_heads"] - sets["funds"]
    return [
        (start, end)
        for start, end in instruments
        if not sets["funds"].isdisjoint(sentence.words[start:end])
        and texts.isdisjoint(sentence.words[start:end])
    ]


def _over_for(sentence: Sentence, start: int, begin: int, heads: frozenset[str]) -> int:
    """Return where "the Pacific Aid for Trade Strategy" begins, whose head has no article."""
    before = start - 1
    if before <= begin or sentence.words[before] != "for" or not is_large(sentence, before - 1):
        return start
    first = start_of_name(sentence, before - 1, begin, heads)
    has_article = first > begin and sentence.tags[first - 1] == DETERMINER
    return first if has_article else start


def _is_body(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a name is that of an organization: "United Nations Children's Fund"."""
    name = _plain(sentence, start, end)
    return any(name.startswith(body) for body in sentence.lexicon.sets["named_like_instruments"])


def _in_brackets(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a name is the short form of the one before it: "(Rarotonga Treaty)"."""
    return (
        start > 0
        and sentence.tags[start - 1] == OPENING
        and sentence.tags[end : end + 1] == CLOSING
    )


def _plain(sentence: Sentence, start: int, end: int) -> str:
    return " ".join(sentence.words[start:end]).replace("’", "'")


def longest(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the spans that stand in no longer one, nor in the same one of another kind.

    >>> longest([(0, 2), (4, 5)], [(0, 3)])
    [(4, 5)]
    """
    known = list(others)
    return [
        span for span in spans if not any(one[0] <= span[0] and span[1] <= one[1] for one in known)
    ]


def _qualifies(sentence: Sentence, head: int, end: int) -> bool:
    """Return whether a head is part of an organ's name: "the Charter Committee"."""
    after = head + 1
    while after < end and is_large(sentence, after):
        if sentence.words[after] in sentence.lexicon.organ_words:
            return True
        after += 1
    return False


def without_short_forms(names: list[str]) -> list[str]:
    """Return names without those that only shorten another of them.

    >>> without_short_forms(["2040 Plan for Rivers", "Lake Treaty (LT)", "2040 Plan", "LT"])
    ['2040 Plan for Rivers', 'Lake Treaty (LT)']
    >>> without_short_forms(["2040 Plan", "2040 Plan Fund"])
    ['2040 Plan', '2040 Plan Fund']
    """
    return [name for name in names if not any(_shortens(name, one) for one in names)]


def _shortens(name: str, one: str) -> bool:
    """Return whether a name is what another begins with, or its short form in brackets."""
    rest = one.removeprefix(f"{name} ")
    return f"({name})" in one or (rest != one and rest[:1].islower())


def written(sentence: Sentence, spans: Iterable[Span], offsets: Sequence[Span]) -> list[str]:
    """Return the text of some spans as the source has it, on one line and each once."""
    text = sentence.text
    names = (text[offsets[start][0] : offsets[end - 1][1]] for start, end in spans)
    return list(dict.fromkeys(" ".join(name.split()) for name in names))


def organ_spans(sentence: Sentence, begin: int = 0) -> list[Span]:
    """Return the tokens of each organ of the organization named from a token on.

    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> from sco_research.coding.commitments.tagging import tag
    >>> text = "We ask the Council of Ministers of Transport to meet."
    >>> sentence = tag(text, load_lexicon())
    >>> written(sentence, organ_spans(sentence), sentence.spans())
    ['Council of Ministers of Transport']
    """
    words, raw, lexicon = sentence.words, sentence.raw, sentence.lexicon
    signs = (lexicon.organ_words, lexicon.sets["institutions"], lexicon.own_names)
    if all(known.isdisjoint(words) for known in signs):
        return []
    total = len(words)
    found: list[Span] = []
    for at in range(begin, total):
        if not raw[at][:1].isupper() or (found and at < found[-1][1]):
            continue  # "the Council of Ministers": one organ
        if _is_organ(sentence, at, begin):
            start = _start_of_organ(sentence, at, begin)
            end = _end_of_organ(sentence, at, total)
            unnamed = lexicon.sets["unnamed_holders"].issuperset(words[start:end])
            if not unnamed and not _is_attribute(sentence, end):
                found.append((start, end))
    return found


def _start_of_organ(sentence: Sentence, at: int, begin: int) -> int:
    """Return where an organ's name begins: "Denial of Entry Experts Network"."""
    organ_words = sentence.lexicon.organ_words
    start = _with_office(sentence, start_of_name(sentence, at, begin, organ_words), begin)
    joined = start < at and start - 2 >= begin and sentence.words[start - 1] == "of"
    before = start - 2
    if (
        not joined
        or not is_large(sentence, before)
        or sentence.words[before] in (organ_words | sentence.lexicon.sets["instrument_heads"])
    ):
        return start
    return start_of_name(sentence, before, begin, organ_words)


def _with_office(sentence: Sentence, start: int, begin: int) -> int:
    """Return where "Special Envoy of the ASEAN Chair" begins, of which the Chair is no more."""
    office = start - 3
    held = sentence.words[start - 2 : start] == ("of", "the") and office >= begin
    if (
        not held
        or sentence.words[office].rsplit(" ", 1)[-1] not in sentence.lexicon.sets["offices"]
    ):
        return start
    return start_of_name(sentence, office, begin, sentence.lexicon.organ_words)


def _is_attribute(sentence: Sentence, end: int) -> bool:
    """Return whether a name only tells of what kind a thing is: "Senior Officials engagements"."""
    return (
        sentence.words[end - 1].endswith("s")
        and sentence.tags[end : end + 1] == NOUN
        and sentence.raw[end].islower()
    )


def _is_organ(sentence: Sentence, at: int, begin: int) -> bool:
    """Return whether a word names an own organ: "the Secretariat", "SCO CHS", "SCO University"."""
    word, raw, lexicon = sentence.words[at], sentence.raw[at], sentence.lexicon
    if word in lexicon.organ_words:
        return True
    if word in lexicon.sets["institutions"]:
        start = start_of_name(sentence, at, begin, frozenset())
        return not lexicon.own_names.isdisjoint(sentence.words[start:at])
    short = raw.isupper() and raw.isalpha() and len(raw) > 1 and word not in lexicon.own_names
    return short and at > begin and sentence.words[at - 1] in lexicon.own_names


def _end_of_organ(sentence: Sentence, at: int, stop: int) -> int:
    """Return the end of "Council of Ministers of Foreign Affairs of the member states"."""
    words, tags = sentence.words, sentence.tags
    end = at + 1
    while end < stop:
        if is_large(sentence, end) and not sentence.raw[end][:1].isdigit():
            end += 1
            continue
        first = end + 1
        while first < stop and tags[first] == DETERMINER:
            first += 1
        joined = words[end] in sentence.lexicon.sets["name_prepositions"] and first < stop
        if not joined or not (sentence.raw[first][:1].isupper() or tags[first] == MEMBERS):
            break
        if words[first] in sentence.lexicon.sets["months"]:
            break  # "the Secretary-General of April 2019": his report
        end = first + 1
        while end < stop and tags[end] == MEMBERS:
            end += 1
    return end
