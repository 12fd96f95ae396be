"""How much of a text a category takes: prevalence with intervals."""

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.foreign import foreign_language
from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.organizations import issuer
from sco_research.statistics import Bootstrap, bootstrap_shares
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import segment, segments_of
from sco_research.text.tokens import words

PREVALENCE = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the document or section"),
    Column("level", "str", "document or section"),
    Column("section", "count", "number of the section; missing for a document"),
    Column("category", "str", "the category"),
    Column("hits", "int", "matches"),
    Column("sentences", "int", "sentences with a match"),
    Column("paragraphs", "int", "paragraphs with a match"),
    Column("words", "int", "words matched"),
    Column("of_sentences", "int", "sentences in all"),
    Column("of_paragraphs", "int", "paragraphs in all"),
    Column("of_words", "int", "words in all"),
    Column("share_sentences", "float", "share of the sentences, 0 to 1"),
    Column("share_sentences_low", "float", "lower end of its bootstrap interval"),
    Column("share_sentences_high", "float", "upper end"),
    Column("share_words", "float", "share of the words, 0 to 1"),
    Column("share_words_low", "float", "lower end of its bootstrap interval"),
    Column("share_words_high", "float", "upper end"),
    Column("resampled", "str", "what the bootstrap draws"),
    Column("reason", "str", "why an interval, or a share too, is missing"),
)
"""How much of a text each category takes, one row a document or section and category."""

_SHARES = [name for name in PREVALENCE if name.startswith("share_")]
_RESAMPLED = {"document": "sentences within sections", "section": "sentences of the section"}


def prevalence(
    documents: Documents,
    codings: pd.DataFrame,
    *,
    categories: Iterable[str] | Codebook = (),
    level: Literal["document", "section"] = "document",
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return how much of each document or section each category takes.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The documents coded; what has no hit counts in every denominator.
    codings : pandas.DataFrame
        As from `code_themes`.
    categories : Codebook or iterable of str
        Which categories have rows, in which order; those without hits get zeros. Empty: those that
        occur, in the order of their ids.
    level : str
        ``"document"`` or ``"section"``.
    bootstrap : Bootstrap
        Resamples, confidence and seed of the intervals.

    Returns
    -------
    pandas.DataFrame
        See `PREVALENCE`. Where a codebook is given, shares are missing too of a document in another
        language, and of what is relative to an issuer that is unknown.

    Raises
    ------
    ParameterError
        Where the level is another, or a coding's sentence is not in the documents.

    Notes
    -----
    A declaration is no random sample: the intervals describe how the shares would vary over texts
    made of sentences like these. Sentences are drawn with replacement, within their sections where
    the document is the level.

    Examples
    --------
    >>> from sco_research.coding.themes import code_themes
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("Drugs kill. They met. They left. Opium pays.", id="note")
    >>> found = prevalence(document, code_themes(document)).iloc[0]
    >>> found["category"], int(found["hits"]), float(found["share_sentences"])
    ('security.drugs', 2, 0.5)
    """
    if level not in ("document", "section"):
        raise ParameterError(f"prevalence, level {level!r}: choose document or section")
    wanted = _categories(codings, categories)
    parts: list[pd.DataFrame] = []
    for document in documents_of(documents):
        sentences = _sentences(document)
        hits = codings[codings["document_id"] == document.id]
        _check_anchors(hits, sentences)
        unsaid = _unsaid(document, categories)
        for unit in segments_of(document):
            if unit.level != level:
                continue
            inside = (
                sentences
                if level == "document"
                else sentences.loc[sentences["section"] == unit.section]
            )
            rows = _shares(hits, inside, wanted, bootstrap)
            for category in unsaid:
                here = rows["category"] == category
                rows.loc[here, list(_SHARES)] = float("nan")
                rows.loc[here, "reason"] = unsaid[category]
            parts.append(
                rows.assign(
                    document_id=document.id,
                    segment_id=unit.id,
                    level=level,
                    section=pd.array([unit.section] * len(rows), dtype="Int64"),
                    resampled=_RESAMPLED[level],
                )
            )
    return PREVALENCE.typed(pd.concat(parts, ignore_index=True)) if parts else PREVALENCE.empty()


def _categories(codings: pd.DataFrame, categories: Iterable[str] | Codebook) -> list[str]:
    if isinstance(categories, Codebook):
        return [category.id for category in categories]
    wanted = list(categories)
    return wanted or sorted(codings["category"].unique())


def _unsaid(document: Document, categories: Iterable[str] | Codebook) -> dict[str, str]:
    """Return the categories of which nothing can be said in a document, each with the reason."""
    if not isinstance(categories, Codebook):
        return {}
    if language := foreign_language(document, categories.language):
        reason = (
            f"the codebook is for the language {categories.language!r}, the document is in "
            f"{language!r}"
        )
        return {category.id: reason for category in categories}
    if issuer(document).is_known:
        return {}
    reason = "relative to the issuer of the document, which is unknown"
    return {category.id: reason for category in categories if category.relative}


def _sentences(document: Document) -> pd.DataFrame:
    sentences = segment(document, level="sentence").set_index("segment_id")
    return sentences.assign(words=[len(words(text)) for text in sentences["text"]])


def _check_anchors(hits: pd.DataFrame, sentences: pd.DataFrame) -> None:
    foreign = hits.loc[~hits["segment_id"].isin(sentences.index), "segment_id"]
    if len(foreign):
        raise ParameterError(
            f"codings: {foreign.iloc[0]!r} is no sentence of the document; code this document anew"
        )


def _shares(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    categories: list[str],
    bootstrap: Bootstrap,
) -> pd.DataFrame:
    """Return counts and shares of the categories in these sentences."""
    inside = hits[hits["segment_id"].isin(sentences.index)]
    inside = inside.assign(words=[len(words(text)) for text in inside["match"]])
    found, matched = (
        inside.pivot_table(
            index="segment_id", columns="category", values="words", aggfunc=how, fill_value=0
        )
        .reindex(index=sentences.index, columns=categories, fill_value=0)
        .to_numpy(dtype=float)
        for how in ("size", "sum")
    )
    present = found > 0
    strata = sentences["section"].to_numpy(dtype=float)
    by_sentence = bootstrap_shares(present, strata=strata, bootstrap=bootstrap)
    by_word = bootstrap_shares(
        matched, sentences["words"].to_numpy(dtype=float), strata=strata, bootstrap=bootstrap
    )
    paragraphs = sentences["paragraph"].to_numpy()
    return pd.DataFrame(
        {
            "category": categories,
            "hits": found.sum(axis=0).astype(int),
            "sentences": present.sum(axis=0),
            "paragraphs": [len(set(paragraphs[column])) for column in present.T],
            "words": matched.sum(axis=0).astype(int),
            "of_sentences": len(sentences),
            "of_paragraphs": len(set(paragraphs)),
            "of_words": int(sentences["words"].sum()),
            "share_sentences": by_sentence.estimate,
            "share_sentences_low": by_sentence.low,
            "share_sentences_high": by_sentence.high,
            "share_words": by_word.estimate,
            "share_words_low": by_word.low,
            "share_words_high": by_word.high,
            "reason": by_sentence.reason,
        }
    )
