"""How far a batch is, on a terminal; and what came of it, at the end."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sco_research.runs.job import FAILED, KEEP, MADE, RENDER, RENDERED, RUN, STATUSES, Outcome, Task


def begin(tasks: Sequence[Task], *, jobs: int | None, cluster: str) -> None:
    """Say what is going to happen, where it would be a while before anything is seen."""
    from sco_research.runs.machine import workers_and_memory

    todo = Counter(task.decision.action for task in tasks)
    number = len(tasks) - todo[KEEP]
    where = f"on {cluster}"
    if cluster in ("", "local"):
        workers = min(workers_and_memory(jobs)[0], max(1, number))
        where = f"{workers} worker{'s' if workers > 1 else ''}"
    if number and len(tasks) > 1 and not sys.stderr.isatty():
        words = {RUN: "to run", RENDER: "to render", KEEP: "unchanged"}
        parts = [f"{todo[action]} {said}" for action, said in words.items() if todo[action]]
        print(f"{len(tasks)} reports: {', '.join(parts)}; {where}", file=sys.stderr, flush=True)
    if number and cluster not in ("", "local"):
        from sco_research.runs.cluster.scheduler import ANSWER_SECONDS

        wait = f"asking the scheduler at {cluster}, for {ANSWER_SECONDS} seconds at most"
        print(wait, file=sys.stderr, flush=True)


def show(course: Iterator[Outcome], *, total: int) -> Iterator[Outcome]:
    """Pass outcomes on, with one live line on a terminal: done, failed, unchanged, rate, time left.

    Where the errors go to a file or a pipe nothing is shown: a line a report tells there.
    """
    if not sys.stderr.isatty():
        yield from course
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(describe({}, total, 0.0), total=total)
        counts = dict.fromkeys(STATUSES, 0)
        begun = time.monotonic()
        for outcome in course:
            counts[outcome.status] += 1
            words = describe(counts, total, time.monotonic() - begun)
            progress.update(bar, advance=1, description=words)
            yield outcome


def describe(counts: Mapping[str, int], total: int, seconds: float) -> str:
    """Return how far a batch is, in words.

    The rate is that of reports that were made: those left unchanged cost nothing.

    >>> describe({"made": 2, "unchanged": 1}, 5, 30.0)
    '2 made, 1 unchanged, 4 a minute, 30 s left'
    """
    left = total - sum(counts.values())
    worked = sum(counts.get(name, 0) for name in (MADE, RENDERED, FAILED))
    parts = [f"{number} {name}" for name, number in counts.items() if number] or ["warming up"]
    if worked and seconds > 0:
        parts.append(f"{60 * worked / seconds:.0f} a minute")
        parts.append(f"{_clock(left * seconds / worked)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    """Return a time as people say it.

    >>> _clock(42), _clock(190), _clock(7300)
    ('42 s', '3 min', '2 h 2 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 120 else f"{minutes} min"


def print_summary(done: Iterable[Outcome]) -> None:
    """Print a table of the outcomes, a row a notebook, to the errors' stream."""
    from rich.console import Console
    from rich.table import Table

    by_notebook: dict[str, list[Outcome]] = {}
    for outcome in done:
        by_notebook.setdefault(outcome.job.notebook.stem, []).append(outcome)
    table = Table(box=None)
    for name in ("notebook", *STATUSES, "seconds each", "memory, MB"):
        table.add_column(name, justify="left" if name == "notebook" else "right")
    for notebook, mine in by_notebook.items():
        counts = [sum(outcome.status == status for outcome in mine) for status in STATUSES]
        times = [outcome.seconds for outcome in mine if outcome.status in (MADE, RENDERED)]
        each = f"{sum(times) / len(times):.1f}" if times else "-"
        peak = max(outcome.memory for outcome in mine)
        memory = f"{peak / 2**20:.0f}" if peak else "-"
        table.add_row(notebook, *map(str, counts), each, memory)
    console = Console(stderr=True)
    console.print(table, markup=False)
