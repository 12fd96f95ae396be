"""The commitments report: facts that are recounted, sentences that are read."""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.collections import LineCollection

from sco_research import CommitmentOptions, Document, code_speech_acts, find_commitments, segment
from sco_research.coding.commitments.options import DEFAULT
from sco_research.coding.reliability import first_runs
from sco_research.coding.reliability.first_runs import Definition, coding_errors, load_first_runs
from sco_research.reports.counts import CountTable
from sco_research.reports.figures import figure_svg
from sco_research.resources import data_path
from sco_research.statistics import predicted_count
from sco_research.topics import commitments as topic
from sco_research.topics.commitments.facts import CommitmentFacts, SectionCount, first_run

ONE = "We will open a school."
SEVERAL = (
    "The Parties,\n\n\n"
    "We will open a school and train teachers. We support the drafting of a joint plan.\n\n\n"
    "The Parties instruct the Secretariat to report by 2030. The lake is deep.\n\n\n"
    "They reaffirm their readiness to share water."
)
NONE = "The lake is deep. Its water is cold."
LONGER = SEVERAL + " The lake is deep." * 5


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
    assert facts.places[2].undertakings == 0
    of_section = dict.fromkeys("123456", 0)
    bounds = {1: "1", 9: "2", 14: "3", 23: "4", 27: "5", 30: "6"}
    for anchor in commitments.loc[commitments["strict"], "segment_id"]:
        paragraph = int(anchor.partition(":p")[2].partition(".")[0])
        of_section[bounds[max(first for first in bounds if first <= paragraph)]] += 1
    assert {place.name: place.undertakings for place in facts.places} == of_section
    assert facts.one_place == ""


def test_roles_and_precision_are_counted() -> None:
    *_, facts = made(SEVERAL)
    assert (facts.strict.sentences, facts.organs) == (3, 0)
    assert facts.members + facts.implied == facts.strict.undertakings
    assert (facts.entrusting, facts.unaddressed) == (("¶ 3",), ())
    assert facts.named["date or period"] == 1


@pytest.mark.parametrize(
    ("date", "precise"), [(None, 0), (dt.date(2013, 9, 13), 1), (dt.date(2031, 1, 1), 0)]
)
def test_a_date_counts_where_it_is_known_to_lie_ahead(date: dt.date | None, precise: int) -> None:
    """The text names the year 2030; of an undated document nobody can tell whether it is past."""
    document = Document.from_text(SEVERAL, id="n", date=date)
    _, _, rows, facts = made(document)
    assert facts.precise == precise
    said = topic.prose(facts)
    assert ("a date that is not past" in said["who"]) is (date is not None)
    assert ("without a date of the document" in said["who"]) is (date is None)
    header = topic.legalization_table(rows, date).frame.columns[-1]
    assert ("date" in header) is (date is not None)


def test_the_first_run_is_that_of_the_coding_shown() -> None:
    found = first_run()
    assert found is not None
    rows = pd.read_csv(data_path("reference", "first-runs.csv"))
    rows = rows[(rows["text"] == "real") & rows["strict_fp"].notna()]
    assert (found.all_sentences, found.all_documents) == (
        rows["sentences"].sum(),
        rows["documents"].sum(),
    )
    # A document of another organization is told by the documents of other organizations.
    rows = rows[~rows["set"].str.startswith("SCO")]
    assert found.sentences == rows["sentences"].sum()
    true, false, missed = (rows[f"strict_{name}"].sum() for name in ("tp", "fp", "fn"))
    assert (found.strict.recall.hits, found.strict.recall.of) == (true, true + missed)
    assert found.strict.precision is not None
    assert (found.strict.precision.hits, found.strict.precision.of) == (true, true + false)
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
    sco, other, nobody = (
        made(Document.from_text(LONGER, id="n", organization=name))[3] for name in ("sco", "un", "")
    )
    names: tuple[Definition, ...] = ("strict", "broad")
    for facts, kind in ((sco, "sco"), (other, "un")):
        for name, definition in zip(names, (facts.strict, facts.broad), strict=True):
            errors = coding_errors(load_first_runs(), name, organization=kind)
            expected = predicted_count(definition.sentences, facts.sentences, errors)
            assert expected is not None
            assert definition.estimate is not None
            assert definition.estimate.value >= expected.value
            assert definition.estimate.high >= expected.high
            assert definition.estimate.low >= expected.low
            assert (definition.estimate != expected) == (name == "broad" and facts.raised)
    assert sco.first_run is not None
    assert other.first_run is not None
    assert (sco.first_run.sentences, other.first_run.sentences) == (210 + 267, 309)
    assert (sco.first_run.units, other.first_run.units) == (7, 7)
    assert sco.strict.estimate != other.strict.estimate
    said = topic.prose(sco)["abstract"]
    assert sco.strict.estimate is not None
    ends = f"{sco.strict.estimate.low:.0f} to {sco.strict.estimate.high:.0f}"
    assert "477 real sentences of 8 documents of the SCO" in said
    assert f"of the SCO, the estimates are {sco.strict.estimate.value:.1f} strict sentences" in said
    assert f"95 % predictive interval {ends}" in said
    assert "organizations other than the SCO" in topic.prose(other)["abstract"]
    # Nobody knows whether the rates hold for texts of an unknown issuer.
    assert nobody.estimates == {"strict": None, "broad": None}
    unknown = "whether these rates hold for its texts is not known either, and the counts are not"
    assert [unknown in topic.prose(one)["abstract"] for one in (sco, other, nobody)] == [
        False,
        False,
        True,
    ]


