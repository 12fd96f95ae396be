"""Every fault of a call is named before anything runs, with its row and the mend."""

from pathlib import Path

import pytest

from sco_research.errors import JobError
from sco_research.runs.job import Job
from sco_research.runs.plan import plan_jobs

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"
WHOLE = NOTEBOOKS / "whole.ipynb"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("We will meet.")
    return tmp_path


def plan(study: Path, *documents: object, **options: object) -> list[Job]:
    return plan_jobs(
        [str(name) for name in documents],
        options.pop("notebooks", [WHOLE]),  # type: ignore[arg-type]
        output_folder=study / "out",
        **options,  # type: ignore[arg-type]
    )


def faults(study: Path, *documents: object, **options: object) -> tuple[str, ...]:
    with pytest.raises(JobError) as error:
        plan(study, *documents, **options)
    assert not (study / "out").exists()
    return error.value.faults


def test_ids_paths_patterns_and_folders_name_documents(study: Path) -> None:
    expected = [str(study / "a.txt"), str(study / "b.txt")]
    for documents in ((study,), (study / "*.txt",), (study / "a.txt", study / "b.txt")):
        assert [job.document for job in plan(study, *documents)] == expected
    (job,) = plan(study, "sco-2013-bishkek")
    assert job.target == study / "out" / "sco-2013-bishkek" / "whole"


def test_a_csv_list_gives_each_row_its_parameters(study: Path) -> None:
    table = study / "jobs.csv"
    table.write_text(
        "document,notebook,folder,formats,level,words,most\n"
        'a.txt,,,,paragraph,"shall, must",5\n'
        "sco-2013-bishkek,language,fine,html,,2013,\n"
        "\n"
    )
    one, two = plan(study, table)
    assert (one.document, one.notebook, one.folder) == (str(study / "a.txt"), WHOLE, "whole")
    assert one.parameters == {"level": "paragraph", "words": ["shall", "must"], "most": 5}
    assert (two.notebook.stem, two.folder, two.formats) == ("language", "fine", ("html",))
    assert two.parameters == {"words": ["2013"]}


def test_a_toml_list_is_the_same(study: Path) -> None:
    table = study / "jobs.toml"
    table.write_text(
        '[[job]]\ndocument = "a.txt"\nformats = ["html", "pdf"]\n'
        'parameters = {words = ["shall"], most = 5}\n'
    )
    (job,) = plan(study, table)
    assert job.parameters == {"words": ["shall"], "most": 5}
    assert job.formats == ("html", "pdf")


def test_a_parameter_goes_to_the_notebooks_that_have_it(study: Path) -> None:
    jobs = plan(
        study, study / "a.txt", notebooks=["themes", "language"], parameters={"window": "9"}
    )
    assert [job.parameters for job in jobs] == [{}, {"window": 9}]


