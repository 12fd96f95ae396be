"""Two sentences word by word: what of each returns in the other, and what was changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from operator import attrgetter
from typing import Literal

from rapidfuzz.distance import Indel

from sco_research.comparison.word_features import Form

Change = tuple[Literal["same", "removed", "added"], str]

# What a word counts that returns as itself, as another of its family, as a like word.
_LEVELS: tuple[tuple[Callable[[Form], str], float], ...] = (
    (attrgetter("lemma"), 1.0),
    (attrgetter("stem"), 0.9),
    (attrgetter("group"), 0.8),
)
# A sentence may be kept whole in a longer one: what returns of the better kept one weighs more.
_OF_THE_BETTER = 0.6
_EDGES = ".,;:!?()[]\"'“”‘’«»–—-"


class Weights:
    """How much each word weighs: the rarer in the sentences compared, the more.

    Parameters
    ----------
    sentences : iterable of sequence of Form
        Every sentence that is compared.

    Notes
    -----
    ``ln(1 + N / n)`` of N sentences, n of which hold the word or one like it, a form of inverse
    document frequency [salton1988]_.

    .. [salton1988] G. Salton and C. Buckley, 1988, Term-weighting approaches in automatic text
       retrieval.
    """

    def __init__(self, sentences: Iterable[Sequence[Form]]) -> None:
        self._holders = Counter[str]()
        self._number = 0
        for forms in sentences:
            self._number += 1
            self._holders.update({form.key for form in forms})
        self._known: dict[Form, float] = {}

    def __call__(self, form: Form) -> float:
        """Return a word's weight."""
        found = self._known.get(form)
        if found is None:
            holders = max(1, self._holders[form.key])
            found = self._known[form] = form.weight * log(1 + max(1, self._number) / holders)
        return found

    def weigh(self, forms: Sequence[Form]) -> "Weighed":
        """Return a sentence's words with their weights."""
        weights = tuple(map(self, forms))
        by_key: defaultdict[str, float] = defaultdict(float)
        for form, weight in zip(forms, weights, strict=True):
            for key in form.keys:
                by_key[key] += weight
        return Weighed(tuple(forms), weights, sum(weights), frozenset(by_key), by_key)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence's words, their weights, the sum of these, and what other words can share.

    ``by_key`` holds the weight of the words that share each key; a word of two keys is in both.
    """

    forms: tuple[Form, ...]
    weights: tuple[float, ...]
    total: float
    keys: frozenset[str]
    by_key: Mapping[str, float]

    def may_reach(self, other: "Weighed", threshold: float) -> bool:
        """Tell, quickly, whether the two may be as alike as this: never no where they are."""
        shared = self.keys & other.keys
        mine = sum(map(self.by_key.__getitem__, shared))
        theirs = sum(map(other.by_key.__getitem__, shared))
        return together(_part(mine, self.total), _part(theirs, other.total)) >= threshold

    def most(self, other: "Weighed") -> float:
        """Return the most of this sentence's weight, 0 to 1, that can return in the other."""
        keys = other.keys
        shared = sum(
            weight
            for form, weight in zip(self.forms, self.weights, strict=True)
            if not keys.isdisjoint(form.keys)
        )
        return shared / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two sentences share.

    Attributes
    ----------
    earlier, later : float
        Share of each sentence's weight that returns in the other, 0 to 1.
    earlier_words, later_words : frozenset of int
        The places of those words.
    """

    earlier: float
    later: float
    earlier_words: frozenset[int]
    later_words: frozenset[int]

    @property
    def similarity(self) -> float:
        """From 0 to 1, the two shares together; higher = more alike."""
        return together(self.earlier, self.later)


def together(one: float, other: float) -> float:
    """Return the similarity of two sentences from the shares of each that return in the other."""
    return _OF_THE_BETTER * max(one, other) + (1 - _OF_THE_BETTER) * min(one, other)


def _part(weight: float, whole: float) -> float:
    """Return a share of a sentence's weight, a trace too large: sums differ by their order."""
    return min(1.0, weight / whole + 1e-9) if whole else 0.0


def align(earlier: Weighed, later: Weighed) -> Alignment:
    """Find each word of one sentence in the other, wherever it stands there.

    A word is found as itself first, then as another of its family, then as a like word; each word
    is found once. Order does not count: clauses change places from one declaration to the next.
    """
    ours = [0.0] * len(earlier.forms)
    theirs = [0.0] * len(later.forms)
    for key, value in _LEVELS:
        free: dict[str, list[int]] = {}
        for place in range(len(theirs) - 1, -1, -1):
            if not theirs[place]:
                free.setdefault(key(later.forms[place]), []).append(place)
        free.pop("", None)
        for place, form in enumerate(earlier.forms):
            places = None if ours[place] else free.get(key(form))
            if places:
                ours[place] = theirs[places.pop()] = value
    return Alignment(
        _share(earlier, ours),
        _share(later, theirs),
        frozenset(place for place, value in enumerate(ours) if value),
        frozenset(place for place, value in enumerate(theirs) if value),
    )


def _share(sentence: Weighed, values: Sequence[float]) -> float:
    found = sum(value * weight for value, weight in zip(values, sentence.weights, strict=True))
    return found / sentence.total if sentence.total else 0.0


def changes(earlier: str, later: str) -> list[Change]:
    """Return one sentence as it became another: what stayed, what was removed, what was added.

    Words are compared without their capitals and the stops around them; what stayed is shown as
    the later sentence has it.

    Examples
    --------
    >>> changes("We will meet soon.", "We shall meet.")
    [('same', 'We'), ('removed', 'will'), ('added', 'shall'), ('same', 'meet.'),
     ('removed', 'soon.')]
    """
    old, new = earlier.split(), later.split()
    steps: list[Change] = []
    for step in Indel.opcodes(_bare(old), _bare(new)):
        if step.tag == "equal":
            steps += [("same", word) for word in new[step.dest_start : step.dest_end]]
        else:
            steps += [("removed", word) for word in old[step.src_start : step.src_end]]
            steps += [("added", word) for word in new[step.dest_start : step.dest_end]]
    return _gathered(steps)


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(_EDGES).lower() or word for word in words]


def _gathered(steps: Sequence[Change]) -> list[Change]:
    """Join like steps, what was removed before what was added."""
    found: list[Change] = []
    for same, run in groupby(steps, key=lambda step: step[0] == "same"):
        part = list(run)
        for kind in ("same",) if same else ("removed", "added"):
            text = " ".join(word for name, word in part if name == kind)
            if text:
                found.append((kind, text))  # type: ignore[arg-type]
    return found


def marked(steps: Iterable[Change]) -> str:
    """Return changes as one line: ``[-removed-]`` and ``{+added+}``.

    >>> marked(changes("We will meet soon.", "We shall meet."))
    'We [-will-] {+shall+} meet. [-soon.-]'
    """
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(signs[kind].format(text) for kind, text in steps)


def wording(earlier: Sequence[str], later: Sequence[str]) -> float:
    """Return how much of the wording is the same, in order: 0 nothing, 1 word for word.

    >>> wording(["we", "will", "meet"], ["we", "shall", "meet"]).__round__(2)
    0.67
    """
    return float(Indel.normalized_similarity(list(earlier), list(later)))
