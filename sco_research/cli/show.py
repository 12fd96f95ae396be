"""The command ``sco-research show``: a document on one screen."""

import shutil
import sys
from typing import Annotated

import typer

from sco_research.cli.completion import complete_codebooks, complete_documents

_NARROWEST, _WIDEST = 60, 120

_Document = Annotated[
    str,
    typer.Argument(
        autocompletion=complete_documents,
        help="Catalogue id or path; the Bishkek Declaration if none is named.",
    ),
]
_Codebook = Annotated[
    str,
    typer.Option(
        "--codebook",
        autocompletion=complete_codebooks,
        help="Codebook whose themes are counted; name or path.",
    ),
]


_Organization = Annotated[
    str, typer.Option("--organization", help="Who speaks: an id, several, or a profile's path.")
]


def show(
    document: _Document = "sco-2013-bishkek",
    codebook: _Codebook = "themes",
    organization: _Organization = "",
) -> None:
    """Show a document on one screen: who speaks, themes, undertakings, language."""
    from sco_research.loaders import load_document
    from sco_research.topics.summary.overview import WIDTH
    from sco_research.topics.summary.overview import show as overview

    # Where nobody looks at a terminal, the screen is the same everywhere.
    columns = shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH
    width = min(max(columns, _NARROWEST), _WIDEST)
    loaded = load_document(document, organization=organization)
    print(overview(loaded, codebook=codebook).screen(width))
