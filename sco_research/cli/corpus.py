"""The command line of large corpora: ``sco-research corpus``."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sco_research.errors import RunError

_MOST_SHOWN = 20


def corpus(
    sources: Annotated[
        list[str],
        typer.Argument(help="Ids, files, folders, patterns, ZIP archives, tables, manifests."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the dataset.")],
    analysis: Annotated[
        list[str] | None,
        typer.Option(
            "--analysis",
            "-a",
            help="measures, themes, commitments, keyness or reuse; repeatable; all if none.",
        ),
    ] = None,
    reference: Annotated[
        str, typer.Option("--reference", "-r", help="What each is compared with; id or path.")
    ] = "",
    codebook: Annotated[
        str, typer.Option("--codebook", help="Codebook of the themes; name or path.")
    ] = "themes",
    chunk: Annotated[int, typer.Option("--chunk", help="Documents in a part.")] = 100,
    workers: Annotated[
        int, typer.Option("--workers", "-w", help="Processes; one for each core if 0.")
    ] = 0,
) -> None:
    """Measure, code and compare a corpus of any size into a Parquet dataset; resumable."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from sco_research.loaders import load_document, stream_corpus
    from sco_research.runs.corpus.dataset import analyse_corpus
    from sco_research.runs.corpus.store import FAULTS_TABLE

    notices: list[str] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("0 documents", total=None)

        def progress(documents: int, computed: int) -> None:
            there = f", {documents - computed} there already" if documents > computed else ""
            shown.update(task, description=f"{documents} documents{there}")

        made = analyse_corpus(
            stream_corpus(sources, on_notice=notices.append),
            output,
            analyses=analysis or (),
            reference=load_document(reference) if reference else None,
            codebook=codebook,
            chunk=chunk,
            workers=workers or None,
            progress=progress,
        )
    for name, rows in made.rows.items():
        print(f"{made.folder / name}: {rows} rows")
    print(f"{made.documents} documents, {made.computed} of them computed now", flush=True)
    told = made.faults.to_dict("records")
    twice = [row for row in told if row["analysis"] == "duplicate"]
    _list([*notices, *[f"{row['document_id']}: {row['reason']}" for row in twice]])
    faults = [row for row in told if row["analysis"] != "duplicate"]
    _list([_fault(row) for row in faults])
    if faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise RunError(
            f"{len(faults)} {noun} in the corpus, listed in {made.folder / FAULTS_TABLE}; the rest "
            "is done"
        )


def _fault(row: Mapping[Any, Any]) -> str:
    # A source that could not be read names itself.
    where = f"{row['document_id']}, {row['analysis']}: " if row["document_id"] else ""
    return f"{where}{row['reason']}"


def _list(said: Sequence[str]) -> None:
    for line in said[:_MOST_SHOWN]:
        print(f"  {' '.join(line.split())}", file=sys.stderr)
    if len(said) > _MOST_SHOWN:
        print(f"  and {len(said) - _MOST_SHOWN} more", file=sys.stderr)
