"""Agreement and scores with their intervals, as figures."""

import pandas as pd
from matplotlib.figure import Figure

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.topics.reliability.tables import ALPHA, questions

_HEIGHT_OF_A_ROW = 0.19


def drawn_alphas(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `agreement` that a figure shows: alpha of all coders, where defined."""
    alphas = table[(table["coefficient"] == ALPHA) & table["value"].notna()]
    return alphas[alphas["coders"] == table["coders"].iloc[0]] if len(table) else alphas


def drawn_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `score` that a figure shows: F1 of each category, where defined."""
    return table[(table["measure"] == "f1") & table["value"].notna() & (table["average"] == "")]


@house_style()
def interval_figure(table: pd.DataFrame, codebook: Codebook, *, label: str) -> Figure:
    """Draw values with their intervals, the first on top; a hollow point has no interval.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `drawn_alphas` or `drawn_scores`.
    codebook : Codebook
        Whose labels are shown.
    label : str
        What is measured.
    """
    figure = new_figure(PAGE_WIDTH, 0.7 + _HEIGHT_OF_A_ROW * max(len(table), 3))
    axes = figure.add_subplot()
    places = range(len(table))
    axes.hlines(places, table["low"], table["high"], color=COLOURS[0], linewidth=2)
    hollow = table["low"].isna()
    for kind, fill in ((~hollow, COLOURS[0]), (hollow, "white")):
        rows = [place for place in places if kind.iloc[place]]
        axes.scatter(
            table["value"].iloc[rows], rows, s=22, color=fill, edgecolor=COLOURS[0], zorder=3
        )
    axes.set_yticks(list(places), labels=questions(table, codebook))
    axes.set_ylim(max(len(table), 1) - 0.5, -0.5)
    least = min([0.0, *table["low"].dropna(), *table["value"].dropna()])
    axes.set_xlim(least - 0.03, 1.03)
    axes.axvline(0.8, color=GREY, linewidth=0.8, linestyle="dashed")
    axes.set_xlabel(label)
    axes.grid(axis="x")
    return figure
