"""Score the codebook of themes on sentences of real documents that two coders coded apart.

    python tests/benchmarks/themes_development.py --texts FOLDER
    python tests/benchmarks/themes_development.py --texts FOLDER --sheet sheet.csv \
        --coder-a coder-a.csv --coder-b coder-b.csv --first-run COMMIT

The first form scores the codebook as it is on the sentences that were coded, found again in the
texts by their hash; FOLDER holds the documents, by their names, and tables of their sentences. The
second takes a new sheet in, as the next set: the columns ``id``, ``document`` and ``sentence``, and
each coder's file with ``id`` and ``themes`` (ids parted by semicolons, or ``none``). Its first run
is the one that COMMIT names; no later run and no later sheet changes the first run of a set.
Written are, in ``data/reference``, ``themes-development.csv`` with the codes and what stands for
each sentence (its hash and first words: the texts are not ours to give), and
``themes-development-counts.csv``, by set and theme.
"""

import argparse
import hashlib
from collections import Counter
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.themes import code_themes
from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
LABELS = REFERENCE / "themes-development.csv"
COUNTS = REFERENCE / "themes-development-counts.csv"
_FIRST_WORDS = 6
_COLUMNS = ["id", "set", "document", "sha1", "first_words", "coder_a", "coder_b"]
_FIRST = ["first_run", "first_run_of", "first_run_edition"]


def plain(text: str) -> str:
    """Return a text with its white space as single spaces."""
    return " ".join(text.split())


def program_answers(sheet: pd.DataFrame, texts: Path) -> list[frozenset[str]]:
    """Return the themes that the program gives each sentence, in its document where it is found."""
    answers: dict[tuple[str, str], frozenset[str]] = {}
    for name in sheet["document"].unique():
        (path,) = [found for found in texts.rglob(f"{name}.*") if found.suffix != ".csv"]
        document = load_document(path)
        found = code_themes(document).groupby("segment_id")["category"].agg(frozenset)
        for sentence in sentences_of(document):
            answers[name, plain(sentence.text)] = found.get(sentence.id, frozenset())
        for text in sheet.loc[sheet["document"] == name, "sentence"]:
            if (
                name,
                plain(text),
            ) not in answers:  # cut by the coders otherwise than by the program
                alone = Document.from_text(
                    text,
                    id="sentence",
                    language="en",
                    organization=document.metadata.organization,
                    date=document.metadata.date,
                )
                answers[name, plain(text)] = frozenset(code_themes(alone)["category"])
    return [
        answers[name, plain(text)]
        for name, text in zip(sheet["document"], sheet["sentence"], strict=True)
    ]


def hash_of(text: str) -> str:
    """Return what stands for a sentence in the reference data."""
    return hashlib.sha1(plain(text).encode()).hexdigest()[:12]


def sentences_again(kept: pd.DataFrame, texts: Path) -> pd.DataFrame:
    """Return the coded sentences with their words, found by their hash in the texts."""
    words: dict[str, str] = {}
    for table in texts.rglob("*.csv"):
        for column in pd.read_csv(table, dtype=str, keep_default_na=False).to_dict("list").values():
            words |= {hash_of(str(cell)): str(cell) for cell in column}
    for name in kept["document"].unique():
        (path,) = [found for found in texts.rglob(f"{name}.*") if found.suffix != ".csv"]
        words |= {hash_of(item.text): item.text for item in sentences_of(load_document(path))}
    missing = [name for name, key in zip(kept["id"], kept["sha1"], strict=True) if key not in words]
    if missing:
        raise SystemExit(f"{texts}: no sentence has the hash of {', '.join(missing)}")
    return kept.assign(sentence=kept["sha1"].map(words))


def codes(path: Path, sheet: pd.DataFrame) -> list[frozenset[str]]:
    """Return a coder's themes in the sheet's order, or stop at the first fault."""
    given = pd.read_csv(path, dtype=str, keep_default_na=False, comment="#").set_index("id")[
        "themes"
    ]
    if set(given.index) != set(sheet["id"]) or not given.index.is_unique:
        raise SystemExit(f"{path.name}: its ids are not those of the sheet")
    known = {category.id for category in load_codebook("themes")}
    found = [frozenset(given[name].split(";")) - {"none", ""} for name in sheet["id"]]
    if unknown := frozenset().union(*found) - known:
        raise SystemExit(f"{path.name}: no categories: {', '.join(sorted(unknown))}")
    return found


