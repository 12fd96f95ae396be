"""What a batch costs above the analysis itself, beside papermill, nbconvert and a plain function.

Usage: python tests/benchmarks/batch.py [--notebooks whole themes …] [--many 1000]

Every way makes the same reports of the same documents: the bundled declaration with its paragraphs
in another order each, so that no result of one is at hand for the next. One run, one machine, one
after another:

- ``floor``: the notebook's code as a plain function in one warm process, page included.
- ``batch-1``, ``batch-2``: `sco-research report` with one and with two workers, warm.
- ``batch-1-cold``: the same with one worker and every kernel started anew.
- ``papermill-cli``: a loop over ``python -m papermill``.
- ``papermill``: `papermill.execute_notebook` in one process, as it comes.
- ``nbconvert``: a loop over ``jupyter nbconvert --execute``.

Wall seconds and processor seconds are those of the whole call and of all processes it started;
memory is the peak of their sum, sampled. Of each way the time of the shorter run is taken off, so
that ``each`` is what a further report costs and ``start`` what the first costs besides. The
overhead is what is above the floor, in processor seconds: another load on the machine does not
change it. With ``--many`` a large batch is measured too, and another call of it when nothing has
changed. The result is printed, and kept in results/batch.json.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from sco_research.loaders import load_document
from sco_research.resources import notebooks_folder

RESULT = Path(__file__).parent / "results" / "batch.json"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"
CLI = [sys.executable, "-m", "sco_research", "report"]

# The notebook's code as a function of the document and the folder; the process stays.
_FLOOR = """
import json, sys
from pathlib import Path

def function_of(path):
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    parts = [("".join(cell["source"]), "parameters" in cell["metadata"].get("tags", []))
             for cell in code]
    compiled = [(compile(text, path, "exec"), tagged) for text, tagged in parts]
    def run(document, folder):
        names = {"__name__": "notebook"}
        for part, tagged in compiled:
            exec(part, names)
            if tagged:
                names |= {"document_id": document, "output_folder": folder}
    return run

run = function_of(sys.argv[1])
output, warm_with, *documents = sys.argv[2:]
sys.stdout = open("/dev/null", "w")
run(warm_with, output + "/warm")
sys.stderr.write("warm\\n")
sys.stdin.readline()
for place, document in enumerate(documents):
    run(document, f"{output}/{place}")
sys.stderr.write("done\\n")
sys.stderr.flush()
sys.stdin.readline()
"""
_IN_PROCESS = """
import sys
import papermill
notebook, output, *documents = sys.argv[1:]
for place, document in enumerate(documents):
    papermill.execute_notebook(
        notebook, f"{output}/{place}.ipynb", kernel_name="python3", progress_bar=False,
        parameters={"document_id": document, "output_folder": f"{output}/{place}"},
    )
