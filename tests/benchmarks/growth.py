"""How processor time grows with the length of what is hard: one sentence, open quotes, brackets.

Usage: python tests/benchmarks/growth.py [--most 2000000] [--seconds 60]

Each shape is made of ever more words, doubled up to the most; a function is asked no more of a
shape once a call takes longer than the seconds. Time may grow as n log n: in the last two
doublings, a call that takes more than 2.6 times as long as that on half the words, and more than
half a second, is a fault, if it does so again when it is repeated. Each shape has a process of its
own, which may have so much memory; what a function cannot do within it is a fault too. The result
is printed, and kept in results/growth.json with the words that each came to, as it goes; shapes and
functions that are not asked for keep the rows that they had. What segments a text is measured to
the end, since the others need it there.

Every function of the package's face that reads a document is held here, and some below it that
reports call; what reads files does so with the shape as a text file and as a web page.
"""

import argparse
import contextlib
import html
import json
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import pandas as pd

import sco_research as sco
from sco_research.coding.reliability.ratings import ratings_of_hits
from sco_research.comparison.continuity import commitment_history
from sco_research.comparison.formulaic import novelty, shared_phrases
from sco_research.comparison.similarity import similarity
from sco_research.errors import ScoResearchError
from sco_research.text.document import Document

RESULT = Path(__file__).parent / "results" / "growth.json"
MOST_GROWTH = 2.6
TOO_SHORT = 0.5
DOUBLINGS = 10

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
# Commitments are coded once for all that asks for them: other options have them coded again.
OTHERWISE = sco.CommitmentOptions(universal=False)


@lru_cache(maxsize=1)
def earlier(document: Document) -> Document:
    """Return the shape once more, with a sentence before it: what a comparison finds hardest."""
    twin = Document.from_text(f"They act.\n\n{document.text}", id="earlier", language="en")
    sco.segment(twin)
    return twin


@lru_cache(maxsize=1)
def returning(document: Document) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the commitments of the shape and its twin, and what returns."""
    both = [earlier(document), document]
    return sco.find_commitments(both), sco.find_reuse(document, reference=earlier(document))


def annotated(document: Document) -> object:
    """Return the document with its themes marked, as a piece of a page."""
    return sco.annotate(document, sco.code_themes(document)).html


def explained(document: Document) -> object:
    """Return why the last sentence is coded as it is."""
    return sco.explain(document, sco.segment(document, level="sentence")["segment_id"].iloc[-1])


def scored(document: Document) -> object:
    """Return the agreement of two codings that cost nothing to make: it is theirs that is timed."""
    ids = sco.segment(document, level="sentence")["segment_id"]
    found, reference = (
        ratings_of_hits(
            ids[::step].to_frame().assign(category="health"), ids, categories=["health"]
        )
        for step in (2, 3)
    )
    return sco.score(found, reference, bootstrap=sco.Bootstrap(resamples=100))


def loaded(document: Document, suffix: str, text: str) -> object:
    """Return the shape read from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"shape{suffix}"
        path.write_text(text, encoding="utf-8")
        return sco.load_document(path, language="en", id=document.id)


def page(document: Document) -> str:
    """Return the shape as a web page, a paragraph to a line."""
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in document.text.split("\n"))
    return f"<html><body><h1>The shape</h1>\n{lines}</body></html>"


FUNCTIONS: dict[str, Callable[[Document], object]] = {
    "segment": sco.segment,
    "measure": sco.measure,
    "measure by sentence": lambda document: sco.measure(document, level="sentence"),
    "find_commitments": sco.find_commitments,
    "find_commitments with themes": lambda document: sco.find_commitments(
        document, options=OTHERWISE, themes=sco.code_themes
    ),
    "code_speech_acts": lambda document: sco.code_speech_acts(
        document, options=sco.CommitmentOptions(instructions=False)
    ),
    "explain": explained,
    "score": scored,
    "code_themes": sco.code_themes,
    "annotate": annotated,
    "code_stance": sco.code_stance,
    "kwic": lambda document: sco.kwic(document, ["will"]),
    "collocations": sco.collocations,
    "keyness": lambda document: sco.keyness(document, earlier(document)),
    "find_reuse": lambda document: sco.find_reuse(document, reference=earlier(document)),
    "similarity": lambda document: similarity([earlier(document), document]),
    "shared_phrases": lambda document: shared_phrases([earlier(document), document]),
    "novelty": lambda document: novelty([earlier(document), document]),
    "commitment_history": lambda document: commitment_history(
        [earlier(document), document], *returning(document)
    ),
    "load_document (text)": lambda document: loaded(document, ".txt", document.text),
    "load_document (page)": lambda document: loaded(document, ".html", page(document)),
}
Times = dict[str, list[float]]
Refusals = dict[str, str]


def seconds_of(function: Callable[[Document], object], document: Document) -> tuple[float, str]:
    """Return the processor seconds of one call, and why it was refused, where it was."""
    begun = time.process_time()
    refusal = ""
    try:
        function(document)
    except ScoResearchError as error:
        refusal = str(error)
    return time.process_time() - begun, refusal


