"""The tables of the report on themes: each count is the length of a list of sentences."""

from collections.abc import Hashable, Mapping
from functools import cache

import pandas as pd

from sco_research.coding.codebooks.loading import Category, Codebook
from sco_research.organizations import Issuer, issuer, states
from sco_research.organizations.states import state_ids
from sco_research.reports.counts import CountTable, Pieces, counted_words, counts_by, ids_by
from sco_research.reports.markdown import NOTHING
from sco_research.statistics import Estimate, Rate
from sco_research.text.document import Document
from sco_research.text.segments import citation_labels, paragraph_id, segment
from sco_research.topics.themes.validation import DetectionCounts, Validation

# A theme is listed with a section where so much of the section's sentences has it.
MIN_SHARE_OF_SECTION = 0.25
MAX_PAIRS = 20


def label_of(codebook: Codebook, category: str) -> str:
    """Return a category's label; its id where the codebook has none.

    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> label_of(load_codebook("themes"), "security.drugs")
    'Drugs'
    """
    return next((item.label for item in codebook if item.id == category), category)


def theme_table(
    codings: pd.DataFrame,
    weights: pd.DataFrame,
    *,
    codebook: Codebook,
    document: Document,
    scores: Validation | None = None,
    confidence: float = 0.95,
    estimates: Mapping[str, Estimate | None] | None = None,
) -> CountTable:
    """Return the themes by their sentences, with intervals and their accuracy in validation.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_themes`.
    weights : pandas.DataFrame
        As from `theme_weights`.
    codebook : Codebook
        Whose labels are shown.
    document : Document
        The document.
    scores : Validation, optional
        As from `validation`; adds where the reference coding is of this document its number of
        sentences with those falsely given and missed, else precision, recall and F1 of the first
        run. Of the first run of another edition the precision alone is shown.
    confidence : float
        Coverage of the exact intervals of precision and recall.
    estimates : mapping of str to Estimate, optional
        Numbers of sentences corrected for coding errors, by category; adds a column.
    """
    ranked = weights["category"].tolist()
    table = counts_by(
        codings,
        "category",
        {"Sentences": True},
        header="Theme",
        order=ranked,
        label=lambda name: label_of(codebook, str(name)),
        distinct=True,
    )
    table = table.with_shares("Share (%)", "Sentences", len(segment(document, level="sentence")))
    table = table.with_values(
        "Interval (%)",
        [_percents(*ends) for ends in _pairs_of(weights, "share_low", "share_high")],
    )
    table = table.with_values(
        "Ranks", [_span(*ends) for ends in _pairs_of(weights, "rank_low", "rank_high")]
    )
    if scores is None:
        return table
    corrected = [(estimates or {}).get(name) for name in ranked]
    if any(corrected):
        with_ends = [
            f"{one.value:.1f} ({one.low:.0f}–{one.high:.0f})" if one else NOTHING
            for one in corrected
        ]
        table = table.with_values("Corrected", with_ends)
    if scores.is_of(document):
        return _with_errors(table, codings, ranked, scores)
    if not scores.of(document):
        rates = [scores.first_precision(str(name), confidence) for name in ranked]
        if not any(rates):
            return table
        return table.with_values("First run (%)", [_rate(one) if one else NOTHING for one in rates])
    counts = [scores.of(document).get(name, DetectionCounts()) for name in ranked]
    return (
        table.with_values("Precision (%)", [_rate(one.precision(confidence)) for one in counts])
        .with_values("Recall (%)", [_rate(one.recall(confidence)) for one in counts])
        .with_values("F1 (%)", [100 * one.f1 for one in counts])
    )


def _with_errors(
    table: CountTable, codings: pd.DataFrame, ranked: list[str], scores: Validation
) -> CountTable:
    """Return the table with the reference coding's sentences and those that differ from it."""
    given = ids_by(scores.settled, scores.settled["category"])
    found = ids_by(codings, codings["category"])
    pairs = [(given.get(name, ()), found.get(name, ())) for name in ranked]
    columns = {
        "Reference": [there for there, _ in pairs],
        "False": [tuple(one for one in here if one not in there) for there, here in pairs],
        "Missed": [tuple(one for one in there if one not in here) for there, here in pairs],
    }
    for header, lists in columns.items():
        # Categories that the codebook gained later were not asked for: that is no zero.
        asked = [
            (len(ids), ids) if name in scores.in_sample else (NOTHING, ())
            for name, ids in zip(ranked, lists, strict=True)
        ]
        shown, ids = zip(*asked, strict=True) if asked else ((), ())
        table = table.with_values(header, shown, evidence=ids)
    return table


def _pairs_of(frame: pd.DataFrame, one: str, other: str) -> list[tuple[float, float]]:
    return list(zip(frame[one], frame[other], strict=True))


def _percents(low: float | None, high: float | None) -> str:
    if low is None or high is None or pd.isna(low):
        return NOTHING
    return f"{100 * low:.0f}–{100 * high:.0f}"


