"""Names that undertakings hold: whole, of one kind each, and nobody's piece."""

import pytest

from sco_research import Document, find_commitments


def named(text: str, organization: str = "") -> dict[str, list[str]]:
    document = Document.from_text(text, id="n", language="en", organization=organization)
    rows = find_commitments(document)
    columns = ("instruments", "dates", "organs", "references")
    return {column: [name for names in rows[column] for name in names] for column in columns}


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        (
            "We will apply the Lakes Aid for Trade Plan 2020 – 2025.",
            "instruments",
            ["Lakes Aid for Trade Plan 2020 – 2025"],
        ),
        ("We will praise Ruritania for Trade Plan 2020.", "instruments", ["Trade Plan 2020"]),
        (
            "We will sign the Agreement under the Rivers Convention on Use of Waters beyond "
            "National Lands.",
            "instruments",
            [
                "Agreement under the Rivers Convention on Use of Waters beyond National Lands",
                "Rivers Convention on Use of Waters beyond National Lands",
            ],
        ),
        (
            "We will apply the Forest Strategy within the League.",
            "instruments",
            ["Forest Strategy"],
        ),
        (
            "We will carry out the List of Actions aimed at further growth of groups within the "
            "Alliance in 2012-2016.",
            "instruments",
            ["List of Actions aimed at further growth of groups within the Alliance in 2012-2016"],
        ),
        (
            "We will update the Global Forest Plan on Resistance by 2026.",
            "instruments",
            ["Global Forest Plan on Resistance"],
        ),
        (
            "We will apply the South Lakes Treaty (Zenda Treaty).",
            "instruments",
            ["South Lakes Treaty (Zenda Treaty)"],
        ),
        ("We will work with the United Nations Development Programme.", "instruments", []),
        (
            "We will apply the Lakes Roadmap Towards and Beyond the Zenda Goal.",
            "instruments",
            ["Lakes Roadmap Towards and Beyond the Zenda Goal"],
        ),
        (
            "We will use the Lakes Framework on Harnessing Tides to Raise Pay and Foster a Fair "
            "and Open Economy for Women, Youth and Crews or the Zenda Trade Framework.",
            "instruments",
            [
                "Lakes Framework on Harnessing Tides to Raise Pay and Foster a Fair and Open "
                "Economy for Women, Youth and Crews",
                "Zenda Trade Framework",
            ],
        ),
        (
            "We will apply the Declaration on the Conduct of Parties in the Lake of Zenda.",
            "instruments",
            ["Declaration on the Conduct of Parties in the Lake of Zenda"],
        ),
        ("We will sign the Rivers Convention in Zenda.", "instruments", ["Rivers Convention"]),
        (
            "We will apply the Plan on Raising the Rights of Persons with Disabilities.",
            "instruments",
            ["Plan on Raising the Rights of Persons with Disabilities"],
        ),
        (
            "We will carry out the Initiative for Lakes Integration (ILI) Work Plan IV.",
            "instruments",
            ["Initiative for Lakes Integration (ILI) Work Plan IV"],
        ),
        ("We will act by the 1982 UNCLOS and the NPT.", "instruments", ["1982 UNCLOS", "NPT"]),
        ("We will act by the 1982 UNCLOS and the NPT.", "references", []),
        # What holds money is a body, as a bank is.
        ("We will found the Lakes Growth Fund (Special Account).", "instruments", []),
        (
            "We will found the Lakes Growth Fund (Special Account).",
            "organs",
            ["Lakes Growth Fund (Special Account)"],
        ),
        (
            "We will apply the Agreement on the Lakes Growth Fund.",
            "instruments",
            ["Agreement on the Lakes Growth Fund"],
        ),
        ("We will meet the Lakes Dialogue Partners.", "references", []),
        (
            "We will join the Lakes Denial of Entry Experts Network.",
            "organs",
            ["Lakes Denial of Entry Experts Network"],
        ),
        ("We will apply the 2050 Strategy and the Lakes Vision 2040.", "dates", []),
        ("We will apply the Lakes Plan for 2011-2016.", "dates", ["2011-2016"]),
        ("We will finish the Lakes Plan by 2031.", "dates", ["2031"]),
        ("We will act by the United Nations Charter.", "references", []),
        ("We will help the United Nations.", "references", ["United Nations"]),
        ("We will meet in Viet Nam.", "references", []),
        ("We will work with the NAM.", "references", ["NAM"]),
        ("We will widen regularised Ministerial and Senior Officials engagements.", "organs", []),
        ("We task our Ministers to report.", "organs", []),
        ("We task the relevant Ministers and Officials to report.", "organs", []),
        ("We task our Lakes Ministers to report.", "organs", ["Lakes Ministers"]),
        (
            "We will help the Special Envoy of the Lakes Chair on Borduria.",
            "organs",
            ["Special Envoy of the Lakes Chair on Borduria"],
        ),
        (
            "We will apply the Lakes Trade Arrangement and Growth Workplan.",
            "instruments",
            ["Lakes Trade Arrangement", "Growth Workplan"],
        ),
        ("We will apply the convention on Wetlands.", "instruments", ["convention on Wetlands"]),
        ("We will draft a convention on wetlands.", "instruments", []),
        (
            "We will draft a treaty on Ruritania and a treaty on Japan.",
            "instruments",
            ["treaty on Ruritania"],
        ),
        (
            "We will apply the Treaty on Lakes (TOL), as the TOL and the 2040 Plan for Lakes ask, "
            "and the 2040 Plan.",
            "instruments",
            ["Treaty on Lakes (TOL)", "2040 Plan for Lakes"],
        ),
        (
            "We will help the World Health Organization (WHO) and the WTO.",
            "references",
            ["World Health Organization (WHO)", "WTO"],
        ),
        ("We will help the Financial Action Task Force.", "organs", []),
        ("We will be neutral by or around mid-century.", "dates", ["by or around mid-century"]),
        ("We will act by the middle of this century.", "dates", ["by the middle of this century"]),
        ("We will act until spring.", "dates", ["until spring"]),
        ("We will study the wars of the last century.", "dates", []),
        (
            "We will read the report of the Secretary-General of April 2019.",
            "organs",
            ["Secretary-General"],
        ),
    ],
)
def test_a_name_is_whole_and_of_one_kind(text: str, column: str, expected: list[str]) -> None:
    assert named(text)[column] == expected