"""


def documents(folder: Path, number: int) -> list[str]:
    """Write declarations with their paragraphs in another order each."""
    source = load_document("sco-2013-bishkek")
    blocks = source.text[slice(*source.body)].split("\n\n")
    names = []
    for place in range(number):
        order = random.Random(place)
        path = folder / f"d{place:04}.txt"
        path.write_text("\n\n".join(order.sample(blocks, len(blocks))), encoding="utf-8")
        names.append(str(path))
    return names


class Meter:
    """Processor time and memory of a process and all that it starts, sampled while it runs."""

    def __init__(self, process: psutil.Process) -> None:
        self.process = process
        self.spent: dict[int, float] = {}
        self.peak = 0

    def look(self) -> None:
        """Take a sample."""
        total = 0
        try:
            family = [self.process, *self.process.children(recursive=True)]
        except psutil.Error:
            return
        for member in family:
            try:
                times = member.cpu_times()
                # With what its ended children have spent: those are seen no longer.
                self.spent[member.pid] = times.user + times.system
                total += member.memory_info().rss
            except psutil.Error:
                continue
        self.peak = max(self.peak, total)


def measured(command: list[str], *, folder: Path, **options: Any) -> dict[str, float]:  # noqa: ANN401 - those of Popen
    """Run a command, and return its wall seconds, processor seconds and peak of memory."""
    begun, before = time.monotonic(), os.times()
    process = psutil.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, **options
    )
    meter = Meter(process)
    while process.poll() is None:
        meter.look()
        time.sleep(0.25)
    wall, after = time.monotonic() - begun, os.times()
    if process.returncode:
        raise RuntimeError(f"{command}: {process.stderr.read().decode()[-2000:]}")
    # All that it waited for; kernels of a warmed process are waited for by that process.
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return {"wall": wall, "processor": spent, "peak_mb": meter.peak / 2**20}


def floor(notebook: Path, names: list[str], folder: Path) -> dict[str, float]:
    """Measure the plain function, warm."""
    warm_with = documents(folder / "w", 1)[0]
    command = [sys.executable, "-c", _FLOOR, str(notebook), str(folder), warm_with, *names]
    process = psutil.Popen(
        command,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"},
    )
    heard: Iterator[str] = iter(process.stderr)
    assert any(line == "warm\n" for line in heard)
    before, begun = process.cpu_times(), time.monotonic()
    process.stdin.write("\n")
    process.stdin.flush()
    assert any(line == "done\n" for line in heard)
    wall, after = time.monotonic() - begun, process.cpu_times()
    peak = process.memory_info().rss / 2**20
    process.communicate("\n")
    spent = after.user + after.system + after.children_user + after.children_system
    spent -= before.user + before.system + before.children_user + before.children_system
    return {"wall": wall, "processor": spent, "peak_mb": peak}


def way(name: str, notebook: Path, names: list[str], folder: Path) -> dict[str, float]:
    """Measure one way of making reports."""
    output = folder / "out"
    output.mkdir()
    if name == "floor":
        return floor(notebook, names, folder)
    if name.startswith("batch"):
        jobs = name.split("-")[1]
        words = ["-n", str(notebook), "-o", str(output), "--workers", jobs]
        words += ["--cold"] if name.endswith("cold") else []
        return measured([*CLI, *names, *words], folder=folder)
    if name == "papermill":
        command = [sys.executable, "-c", _IN_PROCESS, str(notebook), str(output), *names]
        return measured(command, folder=folder)
    total = {"wall": 0.0, "processor": 0.0, "peak_mb": 0.0}
    for place, document in enumerate(names):
        if name == "papermill-cli":
            command = [sys.executable, "-m", "papermill", str(notebook), f"{output}/{place}.ipynb"]
            command += ["-k", "python3", "-p", "document_id", document, "-p", "output_folder"]
            command += [f"{output}/{place}", "--no-progress-bar"]
        else:
            # It takes no parameters: they are written into a copy.
            text = notebook.read_text(encoding="utf-8")
            book = json.loads(text)
            given = f'document_id = "{document}"\noutput_folder = "{output}/{place}"'
            at = next(at for at, cell in enumerate(book["cells"])
                      if "parameters" in cell["metadata"].get("tags", []))  # fmt: skip
            cell = {**book["cells"][at], "id": "given", "metadata": {}, "source": [given]}
            book["cells"].insert(at + 1, cell)
            copy = folder / f"{place}.ipynb"
            copy.write_text(json.dumps(book), encoding="utf-8")
            command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute"]
            command += [str(copy), "--output", f"{output}/{place}-done.ipynb"]
        found = measured(command, folder=folder)
        total = {"wall": total["wall"] + found["wall"],
                 "processor": total["processor"] + found["processor"],
                 "peak_mb": max(total["peak_mb"], found["peak_mb"])}  # fmt: skip
    return total


# How many reports each way makes in its shorter and in its longer run: of a loop each report costs
# the same, and of a batch the first ones pay for the warming up.
_RUNS = {
    "floor": (0, 12),
    "batch-1": (6, 14),
    "batch-2": (8, 20),
    "batch-1-cold": (1, 3),
    "papermill-cli": (0, 2),
    "papermill": (1, 3),
    "nbconvert": (0, 2),
}
# What warming up costs differs by a second from run to run: of too few reports that would be all.
_RUNS_OF_BUNDLED = {"floor": (0, 10), "batch-1": (4, 16), "papermill-cli": (0, 2)}


def cost(name: str, notebook: Path, counts: tuple[int, int]) -> dict[str, float]:
    """Return what a further report costs by one way, and what its start costs."""
    found: list[tuple[int, dict[str, float]]] = [(0, {"wall": 0.0, "processor": 0.0})]
    for number in counts:
        if number:
            with tempfile.TemporaryDirectory() as folder:
                for part in ("texts", "w"):
                    (Path(folder) / part).mkdir()
                names = documents(Path(folder) / "texts", number)
                found.append((number, way(name, notebook, names, Path(folder))))
    (low, first), (high, last) = found[-2:]
    each = {kind: (last[kind] - first[kind]) / (high - low) for kind in ("wall", "processor")}
    return {
        "seconds_each": round(each["wall"], 3),
        "processor_seconds_each": round(each["processor"], 3),
        "start_processor_seconds": round(first["processor"] - low * each["processor"], 2),
        "peak_mb": round(last["peak_mb"]),
    }


def compared(rows: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Return the ways of one notebook with their ratios."""
    spent = {name: row["processor_seconds_each"] for name, row in rows.items()}
    over = {name: seconds - spent["floor"] for name, seconds in spent.items()}
    return {
        "ways": rows,
        "overhead_to_that_of_papermill_cli": {
            name: round(seconds / over["papermill-cli"], 3) for name, seconds in over.items()
        },
        "times_the_floor": {
            name: round(seconds / spent["floor"], 2) for name, seconds in spent.items()
        },
    }


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    bundled = ["themes", "language", "commitments"]
    parser.add_argument("--notebooks", nargs="+", default=["whole", *bundled])
    parser.add_argument("--many", type=int, default=0, help="also a batch of so many reports")
    options = parser.parse_args()
    result: dict[str, Any] = {"cores": os.cpu_count(), "notebooks": {}}
    if RESULT.is_file():
        result = json.loads(RESULT.read_text(encoding="utf-8"))
    for title in options.notebooks:
        is_bundled = title in bundled
        home = notebooks_folder() if is_bundled else FIXTURES
        rows: dict[str, dict[str, float]] = {}
        for name, counts in (_RUNS_OF_BUNDLED if is_bundled else _RUNS).items():
            rows[name] = cost(name, home / f"{title}.ipynb", counts)
            print(title, name, rows[name], flush=True)
        # Another notebook may have been measured by another call meanwhile.
        if RESULT.is_file():
            result = json.loads(RESULT.read_text(encoding="utf-8"))
        result["notebooks"][title] = compared(rows)
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if options.many:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "texts").mkdir()
            names = documents(Path(folder) / "texts", options.many)
            found = way("batch-2", FIXTURES / "whole.ipynb", names, Path(folder))
            result["many"] = {"reports": options.many, **found}
            # All of them once more, and none is to be made.
            again = [*CLI, *names, "-n", str(FIXTURES / "whole.ipynb"), "-o", f"{folder}/out"]
            result["many_unchanged"] = {
                "reports": options.many,
                **measured(again, folder=Path(folder)),
            }
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
