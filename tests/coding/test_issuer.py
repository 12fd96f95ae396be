"""Whose members and organs a text speaks of is its issuer's profile's to say, and no word's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research import CommitmentOptions, Document, code_speech_acts, code_themes
from sco_research.loaders.registry import open_source
from sco_research.loaders.source import Source
from sco_research.organizations import profiles

BODY = (
    "The Union will open a seed bank.",
    "We reaffirm our commitment to share flood data.",
    "We instruct the Secretariat to draft a plan.",
    "The member states will train nurses.",
    "They support wider exchange among the members.",
)
HEADS = (
    "Meadow Declaration\n\nWe, the Leaders of the G20, met in Meadow Town.",
    "Meadow Declaration\n\nThe leaders met in Meadow Town.",
    "Declaration of the European Council\n\nThe European Council met in Meadow Town.",
)
WORDS = (
    "decisive",
    "scope",
    "UNESCO",
    "the Union",
    "the Association",
    "the Commonwealth",
    *sorted({name for profile in profiles().values() for name in profile.names}),
)


def verdicts(text: str) -> list[tuple[bool, bool, str, str]]:
    """Return what the sentences of the body amount to."""
    document = open_source(Source(text.encode(), "note.txt", suffix=".txt"), id="note")
    rows = code_speech_acts(document)
    body = rows["text"].isin(BODY)
    assert body.sum() == len(BODY)
    columns = ["strict", "broad", "speech_act", "binding"]
    return list(rows.loc[body, columns].itertuples(index=False, name=None))


@given(st.sampled_from(HEADS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_no_word_outside_title_header_and_opening_changes_a_verdict(
    head: str, words: list[str]
) -> None:
    text = "\n\n".join((head, *BODY))
    more = f"{text}\n\nThe visitors praised {', '.join(words)}. They spoke of {words[0]} twice.\n"
    assert verdicts(more) == verdicts(text)


def strict(text: str, organization: str) -> bool:
    document = Document.from_text(text, id="note", language="en", organization=organization)
    return bool(code_speech_acts(document)["strict"].iloc[0])


@pytest.mark.parametrize(
    ("text", "issuers", "others"),
    [
        ("The Union will open a seed bank.", ("eu", "african-union", "eaeu", ""), ("sco", "apec")),
        ("APEC economies will open a seed bank.", ("apec",), ("sco", "")),
        ("The Forum will open a seed bank.", ("pif",), ("sco",)),
        (
            "We instruct the SCO Council of Heads of Government to draft a plan.",
            ("sco",),
            ("brics",),
        ),
        ("We call on the OECD to draft a plan.", ("oecd",), ("g20", "")),
        # One of those who issue a joint statement is some of its members.
        ("ASEAN will open a seed bank.", ("asean",), ("asean united-states", "united-states")),
        ("The United States will open a seed bank.", ("united-states",), ("asean united-states",)),
        ("We will open a seed bank.", ("asean united-states", "", "un"), ()),
    ],
)
def test_the_issuer_decides_who_the_members_are(
    text: str, issuers: tuple[str, ...], others: tuple[str, ...]
) -> None:
    assert all(strict(text, name) for name in issuers)
    assert not any(strict(text, name) for name in others)


def test_a_state_that_is_no_member_is_outside() -> None:
    text = "We support further cooperation for the recovery of Japan."
    of = {
        name: code_speech_acts(Document.from_text(text, id="n", language="en", organization=name))[
            "broad"
        ].iloc[0]
        for name in ("g7", "sco")
    }
    assert of == {"g7": True, "sco": False}


def test_a_name_in_s_owns_its_will() -> None:
    assert not strict("We acknowledge the United Nations\u2019 commitment to plant trees.", "asean")
    assert strict("We reaffirm the member states\u2019 commitment to plant trees.", "asean")


def test_the_options_name_another_issuer() -> None:
    document = Document.from_text("The Union will open a seed bank.", id="note", language="en")
    assert code_speech_acts(document)["strict"].all()
    options = CommitmentOptions(organization="sco")
    assert not code_speech_acts(document, options=options)["strict"].any()


def own_bodies() -> list[tuple[str, str]]:
    """Return each organization with the names of its organs that no other body is called by."""
    return [
        (profile.id, organ)
        for profile in profiles().values()
        for organ in dict.fromkeys((*profile.organs, *profile.speaking_organs, *profile.meetings))
        if len(organ.split()) > 1 or organ.isupper()
        if organ.casefold() not in {name.casefold() for name in (*profile.names, profile.label)}
    ]


def test_an_organ_of_the_issuer_s_own_is_no_outside_partner_of_it() -> None:
    said = (
        "We value our cooperation with the {0}. We work with {0}. We thank the {0} for its report. "
        "A dialogue between the {0} and our ministers began."
    )
    documents = {
        (organization, organ): Document.from_text(
            said.format(organ), id=f"d{number}", language="en", organization=organization
        )
        for number, (organization, organ) in enumerate(own_bodies())
    }
    assert len({organization for organization, _ in documents}) >= 14
    coded = code_themes(documents.values())
    partners = set(coded.loc[coded["category"] == "partners", "document_id"])
    named = [who for who, document in documents.items() if document.id in partners]
    assert named == []


def test_what_is_an_organ_of_one_is_a_partner_of_another() -> None:
    text = "We value our cooperation with the {0}."
    for organization, outsider in (
        ("apec", "Financial Stability Board"),
        ("eu", "Council of Europe"),  # which holds the name of an organ of the Union
        ("sco", "European Union"),
        ("un", "World Bank"),
    ):
        document = Document.from_text(
            text.format(outsider), id="note", language="en", organization=organization
        )
        assert "partners" in set(code_themes(document)["category"]), outsider


def test_what_an_organization_calls_its_members_are_no_others_there() -> None:
    text = "Much greater efforts are needed for economies to save the lakes."
    document = Document.from_text(text, id="t", language="en", organization="apec")
    assert code_speech_acts(document)["broad"].tolist() == [True]
    elsewhere = Document.from_text(text, id="t", language="en", organization="asean")
    assert code_speech_acts(elsewhere)["broad"].tolist() == [False]
