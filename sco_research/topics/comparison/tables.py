"""The comparison notebook's frames as a reader's tables."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeAlias

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import place_of, sentences_of
from sco_research.text.tokens import words
from sco_research.topics.comparison.views import labels
from sco_research.topics.themes.tables import label_of

_MOST_DOCUMENTS = 8
_Row: TypeAlias = dict[Hashable, Any]


def document_table(corpus: Corpus, novelty: pd.DataFrame, reuse: pd.DataFrame) -> pd.DataFrame:
    """Return the documents compared, with what of each was said before.

    Parameters
    ----------
    corpus : Corpus
        The documents.
    novelty, reuse : pandas.DataFrame
        As from `novelty` and `find_reuse` of them.
    """
    counted = novelty.groupby("document_id")[["words", "formulaic_words"]].sum().to_dict("index")
    rows = []
    for document in corpus:
        sentences = sentences_of(document)
        said = counted.get(document.id, {"words": 0, "formulaic_words": 0})
        share = 100 * said["formulaic_words"] / said["words"] if said["words"] else float("nan")
        returning = reuse.loc[reuse["document_id"] == document.id, "segment_id"].nunique()
        rows.append(
            {
                "Document": document.id,
                "Title": document.metadata.title or "–",
                "Date": str(document.metadata.date or "–"),
                "Sentences": len(sentences),
                "Words": sum(len(words(item.text)) for item in sentences),
                "Returning sentences": returning,
                "Formula (% of words)": share,
            }
        )
    return pd.DataFrame(rows)


def interval(low: float, high: float, decimals: int = 1) -> str:
    """Return the two ends of an interval."""
    return "–" if pd.isna(low) else f"{low:.{decimals}f} to {high:.{decimals}f}"


def place_in(document_id: str, segment_id: str) -> str:
    """Return a sentence of another document as text: a link would lead into this one.

    >>> place_in("valley-2007", "valley-2007:p2.s1")
    'valley-2007, ¶ 2, sentence 1'
    """
    return f"{document_id}, {place_of(segment_id)}" if segment_id else "–"


def returning(document: Document, reuse: pd.DataFrame) -> pd.DataFrame:
    """Return the document's sentences that return, each with its most similar partner.

    Parameters
    ----------
    document : Document
        The document.
    reuse : pandas.DataFrame
        As from `find_reuse`.

    Returns
    -------
    pandas.DataFrame
        One row per sentence and way, in reading order: ``segment_id``; ``way``, "from" an earlier
        document or "in" a later one; ``place`` of the partner; ``documents`` with one;
        ``similarity``, ``kind``, ``relation``, ``changes``.
    """
    rows = []
    for way, mine, other in (("from", "", "earlier_"), ("in", "earlier_", "")):
        here = reuse[reuse[f"{mine}document_id"] == document.id]
        spread = here.groupby(f"{mine}segment_id")[f"{other}document_id"].nunique().to_dict()
        ranked = here.sort_values("similarity", ascending=False, kind="stable")
        rows += [
            {
                "segment_id": row[f"{mine}segment_id"],
                "way": way,
                "place": place_in(row[f"{other}document_id"], row[f"{other}segment_id"]),
                "documents": spread[row[f"{mine}segment_id"]],
                "start": row[f"{mine}start"],
                **{name: row[name] for name in ("similarity", "kind", "relation", "changes")},
            }
            for row in ranked.drop_duplicates(f"{mine}segment_id").to_dict("records")
        ]
    names = ["segment_id", "way", "place", "documents", "start", "similarity", "kind", "relation",
             "changes"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names).sort_values("start", kind="stable")
    return frame.drop(columns="start").reset_index(drop=True)


def reuse_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences that return, with their partner and what was changed.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `returning`.
    """
    notes = [
        "; ".join(
            filter(
                None,
                (
                    f"{row['documents']} documents" if row["documents"] > 1 else "",
                    "" if row["relation"] == "one to one" else str(row["relation"]),
                ),
            )
        )
        for row in found.to_dict("records")
    ]
    return pd.DataFrame(
        {
            "Sentence": found["segment_id"],
            "Returns": [
                f"{way} {place}" + (f" ({note})" if note else "")
                for way, place, note in zip(found["way"], found["place"], notes, strict=True)
            ],
            "Similarity": found["similarity"],
            "Kind": found["kind"],
            "Changes": found["changes"],
        }
    )


