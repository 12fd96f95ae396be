"""report.md → HTML, PDF, DOCX, LaTeX: by pandoc and typst, offline, the same bytes each time."""

import datetime
import json
import logging
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath

from sco_research.children import tied
from sco_research.errors import ParameterError, RunError
from sco_research.process_lock import scratch_folder
from sco_research.reports.embedding import (
    check_prose,
    check_typst_source,
    embedded_page,
    embedded_sheet,
)
from sco_research.reports.folder import ANNOTATED_DOCUMENT, RENDERED_BY_RUNNER
from sco_research.reports.pictures import PictureFormat, write_pictures
from sco_research.reports.report_style import TEMPLATES, ReportStyle
from sco_research.reports.software import software
from sco_research.resources import data_path

SOURCE = "report.md"
_LISTED = re.compile(r"^(::: \{#refs\}\n).*?^(:::)$", re.MULTILINE | re.DOTALL)
_LAST_ASCII = 0x7F
_NOWHERE = "http://127.0.0.1:9"
# Of processor time: the annex of a book takes pandoc a few minutes.
_PANDOC_SECONDS = 1800
_PATHS = ("bibliography", "csl")
# Typing is not "improved": what a document says stays the characters it is. Prose is Markdown, not
# HTML or TeX, and only the head of the file sets how the rest is read.
_INPUT_FORMAT = (
    "markdown-smart-citations-emoji+citations-raw_html-raw_tex-raw_attribute-yaml_metadata_block"
)

_LATEX_HEAD = """\
% Run XeLaTeX, LuaLaTeX or pdfLaTeX on this file, twice, for the references. pdfLaTeX has no letters
% for Cyrillic, Chinese and other scripts and prints their code points: use XeLaTeX for those, with
% fonts that have them. It says "Missing character" of what none has.
"""


@dataclass(frozen=True, slots=True)
class _Task:
    """A folder with a report's figures, its text as pandoc read it, and its style."""

    folder: Path
    tree: Path
    style: ReportStyle
    document: str


_HASKELL_PLACE = re.compile(r"CallStack \(from|HasCallStack backtrace")


def render(
    folder: Path,
    formats: Iterable[str] = ("html",),
    *,
    style: ReportStyle | None = None,
    document: str = "",
) -> dict[str, str]:
    """Render a report in several formats at once.

    Parameters
    ----------
    folder : Path
        The folder of ``report.md`` and ``figures/``, where the formats are written.
    formats : iterable of str
        Of `FORMATS`, and `FIGURES`.
    style : ReportStyle, optional
        The user's own style.
    document : str
        HTML that takes the place of the plain document at the end of the HTML page.

    Returns
    -------
    dict of str to str
        The formats that failed, each with its reason in one line; the others are written.
    """
    wanted = list(dict.fromkeys(formats))
    with scratch_folder() as scratch:
        task = _Task(folder, scratch / "report.json", style or ReportStyle(), document)
        try:
            _read(task)
        except (RunError, ParameterError) as error:
            return dict.fromkeys(wanted, _in_one_line(error))
        failures = _draw(folder, wanted)
        pages = [name for name in wanted if name in FORMATS and name not in failures]
        # pandoc and typst run outside Python's lock: two at a time take two processors.
        with ThreadPoolExecutor(max_workers=2) as pool:
            reasons = list(pool.map(lambda name: _attempt(FORMATS[name], task), pages))
        failures |= {name: reason for name, reason in zip(pages, reasons, strict=True) if reason}
        return {name: failures[name] for name in wanted if name in failures}


def _draw(folder: Path, formats: Iterable[str]) -> dict[str, str]:
    """Write the pictures that formats need; return the formats that lack theirs, and why."""
    needed = {name: FIGURES_AS[name] for name in formats if name in FIGURES_AS}
    try:
        write_pictures(folder, sorted({kind for kinds in needed.values() for kind in kinds}))
    except (RunError, OSError) as error:
        return dict.fromkeys(needed, _in_one_line(error))
    return {}


def render_deferred(
    folder: Path, formats: Iterable[str], *, style: ReportStyle | None
) -> dict[str, str]:
    """Render a report that a notebook left to its runner; return the formats that failed.

    The annotated document stays where it is: with it the page can be rendered again.
    """
    document = folder / ANNOTATED_DOCUMENT
    annotated = document.read_text(encoding="utf-8") if document.is_file() else ""
    failures = render(folder, formats, style=style, document=annotated)
    (folder / RENDERED_BY_RUNNER).unlink(missing_ok=True)
    return failures


