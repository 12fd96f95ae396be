"""Coefficients of agreement between coders, on plain arrays.

Each is a function of how often each unit counts, so that one formula gives the value, its standard
error and its bootstrap interval.

Sources: Krippendorff (2011); Cohen (1960); Scott (1955); Fleiss (1971), with unequal numbers of
coders as in Gwet (2014), whose AC1 (2008) keeps its meaning where one answer is very rare.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sco_research.coding.reliability.schemes import MeasurementLevel
from sco_research.errors import ParameterError
from sco_research.statistics import Numbers, divide

Answer = str | float | None
_STEP = 1e-4
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of coders to one question.

    Attributes
    ----------
    codes : numpy.ndarray
        ``(units, coders)``: position of the answer in ``values``; -1 where there is none.
    values : tuple of str or float
        The distinct answers, in their order.
    """

    codes: NDArray[np.int64]
    values: tuple[Answer, ...]

    @property
    def counts(self) -> Numbers:
        """How many coders gave each value, ``(units, values)``."""
        positions = np.arange(len(self.values))
        counts: Numbers = (self.codes[:, :, None] == positions).sum(axis=1).astype(float)
        return counts

    @property
    def pairable(self) -> NDArray[np.bool_]:
        """Which units two coders or more answered."""
        answered: NDArray[np.bool_] = (self.codes >= 0).sum(axis=1) >= 2
        return answered


def answers_of(data: Sequence[Sequence[Answer]], *, values: Sequence[Answer] = ()) -> Answers:
    """Return the answers of coders by units as codes.

    Parameters
    ----------
    data : sequence of sequences
        One sequence a coder, one item a unit; None or NaN where the coder gave no answer.
    values : sequence, optional
        The answers in their order; sorted where not given.

    Raises
    ------
    ParameterError
        Where coders have different numbers of units, or an answer is not among the values.

    Examples
    --------
    >>> answers_of([["a", "b", None], ["a", "a", "b"]]).codes.tolist()
    [[0, 0], [1, 0], [-1, 1]]
    """
    lengths = sorted({len(coder) for coder in data})
    if len(lengths) > 1:
        raise ParameterError(
            f"answers of coders: one has {lengths[0]} units and another {lengths[-1]}; give one "
            "item a unit, None where there is no answer"
        )
    given = {answer for coder in data for answer in coder if not _missing(answer)}
    try:
        order = tuple(values) or tuple(sorted(given, key=_sort_key))
    except TypeError:
        raise ParameterError(
            "answers of coders: words and numbers are mixed; give one kind"
        ) from None
    if unknown := given - set(order):
        raise ParameterError(
            f"answers of coders: {sorted(map(repr, unknown))[0]} is not among the values; add it"
        )
    position = {value: number for number, value in enumerate(order)}
    units = lengths[0] if lengths else 0
    codes = np.full((units, len(data)), -1, dtype=np.int64)
    for column, coder in enumerate(data):
        codes[:, column] = [-1 if _missing(item) else position[item] for item in coder]
    return Answers(codes, order)


def _missing(answer: Answer) -> bool:
    # NaN is the one value that differs from itself.
    return answer is None or answer != answer


def _sort_key(answer: Answer) -> str | float:
    assert answer is not None
    return answer


def percent_agreement(answers: Answers, weights: Numbers) -> Numbers:
    """Return the share of agreeing pairs of coders, averaged over units; 0 to 1."""
    counts, pairable = answers.counts, answers.pairable
    coders = counts.sum(axis=1)
    agreeing = divide((counts * (counts - 1)).sum(axis=1), coders * (coders - 1))
    return divide(weights @ np.where(pairable, agreeing, 0), weights @ pairable)


def fleiss_kappa(answers: Answers, weights: Numbers) -> Numbers:
    """Return Fleiss' kappa: chance is that all coders share one distribution of answers."""
    return _beyond_chance(percent_agreement(answers, weights), _alike(_shares(answers, weights)))


def gwet_ac1(answers: Answers, weights: Numbers) -> Numbers:
    """Return Gwet's AC1, which does not collapse where one answer is rare."""
    return _beyond_chance(percent_agreement(answers, weights), _rarely(_shares(answers, weights)))


def cohen_kappa(answers: Answers, weights: Numbers) -> Numbers:
    """Return Cohen's kappa of two coders: chance is that each keeps a distribution of their own."""
    first, second = _two_coders(answers, weights)
    return _beyond_chance(percent_agreement(answers, weights), (first * second).sum(axis=1))


def scott_pi(answers: Answers, weights: Numbers) -> Numbers:
    """Return Scott's pi of two coders: chance is that both share one distribution."""
    first, second = _two_coders(answers, weights)
    return _beyond_chance(percent_agreement(answers, weights), _alike((first + second) / 2))


def nominal_coefficients(answers: Answers, weights: Numbers) -> dict[str, Numbers]:
    """Return percent agreement and all that correct it for chance, by name.

    What they share is computed once: for thousands of resamples it is most of the work.

    Examples
    --------
    >>> answers = answers_of([["a", "b"], ["a", "b"]])
    >>> {name: one.tolist() for name, one in nominal_coefficients(answers, np.ones((1, 2))).items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'percent_agreement': [1.0], 'fleiss_kappa': [1.0], 'gwet_ac1': [1.0],
     'cohen_kappa': [1.0], 'scott_pi': [1.0]}
    """
    observed, shares = percent_agreement(answers, weights), _shares(answers, weights)
    chances = {"fleiss_kappa": _alike(shares), "gwet_ac1": _rarely(shares)}
    if answers.codes.shape[1] == 2:
        first, second = _two_coders(answers, weights)
        chances["cohen_kappa"] = (first * second).sum(axis=1)
        chances["scott_pi"] = _alike((first + second) / 2)
    corrected = {name: _beyond_chance(observed, chance) for name, chance in chances.items()}
    return {"percent_agreement": observed, **corrected}


