"""Two sentences word by word: what of each returns in the other, and what was changed."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import chain, groupby
from math import log
from operator import attrgetter
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from sco_research.resources import data_path
from sco_research.text.lemmas import lemma
from sco_research.text.spelling import american_spellings
from sco_research.text.tokens import words
from sco_research.text.words import function_words

# The longest first; what is left keeps four letters. British endings are among them, so that both
# spellings come to one stem.
_SUFFIXES = re.compile(
    r"(?<=\w{4})(?:isation|ization|ational|ations?|ments?|ities|ising|izing|ation|ition|ative"
    r"|itive|ances?|ences?|ions?|ness|ity|ise|ize|ive|ing|ers?|ors?|ous|ial|ian|ed|es|al|an|ly"
    r"|ern|en|ic|y|e|s)$"
)
_NUMBER = re.compile(r"\d")


# Compared by identity, which is quick: one is made for each word of a language.
@dataclass(frozen=True, slots=True, eq=False)
class WordFeatures:
    """Lemma, stem and synonym group of a word, for alignment.

    Attributes
    ----------
    lemma : str
        Its dictionary form.
    stem : str
        What its family shares: "produc" of "producing" and "production".
    group : str
        The first of the words that say the same in a declaration; empty where it has none.
    weight : float
        What it can weigh beside others as rare: words that only tie a sentence together weigh
        little, and a number half, because years change while the statement stays.
    keys : tuple of str
        Everything that another word can have in common with it.
    names : bool
        Whether it says something by itself: it does more than tie a sentence together.
    """

    lemma: str
    stem: str
    group: str
    weight: float
    keys: tuple[str, ...] = field(init=False, repr=False)
    names: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        keys = (self.stem, f"{self.group}/") if self.group else (self.stem,)
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "names", self.weight >= _NAMING_WEIGHT)

    @property
    def key(self) -> str:
        """The key of the word and those like it."""
        return self.group or self.stem


_FUNCTION_WEIGHT = 0.1
_NAMING_WEIGHT = 0.5
_NUMBER_WEIGHT = 0.5
# More than the common words of a language; rare words of a large corpus are dropped.
_WORDS_KEPT = 50_000


@lru_cache(maxsize=8)
def features_in(language: str) -> Callable[[str], WordFeatures]:
    """Return the function that gives a word's features in a language: lemma, stem, group, weight.

    It works them out once for each word.

    >>> features_of = features_in("en")
    >>> features_of("Harmonising").stem == features_of("harmonization").stem
    True
    >>> features_of("peril").group == features_of("threats").group
    True
    """
    return lru_cache(maxsize=_WORDS_KEPT)(partial(_features, language))


def _features(language: str, word: str) -> WordFeatures:
    base = lemma(word.replace("’", "'").removesuffix("'s"), language)
    if language != "en":
        return WordFeatures(base, base, "", _NUMBER_WEIGHT if _NUMBER.search(base) else 1.0)
    stem = _stem(base)
    weight = 1.0
    if base in function_words() or word.lower() in function_words():
        weight = _FUNCTION_WEIGHT
    elif _NUMBER.search(base):
        weight = _NUMBER_WEIGHT
    group = like_words().get(base) or like_words().get(stem, "")
    return WordFeatures(base, stem, group, weight)


def word_features(text: str, language: str = "en") -> list[WordFeatures]:
    """Return the features of the words of a text, in order."""
    return list(map(features_in(language), words(text.lower())))


def _stem(word: str) -> str:
    previous = ""
    while word != previous:
        previous, word = word, _SUFFIXES.sub("", word)
    return word.replace("our", "or")


@cache
def like_words() -> dict[str, str]:
    """Return each word of the lexicon of like words, and its stem, with the first of its group.

    >>> like_words()["menace"]
    'challenge'
    """
    path = data_path("lexicons", "like-words-en.txt")
    groups = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    words_of_groups = {word: group[0] for group in groups for word in group}
    stems = {_stem(word): first for word, first in reversed(words_of_groups.items())}
    # A word's own group goes before that of a word of its stem.
    return stems | words_of_groups


Step = Literal["same", "respelt", "changed"]


class Change(NamedTuple):
    """A stretch of two sentences: what the earlier one has there, and the later one.

    Attributes
    ----------
    step : str
        ``"same"``, character for character; ``"respelt"``: the same words with other capitals,
        stops or spelling; ``"changed"``: other words, of which one side may have none.
    earlier, later : str
        The words of either, as the source has them.
    """

    step: Step
    earlier: str
    later: str


# Value of a match by lemma, by stem, by synonym group.
_LEVELS: tuple[tuple[Callable[[WordFeatures], str], float], ...] = (
    (attrgetter("lemma"), 1.0),
    (attrgetter("stem"), 0.9),
    (attrgetter("group"), 0.8),
)
# A sentence may be kept whole within a longer one, so the larger share weighs more.
_OF_THE_BETTER = 0.6
_KEYS = attrgetter("keys")
# So no other order of summation can put a pair that reaches the threshold below it.
_SPARE = 1e-9
_EDGES = ".,;:!?()[]\"'“”‘’«»–—-"


class Weights(dict[WordFeatures, float]):
    """Weights of words: the rarer in the sentences compared, the heavier.

    Each is worked out when it is first asked for.

    Parameters
    ----------
    sentences : iterable of sequence of WordFeatures
        Every sentence that is compared.

    Notes
    -----
    ``ln(1 + N / n)`` of N sentences, n of which hold the word or one like it, a form of inverse
    document frequency [salton1988]_.

    .. [salton1988] G. Salton and C. Buckley, 1988, Term-weighting approaches in automatic text
       retrieval.
    """

    def __init__(self, sentences: Iterable[Sequence[WordFeatures]]) -> None:
        super().__init__()
        self._holders = Counter[str]()
        self._number = 0
        for features in sentences:
            self._number += 1
            self._holders.update({word.key for word in features})

    def __missing__(self, word: WordFeatures) -> float:
        """Work out a word's weight at its first use."""
        holders = max(1, self._holders[word.key])
        weight = self[word] = word.weight * log(1 + max(1, self._number) / holders)
        return weight

    def weigh(self, features: Sequence[WordFeatures]) -> "WeighedSentence":
        """Return a sentence's words with their weights."""
        weights = tuple(map(self.__getitem__, features))
        total = sum(weights)
        keys = frozenset(chain.from_iterable(map(_KEYS, features)))
        shares: dict[str, float] = {}
        rest = 1.0 + _SPARE
        for word, weight in zip(features, weights, strict=True):
            if word.names:
                share = weight / total
                rest -= share
                for key in word.keys:
                    shares[key] = shares.get(key, 0.0) + share
        return WeighedSentence(
            tuple(features), weights, total, keys, frozenset(shares), shares, rest
        )


