"""PDF: paragraphs as they were before they were printed.

Hard wraps are joined and broken words mended by what the page shows: the white space between
lines, the margin that a line does not reach, the size of its type. Page numbers, running heads and
feet and footnotes are kept apart.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from sco_research.errors import SourceError
from sco_research.loaders import pdf_worker, worldjpn
from sco_research.loaders.extraction import Extraction
from sco_research.loaders.pdf_lines import Word, body_size, lines_of_page
from sco_research.loaders.pdf_matter import without_footnotes, without_page_matter
from sco_research.loaders.reading import Reading
from sco_research.loaders.source import Source

MOST_BYTES = 500_000_000
MOST_MEMORY = 2_000_000_000
# A file may take the longer the larger it is; a small one that takes long was made to.
SECONDS_TO_START = 30.0
SECONDS_A_MEGABYTE = 60.0
MOST_SECONDS = 600.0
_HEAD, _TAIL = 1_024, 2_048
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
    # Whoever loads no PDF does not wait for what mends its broken words.
    from sco_research.loaders.pdf_paragraphs import write_paragraphs

    if len(source.data) > MOST_BYTES:
        raise SourceError(
            f"{source.where}: this PDF has {len(source.data) / 1e6:.0f} MB, and "
            f"{MOST_BYTES / 1e6:.0f} MB are read at most; split it"
        )
    found = _words(source)
    pages = [[_word(word) for word in page["words"]] for page in found["pages"]]
    _check_text_layer(found["pages"], source.where)
    size = body_size(pages)
    extraction = Extraction()
    lines = [lines_of_page(words, number, size) for number, words in enumerate(pages, start=1)]
    kept = without_page_matter(lines, extraction)
    body = without_footnotes(kept, size, extraction)
    write_paragraphs(body, size, extraction)
    text = extraction.text
    if not text.strip():
        raise SourceError(f"{source.where}: this PDF holds nothing but page numbers; get it again")
    reading = Reading(text, (0, len(text)))
    if worldjpn.is_page(text):
        reading = worldjpn.read_text(text, source.where)
    return replace(
        reading,
        notices=(*_notices(found), *reading.notices),
        removed=tuple(
            sorted(
                extraction.removed, key=lambda item: (item.place.page or 0, item.place.line or 0)
            )
        ),
        starts=tuple(extraction.starts),
        places=tuple(extraction.places),
        headings=tuple(extraction.headings),
    )


def _word(found: list[Any]) -> Word:
    left, top, right, bottom, size, bold, text = found
    # A hyphen may be encoded as a soft one; what is drawn on a page is there.
    return Word(left, top, right, bottom, size, bold, text.replace("\u00ad", "-"))


def _words(source: Source) -> dict[str, Any]:
    """Have a process of its own read the file, and end it where it takes too long."""
    seconds = SECONDS_TO_START + SECONDS_A_MEGABYTE * len(source.data) / 1e6
    seconds = min(seconds, MOST_SECONDS)
    package = Path(pdf_worker.__file__).resolve().parents[2]
    path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [sys.executable, "-m", pdf_worker.__name__, str(MOST_MEMORY)],
            input=source.data,
            capture_output=True,
            timeout=seconds,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"{source.where}: this PDF is not read after {seconds:.0f} seconds; print it to "
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
