"""What the language notebook shows: tidy frames as a reader's tables."""

from collections.abc import Sequence

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.metrics.metric import Metric
from sco_research.metrics.registry import METRICS
from sco_research.metrics.textstat_check import SENTENCES
from sco_research.text.document import Document
from sco_research.text.segments import segment

_COUNTS = {
    "sentences": "Sentences",
    "words": "Words",
    "syllables": "Syllables",
    "polysyllables": "Words of 3+ syllables",
    "long_words": "Words of 7+ letters",
    "difficult_words": "Difficult words",
}
_PROFILE = ("flesch_reading_ease", "flesch_kincaid", "lix", "dale_chall_1948", "mattr", "mtld")
_MODALS = (
    "shall", "must", "have|has|had|having to", "should", "will", "would", "can", "could", "may",
    "might",
)  # fmt: skip
_MOST_LETTERS = 85


def section_names(document: Document) -> dict[str, str]:
    """Return what a reader calls each section, by its anchor, and the whole.

    >>> section_names(Document.from_text("We met.", id="note"))
    {'note': 'Whole text', 'note:sec1': 'Section 1'}
    """
    names = {document.id: "Whole text"}
    sections = segment(document, level="section")
    for anchor, number in zip(sections["segment_id"], sections["section"], strict=True):
        names[anchor] = f"Section {number}" if number else "Opening"
    return names


def parts_of(document: Document) -> list[str]:
    """Return the anchors of the sections and, last, of the whole: the rows of a table of parts."""
    return [*[anchor for anchor in section_names(document) if anchor != document.id], document.id]


