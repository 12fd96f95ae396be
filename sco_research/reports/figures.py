"""How every figure looks, and how it becomes the same bytes each time."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.typing import RcKeyType

from sco_research.errors import RunError

FigureFormat: TypeAlias = Literal["svg", "pdf", "png"]

PAGE_WIDTH = 6.5
"""Width of the text of a page, in inches."""

# Okabe and Ito's colours, told apart by colour-blind readers too.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#4D4D4D", "#B8A800")
GREY = "#6B7280"

_DOTS_PER_INCH = 300
# Where a format would say when and by what it was written.
_SIGNED: dict[FigureFormat, tuple[str, ...]] = {
    "svg": ("Date", "Creator"),
    "pdf": ("CreationDate", "Creator", "Producer"),
    "png": ("Software",),
}
_STYLE: dict[RcKeyType, Any] = {
    # The font that matplotlib itself carries: the machine's own would change the bytes.
    "font.family": "DejaVu Sans",
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
    # Letters as letters: a journal's typesetter can search and edit them.
    "pdf.fonttype": 42,
}


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw in the house's style, whatever the session's own settings.

    It is a context and a decorator: every function that draws a figure is decorated with
    ``@figure_style()``, because matplotlib reads its settings when an axis or a label is made.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        with mpl.rc_context(_STYLE):
            yield


def new_figure(width: float = PAGE_WIDTH, height: float = 3.2) -> Figure:
    """Return an empty figure, in inches, that no window and no global state knows.

    To be called, and drawn on, under `figure_style`.

    >>> new_figure(height=2).get_size_inches().tolist()
    [6.5, 2.0]
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def figure_bytes(
    figure: Figure, format: FigureFormat, *, dots_per_inch: int = _DOTS_PER_INCH
) -> bytes:
    """Return a figure as a file's bytes, without the date or the writer's name in it."""
    metadata = dict.fromkeys(_SIGNED[format])
    buffer = io.BytesIO()
    with figure_style():
        if figure.get_layout_engine() is not None:
            # Lay out once for all formats: they are alike then, and it takes longer than drawing.
            figure.draw_without_rendering()
            figure.set_layout_engine(None)
        figure.savefig(buffer, format=format, dpi=dots_per_inch, metadata=metadata)
    return buffer.getvalue()


def figure_files(figure: Figure, *, id: str) -> dict[str, bytes]:
    """Return a figure's files by their path in the report's folder.

    Raises
    ------
    RunError
        Where matplotlib cannot draw it.
    """
    try:
        return {f"figures/{id}.{kind}": figure_bytes(figure, kind) for kind in _SIGNED}
    except Exception as error:
        # Drawing runs the caller's own formatters and artists: whatever they raise is theirs.
        raise RunError(f"figure {id!r} cannot be drawn: {error}") from error
