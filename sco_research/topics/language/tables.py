"""The tables of the language report: tidy frames as a reader's tables, each count with its ids."""

from collections.abc import Sequence

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.metrics.diversity import FACTOR, SAMPLE, SEGMENT, WINDOW
from sco_research.metrics.registry import METRICS
from sco_research.reports.counts import CountTable, counted_words, counts_by, ids_by
from sco_research.reports.markdown import MINUS
from sco_research.topics.language.facts import MODAL, LanguageFacts, modal_forms
from sco_research.topics.language.length import OPENING, numbered_sections, sentences_with_words

COUNTS = {
    "syllables": "Syllables",
    "polysyllables": "Words of 3+ syllables",
    "long_words": "Words of 7+ letters",
    "letters": "Letters",
    "difficult_words": "Difficult words",
}
"""The counts that a formula may need besides words and sentences, with their headers."""
MIN_HITS = 5
"""The fewest sentences with a hit of which a rate has an interval, and the fewest hits of which a
dispersion is given."""
_WHOLE = "Whole text"
# Where packages differ in the variant of a measure, the variant that is used here.
_VARIANTS = {
    "maas": "a² = (log N - log V) / (log N)², logarithms to base 10",
    "mattr": f"mean of V / {WINDOW} over all windows of {WINDOW} successive words",
    "msttr": f"mean of V / {SEGMENT} over successive segments of {SEGMENT} words; the words left "
    "over at the end are not used",
    "mtld": f"N / factors; a factor is a stretch of words that ends where its V / N falls below "
    f"{FACTOR}, however short; the unfinished stretch at the end counts as a fraction of a factor; "
    "mean of reading forward and backward",
    "hdd": f"expected V / {SAMPLE} in random samples of {SAMPLE} words without replacement",
}


def counts_table(
    counts: pd.DataFrame, *, columns: Sequence[str] = ("syllables", "polysyllables", "long_words")
) -> CountTable:
    """Return sentences, words and what the formulas count, by section and for the whole text.

    A text of one section has the row of the whole text alone.

    Parameters
    ----------
    counts : pandas.DataFrame
        As from `count`, levels ``document``, ``section`` and ``sentence``.
    columns : sequence of str
        Further counts, of `COUNTS`.

    Returns
    -------
    CountTable
        ``Part``, ``Sentences``, ``Words``, ``Words per sentence``, ``Longest sentence`` (words),
        and the further counts.

    Examples
    --------
    >>> from sco_research.metrics import count
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("We met. They support peace.", id="note")
    >>> table = counts_table(count(note, level=["document", "section", "sentence"]))
    >>> table.frame[["Part", "Sentences", "Words"]].values.tolist()
    [['Whole text', 2, 5]]
    """
    whole = counts[counts["level"] == "document"]
    sections = counts[counts["level"] == "section"]
    parts = pd.concat([sections, whole] if numbered_sections(counts) > 1 else [whole])
    # Rows come in reading order: a sentence belongs to the section before it, and to the whole.
    section = counts["segment_id"].where(counts["level"] == "section").ffill()
    sentences = sentences_with_words(counts).assign(part=section)
    sentences = pd.concat([sentences, sentences.assign(part=whole["segment_id"].iloc[0])])
    ids = ids_by(sentences, sentences["part"])
    longest = sentences.sort_values("words", ascending=False, kind="stable")
    longest = longest.drop_duplicates("part").set_index("part").reindex(parts["segment_id"])
    itself = [(str(name),) for name in parts["segment_id"]]
    means = parts["words"].astype("float64") / parts["sentences"].astype("float64")
    table = (
        CountTable(pd.DataFrame({"Part": [part_name(name) for (name,) in itself]}))
        .with_counts("Sentences", [ids.get(name, ()) for (name,) in itself])
        .with_values("Words", parts["words"].array, evidence=itself)
        .with_values("Words per sentence", means.array, evidence=itself)
        .with_values(
            "Longest sentence (words)",
            longest["words"].array,
            evidence=[() if pd.isna(name) else (name,) for name in longest["segment_id"]],
        )
    )
    for name in columns:
        # Not every language has a rule for every count.
        if parts[name].notna().any():
            table = table.with_values(COUNTS[name], parts[name].array, evidence=itself)
    return table


def part_name(segment_id: str) -> str:
    """Return what a reader calls a section, or the whole.

    >>> part_name("note:sec0"), part_name("note:sec2"), part_name("note")
    ('Opening', 'Section 2', 'Whole text')
    """
    number = segment_id.partition(":sec")[2]
    if not number:
        return _WHOLE
    return "Opening" if segment_id.endswith(OPENING) else f"Section {number}"


