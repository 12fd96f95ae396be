"""Run a notebook on a document and put its report in place."""

import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from sco_research.errors import RunError, ScoResearchError
from sco_research.reports import provenance
from sco_research.reports.fingerprints import portable
from sco_research.reports.folder import (
    ANNOTATED_DOCUMENT,
    RENDERED_BY_RUNNER,
    remove_empty,
    staging,
)
from sco_research.reports.render import complaint, is_rendered, render_deferred
from sco_research.reports.report_style import ReportStyle
from sco_research.resources import reports_folder
from sco_research.runs.job import (
    FAILED,
    MADE,
    RENDER,
    RENDERED,
    RUN,
    Decision,
    Job,
    Limits,
    Outcome,
    Task,
)
from sco_research.runs.record import log_run
from sco_research.runs.staleness import InputHashes, annotation_key

if TYPE_CHECKING:
    from sco_research.runs.kernels.execute import Stopped

_INJECTED = "injected-parameters"


def run_report(
    document: str | Path,
    notebook: str | Path,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    style: ReportStyle | None = None,
    limits: Limits | None = None,
) -> Path:
    """Run a notebook on a document and write its report.

    Parameters
    ----------
    document : str or Path
        A catalogue id or a path.
    notebook : str or Path
        Name of a bundled notebook, or the path of another.
    parameters : mapping of str to object, optional
        Values for the notebook's parameters, checked before anything runs.
    output_folder : str or Path, optional
        Reports go to ``<output_folder>/<document id>/<notebook>``; the default is ``reports``.
    formats : iterable of str
        Of ``html``, ``pdf``, ``docx``, ``latex``, and ``figures``: every figure as PDF and PNG.
    style : ReportStyle, optional
        Citation style, style sheet and templates that replace the default ones.
    limits : Limits, optional
        Limits of time and memory, and retries. The kernel starts cold; inside of
        ``with sco_research.runs.kernels.forking.warm_kernels():`` it is forked from a warmed
        process, unless the limits say cold.

    Returns
    -------
    Path
        The report's folder: ``report.md``, ``report.html``, ``tables``, ``figures``, the executed
        notebook and ``provenance.json``.

    Raises
    ------
    ParameterError, SourceError
        Where a parameter is wrong or an input is missing; then nothing has run.
    RunError
        Where the notebook stops or no format can be rendered: an earlier report stays as it was,
        and the partial notebook is kept in ``<output_folder>/_failed``. Where only some formats
        fail, the report is written with the others.
    OutputError
        Where the folder cannot be written.

    Examples
    --------
    >>> run_report("sco-2013-bishkek", "themes")  # doctest: +SKIP
    PosixPath('reports/sco-2013-bishkek/themes')

    What is asked for is checked before anything runs:

    >>> from sco_research.errors import ParameterError
    >>> try:
    ...     run_report("sco-2013-bishkek", "themes", parameters={"codebok": "my.toml"})
    ... except ParameterError as error:
    ...     print(str(error).partition("?")[0])
    notebook 'themes': unknown parameter 'codebok'; did you mean 'codebook'
    """
    # Workers make reports without these.
    from sco_research.loaders import document_id_of
    from sco_research.runs.checks import check_inputs
    from sco_research.runs.parameters import check_parameters, find_notebook, named_defaults

    path = find_notebook(notebook)
    given = {name: value for name, value in (parameters or {}).items() if name != "document_id"}
    output = Path(output_folder) if output_folder else reports_folder()
    job = Job(
        document=str(document),
        document_id=document_id_of(document),
        notebook=path,
        parameters=named_defaults(path) | check_parameters(path, given),
        output=output.absolute(),
        folder=path.stem,
        formats=tuple(formats),
        style=style,
    )
    check_inputs([job])
    task = Task(job, InputHashes().of(job), Decision(RUN, "asked for"), limits or Limits())
    make_report(task)
    return job.target


def make_report(task: Task) -> tuple[int, int]:
    """Make a report, or only its pages; return how often its notebook ran and its peak memory.

    Where the kernel dies of itself the notebook is run again, as often as the task allows; any
    other failure would repeat itself.
    """
    # papermill takes most of a second to import, and an unchanged report needs none.
    from sco_research.runs.kernels.execute import Stopped

    job = task.job
    try:
        if task.decision.action == RENDER:
            _render_again(task)
            return 0, 0
        for turn in range(1, task.limits.retries + 2):
            try:
                memory = _run(task)
            except Stopped as stop:
                if not stop.died or turn > task.limits.retries:
                    raise _failure(job, stop) from None
            else:
                break
        if job.partial.is_file():
            job.partial.unlink()
            remove_empty(job.partial.parent, job.partial.parent.parent)
        return turn, memory
    finally:
        # Where the run failed, its empty folder is removed.
        remove_empty(job.target.parent)


