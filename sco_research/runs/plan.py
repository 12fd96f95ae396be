"""What is asked for → a checked list of jobs, every fault in it named before anything runs."""

import difflib
import glob
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sco_research.errors import JobError, ParameterError, ScoResearchError
from sco_research.loaders import document_id_of, files_in
from sco_research.loaders.catalogue import catalogue
from sco_research.loaders.sources import matches
from sco_research.reports.look import Look
from sco_research.resources import reports_folder
from sco_research.runs.job import Job
from sco_research.runs.job_lists import LISTS, Row, read_rows
from sco_research.runs.parameters import (
    Parameter,
    find_notebook,
    named_defaults,
    parameters_of,
)

DEFAULT_DOCUMENT = "sco-2013-bishkek"
DEFAULT_NOTEBOOKS = ("themes", "commitments", "language")
# A folder's name that means the same on every file system, in a shell and in a link.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_FOLDER_RULE = (
    "a folder's name is 1 to 100 of the letters a to z, digits, dots, hyphens and underscores, and "
    "begins and ends with a letter or digit"
)
_SHOWN = 40
_OF_THE_RUN = ("document_id", "output_folder")


@dataclass(slots=True)
class _Plan:
    """Jobs and faults, as they are found."""

    output: Path
    formats: tuple[str, ...]
    look: Look | None
    jobs: list[Job] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    notebooks: dict[str, tuple[Path, Mapping[str, Parameter]]] = field(default_factory=dict)

    def fault(self, where: str, message: object) -> None:
        self.faults[f"{where}: {message}" if where else str(message)] = None


def plan_jobs(
    documents: str | Path | Iterable[str | Path] = DEFAULT_DOCUMENT,
    notebooks: str | Path | Iterable[str | Path] = DEFAULT_NOTEBOOKS,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    look: Look | None = None,
) -> list[Job]:
    """Return the jobs of a call, every document by every notebook, all checked.

    Parameters
    ----------
    documents : str, Path or iterable of them
        Catalogue ids, paths, patterns such as ``"texts/*.txt"``, folders, and job lists in CSV or
        TOML, whose rows name a document each and whatever is particular to it.
    notebooks : str, Path or iterable of them
        Names of bundled notebooks and paths of one's own.
    parameters : mapping of str to object, optional
        Values, or words of the command line; each goes to the notebooks that declare it, and one
        must.
    output_folder : str or Path, optional
        The folder of all reports.
    formats : iterable of str
        The pages to be made.
    look : Look, optional
        The user's own look.

    Raises
    ------
    JobError
        With every fault: where, what and the mend.

    Examples
    --------
    >>> [job.name for job in plan_jobs("sco-2013-bishkek", ["themes", "language"])]
    ['sco-2013-bishkek, themes', 'sco-2013-bishkek, language']
    """
    # Not resolved: a folder by a link is called as it was named.
    output = Path(output_folder) if output_folder else reports_folder()
    plan = _Plan(output.absolute(), tuple(formats), look)
    chosen = [str(name) for name in _listed(notebooks)]
    for name in {name: 0 for name in chosen if chosen.count(name) > 1}:
        plan.fault("", f"notebook {name!r} stands twice; delete one")
    given = dict(parameters or {})
    rows = list(_rows(_listed(documents), plan))
    _check_names(plan, rows, chosen, given)
    for row in rows:
        _add(plan, row, chosen, given)
    if not plan.jobs and not plan.faults:
        plan.fault("", "there is no report to make; name a document and a notebook")
    if plan.faults:
        from sco_research.runs.checks import faults_of

        # All in one list, those of the inputs as well.
        raise JobError([*plan.faults, *map(str, faults_of(plan.jobs))])
    return plan.jobs


