"""How many words a second commitments are coded at, on one core, over distinct sentences.

Usage: python tests/benchmarks/commitments_speed.py [--millions 1 2 5 10] [--against FOLDER]

The sentences are those of the bundled declaration and of the sets of reference, in which one of
five longer words is another's and, in one of ten, a name is new: no sentence comes twice, so that
no answer can come from a cache, and new words come as they do in real texts. They stand in
documents of about 20,000 words; the first one warms the word lists and does not count. Each size
has a process of its own. What is told of it, in seconds of processor time:

- ``segmenting``, ``find_commitments`` and ``code_speech_acts`` after it;
- ``words_per_second`` of `find_commitments`, of the texts segmented, and ``with_segmenting``;
- ``as_one_corpus``: `find_commitments` of a million words at once, with their segmentation;
- ``peak_gib``, the most memory that the process had;
- ``seconds_of_import`` of the functions and what they stand on, pandas among it, and
  ``words_per_import``, the words coded in that time: a ratio that a busy machine changes little;
- ``textstat``, the words a second of its reading ease after Flesch on the same texts, and the ratio
  to it, another of that kind.

``--against`` names a checkout of another commit, which is measured in turn with this one on the
first size; the ratio of the two is kept too.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BEGUN = time.process_time()

import pandas as pd  # noqa: E402 - its import is measured

from sco_research import (  # noqa: E402 - so is this one
    Corpus,
    Document,
    code_speech_acts,
    find_commitments,
    load_document,
    segment,
)

IMPORTED = time.process_time() - BEGUN

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
RESULT = HERE / "results" / "commitments_speed.json"
REFERENCES = ("out-of-sample", "out-of-sample-documents", "out-of-sample-registers")
LENGTH = 20_000  # words of a document
PARAGRAPH = 3  # sentences
CHANGED = 5  # of so many longer words one is another's
NAMED = 10  # of so many sentences one has a name of its own
LONGER = 5
ROUNDS = 5


def sources() -> list[list[str]]:
    """Return the words of each sentence that the texts are made of."""
    texts = segment(load_document("sco-2013-bishkek"), level="sentence")["clean"].to_list()
    for name in REFERENCES:
        frame = pd.read_csv(CHECKOUT / "data" / "reference" / f"{name}.csv", dtype=str)
        texts += frame["text"].dropna().to_list()
    return [text.split() for text in texts]


class Texts:
    """Makes documents without end, in which no sentence comes twice."""

    def __init__(self) -> None:
        self._sources = sources()
        self._longer = [word for words in self._sources for word in words if is_longer(word)]
        self._draw = random.Random(2013)
        self._seen: set[int] = set()
        self._names = self._documents = 0

    def document(self) -> Document:
        """Return the next document."""
        paragraphs, length = [], 0
        while length < LENGTH:
            sentences = [self._sentence() for _ in range(PARAGRAPH)]
            paragraphs.append(" ".join(map(" ".join, sentences)))
            length += sum(map(len, sentences))
        self._documents += 1
        return Document.from_text(
            "\n\n".join(paragraphs), id=f"d{self._documents}", organization="sco", language="en"
        )

    def _sentence(self) -> list[str]:
        draw = self._draw
        while True:
            words = list(draw.choice(self._sources))
            places = [place for place, word in enumerate(words) if is_longer(word)]
            for place in draw.sample(places, -(-len(places) // CHANGED)):
                words[place] = draw.choice(self._longer)
            if draw.randrange(NAMED) == 0:
                self._names += 1
                words.insert(len(words) - 1, f"Zenda{self._names}")
            known = hash(tuple(words))
            if known not in self._seen:
                self._seen.add(known)
                return words


def is_longer(word: str) -> bool:
    """Return whether a word may be another's: a noun, adjective or verb in small letters."""
    return len(word) > LONGER and word.isalpha() and word.islower()


def seconds_of(work: Callable[[Any], object], subject: Document | Corpus) -> float:
    """Return the processor seconds of a call."""
    begun = time.process_time()
    work(subject)
    return time.process_time() - begun


