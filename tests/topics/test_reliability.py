"""What the reliability report says: each fact counted again from the data, each passage read."""

import csv
import dataclasses
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.reliability import first_runs
from sco_research.coding.reliability.agreement import agreement
from sco_research.coding.reliability.detection import Detection, detection
from sco_research.coding.reliability.first_runs import (
    DOCUMENT_FIRST_RUNS,
    FirstRuns,
    load_first_runs,
)
from sco_research.coding.reliability.ratings import RATINGS, ratings_of
from sco_research.coding.reliability.reference import Reference, load_reference
from sco_research.coding.reliability.schemes import CodingScheme, Variable
from sco_research.errors import CodingError
from sco_research.reports.report import Report
from sco_research.resources import data_path, notebooks_folder
from sco_research.statistics import Bootstrap, Rate, exact_rate
from sco_research.text.document import Document
from sco_research.topics import reliability
from sco_research.topics.reliability.document import _without_intervals
from sco_research.topics.reliability.facts import ReliabilityFacts, reliability_facts

BOOK = load_codebook("themes")
BOOTSTRAP = Bootstrap(resamples=100, seed=1)
SCHEME = CodingScheme(
    "commitments",
    (
        Variable("strict", values=("yes", "no")),
        Variable("binding", level="ordinal", values=("none", "low", "high")),
        Variable("undertakings", level="ratio"),
    ),
)
DOCUMENT = Document.from_text("One.\n\nTwo.\n\nThree <b>.\n\nFour.", id="d")
IDS = [f"d:p{number}.s1" for number in range(1, 5)]
RUNS = load_first_runs()


def coder(name: str, strict: str, binding: str) -> pd.DataFrame:
    words = {"y": "yes", "n": "no", "-": "none", "l": "low", "h": "high"}
    sheet = pd.DataFrame(
        {
            "segment_id": IDS,
            "strict": [words[mark] for mark in strict],
            "binding": [words[mark] for mark in binding],
            "undertakings": [int(mark == "y") for mark in strict],
        }
    )
    return ratings_of(sheet, scheme=SCHEME, coder=name)


def reference(*coders: pd.DataFrame) -> Reference:
    decisions = pd.DataFrame(
        {"segment_id": ["d:p3.s1"], "variable": ["strict"], "category": [""], "value": ["yes"],
         "reason": ["R2"]}
    )  # fmt: skip
    settled = coder("reference", "ynyn", "l-h-")
    given = pd.concat([RATINGS.empty(), *coders])
    return Reference(SCHEME, given, settled, decisions, "By <people>.", ())


TWO = reference(coder("anna", "ynyn", "l-h-"), coder("ben", "ynnn", "l---"))
PROGRAM = coder("program", "yyyn", "ll--")


def facts_of(
    *references: Reference,
    runs: FirstRuns = RUNS,
    bundled: bool = False,
    bootstrap: Bootstrap = BOOTSTRAP,
) -> ReliabilityFacts:
    coders = pd.concat([RATINGS.empty(), *(one.coders for one in references)])
    agreed = agreement(coders, variables=SCHEME.variables, bootstrap=bootstrap)
    return reliability_facts(
        DOCUMENT, runs, references, PROGRAM, agreed, BOOK, bundled=bundled, bootstrap=bootstrap
    )


