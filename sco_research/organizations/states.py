"""The states of the world and the territories that take part in organizations, by name."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from sco_research.resources import data_path


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory.

    Attributes
    ----------
    code : str
        ISO 3166-1 alpha-2.
    name : str
        The usual English name, by which profiles refer to it.
    variants : tuple of str
        Other names: the official one, an older one, abbreviations.
    adjectives : tuple of str
        Its adjectives, and other single words that mean it: "Afghan".
    """

    code: str
    name: str
    variants: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id by which a document refers to it where it is one of the issuers.

        >>> State("US", "United States").id
        'united-states'
        """
        return re.sub(r"[^\w]+", "-", self.name.lower()).strip("-")


@cache
def states() -> dict[str, State]:
    """Return the states by their usual English name.

    Examples
    --------
    >>> states()["Viet Nam"].variants[0], states()["Viet Nam"].adjectives
    ('Vietnam', ('Vietnamese',))
    """
    path = data_path("organizations", "states.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["name"]: State(
            row["code"],
            row["name"],
            _listed(row["variants"]),
            _listed(row["adjectives"]),
        )
        for row in rows
    }


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def is_state(name: str) -> bool:
    """Return whether words are a state's name, its official or an older one, in any letters.

    >>> is_state("Republic of Palau"), is_state("RUSSIAN FEDERATION"), is_state("Lakeside")
    (True, True, False)
    """
    return name.strip().removeprefix("the ").casefold() in _state_names()


@cache
def _state_names() -> frozenset[str]:
    return frozenset(
        name.casefold() for state in states().values() for name in (state.name, *state.variants)
    )


@cache
def state_ids() -> dict[str, State]:
    """Return the states by the ids that documents refer to them by."""
    return {state.id: state for state in states().values()}
