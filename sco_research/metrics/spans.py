"""Spans of a sequence of words, and the previous position of each word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sco_research.metrics.tally import Integers


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of a row of words: span k holds the words ``starts[k]`` to before ``ends[k]``.

    Attributes
    ----------
    types : array
        The type of each word, as a number.
    starts, ends : array
        Where each span begins and ends.
    previous : array
        Where each word stood last before, -1 where never.
    holder, frequencies : array
        For each pair of a span and a type in it: the span, and how often the type occurs.
    """

    types: Integers
    starts: Integers
    ends: Integers
    previous: Integers
    holder: Integers
    frequencies: Integers

    @classmethod
    def of(
        cls,
        types: Integers,
        starts: Integers,
        ends: Integers,
        *,
        layers: Sequence[Integers] | None = None,
    ) -> "Spans":
        """Make spans of a row of types.

        Spans may hold each other; ``layers`` names those that do not, in order: the sentences,
        the paragraphs and so on. Without it each is a layer of its own.
        """
        # numpy sorts 16-bit integers by radix, many times faster.
        small = types.max(initial=0) < np.iinfo(np.uint16).max
        order = np.argsort(types.astype(np.uint16) if small else types, kind="stable")
        previous = np.full(len(types), -1, dtype=np.int64)
        again = types[order[1:]] == types[order[:-1]]
        previous[order[1:][again]] = order[:-1][again]
        spectra = [
            _spectrum(types, order, starts[layer], ends[layer], layer)
            for layer in (layers if layers is not None else np.arange(len(starts))[:, None])
        ]
        nothing = np.zeros(0, dtype=np.int64)
        holder = np.concatenate([nothing, *(found for found, _ in spectra)])
        frequencies = np.concatenate([nothing, *(found for _, found in spectra)])
        return cls(types, starts, ends, previous, holder, frequencies)

    @property
    def lengths(self) -> Integers:
        """Return the number of words of each span."""
        return self.ends - self.starts

    def previous_from_the_end(self) -> Integers:
        """Return where each word stood last before, for the row read backwards."""
        size = len(self.types)
        following = np.full(size, size, dtype=np.int64)
        again = self.previous >= 0
        following[self.previous[again]] = np.flatnonzero(again)
        return (size - 1 - following)[::-1]

    @property
    def distinct(self) -> Integers:
        """Return the number of types of each span."""
        return np.bincount(self.holder, minlength=len(self.starts))


def _spectrum(
    types: Integers, order: Integers, starts: Integers, ends: Integers, rows: Integers
) -> tuple[Integers, Integers]:
    """Return each pair of a span and a type in it: the span, and the type's frequency.

    In the order of types, a type's places follow each other, and so do its spans: every pair
    is one run, and nothing needs to be sorted again.
    """
    lengths = ends - starts
    place = np.arange(lengths.sum()) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
    holder = np.full(len(types), -1, dtype=np.int64)
    holder[place] = np.repeat(rows, lengths)
    held = order[holder[order] >= 0]
    of_type, of_row = types[held], holder[held]
    changes = (of_type[1:] != of_type[:-1]) | (of_row[1:] != of_row[:-1])
    begins = np.concatenate([[0], np.flatnonzero(changes) + 1])[: len(held)]
    return of_row[begins], np.diff(np.append(begins, len(held)))


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
