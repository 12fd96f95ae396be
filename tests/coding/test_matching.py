"""The matcher against its rule of overlaps, against a slow twin, and in counted steps."""

import re
import sys
from collections.abc import Callable
from itertools import chain, product
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.codebooks.matching import CategoryPatterns, Match, Matcher
from sco_research.coding.codebooks.patterns import UNIT, Pattern, Phrase, parse_pattern
from tests.patience import run_to_its_end

WORDS = ["aa", "ab", "ba", "bb", "c"]


def matcher(include: list[str], exclude: list[str] | None = None) -> Matcher:
    return Matcher(
        [
            CategoryPatterns(
                "theme",
                tuple(map(parse_pattern, include)),
                tuple(map(parse_pattern, exclude or [])),
            )
        ]
    )


def found(text: str, include: list[str], exclude: list[str] | None = None) -> list[str]:
    return [text[match.start : match.end] for match in matcher(include, exclude).matches(text)]


NAMED = ("{a} c", "c {a}", "{a}", "ab {a} {b}", "{a} {b}", "c* {b} ba", "{b} aa|c", "ab ba", "aa")


@settings(deadline=None, max_examples=300)
@given(
    patterns=st.lists(st.sampled_from(NAMED), min_size=1, max_size=5, unique=True),
    names=st.lists(
        st.sampled_from(["aa", "ab", "aa ab", "aa ab ba", "the ab", "a?", "c c", "*b"]), unique=True
    ),
    others=st.lists(st.sampled_from(["ba", "bb c", "b*"]), unique=True),
    text=st.lists(st.sampled_from([*WORDS, "the"]), max_size=12).map(" ".join),
    excludes=st.booleans(),
)
def test_names_are_read_as_though_each_pattern_were_written_out(
    patterns: list[str], names: list[str], others: list[str], text: str, excludes: bool
) -> None:
    slots = {"{a}": "{issuer}", "{b}": "{organs}"}
    for slot, kind in slots.items():
        patterns = [pattern.replace(slot, kind) for pattern in patterns]
    phrases = {
        "issuer": [parse_pattern(name).phrases[0] for name in names],
        "organs": [parse_pattern(name).phrases[0] for name in others],
    }
    parsed = [parse_pattern(pattern) for pattern in patterns]
    number = len(parsed) - excludes

    def matches(named: list[list[Pattern]], names: dict[str, list[Phrase]]) -> list[Match]:
        include, exclude = chain(*named[:number]), chain(*named[number:])
        rules = [CategoryPatterns("theme", tuple(include), tuple(exclude))]
        return Matcher(rules, names=names).matches(text)

    written_out = [pattern.filled(phrases) for pattern in parsed]
    assert matches([[pattern] for pattern in parsed], phrases) == matches(written_out, {})


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("treaty", "Treaty, treaties", ["Treaty"]),
        ("terroris*", "Terrorists and counter-terrorism", ["Terrorists", "terrorism"]),
        ("*corrupt*", "anticorruption corrupt", ["anticorruption", "corrupt"]),
        ("*forest", "deforest forest forests", ["deforest", "forest"]),
        ("defen?e", "defence defense defences", ["defence", "defense"]),
        ("WHO", "who told the WHO", ["WHO"]),
        ("U.N. Charter", "the U.N. Charter, UN Charter", ["U.N. Charter"]),
        ("afghanistan", "Afghanistan's and Afghanistan’s", ["Afghanistan", "Afghanistan"]),
        ("non-proliferation", "non proliferation, non‑Proliferation", None),
        ("drug*", "anti-drug and drug-related", ["drug", "drug"]),
        ("combat|fight drugs", "combat drugs, fight drugs, take drugs", None),
        ("<settle> conflict*", "settled conflicts, settling conflict", None),
        ("united * nations", "united strong nations, united nations", ["united strong nations"]),
        ("peace and security", "peace, and security; peace and\nsecurity", ["peace and\nsecurity"]),
        ("six party talks", 'the "six"-party talks (six) party talks', None),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, expected: list[str] | None) -> None:
    wanted = {
        "non-proliferation": ["non proliferation", "non‑Proliferation"],
        "combat|fight drugs": ["combat drugs", "fight drugs"],
        "<settle> conflict*": ["settled conflicts", "settling conflict"],
        "six party talks": ['six"-party talks'],
    }
    assert found(text, [pattern]) == (wanted[pattern] if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("war brings victory", ["war brings victory"]),
        ("victory in the war", ["victory in the war"]),
        ("war one two three victory", ["war one two three victory"]),
        ("war one two three four victory", []),
        ("war and war", []),
    ],
)
def test_near_looks_both_ways_and_no_farther(text: str, expected: list[str]) -> None:
    assert found(text, ["war NEAR/3 victory"]) == expected