def readability_table(metrics: pd.DataFrame, *, counts: str) -> CountTable:
    """Return the readability of the whole text, with what a value means.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`, level ``document``: the formulas to be shown.
    counts : str
        Id of the table that holds the counts: what is behind every value.

    Returns
    -------
    CountTable
        ``Measure``, ``Value``, ``Unit``, ``Higher values mean``, and ``Remark`` where there is
        something to remark.
    """
    found = _of_group(metrics, "readability")
    units = [METRICS[name].unit for name in found["metric"]]
    table = _measures(found, counts).with_values("Unit", units)
    return _remarked(_directed(table, found), found)


def diversity_table(metrics: pd.DataFrame, *, counts: str) -> CountTable:
    """Return the lexical diversity of the whole text, with the variant of each measure.

    Parameters
    ----------
    metrics : pandas.DataFrame
        As from `measure`, level ``document``.
    counts : str
        Id of the table that holds the counts: what is behind every value.

    Returns
    -------
    CountTable
        ``Measure``, ``Value``, ``Higher values mean``, ``Variant``, and ``Remark`` where there
        is something to remark.
    """
    found = _of_group(metrics, "diversity")
    found = found[found["metric"] != "types"]
    known = [METRICS[name] for name in found["metric"]]
    definitions = [_VARIANTS.get(item.id, item.formula) for item in known]
    table = _directed(_measures(found, counts), found).with_values("Variant", definitions)
    return _remarked(table, found)


def _of_group(metrics: pd.DataFrame, group: str) -> pd.DataFrame:
    wanted = [name for name, metric in METRICS.items() if metric.group == group]
    return metrics[metrics["metric"].isin(wanted) & (metrics["level"] == "document")]


def _measures(found: pd.DataFrame, counts: str) -> CountTable:
    labels = [METRICS[name].label for name in found["metric"]]
    table = CountTable(pd.DataFrame({"Measure": pd.Series(labels, dtype="str")}))
    return table.with_values("Value", found["value"].array, evidence=[(counts,)] * len(found))


def _directed(table: CountTable, found: pd.DataFrame) -> CountTable:
    """Return a table of measures with what a higher value means, in a word or two."""
    meanings = []
    for name in found["metric"]:
        higher, _, meaning = METRICS[name].direction.partition(" = ")
        meanings.append(meaning if higher == "higher" else meaning.replace("more", "less"))
    return table.with_values("Higher values mean", meanings)


def _remarked(table: CountTable, found: pd.DataFrame) -> CountTable:
    return table.with_values("Remark", found["flag"].array) if found["flag"].any() else table


