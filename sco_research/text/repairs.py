"""Typing faults of a source, repaired beside the raw text with a map back to it.

Every repair replaces a span by something no longer than the span, so each character of the
repaired text comes from one place of the raw text, and any finding can be shown as it stands there.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import simplemma

_LETTER = r"[^\W\d_]"
_LAST_WORD = re.compile(rf"{_LETTER}+\Z")
_FIRST_WORD = re.compile(rf"{_LETTER}+")
_LONGEST_WORD = 60
# The small raised digits.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_RAISED_OR_HYPHEN = re.compile(f"[{_RAISED}\u2010\u2011]")
_ALWAYS_HYPHENATED = frozenset({"anti", "non", "self", "socio"})
# "long-term", "man-made", "build-up": no syllable that a printer breaks off is one of these.
_AFTER_A_HYPHEN = frozenset(
    {"based", "being", "lasting", "level", "made", "oriented", "related", "scale", "term", "up"}
)


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
                self._mark(length, item.start)
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
    if match[0][0] == "\u00ad":
        return ""
    return joint_of(match.string, match.start(), match["second"])


def joint_of(raw: str, hyphen: int, second: str) -> str:
    """Return what joins the word that ends at a hyphen with its second half.

    >>> joint_of("non-", 3, "proliferation"), joint_of("coun-", 4, "tries")
    ('-', '')
    """
    before = _LAST_WORD.search(raw, max(hyphen - _LONGEST_WORD, 0), hyphen)
    first = before[0] if before else ""
    if first.lower() in _ALWAYS_HYPHENATED or second[0].isupper():
        return "-"
    if second.lower() in _AFTER_A_HYPHEN:
        return "-"
    known = [simplemma.is_known(word.lower(), "en") for word in (first + second, first, second)]
    if first.lower() == "ex":
        # A former minister, or a syllable: "ex-president" and "ex-change".
        return "" if known[0] else "-"
    return "-" if not known[0] and known[1] and known[2] else ""


def _compose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


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
            rf"(?P<fault>[-\u00ad\u2010](?<={_LETTER}.)[ \t]*(?:\r\n?|\n)[ \t]*)"
            rf"(?=(?P<second>{_LETTER}+))"
        ),
        _rejoin,
    ),
    _Rule(
        "space before punctuation",
        re.compile(r"(?<=\S)(?P<fault>\s+)(?=[.,;:!?](?:\s|$))"),
        "",
        signs=(" .", " ,", " ;", " :", " !", " ?"),
    ),
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
    _Rule("combining mark", re.compile(rf"(?P<fault>{_LETTER}[\u0300-\u036f]+)"), _compose),
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
        marked = "[" in raw or (not raw.isascii() and _RAISED_OR_HYPHEN.search(raw))
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
    second = _FIRST_WORD.match(raw, end)
    hyphen = raw[start - 1 : start]
    if second and raw[start - 2 : start - 1].isalpha() and hyphen in ("-", "\u00ad", "\u2010"):
        joint = "" if hyphen == "\u00ad" else joint_of(raw, start - 1, second[0])
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