def trend_table(
    found: pd.DataFrame,
    document: Document,
    corpus: Corpus,
    names: Mapping[str, str],
    *,
    scale: float = 1.0,
    decimals: int = 1,
    status: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return measures over the dates, a column a document, and the change to this one.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `trend`.
    document : Document
        Whose change from the document before is shown.
    corpus : Corpus
        The documents; of more than eight the nearest in time are shown.
    names : mapping of str to str
        What each measure is called; the order of the rows.
    scale : float
        What values are multiplied by, 100 for per cent.
    decimals : int
        Of the interval.
    status : mapping of str to str, optional
        What each measure is in this document, such as ``"new"``.
    """
    short = labels(corpus)
    shown = _nearest([item.id for item in corpus], document.id)
    values = {
        (str(row["measure"]), str(row["document_id"])): scale * float(row["value"])
        for row in found.to_dict("records")
    }
    here = {
        str(row["measure"]): row
        for row in found[found["document_id"] == document.id].to_dict("records")
    }
    rows = []
    for name in (name for name in names if name in here):
        row: _Row = {"": names[name]}
        row |= {short[item]: values[name, item] for item in shown}
        change, low, high = (
            scale * float(here[name][end]) for end in ("change", "change_low", "change_high")
        )
        row["Change"] = change
        row["Interval"] = interval(low, high, decimals)
        if status is not None:
            row["Here"] = status.get(name, "–")
        rows.append(row)
    return pd.DataFrame(rows)


def _nearest(ids: list[str], here: str) -> list[str]:
    place = ids.index(here)
    first = max(0, min(place - _MOST_DOCUMENTS + 2, len(ids) - _MOST_DOCUMENTS))
    return ids[first : first + _MOST_DOCUMENTS]


def theme_status(
    document: Document, presence: pd.DataFrame, codebook: Codebook
) -> dict[str, list[str]]:
    """Return the labels of the themes of each status in a document."""
    here = presence[presence["document_id"] == document.id]
    return {
        str(status): [label_of(codebook, str(name)) for name in part["category"]]
        for status, part in here.groupby("status")
    }


def commitment_table(document: Document, history: pd.DataFrame) -> pd.DataFrame:
    """Return the document's commitments, those made before with the earlier wording.

    Parameters
    ----------
    document : Document
        The document.
    history : pandas.DataFrame
        As from `commitment_history`.
    """
    here = history[(history["document_id"] == document.id) & (history["status"] != "dropped")]
    then = [
        f"{target} ({place})" if target else "–"
        for target, place in zip(here["earlier_target"], _places(here), strict=True)
    ]
    binding = [
        f"{level} ({change})" if change in ("stronger", "weaker") else level
        for level, change in zip(here["obligation"], here["obligation_change"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Sentence": here["segment_id"],
            "Undertaken": here["target"],
            "Status": here["status"],
            "Before": then,
            "Binding": binding,
        }
    ).reset_index(drop=True)


def dropped_table(document: Document, history: pd.DataFrame) -> pd.DataFrame:
    """Return the commitments of the document before that this one does not make again."""
    here = history[(history["document_id"] == document.id) & (history["status"] == "dropped")]
    return pd.DataFrame(
        {
            "Made in": _places(here),
            "Undertaken": here["earlier_target"],
            "Binding": here["earlier_obligation"],
        }
    ).reset_index(drop=True)


def _places(history: pd.DataFrame) -> list[str]:
    return [
        place_in(name, anchor)
        for name, anchor in zip(
            history["earlier_document_id"], history["earlier_segment_id"], strict=True
        )
    ]
