"""Every function that returns a frame returns the columns of its schema, with and without rows."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from sco_research import comparison, metrics, text
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.themes import code_themes
from sco_research.comparison.continuity import (
    COMMITMENT_HISTORY,
    PRESENCE,
    commitment_history,
    presence,
)
from sco_research.comparison.formulaic import NOVELTY, SHARED_PHRASES, novelty, shared_phrases
from sco_research.comparison.keyness import KEYNESS, keyness
from sco_research.comparison.similarity import (
    SIMILARITY,
    SIMILARITY_MAP,
    similarity,
    similarity_map,
)
from sco_research.comparison.text_reuse import TEXT_REUSE, find_reuse
from sco_research.comparison.trends import TREND, share_of, trend
from sco_research.frames import Schema
from sco_research.loaders import load_corpus
from sco_research.metrics.curves import (
    DIVERSITY_CURVE,
    READABILITY_CURVE,
    diversity_curve,
    readability_curve,
)
from sco_research.metrics.measurement import (
    EVALUATION,
    MEASUREMENTS,
    SEGMENT_COUNTS,
    count,
    evaluate,
    measure,
)
from sco_research.metrics.registry import METRICS_TABLE, metrics_table
from sco_research.metrics.textstat_check import CROSS_CHECK, cross_check
from sco_research.statistics import Bootstrap
from sco_research.text.collocations import ASSOCIATION, COLLOCATIONS, association, collocations
from sco_research.text.concordance import KWIC, kwic
from sco_research.text.dispersion import DISPERSION, dispersion
from sco_research.text.document import Corpus
from sco_research.text.segments import SEGMENTS, segment
from sco_research.text.words import (
    FREQUENCIES,
    NGRAMS,
    RECURRING_PHRASES,
    frequencies,
    ngrams,
    recurring_phrases,
)

NOTHING = Corpus(())
# Text of a document, or a formula and a remark in words, with the signs that stand there.
QUOTING = {"text", "left", "right", "match", "formula", "note"}


@dataclass(frozen=True, slots=True)
class Case:
    """A public function, its schema, and calls that give rows and none."""

    function: Callable[..., pd.DataFrame]
    schema: Schema
    filled: Callable[[Corpus], pd.DataFrame]
    empty: Callable[[], pd.DataFrame] | None


def of_documents(function: Callable[..., pd.DataFrame], schema: Schema, *arguments: object) -> Case:
    return Case(
        function,
        schema,
        lambda corpus: function(corpus, *arguments),
        lambda: function(NOTHING, *arguments),
    )


def keywords(corpus: Corpus, least: int) -> pd.DataFrame:
    *before, last = corpus
    return keyness(last, before, min_count=least)


@cache
def valley() -> Corpus:
    folder = Path(__file__).parent / "fixtures" / "corpus"
    return load_corpus(sorted(folder.glob("*.txt")))


CASES = (
    of_documents(frequencies, FREQUENCIES),
    of_documents(ngrams, NGRAMS),
    of_documents(recurring_phrases, RECURRING_PHRASES),
    of_documents(collocations, COLLOCATIONS),
    Case(
        association,
        ASSOCIATION,
        lambda _: association(1, 1, 1, 10),
        lambda: association([], [], [], []),
    ),
    of_documents(segment, SEGMENTS),
    of_documents(kwic, KWIC, "will"),
    Case(
        dispersion,
        DISPERSION,
        lambda corpus: dispersion(corpus, kwic(corpus, "will"), by="pattern"),
        lambda: dispersion(NOTHING, KWIC.empty(), by="pattern"),
    ),
    of_documents(measure, MEASUREMENTS),
    of_documents(count, SEGMENT_COUNTS),
    Case(
        evaluate,
        EVALUATION,
        lambda corpus: evaluate(count(corpus)),
        lambda: evaluate({}, metrics=[]),
    ),
    Case(metrics_table, METRICS_TABLE, lambda _: metrics_table(), None),
    of_documents(readability_curve, READABILITY_CURVE),
    of_documents(diversity_curve, DIVERSITY_CURVE),
    of_documents(cross_check, CROSS_CHECK),
    Case(keyness, KEYNESS, lambda c: keywords(c, 2), lambda: keywords(valley(), 10**6)),
    of_documents(find_reuse, TEXT_REUSE),
    of_documents(shared_phrases, SHARED_PHRASES),
    of_documents(novelty, NOVELTY),
    Case(
        presence,
        PRESENCE,
        lambda corpus: presence(corpus, code_themes(corpus)),
        lambda: presence(NOTHING, code_themes(NOTHING)),
    ),
    Case(
        commitment_history,
        COMMITMENT_HISTORY,
        lambda c: commitment_history(c, find_commitments(c), find_reuse(c)),
        lambda: commitment_history(NOTHING, find_commitments(NOTHING), TEXT_REUSE.empty()),
    ),
    of_documents(similarity, SIMILARITY),
    Case(
        similarity_map,
        SIMILARITY_MAP,
        lambda corpus: similarity_map(corpus, similarity(corpus)),
        lambda: similarity_map(NOTHING, SIMILARITY.empty()),
    ),
    Case(
        trend,
        TREND,
        lambda corpus: trend(
            corpus, count(corpus), {"words": share_of("words")}, bootstrap=Bootstrap(100)
        ),
        lambda: trend(NOTHING, count(NOTHING), {"words": share_of("words")}),
    ),
)


def public_functions() -> Iterator[str]:
    """Yield the public functions of these rooms that return a frame."""
    for room in (text, metrics, comparison):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                returned = inspect.signature(function).return_annotation
                is_frame = returned in (pd.DataFrame, "pd.DataFrame")
                if function.__module__ == module.__name__ and is_frame:
                    yield name


def test_every_function_that_returns_a_frame_is_asked() -> None:
    public = {name for name in public_functions() if not name.startswith("_")}
    assert public == {case.function.__name__ for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.function.__name__)
def test_a_frame_has_the_columns_of_its_schema(case: Case) -> None:
    frames = [case.filled(valley())]
    assert len(frames[0])
    case.schema.check(frames[0])
    if case.empty is not None:
        frames.append(case.empty())
        assert not len(frames[1])
    for frame in frames:
        assert [*frame.columns] == [*case.schema]
        assert frame.dtypes.astype(str).to_dict() == case.schema.dtypes
        # What holds several things is a list, and never a text with signs between them.
        for column in set(frame.columns) - QUOTING:
            assert not [v for v in frame[column] if isinstance(v, str) and "; " in v], column
