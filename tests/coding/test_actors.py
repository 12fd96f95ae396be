"""The codebook of actors: all states, organizations, and names that only look like one."""

import csv
from pathlib import Path

import pytest

from sco_research.coding.actors import code_actors
from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.themes import code_themes
from sco_research.organizations import profiles, states
from sco_research.text.document import Document
from sco_research.topics.themes.tables import actor_table

ACTORS = load_codebook("actors")


def named(text: str) -> list[str]:
    return [match.category for match in ACTORS.matches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Viet Nam", ["vn"]),
        ("VIET NAM", ["vn"]),
        ("Vietnam’s and Vietnamese ports", ["vn", "vn"]),
        ("the Republic of Korea", ["kr"]),
        ("the Democratic People’s Republic of Korea (DPRK)", ["kp", "kp"]),
        ("North Korea and South Korea", ["kp", "kr"]),
        ("Türkiye, Turkiye and Turkey", ["tr", "tr", "tr"]),
        ("a turkey in fine china", []),
        ("They polish the text of the Polish side.", ["pl"]),
        ("Niger and Nigeria; Nigerien and Nigerian", ["ne", "ng", "ne", "ng"]),
        ("Guinea, Guinea-Bissau and Equatorial Guinea", ["gn", "gw", "gq"]),
        ("Papua New Guinea in the Gulf of Guinea", ["pg"]),
        ("Sudan and South Sudan", ["sd", "ss"]),
        ("Samoa and American Samoa", ["ws", "as"]),
        ("Georgia, not South Georgia", ["ge"]),
        ("Jordan’s king on the Jordan River", ["jo"]),
        ("Chad by Lake Chad", ["td"]),
        ("India by the Indian Ocean", ["in"]),
        ("American aid to Latin American states", ["us"]),
        ("the U.S., the USA and the United States’ fleet", ["us", "us", "us"]),
        ("let us go", []),
        ("the UK and Northern Ireland", ["gb", "gb"]),
        ("the Republic of the Congo and the Democratic Republic of the Congo", ["cg", "cd"]),
        ("Dominica and the Dominican Republic", ["dm", "do"]),
        ("Côte d’Ivoire and Cote d'Ivoire", ["ci", "ci"]),
        ("Lao PDR, Kyrgyz Republic, Russian Federation", ["la", "kg", "ru"]),
        ("Afghans, Syrians and Americans", ["af", "sy", "us"]),
    ],
)
def test_a_state_is_known_by_its_names_and_adjectives(text: str, expected: list[str]) -> None:
    assert named(text) == [f"states.{code}" for code in expected]


def test_every_state_of_the_united_nations_is_among_them() -> None:
    known = {str(category.attributes.get("code")) for category in ACTORS}
    un = profiles()["un"]
    of_un = {*un.members(), *un.observers()}
    assert len(of_un) == 195
    assert {states()[name].code for name in of_un} <= known


def test_a_state_s_names_are_those_by_which_profiles_know_it() -> None:
    by_code = {str(category.attributes.get("code")): category.id for category in ACTORS}
    missed = [
        name
        for state in states().values()
        if state.code in by_code
        for name in (state.name, *state.variants)
        if by_code[state.code] not in named(f"They met {name}.")
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the WHO, which knows who helps", ["who"]),
        ("the Non-Aligned Movement", ["nam"]),
        ("UNESCO and the scope of its work", ["unesco"]),
        ("the UN Security Council and the secretaries of security councils", ["security_council"]),
        ("Organisation and Organization of American States", ["oas"]),
        ("NATO and the EU", ["nato", "eu"]),
        ("the World Food Programme and World Food Program", ["wfp", "wfp"]),
    ],
)
def test_an_organization_is_known_by_whole_names(text: str, expected: list[str]) -> None:
    assert named(text) == [f"organizations.{name}" for name in expected]


def test_an_issuer_is_no_organization_beside_itself() -> None:
    text = "The SCO and the CIS met; the Organization grows."
    for organization, expected in (
        ("sco", ["issuer", "organizations.cis", "issuer"]),
        ("cis", ["organizations.sco", "issuer"]),
        ("", ["organizations.sco", "organizations.cis"]),
    ):
        document = Document.from_text(text, id="note", organization=organization)
        assert code_themes(document, codebook="actors")["category"].tolist() == expected


def test_every_profile_is_an_organization_of_the_codebook() -> None:
    held = {name for category in ACTORS for name in category.not_of_issuer}
    assert held == {name for name in profiles() if name != "generic"}