def counts_table(counts: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Return the counts of each section and of the whole.

    Parameters
    ----------
    counts : pandas.DataFrame
        As from `count`, levels ``section`` and ``document``.
    document : Document
        What was counted.
    """
    names = section_names(document)
    parts = counts[counts["level"].isin(["section", "document"])]
    ordered = parts.sort_values("level", key=lambda level: level == "document", kind="stable")
    table = pd.DataFrame({"Part": [names[anchor] for anchor in ordered["segment_id"]]})
    for column, label in _COUNTS.items():
        table[label] = ordered[column].to_numpy()
    sizes = ordered["words"].astype("float64") / ordered["sentences"].astype("float64")
    return table.assign(**{"Words per sentence": sizes.to_numpy()})


def metrics_values(metrics: pd.DataFrame, *, group: str) -> pd.DataFrame:
    """Return the metrics of a document with unit, direction and what is to be said of each.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`, with level ``document``.
    group : str
        ``readability`` or ``diversity``.
    """
    wanted = [name for name, metric in METRICS.items() if metric.group == group]
    whole = (metrics["level"] == "document") & metrics["metric"].isin(wanted)
    metrics = metrics[whole]
    known = [METRICS[name] for name in metrics["metric"]]
    return pd.DataFrame(
        {
            "Measure": [metric.label for metric in known],
            "Value": metrics["value"].to_numpy(),
            "Unit": [metric.unit for metric in known],
            "Higher is": [_meaning(metric) for metric in known],
            "Remark": metrics["flag"].to_numpy(),
        }
    )


def _meaning(metric: Metric) -> str:
    """Return what a higher value means, in a word or two."""
    higher, _, meaning = metric.direction.partition(" = ")
    return meaning if higher == "higher" else meaning.replace("more", "less")


def profile_table(metrics: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Return a few metrics side by side for each section and the whole.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`, levels ``section`` and ``document``.
    document : Document
        What was measured.
    """
    names = section_names(document)
    wide = metrics.pivot(index="segment_id", columns="metric", values="value")
    order = parts_of(document)
    table = pd.DataFrame({"Part": [names[anchor] for anchor in order]})
    for name in _PROFILE:
        table[METRICS[name].label] = wide[name].reindex(order).to_numpy()
    shown = metrics["metric"].isin(_PROFILE) & metrics["flag"].str.startswith("outside")
    outside = metrics[shown].groupby("segment_id")["metric"].agg(list)
    told = [", ".join(METRICS[name].label for name in outside.get(anchor, [])) for anchor in order]
    return table.assign(**{"Outside its range": told})


def longest_sentences(counts: pd.DataFrame, document: Document, *, rows: int = 8) -> pd.DataFrame:
    """Return the longest sentences with their place and how they begin.

    Parameters
    ----------
    counts : pandas.DataFrame
        As from `count`, level ``sentence``.
    document : Document
        What was counted.
    rows : int
        How many.
    """
    texts = segment(document, level="sentence").set_index("segment_id")["text"]
    sentences = counts[counts["level"] == "sentence"]
    longest = sentences.sort_values("words", ascending=False, kind="stable").head(rows)
    return pd.DataFrame(
        {
            "Place": longest["segment_id"].to_numpy(),
            "Words": longest["words"].to_numpy(),
            "Syllables": longest["syllables"].to_numpy(),
            "Begins": [_shortened(str(texts[anchor])) for anchor in longest["segment_id"]],
        }
    )


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_LETTERS else plain[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"


def modals_table(forms: pd.DataFrame) -> pd.DataFrame:
    """Return how often each modal verb stands, also where it never does.

    Parameters
    ----------
    forms : pandas.DataFrame
        As from `stance_forms`.
    """
    labels = {category.id: category.label for category in load_codebook("stance")}
    modal = modal_forms(forms)
    return pd.DataFrame(
        {
            "Modal": modal["pattern"].replace("have|has|had|having to", "have to").to_numpy(),
            "Kind": [labels[name].split(" (")[0] for name in modal["category"]],
            "Hits": modal["hits"].to_numpy(),
            "Per 1,000 words": modal["per_thousand"].to_numpy(),
        }
    )


def modal_forms(forms: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `stance_forms` that are modal verbs."""
    return forms[forms["category"].str.startswith("modal") & forms["pattern"].isin(_MODALS)]


def stance_table(rates: pd.DataFrame) -> pd.DataFrame:
    """Return each kind of stance with its rate and interval.

    Parameters
    ----------
    rates : pandas.DataFrame
        As from `stance_rates`.
    """
    return pd.DataFrame(
        {
            "Stance": rates["label"],
            "Hits": rates["hits"],
            "Per 1,000 words": rates["per_thousand"],
            "95 % interval": [
                "–" if pd.isna(low) else f"{low:.1f} to {high:.1f}"
                for low, high in zip(rates["low"], rates["high"], strict=True)
            ],
        }
    )


def evidence_table(codings: pd.DataFrame, *, categories: Sequence[str]) -> pd.DataFrame:
    """Return the hits of some categories: which words, how often, where first.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_stance`.
    categories : sequence of str
        Ids, or the beginnings of ids: ``evaluation`` stands for all below it.
    """
    labels = {category.id: category.label for category in load_codebook("stance")}
    table = stance_words(codings, categories=categories)
    return pd.DataFrame(
        {
            "Stance": [labels[name].split(" (")[0] for name in table["category"]],
            "Words": table["match"].to_numpy(),
            "Hits": table["hits"].to_numpy(),
            "First": table["first"].to_numpy(),
        }
    )


def stance_words(codings: pd.DataFrame, *, categories: Sequence[str]) -> pd.DataFrame:
    """Return ``category``, ``match``, ``hits`` and ``first`` of the words of some categories."""
    wanted = codings[codings["category"].str.startswith(tuple(categories))]
    groups = wanted.assign(match=plain_match(wanted)).groupby(["category", "match"], sort=False)
    table = groups.agg(hits=("match", "size"), first=("segment_id", "first")).reset_index()
    return table.sort_values(["category", "hits"], ascending=[True, False], kind="stable")


def plain_match(codings: pd.DataFrame) -> "pd.Series[str]":
    """Return the words matched in small letters, on one line."""
    return codings["match"].str.lower().str.split().str.join(" ")


def textstat_table(checked: pd.DataFrame) -> pd.DataFrame:
    """Return this package's values beside textstat's and where the difference comes from."""
    return pd.DataFrame(
        {
            "Measure": [METRICS[name].label for name in checked["metric"]],
            "Here": checked["value"].to_numpy(),
            "textstat": checked["textstat"].to_numpy(),
            "Sentences": checked["by_sentences"].to_numpy(),
            "Words": checked["by_words"].to_numpy(),
            "Formula": checked["by_formula"].to_numpy(),
            "Why": [reason.replace(SENTENCES, "").strip("; ") for reason in checked["reason"]],
        }
    )


def methods_table(group: str) -> pd.DataFrame:
    """Return the formulas of a group of metrics, and the variant where there are several."""
    metrics = [metric for metric in METRICS.values() if metric.group == group]
    return pd.DataFrame(
        {
            "Measure": [metric.label for metric in metrics],
            "Formula": [metric.formula for metric in metrics],
            "Note": [metric.note for metric in metrics],
        }
    )
