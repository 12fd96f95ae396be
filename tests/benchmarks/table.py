"""One table: what everything here costs, in multiples of T, beside the peers, in one run.

Usage: python tests/benchmarks/table.py [--quick] [--rounds N] [--unchanged N] [--peers PYTHON]
[--write]

T is the processor time that it takes to import pandas, matplotlib.pyplot and scipy.stats, measured
again in every round: a slower machine and a busy one change both sides of a ratio. Every work is a
process of its own; counted is its processor time and that of all it started, in the median of the
rounds; wall time is shown beside it in multiples of T's wall time, and means something on an idle
machine only. ``--quick`` leaves out batches and the loops of papermill and nbconvert. Peers that
are not on the machine (TextDescriptives in the Python that ``--peers`` names, quanteda in R) are
said to be missing.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sco_research.loaders import load_document
from sco_research.resources import notebooks_folder
from sco_research.runs.plan import DEFAULT_DOCUMENT

HERE = Path(__file__).resolve().parent
RESULT = HERE / "results" / "table.json"
NOTEBOOKS = ("themes", "commitments", "language", "reliability")
PYTHON = sys.executable
BASE = "import pandas, matplotlib.pyplot, scipy.stats"
# As users run it: what was compiled once is not compiled in every process again.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
BATCH_TEXTS = 8
BATCH_NOTEBOOKS = ("themes", "commitments", "language")
CORPUS = 48

# A notebook as a plain function: its cells in order, the output folder put after the parameters.
PLAIN = """
import json, sys
path, folder, formats = sys.argv[1:]
from sco_research.reports.report import Report
save = Report.save
Report.save = lambda self, **given: save(self, formats=formats.split(","))
names = {"__name__": "notebook"}
for cell in json.load(open(path, encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names["output_folder"] = folder
"""
BOOTSTRAP = """
import numpy as np, time
from sco_research.statistics import Bootstrap, bootstrap_shares
hits = np.random.default_rng(1).integers(0, 2, (51, 30)).astype(float)
bootstrap_shares(hits, bootstrap=Bootstrap(resamples=100))
begin = time.process_time()
bootstrap_shares(hits, bootstrap=Bootstrap(resamples=2000))
print(time.process_time() - begin)
"""
CORPUS_WORK = f"""
import sys, time
sys.path.insert(0, {str(HERE)!r})
from synthetic import Synthesis
from sco_research.loaders import load_document
from sco_research.runs.corpus.analyses import Settings, analyse
made = list(Synthesis().documents(0, {CORPUS} + 12))
names = ("documents", "measures", "themes", "commitments", "reuse")
settings = Settings(names, reference=load_document("{DEFAULT_DOCUMENT}"))
analyse(made[:12], settings)
begin = time.process_time()
analyse(made[12:], settings)
print((time.process_time() - begin) / {CORPUS})
"""
MEASURES = """
import random, sys, time
from sco_research.loaders import load_document
from sco_research.metrics import measure, measure_each
from sco_research.metrics.textstat_check import offline_textstat
from sco_research.text.document import Document
body = load_document("sco-2013-bishkek")
blocks = body.text[slice(*body.body)].split("\\n\\n")
def texts(salt, number):
    return ["\\n\\n".join(random.Random(f"{salt} {n}").sample(blocks, len(blocks))) + f" {salt} {n}"
            for n in range(number)]
def short(salt, number):
    # Of 300 words or a little more, each of whole paragraphs.
    found = []
    for text in texts(salt, number):
        parts = text.split("\\n\\n")
        while len(" ".join(parts[:-1]).split()) > 300:
            parts.pop()
        found.append("\\n\\n".join(parts))
    return found
def singly(found):
    for number, text in enumerate(found):
        assert len(measure(Document.from_text(text, id=f"d{number}"), metrics=["readability"]))
def ours(metrics, found):
    documents = (Document.from_text(text, id=f"d{n}") for n, text in enumerate(found))
    levels = ["document", "section", "paragraph", "sentence"]
    for frame in measure_each(documents, metrics=metrics, level=levels):
        assert len(frame)
peer = offline_textstat()
names = sys.argv[1].split(",")
def theirs(found):
    for text in found:
        for name in names:
            getattr(peer, name)(text)
def seconds(work, number, made=texts):
    work(made("warm", 2))
    best = 1e9
    for turn in range(4):
        found = made(turn, number)
        begin = time.process_time()
        work(found)
        best = min(best, (time.process_time() - begin) / number)
    return best
print(seconds(lambda found: ours(["readability"], found), 24),
      seconds(lambda found: ours(["readability", "diversity"], found), 24), seconds(theirs, 6),
      seconds(singly, 40, short), seconds(theirs, 20, short))
"""
QUANTEDA = """
suppressMessages({library(quanteda); library(quanteda.textstats)})
text <- paste(readLines(commandArgs(TRUE)[1]), collapse = "\\n")
begin <- proc.time()
for (i in 1:20) textstat_readability(corpus(paste(text, i)), measure = c("Flesch", "SMOG", "LIW"))
cat(sum((proc.time() - begin)[1:2]) / 20)
"""


class Cost(NamedTuple):
    """Processor and wall seconds of a process and all it started."""

    processor: float
    wall: float


@dataclass(frozen=True, slots=True)
class Work:
    """Something that is measured.

    ``target`` is what the issue allows, in T, for ``per`` parts of it; ``wall`` where it is meant
    of the wall time of an idle machine.
    """

    name: str
    run: Callable[[Path], Sequence[str]]
    target: float | None = None
    per: int = 1
    wall: bool = False


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Return what a command costs."""
    before = os.times()
    subprocess.run(
        command,
        check=True,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = os.times()
    spent = after.children_user + after.children_system
    return Cost(
        spent - before.children_user - before.children_system, after.elapsed - before.elapsed
    )


def told_by(code: str, *arguments: str) -> list[float]:
    """Return the numbers that a program prints."""
    done = subprocess.run(
        [PYTHON, "-c", code, *arguments],
        check=True,
        capture_output=True,
        env=ENVIRONMENT,
        text=True,
    )
    return [float(word) for word in done.stdout.split()]


def _plain(notebook: str, formats: str) -> Callable[[Path], Sequence[str]]:
    path = str(notebooks_folder() / f"{notebook}.ipynb")
    return lambda folder: [PYTHON, "-c", PLAIN, path, str(folder / "report"), formats]


def _command(*words: str) -> Callable[[Path], Sequence[str]]:
    return lambda folder: [PYTHON, "-m", "sco_research", *words]


def _report(*words: str) -> Callable[[Path], Sequence[str]]:
    return lambda folder: [PYTHON, "-m", "sco_research", "report", *words, "--output", str(folder)]


def _texts(folder: Path, number: int) -> list[str]:
    source = load_document(DEFAULT_DOCUMENT)
    blocks = source.text[slice(*source.body)].split("\n\n")
    names = []
    for place in range(number):
        path = folder / f"d{place:04}.txt"
        text = "\n\n".join(random.Random(place).sample(blocks, len(blocks)))
        path.write_text(text, encoding="utf-8")
        names.append(str(path))
    return names


def _batch(folder: Path) -> Sequence[str]:
    named = [word for name in BATCH_NOTEBOOKS for word in ("-n", name)]
    return _report(*_texts(folder, BATCH_TEXTS), *named)(folder)


def _loop(command: Sequence[str]) -> Callable[[Path], Sequence[str]]:
    """Return what runs a command of another tool on a notebook, as its users do in a loop.

    nbconvert's kernel stands where the notebook lies, and its report with it: that is a copy.
    """

    def run(folder: Path) -> Sequence[str]:
        copy = shutil.copy(notebooks_folder() / "themes.ipynb", folder)
        return [*command, str(copy), str(folder / "out.ipynb")]

    return run


def works(*, quick: bool) -> Iterator[Work]:
    """Yield what is measured in each round."""
    for name in NOTEBOOKS:
        yield Work(f"{name} as a plain function, HTML", _plain(name, "html"), 2.5)
    for name in NOTEBOOKS[: 1 if quick else None]:
        every = "html,pdf,docx,latex,figures"
        yield Work(f"{name} as a plain function, all files", _plain(name, every), 4.0)
    yield Work("sco-research list", _command("list"), 0.5)
    yield Work("sco-research cite", _command("cite", DEFAULT_DOCUMENT), 0.5)
    yield Work("sco-research show", _command("show"), 2.0)
    yield Work("one notebook, cold", _report("-n", "language"), 5.0, wall=True)
    if quick:
        return
    four = [word for name in NOTEBOOKS for word in ("-n", name)]
    yield Work("one document, four notebooks", _report(*four), 8.0, wall=True)
    number = BATCH_TEXTS * len(BATCH_NOTEBOOKS)
    yield Work(f"a report of {number} in a batch", _batch, 1.0, number, wall=True)
    yield Work("a report by papermill's command", _loop([PYTHON, "-m", "papermill"]))
    convert = [PYTHON, "-m", "nbconvert", "--execute", "--to", "notebook", "--stdout"]
    yield Work("a report by nbconvert", lambda folder: [*convert, _loop([])(folder)[0]])


def unchanged(folder: Path, number: int) -> Cost:
    """Return what it costs to find that so many reports are unchanged."""
    names = _texts(folder, number)
    tiny = str(HERE.parent / "fixtures" / "notebooks" / "whole.ipynb")
    command = _report(*names, "-n", tiny)(folder / "out")
    cost_of(command, folder)
    return cost_of(command, folder)


def four_formats(rounds: int) -> dict[str, float]:
    """Return what the reports take in four formats, as multiples of the notebooks alone."""
    from rendering import ratios  # type: ignore[import-not-found, unused-ignore]

    found: dict[str, float] = ratios(NOTEBOOKS, rounds)
    return found


def peers(python: str, folder: Path) -> dict[str, float | str]:
    """Return the seconds that peers take for a document's readability, or that they are missing."""
    found: dict[str, float | str] = {}
    if python:
        kept = folder / "language.json"
        language = [PYTHON, str(HERE / "language.py"), "--peers", python, "--most", "1"]
        subprocess.run([*language, "--output", str(kept)], check=True, stdout=subprocess.DEVNULL)
        told = json.loads(kept.read_text(encoding="utf-8"))
        found |= {name: ratio for name, ratio in told["ratios"].items() if "Descriptives" in name}
    else:
        found["TextDescriptives"] = "not here; name its Python with --peers"
    (text,) = _texts(folder, 1)
    script = folder / "quanteda.R"
    script.write_text(QUANTEDA, encoding="utf-8")
    if shutil.which("Rscript"):
        done = subprocess.run(
            ["Rscript", str(script), text], capture_output=True, text=True, check=False
        )
        found["quanteda, seconds a document"] = done.stdout or done.stderr[:80]
    else:
        found["quanteda"] = "not here: no Rscript"
    return found


def bench(*, quick: bool, rounds: int, number: int, python: str) -> dict[str, object]:
    """Measure everything in turns, and return it."""
    chosen = list(works(quick=quick))
    base: list[Cost] = []
    costs: dict[str, list[Cost]] = {work.name: [] for work in chosen}
    missing: set[str] = set()
    for _ in range(rounds):
        for work in chosen:
            with tempfile.TemporaryDirectory() as name:
                # T is measured as often, so that it meets the same neighbours.
                base.append(cost_of([PYTHON, "-c", BASE], Path(name)))
                try:
                    costs[work.name].append(cost_of(work.run(Path(name)), Path(name)))
                except subprocess.CalledProcessError:
                    missing.add(work.name)
    one = Cost(
        statistics.median(item.processor for item in base),
        statistics.median(item.wall for item in base),
    )
    rows = []
    for work in chosen:
        found = costs[work.name]
        if work.name in missing or not found:
            rows.append({"what": work.name, "fails": True})
            continue
        processor = statistics.median(item.processor for item in found) / work.per
        wall = statistics.median(item.wall for item in found) / work.per
        rows.append(
            {
                "what": work.name,
                "processor, in T": round(processor / one.processor, 2),
                "wall, in T's wall": round(wall / one.wall, 2),
                **({"target, in T": work.target} if work.target else {}),
                **({"target is of": "wall"} if work.wall else {}),
            }
        )
    corpus = told_by(CORPUS_WORK)[0]
    result: dict[str, object] = {
        "T, processor seconds": round(one.processor, 2),
        "T, wall seconds": round(one.wall, 2),
        "load": round(os.getloadavg()[0], 1),
        "rounds": rounds,
        "rows": rows,
        "bootstrap of 2,000 resamples, processor seconds": round(told_by(BOOTSTRAP)[0], 3),
        "corpus, milliseconds a document of 2,000 words": round(1000 * corpus, 1),
        "corpus, thousandths of T a document": round(1000 * corpus / one.processor, 1),
        "four formats over the notebooks alone": four_formats(rounds if not quick else 1),
    }
    from language import TEXTSTAT  # type: ignore[import-not-found, unused-ignore]

    plain, diverse, theirs, singly, theirs_short = told_by(MEASURES, ",".join(TEXTSTAT))
    result["textstat's time over ours, readability at four levels"] = round(theirs / plain, 1)
    result["textstat's time over ours, with diversity"] = round(theirs / diverse, 1)
    ratio = round(theirs_short / singly, 1)
    result["textstat's time over ours, a call for each document of 300 words"] = ratio
    with tempfile.TemporaryDirectory() as name:
        result |= peers(python, Path(name))
        if not quick:
            (Path(name) / "out").mkdir()
            spent = unchanged(Path(name), number).processor / one.processor
            result[f"{number} unchanged reports checked, in T"] = round(spent, 2)
    return result


def main() -> None:
    """Measure, print, and keep where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no batches and no loops of peers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--unchanged", type=int, default=1000, help="reports to be checked again")
    parser.add_argument("--peers", default="", help="a Python that has TextDescriptives")
    parser.add_argument("--write", action="store_true", help="keep the result")
    options = parser.parse_args()
    sys.path.insert(0, str(HERE))
    result = bench(
        quick=options.quick,
        rounds=options.rounds,
        number=options.unchanged,
        python=options.peers,
    )
    for name, value in result.items():
        if not isinstance(value, list):
            print(f"{value!s:>9}  {name}")
            continue
        print("\nprocessor     wall   target, in T")
        for row in value:
            numbers = (row.get("processor, in T"), row.get("wall, in T's wall"))
            shown = " ".join(f"{'fails' if item is None else item:>8}" for item in numbers)
            target = f"{row['target, in T']:g}" if "target, in T" in row else ""
            of_wall = " of wall" if "target is of" in row else ""
            print(f" {shown}   {target + of_wall:<12}  {row['what']}")
        print()
    if options.write:
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
