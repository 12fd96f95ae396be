"""The command ``sco-research report``: one report or a thousand."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_research.cli.completion import complete_documents, complete_notebooks
from sco_research.errors import JobError, ParameterError, RunError, ScoResearchError

if TYPE_CHECKING:
    from sco_research.runs.job import Outcome, Task

EPILOG = (
    "Examples: sco-research report | sco-research report my.txt -n language | sco-research report "
    "texts/ -n themes --workers 4 | sco-research report jobs.csv --dry-run | sco-research report "
    "-n commitments -p binding_scheme=kirton --output out --format html,pdf --open"
)
_SUMMARY = "batch.csv"

_Documents = Annotated[
    list[str] | None,
    typer.Argument(
        autocompletion=complete_documents,
        help="Catalogue ids, paths, patterns, folders, job lists (CSV, TOML); the Bishkek "
        "Declaration if none is named.",
    ),
]
_Notebooks = Annotated[
    list[str] | None,
    typer.Option(
        "--notebook",
        "-n",
        autocompletion=complete_notebooks,
        help="A bundled notebook's name or a path; repeatable. [themes, commitments, language, "
        "reliability]",
    ),
]
_Parameters = Annotated[
    list[str] | None,
    typer.Option("--parameter", "-p", help="NAME=VALUE for the notebooks; repeatable."),
]
_Organization = Annotated[
    str,
    typer.Option(
        "--organization",
        help="Who issues the documents: a profile's id such as g20, several with spaces between "
        "them, or a path. [as each document says]",
    ),
]
_Title = Annotated[
    str, typer.Option("--title", help="The report's title, for one notebook; else its own.")
]
_Authors = Annotated[
    list[str] | None,
    typer.Option("--author", help='Who answers for the report, "Family, Given"; repeatable.'),
]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Folder for the reports. [./reports]")
]
_Open = Annotated[bool, typer.Option("--open", help="Open what was made in the browser.")]
_Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        help="html, pdf, docx, latex, figures (PDF and PNG), by commas, or all; repeatable. [html]",
    ),
]
_Style = Annotated[
    str,
    typer.Option(
        "--style", help="Citation style: a bundled one such as apa, or the path of a .csl file."
    ),
]
_Css = Annotated[Path | None, typer.Option("--css", help="Style sheet read after the default one.")]
_ReferenceDocx = Annotated[
    Path | None, typer.Option("--reference-docx", help="Word file whose styles DOCX takes.")
]
_TypstTemplate = Annotated[
    Path | None, typer.Option("--typst-template", help="pandoc template for the PDF.")
]
_Workers = Annotated[
    int | None,
    typer.Option("--workers", "-w", min=1, help="Processes side by side. [usable cores]"),
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be run, and why.")]
_Force = Annotated[bool, typer.Option("--force", help="Run what is unchanged, too.")]
_Cold = Annotated[
    bool, typer.Option("--cold", help="Start every kernel anew, not from a warmed process.")
]
_Timeout = Annotated[float, typer.Option(min=0, help="Seconds for a report. [no limit]")]
_CellTimeout = Annotated[float, typer.Option(min=0, help="Seconds for a cell. [no limit]")]
_Retries = Annotated[int, typer.Option(min=0, help="More runs of a notebook whose kernel died.")]
_Summary = Annotated[
    Path | None, typer.Option("--summary", help="CSV of outcomes. [batch.csv beside reports]")
]
_Cluster = Annotated[
    str, typer.Option("--cluster", help="A Dask scheduler, tcp://HOST:PORT, or local.")
]


def report(
    documents: _Documents = None,
    notebook: _Notebooks = None,
    parameter: _Parameters = None,
    organization: _Organization = "",
    title: _Title = "",
    author: _Authors = None,
    output: _Output = None,
    formats: _Formats = None,
    style: _Style = "",
    css: _Css = None,
    reference_docx: _ReferenceDocx = None,
    typst_template: _TypstTemplate = None,
    workers: _Workers = None,
    dry_run: _DryRun = False,
    force: _Force = False,
    cold: _Cold = False,
    timeout: _Timeout = 0,
    cell_timeout: _CellTimeout = 0,
    retries: _Retries = 1,
    summary: _Summary = None,
    cluster: _Cluster = "",
    open_: _Open = False,
) -> None:
    """Run notebooks on documents and write their reports."""
    from sco_research.reports.render import parse_formats
    from sco_research.reports.report_style import ReportStyle
    from sco_research.runs.batch import decide
    from sco_research.runs.job import Limits
    from sco_research.runs.plan import DEFAULT_DOCUMENT, DEFAULT_NOTEBOOKS, plan_jobs

    if cluster:
        from sco_research.runs.cluster.scheduler import check_address

        check_address(cluster)
    limits = Limits(report_seconds=timeout, cell_seconds=cell_timeout, cold=cold, retries=retries)
    with _faults_one_a_line():
        planned = plan_jobs(
            documents or [DEFAULT_DOCUMENT],
            notebook or DEFAULT_NOTEBOOKS,
            parameters=_name_value_pairs([*(parameter or []), *_named(organization)])
            | _title_page(title, author or []),
            output_folder=output,
            formats=parse_formats(",".join(formats or ["html"])),
            style=ReportStyle(
                citation_style=style,
                css=css,
                reference_docx=reference_docx,
                typst_template=typst_template,
            ),
        )
        tasks = decide(planned, force=force, limits=limits, on_progress=_say)
    if dry_run:
        for task in tasks:
            print(f"{task.job.name}: {task.decision.action}, {task.decision.why}")
        return
    page = _run(tasks, workers=workers, cluster=cluster, summary=summary)
    if open_ and page:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


@contextmanager
def _faults_one_a_line() -> Iterator[None]:
    """Print several faults of a call one a line; a single one is left to `main`."""
    try:
        yield
    except JobError as error:
        if len(error.faults) == 1:
            raise
        print(f"sco-research: {error}", file=sys.stderr)
        raise typer.Exit(JobError.exit_status) from None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _name_value_pairs(words: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise ParameterError(f"--parameter {word!r}: write NAME=VALUE")
        if name in values:
            raise ParameterError(f"--parameter {name!r} is named twice; delete one")
        values[name] = value
    return values


def _named(organization: str) -> list[str]:
    """Return the option as the parameter of the notebooks that it is; its fault is one line."""
    if organization:
        from sco_research.organizations.issuer import profiles_named

        profiles_named(organization)
    return [f"organization={organization}"] if organization else []


def _title_page(title: str, authors: list[str]) -> dict[str, object]:
    """Return the parameters of a report's title page, those given."""
    return {name: value for name, value in (("title", title), ("authors", authors)) if value}


