"""A report is run again only where something it hangs on is another."""

import io
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sco_research.errors import JobError, SourceError
from sco_research.loaders.web.ledger import Ledger
from sco_research.reports import fingerprints
from sco_research.resources import data_path
from sco_research.runs import checks, staleness
from sco_research.runs.batch import decide, run_batch, run_tasks
from sco_research.runs.job import KEEP, RENDER, RUN, UNCHANGED, Decision, Job, Task
from sco_research.runs.plan import plan_jobs
from sco_research.runs.runner import make_report, run_report
from sco_research.runs.staleness import InputHashes, decide_on

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text, a notebook and the report made of them."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.txt").write_text("We will meet.\n\nWe will act.", encoding="utf-8")
    (folder / "words.toml").write_text("a = 1", encoding="utf-8")
    shutil.copy(NOTEBOOKS / "whole.ipynb", folder)
    run_report(
        folder / "own.txt",
        folder / "whole.ipynb",
        output_folder=folder / "out",
        parameters={"words": [str(folder / "words.toml")]},
    )
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def job_of(study: Path, formats: tuple[str, ...] = ("html",), **parameters: object) -> Job:
    given = {"words": [str(study / "words.toml")], **parameters}
    (job,) = plan_jobs(
        [study / "own.txt"],
        [study / "whole.ipynb"],
        parameters=given,
        output_folder=study / "out",
        formats=formats,
    )
    return job


def decision(study: Path, **options: object) -> Decision:
    job = job_of(study, **options)  # type: ignore[arg-type]
    found = InputHashes()
    return decide_on(job, found.of(job))


def edit_cells(study: Path, kind: str, old: str, new: str) -> None:
    path = study / "whole.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == kind:
            cell["source"] = [line.replace(old, new) for line in cell["source"]]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")


def test_unchanged_is_left_alone_whatever_the_clock_says(study: Path) -> None:
    assert decision(study) == Decision(KEEP, "unchanged")
    for number, path in enumerate(study.rglob("*")):
        os.utime(path, (number, 4_000_000_000 - number))
    assert decision(study).action == KEEP
    before = everything_in(study)
    outcomes = list(run_tasks(decide([job_of(study)])))
    assert [outcome.status for outcome in outcomes] == [UNCHANGED]
    assert everything_in(study) == before


