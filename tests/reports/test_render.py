"""One report.md, four formats: numbered, linked, described, and the same bytes each time."""

import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pypdfium2
import pytest
from matplotlib.font_manager import FontManager

from sco_research.errors import ParameterError, RunError
from sco_research.reports import figures
from sco_research.reports import render as render_module
from sco_research.reports.embedding import check_citation_style, embedded_page
from sco_research.reports.figures import figure_style, figure_svg, new_figure
from sco_research.reports.markdown import escape
from sco_research.reports.pictures import picture
from sco_research.reports.render import FIGURES, FORMATS, parse_formats, render
from sco_research.reports.report import Report
from sco_research.reports.report_style import ReportStyle, citation_styles
from sco_research.resources import data_path
from sco_research.text.document import Document

HOSTILE = (
    "<script>alert(1)</script> #let x = 1; *b* _i_ $5 $ & % ~ ^ @key [x](y) <label> "
    "\\input{x} \\n // /* `c` {#id} [@nobody] Шанхай 上海合作组织 हि = End."
)


@figure_style()
def filled(folder: Path, *, note: str = HOSTILE, title: str = HOSTILE) -> Report:
    document = Document.from_text(f"{note}\n\n{note}", id="note", title=title, language="en")
    report = Report("language", document, title=escape(title), output_folder=folder)
    report.abstract("See @fig-bars and @tbl-words.")
    report.text(
        f"## Findings\n\n{escape(note)} See @tbl-wide [@flesch1948; @templin1957].^[A note.]\n\n"
        "$$F = \\frac{a}{b}$$"
    )
    frame = pd.DataFrame({"Sentence": ["note:p1.s1"], note: [note], "n": [3]})
    report.table(frame, id="tbl-words", caption=f"Words, {escape(note)}")
    figure = new_figure(height=2)
    figure.subplots().bar([1, 2], [3, 5])
    report.figure(figure, id="fig-bars", caption="Bars.", alt=f"Bars {note}")
    wide = pd.DataFrame({f"c{place}": [place] for place in range(40)})
    report.table(wide, id="tbl-wide", caption="Wide.")
    return report


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "report"
    filled(folder).save(formats=FORMATS)
    return folder


def part_of(docx: Path, name: str) -> str:
    with zipfile.ZipFile(docx) as archive:
        return archive.read(name).decode()


