"""The command line ``sco-research``: everything that is printed is printed here.

Exit status: 0 done, 1 a run failed, 2 the call must be corrected, 130 stopped by Ctrl-C.
"""

import io
import json
import os
import shutil
import signal
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from sco_research import __version__
from sco_research.cli import codebook, coding, corpus, exchange, fetch, manuscript, report, show
from sco_research.cli.report import short
from sco_research.errors import OutputError, ParameterError, RunError, ScoResearchError, brief
from sco_research.runs.machine import skip_slow_imports

# Heavy modules are imported inside the commands: --help answers at once.
app = typer.Typer(
    name="sco-research",
    help="Evidence that a scholar can cite from an intergovernmental declaration.",
    epilog="Example: sco-research report sco-2013-bishkek --notebook language",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(coding.app)
app.add_typer(exchange.app)
app.add_typer(codebook.app)
app.command("new-codebook", epilog="Example: sco-research new-codebook my.toml")(
    codebook.new_codebook
)
app.add_typer(fetch.app)
app.command(
    epilog="Example: sco-research corpus texts --output dataset --reference sco-2013-bishkek"
)(corpus.corpus)

# The exit status that typer returns for Ctrl-C.
_STOPPED = 130
_MAX_FAULTS = 100
_MAX_SHOWN = 40


def main() -> NoReturn:
    """Run the command line; a foreseen error is one line, or one line for each fault."""
    _open_streams()
    skip_slow_imports()
    # A batch system ends a job by SIGTERM: handle it as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _check_arguments(sys.argv[1:])
        status = app(prog_name="sco-research", standalone_mode=False)
        if status == _STOPPED:
            _fail("stopped; finished reports are whole, call again for the rest", _STOPPED)
        sys.stdout.flush()
    except ScoResearchError as error:
        _fail(str(error), error.exit_status, is_list=hasattr(error, "faults"))
    except TyperException as error:
        _fail(f"{error}; see sco-research --help", 2)
    except BrokenPipeError:
        # The reader of our output has ended, as "| head" does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(brief(f"{where}{error.strerror or error}; mend that and call again"), 1)
    raise SystemExit(status or 0)


def _open_streams() -> None:
    """Have streams for what is printed: some may be closed, or hold letters of one script only."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
    # A name of broken bytes, or a dash on an old terminal, is told by its number.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _check_arguments(given: Sequence[str]) -> None:
    """Refuse an empty word, such as a variable of the shell that is not set.

    It would stand for the folder where one is, or for what is meant where nothing is named.
    """
    for before, word in pairwise(["", *given]):
        if not word.strip():
            after = f" after {before[:_MAX_SHOWN]}" if before else ""
            raise ParameterError(f"an argument{after} is empty; write it, or leave it out")


def _fail(message: str, status: int, *, is_list: bool = False) -> NoReturn:
    """Print what is wrong in one line, or in a line for each fault, and end."""
    head, *faults = message.split("\n") if is_list else [message]
    print(f"sco-research: {' '.join(head.split())}", file=sys.stderr)
    for fault in faults[:_MAX_FAULTS]:
        print(f"  {' '.join(fault.split())}", file=sys.stderr)
    if len(faults) > _MAX_FAULTS:
        print(f"  and {len(faults) - _MAX_FAULTS} more", file=sys.stderr)
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
app.command(epilog=manuscript.CHECK_EPILOG)(manuscript.check)
app.command(epilog=manuscript.CODECHECK_EPILOG)(manuscript.codecheck)
app.command(epilog="Example: sco-research show astana-2017.pdf")(show.show)


@app.command("list", epilog="Example: sco-research list metrics")
def list_(
    what: Annotated[
        str,
        typer.Argument(help="documents, notebooks, codebooks, metrics, styles, or all of them."),
    ] = "all",
) -> None:
    """List the documents, notebooks, codebooks, metrics and citation styles there are."""
    if what != "all" and what not in INVENTORY:
        raise ParameterError(f"list {what!r}: choose one of {', '.join(INVENTORY)}, all")
    for name, entries in INVENTORY.items():
        if what in ("all", name):
            items = entries()
            width = max(len(item.name) for item in items)
            print(f"{name}")
            for item in items:
                print(f"  {item.name:<{width}}  {item.about}".rstrip())


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that can be named on the command line."""

    name: str
    about: str


def _documents() -> list[_Item]:
    """Return the documents of the catalogue; of those not bundled, whether they are fetched."""
    from sco_research.loaders.catalogue import catalogue
    from sco_research.loaders.web.ledger import Ledger

    fetched = Ledger().records()
    items = []
    for entry in catalogue().values():
        facts = (entry.title or entry.type, entry.place, str(entry.date or ""))
        about = ", ".join(fact for fact in facts if fact)
        if not entry.is_bundled:
            known = "fetched" if entry.id in fetched else "known, not fetched"
            about = f"{about} ({known})"
        items.append(_Item(entry.id, about))
    return items


def _notebooks() -> list[_Item]:
    """Return the bundled notebooks with their titles and parameters."""
    from sco_research.resources import notebooks_folder
    from sco_research.runs.parameters import parameters_of

    items = []
    for path in sorted(notebooks_folder().glob("*.ipynb")):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        title = first.strip().splitlines()[0].lstrip("# ")
        items.append(_Item(path.stem, f"{title}; takes {', '.join(parameters_of(path))}"))
    return items


def _codebooks() -> list[_Item]:
    """Return the bundled codebooks with their titles."""
    from sco_research.resources import data_path

    items = []
    for path in sorted(data_path("codebooks").glob("*.toml")):
        head = tomllib.loads(path.read_text(encoding="utf-8"))
        items.append(_Item(path.stem, str(head.get("title", ""))))
    return items


def _metrics() -> list[_Item]:
    """Return the metrics with what they measure."""
    from sco_research.metrics import METRICS

    return [_Item(name, metric.label) for name, metric in METRICS.items()]


def _styles() -> list[_Item]:
    """Return the citation styles with their titles."""
    from xml.etree import ElementTree

    from sco_research.resources import data_path

    title = "{*}info/{*}title"
    return [
        _Item(path.stem, ElementTree.parse(path).findtext(title, ""))
        for path in sorted(data_path("citation_styles").glob("*.csl"))
    ]


INVENTORY: dict[str, Callable[[], list[_Item]]] = {
    "documents": _documents,
    "notebooks": _notebooks,
    "codebooks": _codebooks,
    "metrics": _metrics,
    "styles": _styles,
}


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

    parsed = parse_style("bibtex" if bibtex else style)
    if subject and Path(subject).is_dir():
        print(reference(Path(subject), style=parsed))
    else:
        print(reference(load_document(subject) if subject else None, style=parsed))


@app.command(
    epilog="Examples: sco-research verify | sco-research verify reports/sco-2013-bishkek/themes"
)
def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="A report, or a folder of reports; all if none is named.")
    ] = None,
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", help="Folder of your own documents, notebooks and codebooks."),
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
            result = run_again(path, inputs=inputs)
            word = "reproduced" if result.reproduced else "not reproduced"
            print(f"{short(path)}: {word}, {result.files} files", flush=True)
            for line in result.differences:
                print(f"  differs: {line}")
            for line in result.causes:
                print(f"  changed: {line}")
            if not result.reproduced:
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
