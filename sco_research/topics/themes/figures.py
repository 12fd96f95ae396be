"""The figure of the report on themes: each match at its place in the text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.figures import (
    COLOURS,
    GREY,
    PAGE_WIDTH,
    figure_of_words,
    figure_style,
    new_figure,
)
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.themes.tables import label_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_WIDTH = 40
_ROW_HEIGHT = 0.185
_INK = COLOURS[0]


def _wrapped(codebook: Codebook, category: str) -> str:
    return textwrap.fill(label_of(codebook, category), _LABEL_WIDTH)


@figure_style()
def strip_plot(document: Document, codings: pd.DataFrame, *, codebook: Codebook) -> Figure:
    """Draw every match at its place in the text, one row a theme.

    Parameters
    ----------
    document : Document
        The document.
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels and order are shown.
    """
    here = codings[codings["document_id"] == document.id]
    names = [category.id for category in codebook if (here["category"] == category.id).any()]
    if not names:
        return figure_of_words("No theme of the codebook was found")
    start, end = segment(document, level="document")[["start", "end"]].iloc[0]
    labels = [_wrapped(codebook, name) for name in names]
    height = _ROW_HEIGHT * (1.5 if any("\n" in label for label in labels) else 1)
    figure = new_figure(PAGE_WIDTH, 0.75 + height * len(names))
    axes: Axes = figure.add_subplot()
    for row, name in enumerate(names):
        places = here.loc[here["category"] == name, "start"]
        axes.vlines(
            100 * (places - start) / (end - start), row - 0.36, row + 0.36, color=_INK, linewidth=1
        )
    axes.set_yticks(range(len(names)), labels, linespacing=0.95)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("Position in the text (% of characters)")
    axes.hlines(np.arange(len(names) - 1) + 0.5, 0, 100, color="#EEF0F3", linewidth=0.6, zorder=0)
    axes.tick_params(axis="y", length=0)
    _mark_sections(axes, document, int(start), int(end))
    return figure


def _mark_sections(axes: Axes, document: Document, start: int, end: int) -> None:
    """Draw where the sections begin, with their numbers above."""
    sections = segment(document, level="section")
    if len(sections) < 2:
        return
    begins = 100 * (sections["start"] - start) / (end - start)
    ends = [*begins.iloc[1:], 100.0]
    for number, begin, finish in zip(sections["section"], begins, ends, strict=True):
        axes.axvline(begin, color=GREY, linewidth=0.6, zorder=0)
        if finish - begin > 2.5 and number:
            axes.annotate(
                str(number),
                ((begin + finish) / 2, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                color=GREY,
            )
    axes.set_title("Section", fontsize=8.5, color=GREY, loc="left", x=-0.075)