def test_hostile_text_stays_text_in_every_format(whole: Path) -> None:
    page = (whole / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #let x = 1; *b* _i_ $5 $ &amp; % ~ ^ @key" in page
    words = part_of(whole / "report.docx", "word/document.xml")
    assert "[x](y) &lt;label&gt; \\input{x} \\n // /* `c` {#id} [@nobody]" in words
    source = (whole / "report.tex").read_text(encoding="utf-8")
    assert r"\textbackslash input\{x\}" in source
    assert (whole / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_captions_are_numbered_once(whole: Path) -> None:
    source = (whole / "report.tex").read_text(encoding="utf-8")
    assert re.search(r"\\caption\{[^}]*Table 1", source) is None
    assert r"\caption{Wide.}\label{tbl-wide}" in source
    assert r"Table~\ref{tbl-wide}" in source
    assert source.count(r"\label{tbl-wide}") == 1
    words = part_of(whole / "report.docx", "word/document.xml")
    assert words.count("SEQ Table") == 2
    assert words.count("SEQ Figure") == 1
    assert 'w:pStyle w:val="TableCaption"' in words
    page = (whole / "report.html").read_text(encoding="utf-8")
    assert page.count("<strong>Table 2.</strong>") == 1


def test_a_wide_table_is_cut_for_pages_and_scrolls_on_a_screen(whole: Path) -> None:
    source = (whole / "report.tex").read_text(encoding="utf-8")
    widest = max(line.count("&") for line in source.splitlines() if "&" in line)
    assert widest < 40
    assert source.count(r"\begin{longtable}") == 1 + 5
    page = (whole / "report.html").read_text(encoding="utf-8")
    assert page.count('scope="col"') == 3 + 40
    assert page.count('role="region"') == 2


def test_word_shows_the_words_of_a_head_whole(tmp_path: Path) -> None:
    heads = ["Word", "Here", "In sentences", "Others", "Log ratio", "Interval", "Conservative"]
    frame = pd.DataFrame([["recommendations", 1, 2, 3, 4.5, "0.6 to 4.7", 0.1]], columns=heads)
    frame["Changed words"] = "words before and after the words that were changed " * 4
    note = Document.from_text("A note.", id="note")
    report = Report("language", note, title="Note", output_folder=tmp_path)
    report.table(frame, id="tbl-words", caption="Words.")
    report.save(formats=("docx",))
    table = re.findall(
        r"<w:tbl>.*?</w:tbl>", part_of(tmp_path / "report.docx", "word/document.xml"), re.S
    )[-1]
    columns = [int(twips) for twips in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
    assert len(columns) == len(frame.columns)
    # A bold letter of 8.5 points is some 86 twips wide; the margins of a cell are 160.
    for head, text, twips in zip(frame.columns, frame.iloc[0], columns, strict=True):
        words = [*head.split(), *str(text).split()]
        assert 86 * max(map(len, words)) + 160 <= twips, head


def test_alt_text_is_in_every_format(whole: Path) -> None:
    assert 'alt="Bars &lt;script&gt;' in (whole / "report.html").read_text(encoding="utf-8")
    assert 'descr="Bars &lt;script&gt;' in part_of(whole / "report.docx", "word/document.xml")
    assert r"alt={Bars" in (whole / "report.tex").read_text(encoding="utf-8")
    # typst refuses a picture without one in a PDF/UA-1.
    assert b"pdfuaid" in (whole / "report.pdf").read_bytes()


def test_the_same_bytes_at_another_place_under_another_seed(whole: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
        "from test_render import filled; from sco_research.reports.render import FORMATS; "
        "filled(Path(sys.argv[2])).save(formats=FORMATS)"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Bishkek",
        "LC_ALL": "C",
        "LANG": "ru_RU.UTF-8",
        "USER": "other",
        "HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "1",
    }
    subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent), str(tmp_path / "other")],
        env=environment,
        check=True,
        cwd=tmp_path,
    )
    names = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    assert {path.suffix for path in names} >= {".pdf", ".docx", ".tex", ".svg", ".parquet"}
    for name in names:
        assert (whole / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_no_format_tells_where_it_was_made(whole: Path, checkout: Path) -> None:
    for path in sorted(whole.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".docx":
                with zipfile.ZipFile(path) as archive:
                    data = b"".join(archive.read(name) for name in archive.namelist())
            assert str(checkout).encode() not in data, path.name
            assert str(whole.parent).encode() not in data, path.name


def test_one_format_that_fails_leaves_the_others(tmp_path: Path) -> None:
    template = tmp_path / "broken.typst"
    template.write_text("#let x = (\n$body$")
    report = filled(tmp_path / "out")
    with pytest.raises(RunError, match=r"report\.pdf: typst.*written: report\.html") as error:
        report.save(formats=["html", "pdf"], style=ReportStyle(typst_template=template))
    assert "\n" not in str(error.value)
    assert (tmp_path / "out" / "report.html").is_file()
    assert not (tmp_path / "out" / "report.pdf").exists()


def test_where_every_format_fails_nothing_is_written(tmp_path: Path) -> None:
    report = filled(tmp_path / "out")
    report.text("An unknown paper [@nobody1999].")
    with pytest.raises(RunError, match=r"nobody1999.*nothing was written"):
        report.save(formats=["html", "latex"])
    assert list(tmp_path.iterdir()) == []


def test_a_long_title_has_its_place_in_every_format(tmp_path: Path) -> None:
    report = filled(tmp_path / "out", note="We meet.", title="Declaration " * 42)
    report.save(formats=FORMATS)
    assert all((tmp_path / "out" / kind.file).stat().st_size for kind in FORMATS.values())


def test_a_long_table_is_shown_in_part_and_written_whole(tmp_path: Path) -> None:
    document = Document.from_text("We meet.", id="note")
    report = Report("language", document, title="T", output_folder=tmp_path / "out")
    report.table(pd.DataFrame({"n": range(5000)}), id="tbl-long", caption="Long.")
    report.save()
    assert "500 of 5,000 rows" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    table = (tmp_path / "out" / "tables" / "tbl-long.csv").read_text(encoding="utf-8")
    assert table.count("\n") == 5001


def test_a_missing_pandoc_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypandoc

    def missing() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    (tmp_path / "report.md").write_text("x")
    assert "pandoc is missing" in render(tmp_path)["html"]


def test_a_figure_that_cannot_be_drawn_leaves_the_rest_of_the_report(tmp_path: Path) -> None:
    report = filled(tmp_path / "out", note="We meet.")
    figure = new_figure(height=2)
    figure.subplots().set_title("$\\frac{$")
    with pytest.warns(UserWarning, match="figure 'fig-a': the figure cannot be drawn: "):
        report.figure(figure, id="fig-a", caption="Bad.", alt="A fraction")
    report.text("See @fig-a.")
    report.save(formats=[*FORMATS, FIGURES])
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Not shown, because the figure cannot be drawn" in page
    assert "It was to show: A fraction" in page
    assert all((tmp_path / "out" / kind.file).stat().st_size for kind in FORMATS.values())
    kinds = {path.suffix for path in (tmp_path / "out" / "figures").glob("fig-a.*")}
    assert kinds == {".svg", ".pdf", ".png"}


def test_without_the_font_of_other_scripts_a_report_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*parts: str) -> Path:
        return tmp_path / "missing" if parts[0] == "fonts" else data_path(*parts)

    monkeypatch.setattr(figures, "data_path", nowhere)
    monkeypatch.setattr(render_module, "data_path", nowhere)
    figures._families.cache_clear()
    render_module._known.cache_clear()
    try:
        report = filled(tmp_path / "out", note="We meet in 上海.")
        with figure_style():
            figure = new_figure(height=2)
            figure.subplots().set_title("Bishkek 上海")
        with pytest.warns(UserWarning, match="missing from font"):
            report.figure(figure, id="fig-a", caption="A.", alt="A title")
        report.save(formats=("html", "pdf"))
    finally:
        figures._families.cache_clear()
        render_module._known.cache_clear()
    svg = (tmp_path / "out" / "figures" / "fig-a.svg").read_text(encoding="utf-8")
    assert "DejaVuSans-" in svg
    assert "DroidSansFallback-" not in svg
    assert "上海" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(tmp_path / "out" / "report.pdf") as pdf:
        printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "⟨U+4E0A⟩" in printed


DRAWN = """
import hashlib
from sco_research.reports.figures import figure_of_words, figure_svg
print(hashlib.sha256(figure_svg(figure_of_words("Bishkek"))).hexdigest())
"""


@pytest.mark.parametrize("held", ["", "{", '{"_version": "0", "__class__": "FontManager"}'])
def test_a_cache_of_fonts_that_is_not_ours_changes_no_figure(tmp_path: Path, held: str) -> None:
    # matplotlib keeps the list by its version; any may be left by another, or by a killed process.
    name = f"fontlist-v{FontManager.__version__}.json"
    (tmp_path / name).write_text(held, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DRAWN],
        env={**os.environ, "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(figure_svg(figures.figure_of_words("Bishkek"))).hexdigest()
    assert done.stdout.strip() == here


ANNOTATED = """<style>
  /* A colour. */
  mark { color: inherit; }
</style>
<label><input type="checkbox" checked>Ours</label>
<p title="the issuer&#x27;s &lt;own&gt;">"Ours", the issuer's</p>
"""


def test_a_page_holds_what_pandoc_itself_would_embed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = filled(tmp_path / "out", note=f'It\'s "so". {HOSTILE}')
    report.text(
        "`it's \"code\"` $f'(x) = y$\\\n[a](https://a.b/?x='1' \"a 'title'\")\n\n---\n\n> it"
    )
    report.save(formats=())
    pages = []
    # The other way is not taken in silence.
    monkeypatch.setattr(render_module, "_pandoc", counted := Mock(wraps=render_module._pandoc))
    for embedded in (embedded_page, lambda *_: None):
        monkeypatch.setattr(render_module, "embedded_page", embedded)
        assert render(tmp_path / "out", document=ANNOTATED) == {}
        pages.append((tmp_path / "out" / "report.html").read_bytes())
    assert pages[0] == pages[1]
    assert counted.call_count == 3
    assert b"data:image/svg+xml;base64," in pages[0]


@pytest.mark.parametrize("more", ["![A dot](figures/dot.png)", "- [x] done"])
def test_pictures_of_another_kind_and_boxes_are_embedded_too(tmp_path: Path, more: str) -> None:
    filled(tmp_path, note="We meet.").save(formats=())
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"/>'
    (tmp_path / "figures" / "dot.png").write_bytes(picture(svg, "png", dots_per_inch=10))
    source = tmp_path / "report.md"
    source.write_text(f"{source.read_text(encoding='utf-8')}\n\n{more}\n", encoding="utf-8")
    assert render(tmp_path) == {}
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "data:image/svg+xml;base64," in page
    assert ("data:image/png;base64," in page) == ("dot.png" in more)
    assert "figures/" not in page


@figure_style()
def test_a_bold_letter_is_drawn_without_a_complaint(caplog: pytest.LogCaptureFixture) -> None:
    figure = new_figure(height=2)
    figure.subplots().set_title("上海 Bishkek", fontweight="bold", fontstyle="italic")
    assert figure_svg(figure).count(b'id="DroidSansFallback-') == 2
    # A kernel prints what is logged: into its notebook's outputs, and once a process.
    assert caplog.messages == []


@figure_style()
def test_a_figure_has_the_letters_of_its_fonts_whatever_the_machine_has() -> None:
    figure = new_figure(height=2)
    title = figure.subplots().set_title("上海 Шанхай")
    drawn = figure_svg(figure)
    # The outlines of letters are named by their font.
    assert drawn.count(b'id="DroidSansFallback-') == 2
    title.set(fontfamily="No Such Font", text="Шанхай")
    unknown = figure_svg(figure)
    title.set(fontfamily="DejaVu Sans")
    assert figure_svg(figure) == unknown


@pytest.mark.parametrize(
    ("formats", "kinds"),
    [
        (("html",), {".svg"}),
        (("html", "pdf"), {".svg"}),
        (("docx",), {".svg", ".png"}),
        (("latex",), {".svg", ".pdf"}),
        (("html", FIGURES), {".svg", ".pdf", ".png"}),
    ],
)
def test_figures_are_written_in_the_forms_that_are_asked_for(
    tmp_path: Path, formats: tuple[str, ...], kinds: set[str]
) -> None:
    filled(tmp_path / "out", note="We meet.").save(formats=formats)
    record = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    named = {name for name in record["outputs"] if name.startswith("figures/")}
    assert named == {f"figures/fig-bars{kind}" for kind in kinds}
    assert {path.suffix for path in (tmp_path / "out" / "figures").iterdir()} == kinds
    assert record["formats"] == list(formats)


def test_a_figure_has_one_size_in_every_form(tmp_path: Path) -> None:
    filled(tmp_path / "out", note="We meet.").save(formats=[FIGURES])
    figures = tmp_path / "out" / "figures"
    width, height = struct.unpack(">II", (figures / "fig-bars.png").read_bytes()[16:24])
    assert (width, height) == (6.5 * 300, 2 * 300)
    with pypdfium2.PdfDocument(figures / "fig-bars.pdf") as pdf:
        assert pdf[0].get_size() == (6.5 * 72, 2 * 72)


def test_a_picture_that_cannot_be_read_stops_only_what_needs_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    filled(folder, note="We meet.").save()
    (folder / "figures" / "fig-bars.svg").write_text("no picture")
    failures = render(folder, ["html", "docx", FIGURES])
    assert failures.keys() == {"docx", FIGURES}
    assert "figures/fig-bars.svg: typst cannot read the picture" in failures[FIGURES]


@pytest.mark.parametrize("words", ["", "odt", "html,odt", ","])
def test_an_unknown_format_names_the_known(words: str) -> None:
    with pytest.raises(ParameterError, match="html, pdf, docx, latex"):
        parse_formats(words)


@pytest.mark.parametrize(
    ("style", "complaint"),
    [("chicago-author-dte", "did you mean 'chicago-author-date"), ("no/such.csl", "no such file")],
)
def test_an_unknown_style_is_said(style: str, complaint: str) -> None:
    with pytest.raises(ParameterError, match=complaint):
        ReportStyle(citation_style=style)


def test_a_style_by_name_changes_the_references(tmp_path: Path) -> None:
    filled(tmp_path / "out", note="We meet.", title="T").save(
        style=ReportStyle(citation_style="ieee")
    )
    assert "[1]" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", citation_styles())
def test_every_bundled_style_has_rules_of_its_own_and_its_licence(name: str) -> None:
    found = ReportStyle(citation_style=name).csl()
    assert found is not None
    # One that only renames another would make pandoc ask the network.
    check_citation_style(found)
    assert "creativecommons.org/licenses/by-sa/3.0" in found.read_text(encoding="utf-8")


def test_a_missing_look_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"--reference-docx .*no such file"):
        ReportStyle(reference_docx=tmp_path / "none.docx")


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_latex_sets_hostile_text_of_any_script(engine: str, whole: Path, tmp_path: Path) -> None:
    if shutil.which(engine) is None or (engine == "lualatex" and not _has_lua_fonts()):
        pytest.skip(f"{engine} is not on this machine")
    shutil.copytree(whole / "figures", tmp_path / "figures")
    shutil.copy(whole / "report.tex", tmp_path)
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "report.pdf").is_file()


