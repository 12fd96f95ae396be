"""The captions of the comparison, and how it was made and is to be trusted."""

from sco_research.comparison.text_reuse import THRESHOLD
from sco_research.text.document import Corpus

REUSE = (
    "The sentences that return, from an earlier document or in a later one, with the most similar "
    "partner; in brackets in how many documents there is one, and whether the sentence was split "
    "or merged. Changes: [-removed-] and {+added+} from the earlier to the later."
)


COMMITMENTS = (
    "The document's commitments, and where and how they were made before. Binding: level now, and "
    "whether it is stronger or weaker than then."
)


def keywords(where: str, confidence: float) -> str:
    """Return the caption of a table of keywords; ``where`` they are more frequent."""
    return (
        f"Words more frequent {where}, the most surprising first. Log ratio: binary logarithm of "
        f"the ratio of the two rates, with its {100 * confidence:g} % interval. LL: log-likelihood "
        "of all four cells; p corrected after Benjamini and Hochberg. z: weighted log-odds with a "
        "prior from both together."
    )


def trend(what: str, confidence: float) -> str:
    """Return the caption of a table over the dates."""
    return (
        f"{what}. Change: of this document against the one before it, with its "
        f"{100 * confidence:g} % bootstrap interval over sentences within sections; an interval "
        "without 0 is a change that does not hang on single sentences."
    )


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