def _alike(shares: Numbers) -> Numbers:
    """Return the chance that two answers drawn from one distribution are alike."""
    return np.asarray((shares**2).sum(axis=1))


def _rarely(shares: Numbers) -> Numbers:
    """Return Gwet's chance: that of an answer given at random, and alike by chance."""
    return divide((shares * (1 - shares)).sum(axis=1), shares.shape[1] - 1)


def krippendorff_alpha(
    answers: Answers, weights: Numbers, *, level: MeasurementLevel = "nominal"
) -> Numbers:
    """Return Krippendorff's alpha, 1 less observed over expected disagreement.

    Units with one answer are left out. ``ordinal`` is ``interval`` on the middle ranks of the
    values, which change with the weights.
    """
    counts = answers.counts * answers.pairable[:, None]
    coders = counts.sum(axis=1)
    totals = weights @ counts
    ratings = totals.sum(axis=1)
    if level == "ordinal":
        ranks = totals.cumsum(axis=1) - totals / 2
        expected = 2 * (
            ratings * (totals * ranks**2).sum(axis=1) - (totals * ranks).sum(axis=1) ** 2
        )
        spread = coders * (ranks**2 @ counts.T) - (ranks @ counts.T) ** 2
        observed = (weights * divide(2 * spread, coders - 1)).sum(axis=1, where=coders > 1)
    else:
        distance = _DISTANCES[level](answers.values)
        expected = ((totals @ distance) * totals).sum(axis=1)
        within = ((counts @ distance) * counts).sum(axis=1)
        observed = weights @ np.where(coders > 1, divide(within, coders - 1), 0)
    return 1 - divide((ratings - 1) * observed, expected)


def standard_error(statistic: Callable[[Numbers], Numbers], sample: ArrayLike) -> Numbers:
    """Return the standard error by the delta method: how each unit moves the statistic.

    Parameters
    ----------
    statistic : callable
        Takes weights, one row a trial and one column a kind of unit.
    sample : array
        How many units of each kind there are.

    Returns
    -------
    numpy.ndarray
        One item for each value of the statistic; NaN with fewer than two units.

    Examples
    --------
    >>> values = np.array([1.0, 2.0, 3.0, 4.0])
    >>> mean = lambda weights: weights @ values / weights.sum(axis=1)
    >>> standard_error(mean, np.ones(4)).round(4).tolist()
    [0.559]
    """
    counts = np.asarray(sample, dtype=float)
    units = counts.sum()
    if units < 2:
        return np.full(np.asarray(statistic(counts[None, :])).reshape(-1).shape, np.nan)
    total = 0.0
    for begin in range(0, len(counts), _BLOCK):
        moved = np.arange(begin, min(begin + _BLOCK, len(counts)))
        step = np.repeat(-_STEP * counts[None, :], len(moved), axis=0)
        step[np.arange(len(moved)), moved] += units * _STEP
        more, less = (
            np.asarray(statistic(counts + sign * step)).reshape(len(moved), -1) for sign in (1, -1)
        )
        influence = (more - less) / (2 * _STEP)
        total = total + (counts[moved, None] * influence**2).sum(axis=0)
    return np.asarray(np.sqrt(total) / units)


def _beyond_chance(observed: Numbers, chance: Numbers) -> Numbers:
    return divide(observed - chance, 1 - chance)


def _shares(answers: Answers, weights: Numbers) -> Numbers:
    """Return the share of each value, units counting alike however many coders answered."""
    counts = answers.counts
    coders = counts.sum(axis=1)
    within = np.nan_to_num(divide(counts, coders[:, None]))
    return divide(weights @ within, (weights @ (coders > 0))[:, None])


def _two_coders(answers: Answers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return the distributions of two coders over the units that both answered."""
    if answers.codes.shape[1] != 2:
        raise ParameterError("Cohen's kappa and Scott's pi are for two coders; take them in pairs")
    positions = np.arange(len(answers.values))
    both = weights @ answers.pairable
    first, second = (
        divide(
            weights @ ((answers.codes[:, [coder]] == positions) & answers.pairable[:, None]),
            both[:, None],
        )
        for coder in (0, 1)
    )
    return first, second


def _nominal(values: tuple[Answer, ...]) -> Numbers:
    return 1 - np.eye(len(values))


def _interval(values: tuple[Answer, ...]) -> Numbers:
    numbers = np.asarray(values, dtype=float)
    distance: Numbers = (numbers[:, None] - numbers) ** 2
    return distance


def _ratio(values: tuple[Answer, ...]) -> Numbers:
    numbers = np.asarray(values, dtype=float)
    if (numbers < 0).any():
        raise ParameterError("alpha, level 'ratio': a value is below 0; use level 'interval'")
    return np.nan_to_num(divide(numbers[:, None] - numbers, numbers[:, None] + numbers)) ** 2


_DISTANCES: dict[MeasurementLevel, Callable[[tuple[Answer, ...]], Numbers]] = {
    "nominal": _nominal,
    "interval": _interval,
    "ratio": _ratio,
}
