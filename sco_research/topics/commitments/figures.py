"""The figure of the commitments report: every undertaking where it begins in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sco_research.reports.figures import COLOURS, GREY, PAGE_WIDTH, figure_style, new_figure
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.commitments.tables import KINDS, with_kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = {"strict, high": COLOURS[0], "strict, low": COLOURS[5], "broad only": "#C9CED6"}


@figure_style()
def through_text(document: Document, undertakings: pd.DataFrame) -> Figure:
    """Draw every undertaking where it begins in the text, one row a kind."""
    kinds = with_kind(undertakings)
    start, end = document.body
    length = max(1, end - start)
    figure = new_figure(PAGE_WIDTH, 1.75)
    axes: Axes = figure.add_subplot()
    for row, kind in enumerate(reversed(KINDS)):
        places = 100 * (kinds.loc[kinds["kind"] == kind, "start"] - start) / length
        colour = GREY if kind == "broad only" else _COLOURS[kind]
        axes.vlines(places, row - 0.32, row + 0.32, color=colour, linewidth=1.4)
    sections = segment(document, level="section")
    # A single section is the whole text: no line.
    sections = sections if len(sections) > 1 else sections.iloc[:0]
    for place, number in zip(sections["start"], sections["section"], strict=True):
        at = 100 * (place - start) / length
        axes.axvline(at, color="#E5E7EB", linewidth=0.8, zorder=0)
        if number:
            axes.text(at + 0.4, len(KINDS) - 0.42, str(number), fontsize=8.5, color=GREY)
    axes.set_yticks(range(len(KINDS)), list(reversed(KINDS)))
    axes.set_ylim(-0.5, len(KINDS) - 0.15)
    axes.set_xlim(0, 100)
    lines = "; grey lines: sections begin" if len(sections) else ""
    axes.set_xlabel(f"Position in the text (% of characters){lines}")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure
