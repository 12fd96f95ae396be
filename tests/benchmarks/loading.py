"""How fast plain text and PDFs are loaded, and whether a document costs the same in a large corpus.

Usage: python tests/benchmarks/loading.py [--rounds 3] [--sizes 10 100 1000 10000 100000]
       python tests/benchmarks/loading.py --sizes    (the PDFs alone)

The documents are the bundled declaration's paragraphs in another order each, some 12 kB, one file
each in one folder (1.2 GB for the largest, in the system's place for temporary files, deleted
after). Each corpus is streamed in a process of its own: reading, decoding, header, date, language,
hash and the search for duplicates, everything but the segmentation, which is done when asked for.
Processor seconds count, the best of the rounds, less those of one document; the peak of memory is
that of the whole process. The result is printed, and kept in results/loading.json.

The PDFs are the declaration's paragraphs too, set in one column and in two; processor seconds are
those of this process and of the one that reads the file.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import typst

from sco_research.loaders import load_document, stream_corpus

RESULT = Path(__file__).parent / "results" / "loading.json"
PDFS = ((10_000, 1), (50_000, 1), (50_000, 2))
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


def write_pdf(path: Path, words: int, columns: int) -> None:
    """Write at least so many words of the declaration as a PDF."""
    source = load_document("sco-2013-bishkek")
    blocks = source.text[slice(*source.body)].strip().split("\n\n")
    text: list[str] = []
    count = 0
    while count < words:
        block = " ".join(random.Random(len(text)).choice(blocks).split())
        count += len(block.split())
        text.append(f"#text({json.dumps(block, ensure_ascii=False)})")
    settings = (
        f'#set page(numbering: "1", columns: {columns})\n#set par(justify: true)\n'
        '#set text(size: 10pt, hyphenate: true, lang: "en")\n'
    )
    path.write_bytes(typst.compile((settings + "\n\n".join(text)).encode(), format="pdf"))


def measure_pdf(path: Path) -> dict[str, float]:
    """Load a PDF, and return how many words that made in a second of processor time."""
    begun = os.times()
    words = len(load_document(path).text.split())
    ended = os.times()
    own = ended.user + ended.system - begun.user - begun.system
    reader = (
        ended.children_user + ended.children_system - begun.children_user - begun.children_system
    )
    return {"words": words, "seconds": own + reader}


def pdf_rates(rounds: int) -> dict[str, dict[str, float]]:
    """Return the best of the rounds for each PDF."""
    found: dict[str, dict[str, float]] = {}
    for words, columns in PDFS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "long.pdf"
            write_pdf(path, words, columns)
            measure_pdf(path)  # the first pays for the imports
            best = min((measure_pdf(path) for _ in range(rounds)), key=lambda run: run["seconds"])
        name = f"{words} words, {columns} {'column' if columns == 1 else 'columns'}"
        found[name] = {
            "words": best["words"],
            "seconds": round(best["seconds"], 2),
            "words_per_second": round(best["words"] / best["seconds"]),
        }
        sys.stdout.write(f"{name} {found[name]}\n")
    return found


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
    result: dict[str, Any] = json.loads(RESULT.read_text(encoding="utf-8"))
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
    # After the texts: a process that is started inherits the peak of the one that starts it.
    result["pdf"] = pdf_rates(wanted.rounds)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
