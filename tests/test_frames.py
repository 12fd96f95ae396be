"""A schema says a frame's columns once."""

import pandas as pd
import pytest

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema

WORDS = Schema(
    Column("document_id", "str", "the document"),
    Column("count", "int", "how often it occurs"),
    Column("share", "float", "share of all words"),
    Column("objects", "list", "what is named"),
    Column("year", "count", "year, where it is known"),
)


def test_rows_of_either_kind_give_the_same_frame() -> None:
    row = ("n", 1, 0.5, ["a", "b"], None)
    of_tuples = WORDS.frame([row])
    of_mappings = WORDS.frame([dict(zip(WORDS, row, strict=True))])
    pd.testing.assert_frame_equal(of_tuples, of_mappings)
    assert of_tuples["objects"][0] == ["a", "b"]
    assert of_tuples["year"].isna().all()


def test_a_frame_without_rows_has_its_types() -> None:
    assert WORDS.empty().dtypes.astype(str).to_dict() == WORDS.dtypes
    pd.testing.assert_frame_equal(WORDS.typed(WORDS.empty()), WORDS.empty())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("share", "x", "column 'share' holds str; float64 is expected"),
        ("count", 0.5, "column 'count' holds float64; int64 is expected"),
    ],
)
def test_the_first_fault_is_named(name: str, value: float | str, message: str) -> None:
    frame = WORDS.frame([("n", 1, 0.5, [], 2013)])
    WORDS.check(frame)
    WORDS.check(frame.assign(more=1))
    with pytest.raises(ParameterError, match=message):
        WORDS.check(frame.assign(**{name: [value]}))


def test_a_list_column_holds_lists() -> None:
    frame = WORDS.frame([("n", 1, 0.5, ["a"], 2013), ("n", 1, 0.5, [], 2013)])
    WORDS.check(frame)
    joined = frame.assign(objects=frame["objects"].map("; ".join).astype(object))
    with pytest.raises(ParameterError, match="column 'objects' holds 'a'; a list is expected"):
        WORDS.check(joined)


def test_a_schema_is_made_of_schemas_and_names_each_column_once() -> None:
    longer = Schema(WORDS, Column("note", "str", "a remark"))
    assert [*longer] == [*WORDS, "note"]
    assert longer.described()["meaning"].tolist()[-1] == "a remark"
    with pytest.raises(ParameterError, match="'count' twice"):
        Schema(WORDS, Column("count", "int", "again"))
