"""Stretches of a row of words, and where each word stood last."""

from dataclasses import dataclass

import numpy as np

from sco_research.metrics.forms import Integers


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of a row of words: stretch k holds the words ``starts[k]`` to before ``ends[k]``.

    Attributes
    ----------
    types : array
        The type of each word, as a number.
    starts, ends : array
        Where each stretch begins and ends.
    previous : array
        Where each word stood last before, -1 where never.
    holder, frequencies : array
        For each pair of a stretch and a type in it: the stretch, and how often the type occurs.
    """

    types: Integers
    starts: Integers
    ends: Integers
    previous: Integers
    holder: Integers
    frequencies: Integers

    @classmethod
    def of(cls, types: Integers, starts: Integers, ends: Integers) -> "Stretches":
        """Make stretches of a row of types."""
        lengths = ends - starts
        stretch = np.repeat(np.arange(len(starts)), lengths)
        place = np.arange(len(stretch)) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
        size = int(types.max(initial=0)) + 1
        pairs, frequencies = np.unique(stretch * size + types[place], return_counts=True)
        return cls(types, starts, ends, _previous(types), pairs // size, frequencies)

    @property
    def lengths(self) -> Integers:
        """Return the number of words of each stretch."""
        return self.ends - self.starts

    @property
    def distinct(self) -> Integers:
        """Return the number of types of each stretch."""
        return np.bincount(self.holder, minlength=len(self.starts))


def _previous(types: Integers) -> Integers:
    order = np.argsort(types, kind="stable")
    previous = np.full(len(types), -1, dtype=np.int64)
    again = types[order[1:]] == types[order[:-1]]
    previous[order[1:][again]] = order[:-1][again]
    return previous


def window_types(previous: Integers, window: int) -> Integers:
    """Return the number of types in each window of a row of words, from the first word on.

    A word adds no type to the windows that hold its previous place too: one pass marks where those
    windows begin and end, and a running sum counts them.
    """
    number = len(previous) - window + 1
    if number <= 0:
        return np.zeros(0, dtype=np.int64)
    place = np.arange(len(previous))
    begin = np.maximum(place - window + 1, 0)
    end = np.minimum(previous, number - 1) + 1
    held = begin < end
    change = np.bincount(begin[held], minlength=number + 1)[: number + 1]
    change = change - np.bincount(end[held], minlength=number + 1)[: number + 1]
    return window - np.cumsum(change[:number])
