"""What the language notebook shows of words: lists, pairs, phrases and concordances."""

import pandas as pd


def frequency_table(
    frequencies: pd.DataFrame, *, skip: frozenset[str], rows: int = 15
) -> pd.DataFrame:
    """Return the most frequent words without those that are skipped.

    Parameters
    ----------
    frequencies : pandas.DataFrame
        As from `frequencies`.
    skip : frozenset of str
        Words to leave out, such as those of `function_words`.
    rows : int
        How many.
    """
    kept = frequencies[~frequencies["word"].isin(skip)].head(rows)
    return pd.DataFrame(
        {
            "Word": kept["word"].to_numpy(),
            "Hits": kept["count"].to_numpy(),
            "Per 1,000 words": kept["per_thousand"].to_numpy(),
            "Sentences": kept["sentences"].to_numpy(),
        }
    )


def collocation_table(collocations: pd.DataFrame, *, rows: int = 15) -> pd.DataFrame:
    """Return the pairs of words that stand together most strongly."""
    top = collocations.head(rows)
    return pd.DataFrame(
        {
            "Pair": [f"{a} {b}" for a, b in zip(top["first"], top["second"], strict=True)],
            "Hits": top["count"].to_numpy(),
            "Log-likelihood": top["log_likelihood"].to_numpy(),
            "t score": top["t_score"].to_numpy(),
            "PMI (bits)": top["pmi"].to_numpy(),
        }
    )


def phrase_table(phrases: pd.DataFrame, *, rows: int = 15) -> pd.DataFrame:
    """Return the phrases that recur, with their first place."""
    top = phrases.head(rows)
    return pd.DataFrame(
        {
            "Phrase": top["phrase"].to_numpy(),
            "Words": top["words"].to_numpy(),
            "Hits": top["count"].to_numpy(),
            "First": top["segment_id"].to_numpy(),
        }
    )


def concordance_table(hits: pd.DataFrame) -> pd.DataFrame:
    """Return a concordance as it is read: before, the word, after, and the place."""
    sides = {name: hits[name].str.split().str.join(" ") for name in ("pre", "keyword", "post")}
    return pd.DataFrame(
        {
            "Before": sides["pre"].to_numpy(),
            "Word": sides["keyword"].to_numpy(),
            "After": sides["post"].to_numpy(),
            "Place": hits["segment_id"].to_numpy(),
        }
    )


def dispersion_table(spread: pd.DataFrame) -> pd.DataFrame:
    """Return how evenly the words looked for are spread."""
    return pd.DataFrame(
        {
            "Word": spread["item"].to_numpy(),
            "Hits": spread["count"].to_numpy(),
            "DP": spread["dp"].to_numpy(),
            "DP, normalised": spread["dp_norm"].to_numpy(),
        }
    )