def test_a_few_sentences_are_not_corrected() -> None:
    """Of one sentence a corrected count says no more than that anything is possible."""
    for text in (ONE, NONE, SEVERAL):
        facts = made(Document.from_text(text, id="n", organization="sco"))[3]
        assert facts.estimates == {"strict": None, "broad": None}
        assert "orrected" not in topic.prose(facts)["abstract"]


def test_many_sections_are_told_in_short() -> None:
    """A text of five hundred pages does not list the sections that its commitments are in."""
    section = "The lake is deep.\n\nWe will open a school.\n\n\n"
    few, many = made(section * 5)[3], made(section * 300)[3]
    told = [len(topic.prose(facts)["where"].split()) for facts in (few, many)]
    assert told[1] <= told[0]
    assert "in 300 of 300 numbered sections, at most 1 in one" in topic.prose(many)["where"]
    assert len(topic.prose(many)["place_alt"].split()) < 50


def test_a_coding_that_was_not_validated_is_not_corrected() -> None:
    _, acts, commitments, facts = made(LONGER, CommitmentOptions(past=True))
    assert facts.estimates == {"strict": None, "broad": None}
    table = topic.definition_table(acts, commitments, facts.estimates)
    assert "Corrected" not in table.frame
    assert "orrected" not in " ".join(topic.prose(facts)[name] for name in topic.prose(facts).names)
    _, acts, commitments, facts = made(Document.from_text(LONGER, id="n", organization="un"))
    shown = topic.definition_table(acts, commitments, facts.estimates).frame["Corrected"]
    assert not any(" " in cell or "–" in cell for cell in shown), "a narrow table breaks no number"
    assert [cell.partition("\xa0")[0] for cell in shown] == [
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
    clean = segment(declaration, level="sentence").set_index("segment_id")["clean"]
    for row in listed.to_dict("records"):
        assert row["Target"] in clean[row["Sentence"]]


def test_a_target_is_quoted_as_it_is_read() -> None:
    """A page's end within it, and a word broken there, are no words of what is undertaken."""
    page = "\n".join(f"We will meet on day {n} of the year to talk." for n in range(30))
    parts = [f"{page}\nWe will open the trans-", f"port school in Osh.\n{page}"]
    document, _, rows, _ = made("\n12/15 24-18680\n\f".join(parts))
    listed = topic.strict_table(rows)
    (opened,) = listed.loc[listed["Target"].str.contains("school"), "Target"]
    assert opened == "open the transport school in Osh"
    raw = rows.loc[rows["clean_target"] == opened].iloc[0]
    assert raw["target"] == document.text[raw["start"] : raw["end"]]
    assert "12/15" in raw["target"]


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


RESOLUTION = (
    "We, the heads of the two lakes, met in Zenda, and we:\n\n\n"
    "Commit to open a school;\n\n\n"
    "Ensure the growth of the fund;\n\n\n"
    "Promote the use of boats;\n\n\n"
    "Ensure access to the lake."
)


def test_clauses_without_a_subject_are_told_with_their_opening() -> None:
    facts = made(Document.from_text(RESOLUTION, id="n", organization="un"))[3]
    assert (facts.implied, facts.members, facts.strict.undertakings) == (1, 0, 1)
    assert facts.opening == "¶ 1, sentence 1"
    assert (facts.bare, facts.bare_verb) == (3, "Ensure")
    prose = topic.prose(facts)
    assert "the *we* of the opening clause (¶ 1, sentence 1)" in prose["who"]
    assert "a bare verb (“Ensure …”), of which this document has 3" in prose["many"]
    assert (
        "The difference includes 3 operative clauses that begin with a bare verb"
        in (prose["abstract"])
    )
    unopened = replace(facts, opening="", implied=2, strict=replace(facts.strict, undertakings=2))
    assert "None of the 2 strict undertakings names the members" in topic.prose(unopened)["who"]


def test_an_instruction_to_nobody_entrusts_no_organ() -> None:
    text = (
        "The heads of state instruct the Secretariat to draft a plan.\n\n\n"
        "The heads of state instructed to continue the work on the bridge."
    )
    facts = made(Document.from_text(text, id="n", organization="sco"))[3]
    assert (facts.entrusting, facts.unaddressed) == (("¶ 1",), ("¶ 2",))
    said = topic.prose(facts)["who"]
    assert "one tells the organization or a body of its own to act (¶ 1)" in said
    assert "high in 1 of the 2 instructions and calls" in said
    assert (facts.told.undertakings, facts.told.high, facts.own.undertakings) == (2, 1, 0)
    assert "All strict undertakings are instructions or calls" in topic.prose(facts)["abstract"]
    assert "One gives an instruction without naming an addressee (¶ 2)" in said


def test_numbers_of_undertakings_say_how_they_were_validated() -> None:
    facts = made(SEVERAL)[3]
    run, latest = facts.first_run, facts.latest
    assert run is not None
    assert run.undertakings is not None
    assert latest is not None
    rows = pd.read_csv(data_path("reference", "first-runs.csv"))
    counted = rows[rows["undertakings_coders"].notna()]
    assert (run.undertakings.program, run.undertakings.coders) == (
        counted["undertakings_program"].sum(),
        counted["undertakings_coders"].sum(),
    )
    sheet = pd.read_csv(data_path("reference", "out-of-sample-registers.csv"), dtype=str)
    last = sheet[sheet["first_program"] == sheet["first_program"].iloc[-1]]
    both = last[(last["strict"] == "yes") & (last["first_strict"] == "yes")]
    equal = both["undertakings"] == both["first_undertakings"]
    assert (latest.equal.hits, latest.equal.of) == (equal.sum(), len(both))
    said = topic.prose(facts)["validation"]
    assert f"called {len(both)} sentences strict that their author, a language model, had" in said
    assert f"({last['first_program'].iloc[0].partition(' of ')[0]}), since revised too" in said
    assert f"equal in {equal.sum()} of these" in said
    assert "no held-out validation on real texts" in said


def test_a_document_of_the_validation_is_told() -> None:
    known = made("The lake is deep. We will open a school.")[3]
    assert known.first_run is not None
    assert known.first_run.seen == 0
    assert "this very document" not in topic.prose(known)["validation"]
    shared = replace(known, first_run=replace(known.first_run, seen=2))
    assert "2 stand in this document too" in topic.prose(shared)["validation"]


def test_a_document_of_the_validation_is_not_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document.from_text(SEVERAL, id="n")
    sentences = code_speech_acts(document)
    table = pd.DataFrame(
        {
            "document": "n",
            "sha1": [
                hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]
                for text in sentences["text"]
            ],
            "strict": ["yes" if one else "no" for one in sentences["strict"]],
            "broad": "yes",
            "coder_a_strict": "yes",
            "coder_b_strict": "yes",
            "coder_b_broad": "yes",
        }
    )
    table.to_csv(tmp_path / "commitments-real-documents.csv", index=False)
    places = {"commitments-real-documents.csv": tmp_path}
    monkeypatch.setattr(
        first_runs,
        "data_path",
        lambda *parts: places[parts[-1]] / parts[-1] if parts[-1] in places else data_path(*parts),
    )
    _, acts, commitments, facts = made(document)
    assert facts.first_run is not None
    assert (facts.first_run.own, facts.first_run.seen) == (True, len(table))
    assert facts.estimates == {"strict": None, "broad": None}
    shown = topic.definition_table(acts, commitments, facts.estimates)
    assert "Corrected" not in shown.frame
    said = topic.prose(facts)
    assert "No corrected count is given" in said["validation"]
    assert "the counts are not corrected for them" in said["abstract"]
    assert "predictive" not in "".join(said[name] for name in said.names)


