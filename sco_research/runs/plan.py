"""What is asked for → a checked list of jobs, with every fault reported before anything runs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sco_research.errors import JobError, ParameterError, ScoResearchError, closest
from sco_research.loaders import document_id_of, files_in
from sco_research.loaders.sources import matches
from sco_research.reports.report_style import ReportStyle
from sco_research.resources import reports_folder
from sco_research.runs.job import Job
from sco_research.runs.job_lists import LISTS, JobRow, read_rows
from sco_research.runs.names import SET_BY_THE_RUN, NameKind, kind_of
from sco_research.runs.parameters import (
    Parameter,
    find_notebook,
    named_defaults,
    parameters_of,
    unknown_parameter,
)

DEFAULT_DOCUMENT = "sco-2013-bishkek"
DEFAULT_NOTEBOOKS = ("themes", "commitments", "language", "reliability")
# A folder's name that means the same on every file system, in a shell and in a link.
_FOLDER_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_FOLDER_RULE = (
    "a folder's name has 1 to 100 of the letters a to z, digits, dots, hyphens and underscores, "
    "and begins and ends with a letter or digit"
)
_MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Notebook:
    """A notebook with the parameters that it declares."""

    path: Path
    declared: Mapping[str, Parameter]


@dataclass(slots=True)
class _Plan:
    """The jobs and the faults found so far."""

    output: Path
    formats: tuple[str, ...]
    style: ReportStyle | None
    jobs: list[Job] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    notebooks: dict[str, _Notebook] = field(default_factory=dict)

    def fault(self, where: str, message: object) -> None:
        self.faults[f"{where}: {message}" if where else str(message)] = None


def plan_jobs(
    documents: str | Path | Iterable[str | Path] = DEFAULT_DOCUMENT,
    notebooks: str | Path | Iterable[str | Path] = DEFAULT_NOTEBOOKS,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    style: ReportStyle | None = None,
) -> list[Job]:
    """Return the jobs of a call, every document by every notebook, all checked.

    Parameters
    ----------
    documents : str, Path or iterable of them
        Catalogue ids, paths, patterns such as ``"texts/*.txt"``, folders, and job lists in CSV or
        TOML, whose rows name a document each, with its own notebook and parameters.
    notebooks : str, Path or iterable of them
        Names of bundled notebooks and paths of others.
    parameters : mapping of str to object, optional
        Values, or words of the command line; each goes to the notebooks that declare it, and one
        must.
    output_folder : str or Path, optional
        The folder of all reports.
    formats : iterable of str
        The formats: ``html``, ``pdf``, ``docx``, ``latex`` and ``figures``.
    style : ReportStyle, optional
        The user's own style.

    Raises
    ------
    JobError
        With every fault: where it is, what is wrong and how to correct it.

    Examples
    --------
    >>> [job.name for job in plan_jobs("sco-2013-bishkek", ["themes", "language"])]
    ['sco-2013-bishkek, themes', 'sco-2013-bishkek, language']
    """
    # Not resolved: a folder by a link keeps the name that it was given.
    output = Path(output_folder) if output_folder else reports_folder()
    plan = _Plan(output.absolute(), tuple(formats), style)
    asked = [str(name) for name in _as_list(notebooks)]
    for name in dict.fromkeys(name for name in asked if asked.count(name) > 1):
        plan.fault("", f"notebook {name!r} is named twice; delete one")
    given = dict(parameters or {})
    rows = list(_rows(_as_list(documents), plan))
    _read_notebooks(plan, rows, asked)
    _check_names(plan, rows, given)
    for row in rows:
        _add_jobs(plan, row, asked, given)
    if not plan.jobs and not plan.faults:
        plan.fault("", "there is no report to make; name a document and a notebook")
    if plan.faults:
        from sco_research.runs.checks import input_faults

        # All in one list, with the faults of the inputs.
        raise JobError([*plan.faults, *map(str, input_faults(plan.jobs))])
    return plan.jobs


def _as_list(given: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [given] if isinstance(given, str | Path) else list(given)


def _rows(documents: Sequence[str | Path], plan: _Plan) -> Iterator[JobRow]:
    """Yield a row for every document that is named."""
    for document in documents:
        try:
            yield from _rows_of(document, plan)
        except ScoResearchError as error:
            plan.fault("", error)


def _rows_of(document: str | Path, plan: _Plan) -> Iterator[JobRow]:
    name, path = str(document), Path(document)
    kind = kind_of(name)
    if kind is NameKind.FILE and path.suffix.lower() in LISTS:
        faults: list[str] = []
        yield from read_rows(path, faults)
        plan.faults.update(dict.fromkeys(faults))
    elif kind is NameKind.FOLDER:
        yield from (JobRow(str(source)) for source in files_in(path))
    elif kind is NameKind.PATTERN:
        sources = matches(name)
        yield from (JobRow(source) for source in sources)
        if not sources:
            plan.fault(name, "no file matches this pattern; correct it")
    else:
        # The loader reports a name that stands for nothing.
        yield JobRow(name)


def _read_notebooks(plan: _Plan, rows: Sequence[JobRow], asked: Sequence[str]) -> None:
    """Read every notebook once."""
    sources = dict.fromkeys(asked, "")
    for row in rows:
        if row.notebook:
            sources.setdefault(row.notebook, row.where)
    for name, where in sources.items():
        try:
            path = find_notebook(name)
            declared = parameters_of(path)
        except ScoResearchError as error:
            plan.fault(where, error)
            continue
        if "document_id" not in declared:
            plan.fault(str(path), "it declares no parameter document_id; add it")
        plan.notebooks[name] = _Notebook(path, declared)


def _check_names(plan: _Plan, rows: Sequence[JobRow], given: Mapping[str, object]) -> None:
    """Report each parameter that no notebook has."""
    sources = dict.fromkeys(given, "") | {
        name: row.source for row in rows for name in (*row.columns, *row.values)
    }
    notebooks = list(plan.notebooks.values())
    for name, source in sources.items():
        if name in SET_BY_THE_RUN:
            plan.fault(source, f"{name!r} is set by the run; delete it")
        elif notebooks and not any(name in notebook.declared for notebook in notebooks):
            # Name the notebook with a similar parameter, or else the last.
            likely = [item for item in notebooks if closest(name, item.declared)] or notebooks
            notebook = likely[-1]
            plan.fault(source, unknown_parameter(name, notebook.declared, notebook.path))


def _add_jobs(plan: _Plan, row: JobRow, asked: Sequence[str], given: Mapping[str, object]) -> None:
    """Add a row's jobs, or its faults."""
    document_id = _document_id(plan, row)
    names = [row.notebook] if row.notebook else dict.fromkeys(asked)
    notebooks = [plan.notebooks[name] for name in names if name in plan.notebooks]
    for name in row.values:
        if notebooks and not any(name in notebook.declared for notebook in notebooks):
            last = notebooks[-1]
            # One that no notebook at all has is reported already.
            if any(name in notebook.declared for notebook in plan.notebooks.values()):
                plan.fault(row.where, unknown_parameter(name, last.declared, last.path))
    for notebook in notebooks:
        values = _values(plan, row, notebook, {**given, **row.values})
        if document_id:
            job = Job(
                document=row.document,
                document_id=document_id,
                notebook=notebook.path,
                parameters={key: values[key] for key in notebook.declared if key in values},
                output=plan.output,
                folder=row.folder or notebook.path.stem,
                formats=row.formats or plan.formats,
                style=plan.style,
                where=row.where,
            )
            _add(plan, job)


