"""Typing faults of a source, repaired beside the raw text with a map back to it.

Each character of the repaired text comes from one place of the raw text, and any finding can be
shown as it stands there; of a ligature's letters each has the whole ligature for its place.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import simplemma

from sco_research.text.tokens import MARKS

_LETTER = r"[^\W\d_]"
_CYRILLIC = re.compile("[а-яё]", re.I)
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_FIRST_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 60
# The small raised digits.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_LIGATURES = "\ufb00-\ufb06"
# What is typed for an apostrophe and is none; "‘" and the prime between two letters are such.
_FALSE_APOSTROPHES = "‘\u02bc\u00b4`\uff07\u2032"
_ODD = re.compile(f"[{_RAISED}{_LIGATURES}{_FALSE_APOSTROPHES}\u2010\u2011]")
_ALWAYS_HYPHENATED = frozenset({"anti", "non", "self", "socio"})
# "long-term", "so-called", "cross-cutting": no syllable that a printer breaks off is one of these.
_LATTER_HALVES = (
    "based being called carbon centered centred cutting depth driven effective friendly income "
    "intensive known lasting level made oriented quality ranging reaching related scale "
    "sensitive sized specific standing tech term up year"
)
_AFTER_A_HYPHEN = frozenset(_LATTER_HALVES.split())
# But "re-called", "un-known" and "under-standing" are words broken at a syllable.
_PREFIX_WORDS = "be co de dis en fore im in inter ir mis out over pre re trans un under with"
_PREFIXES = frozenset(_PREFIX_WORDS.split())
# "five-year", "twenty-first"; but "four-teen" and "six-ty" are one word.
_NUMBERS = (
    "two three four five six seven eight nine twenty thirty forty fifty sixty seventy eighty ninety"
)
_NUMBER_WORDS = frozenset(_NUMBERS.split())
_ENDS_OF_NUMBERS = frozenset(
    {"een", "fold", "score", "some", "teen", "teenth", "th", "ths", "tieth", "ties", "ty"}
)
# "short- and long-term".
_SUSPENDING = frozenset({"and", "or", "to", "nor", "but", "as", "и", "или"})


# Not frozen: a frozen one takes four times as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Repair:
    """One mended span of the raw text: ``raw[start:end]`` reads ``replacement``."""

    start: int
    end: int
    replacement: str
    kind: str


class RepairedText:
    """A text as it is analysed, with the way back to the raw source.

    Attributes
    ----------
    text : str
        The repaired text.
    repairs : tuple of Repair
        What was mended, in order, by raw offsets.

    Examples
    --------
    >>> repaired = repair("the information space .", 100)
    >>> repaired.text
    'the information space.'
    >>> repaired.raw_span(16, 22)
    (116, 123)
    """

    __slots__ = ("_base", "_raw_ends", "_raw_starts", "_starts", "repairs", "text")

    def __init__(self, raw: str, base: int, repairs: Sequence[Repair]) -> None:
        self.repairs: tuple[Repair, ...] = ()
        self._base = base
        if not repairs:
            self.text = raw
            return
        self._starts = [0]
        self._raw_starts = [base]
        # The raw end of a replacement's last character: a composed letter covers two raw ones.
        self._raw_ends: dict[int, int] = {}
        pieces: list[str] = []
        kept: list[Repair] = []
        done = base
        length = 0
        for item in repairs:
            if item.start < done:
                continue
            kept.append(item)
            untouched = raw[done - base : item.start - base]
            pieces += (untouched, item.replacement)
            length += len(untouched)
            if item.replacement:
                spare = len(item.replacement) - (item.end - item.start)
                for number in range(max(spare, 0)):
                    # A ligature's letters stand in one place.
                    self._mark(length + number, item.start)
                    self._raw_ends[length + number] = item.end
                self._mark(length + max(spare, 0), item.start)
                length += len(item.replacement)
                self._raw_ends[length - 1] = item.end
            self._mark(length, item.end)
            done = item.end
        pieces.append(raw[done - base :])
        self.text = "".join(pieces)
        self.repairs = tuple(kept)

    def _mark(self, position: int, raw_position: int) -> None:
        if self._starts[-1] == position:
            self._raw_starts[-1] = raw_position
        else:
            self._starts.append(position)
            self._raw_starts.append(raw_position)

    def _raw(self, position: int) -> int:
        run = bisect_right(self._starts, position) - 1
        return self._raw_starts[run] + position - self._starts[run]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of ``text[start:end]``."""
        if not self.repairs:
            return self._base + start, self._base + max(start, end)
        raw_start = self._raw(start)
        if end <= start:
            return raw_start, raw_start
        last = end - 1
        return raw_start, self._raw_ends.get(last, self._raw(last) + 1)