def test_all_faults_of_a_list_are_named_at_once(study: Path) -> None:
    table = study / "jobs.csv"
    table.write_text(
        "document,folder,level,lvel\n"
        "a.txt,,chapter,\n"
        "missing.txt,,,\n"
        "a.txt,../out,,\n"
        "a.txt,two words,,\n"
        'a.txt,"""quoted""",,\n'
        "a.txt,бишкек,,\n"
        f"a.txt,{'x' * 300},,\n"
        "b.txt,,,\n"
        "b.txt,,,\n"
        ",y,,\n"
        ",x,,\n"
        "b.txt,,\n"
        f"{'y' * 300}.txt,,,\n"
        "b.txt,ok,,section\n"
    )
    found = faults(study, table)
    expected = {
        2: "'chapter' is not one of 'section', 'paragraph'",
        3: "missing.txt: no such file",
        4: "folder '../out': a folder's name has 1 to 100 of the letters",
        5: "folder 'two words': against the same rule; rename it",
        6: "folder '\"quoted\"'",
        7: "folder 'бишкек'",
        8: "folder 'xxxx",
        10: f"goes to b/whole, where {table}, row 9 goes; delete one",
        11: "it names no document; give an id or a path",
        12: "it names no document; give an id or a path",
        13: "it has 3 cells, the header 4; make them equal",
        14: f"{'y' * 40}…: cannot be read (File name too long); mend the name",
    }
    for row, message in expected.items():
        assert any(f"row {row}: " in fault and message in fault for fault in found), (row, found)
    assert any("unknown parameter 'lvel'; did you mean 'level'?" in fault for fault in found)
    assert len(found) == len(expected) + 1
    # The rule is said once.
    assert sum("1 to 100" in fault for fault in found) == 1
    # A row's second fault, too, and a column with nothing in it.
    table.write_text("document,level,mots\nmissing.txt,chapter,\na.txt,,\n")
    found = faults(study, table)
    assert len(found) == 3
    assert any("unknown parameter 'mots'; did you mean 'most'?" in fault for fault in found)
    assert sum("row 2: " in fault for fault in found) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("document,most\n", "holds no job; add a row"),
        ("", "no column is called 'document'"),
        ("title\nx\n", "no column is called 'document'"),
        ("document,most,most\na.txt,1,2\n", "column 'most' is named twice"),
        ('document\n"a.txt\n', "correct the file"),
        ("document,document_id\na.txt,x\n", "'document_id' is set by the run; delete it"),
        ("document,formats\na.txt,odt\n", "choose of html, pdf, docx, latex"),
        ("document,notebook\na.txt,thems\n", "row 2: notebook 'thems' is unknown; did you mean"),
        ("document;notebook\na.txt;themes\n", "separated by semicolons: save it with commas"),
        ("id,text\n1,We will meet.\n", "a table of texts to sco-research corpus"),
    ],
)
def test_a_broken_csv_list_is_said(study: Path, text: str, complaint: str) -> None:
    (study / "jobs.csv").write_text(text)
    assert any(complaint in fault for fault in faults(study, study / "jobs.csv"))


def test_a_list_in_another_encoding_is_said(study: Path) -> None:
    (study / "jobs.csv").write_bytes("document,words\na.txt,schön\n".encode("latin-1"))
    (fault,) = faults(study, study / "jobs.csv")
    assert fault.endswith("the file is not UTF-8; save it as UTF-8")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no job"),
        ("[[job]", "correct the file"),
        ("jobs = 3", "unknown key 'jobs'"),
        ('[[job]]\ndocument = "a.txt"\nlevel = "section"', "unknown key 'level'"),
        ('[[job]]\ndocument = "a.txt"\nparameters = 3', "not a table"),
        ('[[job]]\ndocument = "a.txt"\nparameters = {most = "many"}', "not a whole number"),
    ],
)
def test_a_broken_toml_list_is_said(study: Path, text: str, complaint: str) -> None:
    (study / "jobs.toml").write_text(text)
    assert any(complaint in fault for fault in faults(study, study / "jobs.toml"))


def test_two_documents_of_one_name_are_refused(study: Path) -> None:
    (study / "deep").mkdir()
    (study / "deep" / "A.txt").write_text("Other.")
    (fault,) = faults(study, study / "a.txt", study / "deep" / "A.txt")
    assert "goes to A/whole" in fault


@pytest.mark.parametrize(
    ("documents", "options", "complaint"),
    [
        ((), {}, "there is no report to make"),
        (("none*.txt",), {}, "no file matches this pattern"),
        (("sco-2013-bishkek",), {"notebooks": ["themes", "themes"]}, "is named twice"),
        (("sco-2013-bishkek",), {"parameters": {"mst": 1}}, "did you mean 'most'"),
        (("../../etc/passwd.txt",), {}, "no such file"),
        (("a\0b",), {}, "cannot be read"),
    ],
)
def test_a_wrong_call_is_refused(
    study: Path, documents: tuple[str, ...], options: dict[str, object], complaint: str
) -> None:
    assert any(complaint in fault for fault in faults(study, *documents, **options))


def test_nothing_is_written_outside_the_output_folder(study: Path) -> None:
    strange = study / "..hidden name;$(x) “q”.txt"
    strange.write_text("We will meet.")
    (job,) = plan(study, strange)
    assert job.target.resolve().is_relative_to(study / "out")
    assert job.partial.resolve().is_relative_to(study / "out")
    assert job.target.relative_to(study / "out").parts == ("hidden-name-x-q", "whole")
