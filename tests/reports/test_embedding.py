"""A report embeds files of its own folder and its style's, and nothing asks for anything else."""

import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sco_research.errors import ParameterError, RunError
from sco_research.reports.embedding import check_typst_source, embedded_sheet
from sco_research.reports.render import FORMATS, run_pandoc
from sco_research.reports.report import Report
from sco_research.reports.report_style import TEMPLATES, ReportStyle
from sco_research.text.document import Document

SECRET = "root:secret"
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@dataclass
class Listener:
    """A socket on loopback that counts who calls."""

    socket: socket.socket
    calls: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.calls.append(b"a call")


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener(socket.create_server(("127.0.0.1", 0)))
    thread = threading.Thread(target=found.listen, daemon=True)
    thread.start()
    yield found
    # On some systems closing alone wakes no thread that accepts.
    found.socket.shutdown(socket.SHUT_RDWR)
    found.socket.close()
    thread.join()
    assert found.calls == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of style files, with a secret beside it."""
    (tmp_path / "secret.png").write_text(SECRET)
    inside = tmp_path / "style"
    (inside / "fonts").mkdir(parents=True)
    (inside / "logo.svg").write_text(PIXEL)
    (inside / "fonts" / "own.woff2").write_bytes(b"a font")
    (inside / "notes.txt").write_text(SECRET)
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    return inside


def note(folder: Path) -> Report:
    document = Document.from_text("We meet.", id="note", title="T")
    return Report("language", document, title="T", output_folder=folder)


def sheet(folder: Path, text: str, name: str = "own.css") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_lies_beside_a_sheet_is_in_the_page(folder: Path, tmp_path: Path) -> None:
    sheet(folder, "h2 { background: url('../logo.svg') }", "fonts/more.css")
    path = sheet(
        folder,
        '@import "fonts/more.css" screen; /* mine */ h1 { background: URL(logo.svg#a) }'
        "@font-face { font-family: Own; src: url('fonts/own.woff2') format('woff2') }"
        'p::before { content: "url(http://example.org/) </style><b>" }'
        "a { mask: url(#m); background: url(data:image/png;base64,AAAA) }",
    )
    style = ReportStyle(css=path)
    note(tmp_path / "out").save(style=style)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    own = page.partition("</head>")[0].rpartition("<style")[2]
    assert re.findall(r"url\(\"(data:[^;]+;base64,)[^\"]+?(#a)?\"\)", own) == [
        ("data:image/svg+xml;base64,", "#a"),
        ("data:font/woff2;base64,", ""),
    ]
    assert '@import "data:text/css;base64,' in own
    assert "url(#m)" in own
    assert page.count("<style") == page.count("</style>") == 2
    embedded = style.record()["embedded"]
    assert isinstance(embedded, list)
    assert [item["name"] for item in embedded] == ["more.css", "logo.svg", "own.woff2"]
    (folder / "logo.svg").write_text(PIXEL + " ")
    assert style.record()["embedded"] != embedded


@pytest.mark.parametrize(
    "rule",
    [
        '@import "{address}/a.css";',
        "@import url({address}/a.css);",
        "@import url('{address}/a.css') screen;",
        '@\\69mport "{address}/a.css";',
        "h1 {{ background: url({address}/a.png) }}",
        'h1 {{ background: url("{address}/a.png") }}',
        "h1 {{ background: \\75 rl({address}/a.png) }}",
        "h1 {{ background: url(//127.0.0.1/a.png) }}",
        "h1 {{ background: image-set('{address}/a.png' 1x) }}",
        "h1 {{ --a: '{address}/a.png'; background: image-set(var(--a) 1x) }}",
        "h1 {{ --a: url({address}/a.png) }}",
        "@media screen {{ @font-face {{ src: url({address}/a.woff) }} }}",
        "@import 'data:text/css,@import%20%22{address}%22';",
        "h1 {{ background: url(file:///etc/passwd) }}",
        "h1 {{ background: url(/etc/passwd) }}",
        "h1 {{ background: url('/etc/passwd') }}",
        "h1 {{ background: url(../secret.png) }}",
        "h1 {{ background: url(%2e%2e/secret.png) }}",
        "h1 {{ background: url(fonts/../../secret.png) }}",
        "h1 {{ background: url(link.png) }}",
        "h1 {{ background: url(notes.txt) }}",
        "h1 {{ background: url(none.png) }}",
        '@import "own.css";',
    ],
)
def test_a_sheet_that_leads_out_is_refused(rule: str, folder: Path, listener: Listener) -> None:
    path = sheet(folder, f"p {{}}\n{rule.format(address=listener.address)}")
    with pytest.raises(ParameterError, match=r"own\.css, line 2: .*take this out") as error:
        ReportStyle(css=path)
    assert "\n" not in str(error.value)


def test_a_sheet_that_another_imports_is_checked_too(folder: Path, listener: Listener) -> None:
    sheet(folder, f"h1 {{ background: url({listener.address}) }}", "fonts/more.css")
    with pytest.raises(ParameterError, match=r"more\.css, line 1"):
        embedded_sheet(sheet(folder, '@import "fonts/more.css";'))


def word_document(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(TEMPLATES / "reference.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return path


def relationship(kind: str, target: str) -> str:
    base = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="r" '
        f'Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "frame"])
def test_a_word_document_that_loads_is_refused(
    kind: str, tmp_path: Path, listener: Listener
) -> None:
    part = {"word/_rels/settings.xml.rels": relationship(kind, f"{listener.address}/a")}
    path = word_document(tmp_path / "own.docx", **part)
    with pytest.raises(ParameterError, match=r"own\.docx, word/_rels/.*http.*from elsewhere"):
        ReportStyle(reference_docx=path)


def test_a_link_to_click_in_a_word_document_stays(tmp_path: Path) -> None:
    part = {"word/_rels/header1.xml.rels": relationship("hyperlink", "https://example.org/")}
    ReportStyle(reference_docx=word_document(tmp_path / "own.docx", **part))


@pytest.mark.parametrize(
    "field_code",
    [
        '<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://a"'
        "</w:instrText></w:r>",
        '<w:fldSimple w:instr=" includetext &quot;/etc/passwd&quot; "/>',
        "<w:r><w:instrText>DDEAUTO c:\\\\a b</w:instrText></w:r>",
    ],
)
def test_a_field_that_loads_is_refused(field_code: str, tmp_path: Path) -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = {"word/header1.xml": f'<w:hdr xmlns:w="{name}"><w:p>{field_code}</w:p></w:hdr>'}
    path = word_document(tmp_path / "own.docx", **part)
    with pytest.raises(ParameterError, match=r"own\.docx, word/header1\.xml: it loads"):
        ReportStyle(reference_docx=path)


@pytest.mark.parametrize(
    "link",
    [
        '<link href="{address}/styles/apa" rel="independent-parent"/>',
        "<link rel='independent-parent' href='{address}/styles/apa'></link>",
        '<link rel=" Independent&#45;parent" href="{address}/styles/apa"/>',
    ],
)
def test_a_citation_style_that_refers_to_another_is_refused(
    link: str, tmp_path: Path, listener: Listener
) -> None:
    path = tmp_path / "own.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>T</title>'
        f"{link.format(address=listener.address)}</info></style>"
    )
    with pytest.raises(ParameterError, match=r"own\.csl: .*name that one, as --style apa"):
        ReportStyle(citation_style=str(path))


@pytest.mark.parametrize(
    "partial",
    ["$../secret.png()$", "${ /etc/passwd() }", "${ author:../secret.png() }", "$none()$"],
)
def test_a_partial_lies_beside_its_template(partial: str, folder: Path) -> None:
    path = folder / "own.typst"
    path.write_text(f"$body$\n{partial}")
    with pytest.raises(ParameterError, match=r"own\.typst: the partial .* put it beside"):
        ReportStyle(typst_template=path)
    path.write_text("$part()$ $body$")
    (folder / "part.typst").write_text("= Own")
    ReportStyle(typst_template=path)
    (folder / "part.typst").write_text(partial)
    with pytest.raises(ParameterError, match=r"part\.typst: the partial .* put it beside"):
        ReportStyle(typst_template=path)


@pytest.mark.parametrize(
    "code",
    [
        '#import "@preview/none:1.0.0"',
        '#let a = "@preview/none:1.0.0"\n#import a: b',
        '#import ("@" + "preview/none:1.0.0")',
        '#import "\\u{40}preview/none:1.0.0"',
        '#im$if(title)$port "@preview/none:1.0.0"$endif$',
        '#include "@preview/none:1.0.0"',
        '#eval("imp" + "ort x")',
        '#dictionary(std).at("ev" + "al")("1")',
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        '#image("/etc/passwd")',
    ],
)
def test_a_template_loads_no_package_and_no_file(code: str, tmp_path: Path) -> None:
    path = tmp_path / "own.typst"
    path.write_text(f"{code}\n$body$")
    with pytest.raises(RunError, match=r"report\.pdf: .*own\.typst.*nothing was written"):
        note(tmp_path / "out").save(formats=["pdf"], style=ReportStyle(typst_template=path))
    assert not (tmp_path / "out").exists()


def test_words_of_a_report_are_no_code_of_its_template(tmp_path: Path) -> None:
    path = tmp_path / "own.typst"
    path.write_text((TEMPLATES / "report.typst").read_text(encoding="utf-8"), encoding="utf-8")
    report = note(tmp_path / "out")
    report.text("We import and include what we eval.")
    report.save(formats=["pdf"], style=ReportStyle(typst_template=path))
    check_typst_source('#import "part.typ": a', path)


@pytest.mark.parametrize(
    "prose",
    [
        "![a]({address}/a.png)",
        "![a](/etc/passwd)",
        "![a](../secret.png)",
        "[a]{{src='{address}/a.png'}}",
        "[a]{{data-src='{address}/a.png'}}",
        "[a]{{style='background: url({address}/a.png)'}}",
        "[a]{{onclick='x()'}}",
        "::: {{poster='{address}'}}\na\n:::",
        "# Head {{src='{address}'}}",
        "| a |\n|---|\n| ![a]({address}/b.png) |",
    ],
)
def test_prose_that_loads_is_refused(prose: str, tmp_path: Path, listener: Listener) -> None:
    (tmp_path / "secret.png").write_text(SECRET)
    report = note(tmp_path / "out")
    report.text(prose.format(address=listener.address))
    with pytest.raises(RunError, match=r"report\.md: the (picture|attribute) .* take it out"):
        report.save(formats=FORMATS)


@pytest.mark.parametrize(
    "prose",
    [
        '<img src="{address}/a.png"><script src="{address}/a.js"></script>',
        "`<img src='{address}/a.png'>`{{=html}}",
        '```{{=typst}}\n#read("/etc/passwd")\n```',
        "\\input{{/etc/passwd}}",
        "`\\input{{/etc/passwd}}`{{=latex}}",
        "---\ncsl: {address}/a.csl\nbibliography: {address}/a.bib\n---\n\nWords.",
        "---\ndocument-file: /etc/passwd\ncss: {address}/a.css\n---\n\nWords.",
    ],
)
def test_other_languages_in_prose_are_words(prose: str, tmp_path: Path, listener: Listener) -> None:
    report = note(tmp_path / "out")
    report.text(prose.format(address=listener.address))
    report.save(formats=FORMATS)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "root:" not in page
    assert r"\input{/etc" not in (tmp_path / "out" / "report.tex").read_text(encoding="utf-8")


def test_what_pandoc_would_fetch_itself_reaches_nobody(listener: Listener, tmp_path: Path) -> None:
    options = ["--from=html", "--to=html", "--embed-resources", "--fail-if-warnings"]
    with pytest.raises(RunError, match="pandoc cannot render it"):
        run_pandoc(options, text=f'<img src="{listener.address}/a.png">', folder=tmp_path)
