"""What the language report shows and says."""

import pandas as pd
import pytest

from sco_research.coding.stance import code_stance, stance_forms, stance_rates
from sco_research.metrics import count, measure
from sco_research.metrics.curves import diversity_curve, readability_curve
from sco_research.metrics.textstat_check import cross_check
from sco_research.reports.style import figure_bytes
from sco_research.text.document import Document
from sco_research.topics.language import figures, prose, tables


@pytest.fixture(scope="module")
def counts(declaration: Document) -> pd.DataFrame:
    return count(declaration, level=["document", "section", "sentence"])


@pytest.fixture(scope="module")
def metrics(declaration: Document) -> pd.DataFrame:
    return measure(declaration, level=["document", "section"])


def test_the_abstract_tells_what_is_unusual(
    declaration: Document, metrics: pd.DataFrame, counts: pd.DataFrame
) -> None:
    forms, rates = stance_forms(declaration), stance_rates(declaration)
    text = prose.abstract(declaration, metrics, counts, forms, rates)
    assert "1,829 words in 51 sentences" in text
    assert "“will” 5 times and “should” 4 times, never “shall” or “must”" in text


def test_counts_stand_by_section_and_add_up(declaration: Document, counts: pd.DataFrame) -> None:
    table = tables.counts_table(counts, declaration)
    assert table["Part"].tolist() == [
        "Opening", *(f"Section {number}" for number in range(1, 7)), "Whole text",
    ]  # fmt: skip
    assert table["Words"].iloc[:-1].sum() == table["Words"].iloc[-1]


def test_the_profile_names_what_is_outside_its_range(
    declaration: Document, metrics: pd.DataFrame
) -> None:
    table = tables.profile_table(metrics, declaration).set_index("Part")
    assert "Flesch reading ease" in table.loc["Opening", "Outside its range"]  # type: ignore[operator]
    assert table.loc["Whole text", "Outside its range"] == ""


def test_missing_modals_are_listed(declaration: Document) -> None:
    table = tables.modals_table(stance_forms(declaration)).set_index("Modal")["Hits"]
    assert table[["shall", "must", "will", "should"]].tolist() == [0, 0, 5, 4]


def test_evidence_leads_to_its_sentence(declaration: Document) -> None:
    table = tables.evidence_table(code_stance(declaration), categories=["evaluation.condemn"])
    assert table["Words"].tolist() == ["condemn"]
    assert table["First"].tolist() == ["sco-2013-bishkek:p16.s3"]


def test_the_difference_to_textstat_is_told_in_full(declaration: Document) -> None:
    text = prose.textstat_section(cross_check(declaration))
    assert "6.29, this package 5.03" in text


@pytest.mark.parametrize("text", ["Главы государств встретились.", "他们同意了。", "1 2 3", "Word"])
def test_every_language_and_length_has_its_report(text: str) -> None:
    document = Document.from_text(text, id="note")
    counts = count(document, level=["document", "section", "sentence"])
    metrics = measure(document, level=["document", "section"])
    forms, rates = stance_forms(document), stance_rates(document)
    assert prose.abstract(document, metrics, counts, forms, rates)
    assert prose.readability_section(metrics)
    assert len(tables.counts_table(counts, document)) == 2
    assert len(tables.metrics_values(metrics, group="diversity")) == 9
    curve = readability_curve(document)
    drawn = [
        figures.through_the_text(counts, curve, document),
        figures.diversity_figure(diversity_curve(document), counts, document),
        figures.stance_figure(rates),
    ]
    assert all(figure_bytes(figure, "svg") for figure in drawn)


def test_a_figure_is_the_same_bytes_each_time(declaration: Document, counts: pd.DataFrame) -> None:
    curve = readability_curve(declaration)
    one, other = (
        figure_bytes(figures.through_the_text(counts, curve, declaration), "svg") for _ in range(2)
    )
    assert one == other