def rows_of(name: str) -> list[dict[str, str]]:
    with data_path("reference", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------------------------------ first runs


def test_first_runs_on_real_texts_are_counted_as_published() -> None:
    whole = [row for row in rows_of("first-runs.csv") if row["strict_fp"]]
    real = facts_of().real
    assert real is not None
    assert real.sentences == sum(int(row["sentences"]) for row in whole) == 786
    assert real.documents == sum(int(row["documents"]) for row in whole) == 15
    assert (real.strict.true_positives, real.strict.recall.of) == (225, 225 + 25)
    assert real.strict.precision is not None
    assert real.strict.precision.of == 225 + 6
    # By document two more: a coder added them after the run, and the program had found both.
    assert (real.broad.true_positives, real.broad.false_positives) == (381 + 2, 37)
    assert real.added_broad == 2
    assert real.speech_acts.hits == 201 + 258 + 272
    assert real.lowest_strict_recall == pytest.approx(132 / 152)
    assert real.programs == ("commit f48e119 of 2026-11-24",)
    assert real.listed is not None
    assert (real.listed.broad.hits, real.listed.broad.of) == (490, 632)
    assert real.binding_sets == ("SCO, six documents", "SCO, two declarations")
    assert real.undertaking_sets == ("Seven organizations",)


def test_intervals_of_first_runs_resample_documents() -> None:
    """As an own resampling of the published counts has it: 13 documents and one set of two."""
    rows = rows_of("first-runs-documents.csv")
    (sums,) = [row for row in rows_of("first-runs.csv") if row["label"] == "SCO, two declarations"]
    random = np.random.default_rng(3)
    bootstrap = Bootstrap(resamples=4000)
    real = facts_of(bootstrap=bootstrap).real
    assert real is not None
    assert real.units == len(rows) + 1 == 14
    for reading, found in (("strict", real.strict), ("broad", real.broad)):
        counts = np.array(
            [
                [int(row[f"{reading}_{kind}"]) for kind in ("tp", "fp", "fn")]
                for row in [*rows, sums]
            ]
        )
        drawn = counts[random.integers(14, size=(4000, 14))].sum(axis=1)
        for rate, wrong in ((found.precision, 1), (found.recall, 2)):
            assert rate is not None
            shares = drawn[:, 0] / (drawn[:, 0] + drawn[:, wrong])
            ends = np.quantile(shares, [0.025, 0.975])
            assert (rate.low, rate.high) == pytest.approx(tuple(ends), abs=0.01)
    exact = exact_rate(real.strict.recall.hits, real.strict.recall.of, 0.95)
    assert real.strict.recall.low is not None
    assert exact.low is not None
    assert real.strict.recall.low < exact.low - 0.03, "sentences of a document hang together"


def test_first_runs_stand_as_first_made() -> None:
    """A label that was corrected after the run is told, and changes no count."""
    (row,) = [row for row in rows_of("first-runs.csv") if row["label"] == "SCO, six documents"]
    found = re.search(r"with it (\d+) sentences are correct, (\d+) is false and (\d+)", row["note"])
    assert found is not None
    corrected = tuple(map(int, found.groups()))
    made = tuple(int(row[f"strict_{kind}"]) for kind in ("tp", "fp", "fn"))
    assert (made, corrected) == ((44, 2, 1), (45, 1, 1))
    text = reliability.prose(facts_of())
    assert "225 of 250" in text["abstract"]
    assert "include two commitments that a coder added" in text["real_caption"]
    by_set = facts_of(runs=dataclasses.replace(RUNS, documents=RUNS.documents.head(0)))
    assert by_set.real is not None
    assert by_set.real.added_broad == 0
    assert "a coder added" not in reliability.prose(by_set)["real_caption"]
    assert row["note"] in text["annex"].replace("\\", "")


def test_intervals_of_shares_are_those_of_clopper_and_pearson() -> None:
    found = exact_rate(226, 251, 0.95)
    assert found.low == pytest.approx(beta.ppf(0.025, 226, 26))
    assert found.high == pytest.approx(beta.ppf(0.975, 227, 25))
    assert exact_rate(4, 4, 0.95) == Rate(4, 4, 1.0, None, None)
    assert exact_rate(0, 0, 0.95).value is None


def test_themes_are_told_by_precision_and_recall() -> None:
    rows = rows_of("first-runs-themes.csv")
    themes = facts_of().themes
    assert themes is not None
    assert themes.all.true_positives == sum(int(row["right"]) for row in rows) == 178
    assert themes.all.precision is not None
    assert themes.all.precision.value == pytest.approx(178 / 228)
    assert themes.all.recall.value == pytest.approx(178 / 226)
    labels = {category.id: category.label for category in BOOK}
    for wrong, surely, maybe in (
        ("false", themes.imprecise, themes.maybe_imprecise),
        ("missed", themes.incomplete, themes.maybe_incomplete),
    ):
        low: dict[bool, set[str]] = {True: set(), False: set()}
        for row in rows:
            right, others = int(row["right"]), int(row[wrong])
            if right + others >= 5 and right < 0.8 * (right + others):
                whole = beta.ppf(0.975, right + 1, others) < 0.8
                low[bool(whole)].add(labels[row["theme"]])
        assert (set(surely), set(maybe)) == (low[True], low[False])
    assert themes.imprecise == (labels["development"],), "5 of 15; 23 of 35 may be 0.81"
    assert labels["economy"] in themes.maybe_imprecise
    assert labels["culture"] not in themes.maybe_imprecise, "20 of 25 are not under 0.80"


def test_a_theme_is_called_low_only_where_its_whole_interval_is() -> None:
    text = reliability.prose(facts_of())["themes"]
    sure, maybe = re.findall(
        r"The whole interval of precision lies below 0.80 for (.+?);(.+)", text
    )[0]
    assert sure == "“Development and social policy”"
    assert maybe == " for five other themes precision itself does, but its interval contains 0.80."
    few = RUNS.themes[RUNS.themes["theme"] == "economy"]
    alone = reliability.prose(facts_of(runs=dataclasses.replace(RUNS, themes=few)))["themes"]
    assert "Precision was below 0.80 for one theme, but" in alone
    assert "Recall was below" not in alone


def test_invented_documents_are_told_from_development_sets() -> None:
    sheets = ("out-of-sample-documents.csv", "out-of-sample-registers.csv")
    rows = [row for name in sheets for row in rows_of(name) if row["first_strict"]]
    invented = facts_of().invented
    assert invented is not None
    assert invented.sentences == len(rows) == 1238
    assert invented.documents == len({row["document"] for row in rows}) == 44 + 8 + 8 + 9
    assert (invented.lowest.name, round(invented.lowest.value, 3)) == ("C", 0.783)
    assert (invented.development_lowest, invented.development_highest) == (0.857, 0.979)


def test_a_file_of_first_runs_with_a_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "first-runs-themes.csv").write_text("theme,coders,right,false\nhealth,1,1,0\n")
    with pytest.raises(CodingError, match="there is no column 'missed'; add it"):
        load_first_runs(tmp_path)
    (tmp_path / "first-runs-themes.csv").write_text("theme,coders,right,false,missed\na,1,x,0,0\n")
    with pytest.raises(CodingError, match="write whole numbers"):
        load_first_runs(tmp_path)


