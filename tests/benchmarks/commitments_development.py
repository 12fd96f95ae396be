"""How far the commitment coder meets the codes of the data for development, where they lie.

Run ``python tests/benchmarks/commitments_development.py DEV-DATA [show]``, the folder that holds
``other_organizations``, ``sco_documents`` and ``g20_commitments``. It prints strict and broad F1,
acts and binding, for each set and document; with ``show`` every sentence that is coded otherwise,
with the rows that decided. The rules were mended on these sets: none of it is a held-out figure.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sco_research import Document, load_document
from sco_research.coding.commitments.analysis import CodedSentence, coded_sentences
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.options import CommitmentOptions

_LEVELS = ("none", "low", "high")
_ACTS = ("declarative", "commissive", "directive", "expressive", "assertive")
_SOME = re.compile(r"\W*(?:Advanced|Emerging|Surplus|[Tt]hose of us|Signatories)")
_SHORT = 12  # letters; a shorter piece is found in too many sentences


class Answer(NamedTuple):
    """The codes of one sentence."""

    act: str
    strict: bool
    broad: bool
    binding: str


def coded_answer(row: dict[str, str]) -> Answer:
    """Return the coders' answer: of two sheets with other names for their columns."""
    if "strict" in row:
        return Answer(row["speech_act"], row["strict"] == "1", row["broad"] == "1", row["binding"])
    strict, broad = row["commitment"] == "1", row["coder2_broad"] == "1"
    return Answer(row["coder2_speech_act"], strict, broad, row["binding"])


def program_answer(found: list[CodedSentence]) -> Answer:
    """Return the program's answer to a sentence, which it may have read as several."""
    return Answer(
        min((one.act for one in found), key=_ACTS.index),
        any(one.strict for one in found),
        any(one.broad for one in found),
        max((one.binding for one in found), key=_LEVELS.index),
    )


def letters(text: str) -> str:
    """Return a text without what layout changes."""
    return re.sub(r"\W+", "", text).lower()


def pairs(folder: Path) -> Iterator[tuple[dict[str, str], list[CodedSentence]]]:
    """Yield each coded sentence of a set with what the program read there."""
    rows = list(csv.DictReader((folder / "codes.csv").open(encoding="utf-8")))
    files = {path.stem: path for path in folder.iterdir() if path.suffix != ".csv"}
    for name in dict.fromkeys(row["doc"] for row in rows):
        coded = coded_sentences(load_document(files[name]), load_lexicon())
        read = [(letters(one.segment.text), one) for one in coded]
        for row in rows:
            if row["doc"] == name:
                text = letters(row["text"])
                same = [one for words, one in read if words == text][:1]
                yield (
                    row,
                    same
                    or [
                        one
                        for words, one in read
                        if len(words) > _SHORT and (words in text or text in words)
                    ],
                )


def f1(counts: Counter[tuple[str, bool, bool]], reading: str) -> str:
    """Return F1 with right, false and missed."""
    right, false, missed = (
        counts[reading, *answer] for answer in ((True, True), (True, False), (False, True))
    )
    all_told = 2 * right + false + missed
    return f"{2 * right / all_told if all_told else 0:.3f} ({right} {false} {missed})"


def measure(folder: Path, *, show: bool) -> None:
    """Print the figures of one set."""
    whole: Counter[tuple[str, bool, bool]] = Counter()
    documents: dict[str, Counter[tuple[str, bool, bool]]] = {}
    for row, found in pairs(folder):
        wanted = coded_answer(row)
        given = program_answer(found) if found else Answer("", False, False, "none")
        counts: Counter[tuple[str, bool, bool]] = Counter()
        counts["strict", given.strict, wanted.strict] += 1
        counts["broad", given.broad, wanted.broad] += 1
        counts["act", given.act == wanted.act, True] += 1
        counts["binding", given.binding == wanted.binding, wanted.strict] += 1
        whole += counts
        documents.setdefault(row["doc"], Counter()).update(counts)
        if show and given[:3] != wanted[:3]:
            rows = [verdict.rows for one in found for verdict in one.verdicts]
            print(
                f"  {row['doc']} {row['sentence']}: {wanted}, not {given}: {row['text']}\n  {rows}"
            )
    for name, counts in (*documents.items(), (folder.name, whole)):
        acts = counts["act", True, True], counts["act", False, True]
        levels = counts["binding", True, True], counts["binding", False, True]
        print(
            f"{name}: strict F1 {f1(counts, 'strict')}, broad F1 {f1(counts, 'broad')}, acts "
            f"{acts[0]}/{sum(acts)}, binding of strict sentences {levels[0]}/{sum(levels)}"
        )


def measure_list(path: Path) -> None:
    """Print the recall on a list of commitments, which says nothing of precision.

    The list has commitments of some of the members ("advanced economies will"), which the protocol
    leaves out: it is told with them and without.
    """
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    print_recall(path.parent.name, rows)
    print_recall(
        f"{path.parent.name} of all members", [row for row in rows if not _SOME.match(row["text"])]
    )


def print_recall(name: str, rows: list[dict[str, str]]) -> None:
    """Print the share of rows that the program calls a commitment, in both readings."""
    options = CommitmentOptions(organization="g20")
    strict = broad = 0
    for row in rows:
        document = Document.from_text(row["text"], id="row", language="en")
        coded = coded_sentences(document, load_lexicon(), options)
        strict += any(one.strict for one in coded)
        broad += any(one.broad for one in coded)
    print(f"{name}: recall strict {strict / len(rows):.3f}, broad {broad / len(rows):.3f}")


def main() -> None:
    """Measure every set that lies in the folder."""
    folder = Path(sys.argv[1])
    for name in ("other_organizations", "sco_documents"):
        if (folder / name / "codes.csv").is_file():
            measure(folder / name, show="show" in sys.argv[2:])
    if (listed := folder / "g20_commitments" / "commitments.csv").is_file():
        measure_list(listed)


if __name__ == "__main__":
    main()
