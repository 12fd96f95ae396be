"""What is new, what returns and what was dropped, from one document to the next."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Literal, TypeAlias

import pandas as pd

from sco_research.comparison import by_date
from sco_research.comparison.alignment import (
    WeighedSentence,
    Weights,
    WordFeatures,
    align,
    word_features,
)
from sco_research.frames import Column, Schema
from sco_research.text.document import Document, Documents

Status = Literal["first", "new", "continued", "returning", "dropped", "absent"]

PRESENCE = Schema(
    Column("document_id", "str", "the document"),
    Column("date", "str", "its date, empty where unknown"),
    Column("category", "str", "the category"),
    Column("sentences", "int", "sentences with it"),
    Column("status", "str", "``first``, ``new``, ``continued``, ``returning``, ``dropped``, …"),
    Column("first_document_id", "str", "the first document with it, up to this one"),
    Column("last_document_id", "str", "the last document with it, up to this one"),
)
COMMITMENT_HISTORY = Schema(
    Column("document_id", "str", "the document"),
    Column("undertaking_id", "str", "the undertaking; empty for a dropped one"),
    Column("segment_id", "str", "its sentence; empty for a dropped one"),
    Column("target", "str", "what is undertaken; empty for a dropped one"),
    Column("status", "str", "``first``, ``new``, ``continued``, ``returning`` or ``dropped``"),
    Column("earlier_document_id", "str", "document of the latest earlier one"),
    Column("earlier_undertaking_id", "str", "the latest earlier one"),
    Column("earlier_segment_id", "str", "its sentence"),
    Column("earlier_target", "str", "what was undertaken there"),
    Column("share_of_target", "float", "of what is undertaken, what returns from there, 0 to 1"),
    Column("obligation", "str", "binding level here"),
    Column("earlier_obligation", "str", "binding level there"),
    Column("obligation_change", "str", "``stronger``, ``weaker``, ``same``, or empty"),
)
Row: TypeAlias = dict[Hashable, Any]

# Share of what is undertaken that must return for the commitment to be the same.
_MIN_SHARE_OF_TARGET = 0.5
_STRENGTH = {"none": 0, "low": 1, "high": 2}


def presence(
    documents: Documents, codings: pd.DataFrame, *, categories: Iterable[str] = ()
) -> pd.DataFrame:
    """Return which categories are new in each document, go on, return or were dropped.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents; taken in the order of their dates, or as given where one has none.
    codings : pandas.DataFrame
        Any frame with ``document_id``, ``segment_id`` and ``category``, as from `code_themes`.
    categories : iterable of str
        Which categories, in this order; those that occur, by alphabet, where not given.

    Returns
    -------
    pandas.DataFrame
        One row per document and category, with the columns of `PRESENCE`. The status is ``first``
        (it stands in the first document, before which nothing is known), ``new`` (in no earlier
        document), ``continued`` (in the one before too), ``returning`` (in an earlier one, not in
        the one before), ``dropped`` (in the one before, not here) or ``absent``.

    Examples
    --------
    >>> old = Document.from_text("Trade grows.", id="old")
    >>> new = Document.from_text("Opium pays.", id="new")
    >>> codings = pd.DataFrame({"document_id": ["old", "new"],
    ...     "segment_id": ["old:p1.s1", "new:p1.s1"], "category": ["trade", "drugs"]})
    >>> presence([old, new], codings)[["document_id", "category", "status"]].values.tolist()
    [['old', 'drugs', 'absent'], ['old', 'trade', 'first'], ['new', 'drugs', 'new'],
     ['new', 'trade', 'dropped']]
    """
    wanted = list(categories) or sorted(codings["category"].unique())
    counted = codings.groupby(["document_id", "category"])["segment_id"].nunique().to_dict()
    seen: dict[str, list[str]] = {name: [] for name in wanted}
    rows = []
    previous = ""
    for document in by_date(documents):
        for name in wanted:
            sentences = int(counted.get((document.id, name), 0))
            status = _status(bool(sentences), seen[name], previous)
            if sentences:
                seen[name].append(document.id)
            first, last = (seen[name][0], seen[name][-1]) if seen[name] else ("", "")
            date = str(document.metadata.date or "")
            rows.append((document.id, date, name, sentences, status, first, last))
        previous = document.id
    return PRESENCE.frame(rows)


def _status(here: bool, seen: Sequence[str], previous: str) -> Status:
    """Return what it is that a thing is here, or not, given where it was."""
    if not here:
        return "dropped" if seen and seen[-1] == previous else "absent"
    if not previous:
        return "first"
    if not seen:
        return "new"
    return "continued" if seen[-1] == previous else "returning"


def commitment_history(
    documents: Documents, commitments: pd.DataFrame, reuse: pd.DataFrame
) -> pd.DataFrame:
    """Return which undertakings are new, are made again, and are not made again.

    An undertaking is made again where its sentence is paired with an earlier one that holds an
    undertaking too, and at least half of what is undertaken, by the weight of its words, returns
    from that sentence.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents; taken in the order of their dates, or as given where one has none.
    commitments : pandas.DataFrame
        As from `find_commitments`.
    reuse : pandas.DataFrame
        As from `find_reuse` of the same documents.

    Returns
    -------
    pandas.DataFrame
        One row per undertaking of each document in reading order, then the dropped ones, with the
        columns of `COMMITMENT_HISTORY`. The status is ``first`` (of the first document), ``new``,
        ``continued`` (made in the document before too), ``returning`` (made earlier, not in the one
        before) or ``dropped`` (made in the document before, not here).

    Examples
    --------
    >>> document = Document.from_text("We will meet.", id="note")
    >>> nothing = pd.DataFrame({"document_id": [], "undertaking_id": [], "segment_id": [],
    ...     "clean_target": [], "obligation": [], "text": []})
    >>> commitment_history(document, nothing, pd.DataFrame()).empty
    True
    """
    order = by_date(documents)
    sentences = commitments.drop_duplicates("segment_id")
    weights = Weights(word_features(str(text)) for text in sentences["text"])
    # One pass over each frame: to select from it again for each sentence or document would take
    # pandas a hundred times as long.
    by_document: dict[str, list[Row]] = defaultdict(list)
    by_sentence: dict[str, list[Row]] = defaultdict(list)
    for commitment in commitments.to_dict("records"):
        by_document[str(commitment["document_id"])].append(commitment)
        by_sentence[str(commitment["segment_id"])].append(commitment)
    sentence_of = cache(lambda name: _Sentence(by_sentence[name], weights))
    pairs: dict[str, dict[str, list[_Sentence]]] = defaultdict(lambda: defaultdict(list))
    for row in reuse.to_dict("records"):
        if (name := str(row["earlier_segment_id"])) in by_sentence:
            of_document = pairs[str(row["segment_id"])]
            of_document[str(row["earlier_document_id"])].append(sentence_of(name))
    rows: list[Row] = []
    before: dict[str, int] = {}
    last: list[Row] = []
    for document in order:
        these = by_document.get(document.id, [])
        mine = [
            _made(commitment, before, pairs.get(str(commitment["segment_id"]), {}), weights)
            for commitment in these
        ]
        again = {row["earlier_undertaking_id"] for row in mine}
        rows += mine
        rows += [_dropped(document, item) for item in last if item["undertaking_id"] not in again]
        before[document.id] = len(before)
        last = these
    return COMMITMENT_HISTORY.frame(rows)


class _Sentence:
    """A sentence with undertakings, and where its words stand in it and in what is undertaken."""

    def __init__(self, undertakings: Sequence[Row], weights: Weights) -> None:
        self._undertakings = undertakings
        self._weights = weights
        self._targets = [
            weights.weigh(word_features(str(item["clean_target"]))) for item in undertakings
        ]
        # By key, each word with its places, and the targets that hold one that names something.
        self._words: dict[str, dict[WordFeatures, list[int]]] = {}
        self._holders: dict[str, list[int]] = {}
        self._same: dict[tuple[WordFeatures, ...], int] = {}
        for place, word in enumerate(word_features(str(undertakings[0]["text"]))):
            for key in {word.lemma, *word.keys}:
                self._words.setdefault(key, {}).setdefault(word, []).append(place)
        for number, target in enumerate(self._targets):
            self._same.setdefault(target.features, number)
            for key in target.named:
                self._holders.setdefault(key, []).append(number)

    def share(self, target: WeighedSentence) -> float:
        """Return the share of what is undertaken, by weight, that returns from the sentence.

        Of a word that the sentence has often no more places can return than the target has words.
        """
        most = len(target.features)
        keys = {key for word in target.features for key in (word.lemma, *word.keys)}
        places = {
            place: word
            for key in keys
            for word, known in self._words.get(key, {}).items()
            for place in known[:most]
        }
        held = self._weights.weigh([places[place] for place in sorted(places)])
        return align(held, target).later

    def nearest(self, target: WeighedSentence) -> tuple[float, Row]:
        """Return the undertaking from which the most of a target returns, with that share.

        One and the same is the nearest, whatever holds it and more.
        """
        if (same := self._same.get(target.features)) is not None:
            return 1.0, self._undertakings[same]
        candidates = {number for key in target.named for number in self._holders.get(key, ())}
        best, nearest = 0.0, 0
        for number in sorted(candidates) if target.named else range(len(self._targets)):
            share = align(self._targets[number], target).later
            if share > best:
                best, nearest = share, number
        return best, self._undertakings[nearest]


_Earlier: TypeAlias = Mapping[str, list[_Sentence]]
"""By document, its sentences with undertakings that a sentence is paired with."""


def _made(
    commitment: Row,
    before: Mapping[str, int],
    pairs: _Earlier,
    weights: Weights,
) -> Row:
    """Return the row of a commitment with the latest earlier one that it repeats.

    Of the documents before it their places are given.
    """
    row: Row = {
        **dict.fromkeys(COMMITMENT_HISTORY, ""),
        "document_id": commitment["document_id"],
        "undertaking_id": commitment["undertaking_id"],
        "segment_id": commitment["segment_id"],
        "target": commitment["clean_target"],
        "obligation": commitment["obligation"],
        "share_of_target": float("nan"),
        "status": "new" if before else "first",
    }
    target = weights.weigh(word_features(str(commitment["clean_target"])))
    for name in sorted(before.keys() & pairs.keys(), key=before.__getitem__, reverse=True):
        found = [(*sentence.nearest(target), sentence.share(target)) for sentence in pairs[name]]
        best = max(found, key=itemgetter(0, 2), default=None)
        if best and best[2] >= _MIN_SHARE_OF_TARGET:
            earlier = best[1]
            row |= {
                "status": "continued" if before[name] == len(before) - 1 else "returning",
                "earlier_document_id": earlier["document_id"],
                "earlier_undertaking_id": earlier["undertaking_id"],
                "earlier_segment_id": earlier["segment_id"],
                "earlier_target": earlier["clean_target"],
                "share_of_target": best[2],
                "earlier_obligation": earlier["obligation"],
                "obligation_change": _compared(commitment["obligation"], earlier["obligation"]),
            }
            break
    return row


def _compared(now: object, before: object) -> str:
    if str(now) not in _STRENGTH or str(before) not in _STRENGTH:
        return ""
    difference = _STRENGTH[str(now)] - _STRENGTH[str(before)]
    return "same" if not difference else "stronger" if difference > 0 else "weaker"


def _dropped(document: Document, commitment: Row) -> Row:
    return {
        **dict.fromkeys(COMMITMENT_HISTORY, ""),
        "document_id": document.id,
        "status": "dropped",
        "earlier_document_id": commitment["document_id"],
        "earlier_undertaking_id": commitment["undertaking_id"],
        "earlier_segment_id": commitment["segment_id"],
        "earlier_target": commitment["clean_target"],
        "earlier_obligation": commitment["obligation"],
        "share_of_target": float("nan"),
    }