# --------------------------------------------------------------------------------- this document


def test_coders_who_differ_are_counted_by_question() -> None:
    coders = facts_of(TWO).coders
    assert coders is not None
    assert coders.coders == ("anna", "ben")
    assert (coders.different, coders.recounted_different, coders.all_different) == (2, 1, 3)
    assert (coders.different_sentences, coders.open) == (1, 2)
    assert (coders.equal_share.of, coders.coded, coders.recounted) == (12, 8, 4)
    by_name = {one.question: one for one in coders.questions}
    assert (by_name["Strict commitment"].answers, by_name["Strict commitment"].different) == (4, 1)
    assert coders.lowest is not None
    assert coders.lowest.alpha == min(one.alpha for one in by_name.values() if one.alpha)


def test_the_programs_errors_are_those_of_the_sheets() -> None:
    text = facts_of(TWO).text
    assert text is not None
    assert text.strict == detection(2, 1, 0, 0.95)
    assert text.different_sentences == 2, "strict and binding of the second, binding of the third"
    assert text.themes_occurring == 0
    assert (text.undertakings.program, text.undertakings.reference) == (2, 2)
    one_more = PROGRAM.assign(
        value=PROGRAM["value"].mask(
            PROGRAM["segment_id"].eq("d:p1.s1") & PROGRAM["variable"].eq("undertakings"), "3"
        )
    )
    again = reliability_facts(
        DOCUMENT, RUNS, [TWO], one_more, agreement(TWO.coders, variables=SCHEME.variables,
        bootstrap=BOOTSTRAP), BOOK, bundled=False, bootstrap=BOOTSTRAP,
    ).text  # fmt: skip
    assert again is not None
    assert (again.undertakings.program, again.undertakings.reference) == (4, 2)
    assert (again.undertakings.equal.hits, again.undertakings.equal.of) == (1, 2)


def theme_ratings(coder: str, given: dict[str, str]) -> pd.DataFrame:
    """Return the answers on themes of the four sentences: ``y`` or ``n`` for each."""
    rows = [
        ("d", name, coder, "themes", theme, {"y": "yes", "n": "no"}[mark])
        for theme, marks in given.items()
        for name, mark in zip(IDS, marks, strict=True)
    ]
    columns = ["document_id", "segment_id", "coder", "variable", "category", "value"]
    return RATINGS.typed(pd.DataFrame(rows, columns=columns).reindex(columns=list(RATINGS)))


