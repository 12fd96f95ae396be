"""From a number to the sentences behind it, and from a sentence back to its numbers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.errors import ParameterError
from sco_research.reports.markdown import escape, format_cell, plain

Sentences = Mapping[str, Sequence[Sequence[str]]]
"""By column, for each row of a table, the ids of the sentences that its number counts."""

_SENTENCE = re.compile(
    r'<span class="sentence" id="([^"]+)">.*?</span>(?= <span class="sentence"|</p>)', re.DOTALL
)


def by_label(
    table: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, columns: Sequence[str]
) -> dict[str, list[list[str]]]:
    """Return the sentences behind a table's counts of categories, for `Report.table`.

    Parameters
    ----------
    table : pandas.DataFrame
        Its first column holds the labels of categories.
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels they are.
    columns : sequence of str
        The columns that count those sentences.
    """
    found = codings.groupby("category", sort=False)["segment_id"].agg(list).to_dict()
    by_name = {category.label: found.get(category.id, []) for category in codebook}
    lists = [by_name.get(str(label), []) for label in table.iloc[:, 0]]
    return dict.fromkeys(columns, lists)


@dataclass(frozen=True, slots=True)
class Entry:
    """The sentences behind a number, or behind several of one row that count the same ones."""

    id: str
    table: str
    number: str
    row: int
    name: str
    columns: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """The sentences' anchors on the page."""
        return tuple(sentence.rpartition(":")[2] for sentence in self.sentences)


def entries_of(frame: pd.DataFrame, sentences: Sentences, *, table: str, label: str) -> list[Entry]:
    """Return a table's entries, one a row where all its numbers count the same sentences.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    sentences : mapping of str to sequence of sequence of str
        By column, for each row, the sentences' ids.
    table, label : str
        The table's id and its label, such as ``"Table 3"``.

    Raises
    ------
    ParameterError
        Where a column is not the table's, or has not one list a row.
    """
    for column, lists in sentences.items():
        if column not in frame.columns or len(lists) != len(frame):
            raise ParameterError(
                f"{label} ({table}), evidence of {column!r}: give a column of the table and one "
                f"list of sentences for each of its {len(frame)} rows"
            )
    entries = []
    for row in range(len(frame)):
        alike: dict[tuple[str, ...], list[str]] = {}
        for column, lists in sentences.items():
            if len(lists[row]):
                alike.setdefault(tuple(dict.fromkeys(lists[row])), []).append(column)
        for part, (ids, columns) in enumerate(alike.items()):
            number = f"{label.rpartition(' ')[2]}.{row + 1}{'' if not part else f'-{part + 1}'}"
            name = plain(format_cell(frame.iloc[row, 0]))
            identifier = f"evidence-{table}-{number.partition('.')[2]}"
            entries.append(Entry(identifier, table, number, row, name, tuple(columns), ids))
    return entries


def links_of(entries: Iterable[Entry]) -> dict[tuple[int, str], str]:
    """Return where each number of a table leads: the entry's id by row and column."""
    return {(entry.row, column): entry.id for entry in entries for column in entry.columns}


def as_frame(entries: Iterable[Entry]) -> pd.DataFrame:
    """Return entries as data: one row a number and sentence."""
    rows = [
        (entry.row + 1, entry.name, column, sentence)
        for entry in entries
        for column in entry.columns
        for sentence in entry.sentences
    ]
    return pd.DataFrame(rows, columns=["row", "name", "column", "segment_id"])


def section(entries: Sequence[Entry]) -> str:
    """Return the part of a report that lists the sentences behind its numbers, as Markdown."""
    lines = [
        "## The sentences behind the numbers {#evidence}",
        "Each number of a table that is a link leads here, and from here to its sentences; the "
        "small numbers after a sentence, table and row, lead back.",
    ]
    for entry in entries:
        columns = ", ".join(map(escape, entry.columns))
        places = ", ".join(format_cell(sentence) for sentence in entry.sentences)
        head = f"[{entry.number}](#{entry.table}) {escape(entry.name)} ({columns}):"
        lines.append(f"[{head}]{{#{entry.id} .evidence-of}} {places}")
    return "\n\n".join(lines)


def back_links(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return by a sentence's anchor the entries that count it."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for anchor in entry.anchors:
            found.setdefault(anchor, []).append(entry)
    return found


def in_markdown(entries: Sequence[Entry]) -> str:
    """Return the links from a sentence back to its numbers, as Markdown."""
    links = ", ".join(f"[{entry.number}](#{entry.id})" for entry in entries)
    return f" [{links}]{{.back}}" if links else ""


def in_html(page: str, back: Mapping[str, Sequence[Entry]]) -> str:
    """Return an annotated document with the links back after its sentences."""

    def with_links(match: re.Match[str]) -> str:
        links = ", ".join(
            f'<a href="#{entry.id}" aria-label="counted in table {entry.number}">{entry.number}</a>'
            for entry in back.get(match[1], ())
        )
        return f'{match[0]} <span class="back">{links}</span>' if links else match[0]

    return _SENTENCE.sub(with_links, page)
