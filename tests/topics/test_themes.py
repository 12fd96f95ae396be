"""The themes report: its facts, tables and sentences say what the text and the codings hold."""

import csv
import datetime
import importlib
import json
import math
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sco_research import (
    Document,
    Report,
    code_themes,
    load_codebook,
    load_document,
    segment,
)
from sco_research.coding.codings import CODINGS
from sco_research.coding.reliability.reference import load_reference
from sco_research.errors import ParameterError
from sco_research.reports.counts import Cell, CountTable
from sco_research.reports.figures import figure_svg
from sco_research.resources import data_path, notebooks_folder
from sco_research.statistics import Bootstrap, Confusion, Rate, predicted_count
from sco_research.topics import themes
from sco_research.topics.themes.validation import (
    SCORES_FILE,
    DetectionCounts,
    ThemesFirstRun,
    Validation,
    scores_in_sample,
)

BOOK = load_codebook("themes")
ACTORS = load_codebook("actors")
SCORES = themes.validation(BOOK)
PEACE = next(item.id for item in BOOK if item.label.startswith("Peace support"))
LONG = CODINGS.frame([("note", "note:p1.s1", "b", PEACE, "p", "peace", 12, 17)])
HASH = "codebook_sha256"
# One theme in every paragraph, another in one.
CLEAR = "\n\n".join(["Drugs kill. Drugs sell."] * 11 + ["Banks lend. They met."])
TEXTS = {
    "no theme": "We met.",
    "one sentence": "Drugs kill.",
    "two of three": "Drugs kill. Drugs feed terrorism. They met.",
    "clear": CLEAR,
    "tied": "\n\n".join(["Banks lend. Drugs kill."] * 12),
    "always together": "\n\n".join(["Drugs feed terrorism.", "They met again."] * 12),
    "sections": "Drugs. Banks.\n\n\nDrugs and banks. We will fight crime with China.",
    "markup": "They oppose | terrorism $x$ [y](z) <b>drugs</b> @key in China.",
    "Russian": "Главы государств обсудили терроризм. Они встретились.",
}


class Frames:
    """Everything that the notebook computes for a document."""

    def __init__(
        self,
        document: Document,
        *,
        scores: Validation | None = SCORES,
        unit: themes.Unit = "sentence",
        resamples: int = 200,
    ) -> None:
        self.document = document
        self.scores = scores
        self.codings = code_themes(document, codebook=BOOK)
        self.named = themes.code_actors(document, codebook=ACTORS)
        self.weights = themes.theme_weights(
            document, self.codings, bootstrap=Bootstrap(resamples=resamples)
        )
        self.pairs = themes.cooccurrence(document, self.codings, level=unit)
        self.facts = themes.themes_facts(
            document,
            self.codings,
            self.weights,
            self.pairs,
            self.named,
            codebook=BOOK,
            scores=scores,
            unit=unit,
            bootstrap=Bootstrap(resamples=resamples),
        )

    def tables(self) -> dict[str, CountTable]:
        return {
            "themes": themes.theme_table(
                self.codings,
                self.weights,
                codebook=BOOK,
                document=self.document,
                scores=self.scores,
                estimates=self.facts.estimates,
            ),
            "sections": themes.section_table(self.document, self.codings, codebook=BOOK),
            "pairs": themes.pair_table(self.document, self.codings, self.pairs, codebook=BOOK),
            "actors": themes.actor_table(self.document, self.named, actors=ACTORS),
            "words": themes.word_table(self.codings, codebook=BOOK),
        }

    def passages(self) -> dict[str, str]:
        text = themes.prose(self.facts)
        return {name: text[name] for name in text.names}


def note(text: str, **metadata: str) -> Document:
    return Document.from_text(text, id="note", **metadata)  # type: ignore[arg-type] # all are text


@pytest.fixture(scope="module")
def frames(declaration: Document) -> Frames:
    return Frames(declaration)


# Facts


def test_the_facts_are_those_of_the_codings(frames: Frames) -> None:
    facts = frames.facts
    of_theme: dict[str, set[str]] = {}
    for row in frames.codings.to_dict("records"):
        of_theme.setdefault(str(row["category"]), set()).add(str(row["segment_id"]))
    assert {theme.id: theme.sentences for theme in facts.themes} == {
        name: len(ids) for name, ids in of_theme.items()
    }
    assert facts.coded_sentences == len(set.union(*of_theme.values()))
    assert (facts.sentences, facts.paragraphs, facts.sections) == (51, 32, 7)
    assert facts.single == sum(len(ids) == 1 for ids in of_theme.values())
    assert len(facts.themes) + len(facts.absent) == facts.categories == len(BOOK)
    assert facts.hits == len(frames.codings) == sum(theme.hits for theme in facts.themes)
    starts = {
        BOOK[name].label: frames.codings.loc[frames.codings["category"] == name, "start"].min()
        for name in of_theme
    }
    assert list(facts.order) == sorted(facts.order, key=lambda label: starts[label])


def test_a_theme_known_to_be_imprecise_is_not_named_as_leading(frames: Frames) -> None:
    first = frames.facts.themes[0]
    assert first.rank_low == 1
    assert first.label in frames.facts.ranking.candidates
    assert SCORES is not None
    wrong = DetectionCounts(true_positives=5, false_positives=2)
    imprecise = replace(SCORES, in_sample={**SCORES.in_sample, first.id: wrong})
    ranking = Frames(frames.document, scores=imprecise).facts.ranking
    assert ranking.leader is None
    assert ranking.contenders == len(ranking.candidates) + ranking.imprecise
    assert first.label not in ranking.candidates
    unknown = Frames(frames.document, scores=None)
    assert first.label in unknown.facts.ranking.candidates


