"""The protocol's own examples, its traps, and what must hold of every frame."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research import (
    CommitmentOptions,
    Document,
    code_speech_acts,
    explain,
    find_commitments,
    load_document,
)
from sco_research.coding.commitments.rows import SPEECH_ACT_FRAME, UNDERTAKINGS
from sco_research.errors import ParameterError

# Invented sentences of the coding protocol: text, act, strict, broad, binding.
PROTOCOL = [
    ("The Parties will open a joint seed bank.", "commissive", True, True, "high"),
    ("Ruritania will open a seed bank.", "assertive", False, False, "none"),
    ("We will continue to map the glaciers.", "commissive", True, True, "low"),
    ("We are satisfied with the mapping of the glaciers.", "expressive", False, False, "none"),
    ("The Organization intends to widen the programme.", "commissive", True, True, "low"),
    ("The Organization has widened the programme.", "assertive", False, False, "none"),
    ("We are committed to harmony.", "commissive", False, False, "none"),
    ("We remain committed to and invested in peace.", "commissive", False, False, "none"),
    ("We reaffirm our commitment to peace.", "commissive", False, False, "none"),
    ("We are committed to the ideals of peace.", "expressive", False, False, "none"),
    ("The members actively oppose smuggling.", "expressive", False, False, "none"),
    ("The members cooperate in forestry.", "assertive", False, False, "none"),
    ("Resolve to open the archives.", "commissive", True, True, "high"),
    ("Special attention will be paid to mountain villages.", "commissive", True, True, "high"),
    ("Work on the joint register will go on.", "commissive", True, True, "low"),
    ("The Ruritanian side will host the games.", "assertive", False, False, "none"),
    ("They reaffirm their commitment to the ideals of the founders.", "expressive", False, False,
     "none"),
    ("The heads of state instruct the Secretariat to draft a roadmap.", "directive", True, True,
     "high"),
    ("The Secretariat shall submit the draft by spring.", "directive", True, True, "high"),
    ("We urge the neighbouring states to draft a roadmap.", "directive", False, False, "none"),
    ("The Council will hold its next session in Strelsau.", "assertive", False, False, "none"),
    ("The exhibition will open in May.", "assertive", False, False, "none"),
    ("This pact will help growth.", "assertive", False, False, "none"),
    ("They welcome the intention of Sylvania to join.", "expressive", False, False, "none"),
    ("The treaty expresses the will of the peoples.", "assertive", False, False, "none"),
    ("The members will benefit from the road.", "assertive", False, False, "none"),
    ("Our cooperation will contribute to calm.", "assertive", False, False, "none"),
    ("The joint survey will be continued.", "commissive", True, True, "low"),
    ("They agree that the talks were useful.", "assertive", False, False, "none"),
    ("They agree that they will meet the costs together.", "commissive", True, True, "high"),
    ("The heads of state discussed the drought.", "assertive", False, False, "none"),
    ("It was decided to open a fund.", "commissive", False, False, "none"),
    ("The heads of state instructed the ministers to finish the draft.", "directive", True, True,
     "high"),
    ("At the Strelsau summit the ministers were instructed to finish the draft.", "assertive",
     False, False, "none"),
    ("The member states' support was vital.", "assertive", False, False, "none"),
    ("The members will not allow their ports to be used for smuggling.", "commissive", True, True,
     "high"),
    ("The members do not intend this text as a treaty.", "assertive", False, False, "none"),
    ("A joint centre will be created.", "commissive", True, True, "high"),
    ("It is agreed to create a joint centre.", "commissive", True, True, "high"),
    ("The Secretariat is entrusted with the draft.", "directive", True, True, "high"),
    ("The dam will be inspected by the World Bank.", "assertive", False, False, "none"),
    ("Resolved to fight floods, they note the report.", "assertive", False, False, "none"),
    ("They note the report, while confirming their intention to meet.", "assertive", False, False,
     "none"),
    ("If asked, the members will send experts.", "commissive", True, True, "high"),
    ("They favour wider exchange of seeds among the member states.", "expressive", False, True,
     "low"),
    ("They consider it necessary to harmonise their rules.", "assertive", False, True, "low"),
    ("Joint measures of the members are required.", "assertive", False, True, "low"),
    ("The members should pool their data.", "assertive", False, True, "low"),
    ("They endorse the Organization's plan for 2040.", "expressive", False, True, "low"),
    ("They are open to joint work with the museums.", "expressive", False, True, "low"),
    ("They stress the importance of the Strelsau Treaty.", "assertive", False, False, "none"),
    ("They support the mediator's efforts.", "expressive", False, False, "none"),
    ("They support Sylvania's bid.", "expressive", False, False, "none"),
    ("They favour an early end to the civil war in Sylvania.", "expressive", False, False, "none"),
    ("The world must do more.", "directive", False, False, "none"),
    ("They hold that peace has no alternative.", "assertive", False, False, "none"),
    ("They support the drafting of a universal convention on the high seas.", "expressive", False,
     True, "low"),
    ("They stress the importance of further work by the customs services of the members.",
     "assertive", False, True, "low"),
    ("They stress the importance of the customs services.", "assertive", False, False, "none"),
    ("They pledge to halve the waiting time.", "commissive", True, True, "high"),
    ("They reaffirm their resolve to fight floods.", "commissive", True, True, "low"),
    ("They resolve to fight floods.", "commissive", True, True, "high"),
    ("They intend to meet yearly and will found a joint school.", "commissive", True, True, "high"),
    ("They note the drought and urge donors to act.", "directive", False, False, "none"),
    ("They hold that the creditors should show restraint.", "directive", False, False, "none"),
    ("The dispute should be settled in court.", "assertive", False, False, "none"),
    ("The heads of state, having met in Strelsau, declare as follows.", "declarative", False,
     False, "none"),
]  # fmt: skip


def _one(text: str, *, organization: str = "auto") -> pd.Series:
    document = Document.from_text(text, id="t", language="en")
    return code_speech_acts(document, options=CommitmentOptions(organization=organization)).iloc[0]


@pytest.mark.parametrize(("text", "act", "strict", "broad", "binding"), PROTOCOL)
def test_the_protocol_decides_its_own_examples(
    text: str, act: str, strict: bool, broad: bool, binding: str
) -> None:
    row = _one(text)
    assert (row["speech_act"], row["strict"], row["broad"], row["binding"]) == (
        act, strict, broad, binding,
    )  # fmt: skip


def test_items_carry_the_status_of_their_lead_in() -> None:
    text = "The Parties will:\n\n– train medics;\n\n– share vaccines.\n\nThe road was long."
    acts = code_speech_acts(Document.from_text(text, id="t", language="en"))
    assert acts["strict"].tolist()[1:] == [True, True, False]
    assert acts["actor"].tolist()[1] == "The Parties"


def test_a_resolution_has_no_subject_but_its_members() -> None:
    text = "1. Decides to open the archives;\n\n2. Urges donors to pay;\n\n3. Welcomes the report."
    acts = code_speech_acts(
        Document.from_text(text, id="t", language="en"),
        options=CommitmentOptions(organization="un"),
    )
    assert acts["speech_act"].tolist() == ["commissive", "directive", "expressive"]
    assert acts["strict"].tolist() == [True, False, False]


def test_another_family_needs_another_actor_list_only() -> None:
    text = "The General Assembly will review the plan."
    assert _one(text, organization="un")["strict"]
    assert not _one(text, organization="sco")["strict"]


def test_pronouns_follow_the_sentence_before() -> None:
    text = "The donors met in Strelsau. They will pay. The Parties met too. They will pay as well."
    acts = code_speech_acts(Document.from_text(text, id="t", language="en"))
    assert acts["strict"].tolist() == [False, False, False, True]


def test_instructions_and_universal_processes_can_be_left_out() -> None:
    text = (
        "They instruct the Secretariat to draft a plan. "
        "They support the drafting of a universal convention on the high seas."
    )
    document = Document.from_text(text, id="t", language="en")
    assert code_speech_acts(document)["broad"].tolist() == [True, True]
    without = code_speech_acts(
        document, options=CommitmentOptions(instructions=False, universal=False)
    )
    assert without["broad"].tolist() == [False, False]


def test_attributes_name_what_the_clause_names() -> None:
    text = (
        "The Parties pledge $3.5 billion and instruct the Council of Ministers of Transport to "
        "carry out the Forest Strategy until 2040 by the end of 2030."
    )
    found = find_commitments(Document.from_text(text, id="t", language="en"))
    last = found.iloc[-1]
    assert found["money"].iloc[0] == ["$3.5 billion"]
    assert "Forest Strategy until 2040" in last["instruments"]
    assert "2040" in last["dates"]
    assert last["organs"] == ["Council of Ministers of Transport"]
    assert (last["precision"], last["organ_entrusted"]) == (True, True)


def test_a_promise_not_to_do_is_negative() -> None:
    text = "The members will not allow their ports to be used for smuggling."
    found = find_commitments(Document.from_text(text, id="t", language="en"))
    assert found["polarity"].tolist() == ["negative"]


def test_themes_are_those_of_the_undertakings_own_words() -> None:
    text = "Recalling the flood, we will fight drugs and grow corn."

    def themes(document: Document) -> pd.DataFrame:
        hits = [(word, text.index(word)) for word in ("flood", "drugs", "corn")]
        return pd.DataFrame(
            [(f"{document.id}:p1.s1", word, at, at + len(word)) for word, at in hits],
            columns=["segment_id", "category", "start", "end"],
        )

    document = Document.from_text(text, id="t", language="en")
    assert find_commitments(document, themes=themes)["themes"].tolist() == [["drugs"], ["corn"]]


def test_an_explanation_names_rule_words_and_class() -> None:
    document = Document.from_text("They reaffirm their readiness to meet.", id="t", language="en")
    said = explain(document, "t:p1.s1")
    assert "R2 noun of will" in said
    assert "nouns.will" in said
    assert "reaffirm their readiness" in said


def test_an_unknown_sentence_is_one_clear_line() -> None:
    document = Document.from_text("We met.", id="t", language="en")
    with pytest.raises(ParameterError, match="no sentence has this id"):
        explain(document, "t:p9.s9")


@pytest.mark.parametrize("text", ["Стороны будут вместе бороться.", "成员国将继续加强合作。"])
@pytest.mark.parametrize("said", ["", "en"])
def test_other_languages_are_refused_not_miscounted(text: str, said: str) -> None:
    document = Document.from_text(text, id="t", language=said)
    with pytest.raises(ParameterError, match="read English only"):
        code_speech_acts(document)


@pytest.mark.parametrize(
    "text",
    [
        "Agreed",
        "Will",
        "Peace, friendship, harmony.",
        "2011 2012 2013\n1,373 88.1 7\n12 % 44 % 3 %",
        "THE MEMBER STATES WILL FOUND A JOINT SCHOOL.",
        "to to to will shall will, (and) [or] – :",
        "the the the " * 700 + "will " * 900 + ", and " * 900,
        "The member states " + "will meet and " * 1500 + "part.",
        "We note that " * 1200 + "we will go.",
        "(" * 3000 + "will" + ")" * 3000,
    ],
)
def test_odd_texts_have_a_defined_result(text: str) -> None:
    document = Document.from_text(text, id="t", language="en")
    acts = code_speech_acts(document)
    assert tuple(acts.columns) == SPEECH_ACT_FRAME.names
    assert len(acts) >= 1
    assert tuple(find_commitments(document).columns) == UNDERTAKINGS.names


def test_capitals_change_nothing() -> None:
    text = "The member states will found a joint school."
    small, large = _one(text), _one(text.upper())
    columns = ["speech_act", "strict", "broad", "binding"]
    assert small[columns].tolist() == large[columns].tolist()


def test_no_commitment_is_an_empty_frame_with_its_types() -> None:
    found = find_commitments(Document.from_text("The road was long.", id="t", language="en"))
    assert len(found) == 0
    assert tuple(found.columns) == UNDERTAKINGS.names
    assert found["strict"].dtype == bool
    assert found["start"].dtype == int


_WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "member",
            "states",
            "will",
            "shall",
            "not",
            "and",
            "or",
            ",",
            ";",
            ":",
            "that",
            "which",
            "to",
            "support",
            "reaffirm",
            "their",
            "commitment",
            "readiness",
            "intend",
            "instruct",
            "Secretariat",
            "they",
            "we",
            "it",
            "is",
            "are",
            "be",
            "agreed",
            "need",
            "importance",
            "of",
            "by",
            "in",
            "peace",
            "drafting",
            "noting",
            "while",
            "should",
            "–",
            "(",
            ")",
            "2030",
            "Treaty",
            "have",
        ]
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(_WORDS)
def test_what_must_hold_of_any_words(words: list[str]) -> None:
    document = Document.from_text(" ".join(words) + " end.", id="t", language="en")
    acts = code_speech_acts(document)
    found = find_commitments(document)
    assert not (acts["strict"] & ~acts["broad"]).any()
    assert ((acts["binding"] == "none") == ~acts["broad"]).all()
    for frame, written in ((acts, "text"), (found, "target")):
        for start, end, text in zip(frame["start"], frame["end"], frame[written], strict=True):
            assert document.text[start:end] == text
    assert set(found["segment_id"]) <= set(acts.loc[acts["broad"], "segment_id"])


def test_the_same_text_gives_the_same_frames() -> None:
    document = load_document("sco-2013-bishkek")
    again = Document.from_text(document.text[slice(*document.body)], id="again", language="en")
    first = code_speech_acts(document)["strict"].tolist()
    assert (
        code_speech_acts(again, options=CommitmentOptions(organization="sco"))["strict"].tolist()
        == first
    )


_LISTS = Path(__file__).resolve().parents[3] / "shared" / "dev-data" / "g20_commitments"


@pytest.mark.skipif(not _LISTS.is_dir(), reason="the G20 lists are not beside the checkout")
def test_g20rg_is_the_published_rule_on_every_row() -> None:
    from sco_research.coding.commitments.binding import load_scheme, word_list_level

    scheme = load_scheme("g20rg", _LISTS / "wordlists.json")
    rows = pd.read_csv(_LISTS / "commitments.csv", keep_default_na=False)
    found = [word_list_level(text, scheme.phrases) != "low" for text in rows["text"]]
    assert [int(value) for value in found] == rows["binding_level"].tolist()
    assert len(rows) == 397


@pytest.mark.skipif(not _LISTS.is_dir(), reason="the G20 lists are not beside the checkout")
def test_most_of_what_the_g20_listed_is_found() -> None:
    """Rows of some of the members ("advanced economies will") stand in the list, not here."""
    rows = pd.read_csv(_LISTS / "commitments.csv", keep_default_na=False)
    some = rows["text"].str.match(r"\W*(?:Advanced|Emerging|Surplus|[Tt]hose of us|Signatories)")
    found = [
        code_speech_acts(
            Document.from_text(text, id="t", language="en"),
            options=CommitmentOptions(organization="g20"),
        )["broad"].any()
        for text in rows["text"][~some]
    ]
    assert some.sum() == 13
    assert sum(found) / len(found) >= 0.93


def test_the_word_lists_are_asked_for_and_checked(tmp_path: Path) -> None:
    document = Document.from_text("We will go.", id="t", language="en")
    with pytest.raises(ParameterError, match="not shipped"):
        code_speech_acts(document, options=CommitmentOptions(binding_scheme="g20rg"))
    with pytest.raises(ParameterError, match="choose kirton or g20rg"):
        code_speech_acts(document, options=CommitmentOptions(binding_scheme="kirtn"))
    lists = tmp_path / "lists.json"
    lists.write_text(json.dumps({"high": ["will"], "mid": ["promote"], "low": []}))
    acts = code_speech_acts(
        document, options=CommitmentOptions(binding_scheme="g20rg", scheme_file=lists)
    )
    assert acts["binding"].tolist() == ["high"]


def test_explain_explains_the_coding_that_was_made() -> None:
    text = "The Parties instruct the Secretariat to report by 2030."
    document = Document.from_text(text, id="t", language="en")
    options = CommitmentOptions(instructions=False)
    assert not code_speech_acts(document, options=options)["strict"].any()
    said = explain(document, "t:p1.s1", options=options)
    assert "no commitment in either reading" in said
    assert "instructions are left out by choice" in said
    assert "a strict commitment" in explain(document, "t:p1.s1")


def test_explain_names_the_level_of_the_scheme_that_was_chosen(tmp_path: Path) -> None:
    lists = tmp_path / "lists.json"
    lists.write_text('{"high": ["will"], "mid": ["support"], "low": []}', encoding="utf-8")
    document = Document.from_text("We will support the clinics.", id="t", language="en")
    options = CommitmentOptions(binding_scheme="g20rg", scheme_file=lists)
    assert "binding mid" in explain(document, "t:p1.s1", options=options)
    assert "binding high" in explain(document, "t:p1.s1")


@pytest.mark.parametrize(
    ("text", "actor", "role", "modal", "carried", "verb"),
    [
        ("We will trade.", "We", "members", "will", False, "will trade"),
        ("Decide to trade.", "", "implied", "", False, "Decide"),
        ("The Secretariat will draft a plan.", "The Secretariat", "organ", "will", False,
         "will draft"),
        ("Donors will pay.", "Donors", "other", "will", False, "will pay"),
        ("The fair.", "", "", "", False, ""),
    ],
)  # fmt: skip
def test_who_acts_and_how_stands_as_written(
    text: str, actor: str, role: str, modal: str, carried: bool, verb: str
) -> None:
    columns = ["actor", "actor_role", "modal", "modal_carried", "verb"]
    acts = code_speech_acts(Document.from_text(text, id="t", language="en"))
    assert acts[columns].iloc[0].tolist() == [actor, role, modal, carried, verb]


def test_a_modal_that_stands_with_an_earlier_verb_is_marked() -> None:
    text = "We will oppose smuggling and support the museums by 2030 and by 2040."
    found = find_commitments(Document.from_text(text, id="t", language="en"))
    assert found["modal_carried"].tolist() == [False, True]
    assert found["verb"].tolist() == ["will oppose", "support"]
    assert found["dates"].iloc[-1] == ["2030", "2040"]
    assert found["instruments"].iloc[0] == []


def test_without_universal_processes_what_rests_on_them_alone_is_no_commitment(
    declaration: Document,
) -> None:
    whole = code_speech_acts(declaration).set_index("segment_id")["broad"]
    without = code_speech_acts(declaration, options=CommitmentOptions(universal=False))
    dropped = whole[whole & ~without.set_index("segment_id")["broad"]].index
    # The sentences that the reference coding tags with U.
    assert [name.partition(":")[2] for name in dropped] == ["p4.s1", "p6.s1", "p6.s2"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("They recognize the need to reform the UN in order to improve its operations.", False),
        ("We support the drafting of a universal convention on joint use of the high seas.", False),
        ("We support cooperation among the members in the United Nations.", True),
        ("We support joint training, with the help of international experts.", True),
    ],
)
def test_what_comes_first_says_whose_process_it_is(text: str, kept: bool) -> None:
    document = Document.from_text(text, id="n", language="en")
    assert code_speech_acts(document)["broad"].tolist() == [True]
    options = CommitmentOptions(universal=False)
    assert code_speech_acts(document, options=options)["broad"].tolist() == [kept]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Peace and stability in the region are key to the growth of all.", "assertive"),
        ("Peace and order at sea are key to the trade of all.", "assertive"),
        ("Enhance and sustain efforts in the region that are key to growth.", "commissive"),
        ("Promote and protect trade in the region.", "commissive"),
    ],
)
def test_two_nouns_before_a_verb_are_no_clause_with_a_lost_lead_in(text: str, act: str) -> None:
    note = Document.from_text(text, id="n", organization="g7", language="en")
    assert code_speech_acts(note)["speech_act"].tolist() == [act]