def _span(low: float, high: float) -> str:
    if pd.isna(low):
        return NOTHING
    return f"{low}" if low == high else f"{low}–{high}"


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return NOTHING
    ends = "" if rate.low is None else f" ({_percents(rate.low, rate.high)})"
    return f"{100 * rate.value:.0f}{ends}"


def sections_of(document: Document) -> list[int]:
    """Return the numbers of a document's sections; none where it is all one.

    >>> sections_of(Document.from_text("They met. They left.", id="note"))
    []
    """
    numbers = list(dict.fromkeys(segment(document, level="sentence")["section"].astype(int)))
    return numbers if len(numbers) > 1 else []


def section_table(document: Document, codings: pd.DataFrame, *, codebook: Codebook) -> CountTable:
    """Return the sections with the themes that a quarter of their sentences have.

    Parameters
    ----------
    document : Document
        The document.
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels are shown.

    Returns
    -------
    CountTable
        Without rows where the document has no sections.
    """
    sentences = segment(document, level="sentence")
    sentences = sentences[sentences["section"].isin(sections_of(document))]
    section_of = dict(zip(sentences["segment_id"], sentences["section"].astype(int), strict=True))
    table = counts_by(
        sentences,
        sentences["section"].astype(int),
        {"Sentences": True},
        header="Section",
        order=dict.fromkeys(section_of.values()),
        label=lambda number: str(number) if number else "opening",
    )
    labels = citation_labels(document)
    paragraphs = [
        (labels[paragraph_id(str(ids.iloc[0]))], labels[paragraph_id(str(ids.iloc[-1]))])
        for _, ids in sentences.groupby("section", sort=False)["segment_id"]
    ]
    places = codings["segment_id"].map(section_of)
    return table.with_values(
        "Paragraphs", [_paragraphs(*ends) for ends in paragraphs], at=1
    ).with_words(
        "Themes (sentences)",
        [
            _main_themes(codings[places == number], length, codebook)
            for number, length in zip(
                dict.fromkeys(section_of.values()), table.frame["Sentences"], strict=True
            )
        ],
    )


def _paragraphs(first: str, last: str) -> str:
    """Return where a section begins and ends, as its paragraphs are cited.

    >>> _paragraphs("¶ 3", "¶ 7, part 2"), _paragraphs("¶ 3, part 2", "¶ 3, part 4")
    ('¶ 3–7', '¶ 3')
    >>> _paragraphs("opening ¶ 1", "opening ¶ 2"), _paragraphs("opening ¶ 1", "¶ 2")
    ('opening ¶ 1–2', 'opening ¶ 1 to ¶ 2')
    """
    begin, end = (label.partition(",")[0] for label in (first, last))
    if begin == end:
        return begin
    if begin.rpartition(" ")[0] == end.rpartition(" ")[0]:
        return f"{begin}–{end.rpartition(' ')[2]}"
    return f"{begin} to {end}"


def _main_themes(codings: pd.DataFrame, length: int, codebook: Codebook) -> Pieces:
    counted = counted_words(
        codings,
        codings["category"],
        label=lambda name: label_of(codebook, str(name)),
        distinct=True,
    )
    kept = tuple(piece for piece in counted if len(piece[1]) >= MIN_SHARE_OF_SECTION * length)
    return kept or ((NOTHING, ()),)


def units_of(document: Document, level: str) -> dict[str, str]:
    """Return for each sentence's id that of the sentence, paragraph or section it lies in.

    >>> units_of(Document.from_text("They met. They left.", id="note"), "paragraph")
    {'note:p1.s1': 'note:p1', 'note:p1.s2': 'note:p1'}
    """
    frame = segment(document, level="sentence")
    if level == "sentence":
        return {str(name): str(name) for name in frame["segment_id"]}
    mark = {"paragraph": "p", "section": "sec"}[level]
    return {
        str(name): f"{document.id}:{mark}{int(number)}"
        for name, number in zip(frame["segment_id"], frame[level], strict=True)
    }


def pair_table(
    document: Document,
    codings: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    codebook: Codebook,
    level: float = 0.05,
    max_rows: int = MAX_PAIRS,
) -> CountTable:
    """Return the pairs of themes that meet significantly often, the surest first.

    Parameters
    ----------
    document : Document
        The document.
    codings : pandas.DataFrame
        As from `code_themes`.
    pairs : pandas.DataFrame
        As from `cooccurrence`.
    codebook : Codebook
        Whose labels are shown.
    level : float
        The false-discovery rate.
    max_rows : int
        How many pairs are shown.
    """
    kept = pairs[pairs["p_adjusted"] <= level]
    kept = kept.sort_values("p_adjusted", kind="stable").head(max_rows)
    unit = str(kept["level"].iloc[0]) if len(kept) else "sentence"
    units = codings.assign(segment_id=codings["segment_id"].map(units_of(document, unit)))
    found = ids_by(units, units["category"])
    names = [kept[column].tolist() for column in ("category", "other")]
    one, other = ([found[str(name)] for name in column] for column in names)
    labels = [[label_of(codebook, name) for name in column] for column in names]
    both = [
        _together(units[units["category"] == left], units[units["category"] == right])
        for left, right in zip(*names, strict=True)
    ]
    return (
        CountTable(pd.DataFrame({"Theme": pd.Series(labels[0], dtype="str")}))
        .with_values("With", labels[1])
        .with_counts("Together", both)
        .with_counts("Theme in all", one)
        .with_counts("With in all", other)
        .with_values("Lift", kept["lift"])
        .with_values("p, corrected", [_p_value(value) for value in kept["p_adjusted"]])
    )


