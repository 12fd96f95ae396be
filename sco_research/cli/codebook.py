"""The command line of codebooks: ``sco-research new-codebook`` and ``sco-research codebook``."""

from pathlib import Path
from typing import Annotated

import typer

from sco_research.cli.completion import complete_codebooks, complete_documents
from sco_research.errors import OutputError, ParameterError

_MAX_SHOWN = 3

app = typer.Typer(
    name="codebook",
    help="Try a codebook of your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _codebook() -> None:
    """Try a codebook of your own."""


def new_codebook(
    file: Annotated[Path, typer.Argument(help="The file to write, such as my.toml.")],
) -> None:
    """Write a small codebook, with every field explained, to change into your own."""
    from sco_research.resources import data_path

    if file.suffix != ".toml":
        raise ParameterError(f"{file}: a codebook is a TOML file; name it {file.stem}.toml")
    template = data_path("templates", "codebook.toml").read_text(encoding="utf-8")
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.write(template.replace('"NAME"', f'"{file.stem}"').replace("FILE", str(file)))
    except FileExistsError:
        raise OutputError(f"{file}: it exists already; name a new file") from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be written ({error.strerror}); name another") from None
    print(f"{file}: change it, then try it with sco-research codebook test {file} TEXT")


@app.command("test", epilog="Example: sco-research codebook test my.toml sco-2013-bishkek")
def try_out(
    codebook: Annotated[
        str, typer.Argument(autocompletion=complete_codebooks, help="Codebook; name or path.")
    ],
    text: Annotated[
        str, typer.Argument(autocompletion=complete_documents, help="Catalogue id or path.")
    ] = "sco-2013-bishkek",
) -> None:
    """Check a codebook, naming every fault, and show what each pattern hits in a text."""
    from sco_research.coding.codebooks.loading import load_codebook
    from sco_research.coding.pattern_hits import pattern_hits
    from sco_research.loaders import load_document
    from sco_research.text.segments import anchor_label

    book, document = load_codebook(codebook), load_document(text)
    found = pattern_hits(document, codebook=book)
    by_category = dict(tuple(found.groupby("category", sort=False)))
    print(f"{book.edition} on {document.id}: no fault in the codebook")
    for category in book:
        rows = by_category[category.id].to_dict("records")
        hits = sum(row["hits"] for row in rows)
        sentences = {anchor for row in rows for anchor in row["segments"]}
        print(f"\n{category.id}, {category.label}: {hits} hits in {len(sentences)} sentences")
        for row in sorted(rows, key=lambda row: -row["hits"]):
            if row["hits"]:
                words = list(dict.fromkeys(" ".join(match.split()) for match in row["matches"]))
                places = [anchor_label(anchor) for anchor in row["segments"]]
                print(f"  {row['hits']:>4}  {row['pattern']}")
                print(f"        {_first(words, ', ')}; {_first(places, '; ')}")
        if idle := [row["pattern"] for row in rows if not row["hits"]]:
            print(f"     0  {len(idle)} other patterns: {_first(idle, ', ')}")


def _first(items: list[str], joint: str) -> str:
    """Return the first few of a list, and how many more there are."""
    more = len(items) - _MAX_SHOWN
    return joint.join(items[:_MAX_SHOWN]) + (f" and {more} more" if more > 0 else "")