# Not frozen: one is made for each sentence, and a frozen one takes four times as long to make.
@dataclass(slots=True, eq=False)
class WeighedSentence:
    """A sentence's words, their weights, the sum of these, and what other words can share.

    ``shares`` holds by each key the share of the weight that the words with it have, for those that
    name something; a word of two keys is in both. ``rest`` is the share of all other words.
    """

    features: tuple[WordFeatures, ...]
    weights: tuple[float, ...]
    total: float
    keys: frozenset[str]
    named: frozenset[str]
    shares: Mapping[str, float]
    rest: float

    def may_reach(self, other: "WeighedSentence", threshold: float) -> bool:
        """Return whether the similarity may reach a threshold: cheap, and never a false no.

        The words that only tie a sentence together are taken to return: they weigh little.
        """
        shared = self.named & other.named
        mine = self.rest + sum(map(self.shares.__getitem__, shared))
        theirs = other.rest + sum(map(other.shares.__getitem__, shared))
        return joint_similarity(min(1.0, mine), min(1.0, theirs)) >= threshold

    def upper_bound(self, other: "WeighedSentence") -> float:
        """Return the most of this sentence's weight, 0 to 1, that can return in the other."""
        keys = other.keys
        shared = sum(
            weight
            for word, weight in zip(self.features, self.weights, strict=True)
            if not keys.isdisjoint(word.keys)
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
        return joint_similarity(self.earlier, self.later)


def joint_similarity(one: float, other: float) -> float:
    """Return the similarity of two sentences from the shares of each that return in the other."""
    return _OF_THE_BETTER * max(one, other) + (1 - _OF_THE_BETTER) * min(one, other)


def align(earlier: WeighedSentence, later: WeighedSentence) -> Alignment:
    """Match the words of two sentences, wherever they stand.

    Words are matched by lemma first, then by stem, then by synonym group, each once. Their order
    does not count: clauses change places from one declaration to the next.
    """
    ours = [0.0] * len(earlier.features)
    theirs = [0.0] * len(later.features)
    for key, value in _LEVELS:
        free: dict[str, list[int]] = {}
        for place in range(len(theirs) - 1, -1, -1):
            if not theirs[place]:
                free.setdefault(key(later.features[place]), []).append(place)
        free.pop("", None)
        for place, word in enumerate(earlier.features):
            places = None if ours[place] else free.get(key(word))
            if places:
                ours[place] = theirs[places.pop()] = value
    return Alignment(
        _share(earlier, ours),
        _share(later, theirs),
        frozenset(place for place, value in enumerate(ours) if value),
        frozenset(place for place, value in enumerate(theirs) if value),
    )


def _share(sentence: WeighedSentence, values: Sequence[float]) -> float:
    found = sum(value * weight for value, weight in zip(values, sentence.weights, strict=True))
    return found / sentence.total if sentence.total else 0.0


def changes(earlier: str, later: str) -> list[Change]:
    """Return how two sentences differ, stretch by stretch; the stretches hold both whole.

    Words are compared without their capitals and the stops around them, and British and American
    spellings of one word are one where both occur; such a difference is a step of its own, no
    change of words. White space is folded.

    Examples
    --------
    >>> for change in changes("We will organise talks soon.", "we shall organize talks."):
    ...     print(change.step, [change.earlier, change.later])
    respelt ['We', 'we']
    changed ['will', 'shall']
    respelt ['organise talks', 'organize talks.']
    changed ['soon.', '']
    """
    old, new = earlier.split(), later.split()
    steps: list[Change] = []
    for step in Indel.opcodes(*_compared(old, new)):
        before, after = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        if step.tag == "equal":
            steps += [
                Change("same" if one == other else "respelt", one, other)
                for one, other in zip(before, after, strict=True)
            ]
        else:
            steps += [Change("changed", word, "") for word in before]
            steps += [Change("changed", "", word) for word in after]
    return _gathered(steps)


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words of two sentences as they are compared."""
    bare = [[_bare(word) for word in words] for words in (old, new)]
    american = american_spellings({*bare[0], *bare[1]}) if bare[0] != bare[1] else {}
    mine, theirs = ([american.get(word, word) for word in words] for words in bare)
    return mine, theirs


def _bare(word: str) -> str:
    return word.strip(_EDGES).lower().replace("’", "'") or word


def _gathered(steps: Sequence[Change]) -> list[Change]:
    """Join neighbours of one kind."""
    found: list[Change] = []
    for kind, run in groupby(steps, key=attrgetter("step")):
        part = list(run)
        earlier = " ".join(change.earlier for change in part if change.earlier)
        later = " ".join(change.later for change in part if change.later)
        found.append(Change(kind, earlier, later))
    return found


def marked(steps: Iterable[Change]) -> str:
    """Return differences as one line: ``[-earlier-]``, ``{+later+}``, ``{~earlier → later~}``.

    The last is for words that differ in capitals, stops or spelling only.

    >>> marked(changes("The members will meet soon.", "The Members shall meet."))
    'The {~members → Members~} [-will-] {+shall+} {~meet → meet.~} [-soon.-]'
    """
    return " ".join(map(_marked, steps))


def _marked(change: Change) -> str:
    if change.step == "same":
        return change.later
    if change.step == "respelt":
        return f"{{~{change.earlier} → {change.later}~}}"
    removed, added = f"[-{change.earlier}-]", f"{{+{change.later}+}}"
    marks = ((removed, change.earlier), (added, change.later))
    return " ".join(mark for mark, text in marks if text)


def wording_similarity(earlier: Sequence[str], later: Sequence[str]) -> float:
    """Return how much of the wording is the same, in order: 0 nothing, 1 word for word.

    >>> wording_similarity(["we", "will", "meet"], ["we", "shall", "meet"]).__round__(2)
    0.67
    """
    return float(Indel.normalized_similarity(list(earlier), list(later)))
