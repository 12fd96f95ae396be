"""How many undertakings the coders count and how many the program, in real sentences.

Run ``python tests/benchmarks/undertakings.py [FOLDER]``. The folder holds documents and
``codes.csv`` with the columns doc, sha1 (first twelve digits, of the sentence with its blanks made
one), strict, n_undertakings; without it the development set beside the checkout is taken. Counted
are the sentences that coders and program both call strict. It prints the figures by document; for
the development set it writes ``data/reference/undertakings-development.csv``. With ``--differ`` it
prints each sentence where the two numbers differ.
"""

import hashlib
import sys
from pathlib import Path

import pandas as pd

from sco_research import code_speech_acts, find_commitments, load_document
from sco_research.text.segments import sentences_of

_ROOT = Path(__file__).resolve().parents[2]
_DEVELOPMENT = _ROOT.parent / "shared" / "dev-data" / "other_organizations"
_OUTPUT = _ROOT / "data" / "reference" / "undertakings-development.csv"


def sha1(text: str) -> str:
    """Return the first twelve digits of a sentence's hash, its blanks made one."""
    return hashlib.sha1(" ".join(text.split()).encode(), usedforsecurity=False).hexdigest()[:12]


def counted(path: Path) -> pd.DataFrame:
    """Return each sentence of a document by its hash, with what the program counts in it."""
    document = load_document(path)
    acts = code_speech_acts(document).set_index("segment_id")
    rows = find_commitments(document)
    targets = rows.groupby("segment_id")["target"].agg(list).to_dict()
    found: dict[str, tuple[bool, list[str]]] = {}
    for sentence in sentences_of(document):
        one = bool(acts.at[sentence.id, "strict"]), targets.get(sentence.id, [])
        for text in (sentence.text, document.text[sentence.start : sentence.end]):
            found.setdefault(sha1(text), one)
    return pd.DataFrame.from_dict(found, orient="index", columns=["program_strict", "targets"])


def compared(folder: Path) -> pd.DataFrame:
    """Return the coded sentences that coders and program both call strict, with both numbers."""
    codes = pd.read_csv(folder / "codes.csv")
    parts = []
    for name, part in codes.groupby("doc", sort=False):
        path = min(folder.glob(f"{name}.*"))
        both = part.join(counted(path), on="sha1", how="left")
        if both["program_strict"].isna().any():
            raise SystemExit(f"{path}: holds not all of its coded sentences")
        parts.append(both)
    rows = pd.concat(parts)
    rows = rows[(rows["strict"] == 1) & rows["program_strict"].astype(bool)]
    return rows.assign(coded=rows["n_undertakings"], counted=rows["targets"].map(len))


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, by document and in all, the sentences, both totals, and how many are equal."""
    rows = rows.assign(equal=rows["coded"] == rows["counted"], sentences=1)
    columns = ["sentences", "coded", "counted", "equal"]
    parts = rows.groupby("doc", sort=False)[columns].sum().reset_index()
    whole = pd.DataFrame([{"doc": "all", **rows[columns].sum().to_dict()}])
    return pd.concat([parts, whole], ignore_index=True).rename(columns={"doc": "document"})


def main() -> None:
    """Print the figures, and write those of the development set."""
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folder = Path(given[0]) if given else _DEVELOPMENT
    rows = compared(folder)
    figures = table(rows)
    print(figures.to_string(index=False))
    if "--differ" in sys.argv:
        for row in rows[rows["coded"] != rows["counted"]].to_dict("records"):
            place = f"{row['doc']} {row['sentence']}"
            print(f"\n{place}: coded {row['coded']}, counted {row['counted']}")
            print("\n".join(f"  - {' '.join(target.split())}" for target in row["targets"]))
    if folder == _DEVELOPMENT:
        figures.to_csv(_OUTPUT, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
