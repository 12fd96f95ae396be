"""The pictures of the commitments notebook: by section and binding level, and through the text."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.commitments.tables import KINDS, section_counts, with_kind

_COLOURS = {"strict, high": COLOURS[0], "strict, low": COLOURS[5], "broad only": "#C9CED6"}


@house_style()
def by_section(document: Document, commitments: pd.DataFrame) -> Figure:
    """Return the commitments of each section as stacked bars, by kind."""
    counts = section_counts(document, commitments)
    figure = new_figure(PAGE_WIDTH, 2.9)
    axes: Axes = figure.add_subplot()
    places = range(len(counts))
    base = pd.Series(0, index=counts.index)
    for kind in KINDS:
        bars = axes.bar(
            places, counts[kind], bottom=base, width=0.62, color=_COLOURS[kind], label=kind
        )
        shown = [str(number) if number else "" for number in counts[kind]]
        colour = "white" if kind == "strict, high" else "#111827"
        axes.bar_label(bars, labels=shown, label_type="center", fontsize=7.5, color=colour)
        base = base + counts[kind]
    names = ["opening" if number == 0 else str(number) for number in counts.index]
    axes.set_xticks(list(places), names)
    axes.set_xlabel("Section")
    axes.set_ylabel("Commitments")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, max(1, int(base.max())) * 1.08)
    figure.legend(loc="outside upper left", ncols=len(KINDS), handlelength=1.2)
    return figure


@house_style()
def through_text(document: Document, commitments: pd.DataFrame) -> Figure:
    """Return every commitment at its place in the text, one row a kind."""
    kinds = with_kind(commitments)
    start, end = document.body
    length = max(1, end - start)
    figure = new_figure(PAGE_WIDTH, 1.75)
    axes: Axes = figure.add_subplot()
    for row, kind in enumerate(reversed(KINDS)):
        places = 100 * (kinds.loc[kinds["kind"] == kind, "end"] - start) / length
        colour = GREY if kind == "broad only" else _COLOURS[kind]
        axes.vlines(places, row - 0.32, row + 0.32, color=colour, linewidth=1.4)
    sections = segment(document, level="section")
    for place, number in zip(sections["start"], sections["section"], strict=True):
        at = 100 * (place - start) / length
        axes.axvline(at, color="#E5E7EB", linewidth=0.8, zorder=0)
        if number:
            axes.text(at + 0.4, len(KINDS) - 0.42, str(number), fontsize=7, color=GREY)
    axes.set_yticks(range(len(KINDS)), list(reversed(KINDS)))
    axes.set_ylim(-0.5, len(KINDS) - 0.15)
    axes.set_xlim(0, 100)
    axes.set_xlabel("Place in the text, in per cent of its characters; grey: where sections begin")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure
