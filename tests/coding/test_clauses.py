"""Finite verbs, their subjects and their clauses."""

import pytest

from sco_research.coding.commitments.clauses import clauses, predicates
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.sentence import ClauseType, Predicate, Role
from sco_research.coding.commitments.tagging import tag
from sco_research.organizations import Issuer

_LEXICON = load_lexicon().for_issuer(Issuer())


def _read(text: str) -> list[Predicate]:
    sentence = tag(text, _LEXICON)
    return predicates(clauses(sentence), len(sentence.tags))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The member states will meet.", Role.MEMBERS),
        ("We will meet.", Role.MEMBERS),
        ("The work of the member states will end.", Role.WORK),
        ("Some member states will meet.", Role.SUBSET),
        ("The member states of the WTO will meet.", Role.PARTY),
        ("The EU member states will meet.", Role.PARTY),
        ("The Secretariat will meet.", Role.ORGAN),
        ("Donors will meet.", Role.PARTY),
        ("The bridge between the member states will open.", Role.THING),
        ("In this regard the member states will meet.", Role.MEMBERS),
        ("The member states, guided by the charter, will meet.", Role.MEMBERS),
        ("The member states (all of them) will meet.", Role.MEMBERS),
        ("Will meet again.", Role.IMPLIED),
        ("It will end.", Role.IT),
    ],
)
def test_the_subject_of_will(text: str, role: Role) -> None:
    found = _read(text)
    assert [item.subject.role for item in found if item.modal == "will"] == [role]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They note the plan that will help.", [ClauseType.MAIN, ClauseType.SUBORDINATE]),
        ("They note that the plan will help.", [ClauseType.MAIN, ClauseType.THAT]),
        ("They note the plan, which will help, and will go.",
         [ClauseType.MAIN, ClauseType.SUBORDINATE, ClauseType.MAIN]),
        ("If they will pay, we shall go.", [ClauseType.SUBORDINATE, ClauseType.MAIN]),
    ],
)  # fmt: skip
def test_where_a_clause_stands(text: str, places: list[ClauseType]) -> None:
    assert [item.clause_type for item in _read(text)] == places


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("They reaffirm the plan and will continue it.", ["reaffirm", "continue"]),
        ("The support of the members is vital.", ["be"]),
        ("The will of the peoples is known.", ["know"]),
        ("Determined to help, they note the plan.", ["note"]),
        ("They have agreed to go.", ["agree"]),
        ("The plan is being carried out.", ["carry"]),
        ("They will not, in any case, go.", ["go"]),
        ("They actively and consistently oppose it.", ["oppose"]),
    ],
)
def test_the_verbs_of_a_sentence(text: str, verbs: list[str]) -> None:
    assert [item.verb for item in _read(text)] == verbs


def test_mood_voice_and_negation() -> None:
    found = _read("The ports will not be used.")[0]
    assert (found.modal, found.passive, found.negated, found.verb) == ("will", True, True, "use")


def test_a_modal_reaches_over_its_conjunction() -> None:
    assert [item.modal for item in _read("They will oppose smuggling and support trade.")] == [
        "will",
        "will",
    ]
