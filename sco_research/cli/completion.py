"""What a shell offers where a word is half written."""

from collections.abc import Callable, Iterable


def _begins_with(names: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return a completion by known names; where none fits, the shell offers files."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names() if name.startswith(incomplete)]

    return complete


def _documents() -> Iterable[str]:
    from sco_research.loaders.catalogue import catalogue

    return [entry.id for entry in catalogue().values() if entry.is_bundled]


def _notebooks() -> Iterable[str]:
    from sco_research.resources import notebooks_folder

    return sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))


def _codebooks() -> Iterable[str]:
    from sco_research.resources import data_path

    return sorted(path.stem for path in data_path("codebooks").glob("*.toml"))


complete_documents = _begins_with(_documents)
complete_notebooks = _begins_with(_notebooks)
complete_codebooks = _begins_with(_codebooks)
