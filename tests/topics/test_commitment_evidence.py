"""Each count of the commitments' tables has as many sentences behind it as it says."""

import pandas as pd
import pytest

from sco_research.coding.commitments.coder import code_speech_acts, find_commitments
from sco_research.coding.themes import code_themes
from sco_research.reports.evidence import numbers_of
from sco_research.text.document import Document
from sco_research.topics.commitments import evidence as behind
from sco_research.topics.commitments import tables as views

EMPTY = Document.from_text("A meeting in Bishkek.", id="note")


def found(document: Document) -> tuple[pd.DataFrame, pd.DataFrame]:
    return code_speech_acts(document), find_commitments(document, themes=code_themes)


def test_as_many_sentences_as_the_table_says(declaration: Document) -> None:
    acts, commitments = found(declaration)
    summary = views.summary_table(acts, commitments)
    lists = behind.behind_summary(commitments)["Sentences"]
    assert [len(ids) for ids in lists] == summary["Sentences"].tolist()
    table = views.act_table(acts)
    for column, ids in behind.behind_acts(acts, table).items():
        assert list(map(len, ids)) == table[column].tolist()


def test_no_number_is_without_a_sentence(declaration: Document) -> None:
    _, commitments = found(declaration)
    sections = views.section_table(declaration, commitments)
    actors, verbs = views.actor_table(commitments), views.verb_table(commitments)
    for table, lists in (
        (sections, behind.behind_sections(declaration, commitments, sections)),
        (actors, behind.behind_actors(commitments, actors)),
        (verbs, behind.behind_verbs(commitments, verbs)),
    ):
        for column, ids in lists.items():
            assert [bool(row) for row in ids] == (table[column] > 0).tolist(), column


@pytest.mark.parametrize("document", [EMPTY], ids=["no commitment"])
def test_a_document_without_commitments_has_nothing_behind_it(document: Document) -> None:
    acts, commitments = found(document)
    sections = views.section_table(document, commitments)
    actors, verbs = views.actor_table(commitments), views.verb_table(commitments)
    acted = views.act_table(acts)
    assert behind.behind_summary(commitments)["Sentences"] == [[], []]
    for table, lists in (
        (acted, {"Strict": behind.behind_acts(acts, acted)["Strict"]}),
        (sections, {"All": behind.behind_sections(document, commitments, sections)["All"]}),
        (actors, behind.behind_actors(commitments, actors)),
        (verbs, behind.behind_verbs(commitments, verbs)),
    ):
        assert numbers_of(table, lists, table="tbl-a", label="Table 1") == []
