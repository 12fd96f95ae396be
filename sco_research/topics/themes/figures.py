"""The pictures of the themes notebook: by section, through the text, and who meets whom."""

import math
import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Curve
from matplotlib.ticker import MaxNLocator

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.topics.themes.tables import label_of

_LABEL_WIDTH = 34
_ROW_HEIGHT = 0.185
_INK = COLOURS[0]
_SHADES = LinearSegmentedColormap.from_list("shares", ["#FFFFFF", _INK])
_MOST_NODES = 40


def _present(shares: pd.DataFrame) -> list[str]:
    """Return the categories with hits, in the codebook's order."""
    found = set(shares.loc[shares["hits"] > 0, "category"])
    return [name for name in dict.fromkeys(shares["category"]) if name in found]


def _short(codebook: Codebook, category: str) -> str:
    return textwrap.shorten(label_of(codebook, category), _LABEL_WIDTH, placeholder=" …")


@house_style()
def section_heatmap(shares: pd.DataFrame, codebook: Codebook) -> Figure:
    """Return themes by section: the number of sentences, shaded by their share of the section.

    Parameters
    ----------
    shares : pandas.DataFrame
        As from `prevalence` by section.
    codebook : Codebook
        Whose labels are shown.
    """
    names = _present(shares)
    if not names:
        return _nothing()
    wide = shares.pivot(index="category", columns="section", values="share_sentences").loc[names]
    counts = shares.pivot(index="category", columns="section", values="sentences").loc[names]
    figure = new_figure(PAGE_WIDTH, 0.75 + _ROW_HEIGHT * len(names))
    axes: Axes = figure.add_subplot()
    values = wide.to_numpy(dtype=float)
    axes.imshow(values, cmap=_SHADES, vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(counts.to_numpy(dtype=int)):
        if count:
            colour = "white" if values[row, column] > 0.55 else "#111827"
            axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=7.5)
    lengths = shares.groupby("section")["of_sentences"].first()
    axes.set_xticks(
        range(len(lengths)),
        ["opening" if number == 0 else str(number) for number in lengths.index],
    )
    axes.set_yticks(range(len(names)), [_short(codebook, name) for name in names])
    axes.set_xticks(np.arange(len(lengths) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(names) + 1) - 0.5, minor=True)
    axes.grid(which="minor", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("Section")
    axes.spines[:].set_visible(False)
    return figure


@house_style()
def strip_plot(document: Document, codings: pd.DataFrame, codebook: Codebook) -> Figure:
    """Return every hit at its place in the text, one row a theme.

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
        return _nothing()
    start, end = segment(document, level="document")[["start", "end"]].iloc[0]
    figure = new_figure(PAGE_WIDTH, 0.75 + _ROW_HEIGHT * len(names))
    axes: Axes = figure.add_subplot()
    for row, name in enumerate(names):
        places = here.loc[here["category"] == name, "start"]
        axes.vlines(
            100 * (places - start) / (end - start), row - 0.36, row + 0.36, color=_INK, linewidth=1
        )
    axes.set_yticks(range(len(names)), [_short(codebook, name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("Place in the text (% of its characters)")
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


@house_style()
def network(
    pairs: pd.DataFrame, shares: pd.DataFrame, codebook: Codebook, *, least: int = 2
) -> Figure:
    """Return which themes meet: a circle in the codebook's order, a line's width how often.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As from `cooccurrence`.
    shares : pandas.DataFrame
        As from `prevalence` of the document; a circle's area is the number of sentences.
    codebook : Codebook
        Whose labels are shown.
    least : int
        How often a pair must meet to be drawn.
    """
    kept = pairs[pairs["together"] >= least]
    linked = {*kept["category"], *kept["other"]}
    names = [name for name in _present(shares) if name in linked][:_MOST_NODES]
    if not names:
        return _nothing(f"No two themes meet {least} times or more")
    sentences = shares.set_index("category")["sentences"]
    angles = {
        name: math.pi / 2 - 2 * math.pi * place / len(names) for place, name in enumerate(names)
    }
    figure = new_figure(PAGE_WIDTH, 4.2)
    axes: Axes = figure.add_subplot()
    for row in kept[kept["category"].isin(names) & kept["other"].isin(names)].itertuples():
        _chord(axes, angles[str(row.category)], angles[str(row.other)], float(str(row.together)))
    largest = float(sentences[names].max())
    for name, angle in angles.items():
        x, y = _on_circle(angle)
        area = 25 + 150 * float(sentences[name]) / largest
        axes.scatter(x, y, s=area, color=_INK, edgecolor="white", linewidth=0.8, zorder=3)
        _name_node(axes, x, y, _wrapped(f"{_short(codebook, name)} ({sentences[name]})"))
    axes.set_xlim(-1.95, 1.95)
    axes.set_ylim(-1.22, 1.22)
    axes.set_aspect("equal")
    axes.axis("off")
    return figure


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, 24, break_on_hyphens=False))


def _on_circle(angle: float) -> tuple[float, float]:
    """Return a place; rounded, or a figure's bytes would show which processor took the cosine."""
    return round(math.cos(angle), 9), round(math.sin(angle), 9)


def _chord(axes: Axes, one: float, other: float, weight: float) -> None:
    """Draw a curve between two places of the circle, bent towards its middle."""
    ends = [_on_circle(angle) for angle in (one, other)]
    middle = (0.35 * (ends[0][0] + ends[1][0]) / 2, 0.35 * (ends[0][1] + ends[1][1]) / 2)
    curve = Curve([ends[0], middle, ends[1]], [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3])
    axes.add_patch(
        PathPatch(curve, fill=False, edgecolor=COLOURS[1], alpha=0.65, linewidth=0.9 * weight)
    )


def _name_node(axes: Axes, x: float, y: float, label: str) -> None:
    side = "left" if x > 0.15 else "right" if x < -0.15 else "center"
    rise = "bottom" if y > 0.85 else "top" if y < -0.85 else "center"
    axes.text(
        x * 1.12,
        y * 1.12,
        label,
        ha=side,
        va=rise if side == "center" else "center",
        fontsize=7.5,
        linespacing=1.05,
    )


@house_style()
def commitment_bars(commitments: pd.DataFrame, codebook: Codebook) -> Figure:
    """Return the sentences of each theme, divided by whether they commit the members.

    Parameters
    ----------
    commitments : pandas.DataFrame
        As from `theme_commitments`.
    codebook : Codebook
        Whose labels and order are shown.
    """
    order = {category.id: place for place, category in enumerate(codebook)}
    ranked = commitments.sort_values("category", key=lambda names: names.map(order))
    if not len(ranked):
        return _nothing()
    figure = new_figure(PAGE_WIDTH, 0.9 + _ROW_HEIGHT * len(ranked))
    axes: Axes = figure.add_subplot()
    rows = np.arange(len(ranked))
    strict, broad = ranked["strict"].to_numpy(), ranked["broad"].to_numpy()
    parts = (
        ("strict commitment", strict, COLOURS[0], ""),
        ("broad only", broad - strict, COLOURS[5], "////"),
        ("none", ranked["sentences"].to_numpy() - broad, "#E5E7EB", ""),
    )
    left = np.zeros(len(ranked))
    for label, width, colour, hatch in parts:
        axes.barh(
            rows,
            width,
            left=left,
            color=colour,
            label=label,
            height=0.72,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.5,
        )
        left = left + width
    axes.set_yticks(rows, [_short(codebook, name) for name in ranked["category"]])
    axes.set_ylim(len(ranked) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Sentences")
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def _nothing(words: str = "No theme of the codebook was found") -> Figure:
    """Return a figure that says that there is nothing to show."""
    figure = new_figure(PAGE_WIDTH, 0.8)
    axes: Axes = figure.add_subplot()
    axes.text(0.5, 0.5, words, ha="center", va="center", color=GREY)
    axes.axis("off")
    return figure
