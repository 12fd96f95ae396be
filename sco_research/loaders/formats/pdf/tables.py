"""Tables and signatures side by side: lines whose pieces are no running text.

The pieces of a line are parted by wide white space. Where they stand below each other line after
line, they are the columns of a table, which is read row by row, or the columns of signatures, which
are read one signatory after the other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from sco_research.loaders.formats.pdf.joints import Compounds, joint_of_lines
from sco_research.loaders.formats.pdf.lines import Cell, PageLine

_MIN_ROWS = 3
# Rows of so many cells are a table already where there are two.
_MANY_CELLS = 3
_MAX_WORDS_IN_A_SHORT_CELL = 3.0
_SAME_EDGE = 3.0
# In units of the type's size: white space beyond that between the lines of a paragraph.
_WIDE_GAP = 0.45
_CLEARLY_WIDER = 0.3
_GAP_BETWEEN_LONG_CELLS = 1.5
_ITEM = re.compile(r"[-–—•*·▪‣◦●○■]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]?")
# A line of a table of contents.
_CONTENTS = re.compile(r"(?:\.\s?){5,}\s*(?:\d{1,4}|[ivxlc]{1,6})$")
_PARTY = re.compile(
    r"(?:for (?:and on behalf of |the\b)|for [A-ZÀ-Þ]|on behalf of\b|pour l|pour la |au nom d|"
    r"por (?:el|la)\b|en nombre de|за [А-ЯЁ]|от имени\b)",
)
_OFFICE = re.compile(
    r"(?:the )?(?:(?:acting|first|deputy|vice)[- ])*(?:president|prime minister|premier|chair|"
    r"head of|secretary|minister|director|king|emir|sultan|plenipotentiary|"
    r"президент|премьер|председатель|министр|глава)",
    re.I,
)


def set_apart(
    lines: Sequence[PageLine], size: float, leading: float, compounds: Compounds
) -> list[PageLine]:
    """Return lines with the rows of tables and the lines of signatures each by itself.

    Parameters
    ----------
    lines : sequence of PageLine
        The running text in reading order.
    size, leading : float
        The size of its type, and the white space that most lines have above them.
    compounds : Compounds
        The words of the text.
    """
    found: list[PageLine] = []
    place = 0
    while place < len(lines):
        if _CONTENTS.search(lines[place].text):
            found.append(replace(lines[place], apart=True))
            place += 1
            continue
        run = _run(lines, place, leading + _WIDE_GAP * size)
        rows = [line for line in run if _count(line) > 1]
        if any(_names_parties(line) for line in rows):
            found += _signatures(run, leading + _WIDE_GAP * size)
        elif _are_rows(rows, size):
            found += _rows(run, compounds)
        else:
            found.append(lines[place])
            place += 1
            continue
        place += len(run)
    return found


def _are_rows(lines: list[PageLine], size: float) -> bool:
    """Return whether lines of several pieces are a table's.

    The spaces of justified prose may be wide too, and stand below each other by chance; but they
    are not as wide as a table's, or a table's cells are short.
    """
    if len(lines) < 2 or (len(lines) < _MIN_ROWS and min(map(_count, lines)) < _MANY_CELLS):
        return False
    words = sum(len(cell.text.split()) for line in lines for cell in _cells(line))
    if words <= _MAX_WORDS_IN_A_SHORT_CELL * sum(map(_count, lines)):
        return True
    widest = (
        max(after.left - before.right for before, after in pairwise(_cells(line))) for line in lines
    )
    return median(widest) >= _GAP_BETWEEN_LONG_CELLS * size


def _cells(line: PageLine) -> tuple[Cell, ...]:
    """Return the cells of a line; the mark of an item and the item are one."""
    if len(line.cells) < 2 or not _ITEM.fullmatch(line.cells[0].text):
        return line.cells
    mark, item, *others = line.cells
    return (Cell(mark.left, item.right, f"{mark.text} {item.text}"), *others)


def _count(line: PageLine) -> int:
    return len(_cells(line))


def _run(lines: Sequence[PageLine], start: int, widest: float) -> list[PageLine]:
    """Return the lines from a place on whose pieces stand below each other."""
    first = lines[start]
    run: list[PageLine] = []
    if _count(first) < 2:
        return run
    run.append(first)
    signed = _names_parties(first)
    for place, line in enumerate(lines[start + 1 :], start=start + 1):
        if (line.page, line.column) != (first.page, first.column):
            break
        if _count(line) > 1:
            if not any(_are_aligned(line, other) for other in run if _count(other) > 1):
                break
        elif not (_is_in_a_cell(line, run) and (signed or line.gap <= widest)):
            break
        elif not (
            signed
            or line.left >= _cells(first)[1].left
            or line.text[0].islower()
            or _is_closer_than_next(lines, place, run)
        ):
            # What stands below the first column and begins anew is no part of the cell above.
            break
        run.append(line)
        signed = signed or _names_parties(line)
    return run


def _is_closer_than_next(lines: Sequence[PageLine], place: int, run: list[PageLine]) -> bool:
    """Return whether a line stands closer to the one above than the next row of a table to it."""
    if place + 1 == len(lines):
        return False
    line, after = lines[place], lines[place + 1]
    return (
        (after.page, after.column) == (line.page, line.column)
        and _count(after) > 1
        and any(_are_aligned(after, other) for other in run)
        and after.gap - line.gap > _CLEARLY_WIDER * line.size
    )


def _are_aligned(line: PageLine, other: PageLine) -> bool:
    """Return whether a piece of a line, not its first one, stands below one of another line."""
    return any(
        abs(one.left - two.left) <= _SAME_EDGE
        or abs(one.right - two.right) <= _SAME_EDGE
        or abs(one.left + one.right - two.left - two.right) <= 2 * _SAME_EDGE
        for one in _cells(line)[1:]
        for two in _cells(other)[1:]
    )


def _is_in_a_cell(line: PageLine, run: list[PageLine]) -> bool:
    """Return whether a line of one piece stands below one piece of the lines above."""
    columns = _columns(run)
    for place, column in enumerate(columns):
        after = columns[place + 1].left if place + 1 < len(columns) else float("inf")
        aligned = (
            abs(line.left - column.left) <= _SAME_EDGE
            or abs(line.left + line.right - column.left - column.right) <= 2 * _SAME_EDGE
        )
        if aligned and line.right < after:
            return True
    return False


def _columns(run: Sequence[PageLine]) -> tuple[Cell, ...]:
    """Return the columns of a run: the cells of its line that has most of them."""
    widest = max(run, key=_count)
    columns = list(_cells(widest))
    for line in run:
        if _count(line) == len(columns):
            for place, cell in enumerate(_cells(line)):
                known = columns[place]
                columns[place] = Cell(
                    min(known.left, cell.left), max(known.right, cell.right), known.text
                )
    return tuple(columns)


def _column_of(cell: Cell, columns: Sequence[Cell]) -> int:
    """Return the place of the column that a cell stands in."""

    def distance(place: int) -> tuple[float, float]:
        column = columns[place]
        over = min(cell.right, column.right) - max(cell.left, column.left)
        return (-over, abs(cell.left - column.left))

    return min(range(len(columns)), key=distance)


def _rows(run: list[PageLine], compounds: Compounds) -> list[PageLine]:
    """Return the rows of a table, each as one line: a cell may go on in the lines below."""
    columns = _columns(run)
    limit = _gap_of_rows(run, columns)
    rows: list[PageLine] = []
    texts: list[list[str]] = []
    for line in run:
        cells = [(_column_of(cell, columns), cell.text) for cell in _cells(line)]
        begins = not rows or (
            line.gap > limit
            if limit is not None
            else _has_first(line, columns)
            and (len(cells) == len(columns) or not line.text[0].islower())
        )
        if begins:
            rows.append(replace(line, apart=True))
            texts.append([""] * len(columns))
        else:
            rows[-1].marks += line.marks
        for column, text in cells:
            texts[-1][column] = _joined(texts[-1][column], text, compounds)
    for row, pieces in zip(rows, texts, strict=True):
        row.text = " ".join(filter(None, pieces))
    return rows


def _has_first(line: PageLine, columns: Sequence[Cell]) -> bool:
    return _column_of(_cells(line)[0], columns) == 0


def _gap_of_rows(run: list[PageLine], columns: Sequence[Cell]) -> float | None:
    """Return the white space above which a row begins; None where it does not tell.

    It tells where cells go on in lines that have fewer of them, never after the wider white space,
    and where whole rows never begin after the narrower one.
    """
    gaps = sorted(line.gap for line in run[1:])
    limit = (gaps[0] + gaps[-1]) / 2
    if gaps[-1] - gaps[0] < _CLEARLY_WIDER * median(line.size for line in run):
        return None
    going_on = [line for line in run[1:] if _count(line) < len(columns)]
    rows = [line for line in run[1:] if _count(line) == len(columns) and not line.text[0].islower()]
    tells = (
        going_on
        and all(line.gap <= limit for line in going_on)
        and all(line.gap > limit for line in rows)
    )
    return limit if tells else None


def _joined(before: str, text: str, compounds: Compounds) -> str:
    """Join two lines of a cell, and mend a word that is broken between them."""
    if not before:
        return text
    joint = joint_of_lines(before, text, compounds)
    return f"{before} {text}" if joint == " " else f"{before if joint else before[:-1]}{text}"


def _names_parties(line: PageLine) -> bool:
    """Return whether each piece of a line names who signs, or the office of a signatory."""
    cells = _cells(line)
    return len(cells) > 1 and all(
        _PARTY.match(cell.text[:1].lower() + cell.text[1:]) or _OFFICE.match(cell.text)
        for cell in cells
    )


def _begins_with_parties(line: PageLine) -> bool:
    cells = _cells(line)
    return len(cells) > 1 and all(
        _PARTY.match(cell.text[:1].lower() + cell.text[1:]) for cell in cells
    )


def _signatures(run: list[PageLine], widest: float) -> list[PageLine]:
    """Return the lines of signatures that stand side by side, one signatory after the other."""
    columns = _columns(run)
    by_party = any(_begins_with_parties(line) for line in run)
    blocks: list[list[PageLine]] = [[]]
    for line in run:
        block = blocks[-1]
        if by_party:
            begins = _begins_with_parties(line) and any(map(_begins_with_parties, block))
        else:
            begins = line.gap > widest and any(map(_names_parties, block))
        if begins:
            blocks.append([])
        blocks[-1].append(line)
    found: list[PageLine] = []
    for block in blocks:
        for column in range(len(columns)):
            found += [
                replace(line, left=cell.left, right=cell.right, text=cell.text, apart=True)
                for line in block
                for cell in _cells(line)
                if _column_of(cell, columns) == column
            ]
    return found
