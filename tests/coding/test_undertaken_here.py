"""What is told in the past: reports stay out, what this document undertakes is broad."""

import pytest

from sco_research import Document, code_speech_acts


def _one(text: str) -> tuple[str, bool, bool, str]:
    row = code_speech_acts(Document.from_text(text, id="t", language="en")).iloc[0]
    return row["speech_act"], bool(row["strict"]), bool(row["broad"]), row["binding"]


@pytest.mark.parametrize(
    "text",
    [
        "We agreed to open a joint seed bank.",
        "We committed to act together against floods.",
        "We have agreed to open a joint seed bank.",
        "We have decided to set up a fund for dams.",
        "The members have committed to reduce waiting times.",
        "On this basis, we have resolved to open the archives.",
    ],
)
def test_what_we_undertook_by_this_document_is_broad(text: str) -> None:
    assert _one(text) == ("commissive", False, True, "low")


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
    "text",
    [
        "The heads of state agreed to open a joint seed bank.",
        "The heads of state decided to set up a fund for dams.",
        "It was decided to set up a fund for dams.",
        "We have not agreed to open a joint seed bank.",
        "The heads of state reaffirmed their commitment to preserve the lakes.",
    ],
)
def test_reports_have_the_act_of_their_present_and_undertake_nothing(text: str) -> None:
    act, strict, broad, binding = _one(text)
    assert act == "commissive"
    assert (strict, broad, binding) == (False, False, "none")


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
