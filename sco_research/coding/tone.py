"""Which themes carry commitments, and in which tone they are spoken of."""

import numpy as np
import pandas as pd

from sco_research.statistics import Bootstrap, bootstrap_shares

EVALUATION = "evaluation."
COLUMNS = {
    "document_id": "str",
    "category": "str",
    "sentences": "int64",
    "strict": "int64",
    "broad": "int64",
    "commitments_strict": "int64",
    "commitments_broad": "int64",
    "share_strict": "float64",
    "share_strict_low": "float64",
    "share_strict_high": "float64",
    "share_broad": "float64",
    "share_broad_low": "float64",
    "share_broad_high": "float64",
    "reason": "str",
}


def theme_commitments(
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return for each theme how many of its sentences commit the members to something.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_themes`.
    commitments : pandas.DataFrame
        As from `find_commitments`: ``segment_id``, ``strict``, ``broad``, one row a commitment.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row per document and category, in the order in which they first occur:
        ``document_id``, ``category``; ``sentences`` with the theme; ``strict``, ``broad``, those of
        them with a commitment by that reading; ``commitments_strict``, ``commitments_broad``, the
        discrete commitments in them; ``share_strict``, ``share_broad`` (0 to 1, higher = more of
        the theme's sentences commit) with bootstrap intervals over the theme's sentences;
        ``reason`` why the strict interval is missing.

    Notes
    -----
    Theme and commitment meet in the sentence: a sentence on two themes gives its commitments to
    both, so the commitments of all themes add up to more than there are.

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
    counts = commitments.groupby("segment_id")[["strict", "broad"]].sum()
    placed = codings[["document_id", "category", "segment_id"]].drop_duplicates()
    rows = []
    for (document_id, category), here in placed.groupby(["document_id", "category"], sort=False):
        inside = counts.reindex(here["segment_id"], fill_value=0).to_numpy(dtype=float)
        shares = bootstrap_shares(inside > 0, bootstrap=bootstrap)
        row: dict[str, object] = {
            "document_id": document_id,
            "category": category,
            "sentences": len(here),
            "reason": shares.reason[0],
        }
        for place, reading in enumerate(("strict", "broad")):
            row |= {
                reading: int((inside[:, place] > 0).sum()),
                f"commitments_{reading}": int(inside[:, place].sum()),
                f"share_{reading}": shares.estimate[place],
                f"share_{reading}_low": shares.low[place],
                f"share_{reading}_high": shares.high[place],
            }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


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
        One row per document, category and tone that meet: ``document_id``, ``category``, ``tone``
        (``support``, ``oppose`` …), ``sentences`` (with both), ``of`` (sentences with the theme).

    Notes
    -----
    The tone is that of the sentence: who is praised or condemned, the words do not say.

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
    kinds = {"document_id": "str", "category": "str", "tone": "str"}
    return found.astype(kinds | {"sentences": np.int64, "of": np.int64})
