"""The pictures of the comparison notebook: words, places, dates, and what returns where."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.statistics import Numbers
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import sentences_of
from sco_research.topics.comparison.views import labels

_HERE, _OTHERS = COLOURS[0], COLOURS[1]
_KINDS = {"verbatim": COLOURS[0], "near-verbatim": COLOURS[5], "reworded": COLOURS[1]}
_ROW = 0.185
_COLUMNS = 3
_PANEL = 1.45
_MOST_PANELS = 12


@house_style()
def keyness_plot(found: pd.DataFrame, *, most: int) -> Figure:
    """Return the leading keywords of both directions: log ratio with its interval.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `keyness`.
    most : int
        How many of each direction.
    """
    parts = [found[found["direction"] == way].head(most) for way in ("target", "reference")]
    rows = pd.concat(parts, ignore_index=True)
    # The longest bars outside: from most over here to most over there.
    rows = rows.sort_values("log_ratio", ascending=False, kind="stable", ignore_index=True)
    figure = new_figure(PAGE_WIDTH, 1.0 + _ROW * max(len(rows), 2))
    axes: Axes = figure.add_subplot()
    places = np.arange(len(rows))
    for way, colour in (("target", _HERE), ("reference", _OTHERS)):
        mine = (rows["direction"] == way).to_numpy()
        label = "more frequent here" if way == "target" else "more frequent in the others"
        axes.hlines(
            places[mine],
            rows.loc[mine, "log_ratio_low"],
            rows.loc[mine, "log_ratio_high"],
            color=colour,
            linewidth=1.2,
            alpha=0.55,
        )
        axes.scatter(rows.loc[mine, "log_ratio"], places[mine], s=16, color=colour, label=label)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_yticks(places, [textwrap.shorten(str(term), 28) for term in rows["term"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Log ratio: 1 is twice as frequent here, -1 half as frequent")
    axes.grid(axis="x")
    figure.legend(loc="outside upper center", ncols=2)
    return figure


@house_style()
def map_plot(places: pd.DataFrame, corpus: Corpus, document: Document) -> Figure:
    """Return the map of likeness: documents as points, joined in the order of their dates.

    Parameters
    ----------
    places : pandas.DataFrame
        As from `similarity_map`.
    corpus : Corpus
        The documents.
    document : Document
        The one that is marked.
    """
    short = labels(corpus)
    figure = new_figure(PAGE_WIDTH, 3.6)
    axes: Axes = figure.add_subplot()
    x, y = places["x"].to_numpy(dtype=float), places["y"].to_numpy(dtype=float)
    axes.plot(x, y, color="#D1D5DB", linewidth=1, zorder=1)
    for row in places.to_dict("records"):
        mine = row["document_id"] == document.id
        axes.scatter(row["x"], row["y"], s=46, color=_HERE if mine else GREY, zorder=3)
    reach = max(float(np.ptp(x)), float(np.ptp(y)), 1e-6)
    middle = (float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2)
    for row, (side, rise) in zip(places.to_dict("records"), _sides(x, y), strict=True):
        axes.annotate(
            short[str(row["document_id"])],
            (row["x"], row["y"]),
            xytext=(7 * side, 6 * rise),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=7.5,
            color=_HERE if row["document_id"] == document.id else "#374151",
        )
    axes.set_xlim(middle[0] - 0.85 * reach, middle[0] + 0.85 * reach)
    axes.set_ylim(middle[1] - 0.6 * reach, middle[1] + 0.6 * reach)
    axes.set_aspect("equal")
    axes.set_xlabel(f"First direction ({_percent(places, 'x_share')} of the variation)")
    axes.set_ylabel(f"Second ({_percent(places, 'y_share')})")
    axes.set_xticks([])
    axes.set_yticks([])
    return figure


def _percent(places: pd.DataFrame, name: str) -> str:
    return f"{100 * float(places[name].iloc[0]):.0f} %" if len(places) else "0 %"


def _sides(x: Numbers, y: Numbers) -> list[tuple[int, int]]:
    """Return for each point to which side its name goes: away from its nearest neighbour."""
    found = []
    for place in range(len(x)):
        distance = np.hypot(x - x[place], y - y[place])
        distance[place] = np.inf
        nearest = int(np.argmin(distance)) if len(x) > 1 else place
        side = 1 if x[place] >= x[nearest] else -1
        rise = 1 if y[place] >= y[nearest] else -1
        found.append((side, rise))
    return found


@house_style()
def over_dates(
    found: pd.DataFrame,
    corpus: Corpus,
    document: Document,
    names: Mapping[str, str],
    *,
    scale: float = 1.0,
    unit: str = "",
) -> Figure:
    """Return measures over the dates with their intervals, a panel each.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `trend`.
    corpus : Corpus
        The documents, in order.
    document : Document
        The one that is marked.
    names : mapping of str to str
        Which measures, and what each is called; twelve at most.
    scale : float
        What values are multiplied by, 100 for per cent.
    unit : str
        Of the vertical axes.
    """
    shown = [name for name in names if (found["measure"] == name).any()][:_MOST_PANELS]
    columns = 2 if len(shown) == 4 else min(_COLUMNS, max(1, len(shown)))
    rows = -(-max(1, len(shown)) // columns)
    figure = new_figure(PAGE_WIDTH, 0.45 + _PANEL * rows)
    panels = np.atleast_1d(figure.subplots(rows, columns, sharex=True, squeeze=False)).ravel()
    places = np.arange(len(corpus))
    short = labels(corpus)
    for panel, name in zip(panels, shown, strict=False):
        part = found[found["measure"] == name].set_index("document_id")
        value, low, high = (
            scale * part.loc[[item.id for item in corpus], column].to_numpy(dtype=float)
            for column in ("value", "value_low", "value_high")
        )
        panel.plot(places, value, color=GREY, linewidth=1, zorder=1)
        panel.vlines(places, low, high, color=GREY, linewidth=1)
        mine = np.array([item.id == document.id for item in corpus])
        panel.scatter(places[~mine], value[~mine], s=14, color=GREY, zorder=3)
        panel.scatter(places[mine], value[mine], s=22, color=_HERE, zorder=3)
        panel.set_title("\n".join(textwrap.wrap(names[name], 28)[:2]), fontsize=8)
        panel.set_ylim(bottom=min(0.0, panel.get_ylim()[0]))
        panel.set_xlim(-0.4, len(corpus) - 0.6)
        step = max(1, len(corpus) // 6)
        panel.set_xticks(
            places[::step], [textwrap.shorten(short[item.id], 12) for item in corpus][::step],
            fontsize=7, rotation=0 if max(map(len, short.values())) < 5 else 35,
        )  # fmt: skip
        panel.tick_params(axis="y", labelsize=7)
    for panel in panels[len(shown) :]:
        panel.set_visible(False)
    # Under a panel that stands above an empty place the dates are shown too.
    for panel in panels[max(0, len(shown) - columns) : len(shown)]:
        panel.tick_params(axis="x", labelbottom=True)
    if unit:
        figure.supylabel(unit, fontsize=8)
    return figure


@house_style()
def reuse_plot(earlier: Document, later: Document, reuse: pd.DataFrame) -> Figure:
    """Return which sentences of one document return where in another.

    Parameters
    ----------
    earlier, later : Document
        The two documents.
    reuse : pandas.DataFrame
        As from `find_reuse`.
    """
    sides = (earlier, later)
    places = [{item.id: row for row, item in enumerate(sentences_of(side))} for side in sides]
    pairs = reuse[(reuse["document_id"] == later.id) & (reuse["earlier_document_id"] == earlier.id)]
    figure = new_figure(PAGE_WIDTH, 4.4)
    axes: Axes = figure.add_subplot()
    for x, held in zip((0, 1), places, strict=True):
        number = max(1, len(held))
        y = [(row + 0.5) / number for row in held.values()]
        axes.scatter([x] * len(y), y, marker="s", s=9, color="#C9CED6", zorder=2)
    for row in pairs.sort_values("similarity", kind="stable").to_dict("records"):
        ends = [
            (places[0][str(row["earlier_segment_id"])] + 0.5) / len(places[0]),
            (places[1][str(row["segment_id"])] + 0.5) / len(places[1]),
        ]
        colour = _KINDS[str(row["kind"])]
        axes.plot(
            [0, 1], ends, color=colour, linewidth=0.5 + 1.5 * float(row["similarity"]), zorder=3
        )
        axes.scatter([0, 1], ends, marker="s", s=11, color=colour, zorder=4)
    for x, side, where in ((0, earlier, "right"), (1, later, "left")):
        when = str(side.metadata.date or "")
        axes.text(
            x - 0.03 if where == "right" else x + 0.03,
            0.5,
            "\n".join([*textwrap.wrap(side.id, 18), when]),
            ha=where,
            va="center",
            fontsize=8,
        )
        axes.text(x, -0.02, "beginning", ha="center", va="bottom", fontsize=7, color=GREY)
        axes.text(x, 1.02, "end", ha="center", va="top", fontsize=7, color=GREY)
    axes.set_xlim(-0.42, 1.42)
    axes.set_ylim(1.08, -0.08)
    axes.axis("off")
    handles = [
        Line2D([], [], color=colour, linewidth=2, label=kind) for kind, colour in _KINDS.items()
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    return figure


@house_style()
def novelty_plot(document: Document, novelty: pd.DataFrame) -> Figure:
    """Return how much of each sentence was said before, through the text.

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
             edgecolor="white", linewidth=0.5, label="new")  # fmt: skip
    axes.bar(starts, 100 * here["formulaic_share"], width=size, align="edge", color=_HERE,
             edgecolor="white", linewidth=0.5, label="said before")  # fmt: skip
    axes.set_xlim(0, max(1.0, float(size.sum())))
    axes.set_ylim(0, 100)
    axes.set_ylabel("% of the sentence")
    axes.set_xlabel("Words from the beginning; a bar is a sentence")
    figure.legend(loc="outside upper right", ncols=2)
    return figure