def test_the_broad_estimate_is_never_below_the_strict_one() -> None:
    text = "\n\n\n".join(["We will open a school."] * 30 + ["The lake is deep."] * 10)
    facts = made(Document.from_text(text, id="n", organization="un"))[3]
    strict, broad = facts.strict.estimate, facts.broad.estimate
    assert strict is not None
    assert broad is not None
    for end in ("value", "low", "high"):
        assert getattr(broad, end) >= getattr(strict, end)
    assert facts.raised, "the errors alone would put the broad number below the strict one"
    assert "not put below" in topic.prose(facts)["definitions_caption"]


def test_lead_ins_and_dates_of_the_past_are_told_apart() -> None:
    text = (
        "We will:\n\n\n- open a school by 2030;\n\n\n- mend the road that was lost in 2009.\n\n\n"
        "The lake is deep."
    )
    facts = made(Document.from_text(text, id="n", date=dt.date(2022, 11, 16)))[3]
    assert (facts.strict.sentences, facts.strict.holding, facts.strict.lead_ins) == (3, 2, 1)
    assert facts.precise == 1
    assert "in 2 of these 3 sentences; one only leads in a list" in topic.prose(facts)["abstract"]


def test_sentences_of_a_document_are_found_again_by_their_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a document's sentences are the document, fewer are so many sentences."""
    texts = [f"The lake has {number} boats." for number in range(8)]
    hashes = [hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12] for text in texts]
    frame = pd.DataFrame({"document": ["a"] * 4 + ["b"] * 4, "sha1": hashes})
    frame.to_csv(tmp_path / "known.csv", index=False)
    monkeypatch.setattr(first_runs, "data_path", lambda *parts: tmp_path / parts[-1])
    for count, expected in ((0, 0), (1, 1), (2, 4), (4, 4), (5, 5), (6, 8)):
        written = [text.replace(" ", "\n", 1) for text in texts[:count]]
        assert first_runs.known_sentences(written, table="known.csv") == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((1, 0, 1), "1 is in section 1, none are in section 2, and 1 is in section 3."),
        ((2, 0, 0), "All strict undertakings are in section 1."),
        ((), "\n\n@fig-place"),
    ],
)
def test_where_is_said_of_several_sections_alone(counts: tuple[int, ...], expected: str) -> None:
    facts = made(SEVERAL)[3]
    places = tuple(SectionCount(str(number), count) for number, count in enumerate(counts, 1))
    facts = replace(
        facts,
        strict=replace(facts.strict, undertakings=2),
        places=places,
    )
    assert expected in topic.prose(facts)["where"]


