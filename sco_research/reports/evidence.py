"""From a number to the sentences behind it, and from a sentence back to its numbers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from sco_research.reports.counts import Cell, CountTable, Ids
from sco_research.reports.markdown import NOTHING, Links, escape, format_cell, plain
from sco_research.text.document import Document
from sco_research.text.segments import citation_labels, prints_numbers, segments_of

WHOLE = "the-document"
"""The anchor of the document at the end of the report."""
# More sentences than these, if they are all there are, need no list.
_FEW = 12
_LONGEST_NAME = 60
_PRINTED = (
    " A paragraph is cited by the number that the document prints; one without a number counts as "
    "a further part of the numbered one before it."
)
# A link that names a place as it is counted, not by words of its own.
_PLACE = re.compile(r"\[(¶ \d+(?:, sentence \d+)?)\]\(#(p\d+(?:\.s\d+)?)\)")
_SENTENCE = re.compile(
    r'<span class="sentence" id="([^"]+)">.*?</span>(?= <span class="sentence"|</p>)', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number of a table and what is behind it.

    Attributes
    ----------
    table, label : str
        The table's id and its number, such as ``"3"``.
    row : int
        Its row, from 0.
    column : str
        Its column.
    name : str
        What its row is called.
    piece : str
        The counted piece of a cell of words; empty where the whole cell is the number.
    shown : str
        The number as the reader sees it.
    behind : tuple of str
        The ids.
    """

    table: str
    label: str
    row: int
    column: str
    name: str
    piece: str
    shown: str
    behind: tuple[str, ...]

    @property
    def place(self) -> str:
        """Return the number's table and row, as a reader finds them."""
        return f"{self.label}.{self.row + 1}"


def numbers_of(table: CountTable, *, id: str, label: str) -> list[TableNumber]:
    """Return the numbers of a table that have something behind them.

    Parameters
    ----------
    table : CountTable
        The table.
    id, label : str
        Its id and its label, such as ``"Table 3"``.
    """
    found = []
    columns = list(table.frame.columns)
    for row in range(len(table.frame)):
        name = plain(format_cell(table.frame.iloc[row, 0]))
        for column, cells in table.evidence.items():
            shown = format_cell(table.frame.iloc[row, columns.index(column)])
            if shown == NOTHING:
                continue
            for piece, ids in _pieces(cells[row]):
                text = piece or plain(shown)
                distinct = tuple(dict.fromkeys(ids))
                if distinct:
                    number = label.rpartition(" ")[2]
                    found.append(TableNumber(id, number, row, column, name, piece, text, distinct))
    return found


def _pieces(cell: Cell) -> list[tuple[str, Ids]]:
    """Return the counted pieces of a cell; an empty piece is the whole cell."""
    whole = tuple(item for item in cell if isinstance(item, str))
    pieces = [item for item in cell if not isinstance(item, str)]
    return [("", whole), *pieces] if whole else pieces


def as_frame(numbers: Iterable[TableNumber]) -> pd.DataFrame:
    """Return evidence as data: one row a number and segment."""
    rows = [
        (number.row + 1, number.name, number.column, number.shown, segment_id)
        for number in numbers
        for segment_id in number.behind
    ]
    return pd.DataFrame(rows, columns=["row", "name", "column", "number", "segment_id"])


