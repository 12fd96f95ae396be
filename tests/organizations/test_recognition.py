"""Who issues a text is told from its title, its header and its opening, by whole words."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.loaders import load_document
from sco_research.organizations import issuer, issuer_of, load_profile, profiles
from sco_research.text.document import Document

# Headers of our own, in the forms that twelve organizations give theirs.
TITLES = {
    "Lakeside Declaration of the Council of Heads of State of the Shanghai Cooperation "
    "Organization": "sco",
    "STATEMENT BY THE SCO MEMBER STATES ON CLEAN WATER": "sco",
    "Leaders\u2019 Communiqu\u00e9, G7 Summit, Harbour Town": "g7",
    "G8 Declaration on Seeds": "g7",
    "G20 Leaders\u2019 Declaration Meadow Town": "g20",
    "XXI BRICS Summit: River Declaration": "brics",
    "Declaration on the United Nations by the Leaders of BRICS": "brics",
    "Chairman\u2019s Statement of the 90th ASEAN Summit": "asean",
    "Joint Statement of the ASEAN-Japan Summit on the Law of the Sea": "asean japan",
    "Joint Statement at the 40th ASEAN\u2013China Summit": "asean china",
    "2051 APEC Leaders\u2019 Island Declaration": "apec",
    "Quad Leaders\u2019 Vision Statement": "quad",
    "QUAD FOREIGN MINISTERS: JOINT STATEMENT": "quad",
    "Eightieth Pacific Islands Forum Communiqu\u00e9": "pif",
    "U.S.-Pacific Islands Forum Statement on the Ocean": "united-states pif",
    "Declaration of the United Nations Conference on Meadows": "un",
    "Declaration of OECD Ministers on Trust": "oecd",
    "Statement of the Heads of State of the Commonwealth of Independent States": "cis",
    "European Council conclusions on the single market": "eu",
    "EU-US SUMMIT: JOINT STATEMENT": "eu united-states",
    "Joint Statement of the European Union and the African Union": "eu african-union",
    "Joint Statement by Japan and the Republic of Korea": "japan south-korea",
    "\u0417\u0430\u044f\u0432\u043b\u0435\u043d\u0438\u0435 \u0433\u043b\u0430\u0432 "
    "\u0433\u043e\u0441\u0443\u0434\u0430\u0440\u0441\u0442\u0432 \u0428\u041e\u0421": "sco",
    "\u4e0a\u6d77\u5408\u4f5c\u7ec4\u7ec7\u6210\u5458\u56fd\u5143\u9996\u5ba3\u8a00": "sco",
}
# Of nobody: the words that name an organization are its subject, or no name at all.
NOBODY = (
    "A decisive scope for UNESCO",
    "Declaration on the Fiftieth Anniversary of the United Nations",
    "Leaders\u2019 Statement on Ukraine",
    "LEADERS WHO MET US IN UNISON",
    "General Assembly of the Organization of American States: Declaration",
    "ASEAN Regional Forum: Statement on Ferries",
    "Statement in support of the African Union and the G20",
    "The quad of the university",
    "Joint Statement with non-ASEAN partners",
    "China-Central Asia Summit",
)


@pytest.mark.parametrize("title", TITLES)
def test_the_issuer_is_told_from_a_title(title: str) -> None:
    found = issuer_of(title)
    assert (" ".join(found.ids), found.where) == (TITLES[title], "title")


@pytest.mark.parametrize("title", NOBODY)
def test_what_a_title_is_about_is_no_issuer(title: str) -> None:
    assert issuer_of(title).ids == ()


OPENINGS = {
    "We, the Leaders of the Group of Seven (G7), met in Harbour Town.": "g7",
    "1. We, the Economic Leaders of APEC, met on an island and thanked the United Nations.": "apec",
    "The heads of the member states of the SCO (hereinafter the Organization) met.": "sco",
    "The General Assembly, Recalling the work of the African Union,": "un",
    "The European Council took stock of relations with ASEAN.": "eu",
    "We, the Member States of ASEAN and Canada gather on the lake.": "asean canada",
    "WE, THE LEADERS OF THE BRICS, MEETING IN RIVERTOWN, RECOGNIZE THE UNITED NATIONS.": "brics",
    "We, the ministers of Chile, France, Japan, Norway and the European Union, met at the OECD "
    "headquarters to talk of schools.": "oecd",
    "We, the heads of the SCO \u2013 the Republic of Kazakhstan, the Kyrgyz Republic and the "
    "Russian Federation \u2013 met.": "sco",
    "We, the leaders of Australia, India, Japan and the United States, met.": "quad",
    "We, the governments of Fiji and Japan, met on the margins of the UN summit.": "fiji japan",
    "We assembled at the United Nations to speak of soil.": "un",
}
NO_OPENINGS = (
    "The United Nations was founded in 1945.",
    "We thank the SCO, the CIS, ASEAN, the EU and the G20 for their messages.",
    "We, the ministers, met on the margins of the UN General Assembly.",
    "Delegates from ASEAN spoke.",
    "The parties to the lake treaty met.",
    "",
)


@pytest.mark.parametrize("opening", OPENINGS)
def test_the_issuer_is_told_from_an_opening(opening: str) -> None:
    found = issuer_of("Lakeside Declaration", opening=opening, date=datetime.date(2030, 1, 1))
    assert " ".join(found.ids) == OPENINGS[opening]
    assert found.where.endswith("opening formula")


@pytest.mark.parametrize(
    ("opening", "where"),
    [
        ("We, the leaders of the SCO, met in Rivertown.", "opening formula"),
        ("We, the ministers of Chile and Peru, met at the OECD headquarters.", "meeting in the"),
        ("We, the leaders of Australia, India, Japan and the United States, met.", "states in the"),
    ],
)
def test_an_opening_says_by_what_the_issuer_was_told(opening: str, where: str) -> None:
    found = issuer_of("Lakeside Declaration", opening=opening, date=datetime.date(2030, 1, 1))
    assert found.where == (f"{where} opening formula" if where.endswith("the") else where)


@pytest.mark.parametrize("opening", NO_OPENINGS)
def test_an_opening_that_names_no_speaker_tells_nothing(opening: str) -> None:
    assert issuer_of("Lakeside Declaration", opening=opening).ids == ()


def test_a_header_names_the_issuer_in_a_masthead_only() -> None:
    assert issuer_of("On Soil", header=["United Nations", "A/RES/90/1"]).ids == ("un",)
    adopted = ["Distr.: General", "Resolution adopted by the General Assembly"]
    assert issuer_of("On Soil", header=adopted).where == "header"
    assert issuer_of("On Soil", header=["Statement for the United Nations"]).ids == ()


def test_a_joint_statement_s_opening_names_whom_its_title_leaves_out() -> None:
    opening = "We, the Member States of ASEAN and Canada, met."
    found = issuer_of("ASEAN Special Summit", opening=opening)
    assert (found.ids, found.where) == (("asean", "canada"), "opening formula")


NAMES = sorted({name for item in profiles().values() for name in item.names})


@given(
    st.lists(
        st.sampled_from(("decisive", "scope", "UNESCO", "the Union", "the Forum", *NAMES)),
        min_size=1,
        max_size=5,
    )
)
def test_no_word_of_the_body_changes_the_issuer(words: list[str]) -> None:
    from sco_research.loaders.registry import open_source
    from sco_research.loaders.source import Source

    head = "Meadow Declaration\n\nWe, the Leaders of the G20, met in Meadow Town.\n\n"
    text = f"{head}We thank {', '.join(words)}. {words[0]} will act."
    document = open_source(Source(text.encode(), "a.txt", suffix=".txt"), id="a")
    assert (document.metadata.organization, document.metadata.issuer) == ("g20", "Group of Twenty")


DEVELOPMENT = Path(__file__).resolve().parents[2].parent / "shared" / "dev-data"
FILES = {
    "other_organizations/apec_2023_golden_gate.md": "apec",
    "other_organizations/asean_us_2022_joint_vision.md": "asean united-states",
    "other_organizations/g20_2022_bali.md": "g20",
    "other_organizations/g7_2024_apulia.md": "g7",
    "other_organizations/oecd_2022_equitable_education.json": "oecd",
    "other_organizations/pif_us_2023_washington.md": "united-states pif",
    "other_organizations/un_2024_antimicrobial_resistance.json": "un",
    "sco_documents/20180610_epidemics_statement.txt": "sco",
    "sco_documents/20190614_bishkek_declaration.txt": "sco",
    "sco_documents/20220916_energy_security_statement.txt": "sco",
    "sco_documents/20220916_supply_chains_statement.txt": "sco",
    "sco_documents/20230704_countering_radicalization_statement.txt": "sco",
    "sco_documents/20230704_digital_transformation_statement.txt": "sco",
}


@pytest.mark.parametrize("file", FILES)
def test_real_documents_have_their_issuer(file: str) -> None:
    path = DEVELOPMENT / file
    if not path.is_file():
        pytest.skip("the development texts are not in the repository")
    assert load_document(path).metadata.organization == FILES[file]


def test_who_says_whose_a_document_is(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\norganisation: Group of Twenty\n---\n\nWe met.\n", encoding="utf-8")
    of_header = load_document(path).metadata
    assert (of_header.organization, of_header.organization_from) == ("g20", "header")
    given_by_user = load_document(path, organization="brics").metadata
    assert (given_by_user.organization, given_by_user.organization_from) == ("brics", "parameter")
    bundled = load_document("sco-2013-bishkek").metadata
    assert (bundled.organization, bundled.organization_from) == ("sco", "catalogue")


def test_a_name_without_a_profile_stays_the_issuer_s_name(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\norganization: River League\n---\n\nWe met.\n", encoding="utf-8")
    known = load_document(path).metadata
    assert (known.organization, known.issuer) == ("", "River League")
    assert not issuer(load_document(path)).is_known


def test_status_is_the_issuer_s_word_at_the_document_s_date() -> None:
    def of(organization: str, year: int) -> Document:
        day = datetime.date(year, 7, 1)
        return Document.from_text("We met.", id="n", organization=organization, date=day)

    assert issuer(of("sco", 2013)).status("India") == "observer"
    assert issuer(of("sco", 2018)).status("India") == "member"
    assert issuer(of("g20", 2013)).status("India") == "member"
    assert issuer(of("g20", 2013)).status("african-union") == ""
    assert issuer(of("g7", 2010)).status("Russia") == "member"
    assert issuer(of("g7", 2015)).status("Russia") == ""
    joint = issuer(of("asean united-states", 2022))
    assert joint.status("United States") == "one of the issuers"
    assert (joint.status("Viet Nam"), joint.status("Japan")) == ("member", "")
    assert issuer(of("", 2022)).status("India") == ""


def test_a_state_is_an_issuer_of_its_own() -> None:
    assert load_profile("france").members() == ("France",)


def test_nobody_in_particular_is_nobody() -> None:
    note = Document.from_text("We met.", id="n", organization="generic")
    assert not issuer(note).is_known
