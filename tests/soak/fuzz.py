"""Twenty thousand spoilt sources of every form, through every analysis: does anything break?

Usage: python tests/soak/fuzz.py [--inputs 20000] [--first 0] [--seed 2013] [--workers 1]
       python tests/soak/fuzz.py --join RESULT RESULT …

Each input has a number, and the seed and the number make it: the same two make it again. A third
are texts made up of words and signs; the others are sound sources of one form, spoilt. What may
happen is a document, with notices, or an error of the package's own; what may not is said in
``inputs.faults_of``. An input that fails is shrunk and kept in ``found/``, where a test runs it
from then on. Ctrl-C ends it early. The result is printed, and kept in results/fuzz.json. Of runs
that each took a part of the numbers the second form makes one, and runs what failed once more.
"""

import argparse
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

# An installed package may be called "tests", too.
sys.path.insert(0, str(Path(__file__).resolve().parent))
import inputs  # type: ignore[import-not-found]

RESULT = Path(__file__).parent / "results" / "fuzz.json"
FOUND = Path(__file__).parent / "found"
# A PDF costs a process of its own.
_SHARE_OF_PDF = 0.2
# Each of these goes through the slow analyses too.
_EVERY = 3


def input_of(seed: int, number: int, sources: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the name and the bytes of the input of a number."""
    draw = random.Random(f"{seed}:{number}")
    if draw.random() < 1 / 3:
        form = draw.choice((".txt", ".txt", ".md", ".html"))
        return f"made-up{form}", inputs.made_up(draw).encode("utf-8", "surrogatepass")
    name = draw.choice(sorted(sources))
    if name.endswith(".pdf") and draw.random() > _SHARE_OF_PDF:
        name = "plain.txt"
    return name, inputs.spoilt(sources[name], name, draw)


def fuzz(seed: int, numbers: range) -> dict[str, Any]:
    """Run the inputs of these numbers."""
    sources = inputs.sound_sources()
    forms: Counter[str] = Counter()
    failures: dict[str, list[int]] = {}
    slowest = 0.0
    begun, used = time.monotonic(), inputs._cpu()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (folder / "other.txt").write_text(inputs.PARAGRAPHS[1], encoding="utf-8")
    done = 0
    try:
        for number in numbers:
            name, data = input_of(seed, number, sources)
            forms[Path(name).suffix] += 1
            path = folder / name
            path.write_bytes(data)
            before = inputs._cpu()
            slow = () if number % _EVERY else inputs.SLOW
            found = inputs.faults_of(path, (*inputs.QUICK, *slow))
            done += 1
            slowest = max(slowest, inputs._cpu() - before)
            path.unlink()
            for fault in found:
                key = fault.partition(":")[0] + " @ " + fault.rpartition(" at ")[2][:80]
                first = key not in failures
                failures.setdefault(key, []).append(number)
                if first:
                    print(f"{number} {name}: {fault}", flush=True)
                    small = inputs.shrunk(data, name, fault)
                    FOUND.mkdir(exist_ok=True)
                    mark = hashlib.sha256(small).hexdigest()[:8]
                    (FOUND / f"{mark}-{name}").write_bytes(small)
            if done % 500 == 0:
                print(f"{done} inputs, {len(failures)} kinds of faults", flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
    finally:
        shutil.rmtree(folder)
    return {
        "seed": seed,
        "first": numbers.start,
        "inputs": done,
        "by_form": dict(sorted(forms.items())),
        "faults": {key: found[:20] for key, found in failures.items()},
        "slowest_processor_seconds": round(slowest, 2),
        "processor_seconds": round(inputs._cpu() - used),
        "seconds": round(time.monotonic() - begun),
    }


def parted(numbers: range, parts: int) -> list[range]:
    """Return the numbers in so many parts, all but the last of one size."""
    size = -(-len(numbers) // parts)
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def joined(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the results of several parts as one.

    Raises
    ------
    ValueError
        Where they are not of one seed, or an input between two of them is missing.
    """
    results = sorted(results, key=lambda result: result["first"])
    seed, end = results[0]["seed"], results[0]["first"]
    forms: Counter[str] = Counter()
    faults: dict[str, set[int]] = {}
    for result in results:
        if result["seed"] != seed or result["first"] > end:
            raise ValueError(f"not of one row: seed {result['seed']}, input {result['first']}")
        end = max(end, result["first"] + result["inputs"])
        forms.update(result["by_form"])
        for key, found in result["faults"].items():
            faults.setdefault(key, set()).update(found)
    return {
        "seed": seed,
        "first": results[0]["first"],
        "inputs": end - results[0]["first"],
        "inputs_of_two_parts": sum(forms.values()) - (end - results[0]["first"]),
        "by_form": dict(sorted(forms.items())),
        "faults": {key: sorted(found) for key, found in faults.items()},
        "slowest_processor_seconds": max(each["slowest_processor_seconds"] for each in results),
        "processor_seconds": sum(each["processor_seconds"] for each in results),
        "seconds": max(each["seconds"] for each in results),
    }


def again(found: dict[str, Any]) -> dict[str, Any]:
    """Run what has failed once more, and say whether it still does."""
    numbers = sorted({number for failed in found["faults"].values() for number in failed})
    parts = [fuzz(found["seed"], range(number, number + 1)) for number in numbers]
    still = {str(part["first"]): [*part["faults"]] for part in parts if part["faults"]}
    return {**found, "run_again": numbers, "failed_again": still}


def run(seed: int, numbers: range, workers: int) -> dict[str, Any]:
    """Run the inputs of these numbers, in so many processes."""
    parts = parted(numbers, workers)
    if len(parts) == 1:
        return fuzz(seed, numbers)
    with ProcessPoolExecutor(len(parts)) as pool:
        return joined(list(pool.map(fuzz, [seed] * len(parts), parts)))


def main() -> None:
    """Run, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--join", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    if options.join:
        results = [json.loads(path.read_text(encoding="utf-8")) for path in options.join]
        result = again(joined(results))
    else:
        numbers = range(options.first, options.first + options.inputs)
        result = run(options.seed, numbers, options.workers)
    print(json.dumps(result, indent=1))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    raise SystemExit(1 if result.get("failed_again", result["faults"]) else 0)


if __name__ == "__main__":
    main()