def test_themes_that_nobody_was_asked_about_are_neither_right_nor_wrong() -> None:
    right = theme_ratings("reference", {"health": "yynn", "energy": "nnnn"})
    said = theme_ratings(
        "program", {"health": "ynnn", "energy": "nnny", "culture": "yyyn", "migration": "nnnn"}
    )
    scheme = dataclasses.replace(SCHEME, name="themes")
    one = Reference(scheme, RATINGS.empty(), right, TWO.decisions.head(0), "", ())
    facts = reliability_facts(
        DOCUMENT, RUNS, [one], said, agreement(RATINGS.empty()), BOOK, bundled=False,
        bootstrap=BOOTSTRAP,
    )  # fmt: skip
    assert facts.text is not None
    assert facts.text.themes_asked == 2
    assert (facts.text.themes.true_positives, facts.text.themes.false_positives) == (1, 1)
    assert [(theme.name, theme.sentences) for theme in facts.text.unasked] == [
        ("Culture, science and tourism", 3)
    ]
    text = reliability.prose(facts)["text"]
    assert "1 of 2, and one other among the 2 themes that the coders of the reference" in text
    assert (
        "It also gave one theme about which the coders were not asked: “Culture, science and "
        "tourism” to 3 sentences."
    ) in text


def test_what_is_in_sample_has_no_interval() -> None:
    held_out, in_sample = (facts_of(TWO, bundled=bundled) for bundled in (False, True))
    assert held_out.text is not None
    assert in_sample.text is not None
    assert held_out.text.strict == detection(2, 1, 0, 0.95)
    assert in_sample.text.strict.true_positives == 2
    many = detection(9, 1, 3, 0.95)
    assert many.recall.low is not None
    bare = _without_intervals(
        dataclasses.replace(held_out.text, strict=many, speech_acts=many.recall)
    )
    assert bare.strict.recall == Rate(9, 12, 0.75, None, None)
    assert bare.strict.precision == Rate(9, 10, 0.9, None, None)
    assert bare.speech_acts == Rate(9, 12, 0.75, None, None)


def test_without_a_reference_coding_there_are_first_runs_alone() -> None:
    nothing = load_reference(DOCUMENT, scheme="commitments", required=False)
    facts = facts_of(nothing)
    assert facts.text is None
    assert facts.coders is None
    assert facts.real is not None
    assert facts_of(dataclasses.replace(TWO, coders=RATINGS.empty())).coders is None
    assert facts.known is None
    assert "no reference coding of this document" in reliability.prose(facts)["coders"]


