"""How far the coder meets the codings there are: in sample, out of it, and without each rule."""

from pathlib import Path

import pandas as pd
import pytest

from sco_research import Document, code_speech_acts, load_document
from sco_research.coding.commitments import validation
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.validation import (
    ANSWERS,
    SCORES_FILE,
    answers_to,
    measured,
    out_of_sample,
    out_of_sample_scores,
    score_out_of_sample,
)
from sco_research.errors import CodingError
from sco_research.reports import commitment_checks as views
from sco_research.reports.commitment_prose import validation_text
from sco_research.resources import data_path


def test_in_sample_at_most_one_sentence_is_wrong_on_strict() -> None:
    document = load_document("sco-2013-bishkek")
    wrong = views.disagreement_table(document)["Question"].value_counts()
    assert wrong.get("strict", 0) <= 1
    assert wrong.get("binding", 0) <= 1
    assert wrong.get("speech act", 0) <= 5


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
        hits = ((part["first_strict"] == "yes") & (part["strict"] == "yes")).sum()
        said = (part["first_strict"] == "yes").sum() + (part["strict"] == "yes").sum()
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
    assert found["strict"].tolist() == ["no", "yes", "yes", "no", "no"]


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
    for name, part in table[table["taken_out"] != "nothing"].groupby("taken_out"):
        gain = part.set_index("set")[_MEASURES] - whole
        assert (gain < 0).to_numpy().any(), name
        assert (gain["strict_f1"] <= 1e-9).all(), name


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


def test_the_table_shows_what_each_rule_is_worth(tmp_path: Path) -> None:
    table = views.ablation_table()
    assert table.columns[0] == "Taken out"
    assert table["Taken out"].iloc[0] == "nothing"
    assert len(table.columns) == 1 + len(
        {*pd.read_csv(data_path("reference", "ablation.csv"))["set"]}
    )
    assert views.ablation_table(folder=str(tmp_path)).empty


def test_without_tense_reports_become_commitments() -> None:
    sentences = pd.DataFrame({"id": ["a"], "text": ["The Parties agreed to widen the network."]})
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


def test_without_any_reference_the_table_is_empty(tmp_path: Path) -> None:
    document = Document.from_text("We will meet floods together.", id="other", language="en")
    assert views.validation_table(document, folder=str(tmp_path)).empty
    assert views.disagreement_table(document, folder=str(tmp_path)).empty


def test_the_committed_scores_are_of_today() -> None:
    stored = pd.read_csv(data_path("reference", SCORES_FILE))
    assert len(stored) >= 5
    pd.testing.assert_frame_equal(stored, score_out_of_sample(), check_dtype=False)


def test_the_committed_scores_are_taken_and_others_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = out_of_sample().head(5)
    sheet.to_csv(tmp_path / "out-of-sample.csv", index=False)
    own = out_of_sample_scores(tmp_path)
    assert own["sentences"].sum() == 5
    monkeypatch.setattr(validation, "score_out_of_sample", lambda folder: pytest.fail("coded"))
    assert out_of_sample_scores()["sentences"].sum() == len(out_of_sample())


@pytest.mark.parametrize(
    "options",
    [
        CommitmentOptions(instructions=False),
        CommitmentOptions(universal=False),
        CommitmentOptions(past=True),
        CommitmentOptions(binding_scheme="g20rg", scheme_file="lists.json"),
    ],
)
def test_a_coding_that_departs_from_the_protocol_has_no_scores(options: CommitmentOptions) -> None:
    document = load_document("sco-2013-bishkek")
    checks = views.validation_table(document, options=options)
    assert checks.empty
    assert views.disagreement_table(document, options=options).empty
    said = validation_text(checks, checks, options=options)
    assert "departs from the protocol" in said
    assert "F1" not in said


def test_the_scores_in_sample_are_of_the_coding_that_is_shown() -> None:
    document = load_document("sco-2013-bishkek")
    options = CommitmentOptions(organization="un")
    shown = views.validation_table(document, options=options)
    inside = shown[shown["Set"].str.startswith("in sample")]
    acts = code_speech_acts(document, options=options)
    settled = views.settled_answers(document, "")
    assert settled is not None
    wanted = settled["broad"] == "yes"
    found = acts.set_index("segment_id")["broad"].loc[wanted.index]
    f1 = 2 * (found & wanted).sum() / (found.sum() + wanted.sum())
    assert inside["Broad F1"].item() == pytest.approx(f1)
    assert f1 < 1
