"""What is recorded beside the reports: when each ran, and the outcomes of a batch.

It stays out of the reports, whose bytes do not depend on the time, the machine or the batch.
"""

import csv
import datetime
import io
import json
import platform
from collections.abc import Iterable
from pathlib import Path

from sco_research.errors import OutputError
from sco_research.process_lock import write_whole
from sco_research.runs.job import COLUMNS, Outcome

LOG = "run-log.jsonl"
"""The file in a folder of reports that holds a line for each run."""


def log_run(base: Path, *, report: str, started: datetime.datetime, seconds: float) -> None:
    """Add a run to the log of a folder of reports: its start, its duration and its machine."""
    entry = {
        "report": report,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "host": platform.node(),
        "system": platform.platform(),
    }
    # One write of one short line: lines of simultaneous runs do not mix.
    with (base / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def write_summary(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write outcomes as CSV with `COLUMNS`, whole or not at all.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(outcome.row() for outcome in outcomes)
        write_whole(path, text.getvalue().encode())
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); name another file with --summary"
        ) from None
