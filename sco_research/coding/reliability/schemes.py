"""What a coding sheet asks: variables with their values and their level of measurement."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from sco_research.errors import ParameterError

MeasurementLevel = Literal["nominal", "ordinal", "interval", "ratio"]
YES, NO, NONE = "yes", "no", "none"
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Variable:
    """One question of a coding sheet, answered for every segment.

    Attributes
    ----------
    name : str
        The sheet's column.
    level : str
        ``nominal``, ``ordinal`` (``values`` in their order), ``interval`` or ``ratio`` (numbers).
    values : tuple of str
        The answers allowed; empty where any number is (``interval``, ``ratio``) or, for a nominal
        variable, any word.
    many : bool
        Several answers may stand in one cell, separated by ``;``, or the word ``none``. Agreement
        and scores then take each value as a yes-or-no question of its own.
    question : str
        What the coder is asked, for the instructions.

    Examples
    --------
    >>> Variable("strict", values=("yes", "no")).level
    'nominal'
    """

    name: str
    level: MeasurementLevel = "nominal"
    values: tuple[str, ...] = ()
    many: bool = False
    question: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be coded or measured."""
        if self.level not in get_args(MeasurementLevel):
            raise ParameterError(
                f"variable {self.name!r}, level {self.level!r}: choose one of "
                + ", ".join(get_args(MeasurementLevel))
            )
        if len(set(self.values)) < len(self.values):
            raise ParameterError(f"variable {self.name!r}: a value appears twice; delete one")
        if self.many and (not self.values or self.level != "nominal"):
            raise ParameterError(
                f"variable {self.name!r}: many answers need the nominal level and a list of values"
            )

    @property
    def numeric(self) -> bool:
        """Whether answers are numbers rather than words of a list."""
        return self.level in ("interval", "ratio") and not self.values


@dataclass(frozen=True, slots=True)
class CodingScheme:
    """The variables of a coding, and the columns that are free text.

    Attributes
    ----------
    name : str
        Such as ``"themes"``; the sheets are called so.
    variables : tuple of Variable
        What is coded and measured.
    free : tuple of str
        Columns that a coder fills with words of their own; agreement does not look at them.
    """

    name: str
    variables: tuple[Variable, ...]
    free: tuple[str, ...] = ("note",)

    @property
    def columns(self) -> tuple[str, ...]:
        """The sheet's columns that a coder fills."""
        return (*(variable.name for variable in self.variables), *self.free)

    def variable(self, name: str) -> Variable:
        """Return the variable of this name."""
        for variable in self.variables:
            if variable.name == name:
                return variable
        known = ", ".join(variable.name for variable in self.variables)
        raise ParameterError(f"scheme {self.name!r}: no variable {name!r}; it has {known}")


COMMITMENTS = CodingScheme(
    "commitments",
    (
        Variable(
            "speech_act",
            values=("declarative", "directive", "commissive", "expressive", "assertive"),
            question="What does the main clause do?",
        ),
        Variable("strict", values=(YES, NO), question="Is there a strict commitment?"),
        Variable("broad", values=(YES, NO), question="Is there a commitment, broadly read?"),
        Variable("undertakings", level="ratio", question="How many undertakings does it hold?"),
        Variable(
            "binding",
            level="ordinal",
            values=(NONE, "low", "high"),
            question="How binding is the strongest commitment?",
        ),
    ),
    free=("actor", "verb", "note"),
)
"""The sheet of the commitments protocol in ``data/reference``."""


def theme_scheme(categories: Iterable[str]) -> CodingScheme:
    """Return the scheme of a theme coding: any number of these categories a segment.

    Examples
    --------
    >>> theme_scheme(["health", "energy"]).columns
    ('themes', 'note')
    """
    question = "Which themes does it say something about?"
    return CodingScheme(
        "themes", (Variable("themes", values=tuple(categories), many=True, question=question),)
    )
