"""Pieces of a page, all text escaped: what the displays are put together from."""

import html
from collections.abc import Iterable, Sequence

_STYLE = (
    ".sco{text-align:left;line-height:1.45;color:inherit}"
    ".sco p{margin:.2em 0}"
    ".sco .t{font-weight:600}"
    ".sco table{border-collapse:collapse;margin:.4em 0;font-size:inherit;color:inherit}"
    ".sco caption{text-align:left;caption-side:top;color:inherit;padding:.3em 0}"
    ".sco table th,.sco table td{text-align:left!important;vertical-align:top;"
    "white-space:normal;max-width:42em;padding:.2em 1em .2em 0;border:0;"
    "border-bottom:1px solid rgba(128,128,128,.35);background:none;color:inherit}"
    ".sco th{font-weight:600}"
    ".sco summary{cursor:pointer;text-decoration:underline dotted}"
    ".sco details ol,.sco details ul{margin:.3em 0;padding-left:1.2em;max-width:40em}"
    ".sco .notice{border-left:3px solid #b58900;padding-left:.6em}"
)
# Colours are the page's own, so that light and dark themes both fit.


def text(value: object) -> str:
    """Return a value as text of a page.

    >>> text("<script>"), text(None)
    ('&lt;script&gt;', '')
    """
    return "" if value is None else html.escape(str(value))


def page(*parts: str) -> str:
    """Return the parts that are not empty as one display, with its style."""
    return f'<div class="sco"><style>{_STYLE}</style>{"".join(parts)}</div>'


def title(words: str, below: str = "") -> str:
    """Return a title and a line below it."""
    line = f"<p>{text(below)}</p>" if below else ""
    return f'<p class="t">{text(words)}</p>{line}'


def table(rows: Iterable[Sequence[str]], *, head: Sequence[str] = (), caption: str = "") -> str:
    """Return a table of cells that are pieces of a page already."""
    top = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    named = f"<caption>{text(caption)}</caption>" if caption else ""
    return (
        f"<table>{named}{f'<thead><tr>{top}</tr></thead>' if head else ''}"
        f"<tbody>{body}</tbody></table>"
        if body
        else ""
    )


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Return what is known as a table of names and values; what is empty is left out."""
    return table((f"<b>{text(name)}</b>", text(value)) for name, value in pairs if value)


def folded(summary: str, content: str) -> str:
    """Return content that opens at a click, or by the keyboard, without a script."""
    return f"<details><summary>{text(summary)}</summary>{content}</details>"


def item_list(items: Iterable[str]) -> str:
    """Return a list of pieces of a page."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def notices(lines: Sequence[str]) -> str:
    """Return what a reader should know, marked as such."""
    said = "".join(f"<p>{text(line)}</p>" for line in lines)
    return f'<div class="notice" role="note">{said}</div>' if said else ""


def shortened(words: str, room: int = 90) -> str:
    """Return the first words of a text.

    >>> shortened("one two three", 9)
    'one two …'
    """
    folded_text = " ".join(words.split())
    if len(folded_text) <= room:
        return folded_text
    return f"{folded_text[: room - 1].rpartition(' ')[0]} …"