@pytest.mark.parametrize(
    ("precisions", "may"),
    [(None, True), ((), False), ((0.8,), True), ((0.79,), False), ((1.0, 0.5), False)],
)
def test_the_lowest_known_precision_decides_who_may_lead(
    frames: Frames, precisions: tuple[float, ...] | None, may: bool
) -> None:
    rates = None
    if precisions is not None:
        rates = tuple(Rate(round(100 * value), 100, value, None, None) for value in precisions)
    assert replace(frames.facts.themes[0], precisions=rates).may_lead is may


def test_a_theme_that_leads_in_every_resample_leads() -> None:
    facts = Frames(note(CLEAR)).facts
    leader = facts.ranking.leader
    assert leader is not None
    assert (leader.label, leader.sentences, leader.rank_low, leader.rank_high) == (
        "Drugs",
        22,
        1,
        1,
    )
    assert facts.themes[1].rank_low == facts.themes[1].rank_high == 2
    # Two themes are named without a rank.
    assert "“Drugs” and “Economy, trade and finance”" in Frames(note(CLEAR)).passages()["abstract"]


def test_the_leader_is_said_with_its_interval() -> None:
    text = "\n\n".join(["Drugs kill. They met."] * 20 + ["Banks lend. Migrants. Hospitals."])
    said = Frames(note(text)).passages()["abstract"]
    assert "the most frequent theme is “Drugs” (20 of 43 sentences; 95 % interval" in said


def test_ties_have_no_leader() -> None:
    facts = Frames(note(TEXTS["tied"])).facts
    assert facts.ranking.leader is None
    assert facts.ranking.contenders == 2
    assert {(theme.rank_low, theme.rank_high) for theme in facts.themes} == {(1, 2)}


def test_few_paragraphs_have_neither_intervals_nor_ranks() -> None:
    facts = Frames(note("\n\n".join(["Drugs kill. Drugs sell."] * 4))).facts
    assert not facts.ranking.known
    assert all(
        (theme.low, theme.high, theme.rank_low, theme.rank_high) == (None,) * 4
        for theme in facts.themes
    )
    assert Frames(note("\n\n".join(["Drugs kill. Drugs sell."] * 5))).facts.ranking.known


def test_no_interval_of_a_share_is_given_for_fewer_than_five_sentences(frames: Frames) -> None:
    for theme in frames.facts.themes:
        assert (theme.low is None) == (theme.sentences < 5), theme.label


def test_intervals_are_those_of_resampled_paragraphs(frames: Frames) -> None:
    """Counted again from the paragraphs drawn, by another generator; ends are steps of a 50th."""
    weights = themes.theme_weights(
        frames.document, frames.codings, bootstrap=Bootstrap(resamples=4000)
    )
    sentences = segment(frames.document, level="sentence")
    of_paragraph = sentences.groupby("paragraph")["segment_id"].agg(set)
    random = np.random.default_rng(7)
    for row in weights[weights["sentences"] >= 5].to_dict("records"):
        category = frames.codings["category"] == row["category"]
        found = set(frames.codings.loc[category, "segment_id"])
        cells = np.array([(len(ids & found), len(ids)) for ids in of_paragraph])
        top, bottom = cells[random.integers(len(cells), size=(4000, len(cells)))].sum(axis=1).T
        low, high = np.quantile(top / bottom, [0.025, 0.975])
        assert row["share_low"] == pytest.approx(low, abs=0.015)
        assert row["share_high"] == pytest.approx(high, abs=0.015)


def test_a_theme_in_one_paragraph_may_vanish_however_often_it_is_named() -> None:
    text = "\n\n".join(["Drugs. " * 9, *["They met. They left."] * 9])
    document = note(text)
    row = themes.theme_weights(
        document, code_themes(document), bootstrap=Bootstrap(resamples=500)
    ).iloc[0]
    assert (row["sentences"], row["share_low"]) == (9, 0.0)


def test_the_same_seed_gives_the_same_weights(frames: Frames) -> None:
    again = themes.theme_weights(
        frames.document, frames.codings, bootstrap=Bootstrap(resamples=200)
    )
    pd.testing.assert_frame_equal(again, frames.weights)


def test_how_many_pairs_could_be_significant(frames: Frames) -> None:
    """The probability of complete overlap, counted as the sets that hold the smaller one."""
    sizes = [theme.sentences for theme in frames.facts.themes]
    tested = math.comb(len(sizes), 2)
    attainable = sum(
        math.comb(51 - min(pair), max(pair) - min(pair)) / math.comb(51, max(pair)) <= 0.05 / tested
        for pair in combinations(sizes, 2)
    )
    pairs = frames.facts.pairs
    assert (pairs.tested, pairs.attainable, pairs.significant) == (tested, attainable, 0)
    assert 0 < attainable < tested / 2
    assert themes.attainable_pairs(sizes, 51) == attainable
    assert "The power of the test is low" in frames.passages()["pairs"]


def test_pairs_that_always_meet_are_told() -> None:
    found = Frames(note(TEXTS["always together"]))
    assert (found.facts.pairs.tested, found.facts.pairs.significant) == (1, 1)
    table = found.tables()["pairs"]
    assert table.frame["Together"].tolist() == [12]
    assert table.evidence["Together"][0] == tuple(
        f"note:p{number}.s1" for number in range(1, 24, 2)
    )
    assert "The one pair of themes occurs" in found.passages()["pairs"]