def measured(
    shape: str, names: list[str], most: int, seconds: float
) -> Iterator[tuple[Times, Refusals]]:
    """Yield the times of each function at each size, ever longer, and what refused the last."""
    times: Times = {name: [] for name in names}
    refusals: Refusals = {}
    for doubling in range(DOUBLINGS + 1):
        words = most >> (DOUBLINGS - doubling)
        # One document a size: its segmentation is asked for first, and serves the others.
        document = Document.from_text(
            SHAPES[shape](words), id=f"{shape} {words}".replace(" ", "-"), language="en"
        )
        if "segment" not in names:
            sco.segment(document)
        for name in names:
            known = times[name]
            late = bool(known) and known[-1] > seconds and name != "segment"
            if late or len(known) < doubling:
                continue
            taken, refusals[name] = seconds_of(FUNCTIONS[name], document)
            if known and grows_fast(known[-1], taken):
                # A slow call may be the machine's; what was kept of the first one helps the second
                # no more than it would have helped the first at half the words.
                again = Document.from_text(document.text, id=f"{document.id}-again", language="en")
                if name != "segment":
                    sco.segment(again)
                taken = min(taken, seconds_of(FUNCTIONS[name], again)[0])
            known.append(taken)
            yield times, refusals


def grows_fast(one: float, two: float) -> bool:
    """Return whether a doubling took too long."""
    return two > TOO_SHORT and two > MOST_GROWTH * max(one, 0.001)


def rows_of(shape: str, times: Times, refusals: Refusals, most: int) -> list[dict[str, object]]:
    """Return a row a function: how far it came, how long it took, how it grew, if it refused."""
    rows: list[dict[str, object]] = []
    for name, known in times.items():
        if not known:
            continue
        doublings = list(pairwise(known))[-2:]
        row: dict[str, object] = {
            "shape": shape,
            "function": name,
            "words": most >> (DOUBLINGS + 1 - len(known)),
            "seconds": round(known[-1], 2),
            "growth": [round(two / max(one, 0.001), 1) for one, two in doublings],
        }
        # A call that is refused takes no time: its row says nothing of the function.
        if refusal := refusals.get(name):
            row["refused"] = refusal
        # One fast growth may be a step, such as a table that no longer fits a cache.
        if len(doublings) > 1 and all(grows_fast(one, two) for one, two in doublings):
            row["fault"] = "grows"
        rows.append(row)
    return rows


def work(
    sender: Connection, shape: str, names: list[str], most: int, seconds: float, memory: int
) -> None:
    """Measure a shape in a process of its own, and send the times as they come."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        for times, refusals in measured(shape, names, most, seconds):
            sender.send((times, refusals, peak(), ""))
    except Exception:  # an analysis that fails on a shape is what is looked for
        sender.send(({}, {}, peak(), traceback.format_exc()))


def peak() -> float:
    """Return the most memory that this process had, in GiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)


def main() -> None:
    """Double, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--memory", type=float, default=6.0, help="GiB a shape may have")
    parser.add_argument("--functions", nargs="*", default=list(FUNCTIONS))
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES))
    parser.add_argument("--result", type=Path, default=RESULT)
    options = parser.parse_args()
    before = json.loads(options.result.read_text()) if options.result.exists() else {}
    rows = list(before.get("rows", []))
    peaks = dict(before.get("peak_gib", {}))
    memory = dict(before.get("memory_gib", {}))
    failures = dict(before.get("failures", {}))
    context = multiprocessing.get_context("spawn")
    for shape in options.shapes:
        receiver, sender = context.Pipe(duplex=False)
        limits = (options.most, options.seconds, int(options.memory * 2**30))
        process = context.Process(target=work, args=(sender, shape, options.functions, *limits))
        process.start()
        sender.close()
        times: Times = {}
        refusals: Refusals = {}
        # A run of some functions alone says nothing of what the others failed on, or needed.
        if set(options.functions) == set(FUNCTIONS):
            failures.pop(shape, None)
            peaks.pop(shape, None)
        known_peak = peaks.get(shape, 0.0)
        with contextlib.suppress(EOFError):
            while True:
                sent, refused, used, failure = receiver.recv()
                peaks[shape] = max(known_peak, used)
                times, refusals = sent or times, refused or refusals
                if failure:
                    failures[shape] = failure
        process.join()
        if process.exitcode and shape not in failures:
            failures[shape] = f"ended with status {process.exitcode}"
        memory[shape] = options.memory
        found = rows_of(shape, times, refusals, options.most)
        # Only now: a run that is stopped keeps the rows of the shapes that it did not come to.
        rows = [
            row for row in rows if row["shape"] != shape or row["function"] not in options.functions
        ]
        rows += found
        for row in found:
            print(row, flush=True)
        print(shape, "peak", peaks.get(shape), "GiB", failures.get(shape, ""), flush=True)
        faults = [row for row in rows if "fault" in row]
        result = {
            "most_words": options.most,
            "seconds": options.seconds,
            "memory_gib": memory,
            "faults": faults,
            "failures": failures,
            "peak_gib": peaks,
            "rows": rows,
        }
        options.result.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if faults or failures else 0)


if __name__ == "__main__":
    main()
