"""The choices of the coding protocol that a study can make otherwise, as one value."""

from dataclasses import dataclass, field
from pathlib import Path

AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class CommitmentOptions:
    """How commitments are coded; given whole to every function that codes or explains.

    Attributes
    ----------
    organization : str
        Whose declaration it is: ids of profiles ("sco", "g20", "asean united-states"), the path of
        a profile of one's own, or "auto": the document's own issuer. "generic" stands for nobody
        in particular, as where the issuer is unknown.
    binding_scheme : str
        "kirton" or "g20rg".
    scheme_file : str or pathlib.Path, optional
        The word lists that "g20rg" needs; see `sco_research.coding.commitments.binding`.
    instructions : bool
        R3: whether instructions to the organization's own organs count as strict commitments.
    universal : bool
        Whether support for a process of a universal institution counts as a broad one.
    past : bool
        Whether what was agreed, endorsed or called for on another occasion, or told of as done,
        counts as a broad one, too, as the G20 Research Group lists it. The past of this meeting is
        always read as its present.
    without : frozenset of str
        Rules and classes taken out, for an ablation.
    rules : str or pathlib.Path, optional
        The path of a rule table of your own; without it the bundled one.

    Examples
    --------
    >>> CommitmentOptions(organization="un", instructions=False).past
    False
    """

    organization: str = AUTOMATIC
    binding_scheme: str = "kirton"
    scheme_file: str | Path | None = None
    instructions: bool = True
    universal: bool = True
    past: bool = False
    without: frozenset[str] = field(default_factory=frozenset)
    rules: str | Path | None = None

    @property
    def switched_on(self) -> tuple[str, ...]:
        """The choices that rows of the rule table may ask for.

        >>> CommitmentOptions(past=True, universal=False).switched_on
        ('instructions', 'past')
        """
        names = ("instructions", "universal", "past")
        return tuple(name for name in names if getattr(self, name))

    @property
    def departures(self) -> tuple[str, ...]:
        """The options that make another coding than the protocol's, which no reference is of.

        Whose declaration it is, is no choice of the protocol's.

        >>> CommitmentOptions(organization="un", past=True).departures
        ('past',)
        """
        names = ("binding_scheme", "instructions", "universal", "past", "without", "rules")
        return tuple(name for name in names if getattr(self, name) != getattr(DEFAULT, name))


DEFAULT = CommitmentOptions()
