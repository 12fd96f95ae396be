"""What the themes notebook says: sentences whose numbers come from the frames."""

from collections.abc import Sequence

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.markdown import escape
from sco_research.text.document import Document
from sco_research.topics.themes.caveats import language_gap
from sco_research.topics.themes.tables import absent_table, actor_table, label_of, pair_table

_PLACES = {"sentence": "sentences", "paragraph": "paragraphs", "section": "sections"}


def _by_weight(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that occur, those in most sentences first."""
    found = shares[shares["hits"] > 0]
    return found.sort_values("sentences", ascending=False, kind="stable")


def weight_text(shares: pd.DataFrame, codebook: Codebook, document: Document) -> str:
    """Return what weighs most, with the interval of the first."""
    found = _by_weight(shares)
    if not len(found):
        gap = language_gap(document, codebook)
        return gap or "No theme of the codebook was found; @tbl-themes is empty."
    first = found.iloc[0]
    text = (
        f"{_label(codebook, first['category'])} comes first, in {first['sentences']} of "
        f"{first['of_sentences']} sentences ({100 * first['share_sentences']:.0f} %"
    )
    if not pd.isna(first["share_sentences_low"]):
        text += (
            f"; interval {100 * first['share_sentences_low']:.0f} to "
            f"{100 * first['share_sentences_high']:.0f} %"
        )
    rare = found[found["sentences"] == 1]
    text += "). @tbl-themes lists the themes by the number of their sentences"
    if len(rare):
        text += f"; {len(rare)} of them stand in a single sentence"
    return f"{text}."


def theme_caption(confidence: float) -> str:
    """Return the caption of the table of themes."""
    return (
        "Themes by weight. Share: of the sentences, with its "
        f"{100 * confidence:g} % bootstrap interval over sentences within sections. Words: those "
        "matched, of all. DP: spread over the sections, 0 even, 1 in one place."
    )


def strip_alt(codings: pd.DataFrame, codebook: Codebook) -> str:
    """Return the strip plot in words."""
    first = codings.drop_duplicates("category")
    order = [label_of(codebook, name) for name in first["category"]]
    if not order:
        return "An empty plot: no theme was found."
    return f"A row of ticks for each of {len(order)} themes. Themes enter in this order: " + (
        _listed(order) + "."
    )


def section_alt(shares: pd.DataFrame, codebook: Codebook) -> str:
    """Return the heat map in words."""
    found = shares[shares["hits"] > 0]
    if not len(found):
        return "An empty plot: no theme was found."
    most = found.sort_values("share_sentences", ascending=False, kind="stable").iloc[0]
    return (
        f"A grid of {found['category'].nunique()} themes by {shares['section'].nunique()} "
        f"sections. The darkest field is {label_of(codebook, most['category'])} in section "
        f"{most['section']}, in {most['sentences']} of {most['of_sentences']} sentences."
    )


def pair_text(pairs: pd.DataFrame, codebook: Codebook, *, level: str, least: int) -> str:
    """Return which themes meet."""
    kept = pair_table(pairs, codebook, least=least)
    places = _PLACES[level]
    if not len(kept):
        return f"No two themes meet in {least} or more {places}."
    sure = int((pairs["p_adjusted"] <= 0.05).sum())
    tested = {0: "no pair meets", 1: "one pair meets"}.get(sure, f"{sure} pairs meet")
    return (
        f"{len(kept)} pairs of themes meet in {least} or more {places} (@fig-network, "
        f"@tbl-pairs). With all pairs tested together, {tested} more often than chance "
        "explains at a false-discovery rate of 5 %: in a text of this length a co-occurrence "
        "is something to read, not a proof."
    )


def pair_alt(pairs: pd.DataFrame, codebook: Codebook, *, least: int) -> str:
    """Return the network in words."""
    kept = pair_table(pairs, codebook, least=least)
    if not len(kept):
        return f"An empty plot: no two themes meet {least} times."
    lines = [
        f"{one} with {other} ({count})"
        for one, other, count in zip(
            kept["Theme"].head(5), kept["With"].head(5), kept["Together"].head(5), strict=True
        )
    ]
    return f"Themes on a circle, joined by {len(kept)} lines. The widest: {_listed(lines)}."


def network_caption(level: str, least: int) -> str:
    """Return the caption of the network."""
    return (
        f"Themes that meet in {least} or more {_PLACES[level]}; a line's width is how often, a "
        "circle's area and the number how many sentences the theme has."
    )


def pair_caption(level: str) -> str:
    """Return the caption of the table of pairs."""
    return (
        f"Themes in the same {_PLACES[level]}. Of: how many each has. Lift: how many times more "
        "often than if the two were independent. p: hypergeometric, one-sided, corrected after "
        "Benjamini and Hochberg [@benjamini1995]."
    )


def commitment_text(commitments: pd.DataFrame, codebook: Codebook) -> str:
    """Return which themes are matters of promise and which of position only."""
    if not len(commitments):
        return (
            "No theme could be joined to a commitment: none was found, or the document is not in "
            "English, which alone the rules of commitments read (@fig-commitments, "
            "@tbl-commitments)."
        )
    committed = commitments.sort_values(["strict", "broad"], ascending=False, kind="stable")
    strict = committed[committed["strict"] > 0]
    silent = commitments[commitments["broad"] == 0]
    if not len(strict):
        text = "No theme stands in a sentence with a commitment by the strict reading. "
    else:
        named = [
            f"{_label(codebook, name)} ({count} of {of})"
            for name, count, of in zip(
                strict["category"].head(4),
                strict["strict"].head(4),
                strict["sentences"].head(4),
                strict=True,
            )
        ]
        text = (
            "By the strict reading the members commit themselves most often in sentences on "
            f"{_listed(named)}. "
        )
    if len(silent):
        names = [_label(codebook, name) for name in silent["category"]]
        text += f"Positions without any commitment, even broadly read: {_listed(names)}. "
    return text + (
        "Theme and commitment meet in the sentence (@fig-commitments, @tbl-commitments): a "
        "sentence on two themes counts for both."
    )


def commitment_caption(confidence: float) -> str:
    """Return the caption of the table of commitments and tones."""
    return (
        "Sentences of each theme with a commitment, by the strict and the broad reading. "
        f"Interval: of the broad share, in %, {100 * confidence:g} % bootstrap over the theme's "
        "sentences. Tone: sentences in which the codebook of stance finds that evaluation; it does "
        "not say of whom."
    )


def commitment_alt(commitments: pd.DataFrame) -> str:
    """Return the picture of commitments in words."""
    return (
        f"A bar for each of {len(commitments)} themes, divided into sentences with a strict "
        f"commitment ({int(commitments['strict'].sum())} over all themes), with a broad one only "
        f"({int((commitments['broad'] - commitments['strict']).sum())}) and with none."
    )


# The top categories of the codebook of actors whose children are states.
_GROUPS_OF_STATES = frozenset({"members", "observers", "partners", "third_states"})


def actor_text(document: Document, codings: pd.DataFrame, codebook: Codebook) -> str:
    """Return who speaks and who is spoken of."""
    table = actor_table(document, codings, codebook)
    if not len(table):
        return language_gap(document, codebook) or "No actor of the codebook is named."
    collective = int(codings["category"].isin(["members", "sco"]).sum())
    lands = {item.label for item in codebook if item.parent in _GROUPS_OF_STATES}
    states = table[table["Actor"].isin(lands)]
    text = (
        f"{collective} of {len(codings)} mentions are of the members together or of the "
        "Organization. "
    )
    if len(states):
        named = [
            f"{escape(str(name))} ({count})"
            for name, count in zip(states["Actor"], states["Mentions"], strict=True)
        ]
        text += f"States and places named by themselves: {_listed(named)}. "
    return text + "See @tbl-actors."


def silence_text(shares: pd.DataFrame, codebook: Codebook, document: Document) -> str:
    """Return what of the Organization's agenda the document leaves out."""
    if gap := language_gap(document, codebook):
        return gap
    absent = absent_table(shares, codebook)
    if not len(absent):
        return "Every theme of the codebook occurs."
    return (
        f"The codebook covers the agenda of the Organization's declarations over the years. Of "
        f"its {len(codebook)} themes this document does not name {len(absent)} (@tbl-absent). "
        "Silence here means that no pattern matched; the definitions say what was looked for."
    )


def abstract(
    shares: pd.DataFrame, pairs: pd.DataFrame, codebook: Codebook, document: Document
) -> str:
    """Return the findings in sentences."""
    if gap := language_gap(document, codebook):
        return gap
    if not len(shares) or not shares["hits"].sum():
        return f"None of the {len(codebook)} themes of the codebook was found in the document."
    sentences = int(shares["of_sentences"].iloc[0])
    found = _by_weight(shares)
    leading = [
        f"{_label(codebook, name)} ({count})"
        for name, count in zip(found["category"].head(5), found["sentences"].head(5), strict=True)
    ]
    silent = [_label(codebook, name) for name in shares.loc[shares["hits"] == 0, "category"]]
    text = (
        f"{len(found)} of the {len(codebook)} themes of the codebook occur in the "
        f"{sentences} sentences of the document, with {int(shares['hits'].sum())} hits. By "
        f"sentences the weightiest are {_listed(leading)}. "
    )
    if len(pairs):
        best = pairs.iloc[0]
        one, two = (_label(codebook, best[name]) for name in ("category", "other"))
        text += (
            f"The pair that meets most often is {one} with {two}, "
            f"in {_times(int(best['together']))}. "
        )
    if silent:
        text += f"The document is silent on {_listed(silent)}."
    return text.strip()


def _label(codebook: Codebook, category: str) -> str:
    return escape(label_of(codebook, category))


def _times(number: int) -> str:
    return "one place" if number == 1 else f"{number} places"


def _listed(items: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def method(document: Document, codebook: Codebook, *, confidence: float, resamples: int) -> str:
    """Return how the figures were made, for the reader who must trust them."""
    language = document.metadata.language
    warning = (
        ""
        if language in (codebook.language, "und")
        else (
            f"**The patterns are for the language *{codebook.language}* and the document is in "
            f"*{language}*: nothing here says anything about its themes.** "
        )
    )
    return warning + (
        f"Themes are coded sentence by sentence with the codebook *{escape(codebook.title)}*, "
        f"edition {escape(codebook.citation)}: {len(codebook)} categories, each with a definition "
        "and patterns of words, wildcards, phrases, lemmas and near-by words. Within a category "
        "words are counted once, the longest match first; two themes may claim the same words. "
        "A hit shows that words stand there, not that the document says much about the matter: "
        "a dictionary is to be reported with its agreement with people's coding "
        "[@grimmer2013]. Intervals are "
        f"{100 * confidence:g} % bootstrap intervals from {resamples} resamples of the sentences "
        "within their sections [@efron1993]; a declaration is no random sample, and the intervals "
        "say how much a figure hangs on single sentences. DP is the spread of the hits over the "
        "sections, from 0 (as even as the sections' lengths allow) to 1 (all in the shortest "
        "section) [@gries2008; @lijffijt2012]."
    )


def title(document: Document) -> str:
    """Return the report's title."""
    return f"Themes: {escape(document.metadata.title or document.id)}"
