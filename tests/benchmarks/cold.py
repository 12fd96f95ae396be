"""Where the time of one cold report goes: each step of the command, in one run.

Usage: python tests/benchmarks/cold.py [--rounds N] [--write]

``sco-research report -n language`` is three processes, one after another: the command, a worker,
and the worker's kernel. Every process notes, in one file, when it starts and when the functions
named in `STEPS` begin and end, by a clock that all of them share; what lies between two notes is a
step. Steps are told in multiples of T, the wall time that it takes to import pandas,
matplotlib.pyplot and scipy.stats, measured in every round. Steps with a ``within`` are part of the
one that they name.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

RESULT = Path(__file__).with_name("results") / "cold.json"
BASE = "import pandas, matplotlib.pyplot, scipy.stats"
COMMAND = ("-m", "sco_research", "report", "-n", "language")

# Read by each of the processes when it starts: notes the start, and wraps functions as they come.
NOTES = """
import asyncio, functools, importlib.machinery, json, os, sys, time

TABLE = json.loads(os.environ["SCO_STEPS_TABLE"])
SEEN = time.monotonic()

def note(name, begin, end):
    with open(os.environ["SCO_STEPS"], "a") as file:
        file.write(json.dumps([os.getpid(), name, begin, end]) + "\\n")

def wrapped(name, function):
    if asyncio.iscoroutinefunction(function):
        @functools.wraps(function)
        async def timed(*args, **options):
            begin = time.monotonic()
            try:
                return await function(*args, **options)
            finally:
                note(name, begin, time.monotonic())
    else:
        @functools.wraps(function)
        def timed(*args, **options):
            begin = time.monotonic()
            try:
                return function(*args, **options)
            finally:
                note(name, begin, time.monotonic())
    return timed

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name not in TABLE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            for dotted in TABLE[name]:
                owner, _, last = dotted.rpartition(".")
                holder = getattr(module, owner) if owner else module
                function = getattr(holder, last)
                setattr(holder, last, wrapped(f"{name}:{dotted}", function))

        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Finder())
note("start", SEEN, SEEN)
"""

_CODE_SECONDS = 0.001
_PACKAGE = "sco_research"
PLAN = f"{_PACKAGE}.runs.plan:plan_jobs"
DECIDE = f"{_PACKAGE}.runs.batch:decide"
LANDING = f"{_PACKAGE}.topics.summary.landing:write_landing"
MAKE = f"{_PACKAGE}.runs.runner:make_report"
EXECUTE = f"{_PACKAGE}.runs.kernels.execute:execute"
PREPARED = f"{_PACKAGE}.runs.kernels.execute:_prepared"
START = "nbclient.client:NotebookClient.start_new_kernel"
CLIENT = "nbclient.client:NotebookClient.start_new_kernel_client"
CELL = "nbclient.client:NotebookClient.execute_cell"
SAVE = "papermill.engines:NotebookExecutionManager.save"
HISTORY = "IPython.core.history:HistoryManager.__init__"
KERNEL = "ipykernel.kernelapp:IPKernelApp.initialize"
REPORT_SAVED = f"{_PACKAGE}.reports.report:Report.save"
FINISH = f"{_PACKAGE}.runs.runner:_finish"
READ = f"{_PACKAGE}.reports.render:_read"
WRITE = f"{_PACKAGE}.reports.render:_attempt"
PROVENANCE = f"{_PACKAGE}.reports.provenance:complete"
NOTEBOOK = f"{_PACKAGE}.runs.runner:_write_notebook"
REPLACE = f"{_PACKAGE}.reports.folder:_replace"
WRAPPED = (
    PLAN, DECIDE, LANDING, MAKE, EXECUTE, PREPARED, START, CLIENT, CELL, SAVE, HISTORY, KERNEL,
    REPORT_SAVED, FINISH, READ, WRITE, PROVENANCE, NOTEBOOK, REPLACE,
)  # fmt: skip


class Note(NamedTuple):
    """When something began and ended in a process."""

    process: int
    name: str
    begin: float
    end: float


def table() -> dict[str, list[str]]:
    """Return the functions that are wrapped, by module."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in WRAPPED:
        module, _, function = name.partition(":")
        found[module].append(function)
    return found