def test_the_reference_coding_stands_beside_the_counts(declaration: Document) -> None:
    document, acts, commitments, facts = made(declaration)
    sheet = pd.read_csv(data_path("reference", "sco-2013-bishkek.commitments.csv"), dtype=str)
    strict, broad = sheet["strict"] == "yes", sheet["broad"] == "yes"
    assert facts.reference is not None
    assert facts.reference.strict_sentences == tuple(sheet.loc[strict, "segment_id"])
    assert facts.reference.broad == (strict | broad).sum()
    assert facts.reference.undertakings == sheet["undertakings"].fillna("0").astype(int).sum()
    shown = topic.definition_table(acts, commitments, facts.estimates, facts.reference).frame
    assert shown["In the reference"].tolist() == [facts.reference.strict, facts.reference.broad]
    said = topic.prose(facts)["abstract"]
    assert f"has {strict.sum()} strict sentences and {facts.reference.broad} broad ones" in said
    assert "no corrected counts are given" in said
    assert facts.estimates == {"strict": None, "broad": None}
    assert "Corrected" not in shown
    assert not any("corrected" in name for name in topic.key_figures(facts))
    own = replace(document, sha256="0" * 64)
    other = made(own)[3]
    assert other.strict.estimate is not None
    assert "no corrected counts" not in topic.prose(other)["abstract"]
    assert other.reference is None, "another text of that name has no reference coding"


def test_verbs_are_whole_and_a_longer_phrase_counts_with_the_shorter() -> None:
    _, acts, *_ = made(
        "We look forward to the summit. We remain deeply concerned over the drought. They point "
        "out that the lake is deep. We are convinced that peace is near. We are convinced of the "
        "need for peace. We continue to call on the parties to talk."
    )
    frame = topic.act_table(acts).frame.set_index("Speech act")
    verbs = " ".join(frame["Most frequent verbs (sentences)"])
    for phrase in ("look forward to (1)", "remain deeply concerned (1)", "point out (1)",
                   "are convinced (2)", "continue to call on (1)"):  # fmt: skip
        assert phrase in verbs


def test_verbs_as_frequent_as_the_last_are_all_given() -> None:
    _, acts, *_ = made(
        "We call on them to act. We urge them to act. We invite them to act. We ask them to act."
    )
    frame = topic.act_table(acts).frame.set_index("Speech act")
    shown = str(frame.loc["directive", "Most frequent verbs (sentences)"])
    assert shown.count("(1)") == 4


