"""A wrong name, type or choice is one clear line, before any kernel starts."""

from pathlib import Path
from typing import Literal

import pytest

from sco_research.errors import ParameterError, ScoResearchError, SourceError
from sco_research.runs.parameters import check_parameters, find_notebook, parameters_of

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"
WHOLE = NOTEBOOKS / "whole.ipynb"


def test_a_parameter_has_name_type_default_and_help() -> None:
    found = parameters_of(WHOLE)
    assert list(found) == ["document_id", "level", "words", "most", "output_folder"]
    assert found["level"].type == Literal["section", "paragraph"]
    assert found["words"].default == ["will"]
    assert found["level"].help == "how fine"
    assert found["most"].help == "How many rows"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"level": "paragraph"}, {"level": "paragraph"}),
        ({"words": '["shall", "must"]'}, {"words": ["shall", "must"]}),
        ({"words": "shall, must"}, {"words": ["shall", "must"]}),
        ({"words": "2013"}, {"words": ["2013"]}),
        ({"most": "5"}, {"most": 5}),
        ({"document_id": "sco-2013-bishkek"}, {"document_id": "sco-2013-bishkek"}),
    ],
)
def test_words_of_the_command_line_take_their_type(
    given: dict[str, object], expected: dict[str, object]
) -> None:
    assert check_parameters(WHOLE, given, as_text=True) == expected


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"lvel": "section"}, r"'lvel'; did you mean 'level'\? it takes document_id, level"),
        ({"level": "chapter"}, "'chapter' is not one of 'section', 'paragraph'"),
        ({"most": "3"}, "'most': '3' is not a whole number"),
        ({"most": True}, "not a whole number"),
        ({"most": 2.5}, "not a whole number"),
        ({"words": "will"}, "not a list of text"),
        ({"words": [1]}, "not a list of text"),
        ({"document_id": "sco-2013-bishkk"}, "did you mean 'sco-2013-bishkek'"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_valid_ones(
    given: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ScoResearchError, match=complaint) as error:
        check_parameters(WHOLE, given)
    assert "notebook 'whole'" in str(error.value)


def test_a_word_that_fits_no_type_is_refused() -> None:
    with pytest.raises(ParameterError, match="'many' is not a whole number"):
        check_parameters(WHOLE, {"most": "many"}, as_text=True)


@pytest.mark.parametrize("name", ["no-notebook", "parameters-not-plain", "missing"])
def test_what_is_no_notebook_is_said(name: str) -> None:
    with pytest.raises(SourceError, match=f"{name}.ipynb"):
        parameters_of(find_notebook(NOTEBOOKS / f"{name}.ipynb"))


def test_an_unknown_notebook_names_the_known_ones() -> None:
    with pytest.raises(SourceError, match="did you mean 'themes'"):
        find_notebook("thems")
    with pytest.raises(SourceError, match=r"commitments, .*language"):
        find_notebook("zzz")