def _run(
    tasks: Sequence["Task"], *, workers: int | None, cluster: str, summary: Path | None
) -> Path | None:
    """Do the tasks, show the progress, write the summary; return the page to be opened."""
    from sco_research.cli.progress import begin, show
    from sco_research.runs.batch import run_tasks

    begin(tasks, workers=workers, cluster=cluster)
    if cluster:
        from sco_research.runs.cluster.scheduler import run_on_cluster

        outcomes = run_on_cluster(tasks, cluster, workers=workers)
    else:
        outcomes = run_tasks(tasks, workers=workers)
    base = tasks[0].job.output
    done: list[Outcome] = []
    try:
        for outcome in show(outcomes, total=len(tasks)):
            done.append(outcome)
            if sys.stdout.isatty() and len(tasks) > 1:
                continue
            _print_outcome(outcome, alone=len(tasks) == 1)
    except BaseException:
        # Whatever ended the batch is told last.
        _say_all(_write_summary(tasks, done, summary or base / _SUMMARY, asked=summary is not None))
        raise
    return _finish(tasks, done, base, summary)


def short(path: Path) -> str:
    """Return a path relative to the working folder, where it is below it."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _print_outcome(outcome: "Outcome", *, alone: bool) -> None:
    """Print a line for an outcome; the only error of a call is printed at its end."""
    job = outcome.job
    if outcome.status in ("failed", "skipped"):
        if not alone:
            print(f"{job.name}: {outcome.status}", flush=True)
        return
    unchanged = ", unchanged" if outcome.status == "unchanged" else ""
    print(f"{job.name}: {short(page_of(outcome))}{unchanged}", flush=True)


def page_of(outcome: "Outcome") -> Path:
    """Return the first page of a report, in the first of its formats."""
    from sco_research.reports.render import FORMATS, SOURCE

    job = outcome.job
    pages = [FORMATS[name].file for name in job.formats if name in FORMATS]
    return job.target / (pages[0] if pages else SOURCE)


def _say_all(faults: Iterable[ScoResearchError]) -> None:
    for fault in faults:
        print(f"sco-research: {fault}", file=sys.stderr, flush=True)


def _write_summary(
    tasks: Sequence["Task"], done: Iterable["Outcome"], path: Path, *, asked: bool
) -> list[ScoResearchError]:
    """Write the outcomes in the order of the call, unless there are none; return why not."""
    from sco_research.runs.record import write_summary

    by_target = {outcome.job.target: outcome for outcome in done}
    rows = [by_target[task.job.target] for task in tasks if task.job.target in by_target]
    try:
        if rows and (asked or len(tasks) > 1):
            write_summary(rows, path)
    except ScoResearchError as error:
        return [error]
    return []


def _finish(
    tasks: Sequence["Task"], done: Sequence["Outcome"], base: Path, summary: Path | None
) -> Path | None:
    """Print what failed and why, write the summary and the landing page; return what to open.

    On a full disk neither may be written: the reasons are told before.
    """
    from sco_research.cli.progress import print_summary

    if len(tasks) > 1:
        print_summary(done)
    failed = [outcome for outcome in done if outcome.status == "failed"]
    skipped = sum(outcome.status == "skipped" for outcome in done)
    failure = _told(failed, skipped=skipped, total=len(tasks)) if failed else None
    unwritten = _write_summary(tasks, done, summary or base / _SUMMARY, asked=summary is not None)
    landing = None
    try:
        landing = _update_landing_page(done, base)
    except ScoResearchError as error:
        unwritten.append(error)
    if failure is not None:
        _say_all(unwritten)
        raise failure
    if unwritten:
        _say_all(unwritten[:-1])
        raise unwritten[-1]
    if len(done) == 1:
        return page_of(done[0])
    if landing:
        print(f"all reports: {short(landing)}", flush=True)
    return landing


def _update_landing_page(done: Sequence["Outcome"], base: Path) -> Path | None:
    """Write the page of all reports where it is out of date; return it where there is one."""
    from sco_research.topics.summary.landing import LANDING, write_landing

    statuses = {outcome.status for outcome in done}
    made = bool(statuses & {"made", "rendered"})
    landing = base / LANDING
    if made or (not landing.is_file() and "unchanged" in statuses):
        write_landing(base.resolve())
    return landing.resolve() if landing.is_file() else None


def _told(failed: Sequence["Outcome"], *, skipped: int, total: int) -> RunError:
    """Print each reason once, and return the error that ends the call."""
    if len(failed) == 1 and not skipped:
        return RunError(failed[0].why)
    by_reason: dict[str, list[str]] = {}
    for outcome in failed:
        name = outcome.job.name
        by_reason.setdefault(outcome.why.removeprefix(f"{name}: "), []).append(name)
    for reason, names in by_reason.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        print(f"sco-research: {names[0]}{more}: {reason}", file=sys.stderr)
    rest = f", {skipped} not started; call again for them" if skipped else ""
    return RunError(f"{len(failed)} of {total} reports failed{rest}")
