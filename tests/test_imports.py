"""What is not used is not loaded: a command answers before a library for figures is imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Asks which of the named packages a command or an import has loaded.
ASK = """
import json, sys
{code}
heavy = {{
    "IPython", "matplotlib", "nbformat", "nltk", "openpyxl", "pandas", "papermill", "scipy"
}}
print("\\n" + json.dumps(sorted(heavy & sys.modules.keys())))
"""
COMMAND = """
from sco_research.cli.main import main
sys.argv[1:] = {arguments}
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def loaded(code: str, cwd: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(code=code)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_command_loads_no_library_for_tables_figures_or_notebooks(tmp_path: Path) -> None:
    commands = (
        ["list"],
        ["cite"],
        ["cite", "sco-2013-bishkek", "--style", "bibtex"],
        ["report", "--help"],
    )
    # One after the other in one process: what none has loaded, each has not.
    code = "".join(COMMAND.format(arguments=arguments) for arguments in commands)
    assert loaded(code, tmp_path) == set()


def test_a_document_is_shown_without_a_figure_and_a_notebook(tmp_path: Path) -> None:
    found = loaded(COMMAND.format(arguments=["show", "sco-2013-bishkek"]), tmp_path)
    assert found == {"pandas"}


def test_what_is_unchanged_is_told_without_a_kernel_or_a_figure(tmp_path: Path) -> None:
    found = loaded(COMMAND.format(arguments=["report", "--dry-run"]), tmp_path)
    assert found <= {"pandas"}


TOPICS = ("themes", "commitments", "language", "reliability")


@pytest.mark.parametrize(
    ("modules", "allowed"),
    [
        (("reports.report", *(f"topics.{name}" for name in TOPICS)), {"pandas"}),
        (("runs.runner", "runs.batch"), set()),
    ],
)
def test_modules_load_what_they_need_when_they_need_it(
    tmp_path: Path, modules: tuple[str, ...], allowed: set[str]
) -> None:
    code = "\n".join(f"import sco_research.{module}" for module in modules)
    assert loaded(code, tmp_path) <= allowed


CHECKED = """
from sco_research.metrics.textstat_check import offline_textstat
assert offline_textstat().syllable_count("declaration") == 4
{after}
"""


def test_textstat_is_asked_without_all_of_nltk(tmp_path: Path) -> None:
    assert loaded(CHECKED.format(after=""), tmp_path) == {"pandas"}
    # Whoever uses NLTK then, textstat too, has the whole of it.
    use = "import nltk, textstat.backend.utils._get_cmudict as theirs\n"
    use += "assert theirs.nltk.corpus is nltk.corpus"
    assert "nltk" in loaded(CHECKED.format(after=use), tmp_path)


def test_textstat_is_asked_where_nltk_is_loaded_already(tmp_path: Path) -> None:
    before = "import nltk, textstat\nreader = nltk.corpus.cmudict\n"
    after = "assert nltk.corpus.cmudict is reader"
    assert "nltk" in loaded(before + CHECKED.format(after=after), tmp_path)


WORKER = """
from sco_research.runs.machine import without
with without("pyarrow.fs"):
    import sco_research.runs.kernels.execute
print(sorted({"papermill", "pyarrow", "numpy"} & sys.modules.keys()))
import io, pandas
pandas.DataFrame({"a": [1]}).to_parquet(io.BytesIO())
"""


def test_a_worker_has_papermill_without_pyarrow_and_then_both(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys{WORKER}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == "['papermill']\n"


# Notes what of a process everybody feels, before our modules are imported and after they are used.
STATE = """
import gc, importlib, json, locale, logging, os, pkgutil, signal, sys, threading, warnings
import matplotlib, nltk, papermill, pandas, textstat
from papermill.engines import papermill_engines

def state():
    loggers = logging.root.manager.loggerDict
    return {
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()),
        "loggers": {
            name: (one.level, one.disabled, one.propagate, [*one.filters], [*one.handlers])
            for name, one in [("", logging.root), *loggers.items()]
            if isinstance(one, logging.Logger)
        },
        "warnings": [*warnings.filters],
        "path": [*sys.path],
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "signals": [signal.getsignal(one) for one in signal.valid_signals() if one not in (9, 19)],
        "locale": locale.setlocale(locale.LC_ALL),
        "figures": dict(matplotlib.rcParams),
        "frames": repr(pandas.options),
        "engines": sorted(map(str, papermill_engines._engines)),
        "dictionaries": [*nltk.data.path],
        "threads": threading.active_count(),
        "hooks": (sys.excepthook, sys.displayhook),
    }

before = state()
import sco_research
for found in pkgutil.walk_packages(sco_research.__path__, "sco_research."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
from sco_research.metrics.textstat_check import cross_check
text = "We will fight drugs and open a joint seed bank."
document = sco_research.Document.from_text(text, id="n", language="en")
codings = sco_research.code_themes(document)
assert len(codings) and sco_research.annotate(document, codings)
assert len(sco_research.find_commitments(document)) and len(cross_check(document))
after = state()
# A library that is imported by us has loggers of its own.
after["loggers"] = {name: after["loggers"][name] for name in before["loggers"]}
print(json.dumps([name for name in before if before[name] != after[name]]))
"""


def test_importing_and_using_the_package_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STATE], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
