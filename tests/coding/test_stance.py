"""Stance: modals, hedges, boosters, evaluation, passives, nominalisations."""

import numpy as np
import pytest

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.stance import code_stance, stance_forms, stance_rates
from sco_research.errors import ParameterError
from sco_research.statistics import Bootstrap
from sco_research.text.document import Document


def hits(text: str, category: str) -> list[str]:
    frame = code_stance(Document.from_text(text, id="note"))
    return frame.loc[frame["category"] == category, "match"].tolist()


def test_the_declarations_modals(declaration: Document) -> None:
    forms = stance_forms(declaration)
    modal = forms[forms["category"].str.startswith("modal")].set_index("pattern")["hits"]
    assert modal[["will", "should", "shall", "must"]].tolist() == [5, 4, 0, 0]


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("They met on 9 May 2013 and may meet again.", "modal.possibility", ["may"]),
        ("Political will is needed; they will act.", "modal.volition", ["will"]),
        ("The will of the people will prevail.", "modal.volition", ["will"]),
        ("They need to act; the need to act is clear.", "modal.obligation", ["need to"]),
        ("They shall not use force and must refrain.", "modal.obligation", ["shall", "must"]),
        ("They support peace with the support of the UN.", "evaluation.support", ["support"]),
        ("All are concerned about drugs; the countries concerned met.", "evaluation.concern",
         ["are concerned"]),
        ("The treaty was fully implemented and is being reviewed.", "passive",
         ["was fully implemented", "being reviewed"]),
        ("They are determined to act and are convinced of it.", "passive", []),
        ("The issue must be resolved by talks.", "passive.agent", []),
        ("It should be settled by peaceful means.", "passive.agent", []),
        ("It was formally opened by the Council in 2001.", "passive.agent",
         ["was formally opened by the Council"]),
        ("It was opened by 2001.", "passive.agent", []),
        ("They noted peace achieved by the Syrians and harm caused by floods.", "participle.agent",
         ["achieved by the Syrians"]),
        ("They noted peace achieved by the Syrians and harm caused by floods.", "participle",
         ["achieved by", "caused by"]),
        ("Peace was achieved by the Syrians.", "participle", []),
        ("It has been fully accepted by all parties.", "participle.agent", []),
        ("Hunger caused by a state's war grows.", "participle.agent", []),
        ("Costs borne by developing countries rise.", "participle.agent",
         ["borne by developing countries"]),
        ("They condemn it in the strongest possible terms.", "hedge", []),
        ("It is particularly, and especially, urgent.", "booster", []),
        ("The forum shall be co-chaired by the ministers.", "passive", ["be co-chaired"]),
        ("The forum shall be co-chaired by the ministers.", "participle", []),
        ("The forum shall be co-chaired by the ministers.", "passive.agent",
         ["be co-chaired by the ministers"]),
        ("They note a forum co-chaired by the ministers.", "participle", ["co-chaired by"]),
        # A noun "need", and what is needed, are no modal verbs.
        ("The primary need to build, and a particular need to mend, are clear.",
         "modal.obligation", []),
        ("Our urgent and common need to act grows.", "modal.obligation", []),
        ("They lack boats needed to fish; aid is needed to build some.", "modal.obligation", []),
        ("They needed to act, and all members need to act.", "modal.obligation", ["need to"]),
        ("The ministers need not meet and do not have to agree.", "modal.obligation", []),
        ("The ministers need not meet and do not have to agree.", "modal.no_obligation",
         ["need not", "do not have to"]),
        ("They stress the need not to delay.", "modal.no_obligation", []),
        ("They need not only boats but oars.", "modal.no_obligation", []),
        # Hedges leave room: a quantity, a way and a superlative do not.
        ("To the extent possible, ships should wait.", "hedge", ["To the extent possible"]),
        ("The loan makes it possible to build the largest harbour possible.", "hedge", []),
        ("Peace, as well as appropriate aid, is needed.", "hedge", []),
        ("Towns voluntarily joining the fund, where appropriate, gain.", "hedge",
         ["where appropriate"]),
        ("It is probably possible.", "hedge", ["probably", "possible"]),
        # Boosters give force; they neither pick out nor set a time.
        ("Talks should begin as soon as possible, solely by exclusively peaceful means.",
         "booster", []),
        ("They meet without preconditions, but without delay.", "booster", ["without delay"]),
        # Aid, names, what others give and what is to end are no support of the text's own.
        ("They offer medical support, integrated support and a support mission.",
         "evaluation.support", []),
        ("They noted fees that encourage waste and laws which support it.",
         "evaluation.support", []),
        ("Traders who materially support the pirates; we will end support for them.",
         "evaluation.support", []),
        ("The plan endorsed by the league is new.", "evaluation.support", []),
        ("We support the plan and reaffirm our strong support.", "evaluation.support",
         ["support", "support"]),
        ("They remain more concerned than ever.", "evaluation.concern", ["remain more concerned"]),
        # States of mind are adjectives, whatever adverb stands before them.
        ("We are deeply engaged and were truly saddened.", "passive", []),
        ("Its harm is already seen in towns.", "passive", ["is already seen"]),
        # Armed groups and bodies of three words act; what somebody has does not.
        ("They condemn raids made by the Houthis and thefts committed by armed militias.",
         "participle.agent", ["made by the Houthis", "committed by armed militias"]),
        ("They condemn raids led by Corsair and other criminal groups.", "participle.agent",
         ["led by Corsair and other criminal groups"]),
        ("They noted the work carried out by the Lake Safety Board.", "participle.agent",
         ["carried out by the Lake Safety Board"]),
        ("They noted the work carried out by the Lake Safety Board.", "participle",
         ["carried out by"]),
        ("They noted risks faced by ageing societies.", "participle.agent",
         ["faced by ageing societies"]),
        ("They noted risks faced by ageing societies.", "participle", ["faced by"]),
        ("War fuelled by companies' capital and by states' policies spreads.",
         "participle.agent", []),
        ("A list kept by the members' mechanism is old.", "participle.agent", []),
        ("Work has been done by the LIGHTHOUSE Alliance.", "passive.agent",
         ["been done by the LIGHTHOUSE Alliance"]),
        ("They are troubled by the challenges countries face.", "passive.agent", []),
        ("They favour co-operation.", "nominalisation", ["co-operation"]),
        ("They read the co-operation-implementation plan.", "nominalisation",
         ["co-operation-implementation"]),
        ("The Organization calls for the implementation of agreements.", "nominalisation",
         ["implementation", "agreements"]),
    ],
)  # fmt: skip
def test_traps(text: str, category: str, expected: list[str]) -> None:
    assert hits(text, category) == expected


