"""The numbers of a report under ids: none is lost, none stands twice, TeX reads them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from sco_research import Document, Report
from sco_research.reports.counts import CountTable
from sco_research.reports.provenance import outputs_of, read
from sco_research.reports.values import (
    Value,
    parse_values,
    value_files,
    values_of_facts,
    values_of_table,
)
from sco_research.statistics import Estimate, exact_rate

NOTE = Document.from_text("We will meet. They met.", id="n")


@dataclass(frozen=True)
class Theme:
    id: str
    sentences: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Facts:
    title: str
    sentences: int
    known: bool
    missing: float
    none: int | None
    estimate: Estimate
    precision: object
    themes: tuple[Theme, ...]
    by_level: Mapping[str, int]
    names: tuple[str, ...]

    @property
    def most(self) -> int:
        return max(theme.sentences for theme in self.themes)


FACTS = Facts(
    title="A note", sentences=51, known=True, missing=float("nan"), none=None,
    estimate=Estimate(12.5, 11, 16), precision=exact_rate(9, 10),
    themes=(Theme("security.drugs", 6, 0.12, 0.05, 0.2), Theme("health", 2, 0.04, None, None)),
    by_level={"high": 5, "low": 0}, names=("a", "b"),
)  # fmt: skip


def test_the_numbers_of_facts() -> None:
    found = {one.name: one for one in values_of_facts(FACTS, "n:r")}
    assert {name: (one.value, one.unit, one.low, one.high) for name, one in found.items()} == {
        "sentences": (51, "count", None, None),
        "estimate": (12.5, "number", 11, 16),
        "precision": (0.9, "share", 0.554983883, 0.9974714215),
        "precision.hits": (9, "count", None, None),
        "precision.of": (10, "count", None, None),
        "themes.security-drugs.share": (0.12, "share", 0.05, 0.2),
        "themes.security-drugs.sentences": (6, "count", None, None),
        "themes.health.share": (0.04, "share", None, None),
        "themes.health.sentences": (2, "count", None, None),
        "by-level.high": (5, "count", None, None),
        "by-level.low": (0, "count", None, None),
        "most": (6, "count", None, None),
    }


def test_the_numbers_of_a_table_know_what_is_behind_them() -> None:
    frame = pd.DataFrame({"Theme": ["Drugs", "Drugs", "–"], "Score": [0.5, None, 2.0]})
    table = CountTable(frame).with_counts("Sentences", [["n:p1.s1"], [], ["n:p1.s1", "n:p1.s2"]])
    table = table.with_shares("% of all", "Sentences", 4)
    table = table.with_words("Words", [(("drug (1)", ("n:p1.s1",)),), (), ()])
    found = {one.name: one for one in values_of_table(table, "n:r", "tbl-a")}
    assert {name: one.value for name, one in found.items()} == {
        "tbl-a.drugs.score": 0.5,
        "tbl-a.x.score": 2.0,
        "tbl-a.drugs.sentences": 1,
        "tbl-a.drugs-2.sentences": 0,
        "tbl-a.x.sentences": 2,
        "tbl-a.drugs.percent-of-all": 25,
        "tbl-a.drugs-2.percent-of-all": 0,
        "tbl-a.x.percent-of-all": 50,
        "tbl-a.drugs.words.drug": 1,
    }
    assert found["tbl-a.x.sentences"].segments == ("n:p1.s1", "n:p1.s2")
    assert found["tbl-a.drugs.percent-of-all"].unit == "percent"
    assert values_of_table(CountTable(pd.DataFrame()), "n:r", "tbl-b") == []


def test_the_files_say_the_same() -> None:
    values = [*values_of_facts(FACTS, "n:r"), Value("n:r:flesch", -2.35, "number")]
    files = value_files([*values, Value("n:r:flesch", 7, "number")])
    assert parse_values(files["values.json"].decode()) == values
    tex = files["values.tex"].decode()
    defined = dict(re.findall(r"\\scodefine\{([^{}]*)\}\{([^{}]*)\}$", tex, flags=re.MULTILINE))
    assert len(defined) == len(values) + 2 * sum(one.low is not None for one in values)
    assert defined["n:r:estimate"] == "12.5"
    assert defined["n:r:estimate.low"] == "11"
    assert defined["n:r:flesch"] == "$-$2.35"
    assert value_files([]) == value_files([])
    assert parse_values(value_files([])["values.json"].decode()) == []
    for text in ("{}", '[{"id": "a"}]', "[1]", "?"):
        with pytest.raises(ValueError, match=r"."):
            parse_values(text)


def test_a_report_writes_its_numbers_and_its_provenance_names_them(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        report = Report("commitments", NOTE, title="A note", output_folder=tmp_path / name)
        report.values(FACTS)
        table = CountTable(pd.DataFrame({"Theme": ["Drugs"]}))
        report.table(table.with_counts("Sentences", [["n:p1.s1"]]), id="tbl-a", caption="Themes")
        report.save(formats=())
        made.append((tmp_path / name / "values.json").read_bytes())
    assert made[0] == made[1]
    ids = [row["id"] for row in json.loads(made[0])]
    assert ids[0] == "n:commitments:sentences"
    assert ids[-1] == "n:commitments:tbl-a.drugs.sentences"
    assert len(set(ids)) == len(ids)
    outputs = read(tmp_path / "one")["outputs"]
    assert {"values.json", "values.tex"} <= outputs.keys()
    assert outputs == outputs_of(tmp_path / "one")