def _run(task: Task) -> int:
    """Run the notebook and put the report in place; return its kernel's peak memory."""
    from sco_research.runs.kernels import execute

    job = task.job
    started, start = datetime.now(UTC), monotonic()
    with staging(job.target) as folder:
        (folder / RENDERED_BY_RUNNER).touch()
        given = {**job.parameters, "document_id": job.document, "output_folder": str(folder)}
        executed, memory = execute.execute(job.notebook, given, limits=task.limits)
        if not (folder / "report.md").is_file():
            raise RunError(f"{job.name}: it made no report; end it with report.save()")
        failures = _finish(task, folder, executed)
    name = f"{job.document_id}/{job.folder}"
    log_run(job.output, report=name, started=started, seconds=monotonic() - start)
    if failures:
        raise _unrendered(job, failures)
    return memory


def _finish(task: Task, folder: Path, executed: Any) -> dict[str, str]:  # noqa: ANN401 - nbformat has no types
    """Render, write the notebook and complete the provenance; return the formats that failed."""
    job = task.job
    failures = render_deferred(folder, job.formats, style=job.style)
    if failures and set(failures) == set(job.formats):
        raise _unrendered(job, failures)
    _write_notebook(
        executed,
        folder / f"{job.notebook.stem}.ipynb",
        {**job.parameters, "document_id": job.document},
    )
    provenance.complete(
        folder,
        notebook=job.notebook,
        run={"document": Path(job.document).name, "parameters": portable(job.parameters)},
        formats=[name for name in job.formats if name not in failures],
        style=job.style.record() if job.style else None,
        key={**task.key, **annotation_key(folder)},
    )
    return failures


def _render_again(task: Task) -> None:
    """Render a report again from what its notebook wrote: the bytes are those of a new run."""
    from sco_research.runs.kernels import execute

    job = task.job
    old = provenance.read(job.target)
    with staging(job.target) as folder:
        written = {name for name in old["outputs"] if not is_rendered(name)}
        for name in written | {ANNOTATED_DOCUMENT, provenance.FILE_NAME}:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(job.target / name, folder / name)
        executed = execute.with_outputs_of(
            folder / f"{job.notebook.stem}.ipynb",
            job.notebook,
            {**job.parameters, "document_id": job.document, "output_folder": ""},
        )
        failures = _finish(task, folder, executed)
    if failures:
        raise _unrendered(job, failures)


def _unrendered(job: Job, failures: Mapping[str, str]) -> RunError:
    return RunError(f"{job.name}: {complaint(failures, job.formats)}")


def _failure(job: Job, stop: "Stopped") -> RunError:
    """Keep the partial notebook, and return the error that says where it is."""
    kept = ""
    if stop.notebook is not None:
        try:
            job.partial.parent.mkdir(parents=True, exist_ok=True)
            given = {**job.parameters, "document_id": job.document}
            _write_notebook(stop.notebook, job.partial, given)
            kept = f"; the partial notebook is kept in {job.partial}"
        except OSError:
            # The cause of the failure matters more.
            kept = "; the partial notebook could not be kept"
    place = f"cell {stop.cell} stopped: " if stop.cell else ""
    return RunError(f"{job.name}: {place}{stop.reason}{kept}")


def _write_notebook(
    executed: Any,  # noqa: ANN401 - nbformat has no types
    target: Path,
    parameters: Mapping[str, object],
) -> None:
    """Write an executed notebook without the time, the host and the folder in it."""
    import nbformat

    names = {**portable(parameters), "output_folder": ""}
    moved = {name: text for name, text in names.items() if text != parameters.get(name)}
    executed.metadata.pop("papermill", None)
    # A patch release of Python changes nothing here; the provenance names the one used.
    executed.metadata.get("language_info", {}).pop("version", None)
    for cell in executed.cells:
        for name in ("papermill", "execution", "scrolled"):
            cell.metadata.pop(name, None)
        if _INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = _INJECTED
            lines = {line.partition(" = ")[0]: line for line in cell["source"].split("\n")}
            lines |= {name: f"{name} = {json.dumps(text)}" for name, text in moved.items()}
            cell["source"] = "\n".join(lines.values())
    target.write_text(nbformat.writes(executed) + "\n", encoding="utf-8", newline="\n")


def attempt(task: Task) -> Outcome:
    """Make a task's report in this process, and return its outcome, whatever happens."""
    start = monotonic()
    try:
        attempts, memory = make_report(task)
    except (ScoResearchError, OSError) as error:
        reason = str(error)
        if not reason.startswith(task.job.name):
            reason = f"{task.job.name}: {reason}"
        seconds = monotonic() - start
        return Outcome(task.job, FAILED, " ".join(reason.split()), seconds, 1)
    status = RENDERED if task.decision.action == RENDER else MADE
    seconds = monotonic() - start
    return Outcome(task.job, status, task.decision.why, seconds, attempts, memory)
