"""Lists as declarations have them: their items undertake, whatever the lead-in leaves open."""

import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts


def _strict(text: str, organization: str = "asean") -> list[bool]:
    document = Document.from_text(text, id="t", language="en")
    return code_speech_acts(document, options=CommitmentOptions(organization=organization))[
        "strict"
    ].tolist()


@pytest.mark.parametrize(
    "lead",
    [
        "DO HEREBY AGREE TO:",
        "The Parties will:",
        "To this end, we commit to:",
        "Do hereby declare to:",
        "We hereby agree to the following:",
        "The Parties have agreed on the following measures:",
        "We agree as follows:",
    ],
)
@pytest.mark.parametrize(
    "items",
    [
        "1. Promote the exchange of seeds;\n\n2. Strengthen coordination among museums and adopt "
        "rules that favour archives; and\n\n3. Establish, where appropriate, a joint register.",
        "– promote the exchange of seeds;\n– establish a joint register;\n– deepen contacts.",
        "Promote the exchange of seeds.\n\nEstablish a joint register.\n\nExpand the seed bank.",
    ],
)
def test_items_undertake_and_the_lead_in_has_their_status(lead: str, items: str) -> None:
    announced = "follow" in lead  # the verb of such a lead-in only opens or announces
    assert _strict(f"{lead}\n\n{items}") == [not announced, True, True, True]


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("We therefore decide:\n\n(a) to open a seed bank;\n\n(b) to train medics.", [1, 1, 1]),
        ("We agree: – to open a seed bank; – to train medics.", [1]),
        ("DO HEREBY:\n\n1. Agree to open a seed bank;\n\n2. Welcome the fair.", [0, 1, 0]),
        ("They note the following:\n\n1. Trade grew;\n\n2. Floods receded.", [0, 0, 0]),
        ("The ministers agreed on the following:\n\n– to open a seed bank.", [0, 0]),
        ("We agree on the following:\n\n1. Reaffirm the charter;\n\n2. Open banks.", [0, 0, 1]),
        ("We consider it necessary:\n\n– to open a seed bank;\n\n– to train medics.", [0, 0, 0]),
        ("We declare the following:\n\n– we support museums;\n\n– we will act.", [0, 0, 1]),
        ("The Parties will:\n\n– train medics.\n\nThe road was long.", [1, 1, 0]),
    ],
)
def test_what_a_list_makes_of_its_items(text: str, strict: list[int]) -> None:
    assert _strict(text) == [bool(answer) for answer in strict]


def test_a_need_goes_to_each_item_of_its_list() -> None:
    text = "We consider it necessary:\n\n– to deepen our exchange of seeds;\n\n– to train medics."
    document = Document.from_text(text, id="t", language="en")
    assert code_speech_acts(document)["broad"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        (
            "The heads of state approved the report on the past year and instructed the "
            "Secretariat to carry out the decisions of the previous meeting.",
            True,
        ),
        ("At the previous meeting the heads of state instructed the Secretariat to meet.", False),
        ("Last year the heads of state instructed the Secretariat to draft a plan.", False),
        ("We tasked our trade ministers to draft an Agreement on Grain.", True),
        ("We tasked our museums. We task them to draft a plan.", True),
        ("We invite international financial institutions to help.", False),
        ("The Commission, together with the governments, is to draft a plan.", True),
        ("Our countries will open a joint seed bank.", True),
        ("The member states, with the exception of Sylvania, will open a seed bank.", False),
        ("The members are going to open a joint seed bank.", True),
        ("We reaffirm our goal to halve the waiting time.", True),
        ("We recall the goal of the Accord to halve the waiting time.", False),
    ],
)
def test_who_is_told_and_when(text: str, strict: bool) -> None:
    assert _strict(text, "brics")[-1] is strict


@pytest.mark.parametrize(
    "text",
    [
        "Action needs to be taken to protect the lakes.",
        "The joint development of ports should be continued.",
    ],
)
def test_need_of_work_whose_doer_is_unnamed_is_broad(text: str) -> None:
    row = code_speech_acts(Document.from_text(text, id="t", language="en")).iloc[0]
    assert (bool(row["strict"]), bool(row["broad"])) == (False, True)


@pytest.mark.parametrize(
    "text",
    ["Climate change is a challenge of our time.", "Trade turnover among the members grew fast."],
)
def test_a_sentence_with_a_subject_is_no_fragment(text: str) -> None:
    row = code_speech_acts(Document.from_text(text, id="t", language="en")).iloc[0]
    assert (row["speech_act"], bool(row["broad"])) == ("assertive", False)
