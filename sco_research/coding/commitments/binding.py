"""Binding schemes: how strongly an undertaking binds, by the field's two rules.

``kirton`` (after Kirton 2021) needs the grammar and is what the rules return: high, low or none.

``g20rg`` is the word-list rule of the G20 Research Group (Rapson 2023): the text is put in small
letters and searched for phrases; a phrase of the *high* list makes it high, then any of the *mid*
list mid, then any of the *low* list low. The lists are not free to ship (CC BY-NC): they are read
from a JSON file that you name, an object with the keys ``high``, ``mid`` and ``low``, each a list
of phrases. Other keys are ignored. Where no phrase is found the level is "none".
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sco_research.errors import CodebookError, ParameterError
from sco_research.resources import read_file

SCHEMES = ("kirton", "g20rg")
_LEVELS = ("high", "mid", "low")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A binding scheme, called with the grammar's level and the text.

    Attributes
    ----------
    name : str
        "kirton" or "g20rg".
    phrases : mapping of str to tuple of str
        The lists of ``g20rg``; empty for ``kirton``.
    """

    name: str
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def __call__(self, level: str, text: str) -> str:
        """Return the level of a commitment; "none" stays none in either scheme."""
        if not self.phrases or level == "none":
            return level
        return word_list_level(text, self.phrases)


kirton = Scheme("kirton")


def word_list_level(text: str, phrases: Mapping[str, Sequence[str]]) -> str:
    """Return the level of a text by the word lists: high, then mid over it, then low over both.

    >>> lists = {"high": ["will", "seek"], "mid": ["promote"], "low": ["ask"]}
    >>> word_list_level("We will promote trade.", lists)
    'mid'
    >>> word_list_level("We will finish the task.", lists)  # the published fault: "ask" in "task"
    'low'
    """
    lowered = text.lower()
    found = "none"
    for level in _LEVELS:
        if any(phrase in lowered for phrase in phrases[level]):
            found = level
    return found


def load_scheme(name: str, file: str | Path | None = None) -> Scheme:
    """Return a binding scheme by name.

    Raises
    ------
    ParameterError
        Where there is no such scheme, or `g20rg` has no file.
    CodebookError
        Where the file is missing or not in the documented form.
    """
    if name == "kirton":
        return kirton
    if name != "g20rg":
        raise ParameterError(
            f"binding_scheme {name!r}: no such scheme; choose {' or '.join(SCHEMES)}"
        )
    if file is None or not str(file):
        raise ParameterError(
            "binding_scheme 'g20rg': its word lists are not shipped; name their JSON file as "
            "scheme_file"
        )
    path = Path(file).expanduser()
    try:
        content = json.loads(read_file(path))
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a JSON file"
        ) from fault
    except ValueError as fault:
        raise CodebookError(f"{path.name}: no valid JSON ({fault}); mend that place") from fault
    return Scheme(name, _checked(content, path.name))


def _checked(content: object, file: str) -> dict[str, tuple[str, ...]]:
    phrases: dict[str, tuple[str, ...]] = {}
    for level in _LEVELS:
        entry = content.get(level) if isinstance(content, dict) else None
        good = isinstance(entry, list) and all(isinstance(item, str) and item for item in entry)
        if not isinstance(entry, list) or not good:
            raise CodebookError(
                f"{file}, entry {level!r}: must be a list of phrases in quotation marks; add it"
            )
        phrases[level] = tuple(entry)
    return phrases