def _document_id(plan: _Plan, row: JobRow) -> str:
    """Return the id of a row's document; an empty one, and a fault, where it can have no report."""
    document_id = ""
    try:
        document_id = document_id_of(row.document)
    except (ScoResearchError, OSError, ValueError) as error:
        plan.fault(row.where, error)
    if row.folder and not _FOLDER_NAME.fullmatch(row.folder):
        short = row.folder if len(row.folder) <= _MAX_SHOWN else f"{row.folder[:_MAX_SHOWN]}…"
        is_reported = any(_FOLDER_RULE in fault for fault in plan.faults)
        rule = "against the same rule" if is_reported else _FOLDER_RULE
        plan.fault(row.where, f"folder {short!r}: {rule}; rename it")
        return ""
    return document_id


def _values(
    plan: _Plan, row: JobRow, notebook: _Notebook, given: Mapping[str, object]
) -> dict[str, object]:
    """Return a notebook's values in their types, and report those that are wrong."""
    values = named_defaults(notebook.path)
    where = f"notebook {notebook.path.stem!r}"
    for name in notebook.declared.keys() & given.keys() - set(SET_BY_THE_RUN):
        parameter, value = notebook.declared[name], given[name]
        try:
            if isinstance(value, str):
                values[name] = parameter.parse(value, where=where)
            else:
                values[name] = parameter.check(value, where=where)
        except ParameterError as error:
            plan.fault(row.where, error)
    return values


def _add(plan: _Plan, job: Job) -> None:
    """Add a job, or a fault where another job has its folder."""
    # Some file systems take names for the same that differ in case or composition.
    key = unicodedata.normalize("NFC", f"{job.document_id}/{job.folder}").casefold()
    if key in plan.targets:
        plan.fault(
            job.where,
            f"{job.document} by {job.notebook.stem} goes to {job.document_id}/{job.folder}, where "
            f"{plan.targets[key]} goes; delete one, or in a job list name a folder for each",
        )
        return
    plan.targets[key] = job.where or job.document
    plan.jobs.append(job)