def test_codes_of_a_part_of_the_document_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of six coded sentences four stand in the text; in one the program departs from the code."""
    texts = ["We will meet.", "The lake is deep.", "We will mend it.", "The dam is old."]
    hashes = [hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12] for text in texts]
    pd.DataFrame(
        {
            "document": "d",
            "sha1": [*hashes, "0" * 12, "1" * 12],
            "coder_a_strict": ["yes", "no", "yes", "yes", "no", "no"],
            "coder_b_strict": ["yes", "no", "no", "yes", "no", "no"],
            "coder_b_broad": ["yes", "no", "yes", "yes", "no", "no"],
            # The third is settled by nobody.
            "strict": ["yes", "no", "", "yes", "no", "no"],
            "broad": ["yes", "no", "yes", "yes", "no", "no"],
        }
    ).to_csv(tmp_path / "commitments-real-documents.csv", index=False)
    monkeypatch.setattr(
        first_runs,
        "data_path",
        lambda *parts: tmp_path / parts[-1] if "real" in parts[-1] else data_path(*parts),
    )
    document = Document.from_text("\n\n".join([*texts, "The end is near."]), id="d")
    nothing = agreement(RATINGS.empty())
    facts = reliability_facts(document, RUNS, [], RATINGS.empty(), nothing, BOOK)
    assert facts.known is not None
    assert facts.known.first_strict is None, "no first run is kept of a document named d"
    names = [column.name for column in DOCUMENT_FIRST_RUNS.columns]
    ran = pd.DataFrame([["a set", "Of the end", "d", 6, 2, 1, 1, 3, 2, 0]], columns=names)
    runs = dataclasses.replace(RUNS, documents=ran)
    facts = reliability_facts(document, runs, [], RATINGS.empty(), nothing, BOOK)
    known = facts.known
    assert known is not None
    assert known.first_strict is not None
    assert (known.first_strict.recall.hits, known.first_strict.recall.of) == (2, 3)
    assert (
        "found 2 of 3 strict sentences and called one other strict; under the broad"
        in (reliability.prose(facts)["coders"])
    )
    assert (known.coded, known.coders_equal.hits, known.found) == (6, 5, 4)
    assert (known.strict.true_positives, known.strict.false_positives) == (1, 0)
    assert known.strict.recall.of == 2, "what the coders leave open is not compared"
    assert (known.broad.true_positives, known.broad.recall.of) == (2, 3)
    text = reliability.prose(facts)
    assert "6 sentences were coded for the first runs" in text["abstract"]
    assert "in sample" not in text["abstract"]
    assert (
        "finds 1 of the 2 whose settled code is strict and calls no others strict" in text["coders"]
    )
    assert "no reference coding of this document" not in text["coders"]


def test_the_declarations_facts_are_those_of_its_sheets(declaration: Document) -> None:
    references = [load_reference(declaration, scheme=name) for name in ("themes", "commitments")]
    coders = pd.concat(one.coders for one in references)
    agreed = agreement(coders, bootstrap=BOOTSTRAP)
    program = pd.concat(
        [reliability.theme_answers(declaration), reliability.commitment_answers(declaration)]
    )
    facts = reliability_facts(
        declaration, RUNS, references, program, agreed, BOOK, bootstrap=BOOTSTRAP
    )
    assert facts.coders is not None
    assert facts.text is not None
    decided = [
        row
        for scheme in ("themes", "commitments")
        for row in rows_of(f"sco-2013-bishkek.{scheme}.decisions.csv")
    ]
    assert (facts.coders.different, facts.coders.open) == (len(decided), 0)
    strict = [row["strict"] for row in rows_of("sco-2013-bishkek.commitments.csv")]
    assert facts.text.strict.recall.of == strict.count("yes")
    themes = [
        theme
        for row in rows_of("sco-2013-bishkek.themes.csv")
        for theme in row["themes"].split(";")
        if theme.strip() not in ("", "none")
    ]
    assert facts.text.themes.recall.of == len(themes)
    asked = (data_path("reference", "sco-2013-bishkek.themes.asked.txt")).read_text("utf-8")
    assert facts.text.themes_asked == len(asked.split()) == 30
    assert facts.text.unasked, "the codebook has had more themes since"
    names = [f"“{theme.name}” to {theme.sentences} sentence" for theme in facts.text.unasked]
    assert facts.text.strict.recall.low is None, "in sample"
    assert facts.text.themes_f1.low is None
    told = reliability.prose(facts)
    assert not re.search(r"\d to \d", told["text"])
    assert re.search("were not asked: " + r"s?(?:, | and )".join(names) + r"s?\.", told["text"])
    assert "may be two runs of one language model" in told["abstract"]
    assert (
        f"differ in {len(decided)} of {facts.coders.coded:,} answers; two later" in told["abstract"]
    )
    assert f"alone, differ in none of {facts.coders.recounted}." in told["abstract"]
    assert "independently" not in told["coders"]


# -------------------------------------------------------------------------------------- sentences

NO_RUNS = FirstRuns(
    RUNS.real.head(0),
    RUNS.documents.head(0),
    RUNS.themes.head(0),
    RUNS.theme_sets.head(0),
    RUNS.invented.head(0),
    RUNS.answers.head(0),
    RUNS.counts.head(0),
)
ONE_ROW = FirstRuns(
    RUNS.real.head(1).assign(documents=1, sentences=1, strict_tp=1, strict_fp=0, strict_fn=0,
                             broad_tp=1, broad_fp=0, broad_fn=0, acts_equal="1/1",
                             binding_equal="1/1"),
    RUNS.documents.head(0),
    RUNS.themes.head(1),
    RUNS.theme_sets.assign(sentences=1, equal_sentences=1),
    RUNS.invented.head(1),
    RUNS.answers[RUNS.answers["strict"]].head(1),
    RUNS.counts.head(1),
)  # fmt: skip
ONE_CODER = reference(coder("anna", "ynyn", "l-h-"))
SAME = reference(coder("anna", "ynyn", "l-h-"), coder("ben", "ynyn", "l-h-"))
FACTS = {
    "all": facts_of(TWO),
    "bundled": facts_of(TWO, bundled=True),
    "equal": facts_of(SAME),
    "one coder": facts_of(ONE_CODER),
    "no coder": facts_of(dataclasses.replace(TWO, coders=RATINGS.empty())),
    "no reference": facts_of(),
    "one row": facts_of(TWO, runs=ONE_ROW),
    "nothing": facts_of(runs=NO_RUNS),
}
# What a passage needs, which the notebook asks before it uses it.
NEEDS = {"agreement_caption": "coders", "text": "text", "outcomes_caption": "text"}
FAULTS = re.compile(
    r"\bnan\b|None|–|\b1 (?:sentences|documents|answers|questions|themes|models)\b"
    r"|\bof 0\b(?!\.)|  +\w|\s[,.;:]|\(\)|(?<!\.)\b0 of\b|\bnot? no\b|<|{"
)


@pytest.mark.parametrize("name", FACTS)
def test_every_passage_reads_well(name: str) -> None:
    facts = FACTS[name]
    text = reliability.prose(facts)
    for block in text.names:
        if block in NEEDS and getattr(facts, NEEDS[block]) is None:
            continue
        passage = text[block]
        assert passage, block
        assert not FAULTS.search(passage.replace("\\<", "")), (block, passage)
        assert passage[0].isupper() or passage[0] in "#@*", (block, passage)
        assert passage[-1] in ".)" or block in ("title", "annex"), (block, passage)


def test_development_and_in_sample_scores_are_in_no_abstract_and_no_key_figure() -> None:
    facts = FACTS["bundled"]
    abstract = reliability.prose(facts)["abstract"]
    figures = reliability.key_figures(facts)
    assert facts.real is not None
    assert f"{facts.real.strict.true_positives} of {facts.real.strict.recall.of}" in abstract
    assert "language models" in abstract
    assert facts.themes is not None
    for edition in (facts.themes.codebook, BOOK.edition):
        assert edition in abstract.replace("\\", ""), "which codebook was tested, and which is used"
    assert "490 under the broad definition" in abstract, "the only coding by people"
    assert [name for name in figures if "list made by people" in name] == [
        "Broad recall (held out, list made by people)"
    ], "of a list with statements of support, the strict reading has no recall"
    assert "403" not in abstract
    for told in (abstract, *figures, *figures.values()):
        assert "in sample" not in told
        assert "development" not in told
        assert "invented" not in told
    assert reliability.key_figures(FACTS["nothing"]) == {}


def test_a_template_of_ones_own_is_filled(tmp_path: Path) -> None:
    own = tmp_path / "text.md"
    own.write_text("{% block title %}Zuverlässigkeit: {{ f.document_id }}{% endblock %}", "utf-8")
    assert reliability.prose(FACTS["all"], str(own))["title"] == "Zuverlässigkeit: d"


# ----------------------------------------------------------------------------------------- tables


def test_a_real_set_has_a_row_a_definition_and_all_together() -> None:
    table = reliability.real_table(RUNS, bootstrap=BOOTSTRAP)
    assert len(table) == 2 * (3 + 1) + 1
    last = table.iloc[-2]
    assert (last["Definition"], last["Correct"], last["Missed"]) == ("Strict", 225, 25)
    listed = table[table["Texts"] == "G7, listed by people"]
    assert set(listed["Precision"]) == {"–"}
    assert listed["Definition"].tolist() == ["Broad"]
    assert listed["Recall"].tolist() == ["0.78 (0.74 to 0.81)"]
    assert listed["False positives"].isna().all()


def test_invented_sets_keep_their_first_run() -> None:
    table = reliability.invented_table(RUNS, bootstrap=BOOTSTRAP)
    assert dict(zip(table["Texts"], table["F1"].round(3), strict=True))[
        "documents of set C"
    ] == pytest.approx(0.783)
    assert table["Use"].value_counts().to_dict() == {"held out": 11, "development": 9}
    assert 1238 not in set(table["Sentences"]), "no program was run on all sets"
    few = RUNS.answers[RUNS.answers["document_id"].isin(RUNS.answers["document_id"].unique()[:4])]
    short = reliability.invented_table(dataclasses.replace(RUNS, answers=few), bootstrap=BOOTSTRAP)
    assert short["Interval"].iloc[0] == "–", "four documents are too few to be resampled"


def test_agreement_shows_whole_questions_and_those_that_differ() -> None:
    agreed = agreement(TWO.coders, variables=SCHEME.variables, bootstrap=BOOTSTRAP)
    table = reliability.agreement_table(agreed, [TWO], BOOK)
    shown = table.frame.set_index("Question")
    assert list(shown.index) == ["Strict commitment", "Binding level",
                                 "Number of undertakings"]  # fmt: skip
    assert shown["Different"].tolist() == [1, 1, 1]
    # Three of four; four are too few for an interval.
    assert set(shown["Share of equal answers"]) == {"0.750"}
    assert list(table.evidence["Different"]) == [("d:p3.s1",)] * 3


def test_outcomes_lead_to_their_sentences() -> None:
    table = reliability.outcome_table([TWO], PROGRAM, BOOK)
    shown = table.frame.set_index("Question")
    assert list(shown.loc["Strict commitment"]) == [2, 1, 0]
    # Levels are compared where both call a sentence strict.
    assert list(shown.loc["Binding level"]) == [1, 1, 1]
    at = list(shown.index).index("Strict commitment")
    assert table.evidence["False positives"][at] == ("d:p2.s1",)


def test_differences_are_quoted_once_a_sentence() -> None:
    decided = reliability.coder_differences([TWO], DOCUMENT, BOOK).set_index("Question")
    assert decided["Settled as"].to_dict() == {
        "Strict commitment": "yes",
        "Binding level": "open",
        "Number of undertakings": "open",
    }
    errors = reliability.program_differences([TWO], PROGRAM, DOCUMENT, BOOK)
    assert errors["Sentence"].tolist() == ["d:p2.s1", "d:p3.s1"]
    # Only one of the two calls the second strict, so that its level is not compared.
    assert errors["Differences"].tolist() == [
        "Strict commitment (reference: no; program: yes)",
        "Binding level (reference: high; program: none)",
    ]
    no_strict = dataclasses.replace(TWO, settled=TWO.settled[TWO.settled["variable"] == "binding"])
    levels = reliability.program_differences([no_strict], PROGRAM, DOCUMENT, BOOK)
    assert levels["Sentence"].tolist() == ["d:p2.s1", "d:p3.s1"]


def test_levels_that_the_text_leaves_out_are_in_no_table() -> None:
    """Where neither calls a sentence strict, no level is compared, though both gave one."""
    said, right = coder("program", "nnnn", "llll"), coder("reference", "nnnn", "hhhh")
    none_strict = dataclasses.replace(TWO, settled=right)
    assert reliability.program_differences([none_strict], said, DOCUMENT, BOOK).empty
    assert reliability.outcome_table([none_strict], said, BOOK).frame.empty


def test_the_body_stays_within_its_limits(tmp_path: Path) -> None:
    """At most 1,500 words of prose and six tables or figures before the annex."""
    names: dict[str, object] = {}
    source = json.loads((notebooks_folder() / "reliability.ipynb").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "save", Report.markdown)
        for cell in source["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", ()):
                    names |= {"output_folder": str(tmp_path), "resamples": 100}
    report = names["report"]
    assert isinstance(report, Report)
    _, head, rest = report.markdown().split("---\n", 2)
    body = rest.partition("## Annex")[0]
    assert len(re.findall(r"^::: \{#tbl-|^!\[", body, re.MULTILINE)) <= 6
    prose = [line for line in body.splitlines() if line and not line.startswith(("|", ":", "#"))]
    assert len(" ".join(prose).split()) <= 1500
    assert "in sample" not in head


def test_a_detection_without_false_positives_has_no_precision() -> None:
    found = detection(3, None, 1, 0.95)
    assert isinstance(found, Detection)
    assert found.precision is None
    assert found.f1 is None
    assert found.recall.value == 0.75


def test_the_document_with_the_lowest_recall_is_told() -> None:
    """A mean over sets hides the text on which the program did worst."""
    rows = rows_of("first-runs-documents.csv")
    share = {
        row["document"]: int(row["strict_tp"]) / (int(row["strict_tp"]) + int(row["strict_fn"]))
        for row in rows
        if int(row["strict_tp"]) + int(row["strict_fn"]) >= 10
    }
    lowest = min(share, key=lambda name: share[name])
    found = facts_of().real
    assert found is not None
    assert found.lowest_document is not None
    assert found.lowest_document.name == lowest
    assert found.lowest_document.recall.value == pytest.approx(share[lowest])
    assert f"“{lowest}”" in reliability.prose(facts_of())["real"]


def test_nothing_is_said_to_agree_that_was_not_compared() -> None:
    """A document without a reference coding has no differences to deny."""
    for facts in (facts_of(), facts_of(TWO)):
        annex = reliability.prose(facts)["annex"]
        assert ("the differences" in annex) is facts.differences
        assert "differ in any answer" not in annex
