"""What of the user's own folder a document is loaded from, to take it where that folder is not."""

from collections.abc import Iterable

from sco_research.errors import CatalogueError
from sco_research.loaders.catalogue import FILE, TEXTS, bundled_source, catalogue, is_packaged
from sco_research.loaders.document import is_address
from sco_research.loaders.web.ledger import PAGES, Ledger
from sco_research.resources import home_folder


def files_of_home(names: Iterable[str]) -> dict[str, bytes]:
    """Return the files of the user's own folder from which documents are loaded, by their names.

    They are the user's catalogue, the texts beside it, the pages fetched with the record of them;
    written into an empty folder they make one in which these documents are found, and no others.

    Parameters
    ----------
    names : iterable of str
        Catalogue ids and addresses; what was not fetched is left out.

    Raises
    ------
    CatalogueError, SourceError
        Where a file is no longer the one that was recorded, or cannot be read.
    """
    known, ledger = catalogue(), Ledger()
    files = _own_catalogue()
    pages: dict[str, bytes] = {}
    for name in sorted(set(names)):
        entry = known.get(name)
        if entry is None and not is_address(name):
            continue
        if entry is None or not entry.file:
            if (page := ledger.page(name)) is not None:
                pages[name] = page
        elif not is_packaged(entry):
            files[f"{TEXTS}/{entry.file}"] = bundled_source(entry)[1]
    kept = ledger.extract(pages) if pages else {}
    return files | {f"{PAGES}/{name}": data for name, data in kept.items()}


def _own_catalogue() -> dict[str, bytes]:
    path = home_folder() / FILE
    try:
        return {FILE: path.read_bytes()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}; check its permissions") from None
