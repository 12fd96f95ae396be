"""PDF: paragraphs as they were before they were printed.

Hard wraps are joined and broken words mended by what the page shows: the white space between
lines, the margin that a line does not reach, the size of its type. Page numbers, running heads and
feet, footnotes, the numbers of lines, turned text and watermarks are kept apart.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from sco_research.errors import SourceError
from sco_research.loaders.extraction import Extraction
from sco_research.loaders.formats import worldjpn
from sco_research.loaders.formats.pdf import worker
from sco_research.loaders.formats.pdf.direction import (
    has_backward_numbers,
    runs_from_the_right,
    with_numbers_turned,
)
from sco_research.loaders.formats.pdf.legibility import fault_of
from sco_research.loaders.formats.pdf.lines import PageLine, PageWords, lines_of_pages
from sco_research.loaders.formats.pdf.page_matter import without_footnotes, without_page_matter
from sco_research.loaders.formats.pdf.rows import Word, body_size, without_watermarks
from sco_research.loaders.source import ParsedSource, Source
from sco_research.text.origin import SourceLocation

MAX_BYTES = 500_000_000
MAX_MEMORY = 2_000_000_000
# Of processor time. A larger file may take longer; a small one that takes long was made to.
SECONDS_TO_START = 30.0
SECONDS_A_MEGABYTE = 60.0
MAX_SECONDS = 600.0
# A scan's sizes of type are told from those of headings within these shares of the usual one.
_SIZES_OF_A_SCAN = (0.6, 1.45)
_MANY_SIZES = 8
HEAD, _TAIL = 1_024, 2_048
_REASONS = {
    "encrypted": "this PDF is encrypted; save it without a password",
    "damaged": "this PDF is truncated or damaged ({reason}); get the file again",
    "memory": "this PDF needs more memory than any text does; print it to a new PDF",
    "large": "this PDF holds more than any document does ({reason}); split it",
}


def recognises(source: Source) -> bool:
    """Return whether a source has PDF's signature, also after a few stray bytes."""
    return is_pdf(source.data[:HEAD])


def is_pdf(head: bytes) -> bool:
    """Return whether the first `HEAD` bytes hold PDF's signature."""
    return b"%PDF-" in head


def read(source: Source) -> ParsedSource:
    """Read the running text of a PDF.

    Raises
    ------
    SourceError
        Where it is encrypted, damaged, without a text layer, or takes too long or too much memory.
    """
    # Whoever loads no PDF does not wait for what mends its broken words.
    from sco_research.loaders.formats.pdf.paragraphs import write_paragraphs

    _check_size(len(source.data), source.where)
    found = _words(source)
    pages = _upright(found["pages"])
    size = body_size(pages)
    extraction = Extraction()
    lines = lines_of_pages(
        [
            _upright_words(words, page, number, size, extraction)
            for number, (words, page) in enumerate(zip(pages, found["pages"], strict=True), start=1)
        ],
        size,
    )
    said = [*_notices(found), *_faults(lines, found["pages"])]
    kept = without_page_matter(lines, extraction)
    body = without_footnotes(kept, size, extraction)
    write_paragraphs(body, size, extraction)
    text = extraction.text
    if not text.strip():
        raise SourceError(f"{source.where}: this PDF holds nothing but page numbers; get it again")
    reading = ParsedSource(text, (0, len(text)))
    if worldjpn.is_page(text):
        reading = worldjpn.read_text(text, source.where)
    return replace(
        reading,
        notices=(*said, *reading.notices),
        removed=tuple(
            sorted(
                extraction.removed,
                key=lambda item: (item.location.page or 0, item.location.line or 0),
            )
        ),
        starts=tuple(extraction.starts),
        locations=tuple(extraction.locations),
        headings=tuple(extraction.headings),
    )


