"""How fast plain text is loaded, and whether a document costs the same in a large corpus.

Usage: python tests/benchmarks/loading.py [--rounds 3] [--sizes 10 100 1000 10000 100000]

The documents are the bundled declaration's paragraphs in another order each, some 12 kB, one file
each in one folder (1.2 GB for the largest, in the system's place for temporary files, deleted
after). Each corpus is streamed in a process of its own: reading, decoding, header, date, language,
hash and the search for duplicates, everything but the segmentation, which is done when asked for.
Processor seconds count, the best of the rounds, less those of one document; the peak of memory is
that of the whole process. The result is printed, and kept in results/loading.json.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sco_research.loaders import load_document, stream_corpus

RESULT = Path(__file__).parent / "results" / "loading.json"
SIZES = (10, 100, 1_000, 10_000, 100_000)
# A handful of documents take less than a clock's tick; they are loaded again and again.
FEWEST_LOADS = 1_000


def write(folder: Path, number: int) -> int:
    """Write the documents; return their bytes."""
    source = load_document("sco-2013-bishkek")
    blocks = source.text[slice(*source.body)].strip().split("\n\n")
    total = 0
    for document in range(number):
        order = random.Random(document)
        text = "\n\n".join([f"Document {document}.", *order.sample(blocks, len(blocks))])
        total += (folder / f"d{document:06}.txt").write_bytes(text.encode())
    return total


def measure(folder: Path, times: int) -> dict[str, float]:
    """Stream a folder, and return what that took."""
    next(iter(stream_corpus(folder)))  # the first pays for the imports
    begun = time.process_time()
    count = sum(1 for _ in range(times) for _ in stream_corpus(folder))
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds / times, "documents": count // times, "peak_megabytes": peak}


def main() -> None:
    """Measure every size; print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--times", type=int, default=1)
    wanted = parser.parse_args()
    if wanted.measure:
        sys.stdout.write(json.dumps(measure(wanted.measure, wanted.times)))
        return
    result: dict[str, dict[str, float]] = {}
    for size in wanted.sizes:
        with tempfile.TemporaryDirectory() as folder:
            total = write(Path(folder), size)
            times = max(FEWEST_LOADS // size, 1)
            call = [sys.executable, __file__, "--measure", folder, "--times", str(times)]
            runs = [
                json.loads(subprocess.run(call, capture_output=True, check=True, text=True).stdout)
                for _ in range(wanted.rounds if size < 100_000 else 1)
            ]
        best = min(runs, key=lambda run: run["seconds"])
        assert best["documents"] == size
        result[str(size)] = {
            "megabytes": round(total / 1e6, 2),
            "megabytes_per_second": round(total / 1e6 / best["seconds"], 1),
            "microseconds_per_document": round(best["seconds"] / size * 1e6),
            "peak_megabytes": round(best["peak_megabytes"]),
        }
        sys.stdout.write(f"{size} {result[str(size)]}\n")
        sys.stdout.flush()
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
