"""The command line, as a person calls it: one line for a mistake, and a status that says whose."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.commands import run_command
from tests.patience import PATIENCE, run_to_its_end, started, wait_until

NOTEBOOKS = Path(__file__).resolve().parent / "fixtures" / "notebooks"
COMMAND = [sys.executable, "-m", "sco_research"]


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run_command(*words, cwd=cwd)


def test_the_version() -> None:
    # In a process from its beginning, as nothing else here.
    done = run_to_its_end([*COMMAND, "--version"], encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "sco-research 0.1.0\n")


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("report",),
        ("corpus",),
        ("list",),
        ("cite",),
        ("verify",),
        ("new",),
        ("check",),
        ("codecheck",),
        ("coding", "sample"),
    ],
)
def test_help_has_an_example(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout


def test_list_names_what_there_is() -> None:
    done = run("list")
    assert done.returncode == 0
    for name in ("sco-2013-bishkek", "commitments", "themes", "flesch_reading_ease"):
        assert name in done.stdout


def test_cite_names_the_database_and_its_leader() -> None:
    done = run("cite", "sco-2013-bishkek")
    assert "TANAKA Akihiko" in done.stdout
    assert "13 September 2013" in done.stdout
    assert run("cite", "sco-2013-bishkek", "--style", "ris").stdout.startswith("TY  - ELEC")
    assert run("cite", "--bibtex").stdout.startswith("@software{sco_research,")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("report", "nofile.txt"), "nofile.txt: no such file"),
        (("report", "notebooks"), "the folder holds no file that a loader reads"),
        (("report", "-n", "thems"), "did you mean 'themes'"),
        (("report", "-n", "language", "-p", "wrds=a"), "unknown parameter 'wrds'"),
        (("report", "-n", "comparison"), "sco-2013-bishkek is alone; name others with"),
        (("report", "README.txt"), "did you mean 'README.md'?"),
        (("report", "-n", "notebooks/thems.ipynb"), "did you mean 'notebooks/themes.ipynb'?"),
        (
            ("report", "-n", "themes", "-p", "codebook=data/codebooks/themes.tml"),
            "codebooks/themes.toml'?",
        ),
        (("report", "--css", "CONTRIBUTING"), "did you mean 'CONTRIBUTING.md'?"),
        (("report", "-p", "a"), "NAME=VALUE"),
        (("report", "-p", "a=1", "-p", "a=2"), "is named twice"),
        (("report", "--format", "odt"), "html, pdf, docx, latex"),
        (("report", "--format", "odt", "--format", "html"), "html, pdf, docx, latex"),
        (("report", "--style", "nosuchstyle"), "no bundled citation style has this name"),
        (("report", "--css", "none.css"), "--css none.css: no such file"),
        (("cite", "--style", "mla"), "text, apa, chicago, bibtex, ris, csl-json"),
        (("verify", "nowhere"), "no report with a provenance.json"),
        (("list", "colours"), "documents, notebooks"),
        (("frobnicate",), "frobnicate"),
        (("report", "--frob"), "--frob"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(words: tuple[str, ...], complaint: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert complaint in done.stderr


def test_a_failed_run_is_one_line_and_status_one(tmp_path: Path) -> None:
    done = run("report", "-n", str(NOTEBOOKS / "cell-fails.ipynb"), "-o", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "division by zero" in done.stderr
    assert list(tmp_path.rglob("*.md")) == []


def test_new_copies_the_notebooks_once(tmp_path: Path) -> None:
    done = run("new", "study", cwd=tmp_path)
    assert done.returncode == 0
    assert {"themes.ipynb", "commitments.ipynb", "language.ipynb"} <= {
        path.name for path in (tmp_path / "study").iterdir()
    }
    again = run("new", "study", cwd=tmp_path)
    assert again.returncode == 1
    assert "not empty" in again.stderr


def _tiny_files() -> None:
    """Let the process write files of 20 kB at most, as a full disk would stop it half-way."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_full_disk_half_way_leaves_nothing_and_is_one_line(tmp_path: Path) -> None:
    # A kernel keeps a history database of its own, which is not what is tested here. Nor is byte
    # code: Python puts a file in place that was cut short, and every later process would read it.
    environment = {
        **os.environ,
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    (tmp_path / "out").mkdir()
    done = run_to_its_end(
        [*COMMAND, "report", "-n", str(NOTEBOOKS / "whole.ipynb"), "-o", str(tmp_path / "out")],
        encoding="utf-8",
        env=environment,
        preexec_fn=_tiny_files,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    left = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    # The notebook as far as it came is small enough, and lies apart.
    assert [path for path in left if "_failed" not in path.parts] == []


def _hears_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_nothing_behind(tmp_path: Path, stop: signal.Signals) -> None:
    with started(
        [*COMMAND, "report", "-n", str(NOTEBOOKS / "whole.ipynb"), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # A shell lets what it starts in the background ignore Ctrl-C, and so would this.
        preexec_fn=_hears_ctrl_c,
    ) as process:

        def is_at_work() -> bool:
            assert process.poll() is None
            # Its working folder stands beside the target while the notebook runs.
            return bool(list(tmp_path.glob("out/sco-2013-bishkek/.whole-*")))

        wait_until(is_at_work, "the report's working folder")
        time.sleep(1)
        os.killpg(process.pid, stop)
        _, complaint = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in complaint
        if stop == signal.SIGKILL:
            # The worker notices that its owner is gone, and tidies up for both.
            wait_until(lambda: not list(tmp_path.glob("out/*")), "an empty output folder")
            return
    assert process.returncode == 130
    assert "stopped" in complaint
    assert list(tmp_path.iterdir()) == []


def test_several_faults_are_told_in_a_line_each(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("", encoding="utf-8")
    done = run("coding", "export", "-d", "one.txt", "-d", "two.txt", cwd=tmp_path)
    assert done.returncode == 2
    head, first, second, *rest = done.stderr.splitlines()
    assert head.startswith("sco-research: ")
    assert (first[:2], second[:2], rest) == ("  ", "  ", [])
    assert ("one.txt" in first, "two.txt" in second) == (True, True)


def test_a_corpus_is_written_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("We will fight drugs.", encoding="utf-8")
    (tmp_path / "texts" / "two.txt").write_text("They met in Osh.", encoding="utf-8")
    (tmp_path / "texts" / "two-again.txt").write_text("They  met in Osh.", encoding="utf-8")
    (tmp_path / "texts" / "void.txt").write_text("", encoding="utf-8")
    (tmp_path / "texts" / "odt.odt").write_bytes(b"PK")
    words = ("corpus", "texts", "-o", "out", "-a", "themes", "--workers", "1")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert "3 documents, 3 of them computed now" in done.stdout
    assert "void.txt" in done.stderr
    assert "1 file of no known form passed over: odt.odt" in done.stderr
    assert "two: the same words as two-again" in done.stderr
    assert done.stderr.strip().endswith("listed in out/faults; the rest is done")
    kept = pd.read_parquet(tmp_path / "out" / "faults").set_index("document_id")
    assert len(kept) == 2
    assert "void.txt" in kept.loc[kept["analysis"] == "loading", "reason"].str.cat()
    assert "two" in kept.index
    assert (tmp_path / "out" / "themes" / "part-000000.parquet").is_file()
    (tmp_path / "texts" / "void.txt").unlink()
    again = run(*words, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "3 documents, 0 of them computed now" in again.stdout
    assert pd.read_parquet(tmp_path / "out" / "faults")["document_id"].tolist() == ["two"]
    wrong = run("corpus", "texts", "-o", "out", "-a", "topics", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "choose from documents, measures" in wrong.stderr


def test_a_new_codebook_can_be_tried_at_once(tmp_path: Path) -> None:
    made = run("new-codebook", "mine.toml", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    (tmp_path / "osh.txt").write_text("They share the waters of the lake.", encoding="utf-8")
    tried = run("codebook", "test", "mine.toml", "osh.txt", cwd=tmp_path)
    assert tried.returncode == 0, tried.stderr
    assert "water, Water: 1 hits in 1 sentences" in tried.stdout
    assert "share the waters; ¶ 1, sentence 1" in tried.stdout
    again = run("new-codebook", "mine.toml", cwd=tmp_path)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert run("new-codebook", "mine.csv", cwd=tmp_path).returncode == 2
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace('label = "', 'lable = "'), encoding="utf-8")
    faulty = run("codebook", "test", "mine.toml", "osh.txt", cwd=tmp_path)
    assert faulty.returncode == 2
    assert faulty.stderr.splitlines()[0] == "sco-research: mine.toml: 2 faults"
    assert faulty.stderr.count("did you mean 'label'?") == 2


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a user's folder with a notebook, far from the package's checkout."""
    for name in ("first", "second"):
        (tmp_path / f"{name}.ipynb").write_bytes((NOTEBOOKS / "whole.ipynb").read_bytes())
    return tmp_path


def test_reports_go_where_one_stands_and_the_page_comes_last(study: Path, checkout: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (checkout / "reports").rglob("*")}
    words = ("report", "-n", "first.ipynb", "-n", "second.ipynb", "-w", "1")
    done = run(*words, cwd=study)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "all reports: reports/index.html"
    assert (study / "reports" / "sco-2013-bishkek" / "first" / "report.html").is_file()
    steps = [line for line in done.stderr.splitlines() if " of 2: " in line]
    assert [step.partition(":")[0] for step in steps] == ["1 of 2", "2 of 2"]
    assert [" left" in step for step in steps] == [True, False]
    again = run(*words[:3], cwd=study)
    assert again.stdout.splitlines()[-1].startswith("sco-2013-bishkek, first: reports/")
    assert {path: path.stat().st_mtime_ns for path in (checkout / "reports").rglob("*")} == before


def test_open_shows_the_page_of_all_reports_in_the_browser(study: Path) -> None:
    seen = study / "seen.txt"
    # A browser is whatever BROWSER names; this one writes down where it was sent.
    browser = f'{sys.executable} -c \'import sys; open("{seen}", "a").write(sys.argv[1])\' %s'
    words = [*COMMAND, "report", "-n", "first.ipynb", "--open"]
    done = run_to_its_end(
        words, encoding="utf-8", cwd=study, env={**os.environ, "BROWSER": browser}
    )
    assert done.returncode == 0, done.stderr
    page = study / "reports" / "sco-2013-bishkek" / "first" / "report.html"
    assert seen.read_text() == page.as_uri()


def test_a_sheet_about_another_text_is_one_line_that_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "osh.txt").write_text("We will fight drugs.", encoding="utf-8")
    exported = run("coding", "export", "-d", "osh.txt", "--format", "csv", cwd=tmp_path)
    assert exported.returncode == 0, exported.stderr
    done = run("coding", "agree", exported.stdout.strip(), cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "the sheet is about osh, and it is read as one about sco-2013-bishkek" in line
    assert "-d" in line


def test_the_shell_completes_names() -> None:
    asked = {"COMP_WORDS": "sco-research report -n com", "COMP_CWORD": "3"}
    done = run_to_its_end(
        COMMAND,
        encoding="utf-8",
        env={**os.environ, **asked, "_SCO_RESEARCH_COMPLETE": "complete_bash"},
    )
    assert done.stdout.split() == ["commitments", "comparison"]


def test_the_bare_command_makes_what_the_readme_shows(checkout: Path) -> None:
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\(reports/sco-2013-bishkek/(\w+)/report.md\)", readme))
    planned = run("report", "--dry-run", "--output", "nowhere").stdout.splitlines()
    assert {line.partition(":")[0].split(", ")[1] for line in planned} == shown


@pytest.mark.parametrize(
    "words",
    [
        ("cite", "x" * 5000),
        ("show", "x" * 5000),
        ("report", "x" * 5000),
        ("verify", "x" * 5000),
        ("new", "x" * 5000),
        ("new-codebook", "x" * 5000),
        ("check", "x" * 5000),
        ("codebook", "test", "x" * 5000, "y" * 5000),
    ],
    ids=lambda words: words[0],
)
def test_a_path_that_cannot_be_is_one_line(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("sco-research: ")
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stderr) < 2000


@pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")
@pytest.mark.parametrize(
    ("redirection", "environment", "status"),
    [
        (">&-", {}, 0),
        ("2>&-", {}, 0),
        ("<&- >&- 2>&-", {}, 0),
        (">/dev/full", {}, 1),
        ("", {"PYTHONIOENCODING": "ascii"}, 0),
        ("", {"PYTHONIOENCODING": "cp1251"}, 0),
        ("", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 0),
        ("", {"LC_ALL": "C"}, 0),
    ],
)
@pytest.mark.parametrize("command", ["show", "cite"])
def test_any_stream_will_do(
    command: str, redirection: str, environment: dict[str, str], status: int, tmp_path: Path
) -> None:
    text = tmp_path / "Бишкек.txt"
    text.write_text("“We will meet” – in Бишкек.", encoding="utf-8")
    line = f"'{sys.executable}' -m sco_research {command} '{text}' {redirection}"
    done = subprocess.run(
        ["/bin/sh", "-c", line], env=os.environ | environment, capture_output=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (status, status)
    assert bool(done.stdout) == (">" not in redirection or redirection == "2>&-")
