"""The command line of exchange: ``sco-research exchange`` with other tools for coding."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_research.errors import OutputError, ParameterError, SourceError

if TYPE_CHECKING:
    import pandas as pd

# Heavy modules are imported inside the commands: --help answers at once.
app = typer.Typer(
    name="exchange",
    help="Codings out to ATLAS.ti, MAXQDA, NVivo, QualCoder or a machine coder, and back in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DEFAULT_DOCUMENT = "sco-2013-bishkek"
_SCHEMES = ("themes", "commitments")

_Documents = Annotated[
    list[str] | None,
    typer.Option("--document", "-d", help="Catalogue id or path; repeatable. [sco-2013-bishkek]"),
]
_Codebook = Annotated[str, typer.Option("--codebook", help="Codebook of the themes; name or path.")]


@app.command(
    "project", epilog="Example: sco-research exchange project -d my.txt -o my.qdpx -s themes"
)
def project(
    document: _Documents = None,
    scheme: Annotated[
        list[str] | None,
        typer.Option("--scheme", "-s", help="themes or commitments; repeatable. [both]"),
    ] = None,
    codebook: _Codebook = "themes",
    empty: Annotated[
        bool, typer.Option("--empty", help="Texts and codes only, for people to code.")
    ] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="File.")] = Path("project.qdpx"),
) -> None:
    """Write documents, codes and what the program coded as a REFI-QDA project."""
    import pandas as pd

    from sco_research.coding.codebooks.loading import load_codebook
    from sco_research.coding.codings import code
    from sco_research.coding.commitments.coder import code_speech_acts
    from sco_research.exchange.codes import (
        CODED,
        COMMITMENT_CODES,
        Code,
        coded_acts,
        coded_hits,
        codes_of,
    )
    from sco_research.exchange.refi_qda_writing import write_project
    from sco_research.loaders import load_corpus

    asked = scheme or list(_SCHEMES)
    for name in asked:
        if name not in _SCHEMES:
            raise ParameterError(f"--scheme {name!r}: choose {' or '.join(_SCHEMES)}")
    corpus = load_corpus(document or [_DEFAULT_DOCUMENT])
    codes: list[Code] = []
    coded = [CODED.empty()]
    if "themes" in asked:
        book = load_codebook(codebook)
        codes += codes_of(book)
        coded += [] if empty else [coded_hits(code(corpus, codebook=book))]
    if "commitments" in asked:
        codes += COMMITMENT_CODES
        coded += [] if empty else [coded_acts(code_speech_acts(corpus))]
    frame = pd.concat(coded, ignore_index=True)
    path = write_project(corpus, frame, output, codes=codes)
    print(f"{path}: {len(corpus)} texts, {len(codes)} codes, {len(frame)} coded stretches")


@app.command("codebook", epilog="Example: sco-research exchange codebook themes -o themes.qdc")
def codebook_(
    codebook: Annotated[str, typer.Argument(help="Name or path; commitments for its codes.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File.")] = Path("codebook.qdc"),
) -> None:
    """Write a codebook as REFI-QDA's."""
    from sco_research.coding.codebooks.loading import load_codebook
    from sco_research.exchange.codes import COMMITMENT_CODES, codes_of
    from sco_research.exchange.refi_qda_writing import write_codebook

    codes = COMMITMENT_CODES if codebook == "commitments" else codes_of(load_codebook(codebook))
    print(f"{write_codebook(codes, output)}: {len(codes)} codes")


@app.command("read", epilog="Example: sco-research exchange read my.qdpx -d my.txt -o coded.csv")
def read(
    file: Annotated[Path, typer.Argument(help="A project of REFI-QDA (.qdpx).")],
    document: _Documents = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV file.")] = Path("coded.csv"),
) -> None:
    """Read what was coded in a REFI-QDA project as a table, one row a code and sentence."""
    from sco_research.exchange.refi_qda_reading import read_project
    from sco_research.loaders import load_corpus

    coded = read_project(file, load_corpus(document or [_DEFAULT_DOCUMENT]))
    _write(coded, output)
    coders = ", ".join(coded["coder"].unique()) or "nobody"
    print(f"{output}: {len(coded)} rows, {coded['category'].nunique()} codes, coded by {coders}")


@app.command("texts", epilog="Example: sco-research exchange texts -d my.txt -o texts.csv")
def texts(
    document: _Documents = None,
    level: Annotated[str, typer.Option("--level", help="sentence, paragraph or section.")] = (
        "sentence"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV file.")] = Path("texts.csv"),
) -> None:
    """Write a table id,text for a machine coder."""
    from sco_research.exchange.machine_coders import write_texts
    from sco_research.loaders import load_corpus
    from sco_research.text.segments import level_of

    corpus = load_corpus(document or [_DEFAULT_DOCUMENT])
    print(write_texts(corpus, output, level=level_of(level)))


@app.command(
    "labels",
    epilog="Example: sco-research exchange labels labels.csv -d my.txt -s themes --model NAME "
    "--model-version 1 --prompt prompt.txt",
)
def labels(
    file: Annotated[Path, typer.Argument(help="A machine coder's labels: id,label.")],
    model: Annotated[str, typer.Option("--model", help="Who coded: the model's name.")],
    model_version: Annotated[str, typer.Option("--model-version", help="Its release.")],
    prompt: Annotated[Path, typer.Option("--prompt", help="File of the prompt, whole.")],
    date: Annotated[str, typer.Option("--date", help="When it coded, YYYY-MM-DD.")] = "",
    document: _Documents = None,
    scheme: Annotated[
        str, typer.Option("--scheme", "-s", help="themes or commitments.")
    ] = "commitments",
    codebook: _Codebook = "themes",
    level: Annotated[str, typer.Option("--level", help="sentence, paragraph or section.")] = (
        "sentence"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV file.")] = Path("ratings.csv"),
) -> None:
    """Check a machine coder's labels and write them as ratings, with who coded beside them."""
    import json

    from sco_research.coding.reliability.reference import bundled_scheme
    from sco_research.exchange.machine_coders import MachineCoder, read_labels
    from sco_research.loaders import load_corpus
    from sco_research.resources import file_text
    from sco_research.text.segments import level_of

    try:
        instructions = file_text(prompt)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise SourceError(f"--prompt {prompt}: cannot be read ({reason}); check the path") from None
    coder = MachineCoder(model, model_version, instructions, date)
    ratings = read_labels(
        file,
        load_corpus(document or [_DEFAULT_DOCUMENT]),
        scheme=bundled_scheme(scheme, codebook=codebook),
        coder=coder,
        level=level_of(level),
    )
    _write(ratings, output)
    made_by = output.with_suffix(".coder.json")
    _write_text(json.dumps(dict(coder.record()), indent=2) + "\n", made_by)
    print(f"{output}: {len(ratings)} answers by {coder.name}; who coded: {made_by}")


def _write(table: "pd.DataFrame", path: Path) -> None:
    from sco_research.frames import escape_formula

    safe = table.map(lambda cell: escape_formula(cell) if isinstance(cell, str) else cell)
    _write_text(safe.to_csv(index=False, lineterminator="\n"), path)


def _write_text(text: str, path: Path) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another") from None