def counts_by_theme(frame: pd.DataFrame, answers: str) -> pd.DataFrame:
    """Return right, false and missed decisions by theme: those on which both coders agree."""
    right, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for one, other, said in zip(frame["coder_a"], frame["coder_b"], frame[answers], strict=True):
        a, b, program = (set(cell.split(";")) - {"none"} for cell in (one, other, said))
        right.update(a & b & program)
        false.update(program - a - b)
        missed.update((a & b) - program)
    order = [category.id for category in load_codebook("themes")]
    rows = [(name, right[name], false[name], missed[name]) for name in order]
    table = pd.DataFrame(rows, columns=["theme", "right", "false", "missed"])
    return table[table[["right", "false", "missed"]].any(axis=1)].reset_index(drop=True)


def counts_by_set(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions of the first run and of now, by set and theme."""
    order = {category.id: place for place, category in enumerate(load_codebook("themes"))}
    tables = []
    for number, rows in frame.groupby("set"):
        first, now = (counts_by_theme(rows, column) for column in ("first_run", "now"))
        both = first.merge(now, on="theme", how="outer", suffixes=("", "_now")).fillna(0)
        both = both.sort_values("theme", key=lambda names: names.map(order))
        both = both.astype({name: int for name in both if name != "theme"})
        both.insert(0, "set", number)
        tables.append(both)
    return pd.concat(tables, ignore_index=True)


def in_words(table: pd.DataFrame, when: str = "") -> str:
    """Return precision, recall and F1 over all decisions, in words."""
    right, false, missed = (int(table[name + when].sum()) for name in ("right", "false", "missed"))
    precision, recall = right / max(right + false, 1), right / max(right + missed, 1)
    f1 = 2 * right / max(2 * right + false + missed, 1)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} ({right}/{false}/{missed})"


def cell(themes: frozenset[str]) -> str:
    """Return themes as a cell of the sheet, in the codebook's order."""
    return ";".join(one.id for one in load_codebook("themes") if one.id in themes) or "none"


def new_set(options: argparse.Namespace, kept: pd.DataFrame) -> pd.DataFrame:
    """Return a sheet with its codes and its first run, as the set after those that are kept."""
    sheet = pd.read_csv(options.sheet, dtype=str, keep_default_na=False)
    sheet["sha1"] = sheet["sentence"].map(hash_of)
    sheet["first_words"] = [" ".join(text.split()[:_FIRST_WORDS]) for text in sheet["sentence"]]
    for column in ("id", "sha1"):
        if twice := set(sheet[column]) & set(kept[column]) or set(
            sheet.loc[sheet[column].duplicated(), column]
        ):
            raise SystemExit(
                f"{options.sheet.name}: was coded before: {column} {', '.join(sorted(twice))}"
            )
    sheet["set"] = str(kept["set"].astype(int).max() + 1)
    sheet["coder_a"] = list(map(cell, codes(options.coder_a, sheet)))
    sheet["coder_b"] = list(map(cell, codes(options.coder_b, sheet)))
    sheet["first_run"] = list(map(cell, program_answers(sheet, options.texts)))
    sheet["first_run_of"] = options.first_run
    sheet["first_run_edition"] = load_codebook("themes").edition
    return sheet[[*_COLUMNS, *_FIRST, "sentence"]]


def main() -> None:
    """Score, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    for name in ("sheet", "coder-a", "coder-b"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--first-run", default="", metavar="COMMIT")
    options = parser.parse_args()
    given = [options.sheet, options.coder_a, options.coder_b, options.first_run]
    if any(given) and not all(given):
        parser.error("a new sheet needs --sheet, --coder-a, --coder-b and --first-run together")
    kept = pd.read_csv(LABELS, dtype=str, keep_default_na=False)
    frame = sentences_again(kept, options.texts)
    if options.sheet:
        frame = pd.concat([frame, new_set(options, kept)], ignore_index=True)
    frame["now"] = list(map(cell, program_answers(frame, options.texts)))
    frame["now_of"] = load_codebook("themes").edition
    frame = frame[[*_COLUMNS, *_FIRST, "now", "now_of"]]
    frame.to_csv(LABELS, index=False, lineterminator="\n")
    counts = counts_by_set(frame)
    counts.to_csv(COUNTS, index=False, lineterminator="\n")
    for number, rows in frame.groupby("set"):
        equal = int((rows["coder_a"] == rows["coder_b"]).sum())
        print(f"set {number}: {len(rows)} sentences, {equal} coded equally")
        of_set = counts[counts["set"] == number]
        print("first run:", in_words(of_set))
        print("now:", in_words(of_set, "_now"))
        print(of_set.to_string(index=False))


if __name__ == "__main__":
    main()
