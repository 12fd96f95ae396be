"""Show a report's parts in Jupyter as they are collected; anywhere else, show nothing."""

import html
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from sco_research.displays import in_notebook
from sco_research.reports.counts import CountTable
from sco_research.reports.markdown import cells, plain
from sco_research.text.document import Document

_SCREEN_DOTS_PER_INCH = 110
# Jupyter's own sheet sets every cell to the right.
_LEFT = 'style="text-align:left"'


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


@dataclass(frozen=True, slots=True, repr=False)
class ShownTable:
    """A table as a notebook shows it: to search, to page through, to open at its numbers.

    Attributes
    ----------
    table : CountTable
        The table, with what is behind its numbers.
    caption : str
        What it shows.
    decimals : mapping of str to int
        Decimals by column.
    documents : tuple of Document
        Where the sentences are taken from.
    """

    table: CountTable
    caption: str
    decimals: Mapping[str, int]
    documents: tuple[Document, ...]

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return the caption and the frame, as a prompt shows it."""
        return f"{self.caption}\n{self.table.frame.to_string(index=False)}".strip()


def show_table(shown: ShownTable, *, interactive: bool, segments: Mapping[str, str]) -> None:
    """Show a table; a notebook that is kept beside its report holds it without what opens."""
    if interactive and _in_jupyter():
        from IPython.display import display

        display(shown)
    elif _in_jupyter():
        show_html(_plain_table(shown, segments))


def _plain_table(shown: ShownTable, segments: Mapping[str, str]) -> str:
    """Return a table as the notebook's own page has tables, its text to the left."""
    frame = shown.table.frame
    head = "".join(f"<th {_LEFT}>{html.escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td {_LEFT}>{html.escape(plain(cell))}</td>" for cell in row) + "</tr>"
        for row in cells(frame, decimals=shown.decimals, segments=segments)
    )
    title = html.escape(shown.caption)
    return (
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