def _together(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Return the units in which two themes have matches that share no word."""
    pairs = one.merge(other, on="segment_id", suffixes=("", "_other"))
    apart = (pairs["end"] <= pairs["start_other"]) | (pairs["end_other"] <= pairs["start"])
    return [str(name) for name in pairs.loc[apart, "segment_id"].unique()]


def _p_value(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def actor_table(document: Document, named: pd.DataFrame, *, actors: Codebook) -> CountTable:
    """Return who is named, how often, and what each was to the issuer at that time.

    Parameters
    ----------
    document : Document
        The document; its date decides the status.
    named : pandas.DataFrame
        Codings by the codebook of actors.
    actors : Codebook
        The codebook of actors.

    Returns
    -------
    CountTable
        The status is left out where the issuer is unknown.
    """
    who = issuer(document)
    mentions = counts_by(
        named,
        "category",
        {"Mentions": True},
        header="Actor",
        order=_by_mentions(named, actors),
        label=lambda name: _issuer_name(who) if name == "issuer" else label_of(actors, str(name)),
    )
    ids = mentions.evidence["Mentions"]
    table = mentions.with_counts(
        "Sentences", [tuple(dict.fromkeys(str(name) for name in cell)) for cell in ids]
    )
    if not who.is_known:
        return table
    found = [_status(actors[name], who) for name in _by_mentions(named, actors)]
    return table.with_values("Status", found, at=1)


def _issuer_name(who: Issuer) -> str:
    """Return what the issuing organization is called; a state that issues has a row of its own."""
    bodies = [profile.label for profile in who.profiles if profile.id not in state_ids()]
    return " and ".join(bodies) or "The issuer"


def _by_mentions(named: pd.DataFrame, actors: Codebook) -> list[str]:
    """Return the actors that occur, the most frequent first, ties in the codebook's order."""
    counts = named["category"].value_counts()
    return sorted(
        (item.id for item in actors if item.id in counts.index), key=lambda name: -counts[name]
    )


_GROUPS = {
    "issuer": "the issuer",
    "issuer.members": "members",
    "issuer.organs": "organs of the issuer",
    "observers": "observers",
    "partners": "partners",
    "states": "members or other states",
    "organizations": "international organizations",
    "community": "states in general",
}
_GROUPS_OF_ONE = {
    "states": "other state or territory",
    "regions": "region",
    "organizations": "international body",
}


def _status(actor: Category, who: Issuer) -> str:
    """Return what an actor is to the issuer at the document's date, or the group it belongs to."""
    names = [_state_name(str(actor.attributes.get("code", ""))), *actor.not_of_issuer]
    status = next(filter(None, (who.status(name) for name in names if name)), "")
    top = actor.id.partition(".")[0]
    if actor.id == "issuer" and who.is_joint:
        return "one of the issuers"
    if actor.id == "issuer.members" and who.is_joint:
        return "members of one of the issuers or of all"
    if not status and top == "organizations" and who.owns((actor.label, *actor.include)):
        return "organ of the issuer"
    status = status or str(actor.attributes.get("status", ""))
    return status or _GROUPS.get(actor.id) or _GROUPS_OF_ONE.get(top) or _GROUPS.get(top, top)


@cache
def _state_name(code: str) -> str:
    """Return the name by which profiles know a state; empty where there is no such code."""
    return next((state.name for state in states().values() if state.code == code), "")


def word_table(codings: pd.DataFrame, *, codebook: Codebook) -> CountTable:
    """Return for each theme the words that its patterns matched, the most frequent first.

    Words are counted whatever their case and shown as they were first written.

    Parameters
    ----------
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels and order are shown.
    """
    occurring = set(codings["category"])
    order = [item.id for item in codebook if item.id in occurring]
    written = codings["match"].str.split().str.join(" ")
    folded = written.str.lower()
    first: dict[Hashable, str] = dict(zip(folded[::-1], written[::-1], strict=True))
    table = counts_by(
        codings,
        "category",
        {"Matches": True},
        header="Theme",
        order=order,
        label=lambda name: label_of(codebook, str(name)),
    )
    return table.with_words(
        "Words (matches)",
        [
            counted_words(
                codings[codings["category"] == name],
                folded[codings["category"] == name],
                label=lambda word: first[word],
            )
            for name in order
        ],
    )