def _rejoin(match: re.Match[str]) -> str:
    """Decide whether a word broken over a line keeps its hyphen."""
    return _joint(match.string, match.start(), match.end(), match["second"])


def _joint(raw: str, hyphen: int, after: int, second: str) -> str:
    """Return what stands between two lines, of which the first ends with a hyphen."""
    if raw[hyphen] == "\u00ad":
        return ""
    joint = joint_of(raw, hyphen, second)
    end = after + len(second)
    if joint and second in _SUSPENDING and raw[end : end + 1].isspace():
        return "- "
    return joint


def joint_of(raw: str, hyphen: int, second: str) -> str:
    """Return what joins the word that ends at a hyphen with its second half.

    >>> joint_of("non-", 3, "proliferation"), joint_of("coun-", 4, "tries")
    ('-', '')
    >>> joint_of("so-", 2, "called"), joint_of("so-", 2, "ciety"), joint_of("2018-", 4, "2019")
    ('-', '', '-')
    """
    before = _LAST_WORD.search(raw, max(hyphen - _LONGEST_WORD, 0), hyphen)
    first = before[0] if before else ""
    small = first.lower()
    # "COVID-19", "2018-2019", "Counter-Terrorism", "SCO-led", "e-commerce".
    if not second[0].islower() or first[-1:].isdigit() or first.isupper() or len(first) == 1:
        return "-"
    if small in _ALWAYS_HYPHENATED:
        return "-"
    if small in _NUMBER_WORDS:
        return "" if second in _ENDS_OF_NUMBERS else "-"
    if second in _AFTER_A_HYPHEN and small not in _PREFIXES - (
        {"in"} if second == "depth" else set()
    ):
        return "-"
    known = [is_known_word(word) for word in (first + second, first, second)]
    if small == "ex":
        # A former minister, or a syllable: "ex-president" and "ex-change".
        return "" if known[0] else "-"
    return "-" if not known[0] and known[1] and known[2] else ""


def is_known_word(word: str) -> bool:
    """Return whether a word stands in the word list of the language that its letters are of.

    >>> is_known_word("countries"), is_known_word("транспорта"), is_known_word("coun")
    (True, True, False)
    """
    return simplemma.is_known(word.lower(), "ru" if _CYRILLIC.search(word) else "en")


def _compose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


def _decompose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    # Where all characters print, nothing is found unless one of these stands in the text.
    signs: tuple[str, ...] = ()


