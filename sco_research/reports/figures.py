"""How every figure looks, and how it becomes the same bytes each time."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sco_research.errors import RunError
from sco_research.reports.markdown import visible
from sco_research.resources import data_path

# matplotlib is imported where something is drawn: a table needs none.
if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

PAGE_WIDTH = 6.5
"""Width of the text of a page, in inches."""

# Okabe and Ito's colours, told apart by colour-blind readers too.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#4D4D4D", "#B8A800")
GREY = "#6B7280"

# Where the file would say when and by what it was written.
_SIGNED = ("Date", "Creator")
_WORDS_WIDTH = 70
_FAMILY = "DejaVu Sans"
_FALLBACK = "DroidSansFallback.ttf"
_STYLE: dict[RcKeyType, Any] = {
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": "#E5E7EB",
    "legend.frameon": False,
    "xtick.color": "#374151",
    "ytick.color": "#374151",
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "sco_research",
    # Letters as outlines: the reader's machine need not have the font.
    "svg.fonttype": "path",
}


@cache
def _families() -> tuple[str, ...]:
    """Register the font for scripts that matplotlib's own lacks, such as Chinese; return both.

    Where its file is missing figures have matplotlib's own, which warns of what it lacks.
    """
    from matplotlib.font_manager import fontManager

    font = data_path("fonts", _FALLBACK)
    if not font.is_file():
        return (_FAMILY,)
    fontManager.addfont(font)
    entry = fontManager.ttflist[-1]
    # It has one weight: for a bold letter matplotlib would take it too, and complain of it.
    others = (weight for weight in range(100, 1000, 100) if weight != entry.weight)
    fontManager.ttflist += [replace(entry, weight=weight) for weight in others]
    return _FAMILY, entry.name


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw in the house's style, whatever the session's own settings.

    It is a context and a decorator: every function that draws a figure is decorated with
    ``@figure_style()``, because matplotlib reads its settings when an axis or a label is made.
    """
    import matplotlib as mpl

    # Fonts that matplotlib and the package carry: the machine's own would change the bytes.
    style = {**_STYLE, "font.family": list(_families())}
    with mpl.rc_context():
        mpl.rcdefaults()
        with mpl.rc_context(style):
            yield


def new_figure(width: float = PAGE_WIDTH, height: float = 3.2) -> Figure:
    """Return an empty figure, in inches, that no window and no global state knows.

    To be called, and drawn on, under `figure_style`.

    >>> new_figure(height=2).get_size_inches().tolist()
    [6.5, 2.0]
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def figure_svg(figure: Figure) -> bytes:
    """Return a figure as SVG, without the date or the writer's name in it.

    Raises
    ------
    RunError
        Where matplotlib cannot draw it.
    """
    buffer = io.BytesIO()
    try:
        with figure_style():
            figure.savefig(buffer, format="svg", metadata=dict.fromkeys(_SIGNED))
    except Exception as error:
        # Drawing runs the caller's own formatters and artists: whatever they raise is theirs.
        raise RunError(f"the figure cannot be drawn: {error}") from error
    return visible(buffer.getvalue().decode()).encode()


@figure_style()
def figure_of_words(words: str) -> Figure:
    """Return a figure that only says something, such as why there is nothing to show.

    >>> figure_of_words("Nothing was found").axes[0].texts[0].get_text()
    'Nothing was found'
    """
    lines = textwrap.wrap(" ".join(words.split()), _WORDS_WIDTH)
    figure = new_figure(PAGE_WIDTH, 0.6 + 0.2 * len(lines))
    axes = figure.add_subplot()
    text = "\n".join(lines)
    axes.text(0.5, 0.5, text, ha="center", va="center", color=GREY, parse_math=False)
    axes.axis("off")
    return figure
