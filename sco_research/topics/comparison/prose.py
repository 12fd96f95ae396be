"""What the comparison notebook says: sentences whose numbers come from the frames."""

from collections.abc import Mapping, Sequence

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.citations import long_date
from sco_research.reports.markdown import escape
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import sentences_of
from sco_research.topics.comparison import tables
from sco_research.topics.comparison.views import others_of

_FEW = 5

ALONE = (
    "There is nothing to compare this document with. Name others in the parameter `others`: ids of "
    "the catalogue, paths of files, or folders, such as "
    '`sco-research report -n comparison -p others="astana-2017.txt, bishkek-2019.txt"`. With one '
    "more document the report shows the keywords of both, the sentences that return with what was "
    "changed in them, and what is new; with several also themes, language and commitments over the "
    "dates and a map of likeness."
)


def title(document: Document) -> str:
    """Return the report's title."""
    return f"Comparison: {escape(document.metadata.title or document.id)}"


def abstract(
    document: Document,
    corpus: Corpus,
    *,
    reuse: pd.DataFrame,
    novelty: pd.DataFrame,
    keywords: pd.DataFrame,
    presence: pd.DataFrame,
    history: pd.DataFrame,
    codebook: Codebook,
) -> str:
    """Return the findings in sentences.

    Parameters
    ----------
    document : Document
        What the report is about.
    corpus : Corpus
        It and those it is compared with.
    reuse, novelty, keywords, presence, history : pandas.DataFrame
        As from `find_reuse`, `novelty`, `keyness`, `presence` and `commitment_history`.
    codebook : Codebook
        Of the themes.
    """
    if len(corpus) < 2:
        return f"*{_name(document)}* stands alone here. {ALONE}"
    parts = [
        f"*{_name(document)}* is compared with {_others(document, corpus)}.",
        returning(document, corpus, reuse),
        _formula(document, novelty),
        _words(keywords),
        themes(document, presence, codebook),
        commitments(document, history),
    ]
    return " ".join(part for part in parts if part)


def _name(document: Document) -> str:
    return escape(document.metadata.title or document.id)


def _others(document: Document, corpus: Corpus) -> str:
    others = others_of(document, corpus)
    dates = [other.metadata.date for other in others if other.metadata.date]
    text = "one other document" if len(others) == 1 else f"{len(others)} other documents"
    if len(dates) < len(others) or not dates:
        return text
    if len(others) == 1:
        return f"{text}, of {long_date(dates[0])}"
    return f"{text}, from {long_date(min(dates))} to {long_date(max(dates))}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def returning(document: Document, corpus: Corpus, reuse: pd.DataFrame) -> str:
    """Return how many sentences return from earlier documents, and in later ones."""
    if len(corpus) < 2:
        return ""
    found = tables.returning(document, reuse)
    total = len(sentences_of(document))
    place = [item.id for item in corpus].index(document.id)
    said = []
    if place:
        here = found[found["way"] == "from"]
        verbatim = int((here["kind"] == "verbatim").sum())
        reworded = int((here["kind"] == "reworded").sum())
        nearly = len(here) - verbatim - reworded
        kinds = ((verbatim, "word for word"), (nearly, "nearly so"), (reworded, "reworded"))
        told = [f"{number} {how}" for number, how in kinds if number]
        said.append(
            f"Of its {_plural(total, 'sentence')} {len(here)} return from an earlier document"
            + (f", {listed(told)}." if told else ".")
        )
    if place < len(corpus) - 1:
        number = int((found["way"] == "in").sum())
        whole = "" if place else f" of its {_plural(total, 'sentence')}"
        said.append(f"{number}{whole} return in a later document.")
    return " ".join(said)


def _formula(document: Document, novelty: pd.DataFrame) -> str:
    here = novelty[novelty["document_id"] == document.id]
    total = int(here["words"].sum())
    if not total:
        return ""
    share = 100 * int(here["formulaic_words"].sum()) / total
    return f"{share:.0f} % of its words stand in a row of words that an earlier document has."


def _words(keywords: pd.DataFrame) -> str:
    said = []
    for way, words in (("target", "more"), ("reference", "less")):
        found = keywords.loc[keywords["direction"] == way, "term"].head(_FEW)
        if len(found):
            quoted = [f"“{escape(str(word))}”" for word in found]
            said.append(f"{words} frequent than there are {listed(quoted)}")
    return f"Words {'; '.join(said)}." if said else ""


def themes(document: Document, presence: pd.DataFrame, codebook: Codebook) -> str:
    """Return which themes are new, return and were dropped, as of this document."""
    status = tables.theme_status(document, presence, codebook)
    said = []
    for name, words in (("new", "new"), ("returning", "returning"), ("dropped", "dropped")):
        found = status.get(name, [])
        if found:
            said.append(f"{words}: {listed([escape(label) for label in found])}")
    if not said:
        return ""
    return f"Among the themes, against the documents before it, {'; '.join(said)}."


