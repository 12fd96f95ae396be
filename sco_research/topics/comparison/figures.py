"""The comparison's figure: how much of each sentence earlier documents have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sco_research.reports.figures import COLOURS, PAGE_WIDTH, figure_style, new_figure
from sco_research.text.document import Document

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@figure_style()
def novelty_plot(document: Document, novelty: pd.DataFrame) -> Figure:
    """Return how much of each sentence is formula, from the beginning of the text to its end.

    Parameters
    ----------
    document : Document
        The document.
    novelty : pandas.DataFrame
        As from `novelty`.
    """
    here = novelty[(novelty["document_id"] == document.id) & (novelty["words"] > 0)]
    figure = new_figure(PAGE_WIDTH, 1.9)
    axes: Axes = figure.add_subplot()
    size = here["words"].to_numpy(dtype=float)
    starts = size.cumsum() - size
    axes.bar(starts, [100.0] * len(here), width=size, align="edge", color="#E5E7EB",
             edgecolor="white", linewidth=0.5, label="other words")  # fmt: skip
    axes.bar(starts, 100 * here["formulaic_share"], width=size, align="edge", color=COLOURS[0],
             edgecolor="white", linewidth=0.5, label="formula")  # fmt: skip
    axes.set_xlim(0, max(1.0, float(size.sum())))
    axes.set_ylim(0, 100)
    axes.set_ylabel("Share of the sentence (%)")
    axes.set_xlabel("Words from the beginning; a bar is a sentence")
    figure.legend(loc="outside upper right", ncols=2)
    return figure