def measured(words: int) -> dict[str, object]:
    """Return what is told of a text of so many words."""
    from sco_research.metrics.textstat_check import offline_textstat

    peer: Any = offline_textstat()
    texts = Texts()
    warm = texts.document()
    find_commitments(warm)
    peer.flesch_reading_ease(warm.text)
    done = compared = 0
    spent = dict.fromkeys(("segmenting", "find_commitments", "code_speech_acts", "textstat"), 0.0)
    while done < words:
        document = texts.document()
        length = len(document.text.split())
        done += length
        spent["segmenting"] += seconds_of(segment, document)
        spent["find_commitments"] += seconds_of(find_commitments, document)
        spent["code_speech_acts"] += seconds_of(code_speech_acts, document)
        if compared < LENGTH * ROUNDS:
            compared += length
            spent["textstat"] += seconds_of(
                lambda one: peer.flesch_reading_ease(one.text), document
            )
    rate = done / spent["find_commitments"]
    peers = compared / spent["textstat"]
    return {
        "words": done,
        "seconds": {name: round(value, 2) for name, value in spent.items() if name != "textstat"},
        "words_per_second": round(rate),
        "with_segmenting": round(done / (spent["segmenting"] + spent["find_commitments"])),
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "seconds_of_import": round(IMPORTED, 2),
        "words_per_import": round(rate * IMPORTED),
        "textstat": round(peers),
        "times_textstat": round(rate / peers, 1),
    }


def measured_corpus(words: int) -> dict[str, object]:
    """Return the same for one corpus, asked for at once."""
    texts = Texts()
    find_commitments(texts.document())
    corpus = Corpus(tuple(texts.document() for _ in range(-(-words // LENGTH))))
    done = sum(len(document.text.split()) for document in corpus)
    spent = seconds_of(find_commitments, corpus)
    return {
        "as_one_corpus": True,
        "words": done,
        "with_segmenting": round(done / spent),
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def in_turn(words: int) -> Iterator[float]:
    """Yield the best words a second so far of a few documents, whenever a line is read."""
    texts = Texts()
    find_commitments(texts.document())
    documents = [texts.document() for _ in range(-(-words // LENGTH))]
    total = sum(len(document.text.split()) for document in documents)
    best = [float("inf")] * len(documents)
    for number, _ in enumerate(sys.stdin):
        for place, document in enumerate(documents):
            again = Document.from_text(
                document.text, id=f"r{number}-{place}", organization="sco", language="en"
            )
            segment(again)
            best[place] = min(best[place], seconds_of(find_commitments, again))
        yield total / sum(best)


def compared(folder: Path) -> dict[str, object]:
    """Return the words a second of this checkout and of another, measured in turn."""
    workers = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--in-turn"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(checkout)},
        )
        for checkout in (CHECKOUT, folder)
    ]
    rates = [0.0, 0.0]
    for _ in range(ROUNDS):
        for place, worker in enumerate(workers):
            assert worker.stdin is not None
            assert worker.stdout is not None
            worker.stdin.write("\n")
            worker.stdin.flush()
            rates[place] = float(worker.stdout.readline())
    for worker in workers:
        worker.communicate()
    commit = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    return {
        "against": commit,
        "words_per_second": round(rates[0]),
        "of_the_other": round(rates[1]),
        "ratio": round(rates[0] / rates[1], 2),
    }


def main() -> None:
    """Measure each size in a process of its own, then a corpus; print all, and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", nargs="*", type=float, default=[1, 2, 5, 10])
    parser.add_argument("--against", type=Path)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--in-turn", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_turn:
        for rate in in_turn(3 * LENGTH):
            print(rate, flush=True)
        return
    if options.size or options.corpus:
        found = measured(options.size) if options.size else measured_corpus(options.corpus)
        print(json.dumps(found))
        return
    rows: list[dict[str, object]] = []
    if options.against:
        rows.append(compared(options.against))
        print(rows[-1], flush=True)
    calls = [["--size", str(int(size * 1_000_000))] for size in options.millions]
    for call in [*calls, ["--corpus", "1000000"]]:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), *call],
            check=True, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )  # fmt: skip
        rows.append({**json.loads(done.stdout), "load": round(os.getloadavg()[0], 1)})
        print(rows[-1], flush=True)
        RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
