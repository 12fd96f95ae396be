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

from sco_research import __version__, cli_coding, cli_corpus
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

app.add_typer(cli_coding.app)
app.command(
    epilog="Example: sco-research corpus texts --output dataset --reference sco-2013-bishkek"
)(cli_corpus.corpus)

# What typer makes of Ctrl-C.
_STOPPED = 130
_DEFAULT_DOCUMENT = "sco-2013-bishkek"
_DEFAULT_NOTEBOOKS = ("themes", "commitments", "language")


def main() -> NoReturn:
    """Run the command line; a foreseen error is one line."""
    # A batch system ends a job by SIGTERM: as clean an end as Ctrl-C's.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        status = app(standalone_mode=False)
        if status == _STOPPED:
            _fail("stopped; finished reports are whole, call again for the rest", _STOPPED)
        sys.stdout.flush()
    except ScoResearchError as error:
        _fail(str(error), error.exit_status)
    except TyperException as error:
        _fail(f"{error}; see sco-research --help", 2)
    except BrokenPipeError:
        # The reader of our output has gone, as "| head" does; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    raise SystemExit(status or 0)


def _fail(message: str, status: int) -> NoReturn:
    print(f"sco-research: {' '.join(message.split())}", file=sys.stderr)
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


@app.command(
    epilog="Examples: sco-research report | sco-research report my.txt -n language | "
    "sco-research report -n commitments -p binding_scheme=kirton --output out --format html,pdf"
)
def report(
    documents: Annotated[
        list[str] | None,
        typer.Argument(help="Catalogue ids or paths; the Bishkek Declaration if none is named."),
    ] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option("--notebook", "-n", help="A bundled notebook's name or a path; repeatable."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="NAME=VALUE for the notebooks; repeatable."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the reports.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", "-f", help="html, pdf, docx, latex by commas, or all.")
    ] = "html",
    style: Annotated[
        str, typer.Option("--style", help="Citation style: a CSL name such as apa, or a path.")
    ] = "",
    css: Annotated[
        Path | None, typer.Option("--css", help="Style sheet read after the house's own.")
    ] = None,
    reference_docx: Annotated[
        Path | None, typer.Option("--reference-docx", help="Word file whose styles DOCX takes.")
    ] = None,
    typst_template: Annotated[
        Path | None, typer.Option("--typst-template", help="pandoc template of the PDF's source.")
    ] = None,
) -> None:
    """Run notebooks on documents and write their reports."""
    from rich.console import Console

    from sco_research.reports.landing import write_landing
    from sco_research.reports.look import Look
    from sco_research.reports.render import FORMATS, parse_formats
    from sco_research.resources import reports_folder
    from sco_research.runs.runner import plan_reports, run_report

    wanted = parse_formats(formats)
    look = Look(style=style, css=css, reference_docx=reference_docx, typst_template=typst_template)
    values = _name_value_pairs(parameter or [])
    jobs = plan_reports(documents or [_DEFAULT_DOCUMENT], notebook or _DEFAULT_NOTEBOOKS, values)
    base = output or reports_folder()
    console = Console(stderr=True)
    for number, job in enumerate(jobs, start=1):
        name = f"{job.document}, {job.notebook.stem}"
        with console.status(f"[{number}/{len(jobs)}] {name} …".replace("[", r"\[")):
            folder = run_report(
                job.document,
                job.notebook,
                parameters=job.parameters,
                output_folder=output,
                formats=wanted,
                look=look,
            )
        print(f"{name}: {_short(folder / FORMATS[wanted[0]].file)}", flush=True)
    landing = write_landing(base.resolve())
    if landing:
        print(f"all reports: {_short(landing)}", flush=True)


def _name_value_pairs(words: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise ParameterError(f"--parameter {word!r}: write NAME=VALUE")
        if name in values:
            raise ParameterError(f"--parameter {name!r} stands twice; delete one")
        values[name] = value
    return values


def _short(path: Path) -> str:
    """Return a path from the working folder, where it lies below it."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


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
    from sco_research.runs.verify import reports_in
    from sco_research.runs.verify import verify as run_again

    failed = []
    for path in reports_in(folder or reports_folder()):
        found = run_again(path, inputs=inputs)
        word = "reproduced" if found.reproduced else "not reproduced"
        print(f"{_short(path)}: {word}, {found.files} files", flush=True)
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