@pytest.mark.parametrize(
    ("text", "organization", "expected"),
    [
        ("Talks chaired by Norway, Korea and Peru go on.", "oecd", ["chaired by Norway"]),
        ("Talks chaired by Korea and Peru go on.", "oecd", ["chaired by Korea"]),
        ("Help extended by ASEAN Dialogue Partners came.", "asean",
         ["extended by ASEAN Dialogue Partners"]),
        ("The steps guided by the G20 2019 Rural Investment Action Plan go on.", "g20", []),
        ("Aid given by the Government of Japan came.", "asean",
         ["given by the Government of Japan"]),
        ("Aid given by the UN Global Crisis Response Group came.", "g20",
         ["given by the UN Global Crisis Response Group"]),
    ],
)  # fmt: skip
def test_agents_by_name(text: str, organization: str, expected: list[str]) -> None:
    note = Document.from_text(text, id="note", language="en", organization=organization)
    frame = code_stance(note)
    assert frame.loc[frame["category"] == "participle.agent", "match"].tolist() == expected


def test_evaluation_is_a_scale_from_welcome_to_condemn() -> None:
    book = load_codebook("stance")
    scale = [c.attributes["strength"] for c in book if c.id.startswith("evaluation")]
    assert scale == sorted(scale, key=lambda strength: -float(strength))
    assert scale[0] == 3
    assert scale[-1] == -3


def test_every_hit_is_a_slice_of_the_source(declaration: Document) -> None:
    frame = code_stance(declaration)
    columns = (frame[name].tolist() for name in ("match", "start", "end"))
    assert all(
        declaration.text[start:end] == match for match, start, end in zip(*columns, strict=True)
    )


def test_rates_have_an_interval_and_nothing_is_left_out(declaration: Document) -> None:
    rates = stance_rates(declaration)
    book = load_codebook("stance")
    assert rates["category"].tolist() == [category.id for category in book]
    known = rates[rates["low"].notna()]
    assert (known["low"] <= known["per_thousand"]).all()
    assert (known["per_thousand"] <= known["high"]).all()
    # What never occurs has a rate of 0, and no interval, with the reason.
    never = rates[rates["hits"] == 0]
    assert (never["per_thousand"] == 0).all()
    assert (never["reason"] != "").all()
    sections = stance_rates(declaration, level="section")
    assert sections.groupby("category")["hits"].sum().to_dict() == (
        rates.set_index("category")["hits"].to_dict()
    )


def test_the_same_seed_gives_the_same_interval(declaration: Document) -> None:
    one, other = (
        stance_rates(declaration, bootstrap=Bootstrap(resamples=200, seed=7)) for _ in range(2)
    )
    assert one.equals(other)


def test_another_language_is_not_coded_as_if_it_were_english() -> None:
    rates = stance_rates(Document.from_text("Мы поддерживаем мир.", id="note"))
    assert rates["per_thousand"].isna().all()
    assert set(rates["reason"]) == {"the codebook is for the language 'en'"}


def test_wrong_level_and_empty_corpus() -> None:
    with pytest.raises(ParameterError, match="choose document or section"):
        stance_rates([], level="sentence")  # type: ignore[arg-type]
    empty = stance_rates([])
    assert empty.empty
    assert empty["per_thousand"].dtype == np.float64
    assert stance_forms([]).empty


def test_rates_count_what_the_codings_hold_of_every_issuer() -> None:
    text = (
        "The plan was extended by ASEAN. Trade was opened by the G20. The dam was built by the "
        "states. They condemn the raids."
    )
    for organization in ("asean", "g20", "sco", ""):
        document = Document.from_text(text, id="n", language="en", organization=organization)
        counted = code_stance(document)["category"].value_counts()
        rates = stance_rates(document).set_index("category")["hits"]
        assert {name: int(number) for name, number in rates.items() if number} == counted.to_dict()
        if organization == "asean":
            assert rates["passive.agent"] == 3
