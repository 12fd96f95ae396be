"""The commands of a manuscript: ``sco-research check`` and ``sco-research codecheck``."""

from pathlib import Path
from typing import Annotated

import typer

from sco_research.errors import OutputError, RunError

CHECK_EPILOG = (
    "Examples: sco-research check paper.docx | sco-research check paper.tex --reports reports | "
    "sco-research check paper.md -r reports/sco-2013-bishkek/themes"
)
CODECHECK_EPILOG = "Example: sco-research codecheck reports/sco-2013-bishkek/themes"


def check(
    paper: Annotated[Path, typer.Argument(help="The manuscript: .docx, .tex or .md.")],
    reports: Annotated[
        list[Path] | None,
        typer.Option("--reports", "-r", help="Folder of reports; repeatable. [reports]"),
    ] = None,
) -> None:
    """Compare the numbers of a paper that cite an id with the reports, and list what differs."""
    from sco_research.manuscript.check import check as compared
    from sco_research.manuscript.check import load_values
    from sco_research.resources import reports_folder

    found = compared(paper, load_values(reports or [reports_folder()]))
    for finding in found.findings:
        print(finding)
    noun = "number cites" if found.numbers == 1 else "numbers cite"
    print(f"{paper}: {found.numbers} {noun} an id, {len(found.findings)} to mend")
    if found.findings:
        raise RunError(f"{paper}: not every number is the reports'")


def codecheck(
    reports: Annotated[list[Path], typer.Argument(help="The reports that the paper rests on.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path(
        "codecheck.yml"
    ),
) -> None:
    """Write what a codechecker has to make again, from the reports' provenance."""
    from sco_research.manuscript.codecheck import codecheck as configuration

    text = configuration(reports)
    if output.exists():
        raise OutputError(f"{output}: it exists and may be filled in; move it away first")
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be written ({error.strerror}); choose another"
        ) from None
    print(output)
