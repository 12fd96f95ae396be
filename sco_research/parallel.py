"""A function of documents, computed by several processes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, TypeVar

from sco_research.text.document import Corpus, Document

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

# Enough to outweigh sending them, few enough for an even share.
_DOCUMENTS_A_CALL = 8
# Calls submitted ahead for each process: a corpus of any length streams.
_AHEAD = 4


def map_documents(
    work: Callable[[Corpus], pd.DataFrame],
    documents: Iterable[Document],
    *,
    executor: Executor,
    documents_a_call: int = _DOCUMENTS_A_CALL,
) -> pd.DataFrame:
    """Compute a function of a corpus part by part, and join the frames in the corpus's order.

    Parameters
    ----------
    work : callable
        A function that can be sent: a module's own, or a `functools.partial` of one. It must treat
        each document by itself, and give the same columns for any.
    documents : iterable of Document
        Any number; never more than a few parts are held.
    executor : concurrent.futures.Executor
        Runs the calls.
    documents_a_call : int
        How many documents go together.

    Returns
    -------
    pandas.DataFrame
        What ``work`` would give for the whole corpus.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from sco_research.metrics import count
    >>> documents = [Document.from_text("We will meet.", id=name) for name in ("a", "b")]
    >>> with ThreadPoolExecutor(2) as executor:
    ...     found = map_documents(count, documents, executor=executor, documents_a_call=1)
    >>> found["document_id"].unique().tolist()
    ['a', 'b']
    """
    import pandas as pd

    parts = (Corpus(part) for part in _parts(iter(documents), documents_a_call))
    frames = list(_in_order(work, parts, executor))
    # Empty frames may have untyped columns, which would change the types of the whole.
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0] if frames else work(Corpus(()))
    return pd.concat(filled, ignore_index=True)


def _parts(documents: Iterator[Document], size: int) -> Iterator[tuple[Document, ...]]:
    while part := tuple(itertools.islice(documents, size)):
        yield part


def _in_order(
    work: Callable[[Corpus], T], parts: Iterator[Corpus], executor: Executor
) -> Iterator[T]:
    """Return the results in order, with a bounded number of calls under way."""
    number = getattr(executor, "number", 0) or getattr(executor, "_max_workers", 0) or 8
    pending: list[Future[T]] = []
    try:
        for part in parts:
            pending.append(executor.submit(work, part))
            if len(pending) >= _AHEAD * number:
                yield pending.pop(0).result()
        while pending:
            yield pending.pop(0).result()
    finally:
        for future in pending:
            future.cancel()
