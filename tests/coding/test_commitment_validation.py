"""How far the coder meets the codings there are: in sample, out of it, and without each rule."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research import load_document
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.out_of_sample import ANSWERS, as_first_coded, out_of_sample
from sco_research.coding.commitments.validation import (
    SCORES_FILE,
    answers_to,
    measured,
    score_out_of_sample,
)
from sco_research.coding.reliability.program import commitment_answers
from sco_research.coding.reliability.reference import load_reference
from sco_research.errors import CodingError
from sco_research.resources import data_path


def test_in_sample_at_most_one_sentence_is_wrong_on_strict() -> None:
    document = load_document("sco-2013-bishkek")
    keys = ["segment_id", "variable"]
    settled = load_reference(document, scheme="commitments").settled
    both = settled.merge(commitment_answers(document), on=keys, suffixes=("", "_program"))
    wrong = both.loc[both["value"] != both["value_program"], "variable"].value_counts()
    both = both[both["variable"].isin(list(ANSWERS))]
    assert len(both) == len(ANSWERS) * 51
    assert wrong.get("strict", 0) <= 1
    assert wrong.get("binding", 0) <= 1
    assert wrong.get("speech_act", 0) <= 5


def test_out_of_sample_each_hand_is_reported_apart() -> None:
    sentences = out_of_sample()
    assert len(sentences) >= 110
    for coder, part in sentences.groupby("coder"):
        row = measured(answers_to(part), part, name=str(coder)).iloc[0]
        assert row["strict_f1"] >= 0.9, coder


def test_half_of_the_sentences_are_traps() -> None:
    sentences = out_of_sample()
    traps = sentences[sentences["trap"] != ""]["trap"].value_counts()
    assert traps["yes"] >= 0.45 * traps.sum()


def test_the_protocols_identities_hold_out_of_sample() -> None:
    sentences = out_of_sample()
    leveled = sentences[sentences["binding"] != ""]
    assert ((leveled["binding"] == "none") == (leveled["broad"] == "no")).all()
    assert not ((sentences["strict"] == "yes") & (sentences["broad"] == "no")).any()


def test_false_positives_on_what_is_no_commitment() -> None:
    sentences = out_of_sample()
    none = sentences[sentences["broad"] == "no"]
    found = answers_to(none)
    assert (found["broad"] == "yes").mean() < 0.10


def test_the_first_runs_are_kept_and_show() -> None:
    sentences = out_of_sample()
    first = sentences[sentences["first_strict"] != ""]
    assert first["document"].nunique() >= 30
    for coder, part in first.groupby("coder"):
        row = measured(answers_to(part), part, name=str(coder)).iloc[0]
        strict = as_first_coded(part)["strict"] == "yes"
        hits = ((part["first_strict"] == "yes") & strict).sum()
        said = (part["first_strict"] == "yes").sum() + strict.sum()
        assert row["first_run_f1"] == pytest.approx(2 * hits / said)


def test_rows_of_a_document_are_read_where_they_stand() -> None:
    rows = pd.DataFrame(
        [
            ("1", "paragraph", "The Parties will:"),
            ("2", "line", "- open a joint seed bank;"),
            ("3", "line", "- train their foresters."),
            ("4", "paragraph", "The fairs were held in May."),
            ("5", "sentence", "They will help trade."),
        ],
        columns=["id", "begins", "text"],
    ).assign(document="d", organization="")
    found = answers_to(rows)
    assert found["id"].tolist() == rows["id"].tolist()
    assert found["strict"].tolist() == ["yes", "yes", "yes", "no", "no"]


def test_a_row_that_begins_nothing_known_is_named() -> None:
    rows = pd.DataFrame(
        [("7", "d", "verse", "The Parties will trade.")],
        columns=["id", "document", "begins", "text"],
    )
    with pytest.raises(CodingError, match=r"row 7, begins 'verse'.*paragraph, line, sentence"):
        answers_to(rows)


_MEASURES = ["strict_f1", "broad_f1", "speech_act_accuracy", "binding_accuracy"]


def test_every_rule_taken_out_makes_something_fall() -> None:
    table = pd.read_csv(data_path("reference", "ablation.csv"))
    whole = table[table["taken_out"] == "nothing"].set_index("set")[_MEASURES]
    sentences = table[table["taken_out"] == "nothing"].set_index("set")["sentences"]
    for name, part in table[table["taken_out"] != "nothing"].groupby("taken_out"):
        gain = part.set_index("set")[_MEASURES] - whole
        assert (gain < 0).to_numpy().any(), name
        assert (gain["strict_f1"] * sentences).sum() <= 0, name
        # Sets I and J: of what was not mended on them a sentence may go the other way.
        mended = ~gain.index.str.contains("bodies with a profile")
        assert (gain.loc[mended, "strict_f1"] <= 1e-9).all(), name


def test_the_ablation_holds_every_set_and_is_of_today() -> None:
    table = pd.read_csv(data_path("reference", "ablation.csv"))
    sets = set(table["set"])
    sentences = out_of_sample()
    assert sets == {"in sample"} | {f"out of sample: {coder}" for coder in sentences["coder"]}
    assert (table.groupby("taken_out")["set"].nunique() == len(sets)).all()
    whole = table[table["taken_out"] == "nothing"].set_index("set")
    for coder, part in sentences.groupby("coder"):
        today = measured(answers_to(part), part, name="today").round(3)
        committed = whole.loc[f"out of sample: {coder}"]
        for measure in _MEASURES:
            same = pytest.approx(committed[measure], nan_ok=True)
            assert today[measure].item() == same, (coder, measure)


def test_without_tense_reports_become_commitments() -> None:
    sentences = pd.DataFrame(
        {"id": ["a"], "text": ["Last year the Parties agreed to widen the network."]}
    )
    assert answers_to(sentences)["strict"].item() == "no"
    changed = answers_to(sentences, options=CommitmentOptions(without=frozenset({"tense"})))
    assert changed["strict"].item() == "yes"


def test_measures_are_undefined_where_there_is_nothing() -> None:
    nothing = pd.DataFrame([("assertive", "no", "no", "none")], columns=list(ANSWERS))
    row = measured(nothing, nothing, name="none").iloc[0]
    assert pd.isna(row["strict_f1"])
    assert row["speech_act_accuracy"] == 1


def test_a_sheet_without_a_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "out-of-sample.csv").write_text("id,text\n1,We met.\n")
    with pytest.raises(CodingError, match="column 'coder' is missing"):
        out_of_sample(tmp_path)


def test_the_committed_scores_are_of_today() -> None:
    stored = pd.read_csv(data_path("reference", SCORES_FILE))
    assert len(stored) >= 5
    pd.testing.assert_frame_equal(stored, score_out_of_sample(), check_dtype=False)
