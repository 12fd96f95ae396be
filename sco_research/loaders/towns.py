"""The town that stands on a line of its own at the head of a text."""

import re
from collections.abc import Iterable, Iterator

from sco_research.loaders.source import ParsedSource
from sco_research.organizations.states import is_state
from sco_research.text.layout.datelines import in_small_letters, is_clock, is_day_alone
from sco_research.text.layout.dates import names_a_year
from sco_research.text.layout.titles import says_what_it_is, title_of

_HEAD = 1_000
_MAX_LINES = 8
_LONGEST = 60
_BRACKETS = " ()[]"
_WORD = r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]*(?:[.’'-][^\W\d_]*)*"
_NAMED = rf"{_WORD}(?: (?:de |la |el |upon )?{_WORD}){{0,2}}"
# The state, too: "Strelsau, Ruritania".
_TOWN = re.compile(rf"[(\[]?(?!(?:The|[A-Z]{{1,4}})\b){_NAMED}(?:, {_NAMED})?[)\]]?")
# What stands alone at the head of a text and is no town.
_NO_TOWN = re.compile(
    r"\b(?:adopted|agenda|annex|contents|draft|embargoed|english|french|general|introduction"
    r"|limited|meeting|news|original|overview|preamble|press|public|release|restricted|russian|session"
    r"|speech|summary|summit|translation|unofficial|введение|проект|преамбула)\b",
    re.I,
)


def town_of_state(head: Iterable[str]) -> str:
    """Return the place on a line of its own that is told by the state it names.

    >>> town_of_state(["Joint Statement", "TOKYO, JAPAN", "They met."])
    'Tokyo, Japan'
    """
    for line in head:
        town, _, state = line.strip(_BRACKETS).rpartition(", ")
        if town and len(line) <= _LONGEST and is_state(state) and not re.search(r"\d|:", town):
            parts = (in_small_letters(one) if one.isupper() else one for one in (town, state))
            return ", ".join(parts)
    return ""


def town_beside_day(reading: ParsedSource) -> str:
    r"""Return the town on a line of its own, the day alone on the line above or below it.

    It is one where it stands right below the day, above a blank line, or where the text says what
    was done there; without it, a title is left.

    >>> text = "Joint Statement\nMay 4, 2013\n15:30\nZenda\n\nThe states agree on trade.\n"
    >>> town_beside_day(ParsedSource(text, (0, len(text))))
    'Zenda'
    """
    start, end = reading.body
    for line, is_below in _beside_days(reading.text[start : min(end, start + _HEAD)]):
        town = line.strip(_BRACKETS)
        name, _, state = town.partition(", ")
        if not ((is_below and not state) or _is_spoken_of(name, reading.text[start:end])):
            continue
        if reading.title or title_of(reading.text, start, end, reading.headings, without=line):
            return in_small_letters(town) if town.isupper() else town
    return ""


def _beside_days(head: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines beside a day's that may name a town, and whether one ends its head."""
    if not names_a_year(head):
        return
    lines = [" ".join(line.split()) for line in head.split("\n")]
    places = [number for number, line in enumerate(lines) if line and not is_clock(line)]
    for place, number in enumerate(places[:_MAX_LINES]):
        line = lines[number]
        if not _TOWN.fullmatch(line) or _NO_TOWN.search(line) or says_what_it_is(line):
            continue
        above = places[place - 1] if place else None
        below = places[place + 1] if place + 1 < len(places) else None
        if above is not None and is_day_alone(lines[above]):
            yield line, all(lines[above:number]) and lines[number + 1 : number + 2] == [""]
        elif below is not None and is_day_alone(lines[below]):
            yield line, False


def _is_spoken_of(town: str, text: str) -> bool:
    """Return whether a text says what was done in a town: "in Zenda", "the Zenda Declaration"."""
    # Russian turns the last letter: "в Зенде".
    stem = re.escape(town[:-1])
    # "in peace" speaks of no town called Peace.
    named = re.compile(
        rf"\b(?i:in|at|в|à|en|zu)\s+{stem}|{stem}\w\s+(?P<kind>\w+)",
        re.I if town.isupper() else 0,
    )
    return any(
        match["kind"] is None or says_what_it_is(match["kind"]) for match in named.finditer(text)
    )
