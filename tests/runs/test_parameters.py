"""A wrong name, type or choice is one clear line, before any kernel starts."""

from pathlib import Path
from typing import Literal

import pytest

from sco_research.errors import JobError, ParameterError, ScoResearchError, SourceError
from sco_research.resources import notebooks_folder
from sco_research.runs.checks import check_inputs
from sco_research.runs.parameters import (
    VALUE_CHECKS,
    check_parameters,
    find_notebook,
    parameters_of,
)
from sco_research.runs.plan import plan_jobs

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
        ({"lvel": "section"}, r"'lvel'; did you mean 'level'\? it takes level, words"),
        ({"level": "chapter"}, "'chapter' is not one of 'section', 'paragraph'"),
        ({"most": "3"}, "'most': '3' is not a whole number"),
        ({"most": True}, "not a whole number"),
        ({"most": 2.5}, "not a whole number"),
        ({"words": "will"}, "not a list of text"),
        ({"words": [1]}, "not a list of text"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_valid_ones(
    given: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ScoResearchError, match=complaint) as error:
        check_parameters(WHOLE, given)
    assert "notebook 'whole'" in str(error.value)


@pytest.mark.parametrize(
    ("notebook", "given", "complaint"),
    [
        ("comparison", {"threshold": 2.0}, "2: give one above 0, up to 1"),
        ("comparison", {"threshold": 0.0}, "0: give one above 0"),
        ("comparison", {"formula_words": 1}, "1: give 2 or more"),
        ("comparison", {"template_file": "none.md"}, "none.md: the template cannot be read"),
        ("comparison", {"seed": -1}, "-1: give 0 or more"),
        ("comparison", {"confidence": 1.0}, "confidence 1.0: give one from 0.5 to below 1"),
        ("comparison", {"resamples": 5}, "resamples 5: take 100 or more"),
        ("language", {"window": -1}, "-1: give 0 or more"),
        ("language", {"curve": "nonsense"}, "'nonsense': no such metric"),
        ("language", {"curve": "mtld"}, "'mtld': it is none of readability"),
        ("language", {"words": ["will", "…"]}, "'…': it holds no word"),
        ("language", {"template_file": "none.md"}, "none.md: the template cannot be read"),
        ("themes", {"actors": "none"}, "'none': no such codebook"),
        ("themes", {"template_file": "none.md"}, "none.md: the template cannot be read"),
        ("commitments", {"organization": "xx"}, "organization 'xx' is unknown; "),
        ("commitments", {"binding_scheme": "g20rg"}, "name their JSON file as scheme_file"),
        ("commitments", {"scheme_file": "none.json"}, "none.json: cannot be read"),
        ("reliability", {"reference_folder": "none"}, "none: there is no such folder"),
    ],
)
def test_a_value_that_its_parameter_cannot_have_is_said_before_a_kernel_starts(
    notebook: str, given: dict[str, object], complaint: str
) -> None:
    (name,) = given
    with pytest.raises(ScoResearchError) as error:
        check_inputs(plan_jobs("sco-2013-bishkek", notebook, parameters=given))
    # On a row of a list the row would stand in the notebook's place.
    assert f"notebook {notebook!r}, parameter {name!r}: " in str(error.value)
    assert complaint in str(error.value)


def test_what_a_parameter_can_have_passes(tmp_path: Path) -> None:
    (tmp_path / "lists.json").write_text('{"low": ["a"], "mid": ["b"], "high": ["c"]}')
    (tmp_path / "other.txt").write_text("We met. We will meet again.")
    others = [str(tmp_path / "other.txt")]
    good: dict[str, dict[str, object]] = {
        "comparison": {"others": others, "threshold": 1.0, "formula_words": 2, "seed": 0},
        "language": {"window": 0, "curve": "lix"},
        "themes": {"resamples": 100, "confidence": 0.5},
        "commitments": {
            "organization": "",
            "binding_scheme": "g20rg",
            "scheme_file": str(tmp_path / "lists.json"),
        },
    }
    for notebook, given in good.items():
        check_inputs(plan_jobs("sco-2013-bishkek", notebook, parameters=given))


def test_each_row_with_the_fault_is_named_and_one_of_ones_own_hides_none(tmp_path: Path) -> None:
    own = tmp_path / "own.ipynb"
    own.write_text(WHOLE.read_text(encoding="utf-8").replace("most: int", "window: int"))
    (tmp_path / "d.txt").write_text("We will meet.")
    lines = ["document,notebook,folder,window", f"d.txt,{own},a,-1"]
    lines += [f"d.txt,language,{name},-1" for name in "bc"]
    (tmp_path / "jobs.csv").write_text("\n".join(lines))
    with pytest.raises(JobError) as error:
        check_inputs(plan_jobs(tmp_path / "jobs.csv"))
    rows = [fault.split(", ")[-2] for fault in error.value.faults]
    assert rows == ["row 3", "row 4"]


@pytest.mark.parametrize("name", ["codebook", "others", "reference_folder"])
def test_a_name_that_can_be_no_path_is_one_clear_line(name: str) -> None:
    notebook = "reliability" if name == "reference_folder" else "comparison"
    for value in ("a" * 300, "a\0b"):
        given = {name: [value] if name == "others" else value}
        with pytest.raises(ScoResearchError, match=rf"parameter '{name}': "):
            check_inputs(plan_jobs("sco-2013-bishkek", notebook, parameters=given))


def test_an_empty_name_is_not_the_working_folder() -> None:
    given = {"others": ["sco-2013-bishkek", ""]}
    with pytest.raises(ScoResearchError, match="an empty name; delete the extra comma"):
        check_inputs(plan_jobs("sco-2013-bishkek", "comparison", parameters=given))


def test_every_number_and_every_name_of_a_bundled_notebook_has_its_rule() -> None:
    for path in notebooks_folder().glob("*.ipynb"):
        for name, parameter in parameters_of(path).items():
            if parameter.type in (int, float, str, list[str]):
                free = {"document_id", "output_folder", "title", "authors"}
                assert name in VALUE_CHECKS.keys() | free, (path.name, name)


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