def test_the_longest_match_stands_and_words_are_counted_once() -> None:
    text = "drug trafficking and drug addiction"
    patterns = ["drug", "trafficking", "drug trafficking", "addiction"]
    assert found(text, patterns) == ["drug trafficking", "drug", "addiction"]


def test_of_equal_matches_the_leftmost_stands() -> None:
    assert found("a b c", ["b c", "a b"]) == ["a b"]


def test_of_the_same_words_the_pattern_listed_first_stands() -> None:
    match = matcher(["drugs", "drug*"]).matches("drugs")
    assert [hit.pattern for hit in match] == ["drugs"]


def test_an_exclude_removes_what_shares_a_word_with_it() -> None:
    text = "political climate and climate change"
    assert found(text, ["climate"], ["political climate"]) == ["climate"]
    assert found(text, ["climate and"], ["political climate"]) == []


def test_two_categories_may_claim_the_same_words() -> None:
    rules = [
        CategoryPatterns(name, (parse_pattern("chemical weapons"),), ()) for name in ("one", "two")
    ]
    found_in = [match.category for match in Matcher(rules).matches("chemical weapons")]
    assert found_in == ["one", "two"]


def test_a_parent_may_yield_to_its_children() -> None:
    rules = [
        CategoryPatterns("security", (parse_pattern("threats"),), (), yields_to_children=True),
        CategoryPatterns("security.drugs", (parse_pattern("drugs"),), ()),
        CategoryPatterns("securityother", (parse_pattern("other"),), ()),
    ]
    both = Matcher(rules)
    assert [match.category for match in both.matches("threats, drugs")] == ["security.drugs"]
    assert [match.category for match in both.matches("other threats")] == [
        "securityother",
        "security",
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\x00", "drugs\x00drugs", "—–-", "\u202edrugs", "\U0001d521rugs drugs"]
)
def test_odd_texts_are_no_trouble(text: str) -> None:
    for match in matcher(["drugs"]).matches(text):
        assert text[match.start : match.end] == "drugs"


def slow(text: str, patterns: list[str]) -> list[tuple[int, int]]:
    """The rule of overlaps, written the plain way for patterns of words and trailing stars."""
    spans = [match.span() for match in UNIT.finditer(text)]
    units = [text[start:end].lower() for start, end in spans]
    candidates = []
    for order, pattern in enumerate(patterns):
        parts = [re.compile(re.escape(part).replace(r"\*", ".*")) for part in pattern.split()]
        for start in range(len(units) - len(parts) + 1):
            end = start + len(parts)
            gaps = [text[spans[place][1] : spans[place + 1][0]] for place in range(start, end - 1)]
            fits = zip(parts, units[start:end], strict=True)
            if all(part.fullmatch(unit) for part, unit in fits) and set(gaps) <= {" "}:
                candidates.append((start - end, start, order, end))
    taken: set[int] = set()
    kept = []
    for _, start, _, end in sorted(candidates):
        if taken.isdisjoint(range(start, end)):
            taken |= set(range(start, end))
            kept.append((spans[start][0], spans[end - 1][1]))
    return sorted(kept)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([*WORDS, ","]), max_size=14),
    st.lists(
        st.lists(st.sampled_from([*WORDS, "a*", "b*"]), min_size=1, max_size=3),
        min_size=1,
        max_size=6,
        unique_by=tuple,
    ),
)
def test_it_agrees_with_the_plain_way(words: list[str], phrases: list[list[str]]) -> None:
    text = " ".join(words)
    patterns = [" ".join(phrase) for phrase in phrases]
    fast = [(match.start, match.end) for match in matcher(patterns).matches(text)]
    assert fast == slow(text, patterns)


