"""What a finite verb amounts to, and the choices a study can make otherwise."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sco_research.coding.commitments.grammar import Predicate
from sco_research.coding.commitments.lexicon_schema import Act, Level

Status = Literal["strict", "broad", "out"]


class Verdict(NamedTuple):
    """What one finite verb amounts to.

    Attributes
    ----------
    act : str
        Its speech act.
    status : str
        "strict", "broad" or "out".
    binding : str
        "high", "low" or "none" after the `kirton` scheme.
    rule : str
        The rule that decided.
    word_class : str
        The class of the deciding word.
    why : str
        Why it is not the other reading.
    predicate : Predicate
    start, end : int
        The deciding words, by number.
    """

    act: Act
    status: Status
    binding: Level
    rule: str
    word_class: str
    why: str
    predicate: Predicate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of the protocol that a study can make otherwise.

    Attributes
    ----------
    instructions : bool
        R3: whether instructions to the organization's own organs are strict commitments.
    universal : bool
        Whether support for a process of a universal institution is a broad one.
    past : bool
        Whether what is reported in the past tense is a broad one, as the G20 Research Group lists
        it ("The leaders endorsed …"); the protocol leaves it out.
    without : frozenset of str
        Rules and classes taken out, for the ablation.
    """

    instructions: bool = True
    universal: bool = True
    past: bool = False
    without: frozenset[str] = field(default_factory=frozenset)


_ORDER: tuple[Act, ...] = ("commissive", "directive", "expressive", "assertive")


def act_of(verdicts: list[Verdict], *, committed: bool) -> Act:
    """Return the speech act of the main verbs: the first in the protocol's order."""
    acts = [verdict.act for verdict in verdicts]
    if "declarative" in acts and not committed:
        return "declarative"
    for act in _ORDER:
        if act in acts:
            return act
    return "assertive"


_RANK: dict[Status, int] = {"strict": 2, "broad": 1, "out": 0}


def deciding(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict that earned a sentence its highest answer."""
    return max(
        verdicts,
        key=lambda verdict: (
            _RANK[verdict.status],
            verdict.binding == "high",
            -_ORDER.index(verdict.act) if verdict.act in _ORDER else 1,
        ),
    )
