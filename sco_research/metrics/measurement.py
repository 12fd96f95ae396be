"""Measure texts: counts in one pass, then every formula as arithmetic on columns."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from sco_research.errors import ParameterError, brief
from sco_research.frames import Column, Schema
from sco_research.metrics.applicability import FlagCodes, flag_values, not_applicable
from sco_research.metrics.diversity import MEASURES
from sco_research.metrics.metric import Floats, Metric
from sco_research.metrics.registry import select_metrics
from sco_research.metrics.spans import Spans
from sco_research.metrics.tally import COUNTS, Integers, Tally, tally
from sco_research.parallel import map_documents
from sco_research.text.document import Document, Documents, documents_of

if TYPE_CHECKING:
    import pandas as pd

MeasureLevel = Literal["corpus", "document", "section", "paragraph", "sentence"]
LEVELS: tuple[MeasureLevel, ...] = get_args(MeasureLevel)
MEASUREMENTS = Schema(
    Column("document_id", "str", "the document, or ``corpus``"),
    Column("segment_id", "str", "the segment, or ``corpus``"),
    Column("level", "str", "``corpus``, ``document``, ``section``, ``paragraph`` or ``sentence``"),
    Column("metric", "str", "id of the metric"),
    Column("value", "float", "its value, in its unit; missing where it is undefined"),
    Column("unit", "str", "its unit"),
    Column("flag", "str", "why it is missing, is outside its published range, or was adapted"),
)
SEGMENT_COUNTS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the segment"),
    Column("level", "str", "``document``, ``section``, ``paragraph`` or ``sentence``"),
    Column("sentences", "count", "sentences with at least one word in them"),
    Column("words", "count", "words"),
    Column("letters", "count", "letters"),
    Column("characters", "count", "letters and digits"),
    Column("syllables", "count", "syllables"),
    Column("monosyllables", "count", "words of one syllable"),
    Column("polysyllables", "count", "words of three syllables or more"),
    Column("complex_words", "count", "polysyllables less Gunning's exceptions"),
    Column("long_words", "count", "words of seven letters or more"),
    Column("difficult_words", "count", "words not on the list of Dale and Chall"),
)
EVALUATION = Schema(
    Column("set", "int", "the set of counts, from 0"),
    Column("metric", "str", "id of the metric"),
    Column("value", "float", "its value, in its unit; missing where a count is not given"),
    Column("unit", "str", "its unit"),
)

_DOCUMENTS_A_BATCH = 32
_FEW = 500


def measure(
    documents: Documents,
    *,
    metrics: str | Iterable[str] | None = None,
    level: MeasureLevel | Sequence[MeasureLevel] = "document",
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Return the metrics of a text.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to measure.
    metrics : str or iterable of str, optional
        Names of metrics, or of their groups ``count``, ``readability``, ``diversity``; all where
        not given. `metrics_table` says what each one is.
    level : str or sequence of str
        ``corpus``, ``document``, ``section``, ``paragraph``, ``sentence``, or several of them.
    executor : concurrent.futures.Executor, optional
        Works on the documents side by side; the rows and their order are the same. The level
        ``corpus`` is one sum over all, which is worked out here.

    Returns
    -------
    pandas.DataFrame
        One row per segment and metric, segments in reading order, with the columns of
        `MEASUREMENTS`. The flag is empty where there is nothing to say.

    Raises
    ------
    ParameterError
        Where a metric or a level is unknown.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("Once upon a time.", id="note")
    >>> frame = measure(note, metrics=["words", "flesch_reading_ease"])
    >>> frame[["metric", "value"]].values.tolist()
    [['words', 4.0], ['flesch_reading_ease', 97.025]]
    >>> frame["flag"].iloc[1]
    'outside its published range: fewer than 100 words'
    """
    import pandas as pd

    asked = metrics if metrics is None or isinstance(metrics, str) else list(metrics)
    wanted, levels = select_metrics(asked), _levels(level)
    if "corpus" in levels:
        return _measured(documents_of(documents), wanted, levels)
    if executor is not None:
        work = partial(measure, metrics=asked, level=levels)
        return map_documents(work, documents_of(documents), executor=executor)
    frames = list(_batches(documents, wanted, levels))
    if not frames:
        return _measured((), wanted, levels)
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def measure_each(
    documents: Documents,
    *,
    metrics: str | Iterable[str] | None = None,
    level: MeasureLevel | Sequence[MeasureLevel] = "document",
    on_fault: Callable[[str], None] | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield the metrics of a stream of documents, some documents at a time.

    What `measure` returns at once comes in parts, so a stream of any length needs the memory of a
    few documents.

    Parameters
    ----------
    documents, metrics, level
        As for `measure`, without the level ``corpus``.
    on_fault : callable, optional
        Told in one line each document that cannot be measured, and the others are; without it the
        first one raises.

    Yields
    ------
    pandas.DataFrame
        As `measure` returns it.

    Raises
    ------
    ParameterError
        Where a metric or a level is unknown.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> stream = (Document.from_text("We met.", id=f"d{number}") for number in range(40))
    >>> sum(len(frame) for frame in measure_each(stream, metrics="words"))
    40
    """
    levels = _levels(level)
    if "corpus" in levels:
        raise ParameterError("measure_each, level 'corpus': a stream has no end; use measure")
    return _batches(documents, select_metrics(metrics), levels, on_fault)


def count(
    documents: Documents, *, level: MeasureLevel | Sequence[MeasureLevel] = "sentence"
) -> pd.DataFrame:
    """Return the counts behind every metric, one column each.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to count.
    level : str or sequence of str
        As for `measure`; each level is the sum of the level below it.

    Returns
    -------
    pandas.DataFrame
        One row per segment in reading order, with the columns of `SEGMENT_COUNTS`: missing where
        the language has no rule for a count.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("We met. We agreed on security.", id="note")
    >>> count(note)[["segment_id", "words", "syllables"]].values.tolist()
    [['note:p1.s1', 2, 2], ['note:p1.s2', 4, 8]]
    """
    import pandas as pd

    found = tally(documents_of(documents), levels=_levels(level))
    columns = found.counts()
    metrics = {metric.id: metric for metric in select_metrics("count")}
    table: dict[str, pd.api.extensions.ExtensionArray] = {
        "document_id": _strings(found.document_ids),
        "segment_id": _strings(found.segment_ids),
        "level": _strings(found.levels),
    }
    for name in COUNTS:
        missing = [bool(not_applicable(metrics[name], code)) for code in found.languages]
        table[name] = pd.arrays.IntegerArray(columns[name], np.array(missing, dtype=bool))
    return pd.DataFrame(table)


def evaluate(
    counts: Mapping[str, float] | pd.DataFrame,
    *,
    metrics: str | Iterable[str] = "readability",
    language: str = "en",
) -> pd.DataFrame:
    """Return the formulas' values for counts that are known already, such as a paper's.

    Parameters
    ----------
    counts : mapping or pandas.DataFrame
        Counts by name, as `count` names them: one set, or a row per set.
    metrics : str or iterable of str
        As for `measure`; diversity needs the words themselves.
    language : str
        ISO 639-1 code: the formula's adaptation.

    Returns
    -------
    pandas.DataFrame
        One row per set and metric, with the columns of `EVALUATION`.

    Raises
    ------
    ParameterError
        Where a metric or a count is unknown, or the metric is one of diversity.

    Examples
    --------
    >>> evaluate({"words": 119, "letters": 639, "sentences": 5}, metrics="coleman_liau")
       set        metric      value             unit
    0    0  coleman_liau  14.530...  US school grade
    """
    import pandas as pd

    frame = counts if isinstance(counts, pd.DataFrame) else pd.DataFrame([dict(counts)])
    unknown = [name for name in frame.columns if name not in COUNTS]
    if unknown and not isinstance(counts, pd.DataFrame):
        raise ParameterError(f"count {unknown[0]!r}: no such count; choose of {', '.join(COUNTS)}")
    columns = {
        name: frame[name].to_numpy(dtype=float) if name in frame else np.full(len(frame), np.nan)
        for name in COUNTS
    }
    parts = [EVALUATION.empty()]
    for metric in select_metrics(metrics):
        if metric.group == "diversity":
            raise ParameterError(f"metric {metric.id!r}: it needs the words; use measure")
        formula = metric.formula_for(language)
        with np.errstate(divide="ignore", invalid="ignore"):
            values = formula(columns) if formula else np.full(len(frame), np.nan)
        rows = ((number, metric.id, value, metric.unit) for number, value in enumerate(values))
        parts.append(EVALUATION.frame(rows))
    return pd.concat(parts, ignore_index=True)


def _levels(level: MeasureLevel | Sequence[MeasureLevel]) -> tuple[MeasureLevel, ...]:
    levels: tuple[MeasureLevel, ...] = (level,) if isinstance(level, str) else tuple(level)
    for name in levels:
        if name not in LEVELS:
            raise ParameterError(f"measure, level {name!r}: choose of {', '.join(LEVELS)}")
    return levels


def _batches(
    documents: Documents,
    wanted: Sequence[Metric],
    levels: Sequence[MeasureLevel],
    on_fault: Callable[[str], None] | None = None,
) -> Iterator[pd.DataFrame]:
    stream = iter(documents_of(documents))
    while batch := list(itertools.islice(stream, _DOCUMENTS_A_BATCH)):
        try:
            frames = [_measured(batch, wanted, levels)]
        except Exception:
            if on_fault is None:
                raise
            frames = list(_each_alone(batch, wanted, levels, on_fault))
        yield from frames


def _each_alone(
    documents: Sequence[Document],
    wanted: Sequence[Metric],
    levels: Sequence[MeasureLevel],
    on_fault: Callable[[str], None],
) -> Iterator[pd.DataFrame]:
    """Yield the frames of documents of which one fails: the others are not lost with it."""
    for document in documents:
        try:
            yield _measured([document], wanted, levels)
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            on_fault(
                brief(f"{document.id}: it cannot be measured ({reason}); leave the document out")
            )


def _measured(
    documents: Iterable[Document], wanted: Sequence[Metric], levels: Sequence[MeasureLevel]
) -> pd.DataFrame:
    diverse = any(metric.group == "diversity" for metric in wanted)
    return _metrics_frame(tally(documents, levels=levels, types=diverse), wanted, diverse=diverse)


def _metrics_frame(found: Tally, wanted: Sequence[Metric], *, diverse: bool) -> pd.DataFrame:
    """Lay the values of all metrics out, segment by segment."""
    import pandas as pd

    rows, number = len(found.segment_ids), len(wanted)
    values, codes, flags = np.empty((rows, number)), np.zeros((rows, number), np.int64), FlagCodes()
    columns = {name: column.astype(float) for name, column in found.counts().items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        if diverse:
            spans = _spans_of(found)
            columns |= {
                metric.id: MEASURES[metric.id](spans) for metric in wanted if metric.id in MEASURES
            }
        for language, here in _rows_by_language(found.languages):
            ours = {name: column[here] for name, column in columns.items()}
            raw = _raw_values(wanted, language, ours)
            values[here], codes[here] = flag_values(raw, wanted, language, ours, flags)
    segments = np.repeat(np.arange(rows), number)
    metrics = np.tile(np.arange(number), rows)
    ids, units = (tuple(getattr(metric, name) for metric in wanted) for name in ("id", "unit"))
    return pd.DataFrame(
        {
            "document_id": _strings(found.document_ids, segments),
            "segment_id": _strings(found.segment_ids, segments),
            "level": _strings(found.levels, segments),
            "metric": _known_strings(ids).take(metrics),
            "value": values.ravel(),
            "unit": _known_strings(units).take(metrics),
            "flag": _strings(flags.texts, codes.ravel()),
        },
        copy=False,  # of arrays that are this frame's alone
    )


def _rows_by_language(languages: Sequence[str]) -> Iterator[tuple[str, slice | Integers]]:
    """Yield each language with the rows that are in it: nearly always all."""
    found = list(dict.fromkeys(languages))
    names = np.array(languages, dtype=object)
    for language in found:
        yield language, slice(None) if len(found) == 1 else np.flatnonzero(names == language)


def _raw_values(wanted: Sequence[Metric], language: str, columns: Mapping[str, Floats]) -> Floats:
    """Return what the formulas give for rows of one language, wherever it may be undefined."""
    raw = np.full((len(columns["words"]), len(wanted)), np.nan)
    for place, metric in enumerate(wanted):
        formula = metric.formula_for(language)
        if metric.id in MEASURES:
            raw[:, place] = columns[metric.id]
        elif formula is not None:
            raw[:, place] = formula(columns)
    return raw


def _strings(
    values: Sequence[str], places: Integers | None = None
) -> pd.api.extensions.ExtensionArray:
    """Return a column of strings: of the values at those places, which costs less than its length.

    It is of that type also where it is empty.
    """
    import pandas as pd

    held = np.asarray(values, dtype=object)
    dtype = pd.StringDtype(na_value=np.nan)
    if places is None or len(places) < _FEW:
        # Of few strings a second look costs more than their conversion.
        return pd.array(held if places is None else held[places], dtype=dtype)
    return pd.array(held, dtype=dtype).take(places)


@lru_cache(maxsize=64)
def _known_strings(values: tuple[str, ...]) -> pd.api.extensions.ExtensionArray:
    """Return a column of the strings that every call has, such as the metrics' names."""
    return _strings(values)


def _spans_of(found: Tally) -> Spans:
    levels = np.array(found.levels, dtype=object)
    return Spans.of(
        found.types,
        found.word_starts[found.first],
        found.word_starts[found.last],
        layers=[np.flatnonzero(levels == level) for level in dict.fromkeys(found.levels)],
    )
