"""A report is called reproduced when every byte is the same, from the same inputs."""

import json
import shutil
from pathlib import Path

import pytest

from sco_research.errors import ScoResearchError, SourceError
from sco_research.reports import fingerprints
from sco_research.reports.fingerprints import file_hash
from sco_research.reports.provenance import codebook_records
from sco_research.resources import data_path
from sco_research.runs.batch import decide, run_tasks
from sco_research.runs.job import KEEP, MADE, RUN, Job
from sco_research.runs.plan import plan_jobs
from sco_research.runs.runner import run_report
from sco_research.runs.staleness import InputHashes, decide_on
from sco_research.runs.verify import _differences, reports_in, verify
from tests.executors import InThisThread

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text, a notebook and the report made of them."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.txt").write_text("We will meet.\n\nWe will act.", encoding="utf-8")
    shutil.copy(NOTEBOOKS / "whole.ipynb", folder)
    run_report(folder / "own.txt", folder / "whole.ipynb", output_folder=folder / "reports")
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def report_of(study: Path) -> Path:
    return reports_in(study)[0]


def change(report: Path, **values: object) -> None:
    path = report / "provenance.json"
    record = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps(record), encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(study: Path) -> None:
    found = verify(report_of(study), inputs=study)
    assert found.reproduced
    assert (found.differences, found.causes) == ((), ())
    assert found.files > 5


def test_a_changed_cell_is_named(study: Path) -> None:
    table = report_of(study) / "tables" / "tbl-rows.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    first, rest = rows[1].split(",", 1)
    table.write_text("\n".join([rows[0], f"{first}x,{rest}", *rows[2:], ""]), encoding="utf-8")
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    (difference,) = found.differences
    assert difference.startswith("tables/tbl-rows.csv: was changed by hand, row 1, column")


def test_another_version_explains_another_output(study: Path) -> None:
    report = report_of(study)
    record = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    change(
        report,
        packages={**record["packages"], "pandas": "0.1"},
        outputs={**record["outputs"], "report.html": "0" * 64},
    )
    found = verify(report, inputs=study)
    assert [item.partition(":")[0] for item in found.differences] == ["report.html"]
    assert any(cause.startswith("pandas: was 0.1, is ") for cause in found.causes)


def test_a_changed_input_is_no_reproduction(study: Path) -> None:
    (study / "own.txt").write_text("We will meet.\n\nWe will part.", encoding="utf-8")
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    assert found.causes[0].startswith("document: SHA-256 was")
    assert any(item.startswith("report.md: line ") for item in found.differences)


@pytest.mark.parametrize("name", ["own.txt", "whole.ipynb"])
def test_a_missing_input_is_said(study: Path, name: str) -> None:
    (study / name).unlink()
    with pytest.raises(SourceError, match=rf"{name}' is missing.*--inputs"):
        verify(report_of(study), inputs=study)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"outputs": 3}', '{"outputs": {}}'])
def test_a_broken_provenance_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "provenance.json").write_text(text)
    with pytest.raises(SourceError, match="cannot be read"):
        verify(tmp_path)


def test_a_folder_without_reports_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no report"):
        reports_in(tmp_path)


def test_bundled_codebooks_and_reference_codings_are_found(study: Path) -> None:
    record = codebook_records(["themes", data_path("reference", "themes-protocol.md")])
    change(report_of(study), codebooks=record)
    assert verify(report_of(study), inputs=study).causes == ()


def test_a_number_changed_in_table_and_provenance_alike_is_found(study: Path) -> None:
    report = report_of(study)
    table = report / "tables" / "tbl-rows.csv"
    text = table.read_text(encoding="utf-8").replace("We will meet.", "We will not meet.")
    table.write_text(text, encoding="utf-8")
    record = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    hashed = {**record["outputs"], "tables/tbl-rows.csv": file_hash(table)}
    change(report, outputs=hashed)
    found = verify(report, inputs=study)
    assert not found.reproduced
    assert "is 'We will meet." in next(item for item in found.differences if ".csv" in item)


@pytest.mark.parametrize("name", ["report.html", "tables/tbl-rows.parquet", "whole.ipynb"])
def test_a_byte_changed_in_any_file_is_found(study: Path, name: str) -> None:
    path = report_of(study) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    assert [item.partition(":")[0] for item in found.differences] == [name]


