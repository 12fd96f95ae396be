"""How processor time grows with the length of what is hard: one sentence, open quotes, brackets.

Usage: python tests/benchmarks/growth.py [--most 2000000] [--seconds 60]

Each shape is made of ever more words, doubled up to the most or until one call takes a fifth of the
seconds. Time may grow as n log n: in the last two doublings, a call that takes more than 2.6 times
as long as that on half the words, and more than half a second, is a fault. The result is printed,
and kept in results/growth.json with the words that each came to.
"""

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import sco_research as sco
from sco_research.errors import ScoResearchError
from sco_research.text.document import Document

RESULT = Path(__file__).parent / "results" / "growth.json"
MOST_GROWTH = 2.6
TOO_SHORT = 0.5
FIRST = 2_000

SHAPES: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "We will open schools and train nurses in 2019. " * (n // 9),
    "one long sentence": lambda n: f"We will meet {'and the states of the region ' * (n // 6)}.",
    "open quotes": lambda n: "“We will open. " * (n // 3),
    "open quotes on lines": lambda n: "“We will open the school and the\n" * (n // 7),
    "nested that-clauses": lambda n: f"We agree {'that they agree ' * (n // 3)}.",
    "brackets": lambda n: "(we " * n + "meet.",
    "numbers": lambda n: "1, 2. 3.5 " * (n // 3),
    "numbers on lines": lambda n: "\n".join(map(str, range(n))),
    "numbered paragraphs": lambda n: "\n".join(f"{k}. We will meet." for k in range(n // 4)),
    "headings": lambda n: "Trade And Peace\n\n" * (n // 3),
    "headings and paragraphs": lambda n: "Trade And Peace\n\nWe will meet.\n\n" * (n // 6),
    "items": lambda n: "- to meet;\n" * (n // 2),
    "clauses of a preamble": lambda n: "Recalling the law,\n" * (n // 3),
    "hyphens at line ends": lambda n: "co-\n" * n,
    "stops": lambda n: ". " * n,
    "one word": lambda n: "a" * (5 * n),
    "blank lines": lambda n: "We meet." + "\n" * (5 * n) + "They act.",
}
REFERENCE = Document.from_text("We will meet.", id="reference")
FUNCTIONS: dict[str, Callable[[Document], object]] = {
    "segment": sco.segment,
    "measure": sco.measure,
    "code_speech_acts": sco.code_speech_acts,
    "find_commitments": sco.find_commitments,
    "code_themes": sco.code_themes,
    "code_stance": sco.code_stance,
    "kwic": lambda document: sco.kwic(document, ["will"]),
    "collocations": sco.collocations,
    "keyness": lambda document: sco.keyness(document, REFERENCE),
    "find_reuse": lambda document: sco.find_reuse(document, reference=REFERENCE),
}


def seconds_of(function: Callable[[Document], object], text: str, name: str) -> float:
    """Return the processor seconds of one call, the segmentation's only where it is asked for."""
    document = Document.from_text(text, id=name.replace(" ", "-"))
    if function is not sco.segment:
        sco.segment(document)
    begun = time.process_time()
    with contextlib.suppress(ScoResearchError):
        function(document)
    return time.process_time() - begun


def main() -> None:
    """Double, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--functions", nargs="*", default=list(FUNCTIONS))
    options = parser.parse_args()
    rows, faults = [], []
    for shape, text in SHAPES.items():
        for name in options.functions:
            words, times = FIRST, [seconds_of(FUNCTIONS[name], text(FIRST), f"{shape} {FIRST}")]
            while 2 * words <= options.most and times[-1] < options.seconds / 5:
                words *= 2
                times.append(seconds_of(FUNCTIONS[name], text(words), f"{shape} {words}"))
            growth = [round(two / max(one, 0.001), 1) for one, two in pairwise(times)]
            # One slow call may be the machine's: two in a row are ours.
            is_fault = times[-1] > TOO_SHORT and min(growth[-2:], default=0.0) > MOST_GROWTH
            row = {
                "shape": shape,
                "function": name,
                "words": words,
                "seconds": round(times[-1], 2),
                "growth": growth[-2:],
            }
            rows.append(row)
            if is_fault:
                faults.append(row)
            print(row, "FAULT" if is_fault else "", flush=True)
    result = {"most_words": options.most, "faults": faults, "rows": rows}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
