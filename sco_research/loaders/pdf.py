"""PDF: paragraphs as they were before they were printed.

Hard wraps are joined and broken words mended by what the page shows: the white space between
lines, the margin that a line does not reach, the size of its type. Page numbers, running heads and
feet and footnotes are kept apart.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from sco_research.errors import SourceError
from sco_research.loaders import pdf_worker
from sco_research.loaders.extraction import Extraction
from sco_research.loaders.pdf_lines import PageLine, Word, body_size, lines_of_page
from sco_research.loaders.pdf_paragraphs import write_paragraphs
from sco_research.loaders.reading import Reading
from sco_research.loaders.source import Source
from sco_research.text.lines import is_page_number
from sco_research.text.origin import Place

MOST_BYTES = 500_000_000
MOST_SECONDS = 120.0
_HEAD, _TAIL = 1_024, 2_048
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
_SMALL = 0.92
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])")
_REASONS = {
    "encrypted": "this PDF is encrypted; save it without a password",
    "damaged": "this PDF is truncated or damaged ({reason}); get the file again",
    "memory": "this PDF needs more memory than any text does; print it to a new PDF",
    "large": "this PDF holds more than any document does ({reason}); split it",
}


def recognises(source: Source) -> bool:
    """Tell a PDF by its signature, which may stand after a few stray bytes."""
    return b"%PDF-" in source.data[:_HEAD]


def read(source: Source) -> Reading:
    """Read the running text of a PDF.

    Raises
    ------
    SourceError
        Where it is encrypted, damaged, without a text layer, or takes too long or too much memory.
    """
    if len(source.data) > MOST_BYTES:
        raise SourceError(
            f"{source.where}: this PDF has {len(source.data) / 1e6:.0f} MB, and "
            f"{MOST_BYTES / 1e6:.0f} MB are read at most; split it"
        )
    found = _words(source)
    pages = [[Word(*word) for word in page["words"]] for page in found["pages"]]
    _check_text_layer(found["pages"], source.where)
    size = body_size(pages)
    extraction = Extraction()
    lines = [lines_of_page(words, number, size) for number, words in enumerate(pages, start=1)]
    kept = _without_page_matter(lines, extraction)
    body = _without_footnotes(kept, size, extraction)
    write_paragraphs(body, size, extraction)
    text = extraction.text
    if not text.strip():
        raise SourceError(f"{source.where}: this PDF holds nothing but page numbers; get it again")
    return replace(
        Reading(text, (0, len(text))),
        notices=tuple(_notices(found)),
        removed=tuple(
            sorted(
                extraction.removed, key=lambda item: (item.place.page or 0, item.place.line or 0)
            )
        ),
        starts=tuple(extraction.starts),
        places=tuple(extraction.places),
        headings=tuple(extraction.headings),
    )


def _words(source: Source) -> dict[str, Any]:
    """Have a process of its own read the file, and end it where it takes too long."""
    package = Path(pdf_worker.__file__).resolve().parents[2]
    path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [sys.executable, "-m", pdf_worker.__name__],
            input=source.data,
            capture_output=True,
            timeout=MOST_SECONDS,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"{source.where}: this PDF is not read after {MOST_SECONDS:.0f} seconds; print it to "
            "a new PDF and try that"
        ) from None
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise SourceError(
            f"{source.where}: reading this PDF ended without a result (status {done.returncode}); "
            "print it to a new PDF and try that"
        ) from None
    if "error" in found:
        kind, reason = found["error"], found["reason"]
        raise SourceError(f"{source.where}: {_REASONS[kind].format(reason=reason)}")
    if b"%%EOF" not in source.data[-_TAIL:]:
        raise SourceError(f"{source.where}: {_REASONS['damaged'].format(reason='it has no end')}")
    return found


def _check_text_layer(pages: list[dict[str, Any]], where: str) -> None:
    if not any(page["words"] for page in pages):
        images = sum(page["images"] for page in pages)
        what = "scanned pictures" if images else "drawings"
        raise SourceError(
            f"{where}: this PDF has no text layer, its {len(pages)} pages are {what}; run optical "
            "character recognition (OCR) on it, with OCRmyPDF for instance, and load the result"
        )


def _notices(found: dict[str, Any]) -> list[str]:
    bare = [
        str(number)
        for number, page in enumerate(found["pages"], start=1)
        if not page["words"] and page["images"]
    ]
    said = []
    if bare:
        noun = "page" if len(bare) == 1 else "pages"
        said.append(f"{noun} {', '.join(bare)}: no text layer, only pictures; OCR would read them")
    if found["count"] > len(found["pages"]):
        said.append(f"only the first {len(found['pages'])} of {found['count']} pages are read")
    return said


def _place(line: PageLine) -> Place:
    return Place(page=line.page, line=line.number)


def _shape(line: PageLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).lower())


def _without_page_matter(
    pages: list[list[PageLine]], extraction: Extraction
) -> list[list[PageLine]]:
    """Take out what stands at the edge of page after page, and numbers of pages."""
    edges = [_edge_lines(page) for page in pages]
    counts: Counter[tuple[str, bool]] = Counter()
    for edge in edges:
        counts.update({(_shape(line), is_head) for line, is_head in edge})
    # Left and right pages may have each their own.
    least = max(2, len(pages) // 3)
    kept: list[list[PageLine]] = []
    for page, edge in zip(pages, edges, strict=True):
        out: dict[int, str] = {}
        for line, is_head in edge:
            if is_page_number(line.text):
                out[id(line)] = "page number"
            elif counts[_shape(line), is_head] >= least:
                out[id(line)] = "running head" if is_head else "running foot"
        for line in page:
            if id(line) in out:
                extraction.remove(out[id(line)], line.text, _place(line))
        kept.append([line for line in page if id(line) not in out])
    return kept


def _edge_lines(page: list[PageLine]) -> list[tuple[PageLine, bool]]:
    """Return the first and last lines of a page, and whether each is one of the first."""
    by_place = sorted(page, key=lambda line: line.number)
    reach = min(_EDGE_LINES, (len(by_place) + 1) // 2)
    firsts = [(line, True) for line in by_place[:reach]]
    return firsts + [(line, False) for line in by_place[max(len(by_place) - _EDGE_LINES, reach) :]]


def _without_footnotes(
    pages: list[list[PageLine]], size: float, extraction: Extraction
) -> list[PageLine]:
    """Take the notes in small type at the foot of a page or a column out."""
    body: list[PageLine] = []
    for page in pages:
        columns: dict[int, list[PageLine]] = defaultdict(list)
        for line in page:
            columns[line.column].append(line)
        notes: set[int] = set()
        for column in columns.values():
            notes |= _notes_at_the_foot(column, size)
        for line in page:
            if id(line) in notes:
                extraction.remove("footnote", line.text, _place(line))
            else:
                body.append(line)
                for mark in line.marks:
                    extraction.remove("footnote mark", mark, _place(line))
    return body


def _notes_at_the_foot(column: list[PageLine], size: float) -> set[int]:
    small: list[PageLine] = []
    for line in reversed(column):
        if line.size >= _SMALL * size:
            break
        small.append(line)
    small.reverse()
    # The first of them carries its sign; small type without one is text.
    first = next((n for n, line in enumerate(small) if _NOTE.match(line.text)), len(small))
    return {id(line) for line in small[first:]}