def test_a_figure_is_called_a_figure(tmp_path: Path) -> None:
    for place, data in (("old", b"one"), ("new", b"two")):
        (tmp_path / place / "figures").mkdir(parents=True)
        (tmp_path / place / "figures" / "fig-a.png").write_bytes(data)
    name = "figures/fig-a.png"
    hashed = {name: file_hash(tmp_path / "old" / name)}
    (found,) = _differences(hashed, tmp_path / "old", tmp_path / "new")
    assert found == f"{name}: the figure's bytes differ"


@pytest.mark.parametrize("name", ["provenance.json", "ro-crate-metadata.json"])
def test_a_changed_record_is_found(study: Path, name: str) -> None:
    path = report_of(study) / name
    text = path.read_text(encoding="utf-8")
    other = text.replace("MIT License", "Mine").replace('"title": "own"', '"title": "x"')
    assert other != text
    path.write_text(other, encoding="utf-8")
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    assert any(item.startswith(f"{name}: was changed by hand, line") for item in found.differences)


def test_a_changed_codebook_of_ones_own_is_named(study: Path) -> None:
    (study / "mine.toml").write_text("name = 'mine'", encoding="utf-8")
    record = codebook_records([study / "mine.toml"])
    change(report_of(study), codebooks=record)
    (study / "mine.toml").write_text("name = 'other'", encoding="utf-8")
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    assert found.causes[0].startswith("codebook mine.toml: SHA-256 was")
    (study / "mine.toml").unlink()
    found = verify(report_of(study), inputs=study)
    assert not found.reproduced
    assert found.causes[0].endswith("is missing")


def test_other_code_of_our_own_is_named(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "package_hash", lambda: "another")
    found = verify(report_of(study), inputs=study)
    assert found.reproduced
    assert found.causes == ("sco_research: its own code has changed",)


PROFILE = """id = "lake-league"
label = "Lake League"
[sources]
pact = "Lake Pact, 2001"
[[names]]
words = ["Lake League"]
source = "pact"
[[members]]
states = ["Japan"]
since = 2001
source = "pact"
"""


def issued_by_a_league(folder: Path) -> tuple[Path, Job]:
    """Return a report on a text whose issuer is a profile of the user's, and its job."""
    notebook = json.loads((NOTEBOOKS / "whole.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells[1]["source"] = [*cells[1]["source"], '\norganization: str = ""  # who issues it']
    cells[2]["source"] = [
        line.replace("(document_id)", "(document_id, organization=organization)")
        for line in cells[2]["source"]
    ]
    (folder / "whole.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "own.txt").write_text("We will meet.", encoding="utf-8")
    (folder / "league.toml").write_text(PROFILE, encoding="utf-8")
    (job,) = plan_jobs(
        [folder / "own.txt"],
        [folder / "whole.ipynb"],
        parameters={"organization": str(folder / "league.toml")},
        output_folder=folder / "reports",
        formats=("html",),
    )
    (outcome,) = run_tasks(decide([job]), executor=InThisThread())
    assert outcome.status == MADE, outcome.why
    return report_of(folder), job


def test_a_changed_profile_makes_a_report_stale_and_is_named(tmp_path: Path) -> None:
    report, job = issued_by_a_league(tmp_path)
    record = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    league = tmp_path / "league.toml"
    assert record["profiles"] == [{"name": "league.toml", "sha256": file_hash(league)}]
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert "league.toml" in [entity.get("name") for entity in crate["@graph"]]
    assert decide_on(job, InputHashes().of(job)).action == KEEP
    assert verify(report, inputs=tmp_path).reproduced

    league.write_text(PROFILE.replace("Japan", "France"), encoding="utf-8")
    assert decide_on(job, InputHashes().of(job)).action == RUN
    found = verify(report, inputs=tmp_path)
    assert not found.reproduced
    assert found.causes[0].startswith("profile league.toml: SHA-256 was ")


def test_a_profile_that_is_missing_is_named(tmp_path: Path) -> None:
    report, _ = issued_by_a_league(tmp_path)
    (tmp_path / "league.toml").unlink()
    with pytest.raises(
        ScoResearchError, match=r"league\.toml.*profile league\.toml: .* is missing"
    ):
        verify(report, inputs=tmp_path)


def test_the_user_s_own_profiles_that_are_known_by_id_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(tmp_path / "home"))
    _, job = issued_by_a_league(tmp_path)
    before = InputHashes().of(job)
    own = tmp_path / "home" / "organizations" / "river-league.toml"
    own.parent.mkdir(parents=True)
    own.write_text(PROFILE.replace("lake-league", "river-league"), encoding="utf-8")
    after = InputHashes().of(job)
    assert {name for name, key in after.items() if key != before[name]} == {"profiles"}
    assert "profiles of organizations" in decide_on(job, after).why