def test_two_bodies_that_are_joined_are_two() -> None:
    found = named("We will work with ABAC and Lakes Economic Council.", "apec")
    assert found["organs"] == ["ABAC", "Lakes Economic Council"]


def test_a_meeting_called_by_the_issuer_s_name_is_named_once() -> None:
    found = named("We will attend the APEC CEO Summit.", "apec")
    assert (found["organs"], found["references"]) == ([], ["APEC CEO Summit"])


def test_an_issuing_state_is_no_organization() -> None:
    text = "We will build upon the work of the United States and the UN."
    assert named(text, "united-states pif")["references"] == ["UN"]


def test_who_is_convinced_of_a_need_is_named() -> None:
    document = Document.from_text(
        "The heads of state are convinced of the need to reform the fund. They recognize the need "
        "to mend the bridge.",
        id="n",
        language="en",
        organization="sco",
    )
    rows = find_commitments(document)
    assert rows["actor_role"].tolist() == ["members", "members"]
    assert rows["actor"].iloc[0] == "The heads of state"


def test_the_end_of_another_organization_s_name_is_no_member() -> None:
    text = "Recognize the need to apply the measures of the Food and Seed Organization."
    rows = find_commitments(Document.from_text(text, id="n", organization="un"))
    assert set(rows["actor_role"]) <= {"implied"}


def test_an_organ_is_entrusted_where_it_is_named() -> None:
    text = (
        "The heads of state instruct the Secretariat to draft a plan.\n\n"
        "The heads of state instructed to continue the work on the bridge."
    )
    document = Document.from_text(text, id="n", organization="sco")
    rows = find_commitments(document)
    assert rows["strict"].all()
    assert rows["speech_act"].eq("directive").all()
    assert rows["organ_entrusted"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("told", "entrusted"),
    [
        ("our Ministers", False),
        ("the relevant Ministers and officials", False),
        ("our ministers of transport", True),
        ("the Lakes Ministers", True),
        ("the Secretariat", True),
    ],
)
def test_who_holds_an_office_is_no_organ_unless_it_is_told_which(
    told: str, *, entrusted: bool
) -> None:
    rows = find_commitments(Document.from_text(f"We task {told} to report.", id="n"))
    assert rows[["strict", "organ_entrusted"]].values.tolist() == [[True, entrusted]]