@pytest.mark.parametrize("file", ["own.txt", "words.toml"])
def test_a_changed_input_is_run_again_though_its_clock_is_the_same(study: Path, file: str) -> None:
    path = study / file
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"W", b"w").replace(b"1", b"2"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    found = decision(study)
    assert found.action == RUN
    assert found.why.startswith("changed: ")


@pytest.mark.parametrize("named", ["more", "more/*.txt", "list.csv", "list.toml"])
def test_a_changed_document_of_the_comparison_is_run_again(study: Path, named: str) -> None:
    other = study / "more" / "other.txt"
    other.parent.mkdir()
    other.write_text("We will meet.", encoding="utf-8")
    (study / "list.csv").write_text("file,title\nmore/other.txt,Other\n", encoding="utf-8")
    (study / "list.toml").write_text('[[document]]\nfile = "more/other.txt"\n', encoding="utf-8")
    (job,) = plan_jobs(
        [study / "own.txt"],
        ["comparison"],
        parameters={"others": [str(study / named)]},
        output_folder=study / "out",
    )
    before = InputHashes().of(job)
    assert InputHashes().of(job) == before
    other.write_text("We will part.", encoding="utf-8")
    assert {name for name, key in InputHashes().of(job).items() if key != before[name]} == {
        "parameters"
    }


def test_a_fetched_document_hangs_on_the_page_that_is_kept(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(study / "home"))
    name = "sco-2019-bishkek"

    def plan(document: object, **parameters: object) -> Job:
        (job,) = plan_jobs(
            [str(document)], ["comparison"], parameters=parameters, output_folder=study / "out"
        )
        return job

    with pytest.raises(JobError, match="not fetched yet"):
        plan(name)
    Ledger().keep(name, f"{name}.html", b"<p>The Parties will meet.</p>", url="https://a.invalid/")
    jobs = [plan(name), plan(study / "own.txt", others=[name])]
    before = [InputHashes().of(job) for job in jobs]
    Ledger().keep(name, f"{name}.html", b"<p>The Parties will part.</p>", url="https://a.invalid/")
    for job, key, part in zip(jobs, before, ["document", "parameters"], strict=True):
        assert {item for item, new in InputHashes().of(job).items() if new != key[item]} == {part}


def test_another_parameter_code_or_version_is_run_again(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert decision(study, most=7).why == "changed: a parameter or a file it names"
    edit_cells(study, "code", "Rows:", "Lines:")
    assert decision(study).why == "changed: the notebook's code"
    monkeypatch.setattr(staleness, "versions", lambda: {"python": "2.7", "packages": {}})
    assert decision(study).why == "changed: the notebook's code, a library's version"


def test_a_changed_codebook_or_module_is_run_again(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(data_path(), tmp_path / "data"))
    package = Path(shutil.copytree(fingerprints._PACKAGE, tmp_path / "package"))
    monkeypatch.setattr(fingerprints, "data_path", lambda: data)
    monkeypatch.setattr(fingerprints, "_PACKAGE", package)
    assert decision(study).action == KEEP
    append(data / "codebooks" / "themes.toml")
    assert decision(study).why == "changed: the package's data"
    append(package / "text" / "tokens.py")
    assert decision(study).why == "changed: the package's data, the package's source"


def test_another_document_of_the_catalogue_changes_nothing(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(data_path(), tmp_path / "data"))
    monkeypatch.setattr(fingerprints, "data_path", lambda: data)
    (data / "declarations" / "new.txt").write_text("We will meet.")
    append(data / "catalogue.toml")
    assert decision(study).action == KEEP


def test_what_is_gone_is_made_again(study: Path) -> None:
    (study / "out" / "own" / "whole" / "report.html").unlink()
    assert decision(study) == Decision(RENDER, "missing: report.html")
    (study / "out" / "own" / "whole" / "report.md").write_bytes(b"")
    assert decision(study) == Decision(RUN, "missing: report.md")


def test_what_was_changed_by_hand_is_not_rendered(study: Path) -> None:
    (study / "out" / "own" / "whole" / "report.md").write_text("mine")
    found = decision(study, formats=("html", "latex"))
    assert found == Decision(RUN, "changed: the formats; changed by hand: report.md")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": 3, "outputs": {}, "formats": []}'])
def test_a_broken_record_is_run_again(study: Path, text: str) -> None:
    (study / "out" / "own" / "whole" / "provenance.json").write_text(text)
    assert decision(study).action == RUN


def test_changed_prose_is_only_rendered_and_gives_the_bytes_of_a_run(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = InputHashes()
    # Made here: the report prints the path that it was given.
    first = job_of(study)
    make_report(Task(first, found.of(first), Decision(RUN, "asked for")))
    edit_cells(study, "markdown", "A whole report", "Another title, **bolder**")
    found, job = InputHashes(), job_of(study, formats=("html", "latex"))
    key = found.of(job)
    chosen = decide_on(job, key)
    assert chosen == Decision(RENDER, "changed: the notebook's prose, the formats")
    with monkeypatch.context() as patch:
        # No kernel may start.
        patch.setattr("sco_research.runs.kernels.execute.execute", None)
        assert make_report(Task(job, key, chosen)) == (0, 0)
    rendered = everything_in(job.target)
    assert b"bolder" in rendered["whole.ipynb"]
    make_report(Task(job, key, Decision(RUN, "asked for")))
    again = everything_in(job.target)
    assert {name for name in again if again[name] != rendered[name]} == set()
    assert again.keys() == rendered.keys()
    assert decide_on(job, key).action == KEEP
    assert decide_on(job, key, force=True).action == RUN


def test_figures_are_rendered_from_those_of_an_earlier_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def job_in(folder: str, formats: tuple[str, ...]) -> Job:
        (job,) = plan_jobs(
            ["sco-2013-bishkek"],
            [NOTEBOOKS / "draws-inline.ipynb"],
            output_folder=tmp_path / folder,
            formats=formats,
        )
        return job

    first, job, fresh = (
        job_in("one", ("html",)),
        job_in("one", ("html", "figures")),
        job_in("two", ("html", "figures")),
    )
    key = InputHashes().of(first)
    make_report(Task(first, key, Decision(RUN, "asked for")))
    chosen = decide_on(job, key)
    assert chosen == Decision(RENDER, "changed: the formats")
    with monkeypatch.context() as patch:
        patch.setattr("sco_research.runs.kernels.execute.execute", None)
        make_report(Task(job, key, chosen))
    make_report(Task(fresh, key, Decision(RUN, "asked for")))
    rendered = everything_in(job.target)
    assert {"figures/fig-line.svg", "figures/fig-line.pdf", "figures/fig-line.png"} <= set(rendered)
    assert rendered == everything_in(fresh.target)
    (job.target / "figures" / "fig-line.png").unlink()
    assert decide_on(job, key) == Decision(RENDER, "missing: figures/fig-line.png")
    (job.target / "figures" / "fig-line.svg").unlink()
    assert decide_on(job, key) == Decision(RUN, "missing: figures/fig-line.svg")


def test_a_fault_of_an_input_is_said_before_anything_runs(study: Path) -> None:
    (study / "own.txt").write_bytes(b"   ")
    with pytest.raises(Exception, match="the file is empty"):
        decide([job_of(study)])


def test_every_document_that_cannot_be_read_is_said_before_anything_runs(study: Path) -> None:
    (study / "blank.txt").write_bytes(b" \n")
    (study / "cut.docx").write_bytes(b"PK\x03\x04" + b"word/document.xml" * 9)
    (study / "torn.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    (study / "jobs.csv").write_text(
        "document,notebook,resamples\n"
        "own.txt,whole.ipynb,\nblank.txt,whole.ipynb,\ngone.txt,whole.ipynb,\n"
        "cut.docx,whole.ipynb,\ntorn.pdf,whole.ipynb,\nown.txt,themes,-5\n"
    )
    with pytest.raises(JobError) as error:
        run_batch(study / "jobs.csv", output_folder=study / "new")
    said = sorted(fault.removeprefix(f"{study}/jobs.csv, ") for fault in error.value.faults)
    expected = (
        f"row 3: {study}/blank.txt: the file is empty; save",
        f"row 4: {study}/gone.txt: no such file",
        f"row 5: {study}/cut.docx: this ZIP archive is damaged",
        f"row 6: {study}/torn.pdf: this PDF is truncated or damaged",
        "row 7, parameter 'resamples': bootstrap, resamples -5: take 100 or more",
    )
    assert len(said) == len(expected)
    for fault, beginning in zip(said, expected, strict=True):
        assert fault.startswith(beginning)
    assert not (study / "new").exists()


def test_that_many_pdf_files_take_a_while_is_told(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_PDF_BATCH", 1)
    for name in ("one", "two"):
        (study / f"{name}.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    jobs = plan_jobs([study / "one.pdf", study / "own.txt"], study / "whole.ipynb")
    told: list[str] = []
    assert len(list(checks.input_faults(jobs, on_progress=told.append))) == 1
    assert told == []
    jobs += plan_jobs(study / "two.pdf", study / "whole.ipynb")
    assert len(list(checks.input_faults(jobs, on_progress=told.append))) == 2
    assert told == ["reading 2 PDF files, which takes a while"]


@pytest.mark.parametrize("named", ["gone.txt", "gone/*.txt", "out"])
def test_a_missing_document_of_the_comparison_is_said_before_anything_runs(
    study: Path, named: str
) -> None:
    shutil.rmtree(study / "out")
    (study / "out").mkdir()
    (job,) = plan_jobs(
        [study / "own.txt"],
        ["comparison"],
        parameters={"others": [str(study / named)]},
        output_folder=study / "new",
    )
    with pytest.raises(SourceError, match=r"'others': .*no (such )?file"):
        decide([job])


@pytest.mark.parametrize("listed", [False, True])
def test_a_page_of_the_comparison_that_was_not_fetched_is_said_with_its_row(
    study: Path, monkeypatch: pytest.MonkeyPatch, listed: bool
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(study / "home"))
    (study / "list.toml").write_text('[[document]]\nfile = "sco-2019-bishkek"\n')
    other = study / "list.toml" if listed else "sco-2019-bishkek"
    (study / "jobs.csv").write_text(
        f"document,notebook,others\nown.txt,themes,\nown.txt,comparison,{other}\n"
    )
    with pytest.raises(SourceError, match=r"row 3, parameter 'others': .*not fetched yet"):
        run_batch(study / "jobs.csv", output_folder=study / "new")


def test_a_text_behind_a_link_counts(study: Path) -> None:
    (study / "far").mkdir()
    (study / "far" / "x.txt").write_text("We will meet.")
    (study / "shelf").mkdir()
    (study / "shelf" / "link").symlink_to(study / "far")
    (job,) = plan_jobs(
        study / "own.txt", "comparison", parameters={"others": [str(study / "shelf")]}
    )
    before = InputHashes().of(job)
    (study / "far" / "x.txt").write_text("We will part.")
    assert InputHashes().of(job)["parameters"] != before["parameters"]


def test_a_default_that_names_a_document_is_as_good_as_given(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(study / "home"))
    name = "sco-2019-bishkek"
    edit_cells(study, "code", '["will"]', f'["{name}"]')
    assert plan_jobs(study / "own.txt", study / "whole.ipynb")[0].parameters == {}
    keys_of = []
    for text in (b"<p>The Parties will meet.</p>", b"<p>The Parties will part.</p>"):
        Ledger().keep(name, f"{name}.html", text, url="https://a.invalid/")
        (job,) = plan_jobs(study / "own.txt", study / "whole.ipynb")
        assert job.parameters == {"words": [name]}
        keys_of.append(InputHashes().of(job)["parameters"])
    assert keys_of[0] != keys_of[1]


def test_a_page_that_any_parameter_names_counts(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(study / "home"))
    name, address = "sco-2019-bishkek", "https://a.invalid/"
    # No address is asked for only because a parameter names one.
    job = job_of(study, words=[name, address])
    before = InputHashes().of(job)
    for text in (b"<p>The Parties will meet.</p>", b"<p>The Parties will part.</p>"):
        Ledger().keep(name, f"{name}.html", text, url=address)
        after = InputHashes().of(job)
        assert {item for item in after if after[item] != before[item]} == {"parameters"}
        before = after


def test_a_further_unchanged_report_costs_a_look_at_its_own_files(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = study / "out" / "own" / "whole"
    record = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    (study / "texts").mkdir()
    for place in range(50):
        text = study / "texts" / f"d{place}.txt"
        text.write_text(f"We will meet {place}.", encoding="utf-8")
        target = study / "many" / f"d{place}" / "whole"
        shutil.copytree(report, target)
        # As if each had been made of its own text.
        record["key"]["document"] = staleness._document_hash(str(text))
        (target / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    opened: Counter[str] = Counter()
    really = io.open

    def watched(file: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as io.open has it
        opened[str(file)] += 1
        return really(file, *args, **options)

    def check(number: int) -> int:
        """Check so many reports; return how many files were opened."""
        opened.clear()
        jobs = plan_jobs(
            [study / "texts" / f"d{place}.txt" for place in range(number)],
            [study / "whole.ipynb"],
            parameters={"words": [str(study / "words.toml")]},
            output_folder=study / "many",
        )
        outcomes = list(run_tasks(decide(jobs)))
        assert [outcome.status for outcome in outcomes] == [UNCHANGED] * number
        return opened.total()

    monkeypatch.setattr(io, "open", watched)
    check(1)
    few, many = check(10), check(50)
    # Its text, its record, and the notebook once more for its parameters.
    assert many - few <= 40 * 3