def test_pairs_meet_in_the_unit_asked_for() -> None:
    text = "\n\n".join(["Drugs kill. Terrorism too.", "They met again."] * 12)
    found = Frames(note(text), unit="paragraph")
    assert found.facts.pairs.significant == 1
    assert found.tables()["pairs"].evidence["Together"][0][0] == "note:p1"
    assert "in the same paragraph" in found.passages()["pairs"]
    assert Frames(note(text)).facts.pairs.significant == 0


def test_actors_are_counted(frames: Frames) -> None:
    actors = frames.facts.actors
    assert actors.mentions == len(frames.named)
    counts = Counter(frames.named["category"])
    assert (actors.of_issuer, actors.of_members) == (counts["issuer"], counts["issuer.members"])
    assert actors.issuer == "SCO"


@pytest.mark.parametrize(
    ("of_issuer", "of_members", "said"),
    [
        (21, 0, "21 are of the issuer (SCO)."),
        (1, 2, "not counted, 1 is of the issuer (SCO) and 2 of its members together."),
        (0, 3, "3 are of the members together."),
    ],
)
def test_the_sentence_on_actors_follows_the_facts(
    frames: Frames, of_issuer: int, of_members: int, said: str
) -> None:
    actors = replace(frames.facts.actors, of_issuer=of_issuer, of_members=of_members)
    text = themes.prose(replace(frames.facts, actors=actors))["abstract"]
    assert said in text.replace("\n", " ")


def test_the_issuer_is_named_in_the_table() -> None:
    text = "The Organization and the SCO meet the United States."
    table = Frames(note(text, organization="sco")).tables()["actors"].frame
    rows = list(zip(table["Actor"], table["Status"], strict=True))
    assert ("Shanghai Cooperation Organization", "the issuer") in rows
    joint = Frames(note("The PIF and the United States met.", organization="united-states pif"))
    shown = joint.tables()["actors"].frame
    assert dict(zip(shown["Actor"], shown["Status"], strict=True)) == {
        "Pacific Islands Forum": "one of the issuers",
        "United States": "one of the issuers",
    }


def test_the_same_words_are_no_meeting_of_two_themes() -> None:
    document = note("Trade in drugs. Drugs and trade. They met.")
    ids = ["note:p1.s1", "note:p1.s2"]
    rows = [
        ("note", ids[0], "b", "one", "p", "trade in drugs", 0, 14),
        ("note", ids[0], "b", "two", "p", "drugs", 9, 14),
        ("note", ids[1], "b", "one", "p", "drugs", 16, 21),
        ("note", ids[1], "b", "two", "p", "trade", 26, 31),
    ]
    codings = CODINGS.frame(rows)
    (pair,) = themes.cooccurrence(document, codings).to_dict("records")
    assert (pair["together"], pair["with_category"], pair["with_other"]) == (1, 2, 2)
    shown = themes.pair_table(document, codings, pd.DataFrame([pair]), codebook=BOOK, level=1.0)
    assert shown.evidence["Together"] == [(ids[1],)]


def test_themes_that_do_not_apply_are_told() -> None:
    own = Frames(note("Drugs kill.", organization="un"))
    assert own.facts.not_coded == ("The United Nations and its reform",)
    assert own.facts.categories + 1 == len(BOOK)
    assert "“The United Nations and its reform”" in own.passages()["weight"]
    unknown = Frames(note("Drugs kill."))
    assert unknown.facts.not_coded
    assert "who issued the document" in unknown.passages()["weight"]
    assert Frames(note("Drugs kill.", organization="sco")).facts.not_coded == ()


def test_an_earlier_edition_s_precision_keeps_a_theme_from_leading() -> None:
    assert SCORES is not None
    assert SCORES.first_run is not None
    for right, false, may in ((3, 2, False), (4, 1, True), (1, 2, True)):
        categories = {"security.drugs": DetectionCounts(right, false, 0)}
        run = replace(SCORES.first_run, is_of_this=False, categories=categories)
        found = Frames(note(CLEAR), scores=replace(SCORES, first_run=run)).facts.themes[0]
        assert found.label == "Drugs"
        assert found.may_lead is may


def test_sentences_of_the_document_among_the_validation_are_told(frames: Frames) -> None:
    assert frames.facts.seen == 0
    assert "this very document" not in frames.passages()["validation"]
    text = themes.prose(replace(frames.facts, seen=12))["validation"]
    assert "12 are of this document" in text


