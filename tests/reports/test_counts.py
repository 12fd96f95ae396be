"""A table's numbers are the lengths of the lists behind them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research.errors import ParameterError
from sco_research.reports.counts import CountTable, counted_words, counts_by
from sco_research.reports.report import Report
from sco_research.text.document import Document

ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.booleans()), min_size=0, max_size=30
)


def frame_of(rows: list[tuple[str, int, bool]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["key", "sentence", "strict"])
    return frame.assign(segment_id=[f"n:p1.s{number}" for number in frame["sentence"]])


@given(ROWS, st.booleans())
def test_a_number_is_the_length_of_its_list(
    rows: list[tuple[str, int, bool]], distinct: bool
) -> None:
    frame = frame_of(rows)
    strict = frame["strict"].astype(bool)
    table = counts_by(
        frame, "key", {"Strict": strict, "All": True}, header="Key", distinct=distinct
    )
    for name in ("Strict", "All"):
        assert table.frame[name].tolist() == [len(ids) for ids in table.evidence[name]]
    expected = frame.drop_duplicates(["key", "segment_id"]) if distinct else frame
    assert table.frame["All"].sum() == len(expected)
    assert table.frame["Strict"].is_monotonic_decreasing


def test_keys_stand_in_the_order_asked_for_with_their_labels() -> None:
    frame = frame_of([("a", 1, True), ("b", 2, False), ("b", 3, True)])
    table = counts_by(
        frame, "key", {"All": True}, header="Key", order=["c", "a"], label={"a": "A", "c": "C"}
    )
    assert table.frame.to_dict("list") == {"Key": ["C", "A"], "All": [0, 1]}
    shares = table.with_shares("%", "All", 2)
    assert shares.frame["%"].tolist() == [0.0, 50.0]
    assert shares.evidence["%"] == [(), ("n:p1.s1",)]
    assert table.with_shares("%", "All", 0).frame["%"].isna().all()


def test_evidence_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ParameterError, match="evidence of 'B'"):
        CountTable(pd.DataFrame({"A": [1]}), {"B": [()]})
    with pytest.raises(ParameterError, match="each of its 1 rows"):
        CountTable(pd.DataFrame({"A": [1]}), {"A": [(), ()]})


def test_a_report_leads_from_each_number_to_its_sentences() -> None:
    document = Document.from_text("We will meet. We will act.\n\nThey talk.", id="n")
    frame = frame_of([("a", 1, True), ("a", 2, False), ("b", 1, True)])
    table = counts_by(frame, "key", {"All": True}, header="Key")
    words = [
        counted_words(frame[frame["key"] == key], ["x"] * n) for key, n in (("a", 2), ("b", 1))
    ]
    report = Report("language", document, title="A note")
    report.table(table.with_words("Words", words), id="tbl-keys", caption="Keys.")
    page = report.markdown()
    assert "[2](#" in page
    assert "[x (2)](#" in page


def test_a_column_without_a_value_is_left_out_and_told() -> None:
    frame = pd.DataFrame(
        {"Theme": ["Drugs", "Trade"], "Hits": [0, 0], "F1": [float("nan")] * 2, "Ends": ["–", "–"]}
    )
    report = Report("themes", Document.from_text("We.", id="n"), title="T")
    report.table(frame, id="tbl-a", caption="Themes.")
    page = report.markdown()
    assert "| Theme | Hits |" in page, "a zero is a value"
    assert "Themes. Left out, since no row has a value: F1, Ends." in page
    report.table(frame.head(0), id="tbl-b", caption="None.")
    assert "Left out" not in report.markdown().partition("#tbl-b")[2]


def test_an_estimate_keeps_its_interval_on_its_line() -> None:
    report = Report("themes", Document.from_text("We.", id="n"), title="T")
    report.table(pd.DataFrame({"a": ["12.5 (10–16)"], "b": ["x (1)"]}), id="tbl-a", caption="c")
    assert "12\\.5\N{NO-BREAK SPACE}(10–16)" in report.markdown()
    assert "x (1)" in report.markdown()
