"""The parts of a clause: who its subject is, where it stands, what its verb is."""

from enum import Enum
from typing import NamedTuple


class Role(Enum):
    """Who a subject is."""

    MEMBERS = "members"
    IMPLIED = "members, implied"
    SUBSET = "some members"
    ORGAN = "organ"
    WORK = "joint work"
    PARTY = "other party"
    THING = "thing"
    IT = "it"
    THERE = "there"

    # Asked for in sets at every step: by identity, in place of Enum's hash of the name.
    __hash__ = object.__hash__


class Place(Enum):
    """Where in the sentence a clause stands."""

    MAIN = "main clause"
    THAT = "clause after that"
    SUBORDINATE = "subordinate clause"


SPEAKERS = frozenset({Role.MEMBERS, Role.IMPLIED})


class Subject(NamedTuple):
    """A subject: who it is and its words, by number; an unstated one has none."""

    role: Role
    start: int
    end: int
    pronoun: bool = False


class Predicate(NamedTuple):
    """A finite verb of a sentence.

    Attributes
    ----------
    subject : Subject
    place : Place
    modal : str
        "will", "should" and the like, else empty.
    verb : str
        The main verb's base form; "be" for a copula.
    tense : str
        "present", "past", "perfect" or "modal".
    passive, negated, progressive : bool
    start, verb_at, end : int
        By word: the whole group, its main verb, and the first word after it.
    stop : int
        The first word that no longer hangs on it.
    governor : int
        For a clause after "that", the number of the predicate above it, else -1.
    """

    subject: Subject
    place: Place
    modal: str
    verb: str
    tense: str
    passive: bool
    negated: bool
    progressive: bool
    start: int
    verb_at: int
    end: int
    stop: int
    governor: int = -1
