"""The command line of hand coding: ``sco-research coding`` and what follows it."""

import sys
from collections.abc import Collection, Sequence
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
    from sco_research.loaders import load_corpus

    corpus = load_corpus(document or [_DEFAULT_DOCUMENT])
    stem = corpus.documents[0].id if len(corpus) == 1 else "corpus"
    _export(
        corpus,
        scheme=bundled_scheme(scheme, codebook=codebook),
        coders=coder,
        file_format=file_format,
        stem=f"{stem}.{scheme}",
        output=output,
        level=_level(level),
    )


@app.command(
    "sample",
    epilog="Example: sco-research coding sample -n 60 --question strict --coder anna -o sample",
)
def sample(
    document: _Documents = None,
    size: Annotated[int, typer.Option("--size", "-n", help="Sentences to be coded.")] = 60,
    question: Annotated[
        str, typer.Option("--question", "-q", help="strict, broad, or a theme's id.")
    ] = "strict",
    coder: Annotated[list[str] | None, typer.Option("--coder", help="Name; repeatable.")] = None,
    file_format: Annotated[str, typer.Option("--format", help="xlsx or csv.")] = "xlsx",
    codebook: _Codebook = "themes",
    seed: Annotated[int, typer.Option("--seed", help="Draws the same sentences again.")] = 2013,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder.")] = Path(),
) -> None:
    """Draw sentences to code by hand, and say how sure the count would become.

    The sheets show no answer of the program. Its answers are in the sample's own file, which
    `coding agree --sample` reads and the coders do not.
    """
    from sco_research.coding.reliability import samples
    from sco_research.coding.reliability.reference import bundled_scheme
    from sco_research.loaders import load_corpus

    corpus = load_corpus(document or [_DEFAULT_DOCUMENT])
    of_commitments = question in samples.DEFINITIONS
    scheme = "commitments" if of_commitments else "themes"
    asked = bundled_scheme(scheme, codebook=codebook)
    answers = samples.program_finds(corpus, question, codebook=codebook)
    organizations = {one.metadata.organization for one in corpus.documents}
    organization = organizations.pop() if len(organizations) == 1 else ""
    rates = samples.expected_rates(answers, organization)
    drawn = samples.draw_sample(answers, size, rates=rates, seed=seed)
    stem = corpus.documents[0].id if len(corpus) == 1 else "corpus"
    design = output / f"{stem}.{question}.sample.csv"
    _export(
        corpus,
        scheme=asked,
        coders=coder,
        file_format=file_format,
        stem=f"{stem}.{question}",
        output=output,
        only=set(drawn.loc[drawn["drawn"], "segment_id"]),
        also=design,
    )
    yes_no = {name: drawn[name].map({True: "yes", False: "no"}) for name in ("found", "drawn")}
    _write(drawn.assign(**yes_no), design)
    print(f"{design} (the program's answers: not for the coders)")
    _print_sample(drawn, rates)


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
    sample_file: Annotated[
        Path | None,
        typer.Option("--sample", help="The file of `coding sample`: corrects the count by it."),
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
    settled = None
    if decisions is not None:
        if not decisions.is_file():
            raise CodingError(f"--decisions {decisions}: no such file; name the filled list")
        settled = adjudicate(ratings, read_decisions(decisions))
        _write(gold_sheet(settled, scheme=asked, sheets=filled), output / "gold.csv")
        print(f"settled coding: {output / 'gold.csv'}")
    if sample_file is not None:
        _print_sampled(sample_file, corpus, ratings, settled)


def _export(
    corpus: "Corpus",
    *,
    scheme: "CodingScheme",
    coders: Sequence[str] | None,
    file_format: str,
    stem: str,
    output: Path,
    level: "Level" = "sentence",
    only: Collection[str] | None = None,
    also: Path | None = None,
) -> None:
    """Write a sheet for each coder; of some segments only where they are given."""
    from sco_research.coding.reliability.sheets import coding_sheet, write_sheet

    if file_format not in ("xlsx", "csv"):
        raise ParameterError(f"--format {file_format!r}: choose xlsx or csv")
    names = coders or ["coder-a"]
    for name in names:
        if not name.replace("-", "").replace("_", "").isalnum():
            raise ParameterError(f"--coder {name!r}: use letters, digits, hyphens and underscores")
    paths = {name: output / f"{stem}.{name}.{file_format}" for name in names}
    for path in (*paths.values(), *([also] if also else [])):
        if path.exists():
            raise OutputError(f"{path}: it exists and may be filled in; move it away first")
    _make_folder(output)
    for name, path in paths.items():
        sheet = coding_sheet(corpus, scheme=scheme, coder=name, level=level)
        if only is not None:
            sheet = sheet[sheet["segment_id"].isin(only)]
        write_sheet(sheet, path, scheme=scheme)
        print(path)


def _print_sample(drawn: "pd.DataFrame", rates: tuple[float, float]) -> None:
    """Print what was drawn, and how narrow the interval would become."""
    from sco_research.coding.reliability import samples

    strata = samples.strata_of(drawn)
    coded = samples.strata_of(drawn[drawn["drawn"]])
    print(
        f"{sum(coded)} of {sum(strata)} sentences: {coded[0]} of the {strata[0]} in which the "
        f"program finds it, {coded[1]} of the {strata[1]} others"
    )
    print("If it errs as in its first run on real texts, the sample will put the number at about")
    for size in (sum(coded) * times for times in (1, 2, 4)):
        if size >= sum(strata):
            print(f"  {sum(strata):>6} coded   exactly, for these are all")
            break
        found = samples.expected_estimate(strata, size, rates=rates)
        print(
            f"  {size:>6} coded   {found.value:.1f}, 95 % interval {found.low:.0f} to "
            f"{found.high:.0f}"
        )


def _print_sampled(
    sample_file: Path, corpus: "Corpus", ratings: "pd.DataFrame", settled: "pd.DataFrame | None"
) -> None:
    """Print what the sample says of the program's count, by coder and as settled."""
    import pandas as pd

    from sco_research.coding.reliability import samples

    design = samples.read_sample(sample_file, corpus)
    question = str(design["question"].iloc[0])
    parts = [ratings] if settled is None else [ratings, settled.assign(coder="settled")]
    rows = pd.concat(parts, ignore_index=True)
    column = "variable" if question in samples.DEFINITIONS else "category"
    asked = rows[rows[column] == question].dropna(subset="value")
    for name, given in asked.groupby("coder", sort=False):
        coded = dict(zip(given["segment_id"], given["value"] == "yes", strict=True))
        found = samples.sampled_errors(design, coded)
        print(
            f"{question}, by {name}: the program finds {found.found} of {found.of} sentences; "
            f"of those coded {found.precision.hits} of {found.precision.of} found are right, and "
            f"{found.omission.hits} of {found.omission.of} others were missed; estimate "
            f"{found.estimate.value:.1f}, 95 % interval {found.estimate.low:.0f} to "
            f"{found.estimate.high:.0f}"
        )


def _level(name: str) -> "Level":
    from sco_research.text.segments import level_of

    return level_of(name)


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
    for path in sheets:
        if sum(path.resolve() == other.resolve() for other in sheets) > 1:
            raise ParameterError(f"{path}: the sheet is named twice; name each once")
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
        path.write_bytes(safe.to_csv(index=False, lineterminator="\n").encode())
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another") from None