def _has_lua_fonts() -> bool:
    done = subprocess.run(["kpsewhich", "luaotfload-main.lua"], capture_output=True, check=False)
    return done.returncode == 0


def test_latex_says_what_each_letter_needs(whole: Path) -> None:
    source = (whole / "report.tex").read_text(encoding="utf-8")
    assert source.startswith("% Run XeLaTeX, LuaLaTeX or pdfLaTeX on this file")
    # Each once, whatever pdfLaTeX has for it.
    assert source.count(r"\codepoint{0428}{Ш}") == source.count(r"\codepoint{4E0A}{上}") == 1
    assert r"\floatplacement{figure}{H}" in source


def test_what_a_column_cannot_fill_goes_to_long_heads(tmp_path: Path) -> None:
    document = Document.from_text("We met.", id="note")
    report = Report("language", document, title="T", output_folder=tmp_path / "out")
    heads = [f"Out of sample {place}: a head of many short words" for place in range(3)]
    frame = pd.DataFrame(
        {"Taken out": ["rules of relative and subordinate clauses"], **dict.fromkeys(heads, 0.5)}
    )
    report.table(frame, id="tbl-heads", caption="From valley-2012, ¶ 2.")
    report.save(formats=["latex"])
    source = (tmp_path / "out" / "report.tex").read_text(encoding="utf-8")
    first, *others = map(float, re.findall(r"\\real\{([\d.]+)\}", source))
    assert len(others) == 3
    assert first < 3 * min(others)
    assert first + sum(others) == pytest.approx(1, abs=0.001)
    assert "valley-2012, ¶~2" in source