class Evidence:
    """The numbers of a report and where each leads.

    A number with one sentence links to it directly; a number that counts a whole section, or the
    document, links to its heading. Any other sentences are listed in a section of the report, once
    for all numbers that count the same ones; so each sentence leads back to every number.

    Parameters
    ----------
    document : Document
        The report's.

    Attributes
    ----------
    tables : dict of str to None
        The tables that a formula takes its counts from, by id.
    labels : Mapping of str to str
        How each paragraph and sentence of the document is cited, by id.
    """

    def __init__(self, document: Document) -> None:
        self._document = document.id
        self.labels = citation_labels(document)
        self._numbered = prints_numbers(document)
        self._order: dict[str, int] = {}
        self._headings: dict[str, str] = {}
        self.tables: dict[str, None] = {}
        self._sentences: set[str] = set()
        self._lists: dict[tuple[str, ...], list[TableNumber]] = {}
        self._ids: dict[tuple[str, ...], str] = {}
        self._back: dict[str, dict[str, str]] = {}
        self._read(document)

    def _read(self, document: Document) -> None:
        section = ""
        for place, item in enumerate(segments_of(document)):
            self._order[item.id] = place
            if item.level == "section":
                section = item.id
            elif item.level == "paragraph":
                # A section without a heading begins with its first paragraph.
                heading = section if item.section else item.id
                self._headings.setdefault(section, heading.rpartition(":")[2])
            elif item.level == "sentence":
                self._sentences.add(item.id)

    def __contains__(self, segment_id: object) -> bool:
        """Return whether a segment is of the report's document."""
        return segment_id in self._order

    def add(self, numbers: Sequence[TableNumber]) -> Links:
        """Take a table's numbers in, and return where each piece of a cell leads."""
        links: dict[tuple[int, str], list[tuple[str, str]]] = {}
        for number in numbers:
            target = self._target(number)
            if target:
                links.setdefault((number.row, number.column), []).append((number.piece, target))
        return links

    def _target(self, number: TableNumber) -> str:
        """Return the anchor that a number leads to, none where all is of another document."""
        if self._document in number.behind:
            return WHOLE
        if number.behind[0].startswith("tbl-"):
            self.tables[number.behind[0]] = None
            return number.behind[0]
        here = [name for name in number.behind if name in self._order]
        if not here:
            return ""
        if len(here) > 1:
            everything = len(here) > _FEW and set(here) == self._sentences
            return WHOLE if everything else self._list(here, number)
        (name,) = here
        if name in self._headings:
            return self._headings[name]
        self._leads_back(name, number.place, number.table)
        return name.rpartition(":")[2]

    def _list(self, names: Iterable[str], number: TableNumber) -> str:
        segments = tuple(sorted(names, key=self._order.__getitem__))
        if segments not in self._lists:
            start = f"{number.table}.{number.row + 1}"
            others = sum(name.partition("-of-")[0] == start for name in self._ids.values())
            self._ids[segments] = f"{start}-of-{others + 1}" if others else start
            for name in segments:
                self._leads_back(name, number.place, self._ids[segments])
        self._lists.setdefault(segments, []).append(number)
        return self._ids[segments]

    def _leads_back(self, segment_id: str, place: str, target: str) -> None:
        self._back.setdefault(segment_id.rpartition(":")[2], {}).setdefault(place, target)

    def cited(self, markdown: str) -> str:
        """Return prose with its links to paragraphs and sentences as the document numbers them."""

        def label(match: re.Match[str]) -> str:
            name = f"{self._document}:{match[2]}"
            return f"[{escape(self.labels.get(name, match[1]))}](#{match[2]})"

        return _PLACE.sub(label, markdown)

    def section(self) -> str:
        """Return the part of a report that lists the sentences behind its numbers, as Markdown."""
        if not self._lists:
            return ""
        lines = [
            "## The sentences behind the numbers {#evidence}",
            "A number of a table that is a link leads to its sentence, or here where it has "
            "several. The small numbers after a sentence (table.row) link back to the tables."
            + (_PRINTED if self._numbered else ""),
        ]
        for segments, numbers in self._lists.items():
            head = f"[{_head(numbers)}]{{#{self._ids[segments]} .evidence-of}}"
            lines.append(f"{head} {places(segments, self.labels)}{_others(numbers)}")
        return "\n\n".join(lines)

    def in_markdown(self, anchor: str) -> str:
        """Return the links from a sentence back to its numbers, as Markdown."""
        links = ", ".join(f"[{place}](#{to})" for place, to in self._back_of(anchor))
        return f" [{links}]{{.back}}" if links else ""

    def in_html(self, page: str) -> str:
        """Return an annotated document with the links back after its sentences."""

        def with_links(match: re.Match[str]) -> str:
            links = ", ".join(
                f'<a href="#{to}" aria-label="counted in table {place}">{place}</a>'
                for place, to in self._back_of(match[1])
            )
            return f'{match[0]} <span class="back">{links}</span>' if links else match[0]

        return _SENTENCE.sub(with_links, page)

    def _back_of(self, anchor: str) -> list[tuple[str, str]]:
        return list(self._back.get(anchor, {}).items())


def _head(numbers: Sequence[TableNumber]) -> str:
    """Return the first number that counts some sentences, and its like in the row, as Markdown."""
    first = numbers[0]
    alike = [number for number in numbers if number.place == first.place]
    counted = dict.fromkeys(escape(_counted(number)) for number in alike)
    return f"[{first.place}](#{first.table}) {escape(_shortened(first.name))}: {', '.join(counted)}"


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]} …"


def _counted(number: TableNumber) -> str:
    return number.piece if re.search(r"[^\W\d]", number.piece) else number.column


def _others(numbers: Sequence[TableNumber]) -> str:
    """Return links to the numbers of other rows that count the same sentences, as Markdown."""
    others = {number.place: number.table for number in numbers}
    links = [f"[{place}](#{table})" for place, table in others.items()][1:]
    return f"; also {', '.join(links)}" if links else ""


def places(segments: Iterable[str], labels: Mapping[str, str]) -> str:
    r"""Return links to segments, the sentences of a paragraph together, as Markdown.

    >>> document = Document.from_text("We met.\n\nWe agree. We act.", id="n")
    >>> places(["n:p1.s1", "n:p2.s1", "n:p2.s2"], citation_labels(document))
    '[¶\xa01, sentence\xa01](#p1.s1); ¶\xa02, sentences [1](#p2.s1), [2](#p2.s2)'
    """
    anchors = (name.rpartition(":")[2] for name in segments)
    shown = {name.rpartition(":")[2]: label for name, label in labels.items()}
    parts = []
    for paragraph, group in groupby(anchors, key=lambda anchor: anchor.partition(".")[0]):
        names = list(group)
        if len(names) == 1:
            parts.append(f"[{_place(names[0], shown)}](#{names[0]})")
        else:
            links = ", ".join(f"[{name.partition('.s')[2]}](#{name})" for name in names)
            parts.append(f"{_place(paragraph, shown)}, sentences {links}")
    return "; ".join(parts)


def _place(anchor: str, labels: Mapping[str, str]) -> str:
    # A number stays on the line of what it numbers.
    name = f"section {anchor[3:]}" if anchor.startswith("sec") else labels[anchor]
    return re.sub(r" (?=\d)", "\xa0", name)
