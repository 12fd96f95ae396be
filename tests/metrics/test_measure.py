"""Counts add up, every value has its reason, and bad input is no surprise."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.errors import ParameterError
from sco_research.metrics import (
    METRICS,
    count,
    evaluate,
    measure,
    measure_each,
    measurement,
    metrics_table,
)
from sco_research.metrics.measurement import LEVELS, MEASUREMENTS, MeasureLevel
from sco_research.metrics.tally import COUNTS, tally
from sco_research.resources import data_path
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import segment

# Single characters that texts go wrong by, beside words and breaks.
ODD = st.sampled_from(
    ["\u00ad", "\u200b", "\xa0", "\u0301", "“", "’", "—", "😀", "שלום", "العالم", "1,373", "3.5",
     "…", ".", ". ", "\n\n", "\n\n\n", " ", "-", "Peace", "états", "мир", "和平", "U.S.", "!?"]
)  # fmt: skip
TEXTS = st.lists(ODD | st.text(max_size=8), max_size=40).map("".join).filter(str.strip)


def value(frame: pd.DataFrame, metric: str) -> float:
    return float(frame.loc[frame["metric"] == metric, "value"].iloc[0])


def flag(frame: pd.DataFrame, metric: str) -> str:
    return str(frame.loc[frame["metric"] == metric, "flag"].iloc[0])


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "ru", "zh", "de", "und"]))
def test_counts_add_up_and_nothing_is_silently_missing(text: str, language: str) -> None:
    document = Document.from_text(text, id="odd", language=language)
    levels: list[MeasureLevel] = ["document", "section", "paragraph", "sentence"]
    counts = count(document, level=levels)
    sums = counts.groupby("level")[list(COUNTS)].sum().reindex(levels, fill_value=0).to_numpy()
    assert (sums == sums[0]).all()
    frame = measure(document, level=levels)
    assert list(frame.columns) == list(MEASUREMENTS)
    assert len(frame) == len(METRICS) * len(counts)
    # Whatever is not a number says why; whatever is one is finite.
    missing = frame["value"].isna()
    assert (frame.loc[missing, "flag"] != "").all()
    assert np.isfinite(frame.loc[~missing, "value"]).all()
    # A readability of nothing is no number.
    wordless = frame["segment_id"].isin(counts.loc[counts["letters"] == 0, "segment_id"])
    formulas = frame["metric"].map(lambda name: METRICS[name].group == "readability")
    assert frame.loc[wordless & formulas, "value"].isna().all()


def test_every_segment_is_there_and_has_its_anchor(declaration: Document) -> None:
    levels: list[MeasureLevel] = ["document", "section", "paragraph", "sentence"]
    segments = segment(declaration)
    segments = segments[segments["level"].isin(levels)]
    assert count(declaration, level=levels)["segment_id"].tolist() == (
        segments["segment_id"].tolist()
    )


def test_the_corpus_is_the_sum_of_its_documents(declaration: Document) -> None:
    other = Document.from_text("Peace needs trust. Trust needs time.", id="other")
    corpus = Corpus((declaration, other))
    columns = list(COUNTS)
    documents = count(corpus, level="document")
    whole = count(corpus, level="corpus")
    assert whole["document_id"].tolist() == ["corpus"]
    assert whole[columns].iloc[0].tolist() == documents[columns].sum().tolist()


def test_a_document_measures_the_same_alone_and_among_others(declaration: Document) -> None:
    other = Document.from_text("Peace needs trust. Trust needs time.", id="other")
    together = measure([other, declaration, other], level=["document", "sentence"])
    alone = measure(declaration, level=["document", "sentence"])
    among = together[together["document_id"] == declaration.id].reset_index(drop=True)
    assert among.equals(alone)


def test_a_stream_gives_what_a_corpus_gives(declaration: Document) -> None:
    documents = [
        Document.from_text(f"Text {number} is short. It ends.", id=f"d{number}")
        for number in range(70)
    ]
    parts = list(measure_each(iter(documents), metrics="words"))
    assert len(parts) > 1
    assert [row for part in parts for row in part["value"]] == (
        measure(documents, metrics="words")["value"].tolist()
    )


def test_the_declaration(declaration: Document) -> None:
    values = measure(declaration).set_index("metric")["value"]
    assert values["words"] == 1829
    assert values["sentences"] == 51
    assert values["flesch_reading_ease"] == pytest.approx(
        206.835 - 1.015 * 1829 / 51 - 84.6 * values["syllables"] / 1829
    )
    assert 0.74 < values["mattr"] < 0.76


def test_short_text_is_flagged_and_shorter_undefined() -> None:
    note = Document.from_text("They met. They agreed.", id="note")
    flags = measure(note).set_index("metric")["flag"]
    assert flags["flesch_reading_ease"] == "outside its published range: fewer than 100 words"
    assert flags["smog"] == "outside its published range: fewer than 30 sentences"
    assert flags["hdd"] == "undefined: fewer than 42 words"
    assert flags["mattr"] == "undefined: fewer than 50 words"
    assert flags["words"] == ""


def test_russian_has_its_own_formula_and_says_so() -> None:
    note = Document.from_text("Главы государств подписали Декларацию. Они согласились.", id="note")
    frame = measure(note)
    assert value(frame, "sentences") == 2
    assert value(frame, "syllables") == 20
    assert value(frame, "flesch_reading_ease") == pytest.approx(
        206.835 - 1.3 * 6 / 2 - 60.1 * 20 / 6
    )
    assert flag(frame, "smog") == "not applicable: no validated form for Russian"
    assert np.isnan(value(frame, "smog"))


def test_chinese_has_sentences_and_letters_and_no_formula() -> None:
    note = Document.from_text("成员国支持和平。他们同意了。", id="note")
    frame = measure(note)
    assert value(frame, "sentences") == 2
    assert value(frame, "letters") == 12
    words = frame[~frame["metric"].isin(["sentences", "letters", "characters"])]
    assert words["value"].isna().all()
    assert set(words["flag"]) == {"not applicable: Chinese does not part its words by spaces"}
    assert count(note, level="document")["words"].isna().all()


def test_a_language_without_rules_keeps_what_needs_none() -> None:
    note = Document.from_text("Die Mitgliedstaaten trafen sich.", id="note", language="de")
    frame = measure(note)
    assert value(frame, "words_per_sentence") == 4
    assert flag(frame, "flesch_reading_ease") == ("not applicable: no validated form for German")
    assert flag(frame, "syllables").startswith("not counted")


def test_a_corpus_of_two_languages_has_no_formula() -> None:
    corpus = Corpus(
        (Document.from_text("We met.", id="a"), Document.from_text("Мы встретились.", id="b"))
    )
    frame = measure(corpus, level="corpus")
    assert value(frame, "words") == 4
    assert flag(frame, "flesch_reading_ease") == ("not applicable: documents in several languages")


def test_numbers_alone_have_words_and_no_readability() -> None:
    note = Document.from_text("1 2 3. 4 5.", id="note", language="en")
    frame = measure(note)
    assert value(frame, "words") == 5
    assert flag(frame, "coleman_liau") == "undefined: no letters"


def test_ten_megabytes_without_a_full_stop() -> None:
    note = Document.from_text("peace and trust " * 650_000, id="long")
    frame = measure(note, metrics=["words", "flesch_kincaid", "mtld", "hdd"])
    assert value(frame, "words") == 1_950_000
    assert np.isfinite(frame["value"]).all()


@pytest.mark.parametrize("level", LEVELS)
def test_an_empty_corpus_is_an_empty_frame_with_its_types(level: MeasureLevel) -> None:
    full = measure(Document.from_text("We met.", id="note"), level="document")
    empty = measure([], level=level)
    assert empty.empty
    assert empty.dtypes.equals(full.dtypes)
    counts = count([], level=level)
    assert counts.empty
    assert str(counts["words"].dtype) == "Int64"


def test_arguments_are_told_to_be_wrong() -> None:
    note = Document.from_text("We met.", id="note")
    with pytest.raises(ParameterError, match="metric 'fog': no such metric; choose of"):
        measure(note, metrics="fog")
    with pytest.raises(ParameterError, match="level 'page': choose of"):
        measure(note, level="page")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="count 'word': no such count"):
        evaluate({"word": 3})
    with pytest.raises(ParameterError, match="'mtld': it needs the words"):
        evaluate({"words": 3}, metrics="mtld")
    with pytest.raises(ParameterError, match="a stream has no end"):
        measure_each(note, level="corpus")


def test_every_source_is_in_the_bibliography() -> None:
    bibliography = data_path("bibliography.bib").read_text(encoding="utf-8")
    adapted = {a.source for m in METRICS.values() for a in m.adaptations.values()}
    keys = (set(metrics_table()["source"]) | adapted) - {""}
    assert [key for key in sorted(keys) if f"{{{key}," not in bibliography] == []
    formulas = [metric for metric in METRICS.values() if metric.group != "count"]
    assert [metric.id for metric in formulas if not (metric.formula and metric.unit)] == []


def test_what_was_measured_before_changes_no_digit() -> None:
    def text(letter: str, *, backwards: bool = False) -> Document:
        names = [letter * size for size in range(3, 24)]
        runs = [" ".join([name] * (1 + 2 * len(name) % 9)) for name in names]
        return Document.from_text(" ".join(runs[::-1] if backwards else runs), id="text")

    # The same words are met in another order first; sums in another order differ in last digits.
    measure(text("z", backwards=True))
    one, other = (measure(text(letter), metrics="hdd")["value"].iloc[0] for letter in "zy")
    assert one == other


def test_a_document_that_fails_costs_a_stream_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = tally

    def fail(documents: Iterable[Document], **options: object) -> object:
        held = list(documents)
        if any(document.id == "d3" for document in held):
            raise IndexError("list index\nout of range")
        return measured(held, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(measurement, "tally", fail)
    stream = [Document.from_text("We met.", id=f"d{number}") for number in range(40)]
    faults: list[str] = []
    frames = list(measure_each(iter(stream), metrics="words", on_fault=faults.append))
    found = pd.concat(frames)["document_id"].tolist()
    assert found == [document.id for document in stream if document.id != "d3"]
    assert faults == [
        "d3: it cannot be measured (IndexError: list index out of range); leave the document out"
    ]
    with pytest.raises(IndexError):
        list(measure_each(iter(stream), metrics="words"))
