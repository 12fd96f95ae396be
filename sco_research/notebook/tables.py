"""Tables in a notebook: to search and to page through, each number with its sentences behind it.

Nothing is fetched: the script that searches (DataTables, in the package itables) goes into the
notebook with the first table of a kernel that needs it. Where scripts are not run, as in a notebook
that is not trusted, the table is there all the same, and what folds needs no script.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from sco_research.notebook import elements as e
from sco_research.reports.counts import CountTable
from sco_research.reports.display import ShownTable
from sco_research.reports.evidence import TableNumber, numbers_of
from sco_research.reports.markdown import cells, plain
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import citation_labels, segments_of

_FEW_ROWS = 12
_MAX_SENTENCES = 100
_ANCHOR = re.compile(r"[^\s:]+:(?:p\d+(?:\.s\d+)?|sec\d+)")
_script_is_there = False


class _Opened(NamedTuple):
    """How a sentence is cited, and its text."""

    label: str
    text: str


def browse(
    table: CountTable | pd.DataFrame,
    documents: Documents = (),
    *,
    caption: str = "",
    decimals: Mapping[str, int] | None = None,
) -> ShownTable:
    """Return a table to look through in a notebook, with its sentences behind the numbers.

    Parameters
    ----------
    table : CountTable or pandas.DataFrame
        Any frame of the package, such as `find_commitments` returns, or a report's table.
    documents : Document, Corpus or iterable of Document
        Where the sentences are taken from: an anchor such as ``sco-2013-bishkek:p13.s2`` opens to
        its sentence, and a number to those that it counts.
    caption : str
        What the table shows.
    decimals : mapping of str to int, optional
        Decimals by column; 2 where not given.

    Returns
    -------
    ShownTable
        At the end of a cell it is the table: more than a dozen rows are searched and paged, without
        the network; anywhere else it prints as the frame.

    Examples
    --------
    >>> from sco_research.coding.themes import code_themes
    >>> note = Document.from_text("They fight drugs.", id="note")
    >>> shown = browse(code_themes(note), note, caption="Themes")
    >>> "They fight drugs." in shown._repr_html_()
    True
    """
    counted = table if isinstance(table, CountTable) else CountTable(table)
    return ShownTable(counted, caption, dict(decimals or {}), tuple(documents_of(documents)))


def table_html(shown: ShownTable) -> str:
    """Return a table as a piece of a page: a long one is searched and paged."""
    frame = shown.table.frame
    sentences = _sentences(shown.documents)
    rows = [
        [_opened(text, value, sentences) for text, value in zip(row, values, strict=True)]
        for row, values in zip(
            cells(frame, decimals=shown.decimals),
            frame.astype(object).itertuples(index=False, name=None),
            strict=True,
        )
    ]
    for (row, column), numbers in _by_cell(shown.table).items():
        rows[row][column] = _counted(rows[row][column], numbers, sentences)
    head = [str(name) for name in frame.columns]
    if len(rows) <= _FEW_ROWS:
        return e.page(e.table(rows, head=head, caption=shown.caption))
    return e.page(f'<p class="t">{e.text(shown.caption)}</p>', _searched(rows, head))


def _by_cell(table: CountTable) -> dict[tuple[int, int], list[TableNumber]]:
    """Return the numbers that have something behind them, by row and place of the column."""
    places = {str(name): place for place, name in enumerate(table.frame.columns)}
    found: dict[tuple[int, int], list[TableNumber]] = {}
    for number in numbers_of(table, id="tbl-shown", label="Table 1"):
        found.setdefault((number.row, places[number.column]), []).append(number)
    return found


def _opened(shown: str, value: object, sentences: Mapping[str, _Opened]) -> str:
    """Return a cell; an anchor opens to its sentence."""
    words = str(value)
    if isinstance(value, str) and _ANCHOR.fullmatch(words) and words in sentences:
        label, text = sentences[words]
        return e.folded(label, f"<p>{e.text(text)}</p>")
    return e.text(plain(shown))


def _counted(cell: str, numbers: Sequence[TableNumber], sentences: Mapping[str, _Opened]) -> str:
    """Return a cell whose numbers open to the sentences that they count."""
    done = ""
    for number in numbers:
        # A piece is found as the cell has it, escaped; the whole cell where there is no piece.
        piece = e.text(number.piece) or cell
        before, _, cell = cell.partition(piece)
        done += before + _behind(piece, number.behind, sentences)
    return done + cell


def _behind(shown: str, ids: Sequence[str], sentences: Mapping[str, _Opened]) -> str:
    """Return a number that opens to its sentences; as it is where none is of the documents."""
    known = [name for name in ids if name in sentences]
    if not known:
        return shown
    items = [
        f"<b>{e.text(sentences[name].label)}</b> {e.text(sentences[name].text)}"
        for name in known[:_MAX_SENTENCES]
    ]
    more = len(known) - len(items)
    rest = [f"and {more:,} more"] if more else []
    return f"<details><summary>{shown}</summary>{e.item_list([*items, *rest])}</details>"


def _sentences(documents: Iterable[Document]) -> dict[str, _Opened]:
    found: dict[str, _Opened] = {}
    for document in documents:
        found |= _sentences_of(document)
    return found


@lru_cache(maxsize=8)
def _sentences_of(document: Document) -> dict[str, _Opened]:
    """Return label and text of each segment below a section by its id."""
    labels = citation_labels(document)
    return {
        item.id: _Opened(labels[item.id], " ".join(document.text[item.start : item.end].split()))
        for item in segments_of(document)
        if item.level in ("paragraph", "sentence")
    }


def _searched(rows: Sequence[Sequence[str]], head: Sequence[str]) -> str:
    """Return a table that is searched and paged by DataTables, its script included once."""
    import itables

    # Cells and head are escaped above; the numbering keeps columns of one name apart.
    frame = pd.DataFrame([dict(enumerate(row)) for row in rows])
    frame.columns = pd.Index([e.text(name) for name in head])
    table = itables.to_html_datatable(
        frame,
        connected=False,
        allow_html=True,
        showIndex=False,
        classes="display compact",
        style="width:auto;margin:0;text-align:left",
        columnDefs=[{"className": "dt-left", "targets": "_all"}],
        maxBytes=0,
        maxRows=0,
        display_logo_when_loading=False,
        pageLength=10,
    )
    return _script() + table


def _script() -> str:
    """Return the script of the tables where this kernel has not given it yet."""
    global _script_is_there
    if _script_is_there:
        return ""
    _script_is_there = True
    from itables import options
    from itables.javascript import generate_init_offline_itables_html

    script = generate_init_offline_itables_html(options.dt_bundle)
    loaded = re.search(r"window\.(_itables_\w+)", script)
    dark = (
        f'<script type="module">const {{ set_or_remove_dark_class }} = await window.{loaded[1]};'
        "set_or_remove_dark_class();</script>"
        if loaded
        else ""
    )
    return script + dark