def complaint(failures: Mapping[str, str], written: Iterable[str]) -> RunError:
    """Return the one error for all formats that failed, naming those that were written."""
    # What stops several formats alike is said once.
    stopped: dict[str, list[str]] = {}
    for name, reason in failures.items():
        stopped.setdefault(reason, []).append(_made_for(name))
    reasons = "; ".join(f"{', '.join(files)}: {reason}" for reason, files in stopped.items())
    rest = ", ".join(_made_for(name) for name in written if name not in failures)
    return RunError(f"{reasons}; {'written: ' + rest if rest else 'nothing was written'}")


def _made_for(format: str) -> str:
    """Return what messages call that which is written for a format."""
    return FORMATS[format].file if format in FORMATS else format


def _attempt(kind: "Format", task: _Task) -> str:
    """Write one format, whole or not at all; return why not."""
    target = task.folder / kind.file
    try:
        kind.write(task, target)
    except (RunError, ParameterError, OSError) as error:
        target.unlink(missing_ok=True)
        return _in_one_line(error)
    return ""


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _read(task: _Task) -> None:
    """Read the Markdown and set its references, once for all formats: it takes the longest."""
    csl = task.style.csl()
    source = (task.folder / SOURCE).read_text(encoding="utf-8")
    # The list is set anew, in the citation style.
    source = _LISTED.sub(r"\1\2", source)
    has_head = source.startswith("---\n")
    head, _, body = source.removeprefix("---\n").partition("\n---\n")
    metadata = task.tree.with_name("metadata.yaml")
    metadata.write_text(head if has_head else "{}", encoding="utf-8", newline="\n")
    command = [
        f"--from={_INPUT_FORMAT}",
        "--to=json",
        "--fail-if-warnings",
        f"--metadata-file={metadata}",
        "--citeproc",
        f"--bibliography={data_path('bibliography.bib')}",
        *([f"--csl={csl}"] if csl else []),
        f"--output={task.tree}",
    ]
    run_pandoc(command, text=body if has_head else source, folder=task.folder)
    check_prose(json.loads(task.tree.read_text(encoding="utf-8")), task.folder)


def _write_html(task: _Task, target: Path) -> None:
    sheet = TEMPLATES / "report.css"
    with scratch_folder() as folder:
        annotated = folder / "document.html"
        annotated.write_text(task.document, encoding="utf-8")
        options = [
            "--to=html5",
            "--mathml",
            "--section-divs",
            "--toc",
            "--toc-depth=2",
            f"--template={TEMPLATES / 'report.html'}",
            f"--css={sheet}",
            f"--metadata=document-file:{annotated}",
        ]
        _pandoc(task, target, options)
        page = embedded_page(target.read_text(encoding="utf-8"), task.folder, sheet)
        if page is None:
            _pandoc(task, target, [*options, "--embed-resources"])
        else:
            target.write_text(page, encoding="utf-8", newline="\n")
    if task.style.css:
        _add_sheet(target, embedded_sheet(task.style.css).text)


def _add_sheet(page: Path, sheet: str) -> None:
    """Put a user's style sheet after the package's own: pandoc would follow what it names."""
    head, end, rest = page.read_text(encoding="utf-8").partition("</head>")
    text = f'{head}<style type="text/css">{sheet}</style>\n{end}{rest}'
    page.write_text(text, encoding="utf-8", newline="\n")


def _write_docx(task: _Task, target: Path) -> None:
    reference = task.style.reference_docx or TEMPLATES / "reference.docx"
    options = ["--to=docx", f"--reference-doc={reference.resolve()}"]
    _pandoc(task, target, [*options, "--shift-heading-level-by=-1"])


def said_in(tree: str) -> str:
    r"""Return a tree of pandoc's as text, without the paths on this machine that it was made from.

    >>> said_in('{"meta": {"bibliography": "/\u00fc.bib", "title": "\u0416"}, "blocks": []}')
    '{"meta": {"title": "Ж"}, "blocks": []}'
    """
    found = json.loads(tree)
    meta = {name: value for name, value in found["meta"].items() if name not in _PATHS}
    return json.dumps(found | {"meta": meta}, ensure_ascii=False)


