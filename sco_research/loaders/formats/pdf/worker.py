"""The words of a PDF with their places, read in a process of its own.

A PDF is a program: a damaged or hostile one may loop or fill the memory. So it is read by a process
that has a limit of both, and that is no more than this file: PDF in, JSON out. With ``--look``
requests come in, a line of JSON each: a path, and the seconds for it. Of each PDF no more is read
than to its first words.

Seconds are of processor time: a sound file is read to its end however busy the machine is. When
they are over, the operating system ends the process by `OVERDUE`.
"""

import io
import json
import logging
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

MOST_PAGES = 3_000
MOST_WORDS = 3_000_000
# A space is a quarter of the letter's height wide; what is set tighter belongs to the word.
_SPACE = 0.15
OVERDUE = getattr(signal, "SIGPROF", None)
"""The signal that ends a process whose time is over; None on Windows, which has none."""


def main() -> None:
    """Read a PDF from the standard input; write its pages, or why there are none, to the output."""
    memory, seconds = sys.argv[1:]
    _limit_memory(int(memory))
    logging.disable(logging.CRITICAL)
    if seconds != "--look":
        _limit_time(float(seconds))
        _answer(lambda: _pages(sys.stdin.buffer.read()))
        return
    for line in sys.stdin:
        path, most = json.loads(line)
        _limit_time(most)
        _answer(partial(_looked_into, Path(path)))


def _looked_into(path: Path) -> dict[str, Any]:
    return _pages(path.read_bytes(), look=True)


def _answer(read: Callable[[], dict[str, Any]]) -> None:
    try:
        found = read()
    except MemoryError:
        found = {"error": "memory", "reason": ""}
    except RecursionError:
        found = {"error": "damaged", "reason": "its objects contain each other"}
    except Exception as error:  # pdfminer raises what Python raises on a damaged file
        kind = "encrypted" if _is_about_a_password(error) else "damaged"
        if "allocate" in str(error):  # zlib's word for what it may not have
            kind = "memory"
        found = {"error": kind, "reason": f"{type(error).__name__}: {error}"[:200]}
    # Bytes, and flushed: whatever pdfminer left behind is not to hold up the end.
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit_time(seconds: float) -> None:
    """Limit the process to so many more seconds of processor time."""
    if OVERDUE is not None:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _is_about_a_password(error: BaseException | None) -> bool:
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__} | {
            type(argument).__name__ for argument in error.args
        }
        if names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
            return True
        error = error.__cause__ or error.__context__
    return False


def _pages(data: bytes, *, look: bool = False) -> dict[str, Any]:
    import pdfplumber

    pages: list[dict[str, Any]] = []
    total = 0
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages[:MOST_PAGES]:
            words = [
                [
                    round(word["x0"], 2),
                    round(word["top"], 2),
                    round(word["x1"], 2),
                    round(word["bottom"], 2),
                    round(word["size"], 2),
                    "bold" in word["fontname"].lower() or "black" in word["fontname"].lower(),
                    word["text"],
                ]
                for word in page.extract_words(
                    x_tolerance_ratio=_SPACE,
                    extra_attrs=["size", "fontname"],
                    use_text_flow=False,
                    expand_ligatures=True,
                )
            ]
            total += len(words)
            pages.append({"words": words, "width": float(page.width), "images": len(page.images)})
            page.close()
            if look and words:
                break
            if total > MOST_WORDS:
                return {"error": "large", "reason": f"{total} words on {len(pages)} pages"}
        count = len(file.pages)
    return {"pages": pages, "count": count}


if __name__ == "__main__":
    main()
