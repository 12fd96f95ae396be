"""What is computed for every document of a large corpus: one table for each analysis."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd

from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.themes import code_themes
from sco_research.comparison.keyness import KEYNESS, keyness
from sco_research.comparison.term_counts import count_terms
from sco_research.comparison.text_reuse import find_reuse
from sco_research.errors import ParameterError, ScoResearchError
from sco_research.frames import Column, Schema
from sco_research.metrics import measure
from sco_research.text.document import Document
from sco_research.text.segments import anchor_label, segment

DOCUMENTS = Schema(
    Column("document_id", "str", "the document"),
    Column("title", "str", "its title; empty where not known, as the other fields"),
    Column("place", "str", "where it was adopted"),
    Column("date", "str", "when: an ISO date"),
    Column("language", "str", "ISO 639-1 code, or und"),
    Column("organization", "str", "who speaks"),
    Column("source", "str", "where the text is from"),
    Column("url", "str", "address"),
    Column("sha256", "str", "hash of the source's bytes"),
    Column("characters", "int", "length of the body"),
)
FAULTS = Schema(
    Column("document_id", "str", "the document, or the source where there is none"),
    Column("analysis", "str", "which analysis failed; duplicate or source for what came before"),
    Column("reason", "str", "where, what and the mend"),
)
# Fewer than the cache of segments holds, so that all analyses use one segmentation.
_BATCH = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """What an analysis needs besides the documents.

    Attributes
    ----------
    analyses : tuple of str
        Names from `ANALYSES`, in order.
    reference : Document or None
        What each document is compared with.
    codebook : str
        The codebook of the themes: a bundled one's name or a path.
    max_keywords : int
        The number of keywords kept for each document.
    """

    analyses: tuple[str, ...]
    reference: Document | None = None
    codebook: str = "themes"
    max_keywords: int = 20


Analysis = Callable[[Sequence[Document], Settings], pd.DataFrame]


def _documents(documents: Sequence[Document], _: Settings) -> pd.DataFrame:
    rows = [
        (
            document.id,
            document.metadata.title,
            document.metadata.place,
            str(document.metadata.date or ""),
            document.metadata.language,
            document.metadata.organization,
            document.metadata.source,
            document.metadata.url,
            document.sha256,
            document.body[1] - document.body[0],
        )
        for document in documents
    ]
    return DOCUMENTS.frame(rows)


def _measures(documents: Sequence[Document], _: Settings) -> pd.DataFrame:
    return measure(documents)


def _themes(documents: Sequence[Document], settings: Settings) -> pd.DataFrame:
    return code_themes(documents, codebook=settings.codebook)


def _commitments(documents: Sequence[Document], _: Settings) -> pd.DataFrame:
    return find_commitments(documents)


def _keywords(documents: Sequence[Document], settings: Settings) -> pd.DataFrame:
    reference = count_terms(_reference(settings), unit="word", size=1, what="reference")
    parts = [
        keyness(document, reference).head(settings.max_keywords)
        for document in documents
        if document.id != reference.id
    ]
    return pd.concat([KEYNESS.empty(), *parts], ignore_index=True)


def _reuse(documents: Sequence[Document], settings: Settings) -> pd.DataFrame:
    return find_reuse(documents, reference=_reference(settings))


def _reference(settings: Settings) -> Document:
    if settings.reference is None:
        raise ParameterError("corpus, keyness and reuse: name a reference, or leave them out")
    return settings.reference


# By the name of the table; documents come first and always.
ANALYSES: dict[str, Analysis] = {
    "documents": _documents,
    "measures": _measures,
    "themes": _themes,
    "commitments": _commitments,
    "keyness": _keywords,
    "reuse": _reuse,
}
_NEED_REFERENCE = ("keyness", "reuse")


def select_analyses(names: Sequence[str], *, with_reference: bool) -> tuple[str, ...]:
    """Return the analyses of a run, those that need a reference only where there is one.

    Raises
    ------
    ParameterError
        Where a name is unknown, or needs a reference that is not given.

    Examples
    --------
    >>> select_analyses([], with_reference=False)
    ('documents', 'measures', 'themes', 'commitments')
    """
    unknown = [name for name in names if name not in ANALYSES]
    if unknown:
        raise ParameterError(f"corpus, analysis {unknown[0]!r}: choose from {', '.join(ANALYSES)}")
    asked = [name for name in names if name in _NEED_REFERENCE]
    if asked and not with_reference:
        raise ParameterError(f"corpus, analysis {asked[0]!r}: name a reference to compare with")
    wanted = set(names) or set(ANALYSES) - (set() if with_reference else set(_NEED_REFERENCE))
    return tuple(name for name in ANALYSES if name in {"documents", *wanted})


def analyse(
    documents: Sequence[Document], settings: Settings
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the tables of some documents, and the faults.

    A document that an analysis refuses, such as one in a language that it does not read, or that
    makes it fail has no row in that table and one row among the faults; nothing else is lost.
    """
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in settings.analyses}
    faults: list[tuple[str, str, str]] = []
    for begin in range(0, len(documents), _BATCH):
        batch = documents[begin : begin + _BATCH]
        for name in settings.analyses:
            parts[name] += _attempted(name, batch, settings, faults)
    tables = {name: _joined(name, found, settings) for name, found in parts.items()}
    return tables, FAULTS.frame(faults)


def _attempted(
    name: str,
    batch: Sequence[Document],
    settings: Settings,
    faults: list[tuple[str, str, str]],
) -> Iterator[pd.DataFrame]:
    """Yield the batch's frame; where one document fails, each document's own."""
    # Whatever is wrong with one document must not cost the others.
    with suppress(Exception):
        yield ANALYSES[name](batch, settings)
        return
    for document in batch:
        try:
            yield ANALYSES[name]([document], settings)
        except ScoResearchError as error:
            faults.append((document.id, name, str(error)))
        except Exception as error:
            faults.append((document.id, name, _failure(error, name, document, settings)))


def _failure(error: Exception, name: str, document: Document, settings: Settings) -> str:
    """Return in one line what failed and at which paragraph."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    where = ""
    for row in segment(document, level="paragraph").to_dict("records"):
        alone = replace(
            document, text=str(row["text"]), body=(0, len(str(row["text"]))), origin=None
        )
        try:
            ANALYSES[name]([alone], settings)
        except Exception:
            where = f" at {anchor_label(str(row['segment_id']))}"
            break
    return (
        f"{document.id}: the analysis {name!r} failed{where} ({reason}); leave the document out, "
        "and report the paragraph as a fault of the package"
    )


def _joined(name: str, parts: list[pd.DataFrame], settings: Settings) -> pd.DataFrame:
    full = [part for part in parts if len(part)]
    if full:
        return pd.concat(full, ignore_index=True)
    return parts[0] if parts else ANALYSES[name]([], settings)
