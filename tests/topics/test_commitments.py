"""The commitments report: facts that are recounted, sentences that are read."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts, find_commitments
from sco_research.coding.commitments.options import DEFAULT
from sco_research.coding.reliability.first_runs import Definition, coding_errors, load_first_runs
from sco_research.reports.counts import CountTable
from sco_research.reports.figures import figure_svg
from sco_research.resources import data_path
from sco_research.statistics import predicted_count
from sco_research.topics import commitments as topic
from sco_research.topics.commitments.facts import CommitmentFacts, first_run

ONE = "We will open a school."
SEVERAL = (
    "The Parties,\n\n\n"
    "We will open a school and train teachers. We support the drafting of a joint plan.\n\n\n"
    "The Parties instruct the Secretariat to report by 2030. The lake is deep.\n\n\n"
    "They reaffirm their readiness to share water."
)
NONE = "The lake is deep. Its water is cold."


def made(
    text: str | Document, options: CommitmentOptions = DEFAULT
) -> tuple[Document, pd.DataFrame, pd.DataFrame, CommitmentFacts]:
    document = text if isinstance(text, Document) else Document.from_text(text, id="n")
    acts = code_speech_acts(document, options=options)
    commitments = find_commitments(document, options=options)
    return document, acts, commitments, topic.commitment_facts(document, acts, commitments, options)


def count_tables(
    document: Document, acts: pd.DataFrame, commitments: pd.DataFrame
) -> list[CountTable]:
    return [
        topic.definition_table(acts, commitments),
        topic.act_table(acts),
        topic.actor_table(commitments),
        topic.legalization_table(commitments),
        topic.section_table(document, commitments),
        topic.named_table(commitments),
    ]


def test_the_facts_of_the_declaration(declaration: Document) -> None:
    _, acts, commitments, facts = made(declaration)
    assert facts.sentences == 51
    assert facts.strict.sentences == 12 == acts["strict"].sum()
    assert facts.strict.undertakings == sum(commitments["strict"])
    assert facts.strict.high + facts.strict.low == facts.strict.undertakings
    assert facts.broad.undertakings == len(commitments)
    assert sum(act.sentences for act in facts.acts) == 51
    # Section 3 is on regional conflicts: it takes positions and promises nothing.
    assert [place.name for place in facts.places] == list("123456")
    assert facts.without == ("3",)
    of_section = dict.fromkeys("123456", 0)
    bounds = {1: "1", 9: "2", 14: "3", 23: "4", 27: "5", 30: "6"}
    for anchor in commitments.loc[commitments["strict"], "segment_id"]:
        paragraph = int(anchor.partition(":p")[2].partition(".")[0])
        of_section[bounds[max(first for first in bounds if first <= paragraph)]] += 1
    assert {place.name: place.undertakings for place in facts.places} == of_section
    assert facts.most == tuple(
        name for name in of_section if of_section[name] == facts.most_undertakings
    )


def test_roles_and_precision_are_counted() -> None:
    *_, facts = made(SEVERAL)
    assert (facts.strict.sentences, facts.organs) == (3, 0)
    assert facts.members + facts.implied == facts.strict.undertakings
    assert (facts.entrusting, facts.precise) == (1, 1)
    assert facts.named["date or period"] == 1


def test_the_first_run_is_that_of_the_coding_shown() -> None:
    found = first_run()
    assert found is not None
    rows = pd.read_csv(data_path("reference", "first-runs.csv"))
    rows = rows[(rows["text"] == "real") & rows["strict_fp"].notna()]
    assert found.true == rows["strict_tp"].sum()
    assert found.f1 == pytest.approx(
        2 * found.precision * found.recall / (found.precision + found.recall)
    )
    assert first_run(CommitmentOptions(organization="un", scheme_file="")) == found
    for options in (
        CommitmentOptions(instructions=False),
        CommitmentOptions(universal=False),
        CommitmentOptions(past=True),
    ):
        assert first_run(options) is None
        text = topic.prose(made(ONE, options)[3])
        assert "precision" not in text["abstract"]
        assert "No scores are given" in text["validation"]


def test_counts_are_corrected_by_the_errors_of_the_fitting_documents() -> None:
    note = Document.from_text(SEVERAL, id="n", organization="sco")
    sco, other = made(note)[3], made(SEVERAL)[3]
    names: tuple[Definition, ...] = ("strict", "broad")
    for facts, kind in ((sco, "sco"), (other, "")):
        for name, definition in zip(names, (facts.strict, facts.broad), strict=True):
            errors = coding_errors(load_first_runs(), name, organization=kind)
            assert definition.estimate == predicted_count(
                definition.sentences, facts.sentences, errors
            )
    assert sco.first_run is not None
    assert other.first_run is not None
    assert (sco.first_run.correcting, other.first_run.correcting) == (210 + 267, 309)
    assert sco.strict.estimate != other.strict.estimate
    said = topic.prose(sco)["abstract"]
    assert sco.strict.estimate is not None
    ends = f"{sco.strict.estimate.low:.0f} to {sco.strict.estimate.high:.0f}"
    assert f"documents of the SCO, the estimates are {sco.strict.estimate.value:.1f}" in said
    assert f"95 % predictive interval {ends}" in said
    assert "documents of other organizations" in topic.prose(other)["abstract"]


def test_a_coding_that_was_not_validated_is_not_corrected() -> None:
    _, acts, commitments, facts = made(SEVERAL, CommitmentOptions(past=True))
    assert facts.estimates == {"strict": None, "broad": None}
    table = topic.definition_table(acts, commitments, facts.estimates)
    assert "Corrected" not in table.frame
    assert "orrected" not in " ".join(topic.prose(facts)[name] for name in topic.prose(facts).names)
    _, acts, commitments, facts = made(SEVERAL)
    shown = topic.definition_table(acts, commitments, facts.estimates).frame["Corrected"]
    assert [cell.partition(" ")[0] for cell in shown] == [
        f"{one.value:.1f}" for one in facts.estimates.values() if one
    ]


@pytest.mark.parametrize("text", [ONE, SEVERAL, NONE])
def test_every_count_is_the_length_of_its_list(text: str) -> None:
    document, acts, commitments, _ = made(text)
    known = set(acts["segment_id"])
    for table in count_tables(document, acts, commitments):
        for column, lists in table.evidence.items():
            for shown, ids in zip(table.frame[column], lists, strict=True):
                if isinstance(shown, int):
                    assert shown == len(ids)
                assert {i for i in ids if isinstance(i, str)} <= known


def test_every_strict_commitment_is_listed(declaration: Document) -> None:
    _, _, commitments, facts = made(declaration)
    listed = topic.strict_table(commitments)
    assert len(listed) == facts.strict.undertakings
    assert listed["Sentence"].nunique() == facts.strict.sentences
    assert listed["Target"].map(lambda target: target in declaration.text).all()


@pytest.mark.parametrize("text", [ONE, SEVERAL, NONE, "bundled"])
def test_the_sentences_read_well(text: str, declaration: Document) -> None:
    facts = made(declaration if text == "bundled" else text)[3]
    prose = topic.prose(facts)
    for name in prose.names:
        said = prose[name]
        assert said, name
        assert not re.search(
            r"\bnan\b|= None|: None|\b1 (sentences|commitments)\b|\b0 of 0\b|  ", said
        ), said
        assert not re.search(r"\b([2-9]|\d\d+) (sentence|commitment)\b", said), said
        assert not re.search(r"\b1 have\b|\b1 contain\b|\b1 name\b|\b1 entrust\b", said), said


def test_an_empty_and_a_large_report_are_told(declaration: Document) -> None:
    facts = made(NONE)[3]
    prose = topic.prose(facts)
    assert prose["abstract"].startswith("None of the 2 sentences contains a commitment")
    assert prose["strict"] == "No sentence contains a strict undertaking."
    large = replace(facts, sentences=12_345, strict=replace(facts.strict, sentences=1_234,
                    undertakings=20_000, high=1, low=19_999), broad=replace(facts.broad,
                    sentences=2_000, undertakings=30_000))  # fmt: skip
    said = topic.prose(large)["abstract"]
    assert "12,345 sentences contain a commitment, holding 20,000 undertakings" in said
    assert "Of the strict undertakings, one has a high binding level" in said


def test_a_template_of_ones_own_takes_the_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("{% block title %}Zusagen: {{ f.title }}{% endblock %}", encoding="utf-8")
    assert topic.prose(made(ONE)[3], file)["title"] == "Zusagen: n"


def test_the_figure_is_the_same_bytes_each_time(declaration: Document) -> None:
    document, _, commitments, _ = made(declaration)
    one, other = (figure_svg(topic.through_text(document, commitments)) for _ in range(2))
    assert one == other
