"""The themes report: its tables, sentences and figures say what the frames hold."""

import datetime

import pandas as pd
import pytest

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.cooccurrence import cooccurrence
from sco_research.coding.prevalence import prevalence
from sco_research.coding.themes import code_themes
from sco_research.reports.style import figure_bytes
from sco_research.statistics import Bootstrap
from sco_research.text.dispersion import dispersion
from sco_research.text.document import Document
from sco_research.topics.themes import figures, prose, tables, words

BOOK = load_codebook("themes")


class Frames:
    """Everything that the notebook computes for a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.codings = code_themes(document)
        self.shares = prevalence(
            document, self.codings, categories=BOOK, bootstrap=Bootstrap(resamples=200)
        )
        self.sections = prevalence(
            document,
            self.codings,
            categories=BOOK,
            level="section",
            bootstrap=Bootstrap(resamples=200),
        )
        self.spread = dispersion(
            document,
            self.codings,
            by="category",
            parts="section",
            items=[category.id for category in BOOK],
        )
        self.pairs = cooccurrence(document, self.codings)
        self.promises, self.tone = tables.commitment_frames(
            document, self.codings, bootstrap=Bootstrap(resamples=200, seed=1)
        )

    def tables(self) -> list[pd.DataFrame]:
        actors = load_codebook("actors")
        named = code_themes(self.document, codebook=actors)
        return [
            tables.theme_table(self.shares, self.spread, self.codings, BOOK),
            tables.section_table(self.document, self.sections, BOOK),
            words.word_table(self.codings, BOOK),
            words.evidence_table(self.codings, BOOK),
            tables.pair_table(self.pairs, BOOK),
            tables.actor_table(self.document, named, actors),
            tables.absent_table(self.shares, BOOK),
            tables.commitment_table(self.promises, self.tone, BOOK),
        ]

    def sentences(self) -> list[str]:
        actors = load_codebook("actors")
        named = code_themes(self.document, codebook=actors)
        return [
            prose.title(self.document),
            prose.abstract(self.shares, self.pairs, BOOK, self.document),
            prose.weight_text(self.shares, BOOK, self.document),
            prose.theme_caption(0.95),
            prose.strip_alt(self.codings, BOOK),
            prose.section_alt(self.sections, BOOK),
            prose.pair_text(self.pairs, BOOK, level="sentence", least=2),
            prose.pair_alt(self.pairs, BOOK, least=2),
            prose.pair_caption("sentence"),
            prose.network_caption("sentence", 2),
            prose.commitment_text(self.promises, BOOK),
            prose.commitment_alt(self.promises),
            prose.commitment_caption(0.95),
            prose.actor_text(self.document, named, actors),
            prose.silence_text(self.shares, BOOK, self.document),
            prose.method(self.document, BOOK, confidence=0.95, resamples=200),
        ]

    def figures(self) -> list[bytes]:
        return [
            figure_bytes(figure, "svg")
            for figure in (
                figures.strip_plot(self.document, self.codings, BOOK),
                figures.section_heatmap(self.sections, BOOK),
                figures.network(self.pairs, self.shares, BOOK),
                figures.commitment_bars(self.promises, BOOK),
            )
        ]


@pytest.fixture(scope="module")
def frames(declaration: Document) -> Frames:
    return Frames(declaration)


def test_the_tables_hold_what_the_frames_hold(frames: Frames) -> None:
    weight, sections, words, evidence, pairs, actors, absent, promises = frames.tables()
    assert weight["Hits"].sum() == len(frames.codings)
    assert weight["Sentences"].is_monotonic_decreasing
    assert len(weight) + len(absent) == len(BOOK)
    assert sections["Sentences"].sum() == 51
    assert sections["Paragraphs"].tolist()[:2] == ["¶ 1", "¶ 2–8"]
    assert len(words) == len(weight)
    assert evidence["Sentence"].is_unique
    assert set(evidence["Sentence"]) == set(frames.codings["segment_id"])
    assert (pairs["Together"] >= 2).all()
    status = dict(zip(actors["Actor"], actors["Status"], strict=True))
    assert status["Iran"] == "observer", "in 2013 Iran was no member yet"
    assert len(promises) == len(weight)


def test_status_follows_the_date() -> None:
    actors = load_codebook("actors")
    text = "Iran and India and Belarus and Ukraine met."
    expected = {
        2004: ["other state", "other state", "other state", "other states"],
        2013: ["observer", "observer", "dialogue partner", "other states"],
        2024: ["member", "member", "member", "other states"],
    }
    for year, statuses in expected.items():
        document = Document.from_text(text, id="note", date=datetime.date(year, 12, 1))
        table = tables.actor_table(document, code_themes(document, codebook=actors), actors)
        status = dict(zip(table["Actor"], table["Status"], strict=True))
        assert [status[name] for name in ("Iran", "India", "Belarus", "Ukraine")] == statuses


def test_a_text_in_another_language_is_not_said_to_be_silent() -> None:
    frames = Frames(Document.from_text("Главы государств обсудили терроризм.", id="note"))
    said = prose.abstract(frames.shares, frames.pairs, BOOK, frames.document)
    assert "in Russian" in said
    assert "silent" not in said
    assert prose.silence_text(frames.shares, BOOK, frames.document) == said


def test_every_state_that_is_named_is_named_in_the_prose() -> None:
    actors = load_codebook("actors")
    document = Document.from_text(
        "Syria and Iran met. Other states watched. The observer states and China came.",
        id="note",
        date=datetime.date(2013, 9, 13),
    )
    text = prose.actor_text(document, code_themes(document, codebook=actors), actors)
    assert "States and places named by themselves: China (1), Iran (1) and Syria (1)." in text


def test_the_sentences_take_their_numbers_from_the_frames(frames: Frames) -> None:
    abstract = prose.abstract(frames.shares, frames.pairs, BOOK, frames.document)
    present = int((frames.shares["hits"] > 0).sum())
    assert f"{present} of the 30 themes" in abstract
    assert f"with {len(frames.codings)} hits" in abstract
    for text in frames.sentences():
        assert text
        assert {"nan", "None", "<NA>"}.isdisjoint(text.replace("%", " ").split())


def test_the_figures_are_the_same_bytes_each_time(frames: Frames) -> None:
    assert frames.figures() == frames.figures()


@pytest.mark.parametrize(
    "text",
    [
        "We met.",
        "Drugs kill.",
        "Drugs. Banks.\n\n\nDrugs and banks. We will fight crime.",
        "They oppose | terrorism $x$ [y](z) <b>drugs</b> @key.",
        "Главы государств обсудили терроризм. Они встретились.",
    ],
    ids=["no theme", "one theme", "two sections", "markup", "Russian"],
)
def test_a_small_document_is_reported_without_a_fault(text: str) -> None:
    frames = Frames(Document.from_text(text, id="note", title="A [b](c) <i>"))
    assert all(list(table.columns) for table in frames.tables())
    assert all(frames.sentences())
    assert all(frames.figures())
    assert r"\[b\]" in prose.title(frames.document)
