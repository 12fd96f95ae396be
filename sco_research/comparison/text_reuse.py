"""Text reuse: the sentences that return in another document, word for word or reworded."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import pandas as pd

from sco_research.comparison.alignment import Weights
from sco_research.comparison.dates import by_date
from sco_research.comparison.reuse_index import Passage, PassageIndex, passages_of
from sco_research.comparison.reuse_pairs import Pair, chosen, rows, scored
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents, documents_of

THRESHOLD = 0.6
"""Similarity from which two sentences are a pair; chosen on the development set."""

TEXT_REUSE = Schema(
    Column("document_id", "str", "the later document"),
    Column("segment_id", "str", "the sentence that returns"),
    Column("start", "int", "its first character"),
    Column("end", "int", "the character after its last"),
    Column("earlier_document_id", "str", "the earlier document"),
    Column("earlier_segment_id", "str", "the sentence it returns from"),
    Column("earlier_start", "int", "its first character"),
    Column("earlier_end", "int", "the character after its last"),
    Column("similarity", "float", "0 to 1, higher = more alike"),
    Column("kind", "str", "``verbatim``, ``near-verbatim`` or ``reworded``"),
    Column("relation", "str", "``one to one``, ``split`` or ``merged``"),
    Column("share_of_sentence", "float", "of its weight, what the earlier one has too, 0 to 1"),
    Column("share_of_earlier", "float", "of the earlier one's weight, what returns, 0 to 1"),
    Column("wording", "float", "share of the words that are the same, in order, 0 to 1"),
    Column("shared_words", "int", "words of the later sentence that return"),
    Column("changes", "str", "what became of the words: ``[-removed-]``, ``{+added+}``"),
    Column("text", "str", "the later sentence, white space folded"),
    Column("earlier_text", "str", "the earlier sentence, white space folded"),
)
LEAST_WORDS = 3


def find_reuse(
    documents: Documents,
    *,
    reference: Documents | None = None,
    threshold: float = THRESHOLD,
    least_words: int = LEAST_WORDS,
    background: Documents = (),
) -> pd.DataFrame:
    """Find the sentences that return between documents, word for word or reworded.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What is compared, each with each, the earlier with the later; in the given order where one
        has no date.
    reference : Document, Corpus or iterable of Document, optional
        Compare every document with these alone, and weigh the words by these alone: the result of
        a document then hangs on no other one, and a stream may be as long as it likes.
    threshold : float
        Similarity that makes a pair, above 0 to 1. Lower finds more that is reworded, and more
        that only shares a formula.
    least_words : int
        Sentences with fewer words that name something are not compared.
    background : Document, Corpus or iterable of Document
        Further documents of the kind, from which it is learnt which words are common, where those
        compared are few or short.

    Returns
    -------
    pandas.DataFrame
        One row per pair, in reading order of the later document, with the columns of `TEXT_REUSE`.
        The relation is ``one to one``, ``split`` where one earlier sentence returns in several, or
        ``merged`` where several return in one.

    Raises
    ------
    ParameterError
        Where an option is out of its range or two documents have one id.

    Notes
    -----
    Words are weighed by how rare they are in the sentences compared, so that a formula that stands
    everywhere proves nothing. Each word of a sentence is looked for in the other one as itself,
    as another of its family ("produce", "production") and as a like word ("danger", "threat"; the
    lexicon is English). The similarity is 0.6 times the share of the sentence that is better kept
    plus 0.4 times the share of the other, which must be a quarter, so that a statement that was
    qualified, shortened, split or merged is found too. The best pairs are taken first; a sentence
    is paired again only for words that its partners do not explain yet.

    Examples
    --------
    >>> import datetime
    >>> old = Document.from_text("The Parties will fight drug trafficking. They met.", id="old",
    ...     date=datetime.date(2007, 8, 16))
    >>> new = Document.from_text("The Parties will combat trafficking in drugs.", id="new",
    ...     date=datetime.date(2013, 9, 13))
    >>> found = find_reuse([new, old])
    >>> found[["segment_id", "earlier_segment_id", "kind"]].values.tolist()
    [['new:p1.s1', 'old:p1.s1', 'reworded']]
    >>> found["changes"].iloc[0]
    'The Parties will [-fight drug-] {+combat+} trafficking {+in drugs.+}'
    """
    if not 0 < threshold <= 1:
        raise ParameterError(f"find_reuse, threshold {threshold}: give one above 0, up to 1")
    read = partial(_read, least_words=least_words)
    known = [] if reference is None else list(map(read, by_date(reference)))
    common = [item.forms for document in documents_of(background) for item in read(document)[1]]
    if reference is None:
        compared = list(map(read, by_date(documents)))
        weight = Weights([*common, *(item.forms for _, part in compared for item in part)])
        groups = _each_with_each(compared, weight, threshold)
    else:
        weight = Weights([*common, *(item.forms for _, part in known for item in part)])
        groups = _with_reference(map(read, documents_of(documents)), known, weight, threshold)
    return TEXT_REUSE.frame(row for group in groups for row in group)


_Read = tuple[Document, list[Passage]]


def _read(document: Document, *, least_words: int) -> _Read:
    return document, passages_of(document, least_words=least_words)


def _each_with_each(
    read: Sequence[_Read], weight: Weights, threshold: float
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each later document: one index holds all sentences."""
    index = PassageIndex([item for _, part in read for item in part], weight, threshold)
    place = {document.id: number for number, (document, _) in enumerate(read)}
    for document, part in read:
        before: dict[str, list[Pair]] = {other.id: [] for other, _ in read[: place[document.id]]}
        for pair in scored(part, index, weight, threshold, among=before.keys()):
            before[pair.earlier.document_id].append(pair)
        yield rows(map(chosen, before.values()))


def _with_reference(
    stream: Iterable[_Read], known: Sequence[_Read], weight: Weights, threshold: float
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each document with the reference; the one of the later date returns."""
    indexes = [(document, PassageIndex(part, weight, threshold)) for document, part in known]
    for document, part in stream:
        groups = []
        for other, index in indexes:
            if other.id == document.id:
                continue
            pairs = scored(part, index, weight, threshold, among={other.id})
            ours, theirs = document.metadata.date, other.metadata.date
            if ours is not None and theirs is not None and ours < theirs:
                pairs = [pair.turned() for pair in pairs]
            groups.append(chosen(pairs))
        yield rows(groups)
