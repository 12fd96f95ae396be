"""What four formats cost beside the notebooks: the four reports made whole, and executed alone.

Run with ``.venv/bin/python tests/benchmarks/rendering.py``; writes ``results/rendering.json``. The
two are timed in turn, so that a busy machine slows both; the best of each is kept, in seconds of
the clock and of the processor (the kernel's, pandoc's and typst's among them).
"""

import json
import platform
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sco_research.reports.folder import RENDERED_BY_RUNNER
from sco_research.reports.render import FORMATS
from sco_research.runs.job import Limits
from sco_research.runs.kernels.execute import execute
from sco_research.runs.parameters import check_parameters, find_notebook
from sco_research.runs.runner import run_report

DOCUMENT = "sco-2013-bishkek"
NOTEBOOKS = ("themes", "commitments", "language", "reliability")
REPEATS = 3
# A warm kernel would take the imports out of what the pages are measured against.
COLD = Limits(cold=True)
RESULT = Path(__file__).with_name("results") / "rendering.json"


Seconds = tuple[float, float]


def now() -> Seconds:
    """Return the clock, and the processor's seconds of this process and those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(part.ru_utime + part.ru_stime for part in used)


def since(start: Seconds) -> Seconds:
    """Return the seconds since then."""
    clock, processor = now()
    return clock - start[0], processor - start[1]


def executed_alone(name: str) -> Seconds:
    """Return the seconds that a notebook takes, its tables and figures written, no page made."""
    path = find_notebook(name)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report").mkdir()
        (Path(folder) / "report" / RENDERED_BY_RUNNER).touch()
        given = {"document_id": DOCUMENT, "output_folder": str(Path(folder) / "report")}
        parameters = check_parameters(path, given)
        start = now()
        execute(path, parameters, limits=COLD)
        return since(start)


def made_whole(name: str) -> tuple[Seconds, dict[str, int]]:
    """Return the seconds that a report takes in every format, and the formats' sizes."""
    with tempfile.TemporaryDirectory() as folder:
        start = now()
        report = run_report(
            DOCUMENT, name, output_folder=folder, formats=tuple(FORMATS), limits=COLD
        )
        seconds = since(start)
        sizes = {kind: (report / form.file).stat().st_size for kind, form in FORMATS.items()}
        return seconds, sizes


def timed(notebooks: Sequence[str], repeats: int) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the best times of each notebook, and the ratios of all of them."""
    found: dict[str, Any] = {}
    totals = {"clock": [0.0, 0.0], "processor": [0.0, 0.0]}
    for name in notebooks:
        alone, whole = [], []
        sizes: dict[str, int] = {}
        for _ in range(repeats):
            alone.append(executed_alone(name))
            seconds, sizes = made_whole(name)
            whole.append(seconds)
        found[name] = {"bytes": sizes}
        for place, kind in enumerate(totals):
            best = [min(run[place] for run in runs) for runs in (alone, whole)]
            found[name][f"{kind}_alone"] = round(best[0], 2)
            found[name][f"{kind}_four_formats"] = round(best[1], 2)
            totals[kind] = [total + one for total, one in zip(totals[kind], best, strict=True)]
    return found, {kind: round(whole / alone, 2) for kind, (alone, whole) in totals.items()}


def ratios(notebooks: Sequence[str], repeats: int) -> dict[str, float]:
    """Return what four formats take, in multiples of the notebooks' own time."""
    return timed(notebooks, repeats)[1]


def main() -> None:
    """Time both in turn and write the result."""
    found, ratio = timed(NOTEBOOKS, REPEATS)
    record = {
        "python": platform.python_version(),
        "repeats": REPEATS,
        "reports": found,
        "ratio": ratio,
        "must_reach": "at most 1.5",
    }
    RESULT.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
