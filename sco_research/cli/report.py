"""The command ``sco-research report``: one report or a thousand."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_research.errors import JobError, ParameterError, RunError

if TYPE_CHECKING:
    from sco_research.runs.job import Outcome, Task

EPILOG = (
    "Examples: sco-research report | sco-research report my.txt -n language | sco-research report "
    "texts/ -n themes --jobs 4 | sco-research report jobs.csv --dry-run | sco-research report -n "
    "commitments -p binding_scheme=kirton --output out --format html,pdf"
)
_SUMMARY = "batch.csv"


def report(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            help="Catalogue ids, paths, patterns, folders, job lists (CSV, TOML); the Bishkek "
            "Declaration if none is named."
        ),
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
        Path | None,
        typer.Option(
            "--output", "-o", help="Folder for the reports; else the clone's or ./reports."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", help="html, pdf, docx, latex by commas, or all; repeatable. [html]"
        ),
    ] = None,
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
        Path | None, typer.Option("--typst-template", help="pandoc template for the PDF.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Side by side. [cores to use]")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be run, and why.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Run what is unchanged, too.")] = False,
    cold: Annotated[
        bool, typer.Option("--cold", help="Start every kernel anew, not from a warmed process.")
    ] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds for a report. [no bound]")] = 0,
    cell_timeout: Annotated[float, typer.Option(min=0, help="Seconds for a cell. [no bound]")] = 0,
    retries: Annotated[
        int, typer.Option(min=0, help="Runs more of a notebook whose kernel died.")
    ] = 1,
    summary: Annotated[
        Path | None, typer.Option("--summary", help="CSV of outcomes. [batch.csv beside reports]")
    ] = None,
    cluster: Annotated[
        str, typer.Option("--cluster", help="A Dask scheduler, tcp://HOST:PORT, or local.")
    ] = "",
) -> None:
    """Run notebooks on documents and write their reports."""
    from sco_research.reports.formats import parse_formats
    from sco_research.reports.look import Look
    from sco_research.runs.batch import decide
    from sco_research.runs.job import Limits
    from sco_research.runs.plan import DEFAULT_DOCUMENT, DEFAULT_NOTEBOOKS, plan_jobs

    if cluster:
        from sco_research.runs.cluster.scheduler import check_address

        check_address(cluster)
    limits = Limits(timeout, cell_timeout, 0, cold, retries)
    try:
        planned = plan_jobs(
            documents or [DEFAULT_DOCUMENT],
            notebook or DEFAULT_NOTEBOOKS,
            parameters=_name_value_pairs(parameter or []),
            output_folder=output,
            formats=parse_formats(",".join(formats or ["html"])),
            look=Look(
                style=style, css=css, reference_docx=reference_docx, typst_template=typst_template
            ),
        )
        tasks = decide(planned, force=force, limits=limits, on_progress=_say)
    except JobError as error:
        if len(error.faults) == 1:
            raise
        # One line a fault: the command line's own handler would make one line of them all.
        print(f"sco-research: {error}", file=sys.stderr)
        raise typer.Exit(JobError.exit_status) from None
    if dry_run:
        for task in tasks:
            print(f"{task.job.name}: {task.decision.action}, {task.decision.why}")
        return
    _run(tasks, jobs=jobs, cluster=cluster, summary=summary)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


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


def _run(tasks: Sequence["Task"], *, jobs: int | None, cluster: str, summary: Path | None) -> None:
    """Do the tasks, show how far they are, and write down what came of them."""
    from sco_research.cli.progress import begin, show
    from sco_research.runs.batch import run_tasks

    begin(tasks, jobs=jobs, cluster=cluster)
    if cluster:
        from sco_research.runs.cluster.scheduler import run_on_cluster

        course = run_on_cluster(tasks, cluster, workers=jobs)
    else:
        course = run_tasks(tasks, workers=jobs)
    base = tasks[0].job.output
    done: list[Outcome] = []
    try:
        for outcome in show(course, total=len(tasks)):
            done.append(outcome)
            if sys.stdout.isatty() and len(tasks) > 1:
                continue
            _tell(outcome, alone=len(tasks) == 1)
    finally:
        _write_summary(tasks, done, summary or base / _SUMMARY, asked=summary is not None)
    _finish(tasks, done, base)


def short(path: Path) -> str:
    """Return a path from the working folder, where it lies below it."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _tell(outcome: "Outcome", *, alone: bool) -> None:
    """Print a line of an outcome; the one error of a call is for its end."""
    from sco_research.reports.formats import FILES

    job = outcome.job
    if outcome.status in ("failed", "skipped"):
        if not alone:
            print(f"{job.name}: {outcome.status}", flush=True)
        return
    page = job.target / (FILES[job.formats[0]] if job.formats else "report.md")
    unchanged = ", unchanged" if outcome.status == "unchanged" else ""
    print(f"{job.name}: {short(page)}{unchanged}", flush=True)


def _write_summary(
    tasks: Sequence["Task"], done: Iterable["Outcome"], path: Path, *, asked: bool
) -> None:
    """Write the outcomes in the order of the call, unless nothing came of it."""
    from sco_research.runs.record import write_summary

    found = {outcome.job.target: outcome for outcome in done}
    rows = [found[task.job.target] for task in tasks if task.job.target in found]
    if rows and (asked or len(tasks) > 1):
        write_summary(rows, path)


def _finish(tasks: Sequence["Task"], done: Sequence["Outcome"], base: Path) -> None:
    """Bring the landing page up to date, print the summary, and fail where a report has failed."""
    from sco_research.cli.progress import print_summary
    from sco_research.reports.formats import LANDING

    made = any(outcome.status in ("made", "rendered") for outcome in done)
    landing = base / LANDING
    if made or (not landing.is_file() and any(outcome.status == "unchanged" for outcome in done)):
        from sco_research.topics.summary.landing import write_landing

        write_landing(base.resolve())
    if landing.is_file() and made:
        print(f"all reports: {short(landing.resolve())}", flush=True)
    if len(tasks) > 1:
        print_summary(done)
    failed = [outcome for outcome in done if outcome.status == "failed"]
    left = sum(outcome.status == "skipped" for outcome in done)
    if not failed:
        return
    if len(failed) == 1 and not left:
        raise RunError(failed[0].why)
    alike: dict[str, list[str]] = {}
    for outcome in failed:
        name = outcome.job.name
        alike.setdefault(outcome.why.removeprefix(f"{name}: "), []).append(name)
    for reason, names in alike.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        print(f"sco-research: {names[0]}{more}: {reason}", file=sys.stderr)
    rest = f", {left} not begun; call again for them" if left else ""
    raise RunError(f"{len(failed)} of {len(tasks)} reports failed{rest}")