def test_a_matcher_gives_the_same_when_its_memory_is_warm() -> None:
    one = matcher(["aa b*", "ab"])
    texts = [" ".join(words) for words in product(WORDS, repeat=3)]
    first = [one.matches(text) for text in texts]
    assert first == [one.matches(text) for text in reversed(texts)][::-1]


def steps(call: Callable[[], object]) -> int:
    """Return how many of Python's instructions a call takes, however fast they are."""
    taken = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 - as sys.settrace has it
        nonlocal taken
        frame.f_trace_opcodes = True
        taken += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize(
    ("patterns", "text"),
    [
        (["a " * 19 + "b"], "a " * 100),
        (["a NEAR/30 b"], "a " * 100 + "b " * 100),
        (["drug*"], "drugs " * 200),
    ],
    ids=["repeated words", "near", "hits"],
)
def test_the_cost_grows_with_the_text_and_no_faster(patterns: list[str], text: str) -> None:
    def cost(text: str) -> int:
        return steps(lambda: matcher(patterns).matches(text))

    start = cost("")
    assert 3 < (cost(text * 4) - start) / (cost(text) - start) < 5


def test_wildcards_are_not_tried_in_every_combination() -> None:
    # One star after another, each tried with each: years. In a process that can be ended.
    code = (
        "from sco_research.coding.codebooks.matching import Matcher, CategoryPatterns\n"
        "from sco_research.coding.codebooks.patterns import parse_pattern\n"
        "rules = CategoryPatterns('theme', (parse_pattern('*a*a*b'),), ())\n"
        "print(Matcher([rules]).matches('a' * 30_000 + 'c'))\n"
    )
    done = run_to_its_end([sys.executable, "-c", code])
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_cost_does_not_grow_with_the_patterns() -> None:
    text = "the member states oppose drug trafficking and terrorism in the region " * 20

    def cost(number: int) -> int:
        one = matcher([f"member zz{number}" for number in range(number)])
        one.matches(text)
        return steps(lambda: one.matches(text))

    assert cost(5_000) == cost(10)


def test_patterns_alone_yield_to_every_other_match() -> None:
    roads = CategoryPatterns("roads", (parse_pattern("road*"),), ())
    growth = CategoryPatterns("growth", (parse_pattern("growth"),), ())
    formulas = growth._replace(include=(parse_pattern("prosperity"),), alone=True)
    points_back = CategoryPatterns("~0", (parse_pattern("this issue"),), ())
    matcher = Matcher([roads, growth, formulas, points_back])

    def categories(text: str) -> list[str]:
        return [match.category for match in matcher.matches(text)]

    assert categories("We want prosperity.") == ["growth"]
    assert categories("We build roads for prosperity.") == ["roads"]
    assert categories("Growth brings prosperity.") == ["growth"], "of its own category too"
    assert categories("This issue and prosperity.") == ["~0", "growth"], "words that point back"


def test_the_last_word_of_a_name_needs_its_capital() -> None:
    names = CategoryPatterns(
        "names", (parse_pattern("polish"), parse_pattern("the organi?ation")), (), capitalised=True
    )
    text = "We polish the organisation. The Polish side and the Organization agree. POLISH"
    found = [text[match.start : match.end] for match in Matcher([names]).matches(text)]
    assert found == ["Polish", "the Organization", "POLISH"]
