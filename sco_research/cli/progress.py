"""The progress of a batch on a terminal, and the table of its outcomes."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sco_research.runs.job import FAILED, KEEP, MADE, RENDER, RENDERED, RUN, STATUSES, Outcome, Task


def begin(tasks: Sequence[Task], *, workers: int | None, cluster: str) -> None:
    """Print what will be done, where it takes a while before the first report."""
    from sco_research.runs.machine import workers_and_memory

    todo = Counter(task.decision.action for task in tasks)
    number = len(tasks) - todo[KEEP]
    where = f"on {cluster}"
    if cluster in ("", "local"):
        count = min(workers_and_memory(workers)[0], max(1, number))
        where = f"{count} worker{'s' if count > 1 else ''}"
    if number and len(tasks) > 1 and not sys.stderr.isatty():
        words = {RUN: "to run", RENDER: "to render", KEEP: "unchanged"}
        parts = [f"{todo[action]} {said}" for action, said in words.items() if todo[action]]
        print(f"{len(tasks)} reports: {', '.join(parts)}; {where}", file=sys.stderr, flush=True)
    if number and cluster not in ("", "local"):
        from sco_research.runs.cluster.scheduler import ANSWER_SECONDS

        wait = f"asking the scheduler at {cluster}, for {ANSWER_SECONDS} seconds at most"
        print(wait, file=sys.stderr, flush=True)


def show(outcomes: Iterator[Outcome], *, total: int) -> Iterator[Outcome]:
    """Pass outcomes on and show how far the batch is: done, failed, unchanged, rate, time left.

    On a terminal it is one live line; where standard error is a file or a pipe, a line a report.
    """
    if not sys.stderr.isatty():
        yield from _in_lines(outcomes, total)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    # The clock runs before the first report is done, when nothing can be estimated yet.
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(describe({}, total, 0.0), total=total)
        counts = dict.fromkeys(STATUSES, 0)
        start = time.monotonic()
        for outcome in outcomes:
            counts[outcome.status] += 1
            words = describe(counts, total, time.monotonic() - start)
            progress.update(bar, advance=1, description=words)
            yield outcome


def _in_lines(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Pass outcomes on with a line for each, unless it is the only one."""
    counts = dict.fromkeys(STATUSES, 0)
    start = time.monotonic()
    for step, outcome in enumerate(outcomes, 1):
        counts[outcome.status] += 1
        if total > 1:
            words = describe(counts, total, time.monotonic() - start).split(", ")
            left = f"; {words[-1]}" if words[-1].endswith(" left") and step < total else ""
            took = f" in {outcome.seconds:.0f} s" if outcome.seconds >= 1 else ""
            line = f"{step} of {total}: {outcome.job.name}: {outcome.status}{took}{left}"
            print(line, file=sys.stderr, flush=True)
        yield outcome


def describe(counts: Mapping[str, int], total: int, seconds: float) -> str:
    """Return the progress of a batch in words.

    The rate counts the reports that were made: unchanged ones take no time.

    >>> describe({"made": 2, "unchanged": 1}, 5, 30.0)
    '2 made, 1 unchanged, 4 a minute, 30 s left'
    """
    left = total - sum(counts.values())
    worked = sum(counts.get(name, 0) for name in (MADE, RENDERED, FAILED))
    parts = [f"{number} {name}" for name, number in counts.items() if number] or [
        "making the first"
    ]
    if worked and seconds > 0:
        parts.append(f"{60 * worked / seconds:.0f} a minute")
        parts.append(f"{_clock(left * seconds / worked)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    """Return a duration in words.

    >>> _clock(42), _clock(190), _clock(7300)
    ('42 s', '3 min', '2 h 2 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 120 else f"{minutes} min"


def print_summary(done: Iterable[Outcome]) -> None:
    """Print a table of the outcomes to standard error, with a row for each notebook."""
    from rich.console import Console
    from rich.table import Table

    by_notebook: dict[str, list[Outcome]] = {}
    for outcome in done:
        by_notebook.setdefault(outcome.job.notebook.stem, []).append(outcome)
    table = Table(box=None)
    for name in ("notebook", *STATUSES, "seconds each", "memory, MB"):
        table.add_column(name, justify="left" if name == "notebook" else "right")
    for notebook, outcomes in by_notebook.items():
        counts = [sum(outcome.status == status for outcome in outcomes) for status in STATUSES]
        times = [outcome.seconds for outcome in outcomes if outcome.status in (MADE, RENDERED)]
        each = f"{sum(times) / len(times):.1f}" if times else "-"
        peak = max(outcome.memory for outcome in outcomes)
        memory = f"{peak / 2**20:.0f}" if peak else "-"
        table.add_row(notebook, *map(str, counts), each, memory)
    # Into a file or a pipe no name is cut off.
    width = None if sys.stderr.isatty() else 120
    Console(stderr=True, width=width).print(table, markup=False)
