"""The parts of the comparison report: each is written where there is something to compare.

A document alone has no keywords, no returning sentences and no past; its report says what it needs
and leaves these parts out.
"""

from typing import Any

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.report import Report
from sco_research.text.document import Corpus, Document
from sco_research.topics.comparison import captions, figures, prose, tables, views
from sco_research.topics.comparison import words as word_tables
from sco_research.topics.themes.tables import label_of

_DRAWN = 12


def documents(report: Report, corpus: Corpus, novelty: pd.DataFrame, reuse: pd.DataFrame) -> None:
    """Say what is compared, or what is missing for it."""
    if len(corpus) < 2:
        report.text(f"## Nothing to compare with\n\n{prose.ALONE}")
    else:
        report.text("## The documents\n\n" + prose.returning(report.document, corpus, reuse))
    returning = reuse.loc[reuse["document_id"] == report.document.id, "segment_id"].unique()
    report.table(
        tables.document_table(corpus, novelty, reuse),
        id="tbl-documents",
        caption="The documents, from the earliest to the latest. Returning sentences: paired with "
        "one of an earlier document. Formula: words in a row that an earlier document has.",
        decimals={"Formula (% of words)": 0},
        evidence={
            "Returning sentences": [
                list(returning) if item.id == report.document.id else [] for item in corpus
            ]
        },
    )


def keywords(report: Report, found: pd.DataFrame, *, most: int, confidence: float) -> None:
    """Show which words set the document apart from the others together."""
    if not len(found):
        return
    report.text("## Words\n\n" + prose.keyword_text(report.document, found))
    report.figure(
        figures.keyness_plot(found, most=_DRAWN),
        id="fig-keyness",
        caption="The leading keywords of both directions by log ratio, with intervals.",
        alt=prose.keyness_alt(found, _DRAWN),
    )
    for way, name, where in (
        ("target", "tbl-keywords", "here"),
        ("reference", "tbl-keywords-others", "in the others"),
    ):
        table = word_tables.keyword_table(found, direction=way, most=most)
        held = word_tables.sentences_with(report.document, table["Word"])
        report.table(
            table,
            id=name,
            caption=captions.keywords(where, confidence),
            decimals={"LL": 1, "p, corrected": 3},
            evidence={"Here": held},
        )


def reuse(report: Report, corpus: Corpus, found: pd.DataFrame) -> None:
    """Show which sentences return, with what was changed in them."""
    if len(corpus) < 2:
        return
    table = tables.reuse_table(tables.returning(report.document, found))
    if not len(table):
        report.text("## Sentences that return\n\nNo sentence returns from one document in another.")
        return
    earlier, later = _nearest_pair(report.document, corpus, found)
    report.text(
        "## Sentences that return\n\n"
        + prose.returning(report.document, corpus, found)
        + " @tbl-reuse shows each with what was changed, @fig-reuse where they stand in two of the "
        "documents."
    )
    report.figure(
        figures.reuse_plot(earlier, later, found),
        id="fig-reuse",
        caption="Sentences of two documents, from their beginning to their end; a line joins those "
        "that return, the wider the more alike.",
        alt=prose.reuse_alt(earlier, later, found),
    )
    report.table(table, id="tbl-reuse", caption=captions.REUSE)


def _nearest_pair(
    document: Document, corpus: Corpus, found: pd.DataFrame
) -> tuple[Document, Document]:
    """Return this document and the one with which it shares most, the earlier first."""
    ways = (("document_id", "earlier_document_id"), ("earlier_document_id", "document_id"))
    shared = pd.concat([found.loc[found[mine] == document.id, other] for mine, other in ways])
    order = [item.id for item in corpus]
    # Of as many pairs the nearer in time.
    best = max(
        shared.unique(),
        key=lambda name: (
            int((shared == name).sum()),
            -abs(order.index(str(name)) - order.index(document.id)),
        ),
    )
    pair = sorted((document.id, str(best)), key=order.index)
    return corpus[pair[0]], corpus[pair[1]]


