"""A random sample to be coded by hand: how it is drawn, and what it says of the program."""

import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sco_research import Document
from sco_research.coding.reliability import samples
from sco_research.coding.reliability.schemes import COMMITMENTS
from sco_research.coding.reliability.sheets import coding_sheet, write_sheet
from sco_research.errors import CodingError, ParameterError
from tests.commands import run_command

TEXT = "We will build a school. " * 30 + "The lake is deep. " * 70
NOTE = Document.from_text(TEXT, id="note")
ANSWERS = samples.program_finds(NOTE, "strict")
RATES = (0.95, 0.05)


def test_the_program_answers_every_sentence() -> None:
    assert samples.strata_of(ANSWERS) == (30, 70)
    themes = samples.program_finds(Document.from_text("Drugs kill. They met.", id="n"), "health")
    assert not themes["found"].any()
    assert samples.program_finds([], "strict").empty
    with pytest.raises(ParameterError, match="choose strict, broad, or a theme"):
        samples.program_finds(NOTE, "helth")


@pytest.mark.parametrize("size", [2, 10, 20, 60, 99, 100, 500])
def test_a_sample_has_its_size_and_both_strata(size: int) -> None:
    drawn = samples.draw_sample(ANSWERS, size, rates=RATES)
    found, others = samples.strata_of(drawn[drawn["drawn"]])
    assert found + others == min(size, 100)
    assert min(found, others) >= min(5, size // 2)
    assert samples.draw_sample(ANSWERS, size, rates=RATES).equals(drawn)
    if size < 99:
        other = samples.draw_sample(ANSWERS, size, rates=RATES, seed=7)
        assert not other["drawn"].equals(drawn["drawn"])


def test_every_sentence_of_a_stratum_is_as_likely() -> None:
    draws = [
        samples.draw_sample(ANSWERS, 40, rates=RATES, seed=seed)["drawn"].to_numpy()
        for seed in range(300)
    ]
    for found in (True, False):
        here = np.mean(draws, axis=0)[ANSWERS["found"] == found]
        assert here.max() - here.min() < 0.25


def test_a_stratum_without_sentences_takes_no_draw() -> None:
    none = ANSWERS[~ANSWERS["found"]]
    drawn = samples.draw_sample(none, 10, rates=RATES)
    assert samples.strata_of(drawn[drawn["drawn"]]) == (0, 10)
    with pytest.raises(ParameterError, match="draw two"):
        samples.draw_sample(ANSWERS, 1, rates=RATES)


def test_a_larger_sample_is_expected_to_be_surer_and_near_the_truth() -> None:
    strata = samples.strata_of(ANSWERS)
    widths = []
    for size in (10, 30, 60, 90):
        made = samples.expected_estimate(strata, size, rates=RATES)
        assert made.low <= 30 * 0.95 + 70 * 0.05 <= made.high
        widths.append(made.high - made.low)
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 2 * widths[-1]


def test_what_is_expected_comes_true() -> None:
    """A coder who errs as expected gets, on average, the interval that was told beforehand."""
    told = samples.expected_estimate((30, 70), 40, rates=RATES)
    drawn = samples.draw_sample(ANSWERS, 40, rates=RATES)
    missed = set(ANSWERS.loc[~ANSWERS["found"], "segment_id"].iloc[:4])
    coded = {
        name: found or name in missed
        for name, found in zip(ANSWERS["segment_id"], ANSWERS["found"], strict=True)
    }
    made = samples.sampled_errors(drawn, coded)
    assert made.estimate.high - made.estimate.low == pytest.approx(told.high - told.low, abs=4)


def test_the_rates_are_those_of_first_runs() -> None:
    found, others = samples.expected_rates(ANSWERS, "sco")
    assert found > 0.97
    assert others < samples.expected_rates(ANSWERS, "g20")[1]
    of_theme = ANSWERS.assign(question="economy")
    rare = ANSWERS.assign(question="no-such-theme")
    assert samples.expected_rates(of_theme) != samples.expected_rates(rare)
    assert samples.expected_rates(ANSWERS.iloc[:0])[0] >= 0


def test_hand_codings_correct_the_count() -> None:
    drawn = samples.draw_sample(ANSWERS, 100, rates=RATES)
    coded = dict(zip(ANSWERS["segment_id"], ANSWERS["found"], strict=True))
    wrong = ANSWERS.loc[ANSWERS["found"], "segment_id"].iloc[0]
    missed = ANSWERS.loc[~ANSWERS["found"], "segment_id"].iloc[:5]
    coded |= {wrong: False} | dict.fromkeys(missed, True)
    made = samples.sampled_errors(drawn, coded)
    assert (made.found, made.of) == (30, 100)
    assert (made.precision.hits, made.precision.of) == (29, 30)
    assert (made.omission.hits, made.omission.of) == (5, 70)
    assert (made.estimate.value, made.estimate.low, made.estimate.high) == (34, 34, 34)
    with pytest.raises(ParameterError, match="code at least one of each stratum"):
        samples.sampled_errors(drawn, {wrong: False})


def test_sentences_that_were_not_drawn_say_nothing() -> None:
    drawn = samples.draw_sample(ANSWERS, 20, rates=RATES)
    coded = dict.fromkeys(drawn.loc[drawn["drawn"], "segment_id"], True)
    made = samples.sampled_errors(drawn, coded)
    more = samples.sampled_errors(drawn, coded | dict.fromkeys(ANSWERS["segment_id"], True))
    assert made == more


def command(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_command("coding", *words, cwd=cwd)


def test_from_the_sample_to_the_corrected_count(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    words = ("sample", "-d", "note.txt", "-n", "30", "--format", "csv", "--coder", "anna")
    done = command(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "30 of 100 sentences" in done.stdout
    assert "95 % interval" in done.stdout
    assert "100 coded   exactly" in done.stdout
    sheet = pd.read_csv(tmp_path / "note.strict.anna.csv", dtype=str, keep_default_na=False)
    assert len(sheet) == 30
    # The coder sees no answer of the program.
    assert not {"found", "drawn"} & set(sheet.columns)
    assert (sheet[["strict", "broad"]] == "").all(axis=None)
    again = command(*words, cwd=tmp_path)
    assert again.returncode == 1
    assert "may be filled in" in again.stderr

    is_one = sheet["text"].str.startswith("We will")
    filled = sheet.assign(strict=is_one.map({True: "yes", False: "no"}))
    filled.to_csv(tmp_path / "note.strict.anna.csv", index=False)
    corrected = ("agree", "-d", "note.txt", "--sample", "note.strict.sample.csv")
    done = command(*corrected, "note.strict.anna.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the program finds 30 of 100 sentences" in done.stdout
    assert "estimate 30.0, 95 % interval" in done.stdout


def test_a_design_that_is_not_of_the_documents_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    drawn = samples.draw_sample(ANSWERS, 20, rates=RATES)
    yes_no = {name: drawn[name].map({True: "yes", False: "no"}) for name in ("found", "drawn")}
    drawn.assign(**yes_no).to_csv(path, index=False)
    assert samples.read_sample(path, NOTE).equals(drawn)
    for text, complaint in (
        (TEXT.replace("lake", "sea"), "other words"),
        (TEXT + "It is cold.", "not in the sample's design"),
        (TEXT.removesuffix("The lake is deep. "), "no sentence of the documents"),
    ):
        with pytest.raises(CodingError, match=complaint):
            samples.read_sample(path, Document.from_text(text, id="note"))
    drawn.to_csv(path, index=False)
    with pytest.raises(CodingError, match="write yes or no"):
        samples.read_sample(path, NOTE)
    write_sheet(coding_sheet(NOTE, scheme=COMMITMENTS), tmp_path / "s.csv", scheme=COMMITMENTS)
    for name, complaint in (("s.csv", r"name a sample\.csv"), ("none.csv", "cannot be read")):
        with pytest.raises(CodingError, match=complaint):
            samples.read_sample(tmp_path / name, NOTE)