def _check_size(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise SourceError(
            f"{where}: this PDF has {size / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB are read at "
            "most; split it"
        )


def _upright(pages: list[dict[str, Any]]) -> list[list[Word]]:
    """Return the words of each page; those of a recognised scan in the type of its text.

    What a program recognised in a picture has a size of its own in every line.
    """
    found = [[Word(*word) for word in page["words"]] for page in pages]
    size = body_size(found)
    invisible = sum(page.get("invisible", 0) for page in pages)
    letters = sum(page.get("letters", 0) for page in pages)
    if 2 * invisible <= letters and not _has_many_sizes(found, size):
        return found
    middle = median(word.size for words in found for word in words)
    low, high = _SIZES_OF_A_SCAN
    return [
        [word.in_size(middle) if low <= word.size / middle <= high else word for word in words]
        for words in found
    ]


def _has_many_sizes(pages: list[list[Word]], size: float) -> bool:
    """Return whether the words of a file are set in more sizes than anybody sets."""
    sizes = Counter(round(word.size * 4) for words in pages for word in words)
    usual = sum(count for other, count in sizes.items() if abs(other / 4 - size) <= 0.04 * size)
    return len(sizes) >= _MANY_SIZES and usual < 0.5 * sizes.total()


def _upright_words(
    words: list[Word], page: dict[str, Any], number: int, size: float, extraction: Extraction
) -> PageWords:
    """Return the words of a page's lines; what is turned or lies across them is kept apart."""
    place = SourceLocation(page=number)
    for aslant, large, text in page.get("turned", ()):
        is_large = aslant and large > size
        extraction.remove("watermark" if is_large else "turned text", text, place)
    words, across = without_watermarks(words, size)
    if across:
        extraction.remove("watermark", " ".join(word.text for word in across), place)
    from_the_right = runs_from_the_right("".join(word.text for word in words))
    if from_the_right:
        width = page["width"]
        words = [replace(word, left=width - word.right, right=width - word.left) for word in words]
    return PageWords(number, words, from_the_right=from_the_right)


def _faults(lines: list[list[PageLine]], pages: list[dict[str, Any]]) -> Iterator[str]:
    """Say which pages read badly; turn their numbers where those stand backwards."""
    for number, (found, page) in enumerate(zip(lines, pages, strict=True), start=1):
        text = "\n".join(line.text for line in found)
        if runs_from_the_right(text) and has_backward_numbers(text):
            yield f"page {number}: its numbers stand backwards and were turned; check them"
            for line in found:
                line.text = with_numbers_turned(line.text)
        if fault := fault_of(text, page.get("unmapped", 0)):
            yield f"page {number}: {fault}; look at it, or have its text recognised (OCR)"


def faults_of(paths: Iterable[Path]) -> Iterator[tuple[Path, SourceError]]:
    """Look into PDF files and say which are of no use, before any is read to its end.

    One process looks into all of them, at what `read` would refuse: encrypted and damaged files,
    and those without a text layer.
    """
    looker = None
    try:
        for path in paths:
            if looker is None or looker.poll() is not None:
                looker = _restarted(looker)
            try:
                _check_size(size := path.stat().st_size, str(path))
                with path.open("rb") as file:
                    file.seek(max(0, size - _TAIL))
                    tail = file.read()
                answer = _looked(looker, path, size)
                _check_time(looker.poll(), size, str(path))
                _check_answer(answer, str(path), tail)
            except SourceError as error:
                yield path, error
    finally:
        if looker:
            _end(looker)


def _restarted(looker: "subprocess.Popen[bytes] | None") -> "subprocess.Popen[bytes]":
    """Start a process that looks into files, in the place of one that was killed over one."""
    if looker:
        _end(looker)
    return subprocess.Popen(
        _command("--look"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _looked(looker: "subprocess.Popen[bytes]", path: Path, size: int) -> bytes:
    """Return the answer on one file; of a process that was killed over it there is none."""
    assert looker.stdin
    assert looker.stdout
    request = [str(path.absolute()), _seconds_for(size)]
    try:
        looker.stdin.write(json.dumps(request).encode() + b"\n")
        looker.stdin.flush()
        answer = looker.stdout.readline()
    except OSError:
        answer = b""
    if not answer:
        looker.wait()
    return answer


def _end(looker: "subprocess.Popen[bytes]") -> None:
    """End a process that has nothing left to read."""
    with suppress(OSError):
        looker.communicate()


def _seconds_for(size: int) -> float:
    return min(SECONDS_TO_START + SECONDS_A_MEGABYTE * size / 1e6, MAX_SECONDS)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", worker.__name__, str(os.getpid()), str(MAX_MEMORY), *words]


def _environment() -> dict[str, str]:
    package = Path(worker.__file__).resolve().parents[4]
    path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path}


def _words(source: Source) -> dict[str, Any]:
    """Have a process of its own read the file."""
    size = len(source.data)
    done = subprocess.run(
        _command(str(_seconds_for(size))),
        input=source.data,
        capture_output=True,
        env=_environment(),
        check=False,
    )
    _check_time(done.returncode, size, source.where)
    return _check_answer(done.stdout, source.where, source.data[-_TAIL:], status=done.returncode)


def _check_time(status: int | None, size: int, where: str) -> None:
    """Raise where the process that read a file was ended by its time limit."""
    if worker.OVERDUE is not None and status == -worker.OVERDUE:
        raise SourceError(
            f"{where}: this PDF is not read after {_seconds_for(size):.0f} seconds of processor "
            "time; print it to a new PDF and try that"
        )


def _check_answer(
    answer: bytes, where: str, tail: bytes, status: int | None = None
) -> dict[str, Any]:
    """Return what was found in a file, or say why it is of no use."""
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        how = "" if status is None else f" (status {status})"
        raise SourceError(
            f"{where}: reading this PDF ended without a result{how}; print it to a new PDF and try "
            "that"
        ) from None
    if "error" in found:
        kind, reason = found["error"], found["reason"]
        raise SourceError(f"{where}: {_REASONS[kind].format(reason=reason)}")
    if b"%%EOF" not in tail:
        raise SourceError(f"{where}: {_REASONS['damaged'].format(reason='it has no end')}")
    if found.get("damage") and not any(page["words"] for page in found["pages"]):
        raise SourceError(f"{where}: {_REASONS['damaged'].format(reason=found['damage'])}")
    _check_text_layer(found["pages"], where)
    return found


def _check_text_layer(pages: list[dict[str, Any]], where: str) -> None:
    if not any(page["words"] for page in pages):
        images = sum(page["images"] for page in pages)
        what = "scanned pictures" if images else "drawings"
        noun = "page" if len(pages) == 1 else "pages"
        raise SourceError(
            f"{where}: this PDF has no text layer, only {what} on its {len(pages)} {noun}; run "
            "optical character recognition (OCR) on it, with OCRmyPDF for instance, and load the "
            "result"
        )


def _notices(found: dict[str, Any]) -> list[str]:
    bare = [
        str(number)
        for number, page in enumerate(found["pages"], start=1)
        if not page["words"] and page["images"]
    ]
    said = []
    if found.get("damage"):
        said.append(
            f"this PDF is damaged ({found['damage']}): text may be missing or wrong; get the file "
            "again"
        )
    if bare:
        noun = "page" if len(bare) == 1 else "pages"
        said.append(f"{noun} {', '.join(bare)}: no text layer, only pictures; OCR would read them")
    lost = [str(number) for number, page in enumerate(found["pages"], start=1) if page.get("lost")]
    if lost:
        noun = "page" if len(lost) == 1 else "pages"
        said.append(f"{noun} {', '.join(lost)}: damaged, not read; get the file again")
    if found["count"] > len(found["pages"]):
        said.append(f"only the first {len(found['pages'])} of {found['count']} pages are read")
    return said
