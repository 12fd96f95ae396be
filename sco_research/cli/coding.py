"""The command line of hand coding: ``sco-research coding export``, ``import`` and ``agree``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_research.errors import CodingError, OutputError, ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from sco_research.coding.reliability.schemes import CodingScheme
    from sco_research.text.document import Corpus
    from sco_research.text.segments import Level

# Heavy modules are imported inside the commands: --help answers at once.
app = typer.Typer(
    name="coding",
    help="Code by hand: export sheets, read them back, measure agreement.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DEFAULT_DOCUMENT = "sco-2013-bishkek"

_Documents = Annotated[
    list[str] | None,
    typer.Option("--document", "-d", help="Catalogue id or path; repeatable. [sco-2013-bishkek]"),
]
_Scheme = Annotated[str, typer.Option("--scheme", "-s", help="themes or commitments.")]
_Codebook = Annotated[
    str, typer.Option("--codebook", help="Codebook whose categories the themes are; name or path.")
]
_Level = Annotated[str, typer.Option("--level", help="sentence, paragraph, section or document.")]
_Sheets = Annotated[list[Path], typer.Argument(help="The coders' sheets, CSV or XLSX.")]


@app.command(
    "export",
    epilog="Example: sco-research coding export -s themes --coder anna --coder ben -o sheets",
)
def export(
    document: _Documents = None,
    scheme: _Scheme = "commitments",
    coder: Annotated[list[str] | None, typer.Option("--coder", help="Name; repeatable.")] = None,
    file_format: Annotated[str, typer.Option("--format", help="xlsx or csv.")] = "xlsx",
    level: _Level = "sentence",
    codebook: _Codebook = "themes",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder.")] = Path(),
) -> None:
    """Write a sheet for each coder."""
    from sco_research.coding.reliability.reference import bundled_scheme
    from sco_research.coding.reliability.sheets import coding_sheet, write_sheet
    from sco_research.loaders import load_corpus

    if file_format not in ("xlsx", "csv"):
        raise ParameterError(f"--format {file_format!r}: choose xlsx or csv")
    asked = bundled_scheme(scheme, codebook=codebook)
    corpus = load_corpus(document or [_DEFAULT_DOCUMENT])
    stem = corpus.documents[0].id if len(corpus) == 1 else "corpus"
    _make_folder(output)
    for name in coder or ["coder-a"]:
        if not name.replace("-", "").replace("_", "").isalnum():
            raise ParameterError(f"--coder {name!r}: use letters, digits, hyphens and underscores")
        path = output / f"{stem}.{scheme}.{name}.{file_format}"
        if path.exists():
            raise OutputError(f"{path}: it exists and may be filled in; move it away first")
        sheet = coding_sheet(corpus, scheme=asked, coder=name, level=_level(level))
        write_sheet(sheet, path, scheme=asked)
        print(path)


@app.command(
    "import",
    epilog="Example: sco-research coding import -s themes anna.xlsx ben.csv -o ratings.csv",
)
def import_(
    sheets: _Sheets,
    document: _Documents = None,
    scheme: _Scheme = "commitments",
    level: _Level = "sentence",
    codebook: _Codebook = "themes",
    complete: Annotated[
        bool, typer.Option("--complete", help="Count a missing answer as a fault.")
    ] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV file.")] = Path("ratings.csv"),
) -> None:
    """Check filled sheets, naming every fault, and write them as one table of ratings."""
    from sco_research.coding.reliability.reference import bundled_scheme

    ratings = _ratings(
        sheets, document, bundled_scheme(scheme, codebook=codebook), level, complete
    )[0]
    _write(ratings, output)
    answered = ratings.dropna(subset="value")
    coders, segments = answered["coder"].nunique(), answered["segment_id"].nunique()
    print(f"{output}: {len(answered)} answers, {coders} coders, {segments} segments")


@app.command(
    "agree",
    epilog="Example: sco-research coding agree -s themes anna.xlsx ben.xlsx -o agreement",
)
def agree(
    sheets: _Sheets,
    document: _Documents = None,
    scheme: _Scheme = "commitments",
    level: _Level = "sentence",
    codebook: _Codebook = "themes",
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="disagreements.csv with value and reason filled in."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder.")] = Path("agreement"),
) -> None:
    """Measure agreement, list disagreements and, with decisions, write the settled coding."""
    from sco_research.coding.reliability.adjudication import (
        adjudicate,
        confusion,
        disagreement_sheet,
        disagreements,
        gold_sheet,
    )
    from sco_research.coding.reliability.agreement import agreement
    from sco_research.coding.reliability.reference import bundled_scheme, read_decisions
    from sco_research.text.segments import segment

    asked = bundled_scheme(scheme, codebook=codebook)
    ratings, filled, corpus = _ratings(sheets, document, asked, level, False)
    table = agreement(ratings, variables=asked.variables)
    differ = disagreements(ratings, segment(corpus, level=_level(level)))
    _make_folder(output)
    _write(table.assign(coders=table["coders"].map(", ".join)), output / "agreement.csv")
    _write(confusion(ratings), output / "confusion.csv")
    _write(disagreement_sheet(differ), output / "disagreements.csv")
    _print_agreement(table)
    print(f"{len(differ)} disagreements: {output / 'disagreements.csv'}")
    if decisions is not None:
        settled = adjudicate(ratings, read_decisions(decisions))
        _write(gold_sheet(settled, scheme=asked, sheets=filled), output / "gold.csv")
        print(f"settled coding: {output / 'gold.csv'}")


def _level(name: str) -> "Level":
    from sco_research.text.segments import LEVELS

    for level in LEVELS:
        if level == name:
            return level
    raise ParameterError(f"--level {name!r}: choose one of {', '.join(LEVELS)}")


def _ratings(
    sheets: Sequence[Path],
    document: Sequence[str] | None,
    scheme: "CodingScheme",
    level: str,
    complete: bool,
) -> tuple["pd.DataFrame", "pd.DataFrame", "Corpus"]:
    """Return the ratings and the sheets of all coders; report the faults of every file."""
    import pandas as pd

    from sco_research.coding.reliability.ratings import check_ratings, ratings_of
    from sco_research.coding.reliability.sheet_reading import coder_of, read_sheet
    from sco_research.loaders import load_corpus

    corpus, depth = load_corpus(document or [_DEFAULT_DOCUMENT]), _level(level)
    names = [coder_of(path) for path in sheets]
    parts, faulty = [], []
    for path in sheets:
        try:
            sheet = read_sheet(
                path, documents=corpus, scheme=scheme, level=depth, complete=complete
            )
            if names.count(coder_of(path)) > 1:
                # Sheets with the same name are distinguished by their folders.
                sheet["coder"] = sheet["coder"].replace(coder_of(path), path.resolve().parent.name)
            parts.append(sheet)
        except CodingError as error:
            faulty.append(str(error))
    if faulty:
        # One fault a line: `main` would join them into one line.
        print("\n".join(faulty), file=sys.stderr)
        raise typer.Exit(CodingError.exit_status)
    filled = pd.concat(parts, ignore_index=True)
    ratings = ratings_of(filled, scheme=scheme)
    check_ratings(ratings)
    return ratings, filled, corpus


def _print_agreement(table: "pd.DataFrame") -> None:
    """Print alpha for each question, with its interval or the reason why there is none."""
    alphas = table[table["coefficient"] == "krippendorff_alpha"]
    print("Krippendorff's alpha, with 95 % bootstrap intervals over segments")
    for row in alphas.to_dict("records"):
        name = f"{row['variable']} {row['category']}".strip()
        if row["reason"] and row["value"] != row["value"]:
            print(f"  {name:<42} -     {row['reason']}")
            continue
        interval = f"[{row['low']:.2f}, {row['high']:.2f}]"
        shown = f"no interval: {row['reason']}" if row["reason"] else interval
        print(f"  {name:<42} {row['value']:5.2f}  {row['segments']} segments  {shown}")


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path}: the folder cannot be made ({error.strerror}); choose another"
        ) from None


def _write(table: "pd.DataFrame", path: Path) -> None:
    from sco_research.frames import escape_formula

    safe = table.map(lambda cell: escape_formula(cell) if isinstance(cell, str) else cell)
    try:
        safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another") from None
