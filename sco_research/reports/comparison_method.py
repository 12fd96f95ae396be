"""How the comparison was made, and how far it is to be trusted."""

from sco_research.comparison.reuse import THRESHOLD
from sco_research.text.document import Corpus


def method(
    corpus: Corpus,
    *,
    threshold: float,
    formula_words: int,
    confidence: float,
    resamples: int,
) -> str:
    """Return how the figures were made, for the reader who must trust them."""
    dated = all(item.metadata.date for item in corpus)
    order = (
        "Documents stand in the order of their dates."
        if dated
        else "**A document has no date: they stand as named, this one last, and earlier and later "
        "mean that order.**"
    )
    measured = (
        "On two sets of sentences written for this evaluation as of two declarations six years "
        "apart, the one kept aside while the method was tuned on the other, the threshold of "
        f"{THRESHOLD:g} pairs over 90 % of what was reworded, with under 5 % of false pairs "
        "(`tests/benchmarks/results/reuse.json`); the sentences are the authors', and no real "
        "pair of declarations has been coded by people yet."
    )
    return (
        f"{order} Keyness holds this document against the others counted as one: log-likelihood in "
        "the form of two cells [@rayson2000] and of four [@dunning1993], log ratio [@hardie2014] "
        "with the interval of a ratio of two shares [@katz1978] and half a word for none, and "
        "weighted log-odds with an informative Dirichlet prior [@monroe2008], here the documents "
        "together; p-values are corrected for the number of words [@benjamini1995]. Sentences are "
        "paired by what of their words, weighed by rarity [@salton1988], returns in the other as "
        "itself, in another form or as a like word of the lexicon, wherever it stands; similarity "
        f"runs from 0 to 1 and pairs here from {threshold:g}. {measured} A commitment is made "
        "again where its sentence is paired with one that holds a commitment and half of what is "
        "undertaken returns from there. Formula is what an earlier document has in rows of "
        f"{formula_words} words or more. Likeness is the cosine of weighted lemmas [@salton1988], "
        "its map classical scaling [@torgerson1952]: what the plane leaves out stands at its axes. "
        f"Intervals over the dates are {100 * confidence:g} % bootstrap intervals from {resamples} "
        "resamples of sentences within sections [@efron1993]; a declaration is no random sample, "
        "and they say how much a figure hangs on single sentences."
    )
