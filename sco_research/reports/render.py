"""report.md → report.html, by pandoc: one file that needs nothing from anywhere."""

import subprocess
import tempfile
from pathlib import Path

from sco_research.errors import RunError
from sco_research.resources import data_path

_HERE = Path(__file__).resolve().parent
# Typing is not "improved": what a document says stays the characters it is.
_INPUT_FORMAT = "markdown-smart-citations-emoji+citations"


def render_html(source: Path, target: Path, *, document: str = "") -> None:
    """Render a report.

    Parameters
    ----------
    source : Path
        ``report.md``; its figures lie beside it.
    target : Path
        The HTML file to write.
    document : str
        HTML that takes the place of the plain document at the report's end.

    Raises
    ------
    RunError
        Where pandoc is missing or refuses the report.
    """
    import pypandoc

    try:
        program = pypandoc.get_pandoc_path()
    except OSError:
        raise RunError("pandoc is missing; install the package pypandoc_binary") from None
    with tempfile.TemporaryDirectory() as folder:
        annotated = Path(folder) / "document.html"
        annotated.write_text(document, encoding="utf-8")
        _run(_command(program, source, target, annotated), source)


def _command(program: str, source: Path, target: Path, document: Path) -> list[str]:
    return [
        program,
        f"--from={_INPUT_FORMAT}",
        "--to=html5",
        "--standalone",
        "--wrap=none",
        "--embed-resources",
        "--mathml",
        "--citeproc",
        "--section-divs",
        "--toc",
        "--toc-depth=2",
        f"--bibliography={data_path('bibliography.bib')}",
        f"--template={_HERE / 'template.html'}",
        f"--css={_HERE / 'report.css'}",
        "--fail-if-warnings",
        f"--lua-filter={_HERE / 'document.lua'}",
        f"--metadata=document-file:{document}",
        f"--output={target.resolve()}",
        source.name,
    ]


def _run(command: list[str], source: Path) -> None:
    done = subprocess.run(
        command, cwd=source.parent, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        reason = " ".join(done.stderr.split()) or f"exit status {done.returncode}"
        raise RunError(f"{source.name}: pandoc cannot render it: {reason}")
