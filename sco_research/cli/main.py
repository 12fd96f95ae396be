"""The command line ``sco-research``: everything that is printed is printed here.

Exit status: 0 done, 1 a run failed, 2 the call can be mended, 130 stopped by Ctrl-C.
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from sco_research import __version__
from sco_research.cli import coding, corpus, fetch, report
from sco_research.cli.report import short
from sco_research.errors import OutputError, ParameterError, RunError, ScoResearchError

# Heavy modules are imported inside the commands: --help answers at once.
app = typer.Typer(
    name="sco-research",
    help="Evidence that a scholar can cite from an intergovernmental declaration.",
    epilog="Example: sco-research report sco-2013-bishkek --notebook language",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(coding.app)
app.add_typer(fetch.app)
app.command(
    epilog="Example: sco-research corpus texts --output dataset --reference sco-2013-bishkek"
)(corpus.corpus)

# What typer makes of Ctrl-C.
_STOPPED = 130
_MOST_FAULTS = 100


def main() -> NoReturn:
    """Run the command line; a foreseen error is one line, or one line for each fault."""
    # A batch system ends a job by SIGTERM: as clean an end as Ctrl-C's.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        status = app(standalone_mode=False)
        if status == _STOPPED:
            _fail("stopped; finished reports are whole, call again for the rest", _STOPPED)
        sys.stdout.flush()
    except ScoResearchError as error:
        _fail(str(error), error.exit_status, is_list=hasattr(error, "faults"))
    except TyperException as error:
        _fail(f"{error}; see sco-research --help", 2)
    except BrokenPipeError:
        # The reader of our output has gone, as "| head" does; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    raise SystemExit(status or 0)


def _fail(message: str, status: int, *, is_list: bool = False) -> NoReturn:
    """Tell what is wrong in one line, or in a line for each thing that is."""
    head, *faults = message.split("\n") if is_list else [message]
    print(f"sco-research: {' '.join(head.split())}", file=sys.stderr)
    for fault in faults[:_MOST_FAULTS]:
        print(f"  {' '.join(fault.split())}", file=sys.stderr)
    if len(faults) > _MOST_FAULTS:
        print(f"  and {len(faults) - _MOST_FAULTS} more", file=sys.stderr)
    raise SystemExit(status)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sco-research {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Evidence that a scholar can cite from an intergovernmental declaration."""


app.command(epilog=report.EPILOG)(report.report)


@app.command("list", epilog="Example: sco-research list metrics")
def list_(
    what: Annotated[
        str, typer.Argument(help="documents, notebooks, codebooks, metrics, or all of them.")
    ] = "all",
) -> None:
    """List the documents, notebooks, codebooks and metrics that the package has."""
    from sco_research.runs.inventory import INVENTORY

    if what != "all" and what not in INVENTORY:
        raise ParameterError(f"list {what!r}: choose one of {', '.join(INVENTORY)}, all")
    for name, entries in INVENTORY.items():
        if what in ("all", name):
            found = entries()
            width = max(len(entry.name) for entry in found)
            print(f"{name}")
            for entry in found:
                print(f"  {entry.name:<{width}}  {entry.about}".rstrip())


@app.command(
    epilog="Examples: sco-research cite | sco-research cite sco-2013-bishkek --style bibtex | "
    "sco-research cite reports/sco-2013-bishkek/themes --style apa"
)
def cite(
    subject: Annotated[
        str | None,
        typer.Argument(help="Catalogue id, path or report's folder; the software if none."),
    ] = None,
    style: Annotated[
        str, typer.Option("--style", help="text, apa, chicago, bibtex, ris or csl-json.")
    ] = "text",
    bibtex: Annotated[bool, typer.Option("--bibtex", help="The same as --style bibtex.")] = False,
) -> None:
    """Say how to cite a document, a report, or the software."""
    from sco_research.loaders import load_document
    from sco_research.reports.citations import cite as reference
    from sco_research.reports.references import parse_style

    chosen = parse_style("bibtex" if bibtex else style)
    if subject and Path(subject).is_dir():
        print(reference(Path(subject), style=chosen))
    else:
        print(reference(load_document(subject) if subject else None, style=chosen))


@app.command(
    epilog="Examples: sco-research verify | sco-research verify reports/sco-2013-bishkek/themes"
)
def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="A report, or a folder of reports; all if none is named.")
    ] = None,
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", help="Where your own documents, notebooks and codebooks lie."),
    ] = None,
) -> None:
    """Run reports again from their provenance and compare every output."""
    from sco_research.resources import reports_folder
    from sco_research.runs.kernels.forking import warm_kernels
    from sco_research.runs.verify import reports_in
    from sco_research.runs.verify import verify as run_again

    failed = []
    with warm_kernels():
        for path in reports_in(folder or reports_folder()):
            found = run_again(path, inputs=inputs)
            word = "reproduced" if found.reproduced else "not reproduced"
            print(f"{short(path)}: {word}, {found.files} files", flush=True)
            for line in found.differences:
                print(f"  differs: {line}")
            for line in found.causes:
                print(f"  another: {line}")
            if not found.reproduced:
                failed.append(path.name)
    if failed:
        raise RunError(f"not reproduced: {', '.join(failed)}")


@app.command(epilog="Example: sco-research new my-study && jupyter lab my-study")
def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Copy the notebooks to a folder of your own, to run and change them in JupyterLab."""
    from sco_research.reports.folder import staging
    from sco_research.resources import notebooks_folder

    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(f"{folder}: the folder is not empty; name a new one")
    with staging(folder) as work:
        for notebook in sorted(notebooks_folder().glob("*.ipynb")):
            shutil.copyfile(notebook, work / notebook.name)
    print(f"{folder}: open it with jupyter lab {folder}")


if __name__ == "__main__":
    main()
