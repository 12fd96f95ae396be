"""The pictures of the language notebook: sentences, readability and variety through the text."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sco_research.metrics.registry import METRICS
from sco_research.reports.style import COLOURS, GREY, PAGE_WIDTH, house_style, new_figure
from sco_research.text.document import Document
from sco_research.topics.language.prose import evaluation, sentence_length, variety
from sco_research.topics.language.tables import section_names

_BARS, _LINE = COLOURS[0], COLOURS[1]
# Of the width of a figure: what a number takes, and what "Section 1" takes.
_LEAST_SHARE = 0.03
_SHARE_OF_NAME = 0.13


def _sections(axes: Axes, counts: pd.DataFrame, document: Document, *, named: bool) -> None:
    """Draw where sections begin, in words from the beginning, and name them at the top."""
    names = section_names(document)
    # In a language whose words cannot be told apart there is no scale to place sections on.
    sections = counts[(counts["level"] == "section") & counts["words"].notna()]
    ends = sections["words"].to_numpy(dtype=float).cumsum()
    starts = ends - sections["words"].to_numpy(dtype=float)
    total = max(float(ends[-1]) if len(ends) else 0.0, 1.0)
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if place % 2:
            axes.axvspan(start, end, color="#F3F4F6", linewidth=0, zorder=0)
        share = (end - start) / total
        label = names[str(sections["segment_id"].iloc[place])]
        if named and share >= _LEAST_SHARE:
            axes.text(
                (start + end) / 2,
                1.015,
                label if share >= _SHARE_OF_NAME else label.removeprefix("Section "),
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="bottom",
                fontsize=7.5,
                color=GREY,
            )
    axes.set_xlim(0, total)


@house_style()
def through_the_text(counts: pd.DataFrame, curve: pd.DataFrame, document: Document) -> Figure:
    """Draw the length of every sentence, and below it a readability formula along the text.

    Parameters
    ----------
    counts : pandas.DataFrame
        As from `count`, levels ``section`` and ``sentence``.
    curve : pandas.DataFrame
        As from `readability_curve`.
    document : Document
        What was measured.
    """
    figure = new_figure(PAGE_WIDTH, 4.2)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[1.25, 1])
    lengths = counts.loc[counts["level"] == "sentence", "words"].dropna()
    sizes = lengths.to_numpy(dtype=float)
    starts = sizes.cumsum() - sizes
    _sections(above, counts, document, named=True)
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
    above.set_ylabel("words in the sentence")
    _sections(below, counts, document, named=False)
    if curve.empty:
        below.text(
            0.5, 0.5, "too short for a curve", transform=below.transAxes, ha="center", color=GREY
        )
    else:
        metric = METRICS[str(curve["metric"].iloc[0])]
        middle = (curve["first_word"] + curve["last_word"]) / 2
        below.plot(middle, curve["value"], color=_BARS, linewidth=1.3)
        below.set_ylabel(f"{metric.label}\n({metric.unit})")
        below.set_title(f"{metric.direction}; runs of sentences of 100 words or more", fontsize=8)
    below.set_xlabel("words from the beginning")
    return figure


@house_style()
def diversity_figure(curve: pd.DataFrame, counts: pd.DataFrame, document: Document) -> Figure:
    """Draw the type-token ratio of a moving window along the text.

    Parameters
    ----------
    curve : pandas.DataFrame
        As from `diversity_curve`.
    counts : pandas.DataFrame
        As from `count`, with level ``section``.
    document : Document
        What was measured.
    """
    figure = new_figure(PAGE_WIDTH, 2.5)
    axes: Axes = figure.add_subplot()
    _sections(axes, counts, document, named=True)
    if curve.empty:
        axes.text(
            0.5, 0.5, "too short for a curve", transform=axes.transAxes, ha="center", color=GREY
        )
        return figure
    middle = (curve["first_word"] + curve["last_word"]) / 2
    window = int(curve["last_word"].iloc[0] - curve["first_word"].iloc[0] + 1)
    axes.plot(middle, curve["value"], color=_BARS, linewidth=1)
    mean = float(curve["value"].mean())
    axes.axhline(mean, color=_LINE, linewidth=1, linestyle="--")
    axes.annotate(
        f"mean\n{mean:.3f}", (1, mean), xycoords=("axes fraction", "data"), xytext=(3, 0),
        textcoords="offset points", va="center", color=_LINE, fontsize=7.5, annotation_clip=False,
    )  # fmt: skip
    axes.set_ylabel(f"types per word,\nwindow of {window} words")
    axes.set_xlabel("words from the beginning")
    return figure


@house_style()
def stance_figure(rates: pd.DataFrame) -> Figure:
    """Draw each kind of stance per thousand words, with its interval.

    Parameters
    ----------
    rates : pandas.DataFrame
        As from `stance_rates`, one document.
    """
    shown = rates[rates["per_thousand"].notna()].iloc[::-1]
    figure = new_figure(PAGE_WIDTH, 0.9 + 0.24 * max(len(shown), 1))
    axes: Axes = figure.add_subplot()
    place = np.arange(len(shown))
    values = shown["per_thousand"].to_numpy(dtype=float)
    low, high = (shown[name].to_numpy(dtype=float) for name in ("low", "high"))
    axes.hlines(place, low, high, color=_BARS, linewidth=1.6)
    axes.plot(values, place, "o", color=_BARS, markersize=4)
    axes.set_yticks(place, [str(label) for label in shown["label"]])
    # Nominalisations outnumber all else by far; the scale shows the rare ones too.
    axes.set_xscale("function", functions=(_squeezed, _stretched))
    ticks = [0, 0.5, 1, 2, 5, 10, 20, 50, 100, 200]
    top = float(np.nanmax(np.append(high, values), initial=1.0))
    axes.set_xlim(-0.05, top * 1.25)
    kept = [tick for tick in ticks if tick <= top * 1.25]
    axes.set_xticks(kept, [f"{tick:g}" for tick in kept])
    axes.minorticks_off()
    axes.grid(axis="x")
    axes.set_xlabel("per 1,000 words, logarithmic above 1")
    return figure


def _squeezed(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return values as they are up to 1, and their logarithms above.

    Rounded, or a figure's bytes would show which processor took the logarithm.
    """
    given = np.asarray(values, dtype=float)
    return np.where(given > 1, 1 + np.round(np.log10(np.maximum(given, 1)), 9), given)


def _stretched(places: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the values that `_squeezed` gives these places."""
    given = np.asarray(places, dtype=float)
    return np.where(given > 1, np.round(10 ** (np.maximum(given, 1) - 1), 9), given)


def alt_through(counts: pd.DataFrame) -> str:
    """Say what the figure of sentence lengths shows."""
    lengths = sentence_length(counts)
    return f"Bars for the words of each sentence in order, a line for readability. {lengths}"


def alt_diversity(metrics: pd.DataFrame) -> str:
    """Say what the figure of lexical diversity shows."""
    return (
        f"A line for the type-token ratio of a window moving through the text. {variety(metrics)}"
    )


def alt_stance(rates: pd.DataFrame) -> str:
    """Say what the figure of stance shows."""
    return f"Rates per 1,000 words of each kind of stance, with intervals. {evaluation(rates)}"