def test_long_labels_are_whole_in_the_figure(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    bundled = data_path("codebooks", "themes.toml").read_text(encoding="utf-8")
    name = BOOK[PEACE].label
    path.write_text(bundled.replace(f'"{name}"', f'"{name} in all its parts"'), encoding="utf-8")
    for book, lines in ((BOOK, 1), (load_codebook(path), 2)):
        drawn = themes.strip_plot(note("Talks bring peace. Reconciliation."), LONG, codebook=book)
        (label,) = [one.get_text() for one in drawn.axes[0].get_yticklabels()]
        assert label.split() == book[PEACE].label.split()
        assert len(label.splitlines()) == lines


def test_key_figures_are_facts(frames: Frames) -> None:
    assert themes.key_figures(frames.facts) == {
        "Themes found": f"{frames.codings['category'].nunique()} of {len(BOOK)}",
        "Sentences with a theme": f"{frames.codings['segment_id'].nunique()} of 51",
        "Actors, groups and places named": f"{frames.named['category'].nunique()}",
    }
    assert themes.key_figures(Frames(note(TEXTS["Russian"])).facts) == {}


# Validation


def test_the_committed_scores_are_of_today() -> None:
    stored = pd.read_csv(
        data_path("reference", SCORES_FILE), keep_default_na=False, na_values="nan"
    )
    now = scores_in_sample(BOOK)
    pd.testing.assert_frame_equal(stored, now, check_dtype=False)
    assert (stored["average"] == "micro").sum() == 3


def test_scores_kept_of_another_edition_are_measured_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    # `topics.themes.validation` is the function of that name.
    module = importlib.import_module("sco_research.topics.themes.validation")
    made_of, measured = module._made_of, module.scores_in_sample
    monkeypatch.setattr(module, "scores_in_sample", lambda book: pytest.fail("coded"))
    assert themes.validation(BOOK) is not None
    monkeypatch.setattr(module, "_made_of", lambda book: {**made_of(book), HASH: "0" * 64})
    monkeypatch.setattr(module, "scores_in_sample", lambda book: measured(book).tail(1))
    found = themes.validation(BOOK)
    assert found is not None
    assert set(found.scores[HASH]) == {"0" * 64}
    assert len(found.scores) == 1


def test_the_reference_coding_is_the_one_that_is_scored() -> None:
    assert SCORES is not None
    settled = load_reference(load_document("sco-2013-bishkek"), scheme="themes").settled
    given = settled.loc[settled["value"] == "yes", ["segment_id", "category"]]
    assert sorted(map(tuple, SCORES.settled.to_numpy())) == sorted(map(tuple, given.to_numpy()))


def test_scores_belong_to_the_bundled_codebook_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("peace: [peace*]\n", encoding="utf-8")
    assert themes.validation(load_codebook(path)) is None
    said = Frames(note("Drugs kill."), scores=None).passages()
    assert "accuracy of the coding is not known" in said["validation"]
    assert "Precision" not in said["themes_caption"]
    table = Frames(note("Drugs kill."), scores=None).tables()["themes"].frame
    assert {"Precision (%)", "Recall (%)", "F1 (%)", "Reference"}.isdisjoint(table.columns)


def test_the_declaration_has_its_own_scores(frames: Frames, checkout: Path) -> None:
    """Counted again from the settled sheet and the codings, sentence by sentence."""
    path = checkout / "data" / "reference" / "sco-2013-bishkek.themes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        sheet = {row["segment_id"]: set(row["themes"].split(";")) for row in csv.DictReader(file)}
    asked = (path.parent / "sco-2013-bishkek.themes.asked.txt").read_text(encoding="utf-8").split()
    table = frames.tables()["themes"].frame.set_index("Theme")
    for category, here in frames.codings.groupby("category"):
        found = set(here["segment_id"])
        given = {name for name, answers in sheet.items() if category in answers}
        row = table.loc[BOOK[str(category)].label]
        if category not in asked:
            assert row["Reference"] == row["False"] == row["Missed"] == "–"
            continue
        assert row["Reference"] == len(given)
        assert (row["False"], row["Missed"]) == (len(found - given), len(given - found))
    assert "Precision (%)" not in table, "no interval where there is no population"


RUN = ThemesFirstRun(
    "two issuers",
    40,
    "1.2.0",
    True,
    {"economy": DetectionCounts(6, 2, 1), "history": DetectionCounts(0, 1, 0)},
)


def test_another_document_has_the_scores_of_the_first_run() -> None:
    assert SCORES is not None
    found = Frames(note("Banks lend. Drugs kill."), scores=replace(SCORES, first_run=RUN))
    table = found.tables()["themes"].frame.set_index("Theme")
    assert "Reference" not in table
    assert table.loc["Economy, trade and finance", "Precision (%)"] == "75 (35–97)"
    assert table.loc["Economy, trade and finance", "Recall (%)"] == "86 (42–100)"
    assert table.loc["Economy, trade and finance", "F1 (%)"] == pytest.approx(80)
    assert table.loc["Drugs", "Precision (%)"] == "–", "the first run had no such theme"
    said = found.passages()["validation"]
    assert "40 held-out sentences of two issuers" in said
    assert "a precision of 67 % (6 of 9 decisions; 95 % interval 30 % to 93 %)" in said
    assert "in sample" not in said


def test_an_edition_without_a_first_run_is_not_given_another_s() -> None:
    assert SCORES is not None
    without = replace(SCORES, first_run=None)
    found = Frames(note("Drugs kill."), scores=without)
    assert found.passages()["validation"].startswith("The accuracy of this edition")
    assert set(found.tables()["themes"].frame).isdisjoint({"Precision (%)", "First run (%)"})


def test_the_first_run_is_read_for_the_edition_that_was_run(checkout: Path) -> None:
    assert SCORES is not None
    folder = checkout / "data" / "reference"
    sets, by_theme = (
        list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("first-runs-themes-set", "first-runs-themes")
    )
    (run,), rows = sets, by_theme
    counts = ("right", "false", "missed")
    expected = {row["theme"]: DetectionCounts(*(int(row[name]) for name in counts)) for row in rows}
    assert SCORES.first_run is not None
    assert SCORES.first_run.categories == expected
    assert SCORES.first_run.edition == run["codebook"]
    assert SCORES.first_run.is_of_this is (BOOK.edition == f"themes {run['codebook']}")


def test_development_is_told_from_held_out_and_only_of_its_edition(checkout: Path) -> None:
    assert SCORES is not None
    path = checkout / "data/reference/themes-development.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    found = SCORES.development
    assert found is not None, "the development answers are of another edition: run the benchmark"
    assert {row["now_of"] for row in rows} == {BOOK.edition}
    assert (found.sentences, found.documents) == (
        len(rows),
        len({row["document"] for row in rows}),
    )
    numbers = list(dict.fromkeys(row["set"] for row in rows))
    for part, number in zip(found.sets, numbers, strict=True):
        of_set = [row for row in rows if row["set"] == number]
        assert part.sentences == len(of_set)
        assert {row["first_run_of"] for row in of_set} == {part.commit}
        assert {row["first_run_edition"] for row in of_set} == {f"themes {part.edition}"}
        assert part.first == decisions(of_set, "first_run")
        assert part.now == decisions(of_set, "now")
        assert part.now.f1 >= 0.92 or part.now == part.first
    assert found.now == decisions(rows, "now")
    said = Frames(note("Banks lend. Drugs kill."), scores=SCORES).passages()["validation"]
    assert "(development)" in said
    assert "These runs were no independent tests" in said
    none = Frames(note("Banks lend."), scores=replace(SCORES, development=None)).passages()
    assert "(development)" not in none["validation"]


def decisions(rows: list[dict[str, str]], answers: str) -> DetectionCounts:
    """Return the counts of a run from its cells: the decisions on which both coders agree."""
    right = false = missed = 0
    for row in rows:
        a, b, program = (
            set(row[name].split(";")) - {"none"} for name in ("coder_a", "coder_b", answers)
        )
        right += len(a & b & program)
        false += len(program - a - b)
        missed += len((a & b) - program)
    return DetectionCounts(right, false, missed)


def test_the_first_runs_on_development_sentences_stand_and_are_both_said() -> None:
    assert SCORES is not None
    assert SCORES.development is not None
    one, two = SCORES.development.sets
    assert (one.edition, one.commit, one.sentences) == ("2.0.0", "7d659a0", 200)
    assert one.first == DetectionCounts(279, 70, 40)
    assert (two.edition, two.commit, two.sentences) == ("2.2.0", "cad17d8", 200)
    assert two.first == DetectionCounts(296, 74, 36)
    said = Frames(note("Banks lend."), scores=SCORES).passages()["validation"].replace("\\", "")
    assert "83.5 % with edition 2.0.0 (200 sentences)" in said.replace("\xa0", " ")
    assert "84.3 % with edition 2.2.0 (200 other sentences)" in said.replace("\xa0", " ")


def test_counts_are_corrected_where_the_first_run_had_enough_of_the_theme() -> None:
    assert SCORES is not None
    counts = {"economy": DetectionCounts(8, 4, 2), "security.drugs": DetectionCounts(3, 0, 1)}
    run = ThemesFirstRun("two issuers", 40, "2.0.0", True, counts)
    found = Frames(note("Banks lend. Drugs kill. They met."), scores=replace(SCORES, first_run=run))
    by_id = {theme.id: theme.estimate for theme in found.facts.themes}
    assert by_id["security.drugs"] is None, "four sentences are too few"
    economy = by_id["economy"]
    assert economy is not None
    assert economy == predicted_count(
        1, 3, [Confusion(8, 4, 2, 26)], bootstrap=Bootstrap(resamples=200)
    )
    shown = found.tables()["themes"].frame.set_index("Theme")["Corrected"]
    assert shown["Drugs"] == "–"
    assert shown["Economy, trade and finance"].startswith(f"{economy.value:.1f} (")
    said = found.passages()
    assert "only these figures over all themes are known" in said["validation"]
    assert "predictive interval" in said["themes_caption"]


def test_a_run_of_another_edition_is_said_and_corrects_nothing() -> None:
    assert SCORES is not None
    run = ThemesFirstRun("two issuers", 40, "1.0.0", False, {"economy": DetectionCounts(8, 4, 2)})
    found = Frames(note("Banks lend. Drugs kill."), scores=replace(SCORES, first_run=run))
    assert found.facts.estimated == 0
    table = found.tables()["themes"].frame
    assert "Corrected" not in table
    assert "Precision (%)" not in table
    # 8 of the 12 sentences that the first run gave the theme; of the other it had none.
    assert table["First run (%)"].tolist() == ["67 (35–90)", "–"]
    caption = found.passages()["themes_caption"].replace("\\", "")
    assert "first run of edition 1.0.0" in caption
    assert "not corrected for it" in caption
    said = found.passages()["validation"].replace("\\", "")
    assert "Edition 1.0.0, at its first run on" in said
    assert "so their counts are not corrected for them" in said


def test_the_coded_document_is_compared_and_not_corrected(frames: Frames) -> None:
    assert frames.facts.estimated == 0
    found = frames.facts.in_sample
    assert found is not None
    table = frames.tables()["themes"].frame
    for count, header in ((found.false, "False"), (found.missed, "Missed")):
        # A theme that was missed wherever the reference has it has no row.
        assert count >= sum(number for number in table[header] if number != "–")
    said = " ".join(frames.passages()["validation"].split())
    assert f"agree on {found.right} assignments of a theme to a sentence" in said
    assert f"{found.missed} of the reference’s are missed" in said
    assert "asked for 30 of the 44 themes of the codebook" in said
    assert "fit its very wording" in frames.passages()["words"]


def test_the_first_run_names_themes_of_the_codebook(checkout: Path) -> None:
    text = (checkout / "data" / "reference" / "first-runs-themes.csv").read_text(encoding="utf-8")
    expected = [row["theme"] for row in csv.DictReader(text.splitlines())]
    assert set(expected) <= {category.id for category in BOOK}


# Tables


def shown_in(cell: object) -> list[int]:
    """Return the counts that a cell shows."""
    if isinstance(cell, str):
        return [int(number) for number in re.findall(r"\((\d+)\)", cell)]
    return [int(str(cell))]


def lists_of(cell: Cell) -> list[list[str]]:
    """Return the ids behind each count of a cell: of the whole, or of each piece of words."""
    whole = [one for one in cell if isinstance(one, str)]
    pieces = [list(one[1]) for one in cell if not isinstance(one, str)]
    return [ids for ids in pieces if ids] if pieces else [whole]


@pytest.mark.parametrize("name", ["declaration", *TEXTS])
def test_each_count_is_the_length_of_its_list(declaration: Document, name: str) -> None:
    document = declaration if name == "declaration" else note(TEXTS[name])
    known = set(segment(document)["segment_id"])
    counted = Counter[str]()
    for title, table in Frames(document).tables().items():
        for column, cells in table.evidence.items():
            for row, cell in enumerate(cells):
                lists = lists_of(cell)
                assert {one for ids in lists for one in ids} <= known
                if column != "Share (%)" and table.frame[column].iloc[row] != "–":
                    counts = shown_in(table.frame[column].iloc[row])
                    assert counts == [len(ids) for ids in lists], (title, column)
                    counted[title] += len(counts)
    assert set(counted) >= (
        {"themes", "words", "sections", "actors"} if name == "sections" else set()
    )


def test_the_tables_hold_what_the_frames_hold(frames: Frames) -> None:
    tables = {name: table.frame for name, table in frames.tables().items()}
    assert tables["words"]["Matches"].sum() == len(frames.codings)
    assert tables["themes"]["Sentences"].is_monotonic_decreasing
    assert len(tables["themes"]) == len(frames.facts.themes) == len(tables["words"])
    assert tables["sections"]["Sentences"].sum() == 51
    assert tables["sections"]["Paragraphs"].tolist()[:2] == ["¶ 1", "¶ 2–8"]
    assert tables["sections"]["Themes (sentences)"].iloc[4] == "Economy, trade and finance (5)"
    assert tables["actors"]["Mentions"].is_monotonic_decreasing
    status = dict(zip(tables["actors"]["Actor"], tables["actors"]["Status"], strict=True))
    assert status["Iran"] == "observer", "in 2013 Iran was no member yet"


def test_words_are_counted_whatever_their_case() -> None:
    table = Frames(note("Drugs kill. They sell drugs and opium.")).tables()["words"].frame
    assert table["Words (matches)"].tolist() == ["Drugs (2); opium (1)"]


def test_a_text_without_sections_has_no_table_of_sections() -> None:
    found = Frames(note("Drugs kill. Banks lend.\n\nThey met."))
    assert found.facts.sections == 0
    assert found.tables()["sections"].frame.empty


def test_status_follows_the_date_and_the_issuer() -> None:
    text = "Iran and India and Belarus and Ukraine met."
    expected = {
        2004: [
            "other state or territory",
            "other state or territory",
            "other state or territory",
            "other state or territory",
        ],
        2013: ["observer", "observer", "dialogue partner", "other state or territory"],
        2024: ["member", "member", "member", "other state or territory"],
    }
    for year, statuses in expected.items():
        document = Document.from_text(
            text,
            id="note",
            date=datetime.date(year, 12, 1),
            organization="sco",
        )
        table = Frames(document).tables()["actors"].frame
        status = dict(zip(table["Actor"], table["Status"], strict=True))
        assert [status[name] for name in ("Iran", "India", "Belarus", "Ukraine")] == statuses
    seven = Frames(note("Iran and Japan and the G7 and the WHO met.", organization="g7"))
    table = seven.tables()["actors"].frame
    assert dict(zip(table["Actor"], table["Status"], strict=True)) == {
        "Iran": "other state or territory",
        "Japan": "member",
        "Group of Seven": "the issuer",
        "World Health Organization": "international body",
    }
    unknown = Frames(note(text))
    assert "Status" not in unknown.tables()["actors"].frame
    assert "nothing about membership" in unknown.passages()["actors"]


# Sentences


FAULTS = (
    (r"\b1 (?:pairs|sentences|themes|actors|mentions|paragraphs|sections)\b", "a plural of one"),
    (r"\b0 of|\b0 (?:pairs|sentences|themes|actors|mentions)\b", "a count of nothing"),
    (r"\bnan\b|\bNone\b|<NA>|NaN|\{\{|\{%", "a value that is none"),
    (r"  |\s[.,;:]|\(\)|“”|\.\.(?!/)", "a hole"),
    (r"(?m)^(?!#|@)[a-z]", "a sentence with a small letter"),
    (r"(?m)^(?!#).*[^.:\n]$", "a sentence without an end"),
    (r"[a-z](?:has|have|found|each|at|of)\b(?<!that)(?<!what)(?<!whereat)[A-Z]", "run together"),
)


@pytest.mark.parametrize("scored", [True, False])
@pytest.mark.parametrize("name", ["declaration", *TEXTS])
def test_every_passage_reads_well(declaration: Document, name: str, scored: bool) -> None:
    document = declaration if name == "declaration" else note(TEXTS[name])
    passages = Frames(document, scores=SCORES if scored else None).passages()
    for block, text in passages.items():
        if block == "title":
            continue
        assert text
        for pattern, fault in FAULTS:
            assert not re.search(pattern, text), (block, fault, text)


A, B, C = "Drugs", "Economy, trade and finance", "Iran"


@pytest.mark.parametrize(
    ("candidates", "imprecise", "weight"),
    [
        (
            (A, B),
            0,
            "The themes that could rank first or tie for first are “Drugs” and “Economy",
        ),
        (
            (A, C),
            1,
            "Three themes could rank first or tie for first: “Drugs” and “Iran”, and one that",
        ),
        (
            (A, C),
            2,
            "Four themes could rank first or tie for first: “Drugs” and “Iran”, and two that",
        ),
        ((), 2, "No theme is named as possibly the most frequent"),
        ((), 1, "alone could rank first within the 95 % intervals of the ranks, but is not called"),
        ((A, B, C), 3, "in one sentence only.\nThe patterns found"),
    ],
)
def test_what_is_said_of_the_first_rank(
    frames: Frames, candidates: tuple[str, ...], imprecise: int, weight: str
) -> None:
    ranking = replace(
        frames.facts.ranking,
        candidates=candidates,
        imprecise=imprecise,
        contenders=len(candidates) + imprecise,
        first=replace(frames.facts.themes[0], precisions=()),
    )
    text = themes.prose(replace(frames.facts, ranking=ranking))
    assert weight in text["weight"]
    assert ("the order is uncertain" in text["abstract"]) == (ranking.contenders > 1)
    for pattern, fault in FAULTS:
        assert not re.search(pattern, text["weight"]), fault
        assert not re.search(pattern, text["abstract"]), fault


def test_an_imprecise_first_theme_is_named_with_its_errors_at_the_first_run() -> None:
    assert SCORES is not None
    drugs = DetectionCounts(1, 5, 0)
    run = ThemesFirstRun("two issuers", 40, "1.0.0", False, {"security.drugs": drugs})
    weight = Frames(note(CLEAR), scores=replace(SCORES, first_run=run)).passages()["weight"]
    assert "“Drugs” alone could rank first" in weight
    assert "only 1 of the 6 sentences given this theme had it" in weight


def test_a_theme_that_leads_whatever_its_errors_is_named() -> None:
    """22 sentences lead over one, also where only the least share that is likely is right."""
    assert SCORES is not None
    drugs = DetectionCounts(4, 2, 0)
    run = ThemesFirstRun("two issuers", 40, "1.0.0", False, {"security.drugs": drugs})
    found = Frames(note(CLEAR), scores=replace(SCORES, first_run=run)).facts
    assert found.ranking.leader is not None
    assert not found.ranking.leader.may_lead
    assert 1 < found.ranking.leader.at_least < 22 * 4 / 6


def test_the_leading_theme_is_shown_with_the_words_that_make_it() -> None:
    assert SCORES is not None
    runs = {"security.drugs": DetectionCounts(9, 1, 0)}
    run = ThemesFirstRun("two issuers", 40, "1.0.0", False, runs)
    text = CLEAR + "\n\nTerrorism spreads. Health matters. DRUGS and narcotics kill."
    found = Frames(note(text), scores=replace(SCORES, first_run=run))
    abstract = found.passages()["abstract"]
    assert found.facts.ranking.leader is not None
    assert found.facts.ranking.leader.words == (("drugs", 23), ("narcotics", 1))
    assert "24 matches; the words matched most often are “drugs” (23) and “nar" in abstract
    assert "of an earlier edition, 9 of the 10 sentences given this theme had it" in abstract


@pytest.mark.parametrize(
    ("top", "said"),
    [
        ((A,), "“Drugs” has the highest count, 7 sentences;"),
        ((A, C), "“Drugs” and “Iran” have the highest count, 7 sentences each;"),
        ((A, B, C, "Energy"), "The highest count, 7 sentences, is shared by 4 themes;"),
    ],
)
def test_the_highest_count_is_told_with_its_themes(
    frames: Frames, top: tuple[str, ...], said: str
) -> None:
    found = frames.facts.ranking
    most = max(theme.sentences for theme in frames.facts.themes)
    expected = {theme.label for theme in frames.facts.themes if theme.sentences == most}
    assert (found.max_sentences, set(found.top)) == (most, expected)
    facts = replace(frames.facts, ranking=replace(found, top=top, max_sentences=7))
    assert said in themes.prose(facts)["abstract"]


@pytest.mark.parametrize(
    ("tested", "attainable", "significant", "said"),
    [
        (0, 0, 0, "Fewer than two themes occur"),
        (1, 0, 0, "the one pair of themes could not be significant"),
        (1, 1, 0, "it could have, if both themes always occurred together"),
        (1, 1, 1, "The one pair of themes occurs in the same sentence more often"),
        (10, 0, 0, "none of the 10 pairs of themes could be significant at the 5 % level"),
        (10, 4, 0, "the 10 pairs of themes occurs in the same sentence significantly more often"),
        (10, 4, 0, "only 4 of these pairs could have been significant at all"),
        (10, 5, 0, "None of the 10 pairs of themes occurs in the same sentence more often"),
        (10, 5, 2, "Of the 10 pairs of themes, two occur in the same sentence"),
    ],
)
def test_what_is_said_of_pairs(
    frames: Frames, tested: int, attainable: int, significant: int, said: str
) -> None:
    pairs = themes.Pairs("sentence", tested, attainable, significant)
    text = themes.prose(replace(frames.facts, pairs=pairs))
    assert said in text["pairs"]
    assert ("@tbl-pairs" in text["pairs"]) == bool(significant)
    assert ("independence" in text["abstract"]) == bool(significant)


def test_a_text_in_another_language_is_not_said_to_be_silent() -> None:
    said = Frames(note(TEXTS["Russian"])).passages()
    assert "in Russian" in said["abstract"]
    assert "No statement about its themes can be made" in said["abstract"]
    assert "The patterns found" not in said["weight"]


def test_a_document_s_words_do_not_become_markup() -> None:
    document = note(TEXTS["markup"], title="A [b](c) <i>")
    assert r"\[b\]" in Frames(document).passages()["title"]


def test_a_template_of_one_s_own(frames: Frames, tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(
        "{% block abstract %}{{ f.hits | count('hit') }}{% endblock %}", encoding="utf-8"
    )
    assert themes.prose(frames.facts, path)["abstract"] == f"{len(frames.codings)} hits"
    path.write_text("{% block abstract %}{{ f.hit }}{% endblock %}", encoding="utf-8")
    with pytest.raises(ParameterError, match="the facts are"):
        themes.prose(frames.facts, path)["abstract"]


def test_the_figure_is_the_same_bytes_each_time(frames: Frames) -> None:
    for document, codings in [
        (frames.document, frames.codings),
        (note("They met."), code_themes(note("They met."))),
    ]:
        one, other = (
            figure_svg(themes.strip_plot(document, codings, codebook=BOOK)) for _ in range(2)
        )
        assert one == other


# The report as a whole


def report_of(document: str, folder: Path) -> tuple[str, Report]:
    """Run the notebook's cells and return the report's Markdown before it is written."""
    names: dict[str, object] = {}
    source = json.loads((notebooks_folder() / "themes.ipynb").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "save", Report.markdown)
        for cell in source["cells"]:
            if cell["cell_type"] != "code":
                continue
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= {"output_folder": str(folder), "resamples": 100, "document_id": document}
    report = names["report"]
    assert isinstance(report, Report)
    return report.markdown(), report


def body_of(markdown: str) -> tuple[list[str], int]:
    """Return the words of the body without captions, and its number of tables and figures."""
    body = markdown.split("---", 2)[2].partition("\n## Annex")[0]
    exhibits = len(re.findall(r"(?m)^::: \{#tbl-|^!\[\*\*Figure", body))
    body = re.sub(r"(?m)^!\[.*$", "", body)
    body = re.sub(r"(?ms)^: \*\*Table.*?^:::", "", body)
    body = re.sub(r"\]\([^)]*\)|\{[^}]*\}", " ", body)
    return re.findall(r"\w[\w.’-]*", body), exhibits


@pytest.mark.parametrize("name", ["sco-2013-bishkek", "valley-2012", "one sentence", "Russian"])
def test_the_body_keeps_its_limits(name: str, checkout: Path, tmp_path: Path) -> None:
    document = name
    if name == "valley-2012":
        document = str(checkout / "tests" / "fixtures" / "corpus" / f"{name}.txt")
    elif name in TEXTS:
        path = tmp_path / "own.txt"
        path.write_text(TEXTS[name], encoding="utf-8")
        document = str(path)
    markdown, _ = report_of(document, tmp_path)
    words, exhibits = body_of(markdown)
    assert len(words) <= 1500
    assert exhibits <= 6
    assert (
        exhibits == {"sco-2013-bishkek": 4, "valley-2012": 4, "one sentence": 2, "Russian": 0}[name]
    )
    assert "nan" not in words


def test_the_report_of_the_declaration_says_what_its_table_says(
    declaration: Document, tmp_path: Path
) -> None:
    assert load_document("sco-2013-bishkek") == declaration
    markdown, _ = report_of("sco-2013-bishkek", tmp_path)
    assert "| Security in general | [5]" in markdown
    header, iran = (
        next(line for line in markdown.splitlines() if line.startswith(f"| {name} |"))
        for name in ("Theme", "Iran")
    )
    assert [cell.strip() for cell in header.split("|")][-4:-1] == ["Reference", "False", "Missed"]
    # Seven by the reference, of which the patterns have four and none besides.
    assert [re.sub(r"\(.*|[\[\] ]", "", cell) for cell in iran.split("|")][-4:-1] == ["7", "0", "3"]


ISSUER_KINDS = {
    "": "could not be recognized in the title, the header or the opening formula",
    "un": "The issuer, United Nations, is taken from the parameter organization.",
    "asean united-states": "Association of Southeast Asian Nations and United States, are taken "
    "from the parameter organization; the members are those of Association of Southeast Asian "
    "Nations, with whom United States issues the text.",
}


@pytest.mark.parametrize("organization", ISSUER_KINDS)
def test_the_report_says_whose_the_document_is(organization: str) -> None:
    text = "The General Assembly met. ASEAN, the United States and Japan spoke."
    found = Frames(note(text, organization=organization))
    assert ISSUER_KINDS[organization] in found.passages()["method"]
    table = found.tables()["actors"].frame
    if not organization:
        assert "Status" not in table
        return
    status = dict(zip(table["Actor"], table["Status"], strict=True))
    if organization == "un":
        assert status["UN General Assembly"] == "organ of the issuer"
        assert status["Japan"] == "member"
    else:
        assert status["United States"] == "one of the issuers"
        assert status["Japan"] == "other state or territory"


def test_the_reference_is_told_beside_the_patterns(frames: Frames) -> None:
    """What leads by the patterns need not lead by the coding they are held against."""
    rows = pd.read_csv(data_path("reference", "sco-2013-bishkek.themes.csv"), dtype=str)
    given = rows["themes"].str.split(";").explode().str.strip()
    given = given[~given.isin(["", "none"]) & given.notna()]
    counts = given.value_counts()
    found = frames.facts
    assert found.in_sample is not None
    assert found.in_sample.sentences == given.index.nunique()
    assert found.in_sample.most == counts.max()
    assert len(found.in_sample.top) == (counts == counts.max()).sum()
    said = themes.prose(found)["abstract"]
    assert f"gives a theme to {found.in_sample.sentences}" in said
    assert all(f"“{label}”" in said for label in found.in_sample.top)
