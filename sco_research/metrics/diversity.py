"""Lexical diversity: how many different words a text has for its length.

A word is a run of characters as the package's tokenizer finds it, in small letters; inflected forms
are different words. Every measure is here twice: for a row of tokens, and for all spans of a
text at once.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from sco_research.errors import ParameterError
from sco_research.metrics.metric import Floats
from sco_research.metrics.spans import Spans, window_types
from sco_research.metrics.tally import Integers

WINDOW = 50
SEGMENT = 50
SAMPLE = 42
FACTOR = 0.72
MTLD_MIN_WORDS = 100


def _ttr(text: Spans) -> Floats:
    return text.distinct / text.lengths


def _root_ttr(text: Spans) -> Floats:
    return text.distinct / np.sqrt(text.lengths)


def _maas(text: Spans) -> Floats:
    words = np.log10(text.lengths)
    index: Floats = (words - np.log10(text.distinct)) / words**2
    return index


def _yules_k(text: Spans) -> Floats:
    squares = np.bincount(text.holder, weights=text.frequencies**2, minlength=len(text.starts))
    index: Floats = 1e4 * (squares - text.lengths) / text.lengths.astype(float) ** 2
    return index


def _mattr(text: Spans, window: int = WINDOW) -> Floats:
    total = np.concatenate([[0], np.cumsum(window_types(text.previous, window))])
    number = text.lengths - window + 1
    fits = number > 0
    result = np.full(len(number), np.nan)
    first = text.starts[fits]
    types = total[first + number[fits]] - total[first]
    result[fits] = types / (number[fits] * window)
    return result


def _msttr(text: Spans, segment: int = SEGMENT) -> Floats:
    types = np.concatenate([window_types(text.previous, segment), np.zeros(segment, np.int64)])
    number = text.lengths // segment
    row = np.repeat(np.arange(len(number)), number)
    place = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    found = types[text.starts[row] + segment * place]
    sums = np.bincount(row, weights=found, minlength=len(number))
    return np.where(number > 0, sums / (number * segment), np.nan)


def _hdd(text: Spans, sample: int = SAMPLE) -> Floats:
    lengths = text.lengths[text.holder]
    fits = lengths >= sample
    missed = _chance_of_none(lengths[fits].astype(float), text.frequencies[fits], sample)
    sums = np.bincount(text.holder[fits], weights=1 - missed, minlength=len(text.starts))
    return np.where(text.lengths >= sample, sums / sample, np.nan)


def _chance_of_none(words: Floats, frequencies: Integers, sample: int) -> Floats:
    """Return the chance that a sample without replacement holds none of a type's tokens.

    The tokens and the sample may change places: the smaller number is that of the factors.
    """
    factors = np.minimum(frequencies, sample)
    others = np.maximum(frequencies, sample)
    chance = np.maximum(words - others, 0) / words
    active = np.flatnonzero(factors > 1)
    step = 1
    while active.size:
        left = words[active] - step
        chance[active] *= np.maximum(left - others[active], 0) / left
        step += 1
        active = active[factors[active] > step]
    return chance


def _mtld(text: Spans, threshold: float = FACTOR, min_words: int = MTLD_MIN_WORDS) -> Floats:
    result = np.full(len(text.starts), np.nan)
    rows = np.flatnonzero(text.lengths >= min_words)
    if not rows.size:
        return result
    size = len(text.types)
    forwards, backwards = text.previous.tolist(), text.previous_from_the_end().tolist()
    for row in rows.tolist():
        start, end = int(text.starts[row]), int(text.ends[row])
        one_way = _factors(forwards[start:end], start, threshold)
        other_way = _factors(backwards[size - end : size - start], size - end, threshold)
        if one_way and other_way:
            result[row] = (end - start) * (1 / one_way + 1 / other_way) / 2
    return result


def _factors(previous: Sequence[int], start: int, threshold: float) -> float:
    """Return the number of factors: spans whose type-token ratio falls to the threshold.

    ``previous`` holds where each word stood last, ``start`` is the place of the first. The ratio
    can sink only where a word returns.
    """
    factors = 0.0
    types = 0
    begin = start
    for place, before in enumerate(previous, start):
        if before < begin:
            types += 1
        elif types < threshold * (place - begin + 1):
            factors += 1
            types = 0
            begin = place + 1
    words = start + len(previous) - begin
    return factors + (1 - types / words) / (1 - threshold) if words else factors


def _measured(measure: Callable[[Spans], Floats], tokens: Sequence[Hashable]) -> float:
    """Apply a measure to one row of tokens; NaN where it is undefined."""
    numbers: dict[Hashable, int] = {}
    types = np.array([numbers.setdefault(token, len(numbers)) for token in tokens], dtype=np.int64)
    whole = Spans.of(types, np.array([0]), np.array([len(types)]))
    if not len(types):
        return float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(measure(whole)[0])


def _at_least(name: str, value: int, minimum: int) -> None:
    if value < minimum:
        raise ParameterError(f"{name} {value}: it must be {minimum} or more; give a larger one")


def ttr(tokens: Sequence[Hashable]) -> float:
    """Return the type-token ratio V/N (Templin 1957): 0 to 1, higher = more diverse.

    It falls with length, so it compares texts of one length only.

    >>> ttr("peace and peace again".split())
    0.75
    """
    return _measured(_ttr, tokens)


def root_ttr(tokens: Sequence[Hashable]) -> float:
    """Return the root type-token ratio V/√N (Guiraud 1954); higher = more diverse.

    >>> root_ttr("peace and peace again".split())
    1.5
    """
    return _measured(_root_ttr, tokens)


def maas(tokens: Sequence[Hashable]) -> float:
    """Return Maas's a² = (log N - log V) / (log N)², logarithms to the base 10 (Maas 1972).

    Lower = more diverse. quanteda prints its root, a; with natural logarithms it is 2.3026 times
    smaller. NaN for one word.

    >>> round(maas("peace and peace again".split()), 4)
    0.3447
    """
    return _measured(_maas, tokens)


def yules_k(tokens: Sequence[Hashable]) -> float:
    """Return Yule's K = 10⁴ (Σ f² - N) / N² (Yule 1944); lower = more diverse.

    f is the frequency of a type.

    >>> yules_k("peace and peace again".split())
    1250.0
    """
    return _measured(_yules_k, tokens)


def mattr(tokens: Sequence[Hashable], *, window: int = WINDOW) -> float:
    """Return the moving-average type-token ratio (Covington & McFall 2010); higher = more diverse.

    The mean ratio of all windows of that many words, each one word further; NaN for fewer words.

    >>> round(mattr("one one two one one two one".split(), window=2), 4)
    0.8333
    """
    _at_least("mattr, window", window, 1)
    return _measured(lambda text: _mattr(text, window), tokens)


def msttr(tokens: Sequence[Hashable], *, segment: int = SEGMENT) -> float:
    """Return the mean segmental type-token ratio (Johnson 1944); higher = more diverse.

    The mean ratio of segments that follow each other; words left at the end are left out; NaN
    where there is no whole segment.

    >>> msttr("apple orange apple orange pear pear apple orange".split(), segment=2)
    0.875
    """
    _at_least("msttr, segment", segment, 1)
    return _measured(lambda text: _msttr(text, segment), tokens)


def mtld(tokens: Sequence[Hashable], *, threshold: float = FACTOR) -> float:
    """Return the measure of textual lexical diversity, in words; higher = more diverse.

    McCarthy & Jarvis (2010) as published: the text is cut wherever the ratio falls below the
    threshold, the rest counts as the part of a factor by which its ratio has fallen, words are
    divided by factors, and the mean of reading forwards and backwards is taken. No least length of
    a factor (some packages ask for 10 words) and no wrapping around the end. NaN where no word
    returns in either direction.

    >>> round(mtld("of the people by the people for the people".split()), 3)
    9.0
    """
    if not 0 < threshold < 1:
        raise ParameterError(f"mtld, threshold {threshold}: choose a ratio between 0 and 1")
    return _measured(lambda text: _mtld(text, threshold, 1), tokens)


def hdd(tokens: Sequence[Hashable], *, sample: int = SAMPLE) -> float:
    """Return HD-D, the expected type-token ratio of random samples; higher = more diverse.

    McCarthy & Jarvis (2007): for each type the hypergeometric chance that a sample of 42 words
    drawn without replacement holds it, summed and divided by 42. NaN for fewer words.

    >>> hdd("peace and peace again".split(), sample=2)
    0.9166...
    """
    _at_least("hdd, sample", sample, 1)
    return _measured(lambda text: _hdd(text, sample), tokens)


def _types(text: Spans) -> Floats:
    return text.distinct.astype(float)


MEASURES: dict[str, Callable[[Spans], Floats]] = {
    "types": _types,
    "ttr": _ttr,
    "root_ttr": _root_ttr,
    "maas": _maas,
    "mattr": _mattr,
    "msttr": _msttr,
    "mtld": _mtld,
    "hdd": _hdd,
    "yules_k": _yules_k,
}
