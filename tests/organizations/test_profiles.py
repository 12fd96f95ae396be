"""Profiles say who belongs to whom and when, and their faults are told one a line."""

import datetime
from pathlib import Path

import pytest

from sco_research.errors import OrganizationError
from sco_research.organizations import load_profile, profiles, states
from sco_research.organizations.reading import _refuse_circles
from sco_research.resources import data_path

GOOD = """
id = "lake-league"
label = "Lake League"
abbreviation = "LL"
calls_itself = ["the League"]
source = "pact"

[sources]
pact = "Lake Pact, 1 May 2001"

[[names]]
words = ["Lake League", "LL"]
source = "pact"

[[members]]
states = ["Japan", "France"]
since = 2001-05-01
source = "pact"
"""


def saved(folder: Path, text: str, name: str = "lake-league.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_of_one_s_own_is_read_by_its_path(tmp_path: Path) -> None:
    profile = load_profile(saved(tmp_path, GOOD))
    assert (profile.id, profile.short_name) == ("lake-league", "LL")
    assert profile.status("France", datetime.date(2001, 5, 1)) == "member"
    assert profile.status("France", datetime.date(2001, 4, 30)) == ""


def test_a_profile_in_one_s_own_folder_is_known_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(tmp_path))
    (tmp_path / "organizations").mkdir()
    saved(tmp_path / "organizations", GOOD)
    assert load_profile("lake-league").members() == ("Japan", "France")
    assert "lake-league" in profiles()


