"""What the themes notebook shows of words: those that spoke for each theme."""

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.topics.themes.tables import label_of


def word_table(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return for each theme the words that spoke for it, the most frequent first."""
    rows = []
    for category in codebook:
        words = counted_words(codings[codings["category"] == category.id])
        if words:
            rows.append({"Theme": category.label, "Words": "; ".join(words.values())})
    return pd.DataFrame(rows, columns=["Theme", "Words"])


def counted_words(codings: pd.DataFrame) -> dict[str, str]:
    """Return the words matched, the most frequent first, each as the table shows it, by `folded`.

    Counted whatever the case, shown as first written.
    """
    plain = codings["match"].str.split().str.join(" ")
    written = plain.groupby(folded(codings), sort=False).agg(["first", "size"])
    written = written.sort_values("size", ascending=False, kind="stable")
    shown = zip(written.index, written["first"], written["size"], strict=True)
    return {str(key): f"{word} ({n})" if n > 1 else str(word) for key, word, n in shown}


def folded(codings: pd.DataFrame) -> "pd.Series[str]":
    """Return the words matched without their case and line breaks."""
    return codings["match"].str.split().str.join(" ").str.lower()


def evidence_table(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return every coded sentence with its themes and the words that spoke for each."""
    rows = [
        {
            "Sentence": anchor,
            "Themes and words": "; ".join(
                f"{label_of(codebook, str(name))}: {', '.join(words.str.split().str.join(' '))}"
                for name, words in here.groupby("category", sort=False)["match"]
            ),
        }
        for anchor, here in codings.groupby("segment_id", sort=False)
    ]
    return pd.DataFrame(rows, columns=["Sentence", "Themes and words"])
