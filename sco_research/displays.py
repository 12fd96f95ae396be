"""How a value of any room is shown in a notebook: asked for here, written above.

A class sets ``_repr_html_ = in_notebook``, which is where Jupyter looks. What is shown is written
in `sco_research.notebook`, of which the classes know nothing: the package's face names that module,
and it is imported when the first value is shown.
"""

from importlib import import_module

_writer = ""


def write_with(module: str) -> None:
    """Name the module whose function ``html_of`` writes what notebooks show."""
    global _writer
    _writer = module


def in_notebook(value: object) -> str | None:
    """Return a value as a piece of a page; None leaves it to its ``repr``.

    >>> in_notebook(object()) is None
    True
    """
    if not _writer:
        return None
    found: str | None = import_module(_writer).html_of(value)
    return found