def _write_latex(task: _Task, target: Path) -> None:
    with scratch_folder() as folder:
        preamble = folder / "preamble.tex"
        declared = tex_declarations(said_in(task.tree.read_text(encoding="utf-8")))
        house = (TEMPLATES / preamble.name).read_text(encoding="utf-8")
        preamble.write_text(f"{house}{declared}", encoding="utf-8", newline="\n")
        options = [
            "--to=latex",
            "--shift-heading-level-by=-1",
            f"--include-in-header={preamble}",
            "--variable=documentclass:article",
            "--variable=papersize:a4",
            "--variable=geometry:margin=2.6cm",
            "--variable=colorlinks",
            *(f"--variable={kind}color:accent" for kind in ("link", "cite", "url")),
        ]
        _pandoc(task, target, options)
    source = target.read_text(encoding="utf-8")
    target.write_text(f"{_LATEX_HEAD}{source}", encoding="utf-8", newline="\n")


def _write_pdf(task: _Task, target: Path) -> None:
    import typst

    template = task.style.typst_template or TEMPLATES / "report.typst"
    with scratch_folder() as folder:
        tree = folder / task.tree.name
        text = printable(task.tree.read_text(encoding="utf-8"))
        tree.write_text(text, encoding="utf-8", newline="\n")
        if (task.folder / "figures").is_dir():
            shutil.copytree(task.folder / "figures", folder / "figures")
        source = folder / "report.typ"
        options = ["--to=typst-citations", f"--template={template.resolve()}"]
        options.append("--shift-heading-level-by=-1")
        if task.style.typst_template:
            _check_template(replace(task, folder=folder), template, options)
        _pandoc(replace(task, folder=folder, tree=tree), source, options)
        try:
            typst.compile(
                source,
                output=target,
                root=folder,
                ignore_system_fonts=True,
                font_paths=list(font_folders()),
                pdf_standards=["ua-1"],
                timestamp=_release_time(),
            )
        except typst.TypstError as error:
            own = f" with the template {template.name}" if task.style.typst_template else ""
            raise RunError(f"typst cannot set it{own}: {error}") from None


def _check_template(task: _Task, template: Path, options: Sequence[str]) -> None:
    """Check what a user's template makes of a report without words: the rest is its own code."""
    tree = json.loads(task.tree.read_text(encoding="utf-8"))
    empty = {"t": "MetaInlines", "c": [{"t": "Str", "c": "x"}]}
    meta = {name: value if name == "lang" else empty for name, value in tree["meta"].items()}
    tree |= {"meta": meta, "blocks": []}
    shape, source = task.folder / "shape.json", task.folder / "shape.typ"
    shape.write_text(json.dumps(tree), encoding="utf-8")
    _pandoc(replace(task, tree=shape), source, options)
    check_typst_source(source.read_text(encoding="utf-8"), template)


def _pandoc(task: _Task, target: Path, options: Sequence[str]) -> None:
    command = [
        "--from=json",
        "--standalone",
        "--fail-if-warnings",
        f"--lua-filter={TEMPLATES / 'report.lua'}",
        *options,
        f"--output={target.resolve()}",
        str(task.tree),
    ]
    run_pandoc(command, folder=task.folder, time=_release_time())


def _release_time() -> int:
    """Return the date that a file carries: the software's release, never the hour of the run."""
    day = software().released
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return int(midnight.timestamp())


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file in the report's folder, and what writes it."""

    file: str
    write: Callable[[_Task, Path], None]


FORMATS: Mapping[str, Format] = {
    "html": Format("report.html", _write_html),
    "pdf": Format("report.pdf", _write_pdf),
    "docx": Format("report.docx", _write_docx),
    "latex": Format("report.tex", _write_latex),
}
"""The formats by name."""
FIGURES = "figures"
"""The word among the formats that asks for every figure as PDF and PNG too."""
FIGURES_AS: Mapping[str, tuple[PictureFormat, ...]] = {
    "docx": ("png",),
    "latex": ("pdf",),
    FIGURES: ("pdf", "png"),
}
"""What the formats need figures as, beside SVG."""


def is_rendered(name: str) -> bool:
    """Return whether a file of a report is rendered from the others, given its path there.

    >>> [is_rendered(name) for name in ("report.docx", "figures/fig-a.png", "figures/fig-a.svg")]
    [True, True, False]
    """
    path = PurePosixPath(name)
    endings = {f".{kind}" for kinds in FIGURES_AS.values() for kind in kinds}
    is_picture = path.parts[0] == "figures" and path.suffix in endings
    return is_picture or name in {kind.file for kind in FORMATS.values()}