def one_run() -> dict[str, float]:
    """Make one report, cold, and return the seconds of each step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(NOTES, encoding="utf-8")
        path = os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH")]))
        env = {
            **os.environ,
            "PYTHONPATH": path,
            "SCO_STEPS": str(folder / "notes"),
            "SCO_STEPS_TABLE": json.dumps(table()),
        }
        command = [sys.executable, *COMMAND, "--output", str(folder / "reports")]
        begin = time.monotonic()
        subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
        end = time.monotonic()
        lines = (folder / "notes").read_text(encoding="utf-8").splitlines()
    return steps([Note(*json.loads(line)) for line in lines], begin, end)


def steps(notes: Iterable[Note], begin: float, end: float) -> dict[str, float]:
    """Return the seconds of each step of a run that began and ended so."""
    by_name: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_name[note.name].append(note)

    def first(name: str) -> Note:
        return min(by_name[name], key=lambda note: note.begin)

    def spent(name: str) -> float:
        return sum(note.end - note.begin for note in by_name[name])

    owner, worker = first(DECIDE).process, first(MAKE).process
    kernel = first(REPORT_SAVED).process
    starts = {note.process: note.begin for note in by_name["start"]}
    # A cell of prose takes no time.
    cells = [cell for cell in sorted(by_name[CELL]) if cell.end - cell.begin > _CODE_SECONDS]
    make, execute, finish = first(MAKE), first(EXECUTE), first(FINISH)
    assert owner in starts
    return {
        "command: the interpreter": starts[owner] - begin,
        "command: imports and options": first(PLAN).begin - starts[owner],
        "command: what is to be done, inputs checked": first(DECIDE).end - first(PLAN).begin,
        "worker: asked for, until its interpreter runs": starts[worker] - first(DECIDE).end,
        "worker: imports, papermill's among them": make.begin - starts[worker],
        "worker: a report's folder is made": execute.begin - make.begin,
        "worker: the notebook is read, its parameters set": spent(PREPARED),
        "kernel: from its start until it answers": first(CLIENT).end - first(START).begin,
        "kernel, within: until its interpreter runs": starts[kernel] - first(START).begin,
        "kernel, within: imports of ipykernel": first(KERNEL).begin - starts[kernel],
        "kernel, within: ipykernel is set up": spent(KERNEL),
        "kernel, within: IPython's history": spent(HISTORY),
        "notebook: the first cell, its imports": cells[0].end - cells[0].begin,
        "notebook: the cells between": sum(cell.end - cell.begin for cell in cells[1:-1]),
        "notebook: the last cell, the report's files": cells[-1].end - cells[-1].begin,
        "notebook, within: papermill's saves": spent(SAVE),
        "kernel: its end": execute.end - cells[-1].end,
        "pages: pandoc reads and sets references": spent(READ),
        "pages: pandoc writes HTML": spent(WRITE),
        "files: the notebook as run": spent(NOTEBOOK),
        "files: provenance, every hash": spent(PROVENANCE),
        "files: the folder takes its place": spent(REPLACE) + (make.end - finish.end),
        "command: the page of all reports": spent(LANDING),
        "command: the worker's end, and its own": end - make.end - spent(LANDING),
        "the whole": end - begin,
    }


def bench(rounds: int) -> dict[str, object]:
    """Measure the steps in turns with T, and return their medians."""
    base: list[float] = []
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        begin = time.monotonic()
        subprocess.run([sys.executable, "-c", BASE], check=True)
        base.append(time.monotonic() - begin)
        for name, seconds in one_run().items():
            found[name].append(seconds / base[-1])
    return {
        "T, wall seconds": round(statistics.median(base), 2),
        "load": round(os.getloadavg()[0], 1),
        "rounds": rounds,
        "steps, wall, in T": {
            name: round(statistics.median(values), 3) for name, values in found.items()
        },
    }


def main() -> None:
    """Measure, print, and keep where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the result")
    options = parser.parse_args()
    text = json.dumps(bench(options.rounds), indent=2) + "\n"
    print(text, end="")
    if options.write:
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
