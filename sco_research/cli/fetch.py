"""The commands for documents that are not bundled: ``sco-research fetch``."""

from collections import Counter
from typing import Annotated

import typer

from sco_research.errors import ParameterError, RunError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(
    epilog="Examples: sco-research fetch sco | sco-research fetch sco-2019-bishkek | "
    "sco-research fetch sco --refresh"
)
def fetch(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Ids, a collection such as sco, or https:// addresses."),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask for every page again; say which changed.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep a changed page in place of the first.")
    ] = False,
    delay: Annotated[
        float, typer.Option("--delay", min=1.0, max=60.0, help="Seconds between two requests.")
    ] = 2.0,
    where: Annotated[
        bool,
        typer.Option("--where", help="Print the folder of fetched pages and of your catalogue."),
    ] = False,
) -> None:
    """Download documents that are known and not bundled to your own machine, politely."""
    from rich.console import Console

    from sco_research.loaders.web.client import PoliteClient
    from sco_research.loaders.web.fetching import fetch as fetch_each
    from sco_research.resources import home_folder

    if where:
        print(home_folder())
        return
    if not names:
        raise ParameterError("fetch: name an id, a collection such as sco, or an address")
    counts: Counter[str] = Counter()
    with Console(stderr=True).status("") as status:
        for found in fetch_each(
            names,
            refresh=refresh or accept,
            accept=accept,
            client=PoliteClient(delay=delay),
            on_each=lambda name: status.update(f"{name} …".replace("[", r"\[")),
        ):
            counts[found.status] += 1
            print(f"{found.id}: {found.status}, {found.detail}", flush=True)
    if missing := counts["missing"]:
        noun = "document is" if missing == 1 else "documents are"
        raise RunError(
            f"{missing} {noun} missing; the reasons are given above; call again for them"
        )