def _listed(given: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [given] if isinstance(given, str | Path) else list(given)


def _rows(documents: Sequence[str | Path], plan: _Plan) -> Iterator[Row]:
    """Return a row for every document that is meant."""
    for document in documents:
        name, path = str(document), Path(document)
        try:
            if name in catalogue():
                yield Row(name)
            elif path.suffix.lower() in LISTS and path.is_file():
                faults: list[str] = []
                yield from read_rows(path, faults)
                plan.faults.update(dict.fromkeys(faults))
            elif path.is_dir():
                yield from (Row(str(source)) for source in files_in(path))
            elif glob.has_magic(name) and not path.exists():
                found = matches(name)
                yield from (Row(source) for source in found)
                if not found:
                    plan.fault(name, "no file matches this pattern; mend it")
            else:
                yield Row(name)
        except ScoResearchError as error:
            plan.fault("", error)
        except (OSError, ValueError):
            # A name that can be no path: whoever would read it says why.
            yield Row(name)


def _check_names(
    plan: _Plan, rows: Sequence[Row], chosen: Sequence[str], given: Mapping[str, object]
) -> None:
    """Read every notebook once, and name each parameter that none of them has."""
    sources = dict.fromkeys(chosen, "")
    for row in rows:
        if row.notebook:
            sources.setdefault(row.notebook, row.where)
    for name, where in sources.items():
        try:
            path = find_notebook(name)
            declared: Mapping[str, Parameter] = parameters_of(path)
            if "document_id" not in declared:
                plan.fault(str(path), "it declares no parameter document_id; add it")
            plan.notebooks[name] = (path, declared)
        except ScoResearchError as error:
            plan.fault(where, error)
    asked = dict.fromkeys(given, "") | {
        name: row.source for row in rows for name in (*row.columns, *row.values)
    }
    known = [declared for _, declared in plan.notebooks.values()]
    for name, source in asked.items():
        if name in _OF_THE_RUN:
            plan.fault(source, f"{name!r} is set by the run; delete it")
        elif known and not any(name in declared for declared in known):
            # Of the notebook in which it may be misspelt, or else of the last.
            ordered = reversed(plan.notebooks.values())
            path, declared = max(
                ordered, key=lambda pair: bool(difflib.get_close_matches(name, pair[1]))
            )
            plan.fault(source, _unknown(name, declared, path))


def _unknown(name: str, declared: Mapping[str, Parameter], notebook: Path) -> str:
    mine = [item for item in declared if item not in _OF_THE_RUN]
    close = difflib.get_close_matches(name, mine, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return (
        f"notebook {notebook.stem!r}: unknown parameter {name!r}; {hint}it takes {', '.join(mine)}"
    )


def _add(plan: _Plan, row: Row, chosen: Sequence[str], given: Mapping[str, object]) -> None:
    """Add a row's jobs, or its faults."""
    try:
        document_id = document_id_of(row.document)
    except (ScoResearchError, OSError, ValueError) as error:
        plan.fault(row.where, error)
        document_id = ""
    if row.folder and not _NAME.fullmatch(row.folder):
        short = row.folder if len(row.folder) <= _SHOWN else f"{row.folder[:_SHOWN]}…"
        told = any(_FOLDER_RULE in fault for fault in plan.faults)
        rule = "against the same rule" if told else _FOLDER_RULE
        plan.fault(row.where, f"folder {short!r}: {rule}; rename it")
        document_id = ""
    mine = [row.notebook] if row.notebook else list(dict.fromkeys(chosen))
    known = [name for name in mine if name in plan.notebooks]
    for name in row.values:
        if known and not any(name in plan.notebooks[item][1] for item in known):
            path, declared = plan.notebooks[known[-1]]
            if any(name in others for _, others in plan.notebooks.values()):
                plan.fault(row.where, _unknown(name, declared, path))
    for name in known:
        path, declared = plan.notebooks[name]
        values = {**given, **row.values}
        checked = named_defaults(path)
        for key in declared.keys() & values.keys() - set(_OF_THE_RUN):
            try:
                checked[key] = _checked(declared[key], values[key], path)
            except ParameterError as error:
                plan.fault(row.where, error)
        if not document_id:
            continue
        job = Job(
            row.document,
            document_id,
            path,
            {key: checked[key] for key in declared if key in checked},
            plan.output,
            row.folder or path.stem,
            row.formats or plan.formats,
            plan.look,
            row.where,
        )
        _place(plan, job, row.where)


def _checked(parameter: Parameter, value: object, notebook: Path) -> object:
    where = f"notebook {notebook.stem!r}"
    if isinstance(value, str):
        return parameter.parse(value, where=where)
    return parameter.check(value, where=where)


def _place(plan: _Plan, job: Job, where: str) -> None:
    """Add a job where no other has its folder."""
    # Two names that a file system may take for one.
    key = unicodedata.normalize("NFC", f"{job.document_id}/{job.folder}").casefold()
    here = where or job.document
    if key in plan.places:
        plan.fault(
            where,
            f"{job.document} by {job.notebook.stem} goes to {job.document_id}/{job.folder}, where "
            f"{plan.places[key]} goes; delete one, or in a job list name a folder for each",
        )
        return
    plan.places[key] = here
    plan.jobs.append(job)
