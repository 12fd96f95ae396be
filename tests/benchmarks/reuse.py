"""How many reworded sentences are paired, and how many pairs are false.

Usage: python tests/benchmarks/reuse.py [--set development] [--show]

The sets in reuse/ hold sentences of two declarations six years apart, written for this evaluation:
lightly edited, reordered, put in other words, qualified, shortened, split, merged, rewritten, and
hard negatives that share a theme and a formula. All earlier sentences make one document and all
later ones, shuffled, another: every pair of the two that is not an item's own is a negative. The
held-out set was written before the method was tuned on the development set. The result is printed,
and kept in results/reuse.json.
"""

import argparse
import datetime
import json
import random
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sco_research.comparison.text_reuse import THRESHOLD, find_reuse
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of

HERE = Path(__file__).parent
RESULT = HERE / "results" / "reuse.json"
SETS = ("development", "held-out")
NEGATIVE = ("new", "gone")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Material:
    """Two documents, and which of their sentences belong together, by what was done to them."""

    earlier: Document
    later: Document
    kinds: dict[Pair, str]


def material(name: str) -> Material:
    """Read a set as two documents of one sentence a paragraph."""
    items = tomllib.loads((HERE / "reuse" / f"{name}.toml").read_text(encoding="utf-8"))["item"]
    earlier = [(number, text) for number, item in enumerate(items) for text in item["earlier"]]
    later = [(number, text) for number, item in enumerate(items) for text in item["later"]]
    random.Random(2013).shuffle(later)
    documents = [
        Document.from_text(
            "\n\n".join(text for _, text in part), id=name_of, date=datetime.date(year, 9, 13)
        )
        for name_of, year, part in (("earlier", 2013, earlier), ("later", 2019, later))
    ]
    for document, part in zip(documents, (earlier, later), strict=True):
        assert [item.text for item in sentences_of(document)] == [text for _, text in part]
    kinds = {
        (f"earlier:p{one}.s1", f"later:p{two}.s1"): items[number]["kind"]
        for one, (number, _) in enumerate(earlier, start=1)
        for two, (other, _) in enumerate(later, start=1)
        if number == other and items[number]["kind"] not in NEGATIVE
    }
    return Material(documents[0], documents[1], kinds)


def evaluate(name: str, threshold: float = THRESHOLD) -> dict[str, Any]:
    """Return what was found of a set."""
    given = material(name)
    found = find_reuse([given.earlier, given.later], threshold=threshold)
    pairs = set(zip(found["earlier_segment_id"], found["segment_id"], strict=True))
    right = pairs & given.kinds.keys()
    by_kind = Counter(given.kinds.values())
    found_by_kind = Counter(given.kinds[pair] for pair in right)
    return {
        "pairs": len(given.kinds),
        "paired": len(right),
        "recall": round(len(right) / len(given.kinds), 3),
        "found": len(pairs),
        "false": len(pairs - right),
        "false_share": round(len(pairs - right) / max(1, len(pairs)), 3),
        "by_kind": {kind: f"{found_by_kind[kind]} of {by_kind[kind]}" for kind in sorted(by_kind)},
    }


def show(name: str, threshold: float) -> None:
    """Print what was missed and what is false."""
    given = material(name)
    found = find_reuse([given.earlier, given.later], threshold=threshold)
    texts = {
        item.id: item.text
        for document in (given.earlier, given.later)
        for item in sentences_of(document)
    }
    pairs = set(zip(found["earlier_segment_id"], found["segment_id"], strict=True))
    for label, group in (("missed", set(given.kinds) - pairs), ("false", pairs - set(given.kinds))):
        for one, two in sorted(group):
            print(f"{label}: {texts[one]}\n     -> {texts[two]}")


def main() -> None:
    """Evaluate, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    names = (options.set,) if options.set else SETS
    begun = time.process_time()
    result = {name: evaluate(name, options.threshold) for name in names}
    seconds = time.process_time() - begun
    print(json.dumps(result, indent=1), f"{seconds:.2f} s")
    if options.show:
        for name in names:
            show(name, options.threshold)
    if not options.set and options.threshold == THRESHOLD:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
