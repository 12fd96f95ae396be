"""A hundred thousand documents, measured, coded and compared with the declaration, in flat memory.

Usage: python tests/soak/corpus.py [--documents 100000] [--workers N] [--output FOLDER]

The documents are synthetic, about 2,000 words each, and made one after another. The dataset lies in
the output folder (by default one below build/), and a second call goes on where the first one was
stopped. Kept in results/corpus.json: the seconds and the rate of this call's own work, the memory
of this process and its workers, all together, after every thousand documents of it, the machine's
load, and the dataset's rows; of a run that was stopped, what it had come to. Run it alone for a
rate that means something.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import psutil

from sco_research.loaders import load_document
from sco_research.runs.corpus.dataset import analyse_corpus

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))

from synthetic import WORDS, Synthesis  # type: ignore[import-not-found]  # noqa: E402 - after the path to it

RESULT = HERE / "results" / "corpus.json"
_EVERY = 1_000


class Watch:
    """Notes memory and rate as the work goes on."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.begun = time.monotonic()
        self.samples: list[dict[str, float]] = []
        self._process = psutil.Process()

    def __call__(self, documents: int, computed: int) -> None:
        last = self.samples[-1]["computed"] if self.samples else 0
        if computed < last + _EVERY:
            return
        seconds = time.monotonic() - self.begun
        processes = [self._process, *self._process.children(recursive=True)]
        sample = {
            "documents": documents,
            "computed": computed,
            "seconds": round(seconds, 1),
            "documents_per_second": round(computed / seconds, 1),
            "megabytes_of_this_process": self._megabytes([self._process]),
            "megabytes_in_all": self._megabytes(processes),
            "processor_seconds": self._processor(processes),
            "load": round(os.getloadavg()[0], 1),
        }
        self.samples.append(sample)
        print(json.dumps(sample), flush=True)
        keep(self.result(documents, computed, complete=False))

    def result(self, documents: int, computed: int, *, complete: bool) -> dict[str, object]:
        """Return what is kept of a run, so far or in the end."""
        seconds = time.monotonic() - self.begun
        return {
            "complete": complete,
            "documents": documents,
            "words_a_document": WORDS,
            "computed_by_this_call": computed,
            "workers": self.workers,
            "seconds": round(seconds, 1),
            "documents_per_second": round(computed / seconds, 1),
            "projected_hours_of_100000": round(100_000 * seconds / max(1, computed) / 3600, 2),
            "samples": self.samples,
        }

    @staticmethod
    def _processor(processes: list[psutil.Process]) -> float:
        total = 0.0
        for process in processes:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return round(total, 1)

    @staticmethod
    def _megabytes(processes: list[psutil.Process]) -> float:
        total = 0
        for process in processes:
            try:
                total += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        return round(total / 1e6, 1)


def keep(found: dict[str, object]) -> None:
    """Write the result."""
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Run, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--output", type=Path, default=Path("build") / "soak-corpus")
    options = parser.parse_args()
    watch = Watch(options.workers)
    made = analyse_corpus(
        Synthesis().documents(0, options.documents),
        options.output,
        reference=load_document("sco-2013-bishkek"),
        workers=options.workers,
        on_progress=watch,
    )
    size = sum(path.stat().st_size for path in made.folder.rglob("*.parquet"))
    found = watch.result(made.documents, made.computed, complete=True)
    found |= {
        "rows": made.rows,
        "faults": len(made.faults),
        "megabytes_of_parquet": round(size / 1e6, 1),
    }
    print(json.dumps({**found, "samples": len(watch.samples)}, indent=1))
    if made.computed:
        keep(found)


if __name__ == "__main__":
    main()
