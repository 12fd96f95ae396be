"""How many undertakings the coders count and how many the program, in real sentences.

Run ``python tests/benchmarks/undertakings.py [FOLDER]``. The folder holds documents and
``codes.csv`` with the columns doc, sentence, sha1 (first twelve digits, of the sentence with its
blanks made one), strict, n_undertakings and, where one coded sentence is several of the program's
or parts of them, text. Without a folder three sets are taken: the recount of the declaration and
of six documents of the SCO, whose labels stand in ``data/reference``, and the development set of
other organizations; the texts of the last two are looked for beside the checkout, and
``data/reference/undertakings-development.csv`` is written. Counted are the sentences that coders
and program both call strict. With ``--differ`` it prints each sentence where the two numbers
differ.
"""

import hashlib
import sys
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sco_research import code_speech_acts, find_commitments, load_document
from sco_research.text.segments import sentences_of

_ROOT = Path(__file__).resolve().parents[2]
_DEVELOPMENT = _ROOT.parent / "shared" / "dev-data"
_REFERENCE = _ROOT / "data" / "reference"
_OUTPUT = _REFERENCE / "undertakings-development.csv"
_DECLARATION = "sco-2013-bishkek"


def sha1(text: str) -> str:
    """Return the first twelve digits of a sentence's hash, its blanks made one."""
    return hashlib.sha1(" ".join(text.split()).encode(), usedforsecurity=False).hexdigest()[:12]


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, by which a cut and joined line is found."""
    return "".join(filter(str.isalnum, text)).casefold()


class Counted(NamedTuple):
    """A sentence as the program cuts it, with what it counts there."""

    hashes: frozenset[str]
    letters: str
    strict: bool
    targets: list[str]


def counted(source: str | Path) -> list[Counted]:
    """Return each sentence of a document, with what the program counts in it."""
    document = load_document(source)
    strict = code_speech_acts(document).set_index("segment_id")["strict"]
    targets = find_commitments(document).groupby("segment_id")["target"].agg(list).to_dict()
    return [
        Counted(
            frozenset((sha1(sentence.text), sha1(document.text[sentence.start : sentence.end]))),
            letters(sentence.text),
            bool(strict[sentence.id]),
            list(targets.get(sentence.id, [])),
        )
        for sentence in sentences_of(document)
    ]


def found(code: dict[Hashable, Any], sentences: list[Counted]) -> tuple[bool, list[str]]:
    """Return whether the program calls a coded sentence strict, and its targets there.

    A sentence that the program cuts otherwise is looked for by its letters: all parts that it
    holds or that hold it count, with the targets that stand in it.
    """
    for one in sentences:
        if code["sha1"] in one.hashes:
            return one.strict, one.targets
    whole = letters(str(code.get("text", "")))
    parts = [
        one
        for one in sentences
        if one.letters and whole and (one.letters in whole or whole in one.letters)
    ]
    if not parts:
        raise SystemExit(f"{code['doc']} {code['sentence']}: the document has no such sentence")
    targets = [target for one in parts for target in one.targets if letters(target) in whole]
    return any(one.strict for one in parts), targets


def compared(codes: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the coded sentences that coders and program both call strict, with both numbers."""
    rows = []
    for name, part in codes.groupby("doc", sort=False):
        sentences = counted(_DECLARATION if name == _DECLARATION else min(folder.glob(f"{name}.*")))
        for code in part.to_dict("records"):
            strict, targets = found(code, sentences)
            if strict and code["strict"] == 1:
                rows.append(
                    {
                        **{key: code[key] for key in ("doc", "sentence")},
                        "coded": code["n_undertakings"],
                        "counted": len(targets),
                        "targets": targets,
                    }
                )
    return pd.DataFrame(rows)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, by document and in all, the sentences, both totals, and how many are equal."""
    rows = rows.assign(equal=rows["coded"] == rows["counted"], sentences=1)
    columns = ["sentences", "coded", "counted", "equal"]
    parts = rows.groupby("doc", sort=False)[columns].sum().reset_index()
    whole = pd.DataFrame([{"doc": "all", **rows[columns].sum().to_dict()}])
    return pd.concat([parts, whole], ignore_index=True).rename(columns={"doc": "document"})


def declaration() -> pd.DataFrame:
    """Return the settled codes of the declaration."""
    codes = pd.read_csv(_REFERENCE / f"{_DECLARATION}.commitments.csv")
    sentences = sentences_of(load_document(_DECLARATION))
    texts = {sentence.id: sha1(sentence.text) for sentence in sentences}
    return pd.DataFrame(
        {
            "doc": _DECLARATION,
            "sentence": codes["segment_id"],
            "sha1": codes["segment_id"].map(texts),
            "strict": codes["strict"].eq("yes").astype(int),
            "n_undertakings": codes["undertakings"],
        }
    )


def recounted(folder: Path) -> pd.DataFrame:
    """Return the recounted sentences of the SCO's documents, with their texts."""
    labels = pd.read_csv(_REFERENCE / "undertakings-sco-documents.csv")
    texts = pd.read_csv(folder / "codes.csv").drop_duplicates("sha1").set_index("sha1")["text"]
    return pd.DataFrame(
        {
            "doc": labels["document"],
            "sentence": labels["sentence"],
            "sha1": labels["sha1"],
            "strict": labels["reading"].eq("strict").astype(int),
            "n_undertakings": labels["undertakings"],
            "text": labels["sha1"].map(texts),
        }
    )


def development() -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the sets that the counting was written on, by name."""
    yield _DECLARATION, compared(declaration(), _DEVELOPMENT)
    folder = _DEVELOPMENT / "sco_documents"
    yield folder.name, compared(recounted(folder), folder)
    folder = _DEVELOPMENT / "other_organizations"
    yield folder.name, compared(pd.read_csv(folder / "codes.csv"), folder)


def main() -> None:
    """Print the figures, and write those of the development sets."""
    given = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    sets = (
        [(folder.name, compared(pd.read_csv(folder / "codes.csv"), folder)) for folder in given]
        if given
        else list(development())
    )
    figures = pd.concat([table(rows).assign(set=name) for name, rows in sets], ignore_index=True)
    figures = figures[["set", *figures.columns.drop("set")]]
    print(figures.to_string(index=False))
    if "--differ" in sys.argv:
        every = pd.concat([rows for _, rows in sets])
        for row in every[every["coded"] != every["counted"]].to_dict("records"):
            place = f"{row['doc']} {row['sentence']}"
            print(f"\n{place}: coded {row['coded']}, counted {row['counted']}")
            print("\n".join(f"  - {' '.join(target.split())}" for target in row["targets"]))
    if not given:
        figures.to_csv(_OUTPUT, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
