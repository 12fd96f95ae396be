"""Many sources → documents: folders, globs, archives, tables and manifests, one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from sco_research.errors import CorpusError, ParameterError, ScoResearchError, brief
from sco_research.loaders.duplicates import Duplicates, tells_duplicate
from sco_research.loaders.sources import Gatherer
from sco_research.organizations.issuer import issued_by, profiles_named
from sco_research.text.document import Corpus, Document

Say = Callable[[str], None]
# Lists that name an organization document by document.
_BY_DOCUMENT = ("manifest", "table")


def stream_corpus(
    sources: str | Path | Iterable[str | Path],
    *,
    text_column: str = "text",
    encoding: str | None = None,
    organization: str | Path = "",
    on_fault: Say | None = None,
    on_notice: Say | None = None,
) -> Iterator[Document]:
    """Yield the documents of a corpus one by one, however many there are.

    Nothing but a few hashes of each document is kept, so a corpus may be larger than the memory.

    Parameters
    ----------
    sources : str, Path or iterable of them
        Each is a catalogue id, a file, a folder (with all folders below it), a glob such as
        ``"texts/**/*.pdf"``, a ZIP archive, a table (CSV, JSON lines, Parquet) with a text in each
        row, or a manifest: a CSV table with a column ``file``, or a TOML file with a
        ``[[document]]`` for each file. Columns and keys named like the fields of `Metadata`, and
        ``id``, go into the documents.
    text_column : str
        The column of a table that holds the text.
    encoding : str, optional
        The encoding of text files, where it is known and is not UTF-8.
    organization : str or Path, optional
        Who issues them, as for `load_document`; a manifest or table that names an organization for
        a document comes first.
    on_fault : callable, optional
        Told every source that cannot be read, as it comes. Without it they are raised together at
        the end.
    on_notice : callable, optional
        Told what a reader should know of the whole: files passed over.

    Yields
    ------
    Document
        A duplicate carries a notice that says of which.

    Raises
    ------
    CorpusError
        After the last document, where sources could not be read and ``on_fault`` is not given.

    Examples
    --------
    >>> [document.id for document in stream_corpus(["sco-2013-bishkek"])]
    ['sco-2013-bishkek']
    """
    if organization:
        profiles_named(str(organization))  # its fault is the call's, not each document's
    faults: list[str] = []
    tell = on_fault or faults.append

    def complain(fault: str) -> None:
        tell(brief(" ".join(fault.split())))

    gatherer = Gatherer(text_column, encoding, complain, on_notice or _ignore)
    duplicates = Duplicates()
    owners: dict[str, str] = {}
    for item in gatherer.items([sources] if isinstance(sources, str | Path) else sources):
        try:
            document = item.load()
        except ScoResearchError as error:
            complain(str(error))
            continue
        except (
            ArithmeticError,
            LookupError,
            MemoryError,
            OSError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            # One source's loader must not cost the rest of the corpus.
            complain(f"{item.where}: cannot be read ({type(error).__name__}: {error}); convert it")
            continue
        first = owners.setdefault(document.id, item.where)
        if first is not item.where:
            complain(
                f"{item.where}: the id {document.id!r} is that of {first} already; give one "
                "another name, or name the ids in a manifest"
            )
            continue
        if organization and document.metadata.organization_from not in _BY_DOCUMENT:
            document = issued_by(document, organization)
        notice = duplicates.check(document)
        yield replace(document, notices=(*document.notices, notice)) if notice else document
    if faults:
        raise CorpusError(faults, len(owners))


def _ignore(notice: str) -> None:
    """Ignore a notice."""


def load_corpus(
    sources: str | Path | Iterable[str | Path],
    *,
    text_column: str = "text",
    encoding: str | None = None,
    organization: str | Path = "",
    faults: Literal["raise", "keep"] = "raise",
) -> Corpus:
    """Load several documents.

    Parameters
    ----------
    sources, text_column, encoding, organization
        As for `stream_corpus`, which holds no more than one document at a time.
    faults : {"raise", "keep"}
        Whether sources that cannot be read are raised, all together, or kept in ``corpus.faults``
        beside the documents that can.

    Returns
    -------
    Corpus
        In the order of the sources; ``corpus.notices`` says which files were passed over and which
        documents are duplicates.

    Raises
    ------
    CorpusError
        Where any source cannot be read; it names them all.
    ParameterError
        Where ``faults`` is neither of the two.

    Examples
    --------
    >>> len(load_corpus(["sco-2013-bishkek"]))
    1
    """
    if faults not in ("raise", "keep"):
        raise ParameterError(f"load_corpus, faults {faults!r}: choose 'raise' or 'keep'")
    found_faults: list[str] = []
    notices: list[str] = []
    documents = tuple(
        stream_corpus(
            sources,
            text_column=text_column,
            encoding=encoding,
            organization=organization,
            on_fault=found_faults.append,
            on_notice=notices.append,
        )
    )
    if found_faults and faults == "raise":
        raise CorpusError(found_faults, len(documents))
    notices += [
        f"{document.id}: {notice}"
        for document in documents
        for notice in document.notices
        if tells_duplicate(notice)
    ]
    return Corpus(documents, tuple(found_faults), tuple(notices))
