"""The figure of the language report: the sentences and their readability through the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sco_research.metrics.registry import METRICS
from sco_research.reports.figures import COLOURS, GREY, PAGE_WIDTH, figure_style, new_figure
from sco_research.topics.language.length import numbered_sections
from sco_research.topics.language.tables import part_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BARS, _LINE = COLOURS[0], COLOURS[1]
# Of the width of a figure: what a number takes, and what "Section 1" takes.
_MIN_SHARE = 0.03
_SHARE_OF_NAME = 0.13
_MOST_BARS = 400


@figure_style()
def through_the_text(counts: pd.DataFrame, curve: pd.DataFrame) -> Figure:
    """Draw the length of every sentence, and below it a readability formula along the text.

    Parameters
    ----------
    counts : pandas.DataFrame
        As from `count`, levels ``section`` and ``sentence``.
    curve : pandas.DataFrame
        As from `readability_curve`; where it is empty only the lengths are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    lengths = counts.loc[counts["level"] == "sentence", "words"].dropna()
    sizes = lengths.to_numpy(dtype=float)
    starts = sizes.cumsum() - sizes
    figure = new_figure(PAGE_WIDTH, 2.4 if curve.empty else 4.2)
    if curve.empty:
        above = bottom = figure.subplots()
    else:
        above, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1.25, 1])
    _sections(above, counts, named=True)
    if sizes.size > _MOST_BARS:
        # Thinner than the white between them; and each bar is a shape to be drawn.
        above.stairs(sizes, [*starts, sizes.sum()], fill=True, color=_BARS)
    else:
        above.bar(
            starts, sizes, width=sizes, align="edge", color=_BARS, edgecolor="white", linewidth=0.5
        )
    if sizes.size:
        above.axhline(sizes.mean(), color=_LINE, linewidth=1, linestyle="--")
        above.annotate(
            f"mean {sizes.mean():.1f}", (1, sizes.mean()), xycoords=("axes fraction", "data"),
            xytext=(3, 0), textcoords="offset points", va="center", color=_LINE, fontsize=7.5,
            annotation_clip=False,
        )  # fmt: skip
    above.set_ylabel("Words in the sentence")
    if not curve.empty:
        _sections(bottom, counts, named=False)
        metric = METRICS[str(curve["metric"].iloc[0])]
        middle = (curve["first_word"] + curve["last_word"]) / 2
        bottom.plot(middle, curve["value"], color=_BARS, linewidth=1.3)
        bottom.set_ylabel(f"{metric.label}\n({metric.unit})")
        bottom.set_title(metric.direction, fontsize=8)
    bottom.set_xlabel("Words from the beginning")
    return figure


def _sections(axes: Axes, counts: pd.DataFrame, *, named: bool) -> None:
    """Shade every other section; name them at the top, where the text has several."""
    # In a language whose words are not separated there is no scale to place sections on.
    sections = counts[(counts["level"] == "section") & counts["words"].notna()]
    ends = sections["words"].to_numpy(dtype=float).cumsum()
    starts = ends - sections["words"].to_numpy(dtype=float)
    total = max(float(ends[-1]) if len(ends) else 0.0, 1.0)
    named = named and numbered_sections(counts) > 1
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if place % 2:
            axes.axvspan(start, end, color="#F3F4F6", linewidth=0, zorder=0)
        share = (end - start) / total
        if named and share >= _MIN_SHARE:
            name = part_name(str(sections["segment_id"].iloc[place]))
            axes.text(
                (start + end) / 2,
                1.015,
                name if share >= _SHARE_OF_NAME else name.removeprefix("Section "),
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="bottom",
                fontsize=7.5,
                color=GREY,
            )
    axes.set_xlim(0, total)
