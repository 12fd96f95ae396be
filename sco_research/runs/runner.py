"""Run a notebook on a document and put its report in place."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sco_research.errors import RunError, ScoResearchError
from sco_research.loaders import load_document
from sco_research.reports import provenance
from sco_research.reports.folder import staging
from sco_research.reports.look import Look
from sco_research.reports.render import LATER, complaint, render_deferred
from sco_research.resources import reports_folder
from sco_research.runs.kernels import kernel_settings
from sco_research.runs.log import log_run
from sco_research.runs.parameters import check_parameters, find_notebook, parameters_of

_INJECTED = "injected-parameters"
_OF_THE_RUN = ("document_id", "output_folder")


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made."""

    document: str
    notebook: Path
    parameters: Mapping[str, object]


def plan_reports(
    documents: Iterable[str], notebooks: Iterable[str], values: Mapping[str, str]
) -> list[Job]:
    """Return the jobs of a call, everything in it checked before the first one starts.

    Parameters
    ----------
    documents : iterable of str
        Catalogue ids and paths.
    notebooks : iterable of str
        Names of bundled notebooks and paths of one's own.
    values : mapping of str to str
        Parameters as words; each goes to the notebooks that declare it, and one must.
    """
    paths = [find_notebook(notebook) for notebook in dict.fromkeys(notebooks)]
    declared = {path: parameters_of(path) for path in paths}
    for name in values:
        if not any(name in known for known in declared.values()):
            # The last notebook's complaint names the valid ones.
            check_parameters(paths[-1], {name: values[name]}, as_text=True)
    jobs = []
    for document in dict.fromkeys(documents):
        for path in paths:
            mine = {name: value for name, value in values.items() if name in declared[path]}
            checked = check_parameters(path, {**mine, "document_id": document}, as_text=True)
            jobs.append(Job(document, path, checked))
    return jobs


def run_report(
    document: str | Path,
    notebook: str | Path,
    *,
    parameters: Mapping[str, object] | None = None,
    output_folder: str | Path | None = None,
    formats: Iterable[str] = ("html",),
    look: Look | None = None,
) -> Path:
    """Run a notebook on a document and write its report.

    Parameters
    ----------
    document : str or Path
        A catalogue id or a path.
    notebook : str or Path
        Name of a bundled notebook, or the path of one's own.
    parameters : mapping of str to object, optional
        Values for the notebook's parameters; checked before anything runs.
    output_folder : str or Path, optional
        Reports go to ``<output_folder>/<document id>/<notebook>``; the default is ``reports``.
    formats : iterable of str
        Of ``html``, ``pdf``, ``docx`` and ``latex``.
    look : Look, optional
        Citation style and files of one's own in the place of the house's look.

    Returns
    -------
    Path
        The report's folder: ``report.md``, ``report.html``, ``tables``, ``figures``, the executed
        notebook and ``provenance.json``.

    Raises
    ------
    ParameterError
        Where a parameter has a wrong name, type or choice.
    SourceError
        Where the document or the notebook cannot be read.
    RunError
        Where a cell of the notebook stops, and nothing is written; or where a format cannot be
        rendered, and the others are written.
    OutputError
        Where the folder cannot be written; what was there is unchanged.

    Examples
    --------
    >>> run_report("sco-2013-bishkek", "themes")  # doctest: +SKIP
    PosixPath('reports/sco-2013-bishkek/themes')
    """
    path = find_notebook(notebook)
    given = {**(parameters or {}), "document_id": str(document)}
    checked = check_parameters(path, given)
    document_id = load_document(document).id
    base = Path(output_folder) if output_folder else reports_folder()
    target = base.resolve() / document_id / path.stem
    wanted = tuple(formats)
    started, start = datetime.now(UTC), monotonic()
    with staging(target) as folder:
        (folder / LATER).touch()
        executed = _execute(path, {**checked, "output_folder": str(folder)}, where=document_id)
        if not (folder / "report.md").is_file():
            raise RunError(
                f"{document_id}, {path.stem}: it made no report; end it with report.save()"
            )
        failures = render_deferred(folder, wanted, look=look)
        if failures and set(failures) == set(wanted):
            raise _failed(document_id, path, failures, wanted)
        _write_notebook(executed, folder / f"{path.stem}.ipynb", checked)
        provenance.complete(
            folder,
            notebook=path,
            run=_run_record(document, parameters or {}),
            formats=[name for name in wanted if name not in failures],
            look=look.record() if look else None,
        )
    log_run(base, report=f"{document_id}/{path.stem}", started=started, seconds=monotonic() - start)
    if failures:
        raise _failed(document_id, path, failures, wanted)
    return target


def _run_record(document: str | Path, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return what a run was given, to run it again; of a path the file's name."""
    given = {name: value for name, value in parameters.items() if name not in _OF_THE_RUN}
    return {"document": Path(document).name, "parameters": provenance.portable(given)}


def _failed(
    document_id: str, notebook: Path, failures: Mapping[str, str], wanted: Iterable[str]
) -> RunError:
    return RunError(f"{document_id}, {notebook.stem}: {complaint(failures, wanted)}")


def _execute(notebook: Path, parameters: dict[str, object], *, where: str) -> Any:  # noqa: ANN401
    """Run a notebook by papermill, and return it with its outputs."""
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    # The parameters have been checked; papermill's own reading of them warns of every Literal.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        with kernel_settings() as settings:
            return papermill.execute_notebook(
                str(notebook),
                None,
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                shutdown_kernel="immediate",
                config=settings,
            )
    except PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
        ours = {item.__name__ for item in _all_errors(ScoResearchError)}
        if error.ename in ours:
            reason = str(error.evalue)
        # The cell that papermill puts in stands before any that can fail: its index, from 0, is
        # the cell's number, from 1, in the notebook as it was.
        raise RunError(
            f"{where}, {notebook.stem}: cell {error.cell_index} stopped: {reason}"
        ) from None
    except DeadKernelError:
        raise RunError(
            f"{where}, {notebook.stem}: the kernel died, perhaps for want of memory; run it again"
        ) from None


def _all_errors(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(item for child in base.__subclasses__() for item in _all_errors(child))]


def _write_notebook(
    executed: Any,  # noqa: ANN401 - nbformat has no types
    target: Path,
    parameters: Mapping[str, object],
) -> None:
    """Write an executed notebook without the hour, the host and the folder in it."""
    import nbformat

    names = {**provenance.portable(parameters), "output_folder": ""}
    moved = {name: text for name, text in names.items() if text != parameters.get(name)}
    executed.metadata.pop("papermill", None)
    # Another Python of the same series computes the same; the provenance names the one used.
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