def test_the_table_of_states_names_its_source(checkout: Path) -> None:
    head = (checkout / "data/codebooks/actors.toml").read_text(encoding="utf-8")[:1_500]
    assert "CLDR" in head
    assert "MIT" in head
    with (checkout / "data/organizations/states.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) > 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SCO member states met.", [("issuer.members", "SCO member states")]),
        ("The heads of state of the SCO met.", [("issuer.members", "heads of state of the SCO")]),
        ("They apply the SCO Charter and the United Nations Charter.", []),
        ("They work in the SCO region.", []),
        ("They work on the SCO Development Bank.", []),
        ("They spent 1 trillion United States dollars and a United States dollar.", []),
        ("The United States spent dollars.", [("states.us", "United States")]),
        ("They ask the SCO Secretariat.", [("issuer.organs", "SCO Secretariat")]),
        (
            "The UN and the UN Security Council met.",
            [("organizations.un", "UN"), ("organizations.security_council", "UN Security Council")],
        ),
    ],
)
def test_a_mention_is_one_actor_s(text: str, expected: list[tuple[str, str]]) -> None:
    document = Document.from_text(text, id="note", organization="sco")
    rows = code_actors(document)
    names = rows["match"].str.replace("^[Tt]he ", "", regex=True)
    assert list(zip(rows["category"], names, strict=True)) == expected


def test_an_organ_with_a_name_of_its_own_is_counted_by_it() -> None:
    document = Document.from_text(
        "They thank the APEC Business Advisory Council.", id="note", organization="apec"
    )
    assert code_actors(document)["category"].tolist() == ["organizations.abac"]


def test_no_words_are_two_mentions(declaration: Document) -> None:
    rows = code_actors(declaration).sort_values("start")
    assert (rows["end"].iloc[:-1].to_numpy() <= rows["start"].iloc[1:].to_numpy()).all()
    whole = set(code_themes(declaration, codebook="actors")["start"])
    assert set(rows["start"]) < whole


@pytest.mark.parametrize(
    ("organization", "text", "expected"),
    [
        ("g20", "We thank the FSB.", ["organizations.fsb"]),
        ("g20", "Our finance ministers and central banks met.", []),
        ("g20", "The Sustainable Finance Working Group and the Troika met.", ["issuer.organs"] * 2),
        ("oecd", "We ask the EDPC to report.", ["issuer.organs"]),
        ("g20", "They met at the G20 Leaders’ Summit.", ["issuer"]),
        ("sco", "The Parties will meet.", ["issuer.members"]),
        ("sco", "The Parties will meet. Trade between the parties grows.", ["issuer.members"] * 2),
        ("g20", "We welcome the efforts made by the Parties.", []),
        ("g20", "The Parties to the lake treaty met.", []),
        ("g20", "We thank the World Bank (WBG) and the WBG.", ["organizations.world_bank"] * 2),
        ("g20", "We thank the World Bank (the IBRD).", ["organizations.world_bank"]),
        ("g20", "We thank the World Bank (with the IBRD).", ["organizations.world_bank"] * 2),
        ("apec", "We thank the APEC Business Advisory Council.", ["organizations.abac"]),
        ("apec", "We thank the APEC Secretariat.", ["issuer.organs"]),
        ("un", "The General Assembly met.", ["organizations.general_assembly"]),
        ("un", "We thank the President of the General Assembly.", ["issuer.organs"]),
        ("g7", "They spoke in the UN General Assembly.", ["organizations.general_assembly"]),
        (
            "g7",
            "They spoke in the UN Human Rights Council.",
            ["organizations.human_rights_council"],
        ),
        ("sco", "The Council of Heads of State met.", ["issuer.organs"]),
        ("eu", "We work with the Council of Europe.", ["organizations.council_of_europe"]),
        ("brics", "We work with the World Bank.", ["organizations.world_bank"]),
    ],
)
def test_a_body_of_each_issuer_is_one_actor(
    organization: str, text: str, expected: list[str]
) -> None:
    document = Document.from_text(text, id="note", language="en", organization=organization)
    assert code_actors(document)["category"].tolist() == expected


@pytest.mark.parametrize("organization", sorted(profiles()))
def test_no_word_of_a_text_is_two_actors(organization: str) -> None:
    profile = profiles()[organization]
    names = (*profile.names, *profile.organs, *profile.speaking_organs, *profile.meetings)
    said = " ".join(
        f"The {name} met. We thank the {name}, Japan and {other}."
        for name, other in zip(names, reversed(names), strict=True)
    )
    document = Document.from_text(
        said or "We met.", id="note", language="en", organization=organization
    )
    end = 0
    for row in code_actors(document).sort_values("start").to_dict("records"):
        assert row["start"] >= end, row
        end = row["end"]


@pytest.mark.parametrize(
    ("organization", "text", "row"),
    [
        (
            "apec",
            "We thank ABAC. The APEC Business Advisory Council will report.",
            ["APEC Business Advisory Council", "organ of the issuer", "2", "2"],
        ),
        (
            "g20",
            "We thank the FSB. The Financial Stability Board (FSB) will report.",
            ["Financial Stability Board", "international body", "2", "2"],
        ),
        ("g20", "We apply the UNFCCC.", ["UN climate convention", "treaty", "1", "1"]),
        (
            "asean canada",
            "The ASEAN Member States will report.",
            ["The members together", "members of one of the issuers or of all", "1", "1"],
        ),
    ],
)
def test_a_body_has_one_row_and_its_status(organization: str, text: str, row: list[str]) -> None:
    document = Document.from_text(text, id="note", language="en", organization=organization)
    table = actor_table(document, code_actors(document), actors=ACTORS)
    assert table.frame.astype(str).to_numpy().tolist() == [row]
