"""The words of a PDF with their places, read in a process of its own.

A PDF is a program: a damaged or hostile one may loop or fill the memory. So it is read by a process
that has a limit of both: PDF in, JSON out. With ``--look`` requests come in, a line of JSON each: a
path, and the seconds for it. Of each PDF no more is read than to its first words.

Seconds are of processor time: a sound file is read to its end however busy the machine is. When
they are over, the operating system ends the process by `OVERDUE`.
"""

import json
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sco_research.children import end_with

OVERDUE = getattr(signal, "SIGPROF", None)
"""The signal that ends a process whose time is over; None on Windows, which has none."""


def main() -> None:
    """Read a PDF from the standard input; write its pages, or why there are none, to the output."""
    parent, memory, seconds = sys.argv[1:]
    end_with(int(parent))
    _limit_memory(int(memory))
    if seconds != "--look":
        _limit_time(float(seconds))
        _answer(lambda: _read(sys.stdin.buffer.read()))
        return
    for line in sys.stdin:
        path, most = json.loads(line)
        _limit_time(most)
        _answer(partial(_looked_into, Path(path)))


def _looked_into(path: Path) -> dict[str, Any]:
    return _read(path.read_bytes(), look=True)


def _read(data: bytes, *, look: bool = False) -> dict[str, Any]:
    from sco_research.loaders.formats.pdf.integrity import damage_of
    from sco_research.loaders.formats.pdf.words import pages_of

    found = pages_of(data, look=look)
    if look and any(page["words"] for page in found.get("pages", ())):
        return found
    return found | {"damage": damage_of(data)}


def _answer(read: Callable[[], dict[str, Any]]) -> None:
    # Whoever needs but the name of this module does not wait for PDFium.
    from sco_research.loaders.formats.pdf.words import UnreadableError

    try:
        found = read()
    except MemoryError:
        found = {"error": "memory", "reason": ""}
    except UnreadableError as error:
        found = {"error": error.kind, "reason": error.reason}
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


if __name__ == "__main__":
    main()
