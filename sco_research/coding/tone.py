"""Commitments and evaluations in the sentences of each theme."""

import pandas as pd

from sco_research.frames import Column, Schema
from sco_research.statistics import Bootstrap, bootstrap_shares

EVALUATION = "evaluation."
THEME_COMMITMENTS = Schema(
    Column("document_id", "str", "the document"),
    Column("category", "str", "the theme"),
    Column("sentences", "int", "sentences with the theme"),
    Column("strict", "int", "of these, sentences with a strict undertaking on the theme"),
    Column("broad", "int", "of these, sentences with a broad undertaking on the theme"),
    Column("undertakings_strict", "int", "strict undertakings on the theme"),
    Column("undertakings_broad", "int", "broad undertakings on the theme"),
    Column("share_strict", "float", "share of the sentences with a strict undertaking, 0 to 1"),
    Column("share_strict_low", "float", "lower end of its bootstrap interval"),
    Column("share_strict_high", "float", "upper end"),
    Column("share_broad", "float", "share of the sentences with a broad undertaking, 0 to 1"),
    Column("share_broad_low", "float", "lower end of its bootstrap interval"),
    Column("share_broad_high", "float", "upper end"),
    Column("reason", "str", "why the strict interval is missing"),
)
"""Undertakings on a theme, one row a document and theme."""
THEME_TONE = Schema(
    Column("document_id", "str", "the document"),
    Column("category", "str", "the theme"),
    Column("tone", "str", "evaluation in the same sentence, such as support or oppose"),
    Column("sentences", "int", "sentences with both"),
    Column("of", "int", "sentences with the theme"),
)
"""Evaluations in the sentences of a theme, one row a document, theme and tone."""


def theme_commitments(
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return how many undertakings are on each theme, and how many of its sentences hold one.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_themes`.
    commitments : pandas.DataFrame
        As from `find_commitments`, one row an undertaking.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals.

    Returns
    -------
    pandas.DataFrame
        See `THEME_COMMITMENTS`; themes in the order in which they first occur. The intervals
        resample the theme's sentences.

    Notes
    -----
    An undertaking is on the themes whose words stand in it, not on all of its sentence's. One that
    names two themes counts for both, so those of all themes add up to more than there are.

    Examples
    --------
    >>> from sco_research.coding.commitments.coder import find_commitments
    >>> from sco_research.coding.themes import code_themes
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text(
    ...     "The member states will fight drugs. Drugs kill.", id="note"
    ... )
    >>> found = theme_commitments(code_themes(document), find_commitments(document))
    >>> found[["category", "sentences", "strict", "share_strict"]].values.tolist()
    [['security.drugs', 2, 1, 0.5]]
    """
    counts = _undertakings_by_theme(codings, commitments)
    placed = codings[["document_id", "category", "segment_id"]].drop_duplicates()
    rows = []
    themes = placed.groupby(["document_id", "category"], sort=False)
    for (document_id, category), with_theme in themes:
        of_theme = [(category, name) for name in with_theme["segment_id"]]
        inside = counts.reindex(of_theme, fill_value=0).to_numpy(dtype=float)
        shares = bootstrap_shares(inside > 0, bootstrap=bootstrap)
        row: dict[str, object] = {
            "document_id": document_id,
            "category": category,
            "sentences": len(with_theme),
            "reason": shares.reason[0],
        }
        for place, reading in enumerate(("strict", "broad")):
            row |= {
                reading: int((inside[:, place] > 0).sum()),
                f"undertakings_{reading}": int(inside[:, place].sum()),
                f"share_{reading}": shares.estimate[place],
                f"share_{reading}_low": shares.low[place],
                f"share_{reading}_high": shares.high[place],
            }
        rows.append(row)
    return THEME_COMMITMENTS.frame(rows)


def _undertakings_by_theme(codings: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the undertakings in whose span a theme's words stand, by theme and sentence."""
    hits = codings[["segment_id", "category", "start", "end"]]
    columns = ["segment_id", "undertaking_id", "start", "end", "strict", "broad"]
    met = commitments[columns].merge(hits, on="segment_id", suffixes=("", "_hit"))
    within = (met["start"] <= met["start_hit"]) & (met["end_hit"] <= met["end"])
    once = met[within].drop_duplicates(["undertaking_id", "category"])
    return once.groupby(["category", "segment_id"])[["strict", "broad"]].sum()


def theme_tone(codings: pd.DataFrame, stance: pd.DataFrame) -> pd.DataFrame:
    """Return for each theme in how many of its sentences it is supported, opposed and so on.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_themes`.
    stance : pandas.DataFrame
        As from `code_stance`; its categories under ``evaluation`` are the tones.

    Returns
    -------
    pandas.DataFrame
        See `THEME_TONE`; a row for each tone that occurs with a theme.

    Notes
    -----
    The tone is that of the sentence; the words do not say who or what is praised or condemned.

    Examples
    --------
    >>> from sco_research.coding.stance import code_stance
    >>> from sco_research.coding.themes import code_themes
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("They condemn terrorism.", id="note")
    >>> found = theme_tone(code_themes(document), code_stance(document))
    >>> found[["category", "tone", "sentences"]].values.tolist()
    [['security.terrorism', 'condemn', 1]]
    """
    placed = codings[["document_id", "category", "segment_id"]].drop_duplicates()
    tones = stance.loc[stance["category"].str.startswith(EVALUATION), ["segment_id", "category"]]
    tones = tones.assign(tone=tones["category"].str.removeprefix(EVALUATION))
    tones = tones[["segment_id", "tone"]].drop_duplicates()
    met = placed.merge(tones, on="segment_id")
    of = placed.groupby(["document_id", "category"]).size().rename("of").reset_index()
    found = (
        met.groupby(["document_id", "category", "tone"], sort=False)
        .size()
        .rename("sentences")
        .reset_index()
        .merge(of, on=["document_id", "category"])
    )
    return THEME_TONE.typed(found)