def commitments(document: Document, history: pd.DataFrame) -> str:
    """Return how many commitments are new, were made before, and are not made again."""
    here = history[history["document_id"] == document.id]
    made = here[here["status"] != "dropped"]
    if not len(made):
        return ""
    counts = made["status"].value_counts()
    if int(counts.get("first", 0)):
        return f"Its {_plural(len(made), 'commitment')} are the first of the documents compared."
    text = (
        f"Of its {_plural(len(made), 'commitment')} {int(counts.get('new', 0))} are new, "
        f"{int(counts.get('continued', 0))} were made in the document before and "
        f"{int(counts.get('returning', 0))} in an earlier one; "
        f"{int((here['status'] == 'dropped').sum())} of the document before are not made again"
    )
    changed = made["obligation_change"].value_counts()
    moved = [
        f"{int(changed[name])} in {name} words"
        for name in ("stronger", "weaker")
        if name in changed
    ]
    return f"{text}. Made again {listed(moved)}." if moved else f"{text}."


def keyword_text(document: Document, keywords: pd.DataFrame) -> str:
    """Return what the tables of keywords show, and how far it is to be trusted."""
    if not len(keywords):
        return "No word stands often enough in the documents to be compared."
    sure = int((keywords["p_adjusted"] <= 0.05).sum())
    told = _plural(sure, "word") if sure else "No word"
    return (
        f"{len(keywords)} words that are no function words stand three times or more in the "
        f"documents compared. {told} would be told apart from chance at a "
        "false-discovery rate of 5 %, if words came one by one; they come in topics, so read the "
        "order, the size of the difference and the sentences (@fig-keyness, @tbl-keywords, "
        "@tbl-keywords-others)."
    )


def keyness_alt(keywords: pd.DataFrame, most: int) -> str:
    """Return the plot of keywords in words."""
    said = []
    for way, where in (("target", "here"), ("reference", "in the others")):
        found = keywords[keywords["direction"] == way].head(most)
        if len(found):
            farthest = found["log_ratio"].abs().argmax()
            best = found.to_dict("records")[int(farthest)]
            said.append(
                f"{len(found)} words more frequent {where}, the farthest from 0 "
                f"“{best['term']}” at {best['log_ratio']:.1f}"
            )
    return f"Points with intervals on a scale of log ratios: {'; '.join(said) or 'none'}."


def reuse_alt(earlier: Document, later: Document, reuse: pd.DataFrame) -> str:
    """Return the diagram of reuse in words."""
    pairs = reuse[(reuse["document_id"] == later.id) & (reuse["earlier_document_id"] == earlier.id)]
    kinds = pairs["kind"].value_counts()
    told = [f"{int(kinds[name])} {name}" for name in kinds.index]
    return (
        f"Two columns of small squares, the sentences of {earlier.id} on the left and of "
        f"{later.id} on the right, from beginning to end. {_plural(len(pairs), 'line')} between "
        f"those that return: {listed(told) if told else 'none'}."
    )


def map_alt(similarity: pd.DataFrame) -> str:
    """Return the map in words."""
    found = similarity.dropna(subset=["similarity"])
    if not len(found):
        return "Points without a likeness to tell."
    ranked = found.sort_values("similarity", ascending=False, kind="stable").to_dict("records")
    most, least = ranked[0], ranked[-1]
    return (
        "Points in a plane, one a document, joined in the order of their dates. Most alike are "
        f"{most['document_id']} and {most['other_document_id']} ({most['similarity']:.2f}), least "
        f"{least['document_id']} and {least['other_document_id']} ({least['similarity']:.2f})."
    )


def map_text(document: Document, similarity: pd.DataFrame) -> str:
    """Return which document is most like this one."""
    mine = similarity[
        (similarity["document_id"] == document.id)
        | (similarity["other_document_id"] == document.id)
    ].dropna(subset=["similarity"])
    if not len(mine):
        return "No likeness can be told: a document has no words but function words."
    ranked = mine.sort_values("similarity", ascending=False, kind="stable")
    best = ranked.to_dict("records")[0]
    other = best["other_document_id"] if best["document_id"] == document.id else best["document_id"]
    return (
        f"In its words this document is most like {escape(str(other))}, with a cosine of "
        f"{best['similarity']:.2f} where 1 is the same words in the same proportions (@fig-map)."
    )


def trend_alt(found: pd.DataFrame, names: Mapping[str, str], scale: float = 1.0) -> str:
    """Return the panels over the dates in words: from where to where each goes."""
    said = []
    for name, label in names.items():
        values = found.loc[found["measure"] == name, "value"].dropna()
        if len(values):
            said.append(
                f"{label} from {scale * values.iloc[0]:.1f} to {scale * values.iloc[-1]:.1f}"
            )
    return f"Lines over the dates, with intervals: {'; '.join(said) or 'none'}."


def novelty_alt(document: Document, novelty: pd.DataFrame) -> str:
    """Return the bars of formula in words."""
    here = novelty[(novelty["document_id"] == document.id) & (novelty["words"] > 0)]
    whole, none = (
        int((here["formulaic_share"] == 1).sum()),
        int((here["formulaic_share"] == 0).sum()),
    )
    return (
        f"A bar for each of {len(here)} sentences, filled by the share of its words that an "
        f"earlier document has in a row: {whole} are filled to the top, {none} are empty."
    )


def listed(items: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
