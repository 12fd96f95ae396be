"""The command line of large corpora: ``sco-research corpus``."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sco_research.errors import RunError

if TYPE_CHECKING:
    from sco_research.runs.corpus.dataset import Dataset

_MAX_SHOWN = 20

_Sources = Annotated[
    list[str],
    typer.Argument(help="Ids, files, folders, patterns, ZIP archives, tables, manifests."),
]
_Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the dataset.")]
_Analyses = Annotated[
    list[str] | None,
    typer.Option(
        "--analysis",
        "-a",
        help="measures, themes, commitments, keyness or reuse; repeatable; all if none.",
    ),
]
_Reference = Annotated[
    str, typer.Option("--reference", "-r", help="What each is compared with; id or path.")
]
_Codebook = Annotated[str, typer.Option("--codebook", help="Codebook of the themes; name or path.")]
_Organization = Annotated[
    str,
    typer.Option("--organization", help="Who issues the documents: a profile's id, or a path."),
]
_Chunk = Annotated[int, typer.Option("--chunk", help="Documents in a part.")]
_Workers = Annotated[
    int | None,
    typer.Option("--workers", "-w", min=1, help="Processes side by side. [usable cores]"),
]


def corpus(
    sources: _Sources,
    output: _Output,
    analysis: _Analyses = None,
    reference: _Reference = "",
    codebook: _Codebook = "themes",
    organization: _Organization = "",
    chunk: _Chunk = 100,
    workers: _Workers = None,
) -> None:
    """Measure, code and compare a corpus of any size into a Parquet dataset; resumable."""
    from sco_research.loaders import load_document, stream_corpus
    from sco_research.runs.corpus.dataset import analyse_corpus

    notices: list[str] = []
    with _progress() as on_progress:
        made = analyse_corpus(
            stream_corpus(sources, organization=organization, on_notice=notices.append),
            output,
            analyses=analysis or (),
            reference=load_document(reference) if reference else None,
            codebook=codebook,
            chunk=chunk,
            workers=workers,
            on_progress=on_progress,
        )
    for name, rows in made.rows.items():
        print(f"{made.folder / name}: {rows} rows")
    print(f"{made.documents} documents, {made.computed} of them computed now", flush=True)
    _report_faults(made, notices)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how many documents are done, on a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("0 documents", total=None)

        def on_progress(documents: int, computed: int) -> None:
            before = f", {documents - computed} computed before" if documents > computed else ""
            shown.update(task, description=f"{documents} documents{before}")

        yield on_progress


def _report_faults(made: "Dataset", notices: Sequence[str]) -> None:
    """Print notices, duplicates and faults.

    Raises
    ------
    RunError
        Where there are faults.
    """
    from sco_research.runs.corpus.store import FAULTS_TABLE

    rows = made.faults.to_dict("records")
    duplicates = [row for row in rows if row["analysis"] == "duplicate"]
    _list([*notices, *[f"{row['document_id']}: {row['reason']}" for row in duplicates]])
    faults = [row for row in rows if row["analysis"] != "duplicate"]
    _list([_fault(row) for row in faults])
    if faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise RunError(
            f"{len(faults)} {noun} in the corpus, listed in {made.folder / FAULTS_TABLE}; the rest "
            "is done"
        )


def _fault(row: Mapping[Any, Any]) -> str:
    # The reason names a source that could not be read.
    where = f"{row['document_id']}, {row['analysis']}: " if row["document_id"] else ""
    return f"{where}{row['reason']}"


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_MAX_SHOWN]:
        print(f"  {' '.join(line.split())}", file=sys.stderr)
    if len(lines) > _MAX_SHOWN:
        print(f"  and {len(lines) - _MAX_SHOWN} more", file=sys.stderr)
