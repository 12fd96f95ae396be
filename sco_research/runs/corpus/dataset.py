"""A corpus of any size as a Parquet dataset: streamed, in chunks, resumable, on any executor.

Documents come one after another and are dropped when their chunk is done. Each chunk writes one
Parquet part for each table; it is done when its record is in place, and a later call skips it. The
same documents and settings give the same bytes, whichever worker computed which chunk.
"""

import hashlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from sco_research.errors import CorpusError, OutputError, ParameterError, RunError
from sco_research.loaders.duplicates import tells_duplicate
from sco_research.runs.corpus.analyses import Settings, analyse, select_analyses
from sco_research.runs.corpus.store import FAULTS_TABLE, Made, Store, parquet
from sco_research.runs.machine import usable_cores
from sco_research.text.document import Document

CHUNK = 100
_AHEAD = 2  # chunks that wait for each worker


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset that a run has made.

    Attributes
    ----------
    folder : Path
        The dataset: a folder of Parquet parts for each table, ``dataset.json`` and the records of
        the chunks.
    documents : int
        The number of documents in it.
    computed : int
        How many of them this run computed; the others were there.
    rows : dict of str to int
        The number of rows by table.
    faults : pandas.DataFrame
        What could not be computed: ``document_id``, ``analysis``, ``reason``. The analysis is
        ``loading`` for a source that could not be read, which has no id, and ``duplicate`` for a
        document that the corpus holds twice.
    """

    folder: Path
    documents: int
    computed: int
    rows: dict[str, int]
    faults: pd.DataFrame


OnProgress = Callable[[int, int], None]


def analyse_corpus(
    documents: Iterable[Document],
    output_folder: str | Path,
    *,
    analyses: Iterable[str] = (),
    reference: Document | None = None,
    codebook: str = "themes",
    max_keywords: int = 20,
    chunk: int = CHUNK,
    executor: Executor | None = None,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
) -> Dataset:
    """Measure, code and compare every document of a stream, into a Parquet dataset.

    Parameters
    ----------
    documents : iterable of Document
        The corpus; it is never held as a whole. What `stream_corpus` cannot read is one of the
        faults.
    output_folder : str or Path
        The dataset's folder; where it exists, finished chunks are not computed again.
    analyses : iterable of str
        Tables to make, of `ANALYSES` in `sco_research.runs.corpus.analyses`: ``measures`` (every
        metric), ``themes`` (every hit), ``commitments``, and with a reference ``keyness`` (the
        leading keywords of each document) and ``reuse`` (its sentences that the reference has too).
        By default all; the table ``documents`` is always made.
    reference : Document, optional
        What each document is compared with.
    codebook : str
        The codebook of the themes: a bundled one's name or the path of another.
    max_keywords : int
        The number of keywords kept for each document.
    chunk : int
        The number of documents in a part.
    executor : concurrent.futures.Executor, optional
        Where the chunks are computed: a pool of threads or processes, or Dask's
        ``client.get_executor()``. By default a process for each usable core.
    workers : int, optional
        The number of simultaneous chunks, and of processes where no executor is given.
    on_progress : callable, optional
        Called with the documents done and those computed by this run, after every chunk.

    Returns
    -------
    Dataset
        Read a table with ``pandas.read_parquet(dataset.folder / "themes")``.

    Raises
    ------
    ParameterError
        Where an option is out of its range or an analysis is unknown.
    OutputError
        Where the folder cannot be written or holds a dataset of other settings.
    RunError
        Where a worker died; call again for the rest.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from tempfile import TemporaryDirectory
    >>> stream = (Document.from_text("Trade grows.", id=f"d{number}") for number in range(3))
    >>> with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
    ...     made = analyse_corpus(stream, folder, analyses=["themes"], executor=pool)
    >>> made.documents, made.rows["themes"]
    (3, 3)
    """
    if chunk < 1 or max_keywords < 1 or (workers is not None and workers < 1):
        raise ParameterError("corpus, chunk, max_keywords and workers: give 1 or more")
    if not find_spec("pyarrow"):
        raise OutputError("a Parquet dataset needs pyarrow: pip install sco-research[parquet]")
    names = select_analyses(list(analyses), with_reference=reference is not None)
    settings = Settings(names, reference, codebook, max_keywords)
    store = Store(Path(output_folder), settings, chunk)
    with _pool(executor, workers) as (pool, number):
        _run(_chunks(documents, chunk, store), pool, number * _AHEAD, settings, store, on_progress)
    faults = store.finish()
    return Dataset(store.folder, store.documents, store.computed, dict(store.rows), faults)


@contextmanager
def _pool(executor: Executor | None, workers: int | None) -> Iterator[tuple[Executor, int]]:
    number = workers or usable_cores()
    if executor is not None:
        yield executor, number
        return
    # New processes: the fork of one with threads may hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        number, mp_context=context, initializer=_end_with, initargs=(os.getpid(),)
    )
    try:
        yield pool, number
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_with(parent: int) -> None:
    """End this worker when the process that started it is gone: it would wait forever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


Chunk = tuple[int, str, list[Document]]


def _chunks(documents: Iterable[Document], size: int, store: Store) -> Iterator[Chunk]:
    """Yield the chunks with their keys; a second document with the same id is a fault."""
    seen: set[bytes] = set()
    held: list[Document] = []
    number = 0
    for document in _readable(documents, store):
        # Only eight bytes are kept of each document.
        mark = hashlib.blake2b(document.id.encode(), digest_size=8).digest()
        if mark in seen:
            reason = "another document has this id; give one another id"
            store.fault(document.id, "documents", reason)
            continue
        seen.add(mark)
        held.append(document)
        if len(held) == size:
            yield number, store.key(held), held
            number, held = number + 1, []
    if held:
        yield number, store.key(held), held


def _readable(documents: Iterable[Document], store: Store) -> Iterator[Document]:
    """Yield the documents; record the stream's notices and errors in the table of faults."""
    try:
        for document in documents:
            for notice in filter(tells_duplicate, document.notices):
                store.fault(document.id, "duplicate", notice)
            yield document
    except CorpusError as error:
        for fault in error.faults:
            store.fault("", "loading", fault)


def _run(
    chunks: Iterable[Chunk],
    pool: Executor,
    ahead: int,
    settings: Settings,
    store: Store,
    on_progress: OnProgress | None,
) -> None:
    """Keep some chunks running, write finished ones, and read no further than that needs."""
    running: dict[Future[Made], tuple[int, str]] = {}

    def collect(*, all_of_them: bool) -> None:
        while running and (all_of_them or len(running) >= ahead):
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                store.write(*running.pop(future), future.result())
            if on_progress:
                on_progress(store.documents, store.computed)

    try:
        for number, key, documents in chunks:
            if store.has(number, key):
                if on_progress:
                    on_progress(store.documents, store.computed)
                continue
            running[pool.submit(_made, documents, settings)] = (number, key)
            collect(all_of_them=False)
        collect(all_of_them=True)
    except BrokenExecutor as error:
        raise RunError(
            f"{store.folder}: a worker died, perhaps for want of memory ({error}); what is done is "
            "kept, call again for the rest with fewer workers or smaller chunks"
        ) from None
    finally:
        for future in running:
            future.cancel()


def _made(documents: list[Document], settings: Settings) -> Made:
    """Compute a chunk, in a worker."""
    tables, faults = analyse(documents, settings)
    tables[FAULTS_TABLE] = faults
    return Made(
        len(documents),
        {name: len(table) for name, table in tables.items()},
        {name: parquet(table) for name, table in tables.items()},
    )