def test_acts_that_do_not_occur_have_no_row() -> None:
    _, acts, *_ = made(ONE)
    assert topic.act_table(acts).frame["Speech act"].tolist() == ["commissive"]


def test_each_undertaking_stands_in_one_table(declaration: Document) -> None:
    _, _, rows, facts = made(declaration)
    strict, broad = topic.strict_table(rows), topic.broad_table(rows)
    assert len(strict) + len(broad) == facts.broad.undertakings
    assert "Level" not in broad
    assert set(strict["Level"]) == {"high", "low"}


def test_an_empty_and_a_large_report_are_told(declaration: Document) -> None:
    facts = made(NONE)[3]
    prose = topic.prose(facts)
    assert prose["abstract"].startswith("None of the 2 sentences contains a commitment")
    assert prose["strict"] == "No sentence contains a strict undertaking."
    large = replace(facts, sentences=12_345, strict=replace(facts.strict, sentences=1_234,
                    undertakings=20_000, high=1, low=19_999), broad=replace(facts.broad,
                    sentences=2_000, undertakings=30_000))  # fmt: skip
    said = topic.prose(large)["abstract"]
    assert "12,345 sentences contain a commitment, with 20,000 undertakings in all" in said
    assert "Of the strict undertakings, one has a high binding level" in said


@pytest.mark.parametrize(
    ("text", "abstract", "acts", "annex"),
    [
        ("They met.", "The only sentence contains no commitment", "the only sentence is assertive",
         "There is no undertaking to list."),
        (ONE, "the only sentence contains a commitment, with 1 undertaking in all",
         "the only sentence is commissive", "The broad definition adds no undertaking, and none"),
        (NONE, "None of the 2 sentences contains", "all 2 sentences are assertive", ""),
    ],
)  # fmt: skip
def test_the_smallest_documents_are_told(text: str, abstract: str, acts: str, annex: str) -> None:
    prose = topic.prose(made(text)[3])
    assert abstract in prose["abstract"]
    assert acts in prose["acts"]
    assert annex in prose["annex"]


def test_a_single_undertaking_has_its_level_told() -> None:
    assert (
        "The strict undertaking has a high binding level, by"
        in topic.prose(made(ONE)[3])["abstract"]
    )


def test_a_template_of_ones_own_takes_the_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("{% block title %}Zusagen: {{ f.title }}{% endblock %}", encoding="utf-8")
    assert topic.prose(made(ONE)[3], file)["title"] == "Zusagen: n"


def test_the_figure_is_the_same_bytes_each_time(declaration: Document) -> None:
    document, _, commitments, _ = made(declaration)
    one, other = (figure_svg(topic.through_text(document, commitments)) for _ in range(2))
    assert one == other


def test_an_undertaking_is_drawn_where_it_begins(declaration: Document) -> None:
    """One tick an undertaking, at the first character of its own words."""
    document, _, rows, _ = made(declaration)
    start, end = document.body
    drawn = [
        float(segment[0][0])
        for lines in topic.through_text(document, rows).axes[0].collections
        if isinstance(lines, LineCollection)
        for segment in lines.get_segments()
    ]
    expected = sorted(100 * (rows["start"] - start) / (end - start))
    assert sorted(drawn) == pytest.approx(expected)
    # The last one begins in the last paragraph, and does not end the text.
    assert max(drawn) < 99


def test_a_text_of_one_section_has_no_lines_of_sections() -> None:
    for text, said in ((ONE, False), (SEVERAL, True)):
        document, _, rows, _ = made(text)
        label = topic.through_text(document, rows).axes[0].get_xlabel()
        assert ("sections begin" in label) is said


def test_a_member_who_does_not_agree_is_quoted() -> None:
    """What is called collectively agreed may not be; the reader is told, with the place."""
    told = made("We will lower the tolls. One member state has reservations on paragraph 7.")[3]
    said = topic.prose(told)["strict"]
    assert "In one passage the text records that not all members agree" in said
    assert "“One member state has reservations on paragraph 7.” (¶ 1, sentence 2)" in said
    one = " One member state has reservations on paragraph 7."
    many = made(f"We will lower the tolls.{one * 9}")[3]
    assert (many.reservation_count, len(many.reservations)) == (9, 5)
    assert ", first: “One" in topic.prose(many)["strict"]
    assert "agree" not in topic.prose(made(SEVERAL)[3])["strict"]
