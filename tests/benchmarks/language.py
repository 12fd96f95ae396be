"""How fast the language measures are, beside textstat and TextDescriptives, and how they grow.

Usage: python tests/benchmarks/language.py [--peers PYTHON] [--most 10000]

Every contender works in a process of its own, on the same documents, in turns with the others; the
best of its short rounds counts, in processor seconds, so that a neighbour's load does not. The
documents are the bundled declaration with its paragraphs in another order each, so that no cache of
texts helps anyone. ``--peers`` names a Python that has TextDescriptives (see peers.txt); it runs on
a blank pipeline with a sentencizer. The result is printed, and kept in results/language.json.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

RESULT = Path(__file__).parent / "results" / "language.json"
PROCESSES = 3
ROUNDS = 8
LEVELS = ["document", "section", "paragraph", "sentence"]
TEXTSTAT = [
    "flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index",
    "coleman_liau_index", "automated_readability_index", "dale_chall_readability_score", "lix",
    "rix", "linsear_write_formula",
]  # fmt: skip
BOTH = [
    "flesch_reading_ease", "flesch_kincaid", "smog", "gunning_fog", "automated_readability_index",
    "coleman_liau", "lix", "rix",
]  # fmt: skip
Work = Callable[[Iterator[str]], None]


def texts(folder: Path, number: int, salt: int) -> Iterator[str]:
    """Yield that many texts: the same paragraphs, in an order of their own each."""
    paragraphs = (folder / "body.txt").read_text(encoding="utf-8").split("\n\n")
    for place in range(number):
        generator = random.Random(f"{salt} {place}")
        shuffled = generator.sample(paragraphs, len(paragraphs))
        yield "\n\n".join([*shuffled, f"This is text {place} of run {salt}."])


def here(metrics: Sequence[str] | None, levels: Sequence[str]) -> Work:
    from sco_research.metrics import measure_each
    from sco_research.text.document import Document

    def work(stream: Iterator[str]) -> None:
        documents = (Document.from_text(text, id=f"d{n}") for n, text in enumerate(stream))
        chosen: Any = levels
        for frame in measure_each(documents, metrics=metrics, level=chosen):
            assert len(frame)

    return work


def tokenizer() -> Work:
    from sco_research.text.tokens import words

    def work(stream: Iterator[str]) -> None:
        for text in stream:
            words(text)

    return work


def textstat() -> Work:
    from sco_research.metrics.textstat_check import offline_textstat

    peer = offline_textstat()

    def work(stream: Iterator[str]) -> None:
        for text in stream:
            for name in TEXTSTAT:
                getattr(peer, name)(text)

    return work


def textdescriptives() -> Work:
    import spacy  # type: ignore[import-not-found, unused-ignore]
    import textdescriptives  # type: ignore[import-not-found, unused-ignore]  # noqa: F401 - it joins spaCy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("textdescriptives/descriptive_stats")
    pipeline.add_pipe("textdescriptives/readability")

    def work(stream: Iterator[str]) -> None:
        for document in pipeline.pipe(stream):
            assert document._.readability

    return work


CONTENDERS: dict[str, Callable[[], Work]] = {
    "tokenizer alone": tokenizer,
    "here: readability, four levels": lambda: here(["readability"], LEVELS),
    "here: readability and diversity, four levels": lambda: here(
        ["readability", "diversity"], LEVELS
    ),
    "here: what TextDescriptives computes too": lambda: here([*BOTH, "count"], ["document"]),
    "textstat: ten formulas, document": textstat,
    "TextDescriptives: readability, document": textdescriptives,
}
HERE = "here: readability, four levels"
DIVERSITY = "here: readability and diversity, four levels"
SHARED = "here: what TextDescriptives computes too"
PEER, OTHER = "textstat: ten formulas, document", "TextDescriptives: readability, document"
FLOOR = "tokenizer alone"


def one_run(folder: Path, name: str, number: int, salt: int, rounds: int) -> dict[str, float]:
    """Do the work of one contender, and say what it cost at best."""
    work = CONTENDERS[name]()
    work(texts(folder, 2, -salt))
    seconds = float("inf")
    for turn in range(rounds):
        stream = texts(folder, number, salt + turn)
        if number <= 1000:
            # Making the texts is no part of the work; ten thousand are made as they are read.
            stream = iter(list(stream))
        begin = time.process_time()
        work(stream)
        seconds = min(seconds, time.process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak}


def in_its_own_process(
    folder: Path, name: str, number: int, salt: int, peers: str, rounds: int = 1
) -> dict[str, float]:
    python = peers if name == OTHER else sys.executable
    command = [python, __file__, "--work", name, "--number", str(number), "--salt", str(salt)]
    command += ["--rounds", str(rounds)]
    done = subprocess.run(
        [*command, "--folder", str(folder)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def bench(folder: Path, peers: str, most: int) -> dict[str, Any]:
    from sco_research.loaders import load_document
    from sco_research.text.tokens import words

    document = load_document("sco-2013-bishkek")
    body = document.text[slice(*document.body)]
    (folder / "body.txt").write_text(body, encoding="utf-8")
    size = len(words(body))
    names = [name for name in CONTENDERS if peers or name != OTHER]
    speed = dict.fromkeys(names, 0.0)
    for turn in range(PROCESSES):
        for name in names:
            number = 12 if name in (PEER, OTHER) else 64
            cost = in_its_own_process(folder, name, number, 1000 * (turn + 1), peers, ROUNDS)
            speed[name] = max(speed[name], size * number / cost["seconds"])
    growth = []
    for name in names[1:]:
        for number in (1, 10, 100, 1000, 10_000):
            if number > (most if name.startswith("here") else min(most, 1000)):
                continue
            cost = in_its_own_process(folder, name, number, 99, peers)
            rate = size * number / cost["seconds"]
            growth.append({"contender": name, "documents": number, "words_per_second": round(rate),
                           "peak_mb": round(cost["peak_mb"])})  # fmt: skip
    ratios = {
        f"{HERE} / {PEER}": speed[HERE] / speed[PEER],
        f"{DIVERSITY} / {PEER}": speed[DIVERSITY] / speed[PEER],
        f"{FLOOR} / {HERE}": speed[FLOOR] / speed[HERE],
    }
    if peers:
        ratios[f"{SHARED} / {OTHER}"] = speed[SHARED] / speed[OTHER]
    return {
        "words_a_document": size,
        "words_per_second": {name: round(rate) for name, rate in speed.items()},
        "ratios": {name: round(ratio, 1) for name, ratio in ratios.items()},
        "growth": growth,
    }


def told(result: dict[str, Any]) -> Iterator[str]:
    """Yield the result in lines."""
    for contender, rate in result["words_per_second"].items():
        yield f"{rate:>12,} words a second  {contender}"
    for pair, ratio in result["ratios"].items():
        yield f"{ratio:>12.1f} times         {pair}"
    for row in result["growth"]:
        yield (
            f"{row['documents']:>8,} documents {row['words_per_second']:>10,} words a second "
            f"{row['peak_mb']:>6,} MB  {row['contender']}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default="", help="a Python that has TextDescriptives")
    parser.add_argument("--most", type=int, default=10_000, help="the most documents of a run")
    parser.add_argument("--output", type=Path, default=RESULT, help="where the result is kept")
    for hidden in ("--work", "--number", "--salt", "--folder", "--rounds"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        folder = Path(options.folder)
        numbers = (int(options.number), int(options.salt), int(options.rounds))
        cost = one_run(folder, options.work, *numbers)
        sys.stdout.write(json.dumps(cost))
        return
    with tempfile.TemporaryDirectory() as name:
        result = bench(Path(name), options.peers, options.most)
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in told(result))


if __name__ == "__main__":
    main()
