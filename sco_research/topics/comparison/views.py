"""What the comparison notebook compares: the documents, and their frames side by side."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.comparison import by_date
from sco_research.comparison.keyness import KEYNESS, keyness
from sco_research.comparison.trends import Measure, share_of, trend
from sco_research.errors import ParameterError
from sco_research.loaders import load_corpus
from sco_research.metrics import METRICS, count
from sco_research.statistics import Bootstrap
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import segment

_PER = 1_000
_LEAST_COUNT = 3
MEASURES = {
    "words_per_sentence": "Words to a sentence",
    "flesch_kincaid": "Flesch-Kincaid grade",
    "strict": "Strict commitments to 1,000 words",
    "broad": "Broad commitments to 1,000 words",
}


def compared(document: Document, others: Sequence[str]) -> Corpus:
    """Return a document with those that it is compared with, from the earliest to the latest.

    Where one has no date, the document itself comes last, after the others as they are named.

    Parameters
    ----------
    document : Document
        What the report is about.
    others : sequence of str
        Catalogue ids, paths of files, or folders; the document itself among them is passed over.

    Raises
    ------
    SourceError
        Where one cannot be read.
    ParameterError
        Where two documents have one id.
    """
    found = [other for name in others for other in load_corpus(name)]
    rest = [other for other in found if (other.id, other.sha256) != (document.id, document.sha256)]
    return Corpus(tuple(by_date([*rest, document])))


def others_of(document: Document, corpus: Corpus) -> list[Document]:
    """Return the documents of a corpus but this one."""
    return [other for other in corpus if other.id != document.id]


def fingerprints(document: Document, corpus: Corpus) -> list[str]:
    """Return ids and hashes of the documents compared, for the provenance."""
    return [f"{other.id} sha256:{other.sha256}" for other in others_of(document, corpus)]


def labels(corpus: Corpus) -> dict[str, str]:
    """Return a short name for each document: its year where no other has it, else its id."""
    years = Counter(document.metadata.date.year for document in corpus if document.metadata.date)
    return {
        document.id: str(document.metadata.date.year)
        if document.metadata.date and years[document.metadata.date.year] == 1
        else document.id
        for document in corpus
    }


def keywords(
    document: Document, corpus: Corpus, *, confidence: float, min_count: int = _LEAST_COUNT
) -> pd.DataFrame:
    """Return the keyness of a document against the others together; empty where there are none."""
    try:
        return keyness(
            document,
            others_of(document, corpus),
            min_count=min_count,
            confidence=confidence,
            skip_function_words=True,
        )
    except ParameterError:
        # No other document, or no words: there is nothing to hold it against.
        return KEYNESS.empty()


def commitments_of(corpus: Corpus) -> pd.DataFrame:
    """Return the commitments of the English documents, which alone the rules read."""
    return find_commitments(
        [document for document in corpus if document.metadata.language in ("en", "und")]
    )


def categories(codings: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Return the categories that occur, in the codebook's order."""
    found = set(codings["category"])
    return [category.id for category in codebook if category.id in found]


def theme_trend(
    corpus: Corpus, codings: pd.DataFrame, codebook: Codebook, bootstrap: Bootstrap
) -> pd.DataFrame:
    """Return the share of sentences with each theme that occurs, over the dates."""
    names = categories(codings, codebook)
    sentences = _sentence_frame(corpus)
    here = codings[["segment_id", "category"]].drop_duplicates()
    for name in names:
        marked = sentences["segment_id"].isin(here.loc[here["category"] == name, "segment_id"])
        sentences = sentences.assign(**{name: marked.astype(int)})
    measures = {name: share_of(name) for name in names}
    return trend(corpus, sentences, measures, bootstrap=bootstrap)


def language_trend(corpus: Corpus, commitments: pd.DataFrame, bootstrap: Bootstrap) -> pd.DataFrame:
    """Return the length of sentences, a grade and the density of commitments, over the dates."""
    strict, broad = (
        commitments.loc[kept, "segment_id"].value_counts()
        for kept in (commitments["strict"].astype(bool), slice(None))
    )
    counts = count(corpus)
    sentences = counts.assign(
        strict=counts["segment_id"].map(strict).fillna(0).astype(int),
        broad=counts["segment_id"].map(broad).fillna(0).astype(int),
    )
    grade = METRICS["flesch_kincaid"].formula_for("en")
    measures: dict[str, Measure] = {"words_per_sentence": share_of("words", of="sentences")}
    if grade is not None and all(item.metadata.language in ("en", "und") for item in corpus):
        measures["flesch_kincaid"] = grade
    for name in ("strict", "broad"):
        measures[name] = _density(name)
    return trend(corpus, sentences, measures, bootstrap=bootstrap)


def _density(name: str) -> Measure:
    share = share_of(name, of="words")
    return lambda sums: np.asarray(_PER * share(sums))


def _sentence_frame(corpus: Corpus) -> pd.DataFrame:
    sentences = segment(corpus, level="sentence")
    return sentences[["document_id", "segment_id", "section"]].assign(sentences=1)
