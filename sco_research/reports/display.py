"""Show a report's parts in Jupyter as they are collected; anywhere else, show nothing."""

import html
import sys
from collections.abc import Container, Mapping

import pandas as pd

from sco_research.reports.markdown import cells, plain

_SCREEN_DOTS_PER_INCH = 110


def _in_jupyter() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def show_markdown(markdown: str) -> None:
    """Show Markdown."""
    if _in_jupyter():
        from IPython.display import Markdown, display

        display(Markdown(markdown))


def show_html(content: str) -> None:
    """Show a piece of a page."""
    if _in_jupyter():
        from IPython.display import HTML, display

        display(HTML(content))


def show_figure(svg: bytes, caption: str, alt: str) -> None:
    """Show a figure, which is an SVG, as a picture, with its caption below."""
    if _in_jupyter():
        from IPython.display import Image, display

        from sco_research.reports.pictures import picture

        data = picture(svg, "png", dots_per_inch=_SCREEN_DOTS_PER_INCH)
        display(Image(data=data, format="png", alt=alt))
        show_markdown(f"**{caption}**")


def show_table(
    frame: pd.DataFrame,
    caption: str,
    decimals: Mapping[str, int],
    segments: Container[str] | None = None,
) -> None:
    """Show a table as the notebook's own page has tables."""
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(plain(cell))}</td>" for cell in row) + "</tr>"
        for row in cells(frame, decimals=decimals, segments=segments)
    )
    title = html.escape(caption)
    show_html(
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