# A pattern begins with what it looks for, which is quick to find; what stands before is asked then.
# The group "fault" is the span repaired.
_RULES = (
    _Rule(
        "word broken over a line",
        re.compile(
            r"(?P<fault>[-\u00ad\u2010](?<=[^\W_].)[ \t]*(?:\r\n?|\n)[ \t]*)"
            r"(?=(?P<second>[^\W_]+))"
        ),
        _rejoin,
    ),
    _Rule(
        "space before punctuation",
        re.compile(r"(?<=\S)(?P<fault>\s+)(?=[.,;:!?](?:\s|$))"),
        "",
        signs=(" .", " ,", " ;", " :", " !", " ?"),
    ),
    # A page sets what it links or slants on a line of its own: "“", "Trust", "”, which".
    _Rule("line break", re.compile(r"(?<=[“«„(\[])(?P<fault>\s*[\r\n]\s*)"), ""),
    _Rule("line break", re.compile(r"(?P<fault>\s*[\r\n]\s*)(?=[”»)\]])"), ""),
    _Rule(
        "line break",
        re.compile(r"(?P<fault>[ \t]*(?:\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029])\s*)"),
        " ",
    ),
    _Rule(
        "space after a hyphen",
        # "short- and long-term" is correct.
        re.compile(rf"-(?<={_LETTER}-)(?P<fault> +)(?={_LETTER})(?!(?:and|or|to|nor|but|as)\b)"),
        "",
        signs=("- ",),
    ),
    # Two rules, for a pattern that begins with one character is found many times faster.
    _Rule("dash", re.compile(r"(?P<fault>-(?<=\s.)-{0,2})(?=\s)"), "–", signs=(" -",)),
    _Rule("dash", re.compile(r"(?P<fault>—(?<=\s.))(?=\s)"), "–", signs=(" —",)),
    _Rule(
        "invisible character",
        re.compile("(?P<fault>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])"),
        "",
    ),
    _Rule(
        "space or control character",
        re.compile(
            "(?P<fault>[\x00-\x09\x0e-\x1b\x1f\x7f-\x84\x86-\xa0\u1680\u2000-\u200a\u202f\u205f"
            "\u3000])"
        ),
        " ",
    ),
    _Rule("hyphen", re.compile("(?P<fault>[\u2010\u2011])"), "-", signs=("\u2010", "\u2011")),
    # "the Charter.[3] They" and "the Charter³ was", but "10 km²" is a unit.
    _Rule(
        "footnote mark",
        re.compile(r"(?P<fault>\[(?<=[^\s\[(].)(?:\d{1,3}|[*†‡])\])(?!\w)"),
        "",
        signs=("[",),
    ),
    _Rule(
        "footnote mark",
        re.compile(
            rf"(?P<fault>[{_RAISED}](?:(?<=[^\W\d_]{{3}}.)|(?<=[.,;:!?)\]”’\"»].))[{_RAISED}]*)"
        ),
        "",
        signs=tuple(_RAISED),
    ),
    _Rule(
        "ligature",
        re.compile(f"(?P<fault>[{_LIGATURES}]+)"),
        _decompose,
        signs=tuple("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"),
    ),
    _Rule(
        "apostrophe",
        re.compile(rf"(?P<fault>[{_FALSE_APOSTROPHES}](?<={_LETTER}.))(?={_LETTER})"),
        "’",
        signs=tuple(_FALSE_APOSTROPHES),
    ),
    # A letter and its marks, and the parts of a Korean syllable.
    _Rule(
        "combining mark",
        re.compile(
            rf"(?P<fault>{_LETTER}[{MARKS}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
        ),
        _compose,
    ),
)
_RULES_BY_SIGN = tuple((sign, rule) for rule in _RULES for sign in rule.signs)
# Any sign, in one look from space to space: most paragraphs have none.
_SPACED = tuple(sign for sign, _ in _RULES_BY_SIGN if " " in sign)
_BEFORE_SPACE = re.escape("".join(sign[0] for sign in _SPACED if sign[1] == " "))
_AFTER_SPACE = re.escape("".join(sign[1] for sign in _SPACED if sign[0] == " "))
_ANY_SIGN = re.compile(rf" (?:[{_AFTER_SPACE}]|(?<=[{_BEFORE_SPACE}] ))")


def repair(raw: str, base: int = 0, *, removed: Sequence[tuple[int, int]] = ()) -> RepairedText:
    """Repair the typing faults of a paragraph.

    Parameters
    ----------
    raw : str
        The paragraph as the source has it.
    base : int
        Its offset in the document.
    removed : sequence of (int, int)
        Spans, by document offsets, that are no part of the paragraph: a page number in its midst.
    """
    # Nearly every paragraph is clean, and a look at its characters says so. In a composed text,
    # which is quick to tell, no rule finds a mark to compose.
    if raw.isprintable() and unicodedata.is_normalized("NFC", raw):
        marked = "[" in raw or "`" in raw or (not raw.isascii() and _ODD.search(raw))
        if not (removed or marked or _ANY_SIGN.search(raw)):
            return RepairedText(raw, base, ())
        rules = [rule for sign, rule in _RULES_BY_SIGN if sign in raw]
    else:
        rules = list(_RULES)
    found = [_without_page_matter(raw, start - base, end - base, base) for start, end in removed]
    for rule in dict.fromkeys(rules):
        found += _apply(rule, raw, base)
    # A stable sort keeps the order of the rules where two begin at one place.
    found.sort(key=lambda item: item.start)
    return RepairedText(raw, base, found)


def _without_page_matter(raw: str, start: int, end: int, base: int) -> Repair:
    """Close the hole that a page number leaves, in the midst of a word too."""
    if raw[start:end].isdecimal():
        return Repair(base + start, base + end, "", "footnote mark")
    second = _FIRST_WORD.match(raw, end)
    if second and raw[start - 2 : start - 1].isalnum() and raw[start - 1] in "-\u00ad\u2010":
        joint = _joint(raw, start - 1, end, second[0])
        return Repair(base + start - 1, base + end, joint, "word broken over a page")
    return Repair(base + start, base + end, " ", "page matter")


def _apply(rule: _Rule, raw: str, base: int) -> Iterable[Repair]:
    for match in rule.pattern.finditer(raw):
        replacement = (
            rule.replacement if isinstance(rule.replacement, str) else rule.replacement(match)
        )
        start, end = match.span("fault")
        if replacement != raw[start:end]:
            yield Repair(base + start, base + end, replacement, rule.kind)
