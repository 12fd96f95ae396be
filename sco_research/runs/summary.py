"""What came of a batch, as a table beside its reports."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sco_research.errors import OutputError
from sco_research.reports import owner
from sco_research.runs.job import COLUMNS, Outcome


def write_summary(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write outcomes as CSV, whole or not at all.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".summary-{owner.tag()}-"
        with tempfile.TemporaryDirectory(prefix=prefix, dir=path.parent) as folder:
            new = Path(folder) / path.name
            with new.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(outcome.row() for outcome in outcomes)
            new.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); name another file with --summary"
        ) from None
