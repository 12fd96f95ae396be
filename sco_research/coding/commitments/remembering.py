"""What was read is kept for the next question about it, within bounds."""

import gc
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from looking for circles among what is being read: there are none.

    Its passes over all that a corpus keeps took a third of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Remembered(Generic[_Value]):
    """Keeps the values asked for last, as long as their sizes together stay within a bound.

    ``functools.lru_cache`` counts entries: eight long documents are much, eight short ones little.

    Parameters
    ----------
    bound : int
        How much is kept; one value alone is kept whatever its size.

    Examples
    --------
    >>> kept = Remembered(10)
    >>> kept.keep("a", 1, size=6)
    >>> kept.keep("b", 2, size=6)
    >>> kept.get("a"), kept.get("b")
    (None, 2)
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._values: OrderedDict[Hashable, tuple[_Value, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> _Value | None:
        """Return what was kept under a key, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: _Value, size: int) -> None:
        """Keep a value, and let go of those that were asked for longest ago."""
        with self._lock:
            if key in self._values:
                return
            self._values[key] = (value, size)
            self._size += size
            while self._size > self._bound and len(self._values) > 1:
                _, (_, gone) = self._values.popitem(last=False)
                self._size -= gone