def modals_table(forms: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> CountTable:
    """Return how often each modal verb occurs, also those that never do.

    Parameters
    ----------
    forms : pandas.DataFrame
        As from `stance_forms`.
    codings : pandas.DataFrame
        As from `code_stance`.
    codebook : Codebook
        The stance codebook.

    Returns
    -------
    CountTable
        ``Modal verb``, ``Meaning``, ``Hits``, ``Per 1,000 words``; in the codebook's order.
    """
    modals = modal_forms(forms)
    order = list(zip(modals["category"], modals["pattern"], strict=True))
    found = codings[codings["category"].str.startswith(MODAL)]
    keys = list(zip(found["category"], found["pattern"], strict=True))
    table = counts_by(
        found, keys, {"Hits": True}, header="Modal verb", order=order,
        label={key: verb_of(key[1]) for key in order},
    )  # fmt: skip
    meanings = [_short(codebook[category].label) for category, _ in order]
    return table.with_values("Meaning", meanings, at=1).with_values(
        "Per 1,000 words", modals["per_thousand"].array
    )


def verb_of(pattern: str) -> str:
    """Return a modal verb as a dictionary lists it, from the codebook's pattern.

    >>> verb_of("have|has|had|having to"), verb_of("<be> obliged|required|bound to")
    ('have to', 'be obliged to')
    """
    return " ".join(word.partition("|")[0].strip("<>") for word in pattern.split())


def stance_table(
    rates: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, max_words: int = 6
) -> CountTable:
    """Return the categories of stance besides modal verbs: hits, rates and expressions.

    Parameters
    ----------
    rates : pandas.DataFrame
        As from `stance_rates`, one document.
    codings : pandas.DataFrame
        As from `code_stance`.
    codebook : Codebook
        The stance codebook.
    max_words : int
        How many of a category's expressions are shown, the most frequent first.

    Returns
    -------
    CountTable
        ``Category``, ``Hits``, ``Per 1,000 words``, ``95 % interval`` (of `MIN_HITS` sentences
        with a hit or more), ``Most frequent expressions``; in the codebook's order.
    """
    shown = rates[~rates["category"].str.startswith(MODAL) & rates["hits"].notna()]
    order = shown["category"].tolist()
    table = counts_by(
        codings[codings["category"].isin(order)], "category", {"Hits": True}, header="Category",
        order=order, label={name: codebook[name].label for name in order},
    )  # fmt: skip
    sentences = [len(set(ids)) for ids in table.evidence["Hits"]]
    intervals = [
        f"{low:.1f} to {high:.1f}" if number >= MIN_HITS and not pd.isna(low) else None
        for number, low, high in zip(sentences, shown["low"], shown["high"], strict=True)
    ]
    of_category = [codings[codings["category"] == name] for name in order]
    return (
        table.with_values("Per 1,000 words", shown["per_thousand"].array)
        .with_values("95 % interval", intervals)
        .with_words(
            "Most frequent expressions",
            [counted_words(rows, expressions(rows), max_words=max_words) for rows in of_category],
        )
    )


def expressions(codings: pd.DataFrame) -> "pd.Series[str]":
    """Return the words matched, on one line; the same words in the spelling with fewest capitals.

    >>> words = ["Support", "support", "approved by the UN"]
    >>> expressions(pd.DataFrame({"match": words})).tolist()
    ['support', 'support', 'approved by the UN']
    """
    lines = codings["match"].str.split().str.join(" ")
    plainest: dict[str, str] = {}
    for line in sorted(lines.unique(), key=lambda line: sum(map(str.isupper, line))):
        plainest.setdefault(line.lower(), line)
    return lines.str.lower().map(plainest)


def as_counted(hits: pd.DataFrame, forms: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return a concordance in which a modal verb stands where the codebook counts it, alone.

    A word is otherwise found in every use, such as a political will or the month of May.

    Parameters
    ----------
    hits : pandas.DataFrame
        As from `kwic`.
    forms, codings : pandas.DataFrame
        As from `stance_forms` and `code_stance`.

    Examples
    --------
    >>> from sco_research import code_stance, kwic
    >>> from sco_research.coding.stance import stance_forms
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("They will act. They showed political will.", id="note")
    >>> hits = kwic(note, ["will", "political"])
    >>> as_counted(hits, stance_forms(note), code_stance(note))["post"].str.strip().tolist()
    ['act', 'will']
    """
    modal = hits["pattern"].str.lower().isin(modal_forms(forms)["pattern"])
    counted = codings.loc[codings["category"].str.startswith(MODAL), "start"]
    return hits[~modal | hits["start"].isin(counted)].reset_index(drop=True)


def _short(label: str) -> str:
    """Return a category's label without the examples in brackets.

    >>> _short("Advice (should)")
    'Advice'
    """
    return label.partition(" (")[0]


def concordance_table(hits: pd.DataFrame) -> pd.DataFrame:
    """Return a concordance as it is read: before, the word, after, and the place.

    Parameters
    ----------
    hits : pandas.DataFrame
        As from `kwic`.
    """
    sides = {name: hits[name].str.split().str.join(" ") for name in ("pre", "keyword", "post")}
    return pd.DataFrame(
        {
            "Before": sides["pre"].array,
            "Word": sides["keyword"].array,
            "After": sides["post"].array,
            "Place": hits["segment_id"].array,
        }
    )


def dispersion_table(spread: pd.DataFrame, hits: pd.DataFrame) -> CountTable:
    """Return how evenly words are spread over the paragraphs, those of five hits or more.

    Parameters
    ----------
    spread : pandas.DataFrame
        As from `dispersion`, one document.
    hits : pandas.DataFrame
        As from `kwic`, of the same words.

    Returns
    -------
    CountTable
        ``Word``, ``Hits``, ``DP``, its attainable range, and ``DP, adjusted`` for it.
    """
    spread = spread[spread["dp"].notna()]
    words = spread["item"].tolist()
    of_these = hits[hits["pattern"].isin(words)]
    table = counts_by(of_these, "pattern", {"Hits": True}, header="Word", order=words)
    ends = zip(spread["dp_floor"], spread["dp_ceiling"], strict=True)
    attainable = [f"{low:.2f} to {high:.2f}" for low, high in ends]
    return (
        table.with_values("DP", spread["dp"].array)
        .with_values("Attainable", attainable)
        .with_values("DP, adjusted", spread["dp_adjusted"].array)
    )


def key_figures(facts: LanguageFacts) -> dict[str, str]:
    """Return the few numbers that stand for the report where all are listed.

    What is not known is left out.

    Parameters
    ----------
    facts : LanguageFacts
        As from `language_facts`.
    """
    readability, diversity = facts.readability, facts.diversity
    found = {
        "Words": (facts.length.words, 0),
        "Sentences": (facts.length.sentences, 0),
        "Words per sentence": (facts.length.mean, 1),
        "Flesch reading ease": (readability.ease if readability else None, 1),
        "MTLD": (diversity.mtld if diversity else None, 1),
    }
    return {
        name: f"{value:,.{decimals}f}".replace("-", MINUS)
        for name, (value, decimals) in found.items()
        if value is not None
    }