ANOTHER = '\n[[members]]\nstates = ["Japan"]\nsince = {since}\n{until}source = "pact"\n'
FAULTS = {
    "a member twice": (
        GOOD + ANOTHER.format(since="2003-01-01", until=""),
        "members 2: 'Japan' stands in members 1 too, for the same days",
    ),
    "a member twice in one row": (
        GOOD.replace('"France"]', '"Japan"]'),
        "members 1.states: 'Japan' appears twice; delete one",
    ),
    "dates that overlap": (
        GOOD.replace('source = "pact"\n"""', "")
        + ANOTHER.format(since="1990-01-01", until="until = 2001-05-01\n"),
        "for the same days; delete one, or end the earlier with until",
    ),
    "an observer that is a member": (
        GOOD + ANOTHER.format(since="2003-01-01", until="").replace("[[members]]", "[[observers]]"),
        "observers 1: 'Japan' stands in members 1 too, for the same days",
    ),
    "an end before the beginning": (
        GOOD.replace("since = 2001-05-01", "since = 2001-05-01\nuntil = 1999-01-01"),
        "members 1.until: 1999-01-01 is before since, 2001-05-01",
    ),
    "an unknown state": (
        GOOD.replace('"France"', '"Frnace"'),
        "members 1.states: 'Frnace' is no state that is known; did you mean 'France'?",
    ),
    "a state by another name": (
        GOOD.replace('"France"', '"Vietnam"'),
        "members 1.states: 'Vietnam' is no state that is known; did you mean 'Viet Nam'?",
    ),
    "an unknown source": (
        GOOD.replace('since = 2001-05-01\nsource = "pact"', 'since = 2001-05-01\nsource = "pakt"'),
        "members 1.source: 'pakt' is no key of [sources]; did you mean 'pact'?",
    ),
    "an unknown field": (
        GOOD.replace("calls_itself", "call_itself"),
        "call_itself: is no field of a profile; did you mean 'calls_itself'?",
    ),
    "a missing field": (
        GOOD.replace('label = "Lake League"\n', ""),
        "label: is missing; add it",
    ),
    "no day": (
        GOOD.replace("2001-05-01", '"May 2001"'),
        "members 1.since: 'May 2001'",
    ),
    "no year": (
        GOOD.replace("2001-05-01", "20010501"),
        "members 1.since: 20010501 is no year; write a day as 2001-06-15, or a year as 2001",
    ),
    "nobody": (
        GOOD.replace('states = ["Japan", "France"]', "states = []"),
        "members 1: names nobody; give states or organizations",
    ),
    "no members": (
        GOOD[: GOOD.index("[[members]]")],
        "members: is missing; say what it is called and who belongs to it",
    ),
    "an unknown organization": (
        GOOD.replace('"France"]', '"France"]\norganizations = ["asaen"]'),
        "organizations: 'asaen' is no profile that is known; did you mean 'asean'?",
    ),
    "no TOML": ("id = ", "no valid TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_with_file_field_and_mend(fault: str, tmp_path: Path) -> None:
    text, said = FAULTS[fault]
    path = saved(tmp_path, text)
    with pytest.raises(OrganizationError) as error:
        load_profile(path)
    lines = [line for line in str(error.value).splitlines() if said in line]
    assert len(lines) == 1
    assert lines[0].startswith(str(path))


def test_all_faults_of_a_file_are_told(tmp_path: Path) -> None:
    text = GOOD.replace('"Japan", "France"', '"Jpan", "Frnace"')
    with pytest.raises(OrganizationError) as error:
        load_profile(saved(tmp_path, text))
    assert len(error.value.faults) == 2


def test_a_circle_of_organizations_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('"France"]', '"France"]\norganizations = ["river-league"]')
    path = saved(tmp_path, text)
    river = GOOD.replace("lake-league", "river-league").replace('"LL"', '"RL"')
    river = river.replace('"France"]', '"France"]\norganizations = ["lake-league"]')
    saved(tmp_path, river, "river-league.toml")
    with pytest.raises(OrganizationError, match=r"lake-league → river-league → lake-league"):
        load_profile(path)


def test_an_organization_is_no_member_of_itself(tmp_path: Path) -> None:
    path = saved(tmp_path, GOOD.replace('"France"]', '"France"]\norganizations = ["lake-league"]'))
    with pytest.raises(OrganizationError, match=r"a circle of organizations \(lake-league → "):
        load_profile(path)


def test_an_unknown_organization_is_told_those_known() -> None:
    with pytest.raises(OrganizationError) as error:
        load_profile("g21")
    said = str(error.value)
    assert "\n" not in said
    assert "did you mean 'g20'?" in said
    assert all(name in said for name in profiles())


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OrganizationError, match="cannot be read"):
        load_profile(tmp_path / "none.toml")


@pytest.mark.parametrize("name", sorted(profiles()))
def test_a_bundled_profile_is_sourced_and_in_no_circle(name: str) -> None:
    profile = profiles()[name]
    _refuse_circles(profile, data_path("organizations", f"{name}.toml"))
    assert all(item.source in profile.sources.values() for item in profile.memberships)


# How many each had on a day, by the organizations' own pages.
@pytest.mark.parametrize(
    ("name", "day", "members"),
    [
        ("sco", "2013-09-13", 6),
        ("sco", "2017-06-08", 6),
        ("sco", "2017-06-09", 8),
        ("sco", "2023-07-04", 9),
        ("sco", "2024-07-04", 10),
        ("brics", "2010-06-01", 4),
        ("brics", "2014-07-15", 5),
        ("brics", "2024-01-01", 9),
        ("brics", "2025-07-01", 10),
        ("g7", "1975-11-17", 6),
        ("g7", "1997-06-21", 7),
        ("g7", "1998-05-15", 8),
        ("g7", "2014-03-24", 7),
        ("g20", "2022-11-16", 20),
        ("g20", "2023-09-10", 21),
        ("asean", "2022-05-13", 10),
        ("asean", "2025-10-26", 11),
        ("apec", "2023-11-17", 21),
        ("quad", "2021-03-12", 4),
        ("pif", "2023-09-25", 18),
        ("un", "1945-10-24", 27),  # and two that have ended
        ("un", "1945-12-31", 49),
        ("un", "2024-10-07", 193),
        ("oecd", "1990-01-01", 24),
        ("oecd", "2022-12-08", 38),
        ("cis", "2005-01-01", 12),
        ("cis", "2020-01-01", 9),
        ("eu", "2004-05-01", 25),
        ("eu", "2013-07-01", 28),
        ("eu", "2020-01-31", 28),
        ("eu", "2020-02-01", 27),
        ("csto", "2010-01-01", 7),
        ("csto", "2013-01-01", 6),
        ("eaeu", "2016-01-01", 5),
        ("african-union", "2002-07-09", 53),
        ("african-union", "2020-01-01", 55),
    ],
)
def test_members_on_a_day(name: str, day: str, members: int) -> None:
    assert len(load_profile(name).members(datetime.date.fromisoformat(day))) == members


@pytest.mark.parametrize(
    ("name", "state", "day", "status"),
    [
        ("sco", "Mongolia", "2025-08-31", "observer"),
        ("sco", "Mongolia", "2025-09-01", "partner"),
        ("sco", "Belarus", "2010-06-11", "dialogue partner"),
        ("un", "Belgium", "1945-12-26", ""),
        ("un", "Belgium", "1945-12-27", "member"),
        ("african-union", "Morocco", "2017-01-30", ""),
        ("african-union", "Morocco", "2017-01-31", "member"),
        ("pif", "New Caledonia", "2010-01-01", "associate member"),
        ("pif", "New Caledonia", "2016-09-10", "member"),
        ("pif", "India", "2010-01-01", "dialogue partner"),
        ("asean", "Pakistan", "2010-01-01", "sectoral dialogue partner"),
        ("g7", "Russia", "1997-06-21", "participant"),
        ("oecd", "Italy", "1961-12-31", ""),
    ],
)
def test_status_on_a_day(name: str, state: str, day: str, status: str) -> None:
    assert load_profile(name).status(state, datetime.date.fromisoformat(day)) == status


def test_no_state_has_two_names_and_no_name_two_states() -> None:
    names = [name for state in states().values() for name in (state.name, *state.variants)]
    assert len(names) == len(set(names))
    assert len({state.id for state in states().values()}) == len(states())
