"""When, where and how long a report ran: beside the reports, for their bytes know no hour."""

import datetime
import json
import platform
from pathlib import Path

FILE_NAME = "run-log.jsonl"


def log_run(base: Path, *, report: str, started: datetime.datetime, seconds: float) -> None:
    """Add a line to the log of a folder of reports."""
    entry = {
        "report": report,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "host": platform.node(),
        "system": platform.platform(),
    }
    add(base, json.dumps(entry, ensure_ascii=False) + "\n")


def add(base: Path, lines: str) -> None:
    """Add lines, which may have been written elsewhere, to the log of a folder of reports."""
    # One write of one short line: lines of runs at once do not mix.
    with (base / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(lines)
