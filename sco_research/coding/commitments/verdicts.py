"""What the finite verbs of a sentence amount to, one verdict each, and what follows for all."""

from typing import Literal, NamedTuple

from sco_research.coding.commitments.lexicon_file import Act, Level
from sco_research.coding.commitments.sentence import Predicate

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
        What the rule that decided is called: rows of the table may share a name.
    word_class : str
        The class of the deciding word.
    why : str
        Why it is not the other reading.
    predicate : Predicate
    start, end : int
        The deciding words, by number.
    rows : tuple of str
        The rows of the rule table that decided, by id: those of re-reading, the rule, and that of
        its object.
    governor : Predicate or None
        Of a clause after "that", the verb above it.
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
    rows: tuple[str, ...] = ()
    governor: Predicate | None = None


_ORDER: tuple[Act, ...] = ("commissive", "directive", "expressive", "assertive")
_RANK: dict[Status, int] = {"strict": 2, "broad": 1, "out": 0}


def act_of(verdicts: list[Verdict], *, committed: bool) -> Act:
    """Return the speech act of the main verbs: the first in the protocol's order."""
    acts = [verdict.act for verdict in verdicts]
    if "declarative" in acts and not committed:
        return "declarative"
    for act in _ORDER:
        if act in acts:
            return act
    return "assertive"


def deciding(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict that earned a sentence its highest answer."""
    if len(verdicts) == 1:
        return verdicts[0]
    return max(
        verdicts,
        key=lambda verdict: (
            _RANK[verdict.status],
            verdict.binding == "high",
            -_ORDER.index(verdict.act) if verdict.act in _ORDER else 1,
        ),
    )
