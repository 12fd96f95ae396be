"""The sentences behind the numbers of the themes notebook's tables, for `Report.table`."""

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.stance import code_stance
from sco_research.coding.tone import EVALUATION
from sco_research.reports.evidence import Behind, segments_by
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.themes import tables as views
from sco_research.topics.themes import words

Sentences = dict[str, list[Behind]]


def behind_sections(
    document: Document, codings: pd.DataFrame, shares: pd.DataFrame, codebook: Codebook
) -> Sentences:
    """Return each section, and the sentences of its leading themes."""
    place = codings["segment_id"].map(_place_of(document, "section"))
    sections, themes = [], []
    for section, here in shares.groupby("section"):
        leading = views.leading_themes(here, codebook)
        inside = codings[place == section]
        lists = segments_by(inside, inside["category"], leading)
        sections.append([f"{document.id}:sec{section}"])
        themes.append(list(zip(leading.values(), lists, strict=True)))
    return {"Sentences": [*sections], "Leading themes (sentences)": [*themes]}


def behind_pairs(
    document: Document, codings: pd.DataFrame, pairs: pd.DataFrame, *, level: str, least: int
) -> Sentences:
    """Return the sentences, paragraphs or sections in which two themes meet, and each stands."""
    units = codings.assign(segment_id=codings["segment_id"].map(_unit_of(document, level)))
    kept = views.frequent_pairs(pairs, least=least)
    one = segments_by(units, units["category"], kept["category"])
    other = segments_by(units, units["category"], kept["other"])
    together: list[Behind] = [
        [name for name in left if name in set(right)]
        for left, right in zip(one, other, strict=True)
    ]
    of: list[Behind] = [
        [(str(len(left)), left), (str(len(right)), right)]
        for left, right in zip(one, other, strict=True)
    ]
    return {"Together": together, "Of": of}


def behind_words(codings: pd.DataFrame, codebook: Codebook) -> Sentences:
    """Return the sentences of every word that spoke for a theme."""
    rows: list[Behind] = []
    for category in codebook:
        here = codings[codings["category"] == category.id]
        counted = words.counted_words(here)
        if counted:
            lists = segments_by(here, words.folded(here), counted)
            rows.append(list(zip(counted.values(), lists, strict=True)))
    return {"Words": rows}


def behind_commitments(
    document: Document, codings: pd.DataFrame, commitments: pd.DataFrame, tone: pd.DataFrame
) -> Sentences:
    """Return the sentences of each theme, those that commit, and those of each tone.

    Parameters
    ----------
    document : Document
        The document.
    codings : pandas.DataFrame
        As from `code_themes`.
    commitments, tone : pandas.DataFrame
        As from `commitment_frames`.
    """
    ranked = views.most_committed(commitments)["category"]
    if not len(ranked):
        return {}
    found = find_commitments(document)
    columns: Sentences = {"Sentences": [*segments_by(codings, codings["category"], ranked)]}
    for reading in ("strict", "broad"):
        committed = set(found.loc[found[reading], "segment_id"])
        rows = codings[codings["segment_id"].isin(committed)]
        columns[reading.capitalize()] = [*segments_by(rows, rows["category"], ranked)]
    return columns | {"Tone (sentences)": _tones(document, codings, ranked, tone)}


def _tones(
    document: Document, codings: pd.DataFrame, ranked: pd.Series, tone: pd.DataFrame
) -> list[Behind]:
    stance = code_stance(document)
    heard = stance.assign(tone=stance["category"].str.removeprefix(EVALUATION))
    shown = views.tones_of(tone)
    rows: list[Behind] = []
    for theme in ranked:
        about = set(codings.loc[codings["category"] == theme, "segment_id"])
        here = heard[heard["segment_id"].isin(about)]
        tones = shown.get(str(theme), {})
        rows.append(list(zip(tones.values(), segments_by(here, here["tone"], tones), strict=True)))
    return rows


def _place_of(document: Document, level: str) -> "pd.Series[int]":
    frame = segment(document, level="sentence")
    return frame.set_index("segment_id")[level].astype(int)


def _unit_of(document: Document, level: str) -> dict[str, str]:
    """Return for each sentence the id of the unit of a level that it lies in."""
    frame = segment(document, level="sentence")
    if level == "sentence":
        return {str(name): str(name) for name in frame["segment_id"]}
    mark = {"paragraph": "p", "section": "sec"}[level]
    return {
        str(name): f"{document.id}:{mark}{int(number)}"
        for name, number in zip(frame["segment_id"], frame[level], strict=True)
    }
