"""What is told in the past: the past of this meeting is its present, reports are out."""

import pytest

from sco_research import Document, code_speech_acts


def _one(text: str) -> tuple[str, bool, bool, str]:
    row = code_speech_acts(Document.from_text(text, id="t", language="en")).iloc[0]
    return row["speech_act"], bool(row["strict"]), bool(row["broad"]), row["binding"]


@pytest.mark.parametrize(
    ("past", "present"),
    [
        ("We agreed to open a joint seed bank.", "We agree to open a joint seed bank."),
        ("They agreed to open a joint seed bank.", "They agree to open a joint seed bank."),
        ("The Parties committed to act together.", "The Parties commit to act together."),
        ("We have agreed to open a seed bank.", "We agree to open a seed bank."),
        ("The members have decided to set up a fund.", "The members decide to set up a fund."),
        ("On this basis, we have resolved to open it.", "On this basis, we resolve to open it."),
        ("The heads of state pledged to plant trees.", "The heads of state pledge to plant trees."),
        ("The Leaders noted their readiness to help.", "The Leaders note their readiness to help."),
        ("They called for an early meeting.", "They call for an early meeting."),
        ("They instructed the Secretariat to act.", "They instruct the Secretariat to act."),
        ("They underlined the need to open clinics.", "They underline the need to open clinics."),
        ("They supported the drafting of a plan.", "They support the drafting of a plan."),
        ("They considered it vital to meet often.", "They consider it vital to meet often."),
        ("They welcomed the new seed bank.", "They welcome the new seed bank."),
        ("They resolved to continue planting.", "They resolve to continue planting."),
    ],
)
def test_the_past_of_this_meeting_is_its_present(past: str, present: str) -> None:
    assert _one(past) == _one(present)
    assert _one(past)[0] != "assertive" or _one(past)[2]


@pytest.mark.parametrize(
    "text",
    [
        "In 2009 we agreed to open a joint seed bank.",
        "We agreed in Strelsau to open a joint seed bank.",
        "At our last summit we agreed to open a joint seed bank.",
        "We committed two years ago to act together against floods.",
        "During the Strelsau meeting we decided to set up a fund for dams.",
        "The ministers agreed in March to open a joint seed bank.",
        "The donors have agreed to pay for the dams.",
        "The heads of state noted that the fund had agreed to pay.",
        "We have opened a joint seed bank.",
    ],
)
def test_what_was_undertaken_on_another_day_or_by_others_is_out(text: str) -> None:
    assert _one(text) == ("assertive", False, False, "none")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("It was decided to set up a fund for dams.", "commissive"),
        ("We have not agreed to open a joint seed bank.", "commissive"),
        ("The Parties adopted a plan.", "assertive"),
        ("The Parties signed the treaty.", "assertive"),
        ("The Parties have supported the farmers.", "expressive"),
    ],
)
def test_reports_have_the_act_of_their_present_and_undertake_nothing(text: str, act: str) -> None:
    assert _one(text) == (act, False, False, "none")


def test_the_next_fair_is_announced_not_undertaken() -> None:
    assert _one("It was decided to hold the next fair in Zenda.")[0] == "assertive"


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("The ministers are to submit a draft by spring.", True),
        ("The Parties are to submit a draft by spring.", True),
        ("Donors are to submit a draft by spring.", False),
        ("No Member State will place its ports at the disposal of smugglers.", True),
        ("No state will be safe from floods.", False),
        ("The UN Secretary-General shall submit a draft.", False),
        ("The Secretary-General shall submit a draft.", True),
        ("We ask the Fund's board to publish its minutes.", False),
        ("We ask the Organization's board to publish its minutes.", True),
        ("[We will] open a joint seed bank.", True),
        ("Decides that the conference shall be preceded by regional meetings.", True),
        ("Notes that the conference shall be preceded by regional meetings.", False),
        ("Control shall be entrusted to the Executive Committee.", True),
        ("Control shall be entrusted to the World Bank.", False),
        ("The States Parties to this Declaration are resolved to abolish the charges.", True),
        ("We agree that more must be done and will triple our spending.", True),
    ],
)
def test_who_acts_and_who_is_told(text: str, strict: bool) -> None:
    assert _one(text)[1] is strict


def test_of_two_infinitives_the_higher_counts() -> None:
    assert _one("Decides to remain seized of it and to convene a conference.")[3] == "high"
    assert _one("Decides to remain seized of it.")[3] == "low"
