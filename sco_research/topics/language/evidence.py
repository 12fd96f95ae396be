"""What is behind the numbers of the language notebook's tables, for `Report.table`.

A count of hits leads to its sentences, a count or a formula of a section to the section, a formula
of the whole text to the table of the counts that it is made of.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from sco_research.reports.evidence import segments_by
from sco_research.text.concordance import kwic
from sco_research.text.document import Document
from sco_research.text.words import sentence_groups
from sco_research.topics.language import tables as views

Sentences = dict[str, list[list[str]]]


def behind_parts(document: Document, table: pd.DataFrame) -> Sentences:
    """Return the part that every number of a row was computed from."""
    parts = [[anchor] for anchor in views.parts_of(document)]
    numbers = table.columns[[table[name].dtype.kind in "iuf" for name in table.columns]]
    return {str(name): parts for name in numbers}


def behind_formulas(table: pd.DataFrame, *, column: str = "Value", counts: str) -> Sentences:
    """Return the table that the formulas take their counts from."""
    return {column: [[counts]] * len(table)}


def behind_longest(table: pd.DataFrame) -> Sentences:
    """Return the sentence whose words and syllables were counted."""
    places = [[str(place)] for place in table["Place"]]
    return {"Words": places, "Syllables": places}


def behind_modals(forms: pd.DataFrame, stance: pd.DataFrame) -> Sentences:
    """Return the sentences with each modal verb."""
    modal = views.modal_forms(forms)
    return _hits(stance, _both(stance, "pattern"), _both(modal, "pattern"))


def behind_stance(rates: pd.DataFrame, stance: pd.DataFrame) -> Sentences:
    """Return the sentences with each kind of stance."""
    return _hits(stance, stance["category"], rates["category"])


def behind_evidence(stance: pd.DataFrame, *, categories: Sequence[str]) -> Sentences:
    """Return the sentences with each word of some categories."""
    rows = stance.assign(match=views.plain_match(stance))
    table = views.stance_words(stance, categories=categories)
    return _hits(rows, _both(rows, "match"), _both(table, "match"))


def behind_words(document: Document, table: pd.DataFrame) -> Sentences:
    """Return the sentences with each word of a frequency list."""
    lists = behind_phrases(document, table["Word"])["Hits"]
    return {"Hits": lists, "Sentences": lists}


def behind_phrases(document: Document, phrases: Iterable[str]) -> Sentences:
    """Return the sentences with each row of neighbouring words, as the tokenizer counts them."""
    wanted = list(phrases)
    sizes = sorted({phrase.count(" ") + 1 for phrase in wanted})
    rows = [
        (segment_id, " ".join(words[start : start + size]))
        for _, group in sentence_groups(document, False)
        for segment_id, words in group
        for size in sizes
        for start in range(len(words) - size + 1)
    ]
    found = pd.DataFrame(rows, columns=["segment_id", "phrase"])
    return _hits(found, found["phrase"], wanted)


def behind_dispersion(document: Document, table: pd.DataFrame) -> Sentences:
    """Return the sentences with each word looked for."""
    hits = kwic(document, list(table["Word"]), window=0)
    return _hits(hits, hits["pattern"], table["Word"])


def _hits(rows: pd.DataFrame, keys: Iterable[object], wanted: Iterable[object]) -> Sentences:
    return {"Hits": segments_by(rows, keys, wanted)}


def _both(rows: pd.DataFrame, column: str) -> "pd.Series[str]":
    return rows["category"] + "\n" + rows[column]
