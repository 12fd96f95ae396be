"""What can go wrong: one base class, one subclass a cause.

Every message says where, what, and the mend, in one line; where several things are wrong, in a list
of them, one a line, which ``faults`` holds too. ``exit_status`` is what the command line
returns: 2 where the user can mend the call, 1 where a run failed.
"""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

_MAX_CHARACTERS = 1200
BROKEN_LETTER = re.compile("[\ud800-\udfff]")
"""A lone surrogate: what Python makes of a byte that is no UTF-8. No file can hold it."""


def brief(line: str) -> str:
    """Return a message that can be read, however long the value that it quotes.

    Parameters
    ----------
    line : str
        One line. It begins with where and ends with the mend.

    Returns
    -------
    str
        The same, or its beginning and its end.

    Examples
    --------
    >>> brief("a.csv, row 1: no date"), len(brief("9" * 100_000))
    ('a.csv, row 1: no date', 1203)
    """
    if len(line) <= _MAX_CHARACTERS:
        return line
    return f"{line[: _MAX_CHARACTERS // 2]} … {line[-_MAX_CHARACTERS // 2 :]}"


class ScoResearchError(Exception):
    """Base class of every error that this package raises on purpose."""

    exit_status = 2

    def __init__(self, message: str = "") -> None:
        super().__init__("\n".join(map(brief, message.split("\n"))))


class SourceError(ScoResearchError):
    """A document cannot be read: missing, empty, undecodable, or not in a known form."""


class CorpusError(SourceError):
    """Some sources of a corpus cannot be read; all are named, one a line.

    Attributes
    ----------
    faults : tuple of str
        One clear error a source: where, what and the mend.
    """

    def __init__(self, faults: Iterable[str], loaded: int = 0) -> None:
        self.faults = tuple(brief(" ".join(fault.split())) for fault in faults)
        noun = "source" if len(self.faults) == 1 else "sources"
        head = f"{len(self.faults)} {noun} cannot be read, {loaded} can"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class CatalogueError(ScoResearchError):
    """The catalogue of documents is malformed, or a bundled text is not the one it describes."""


class CodebookError(ScoResearchError):
    """A codebook is missing or malformed; of a malformed one all faults are named, one a line.

    Attributes
    ----------
    faults : tuple of str
        Each says where, what and the mend.
    """

    def __init__(self, faults: str | Iterable[str], file: str = "") -> None:
        said = (faults,) if isinstance(faults, str) else tuple(faults)
        self.faults = said
        head = [] if len(said) == 1 else [f"{file}: {len(said)} faults"]
        super().__init__("\n  ".join([*head, *said]))


class OrganizationError(ScoResearchError):
    """An organization is unknown, or its profile is malformed; all faults are named, one a line.

    Attributes
    ----------
    faults : tuple of str
        Each says where, what and the mend.
    """

    def __init__(self, faults: str | Iterable[str]) -> None:
        # A message that another wraps comes back as one string.
        lines = faults.splitlines() if isinstance(faults, str) else faults
        self.faults = tuple(brief(" ".join(fault.split())) for fault in lines)
        super().__init__("\n".join(self.faults))


class CodingError(ScoResearchError):
    """A coding sheet or the decisions on it have faults; all are named, one a line.

    Attributes
    ----------
    faults : tuple of str
        Each says where, what and the mend.
    """

    def __init__(self, source: str, faults: Iterable[str] = ()) -> None:
        self.faults = tuple(faults)
        noun = "fault" if len(self.faults) == 1 else "faults"
        count = [f"{source}: {len(self.faults)} {noun}"] if self.faults else [source]
        super().__init__("\n".join([*count, *(f"  {fault}" for fault in self.faults)]))


class ParameterError(ScoResearchError):
    """An option or a notebook parameter has a wrong name, type or value."""


class JobError(ScoResearchError):
    """A list of reports to be made has faults; nothing was run.

    Attributes
    ----------
    faults : tuple of str
        Each says where, what and the mend.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(brief(" ".join(fault.split())) for fault in faults)
        head = [] if len(self.faults) == 1 else [f"{len(self.faults)} faults, and nothing was run"]
        super().__init__("\n  ".join([*head, *self.faults]))


class OutputError(ScoResearchError):
    """A report cannot be written where it was asked for."""

    exit_status = 1


class RunError(ScoResearchError):
    """A notebook stopped in the middle, or its report could not be rendered."""

    exit_status = 1


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is spelt most like one that is not known, for a message.

    Parameters
    ----------
    name : str
        What was given; upper and lower case are alike.
    known : iterable of str
        What there is.

    Returns
    -------
    str or None
        None where nothing is alike.

    Examples
    --------
    >>> closest("Helth", ["energy", "health"]), closest("xyz", ["energy"])
    ('health', None)
    """
    names = {item.lower(): item for item in reversed(list(known))}
    found = difflib.get_close_matches(name.lower(), list(reversed(names)), n=1)
    return names[found[0]] if found else None


def did_you_mean(near: str | None, otherwise: str) -> str:
    """Return the mend of a message on an unknown name: the one that may have been meant, or else.

    Parameters
    ----------
    near : str or None
        As from `closest` or `closest_path`.
    otherwise : str
        The mend where nothing is alike.

    Examples
    --------
    >>> did_you_mean(closest("Helth", ["energy", "health"]), "name one that exists")
    "did you mean 'health'?"
    """
    return f"did you mean {near!r}?" if near else otherwise


def closest_path(path: Path, known: Iterable[str] = ()) -> str | None:
    """Return the known name, or the file in the same folder, that is spelt most like a path.

    Parameters
    ----------
    path : Path
        What was given, and is not there.
    known : iterable of str
        Names that may have been meant as well, such as ids.

    Returns
    -------
    str or None
        A file with its folder, as the path was written; None where nothing is alike.

    Examples
    --------
    >>> closest_path(Path("no-such-folder/thems"), ["themes"])
    'themes'
    """
    try:
        # The path itself is there and something else than what was looked for.
        others = sorted(item for item in path.parent.iterdir() if item.name != path.name)
        beside = {str(item.name): str(item) for item in others}
    except (OSError, ValueError):
        beside = {}
    names = {**{name: name for name in known}, **beside}
    stems = {Path(name).stem: name for name in reversed(names)}
    if found := closest(path.name, names):
        return names[found]
    if found := closest(path.stem, stems):
        return names[stems[found]]
    return None


def check_letters(value: object, where: str) -> None:
    """Refuse a string, or one of a list, that holds broken letters.

    Raises
    ------
    ParameterError
        Where it does: no file could name it.
    """
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and not item.isascii() and BROKEN_LETTER.search(item):
            shown = item.encode("utf-8", "backslashreplace").decode()
            raise ParameterError(
                f"{where}: {shown} holds bytes that are no UTF-8, which no report can name; rename "
                "the file, or write the words again"
            )