def parse_formats(words: str) -> tuple[str, ...]:
    """Return the formats that a comma list names, in the order of `FORMATS`.

    >>> parse_formats("pdf, html"), parse_formats("all")
    (('html', 'pdf'), ('html', 'pdf', 'docx', 'latex', 'figures'))
    """
    known = (*FORMATS, FIGURES)
    names = {word.strip().lower() for word in words.split(",") if word.strip()}
    unknown = sorted(names - {*known, "all"})
    if unknown or not names:
        raise ParameterError(
            f"--format {', '.join(unknown) or words!r}: choose of {', '.join(known)}, or all"
        )
    return tuple(name for name in known if name in names or "all" in names)


def font_folders() -> tuple[Path, Path]:
    """Return the folders of the PDF's fonts: the package's, and matplotlib's."""
    import matplotlib as mpl

    return data_path("fonts"), Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _known() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    ours, theirs = font_folders()
    fonts = (theirs / "DejaVuSans.ttf", ours / "DroidSansFallback.ttf")
    found = (FT2Font(str(font)) for font in fonts if font.is_file())
    return frozenset(code for font in found for code in font.get_charmap())


def printable(text: str) -> str:
    """Return text with every character that no font of the PDF has as its code point.

    >>> printable("上海 Қ हि")
    '上海 Қ ⟨U+0939⟩⟨U+093F⟩'
    """
    missing = {
        ord(character)
        for character in set(text)
        if ord(character) > _LAST_ASCII and ord(character) not in _known()
    }
    return text.translate({code: f"⟨U+{code:04X}⟩" for code in missing})


def tex_declarations(text: str) -> str:
    r"""Return the preamble by which pdfLaTeX prints the characters it has none for.

    pdfLaTeX prints each as its code point; the other engines read the character itself.

    >>> print(tex_declarations("A Ж").splitlines()[-2])
      \codepoint{0416}{Ж}
    """
    found = sorted({character for character in text if ord(character) > _LAST_ASCII})
    return "\n".join(
        [
            r"\ifPDFTeX",
            r"  \newcommand{\codepoint}[2]{\ifcsname u8:\detokenize{#2}\endcsname\else",
            r"    \DeclareUnicodeCharacter{#1}{\textlangle U+#1\textrangle\allowbreak}\fi}",
            *(rf"  \codepoint{{{ord(character):04X}}}{{{character}}}" for character in found),
            "\\fi\n",
        ]
    )


def run_pandoc(
    options: Sequence[str], *, text: str | None = None, folder: Path | None = None, time: int = 0
) -> str:
    """Run pandoc and return what it prints.

    Parameters
    ----------
    options : sequence of str
        Its command line.
    text : str, optional
        What it reads from its standard input.
    folder : Path, optional
        Where it runs.
    time : int
        The time, in seconds since 1970, that it takes for now.

    Raises
    ------
    RunError
        Where it is missing or refuses.
    """
    import pypandoc

    # It logs a traceback for what is one error here.
    logger = logging.getLogger("pypandoc")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        program = pypandoc.get_pandoc_path()
    except OSError:
        raise RunError("pandoc is missing; install the package pypandoc_binary") from None
    finally:
        logger.disabled = was_disabled
    # No template, filter or style of the person who runs it.
    command = [program, f"--data-dir={TEMPLATES}", "--wrap=none", *options]
    done = subprocess.run(
        tied(command, seconds=_PANDOC_SECONDS),
        cwd=folder,
        # It capitalises titles by the rules of the caller's language unless another is set.
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(time),
            "LC_ALL": "C.UTF-8",
            "LANG": "en_US.UTF-8",
            # Whatever it would still fetch goes to a port where nobody listens.
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE),
            "no_proxy": "",
            "NO_PROXY": "",
        },
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == -getattr(signal, "SIGXCPU", 0):
        raise RunError(f"pandoc has not rendered it in {_PANDOC_SECONDS} seconds of processor time")
    if done.returncode:
        # The place in its own code where it stopped is no help to the reader.
        message = " ".join(_HASKELL_PLACE.split(done.stderr)[0].split())
        reason = message or f"exit status {done.returncode}"
        raise RunError(f"pandoc cannot render it: {reason}")
    return done.stdout
