"""A corpus worked out by several processes gives the same rows in the same order."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import pytest

from sco_research.coding.commitments.coder import code_speech_acts, find_commitments
from sco_research.coding.themes import code_themes
from sco_research.errors import ParameterError
from sco_research.metrics import measure
from sco_research.parallel import map_documents
from sco_research.runs.workers.pool import Workers
from sco_research.text.document import Corpus, Document, Documents

T = TypeVar("T")
TEXTS = (
    "We will fight terrorism by 2030.\n\nTrade has grown.",
    "Nothing here.",
    "The Parties shall open 3 clinics, and should meet.",
    "¶",
)
ANALYSES: dict[str, Callable[..., pd.DataFrame]] = {
    "measure": partial(measure, level=["document", "sentence"]),
    "code_themes": code_themes,
    "code_speech_acts": code_speech_acts,
    "find_commitments": partial(find_commitments, themes=code_themes),
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(
        tuple(
            Document.from_text(TEXTS[place % len(TEXTS)], id=f"d{place}", language="en")
            for place in range(30)
        )
    )


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, warm=False) as found:
        yield found


@pytest.mark.parametrize("name", ANALYSES)
def test_the_rows_are_the_serial_ones(name: str, corpus: Corpus, workers: Workers) -> None:
    analysis = ANALYSES[name]
    pd.testing.assert_frame_equal(analysis(corpus, executor=workers), analysis(corpus))


def test_a_corpus_without_a_hit_has_the_columns(corpus: Corpus) -> None:
    silent = Corpus(tuple(corpus.documents[1:2]))
    with ThreadPoolExecutor(1) as executor:
        for documents in (silent, Corpus(())):
            pd.testing.assert_frame_equal(
                code_themes(documents, executor=executor), code_themes(documents)
            )


def test_the_level_of_the_corpus_is_one_sum(corpus: Corpus) -> None:
    with ThreadPoolExecutor(1) as executor:
        found = measure(corpus, level=["corpus", "document"], metrics="words", executor=executor)
    pd.testing.assert_frame_equal(
        found, measure(corpus, level=["corpus", "document"], metrics="words")
    )


def test_a_wrong_option_is_said_before_anything_is_sent(corpus: Corpus) -> None:
    class Nobody(Executor):
        def submit(self, *_: object, **__: object) -> Future[Any]:
            raise AssertionError("sent")

    with pytest.raises(ParameterError, match="wrds"):
        measure(corpus, metrics="wrds", executor=Nobody())


def test_a_stream_is_never_held_as_a_whole() -> None:
    read = 0

    def stream() -> Iterator[Document]:
        nonlocal read
        for place in range(200):
            read += 1
            yield Document.from_text("We will meet.", id=f"d{place}")

    furthest: list[int] = []

    class Here(Executor):
        number = 2

        def submit(self, fn: Callable[..., T], /, *args: object, **_: object) -> Future[T]:
            future: Future[T] = Future()
            (part,) = args
            assert isinstance(part, Corpus)
            furthest.append(read - int(part.documents[0].id[1:]))
            future.set_result(fn(part))
            return future

    def first_words(documents: Documents) -> pd.DataFrame:
        return measure(documents, metrics="words")

    found = map_documents(first_words, stream(), executor=Here())
    assert len(found) == 200
    # A part is sent as soon as it is read.
    assert max(furthest) <= 8


def test_an_error_in_a_worker_is_raised_here(workers: Workers) -> None:
    russian = Document.from_text("Стороны проведут встречу.", id="ru", language="ru")
    with pytest.raises(ParameterError, match="English"):
        code_speech_acts(Corpus((russian,)), executor=workers)