def over_dates(
    report: Report,
    corpus: Corpus,
    codings: pd.DataFrame,
    themes: pd.DataFrame,
    language: pd.DataFrame,
    presence: pd.DataFrame,
    codebook: Codebook,
    *,
    confidence: float,
) -> None:
    """Show themes and language over the dates, with intervals of level and change."""
    if len(corpus) < 2:
        return
    document = report.document
    mine = presence[presence["document_id"] == document.id]
    mine_coded = codings[codings["document_id"] == document.id]
    here = dict(zip(mine["category"], mine["status"], strict=True))
    weight = themes.groupby("measure", sort=False)["value"].max().sort_values(ascending=False)
    names = {str(name): label_of(codebook, str(name)) for name in weight.index}
    report.text(
        "## Themes over the dates\n\n"
        + (
            prose.themes(document, presence, codebook)
            or "No theme is new here and none was dropped."
        )
        + (" @tbl-themes gives the share of the sentences with each theme." if names else "")
    )
    if names:
        report.figure(
            figures.over_dates(
                themes, corpus, document, names, scale=100, unit="% of the sentences"
            ),
            id="fig-themes",
            caption="Share of the sentences with each of the weightiest themes; this document in "
            "blue.",
            alt=prose.trend_alt(themes, dict(list(names.items())[:_DRAWN]), 100),
        )
        table = tables.trend_table(
            themes, document, corpus, names, scale=100, decimals=0, status=here
        )
        report.table(
            table.rename(columns={"": "Theme"}),
            id="tbl-themes",
            caption=captions.trend("Share of the sentences with each theme, in %", confidence),
            decimals=_no_decimals(table),
            evidence={
                views.labels(corpus)[document.id]: [
                    list(mine_coded.loc[mine_coded["category"] == name, "segment_id"].unique())
                    for name in names
                ]
            },
        )
    report.text("## Language and commitment over the dates")
    measures = views.MEASURES
    report.figure(
        figures.over_dates(language, corpus, document, measures),
        id="fig-language",
        caption="Length of sentences, grade and density of commitments; this document in blue.",
        alt=prose.trend_alt(language, measures),
    )
    report.table(
        tables.trend_table(language, document, corpus, measures).rename(columns={"": "Measure"}),
        id="tbl-language",
        caption=captions.trend("Language and commitment over the dates", confidence),
        decimals=dict.fromkeys(map(str, [*views.labels(corpus).values(), "Change"]), 1),
    )


def _no_decimals(table: pd.DataFrame) -> dict[str, int]:
    return {str(name): 0 for name in table.columns}


def commitments(report: Report, corpus: Corpus, history: pd.DataFrame) -> None:
    """Show which commitments are new, were made before, and are not made again."""
    if len(corpus) < 2 or not len(history):
        return
    document = report.document
    report.text(
        "## Commitments\n\n"
        + (prose.commitments(document, history) or "The document makes no commitment.")
    )
    made, dropped = (
        tables.commitment_table(document, history),
        tables.dropped_table(document, history),
    )
    if len(made):
        report.table(made, id="tbl-commitments", caption=captions.COMMITMENTS)
    if len(dropped):
        report.table(
            dropped,
            id="tbl-dropped",
            caption="Commitments of the document before that this one does not make again, as far "
            "as sentences are paired.",
        )


def formula(
    report: Report,
    corpus: Corpus,
    phrases: pd.DataFrame,
    novelty: pd.DataFrame,
    found: pd.DataFrame,
) -> None:
    """Show what is formula and what is new."""
    if len(corpus) < 2:
        return
    document = report.document
    shared = word_tables.formula_table(document, phrases)
    report.text(
        "## Formula and what is new\n\n"
        + (
            f"{len(shared)} phrases are shared with other documents (@tbl-formulas)."
            if len(shared)
            else "No phrase of the length asked for is shared with another document."
        )
    )
    if len(shared):
        report.table(
            shared,
            id="tbl-formulas",
            caption="Phrases that this document shares with others, each as long as it is shared, "
            "those of the most documents first.",
        )
    if not (novelty["document_id"] == document.id).any():
        report.text("It is the earliest of the documents: nothing was said before it.")
        return
    new = word_tables.new_table(document, novelty, found)
    report.figure(
        figures.novelty_plot(document, novelty),
        id="fig-formula",
        caption="How much of each sentence was said before, in rows of words, by an earlier "
        "document.",
        alt=prose.novelty_alt(document, novelty),
    )
    if len(new):
        report.text(
            f"{len(new)} sentences are paired with none of an earlier document (@tbl-new): they "
            "are what is new in this declaration."
        )
        report.table(
            new,
            id="tbl-new",
            caption="Sentences that no earlier document has, word for word or reworded. Formula: "
            "words that stand in a row in an earlier document all the same.",
            decimals={"Formula (%)": 0},
        )


def likeness(
    report: Report, corpus: Corpus, similarity: pd.DataFrame, places: pd.DataFrame
) -> None:
    """Show how alike the documents are."""
    if len(corpus) < 2:
        return
    report.text("## Likeness\n\n" + prose.map_text(report.document, similarity))
    report.figure(
        figures.map_plot(places, corpus, report.document),
        id="fig-map",
        caption="A map of likeness: the nearer two documents, the more alike their words; a line "
        "joins them in the order of their dates, this document in blue.",
        alt=prose.map_alt(similarity),
    )


def method(report: Report, corpus: Corpus, **options: Any) -> None:  # noqa: ANN401
    """Say how the figures were made."""
    if len(corpus) > 1:
        report.text("## Method\n\n" + captions.method(corpus, **options))
