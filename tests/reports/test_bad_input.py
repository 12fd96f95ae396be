"""What is wrong is said in one line, loses nothing, and stops no other format."""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from sco_research.errors import OutputError, ParameterError, RunError
from sco_research.loaders import load_document
from sco_research.reports.figures import new_figure
from sco_research.reports.folder import staging
from sco_research.reports.markdown import escape
from sco_research.reports.render import FORMATS, complaint
from sco_research.reports.report import Report
from sco_research.reports.report_style import ReportStyle
from sco_research.text.document import Document
from tests.privileges import without_privileges

HOSTILE = '<script>alert(1)</script> $x$ #let [a](b) @key \\input{y} & "q" {#id} ```'


def note(folder: Path, *, title: str = "T") -> Report:
    document = Document.from_text("We meet.\n\nWe act.", id="note", title=title)
    return Report("language", document, title=escape(title), output_folder=folder)


def test_a_file_name_is_text_in_every_format(tmp_path: Path) -> None:
    path = tmp_path / f"{HOSTILE.replace('/', '_')}.txt"
    path.write_text("We will meet.", encoding="utf-8")
    document = load_document(path)
    title = escape(document.metadata.title or path.name)
    report = Report("language", document, title=title, output_folder=tmp_path / "out")
    report.text(escape(path.name))
    report.table(pd.DataFrame({path.name: [1]}), id="tbl-a", caption=escape(path.name))
    report.save(formats=FORMATS)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;_script&gt; $x$ #let [a](b) @key \\input{y}" in page
    assert r"\textbackslash input\{y\}" in (tmp_path / "out" / "report.tex").read_text("utf-8")


def test_500_hostile_characters_are_a_title_in_every_format(tmp_path: Path) -> None:
    title = (HOSTILE * 9)[:500]
    note(tmp_path / "out", title=title).save(formats=FORMATS)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2 * title.count("<script>")


def test_no_format_holds_a_character_that_it_cannot(tmp_path: Path) -> None:
    controls = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]))
    name = f"a{'b'.join(controls)}c"
    document = Document.from_text(f"We meet {name}.\n\nWe act.", id="note", title=name)
    report = Report("language", document, title=name, output_folder=tmp_path, authors=[name])
    report.abstract(f"Found {name}.")
    report.key_figures({name: name})
    report.text(f"Words {name}.")
    report.table(pd.DataFrame({name: [name]}), id="tbl-a", caption=name)
    figure = new_figure()
    figure.add_subplot().set_title(name)
    with pytest.warns(UserWarning, match="missing from font"):
        report.figure(figure, id="fig-a", caption="F.", alt=name)
    report.save(formats=FORMATS)
    ElementTree.parse(tmp_path / "figures" / "fig-a.svg")
    texts = {
        path.name: path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.suffix in (".html", ".md", ".tex", ".svg", ".csv", ".bib", ".ris")
    }
    with zipfile.ZipFile(tmp_path / "report.docx") as word:
        texts |= {part: word.read(part) for part in word.namelist() if part.endswith(".xml")}
    held = {
        name: set(re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", texts[name])) for name in texts
    }
    assert {name: found for name, found in held.items() if found} == {}
    assert (tmp_path / "report.pdf").stat().st_size > 1000
    assert "b\N{SYMBOL FOR DELETE}b" in texts["report.html"].decode()


def test_5000_rows_and_40_columns_have_their_place_in_every_format(tmp_path: Path) -> None:
    report = note(tmp_path / "out")
    report.table(
        pd.DataFrame({f"c{place}": range(5000) for place in range(3)}), id="tbl-long", caption="L."
    )
    wide = pd.DataFrame([[f"word{place}" for place in range(40)]] * 3)
    report.table(wide, id="tbl-wide", caption="W.")
    report.save(formats=FORMATS)
    assert (tmp_path / "out" / "tables" / "tbl-long.csv").read_text("utf-8").count("\n") == 5001
    for kind in FORMATS.values():
        assert 1_000 < (tmp_path / "out" / kind.file).stat().st_size < 3_000_000


def test_without_pandoc_nothing_is_written_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypandoc

    from sco_research.reports import references

    def missing() -> str:
        raise OSError("No pandoc was found")

    # What earlier reports of this session made of it is no help.
    references.method_items.cache_clear()
    references._by_citeproc.cache_clear()
    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    with pytest.raises(RunError, match="pandoc is missing; install the package"):
        note(tmp_path / "out").save(formats=FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_fails_leaves_three_formats_and_the_old_report_goes(
    tmp_path: Path,
) -> None:
    template = tmp_path / "broken.typst"
    template.write_text("#panic()")
    note(tmp_path / "out").save(formats=FORMATS)
    with pytest.raises(RunError, match=r"report\.pdf: typst.*report\.html, report\.docx") as error:
        note(tmp_path / "out").save(formats=FORMATS, style=ReportStyle(typst_template=template))
    assert "\n" not in str(error.value)
    found = {path.name for path in (tmp_path / "out").glob("report.*")}
    # A PDF of an earlier run would be taken for this one's.
    assert found == {"report.md", "report.html", "report.docx", "report.tex"}


@pytest.mark.skipif(os.name != "posix", reason="files have no owners here")
def test_a_read_only_folder_is_said_and_left_alone() -> None:
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        (base / "report").mkdir()
        with staging(base / "report") as folder:
            (folder / "mine.txt").write_text("mine")
        base.chmod(0o555)
        said = pytest.raises(OutputError, match=r"cannot be written.*unchanged")
        try:
            with without_privileges(base), said, staging(base / "report"):
                pass
        finally:
            base.chmod(0o755)
        assert [path.name for path in base.rglob("*")] == ["report", "mine.txt"]


def test_a_look_that_is_something_else_is_said_before_anything_runs(tmp_path: Path) -> None:
    other = tmp_path / "other.csl"
    other.write_text("<book/>")
    with pytest.raises(ParameterError, match=r"other\.csl: this is no style of the Citation"):
        ReportStyle(citation_style=str(other))
    other.write_text("not xml")
    with pytest.raises(ParameterError, match="this is no style of the Citation"):
        ReportStyle(citation_style=str(other))
    with pytest.raises(ParameterError, match=r"--reference-docx .*: this is no Word document"):
        ReportStyle(reference_docx=other)


def test_what_stops_several_formats_alike_is_said_once() -> None:
    error = complaint({"html": "no room", "pdf": "no room", "latex": "lost"}, ["docx", "html"])
    assert str(error) == (
        "report.html, report.pdf: no room; report.tex: lost; written: report.docx"
    )


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    report = note(tmp_path / "out")
    report.text("As nobody says [@nobody1999].")
    with pytest.raises(RunError, match="nobody1999") as error:
        report.save(formats=FORMATS)
    assert str(error.value).count("nobody1999") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_pandoc_that_does_not_start_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sco_research", "cite", "--style", "apa"],
        env={**os.environ, "PYPANDOC_PANDOC": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr == "sco-research: pandoc is missing; install the package pypandoc_binary\n"
